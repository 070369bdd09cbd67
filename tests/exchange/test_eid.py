"""Ids of paragraphs as Akoma Ntoso eIds and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import GcmrefsError
from pipeline.exchange.eid import format_eid, is_within, paragraph_id
from tests.exchange.made import LETTERS, NUMBERS, SUFFIXES

CASES = [
    ("47", "para_47"),
    ("22(b)", "para_22__subpara_b"),
    ("43(b)(iii)", "para_43__subpara_b__point_iii"),
    ("OP2", "para_OP2"),
    ("PP0", "formula_1"),
    ("PP7", "rec_7"),
    ("PP7(a)", "rec_7__subpara_a"),
    ("TITLE", "preface__docTitle"),
    ("FM3", "preface__p_3"),
    ("BM1", "conclusions__p_1"),
    ("Annex/8", "att__para_8"),
    ("Annex II/8(h)", "att_II__para_8__subpara_h"),
    ("Annex 2/H:Annex 2", "att_2__crossHeading_Annex-2"),
    ("Key findings/4(i)", "part_Key-findings__para_4__subpara_i"),
    ("¶12", "hcontainer_12"),
    ("¶5(1)", "hcontainer_5__subpara_1"),
    ("chapeau", "hcontainer_chapeau"),
    ("furniture#4", "hcontainer_furniture__p_4"),
    ("T1/R2/C3", "table_1__tr_2__td_3"),
    ("H:Follow-up and review", "crossHeading_Follow~2d~up-and-review"),
    ("H:الديباجة", "crossHeading_الديباجة"),
    ("H:a/b(c)", "crossHeading_a~2f~b~28~c~29~"),
    ("17#2", "para_17__p_2"),
    ("17#n12", "para_17__note_12"),
    ("H:Annex#2", "crossHeading_Annex__p_2"),
    ("I.1", "para_I.1"),
    ("(a)", "subpara_a"),
    ("", "para_~~"),
]


@pytest.mark.parametrize(("paragraph", "value"), CASES)
def test_known(paragraph: str, value: str) -> None:
    assert format_eid(paragraph) == value
    assert paragraph_id(value) == paragraph


@pytest.mark.parametrize(
    "value",
    [
        *["", "att", "para_", "para_a b", "chapter_1", "para_47__", "p_2__para_1", "para_~zz~", "para_~110000~"],
        *["para_~2c", "formula_2", "rec_0", "preface", "preface__p", "hcontainer_x", "para_p_1", "note_1__note_1"],
        "para_~61~",
    ],
)
def test_foreign(value: str) -> None:
    with pytest.raises(GcmrefsError, match="no paragraph has this eId"):
        paragraph_id(value)


def numbers() -> st.SearchStrategy[str]:
    parts = st.sampled_from([*NUMBERS, "(", ")", "/", "#", "H:", "Annex ", "0", "~2c~", "__", "_", " ", "-", "."])
    made = st.lists(parts, max_size=5).map("".join)
    return st.tuples(st.one_of(made, st.text(LETTERS), st.text()), st.sampled_from(SUFFIXES)).map("".join)


@given(numbers())
def test_every_id_comes_back(paragraph: str) -> None:
    value = format_eid(paragraph)
    assert paragraph_id(value) == paragraph
    assert value and not any(c.isspace() for c in value)


@given(numbers(), numbers())
def test_no_two_share_one(one: str, other: str) -> None:
    assert (format_eid(one) == format_eid(other)) == (one == other)


@given(st.lists(st.sampled_from("att part para subpara p note rec preface hcontainer tr _ __ ~ 2c a 1".split())))
def test_what_is_read_is_written_so(parts: list[str]) -> None:
    value = "".join(parts)
    try:
        paragraph = paragraph_id(value)
    except GcmrefsError:
        return
    assert format_eid(paragraph) == value


def test_parts_stand_in_their_paragraph() -> None:
    assert is_within(format_eid("43(b)(iii)"), format_eid("43(b)")) and is_within(format_eid("43(b)"), format_eid("43"))
    assert not is_within(format_eid("430"), format_eid("43")) and not is_within(format_eid("43"), format_eid("43"))
