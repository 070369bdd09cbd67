"""The level that a reference speaks of: bilateral, subregional, regional, cross-regional or global."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc

from extractors.findings import Hit
from extractors.lexicon import load
from extractors.vocabulary import vocabulary

_BY_TYPE = {"RCP": "regional", "IRF": "cross-regional", "global": "global"}


@lru_cache(maxsize=8)
def _levels(language: str) -> dict[str, str]:
    return dict(vocabulary(load(), language).levels)


def level_of(hit: Hit, doc: Doc, language: str) -> str:
    """Levels of a hit, in the order of its words, joined by "; ": read from the wording, else from what the lexicon says.

    A named mechanism has the level of its type (RCP regional, IRF cross-regional); stakeholders have none.
    """
    if hit.levels:
        return "; ".join(hit.levels)
    facts = hit.entry.facts
    stated = str(facts.get("level") or _BY_TYPE.get(str(facts.get("type", "")), ""))
    if stated or hit.entry.category.startswith("stakeholder."):
        return stated
    words = _levels(language)
    return "; ".join(dict.fromkeys(words[t.lower_] for t in doc[hit.start : hit.end] if t.lower_ in words))
