"""The lexicons that a corpus brings along: a folder beside its manifest, used where no other one is named."""

from __future__ import annotations

import os
from pathlib import Path

from extractors.lexicon.yaml_file import OWN
from pipeline.settings import Settings
from pipeline.store import latest

FOLDER = "lexicons"
"""Folder of a corpus whose YAML files are used as if `GCMREFS_LEXICONS` named it."""
NAMED = f"{OWN}_OF_CORPUS"
"""Says to this process and those that it starts that the folder named is a corpus' own, not the user's word."""


def find_lexicons(settings: Settings) -> Path:
    """Return the folder of one's own lexicons: the one that is named, else that of the corpus, be it there or not."""
    named = os.environ.get(OWN, "")
    if named and named != os.environ.get(NAMED):
        return Path(named)
    noted = latest.noted_corpus(settings.outputs) if "corpus" not in settings.model_fields_set else None
    return ((noted or settings.corpus) / FOLDER).resolve()


def use_lexicons(settings: Settings) -> None:
    """Let the lexicons of the corpus count, where it has any and `GCMREFS_LEXICONS` names no others.

    Processes that this one starts take them over. A command that only knows the outputs asks them for their corpus.
    """
    folder = find_lexicons(settings)
    if folder == Path(os.environ.get(OWN, "")) and NAMED not in os.environ:
        return
    for name in (OWN, NAMED):
        if any(folder.glob("*.yaml")):
            os.environ[name] = str(folder)
        else:
            os.environ.pop(name, None)
