"""Words that begin a paragraph wherever lines are cut."""

import pytest

from pipeline.ingest.openings import begins_paragraph, closes_parenthesis


@pytest.mark.parametrize(
    ("before", "text", "begins"),
    [
        ("69/900. Harbours and migration", "The General Assembly,", True),
        ("The General Assembly,", "Recalling its resolution 1/1,", True),
        ("adopted on 4 May 2018,", "Recalling its resolution 1/1,", True),
        ("adopted on 4 May 2018;", "REAFFIRMING the Harbour Plan;", True),
        ("el 4 de mayo de 2018,", "Teniendo presente el Plan,", True),
        ("le 4 mai 2018,", "Prenant note du plan,", True),
        ("em 4 de maio de 2018,", "Tendo em conta o Plano,", True),
        ("المنعقد في أيار/مايو،", "وإذ نشير إلى الخطة،", True),
        ("إن مجلس حقوق الإنسان،", "إذ يشير إلى قراره،", True),
        ("adopted on 4 May 2018", "Recalling the plan", False),
        ("adopted on 4 May 2018,", "recalling also the plan", False),
        ("in the Interest of All States,", "Taking into Particular Account the Needs of Islands”, and", False),
        ("the report of the Harbour Board,", "The General Assembly of the Owners", False),
    ],
)
def test_lines_that_begin_a_paragraph(before: str, text: str, begins: bool) -> None:
    assert begins_paragraph(before, text) is begins


@pytest.mark.parametrize(
    ("before", "text", "closes"),
    [
        ("Convention, 1973 (No.", "138) and the", True),
        ("They agreed:", "1) to meet", False),
        ("(a) and", "(b) to", False),
    ],
)
def test_numbers_that_end_a_parenthesis(before: str, text: str, closes: bool) -> None:
    assert closes_parenthesis(before, text) is closes
