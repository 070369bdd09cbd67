"""Printed marks that count paragraphs: "12.", "(b)", "2 bis.", "1.-", "PRIMERO.-", "(أ)", "PP2 alt", "§ 3."

One grammar for readers, who ask whether a line begins an item, and for the segmenter, who asks which id it makes. Digits
of any script are the same numbers; letters are those printed. The words that count or point are the `numbering` of the
language files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.lexicon.language import alternatives, any_word, languages, words
from extractors.text.normalization import without_accents
from pipeline.ingest.numerals import ABJAD, ALPHABET, arabic_values, letter_value, roman_value

INSERTIONS = words(lambda language: language.numbering.insertions)
"""What is printed behind the number of a paragraph put in later ("2 bis"), or of another wording of it ("OP2 alt")."""


def _plain(word: str) -> str:
    """A word in lower case without accents and vowel signs, as ordinals are looked up."""
    return without_accents(word.casefold())


def _ordinals() -> Iterator[tuple[str, int]]:
    for language in languages().values():
        tenth_and = _plain(language.numbering.tenth_and)
        for value, forms in enumerate(language.numbering.ordinals, 1):
            yield from ((_plain(form), value) for form in forms)
            if tenth_and and value < 10:
                yield from ((f"{tenth_and} {_plain(form)}", 10 + value) for form in forms)


_ORDINAL = dict(_ordinals())
_ARTICLE_WORD = any_word(lambda language: language.numbering.articles)
_PARAGRAPH_WORD = any_word(lambda language: (*language.numbering.paragraphs, *language.numbering.measures))
_UNIT_WORD = any_word(lambda language: language.numbering.units)
_COUNTED = any_word(lambda language: (*language.numbering.units, *sum(language.numbering.months, ())))
_INSERTION = alternatives(INSERTIONS)
_LATER = rf"(?:\s?\.?(?P<later>(?:{_INSERTION})(?![^\W\d_])(?:\.?\s?\d(?!\d))?(?:\s(?:{_INSERTION})(?![^\W\d_]))?))"
_ARABIC = "\u0621-\u064a"
_DASH = "[-\u2010-\u2015\u2212]"
_THEN = rf"(?:\s?{_DASH})?(?=\s|$|[^\W\d_])"
_NUMBER = r"(?P<core>\d{1,3})"
_LETTERS = (
    rf"(?P<core>[{_ARABIC}]\u0640?(?:\s?[{_ARABIC}]\u0640?)?|[A-Za-z]['’′]|(?P<twin>[A-Za-z])(?P=twin)|[A-Za-zñ]"
    r"|[ivxlc]{2,7}|[IVXLC]{2,7})"
)
_END = r"(?=\s|$|[A-ZÀ-Ý][a-zà-ÿ]{2})"
_SMALL_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_NEAR = 30
"""Paragraphs in which the items of one list are looked for."""
_SENTENCE_END = frozenset(".;:!?…؟؛،,")
_CLOSERS = "”’»\"')]* "
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(rf"[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*(?:{pattern})[ \t\u00a0]*"))
    for style, pattern in (
        # PP1.  OP2 alt  (PP 1 bis):
        (
            "label",
            rf"(?P<open>\()?(?P<core>(?:PP|OP|PO)\s?\d{{1,3}}(?:\([a-z]{{1,4}}\)){{0,2}}){_LATER}?(?(open)\))(?:\s?[.:])?{_THEN}",
        ),
        # (1)  (a)  (iv)  (a bis)  (أ)
        ("paren", rf"\(\s?(?:{_NUMBER}|{_LETTERS.replace('core', 'letters')}|[A-Za-z]{{2}}){_LATER}?\s?\)"),
        # )أ( as some readers of Arabic pages give it
        ("paren", rf"\)(?P<core>\d{{1,3}}|[{_ARABIC}]\u0640?)\((?=\s)"),
        # I.1  3.1.2  8.a
        (
            "multi",
            r"(?P<core>(?:[IVXLC]{1,6}|[A-Z]|\d{1,3})(?:\.\d{1,3}){1,3}|\d{1,3}\.[a-z])\.?(?=\s|$)"
            rf"(?!\s*(?:%|°|(?i:{_UNIT_WORD})))",
        ),
        # § 1.  ¶ 2
        ("sign", rf"[§¶]\s?{_NUMBER}{_LATER}?[.:)]?{_THEN}"),
        # Para. 1:  Recommendation 1:
        ("spoken", rf"(?i:{_PARAGRAPH_WORD})\s?{_NUMBER}{_LATER}?\s?(?:[.:](?:\s?{_DASH})?|{_DASH})(?=\s|$)"),
        # [1]
        ("bracket", rf"\[{_NUMBER}{_LATER}?\](?=\s|$|[^\W\d_])"),
        # 1°  1.º  1°)
        ("degree", rf"{_NUMBER}\s?\.?[°º]\s?[.):]?(?:\s?{_DASH})?(?=\s|$)"),
        # 1.  1.-  2 bis.  1.The
        ("dot", rf"{_NUMBER}{_LATER}?\.{_THEN}"),
        # 1)  2 bis)  1.)
        ("half", rf"{_NUMBER}{_LATER}?\.?\){_THEN}"),
        # 1-  1 - Text
        ("dash", rf"{_NUMBER}{_LATER}?\s?{_DASH}(?=\s+[^\W\d_]|[{_ARABIC}]|$)"),
        # .1  -1 before Arabic words, as some readers of its pages give it
        ("dot", rf"\.\s?{_NUMBER}(?=\s+[{_ARABIC}])"),
        ("dash", rf"{_DASH}{_NUMBER}(?=\s+[{_ARABIC}])"),
        # 2 bis Text
        ("dot", rf"{_NUMBER}{_LATER}(?=\s+\S|$)"),
        # a)  ii)  aa)  a bis)  أ)
        ("half", rf"{_LETTERS}{_LATER}?\)(?:\s?{_DASH})?{_END}"),
        # a.  iv.  II.  a.-  أ.
        ("dot", rf"{_LETTERS}{_LATER}?\.(?:\s?{_DASH}(?=\s))?{_END}"),
        # a –  أ-  أ -
        ("dash", rf"(?P<core>[a-z](?=\s)|[{_ARABIC}]\u0640?){_LATER}?\s?{_DASH}(?=\s)"),
        # PRIMERO.-  Primero:  أولا -
        (
            "word",
            rf"(?P<core>[^\W\d_]{{4,16}}\u064b?(?:\s[^\W\d_]{{4,12}})?)\s?(?:[.:](?:\s?{_DASH})?|{_DASH})(?=\s|$)",
        ),
    )
)
_BARE = re.compile(rf"(?P<core>\d{{1,3}})(?=\s+[\"“«„(]?[^\W\d_])(?!\s+(?i:{_COUNTED})\b)[ \t\u00a0]*")
_ARTICLE = re.compile(
    rf"(?i:{_ARTICLE_WORD})\s?(?P<core>\d{{1,3}}|[IVXLC]{{1,7}}|[^\W\d_]{{4,12}}){_LATER}?"
    rf"(?:\.?[°º])?(?P<end>\s?[.:](?:\s?{_DASH})?|\s{_DASH}|{_DASH}(?=\s)|\Z)\s*"
)
WEAK = frozenset(("bare", "bracket", "degree", "sign", "spoken", "word"))
"""Styles that stand for other things too (quantities, notes, adverbs): they count only in an unbroken run from 1."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed mark.

    core     "b", "iii", "12", "I.1", "أ", "PP2": digits as 0-9, ordinal words as their number, letters as printed
    style    how it is set: `paren` "(b)", `dot` "1.", `half` "b)", `multi` "I.1", `dash` "1-", `label` "PP2", or one of `WEAK`
    length   characters of the block's text that it takes (0 when the format made it itself)
    later    "bis" of "2 bis", "" for most
    """

    core: str
    style: str
    length: int
    later: str = ""

    @property
    def name(self) -> str:
        """How ids show it: "2 bis", whether the space is printed or not."""
        return f"{self.core} {self.later}" if self.later else self.core

    @property
    def is_number(self) -> bool:
        """Whether it counts a paragraph ("12.", "1-", "PRIMERO.-"), not a point of one ("(1)", "a)")."""
        return self.core.isdigit() and self.style not in ("paren", "half")

    def readings(self) -> tuple[tuple[str, int], ...]:
        """What the mark can mean, as (kind of list, value); kinds are number, lower, upper, roman, Roman, abjad, alphabet."""
        core = self.core
        if core.isdigit():
            return (("number", int(core)),)
        if core in ("ñ", "Ñ"):
            return (("lower" if core == "ñ" else "upper", letter_value("n") or 0),)
        out: list[tuple[str, int]] = list(arabic_values(core))
        upper = core.isupper()
        value = letter_value(core)
        if value is not None:
            out.append(("upper" if upper else "lower", value))
        value = roman_value(core)
        if value is not None and (core.isupper() or core.islower()):
            out.append(("Roman" if upper else "roman", value))
        return tuple(out)


def read_mark(text: str, explicit: str = "") -> Mark | None:
    """The printed mark at the start of `text`, or the one the format made itself (`explicit`), None when there is none.

    Marks of the `WEAK` styles are given too; whether they count is for the whole document to say.

    >>> read_mark("(b) To develop").core, read_mark("2bis. Urges").name, read_mark("١- يحث").core, read_mark("In 2006 we")
    ('b', '2 bis', '1', None)
    """
    if explicit.isdecimal():
        return Mark(_digits(explicit), "bare", 0)
    source = explicit or text
    for style, form in _FORMS:
        found = form.match(source)
        if found:
            mark = _mark_of(found, style, 0 if explicit else found.end())
            if mark:
                return mark
    return None


def bare_number(text: str) -> Mark | None:
    """The number without any sign that a text begins with ("1 Ministers thanked"), None where none may count a paragraph.

    >>> bare_number("1 Ministers thanked").core, bare_number("12 ships"), bare_number("5 May 2044 was")
    ('1', None, None)
    """
    found = _BARE.match(text)
    first = next((c for c in text[found.end() :] if c.isalpha()), "") if found else ""
    return Mark(_digits(found["core"]), "bare", found.end()) if found and not first.islower() else None


def unbroken(marks: Sequence[Mark | None], texts: Sequence[str] = ()) -> list[Mark | None]:
    """The marks with those of a weak style only where they count 1, 2, 3 ... (2 bis) without a gap, at least to 2.

    `texts` are the paragraphs that carry them: "[1]" that one of them calls in its midst is the mark of a note.

    >>> [mark and mark.name for mark in unbroken([read_mark(f"[{n}] Text") for n in (1, 2, 7)])]
    ['1', '2', None]
    """
    out = [None if mark and mark.style in WEAK else mark for mark in marks]
    styles = {mark.style for mark in marks if mark} & WEAK
    if "bracket" in styles and any("[1]" in text[1:] for text in texts):
        styles -= {"bracket"}
    for style in styles:
        runs: list[list[tuple[int, Mark]]] = []
        for place, mark in enumerate(marks):
            if mark is None or mark.style != style or not mark.core.isdigit():
                continue
            value, last = int(mark.core), int(runs[-1][-1][1].core) if runs else 0
            if runs and (value == last + 1 or (mark.later and value == last)):
                runs[-1].append((place, mark))
            elif value == 1:
                runs.append([(place, mark)])
        for place, mark in (item for run in runs if len(run) > 1 for item in run):
            out[place] = mark
    return out


def marks_that_count(marks: Sequence[Mark | None], texts: Sequence[str]) -> list[Mark | None]:
    """Of the marks that the paragraphs of a text begin with, those that count them."""
    return without_inline(unbroken(marks, texts), texts)


def without_inline(marks: Sequence[Mark | None], texts: Sequence[str]) -> list[Mark | None]:
    """The marks of `texts` without those of a list inside a sentence, though a line may begin with one of them.

    An item opens as the first of its series or after its predecessor: "(3)" after a text with "(2)" in its midst, and
    "(1)" before "(2)" in the same text, open nothing.

    >>> texts = ["(1) walks; (2) rests; and", "(3) food."]
    >>> without_inline([read_mark(text) for text in texts], texts)
    [None, None]
    """
    out = list(marks)
    for place, mark in enumerate(marks):
        if mark is None or mark.style not in ("paren", "half") or mark.later:
            continue
        shown = texts[place][: mark.length].strip()
        for kind, value in mark.readings():
            near = range(place, place + 1) if value == 1 else range(max(0, place - 2), place)
            other = neighbour(kind, value)
            printed = f" {shown.replace(mark.core, other)} " if other and shown else ""
            others = {m.core for m in marks[max(0, place - _NEAR) : place + _NEAR] if m and m.style == mark.style}
            if printed and other not in others and any(printed in texts[at][1:] for at in near):
                out[place] = None
    return out


def neighbour(kind: str, value: int) -> str:
    """How the second item of a series is marked, and for the others the item before."""
    wanted = 2 if value == 1 else value - 1
    if kind == "number":
        return str(wanted)
    if kind in ("lower", "upper"):
        letter = chr(96 + wanted) if wanted <= 26 else ""
        return letter.upper() if kind == "upper" else letter
    if kind in ("roman", "Roman"):
        numeral = next((r for r in _SMALL_ROMANS if roman_value(r) == wanted), "")
        return numeral.upper() if kind == "Roman" else numeral
    order = ABJAD if kind == "abjad" else ALPHABET
    return order[wanted - 1] if wanted <= len(order) else ""


def numbers_alone(texts: Sequence[str]) -> frozenset[int]:
    """The places of numbers that stand alone before the paragraph that they count: 1, 2, 3 ..., none of them the last.

    Numbers of pages interrupt sentences, stand behind the last one, or begin elsewhere than at 1.

    >>> sorted(numbers_alone(["Statement", "1", "They met.", "2", "They left."])), numbers_alone(["They met.", "1", "They left.", "2"])
    ([1, 3], frozenset())
    """
    run: list[int] = []
    followed: set[str] = set()
    for place, text in enumerate(texts):
        if not text.isdecimal() or len(text) > 3:
            continue
        if int(text) != len(run) + 1:
            return frozenset()
        follows = texts[place + 1] if place + 1 < len(texts) else ""
        first = next((c for c in follows if c.isalnum()), "")
        if follows in followed:
            return frozenset()  # a running head
        followed.add(follows)
        is_cut = bool(run) and texts[place - 1].rstrip(_CLOSERS)[-1:] not in _SENTENCE_END
        if (
            not first.isalpha()
            or first.islower()
            or is_cut
            or (not place and follows.rstrip(_CLOSERS)[-1:] not in _SENTENCE_END)
        ):
            return frozenset()
        run.append(place)
    return frozenset(run if len(run) > 1 else ())


def article_mark(text: str) -> Mark | None:
    """The number of an article that a text begins with: "Article 2", "Artículo primero.- Las Partes", "المادة 3".

    >>> article_mark("Article 2").core, article_mark("Artículo primero.- Las Partes").core, article_mark("Article 2 of it")
    ('2', '1', None)
    """
    found = _ARTICLE.match(text)
    return _mark_of(found, "article", found.end()) if found else None


def _mark_of(found: re.Match[str], style: str, length: int) -> Mark | None:
    groups = found.groupdict()
    core = groups.get("core") or groups.get("letters") or ""
    if style in ("word", "article") and core[:1].isalpha() and not (core.isupper() and roman_value(core)):
        value = _ORDINAL.get(" ".join(_plain(core).split()))
        if value is None:
            return None
        core = str(value)
    elif style == "label":
        core = "".join(core.split())
    elif not core:
        return None
    return Mark(_digits(core), style, length, " ".join((groups.get("later") or "").split()))


def _digits(core: str) -> str:
    """A number of any script in the digits 0-9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in core)
