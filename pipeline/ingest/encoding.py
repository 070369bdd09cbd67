"""Bytes to text: byte order mark, declared name, UTF-16 by its zero bytes, strict UTF-8, cp1252, then a detector."""

from __future__ import annotations

import codecs
import html
import re
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 20
_NEWLINES = re.compile(r"\r\n?|[\x0b\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_ORDINARY = re.compile(r"[\t\n\r\f -~\xa0-\u024f\u0370-\u06ff\u2010-\u203a\u20ac]")
_C1 = {code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))}
"""What C1 control characters mean in practice: cp1252 quotation marks and dashes that went through Latin-1."""


_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.I)


class Decoded(NamedTuple):
    """Text with line ends as "\\n" and no control characters but tab and form feed.

    `damage` is the share (0 to 1) of characters that had to be removed, for the caller to refuse binary data.
    """

    text: str
    encoding: str
    damage: float
    warnings: tuple[str, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """Reads bytes as text without ever failing, since documents seldom say how they are written.

    Order: byte order mark; UTF-16 by the place of its zero bytes; the `declared` name if it decodes; UTF-8; cp1252 if
    the result looks western; the detector; at last cp1252 with the undefined bytes removed.

    >>> decode("Déclaration".encode("cp1252")).text
    'Déclaration'
    """
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _cleaned(data[len(bom) :], codec)
    if codec := _utf16(data):
        return _cleaned(data, codec)
    for codec in filter(None, (_known(declared), "utf-8")):
        if _decodes(data, codec):
            return _cleaned(data, codec)
    if _damaged_utf8(data):
        return _cleaned(data, "utf-8")
    if _decodes(data, "cp1252") and _western(data):
        return _cleaned(data, "cp1252")
    return _cleaned(data, _known(declared) or _detected(data) or "cp1252")


def without_entities(text: str) -> str:
    """The text with character entities read, also those written twice over, as feeds and content systems give them.

    >>> without_entities("workers&rsquo; organizations &amp;amp; R&D; AT&T")
    'workers’ organizations & R&D; AT&T'
    """
    for _ in range(2):
        if "&" in text:
            text = _ENTITY.sub(lambda found: _CONTROLS.sub(" ", html.unescape(found[0])), text)
    return text


def _cleaned(data: bytes, codec: str) -> Decoded:
    text = _NEWLINES.sub("\n", data.decode(codec, "replace").translate(_C1).replace("\ufeff", ""))
    bad = text.count("\ufffd")
    text, controls = _CONTROLS.subn(" ", text.replace("\ufffd", " ") if bad else text)
    warnings = tuple(
        f"{count} {what} removed"
        for count, what in ((controls, "control characters"), (bad, "characters that cannot be decoded"))
        if count
    )
    return Decoded(text, codec, (bad + controls) / max(len(text), 1), warnings)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except (UnicodeError, ValueError):
        return False
    return True


def _known(name: str) -> str:
    """The codec of a declared name, "" when Python has none; Latin-1 means cp1252 on the web and in practice."""
    try:
        found = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return ""
    if found.name in ("iso8859-1", "ascii"):
        return "cp1252"
    return found.name if isinstance(found.name, str) and getattr(found, "_is_text_encoding", True) else ""


def _utf16(data: bytes) -> str:
    """utf-16-le or -be where zero bytes stand in one half of the pairs and the reading looks like ordinary text."""
    head = data[: _SAMPLE & ~1]
    pairs = len(head) // 2
    even, odd = head[: 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    codec, zeros, others = ("utf-16-be", even, odd) if even > odd else ("utf-16-le", odd, even)
    if not pairs or zeros < max(1, 0.02 * pairs) or others > 0.1 * zeros:
        return ""
    text = head[: 2 * min(pairs, 20_000)].decode(codec, "replace")
    return codec if len(_ORDINARY.findall(text)) >= 0.9 * len(text) else ""


def _damaged_utf8(data: bytes) -> bool:
    """True for UTF-8 with some foreign bytes: its own multi-byte characters outnumber the places that do not decode."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    own = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    places = [found.start() for found in re.finditer("\ufffd", text)]
    islands = sum(1 for i, at in enumerate(places) if i == 0 or at - places[i - 1] > 40)
    return own >= islands if own else bool(_CONTROLS.search(text)) and islands <= 3


def _western(data: bytes) -> bool:
    """True where high bytes are a minority of the letters, as in western languages; not so in Cyrillic or Arabic."""
    high = len(re.findall(rb"[\x80-\xff]", data[:_SAMPLE]))
    low = len(re.findall(rb"[A-Za-z]", data[:_SAMPLE]))
    return high <= 0.35 * (high + low) or high <= 3


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: _SAMPLE // 4]).best()
    return best.encoding if best else ""
