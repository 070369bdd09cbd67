"""What a text of the analysis is about, by the lexicon; and which words a quotation without bold type is there for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.model import Paragraph
from extractors.text.normalization import squash
from pipeline.audit.check.comparison import tokens
from pipeline.audit.check.original import Original
from pipeline.audit.check.wording import KnownWording, is_alias
from pipeline.audit.claims import Claim
from pipeline.audit.read.claim_readings import Quotation, bold_words, split_quotation
from pipeline.extract.quote import occurrences

_ARTICLE = re.compile(r"(?:the|an?|el|la|los|las|le|les|l'|o|os|as|our|its)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A mention in a text of the analysis: its place there, its category and the body it stands for."""

    start: int
    end: int
    wording: str
    category: str
    canonical: str


class Subjects:
    """Looks texts of the analysis up in the lexicon: all at once, since each call of the matcher costs alike."""

    def __init__(self, texts: Sequence[str], language: str) -> None:
        from pipeline.extract.references import mentions

        self.language = language
        distinct = list(dict.fromkeys(text for text in texts if text.strip()))
        units = [Paragraph(n, f"¶{n}", "body", text) for n, text in enumerate(distinct)]
        self._held: dict[str, list[NamedBody]] = {text: [] for text in distinct}
        for unit, m in mentions(units, language):
            if m.method != "resolved":
                said = " ".join(unit.text[m.start : m.end].split())
                self._held[unit.text].append(NamedBody(m.start, m.end, said, m.category, m.canonical))

    def named(self, text: str) -> list[NamedBody]:
        """The mentions in one of the texts, in their order."""
        return sorted(self._held.get(text, ()), key=lambda n: (n.start, -n.end))

    def known(self, text: str, within: str = "") -> KnownWording:
        """A wording with its lexicon entries; where it has none by itself, those that cover it in the text around it."""
        found = self.named(text)
        if not found and within:
            places = occurrences(within, text)
            found = [n for n in self.named(within) if any(n.start <= a and b <= n.end for a, b in places)]
        return KnownWording(text, tuple(dict.fromkeys((n.category, n.canonical) for n in found)))


def quote_claims(quotations: Sequence[Quotation], subjects: Subjects, original: Original) -> dict[int, list[Claim]]:
    """The claims of quotations, by their place in the list: one for each bold wording.

    Without bold words a quotation is there for what its list is about: the words that are bold in its neighbours, else
    mentions in it of its heading's categories, else the heading's own words, else nothing (then only the quotation itself
    is checked).
    """
    marked: dict[tuple[str, ...], list[str]] = {}
    for one in quotations:
        marked.setdefault(one.headings, []).extend(wording for wording, _ in bold_words(one.quote))
    out: dict[int, list[Claim]] = {}
    for n, one in enumerate(quotations):
        bold = bold_words(one.quote)
        if bold:
            out[n] = split_quotation(one, bold, False)
        elif one.wording:
            out[n] = split_quotation(one, [(one.wording, None)], False)
        else:
            out[n] = split_quotation(one, _inferred(one, marked[one.headings], subjects, original), True)
    return out


def _inferred(
    one: Quotation, neighbours: Sequence[str], subjects: Subjects, original: Original
) -> list[tuple[str, tuple[int, int] | None]]:
    text = one.quote.text
    for wording in dict.fromkeys(sorted(neighbours, key=len, reverse=True)):
        place = re.search(rf"(?<!\w){re.escape(wording)}(?!\w)", text, re.IGNORECASE)
        if place:
            return [(place[0], place.span())]
    heading = one.headings[-1] if one.headings else ""
    entries = subjects.known(heading).entries
    categories = {category for category, _ in entries}
    if not categories:
        categories = {m.category for m in original.mentions if is_alias(heading, m)} if heading else set()
    found = [named for named in subjects.named(text) if named.category in categories]
    if entries and any(canonical for _, canonical in entries):
        exact = [named for named in found if (named.category, named.canonical) in entries]
        found = exact or found
    distinct: dict[str, tuple[str, tuple[int, int] | None]] = {}
    for named in found:
        start = named.start + len((_ARTICLE.match(text[named.start : named.end]) or [""])[0])
        wording = " ".join(text[start : named.end].split())
        distinct.setdefault(squash(wording), (wording, (start, named.end)))
    if distinct:
        return list(distinct.values())
    short = next(iter(_short_form(original, text, categories)), "")
    place = re.search(rf"(?<!\w){re.escape(short or heading)}(?!\w)", text, re.IGNORECASE) if short or heading else None
    return [(place[0], place.span())] if place else []


def _short_form(original: Original, text: str, categories: set[str]) -> list[str]:
    """Short forms ("the network") that stand for the categories where the analysed text has a quotation word by word."""
    out = []
    for run in original.quoted(tokens(text))[:1]:
        for unit in range(original.unit_of(run[0].first), original.unit_of(run[-1].last) + 1):
            held = [m for m in original.by_unit.get(unit, ()) if m.category in categories]
            out += [_ARTICLE.sub("", m.wording, count=1) for m in held]
    return [wording for wording in out if wording.lower() in text.lower()]
