"""One Word file a work, in the layout of the published analysis: wordings by paragraph, then quotes with the wordings bold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import docx

from extractors.lexicon.categories import SECTIONS
from pipeline.cell import is_right_to_left, legible, plain
from pipeline.export import run_facts
from pipeline.export.kept_files import KeptFiles
from pipeline.export.run_facts import DocumentFacts, RunFacts
from pipeline.export.word import cross_tables
from pipeline.export.word.styles import dress
from pipeline.export.word.xml import Cell, Flow, Skeleton, Story, piece, table
from pipeline.extract.quote import Runs
from pipeline.tables.table import Table
from pipeline.translation import gettext, gettext_noop

_MARKS = gettext_noop("✓ an analyst accepted the reference; ✎ an analyst edited or added it.")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class WordingLine:
    """A row of the first table of a section: a wording of a category and the paragraphs that use it."""

    label: str
    wording: str
    paragraphs: str
    note: str


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A bullet of a section: a quote under a name, wording or category."""

    subsection: str
    runs: Runs
    citation: str
    note: str


@dataclass(frozen=True, slots=True)
class WorkChapter:
    """What the file of a document shows: for each section its wordings and its quotes, and stakeholders by objective;
    `footnote` is that of its first quote, as an example of how to cite it."""

    wordings: Mapping[str, Sequence[WordingLine]]
    quotes: Mapping[str, Sequence[QuoteLine]]
    objectives: Sequence[tuple[str, str]]
    footnote: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(self.wordings.values())

    @property
    def is_decided(self) -> bool:
        """Whether an analyst decided about any of it."""
        return any(line.note for lines in self.wordings.values() for line in lines)


def write_works(folder: Path, tables: Mapping[str, Table], run: RunFacts, kept: KeptFiles | None = None) -> list[Path]:
    """Write `folder/<work>.docx` for each work with references, from the copy that the tables count, but for those that are
    `kept`; return the paths.

    A work in several languages has a file for each: the first bears the work's name, the others also their language.
    """
    chapters = _chapters(tables)
    names = file_names(run, [document for document, chapter in chapters.items() if not chapter.is_empty])
    if not names:
        return []
    folder.mkdir(exist_ok=True)
    skeleton: Skeleton | None = None
    described = {facts.get("document", ""): facts for facts in run_facts.documents(run)}
    paths = []
    for name, file in names.items():
        facts, chapter, path = described.get(name, DocumentFacts()), chapters[name], folder / f"{file}.docx"
        title = entitled(facts, name)
        paths.append(path)
        if kept is not None and kept.has_taken(path, title, facts.get("iscm", ""), facts.get("url", ""), chapter):
            continue
        story = Story()
        _write_head(story, title, facts, chapter)
        _write_chapter(story, chapter)
        skeleton = skeleton or _skeleton(run)
        skeleton.save(path, story, title)
    return paths


def _skeleton(run: RunFacts) -> Skeleton:
    document = docx.Document()
    dress(document, run)
    return Skeleton(document, run_facts.TITLE)


def write(path: Path, tables: Mapping[str, Table], run: RunFacts) -> Path:
    """Write the tables of one document as one Word file: the layout of its work, then its other tables in landscape."""
    described = next(iter(run_facts.documents(run)), DocumentFacts())
    name = described.get("document", "")
    chapter = _chapters(tables).get(name) or WorkChapter({}, {}, ())
    title = entitled(described, name)
    document = docx.Document()
    dress(document, run, title)
    flow = Flow(document)
    _write_head(flow, title, described, chapter)
    for problem in run_facts.problems(run):
        flow.paragraph("", legible(f"{problem.kind.capitalize()}: {problem.text}"))
    if chapter.is_empty:
        flow.paragraph("", "The document has no reference that the rules know.")
    _write_chapter(flow, chapter)
    cross_tables.write_tables(flow, tables, ())
    flow.save(path)
    return path


def file_names(run: RunFacts, documents: Sequence[str]) -> dict[str, str]:
    """The name of the file (without its ending) of each of these documents that is the preferred copy of its work.

    >>> file_names({"documents": [{"document": "a.pdf", "work": "A/1"}, {"document": "a.txt", "work": "A/1",
    ...     "preferred": False}]}, ["a.pdf", "a.txt"])
    {'a.pdf': 'A_1'}
    """
    known = {described.get("document", ""): described for described in run_facts.documents(run)}
    out: dict[str, str] = {}
    taken: set[str] = set()
    for name in documents:
        described = known.get(name, DocumentFacts())
        if not described.get("preferred", True):
            continue
        work = re.sub(r"[^\w.-]+", "_", described.get("work") or name).strip("._")[:_LONGEST_NAME] or "work"
        language = described.get("language", "")
        tries = [
            work,
            *([f"{work}.{language}"] if language else []),
            *(f"{work}.{n}" for n in range(2, len(known) + 3)),
        ]
        out[name] = next(one for one in tries if one.casefold() not in taken)
        taken.add(out[name].casefold())
    return out


def entitled(described: DocumentFacts, name: str) -> str:
    """The title of a document with the symbol in front and the date behind, where the run knows them."""
    title = described.get("title") or name
    symbol, date = described.get("symbol", ""), described.get("date", "")
    text = f"{symbol}: {title}" if symbol and symbol not in title else title
    return " ".join(legible(f"{text} ({date})" if date and date not in title else text).split())


def _write_head(story: Story, title: str, described: DocumentFacts, chapter: WorkChapter) -> None:
    story.paragraph("Title", title)
    kind = ", ".join(word for word in (described.get("iscm", ""), described.get("url", "")) if word)
    if kind:
        story.paragraph("Subtitle", legible(kind))
    story.paragraph(
        "",
        gettext(
            "Each section lists the wordings with the paragraphs that use them, then quotes the paragraphs: the wording is "
            "bold, “...” marks words left out, the official number of the paragraph follows in parentheses."
        ),
    )
    if chapter.footnote:
        story.paragraph("", legible(gettext("Cite a paragraph as: %(footnote)s", footnote=chapter.footnote)))
    if chapter.is_decided:
        story.paragraph("", gettext(_MARKS))


def _write_chapter(story: Story, chapter: WorkChapter) -> None:
    for section, heading in SECTIONS.items():
        wordings = chapter.wordings.get(section)
        if not wordings:
            continue
        story.paragraph("Heading 1", gettext(heading))
        _write_wordings(story, wordings)
        for subsection, lines in groupby(chapter.quotes.get(section, ()), key=lambda line: line.subsection):
            story.paragraph("Heading 2", legible(gettext(subsection)))
            for line in lines:
                _write_bullet(story, line)
        if section == "stakeholder" and chapter.objectives:
            story.paragraph("Heading 2", gettext("Non-State stakeholders by objective"))
            table(
                story,
                [gettext("Stakeholder"), gettext("Objectives (paragraphs)")],
                chapter.objectives,
                (5.4, 11.2),
                size=8.5,
            )


def _write_wordings(story: Story, wordings: Sequence[WordingLine]) -> None:
    """One table: wording and paragraphs, under a line with the category where there are several."""
    labels = {line.label for line in wordings}
    rows: list[Sequence[Cell]] = []
    for label, lines in groupby(wordings, key=lambda line: line.label):
        if len(labels) > 1:
            rows.append([gettext(label)])
        rows += [[line.wording, f"{line.paragraphs} {line.note}".strip()] for line in lines]
    table(story, [gettext("Reference / wording"), gettext("Paragraph")], rows, (10.2, 6.4), size=8.5)


def _write_bullet(story: Story, line: QuoteLine) -> None:
    backwards = is_right_to_left("".join(run.text for run in line.runs))
    pieces = [piece("“"), *(piece(run.text, bold=run.is_bold, backwards=backwards) for run in line.runs)]
    pieces.append(piece(f"” ({line.citation})" + (f" {line.note}" if line.note else "")))
    bidi = "<w:bidi/>" if backwards else ""
    story.append(f'<w:p><w:pPr><w:pStyle w:val="ListBullet"/>{bidi}</w:pPr>{"".join(pieces)}</w:p>')


def _chapters(tables: Mapping[str, Table]) -> dict[str, WorkChapter]:
    """The chapter of each document, in the order of the tables."""
    wordings: dict[str, dict[str, list[WordingLine]]] = {}
    quotes: dict[str, dict[str, list[QuoteLine]]] = {}
    footnotes: dict[str, str] = {}
    for section in SECTIONS:
        if f"{section}_wordings" in tables:
            for name, *cells in _texts(tables[f"{section}_wordings"], "document label wording paragraphs note"):
                wordings.setdefault(name, {}).setdefault(section, []).append(WordingLine(*cells))
        if f"{section}_quotes" in tables:
            quoted = tables[f"{section}_quotes"]
            rows = _texts(quoted, "document subsection citation note")
            footnotes = {name: str(note) for (name, *_), note in zip(rows, quoted.footnotes, strict=False)} | footnotes
            for (name, subsection, cited, note), runs in zip(rows, quoted.rich["quote"], strict=True):
                line = QuoteLine(subsection, runs, cited, note)
                quotes.setdefault(name, {}).setdefault(section, []).append(line)
    objectives = _objectives(tables["stakeholders_by_objective"]) if "stakeholders_by_objective" in tables else {}
    return {
        name: WorkChapter(
            wordings.get(name, {}), quotes.get(name, {}), objectives.get(name, ()), footnotes.get(name, "")
        )
        for name in dict.fromkeys([*_ordered(tables), *wordings, *quotes])
    }


def _ordered(tables: Mapping[str, Table]) -> list[str]:
    counted = tables.get("counts_by_document")
    return [str(name) for name in counted.cells("document")] if counted is not None else []


def _objectives(matrix: Table) -> dict[str, list[tuple[str, str]]]:
    """The matrix of stakeholders and objectives as lists by document: Word pages are too narrow for 23 columns."""
    numbered = [column for column in matrix.columns if column.startswith("objective_")]
    out: dict[str, list[tuple[str, str]]] = {}
    for name, label, *cells in _texts(matrix, " ".join(["document", "label", *numbered])):
        cited = [f"{column.rpartition('_')[2]} ({cell})" for column, cell in zip(numbered, cells, strict=True) if cell]
        if cited:
            out.setdefault(name, []).append((gettext(label), "; ".join(cited)))
    return out


def _texts(source: Table, columns: str) -> list[tuple[str, ...]]:
    """The cells of these columns as text, row by row."""
    cells = ([str(plain(cell)) for cell in source.cells(column)] for column in columns.split())
    return list(zip(*cells, strict=True))
