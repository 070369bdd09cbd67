"""Resolutions: one line a case, lines of the text before the arrow, ids of its paragraphs after it."""

from __future__ import annotations

import pytest

from pipeline.ingest.line import Line
from tests.segment.page import ids, kinds, paragraphs

GA = "The General Assembly,"
CASES = {
    "preamble and operative part": (
        f"{GA} | Recalling its resolutions, | Noting the report, | 1. Takes note of it; | 2. Decides to act.",
        "PP0 PP1 PP2 OP1 OP2",
    ),
    "lettered points of an operative paragraph": (
        f"{GA} | Noting, | 1. Decides: | (a) To act; | (b) To rest: | (i) At night; | (ii) At noon; | 2. Also decides to go.",
        "PP0 PP1 OP1 OP1(a) OP1(b) OP1(b)(i) OP1(b)(ii) OP2",
    ),
    "lettered points of a preambular paragraph": (
        f"{GA} | Recalling: | (a) The Charter, | (b) The Declaration, | Noting the rest, | 1. Decides to act.",
        "PP0 PP1 PP1(a) PP1(b) PP2 OP1",
    ),
    "unnumbered sole operative paragraph": (
        f"{GA} | Recalling its resolution, | Decides to hold a meeting on migration.",
        "PP0 PP1 OP1",
    ),
    "two unnumbered operative paragraphs": (
        f"{GA} | Recalling its resolution, | Decides to hold a meeting; | Requests a report on it.",
        "PP0 PP1 OP1 OP2",
    ),
    "verbs that stand alone are headings": (
        "LA ASAMBLEA GENERAL, | VISTO el informe; | CONSIDERANDO: | Que caminan, | RESUELVE: | 1. Reposar.",
        "PP0 PP1 PP2 OP1",
    ),
    "a verb alone before the first number": ("The Council, | Recalling it, | Resolves: | 1. To walk;", "PP0 PP1 OP1"),
    "a regional commission": (
        "La Comisión Económica para América Latina y el Caribe, | Recordando, | 1. Invita a caminar.",
        "PP0 PP1 OP1",
    ),
    "opener and first paragraph on one line": (
        "The General Assembly, Recalling its resolution, | 1. Decides to act.",
        "PP0 PP1 OP1",
    ),
    "one annex is plain": (
        f"{GA} | Noting it, | 1. Adopts the framework in the annex. | Annex | Framework | 1. We agree. | (a) To act; | 2. We go.",
        "PP0 PP1 OP1 1 1(a) 2",
    ),
    "annexes that restart": (
        f"{GA} | Noting it, | 1. Adopts the texts. | Annex I | One | 1. We agree. | Annex II | Two | 1. We act. | (a) Now;",
        "PP0 PP1 OP1 Annex I/1 Annex II/1 Annex II/1(a)",
    ),
    "annex that continues the numbering": (
        f"{GA} | Noting it, | 1. Adopts the texts. | Annex I | One | 1. We agree. | 2. We go. | Annex II | Two | 3. We act.",
        "PP0 PP1 OP1 1 2 3",
    ),
    "unnumbered annex": (
        f"{GA} | Noting it, | 1. Adopts the text. | Annex | Agenda | The opening of the meeting. | The closing of the meeting.",
        "PP0 PP1 OP1 Annex/¶1 Annex/¶2",
    ),
    "points of an unnumbered annex": (
        f"{GA} | Noting it, | 1. Adopts the text. | Annex | Plan | The plan is this: | (a) To walk; | (b) To rest. | They left. | "
        "They met: | (a) Soon.",
        "PP0 PP1 OP1 Annex/¶1 Annex/¶1(a) Annex/¶1(b) Annex/¶2 Annex/¶3 Annex/¶3(a)",
    ),
    "annex and title joined by the reader": (
        f"{GA} | Noting it, | 1. Adopts the text. | Annex Framework for Walking | 1. We act. | Annex II Modalities | 1. We meet.",
        "PP0 PP1 OP1 Annex/1 Annex II/1",
    ),
    "annex with chapeau": (
        f"{GA} | Noting it, | 1. Adopts the text. | Annex | Framework | We, the States, have agreed: | 1. We act.",
        "PP0 PP1 OP1 chapeau 1",
    ),
    "instrument adopted inside the resolution, annexes after it": (
        f"{GA} | Adopts the following declaration: | Declaration on Walking | We, the Heads of State, declare: | 1. We walk. | "
        "2. We rest. | (a) Often; | Annex I | Framework | 1. We act. | Annex II | Modalities | 1. We meet. | (a) Once;",
        "PP0 OP1 PP1 1 2 2(a) Annex I/1 Annex II/1 Annex II/1(a)",
    ),
    "instrument inside, announced by a colon": (
        f"{GA} | Adopts the declaration that follows: | We, the Heads of State, met in the city and, therefore: | 1. Walk. | 2. Rest.",
        "PP0 OP1 PP1 1 2",
    ),
    "bis": (f"{GA} | Noting it, | 1. Decides: | (a) To walk; | (a bis) To run; | (b) To rest; | 1 bis. Decides to eat; | 2. Goes.",
            "PP0 PP1 OP1 OP1(a) OP1(a bis) OP1(b) OP1 bis OP2"),
    "labels of a draft": (
        f"{GA} | PP1. Recalling: | (a) The Charter, | PP2bis. Noting it, | OP1. Invites: | (a) States; | (b) Others; | "
        "OP2 alt. Requests it.",
        "PP0 PP1 PP1(a) PP2 bis OP1 OP1(a) OP1(b) OP2 alt"),
    "sole act before a numbered annex": (
        f"{GA} | Recalling it, | Endorses the Declaration in the annex. | Annex | Declaration | 1. We walk. | 2. We rest.",
        "PP0 PP1 OP1 1 2"),
    "quoted paragraphs": (
        f"{GA} | Noting it, | 1. Decides to amend it: | “7. To walk. | “8. To rest.” | 2. Requests a report.",
        "PP0 PP1 OP1 OP1#2 OP1#3 OP2"),
    "annexed agreement with articles": (
        f"{GA} | Noting it, | 1. Adopts the agreement. | Annex | Agreement | Article 1 | 1. They walk: | (a) Often. | 2. They rest. | "
        "Article 2 | They eat. | They leave.",
        "PP0 PP1 OP1 Article 1/1 Article 1/1(a) Article 1/2 Article 2 Article 2#2"),
    "Arabic": ("إن الجمعية العامة، | إذ تشير إلى قرارها، | ١ - تقرر: | (أ) العمل؛ | (ب) الراحة؛ | ٢ - تطلب تقريرا.",
               "PP0 PP1 OP1 OP1(أ) OP1(ب) OP2"),
    "Arabic sole act": ("إن الجمعية العامة، | إذ تشير إلى قرارها، | تقر الإعلان المرفق. | المرفق | الإعلان | 1 - نعمل. | 2 - نستريح.",
                        "PP0 PP1 OP1 1 2"),
    "sub-resolutions": (
        f"99/1. Walking | {GA} | Noting it, | 1. Decides to walk. | A | Long walks | {GA} | Noting them, | 1. Decides to rest. | "
        f"B | Short walks | {GA} | Noting those, | 1. Decides to sit.",
        "PP0 PP1 OP1 A/PP0 A/PP1 A/OP1 B/PP0 B/PP1 B/OP1",
    ),
    "continuation under the number above": (
        f"{GA} | Noting it, | 1. Adopts it. | Annex | Framework | 1. We commit. | To realize this, we will draw from these: | "
        "(a) To act; | (b) To rest. | We go on. | 2. We stop.",
        "PP0 PP1 OP1 1 1#2 1(a) 1(b) 1#3 2",
    ),
    "heading inside a lettered list": (
        f"{GA} | Noting it, | 1. Adopts it. | Annex | Framework | 1. We commit: | (a) To act; | (b) To rest. | Natural disasters | "
        "(c) To walk; | (d) To sit. | 2. We stop.",
        "PP0 PP1 OP1 1 1(a) 1(b) 1(c) 1(d) 2",
    ),
    "roman sections": (
        f"{GA} | Noting it, | 1. Adopts it. | Annex | I. Start | 1. We act. | II. Commitments | 2. We go. | A. Return | 3. We rest.",
        "PP0 PP1 OP1 1 2 3",
    ),
    "numbers by chapter": (
        f"{GA} | Noting it, | 1. Adopts it. | Annex | Chapter I | 1.1 We act. | (a) Now; | 1.2 We go. | Chapter II | 2.1 We rest.",
        "PP0 PP1 OP1 Annex/1.1 Annex/1.1(a) Annex/1.2 Annex/2.1",
    ),
    "letter after (h)": (
        f"{GA} | Noting it, | 1. Lists: | (a) A; | (b) B; | (c) C; | (d) D; | (e) E; | (f) F; | (g) G; | (h) H; | (i) I; | (j) J.",
        "PP0 PP1 OP1 OP1(a) OP1(b) OP1(c) OP1(d) OP1(e) OP1(f) OP1(g) OP1(h) OP1(i) OP1(j)",
    ),
    "roman one after (h)": (
        f"{GA} | Noting it, | 1. Lists: | (a) A; | (b) B; | (c) C; | (d) D; | (e) E; | (f) F; | (g) G; | (h) H: | (i) X; | (ii) Y.",
        "PP0 PP1 OP1 OP1(a) OP1(b) OP1(c) OP1(d) OP1(e) OP1(f) OP1(g) OP1(h) OP1(h)(i) OP1(h)(ii)",
    ),
    "marks on lines of their own": (
        f"{GA} | Noting it, | 1. | Decides: | (a) | To act; | (b) | To rest.",
        "PP0 PP1 OP1 OP1(a) OP1(b)",
    ),
    "another organ": ("The Human Rights Council, | Guided by the Charter, | 1. Calls upon States to act.", "PP0 PP1 OP1"),
    "title in capitals": ("THE GENERAL ASSEMBLY, | Recalling the Charter, | 1. Decides to act.", "PP0 PP1 OP1"),
    "annexes that only the front matter names": (
        f"Annex | Annex | {GA} | Noting it, | 1. Decides to act.",
        "PP0 PP1 OP1",
    ),
}  # fmt: skip
SPANISH = {
    "resolución": (
        "La Asamblea General, | Recordando su resolución, | Observando el informe, | 1. Toma nota de él; | 2. Decide: | a) Actuar; | "
        "b) Descansar: | i) De noche; | ii) De día; | Anexo | Marco | 1. Acordamos. | a) Andar;",
        "PP0 PP1 PP2 OP1 OP2 OP2(a) OP2(b) OP2(b)(i) OP2(b)(ii) 1 1(a)",
    ),
    "párrafo único": ("La Asamblea General, | Recordando su resolución, | Decide celebrar una reunión.", "PP0 PP1 OP1"),
}
FRENCH = {
    "résolution": (
        "L’Assemblée générale, | Rappelant sa résolution, | 1. Prend note du rapport ; | 2. Décide : | a) D’agir ; | b) De marcher ; | "
        "Annexe I | Un | 1. Nous marchons. | Annexe II | Deux | 1. Nous agissons.",
        "PP0 PP1 OP1 OP2 OP2(a) OP2(b) Annexe I/1 Annexe II/1",
    ),
    "paragraphe unique": (
        "L'Assemblée générale, | Rappelant sa résolution, | Décide de tenir une réunion.",
        "PP0 PP1 OP1",
    ),
}


def lines(text: str) -> list[str]:
    return [part.strip() for part in text.split("|")]


@pytest.mark.parametrize("name", CASES)
def test_ids(name: str) -> None:
    text, expected = CASES[name]
    # ids may hold a space ("Annex I/1")
    assert " ".join(ids(*lines(text))) == expected


@pytest.mark.parametrize("name", SPANISH)
def test_ids_spanish(name: str) -> None:
    text, expected = SPANISH[name]
    assert " ".join(ids(*lines(text), language="es")) == expected


@pytest.mark.parametrize("name", FRENCH)
def test_ids_french(name: str) -> None:
    text, expected = FRENCH[name]
    assert " ".join(ids(*lines(text), language="fr")) == expected


def test_marks_are_cut_off_and_held_by_the_id() -> None:
    found = {
        p.id: p.text for p in paragraphs(GA, "Noting it,", "1. Decides:", "(a) To act;", Line("To rest.", mark="(b)"))
    }
    assert found["OP1"] == "Decides:" and found["OP1(a)"] == "To act;" and found["OP1(b)"] == "To rest."


def test_front_and_back_matter() -> None:
    got = kinds("Seventieth session", "Agenda item 4", "70/999. On walking", GA, "Noting it,", "1. Decides to act.",
                "52nd plenary meeting", "15 December 2044")  # fmt: skip
    assert [i for i, _ in got] == ["FM1", "FM2", "TITLE", "PP0", "PP1", "OP1", "BM1", "BM2"]


@pytest.mark.parametrize(
    ("closing", "kind"),
    [
        ("52nd plenary meeting", "backmatter"),
        ("15 December 2044", "backmatter"),
        ("60ª sesión plenaria", "backmatter"),
        ("19 de diciembre de 2044", "backmatter"),
        ("60e séance plénière", "backmatter"),
        ("19 décembre 2044", "backmatter"),
        ("The plenary meeting of the Assembly was long and full of talk about walking.", "continuation"),
    ],
)
def test_closing_lines(closing: str, kind: str) -> None:
    assert kinds(GA, "Noting it,", "1. Decides to act.", closing)[-1][1] == kind


def test_title_without_a_number_is_the_last_heading_before_the_text() -> None:
    got = kinds(
        "Walking Forum",
        "17 to 20 May 2044",
        "Declaration on Walking",
        "The International Migration Review Forum,",
        "Meeting,",
    )
    assert got[:3] == [("FM1", "frontmatter"), ("FM2", "frontmatter"), ("TITLE", "title")]


def test_footnotes_go_to_the_paragraph_that_calls_them() -> None:
    found = ids(GA, Line("Recalling it,", notes=("1",)), Line("Noting it,", notes=("2", "3")), Line("3.", role="note", note="3"),
                Line("See 1.", role="note", note="1"), Line("See 2.", role="note", note="2"), "1. Decides to act.")  # fmt: skip
    assert found == ["PP0", "PP1", "PP2", "PP2#n1", "PP1#n1", "PP2#n2", "OP1"]


@pytest.mark.parametrize(
    "line", ["A/RES/99/1", "A/RES/99/1 On walking", "On walking A/RES/99/1", "A/RES/99/1 Framework"]
)
def test_running_heads_are_furniture(line: str) -> None:
    before = ("99/1. On walking", GA, "Noting it,", "1. Adopts it.", "Annex", "Framework", "1. We act.")
    assert kinds(*before, line, "2. We go.")[-2] == ("furniture#1", "furniture")


def test_a_heading_that_names_another_document_is_a_heading() -> None:
    assert kinds(GA, "Noting it,", "1. Adopts it.", "Follow-up to A/RES/98/1", "2. Goes.")[-2][1] == "heading"


def test_cells_keep_their_place() -> None:
    assert ids(GA, "Noting it,", "1. Decides to act.", Line("Body", role="cell", cell="T1/R1/C2"))[-1] == "T1/R1/C2"


def test_objectives_and_heading_path() -> None:
    title = "Objective 7: Address and reduce vulnerabilities in migration"
    before = (
        GA,
        "Noting it,",
        "1. Adopts it.",
        "Annex",
        "Framework",
        "I. Introduction",
        "1. We act.",
        "II. Objectives",
    )
    inside = ("2. We commit.", "(a) To rest.", "Natural disasters", "(b) To sit.")
    found = {p.id: p for p in paragraphs(*before, title, *inside, "III. Follow-up", "3. We meet.")}
    assert [found[i].objective for i in ("1", "2", "2(a)", "2(b)", "3")] == [None, 7, 7, 7, None]
    assert found["2(b)"].heading_path == (
        "Annex",
        "II. Objectives",
        "Objective 7: Address and reduce vulnerabilities in migration",
        "Natural disasters",
    )
    assert found["3"].heading_path == ("Annex", "III. Follow-up")


def test_objectives_of_another_plan_are_not_those_of_the_compact() -> None:
    found = paragraphs(GA, "Noting it,", "1. Adopts it.", "Annex", "Objective 7: Reduce walking", "1. We commit.")
    assert [p.objective for p in found] == [None] * len(found)


def test_list_numbers_of_word_headings_are_headings() -> None:
    found = paragraphs(GA, "Noting it,", "1. Adopts it.", "Annex", Line("Introduction", mark="I.", heading=1), "1. We act.",
                       Line("Commitments", mark="II.", heading=1), "2. We go.")  # fmt: skip
    assert [p.id for p in found][3:] == ["H:Annex", "H:I. Introduction", "1", "H:II. Commitments", "2"]


def test_linked_points_are_no_headings() -> None:
    assert ids(GA, "Noting it,", "1. Decides:", "To act; and", "To rest.") == ["PP0", "PP1", "OP1", "OP1#2", "OP1#3"]


@pytest.mark.parametrize(("between", "expected"), [(39, "PP1"), (40, "OP1")])
def test_a_sole_act_has_no_number_in_the_blocks_after_it(between: int, expected: str) -> None:
    assert ids(GA, "Decides to walk,", *["Recalling it,"] * between, "1. Decides to rest.")[1] == expected
