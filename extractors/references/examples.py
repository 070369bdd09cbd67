"""The examples inside the lexicon, run: each says itself what must be found in it and what must not; and its gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.lexicon.entries import Entry, Lexicon
from extractors.lexicon.words import untag
from extractors.references.explanation import explain


@dataclass(frozen=True, slots=True)
class BrokenExample:
    """An example that gives something else than it says: what was `expected` of its entry, and what was `found`."""

    entry: str
    language: str
    example: str
    expected: tuple[str, ...]
    found: tuple[str, ...]

    def __str__(self) -> str:
        expected, found = " | ".join(self.expected) or "nothing", " | ".join(self.found) or "nothing"
        return f"{self.entry} ({self.language}): {self.example!r}: expected {expected}, found {found}"


def cases(entry: Entry) -> Iterator[tuple[str, str]]:
    """(language, example) of an entry; a counter-example is an example without marked wordings."""
    for kind in (entry.examples, entry.counter_examples):
        for language, examples in kind.items():
            for example in examples:
                yield language, example


def outcome(entry: Entry, language: str, example: str) -> BrokenExample | None:
    """None when exactly the marked wordings of `example` are found by the rules of `entry`."""
    text, spans = untag(example)
    expected = tuple(text[start:end] for start, end in spans)
    hits = [h for h in explain(text, language).hits if h.rule.split("/")[0] == entry.id]
    if [(h.start, h.end) for h in hits] == list(spans):
        return None
    return BrokenExample(entry.id, language, example, expected, tuple(h.wording for h in hits))


@dataclass(frozen=True, slots=True)
class Gap:
    """An entry without a wording in a language that the lexicons know, and that gives no reason for it."""

    entry: str
    language: str

    def __str__(self) -> str:
        return f"{self.entry}: no wording in {self.language}: add one, or say why in facts.no_wording.{self.language}"


def gaps(lexicon: Lexicon) -> Iterator[Gap]:
    """Every entry and language without a variant or pair: documents in that language lose the body or term.

    An entry that has none for a reason says so: `facts: {no_wording: {ar: stands in united-nations-arabic}}`.
    """
    for entry in lexicon.entries:
        reasons = entry.facts.get("no_wording", {})
        for language in lexicon.grammars:
            if not (entry.variants.get(language) or entry.pairs.get(language) or reasons.get(language)):
                yield Gap(entry.id, language)


def failures(lexicon: Lexicon) -> Iterator[BrokenExample]:
    """Every example of every entry that does not give what it says."""
    for entry in lexicon.entries:
        for language, example in cases(entry):
            failure = outcome(entry, language, example)
            if failure is not None:
                yield failure
