"""One document: whose word counts for its title and language, and what happens when the work does not end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline import segment
from pipeline.corpus.manifest import Source
from pipeline.extract import references
from pipeline.extract.document import Processed, process_document

ENGLISH = "The Ministers thanked the employers and the trade unions for their support to the meeting."
SPANISH = "Los Ministros agradecen a los empleadores y a los sindicatos su apoyo a la reunión."


def done(folder: Path, text: str, **words: Any) -> Processed:
    (folder / "file name.txt").write_text(text, encoding="utf-8")
    return process_document(folder / "file name.txt", Source(slug="s", **words))


@pytest.mark.parametrize(
    ("head", "words", "title"),
    [
        ("# title: Own\n", {"title": "Manifest"}, "Manifest"),
        ("# title: Own\n", {}, "Own"),
        ("<h1>Joint\n Declaration</h1>", {}, "Joint Declaration"),
        ("", {}, "file name"),
    ],
)
def test_title(tmp_path: Path, head: str, words: dict[str, str], title: str) -> None:
    assert done(tmp_path, f"{head}\n{ENGLISH}\n\n{ENGLISH}\n", **words).title == title


@pytest.mark.parametrize(
    ("said", "words", "text", "spoken"),
    [
        ("fr", {"language": "pt"}, "x", "pt"),
        ("fr-CA", {}, "x", "fr"),
        ("EN", {}, "x", "en"),
        ("English", {}, SPANISH, "es"),
        ("", {}, SPANISH, "es"),
    ],
)
def test_language(tmp_path: Path, said: str, words: dict[str, str], text: str, spoken: str) -> None:
    head = f"# language: {said}\n\n" if said else ""
    assert done(tmp_path, head + text, **words).language == spoken


def test_body_and_date_fall_back_on_the_file(tmp_path: Path) -> None:
    found = done(tmp_path, f"# body: Bali Process\n# date: 2018-08-06\n\n{ENGLISH}", date="2018")
    assert (found.iscm, found.date, found.references[0].iscm) == ("Bali Process", "2018", "Bali Process")
    assert done(tmp_path, f"# date: 2018-08-06\n\n{ENGLISH}").date == "2018-08-06"


def test_no_text_and_doubled_ids_are_warnings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = references.find_references
    monkeypatch.setattr(references, "find_references", lambda paragraphs, **words: real(paragraphs, **words) * 2)
    assert done(tmp_path, "1. We thank the diasporas.").warnings == ("1 references share an id with another",)
    monkeypatch.setattr(segment, "split_paragraphs", lambda ingested, **words: ())
    assert done(tmp_path, ENGLISH).warnings == ("no text found",)


def test_a_label_that_the_text_contradicts_is_a_warning(tmp_path: Path) -> None:
    found = done(tmp_path, f"# language: en-US\n\n{SPANISH}")
    assert (found.language, found.warnings) == ("es", ("labelled as en, but its text is es: read as es",))


def test_paragraphs_in_another_language_are_searched_in_it(tmp_path: Path) -> None:
    found = done(tmp_path, f"{ENGLISH}\n\n{SPANISH}\n\n{ENGLISH}\n", language="en")
    assert [
        (one.language, one.paragraph) for one in found.references if one.wording in ("trade unions", "sindicatos")
    ] == [
        ("en", "¶1"),
        ("es", "¶2"),
        ("en", "¶3"),
    ]


def test_nothing_found_in_a_text_on_migration_is_a_warning(tmp_path: Path) -> None:
    said = "no reference found, although the text speaks of migration: is its language en?"
    assert done(tmp_path, "Migration and migrating.", language="en").warnings == (said,)
    assert done(tmp_path, "Trade and traders.", language="en").warnings == ()


def test_who_waits_for_a_document_loads_nothing_that_searches(tmp_path: Path) -> None:
    """Else its limit of seconds would begin after those that this takes."""
    (tmp_path / "a.txt").write_text("We consult diasporas.\n\n" * 5_000, encoding="utf-8")
    code = "import sys; from pipeline.extract.document import process_document as p; p('a.txt'); print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "False", done.stderr
