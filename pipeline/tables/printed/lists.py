"""The lists that an analysis prints: elements by theme, areas of focus, mechanisms, positions, topics of all positions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, pairwise
from typing import Literal

from rapidfuzz import fuzz

from extractors.lexicon.compact import load_compact
from extractors.lexicon.terms import Words
from extractors.lexicon.yaml_file import Strict, folder, read_yaml
from extractors.model import ParagraphRow
from extractors.objectives.elements import named_elements
from extractors.text.normalization import normalize, squash
from pipeline.extract.quote import Span
from pipeline.segment.citation import base
from pipeline.tables.focus import areas
from pipeline.tables.records import Records
from pipeline.tables.registry import TYPES, Registry

ListId = Literal["elements", "areas", "mechanisms", "positions", "topics"]
ROLES = frozenset({"analysis", "report", ""})
"""Roles of the documents that print such lists."""
_ALIKE = 85
_CELL = re.compile(r"(.*T\d+/R\d+)/C\d+")
_HALF = 0.5
"""A line that a name of a mechanism fills to this share names the mechanism, and says nothing else."""


class PrintedList(Strict):
    """A list of an analysis and the words that head it."""

    id: ListId
    label: str
    heads: Words


class PrintedWords(Strict):
    """Everything in `lexicons/tables/printed.yaml`; the file says what each list is."""

    source: str
    lists: tuple[PrintedList, ...]
    parts: Words
    principles: Words
    objectives: Words
    types: Mapping[str, Words]
    headers: Mapping[Literal["area", "mechanism"], Words]

    @cached_property
    def part(self) -> re.Pattern[str]:
        """The beginning of an annex, a figure, a table or a chapter: "Annex 5.", "3. From global ..."."""
        words = "|".join(re.escape(word) for word in every(self.parts))
        return re.compile(rf"(?:(?:{words})\s+[\divxa-z]{{1,4}}\b|\d{{1,2}}\.\s)[.:]?\s*", re.IGNORECASE)

    def head(self, text: str) -> PrintedList | None:
        """The list that a paragraph heads: it starts with its words, behind "Annex 5." or not."""
        folded = squash(text[:200])
        begun = self.part.match(folded)
        rest = folded[begun.end() :] if begun else folded
        return next((one for one, heads in self._heads if rest.startswith(heads)), None)

    @cached_property
    def _heads(self) -> tuple[tuple[PrintedList, tuple[str, ...]], ...]:
        return tuple((one, _squashed(one.heads)) for one in self.lists)

    @cached_property
    def type_words(self) -> Mapping[str, tuple[str, ...]]:
        """What heads the mechanisms of each type, as it is compared."""
        return {name: _squashed(words) for name, words in self.types.items()}

    @cached_property
    def header_words(self) -> Mapping[str, tuple[str, ...]]:
        """The headers of each column of areas, as they are compared."""
        return {name: _squashed(words) for name, words in self.headers.items()}


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """One fact of such a list: of `item` it says `value`; `spans` are the words that do, in the text of the paragraph, and
    `head` is the paragraph that heads the list.

    elements    item: letter of the element      value: number of the theme
    areas       item: area of focus              value: name of the mechanism
    mechanisms  item: name of the mechanism      value: its type and region as printed
    positions   item: name of the mechanism      value: ""
    topics      item: "theme 2", "objective 5"   value: ""
    """

    list: ListId
    item: str
    value: str
    paragraph: ParagraphRow
    spans: tuple[Span, ...]
    head: ParagraphRow


@lru_cache(maxsize=1)
def printed_words() -> PrintedWords:
    """Read and check `tables/printed.yaml`; raises LexiconError with file and line."""
    return read_yaml(folder() / "printed.yaml", PrintedWords)


def every(words: Words) -> tuple[str, ...]:
    """The words of all languages: an analysis in one quotes the others."""
    return tuple(word for listed in words.values() for word in listed)


def _squashed(words: Words) -> tuple[str, ...]:
    return tuple(map(squash, every(words)))


def printed_facts(records: Records, known: Registry) -> list[PrintedFact]:
    """Every fact of every such list in the analyses and reports of the corpus, in reading order.

    A list of which nothing can be read, as that of a table of contents, gives none.
    """
    out: list[PrintedFact] = []
    for document, rows in records.paragraphs.items():
        if records.documents[document].role in ROLES:
            for printed, section in _sections(rows):
                out += _READERS[printed](section, known)
    return out


def _sections(rows: Sequence[ParagraphRow]) -> Iterator[tuple[ListId, list[ParagraphRow]]]:
    words = printed_words()
    begun: PrintedList | None = None
    section: list[ParagraphRow] = []
    for row in rows:
        if row.kind in ("furniture", "note"):
            continue
        head = words.head(row.text)
        ends = row.kind == "heading" and bool(words.part.match(row.text))
        if begun and head and head.id == begun.id and not ends:
            head = None  # "Annex 2. ISCMs' engagement ..." goes on with "ISCM areas of focus ..."
        if head or ends:
            if begun:
                yield begun.id, section
            begun, section = head, []
        if begun:
            section.append(row)
    if begun:
        yield begun.id, section


def _elements(section: Sequence[ParagraphRow], known: Registry) -> Iterator[PrintedFact]:
    """ "Element (i): ..." below the title of a theme."""
    theme = 0
    for row in section:
        marks = [(one.start, one.letter, one.end) for one in named_elements(row.text)]
        places = sorted([*((start, "", number) for number, start, _ in _themes(row.text)), *marks])
        for start, letter, rest in places:
            if not letter:
                theme = rest
            elif theme:
                yield PrintedFact("elements", letter, str(theme), row, ((start, rest),), section[0])


def _themes(text: str) -> list[tuple[int, int, int]]:
    """The themes whose whole title a text prints, and where: (number, start, end)."""
    flat = normalize(text)
    folded = flat.text.casefold()
    out = []
    for theme in load_compact().themes:
        for title in theme.titles.values():
            opening = normalize(title).text.casefold().split(", including")[0][:60]
            start = folded.find(opening)
            while start >= 0:
                span = flat.source(start, start + len(opening))
                out.append((theme.number, *span))
                start = folded.find(opening, start + 1)
    return sorted(set(out), key=lambda place: place[1])


def _areas(section: Sequence[ParagraphRow], known: Registry) -> Iterator[PrintedFact]:
    """A table with a column of areas and one of mechanisms: cells, or rows that were read one after the other."""
    columns: dict[str, int] = {}
    area = ""
    for line, rows in groupby(section, key=_table_row):
        if not line:
            for row in rows:
                yield from _areas_in_line(row, section[0], known)
            continue
        cells: list[tuple[int, ParagraphRow]] = []
        for row in rows:
            column = int(base(row.paragraph).rpartition("C")[2])
            headers = [header for header, words in printed_words().header_words.items() if squash(row.text) in words]
            columns |= dict.fromkeys(headers, column)
            if not headers:
                cells.append((column, row))
        area = next((row.text for column, row in reversed(cells) if column == columns.get("area")), area)
        for column, row in cells:
            if area and column == columns.get("mechanism"):
                for name, span in known.named(row.text):
                    yield PrintedFact("areas", _area(area), name, row, (span,), section[0])


def _table_row(row: ParagraphRow) -> str:
    """The row of a table that a cell stands in, "" for what is no cell."""
    place = _CELL.fullmatch(base(row.paragraph)) if row.kind == "cell" else None
    return place[1] if place else ""


def _areas_in_line(row: ParagraphRow, head: ParagraphRow, known: Registry) -> Iterator[PrintedFact]:
    """Area, theme, mechanisms, area, theme, mechanisms ... in one paragraph. Where areas stand side by side the columns were
    read one after the other, and nothing tells any more which mechanisms belong to which area."""
    folded = row.text.casefold()
    places = [
        (m.start(), one.label) for one in areas().areas for m in re.finditer(re.escape(one.label.casefold()), folded)
    ]
    themes = _themes(row.text)
    outside = [place for place in places if not any(start <= place[0] < end for _, start, end in themes)]
    placed = sorted([*outside, *((start, "") for _, start, _ in themes)])
    if any(one[1] and two[1] for one, two in pairwise(placed)) or not outside:
        return
    for name, (start, end) in known.named(row.text):
        before = [label for at, label in placed if at < start and label]
        if before:
            yield PrintedFact("areas", before[-1], name, row, ((start, end),), head)


def _area(printed: str) -> str:
    """The area of the lexicon that a printed one is, else the printed words."""
    labels = {one.label: fuzz.ratio(squash(one.label), squash(printed)[: len(one.label) + 2]) for one in areas().areas}
    best = max(labels, key=lambda label: labels[label])
    return best if labels[best] >= _ALIKE else " ".join(printed.split())


def _mechanisms(section: Sequence[ParagraphRow], known: Registry) -> Iterator[PrintedFact]:
    """Names of mechanisms line after line, below a type and a region."""
    kind = region = ""
    for row in section:
        words = squash(row.text)
        stated = next((one for one, begun in printed_words().type_words.items() if words.startswith(begun)), "")
        names = known.named(row.text)
        filled = sum(end - start for _, (start, end) in names) >= _HALF * len(row.text)
        if stated and len(words) < 80:
            kind, region = stated, ""
        elif names and filled and kind:
            (name, span), value = names[0], "; ".join(filter(None, [TYPES[kind], region]))
            yield PrintedFact("mechanisms", name, value, row, (span,), section[0])
        elif row.kind == "heading" and len(words) < 80:
            region = " ".join(row.text.split())


def _positions(section: Sequence[ParagraphRow], known: Registry) -> Iterator[PrintedFact]:
    """Lines that begin with the mechanisms whose position they list, or a table that is one paragraph with its header."""
    head = section[0]
    if len(known.begun(head.text)) > 1:
        yield from _positions_in_columns(section, known)
        return
    for row in section[1:]:
        at = 0
        for name, (start, end) in known.named(row.text):
            if len(row.text[at:start].split()) > 1:
                break
            yield PrintedFact("positions", name, "", row, ((start, end),), head)
            at = end


def _positions_in_columns(section: Sequence[ParagraphRow], known: Registry) -> Iterator[PrintedFact]:
    """A table of mechanisms whose columns were read line by line across: names are broken off, and which column each stands
    in is lost; but all columns list mechanisms with recommendations or a position. It ends before the running text."""
    listed: dict[str, tuple[ParagraphRow, list[Span]]] = {}
    for row in section:
        names = known.begun(row.text)
        if row is not section[0] and (not names or names[0][1][0] > 0):
            break
        for name, span in names:
            first, spans = listed.setdefault(name, (row, []))
            if first is row:
                spans.append(span)
    for name, (row, spans) in listed.items():
        yield PrintedFact("positions", name, "", row, tuple(spans), section[0])


def _topics(section: Sequence[ParagraphRow], known: Registry) -> Iterator[PrintedFact]:
    """Titles of themes, "Principle 2: ...", "Objective 5: ..."."""
    words = printed_words()
    for row in section[1:]:
        for number, start, end in _themes(row.text):
            yield PrintedFact("topics", f"theme {number}", "", row, ((start, end),), section[0])
        for kind, named in (("principle", words.principles), ("objective", words.objectives)):
            mark = re.compile(rf"\b(?:{'|'.join(every(named))})\s+(\d{{1,2}})\s*:", re.IGNORECASE)
            for m in mark.finditer(row.text):
                yield PrintedFact("topics", f"{kind} {m[1]}", "", row, (m.span(),), section[0])


_READERS = {
    "elements": _elements,
    "areas": _areas,
    "mechanisms": _mechanisms,
    "positions": _positions,
    "topics": _topics,
}
