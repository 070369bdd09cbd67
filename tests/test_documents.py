"""Whole documents, read once each: the sample of this project, and real ones where `GCMREFS_CORPUS` names their folder.

Paragraphs must carry their official ids in every form of a document, and references must be the true ones.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from extractors.model import Paragraph, Reference
from extractors.text.normalization import squash
from pipeline.extract.references import find_references
from pipeline.ingest import read_document
from pipeline.segment import split_paragraphs
from tests.scoring import labels, read, references, reproduced

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
SLUGS = sorted(path.name.removesuffix(".src") for path in SAMPLE.glob("*.src"))
FORMS = ("txt", "docx", "pdf")
COMPACT = ("A_RES_73_195.txt", "A_RES_73_195.docx", "A_RES_73_195.pdf", "A_RES_73_195.kerned.pdf")
DECLARATIONS = (
    "add-abu-dhabi-declaration-2008.en",
    "bali-7th-som-2018.en",
    "colombo-process-gcm-thematic6-2017.en",
    "los-angeles-declaration-2022.en",
    "los-angeles-declaration-2022.es",
    "los-angeles-declaration-2022.fr",
    "midsa-windhoek-2010.en",
)


@cache
def _segmented(path: Path, language: str) -> tuple[Paragraph, ...]:
    return split_paragraphs(read_document(path), language=language)


@cache
def _extracted(path: Path, language: str) -> tuple[Reference, ...]:
    return find_references(_segmented(path, language), document="document", title="Title", language=language)


def segmented(path: Path, language: str = "en") -> tuple[Paragraph, ...]:
    return _segmented(path, language)


def extracted(path: Path, language: str = "en") -> tuple[Reference, ...]:
    return _extracted(path, language)


def folder(variable: str, *parts: str) -> Path:
    named = os.environ.get(variable)
    if not named:
        pytest.skip(f"set {variable} to the folder of the real documents")
    path = Path(named).joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return path


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("slug", SLUGS)
def test_sample_paragraphs(slug: str, form: str) -> None:
    found = labels(segmented(SAMPLE / f"{slug}.{form}", slug[-2:]), read(SAMPLE / f"{slug}.paragraphs.csv"))
    assert (found.wrong, found.spurious) == ((), ())


@pytest.mark.parametrize("slug", SLUGS)
def test_sample_forms_agree(slug: str) -> None:
    found = {
        form: [(p.paragraph, squash(p.text)) for p in segmented(SAMPLE / f"{slug}.{form}", slug[-2:]) if compared(p)]
        for form in FORMS
    }
    assert found["docx"] == found["txt"]
    assert found["pdf"] == found["txt"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("slug", SLUGS)
def test_sample_references(slug: str, form: str) -> None:
    score = references(extracted(SAMPLE / f"{slug}.{form}", slug[-2:]), read(SAMPLE / f"{slug}.references.csv"))
    assert score.f1 >= 0.97, (score.missed, score.spurious)
    assert score.exact >= 0.9


def compared(paragraph: Paragraph) -> bool:
    return paragraph.kind in ("opening", "preambular", "paragraph", "subparagraph", "body", "chapeau")


@pytest.mark.parametrize("name", COMPACT)
def test_paragraphs_of_the_compact(name: str) -> None:
    un = folder("GCMREFS_CORPUS", "un")
    found = labels(segmented(un / name), read(un / "A_RES_73_195.paragraphs.csv"))
    assert (found.wrong, found.spurious) == ((), ())


@pytest.mark.parametrize("name", COMPACT[1:])
def test_forms_of_the_compact_agree(name: str) -> None:
    un = folder("GCMREFS_CORPUS", "un")
    texts = [{p.id: squash(p.text) for p in segmented(un / form) if compared(p)} for form in (COMPACT[0], name)]
    assert {i: (t, texts[1].get(i)) for i, t in texts[0].items() if texts[1].get(i) != t} == {}
    assert set(texts[0]) == set(texts[1])
    rows = [{(r.paragraph, r.category, squash(r.wording)) for r in extracted(un / form)} for form in (COMPACT[0], name)]
    assert rows[0] ^ rows[1] == set()


@pytest.mark.parametrize("name", COMPACT)
def test_references_of_the_compact(name: str) -> None:
    gold = folder("GCMREFS_GOLD")
    found = extracted(folder("GCMREFS_CORPUS", "un") / name)
    assert reproduced(found, read(gold / "ipd_verified.csv")) == ()
    score = references(found, read(gold / "gcm_complete.csv"), read(gold / "gcm_borderline.csv"))
    assert score.f1 >= 0.97, (score.missed, score.spurious)
    assert score.exact >= 0.9


def test_the_forum_on_remittances_is_not_the_forum_on_migration() -> None:
    found = extracted(folder("GCMREFS_CORPUS", "un") / COMPACT[0])
    assert [r.wording for r in found if r.paragraph == "36(b)" and r.category == "iscm.gfmd"] == []


def test_paragraphs_of_a_published_resolution() -> None:
    folder_ = folder("GCMREFS_CORPUS", "un_pdf")
    found = labels(segmented(folder_ / "A_RES_73_6-EN.pdf"), read(folder_ / "A_RES_73_6.paragraphs.csv"))
    assert (found.wrong, found.spurious) == ((), ())


@pytest.mark.parametrize("slug", DECLARATIONS)
def test_paragraphs_of_declarations(slug: str) -> None:
    gold = folder("GCMREFS_GOLD", "iscm", f"{slug}.paragraphs.csv")
    found = labels(segmented(folder("GCMREFS_CORPUS", "iscm", f"{slug}.txt"), slug[-2:]), read(gold))
    assert (found.wrong, found.spurious) == ((), ())


def test_no_word_of_a_declaration_is_lost() -> None:
    """Bullets apart, every letter of every real declaration is in one of its paragraphs."""
    for path in sorted(folder("GCMREFS_CORPUS", "iscm").glob("*.txt")):
        made = read_document(path)
        found = split_paragraphs(made, language="es")
        resolution = any(p.kind == "opening" for p in found)
        source = sorted(c for line in made.lines for c in line.text if c.isalpha())
        got = sorted(c for p in found for c in p.text if c.isalpha())
        bullets = sum(line.text.count(sign) for line in made.lines for sign in ("ï‚·", "â€¢"))
        assert resolution or len(source) - len(got) <= bullets, path.name
        assert [p.order for p in found] == list(range(1, len(found) + 1)), path.name
        assert len({p.id for p in found}) == len(found), path.name
