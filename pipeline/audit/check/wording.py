"""Whether a wording stands in some paragraphs of a text: exactly, or in other words that mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from pipeline.audit.check.comparison import bare, tokens
from pipeline.audit.check.original import Original, TextMention, TokenPlace, letters, words_of

ALIKE = 86.0
"""Similarity (0 to 100, rapidfuzz ratio of lower-case words) from which two wordings are one in other letters."""
NEAR = 78.0
"""The same for words that no lexicon entry knows, inside a paragraph that is cited for them."""
_FUNCTION = frozenset(
    "a an and as at by de del des di do du e el en et for from in la las le les los o of on or the to und y".split()
)

How = Literal["exact", "case", "other", "part"]


@dataclass(frozen=True, slots=True)
class KnownWording:
    """A claimed wording with what the lexicon makes of it: the mentions inside it, as (category, canonical)."""

    text: str
    entries: tuple[tuple[str, str], ...] = ()

    @property
    def categories(self) -> frozenset[str]:
        return frozenset(category for category, _ in self.entries)


@dataclass(frozen=True, slots=True)
class WordingHit:
    """Where and how a wording was found: `text` is what the text has there, `unit` the paragraph's place."""

    how: How
    text: str
    unit: int
    first: int
    last: int


def exact(original: Original, wording: str, units: Sequence[int] | None = None) -> list[WordingHit]:
    """Every place where the wording stands as it is printed; with `units` only there.

    A wording that begins a cell or a heading may begin with a capital of its own, unless it is all capitals.
    """
    words = [token.text for token in bare(tokens(wording))]
    places = original.places(words)
    if not (len(words) and words[0][:1].isupper() and words[0][1:].islower()) and words and words[0][:1].isupper():
        places = [p for p in places if original.tokens[p.first].text == words[0]]
    return _hits(original, places, "exact", units)


def any_case(original: Original, wording: str, units: Sequence[int] | None = None) -> list[WordingHit]:
    """Every place where the wording stands with other capitals."""
    words = [token.text for token in bare(tokens(wording))]
    return _hits(original, original.places(words, has_case=False), "case", units)


def _hits(original: Original, places: Sequence[TokenPlace], how: How, units: Sequence[int] | None) -> list[WordingHit]:
    wanted = None if units is None else set(units)
    out = []
    for place in places:
        unit = original.unit_of(place.first)
        if wanted is None or unit in wanted:
            out.append(WordingHit(how, original.source(place.first, place.last), unit, place.first, place.last))
    return out


def other_words(original: Original, known: KnownWording, units: Sequence[int]) -> WordingHit | None:
    """The words of these units that mean the wording: a mention of its category, its acronym or full name, or words
    that differ in a letter or a word; None where they do not name it.

    A name that the lexicon knows is found by its own mentions only: another name with some of its words is another body.
    """
    held = [found for unit in units for found in original.by_unit.get(unit, ())]
    same = [found for found in held if _means(known, found)]
    if same:
        best = max(same, key=lambda found: _ratio(known.text, found.wording))
        longer = [m for m in held if m.unit == best.unit and m.start == best.start and m.end > best.end]
        longer = [m for m in longer if _ratio(known.text, m.wording) >= NEAR]
        return _of(original, known.text, max(longer, key=lambda m: m.end, default=best))
    alias = [found for found in held if is_alias(known.text, found)]
    if alias:
        return _of(original, known.text, max(alias, key=lambda found: _ratio(known.text, found.wording)))
    if any(canonical for _, canonical in known.entries) and _proper(known.text):
        return None
    return _window(original, known.text, units)


def _means(known: KnownWording, found: TextMention) -> bool:
    return any(
        category == found.category and (not canonical or not found.canonical or canonical == found.canonical)
        for category, canonical in known.entries
    )


def is_alias(wording: str, mention: TextMention) -> bool:
    """Whether a mention is the wording's acronym, its full name, or nearly its letters.

    >>> full = "High-level Dialogue on International Migration and Development"
    >>> is_alias("UN HLD IM", TextMention(0, 0, 9, full, "other.un_hld", ""))
    True
    """
    names = {mention.wording, mention.canonical.split(" (")[0]} - {""}
    if any(_ratio(wording, name) >= ALIKE for name in names if len(name) > 7):
        return True
    short = "".join(c for c in wording if c.isalnum())
    if short.isupper() and 2 < len(short) < 14:
        return any(_abbreviates(short, name) for name in names)
    initials = "".join(letters(wording))
    return mention.wording.isupper() and len(mention.wording) > 1 and initials == mention.wording


def _abbreviates(short: str, name: str) -> bool:
    """Whether capitals begin the words of a name, "UN" in front counting for nothing."""
    long = "".join(letters(name))
    cut = [text.removeprefix("UN") for text in (short, long)]
    return (len(cut[0]) > 2 and cut[1].startswith(cut[0])) or short == long


def _of(original: Original, wording: str, found: TextMention) -> WordingHit:
    """A mention as a hit, with the words before it that the claimed wording begins with as well."""
    first, behind = original.token_span(found)
    claimed = words_of(wording.lower())
    while claimed and first > original.starts[found.unit]:
        before = original.tokens[first - 1].text.lower()
        if before in claimed and before not in _FUNCTION and before != original.tokens[first].text.lower():
            first -= 1
        else:
            break
    return WordingHit("other", original.source(first, behind - 1), found.unit, first, behind - 1)


def _window(original: Original, wording: str, units: Sequence[int]) -> WordingHit | None:
    """The stretch of these units that is most like the wording, if it is like it at all: a plural, a missing "for"."""
    claimed = [word.lower() for word in words_of(wording)]
    if len(claimed) < 2:
        claimed = claimed if claimed and len(claimed[0]) > 5 else []
    if not claimed:
        return None
    target = " ".join(claimed)
    names = [word for word in words_of(wording)[1:] if word[:1].isupper()]
    best: tuple[float, int, int] | None = None
    wanted = set(claimed)
    for unit in units:
        low, high = original.starts[unit], original.starts[unit + 1]
        words = [(t, original.tokens[t].text.lower()) for t in range(low, high) if not original.tokens[t].is_sign]
        starts = [n for n, (_, word) in enumerate(words) if word in wanted or word.rstrip("s") in wanted]
        for n in starts[:_STARTS]:
            for size in range(max(1, len(claimed) - 2), len(claimed) + 3):
                part = words[n : n + size]
                if len(part) < size:
                    break
                score = fuzz.ratio(target, " ".join(word for _, word in part))
                if score >= NEAR and (best is None or score > best[0]):
                    best = (score, part[0][0], part[-1][0])
    if best is None:
        return None
    said = [original.tokens[t].text for t in range(best[1], best[2] + 1)]
    if any(not any(_kin(name, word) for word in said) for name in [*names, claimed[-1]]):
        return None
    return WordingHit("other", original.source(best[1], best[2]), original.unit_of(best[1]), best[1], best[2])


_STARTS = 300


def _kin(one: str, other: str) -> bool:
    """Whether two words are one in singular and plural, or in other letters."""
    return fuzz.ratio(one.lower(), other.lower()) >= NEAR


def part_of(original: Original, wording: str, units: Sequence[int]) -> WordingHit | None:
    """The last words of a lower-case wording where a unit has only these: "financial institutions" of "international
    financial institutions"; names have no such parts."""
    claimed = words_of(wording)
    if len(claimed) < 3 or any(word[:1].isupper() for word in claimed[1:]):
        return None
    for length in range(len(claimed) - 1, 1, -1):
        tail = claimed[-length:]
        if tail[0].lower() in _FUNCTION:
            continue
        for hit in any_case(original, " ".join(tail), units):
            return WordingHit("part", hit.text, hit.unit, hit.first, hit.last)
    return None


def begun(original: Original, wording: str, units: Sequence[int]) -> str:
    """Words of these units that begin as the wording does (two words of its own at least) and go on otherwise, or ""."""
    claimed = [token.text for token in bare(tokens(wording))]
    for length in range(len(claimed) - 1, 1, -1):
        if sum(word.lower() not in _FUNCTION for word in claimed[:length]) < 2:
            break
        for hit in _hits(original, original.places(claimed[:length]), "part", units):
            end = min(hit.last + len(claimed) - length + 2, original.starts[hit.unit + 1] - 1)
            return original.source(hit.first, end)
    return ""


def says_more_than_article(longer: str, shorter: str) -> bool:
    """Whether one wording has more words of its own than another: "the network" has none more than "network"."""
    kept = [[w.lower() for w in words_of(text) if w.lower() not in _FUNCTION] for text in (longer, shorter)]
    return kept[0] != kept[1]


def _proper(wording: str) -> bool:
    return any(word[:1].isupper() for word in words_of(wording)[1:])


def _ratio(one: str, other: str) -> float:
    return float(fuzz.ratio(one.lower(), other.lower()))
