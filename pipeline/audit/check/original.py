"""The analysed text as an audit looks things up in it: paragraphs by citation, words by place, references by category."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.model import BODY_KINDS, Mention, Paragraph
from pipeline.audit.check.comparison import GAP, Token, segments, tokens
from pipeline.segment.citation import base
from pipeline.segment.pointer import key_of

_GLYPHS = {"I": "li1", "l": "I1", "1": "lI", "|": "lI", "O": "0", "0": "O", "o": "0"}
"""Signs that look alike in print, and what each may have been."""
_SPOKEN = BODY_KINDS - {"title"} | {"note"}
_SYMBOL = re.compile(r"(?<![^\W_])[A-Z]{1,5}(?:[/_][\w.()-]+?){2,6}(?=\s|$|\.[a-z]+$|[,;)])")
_MOST = 400
"""Places of one wording that are looked at; more say nothing."""


@dataclass(frozen=True, slots=True)
class TextMention:
    """A mention in the analysed text: which unit, where in its text, and of what category."""

    unit: int
    start: int
    end: int
    wording: str
    category: str
    canonical: str


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Tokens `first` to `last` (included) of the analysed text."""

    first: int
    last: int


class Original:
    """A segmented text with its mentions, ready for look-ups; units are its body paragraphs in their order."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], mentions: Iterable[tuple[Paragraph, Mention]], title: str, name: str = ""
    ) -> None:
        self.title = title
        self.symbols = _symbols([title, name, *(p.text for p in paragraphs if p.kind not in _SPOKEN)])
        self.units = [p for p in paragraphs if p.kind in BODY_KINDS and p.text.strip()]
        self.ids = [base(unit.paragraph) for unit in self.units]
        place = {id(unit): n for n, unit in enumerate(self.units)}
        self.mentions = [
            TextMention(
                place[id(p)], m.start, m.end, " ".join(p.text[m.start : m.end].split()), m.category, m.canonical
            )
            for p, m in mentions
            if id(p) in place
        ]
        self.by_unit: dict[int, list[TextMention]] = defaultdict(list)
        for found in self.mentions:
            self.by_unit[found.unit].append(found)
        self.tokens: list[Token] = []
        self.starts: list[int] = []
        for unit in self.units:
            self.starts.append(len(self.tokens))
            self.tokens += [token for token in tokens(unit.text) if token.text != GAP]
        self.starts.append(len(self.tokens))
        self.stream, self.offsets = _stream(self.tokens)
        self.lower = self.stream.lower()
        if len(self.lower) != len(self.stream):
            self.lower = self.stream
        self.keys: dict[str, list[int]] = defaultdict(list)
        for n, name in enumerate(self.ids):
            if not name.startswith("H:"):
                self.keys[key_of(name)].append(n)

    @cached_property
    def folded(self) -> dict[str, str]:
        """Keys by their lower-case form, where only one has it."""
        forms = Counter(key.lower() for key in self.keys)
        return {key.lower(): key for key in self.keys if forms[key.lower()] == 1}

    def readings(self, key: str) -> list[str]:
        """The keys of this text that a printed citation can mean: itself, else those that look like it in print.

        "23I" may be 23(l) or 23(i); [] where the text has no such paragraph.
        """
        if key in self.keys:
            return [key]
        out = []
        if not any(letter in "IO|" for letter in key) and key.lower() in self.folded:
            out.append(self.folded[key.lower()])
        for n, letter in enumerate(key):
            for other in _GLYPHS.get(letter, ""):
                alike = key[:n] + other + key[n + 1 :]
                if alike in self.keys and (n == 0 or not alike.isdigit()) and alike not in out:
                    out.append(alike)
        if not out and key.lower() in self.folded:
            out.append(self.folded[key.lower()])
        return out

    def name(self, key: str) -> str:
        """The paragraph's id as the text has it ("43(b)(iii)"), "" where it has none."""
        held = self.keys.get(key)
        return self.ids[held[0]] if held else ""

    def scope(self, key: str) -> list[int]:
        """The units of a paragraph with those of its sub-paragraphs, in order."""
        name = self.name(key)
        return [n for n, other in enumerate(self.ids) if is_within(other, name)] if name else []

    def parent(self, key: str) -> str:
        """The key of the nearest paragraph above a citation that has no paragraph of its own: "50e" is below "50"."""
        shorter = key
        while shorter := shorter[:-1]:
            if shorter in self.keys and not (shorter[-1].isdigit() and key[len(shorter)].isdigit()):
                return shorter
        return ""

    def unit_of(self, token: int) -> int:
        """The unit that a token stands in."""
        return min(bisect_right(self.starts, token) - 1, len(self.units) - 1)

    def places(self, words: Sequence[str], *, has_case: bool = True) -> list[TokenPlace]:
        """Where exactly these words stand one after the other; the first may begin with another case."""
        if not words:
            return []
        starts = {words[0], words[0][:1].swapcase() + words[0][1:]} if has_case else {words[0].lower()}
        out: list[TokenPlace] = []
        for first in starts:
            line = "\x1f" + "\x1f".join([first, *words[1:]]) + "\x1f"
            held, line = (self.stream, line) if has_case else (self.lower, line.lower())
            at = held.find(line)
            while at >= 0 and len(out) < _MOST:
                place = bisect_right(self.offsets, at) - 1
                out.append(TokenPlace(place, place + len(words) - 1))
                at = held.find(line, at + 1)
        return sorted(out, key=lambda p: p.first)

    def quoted(self, quote: Sequence[Token]) -> list[list[TokenPlace]]:
        """Every place where a quotation stands word by word: its stretches between ellipses in order, near each other."""
        parts = segments(quote)
        if not parts:
            return []
        held = [self.places([token.text for token in part]) for part in parts]
        if not all(held):
            return []
        out: list[list[TokenPlace]] = []
        for first in held[0]:
            run = [first]
            root = number_of(self.ids[self.unit_of(first.first)])
            for options in held[1:]:
                after = (p for p in options if p.first > run[-1].last)
                following = next(after, None)
                if following is None or number_of(self.ids[self.unit_of(following.last)]) != root:
                    break
                run.append(following)
            else:
                out.append(run)
        return out

    def source(self, first: int, last: int) -> str:
        """The printed text from one token to another, over the borders of units."""
        one, two = self.unit_of(first), self.unit_of(last)
        if one == two:
            return self.units[one].text[self.tokens[first].start : self.tokens[last].end]
        parts = [self.units[one].text[self.tokens[first].start :]]
        parts += [self.units[n].text for n in range(one + 1, two)]
        parts.append(self.units[two].text[: self.tokens[last].end])
        return " ".join(parts)

    def span_tokens(self, units: Sequence[int]) -> list[int]:
        """The tokens of some units, as indices."""
        return [t for n in units for t in range(self.starts[n], self.starts[n + 1])]

    def likeliest(self, words: Sequence[str], most: int = 4) -> list[int]:
        """The units that share most words with a quotation, best first; rare words count more."""
        wanted = {word.lower() for word in words if word[:1].isalnum()}
        score: Counter[int] = Counter()
        for word in wanted:
            held = self._holding.get(word, ())
            for unit in held:
                score[unit] += 1000 // len(held)
        return [unit for unit, _ in score.most_common(most)]

    @cached_property
    def _holding(self) -> dict[str, tuple[int, ...]]:
        out: dict[str, dict[int, None]] = defaultdict(dict)
        for n in range(len(self.units)):
            for token in self.tokens[self.starts[n] : self.starts[n + 1]]:
                if not token.is_sign:
                    out[token.text.lower()][n] = None
        return {word: tuple(units) for word, units in out.items()}

    def token_span(self, mention: TextMention) -> tuple[int, int]:
        """The tokens (first, behind the last) that a mention covers."""
        low, high = self.starts[mention.unit], self.starts[mention.unit + 1]
        covered = [
            t for t in range(low, high) if self.tokens[t].start < mention.end and self.tokens[t].end > mention.start
        ]
        return (covered[0], covered[-1] + 1) if covered else (low, low)

    def covering(self, first: int, last: int) -> TextMention | None:
        """The shortest mention over these tokens of one unit that is not shorter than they are."""
        unit = self.unit_of(first)
        start, end = self.tokens[first].start, self.tokens[last].end
        held = [m for m in self.by_unit[unit] if m.start <= start and m.end >= end]
        return min(held, key=lambda m: m.end - m.start, default=None)

    @cached_property
    def objective_of(self) -> list[int | None]:
        return [unit.objective for unit in self.units]

    def objectives(self) -> set[int]:
        """The objectives that have paragraphs of their own here; empty for a text that is not the Compact."""
        return {number for number in self.objective_of if number is not None}


def is_within(name: str, above: str) -> bool:
    """Whether a paragraph is another or one of its sub-paragraphs.

    >>> is_within("43(c)(iii)", "43(c)"), is_within("43", "43(c)"), is_within("431", "43")
    (True, False, False)
    """
    return name == above or name.startswith(above + "(")


def number_of(name: str) -> str:
    """The number that a paragraph's id begins with: "43(c)" and "43" share it."""
    return name.partition("(")[0]


def _stream(found: Sequence[Token]) -> tuple[str, list[int]]:
    """All words in one text, each between separators, and where each begins (its separator before it)."""
    offsets: list[int] = []
    at = 0
    for token in found:
        offsets.append(at)
        at += len(token.text) + 1
    return "\x1f" + "\x1f".join(token.text for token in found) + "\x1f", offsets


def _symbols(texts: Iterable[str]) -> frozenset[str]:
    """The document symbols that a text shows on its margins or in its file's name, letters and digits only."""
    return frozenset(re.sub(r"[\W_]", "", m[0]).casefold() for text in texts for m in _SYMBOL.finditer(text))


def words_of(text: str) -> list[str]:
    """The words of a text without its signs."""
    return [token.text for token in tokens(text) if not token.is_sign and token.text != GAP]


def letters(text: str) -> Iterator[str]:
    """The initials of a text's words, as an acronym has them: function words in lower case are left out."""
    for word in re.split(r"[\s]+", text):
        for part in re.split(r"[-/]", word):
            first = re.search(r"[^\W\d_]", part)
            if first and (part[first.start()].isupper() or "-" in word):
                yield part[first.start()].upper()
