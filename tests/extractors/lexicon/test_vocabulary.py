"""The forms in which a name of the lexicon is also found."""

from __future__ import annotations

import pytest

from extractors.lexicon.entries import load_lexicon
from extractors.lexicon.vocabulary import _forms

MECHANISM, ORGANIZATION = "colombo-process", "iom"


@pytest.mark.parametrize(
    ("entry", "text", "more"),
    [
        (MECHANISM, "Lima Process", ["LIMA PROCESS", "Lima process", "Lima-Process", "lima process"]),
        (MECHANISM, "Lake Chad Process", ["LAKE CHAD PROCESS", "Lake Chad process"]),
        (MECHANISM, "Proceso de Lima", ["PROCESO DE LIMA", "proceso de Lima"]),
        (MECHANISM, "proceso de Lima", ["PROCESO DE LIMA"]),
        (MECHANISM, "Proceso de Lima y Cali", ["PROCESO DE LIMA Y CALI", "proceso de lima y cali"]),
        (MECHANISM, "Regional Process", ["REGIONAL PROCESS"]),
        (MECHANISM, "Diálogo Sur", ["DIÁLOGO SUR", "DIALOGO SUR", "diálogo Sur"]),
        (MECHANISM, "Lima", []),
        (MECHANISM, "lima process", []),
        (ORGANIZATION, "World Food Union Bank", ["WORLD FOOD UNION BANK", "world food union bank"]),
        (ORGANIZATION, "World Food Union", ["WORLD FOOD UNION"]),
        (ORGANIZATION, "Lima Process", ["LIMA PROCESS"]),
    ],
)
def test_forms_of_a_name(entry: str, text: str, more: list[str]) -> None:
    known = {one.id: one for one in load_lexicon().entries}
    assert _forms(text, known[entry]) == (text, *more)
