"""The sample documents exist in every form, as their sources say, with well-formed truth tables."""

from __future__ import annotations

import csv
import importlib.util
import re
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest

from extractors.lexicon.entries import load_lexicon

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
SLUGS = sorted(path.name.removesuffix(".src") for path in SAMPLE.glob("*.src"))
FORMS = (".txt", ".docx", ".pdf", ".paragraphs.csv")
NUMBERED = re.compile(r"(PP\d+|OP\d+|\d+|¶\d+)(\([a-z]\))?(\([ivx]+\))?(#\d+)?|H:.+|chapeau")
TRAPS = ("due process", "digital platforms", "capacities", "Global Forum on Remittances", "international community")


@lru_cache
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample_build", SAMPLE / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(slug: str, table: str) -> list[dict[str, str]]:
    with (SAMPLE / f"{slug}.{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_four_documents() -> None:
    assert SLUGS == [
        "sample-clause-declaration.en",
        "sample-declaracion.es",
        "sample-numbered-declaration.en",
        "sample-resolution.en",
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_forms_are_those_of_the_source(slug: str) -> None:
    made = build().forms(SAMPLE / f"{slug}.src")
    assert set(made) == set(FORMS)
    for ending in (".txt", ".paragraphs.csv"):
        assert (SAMPLE / f"{slug}{ending}").read_bytes() == made[ending], f"run python {SAMPLE / 'build.py'}"
    assert (SAMPLE / f"{slug}.docx").read_bytes()[:2] == b"PK"
    assert (SAMPLE / f"{slug}.pdf").read_bytes()[:5] == b"%PDF-"


@pytest.mark.parametrize("slug", SLUGS)
def test_paragraph_ids_are_well_formed_and_unique(slug: str) -> None:
    ids = [row["paragraph"] for row in rows(slug, "paragraphs")]
    assert len(ids) == len(set(ids))
    assert [i for i in ids if not NUMBERED.fullmatch(i)] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_references_stand_in_their_paragraphs(slug: str) -> None:
    texts = {row["paragraph"]: row["text"] for row in rows(slug, "paragraphs")}
    references = [(row["paragraph"], row["category"], row["wording"]) for row in rows(slug, "references")]
    assert len(references) == len(set(references))
    assert [(p, w) for p, _, w in references if w not in texts[p]] == []
    assert {category for _, category, _ in references} <= {entry.category for entry in load_lexicon().entries}


@pytest.mark.parametrize("trap", TRAPS)
def test_traps_are_there_and_are_no_references(trap: str) -> None:
    texts = [row["text"] for slug in SLUGS for row in rows(slug, "paragraphs")]
    assert any(trap in text for text in texts)
    assert not [r for slug in SLUGS for r in rows(slug, "references") if trap in r["wording"]]


def test_resolution_has_every_level_of_numbering() -> None:
    ids = {row["paragraph"] for row in rows("sample-resolution.en", "paragraphs")}
    assert {"PP1", "OP4", "OP4(b)", "chapeau", "1", "4#2", "4(c)(ii)", "5(i)"} <= ids
