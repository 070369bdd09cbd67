"""What a run says of itself, in the words of the workbook, the Word files and the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict

from extractors.lexicon.categories import SECTIONS
from pipeline.tables.table import Table
from pipeline.translation import gettext, gettext_noop, ngettext

TITLE = gettext_noop("References to inter-State consultation mechanisms on migration and other actors")
WHAT = gettext_noop(
    "References to inter-State consultation mechanisms on migration (ISCMs), intergovernmental organizations (IGOs), "
    "non-State stakeholders and related processes in the documents listed below, each with the official number of the "
    "paragraph that it stands in."
)
HOW = gettext_noop(
    "Each document was split into its officially numbered paragraphs and searched by rules: lists of names and "
    "wordings, and patterns. Every reference keeps its exact place in the text and the rule that found it. Marks: "
    "✓ an analyst accepted the reference, ✎ an analyst edited or added it; what an analyst rejected is in no table. "
    "The rules can miss a wording that they do not know, so that a missing reference is no proof that the document has "
    "none."
)
REVIEW_ADDRESS = "http://127.0.0.1:8350/"
"""Where `gcmrefs review` answers unless it is told otherwise."""
SHORT: Mapping[str, str] = {
    "iscm": gettext_noop("ISCMs"), "igo": gettext_noop("IGOs"),
    "stakeholder": gettext_noop("Stakeholders"), "other": gettext_noop("Other references"),
}  # fmt: skip
"""Section -> its name where there is little room."""


NAMED = 3
"""Documents not fetched yet that are named; the others are counted, for the result comes first."""


class DocumentFacts(TypedDict, total=False):
    """What `run.json` says of one document; `date` is ISO (possibly only a year or month), `work` the text that it is a
    copy of, `preferred` whether it is the copy that the tables count, `url` the address that it came from."""

    document: str
    work: str
    role: str
    preferred: bool
    title: str
    symbol: str
    iscm: str
    kind: str
    date: str
    language: str
    format: str
    url: str
    pages: int
    paragraphs: int
    references: int
    warnings: Sequence[str]
    problem: str
    error: str
    new_in_run: bool


class FailureFacts(TypedDict, total=False):
    """A document that could not be read, and why."""

    document: str
    problem: str
    error: str


class ChangeFacts(TypedDict, total=False):
    """What differs from the run `before`: counts by kind, and the first rows of each kind."""

    before: str
    counts: Mapping[str, int]
    documents: Sequence[Mapping[str, object]]
    references: Sequence[Mapping[str, object]]
    texts: Sequence[Mapping[str, object]]


class BaseFacts(TypedDict, total=False):
    """The run that `new_in_run` compares with ("" for none), when it began, and what a reader of the marks has to know."""

    run_id: str
    started: str
    note: str


class RunFacts(TypedDict, total=False):
    """The content of `run.json` as far as the files show it."""

    run_id: str
    started: str
    finished: str
    status: str
    version: str
    versions: Mapping[str, str]
    libraries: Mapping[str, str]
    counts: Mapping[str, int]
    documents: Sequence[DocumentFacts]
    failures: Sequence[FailureFacts]
    missed: Sequence[str]
    not_fetched: Sequence[str]
    warnings: Sequence[str]
    changes: ChangeFacts | None
    base: BaseFacts


class Problem(NamedTuple):
    """Something that a reader of the tables has to know: the document it is about ("" = the run) and one line."""

    document: str
    kind: str
    text: str


class Sum(NamedTuple):
    """A figure of the result: the part of the page that shows what is counted, what it is, how many."""

    anchor: str
    name: str
    number: int


def documents(run: RunFacts) -> Sequence[DocumentFacts]:
    """The documents of a run, in its order."""
    return run.get("documents") or ()


def versions(run: RunFacts) -> dict[str, str]:
    """Version of the program, of its parts and of the libraries, in one list."""
    out = {"gcmrefs": run["version"]} if run.get("version") else {}
    return {**out, **(run.get("versions") or {}), **(run.get("libraries") or {})}


def problems(run: RunFacts) -> list[Problem]:
    """Failures first, then missed minimums, documents not fetched, and warnings."""
    out = [_failure(failure) for failure in run.get("failures") or ()]
    out += [_failure(document) for document in documents(run) if document.get("problem") or document.get("error")]
    out += [Problem("", gettext_noop("minimum missed"), text) for text in run.get("missed") or ()]
    if missing := run.get("not_fetched"):
        names = ", ".join(missing[:NAMED]) + (" ..." if len(missing) > NAMED else "")
        told = ngettext(
            "%(count)s document of the manifest (%(names)s): gcmrefs corpus fetch gets them",
            "%(count)s documents of the manifest (%(names)s): gcmrefs corpus fetch gets them",
            len(missing),
            names=names,
        )
        out.append(Problem("", gettext_noop("not fetched"), told))
    for document in documents(run):
        name = document.get("document", "")
        out += [Problem(name, gettext_noop("warning"), text) for text in document.get("warnings") or ()]
    return out + [Problem("", "warning", text) for text in run.get("warnings") or ()]


def _failure(facts: FailureFacts | DocumentFacts) -> Problem:
    text = facts.get("problem") or facts.get("error") or "failed"
    return Problem(facts.get("document", ""), gettext_noop("failed"), text)


def sums(tables: Mapping[str, Table], run: RunFacts) -> list[Sum]:
    """The result in figures, counted from the tables so that they always agree with them.

    "Decided" are the references that an analyst decided about: accepted, edited, added or rejected.
    """
    if "counts_by_document" not in tables:
        return []
    frame = tables["counts_by_document"].frame
    counted = [
        ("counts", gettext("Documents"), len(frame)),
        ("counts", gettext("Paragraphs"), frame["paragraph_count"].sum()),
        ("counts", gettext("References"), frame["count"].sum()),
        *((section, gettext(SHORT[section]), frame[f"{section}_count"].sum()) for section in SECTIONS),
        ("making", gettext("Decided"), frame["reviewed"].sum() + frame["rejected"].sum()),
    ]
    failed = sum(problem.kind == "failed" for problem in problems(run))
    out = [Sum(anchor, name, int(number or 0)) for anchor, name, number in counted]
    return out + ([Sum("problems", gettext("Failed"), failed)] if failed else [])


def sums_by_document(tables: Mapping[str, Table]) -> dict[str, list[int]]:
    """The same figures as `sums` for each document by itself, in the same order."""
    if "counts_by_document" not in tables:
        return {}
    frame = tables["counts_by_document"].frame
    columns = ["paragraph_count", "count", *(f"{section}_count" for section in SECTIONS), "reviewed", "rejected"]
    rows = zip(*(frame[column].tolist() for column in ["document", *columns]), strict=True)
    return {str(name): [1, *map(int, numbers[:-2]), int(numbers[-2]) + int(numbers[-1])] for name, *numbers in rows}


def most_frequent(tables: Mapping[str, Table], number: int = 3) -> list[tuple[str, int]]:
    """The categories with most references, and how many they have."""
    by = tables.get("counts_by_category")
    if by is None:
        return []
    pairs = [
        (str(label), int(str(total)))
        for label, total in zip(by.cells("label"), by.cells("total"), strict=True)
        if total
    ]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:number]
