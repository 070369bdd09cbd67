"""What the tables find in each document by itself, made by several processes or machines before the tables are put together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from extractors.lexicon.entries import Lexicon, load_lexicon
from extractors.lexicon.yaml_file import own_version
from extractors.model import DocumentRow, ObjectiveRow, ParagraphRow, Reference
from pipeline.log import note
from pipeline.progress import Step
from pipeline.run.pool import Hands, each
from pipeline.tables.build import QUOTED, added_labels, read_findings, tables_of
from pipeline.tables.findings import Kept
from pipeline.tables.records import Records
from pipeline.translation import current_language, use_language
from pipeline.version import build

PAYS = 1_000_000
"""Characters of outcomes and instruments, of which tables find most, from which other processes are worth the seconds in which
each of them gets ready."""
_TOGETHER = 40_000
"""Characters of the documents that are sent together: what is done once for all tables costs as much as finding in one."""

Findings = Mapping[tuple[str, str], Kept]
"""What was found, by the name of the finding and the document."""


@dataclass(frozen=True, slots=True)
class FindingJob:
    """The rows of a few documents as they go to whoever looks into them, near or far.

    `keys` stand for all that the findings of a document are made of, `versions` for the code and the lexicons among it.
    """

    documents: tuple[DocumentRow, ...]
    references: tuple[Reference, ...]
    paragraphs: tuple[ParagraphRow, ...]
    objectives: tuple[ObjectiveRow, ...]
    keys: Mapping[str, str]
    versions: tuple[str, ...]
    language: str

    @property
    def name(self) -> str:
        return self.documents[0].document

    @property
    def size(self) -> int:
        return sum(len(row.text) for row in self.paragraphs)


def find_ahead(
    records: Records, known: Lexicon, read_kept: Callable[[], Collection[tuple[str, str]]], hands: Hands
) -> None:
    """Add to `records.findings` what the tables find in documents of which nothing is kept under their key.

    It is made by other processes, and only where there is enough to do for them: a small corpus is not even asked what is
    kept (`read_kept`: documents, each with a key). What is not made here, for whatever reason, is made when the tables ask
    for it: the tables are the same in any case.
    """
    keys = records.findings.keys
    sizes = {
        name: sum(len(row.text) for row in records.paragraphs.get(name, ()))
        for name, facts in records.documents.items()
        if facts.preferred and facts.role in QUOTED and name in keys
    }
    if sum(sizes.values()) < PAYS or (hands.number < 2 and hands.runner is None):
        return
    kept = read_kept()
    sizes = {name: size for name, size in sizes.items() if (name, keys[name]) not in kept}
    if sum(sizes.values()) < PAYS:
        return
    jobs = _jobs(records, known, sizes)
    do = hands.runner or partial(each, workers=hands.number, name=lambda job: job.name)
    done = 0
    for job, outcome in do(jobs, find_in):
        records.findings.fresh.update(outcome.result or {})
        if outcome.problem:
            note("findings are made with the tables", document=job.name, problem=outcome.problem)
        done += len(job.documents)
        hands.progress(Step("tables", done, len(sizes), job.name))


def find_in(job: FindingJob) -> Findings:
    """Return what the tables find in the documents of a job: nothing where this program or its lexicons are not those that
    the job is for."""
    known = load_lexicon()
    if job.versions != _versions(known):
        return {}
    with use_language(job.language):
        findings = read_findings(job.keys, lambda name: {}, known)
        rows = job.references, job.paragraphs, job.objectives
        tables_of(Records(*rows, added_labels(known), documents=job.documents, findings=findings), known)
    return findings.fresh


def _versions(known: Lexicon) -> tuple[str, ...]:
    return build(), known.version, own_version()


def _jobs(records: Records, known: Lexicon, sizes: Mapping[str, int]) -> Iterator[FindingJob]:
    """The documents of these sizes, several together, the longest first."""
    references: dict[str, list[Reference]] = {name: [] for name in sizes}
    objectives: dict[str, list[ObjectiveRow]] = {name: [] for name in sizes}
    for row in records.every:
        references.get(row.document, []).append(row)
    for told in records.told:
        objectives.get(told.document, []).append(told)
    for names in _together(sizes):
        yield FindingJob(
            tuple(records.documents[name] for name in names),
            tuple(row for name in names for row in references.pop(name)),
            tuple(row for name in names for row in records.paragraphs.get(name, ())),
            tuple(row for name in names for row in objectives.pop(name)),
            {name: records.findings.keys[name] for name in names},
            _versions(known),
            current_language(),
        )


def _together(sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """Names until they are of a size together.

    >>> list(_together({"a": 10, "b": 50_000, "c": 5}))
    [['b'], ['a', 'c']]
    """
    held: list[str] = []
    room = _TOGETHER
    for name in sorted(sizes, key=lambda name: -sizes[name]):
        held.append(name)
        room -= max(sizes[name], 1)
        if room <= 0:
            yield held
            held, room = [], _TOGETHER
    if held:
        yield held
