"""One document: whose word counts for its title and language, and what happens when the work does not end."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from extractors.model import Paragraph
from pipeline.corpus.manifest import Source
from pipeline.errors import InputError
from pipeline.extract.document import process_document
from tests.run import fake


def done(folder: Path, engine: Any = fake.ENGINE, text: str = "a forum\n", **words: Any) -> Any:
    (folder / "file name.txt").write_text(text, encoding="utf-8")
    return process_document(folder / "file name.txt", Source(slug="s", **words), engine=engine)


def saying(**metadata: str) -> Any:
    def ingest(path: Path, **words: Any) -> Any:
        return replace(fake.ingest(path, **words), metadata=metadata)

    return replace(fake.ENGINE, ingest=ingest)


TITLED = replace(saying(), segment=lambda ingested, language: (Paragraph(1, "TITLE", "title", "The\n Title"),))


@pytest.mark.parametrize(
    ("engine", "words", "title"),
    [
        (saying(title="Own"), {"title": "Manifest"}, "Manifest"),
        (saying(title="Own"), {}, "Own"),
        (TITLED, {}, "The Title"),
        (saying(), {}, "file name"),
    ],
)
def test_title(tmp_path: Path, engine: Any, words: dict[str, str], title: str) -> None:
    assert done(tmp_path, engine, **words).title == title


@pytest.mark.parametrize(
    ("said", "words", "text", "language"),
    [
        ("fr", {"language": "pt"}, "x", "pt"),
        ("fr-CA", {}, "x", "fr"),
        ("EN", {}, "x", "en"),
        ("English", {}, "foro de x", "es"),
        ("", {}, "foro de x", "es"),
    ],
)
def test_language(tmp_path: Path, said: str, words: dict[str, str], text: str, language: str) -> None:
    assert done(tmp_path, saying(language=said), text, **words).language == language


def test_body_and_date_fall_back_on_the_file(tmp_path: Path) -> None:
    found = done(tmp_path, saying(body="Bali Process", date="2018-08-06"), date="2018")
    assert (found.iscm, found.date, found.references[0].iscm) == ("Bali Process", "2018", "Bali Process")


def test_no_text_and_doubled_ids_are_warnings(tmp_path: Path) -> None:
    doubled = replace(fake.ENGINE, extract=lambda p, **words: fake.extract(p, **words) * 2)
    assert done(tmp_path, text="").warnings == ("no text found",)
    assert done(tmp_path, doubled).warnings == ("1 references share an id with another",)


SPANISH = "Los Ministros agradecen a los empleadores y a los sindicatos su apoyo a la reunión."


def test_a_label_that_the_text_contradicts_is_a_warning(tmp_path: Path) -> None:
    found = done(tmp_path, saying(language="en-US"), SPANISH)
    assert (found.language, found.warnings) == ("es", ("labelled as en, but its text is es: read as es",))


def test_paragraphs_in_another_language_are_searched_in_it(tmp_path: Path) -> None:
    english = "The Ministers thanked the employers and the trade unions for their support to the meeting."
    asked: list[tuple[str, int]] = []

    def extract(paragraphs: Any, **words: Any) -> Any:
        asked.append((words["language"], len(paragraphs)))
        return ()

    engine = replace(fake.ENGINE, extract=extract)
    done(tmp_path, engine, f"{english}\n\n{SPANISH}\n\n{english}\n", language="en")
    assert asked == [("en", 2), ("es", 1)]


def test_nothing_found_in_a_text_on_migration_is_a_warning(tmp_path: Path) -> None:
    silent = replace(fake.ENGINE, extract=lambda p, **words: ())
    said = "no reference found, although the text speaks of migration: is its language en?"
    assert done(tmp_path, silent, "Migration and migrants.", language="en").warnings == (said,)
    assert done(tmp_path, silent, "Trade and traders.", language="en").warnings == ()


def test_work_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    def sleep(text: str) -> str:
        time.sleep(30)
        return "en"

    slow = replace(fake.ENGINE, detect=sleep)
    (tmp_path / "a.txt").write_text("x")
    started = time.monotonic()
    with pytest.raises(InputError, match="not done after 0 s"):
        process_document(tmp_path / "a.txt", Source(slug="s"), engine=slow, limits=SimpleNamespace(seconds=0.2))
    assert time.monotonic() - started < 5
