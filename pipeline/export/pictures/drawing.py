"""Drawings: small SVG pictures made of text, bars and lines, the same for the page and for files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
SIZE = 11
"""Font size of a drawing in pixels."""
_WIDTHS: Mapping[int, str] = {
    191: "'",
    222: "ijl’‘",
    260: "|",
    278: " !,./:;I[]ft\\í",
    333: "()-`r",
    334: "{}",
    355: '"“”',
    389: "*",
    469: "^",
    500: "Jcksvxyzç",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXYÉÁ",
    722: "CDHNRUwÚ",
    778: "GOQÓ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…→",
    1015: "@",
}
"""Width in thousandths of the font's size -> characters (Helvetica, Adobe Core 14 font metrics; Liberation Sans has the
same); others have that of a digit."""
_THOUSANDTHS = {character: width for width, characters in _WIDTHS.items() for character in characters}
_DIGIT = 556
_BOLD = 1.08
"""How much wider bold type is, at most, in a line of text."""
_WIDER = 1.12
"""How much wider than Helvetica the type of a machine without it may be (Noto Sans 1.08, DejaVu Sans 1.12)."""
_PALETTE: Mapping[str, str] = {
    "t": "fill:#1c2430",
    "v": "fill:#1c2430",
    "q": "fill:#5a6676",
    "h": "fill:#1c2430;font-weight:bold",
    "c": "fill:#1c2430;font-weight:bold;font-size:15px",
    "l": "stroke:#e3e7ee;fill:none",
    "k1": "fill:#2f5597",
    "k2": "fill:#b4531a",
    "k3": "fill:#2e7d5b",
    "k4": "fill:#7b5aa6",
    "yes": "fill:#2f5597",
    "some": "fill:#6f8fc9",
    "no": "fill:#b4531a",
    "none": "fill:#d5dae3",
    "e": "stroke:#6f8fc9;fill:none",
    "d": "stroke:#b4531a;fill:none",
    **{f"s{n}": f"fill:#1f58b4;fill-opacity:{opacity}" for n, opacity in enumerate((0.1, 0.2, 0.32, 0.46, 0.62), 1)},
    "s0": "fill:#1c2430;fill-opacity:.04",
}
"""Class of a shape -> what it looks like in a file; the page has its own colours for light, dark and paper."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: width and height in pixels, and its shapes as SVG, each with one class of the palette."""

    width: int
    height: int
    body: str

    def inline(self, name: str, title: str, description: str) -> str:
        """The picture as a part of a page, which gives it its font and colours; `name` is unique on the page."""
        return (
            f'<svg viewBox="0 0 {self.width} {self.height}" width="{self.width}" height="{self.height}" role="img" '
            f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{safe(title)}</title>'
            f'<desc id="{name}-d">{safe(description)}</desc>{self.body}</svg>'
        )

    def standalone(self, title: str, description: str) -> str:
        """The picture as a file of its own: white ground, no script, no address, no font to load."""
        style = "".join(f".{name}{{{look}}}" for name, look in _PALETTE.items())
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" font-family="{FONT}" font-size="{SIZE}" role="img">'
            f"<title>{safe(title)}</title><desc>{safe(description)}</desc><style>{style}</style>"
            f'<rect width="{self.width}" height="{self.height}" fill="#fff"/>{self.body}</svg>\n'
        )


def safe(words: str) -> str:
    """Escape text for SVG and HTML, attributes included.

    >>> safe('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return escape(words, quote=True)


def text(x: float, y: float, words: str, look: str = "t", anchor: str = "", turn: int = 0) -> str:
    """Words at a place: `anchor` is "" (they start there), "middle" or "end"; `turn` in degrees around the place."""
    placed = f' text-anchor="{anchor}"' if anchor else ""
    turned = f' transform="rotate({turn} {_n(x)} {_n(y)})"' if turn else ""
    return f'<text class="{look}" x="{_n(x)}" y="{_n(y)}"{placed}{turned}>{safe(words)}</text>'


def bar(x: float, y: float, width: float, height: float, look: str, said: str = "") -> str:
    """A rectangle; `said` is shown where the mouse rests on it."""
    shape = f'<rect class="{look}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
    return f"{shape}><title>{safe(said)}</title></rect>" if said else f"{shape}/>"


def line(path: str, look: str = "l", width: float = 1, said: str = "") -> str:
    """A line along SVG path commands."""
    shape = f'<path class="{look}" d="{path}"' + (f' stroke-width="{_n(width)}"' if width != 1 else "")
    return f"{shape}><title>{safe(said)}</title></path>" if said else f"{shape}/>"


def room(words: str) -> float:
    """The pixels to keep for words: what they take in the widest of the fonts that may show them."""
    return wide(words) * _WIDER


def short(words: str, width: float) -> str:
    """Cut words that would be longer than `width` pixels.

    >>> short("Global Meeting of Chairs and Secretariats", 112)
    'Global Meeting of…'
    """
    if room(words) <= width:
        return words
    while words and room(words + "…") > width:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, width: float, size: int = SIZE, *, is_bold: bool = False) -> list[str]:
    """The words in lines of at most `width` pixels; a single longer word has a line of its own.

    >>> wrapped("Global Meeting of Chairs and Secretariats", 130)
    ['Global Meeting of Chairs', 'and Secretariats']
    """
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if wide(longer, size, is_bold=is_bold) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def wide(words: str, size: int = SIZE, *, is_bold: bool = False) -> float:
    """The width of words in pixels."""
    return sum(_THOUSANDTHS.get(c, _DIGIT) for c in words) * size / 1000 * (_BOLD if is_bold else 1)


def shade(value: float, highest: float) -> int:
    """The step from 1 to 5 that stands for a count, 0 for none.

    >>> [shade(n, 10) for n in (0, 1, 5, 10)]
    [0, 1, 3, 5]
    """
    return 0 if value <= 0 else min(5, int(-(-5 * value // max(highest, 1))))


def steps(highest: int, most: int = 6) -> list[int]:
    """Round numbers for an axis from 0 to `highest`, at most `most` + 1 of them.

    >>> steps(13), steps(3), steps(250)
    ([0, 5, 10], [0, 1, 2, 3], [0, 50, 100, 150, 200, 250])
    """
    size, n = 1, 0
    while highest / size > most:
        n += 1
        size = (1, 2, 5)[n % 3] * 10 ** (n // 3)
    return list(range(0, highest + 1, size))


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
