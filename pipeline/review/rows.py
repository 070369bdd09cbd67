"""The analysts' word over rows that are no references: objectives of paragraphs and rows of tables, as fields with their id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from extractors.model import ObjectiveRow, Status
from extractors.text.normalization import squash
from pipeline.extract import quote
from pipeline.review.apply import PassagesOf
from pipeline.review.attachment import Passages, State
from pipeline.review.decision import Decision, Facts, Kind, facts_of
from pipeline.review.kinds import TABLES, Decidable, identify_facts
from pipeline.review.standing import Standing
from pipeline.segment.citation import base
from pipeline.tables.table import Table, TableRow


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row that can be decided on, as it is shown; `state` tells whether a verdict on it still applies, None without one."""

    kind: Kind
    reference_id: str
    document: str
    paragraph: str
    facts: Facts
    status: Status = "machine"
    state: State | None = None


def objective_facts(row: ObjectiveRow) -> FactRow:
    """Return a row of `objectives.csv` as fields: what is decided is the kind and number, not on what ground.

    >>> objective_facts(ObjectiveRow("d", "17#2", "objective", 7, "implied", "vulnerable", 80.0)).facts.items
    (('kind', 'objective'), ('number', '7'))
    """
    beside = {"basis": row.basis, "wording": row.wording, "score": f"{row.score:g}", "reasons": row.reasons}
    facts = facts_of({"kind": row.kind, "number": str(row.number)}, beside)
    paragraph = base(row.paragraph)
    return FactRow(
        "objective", identify_facts("objective", row.document, paragraph, facts), row.document, paragraph, facts
    )


def objective_of(row: FactRow) -> ObjectiveRow:
    """Return such fields as a row of `objectives.csv`; what an analyst added counts as implied, with full score."""
    number, wording, reasons = row.facts.get("number"), row.facts.get("wording"), row.facts.get("reasons")
    basis = row.facts.get("basis")
    return ObjectiveRow(
        row.document,
        row.paragraph,
        row.facts.get("kind"),
        int(number) if number.isdecimal() else number,
        "explicit" if basis == "explicit" else "structural" if basis == "structural" else "implied",
        wording,
        100.0 if row.status in ("edited", "added") else float(row.facts.get("score") or 100),
        reasons,
        row.status,
    )


def table_facts(known: Decidable, row: TableRow) -> FactRow:
    """Return a row of a table as fields: what makes it the same row and what can be edited, the rest beside them."""
    cells = {f.name: _text(getattr(row, f.name)) for f in fields(row)}
    decided = dict.fromkeys((*known.identity, *known.fields))
    document, paragraph = cells.get("document", ""), base(cells.get("paragraph", ""))
    items = {name: cells[name] for name in decided if name not in ("document", "paragraph")}
    facts = facts_of(items, {name: text for name, text in cells.items() if name not in items})
    return FactRow(known.kind, identify_facts(known.kind, document, paragraph, facts), document, paragraph, facts)


def _text(value: object) -> str:
    return "" if value is None else quote.plain(value) if isinstance(value, tuple) else str(value)


def _with_values(row: TableRow, values: Mapping[str, str]) -> TableRow:
    """The row with other fields; a whole number that is none says nothing."""
    kinds = {f.name: str(f.type) for f in fields(row)}
    whole = {name: int(text) if text.isdecimal() else None for name, text in values.items() if "int" in kinds[name]}
    return replace(row, **{**values, **whole})


def judge_facts(standing: Standing, machine: FactRow | None, passages: Passages | None) -> FactRow | None:
    """Say what is shown of one thing that somebody spoke of; `machine` is its row, None when it is found no more.

    As for references: a verdict that applies replaces the machine's value and sets the status; with a conflict, a reset
    or no verdict at all the machine's row stays as it is.
    """
    verdict = standing.deciding
    if verdict is None:
        return machine
    state = attach_facts(verdict, machine.facts if machine else None, passages)
    before = machine or shown_before(standing)
    if before is None or state != "applies":
        return replace(before, state=state) if before else None
    value = verdict.facts
    if value is None:
        return replace(before, status="rejected", state=state)
    is_same = verdict.human is None or value.key == before.facts.key
    found_once = machine is not None or any(isinstance(d.machine, Facts) for d in standing.decisions)
    status: Status = "added" if not found_once else "accepted" if is_same else "edited"
    return replace(before, facts=before.facts.changed(dict(value.items)), status=status, state=state)


def shown_before(standing: Standing) -> FactRow | None:
    """What was decided on, as it was shown last; None where there is nothing to show."""
    for one in reversed(standing.decisions):
        value = one.machine or one.human
        if isinstance(value, Facts):
            return FactRow(one.kind, one.reference_id, one.document, one.paragraph, value)
    return None


def attach_facts(decision: Decision, machine: Facts | None, passages: Passages | None) -> State:
    """Tell whether a verdict applies to what the machine says now: it does unless text and value both changed.

    It is `reset` then, and `orphaned` where there is nothing left to attach it to. What only people found stands as long
    as its words do.
    """
    value, was = decision.facts, decision.machine if isinstance(decision.machine, Facts) else None
    if machine is not None and value is not None and value.key == machine.key:
        return "applies"
    same = machine is not None and was is not None and machine.key == was.key
    text = passages.text(decision.paragraph) if passages is not None else None
    if same or (text is not None and squash(text) == squash(decision.text)):
        return "applies"
    if machine is not None:
        return "reset"
    words = squash(value.get("wording")) if value is not None and was is None else ""
    return "applies" if words and text is not None and words in squash(text) else "orphaned"


@dataclass(slots=True)
class DecidedRows:
    """What became of rows: those of the machine in their order, None for one that another row says by itself; what people
    added or what is found no more, but stands; and for each id that was decided on whether its verdict applies."""

    rows: list[FactRow | None]
    added: list[FactRow] = field(default_factory=list)
    judged: dict[str, FactRow | None] = field(default_factory=dict)


def decide_rows(rows: Sequence[FactRow], said: Mapping[str, Standing], passages_of: PassagesOf) -> DecidedRows:
    """Put the analysts' word over the machine's rows of one kind; several rows of one id are decided on together."""
    machine: dict[str, FactRow] = {}
    for row in rows:
        machine.setdefault(row.reference_id, row)
    merged: set[str] = set()
    gone: set[str] = set()
    out = DecidedRows([])
    for name, standing in said.items():
        verdict = standing.deciding
        if verdict is not None and isinstance(verdict.human, Facts):
            twin = identify_facts(verdict.kind, verdict.document, verdict.paragraph, verdict.human)
            if twin != name and twin in machine:
                merged.add(twin)
                gone.add(name)
        out.judged[name] = judge_facts(standing, machine.get(name), passages_of(standing.document))
    for row in rows:
        found = out.judged.get(row.reference_id)
        if found is not None:
            row = replace(row, facts=row.facts.changed(dict(found.facts.items)), status=found.status, state=found.state)
        elif row.reference_id in merged:
            row = replace(row, status="accepted")
        out.rows.append(None if row.reference_id in gone else row)
    for name, found in out.judged.items():
        if (
            found
            and name not in machine
            and name not in gone
            and found.state == "applies"
            and found.status != "rejected"
        ):
            out.added.append(found)
    return out


def decide_table(table: Table, rows: Sequence[FactRow], found: DecidedRows) -> Table:
    """Return a table with the human values, a mark on each row, and without the rows that were rejected.

    `rows` are the machine's rows as fields. A row that is found no more is not shown: it has no evidence of this run.
    """
    shown, statuses, marks = [], [], []
    for n, (row, one) in enumerate(zip(table.rows, found.rows, strict=True)):
        if one is None or one.status == "rejected":
            continue
        values = dict(one.facts.items)
        changed = {name: values[name] for name, text in rows[n].facts.items if values[name] != text}
        shown.append(_with_values(row, changed) if changed else row)
        statuses.append(one.status)
        marks.append(table.new_rows[n] if table.new_rows is not None else False)
    new = None if table.new_rows is None else tuple(marks)
    return replace(table, rows=tuple(shown), statuses=tuple(statuses), new_rows=new)


def decidable_tables(tables: Mapping[str, Table]) -> Iterable[tuple[Decidable, Table]]:
    """Yield the tables whose rows can be decided, each with what is decided of it."""
    return ((known, tables[known.table]) for known in TABLES.values() if known.table in tables)
