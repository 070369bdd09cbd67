"""The analysts' word over rows that are no references: objectives of paragraphs and rows of tables, as fields with their id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace

from extractors.model import ObjectiveRow, Status
from pipeline.extract import quote
from pipeline.review.apply import DecidedRows
from pipeline.review.decision import FactRow, facts_of
from pipeline.review.kinds import TABLES, Decidable, identify_facts, split_facts
from pipeline.segment.citation import base
from pipeline.tables.table import Table, TableRow


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
    document, paragraph = cells.get("document", ""), base(cells.get("paragraph", ""))
    facts = split_facts(known, cells)
    return FactRow(known.kind, identify_facts(known.kind, document, paragraph, facts), document, paragraph, facts)


def _text(value: object) -> str:
    return "" if value is None else quote.plain(value) if isinstance(value, tuple) else str(value)


def _with_values(row: TableRow, values: Mapping[str, str]) -> TableRow:
    """The row with other fields; a whole number that is none says nothing."""
    kinds = {f.name: str(f.type) for f in fields(row)}
    return replace(row, **{name: _value(text, kinds[name]) for name, text in values.items()})


def _value(text: str, kind: str) -> object:
    """A field's text as a row of its table holds it."""
    if kind == "Runs":
        return (quote.Run(text, False),) if text else ()
    if kind == "float":
        return float(text or 0)
    if kind.startswith("int"):
        return int(text) if text.isdecimal() else 0 if kind == "int" else None
    return text


def _row_of(table: Table, row: FactRow) -> TableRow:
    """The row of a table as it was when it was decided on, with what was decided."""
    cells = row.facts.cells | {"document": row.document}
    return table.row(**{f.name: _value(cells.get(f.name, ""), str(f.type)) for f in fields(table.row)})


def decide_table(table: Table, rows: Sequence[FactRow], found: DecidedRows[FactRow]) -> Table:
    """Return a table with the human values, a mark on each row, and without the rows that were rejected.

    `rows` are the machine's rows as fields. A row that is found no more, but stands, comes back behind those of its
    document, with the evidence that was decided on.
    """
    shown: list[tuple[TableRow, Status, bool]] = []
    for n, (row, one) in enumerate(zip(table.rows, found.rows, strict=True)):
        if one is None or one.status == "rejected":
            continue
        values = dict(one.facts.items)
        changed = {name: values[name] for name, text in rows[n].facts.items if values[name] != text}
        is_new = table.new_rows[n] if table.new_rows is not None else False
        shown.append((_with_values(row, changed) if changed else row, one.status, is_new))
    for back in found.added:
        row = _row_of(table, back)
        places = [n for n, told in enumerate(shown, 1) if getattr(told[0], "document", "") == back.document]
        shown.insert(places[-1] if places else len(shown), (row, back.status, False))
    return replace(
        table,
        rows=tuple(row for row, _, _ in shown),
        statuses=tuple(status for _, status, _ in shown),
        new_rows=None if table.new_rows is None else tuple(is_new for _, _, is_new in shown),
    )


def decidable_tables(tables: Mapping[str, Table]) -> Iterable[tuple[Decidable, Table]]:
    """Yield the tables whose rows can be decided, each with what is decided of it."""
    return ((known, tables[known.table]) for known in TABLES.values() if known.table in tables)
