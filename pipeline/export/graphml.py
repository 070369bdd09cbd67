"""A graph as GraphML, which Gephi, yEd, Cytoscape and networkx read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from pipeline.cell import held, plain
from pipeline.files import write_bytes
from pipeline.tables.registry import load_registry
from pipeline.tables.table import Table

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE = ("label", "kind", "type", "region")
_EDGE = ("relation", "count", "date", "said_by", "document", "citation", "quote", "footnote", "url")


def write(path: Path, table: Table) -> Path:
    """Write the table `who_names_whom` as a directed graph: a node for each name, an edge for each row with its evidence.

    Nodes that the lexicon knows as mechanisms have their type and region. The same table gives the same bytes.
    """
    rows = table.frame.to_dict("records")
    root = ET.Element("graphml", xmlns=NAMESPACE)
    for place, names in (("node", _NODE), ("edge", _EDGE)):
        for name in names:
            kind = "int" if name == "count" else "string"
            ET.SubElement(root, "key", {"id": f"{place}_{name}", "for": place, "attr.name": name, "attr.type": kind})
    graph = ET.SubElement(root, "graph", id="who_names_whom", edgedefault="directed")
    nodes = {str(row[end]): str(row[f"{end}_kind"]) for row in rows for end in ("source", "target")}
    ids = {name: f"n{n}" for n, name in enumerate(sorted(nodes))}
    known = load_registry().mechanisms
    for name, key in ids.items():
        mechanism = known.get(name)
        told = {"label": mechanism.label, "type": mechanism.type, "region": mechanism.region} if mechanism else {}
        _describe(ET.SubElement(graph, "node", id=key), "node", {"label": name, "kind": nodes[name], **told}, _NODE)
    for n, row in enumerate(rows):
        edge = ET.SubElement(graph, "edge", id=f"e{n}", source=ids[str(row["source"])], target=ids[str(row["target"])])
        _describe(edge, "edge", {str(name): value for name, value in row.items()}, _EDGE)
    ET.indent(root)
    write_bytes(path, ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
    return path


def _describe(element: ET.Element, place: str, facts: Mapping[str, object], names: Sequence[str]) -> None:
    for name in names:
        value = plain(facts.get(name))
        if value != "":
            ET.SubElement(element, "data", key=f"{place}_{name}").text = held(str(value))
