"""The language of a document, told by its text."""

from __future__ import annotations

from extractors.lexicon import load

_ready: set[str] = set()


def detect(text: str) -> str:
    """The two-letter code of the language that a text is most likely in, among those with lexicons; "en" for no text.

    >>> detect("La Conferencia reafirma la importancia de las migraciones para el desarrollo.")
    'es'
    """
    if not any(c.isalpha() for c in text):
        return "en"
    import py3langid

    languages = set(load().grammars)
    if _ready != languages:
        py3langid.set_languages(sorted(languages))
        _ready.clear()
        _ready.update(languages)
    return str(py3langid.classify(text)[0])
