"""The published analysis as its readers see it: headings, list items, table rows and running text, with bold words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pipeline.ingest.line import Ingested, Line
from pipeline.ingest.piece import Spans
from pipeline.segment.block import Block, blocks
from pipeline.segment.pointer import bare, pointers

Kind = Literal["item", "row", "prose"]

OPENING = "\"“„«‘'"
CLOSING = "\"”“»’'"
_BULLET = re.compile(r"\s*(?:[•·▪◦‣●○■□\u2022\ue000-\uf8ff*]|[-–—](?=\s))\s*")
_CELL = re.compile(r"(.*T\d+)/R(\d+)/C(\d+)")
_TITLE_WORDS = 20
_ROW_WORDS = 40
_PIPE_RULE = re.compile(r"[|\s:=-]+")
_HEADER_CELL = re.compile(
    r"(?:no\.?\s*of\s*)?(?:§+|(?:para|párr|par)s?\.?|paragraph(?:e)?s?|párrafos?|parágrafos?|الفقرة|الفقرات)"
    r"(?:\s*(?:no|nos|number|numbers)\.?)?(?:\s*\(?s\)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Text:
    """Words with the stretches of them that are bold."""

    text: str
    bold: Spans = ()

    def cut(self, start: int, end: int) -> Text:
        """The part from `start` to `end`, white space trimmed, with its bold stretches moved along."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        piece = piece.strip()
        end = start + len(piece)
        kept = ((max(a, start) - start, min(b, end) - start) for a, b in self.bold if a < end and b > start)
        return Text(piece, tuple(kept))


@dataclass(frozen=True, slots=True)
class AnalysisBlock:
    """One unit of the analysis: a list item, a table row (`cells`) or a paragraph of running text (one cell).

    `headings` are those it stands under, outermost first; `header` tells that a row is its table's head.
    """

    kind: Kind
    headings: tuple[str, ...]
    cells: tuple[Text, ...]
    table: str = ""
    is_header: bool = False

    @property
    def section(self) -> str:
        """The last two headings, as one text."""
        return " > ".join(self.headings[-2:])


def passages(document: Ingested) -> list[AnalysisBlock]:
    """Cut an analysis into passages; furniture and footnotes are left out.

    A line of plain text that is a wording and its paragraphs ("civil society §44; §53", or cells between "|") is a table
    row, as the cells of the other formats are. Headings nest by the format's level, else by size, else by what follows.
    """
    shown = [line for line in document.lines if line.role in ("body", "cell")]
    found = [block for block in blocks(list(_apart(shown))) if block.text.strip()]
    texts = {id(block): Text(block.text, _words(block)) for block in found}
    headed = _headings(found, texts)
    return list(_passages(found, texts, headed))


def _words(block: Block) -> Spans:
    """The bold stretches of a block from their first letter or digit to their last: signs at their ends say nothing.

    >>> _words(Block("the Forum...", bold_spans=((4, 12),)))
    ((4, 9),)
    """
    out = []
    for start, end in block.bold_spans:
        inside = [at for at in range(start, end) if block.text[at].isalnum()]
        if inside:
            out.append((inside[0], inside[-1] + 1))
    return tuple(out)


def _apart(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines of plain text that are table rows, made to stand by themselves."""
    row_before = False
    for line in lines:
        row = line.role == "body" and (is_row(line.text) or line.text.lstrip().startswith("|"))
        joins = row or row_before or (line.role == "body" and _BULLET.match(line.text) and not line.mark)
        yield replace(line, has_break=True) if joins and not line.has_break else line
        row_before = row


def is_row(text: str) -> bool:
    """Tell whether a line is a wording followed by nothing but its paragraphs, as a table's row reads.

    >>> is_row("civil society §44; § 53"), is_row("They stand in § 44."), is_row("“as civil society” (§44)")
    (True, False, False)
    """
    found = pointers(text)
    if not found or text[found[-1].end :].strip() or text[:1] in OPENING or _BULLET.match(text):
        return False
    wording = text[: found[-1].start].rstrip()
    first = found[0].start
    return bool(
        wording
        and first == found[-1].start
        and len(wording.split()) <= _ROW_WORDS
        and wording[-1] not in "([–—-,.;"
        and (wording[-1] != ":" or len(wording.split()) < 8)
        and _signed(text[first:])
    )


def _signed(text: str) -> bool:
    """Whether a list of paragraphs has the sign of a table ("§"): "stands in paragraph 47" is a sentence cut short."""
    return text.lstrip()[:1] in "§¶"


def _headings(found: Sequence[Block], texts: dict[int, Text]) -> dict[int, int]:
    """Levels of the blocks that are headings, by their place; 1 is the highest."""
    plain: dict[int, bool] = {}
    out: dict[int, float] = {}
    for n, block in enumerate(found):
        if block.cell or not _may_head(block):
            continue
        text = texts[id(block)]
        whole = bool(text.bold) and sum(b - a for a, b in text.bold) >= 0.9 * len(text.text.strip())
        if block.heading is not None:
            out[n] = block.heading
        elif block.is_bold or whole:
            out[n] = 100 - (block.size or 0)
        else:
            plain[n] = True
    for n in sorted(plain, reverse=True):
        after = next((m for m in range(n + 1, len(found))), None)
        if after is None:
            continue
        following = found[after]
        listed = bool(following.mark or following.cell or _BULLET.match(following.text) or is_row(following.text))
        listed = listed or following.text[:1] in OPENING or following.text.startswith("|")
        if _is_header_line(following.text) or after in out or listed:
            above = after in out or is_row(following.text) or bool(following.cell) or _is_header_line(following.text)
            out[n] = 150 if above else 160
    order = {size: rank for rank, size in enumerate(sorted(set(out.values())), start=1)}
    return {n: order[size] for n, size in out.items()}


def _may_head(block: Block) -> bool:
    text = block.text.strip()
    return bool(
        not (block.mark and block.heading is None)
        and not _BULLET.match(text)
        and len(text.split()) <= _TITLE_WORDS
        and text[-1:] not in ".;,:?!…"
        and text[:1] not in OPENING
        and any(map(str.isalpha, text))
        and not pointers(text)
        and not text.startswith("|")
        and not _is_header_line(text)
    )


def _is_header_line(text: str) -> bool:
    """The head of a table whose cells plain text runs together: "Reference / wording Paragraph"."""
    words = text.split()
    return 1 < len(words) <= 8 and bool(_HEADER_CELL.fullmatch(words[-1]))


def _passages(found: Sequence[Block], texts: dict[int, Text], headed: dict[int, int]) -> Iterator[AnalysisBlock]:
    often = Counter(headed.values())
    path: list[tuple[int, str]] = []
    tables = 0
    row_before = False
    rows: dict[str, dict[int, Text]] = {}
    for n, block in enumerate(found):
        place = _CELL.fullmatch(block.cell) if block.cell else None
        if not place and rows:
            yield from _rows(rows, path)
            rows = {}
        text = texts[id(block)]
        if n in headed:
            level = headed[n]
            path = [kept for kept in path if kept[0] < level]
            deeper = max(often) > level
            if often[level] > 1 or not deeper:
                path.append((level, " ".join(text.text.split())))
            row_before = False
        elif place:
            cells = rows.setdefault(f"{place[1]}/R{place[2]}", {})
            cells[int(place[3])] = _joined(cells.get(int(place[3])), text)
        elif text.text.lstrip().startswith("|") or is_row(text.text) or _is_header_line(text.text):
            tables += not row_before
            row_before = True
            yield from _plain_row(text, path, f"P{tables}")
        else:
            row_before = False
            kind: Kind = "item" if block.mark or _BULLET.match(text.text) else "prose"
            lead = _BULLET.match(text.text)
            yield AnalysisBlock(kind, _headings_of(path), (text.cut(lead.end() if lead else 0, len(text.text)),))
    yield from _rows(rows, path)


def _headings_of(path: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(heading for _, heading in path)


def _joined(one: Text | None, two: Text) -> Text:
    if one is None:
        return two
    shift = len(one.text) + 1
    return Text(f"{one.text} {two.text}", one.bold + tuple((a + shift, b + shift) for a, b in two.bold))


def _rows(rows: dict[str, dict[int, Text]], path: Sequence[tuple[int, str]]) -> Iterator[AnalysisBlock]:
    for place, cells in rows.items():
        width = max(cells)
        row = tuple(cells.get(column, Text("")) for column in range(1, min(width, 200) + 1))
        yield AnalysisBlock("row", _headings_of(path), row, place.rpartition("/")[0], is_header(row))


def is_header(row: Sequence[Text]) -> bool:
    """Whether a row is a table's head: it has a cell that says "Paragraph" and none that cites one."""
    return any(_HEADER_CELL.fullmatch(cell.text.strip()) for cell in row) and not any(bare(c.text) for c in row)


def cites(cell: Text) -> bool:
    """Whether a cell of a table's head is the one of the paragraphs."""
    return bool(_HEADER_CELL.fullmatch(cell.text.strip()))


def _plain_row(text: Text, path: Sequence[tuple[int, str]], table: str) -> Iterator[AnalysisBlock]:
    """A row of a table in plain text: cells between "|", or a wording and the list of paragraphs behind it."""
    source = text.text
    if source.lstrip().startswith("|"):
        if _PIPE_RULE.fullmatch(source):
            return
        borders = [m.start() for m in re.finditer(r"(?<!\\)\|", source)]
        edges = [*borders, len(source)] if source.rstrip()[-1:] != "|" else borders
        row = tuple(text.cut(a + 1, b) for a, b in pairwise(edges))
    elif _is_header_line(source):
        last = source.rstrip().rfind(" ")
        row = (text.cut(0, last), text.cut(last, len(source)))
    else:
        start = pointers(source)[0].start
        row = (text.cut(0, start), text.cut(start, len(source)))
    if row:
        yield AnalysisBlock("row", _headings_of(path), row, table, is_header(row))
