"""The level that a reference speaks of: bilateral, subregional, regional, cross-regional or global."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from extractors.references.hits import Hit

_BY_TYPE = {"RCP": "regional", "IRF": "cross-regional", "global": "global"}


def level_of(hit: Hit, doc: Doc, levels: Mapping[str, str]) -> str:
    """Levels of a hit, in the order of its words, joined by "; ": read from the wording, else from what the lexicon says.

    `levels` gives the level that a word names. A named mechanism has the level of its type (RCP regional, IRF
    cross-regional); stakeholders have none.
    """
    if hit.levels:
        return "; ".join(hit.levels)
    facts = hit.entry.facts
    stated = str(facts.get("level") or _BY_TYPE.get(str(facts.get("type", "")), ""))
    if stated or hit.entry.category.startswith("stakeholder."):
        return stated
    words = (doc[place].lower_ for place in range(hit.start, hit.end))
    return "; ".join(dict.fromkeys(levels[word] for word in words if word in levels))
