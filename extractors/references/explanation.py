"""Why a text gives the references it gives: the rules that hit, and what was found and then blocked."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.references.hits import Hit, findings, longest
from extractors.references.nlp import pipeline, words_of
from extractors.references.short_forms import ShortForms
from extractors.text.normalization import normalize


@dataclass(frozen=True, slots=True)
class ExplainedMention:
    """A wording that counts: `rule` is entry and variant, or entry and open wording."""

    rule: str
    category: str
    wording: str
    method: str
    score: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A wording that was found and does not count; `negative` tells what blocked it."""

    rule: str
    negative: str
    wording: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All hits of a text in reading order, and the blocked ones; `start` and `end` are offsets into the text given."""

    hits: tuple[ExplainedMention, ...]
    blocked: tuple[Kept, ...]


def explain(text: str, language: str = "en") -> Explanation:
    """Searches a text as one paragraph and tells which rule found what and what was kept out, and why.

    >>> explain("with civil society").hits[0].rule
    'civil-society/civil society'
    """
    normalized = normalize(text)
    doc = pipeline(language)(normalized.text)
    found = findings(doc)
    hits = found.kept
    resolved = ShortForms(words_of(language)).resolve(doc)
    counted = longest([*hits, *resolved])

    def place(hit: Hit) -> tuple[int, int]:
        return normalized.source(doc[hit.start].idx, doc[hit.end - 1].idx + len(doc[hit.end - 1]))

    def wording(hit: Hit) -> str:
        start, end = place(hit)
        return text[start:end]

    inside = [h for h in found.hits if h not in hits]
    unresolved = [h for h in found.short if not any((r.start, r.end) == (h.start, h.end) for r in resolved)]
    blocked = [Kept(b.hit.rule, b.reason, wording(b.hit)) for b in found.blocked]
    blocked += [Kept(h.rule, "inside a longer wording of its category", wording(h)) for h in inside]
    blocked += [Kept(h.rule, "short form without a single antecedent", wording(h)) for h in unresolved]
    blocked += [Kept(h.rule, f"only {h.score:.0f} % alike", wording(h)) for h in found.doubtful]
    return Explanation(
        tuple(
            ExplainedMention(h.rule, h.entry.category, wording(h), h.method, round(h.score, 1), *place(h))
            for h in counted
        ),
        tuple(dict.fromkeys(blocked)),
    )
