"""Findings that are made elsewhere, before the tables are, are those that the tables would make themselves."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from extractors.lexicon.entries import load_lexicon
from pipeline.progress import Step
from pipeline.run import findings
from pipeline.run.findings import find_ahead, find_in
from pipeline.run.pool import Done, Hands, Result, SizedJob, attempt
from pipeline.tables.build import Frames, read_findings, read_run, tables_of
from pipeline.tables.records import Records
from tests.tables import sample


def far(jobs: Iterator[SizedJob], work: Callable[[SizedJob], Result], /) -> Iterator[tuple[SizedJob, Done[Result]]]:
    """What a cluster does: jobs and what comes of them travel as bytes."""
    for job in jobs:
        yield job, pickle.loads(pickle.dumps(attempt(work, pickle.loads(pickle.dumps(job)))))


def lost(jobs: Iterator[SizedJob], work: Callable[[SizedJob], Result], /) -> Iterator[tuple[SizedJob, Done[Result]]]:
    for job in jobs:
        yield job, Done(None, "the worker died")


def records() -> Records:
    run = sample.run()
    named = [str(facts["document"]) for facts in sample.DOCUMENTS]
    objectives = run.objectives.assign(
        status=["rejected" if n % 3 == 0 else "machine" for n in range(len(run.objectives))]
    )
    kept = read_findings({name: f"key of {name}" for name in named}, lambda name: {}, load_lexicon())
    return read_run(Frames(run.references, run.paragraphs, objectives, sample.DOCUMENTS), load_lexicon(), findings=kept)


@pytest.mark.parametrize("together", [1, 1_000_000])
def test_they_are_the_same_wherever_they_are_made(monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr(findings, "PAYS", 0)
    monkeypatch.setattr(findings, "_TOGETHER", together)
    here, there, steps = records(), records(), list[Step]()
    tables = tables_of(here, load_lexicon())
    find_ahead(there, load_lexicon(), set, Hands(runner=far, progress=steps.append))
    assert there.findings.fresh == here.findings.fresh != {}
    assert tables_of(there, load_lexicon()) == tables
    assert there.findings.fresh == here.findings.fresh
    assert steps[-1].done == steps[-1].total == sum(facts.preferred for facts in there.documents.values())


def test_what_is_kept_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "PAYS", 1)
    made = records()
    find_ahead(made, load_lexicon(), made.findings.keys.items, Hands(runner=far))
    assert not made.findings.fresh


@pytest.mark.parametrize("hands", [Hands(2), Hands(1), Hands(runner=far)], ids=["processes", "one process", "cluster"])
def test_a_small_corpus_is_not_worth_other_processes(hands: Hands) -> None:
    made = records()
    find_ahead(made, load_lexicon(), set, hands)
    assert not made.findings.fresh


def test_what_a_worker_loses_is_made_with_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "PAYS", 0)
    here, there = records(), records()
    find_ahead(there, load_lexicon(), set, Hands(runner=lost))
    assert tables_of(there, load_lexicon()) == tables_of(here, load_lexicon())
    assert there.findings.fresh == here.findings.fresh


def test_another_program_finds_nothing() -> None:
    made = records()
    jobs = list(findings._jobs(made, load_lexicon(), dict.fromkeys(made.documents, 1)))
    assert [bool(find_in(job)) for job in jobs] == [True]
    assert [find_in(replace(job, versions=("another", *job.versions[1:]))) for job in jobs] == [{}]
