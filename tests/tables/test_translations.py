"""Language versions of a work side by side, and what one of them names and the other does not."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pipeline.tables.build import Frames, build_tables
from pipeline.tables.table import Table
from pipeline.tables.translations import TranslationDifferenceRow, TranslationRow, printed_number
from tests.tables.mechanisms import sample
from tests.tables.mechanisms.sample import IOM

TEXTS = {
    "en": [
        ("TITLE", "title", "Lakeville Declaration"),
        ("¶1", "body", "The Ministers met in Lakeville on 14 March 1996 to discuss migration."),
        ("¶2", "body", "They decide to organize a seminar on documentation with IOM within 60 days."),
        ("¶3", "body", "They thank the Government of Lakeland and its trade unions for their hospitality."),
    ],
    "es": [
        ("TITLE", "title", "Declaración de Lakeville"),
        ("¶1", "body", "Los Ministros se reunieron en Lakeville el 14 de marzo de 1996 para discutir la migración."),
        ("¶2", "body", "Deciden organizar un seminario sobre documentación con la OIM en un plazo de 60 días."),
        ("¶3", "body", "Agradecen al Gobierno de Lakeland y a sus sindicatos su hospitalidad."),
    ],
    "fr": [
        ("¶1", "body", "Les ministres se sont réunis à Lakeville le 14 mars 1996 pour discuter des migrations."),
        ("¶2", "body", "Ils décident d'organiser un séminaire sur la documentation avec l'OIM dans un délai de 60 jours."),
    ],
}  # fmt: skip
NAMED = [
    ("en", "¶2", "other.iom", "IOM", IOM),
    ("en", "¶3", "stakeholder.trade_unions", "trade unions", ""),
    ("es", "¶2", "other.iom", "OIM", IOM),
    ("fr", "¶2", "other.iom", "OIM", IOM),
]
LAKE = "Lakeville Process"


def documents(**facts: Any) -> list[dict[str, Any]]:
    return [{"document": code, "language": code, "title": "", "iscm": "", "role": "outcome", **facts} for code in TEXTS]


def tables(described: list[dict[str, Any]]) -> dict[str, Table]:
    paragraphs = [(code, *row) for code, rows in TEXTS.items() for row in rows]
    references, printed, objectives = sample.frames(paragraphs, NAMED, described)
    about = [("en", "¶2", "objective", 4, "implied", "documentation", 90.0, "")]
    frames = Frames(references, printed, pd.DataFrame(about, columns=objectives.columns), described)
    return build_tables(frames, labels={})


def aligned(made: dict[str, Table]) -> list[tuple[str, str, str]]:
    rows = [row for row in made["translations"].rows if isinstance(row, TranslationRow)]
    return [(row.other_language, row.paragraph, row.other_paragraph) for row in rows]


@pytest.mark.parametrize("facts", [{"work": "L"}, {"iscm": LAKE, "date": "1996-03-14"}])
def test_versions_are_held_against_the_english_one(facts: dict[str, str]) -> None:
    made = tables(documents(**facts))
    assert aligned(made) == [
        ("es", "TITLE", "TITLE"), ("es", "¶1", "¶1"), ("es", "¶2", "¶2"), ("es", "¶3", "¶3"), ("fr", "¶1", "¶1"), ("fr", "¶2", "¶2"),
    ]  # fmt: skip
    first = made["translations"].rows[1]
    assert isinstance(first, TranslationRow)
    assert first.ground == ("one work" if "work" in facts else "same body and date")
    assert "numbers: 14, 1996; months: 3" in first.how


@pytest.mark.parametrize(
    "facts", [{}, {"iscm": LAKE, "date": "1996-03"}, {"iscm": LAKE, "date": "1996-03-14", "language": "en"}]
)
def test_texts_that_nothing_says_to_be_versions_are_not_aligned(facts: dict[str, str]) -> None:
    assert aligned(tables(documents(**facts))) == []


def test_texts_of_one_body_and_date_that_say_other_things_are_no_versions() -> None:
    described = documents(iscm=LAKE, date="1996-03-14")
    paragraphs = [("en", *row) for row in TEXTS["en"]]
    paragraphs += [("es", f"¶{n}", "body", "El presupuesto de la oficina se publicará.") for n in range(1, 5)]
    references, printed, objectives = sample.frames(paragraphs, NAMED[:2], described)
    frames = Frames(references, printed, objectives.iloc[:0], described[:2])
    assert aligned(build_tables(frames, labels={})) == []


def test_what_one_version_names_and_the_other_does_not() -> None:
    rows = [
        r
        for r in tables(documents(work="L"))["translation_differences"].rows
        if isinstance(r, TranslationDifferenceRow)
    ]
    assert [(r.kind, r.name, r.wording, r.language, r.paragraph, r.other_language, r.other_paragraph) for r in rows] == [
        ("objective", "4. Ensure that all migrants have proof of legal identity and adequate documentation", "documentation",
         "en", "¶2", "es", "¶2"),
        ("reference", "Trade unions", "trade unions", "en", "¶3", "es", "¶3"),
        ("objective", "4. Ensure that all migrants have proof of legal identity and adequate documentation", "documentation",
         "en", "¶2", "fr", "¶2"),
    ]  # fmt: skip
    assert any(run.is_bold and run.text == "trade unions" for run in rows[1].quote)
    assert "sindicatos" in "".join(run.text for run in rows[1].other_quote)


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("OP2", "para. 2"),
        ("PP3", "third preambular para."),
        ("Artículo 2/1", "art. 2, para. 1"),
        ("TITLE", ""),
        ("4#2", ""),
    ],
)
def test_printed_number(paragraph: str, expected: str) -> None:
    assert printed_number(paragraph) == expected
