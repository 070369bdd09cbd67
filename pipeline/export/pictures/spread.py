"""Where in the documents the references stand: columns along the longest one, a strip for each of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from extractors.lexicon.categories import SECTIONS
from pipeline.export.pictures.drawing import Drawing, bar, line, shade, short, steps, text
from pipeline.export.pictures.picture import Picture
from pipeline.segment.citation import base, cite_paragraph
from pipeline.translation import gettext

_NAMES = dict(zip(SECTIONS, ("ISCMs", "IGOs", "Stakeholders", "Other"), strict=True))
_WIDTH, _LEFT = 1080, 48
_COLUMNS, _HIGH, _TICKS = 60, 180, 9
_STRIPS, _CELLS, _STEP, _NAMED = 30, 50, 20, 300


def draw_spread(references: pd.DataFrame, paragraphs: pd.DataFrame, titles: Mapping[str, str]) -> tuple[Picture, ...]:
    """Draw where references stand in the document that has most of them, and in up to 30 documents side by side.

    `references` and `paragraphs` are the rows of references.csv and paragraphs.csv; rejected references do not count.
    """
    places, found = _located(references, paragraphs)
    ranked = sorted(found, key=lambda name: (-len(found[name]), name))
    if not ranked:
        return ()
    first = _along(ranked[0], titles.get(ranked[0]) or ranked[0], places[ranked[0]], found[ranked[0]])
    return (first, _strips(ranked, titles, places, found)) if len(ranked) > 1 else (first,)


def columns_by_document(references: pd.DataFrame, paragraphs: pd.DataFrame) -> dict[str, dict[str, object]]:
    """What the page's script needs to draw the columns along any document: how many columns (`bins`), which hold how many
    references of which section (`counts`: column, section from 1 to 4, number), and the paragraphs below them (`ticks`)."""
    places, found = _located(references, paragraphs)
    out: dict[str, dict[str, object]] = {}
    for document, located in found.items():
        held = places[document]
        bins = min(_COLUMNS, len(held))
        counts = Counter((at * bins // len(held), section) for at, section in located)
        numbers = {section: k for k, section in enumerate(_NAMES, 1)}
        every = max(1, round(bins / _TICKS))
        out[document] = {
            "bins": bins,
            "counts": sorted([n, numbers[section], number] for (n, section), number in counts.items()),
            "every": every,
            "ticks": [_numbered(held[-(-n * len(held) // bins) :]) for n in range(0, bins, every)],
        }
    return out


def _located(
    references: pd.DataFrame, paragraphs: pd.DataFrame
) -> tuple[dict[str, list[str]], dict[str, list[tuple[int, str]]]]:
    """The paragraphs of each document in their order, without what its pages repeat, and its references by place and section,
    without rejected ones."""
    places: dict[str, list[str]] = {}
    where: dict[tuple[str, str], int] = {}
    for document, paragraph in zip(paragraphs["document"].tolist(), paragraphs["paragraph"].tolist(), strict=True):
        if base(str(paragraph)) == "furniture":
            continue
        held = places.setdefault(str(document), [])
        where.setdefault((str(document), str(paragraph)), len(held))
        if "#" in str(paragraph):
            where.setdefault((str(document), base(str(paragraph))), len(held))
        held.append(str(paragraph))
    found: dict[str, list[tuple[int, str]]] = {}
    rows = zip(*(references[name].tolist() for name in ("document", "paragraph", "category", "status")), strict=True)
    for document, paragraph, category, status in rows:
        at = where.get((str(document), str(paragraph)))
        if at is not None and status != "rejected":
            section = str(category).partition(".")[0]
            found.setdefault(str(document), []).append((at, section if section in _NAMES else "other"))
    return places, found


def _along(document: str, title: str, places: Sequence[str], found: Sequence[tuple[int, str]]) -> Picture:
    bins = min(_COLUMNS, len(places))
    counts: Counter[tuple[int, str]] = Counter((at * bins // len(places), section) for at, section in found)
    sums = [sum(counts[n, section] for section in _NAMES) for n in range(bins)]
    starts = [-(-n * len(places) // bins) for n in range(bins)]
    highest, wide = max(sums), (_WIDTH - _LEFT - 10) / bins
    floor = 28.0 + _HIGH
    shapes = []
    for step in steps(highest, 5):
        y = floor - step * _HIGH / highest
        shapes += [line(f"M{_LEFT} {y:.1f}H{_WIDTH - 10}"), text(_LEFT - 8, y + 4, str(step), "q", "end")]
    table, every = [], max(1, round(bins / _TICKS))
    for n in range(bins):
        y, x = floor, _LEFT + n * wide
        name = cite_paragraph(places[starts[n]])
        until = cite_paragraph(places[(starts[n + 1] if n + 1 < bins else len(places)) - 1])
        span = name if until == name else f"{name} – {until}"
        for k, (section, label) in enumerate(_NAMES.items(), 1):
            if number := counts[n, section]:
                tall = number * _HIGH / highest
                y -= tall
                shapes.append(bar(x + 0.5, y, max(wide - 1.5, 1), tall, f"k{k}", f"{span}, {label}: {number}"))
        if n % every == 0:
            shapes.append(text(x, floor + 15, short(_numbered(places[starts[n] :]), wide * every - 10), "q"))
        if sums[n]:
            table.append((span, *(counts[n, section] or "" for section in _NAMES)))
    most = max(table, key=lambda row: sum(int(cell or 0) for cell in row[1:]))[0]
    names = [*map(gettext, _NAMES.values())]
    step = max(110, 16 + 7 * max(map(len, names)))
    for k, label in enumerate(names, 1):
        shapes += [bar(_LEFT + (k - 1) * step, 4, 11, 11, f"k{k}"), text(_LEFT + (k - 1) * step + 16, 14, label)]
    return Picture(
        "along",
        gettext("References along the document: {title}").format(title=short(" ".join(title.split()), 620)),
        gettext(
            "From the first paragraph (left) to the last of %(document)s, the document with most references; the "
            "height is the number of references.",
            document=document,
        ),
        gettext(
            "%(n)s references along %(paragraphs)s paragraphs; the most in one place are %(highest)s, at %(most)s.",
            n=len(found),
            paragraphs=len(places),
            highest=highest,
            most=most,
        ),
        Drawing(_WIDTH, int(floor) + 24, "".join(shapes)),
        (gettext("Paragraphs"), *names),
        tuple(table),
    )


def _numbered(places: Sequence[str]) -> str:
    """The first paragraph with a number of its own, as cited; a heading is too long to stand below a chart."""
    own = (name for name in places if ":" not in name and any(letter.isdigit() for letter in name))
    return cite_paragraph(next(own, places[0]))


def _strips(
    ranked: Sequence[str],
    titles: Mapping[str, str],
    places: Mapping[str, Sequence[str]],
    found: Mapping[str, Sequence[tuple[int, str]]],
) -> Picture:
    shown = ranked[:_STRIPS]
    counts = {name: Counter(at * _CELLS // len(places[name]) for at, _ in found[name]) for name in shown}
    wide = (_WIDTH - _NAMED - 60) / _CELLS
    shapes, table = [], []
    for r, name in enumerate(shown):
        y = 6 + r * _STEP
        title = " ".join((titles.get(name) or name).split())
        highest = max(counts[name].values())
        shapes.append(text(_NAMED - 8, y + 13, short(title, _NAMED - 14), "t", "end"))
        shapes.append(bar(_NAMED, y + 2, wide * _CELLS, _STEP - 5, "s0"))
        shapes += [
            bar(_NAMED + cell * wide, y + 2, wide, _STEP - 5, f"s{shade(number, highest)}")
            for cell, number in sorted(counts[name].items())
        ]
        shapes.append(text(_NAMED + wide * _CELLS + 6, y + 13, str(len(found[name])), "q"))
        quarter = Counter(at * 4 // len(places[name]) for at, _ in found[name])
        table.append((title, name, *(quarter[n] or "" for n in range(4)), len(found[name])))
    rest = " " + gettext("The %(n)s documents with most references.", n=len(shown)) if len(ranked) > len(shown) else ""
    return Picture(
        "strips",
        gettext("References along each document"),
        gettext(
            "From the first paragraph (left) to the last; darker where more references stand, compared within "
            "the document; on the right, how many in all.%(rest)s",
            rest=rest,
        ),
        gettext("One strip for each of %(n)s documents.", n=len(shown)),
        Drawing(_WIDTH, 12 + len(shown) * _STEP, "".join(shapes)),
        (
            *(gettext("Title"), gettext("Document"), gettext("First quarter"), gettext("Second"), gettext("Third")),
            *(gettext("Last"), gettext("References")),
        ),
        tuple(table),
    )
