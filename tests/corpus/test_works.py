"""Works: copies of one text are one work, everything else is not, and what is likely is only proposed."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.text.shingles import TextSketch, sketch_text
from pipeline.corpus.manifest import Source
from pipeline.corpus.works import Copy, group_works, is_copy, propose_copies
from pipeline.extract.front import Front


def words(seed: int, number: int) -> list[str]:
    """Made-up words, others for each seed."""
    chosen = random.Random(seed)
    return ["".join(chosen.choices("abcdefghijklmnopqrst", k=7)) for _ in range(number)]


def copy(slug: str, text: Sequence[str] = (), **told: object) -> Copy:
    source = Source.model_validate(
        {"slug": slug} | {n: told.pop(n) for n in ("work", "role", "kind", "symbol", "preferred") if n in told}
    )
    usual: dict[str, object] = {"language": "en", "sketch": sketch_text([" ".join(text)])}
    return Copy(source, **usual | told)  # type: ignore[arg-type]


def works(*copies: Copy) -> list[list[str]]:
    standing = group_works(copies)
    names = dict.fromkeys(standing[one.slug].work for one in copies)
    return [[one.slug for one in copies if standing[one.slug].work == name] for name in names]


TEXT = words(1, 400)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["txt", "html", "docx", "pdf"])), min_size=1, max_size=12))
def test_twins_are_one_work_and_different_texts_are_not(made: list[tuple[int, str]]) -> None:
    copies = [
        copy(f"d{n}", words(seed, 300), pages=2 if form == "pdf" else 0, iscm="P", date="2018-06-01")
        for n, (seed, form) in enumerate(made)
    ]
    standing = group_works(copies)
    assert len({one.work for one in standing.values()}) == len({seed for seed, _ in made})
    assert sum(one.is_preferred for one in standing.values()) == len({seed for seed, _ in made})


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (TEXT, True),
        (TEXT[:380], True),
        (TEXT[:200], False),
        ([*words(2, 1000), *TEXT, *words(3, 1000)], False),
        ([*TEXT, *words(2, 20)], True),
        (words(2, 400), False),
        (["the"] * 400, False),
        ([], False),
    ],
)
def test_the_longer_text_decides(other: Sequence[str], same: bool) -> None:
    assert is_copy(copy("a", TEXT), copy("b", other)) is same
    assert is_copy(copy("b", other), copy("a", TEXT)) is same


def test_less_is_enough_at_one_meeting_and_for_files_of_one_name() -> None:
    damaged = [*TEXT[:345], *words(2, 55)]
    half = [*TEXT, *words(2, 300)]
    assert not is_copy(copy("a", TEXT), copy("b", damaged))
    meeting = {"iscm": "Process", "date": "2018-06-01"}
    assert is_copy(copy("a", TEXT, **meeting), copy("b", damaged, **meeting))
    assert not is_copy(copy("a", TEXT, **meeting), copy("b", damaged, **meeting | {"date": "2018"}))
    assert not is_copy(copy("a", TEXT, **meeting), copy("b", half, **meeting))
    assert is_copy(copy("a", TEXT, file="x/note.pdf"), copy("b", half, file="x/note.txt"))
    assert not is_copy(copy("a", TEXT, file="x/note.pdf"), copy("b", half, file="y/note.txt"))


@pytest.mark.parametrize(
    ("copies", "grouped"),
    [
        ([copy("a", TEXT), copy("b", TEXT, language="es")], [["a"], ["b"]]),
        ([copy("a", symbol="A/RES/1/2"), copy("b", front=Front("A/RES/1/2"), language="fr")], [["a", "b"]]),
        ([copy("a", TEXT, symbol="A/RES/1/2"), copy("b", TEXT, symbol="A/RES/1/3")], [["a"], ["b"]]),
        ([copy("a", TEXT, work="one"), copy("b", TEXT, work="two")], [["a"], ["b"]]),
        ([copy("a", TEXT, work="one"), copy("b", words(2, 99), work="one", language="es")], [["a", "b"]]),
        ([copy("a", TEXT), copy("b", words(2, 99), work="a")], [["a", "b"]]),
        ([copy("a", TEXT, front=Front(role="draft")), copy("b", TEXT)], [["a"], ["b"]]),
        ([copy("a", sha256="1"), copy("b", sha256="1"), copy("c", sha256="2"), copy("d")], [["a", "b"], ["c"], ["d"]]),
    ],
)
def test_the_manifest_symbols_and_bytes(copies: list[Copy], grouped: list[list[str]]) -> None:
    assert works(*copies) == grouped
    assert works(*reversed(copies)) == [list(reversed(group)) for group in reversed(grouped)]


def test_a_work_is_named_as_told_then_by_symbol_then_by_its_first_document() -> None:
    twins = [copy("b10", TEXT), copy("b9", TEXT)]
    assert group_works(twins)["b10"].work == "b9"
    assert group_works([*twins, copy("c", TEXT, symbol="A/RES/1/2")])["b9"].work == "A/RES/1/2"
    assert group_works([*twins, copy("c", TEXT, work="Tunis 2018")])["b9"].work == "Tunis 2018"


@pytest.mark.parametrize(
    ("more", "preferred"),
    [
        ({}, "a"),
        ({"pages": 3}, "z"),
        ({"paragraphs": 11}, "z"),
        ({"pages": 3, "is_scan": True}, "a"),
        ({"paragraphs": 9}, "a"),
        ({"preferred": True}, "z"),
    ],
)
def test_one_copy_a_language_is_preferred(more: dict[str, object], preferred: str) -> None:
    copies = [copy("a", TEXT, paragraphs=10), copy("z", TEXT, **{"paragraphs": 10} | more)]
    spanish = copy("s", words(5, 50), work="a", language="es")
    standing = group_works([*copies, spanish])
    assert [slug for slug, one in standing.items() if one.is_preferred] == [preferred, "s"]


def test_a_clean_copy_goes_before_a_scan() -> None:
    scan = copy("a", TEXT, pages=3, is_scan=True, paragraphs=50)
    standing = group_works([scan, copy("z", TEXT, paragraphs=10)])
    assert standing["z"].is_preferred and not standing["a"].is_preferred


def test_roles_are_those_told_for_the_document_then_for_its_work() -> None:
    shown = copy("a", TEXT, front=Front(role="report"))
    assert group_works([shown, copy("b", TEXT)])["b"].role == "report"
    assert group_works([shown, copy("b", TEXT, kind="declaration")])["a"].role == "outcome"
    assert (
        group_works([replace(shown, source=Source(slug="a", role="analysis")), copy("b", TEXT)])["b"].role == "analysis"
    )
    assert group_works([copy("a", TEXT, kind="position", role="account")])["a"].role == "account"
    assert group_works([copy("a", TEXT)])["a"].role == ""


def test_translations_are_proposed_and_never_taken() -> None:
    meeting = {"iscm": "Process", "date": "2018-06-01"}
    copies = [
        copy("en", TEXT, paragraphs=10, **meeting),
        copy("es", words(2, 400), paragraphs=9, language="es", **meeting),
        copy("fr", words(3, 400), paragraphs=3, language="fr", **meeting),
        copy("other", words(4, 400), paragraphs=10, language="es", iscm="Process", date="2017-06-01"),
        copy("half", [*TEXT, *words(2, 200)], paragraphs=10),
    ]
    standing = group_works(copies)
    assert len({one.work for one in standing.values()}) == 5
    assert {(one.one, one.other) for one in propose_copies(copies, standing)} == {("es", "en"), ("en", "half")}
    told = [replace(one, source=Source(slug=one.slug, work=one.slug)) for one in copies]
    assert propose_copies(told, group_works(told)) == ()


@pytest.mark.parametrize(
    ("dates", "title", "is_proposed"),
    [
        (
            ("2013-07", "2013-07-11"),
            "Report and Recommendations of the Conference on Walking, 10-11 July 2013 (a mirror)",
            True,
        ),
        (("2013-07-11", "2013-07-10"), "Report and Recommendations of the Conference on Walking, July 2013", False),
        (("2013-07", "2013-07-11"), "Programme of the Conference on Walking, July 2013", False),
        (("2013", "2013"), "Report and Recommendations of the Conference on Walking, July 2013", False),
    ],
)
def test_parts_of_one_text_in_other_layouts_are_proposed(dates: tuple[str, str], title: str, is_proposed: bool) -> None:
    titles = ("Report and Recommendations of the Conference on Walking, July 2013", title)
    copies = [
        copy(f"d{n}", words(n, 90), iscm="River Dialogue", date=dates[n], title=titles[n], paragraphs=9) for n in (0, 1)
    ]
    assert bool(propose_copies(copies, group_works(copies))) == is_proposed


def test_thousands_of_texts_that_share_their_formulas_take_seconds() -> None:
    formula = words(7, 40)
    made = [copy(f"d{n}", [*formula, *words(n + 100, 60)]) for n in range(1500)]
    made += [copy(f"t{n}", TEXT) for n in range(1500)]
    started = time.perf_counter()
    standing = group_works(made)
    propose_copies(made, standing)
    assert time.perf_counter() - started < 20
    assert len({one.work for one in standing.values()}) == 1501


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=400))
def test_sketches_come_back_as_they_were(text: str) -> None:
    sketch = sketch_text([text])
    assert TextSketch.unpack(sketch.size, sketch.pack()) == sketch


def test_a_work_is_named_without_the_format_of_its_copies() -> None:
    twins = [copy("plan.docx", TEXT), copy("plan.txt", TEXT)]
    assert {one.work for one in group_works(twins).values()} == {"plan"}
    apart = [copy("plan.docx", TEXT), copy("plan.txt", words(9, 400))]
    assert {one.work for one in group_works(apart).values()} == {"plan.docx", "plan.txt"}
