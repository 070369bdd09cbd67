import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model import DocumentRow, Reference
from pipeline.tables.records import read_records
from pipeline.tables.registry import is_self, load_registry


def reference(canonical: str, wording: str) -> Reference:
    frame = pd.DataFrame([{"document": "d", "canonical": canonical, "wording": wording}])
    return read_records(frame, pd.DataFrame(), pd.DataFrame()).every[0]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Migration Dialogue for Southern Africa (MIDSA)", ["midsa"]),
        ("REGIONAL CONFERENCE ON MIGRATION", ["rcm"]),
        ("Rabat Process and Khartoum Process (joint monitoring)", ["rabat-process", "khartoum-process"]),
        ("Arab Regional Consultative Process on Migration and Refugees Affairs", ["arcp"]),
        ("Arab Regional Consultative Proces on Migration and Refugee Affair", ["arcp"]),
        ("MIDSA", ["midsa"]),
        ("BP", []),
        ("not an ISCM (a summit); names the Rabat Process", []),
        ("5+5 Dialogue on Migration in the Western Mediterranean (foreign ministers' track)", []),
        ("Global Meeting of Chairs and Secretariats of Regional Consultative Processes (GRCP 7)", []),
        ("", []),
        ("The Lake Process on Moving Well", []),
    ],
)
def test_issuers(body: str, expected: list[str]) -> None:
    assert [mechanism.id for mechanism in load_registry().issuers(body)] == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"iscm": "", "kind": "declaration", "title": "Declaration of the Bali Process"}, ["bali-process"]),
        ({"iscm": "", "kind": "declaration", "title": "The Bali Process and the Prague Process"}, []),
        ({"iscm": "", "kind": "report", "title": "Report on the Bali Process"}, []),
        ({"iscm": "none", "kind": "declaration", "title": "Declaration of the Bali Process"}, []),
    ],
)
def test_title_tells_the_issuer_only_of_positions_without_one(document: dict[str, str], expected: list[str]) -> None:
    assert [mechanism.id for mechanism in load_registry().issued_by(DocumentRow("d", **document))] == expected


@pytest.mark.parametrize(
    ("canonical", "wording", "body", "expected"),
    [
        ("Budapest Process", "the Process", "Budapest Process (BP)", True),
        ("Prague Process", "Prague Process", "Budapest Process (BP)", False),
        ("", "LAKE", "Lake Process on Moving Well (LAKE)", True),
        ("Lake Process on Moving Well", "Lake Process", "Lake Process on Moving Wel (LP)", True),
        ("", "forum", "Lake Process on Moving Well (LP)", False),
        ("Budapest Process", "Budapest Process", "not an ISCM (names the Budapest Process)", False),
        ("Budapest Process", "Budapest Process", "", False),
    ],
)
def test_is_self(canonical: str, wording: str, body: str, expected: bool) -> None:
    assert is_self(reference(canonical, wording), DocumentRow("d", iscm=body)) is expected


@given(st.sampled_from(sorted(load_registry().mechanisms)))
def test_every_full_name_is_found_as_issuer_and_as_itself(name: str) -> None:
    assert name in [mechanism.name for mechanism in load_registry().issuers(name)]
    assert is_self(reference(name, name), DocumentRow("d", iscm=name))
