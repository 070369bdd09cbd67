"""From paragraphs to references: places, ids, grouping, and what is searched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Kind, Paragraph, Reference, WordBox
from extractors.text.identity import make_identity
from extractors.text.normalization import normalize, squash
from pipeline.extract.document import search_versions
from pipeline.extract.references import find_references, mentions

TEXT = "States, civil society and the private sector met; civil society left."


def paragraph(text: str, number: str = "1", kind: Kind = "paragraph", order: int = 1, suffix: str = "") -> Paragraph:
    return Paragraph(order, number, kind, text, suffix=suffix)


def run(*paragraphs: Paragraph, language: str = "en") -> tuple[Reference, ...]:
    return find_references(paragraphs, document="walk", title="Walk", language=language)


def test_one_row_for_each_wording_with_its_first_place() -> None:
    rows = {r.category: r for r in run(paragraph(TEXT))}
    row = rows["stakeholder.civil_society"]
    assert (row.wording, row.occurrences, TEXT[row.start : row.end]) == ("civil society", 2, "civil society")
    assert row.start == TEXT.index("civil society")
    assert rows["stakeholder.private_sector"].occurrences == 1


def test_reference_id_is_that_of_its_fields() -> None:
    row = next(r for r in run(paragraph(TEXT)) if r.category == "stakeholder.civil_society")
    assert row.reference_id == make_identity("walk", "1", "stakeholder.civil_society", "civil society")


@pytest.mark.parametrize("other", ["Civil society met.", "States and civil  society.", "Civil\u00a0society"])
def test_id_does_not_hang_on_case_and_space(other: str) -> None:
    ids = {r.reference_id for text in ("civil society", other) for r in run(paragraph(text))}
    assert len(ids) == 1


def test_same_wording_in_other_paragraphs_is_another_reference() -> None:
    rows = run(paragraph("civil society"), paragraph("civil society", "2", order=2))
    assert [r.paragraph for r in rows] == ["1", "2"] and len({r.reference_id for r in rows}) == 2


def test_continuation_lines_count_under_their_number() -> None:
    rows = run(paragraph("civil society"), paragraph("civil society", "1", "continuation", 2, "#2"))
    assert [(r.paragraph, r.occurrences) for r in rows] == [("1", 2)]


@pytest.mark.parametrize(
    ("kind", "searched"),
    [
        ("title", True),
        ("heading", True),
        ("opening", True),
        ("preambular", True),
        ("chapeau", True),
        ("paragraph", True),
        ("subparagraph", True),
        ("continuation", True),
        ("body", True),
        ("cell", True),
        ("frontmatter", False),
        ("backmatter", False),
        ("note", False),
        ("furniture", False),
    ],
)
def test_kinds_that_are_searched(kind: Kind, searched: bool) -> None:
    assert bool(run(paragraph("civil society", kind=kind))) == searched


FOOTNOTES = (
    paragraph("civil society", "17"),
    Paragraph(2, "17", "note", "See the trade unions.", "#n1", ("footnote 3",)),
)


def test_footnotes_are_cited_under_their_paragraph_where_the_settings_ask_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GCMREFS_FOOTNOTES", "true")
    assert [(r.paragraph, r.citation, r.wording) for r in run(*FOOTNOTES)] == [
        ("17", "§17", "civil society"),
        ("17", "§17, footnote 3", "trade unions"),
    ]


def test_footnotes_are_left_out_else_and_the_work_knows_the_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [r.wording for r in run(*FOOTNOTES)] == ["civil society"]
    left_out = search_versions()
    monkeypatch.setenv("GCMREFS_FOOTNOTES", "true")
    assert search_versions() != left_out


def test_nothing_is_matched_across_paragraphs() -> None:
    assert (
        run(
            paragraph("with civil"),
            paragraph("society and regional", "2", order=2),
            paragraph("and global forums", "3", order=3),
        )
        == ()
    )


def test_regions_and_page_are_those_of_the_words() -> None:
    words = (WordBox(0, 4, 3, 10, 10, 30, 20), WordBox(5, 10, 3, 35, 10, 60, 20), WordBox(11, 18, 4, 10, 10, 50, 20))
    (row,) = run(Paragraph(1, "1", "paragraph", "with civil society", words=words))
    assert (row.page, row.regions) == (3, "3:35.0,10.0,60.0,20.0;4:10.0,10.0,50.0,20.0")


def test_recognized_text_is_marked() -> None:
    rows = find_references([paragraph(TEXT)], document="walk", title="Walk", ocr=True)
    assert rows and all(r.extractor.endswith("(ocr)") for r in rows)


def test_wording_is_the_printed_one() -> None:
    (row,) = [r for r in run(paragraph("with  civil\u00a0society")) if r.category == "stakeholder.civil_society"]
    assert row.wording == "civil society"


@pytest.mark.parametrize("paragraphs", [[], [paragraph("")], [paragraph("   ")], [paragraph("1.")]])
def test_nothing_to_find(paragraphs: list[Paragraph]) -> None:
    assert run(*paragraphs) == ()


def test_versions_are_known() -> None:
    assert all(search_versions().values())


def test_language_without_a_lexicon_still_finds_names() -> None:
    assert [r.category for r in run(paragraph("Der Bali Process tagt."), language="de")] == ["iscm.named"]


def test_order_of_rows_is_that_of_the_text() -> None:
    rows = run(*(paragraph(TEXT, str(n), order=n) for n in range(1, 40)))
    assert [int(r.paragraph) for r in rows] == sorted(int(r.paragraph) for r in rows)


def test_long_documents_are_searched_in_parts() -> None:
    filler = "They walked along the river and rested by the water for a long time. "
    rows = run(*(paragraph(filler * 40 + "civil society.", str(n), order=n) for n in range(1, 120)))
    assert {r.paragraph for r in rows if r.category == "stakeholder.civil_society"} == {str(n) for n in range(1, 120)}


WORDS = "civil society and the private sector of regional migration bodies, diasporas; trade unions in (IOM) – oﬃce State‑led".split()
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=25).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_mentions_stand_where_they_say(texts: list[str]) -> None:
    paragraphs = [paragraph(text, str(order), order=order) for order, text in enumerate(texts, 1)]
    for found, mention in mentions(paragraphs, "en"):
        assert 0 <= mention.start < mention.end <= len(found.text)
        surface = found.text[mention.start : mention.end]
        assert squash(surface) in squash(found.text) and normalize(surface).text.strip()
        assert 0 < mention.score <= 100 and mention.category and mention.rule


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_references_are_unique_and_repeatable(texts: list[str]) -> None:
    paragraphs = [paragraph(text, str(order), order=order) for order, text in enumerate(texts, 1)]
    rows = run(*paragraphs)
    assert len({r.reference_id for r in rows}) == len(rows)
    assert rows == run(*paragraphs)
    assert all(r.quote for r in rows)
