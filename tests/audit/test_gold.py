"""The published analysis of the Compact against the resolution: every claim, its status and the known errata."""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pytest

from extractors.text.normalization import squash
from pipeline.audit import Audit, audit_analysis

FORMATS = ("txt", "pdf")


def place(name: str) -> Path:
    folder = os.environ.get(name)
    if not folder:
        pytest.skip(f"set {name} to the folder with the {'documents' if name.endswith('CORPUS') else 'gold files'}")
    return Path(folder)


@lru_cache(maxsize=2)
def audited(suffix: str) -> Audit:
    corpus = place("GCMREFS_CORPUS")
    return audit_analysis(
        corpus / "iom" / f"ipd_references_analysis.{suffix}", corpus / "un" / f"A_RES_73_195.{suffix}"
    )


def key(kind: str, wording: str, printed: str) -> tuple[str, str, str]:
    return kind, squash(wording), re.sub(r"[\W_]", "", printed)


@pytest.mark.parametrize("suffix", FORMATS)
def test_claims_and_statuses(suffix: str) -> None:
    with (place("GCMREFS_GOLD") / "ipd_verified.csv").open(encoding="utf-8-sig", newline="") as file:
        gold = list(csv.DictReader(file))
    pool = defaultdict(list)
    for row in audited(suffix).rows():
        pool[key(row["kind"], row["wording"], row["paragraph_printed"])].append(row)
    found = [(g, pool[k].pop(0)) for g in gold if pool[k := key(g["source"], g["wording"], g["paragraph_printed"])]]
    agreed = [g["row_id"] for g, row in found if row["status"] == g["status"]]
    alarms = [g["row_id"] for g, row in found if g["status"] == "ok" and row["status"] != "ok"]
    assert len(found) >= 0.98 * len(gold)
    assert len(agreed) >= 0.95 * len(found)
    assert len(alarms) <= 5
    assert sum(map(len, pool.values())) <= 5, "claims that the analysis does not make"
    assert all(row["paragraph_true"] == g["true_paragraph"] for g, row in found if row["status"] == g["status"])


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("printed", "wording", "status", "true", "note"),
    [
        ("§19e", "trade unions", "wrong_paragraph", "21(e)", "word for word"),
        ("§50e", "International Migration Review Forum", "wrong_paragraph", "50", "no paragraph 50(e)"),
        ("§36b", "Global Forum on Migration and Development", "not_found", "", "Global Forum on Remittances"),
        ("§43c", "Global Forum on Migration and Development", "ok", "43(c)(iii)", "one level too high"),
        ("§23I", "Global Migration Group", "wording_differs", "23(l)", "capital I"),
    ],
)
def test_errata_of_tables_and_quotes(
    suffix: str, printed: str, wording: str, status: str, true: str, note: str
) -> None:
    rows = [r for r in audited(suffix).rows() if r["paragraph_printed"] == printed and r["wording"] == wording]
    assert rows
    assert {(row["status"], row["paragraph_true"]) for row in rows} == {(status, true)}
    assert all(note in row["note"] for row in rows)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("printed", "status", "true", "note"),
    [
        ("§ 23d", "wrong_paragraph", "39(d)", "objective"),
        ("§ 36", "not_found", "", "36 does not name"),
        ("§ 26d", "wording_differs", "26(d)", "only “financial institutions”"),
        ("§ 43biii", "ok", "43(b)(iii)", ""),
        ("Objectives 2, 3, 12, 16", "wrong_paragraph", "2, 3, 12", "not in the text: 16"),
        ("Objectives 2, 3, 6, 18", "wrong_paragraph", "2, 5, 6, 18", "not in the text: 3"),
        ("Objectives 8, 12, 23", "ok", "8, 12, 23", ""),
    ],
)
def test_errata_of_the_introduction(suffix: str, printed: str, status: str, true: str, note: str) -> None:
    rows = [row for row in audited(suffix).narrative_rows() if row["printed"] == printed]
    assert [(row["status"], row["true"]) for row in rows] == [(status, true)]
    assert note in rows[0]["note"]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("paragraph", ["18(g)", "18(l)"])
def test_what_the_analysis_missed(suffix: str, paragraph: str) -> None:
    assert ("iscm.generic", paragraph) in {(row["category"], row["paragraph"]) for row in audited(suffix).missed_rows()}


def test_the_review_cites_in_sentences() -> None:
    corpus = place("GCMREFS_CORPUS")
    found = audit_analysis(corpus / "iom" / "iscm_review_2019.txt", corpus / "un" / "A_RES_73_195.txt")
    rows = [row for row in found.narrative_rows() if row["printed"].strip("§ ") in ("47", "50", "52")]
    assert {row["true"] for row in rows} == {"47", "50", "52"}
    assert all(row["status"] == "ok" for row in rows)
    assert not [row for row in found.narrative_rows() if row["printed"] in ("§54", "§22", "8", "16")], "other documents"
