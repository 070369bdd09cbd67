"""Bytes to text: byte order mark, UTF-16 by its zero bytes, UTF-8, declared name, western code pages, a detector."""

from __future__ import annotations

import codecs
import html
import re
from collections import Counter
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
_PAGES = ("cp1252", "mac_roman", "cp850")
"""Western code pages, the likeliest first: Windows and the web, old Macintoshes, DOS."""
_ARABIC = "cp1256"
_LEADS = ((0xC2, 0xE0, 1), (0xE0, 0xF0, 2), (0xF0, 0xF5, 3))
"""First bytes of a character in UTF-8 (from, to), and how many bytes follow them."""
_SMALL = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿß’")
"""What stands inside or at the end of words in western languages."""
_SENSIBLE = re.compile(r"[\x80-\u017f\u0600-\u06ff\u200b-\u203a\u20ac\u2122\u02c6\u02dc\ufb50-\ufefc]")
"""What the texts of the field hold beside ASCII: what a repair must give, and signs that may be repaired once more."""
_SIGNS = frozenset(b"\x85\x91\x92\x93\x94\x95\x96\x97")
"""Quotation marks and dashes of cp1252, which stand between letters too and so tell nothing."""
_INSIDE = re.compile(rb"(?<=[A-Za-z])([\x80-\xff])(?=[A-Za-z ,.;])")


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

    Order: byte order mark; UTF-16 by the place of its zero bytes; UTF-8 if the bytes are that, whatever is declared
    (templates declare Latin-1 for every page, and no Latin-1 text is valid UTF-8 by chance); the `declared` name if it
    decodes; the western code page in which high bytes between letters are letters; Arabic; the detector; at last cp1252
    with the undefined bytes removed. UTF-8 that was read in another code page and written again is repaired, and told.

    >>> decode("Déclaration".encode("cp1252")).text, decode("DÃ©claration Ã©crite Ã  Dakar".encode()).text
    ('Déclaration', 'Déclaration écrite à Dakar')
    """
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _cleaned(data[len(bom) :], codec)
    if codec := _utf16(data):
        return _cleaned(data, codec)
    known = _known(declared)
    if _decodes(data, "utf-8") and not (known and data.isascii()):
        return _cleaned(data, "utf-8")
    if known and known != "cp1252" and _decodes(data, known):
        return _cleaned(data, known)
    western = _western(data)
    if not western and _is_arabic(data):
        return _cleaned(data, _ARABIC)
    if _damaged_utf8(data):
        return _cleaned(data, "utf-8")
    if western and (page := _western_page(data)):
        return _cleaned(data, page)
    return _cleaned(data, known or _detected(data) or "cp1252")


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
    text, repaired = _written_once(data.decode(codec, "replace"))
    text = _NEWLINES.sub("\n", text.translate(_C1).replace("\ufeff", ""))
    bad = text.count("\ufffd")
    text, controls = _CONTROLS.subn(" ", text.replace("\ufffd", " ") if bad else text)
    warnings = tuple(
        f"{count} {what}"
        for count, what in (
            (controls, "control characters removed"),
            (bad, "characters that cannot be decoded removed"),
            (repaired, "characters repaired that were written in UTF-8 twice"),
        )
        if count
    )
    return Decoded(text, codec, (bad + controls) / max(len(text), 1), warnings)


def _twice_of(page: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """What UTF-8 of two to four bytes looks like when it is read in a code page, and the byte of each sign of it."""
    byte_of = {chr(byte): byte for byte in range(0x80, 0x100)} if page == "cp1252" else {}
    byte_of |= {sign: byte for byte in range(0x80, 0x100) if (sign := bytes([byte]).decode(page, "ignore"))}

    def signs(low: int, high: int) -> str:
        return "".join(re.escape(sign) for sign, byte in byte_of.items() if low <= byte < high)

    follow = signs(0x80, 0xC0)
    parts = [f"[{signs(low, high)}][{follow}]{{{more}}}" for low, high, more in _LEADS]
    if page == "cp1252":
        parts.append("Ã ")  # "à", whose no-break space became a plain one
    return re.compile("|".join(parts)), byte_of


def _written_once(text: str) -> tuple[str, int]:
    """Repairs UTF-8 that was read in another code page and written in UTF-8 again, also twice over.

    Only where the signs that begin such a character stand nearly always before one: "Ã" alone is Portuguese.
    """

    def read(signs: str, byte_of: dict[str, int]) -> str:
        return bytes(0xA0 if sign == " " else byte_of[sign] for sign in signs).decode("utf-8", "ignore")

    count = 0
    for page in ("cp1252", "mac_roman"):
        pattern, byte_of = _TWICE[page]
        for _ in range(3):
            found = pattern.findall(text)
            if len(found) < 3:
                break
            sensible = Counter(sign for one in found if (sign := read(one, byte_of)) and _SENSIBLE.match(sign))
            leads = sum(text.count(sign) for sign, byte in byte_of.items() if 0xC2 <= byte < 0xF5)
            # a few signs are told by the plain words that they stand in
            plain = sum(char.isascii() and char.isalpha() for char in text)
            many = len(found) > 8 or (len(sensible) > 1 and plain > len(found))
            if not many or len(found) < 0.8 * leads or sensible.total() < 0.9 * len(found):
                break
            text = pattern.sub(lambda one, byte_of=byte_of: read(one[0], byte_of) or one[0], text)  # type: ignore[misc]
            count += len(found)
    return text, count


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


def _western_page(data: bytes) -> str:
    """The code page of a western text: the first in which most high bytes after letters are small letters too."""
    inside = Counter(found[0] for found in _INSIDE.findall(data[:_SAMPLE]) if found[0] not in _SIGNS)

    def score(page: str) -> int:
        return sum(n if bytes([byte]).decode(page, "replace") in _SMALL else -n for byte, n in inside.items())

    pages = [page for page in _PAGES if _decodes(data, page)]
    return max(pages, key=score, default="")


def _is_arabic(data: bytes) -> bool:
    """Whether the high bytes are Arabic in cp1256, that is, letters of the language in words, and no others."""
    letters = [char for char in data[:_SAMPLE].decode(_ARABIC, "replace") if char > "\x7f" and char.isalpha()]
    common = sum("ء" <= char <= "ي" for char in letters)
    frequent = sum(char in "اليومنرتبة" for char in letters)
    return common >= 0.95 * len(letters) > 0 and frequent >= 0.5 * len(letters)


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: _SAMPLE // 4]).best()
    return best.encoding if best else ""


_TWICE = {page: _twice_of(page) for page in ("cp1252", "mac_roman")}
