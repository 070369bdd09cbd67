"""The outcome documents of a mechanism in the order of time: which objectives of the Compact each takes up, and which it drops.

The Compact stands at the head of a series of its own, before the declarations that review it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from extractors.lexicon.entries import Lexicon
from extractors.lexicon.terms import expression, flattened
from extractors.lexicon.words import expand
from extractors.model import DocumentRow, ObjectiveRow
from extractors.text.dates import is_same_day, iso_date
from extractors.text.normalization import normalize
from pipeline.extract.quote import Runs
from pipeline.tables.mechanisms import meetings
from pipeline.tables.mechanisms.objectives import certainty, is_worded, names, quoted
from pipeline.tables.printed.objectives import analysed_documents
from pipeline.tables.sentences import Evidence
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext, gettext_noop

Change = Literal["new", "resumed", "kept", "dropped"]
"""What becomes of something from one meeting of a mechanism to the next: no earlier outcome document has it (new), an earlier
one but none of the meeting before (resumed), those of the meeting before, too (kept), or only those (dropped)."""
SeriesChange = Literal[Change, "first", "undated"]
"""The same, and what is held against nothing: the first date, and documents without one."""
COMPACT = "Global Compact for Safe, Orderly and Regular Migration (GCM)"
ADOPTED = "2018-12-19"
"""When the General Assembly endorsed the Compact (A/RES/73/195)."""
_FORUM = "imrf"
_DECLARATION = "Declaration"
_REVIEWING = frozenset({"instrument", "outcome", "draft", ""})
"""Roles of documents that can be the declaration of a review, and not only tell of it."""
_HELD = gettext_noop(
    "against the outcome documents before: new (none of them does), resumed (an earlier one, not those of the date before), "
    "kept, or dropped since the date before. Those of one date count as one; the first have nothing to be held against, and "
    "those without a date come last and are held against none"
)

TakenUp = Mapping[int, Sequence[ObjectiveRow]]
"""The rows that take up an objective, by its number, the surest first."""


@dataclass(frozen=True, slots=True)
class SeriesStep:
    """The outcome documents of one date ("" for none): `works` are what was adopted, each by a name of its documents."""

    date: str
    works: tuple[str, ...]
    taken: TakenUp

    @property
    def named(self) -> str:
        """The documents, with their date: "rabat-declaration-2006.en (2006-07-11)"."""
        return f"{'; '.join(self.works)} ({self.date or 'no date'})"


@dataclass(frozen=True, slots=True)
class Series:
    """The outcome documents of one mechanism, or the Compact and its reviews, oldest first and undated last."""

    name: str
    short: str
    steps: tuple[SeriesStep, ...]

    @property
    def is_comparable(self) -> bool:
        """Whether there are two dates to hold against each other."""
        return len([step for step in self.steps if step.date]) > 1


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """An objective in the outcome documents of one date: what changed with it, and the passage that takes it up, which for
    a dropped one stands in the documents before."""

    IDENTITY: ClassVar[str] = "iscm outcome objective change"

    iscm: str
    short: str
    date: str
    outcome: str
    before: str
    objective: int
    name: str
    change: SeriesChange
    taken_before: str
    basis: str
    count: int
    document: str
    citation: str
    quote: Runs
    page: int | None
    paragraph: str
    url: str


def find_series(evidence: Evidence) -> list[Series]:
    """The series of each mechanism with outcome documents, in the order of the short names."""
    taken = objectives_taken_up(evidence, outcome_documents(evidence))
    known = evidence.known.mechanisms
    return [
        Series(name, known[name].label, tuple(_steps(evidence, [d for d in documents if d in taken], taken)))
        for name, documents in sorted(evidence.mechanisms.items(), key=lambda item: known[item[0]].label.casefold())
        if any(document in taken for document in documents)
    ]


def find_reviews(evidence: Evidence, lexicon: Lexicon) -> Series:
    """The Compact, where it is in the corpus, and the declarations of its reviews; a draft of one counts only where no
    adopted text is there of its year."""
    source = evidence.source
    reviews = [facts for facts in source.documents.values() if _is_review(facts, lexicon)]
    adopted = {facts.date[:4] for facts in reviews if facts.role != "draft"}
    reviews = [facts for facts in reviews if facts.role != "draft" or facts.date[:4] not in adopted]
    compacts = [name for name in analysed_documents(evidence) if source.documents[name].role in ("instrument", "")]
    taken = objectives_taken_up(evidence, [*compacts, *(facts.document for facts in reviews)])
    first = [SeriesStep(ADOPTED, _works(evidence, compacts), _merged(compacts, taken))] if compacts else []
    steps = [step for step in _steps(evidence, [facts.document for facts in reviews], taken) if step.works]
    return Series(COMPACT, "GCM", (*first, *steps))


def outcome_documents(evidence: Evidence) -> list[str]:
    """The documents that mechanisms adopted, in the order of the documents."""
    return [
        name
        for name, issued in evidence.speakers.items()
        if issued and evidence.source.documents[name].role == "outcome"
    ]


def objectives_taken_up(evidence: Evidence, documents: Iterable[str]) -> dict[str, TakenUp]:
    """The objectives that each of these documents takes up: named, under their heading, or judged well by subject."""
    wanted: dict[str, dict[int, list[ObjectiveRow]]] = {document: {} for document in documents}
    for row in evidence.source.objectives:
        if row.kind == "objective" and row.document in wanted and is_worded(evidence, row):
            wanted[row.document].setdefault(int(row.number), []).append(row)
    return {
        name: {n: sorted(rows, key=certainty) for n, rows in sorted(found.items())} for name, found in wanted.items()
    }


def tell_change(*, is_here: bool, is_before: bool, is_earlier: bool) -> Change:
    """What became of something that a meeting's documents have or have not, by those of the meeting before and any earlier.

    >>> tell_change(is_here=True, is_before=False, is_earlier=True)
    'resumed'
    """
    if not is_here:
        return "dropped"
    return "kept" if is_before else "resumed" if is_earlier else "new"


def compare_steps(series: Series) -> Iterator[tuple[SeriesStep, SeriesStep | None, Mapping[int, SeriesChange]]]:
    """Yield each step with the one that it is held against and what became of each objective, in the order of the numbers.

    What is new, resumed or kept is what a step takes up, what is kept or dropped is what the step before took up.
    """
    before: SeriesStep | None = None
    earlier: set[int] = set()
    for step in series.steps:
        changes: dict[int, SeriesChange] = {}
        for number in sorted({*step.taken, *(before.taken if before and step.date else ())}):
            if not step.date:
                changes[number] = "undated"
            elif before is None:
                changes[number] = "first"
            else:
                changes[number] = tell_change(
                    is_here=number in step.taken, is_before=number in before.taken, is_earlier=number in earlier
                )
        yield step, before if step.date else None, changes
        before = step if step.date else before
        earlier.update(step.taken if step.date else ())


def series_table(evidence: Evidence, found: Sequence[Series]) -> Table:
    """The objectives in the outcome documents of each mechanism, date by date."""
    compared = sum(series.is_comparable for series in found)
    works = len({work for series in found for step in series.steps for work in step.works})
    return listing(
        "iscm_series",
        gettext("Objectives from one outcome document of an ISCM to the next"),
        gettext(
            "One row for each objective that outcome documents of a mechanism take up or drop, held %(how)s. A "
            "text of which the corpus has only a part drops what the rest of it may say. N = %(n)s outcome "
            "documents of %(mechanisms)s mechanisms, %(compared)s of them with more than one date.",
            how=gettext(_HELD),
            n=works,
            mechanisms=len(found),
            compared=compared,
        ),
        SeriesRow,
        _rows(evidence, found),
        group="iscm",
        brief="short date outcome objective name change taken_before basis citation quote",
    )


def reviews_table(evidence: Evidence, reviews: Series) -> Table | None:
    """The objectives of the Compact in the declarations that review it; None where the corpus has no such declaration."""
    number = sum(step.date != ADOPTED for step in reviews.steps)
    if not number:
        return None
    return listing(
        "compact_series",
        gettext("Objectives of the Global Compact in the declarations of its reviews"),
        gettext(
            "One row for each objective that the Compact and the declarations of the International Migration "
            "Review Forum take up or drop, held %(how)s. A text of which the corpus has only a part, an excerpt "
            "or a draft drops what the rest of it may say. N = %(n)s dates of such declarations in the corpus.",
            how=gettext(_HELD),
            n=number,
        ),
        SeriesRow,
        _rows(evidence, [reviews]),
        group="outcome",
        brief="date outcome objective name change basis citation quote",
        headers={"iscm": gettext_noop("Series"), "short": gettext_noop("Series")},
    )


def _rows(evidence: Evidence, found: Sequence[Series]) -> Iterator[SeriesRow]:
    titles, source = names(), evidence.source
    for series in found:
        last: dict[int, SeriesStep] = {}
        for step, before, changes in compare_steps(series):
            for number, change in changes.items():
                rows = step.taken.get(number) or (before.taken[number] if before else ())
                best = rows[0]
                yield SeriesRow(
                    iscm=series.name,
                    short=series.short,
                    date=step.date,
                    outcome="; ".join(step.works),
                    before=before.named if before else "",
                    objective=number,
                    name=titles["objective", str(number)],
                    change=change,
                    taken_before=last[number].named if number in last else "",
                    basis=best.basis,
                    count=len({(row.document, row.paragraph) for row in rows}),
                    document=best.document,
                    citation=source.cited(best.paragraph),
                    quote=quoted(evidence, best),
                    page=source.page(best.document, best.paragraph),
                    paragraph=best.paragraph,
                    url=source.link(best.document, best.paragraph),
                )
            last |= dict.fromkeys(step.taken, step)


def _steps(evidence: Evidence, documents: Sequence[str], taken: Mapping[str, TakenUp]) -> Iterator[SeriesStep]:
    undated = [document for document in documents if not _date(evidence, document)]
    for group in [*group_dates(evidence, documents), *([undated] if undated else [])]:
        date = max((_date(evidence, document) for document in group), key=len)
        yield SeriesStep(date, _works(evidence, group), _merged(group, taken))


def group_dates(evidence: Evidence, documents: Iterable[str]) -> list[list[str]]:
    """Group documents with a date by meeting, oldest first; dates of which one is less exact than the other are of one."""
    dates = {document: date for document in documents if (date := _date(evidence, document))}
    groups: list[list[str]] = []
    for document in sorted(dates, key=lambda d: (dates[d], evidence.source.number[d])):
        if groups and is_same_day(dates[document], dates[groups[-1][-1]]):
            groups[-1].append(document)
        else:
            groups.append([document])
    return groups


def _date(evidence: Evidence, document: str) -> str:
    return iso_date(evidence.source.documents[document].date)


def group_versions(evidence: Evidence, documents: Iterable[str]) -> list[list[str]]:
    """Group documents of one mechanism and date by what was adopted: the copies of a work, and texts in different languages
    where no language has two. The document in English, where there is one, stands first in its group."""
    of_work: dict[str, list[str]] = {}
    for document in sorted(documents, key=lambda d: (evidence.source.language(d) != "en", evidence.source.number[d])):
        of_work.setdefault(evidence.source.documents[document].work or document, []).append(document)
    groups = list(of_work.values())
    languages = [evidence.source.language(document) for group in groups for document in group]
    return [[document for group in groups for document in group]] if len(set(languages)) == len(languages) else groups


def _works(evidence: Evidence, documents: Sequence[str]) -> tuple[str, ...]:
    return tuple(group[0] for group in group_versions(evidence, documents))


def _merged(documents: Sequence[str], taken: Mapping[str, TakenUp]) -> dict[int, list[ObjectiveRow]]:
    out: dict[int, list[ObjectiveRow]] = {}
    for document in documents:
        for number, rows in taken[document].items():
            out.setdefault(number, []).extend(rows)
    return {number: sorted(rows, key=certainty) for number, rows in sorted(out.items())}


def _is_review(facts: DocumentRow, lexicon: Lexicon) -> bool:
    """Whether a document is the declaration of a review of the Compact: its title names the forum and a declaration."""
    title = normalize(facts.title).text
    if not title or facts.role not in _REVIEWING:
        return False
    variants = [v.text for e in lexicon.entries if e.id == _FORUM for listed in e.variants.values() for v in listed]
    wordings = [wording for text in variants for wording in expand(normalize(text).text)]
    folded = title.casefold()
    if not any(w in title if w.isupper() else " " in w and w.casefold() in folded for w in wordings):
        return False
    kinds = (kind.words for kind in meetings.vocabulary().kinds if kind.label == _DECLARATION)
    declarations = tuple(dict.fromkeys(word for words in kinds for listed in words.values() for word in listed))
    return bool(expression(declarations).search(flattened(title).text.casefold()))
