"""References in a paragraph: exact wordings, open wordings, damaged words, short forms.

spaCy is imported here, before any module of the package, and without its command line (`spacy.cli`): that takes a third of
its time and brings clients of the web along. Whoever asks for it still gets it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

_COMMAND_LINE = "spacy.cli"


def _import_spacy() -> None:
    """Import spaCy while `spacy.cli.info`, the one part of its command line that it imports itself, is stood in for."""
    if "spacy" in sys.modules:
        return
    stand_in = ModuleType(f"{_COMMAND_LINE}.info")
    vars(stand_in)["info"] = None
    sys.modules[stand_in.__name__] = stand_in
    try:
        spacy = import_module("spacy")
    finally:
        del sys.modules[stand_in.__name__]
    if vars(spacy).get("info", stand_in) is None:
        del vars(spacy)["info"]
    vars(spacy)["__getattr__"] = _part_of_spacy


def _part_of_spacy(name: str) -> object:
    """What of spaCy was left out, imported when it is first asked for."""
    if name == "cli":
        return import_module(_COMMAND_LINE)
    if name == "info":
        return import_module(f"{_COMMAND_LINE}.info").info
    raise AttributeError(f"module 'spacy' has no attribute {name!r}")


_import_spacy()
