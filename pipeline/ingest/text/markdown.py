"""Markdown leftovers in plain text: emphasis, headings, rules and comments, taken off so that words stand bare."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.ingest.piece import Piece, Spans

_OPEN, _CLOSE = "\x02", "\x03"
"""Where bold type begins and ends, while the other marks are taken off; no decoded text holds these characters."""
_RULE = re.compile(r"(?:\\?[-‐–—―_=*~#.· ]){3,}|<!--.*?-->|\\?#+")
_TAG = re.compile(r"</?(?:sup|sub|b|i|u|em|strong|small|span|p|br|font|ul|ol|li|div)(?:\s[^<>]{0,200})?/?>", re.I)
_BOLD_TAG = re.compile(r"<(/?)(?:b|strong)(?:\s[^<>]{0,200})?>", re.I)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")
_BOLD = re.compile(r"\*{2,3}")
_SINGLE = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]{1,2000})(?<=[^\s*\\])\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w\\])_{1,2}(?=[^\s_])([^_]{1,2000})(?<=[^\s_\\])_{1,2}(?!\w)")
_ATX = re.compile(r"(#{1,6})\s+(?=.*[^\W\d_])(.*?)\s*#*$")


def is_rule(text: str) -> bool:
    """True for a line that draws and says nothing: `-----`, `* * *`, `<!-- -->`, `\\###`.

    >>> is_rule("-----"), is_rule("<!-- -->"), is_rule("- a")
    (True, True, False)
    """
    return bool(_RULE.fullmatch(text))


def underline_level(text: str) -> int | None:
    """1 for `=====`, 2 for `-----` below a heading, None for anything else."""
    if len(text) < 3 or set(text) not in ({"="}, {"-"}):
        return None
    return 1 if text[0] == "=" else 2


def heading_of(text: str) -> tuple[int | None, str]:
    """The level of a `## heading` and its words; None and the text itself for other lines.

    >>> heading_of("## Principles"), heading_of("#1 priority")
    ((2, 'Principles'), (None, '#1 priority'))
    """
    found = _ATX.fullmatch(text) if text.startswith("#") and len(text) <= 500 else None
    return (len(found[1]), found[2]) if found else (None, text)


class Plain(NamedTuple):
    """A line without its marks: its words, whether all of it is bold, italic, and what of it is bold."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    bold_spans: Spans = ()


def without_emphasis(lines: list[str]) -> list[Plain]:
    """The lines of one block without emphasis marks and inline tags, and what these said.

    `**` may open on one line and close on a later one; one that never closes stays, as it may be a footnote mark.

    >>> [tuple(line) for line in without_emphasis(["**Promoting", "Return** of all", "9<sup>e</sup> *sommet*"])]
    [('Promoting', True, False, ((0, 9),)), ('Return of all', False, False, ((0, 6),)), ('9e sommet', False, False, ())]
    """
    if not any(sign in line for line in lines for sign in "*_<\\"):
        return [Plain(line) for line in lines]
    left = sum(len(_BOLD.findall(line)) for line in lines)
    left -= left % 2
    out: list[Plain] = []
    bold = italic = False
    for line in lines:
        parts: list[str] = [_OPEN] if bold else []
        plain, slanted = 0, 0
        at = 0
        for found in [*_BOLD.finditer(line), None]:
            part = line[at : found.start()] if found else line[at:]
            parts.append(part)
            letters = sum(char.isalnum() for char in part)
            plain += 0 if bold else letters
            slanted += letters if italic else 0
            if found and left:
                left -= 1
                bold = not bold
                italic = bold and len(found[0]) == 3
                parts.append(_OPEN if bold else _CLOSE)
            elif found:
                parts.append(found[0])
            at = found.end() if found else at
        text = "".join(parts)
        has_letters = any(char.isalnum() for char in text)
        bare = text.replace(_OPEN, "").replace(_CLOSE, "")
        whole = _SINGLE.fullmatch(bare) or _UNDERLINED.fullmatch(bare)
        piece = _weighed(_without_signs(text))
        slant = has_letters and (bool(whole) or (slanted > 0 and not plain))
        out.append(Plain(piece.text(), has_letters and not plain, slant, piece.bold_spans()))
    return out


def _without_signs(text: str) -> str:
    """A line whose bold type is marked, without tags, underlines, single asterisks and escapes."""
    text = _BOLD_TAG.sub(lambda tag: _CLOSE if tag[1] else _OPEN, text)
    text = _TAG.sub(lambda tag: " " if "br" in tag[0].lower() else "", text)
    return _ESCAPE.sub(r"\1", _UNDERLINED.sub(_words, _SINGLE.sub(_words, text)))


def _weighed(text: str) -> Piece:
    """A line whose bold type is marked, as text with weights."""
    piece, bold = Piece(), False
    for part in re.split(f"([{_OPEN}{_CLOSE}])", text):
        if part in (_OPEN, _CLOSE):
            bold = part == _OPEN
        else:
            piece.add(part, bold)
    return piece


def _words(found: re.Match[str]) -> str:
    """What stands between two marks, if it has a letter; `*2207116*` and the like are no emphasis."""
    if not any(map(str.isalpha, found[1])):
        return found[0]
    return f"{_OPEN}{found[1]}{_CLOSE}" if found[0].startswith("__") else found[1]
