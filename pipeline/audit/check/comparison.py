"""Texts compared word by word: what a quotation has otherwise than the paragraph it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from extractors.text.normalization import normalize
from pipeline.audit.claims import ComparedWords

GAP = "…"
"""The token that stands for an ellipsis: words left out."""
LONGEST = 4000
"""Tokens of either text beyond which they are not compared; no quotation is so long."""
_TOKEN = re.compile(r"(?<=\w)'s(?!\w)|[^\W_]+(?:(?!'s(?!\w))['\-/.][^\W_]+)*|\.{3,}|…|[,;:.!?()،؛]|(?<=\s)-(?=\s)")
_SIGNS = frozenset(",;:.!?()-،؛")
_CLOSING = frozenset(",;:.!?)،؛")
_BRACKETED = re.compile(r"\[\s*(?:\.{3,}|…)\s*\]|\(\s*(?:\.{3,}|…)\s*\)")


class Token(NamedTuple):
    """A word or sign: its normalized form, and its place in the source text."""

    text: str
    start: int
    end: int

    @property
    def is_sign(self) -> bool:
        return self.text in _SIGNS


@dataclass(frozen=True, slots=True)
class Change:
    """Tokens `printed` of a quotation where the text has tokens `true`: both as (first, behind the last)."""

    printed: tuple[int, int]
    true: tuple[int, int]


def tokens(text: str) -> list[Token]:
    """Cut a text into words, signs and ellipses; quotation marks are left out, since every house sets its own.

    >>> [token.text for token in tokens("“State-led … forums, such as”")]
    ['State-led', '…', 'forums', ',', 'such', 'as']
    """
    flat = normalize(_BRACKETED.sub(lambda m: GAP.center(len(m[0])), text))
    out = []
    for found in _TOKEN.finditer(flat.text):
        start, end = flat.source(*found.span())
        word = found[0]
        out.append(Token(GAP if word == GAP or word.startswith("...") else word, start, end))
    return out


def bare(row: Sequence[Token]) -> list[Token]:
    """Tokens without the signs and ellipses at both ends."""
    first, last = 0, len(row)
    while first < last and (row[first].is_sign or row[first].text == GAP):
        first += 1
    while last > first and (row[last - 1].is_sign or row[last - 1].text == GAP):
        last -= 1
    return list(row[first:last])


def segments(row: Sequence[Token]) -> list[list[Token]]:
    """The stretches between ellipses, without signs at their ends; empty ones are left out."""
    out: list[list[Token]] = [[]]
    for token in row:
        if token.text == GAP:
            out.append([])
        else:
            out[-1].append(token)
    return [kept for part in out if (kept := bare(part))]


def similarity(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the first text's words that stand in the second in the same order, whatever their case (0 to 1)."""
    if not one or not other:
        return 0.0
    left = [word.lower() for word in one[:LONGEST]]
    right = [word.lower() for word in other[:LONGEST]]
    return float(LCSseq.similarity(left, right)) / len(left)


def window(one: Sequence[Token], other: Sequence[Token]) -> tuple[int, int]:
    """The part of the second text that the first quotes: from its first matching word to its last, with room for the
    words before and behind that do not match; (0, 0) for none.

    Single matching words far from all others do not widen it.
    """
    left = [token.text.lower() for token in one[:LONGEST]]
    right = [token.text.lower() for token in other[:LONGEST]]
    gapped = any(token.text == GAP for token in bare(one))
    limit = len(right) if gapped else max(8, len(left) // 3)
    found = _run(left, right, limit)
    if not found:
        return 0, 0
    first, last = _drawn(found, left, right, 1)[0], _drawn(found, left, right, -1)[-1]
    if first[1] > last[1]:
        first, last = found[0], found[-1]
    behind = len(bare(one)) + _lead(one) - 1 - last[0]
    return max(0, first[1] - first[0]), min(len(right), last[1] + 1 + max(0, behind))


def _run(left: Sequence[str], right: Sequence[str], limit: int) -> list[tuple[int, int]]:
    """The matching words of both texts, as places, in the longest run without a gap of more than `limit` words."""
    groups: list[list[tuple[int, int]]] = []
    for step in LCSseq.opcodes(left, right):
        if step.tag != "equal":
            continue
        for n in range(step.src_end - step.src_start):
            match = (step.src_start + n, step.dest_start + n)
            if right[match[1]] in _SIGNS:
                continue
            if groups and match[1] - groups[-1][-1][1] <= limit:
                groups[-1].append(match)
            else:
                groups.append([match])
    return max(groups, key=len, default=[])


def _drawn(
    found: Sequence[tuple[int, int]], left: Sequence[str], right: Sequence[str], step: int
) -> list[tuple[int, int]]:
    """The matches drawn together towards the end (`step` 1) or the beginning (-1): where a word could match in several
    places, the one beside its neighbour is meant ("We" of "We welcome", not that of the sentence before)."""
    out = list(found)
    order = range(len(out) - 2, -1, -1) if step == 1 else range(1, len(out))
    for n in order:
        source, place = out[n]
        other, beside = out[n + step]
        near = beside - step
        if source + step == other and place != near and right[near] == left[source]:
            out[n] = (source, near)
    return out


def _lead(found: Sequence[Token]) -> int:
    """How many signs and ellipses stand before the first word."""
    return next((n for n, token in enumerate(found) if not token.is_sign and token.text != GAP), 0)


def trimmed(one: Sequence[Token], other: Sequence[Token]) -> tuple[int, int]:
    """The part of the second text without the words at its ends that the first has not: (first, behind the last)."""
    found = changes(one, other)
    low, high = 0, len(other)
    if found and found[0].printed == (0, 0) and found[0].true[0] == 0:
        low = found[0].true[1]
    if found and found[-1].printed == (len(one), len(one)) and found[-1].true[1] == len(other):
        high = max(low, found[-1].true[0])
    return low, high


def changes(one: Sequence[Token], other: Sequence[Token]) -> list[Change]:
    """Where two texts differ, in their order; words that an ellipsis of the first stands for are no difference.

    The first word may begin with another case: a quotation often starts inside a sentence.
    """
    left = [token.text for token in one[:LONGEST]]
    right = [token.text for token in other[:LONGEST]]
    for n, word in enumerate(left):
        if n == 0 or left[n - 1] == GAP:
            left[n] = word[:1].lower() + word[1:]
            swapped = word[:1].swapcase() + word[1:]
            left[n] = swapped if swapped in right and word not in right else word
    out: list[Change] = []
    for step in LCSseq.opcodes(left, right):
        if step.tag == "equal":
            continue
        here = Change((step.src_start, step.src_end), (step.dest_start, step.dest_end))
        last = out[-1] if out else None
        if last and last.printed[1] == here.printed[0] and last.true[1] == here.true[0]:
            out[-1] = Change((last.printed[0], here.printed[1]), (last.true[0], here.true[1]))
            continue
        between = left[last.printed[1] : here.printed[0]] if last else []
        if last and len(between) <= 1 and GAP not in left[last.printed[0] : here.printed[1]]:
            out[-1] = Change((last.printed[0], here.printed[1]), (last.true[0], here.true[1]))
        else:
            out.append(here)
    return [change for change in out if not _omission(left, right, change)]


def _omission(left: Sequence[str], right: Sequence[str], change: Change) -> bool:
    """Whether a change is only an ellipsis, or signs beside one or at the end."""
    printed = left[slice(*change.printed)]
    true = right[slice(*change.true)]
    if GAP in printed:
        return all(word == GAP or word in _SIGNS for word in printed)
    at_end = change.printed[1] == len(left) or change.printed[0] == 0
    return at_end and all(word in _SIGNS for word in [*printed, *true])


def describe_changes(
    one: Sequence[Token], other: Sequence[Token], differences: Sequence[Change], limit: int = 4
) -> list[str]:
    """Say each change in words: `“and report” where the text has “and to report”`; a lone sign or gap brings its
    neighbours along."""
    out = []
    for change in differences[:limit]:
        (a, b), (c, d) = change.printed, change.true
        if a == b or c == d or all(token.is_sign for token in [*one[a:b], *other[c:d]]):
            a, c = (a - 1, c - 1) if a > 0 and c > 0 else (a, c)
            b, d = (b + 1, d + 1) if b < len(one) and d < len(other) else (b, d)
        out.append(f"“{phrase(one[a:b])}” where the text has “{phrase(other[c:d])}”")
    if len(differences) > limit:
        out.append(f"and {len(differences) - limit} more differences")
    return out


def phrase(part: Sequence[Token], limit: int = 16) -> str:
    """Tokens as running text, cut after `limit` words."""
    glued = ("'s", *_SIGNS - {"(", "-"})
    text = "".join(("" if token.text in glued else " ") + token.text for token in part[:limit])
    text = text.replace("( ", "(").strip()
    return text + (" ..." if len(part) > limit else "")


def pieces(
    printed: str, one: Sequence[Token], true: str, other: Sequence[Token], differences: Sequence[Change]
) -> tuple[ComparedWords, ...]:
    """Both texts as pieces to set side by side: `same`, only `printed`, only `true`; spaces are those of the sources."""
    out: list[ComparedWords] = []
    at_left = at_right = 0
    for change in [*differences, Change((len(one), len(one)), (len(other), len(other)))]:
        left = one[change.printed[0]].start if change.printed[0] < len(one) else len(printed)
        right = other[change.true[0]].start if change.true[0] < len(other) else len(true)
        out += _same(printed[at_left:left], true[at_right:right])
        if change.printed[1] > change.printed[0]:
            at_left = one[change.printed[1] - 1].end
            out.append(ComparedWords("printed", printed[left:at_left]))
        else:
            at_left = left
        if change.true[1] > change.true[0]:
            at_right = other[change.true[1] - 1].end
            out.append(ComparedWords("true", true[right:at_right]))
        else:
            at_right = right
    return tuple(piece for piece in out if piece.text)


def _same(left: str, right: str) -> Iterator[ComparedWords]:
    """Text between two changes; it is the printed one's, since only quotation marks and spaces can differ."""
    if left or not right.strip():
        yield ComparedWords("same", left or right)


def sides(compared: Sequence[ComparedWords]) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """The pieces as two texts, printed and true, each as (text, whether it differs)."""
    left = [(piece.text, piece.side == "printed") for piece in compared if piece.side != "true"]
    right = [(piece.text, piece.side == "true") for piece in compared if piece.side != "printed"]
    return _spaced(left), _spaced(right)


def _spaced(parts: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The pieces with a space where two words would run together, and none before a comma."""
    out: list[tuple[str, bool]] = []
    for text, differs in parts:
        before = out[-1][0] if out else ""
        if before[-1:].isalnum() and text[:1].isalnum():
            text = " " + text
        elif before[-1:] == " " and text[:1] in _CLOSING:
            out[-1] = (before.rstrip(), out[-1][1])
        out.append((text, differs))
    return [piece for piece in out if piece[0]]
