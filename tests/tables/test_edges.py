"""Who names whom: edges from mechanisms and documents to bodies, and the same as GraphML."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from extractors.model import Reference
from pipeline.export import graphml
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.edges import EdgeRow, edges_table, is_body
from pipeline.tables.mechanisms.partnerships import find_partnerships
from pipeline.tables.table import Table
from tests.tables.mechanisms import sample
from tests.tables.mechanisms.sample import IOM, RCM, SACM

EU = "European Union"
PARAGRAPHS = [
    *sample.PARAGRAPHS,
    ("rcm", "8", "paragraph", "We thank SACM & IOM <for> coming."),
    ("sacm", "¶3", "body", "Expresan su rechazo a la Directiva de Retorno de la Unión Europea."),
    ("letter", "1", "paragraph", "The Puebla Process and IOM met."),
    ("letter", "2", "heading", "IOM"),
]
REFERENCES = [
    *sample.REFERENCES,
    ("rcm", "8", "iscm.named", "SACM", SACM),
    ("rcm", "8", "other.iom", "IOM", IOM),
    ("sacm", "¶3", "igo.regional_organization", "Unión Europea", EU),
    ("letter", "1", "iscm.named", "Puebla Process", RCM),
    ("letter", "1", "other.iom", "IOM", IOM),
    ("letter", "2", "other.iom", "IOM", IOM),
]
LETTER: dict[str, Any] = {
    "document": "letter",
    "title": "A letter",
    "iscm": "",
    "symbol": "A/1",
    "language": "en",
    "role": "account",
}
DOCUMENTS = [*sample.DOCUMENTS[:2], {**sample.DOCUMENTS[2], "role": "analysis"}, LETTER]


def edges(documents: list[dict[str, Any]] = DOCUMENTS) -> Table:
    evidence = sample.evidence(PARAGRAPHS, REFERENCES, documents)
    return edges_table(evidence, find_partnerships(evidence))


def test_edges_say_who_names_whom_and_how() -> None:
    rows = [row for row in edges().rows if isinstance(row, EdgeRow)]
    assert [(row.source, row.relation, row.target, row.count, row.citation) for row in rows] == [
        (RCM, "in partnership", IOM, 1, "§2"),
        (RCM, "names", IOM, 1, "§8"),
        (RCM, "names", SACM, 1, "§8"),
        (SACM, "criticizes", EU, 1, "¶3"),
        ("A/1", "names", IOM, 1, "§1"),
        ("A/1", "names", RCM, 1, "§1"),
    ]
    assert [row.source_kind for row in rows] == ["mechanism"] * 4 + ["document"] * 2
    assert rows[3].target_kind == "organization" and rows[2].target_kind == "mechanism"


def test_a_work_in_several_languages_names_once() -> None:
    twins = [{**d, "work": "one"} if d["document"] in ("rcm", "letter") else d for d in DOCUMENTS]
    twins[-1] |= {"iscm": RCM, "role": "outcome", "symbol": ""}
    named = [row.target for row in edges(twins).rows if isinstance(row, EdgeRow) and row.relation == "names"]
    assert sorted(named) == sorted({SACM, IOM})


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [("European Union", True), ("Interpol", True), ("Multilateral development banks", False), ("", False)],
)
def test_a_class_of_bodies_is_no_body(canonical: str, expected: bool) -> None:
    blank = dict.fromkeys(Reference.__dataclass_fields__, "") | {"canonical": canonical}
    assert is_body(Reference(**blank)) == expected  # type: ignore[arg-type]


def test_graphml_is_read_back(tmp_path: Path) -> None:
    frames = sample.frames(PARAGRAPHS, REFERENCES, DOCUMENTS)
    table = build_tables(Frames(*frames, DOCUMENTS), labels={})["who_names_whom"]
    root = ET.parse(graphml.write(tmp_path / "g.graphml", table)).getroot()
    space = {"g": graphml.NAMESPACE}
    nodes = {node.get("id"): node for node in root.iterfind(".//g:node", space)}
    labels = {key: node.findtext("g:data[@key='node_label']", namespaces=space) for key, node in nodes.items()}
    found = [(labels[e.get("source")], labels[e.get("target")]) for e in root.iterfind(".//g:edge", space)]
    assert (
        ("Regional Conference on Migration", IOM) in found and ("A/1", IOM) in found and len(found) == len(table.rows)
    )
    quotes = [e.findtext("g:data[@key='edge_quote']", namespaces=space) for e in root.iterfind(".//g:edge", space)]
    assert "We thank SACM & IOM <for> coming." in quotes
    keys = {key.get("id") for key in root.iterfind("g:key", space)}
    assert {data.get("key") for data in root.iterfind(".//g:data", space)} <= keys
