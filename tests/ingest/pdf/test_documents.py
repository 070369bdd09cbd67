"""Real UN and IOM documents against their known texts (where `GCMREFS_CORPUS` points to them)."""

from __future__ import annotations

import csv
import os
import re
from functools import lru_cache
from pathlib import Path

import pytest

from pipeline.ingest.line import Ingested
from tests.ingest.pdf.sheet import blocks, read, sound, texts

CORPUS = Path(os.environ.get("GCMREFS_CORPUS", "/nonexistent"))
UN = CORPUS / "un"
pytestmark = pytest.mark.skipif(not UN.is_dir(), reason="GCMREFS_CORPUS is not set to a folder with un/, un_pdf/, iom/")

COMPACT = ("un/A_RES_73_195.pdf", "un/A_RES_73_195.kerned.pdf")


@lru_cache(maxsize=8)
def document(name: str) -> Ingested:
    return read(CORPUS / name)


def squashed(text: str) -> str:
    """A paragraph without white space, and without the digits that stray footnote marks leave after a word."""
    return re.sub(r"\s+", "", re.sub(r"(?<=[a-z;,.])\d{1,2}(?=[\s,;.]|$)", "", text))


@pytest.mark.parametrize(
    ("pdf", "text", "allowed"),
    [
        ("un/A_RES_73_195.pdf", "un/A_RES_73_195.txt", 1),
        ("un/A_RES_73_195.kerned.pdf", "un/A_RES_73_195.txt", 1),
        ("un_pdf/A_RES_73_6-EN.pdf", "un_pdf/A_RES_73_6.txt", 0),
    ],
)
def test_paragraphs_are_those_of_the_text(pdf: str, text: str, allowed: int) -> None:
    """`allowed`: headings that the text breaks over two lines."""
    true = [squashed(p) for p in (CORPUS / text).read_text("utf-8").splitlines() if p.strip()]
    found = [squashed(p) for p in blocks(document(pdf))]
    missing = [p for p in true if p not in set(found)]
    assert len(missing) <= 2 * allowed, missing
    assert len(true) - len(found) == allowed
    assert "".join(found) == "".join(true)


def test_cut_runs_change_nothing() -> None:
    plain, cut = (document(name) for name in COMPACT)
    assert [line.text for line in cut.lines] == [line.text for line in plain.lines]
    assert [(line.role, line.has_break, line.depth, line.notes) for line in cut.lines] == [
        (line.role, line.has_break, line.depth, line.notes) for line in plain.lines
    ]


def test_no_listed_cut_splits_a_word() -> None:
    lines = {n: " ".join(line.text for line in document(COMPACT[1]).lines if line.page == n) for n in range(1, 36)}
    with (UN / "A_RES_73_195.kerned.splits.csv").open(encoding="utf-8") as stream:
        cuts = list(csv.reader(stream))[1:]
    assert len(cuts) > 400
    for page, _, _, context in cuts:
        before, after = context.split("|")[:2]
        word = before.split(" ")[-1] + after.split(" ")[0]
        assert word in lines[int(page)], context


@pytest.mark.parametrize("name", COMPACT)
def test_every_footnote_is_called_once_or_more_and_printed_once(name: str) -> None:
    lines = document(name).lines
    printed = [line.note for line in lines if line.role == "note" and line.note]
    called = [mark for line in lines if line.role == "body" for mark in line.notes]
    assert printed == [str(n) for n in range(1, len(printed) + 1)]
    assert set(called) == set(printed)


@pytest.mark.parametrize("name", ["A_RES_73_3-EN", "A_RES_73_6-EN", "A_RES_73_7-EN", "A_RES_73_8-EN"])
def test_furniture_of_real_resolutions(name: str) -> None:
    found = document(f"un_pdf/{name}.pdf")
    symbol = name.removesuffix("-EN").replace("A_RES_", "A/RES/").replace("_", "/")
    body = blocks(found)
    assert body[0] == "Seventy-third session"
    assert body[1].startswith("Agenda item")
    assert body[2].startswith("Resolution adopted by the General Assembly on")
    assert body[4].startswith(f"{symbol[6:]}. ")
    assert not any(re.search(rf"^{symbol}$|Distr\.|\d\d-\d{{5}}|^\d+/\d+$", p) for p in body)
    assert [line.page for line in found.lines if re.fullmatch(r"\d+/\d+", line.text)] == list(range(2, found.pages + 1))
    assert all(line.role == "furniture" for line in found.lines if re.fullmatch(r"\d+/\d+", line.text))


@pytest.mark.parametrize(
    ("name", "pages", "heads"),
    [
        ("grcp7_background_note", 12, "Seventh Global Meeting of Chairs"),
        ("grcp7_highlights", 2, "International Organization for Migration (IOM)"),
        ("iscm_review_2019", 38, "IOM 2019"),
        ("ipd_references_analysis", 14, "IOM International Partnerships Division"),
    ],
)
def test_heads_of_iom_documents_are_on_every_page(name: str, pages: int, heads: str) -> None:
    found = document(f"iom/{name}.pdf")
    furniture = [line for line in found.lines if line.role == "furniture" and heads in line.text]
    assert {line.page for line in furniture} == set(range(1, pages + 1))
    assert all(sound(line) for line in found.lines)


def test_tables_of_the_analysis_run_over_pages() -> None:
    lines = [line for line in document("iom/ipd_references_analysis.pdf").lines if line.cell.startswith("T1/")]
    assert {line.page for line in lines} == {2, 3, 4}
    heads = [line.text for line in lines if line.cell == "T1/R1/C1"]
    assert heads == ["Objective"]


def test_a_turned_document_reads_as_its_upright_twin() -> None:
    turned = CORPUS.parent / "hostile" / "rotated_90.pdf"
    if not turned.is_file():
        pytest.skip("no hostile folder beside the corpus")
    upright = document("iom/grcp7_highlights.pdf")
    assert blocks(read(turned)) == blocks(upright)
    assert texts(read(turned), "furniture") == texts(upright, "furniture")
