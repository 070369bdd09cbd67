"""Names shaped like a mechanism that the lexicon lacks."""

from __future__ import annotations

import pytest

from extractors.model import Paragraph
from extractors.references.candidates import find_candidates

CASES = [
    ("en", "Migrants met at the Harbour Dialogue on Migration.", ["Harbour Dialogue on Migration"]),
    ("en", "Migrants were at the Timbuktu Process; the Timbuktu Process ended.", ["Timbuktu Process"]),
    ("en", "The Rabat Process, the Process and the process of Migration met.", []),
    ("en", "A Ministerial Conference and the First Conference spoke of migration.", []),
    ("en", "The Timbuktu Process sells fish.", []),
    ("en", "Migrants met at the Harbour Dialogue on Labour and the Forum.", ["Harbour Dialogue on Labour"]),
    ("en", "The Harbour Dialogue on Labour and Migration met.", ["Harbour Dialogue on Labour and Migration"]),
    ("es", "La Conferencia Andina sobre Migraciones y el Proceso de Ur.", ["Conferencia Andina sobre Migraciones", "Proceso de Ur"]),
    ("fr", "Le Processus de Tombouctou traite de la migration.", ["Processus de Tombouctou"]),
    ("pt", "O Fórum Lusófono sobre Migrações e a migração.", ["Fórum Lusófono sobre Migrações"]),
    ("ar", "عقد منتدى تمبكتو للهجرة اجتماعا بشأن الهجرة.", ["منتدى تمبكتو للهجرة"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "names"), CASES)
def test_candidates(language: str, text: str, names: list[str]) -> None:
    assert [c.name for c in find_candidates([Paragraph(1, "1", "paragraph", text)], language)] == names


def test_a_name_is_offered_once_with_its_first_place() -> None:
    texts = ["Migrants met at the Timbuktu Process.", "The Timbuktu Process is for migrants."]
    (found,) = find_candidates([Paragraph(n, str(n), "paragraph", text) for n, text in enumerate(texts, 1)])
    assert (found.paragraph, found.occurrences, found.text) == ("1", 2, texts[0])
