"""`reference_tables.docx`: the tables that look across documents, each on pages that hold it, the contents first."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.shared import Cm

from extractors.lexicon.categories import SECTIONS
from pipeline.cell import legible, plain
from pipeline.export import run_facts
from pipeline.export.new_rows import (
    DOCUMENT_HEADERS,
    HEADING,
    NOTHING,
    ROW_HEADERS,
    TABLE_HEADERS,
    NewInRun,
    document_cells,
    tell_new,
)
from pipeline.export.pictures.figures import ChartFigure
from pipeline.export.pictures.png import pixels
from pipeline.export.run_facts import RunFacts
from pipeline.export.word import xml
from pipeline.export.word.styles import WIDE, begin_section, dress
from pipeline.export.word.xml import Cell, Flow
from pipeline.extract.quote import Runs
from pipeline.tables.edges import STATE
from pipeline.tables.table import NEW, Table, translate_cell
from pipeline.translation import gettext, gettext_noop, write_number

_LONGEST, _FIRST = 150, 60
"""Rows of a listing that the Word file has all of, and how many of a longer one; the CSV file and the workbook have all."""
_ELSEWHERE: Mapping[str, str] = {"who_names_whom": gettext_noop("Without the States, which stand in “States in ISCMs”")}
"""Tables of which another table of the file has rows, and what is said of it."""
_NEW_ROWS = 40
"""New rows of one table in the Word file."""
_TALL, _HIGH = 16.5, 21.0
"""Centimetres between the margins of a page in portrait, and from top to bottom below the heading of a picture."""
_LETTER = 0.165
"""Centimetres that a letter takes in a table: as much as a wide one does, so that no word is broken."""
_MARGIN = 0.42
_HYPHEN = re.compile(r"-(?=[^\W\d])")
"""A hyphen inside a word; those of dates and numbers hold them together."""
_LONG_TEXT = 8
"""The longest cell of a column counts as a text of so many times fewer letters: few long texts, too, need room."""
_TURNED = 2
"""Headers of a matrix that are longer stand upright, from so many columns on."""
_GIVEN = frozenset({"iscms_by_type_and_region", "iscm_areas_of_focus"})
_COUNTED = frozenset(
    {"iscm_themes_principles_objectives_in_common", "iscm_partnerships_by_category", "iscm_profile_overview"}
)
OVERVIEWS = _GIVEN | _COUNTED
"""Tables that compare mechanisms: they say nothing of a single document."""
_ACROSS = frozenset({"stakeholders_by_objective_counts", "stakeholders_by_objective_differences"})


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents: the heading, the name of its place, its level (1 or 2)."""

    text: str
    anchor: str
    level: int


def write(
    path: Path,
    tables: Mapping[str, Table],
    run: RunFacts,
    figures: Sequence[ChartFigure] = (),
    new: NewInRun | None = None,
) -> Path:
    """Write the file: the result, the contents, what is new in the run, the documents with their counts and the charts,
    then the tables in landscape.

    Core properties are the run's and no clock is read, so that the same input gives the same bytes. Failures are named
    on the first page.
    """
    document = docx.Document()
    dress(document, run)
    flow = Flow(document)
    flow.paragraph("Title", gettext(run_facts.TITLE))
    colon, where = gettext(": "), gettext("The wordings and quotes of each work are in the folder word/.")
    counted = "; ".join(f"{total.name}{colon}{write_number(total.number)}" for total in run_facts.sums(tables, run))
    flow.paragraph("", f"{counted}. {where}")
    for problem in run_facts.problems(run):
        if problem.kind != "warning":
            name = f"{problem.document}: " if problem.document else ""
            told = gettext("Not complete: %(what)s (%(kind)s).", what=name + problem.text, kind=gettext(problem.kind))
            flow.paragraph("", legible(told))
    listed = tables.get("counts_by_document")
    entries = [ContentsEntry(gettext("Documents"), "t_documents", 1)] if listed is not None and listed.rows else []
    if new is not None:
        entries.insert(0, ContentsEntry(gettext(HEADING), "t_new", 1))
    _write_contents(flow, [*entries, *_entries(_shown(tables), figures)])
    if new is not None:
        _write_new(flow, new)
    if listed is not None and listed.rows:
        flow.paragraph("Heading 1", gettext("Documents"), anchor="t_documents")
        _write_documents(flow, listed)
    write_tables(flow, tables, figures)
    flow.save(path)
    return path


def _write_new(flow: Flow, new: NewInRun) -> None:
    """Write what is new in the run: documents, how many rows of each table, and the first rows of those that tell facts."""
    flow.paragraph("Heading 1", gettext(HEADING), anchor="t_new")
    flow.paragraph("", new.since if not new.is_empty else f"{new.since} {gettext(NOTHING)}")
    if new.documents:
        rows = [document_cells(facts)[:-1] for facts in new.documents]
        xml.table(
            flow,
            [*map(gettext, DOCUMENT_HEADERS[:-1])],
            rows,
            [_TALL * share for share in (0.24, 0.32, 0.22, 0.12, 0.1)],
            size=8,
        )
    if new.tables:
        counts = [(one.title, one.number, one.total) for one in new.tables]
        xml.table(flow, [*map(gettext, TABLE_HEADERS)], counts, [_TALL * share for share in (0.7, 0.15, 0.15)], size=8)
    for one in new.tables:
        if one.rows:
            flow.paragraph("Heading 2", tell_new(one, _NEW_ROWS))
            shown = [(row.document, row.citation, row.said, row.quote) for row in one.rows[:_NEW_ROWS]]
            xml.table(
                flow, [*map(gettext, ROW_HEADERS)], shown, [_TALL * share for share in (0.18, 0.1, 0.3, 0.42)], size=8
            )


def write_tables(flow: Flow, tables: Mapping[str, Table], figures: Sequence[ChartFigure]) -> None:
    """Write the charts in portrait, then every cross table that has rows in landscape; nothing where there is none of them."""
    shown = _shown(tables)
    if not shown and not figures:
        return
    if figures:
        flow.paragraph("Heading 1", gettext("Charts"), anchor="t_charts")
    for figure in figures:
        _write_figure(flow, figure)
    begin_section(flow.document, landscape=True)
    for table in shown:
        flow.paragraph("Heading 1", legible(table.title), anchor=_anchor(table))
        flow.paragraph("", legible(table.credit()), properties="<w:keepNext/>")
        if table.kind == "matrix":
            _write_matrix(flow, table)
        else:
            write_listing(flow, table)


def _shown(tables: Mapping[str, Table]) -> list[Table]:
    """The cross tables with rows. The list of mechanisms and their areas of focus, which the lexicon alone can fill, and
    matrices that would have no column are left out where no document says anything of a mechanism."""
    told = "iscm_profile" in tables and len(tables["iscm_profile"].rows) > 0
    across = (t for t in tables.values() if t.section == "mechanisms" or t.name in _ACROSS)
    return [t for t in across if len(t.rows) and (told or t.name not in OVERVIEWS)]


def _anchor(table: Table) -> str:
    return f"t_{table.name}"[:40]


def _entries(shown: Sequence[Table], figures: Sequence[ChartFigure]) -> Iterator[ContentsEntry]:
    if figures:
        yield ContentsEntry(gettext("Charts"), "t_charts", 1)
    for table in shown:
        yield ContentsEntry(table.title, _anchor(table), 1)


def _write_contents(flow: Flow, entries: Sequence[ContentsEntry]) -> None:
    """Write the headings as a field that leads to each of them, right before Word has ever computed it."""
    if not entries:
        return
    flow.paragraph("", gettext("Contents"), properties='<w:keepNext/><w:spacing w:before="120"/>')
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\n '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    for n, entry in enumerate(entries):
        link = f'<w:hyperlink w:anchor="{entry.anchor}" w:history="1">{xml.piece(entry.text)}</w:hyperlink>'
        before, after = begin if n == 0 else "", end if n + 1 == len(entries) else ""
        flow.append(f'<w:p><w:pPr><w:spacing w:after="20"/><w:ind w:left="284"/></w:pPr>{before}{link}{after}</w:p>')


def _write_documents(flow: Flow, counted: Table) -> None:
    """Write the documents with their references by section, in portrait."""
    columns = ["title", *(f"{section}_count" for section in SECTIONS), "count"]
    heads = [*map(gettext, ("Document", "ISCMs", "IGOs", "Stakeholders", "Other", "All"))]
    cells = zip(*(counted.cells(column) for column in ["document", *columns]), strict=True)
    rows = [[plain(title) or plain(name), *map(plain, numbers)] for name, title, *numbers in cells]
    xml.table(flow, heads, rows, (8.3, 1.5, 1.4, 2.5, 1.4, 1.4), size=8)


def _write_figure(flow: Flow, figure: ChartFigure) -> None:
    flow.paragraph("Heading 2", legible(figure.heading))
    flow.paragraph("", legible(figure.chart.caption), properties="<w:keepNext/>")
    size = pixels(figure.png)
    high = min(_HIGH, _TALL * size.height / size.width)
    picture = flow.document.add_paragraph().add_run().add_picture(io.BytesIO(figure.png), height=Cm(high))._inline
    picture.docPr.set("descr", legible(figure.chart.alt))
    picture.graphic.graphicData.find(f".//{qn('pic:cNvPr')}").set("descr", legible(figure.chart.alt))


def write_listing(flow: Flow, table: Table) -> None:
    """Write a listing: its narrow columns, under a line for each value of its group column."""
    repeated = {table.group, "short" if table.group == "iscm" else ""}
    columns = [c for c in table.narrow() if c not in repeated]
    if table.cited and "citation" in columns:  # says both, for readers who do not have the files
        columns = ["footnote" if c == "citation" else c for c in columns if c != "document"]
    columns = [c for c in columns if any(plain(value) not in ("", 0) for value in table.cells(c))]
    told = [n for n in table.told() if not _is_elsewhere(table, n)]
    rows: list[Sequence[Cell]] = []
    names = [str(translate_cell(table.group, plain(v))) for v in table.cells(table.group)] if table.group else []
    values = {column: table.cells(column) for column in columns}
    if "footnote" in values:
        values["footnote"] = [note.printed for note in table.footnotes]
    shown = told if len(told) <= _LONGEST else told[: min(_FIRST, _LONGEST)]
    for group, members in groupby(shown, key=lambda n: names[n] if names else ""):
        if group:
            rows.append([group])
        rows += [[_cell(table, column, n, values[column][n]) for column in columns] for n in members]
    left = (
        [f"{gettext(_ELSEWHERE.get(table.name, gettext_noop('Only what is stated')))}."]
        if len(told) < len(table.rows)
        else []
    )
    left += [gettext("The first %(n)s of %(all)s rows.", n=len(shown), all=len(told))] if len(shown) < len(told) else []
    if left:
        file = f"tables/{table.name}.csv"
        left.append(gettext("All %(n)s rows are in %(file)s.", n=len(table.rows), file=file))
        flow.paragraph("", " ".join(left), properties="<w:keepNext/>")
    kept = {column: [str(plain(values[column][n])) for n in shown] for column in columns}
    xml.table(flow, [table.header(c) for c in columns], rows, _widths(table, kept), size=8)


def _is_elsewhere(table: Table, row: int) -> bool:
    """Whether another table of the file says what a row does: the States that a mechanism lists are not said twice."""
    return table.name in _ELSEWHERE and getattr(table.rows[row], "target_kind", "") == STATE


def _cell(table: Table, column: str, row: int, value: object) -> Cell:
    runs: Runs = table.rich[column][row] if column in table.rich else ()
    return runs or translate_cell(column, plain(value))


def _widths(table: Table, columns: Mapping[str, Sequence[str]]) -> list[float]:
    """The page's width shared out: by the square root of what nine cells in ten hold, or a part of the longest, so that no
    column is much higher than the others, and never less than the longest word takes."""
    asked, least = [], []
    for column, cells in columns.items():
        lengths = sorted(map(len, cells)) or [1]
        usual = lengths[(len(lengths) * 9) // 10 - (len(lengths) >= 10)]
        words = [len(word) for text in cells for word in _HYPHEN.sub("- ", text).split()]  # where a line can break
        words += [round(1.2 * len(word)) for word in table.header(column).split()]
        least.append(min(4.0, _MARGIN + _LETTER * max(words, default=1)))
        asked.append(math.sqrt(max(usual, lengths[-1] / _LONG_TEXT) + 1))
    room = WIDE - sum(least)
    spread = [max(0.0, WIDE * share / sum(asked) - low) for share, low in zip(asked, least, strict=True)]
    if room <= 0 or not any(spread):
        return [WIDE * low / sum(least) for low in least]
    return [low + room * more / sum(spread) for low, more in zip(least, spread, strict=True)]


def _write_matrix(flow: Flow, table: Table) -> None:
    """Write a matrix, its long headers upright, zeros empty; one with more columns than a page holds in several parts,
    each of which begins with the columns that name its rows."""
    columns = [c for c in table.columns if c not in ("category", "paragraph", NEW)]
    first = columns.index("label") + 1
    cells = {
        column: ["" if plain(value) == 0 else translate_cell(column, plain(value)) for value in table.cells(column)]
        for column in columns
    }
    own = {column: _word_width(values) for column, values in cells.items()}
    lead = [min(8.0, max(own[c], _MARGIN + _LETTER * _longest(cells[c]) / 2)) for c in columns[:first]]
    parts = list(_parts([own[c] for c in columns[first:]], WIDE - sum(lead)))
    for n, (start, end) in enumerate(parts):
        if n:
            flow.paragraph("", gettext("%(title)s, continued", title=table.title), properties="<w:keepNext/>")
        shown = columns[:first] + columns[first + start : first + end]
        rows = list(zip(*(cells[column] for column in shown), strict=True))
        widths = lead + [own[column] for column in shown[first:]]
        heads = [table.header(column) for column in shown]
        is_long = any(len(head) > _TURNED for head in heads[first:])
        xml.table(flow, heads, rows, widths, size=7, upright=end - start if is_long else 0)


def _longest(cells: Sequence[Cell]) -> int:
    return max((len(str(cell)) for cell in cells), default=0)


def _word_width(cells: Sequence[Cell]) -> float:
    """Centimetres that the longest word of a column takes."""
    words = [len(word) for cell in cells for word in str(cell).split()]
    return max(0.75, _MARGIN + _LETTER * max(words, default=0) * 0.9)


def _parts(widths: Sequence[float], room: float) -> Iterator[tuple[int, int]]:
    """Cut columns into parts that fit: (first, behind the last).

    >>> list(_parts([2.0, 2.0, 2.0], 4.5))
    [(0, 2), (2, 3)]
    """
    start, wide = 0, 0.0
    for n, width in enumerate(widths):
        if n > start and wide + width > room:
            yield start, n
            start, wide = n, 0.0
        wide += width
    yield start, len(widths)
