"""What an operative sentence is about, and the actors that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.model import Paragraph
from pipeline.extract.objectives import find_objectives
from pipeline.extract.quote import Span
from pipeline.tables.commitments.words import operative_words
from pipeline.tables.records import Mentioned, Placement, Records, Unit


@dataclass(frozen=True, slots=True)
class NamedPartner:
    """An ISCM, organization or stakeholder in a passage, with its places there."""

    mentioned: Mentioned
    places: tuple[Span, ...]


def placement_of(unit: Unit, sentence: str) -> Placement:
    """The objectives of a sentence and on what ground: those of its place or that its paragraph names, else the one that
    the sentence itself is about most."""
    if unit.placement.basis in ("structural", "explicit"):
        return unit.placement
    return _judged(sentence, unit.language)


@lru_cache(maxsize=4096)
def _judged(sentence: str, language: str) -> Placement:
    judged = find_objectives([Paragraph(1, "1", "paragraph", sentence)], document="", language=language)
    rows = [row for row in judged if row.kind == "objective"]
    best = max(rows, key=lambda row: (row.score, -int(row.number)), default=None)
    return Placement((int(best.number),), best.basis) if best else Placement((), "")


def partners_in(unit: Unit, span: Span | None = None) -> list[NamedPartner]:
    """The partners in a unit, or in a span of its text."""
    wanted = set(operative_words().partners)
    low, high = span or (0, len(unit.text))
    out = []
    for m in unit.mentioned:
        if {m.category, m.category.partition(".")[0]} & wanted:
            places = tuple((start, end) for start, end in m.places if low <= start and end <= high)
            out += [NamedPartner(m, places)] if places else []
    return out


def partner_names(partners: Sequence[NamedPartner], records: Records) -> str:
    """Each partner once: its name where the text says it, else its category."""
    named = (one.mentioned.canonical or records.label(one.mentioned.category) for one in partners)
    return "; ".join(dict.fromkeys(named))
