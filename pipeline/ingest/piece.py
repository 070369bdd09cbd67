"""Text as it is collected from a format's runs: squashed to single spaces, with what of it is bold and italic."""

from __future__ import annotations

from dataclasses import dataclass, field

Spans = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Piece:
    """A line while it is read: its parts in order, each with its weight and slant."""

    parts: list[tuple[str, bool, bool]] = field(default_factory=list)

    def add(self, text: str, bold: bool = False, italic: bool = False) -> None:
        if text:
            self.parts.append((text, bold, italic))

    def since(self, start: int) -> str:
        """What was added from the part `start` on, unsquashed."""
        return "".join(text for text, _, _ in self.parts[start:])

    def text(self) -> str:
        return " ".join(self.since(0).split())

    def is_all(self, look: int) -> bool:
        """Whether all letters are bold (`look` 1) or italic (2), and there are some."""
        letters = [part[look] for part in self.parts if any(map(str.isalpha, part[0]))]
        return bool(letters) and all(letters)

    def bold_spans(self) -> Spans:
        """Where `text` is bold, as (start, end); white space between two bold parts belongs to one stretch.

        >>> piece = Piece([("we thank the ", False, False), ("Forum", True, False), (".", False, False)])
        >>> piece.text(), piece.bold_spans()
        ('we thank the Forum.', ((13, 18),))
        """
        spans: list[tuple[int, int]] = []
        at, spaced, goes_on = 0, False, False
        for text, bold, _ in self.parts:
            words = text.split()
            if not words:
                spaced = spaced or bool(text)
                continue
            at += (spaced or text[0].isspace()) and at > 0
            end = at + sum(map(len, words)) + len(words) - 1
            if bold:
                spans[-1:] = [(spans[-1][0], end)] if goes_on else [*spans[-1:], (at, end)]
            at, spaced, goes_on = end, text[-1].isspace(), bold
        return tuple(spans)


def moved(spans: Spans, by: int) -> Spans:
    """Spans in a text of which the first `-by` characters were taken off, or to which `by` were added in front.

    >>> moved(((0, 3), (5, 9)), -4)
    ((1, 5),)
    """
    return tuple((max(start + by, 0), end + by) for start, end in spans if end + by > 0) if by else spans
