"""The language of a document, told by its text."""

from __future__ import annotations

from extractors.nlp import LANGUAGES

_ready = False


def detect(text: str) -> str:
    """The two-letter code of the language that a text is most likely in, among those with lexicons; "en" for no text.

    >>> detect("La Conferencia reafirma la importancia de las migraciones para el desarrollo.")
    'es'
    """
    if not any(c.isalpha() for c in text):
        return "en"
    import py3langid

    global _ready
    if not _ready:
        py3langid.set_languages(list(LANGUAGES))
        _ready = True
    return str(py3langid.classify(text)[0])
