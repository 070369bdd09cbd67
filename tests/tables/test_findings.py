"""DocumentFindings are kept by what they were made of: whatever order documents come and go in, the tables are those of one run."""

from __future__ import annotations

import pickle
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors.model import DocumentRow
from pipeline.tables.brief.briefs import build_briefs
from pipeline.tables.brief.content import Brief
from pipeline.tables.build import Frames, read_findings, read_run, tables_of
from pipeline.tables.findings import DocumentFindings, Kept
from pipeline.tables.registry import load_registry
from pipeline.tables.table import Table
from tests.tables import sample

PLACE = DocumentRow("a", title="Lake Declaration")


def kept_from(findings: DocumentFindings) -> DocumentFindings:
    """The same keys in the next run."""
    return DocumentFindings(
        findings.keys, lambda name: {doc: one for (of, doc), one in findings.fresh.items() if of == name}
    )


def test_what_is_known_is_not_made_again() -> None:
    first = DocumentFindings({"a": "1", "b": "1"})
    assert first.of("rows", "a", lambda: (PLACE, {"n": [1]})) == (PLACE, {"n": [1]})
    again = kept_from(first)
    assert again.of("rows", "a", lambda: pytest.fail("made again")) == (PLACE, {"n": [1]})
    assert not again.fresh
    assert again.of("rows", "b", lambda: 2) == again.of("others", "a", lambda: 2) == 2


@pytest.mark.parametrize(
    ("keys", "others"),
    [({"a": "2", "b": "1"}, ["b"]), ({"a": "1", "b": "2"}, ["b"]), ({"a": "1", "b": "1"}, []), ({"a": "1"}, ["b"]), ({}, [])],
    ids=["another text", "another text beside it", "no text beside it", "one of unknown work", "unknown work"],
)  # fmt: skip
def test_what_depends_on_something_else_is_made_again(keys: dict[str, str], others: list[str]) -> None:
    first = DocumentFindings({"a": "1", "b": "1"})
    first.of("rows", "a", lambda: "old", ["b"])
    again = DocumentFindings(keys, kept_from(first)._read)
    assert again.of("rows", "a", lambda: "new", others) == "new"


class Hostile:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("the store ran a program",)


@pytest.mark.parametrize("body", [b"", b"damaged", zlib.compress(b"x"), zlib.compress(pickle.dumps(Hostile()))])
def test_a_damaged_or_hostile_finding_is_made_again(body: bytes) -> None:
    assert DocumentFindings({"a": "1"}, lambda name: {"a": ("1", body)}).of("rows", "a", lambda: 3) == 3


def made(state: Mapping[str, bool], findings: DocumentFindings) -> tuple[dict[str, Table], list[Brief]]:
    """Tables and briefs of some documents; of those that are true every second reference was rejected."""
    run = sample.run()
    kept = [frame[frame["document"].isin(list(state))] for frame in (run.references, run.paragraphs, run.objectives)]
    numbers = kept[0].groupby("document").cumcount()
    is_out = [state[name] and n % 2 == 0 for n, name in zip(numbers, kept[0]["document"], strict=True)]
    references = kept[0].assign(status=["rejected" if out else "machine" for out in is_out])
    documents = [facts for facts in sample.DOCUMENTS if facts["document"] in state]
    records = read_run(Frames(references, *kept[1:], documents), sample.lexicon(), labels={}, findings=findings)
    tables = tables_of(records, sample.lexicon())
    return tables, build_briefs(records, load_registry(sample.lexicon()), tables.values())


NAMES = [str(facts["document"]) for facts in sample.DOCUMENTS]
STEPS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["comes", "goes", "is decided on"])), max_size=3)


@settings(deadline=None, max_examples=5)
@given(st.sets(st.sampled_from(NAMES), min_size=3), STEPS)
@example({"sacm", "rcm", "plan"}, [("plan", "is decided on"), ("review", "comes")])
def test_many_runs_give_what_one_run_gives(first: set[str], steps: Sequence[tuple[str, str]]) -> None:
    state, shelves = dict.fromkeys(sorted(first, key=NAMES.index), False), dict[tuple[str, str], Kept]()
    for name, change in [("", ""), *steps]:
        if change == "goes":
            state.pop(name, None)
        elif change:
            state[name] = change == "is decided on"
        state = {name: state[name] for name in NAMES if name in state}
        keys = {name: f"{name} {is_decided}" for name, is_decided in state.items()}
        held = dict(shelves)
        found = read_findings(
            keys, lambda name, held=held: {d: one for (of, d), one in held.items() if of == name}, sample.lexicon()
        )
        tables, briefs = made(state, found)
        shelves |= found.fresh
        apart, others = made(state, DocumentFindings())
        assert briefs == others
        assert {name: table.rows for name, table in tables.items()} == {n: t.rows for n, t in apart.items()}


def test_a_run_over_what_is_known_makes_nothing_of_a_document() -> None:
    state = dict.fromkeys(NAMES, False)
    first = read_findings(dict.fromkeys(NAMES, "1"), lambda name: {}, sample.lexicon())
    made(state, first)
    names = Counter(name for name, _ in first.fresh)
    assert set(names) == {
        "positions", "partnerships", "areas", "states", "namings", "answers", "claims", "worded", "entry points",
        "recommendations", "commitments", "brief",
    }  # fmt: skip
    again = DocumentFindings(first.keys, kept_from(first)._read, first.shared)
    made(state, again)
    assert not again.fresh
    fewer = DocumentFindings({**first.keys, NAMES[0]: "2"}, kept_from(first)._read, first.shared)
    made(state, fewer)
    assert {document for name, document in fewer.fresh if name != "brief"} == {NAMES[0]}


def test_a_lexicon_with_other_mechanisms_finds_anew() -> None:
    first = read_findings(dict.fromkeys(NAMES, "1"), lambda name: {}, sample.lexicon())
    made(dict.fromkeys(NAMES, False), first)
    again = DocumentFindings(first.keys, kept_from(first)._read, {"mechanism": {}, "partner": {}, "question": {}})
    assert again.of("positions", NAMES[1], lambda: "made") == "made"
