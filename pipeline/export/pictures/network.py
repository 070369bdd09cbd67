"""The network of ISCMs: which are named together, and which name others in their own documents."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd

from pipeline.export.pictures.drawing import Drawing, line, safe, short, text, wide
from pipeline.export.pictures.picture import Picture
from pipeline.tables.records import document_rows
from pipeline.tables.registry import TYPES, Mechanism, registry

_MOST, _EDGES, _LISTED = 36, 90, 12
"""Mechanisms and lines of the drawing; a paragraph that names more mechanisms than that is a list and joins none."""
_WIDTH, _HEIGHT, _RADIUS, _LABEL = 1000, 800, 250, 145

Edge = tuple[str, str]


def draw_network(references: pd.DataFrame, documents: Sequence[Mapping[str, object]]) -> Picture | None:
    """Draw the mechanisms that the documents name: a line joins two that stand in one paragraph, an arrow leads from
    one to another that its own documents name. None where nothing is joined.

    `references` are the rows of references.csv, `documents` those of a run, which tell who issued what.
    """
    known = registry()
    issuers = {row.document: known.issued_by(row) for row in document_rows(documents)}
    named: Counter[str] = Counter()
    stands: dict[tuple[str, str], set[str]] = {}
    arrows: Counter[Edge] = Counter()
    rows = zip(*(references[name].tolist() for name in ("document", "paragraph", "canonical", "status")), strict=True)
    for document, paragraph, canonical, status in rows:
        name = str(canonical)
        if name not in known.mechanisms or status == "rejected":
            continue
        named[name] += 1
        stands.setdefault((str(document), str(paragraph)), set()).add(name)
        own = [mechanism.name for mechanism in issuers.get(str(document), ())]
        arrows.update((issuer, name) for issuer in own if name not in own)
    ties: Counter[Edge] = Counter()
    for names in stands.values():
        if len(names) <= _LISTED:
            ties.update(combinations(sorted(names), 2))
    joined = {name for edge in (*ties, *arrows) for name in edge}
    if not joined:
        return None
    always = sorted({name for edge in arrows for name in edge}, key=lambda name: (-named[name], name))
    ranked = dict.fromkeys([*always, *sorted(joined, key=lambda name: (-named[name], name))])
    kept = [known.mechanisms[name] for name in list(ranked)[:_MOST]]
    shown = {mechanism.name for mechanism in kept}
    lines = [(edge, n, False) for edge, n in ties.items() if shown.issuperset(edge)]
    lines = sorted(lines, key=lambda tie: (-tie[1], tie[0]))[:_EDGES]
    lines += sorted((edge, n, True) for edge, n in arrows.items() if shown.issuperset(edge))
    labels = _labels(kept)
    rest = "" if len(joined) == len(kept) else f" The {len(kept)} most named of {len(joined)}."
    table = [
        (known.mechanisms[one].label, "names in its own documents" if directed else "named together with",
         known.mechanisms[two].label, n)
        for (one, two), n, directed in sorted(lines, key=lambda tie: (not tie[2], -tie[1], tie[0]))
    ]  # fmt: skip
    return Picture(
        "network",
        "ISCMs that are named together",
        "A line joins two ISCMs that one paragraph names, thicker where more paragraphs do; an arrow leads from an ISCM "
        f"to one that its own documents name. The dot grows with the number of references. Paragraphs that name more "
        f"than {_LISTED} ISCMs are lists and join none.{rest}",
        f"{len(kept)} ISCMs on a circle by type and region, {len(lines)} lines between them; the table lists all of them.",
        _drawn(kept, labels, named, lines),
        ("ISCM", "", "ISCM", "Paragraphs or references"),
        tuple(table),
    )


def _drawn(
    kept: Sequence[Mechanism], labels: Mapping[str, str], named: Counter[str], lines: Sequence[tuple[Edge, int, bool]]
) -> Drawing:
    types = list(TYPES)
    around = sorted(kept, key=lambda m: (types.index(m.type), m.region, m.name))
    middle = (_WIDTH / 2, _HEIGHT / 2)
    turns = {m.name: 2 * math.pi * n / len(around) - math.pi / 2 for n, m in enumerate(around)}
    spots = {name: _spot(middle, _RADIUS, turn) for name, turn in turns.items()}
    most = max((n for _, n, directed in lines if not directed), default=1)
    shapes = []
    for (one, two), n, directed in lines:
        start, end = spots[one], spots[two]
        bend = [(a + b) / 2 * 0.45 + c * 0.55 for a, b, c in zip(start, end, middle, strict=True)]
        if directed:
            end = _towards(end, bend, _size(named[two], named) + 1)
        path = f"M{start[0]:.1f} {start[1]:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
        said = f"{labels[one]} {'→' if directed else '–'} {labels[two]}: {n}"
        thick = 1.4 if directed else 0.6 + 3.4 * math.sqrt(n / most)
        shapes.append(line(path, "d" if directed else "e", thick, said))
        if directed:
            shapes.append(_head(end, bend))
    for mechanism in around:
        x, y = spots[mechanism.name]
        look = f"k{(1, 3, 4)[types.index(mechanism.type)]}"
        said = f"{mechanism.label}, {TYPES[mechanism.type]}: {named[mechanism.name]}"
        radius = _size(named[mechanism.name], named)
        shapes.append(
            f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{safe(said)}</title></circle>'
        )
        turn = math.degrees(turns[mechanism.name])
        away = _spot(middle, _RADIUS + radius + 6, turns[mechanism.name])
        words = short(labels[mechanism.name], _LABEL)
        if -90 <= turn < 90:
            shapes.append(text(away[0], away[1] + 3, words, "t", "", round(turn)))
        else:
            shapes.append(text(away[0], away[1] + 3, words, "t", "end", round(turn - 180)))
    for n, (kind, look) in enumerate(zip(TYPES.values(), ("k1", "k3", "k4"), strict=True)):
        shapes.append(f'<circle class="{look}" cx="12" cy="{16 + 18 * n}" r="5"/>')
        shapes.append(text(24, 20 + 18 * n, kind))
    return Drawing(_WIDTH, _HEIGHT, "".join(shapes))


def _labels(kept: Sequence[Mechanism]) -> dict[str, str]:
    """Short names; for a long one the acronym, where no other mechanism has the same."""
    acronyms = Counter(mechanism.acronym for mechanism in kept)
    return {
        m.name: m.acronym if wide(m.label) > _LABEL and m.acronym and acronyms[m.acronym] == 1 else m.label
        for m in kept
    }


def _spot(middle: tuple[float, float], radius: float, turn: float) -> tuple[float, float]:
    return middle[0] + radius * math.cos(turn), middle[1] + radius * math.sin(turn)


def _towards(end: tuple[float, float], start: Sequence[float], distance: float) -> tuple[float, float]:
    """The point `distance` before `end` on the way from `start`, so that an arrow ends at the edge of a dot."""
    length = math.dist(end, start) or 1
    return (
        end[0] + (start[0] - end[0]) * distance / length,
        end[1] + (start[1] - end[1]) * distance / length,
    )


def _head(end: tuple[float, float], start: Sequence[float]) -> str:
    """The head of an arrow that comes from `start`."""
    foot = _towards(end, start, 8)
    across = ((end[1] - foot[1]) * 0.45, (foot[0] - end[0]) * 0.45)
    points = (end, (foot[0] + across[0], foot[1] + across[1]), (foot[0] - across[0], foot[1] - across[1]))
    return line("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z", "k2")


def _size(count: int, named: Counter[str]) -> float:
    return 3.5 + 8 * math.sqrt(count / max(1, *named.values()))
