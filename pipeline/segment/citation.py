"""Paragraph ids as they are cited ("§43(b)(iii)") and in their natural order."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.lexicon.language import any_word
from pipeline.ingest.printed_marks import INSERTIONS

_SUFFIX = re.compile(r"#[a-z]*\d+$")
ANNEX = re.compile(
    rf"(?:{any_word(lambda language: language.documents.annexes)})\s*([ivxlc]+|\d+)?\s*/?\s*", re.IGNORECASE
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_RANKS = {"TITLE": 0, "FM": 1, "PP": 2, "OP": 3, "BM": 8}
_HEADING_LENGTH = 60

Key = tuple[tuple[int, int, int, str], ...]


def base(paragraph: str) -> str:
    """The id without the suffix that tells continuation lines and notes apart: `17#2` -> `17`."""
    return _SUFFIX.sub("", paragraph)


def cite_paragraph(paragraph: str, short: bool = False) -> str:
    """Write a paragraph id as it is cited: official number, or with `short` the form without parentheses.

    >>> cite_paragraph("43(b)(iii)"), cite_paragraph("43(b)(iii)", short=True), cite_paragraph("17#2"), cite_paragraph("PP3")
    ('§43(b)(iii)', '§43biii', '§17', 'PP3')
    """
    cited = base(paragraph)
    if cited.startswith("H:"):
        return f"heading “{_shortened(cited[2:].strip())}”"
    if short:
        cited = re.sub(r"[()]", "", cited)
    return f"§{cited}" if cited[:1].isdigit() else cited


def cite_paragraphs(paragraphs: Iterable[str], short: bool = False) -> str:
    """Cite several paragraphs in the order given, headings last; one § for a run of numbers, each paragraph once.

    >>> cite_paragraphs(["PP2", "47", "50", "50#2", "52"])
    'PP2, §47, 50, 52'
    """
    cited = list(dict.fromkeys(cite_paragraph(p, short) for p in paragraphs))
    numbered = [text for text in cited if not text.startswith("heading ")]
    headings = [text for text in cited if text.startswith("heading ")]
    out = []
    for n, text in enumerate(numbered):
        follows = n > 0 and text.startswith("§") and numbered[n - 1].startswith("§")
        out.append(text[1:] if follows else text)
    return "; ".join([", ".join(out), *headings] if out else headings)


def order_key(paragraph: str) -> Key:
    """Sort key of a paragraph id where no document order is known.

    Title and preambular paragraphs stand before operative ones and these before plain numbers, annexes are grouped
    behind them, headings come last. A letter and a roman number share one scale, so that both (h), (i), (j) and (i),
    (ii), (iv), (ix) come in order.

    >>> sorted(["10", "H:Preamble", "2", "22(l)", "22(b)", "PP1", "22", "Annex I/1", "OP3"], key=order_key)
    ['PP1', 'OP3', '2', '10', '22', '22(b)', '22(l)', 'Annex I/1', 'H:Preamble']
    """
    if paragraph.startswith("H:"):
        return ((9, 0, 0, paragraph),)
    annex = ANNEX.match(paragraph)
    if annex:
        number = annex[1] or ""
        place = int(number) if number.isdigit() else _roman(number.lower())
        return ((6, place, 0, ""), *order_key(paragraph[annex.end() :]))
    marked = re.match(r"TITLE|FM|PP|OP|BM", paragraph)
    body = paragraph[marked.end() :] if marked else paragraph
    first = (_RANKS[marked[0]] if marked else 5 if re.match(r"[\d¶]|[IVXLC]+\b", body) or not body else 7, 0, 0, "")
    return (first, *(_token_key(t) for t in re.findall(r"\d+|[^\W\d_]+", body)))


def _token_key(token: str) -> tuple[int, int, int, str]:
    if token.isdigit():
        return (0, int(token), 0, "")
    if token in INSERTIONS:  # "2 bis", "2 ter" stand behind the points of 2
        return (9, INSERTIONS.index(token), 0, "")
    letters = token.lower()
    value = _roman(letters)
    lead = letters[0] if len(letters) == 1 or not value else "i" if value < 5 else "v" if value < 10 else "x"
    width = 0 if len(letters) == 1 or value else len(letters) - 1
    return (1 + width, ord(lead), value, token)


def _roman(letters: str) -> int:
    """The value of a roman number in lower case, 0 if it is none."""
    if not re.fullmatch(r"m*(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", letters):
        return 0
    values = [_ROMAN[letter] for letter in letters]
    return sum(-v if n + 1 < len(values) and v < values[n + 1] else v for n, v in enumerate(values))


def _shortened(text: str) -> str:
    """At most 60 characters of a heading, cut between words."""
    if len(text) <= _HEADING_LENGTH:
        return text
    return text[: _HEADING_LENGTH + 1].rpartition(" ")[0].rstrip(" ,;:") + "..."
