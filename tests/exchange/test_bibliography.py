"""Documents in RIS, BibTeX and CSL-JSON, read back with the parsers of other libraries."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import DocumentRow
from pipeline.exchange.bibliography import WRITERS, entries, write_bibtex, write_csl, write_footnotes, write_ris
from tests.golden_file import same_as_golden

rispy = pytest.importorskip("rispy", reason="the development dependency rispy is not installed")
bibtexparser = pytest.importorskip("bibtexparser", reason="the development dependency bibtexparser is not installed")

DOCUMENTS = [
    DocumentRow(
        "A_RES_73_195", symbol="A/RES/73/195", title="A/RES/73/195 Compact on Moving Well", kind="resolution", role="instrument",
        date="2018-12-19", language="en", format="pdf", url="https://undocs.example/A/RES/73/195",
    ),
    DocumentRow(
        "lake.es", title="Declaración del Lago: 100 % & más", iscm="Lake Process on Roads, Bridges and Walls (LP)",
        kind="declaration", role="outcome", date="2022-06", language="es", url="https://lake.example/d_1?a=1%20b#c",
    ),
    DocumentRow("lac.fr", title="Déclaration du Lac {brouillon", iscm="Lake Process", role="draft", date="2014", language="fr"),
    DocumentRow("بيان", title="بيان البحيرة", role="account", language="ar", url="https://lake.example/ar"),
    DocumentRow("remarks", title="Opening remarks\nTY  - JOUR\nER  - ", role="speech", date="soon"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "suffix"), [("footnote", "txt"), ("ris", "ris"), ("bibtex", "bib"), ("csl", "json")])
def test_files_are_the_golden_ones(form: str, suffix: str) -> None:
    same_as_golden(f"exchange/documents.{suffix}", WRITERS[form](DOCUMENTS).encode("utf-8"))


def test_ris_is_read_back_by_another_library() -> None:
    found = rispy.loads(write_ris(DOCUMENTS))
    assert [one["type_of_reference"] for one in found] == ["RPRT", "RPRT", "RPRT", "ELEC", "SLIDE"]
    compact, lake, _, _, remarks = found
    assert (compact["title"], compact["authors"], compact["issn"], compact["year"]) == (
        "Compact on Moving Well", ["United Nations General Assembly"], "A/RES/73/195", "2018",
    )  # fmt: skip
    assert compact["date"] == "2018/12/19/" and lake["date"] == "2022/06//" and lake["language"] == "es"
    assert "authors" not in lake and lake["publisher"] == "Lake Process on Roads, Bridges and Walls (LP)"
    assert remarks["title"] == "Opening remarks TY - JOUR ER -" and "year" not in remarks


def test_bibtex_is_read_back_by_another_library() -> None:
    library = bibtexparser.parse_string(write_bibtex(DOCUMENTS))
    assert not library.failed_blocks and len({one.key for one in library.entries}) == len(DOCUMENTS)
    compact, lake, draft, *_ = library.entries
    assert compact.entry_type == "techreport" and compact["author"] == "{United Nations General Assembly}"
    assert lake["title"] == r"{Declaración del Lago: 100 \% \& más}" and lake["langid"] == "spanish"
    assert draft["title"] == r"{Déclaration du Lac \textbraceleft{}brouillon}" and draft["year"] == "2014"
    assert all(one.key.isascii() for one in library.entries)


def test_csl_json_has_what_is_known() -> None:
    compact, lake, _, page, remarks = json.loads(write_csl(DOCUMENTS))
    assert compact["issued"] == {"date-parts": [[2018, 12, 19]]} and compact["number"] == "A/RES/73/195"
    assert lake["author"] == [{"literal": "Lake Process on Roads, Bridges and Walls (LP)"}] and lake["language"] == "es"
    assert (page["type"], remarks["type"]) == ("webpage", "speech") and "issued" not in remarks


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


@settings(deadline=None)
@given(st.lists(st.tuples(texts, texts, texts, texts), max_size=4))
def test_no_text_ends_a_field_or_an_entry(rows: list[tuple[str, str, str, str]]) -> None:
    documents = [
        DocumentRow(f"d{n}", title=f"T{a}", iscm=b, symbol=c, url=f"https://{d}") for n, (a, b, c, d) in enumerate(rows)
    ]
    made = entries(documents)
    found = rispy.loads(write_ris(documents))
    assert [(one["title"], one["id"]) for one in found] == [(one.title, one.key) for one in made]
    library = bibtexparser.parse_string(write_bibtex(documents))
    assert [one.key for one in library.entries] == [one.key for one in made] and not library.failed_blocks
    assert len(write_footnotes(documents).splitlines()) == len(documents)


def test_keys_are_unique() -> None:
    twins = [DOCUMENTS[0], replace(DOCUMENTS[0]), replace(DOCUMENTS[0], document="A RES 73 195")]
    assert len({one.key for one in entries(twins)}) == 3
