"""The content of a document's pages from PDFium's process; what it cannot give is left to the slow reader."""

from __future__ import annotations

import atexit
import copy
import json
import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

from pdfminer.fontmetrics import FONT_METRICS
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1

from pipeline.ingest.apart import Apart, Lost
from pipeline.ingest.pdf.content import SLANTED, Drawn, PageContent, PagePlace, with_actual_text
from pipeline.ingest.pdf.fields import displayed
from pipeline.ingest.pdf.layers import dictionary_of, layers_off, listed
from pipeline.ingest.pdf.rows import FontRun

MEMORY = 1_500_000_000
"""Bytes of address space of PDFium's process; a page that needs more ends it."""
SECONDS = 5.0
"""For one page; printed pages take hundredths of a second."""
MOST_LOSSES = 3
"""Processes that one document may cost; the rest of its pages is read by the slow reader."""
MOST_BYTES = 50_000_000
"""Of one message: the most letters that a page may have need a tenth of it."""
_FACTS = 9
"""Numbers of a piece: order, font, size, baseline, lower edge, paint, turn, group, how many words."""

_idle: list[Apart] = []


@atexit.register
def end_processes() -> None:
    """End PDFium's processes that wait for work."""
    while _idle:
        _idle.pop().end()


def place_of(index: int, source: PDFPage) -> PagePlace:
    """Where a page stands and how it is turned (its `mediabox` is the part that is shown)."""
    x0, y0, x1, y1 = source.mediabox
    across, down = (x1 - x0, y1 - y0) if source.rotate % 180 == 0 else (y1 - y0, x1 - x0)
    return PagePlace(index, displayed(source), across, down)


def fast_contents(
    path: Path, password: str, document: PDFDocument, sources: Sequence[PDFPage | None]
) -> Iterator[PageContent | None]:
    """The content of each page that PDFium can tell, in order; None for the others, and for sources that are None.

    Its process works ahead while the caller uses a page. One that dies over a page is replaced for the pages after it.
    A file with layers switched off is left to the slow reader, which knows them.
    """
    places = [place_of(index, source) for index, source in enumerate(sources) if source is not None]
    if os.name != "posix" or layers_off(document) or not places:
        yield from (None for _ in sources)
        return
    shown = [source for source in sources if source is not None]
    _count_streams(shown)
    apart = _idle.pop() if _idle else Apart("pipeline.ingest.pdf.pdfium", MEMORY)
    contents = _contents(apart, str(path.resolve()), password, places, len(sources), _descents(shown))
    for source in sources:
        yield next(contents, None) if source is not None else None
    next(contents, None)


def _contents(
    apart: Apart, path: str, password: str, places: Sequence[PagePlace], total: int, descents: Mapping[str, float]
) -> Iterator[PageContent | None]:
    done = losses = 0
    is_idle = False
    try:
        while done < len(places) and losses < MOST_LOSSES:
            try:
                with apart.within(SECONDS) as line:
                    order = {"path": path, "password": password, "places": places[done:], "total": total}
                    line.send_bytes(json.dumps(order).encode())
                    if json.loads(line.recv_bytes(MOST_BYTES)) != total:
                        is_idle = True
                        return
                while done < len(places):
                    with apart.within(SECONDS) as line:
                        facts, numbers = json.loads(line.recv_bytes(MOST_BYTES)), array("d")
                        numbers.frombytes(line.recv_bytes(MOST_BYTES))
                        content = _content(places[done], facts, numbers, descents)
                    done += 1
                    is_idle = done == len(places)
                    yield content
            except Lost:
                losses += 1
                done += 1
                yield None
    finally:
        if is_idle:
            _idle.append(apart)
        else:
            apart.end()


def _content(
    place: PagePlace, facts: dict[str, object], numbers: Sequence[float], descents: Mapping[str, float]
) -> PageContent | None:
    """A page's content from what the process says; None where it says that it cannot tell. Nothing of it is believed.

    Raises: `ValueError`.
    """
    try:
        return None if facts["odd"] else _made(place, facts, numbers, descents)
    except (LookupError, TypeError, AttributeError, AssertionError, OverflowError) as error:
        raise ValueError("not what was asked for") from error


def _made(
    place: PagePlace, facts: dict[str, object], numbers: Sequence[float], descents: Mapping[str, float]
) -> PageContent:
    fonts, actual, texts = facts["fonts"], facts["actual"], facts["texts"]
    assert isinstance(fonts, list) and isinstance(actual, list) and isinstance(texts, str)
    count = facts["pieces"]
    assert isinstance(count, int)
    at = count * _FACTS
    words = iter(texts.split("\0"))
    items: list[tuple[float, int, FontRun | Drawn]] = []
    for start in range(0, at, _FACTS):
        order, font, size, base, bottom, paint, turn, group, length = numbers[start : start + _FACTS]
        edges = numbers[at : at + 2 * int(length)]
        at += len(edges)
        glyphs = list(zip(edges[::2], edges[1::2], islice(words, int(length)), strict=True))
        name = fonts[int(font)]
        if turn != SLANTED and _plain(name) in descents:
            bottom = base - descents[_plain(name)] * size
        run = FontRun(glyphs, name, size, base, bottom, paint=int(paint), turn=int(turn))
        items.append((order, int(group), run))
    shapes = facts["shapes"]
    assert isinstance(shapes, list)
    items += [(order, -1, Drawn(*shape)) for order, *shape in shapes]
    items.sort(key=itemgetter(0))
    if not actual:
        return PageContent(place.width, place.height, [item for _, _, item in items])
    out: list[object] = []
    for number, same in groupby(items, key=itemgetter(1)):
        objects = [item for _, _, item in same]
        out += objects if number < 0 else with_actual_text(objects, str(actual[number]))
    return PageContent(place.width, place.height, [item for item in out if isinstance(item, FontRun | Drawn)])


def _descents(sources: Sequence[PDFPage]) -> dict[str, float]:
    """How far the letters of each font go below the line, in em: what the file states, where PDFium has its own ideas."""
    found: dict[str, float] = {}
    seen: set[int] = set()
    for source in sources:
        for reference in dictionary_of(dictionary_of(source.resources).get("Font")).values():
            number = reference.objid if isinstance(reference, PDFObjRef) else 0
            if number and number in seen:
                continue
            seen.add(number)
            font = dictionary_of(reference)
            name = _plain(str(getattr(resolve1(font.get("BaseFont")), "name", "")))
            for inner in (font, *map(dictionary_of, listed(font.get("DescendantFonts")))):
                stated = FONT_METRICS.get(name, ({}, {}))[0].get("Descent")
                value = resolve1(dictionary_of(inner.get("FontDescriptor")).get("Descent", stated))
                if isinstance(value, int | float):
                    found[name] = -abs(value) / 1000
    return found


def _plain(font: str) -> str:
    """A font's name without the mark of a subset ("ABCDEF+")."""
    return font.split("+", 1)[-1]


def _count_streams(sources: Sequence[PDFPage]) -> None:
    """Expand what pages and their forms are drawn by, and forget it: PDFium expands them too, and does not count.

    Raises: `TooLarge` where they expand beyond the limit.
    """
    seen: set[int] = set()
    for source in sources:
        waiting = [*listed(source.contents)]
        resources = [dictionary_of(source.resources)]
        while waiting or resources:
            if resources:
                waiting += dictionary_of(resources.pop().get("XObject")).values()
                continue
            stream = resolve1(waiting.pop())
            if not isinstance(stream, PDFStream) or stream.objid in seen or _is_picture(stream):
                continue
            if stream.objid is not None:
                seen.add(stream.objid)
            resources.append(dictionary_of(stream.get("Resources")))
            try:
                copy.copy(stream).get_data()
            except Exception:
                continue


def _is_picture(stream: PDFStream) -> bool:
    return getattr(resolve1(stream.get("Subtype")), "name", "") == "Image"
