"""The analysts' word in the tables: machine rows in, rows with the human value out, and what became of every decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from extractors.model import Paragraph, Reference, Status
from pipeline.extract import quote
from pipeline.review.attachment import Passages, State, attach, nearest
from pipeline.review.decision import Decision, Value, empty_reference, reference_id, value_of
from pipeline.review.standing import Standing, standings
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
PassagesOf = Callable[[str], Passages | None]
"""Gives a document's paragraphs by its slug, None when the corpus holds it no more."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Rows as the tables show them, and the ledger with what became of each line.

    `rows` are in the order of the machine's rows, what people added stands behind those of its document; `counts` tells
    how many references were accepted, edited, rejected, added, are in conflict, were reset or are orphaned.
    """

    rows: list[Reference]
    decisions: list[LedgerRow]
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DecidedReference:
    """One reference that somebody spoke of: where it stands, whether that still applies, and the row to show."""

    standing: Standing
    state: State | None
    row: Reference | None


def judge(standing: Standing, machine: Reference | None, passages: Passages | None) -> DecidedReference:
    """Say what the table shows of one reference: `machine` is its row, None when it finds this no more.

    A verdict that applies replaces the machine's value and sets the status; with a conflict, a reset or no verdict at
    all the machine's row stays as it is.
    """
    verdict = standing.deciding
    if verdict is None:
        return DecidedReference(standing, None, machine)
    state = attach(verdict, machine, passages)
    if state != "applies":
        return DecidedReference(standing, state, machine)
    value = verdict.words
    if value is None:
        shown = machine or _shown_before(standing)
        return DecidedReference(standing, state, None if shown is None else replace(shown, status="rejected"))
    if machine is not None and (verdict.human is None or value.key == value_of(machine).key):
        return DecidedReference(standing, state, replace(machine, status="accepted"))
    found_once = machine is not None or _shown_before(standing) is not None
    status: Status = "added" if not found_once else "accepted" if verdict.human is None else "edited"
    return DecidedReference(standing, state, _human_row(standing, value, machine, passages, status))


def _shown_before(standing: Standing) -> Reference | None:
    return next((d.reference for d in reversed(standing.decisions) if d.reference is not None), None)


def _human_row(
    standing: Standing, value: Value, machine: Reference | None, passages: Passages | None, status: Status
) -> Reference:
    """The machine's row (or the one that was shown at the time) with the human value, its place found anew."""
    place = passages.locate(value) if passages is not None else None
    before = machine or _shown_before(standing) or empty_reference()
    if place is None:
        raise ValueError(f"{standing.reference_id}: attached, but its words are not there")
    paragraph, start, end = place
    wording = " ".join(paragraph.text[start:end].split())
    same_category = before.category == value.category
    regions = paragraph.regions_between(start, end)
    return replace(
        before,
        reference_id=standing.reference_id,
        document=standing.document,
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


def apply_decisions(
    rows: Sequence[Reference],
    decisions: Iterable[Decision],
    passages_of: PassagesOf,
    documents: Mapping[str, Mapping[str, object]],
    copied: Iterable[Decision] = (),
) -> Reviewed:
    """Put the analysts' word over the machine's rows.

    `rows` are rows of `references.csv` of all documents of the run; `documents` gives title, iscm and language of each.
    `copied` are the decisions as ones about other copies of the text: they set rows of which nobody spoke, and are no lines
    of the ledger. Costs what was decided on, not what there is.
    """
    machine = {row.reference_id: row for row in rows}
    merged: set[str] = set()

    def settle(standing: Standing) -> DecidedReference:
        twin = _twin(standing, machine)
        if twin:
            merged.add(twin)
            return DecidedReference(standing, "applies", None)
        passages = passages_of(standing.document) if standing.document in documents else None
        return judge(standing, machine.get(standing.reference_id), passages)

    judged = {name: settle(standing) for name, standing in standings(decisions).items()}
    copies = {name: settle(standing) for name, standing in standings(copied).items() if name not in judged}
    every = judged | copies
    by_document: dict[str, list[Reference]] = {}
    for row in [*_shown(rows, every, merged), *_added(every, machine, documents)]:
        by_document.setdefault(row.document, []).append(row)
    ordered = [row for slug in documents for row in by_document.get(slug, ())]
    return Reviewed(ordered, list(_lines(judged, rows)), _counts(judged))


def _twin(standing: Standing, machine: Mapping[str, Reference]) -> str:
    """The id of another row that says by itself what an analyst wrote into this one; "" for none.

    The lexicon has learned what the analyst corrected: that row is shown, as accepted, and this one is not shown twice.
    """
    verdict = standing.deciding
    if verdict is None or not isinstance(verdict.human, Value):
        return ""
    name = reference_id(standing.document, verdict.human)
    return name if name != standing.reference_id and name in machine else ""


def _shown(
    rows: Sequence[Reference], judged: Mapping[str, DecidedReference], accepted: set[str]
) -> Iterator[Reference]:
    for row in rows:
        name = row.reference_id
        if name not in judged:
            yield replace(row, status="accepted") if name in accepted else row
        elif (found := judged[name].row) is not None:
            yield found


def _added(
    judged: Mapping[str, DecidedReference],
    machine: Mapping[str, Reference],
    documents: Mapping[str, Mapping[str, object]],
) -> list[Reference]:
    """Rows that the machine does not have (any more): what people added, and what they accepted before it was lost."""
    out = []
    for name, found in judged.items():
        if name in machine or found.row is None or found.state != "applies" or found.row.status == "rejected":
            continue
        facts = documents[found.standing.document]
        out.append(with_facts(found.row, facts))
    return out


def with_facts(row: Reference, facts: Mapping[str, object]) -> Reference:
    """Return a reference with work, role, title, mechanism and language of its document."""
    work, role, title, iscm, language = (
        str(facts.get(name) or "") for name in ("work", "role", "title", "iscm", "language")
    )
    return replace(row, work=work, role=role, title=title, iscm=iscm, language=language)


def _lines(judged: Mapping[str, DecidedReference], rows: Sequence[Reference]) -> Iterable[LedgerRow]:
    by_document: dict[str, list[Reference]] = {}
    if any(found.state in ("reset", "orphaned") for found in judged.values()):
        for row in rows:
            by_document.setdefault(row.document, []).append(row)
    lines = []
    for found in judged.values():
        for decision, fate in zip(found.standing.decisions, found.standing.fates, strict=True):
            gone = fate == "counts" and found.state in ("reset", "orphaned")
            near = nearest(decision, by_document.get(decision.document, ())) if gone else None
            lines.append((decision, line(decision, str(found.state) if gone else fate, near)))
    return [told for _, told in sorted(lines, key=lambda pair: pair[0].decision_id)]


def line(decision: Decision, fate: str, near: Reference | None = None) -> LedgerRow:
    """Return a decision as a row of `decisions.csv`."""
    machine, value = decision.reference, decision.words
    return LedgerRow(
        decision_id=decision.decision_id,
        kind=decision.kind,
        reference_id=decision.reference_id,
        document=decision.document,
        paragraph=decision.paragraph,
        action=decision.action,
        fate=fate,
        by=decision.by,
        at=decision.at,
        comment=decision.comment,
        machine_category=machine.category if machine else "",
        machine_wording=machine.wording if machine else str(decision.machine or ""),
        machine_canonical=machine.canonical if machine else "",
        category=value.category if value else "",
        wording=value.wording if value else str(decision.facts or ""),
        canonical=value.canonical if value else "",
        nearest_id=near.reference_id if near else "",
        nearest_paragraph=cite_paragraph(near.paragraph) if near else "",
        nearest_wording=near.wording if near else "",
        origin=decision.origin,
    )


def _counts(judged: Mapping[str, DecidedReference]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one in judged.values():
        if one.standing.has_conflict:
            found["conflicts"] += 1
        elif one.state == "applies" and one.standing.deciding is not None:
            rejected = one.standing.deciding.value is None
            found["rejected" if rejected else "accepted" if one.row is None else one.row.status] += 1
        elif one.state in ("reset", "orphaned"):
            found[one.state] += 1
    names = ("accepted", "edited", "rejected", "added", "conflicts", "reset", "orphaned")
    return {name: found[name] for name in names}
