"""The network of who names whom: mechanisms and the bodies that their own documents name."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.export.pictures.drawing import Drawing, line, safe, text, wide
from pipeline.export.pictures.picture import Picture
from pipeline.tables.edges import MECHANISM, NAMES, STATE, EdgeRow
from pipeline.tables.registry import TYPES, load_registry
from pipeline.tables.table import Table
from pipeline.translation import gettext

_MOST = 36
"""Mechanisms and bodies of the drawing."""
_RADIUS, _LABEL, _MARGIN = 250, 145, 1.15
"""Pixels: the circle, the label from which on an acronym is shorter; how much wider than reckoned a label may be."""
_OTHER = "Organization or process"
_LOOKS = {**dict(zip(TYPES.values(), ("k1", "k3", "k4"), strict=True)), _OTHER: "q"}
"""What a node is -> the class of its dot."""

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A dot of the drawing: the name of a mechanism or body, its whole label, what it is, and its region."""

    name: str
    label: str
    kind: str
    region: str = ""


def draw_network(tables: Mapping[str, Table]) -> Picture | None:
    """Draw the mechanisms and the bodies that they name in their own documents, from the table `who_names_whom`: States and
    the documents of others are only in the table. None where no mechanism names any."""
    rows = tables["who_names_whom"].rows if "who_names_whom" in tables else ()
    named: Counter[str] = Counter()
    counts: Counter[Edge] = Counter()
    relations: dict[Edge, dict[str, None]] = {}
    for row in rows:
        if isinstance(row, EdgeRow) and row.source_kind == MECHANISM and row.target_kind != STATE:
            edge = (row.source, row.target)
            named[row.target] += row.count
            counts[edge] += row.count
            relations.setdefault(edge, {})[row.relation] = None
    if not counts:
        return None
    weights = Counter(named)
    for (source, _), n in counts.items():
        weights[source] += n
    kept = sorted(weights, key=lambda name: (-weights[name], name))[:_MOST]
    nodes = {node.name: node for node in _nodes(kept)}
    edges = sorted((edge for edge in counts if nodes.keys() >= set(edge)), key=lambda edge: (-counts[edge], edge))
    rest = ""
    if len(kept) < len(weights):
        rest = " " + gettext("The %(n)s most active of %(all)s.", n=len(kept), all=len(weights))
    return Picture(
        "network",
        gettext("Who names whom"),
        gettext(
            "An arrow leads from an ISCM to a body that its own documents name, thicker where more paragraphs "
            "do, in colour where they say more than the name: a partner, an observer, one that is criticized. "
            "The dot grows with the number of paragraphs that name it.%(rest)s",
            rest=rest,
        ),
        gettext(
            "%(bodies)s ISCMs and other bodies on a circle by type and region, %(arrows)s arrows between them; "
            "the table lists all of them.",
            bodies=len(nodes),
            arrows=len(edges),
        ),
        _drawn(nodes, named, [(edge, counts[edge], set(relations[edge]) != {NAMES}) for edge in edges]),
        (gettext("Named by"), gettext("Relation"), gettext("Names"), gettext("Paragraphs")),
        tuple(
            (nodes[one].label, ", ".join(relations[one, two]), nodes[two].label, counts[one, two]) for one, two in edges
        ),
    )


def _nodes(names: Sequence[str]) -> list[NetworkNode]:
    """The nodes in their order around the circle; a long label gives way to an acronym that only one of them has."""
    known = load_registry().mechanisms
    acronyms = {name: known[name].acronym if name in known else _acronym(name) for name in names}
    several = Counter(acronyms.values())
    nodes = []
    for name in names:
        mechanism = known.get(name)
        label, acronym = mechanism.label if mechanism else name, acronyms[name]
        label = acronym if wide(label) > _LABEL and acronym and several[acronym] == 1 else label
        kind, region = (TYPES[mechanism.type], mechanism.region) if mechanism else (_OTHER, "")
        nodes.append(NetworkNode(name, label, kind, region))
    order = list(_LOOKS)
    return sorted(nodes, key=lambda node: (order.index(node.kind), node.region, node.name))


def _acronym(name: str) -> str:
    """The acronym in parentheses at the end of a name: "World Health Organization (WHO)"."""
    found = re.search(r"\(([A-Z][\w-]+)\)$", name)
    return found[1] if found else ""


def _drawn(nodes: Mapping[str, NetworkNode], named: Counter[str], edges: Sequence[tuple[Edge, int, bool]]) -> Drawing:
    turns = {name: 2 * math.pi * n / len(nodes) - math.pi / 2 for n, name in enumerate(nodes)}
    reach = [_spot((0, 0), _RADIUS + 20 + _MARGIN * wide(nodes[name].label), turn) for name, turn in turns.items()]
    left, right = (max(_RADIUS + 20, *(sign * x for x, _ in reach)) for sign in (-1, 1))
    above, below = (max(_RADIUS + 20, *(sign * y for _, y in reach)) for sign in (-1, 1))
    legend = 18 * len(_LOOKS) + 8
    middle = (left, above + legend)
    spots = {name: _spot(middle, _RADIUS, turn) for name, turn in turns.items()}
    most = max(n for _, n, _ in edges) if edges else 1
    shapes = []
    for (one, two), n, is_related in edges:
        start, end = spots[one], spots[two]
        bend = [(a + b) / 2 * 0.45 + c * 0.55 for a, b, c in zip(start, end, middle, strict=True)]
        end = _towards(end, bend, _size(named[two], named) + 1)
        path = f"M{start[0]:.1f} {start[1]:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
        said = f"{nodes[one].label} → {nodes[two].label}: {n}"
        shapes.append(line(path, "d" if is_related else "e", 0.8 + 3.2 * math.sqrt(n / most), said))
        shapes.append(_head(end, bend, "k2" if is_related else "some"))
    for name, node in nodes.items():
        x, y = spots[name]
        radius = _size(named[name], named)
        said = f"{name}, {node.kind}: {named[name]}"
        shapes.append(
            f'<circle class="{_LOOKS[node.kind]}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{safe(said)}</title></circle>'
        )
        turn = math.degrees(turns[name])
        away = _spot(middle, _RADIUS + radius + 6, turns[name])
        if -90 <= turn < 90:
            shapes.append(text(away[0], away[1] + 3, node.label, "t", "", round(turn)))
        else:
            shapes.append(text(away[0], away[1] + 3, node.label, "t", "end", round(turn - 180)))
    for n, (kind, look) in enumerate(_LOOKS.items()):
        shapes.append(f'<circle class="{look}" cx="12" cy="{16 + 18 * n}" r="5"/>')
        shapes.append(text(24, 20 + 18 * n, kind))
    return Drawing(round(left + right), round(above + below + legend), "".join(shapes))


def _spot(middle: tuple[float, float], radius: float, turn: float) -> tuple[float, float]:
    return middle[0] + radius * math.cos(turn), middle[1] + radius * math.sin(turn)


def _towards(end: tuple[float, float], start: Sequence[float], distance: float) -> tuple[float, float]:
    """The point `distance` before `end` on the way from `start`, so that an arrow ends at the edge of a dot."""
    length = math.dist(end, start) or 1
    return (
        end[0] + (start[0] - end[0]) * distance / length,
        end[1] + (start[1] - end[1]) * distance / length,
    )


def _head(end: tuple[float, float], start: Sequence[float], look: str) -> str:
    """The head of an arrow that comes from `start`."""
    foot = _towards(end, start, 8)
    across = ((end[1] - foot[1]) * 0.45, (foot[0] - end[0]) * 0.45)
    points = (end, (foot[0] + across[0], foot[1] + across[1]), (foot[0] - across[0], foot[1] - across[1]))
    return line("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z", look)


def _size(count: int, named: Counter[str]) -> float:
    return 3.5 + 8 * math.sqrt(count / max(1, *named.values()))
