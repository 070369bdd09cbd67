"""The analysts' word in the tables: machine rows in, rows with the human value out, and what became of every decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar, cast

from extractors.model import Paragraph, Reference, Status
from pipeline.extract import quote
from pipeline.review.attachment import Passages, State, attach, nearest
from pipeline.review.decision import Decision, FactRow, Facts, Value, empty_reference, said_by
from pipeline.review.kinds import identify_value
from pipeline.review.standing import Standing
from pipeline.segment.citation import cite_paragraph


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of `decisions.csv`: a line of the ledger, what became of it (`fate`), and what comes nearest where it is lost.

    What is said of anything but a reference stands in `machine_wording` and `wording`, field by field.
    """

    decision_id: int
    kind: str
    reference_id: str
    document: str
    paragraph: str
    action: str
    fate: str
    by: str
    at: str
    comment: str
    machine_category: str
    machine_wording: str
    machine_canonical: str
    category: str
    wording: str
    canonical: str
    nearest_id: str
    nearest_paragraph: str
    nearest_wording: str
    origin: str


DECISION_COLUMNS: tuple[str, ...] = tuple(column.name for column in fields(LedgerRow))
Row = TypeVar("Row", Reference, FactRow)
PassagesOf = Callable[[str], Passages | None]
"""Gives a document's paragraphs by its slug, None when the corpus holds it no more."""


@dataclass(frozen=True, slots=True)
class DecidedRow(Generic[Row]):
    """One thing that somebody spoke of: where it stands, whether that still applies, and the row to show.

    Without a row that the machine finds it is shown as it was when it was decided on; `row` is None where another row says
    the same by itself.
    """

    standing: Standing
    state: State | None
    row: Row | None


@dataclass(frozen=True, slots=True)
class DecidedRows(Generic[Row]):
    """What became of rows: those of the machine in their order, None for one that another row says by itself; what people
    added or what is found no more, but stands; and by its id everything that was decided on."""

    rows: list[Row | None]
    added: list[Row]
    judged: dict[str, DecidedRow[Row]]


def judge(standing: Standing, machine: Row | None, passages: Passages | None) -> DecidedRow[Row]:
    """Say what the tables show of one thing: `machine` is its row, None when it is found no more.

    A verdict that applies replaces the machine's value and sets the status; with a conflict, a reset or no verdict at
    all the machine's row stays as it is.
    """
    verdict, before = standing.deciding, machine or cast("Row | None", shown_before(standing))
    if verdict is None or before is None:
        return DecidedRow(standing, None, before)
    state = attach(verdict, said_by(machine), passages)
    if state != "applies":
        return DecidedRow(standing, state, before)
    value = verdict.value
    if value is None:
        return DecidedRow(standing, state, replace(before, status="rejected"))
    is_same = verdict.human is None or value.key == said_by(before).key
    was_found = machine is not None or any(one.machine is not None for one in standing.decisions)
    status: Status = "added" if not was_found else "accepted" if is_same else "edited"
    if machine is not None and is_same:
        return DecidedRow(standing, state, replace(before, status=status))
    return DecidedRow(standing, state, cast("Row", _with_value(before, value, passages, status)))


def shown_before(standing: Standing) -> Reference | FactRow | None:
    """What was decided on as it was shown, the machine's value where there was one; None where there is nothing to show."""
    said = [one.machine for one in reversed(standing.decisions)] + [one.human for one in reversed(standing.decisions)]
    last, told = standing.decisions[-1], next((one for one in said if one is not None), None)
    if isinstance(told, Facts):
        return FactRow(last.kind, standing.reference_id, standing.document, last.paragraph, told)
    if not isinstance(told, Value):
        return told
    return replace(
        empty_reference(standing.reference_id, standing.document, told.paragraph_row),
        paragraph=told.paragraph,
        citation=cite_paragraph(told.paragraph),
        category=told.category,
        wording=told.wording,
        canonical=told.canonical,
        start=told.start,
        end=told.end,
    )


def _with_value(
    before: Reference | FactRow, value: Value | Facts, passages: Passages | None, status: Status
) -> Reference | FactRow:
    """The row that was shown with the human value; the words of a reference are found anew."""
    if isinstance(before, FactRow):
        return before.changed(value, status)
    place = passages.locate(value) if passages is not None and isinstance(value, Value) else None
    if place is None or not isinstance(value, Value):
        raise ValueError(f"{before.reference_id}: attached, but its words are not there")
    paragraph, start, end = place
    wording = " ".join(paragraph.text[start:end].split())
    same_category = before.category == value.category
    regions = paragraph.regions_between(start, end)
    return replace(
        before,
        paragraph=paragraph.paragraph,
        paragraph_row=paragraph.id,
        citation=paragraph.citation,
        heading=paragraph.heading_path[-1] if paragraph.heading_path else "",
        objective=paragraph.objective,
        category=value.category,
        section=before.section if same_category else "",
        wording=wording,
        canonical=value.canonical,
        level=before.level if same_category and before.wording == wording else "",
        quote=quote.quote_text(paragraph.text, [(start, end)]),
        occurrences=max(1, len(quote.occurrences(paragraph.text, wording))),
        start=start,
        end=end,
        page=regions[0].page if regions else paragraph.page,
        regions=";".join(map(str, regions)),
        status=status,
    )


def propose_value(
    document: str, paragraph: Paragraph, start: int, end: int, category: str, canonical: str = ""
) -> Value:
    """Return the value of words that an analyst selected, trimmed of spaces at both ends.

    Raises ValueError when nothing but spaces is selected, or the place lies outside the paragraph.
    """
    text = paragraph.text
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise ValueError(f"{document} {paragraph.id}: select some words of the paragraph")
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    return Value(paragraph.paragraph, category, " ".join(text[start:end].split()), start, end, canonical, paragraph.id)


def apply_decisions(rows: Sequence[Row], said: Mapping[str, Standing], passages_of: PassagesOf) -> DecidedRows[Row]:
    """Put the analysts' word over the machine's rows of one kind; several rows of one id are decided on together.

    Where the machine has learned what an analyst corrected, the row that says it by itself is shown, as accepted, and the
    corrected one is not shown twice. Costs what was decided on, not what there is.
    """
    machine: dict[str, Row] = {}
    for row in rows:
        machine.setdefault(row.reference_id, row)
    judged: dict[str, DecidedRow[Row]] = {}
    learned = set()
    for name, standing in said.items():
        twin = _twin(standing)
        if twin != name and twin in machine:
            learned.add(twin)
            judged[name] = DecidedRow(standing, "applies", None)
        else:
            judged[name] = judge(standing, machine.get(name), passages_of(standing.document))

    def shown(row: Row) -> Row | None:
        if found := judged.get(row.reference_id):
            return found.row.over(row) if isinstance(row, FactRow) and isinstance(found.row, FactRow) else found.row
        return replace(row, status="accepted") if row.reference_id in learned else row

    stands = [found.row for name, found in judged.items() if name not in machine and found.state == "applies"]
    added = [row for row in stands if row is not None and row.status != "rejected"]
    return DecidedRows([shown(row) for row in rows], added, judged)


def _twin(standing: Standing) -> str:
    """The id of a row that would say by itself what an analyst wrote into this one; "" for none."""
    verdict = standing.deciding
    if verdict is None or verdict.human is None:
        return ""
    return identify_value(verdict.kind, standing.document, verdict.paragraph, verdict.human)


def with_facts(row: Reference, facts: Mapping[str, object]) -> Reference:
    """Return a reference with work, role, title, mechanism and language of its document."""
    return replace(row, **facts_of_document(facts))


def facts_of_document(facts: Mapping[str, object]) -> dict[str, Any]:
    """Return what a reference says of its document: work, role, title, mechanism and language."""
    return {name: str(facts.get(name) or "") for name in ("work", "role", "title", "iscm", "language")}


def ledger_lines(judged: Iterable[DecidedRow[Row]], rows: Sequence[Row]) -> Iterator[LedgerRow]:
    """Yield a line for each decision, with what became of it; `rows` are the machine's, to tell what comes nearest."""
    by_document: dict[str, list[Reference]] | None = None
    for found in judged:
        for decision, fate in zip(found.standing.decisions, found.standing.fates, strict=True):
            if fate != "counts" or found.state not in ("reset", "orphaned"):
                yield line(decision, fate)
                continue
            if by_document is None:
                by_document = {}
                for row in rows:
                    if isinstance(row, Reference):
                        by_document.setdefault(row.document, []).append(row)
            yield line(decision, found.state, nearest(decision, by_document.get(decision.document, ())))


_OF_DECISION = "decision_id kind reference_id document paragraph action by at comment origin".split()


def line(decision: Decision, fate: str, near: Reference | None = None) -> LedgerRow:
    """Return a decision as a row of `decisions.csv`."""
    machine, value = decision.reference, decision.words
    return LedgerRow(
        **{name: getattr(decision, name) for name in _OF_DECISION},
        fate=fate,
        machine_category=machine.category if machine else "",
        machine_wording=machine.wording if machine else str(decision.machine or ""),
        machine_canonical=machine.canonical if machine else "",
        category=value.category if value else "",
        wording=value.wording if value else str(decision.facts or ""),
        canonical=value.canonical if value else "",
        nearest_id=near.reference_id if near else "",
        nearest_paragraph=cite_paragraph(near.paragraph) if near else "",
        nearest_wording=near.wording if near else "",
    )


def count_states(judged: Iterable[DecidedRow[Row]]) -> Counter[str]:
    """Count what was accepted, edited, rejected and added, what analysts disagree about (`conflicts`), and what no longer
    attaches (`reset`, `orphaned`)."""
    counted = Counter(dict.fromkeys(("accepted", "edited", "rejected", "added", "conflicts", "reset", "orphaned"), 0))
    for one in judged:
        if one.standing.has_conflict:
            counted["conflicts"] += 1
        elif one.state in ("reset", "orphaned"):
            counted[one.state] += 1
        elif one.state == "applies":
            counted[one.row.status if one.row is not None else "accepted"] += 1
    return counted
