"""Sheets: tables as the page shows them, the first rows as markup and all rows as data for the page's script."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from pipeline.cell import legible, plain
from pipeline.export.page.passages import QuotePassage, QuoteTexts
from pipeline.export.run_facts import REVIEW_ADDRESS
from pipeline.extract.quote import Run, Runs
from pipeline.tables.footnotes import Footnote
from pipeline.tables.table import FILLED, Table, translate_cell
from pipeline.translation import gettext

HEAD = 25
"""Rows of a table that are markup; the page's script makes the others when they are asked for."""

_HIDDEN = frozenset({"url", "category", "paragraph", "status", "mentions", "section"}) | FILLED
_HIDDEN_IF_EMPTY = frozenset(
    {"note", "canonical", "page", "objective", "objectives", "iscm", "language", "elsewhere", "self", "means"}
)
_SUMMED = ("total", "elsewhere", "iscms")
_QUOTING = frozenset({"quote", "recommendation", "action"})
"""Columns whose cells show the whole paragraph on demand."""
_WIDEST = 60
"""Columns of one table on the page."""
_LONG = 60
"""Characters from which on plain text, too, is looked for in its paragraph."""

OPEN = "open"
"""The column of links: to the source, at its page, and to the document in the review."""
REVIEW = f"{REVIEW_ADDRESS}document/"
"""Where `gcmrefs review` shows a document, on the computer that it runs on."""

Value = str | int | float | Runs | QuotePassage


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as markup: its pieces (bold ones are marked on the page), 1 to 5 for the shade of a count, and the
    whole paragraph where the cell quotes only a part of it; in the column of links these and the row's footnote."""

    runs: Runs
    shade: int = 0
    context: Runs = ()
    links: tuple[tuple[str, str], ...] = ()
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    header: str
    is_numeric: bool
    is_shaded: bool

    @property
    def is_linking(self) -> bool:
        return self.name == OPEN

    @property
    def is_quoting(self) -> bool:
        return self.name in _QUOTING


@dataclass(frozen=True, slots=True)
class PageSheet:
    """A table as the page shows it: `total` rows, of which `values` are on the page; `left_out` columns are not. `sources`
    has a footnote to each document (its name as addresses have it), of which that of a row differs by the place."""

    name: str
    title: str
    heading: str
    caption: str
    kind: str
    section: str
    file: str
    columns: tuple[Column, ...]
    values: tuple[tuple[Value, ...], ...]
    total: int
    highest: int
    passages: QuoteTexts
    sources: Mapping[str, Footnote]
    left_out: int = 0

    @property
    def head(self) -> list[list[Cell]]:
        """The first rows, as markup."""
        return [[self._cell(value, column) for value, column in zip(row, self.columns, strict=True)]
                for row in self.values[:HEAD]]  # fmt: skip

    def first(self, limit: int) -> PageSheet:
        """The sheet with no more than so many rows."""
        return self if len(self.values) <= limit else replace(self, values=self.values[:limit])

    def data(self, numbers: dict[int, int]) -> dict[str, Any] | None:
        """All rows as JSON can hold them, by column; None where the markup has all of them. `numbers` gives the texts
        of passages their numbers in the page, in the order of their first use."""
        if len(self.values) <= HEAD:
            return None
        columns = []
        for place, column in enumerate(self.columns):
            values = [_packed(row[place], numbers) for row in self.values]
            different = dict.fromkeys(v for v in values if isinstance(v, str))
            if len(different) * 2 < len(values) and all(isinstance(v, str) for v in values):
                at = {value: n for n, value in enumerate(different)}
                columns.append({"u": list(different), "r": [at[v] for v in values]})
            else:
                columns.append({"v": values})
            columns[-1] |= {"linking": 1} if column.is_linking else {}
            columns[-1] |= {"shaded": 1} if column.is_shaded else {"quoting": 1} if column.is_quoting else {}
        return {"highest": self.highest, "columns": columns}

    def _cell(self, value: Value, column: Column) -> Cell:
        if column.is_linking:
            return self._links(*str(value).split(" ", 2))
        if isinstance(value, QuotePassage):
            return Cell(self._quoted(value), context=self.passages.whole(value) if column.is_quoting else ())
        if isinstance(value, tuple):
            return Cell(value)
        if column.is_shaded and isinstance(value, int):
            return Cell((Run(str(value), False),) if value else (), -(-5 * value // self.highest))
        return Cell((Run(str(value), False),) if value != "" else ())

    def _links(self, url: str, document: str, place: str) -> Cell:
        """What a row leads to: its source, at its page, the document in the review, and how to cite it."""
        page = url.rpartition("#page=")[2] if "#page=" in url else ""
        links = ((gettext("source, p. {page}").format(page=page) if page else gettext("source"), url),) if url else ()
        source = self.sources.get(document)
        note = replace(source, place=place, address=source.address and url) if source else ""
        return Cell((), links=(*links, (gettext("review"), REVIEW + document)), footnote=str(note))

    def _quoted(self, passage: QuotePassage) -> Runs:
        text, out = self.passages.texts[passage.text], []
        if passage.is_dotted and passage.kept[0][0] > 0:
            out.append(Run("...", False))
        for n, (start, end) in enumerate(passage.kept):
            at = start
            for low, high in passage.marks:
                if start <= low and high <= end:
                    out += [Run(text[at:low], False), Run(text[low:high], True)]
                    at = high
            out.append(Run(text[at:end] + ("... " if n + 1 < len(passage.kept) else ""), False))
        if passage.is_dotted and passage.kept[-1][1] < len(text):
            out.append(Run("...", False))
        return tuple(run for run in out if run.text)


def sheet(table: Table, several: bool, limit: int, passages: QuoteTexts, file: str = "") -> PageSheet:
    """Make the sheet of a table with at most `limit` rows; columns that say nothing anywhere are left out."""
    told = table.told()
    names = [name for name in table.shown(several) if name not in _HIDDEN]
    if table.kind == "listing":
        names = list(table.narrow())
        if several and "document" not in names and "document" in table.columns:
            names.insert(0, "document")
    every = len(names)
    if table.kind == "matrix" and every > _WIDEST:
        frame = table.frame
        sums = {name: frame[name].sum() for name in names if name not in _SUMMED and frame[name].dtype == "Int64"}
        ranked = sorted(sums, key=lambda name: -int(sums[name]))[max(0, _WIDEST + len(sums) - every) :]
        names = [name for name in names if name not in set(ranked)]
    left_out = every - len(names)
    names = [n for n in names if n not in _HIDDEN_IF_EMPTY or any(plain(v) not in ("", 0) for v in table.cells(n))]
    if table.kind == "quotes":
        names = [name for name in names if name not in ("label", "wording")]
    places = told[:limit]

    def held(name: str) -> list[object]:
        """A column in the rows that are shown."""
        every = table.cells(name, 0, places[-1] + 1) if places else []
        return [every[place] for place in places]

    cells = {name: [translate_cell(name, plain(value)) for value in held(name)] for name in names}
    if "note" in cells and "status" in table.columns:
        cells["note"] = [_decided(str(n), str(s)) for n, s in zip(cells["note"], held("status"), strict=True)]
    where = [("", "")] * len(places)
    if {"document", "paragraph"} <= set(table.columns):
        where = list(zip(map(str, held("document")), map(str, held("paragraph")), strict=True))
    columns: list[list[Value]] = []
    sources: dict[str, Footnote] = {}
    for name in names:
        rich = table.rich.get(name)
        values: list[Value] = []
        for value, place, (document, paragraph) in zip(cells[name], places, where, strict=True):
            runs = tuple(Run(legible(run.text), run.is_bold) for run in rich[place]) if rich else ()
            if not rich and isinstance(value, str) and len(value) >= _LONG:
                runs = (Run(value, False),)
            values.append((passages.find(document, paragraph, runs) if runs else None) or (runs if rich else value))
        columns.append(values)
    if table.kind != "matrix" and "document" in table.columns:
        names.append(OPEN)
        urls = held("url") if "url" in table.columns else [""] * len(places)
        notes = [table.cited(table.rows[place]) if table.cited else Footnote("") for place in places]
        names_in_addresses = [quote(str(plain(document)), safe="") for document in held("document")]
        sources = {name: note for name, note in zip(names_in_addresses, notes, strict=True) if note.source}
        columns.append(
            [
                f"{_safe(str(plain(url)))} {name} {legible(note.place)}"
                for url, name, note in zip(urls, names_in_addresses, notes, strict=True)
            ]
        )
        cells[OPEN] = []
    shaded = table.kind == "matrix"
    numeric = {name: any(isinstance(v, int) for v in cells[name]) for name in names}
    highest = [v for name in names if name not in _SUMMED for v in cells[name] if isinstance(v, int)]
    heads = {n: gettext("Open") if n == OPEN else legible(table.header(n)) for n in names}
    heading = gettext(table.kind.capitalize()) if table.kind in ("wordings", "quotes") else table.title
    return PageSheet(
        table.name, legible(table.title), legible(heading), legible(table.credit()), table.kind, table.section,
        file or f"tables/{table.name}.csv",
        tuple(Column(n, heads[n], numeric[n], shaded and n not in _SUMMED) for n in names),
        tuple(zip(*columns, strict=True)), len(told), max([1, *highest]), passages, sources, left_out,
    )  # fmt: skip


def _decided(note: str, status: str) -> str:
    """What analysts decided, in a sign and a word: "✓ accepted"."""
    words = [word for word in ("accepted", "edited", "added") if word in status]
    return f"{note} {', '.join(map(gettext, words))}" if note and words else note


def _packed(value: Value, numbers: dict[int, int]) -> Any:
    """A value as JSON: [text, parts, marks, 0 or 1] for a passage, [plain, bold, plain ...] for other rich text."""
    if isinstance(value, QuotePassage):
        number = numbers.setdefault(value.text, len(numbers))
        return [number, _flat(value.kept), _flat(value.marks), int(value.is_dotted)]
    if isinstance(value, tuple):
        out = [""]
        for run in value:
            if run.is_bold == (len(out) % 2 == 0):
                out[-1] += run.text
            else:
                out.append(run.text)
        return out if len(out) > 1 else out[0]
    return value


def _flat(spans: Sequence[tuple[int, int]]) -> list[int]:
    return [place for span in spans for place in span]


def _safe(url: str) -> str:
    """An address that a page may lead to: only http and https, no space in it; else ""."""
    return url if re.fullmatch(r"https?://[^\s\"'<>]+", url) else ""
