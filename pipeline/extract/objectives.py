"""What of the Compact each paragraph takes up, as rows of `objectives.csv`: said, by its place, or in its own words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractors.lexicon.compact import load_compact
from extractors.model import BODY_KINDS, Basis, ObjectiveRow, Paragraph
from extractors.objectives.elements import find_elements
from extractors.objectives.explicit import Explicit, explicits
from extractors.objectives.judge import Reason, load_judge
from extractors.objectives.topics import ABOUT, MIXED, THRESHOLD, Finding, share_of_field, topics_of
from extractors.text.normalization import Normalized, normalize_all, squash
from pipeline.ingest.language import detect_paragraphs

MOST_OWN_HEADINGS = 0.5
"""Share of a document's numbered objective headings that must be the Compact's for all of them to be taken as its own."""
_IMPLIED_KINDS = BODY_KINDS - {"title", "heading", "opening"}
_KINDS = ("objective", "principle", "theme", "element", "sdg_target", "compact", "paragraph")


class _Row(NamedTuple):
    kind: str
    number: int | str
    basis: Basis
    wording: str
    score: float
    reasons: str = ""


def find_objectives(
    paragraphs: Sequence[Paragraph],
    *,
    document: str,
    language: str = "",
    review: bool = False,
) -> tuple[ObjectiveRow, ...]:
    """Rows of `objectives.csv` in reading order, each with the words that show it.

    `basis` tells how it is known. `explicit`: the paragraph names it ("objectives 5 and 6 of the Global Compact", a
    title in quotation marks, "whole-of-government approach", "target 10.7",
    "Element (i)"). `structural`: it stands under the heading of
    an objective of the Compact itself (score 100), or is the Compact's paragraph of a guiding principle. `implied`: it
    speaks of it in its own words; then `score` (0-100) says how surely, and `reasons` why: the evidence for and against
    an objective in log odds (`extractors.objectives.judge`). Paragraphs under an objective's own heading get no implied rows: their
    objective is known. A heading that lists several objectives makes these likelier below it, no more.

    Implied objectives, principles and themes are told of each paragraph that takes them up; a theme goes by its own
    terms and by its objectives as they were judged. `review` gives all that was left out: rows below
    `extractors.objectives.topics.THRESHOLD`, and elements.

    `document` names the document in every row; `language` is a two-letter code, by default told by the text. Raises
    LexiconError when a lexicon file breaks the format.

    >>> text = "We support objective 5 of the Global Compact for Safe, Orderly and Regular Migration."
    >>> [(row.number, row.basis) for row in find_objectives([Paragraph(1, "1", "paragraph", text)], document="d")][:1]
    [(5, 'explicit')]
    """
    language = language or detect_paragraphs(paragraphs)
    searched = [p for p in paragraphs if p.kind in BODY_KINDS and p.text]
    flat = normalize_all([p.text for p in searched])
    normalized = {p.order: n for p, n in zip(searched, flat, strict=True)}
    structural = _structural(paragraphs, language)
    said = explicits(language).find(flat, [" / ".join(p.heading_path) for p in searched])
    found = {p.order: of for p, of in zip(searched, said, strict=True)}
    elements = {p.order: of for p, of in zip(searched, find_elements(flat), strict=True)}
    implied = _implied(searched, normalized, found, structural, language, review=review)
    rows: list[ObjectiveRow] = []
    for paragraph in paragraphs:
        of = list(structural.get(paragraph.order, ()))
        named = {(row.kind, row.number) for row in of}
        of += [row for row in _said(paragraph, found.get(paragraph.order, ())) if (row.kind, row.number) not in named]
        of += [
            _Row("element", one.letter, "explicit", " ".join(paragraph.text[one.start : one.end].split()), 100.0)
            for one in {one.letter: one for one in reversed(elements.get(paragraph.order, ()))}.values()
        ]
        named = {(row.kind, row.number) for row in of}
        of += [row for row in implied.get(paragraph.order, ()) if (row.kind, row.number) not in named]
        of.sort(key=lambda row: (_KINDS.index(row.kind), f"{row.number!s:>6}"))
        rows += [ObjectiveRow(document, paragraph.id, *row) for row in of]
    return tuple(rows)


def _said(paragraph: Paragraph, mentions: Sequence[Explicit]) -> Iterator[_Row]:
    """One row for each thing named; each wording of the Compact's name is a row of its own."""
    seen: set[tuple[str, int | str, str]] = set()
    for mention in sorted(mentions, key=lambda m: -m.score):
        wording = " ".join(paragraph.text[mention.start : mention.end].split())
        key = (mention.kind, mention.number, squash(wording) if mention.kind == "compact" else "")
        if key not in seen:
            seen.add(key)
            yield _Row(mention.kind, mention.number, "explicit", wording, mention.score)


def _structural(paragraphs: Sequence[Paragraph], language: str) -> dict[int, list[_Row]]:
    """Rows of the paragraphs that stand under the Compact's own headings, by the paragraphs' order."""
    finder = explicits(language)
    headings: dict[str, bool] = {}
    naming: dict[tuple[tuple[str, ...], int], str] = {}
    placed: list[tuple[Paragraph, int, str]] = []
    for p in paragraphs:
        if p.objective is None or p.kind in ("furniture", "note"):
            continue
        place = p.heading_path, p.objective
        if place not in naming:
            number = str(p.objective)
            naming[place] = next((h for h in reversed(p.heading_path) if number in re.findall(r"\d+", h)), "")
        heading = naming[place]
        if heading not in headings:
            headings[heading] = finder.title_of(heading) == p.objective
        placed.append((p, p.objective, heading))
    whole = bool(headings) and sum(headings.values()) >= MOST_OWN_HEADINGS * len(headings)
    out = {
        p.order: [_Row("objective", number, "structural", " ".join(heading.split()), 100.0)]
        for p, number, heading in placed
        if whole or headings[heading]
    }
    if whole and sum(headings.values()) > len(load_compact().objectives) // 2:
        principles = {principle.paragraph: principle for principle in load_compact().principles}
        for p in paragraphs:
            if (principle := principles.get(p.paragraph)) and (title := squash(principle.titles.get(language, ""))):
                text = re.sub(r"^\(\w\)\s*", "", p.text)
                if squash(text).startswith(title):
                    row = _Row("principle", principle.number, "structural", text[: len(title)], 100.0)
                    out.setdefault(p.order, []).append(row)
    return out


def _implied(
    searched: Sequence[Paragraph],
    normalized: Mapping[int, Normalized],
    found: Mapping[int, Sequence[Explicit]],
    structural: Mapping[int, Sequence[_Row]],
    language: str,
    *,
    review: bool,
) -> dict[int, list[_Row]]:
    """The implied rows by the paragraphs' order. Under an objective's own heading none is judged, since it is known; what
    else the paragraph takes up goes by the terms."""
    finder, judged = topics_of(language), load_judge(language)
    todo = [p for p in searched if p.kind in _IMPLIED_KINDS]
    readings = {p.order: finder.read(normalized[p.order].text) for p in todo}
    titles = [finder.read(normalized[p.order].text) for p in searched if p.kind == "title"]
    share = share_of_field(list(readings.values()))
    about = share >= ABOUT or (share >= MIXED and any(r.has_field for r in titles))
    listing = _listing(searched, found)
    least = 0.0 if review else THRESHOLD
    out: dict[int, list[_Row]] = {}
    for p in todo:
        n, reading = normalized[p.order], readings[p.order]
        if not about and not (share >= MIXED and reading.has_field):
            continue
        evidence = finder.weigh(reading, about=about, masked=masked_places(n, found.get(p.order, ())))
        known = {row.number for row in structural.get(p.order, ()) if row.kind == "objective"}
        if known:
            evidence = {key: of for key, of in evidence.items() if key[0] != "objective" or key[1] in known}
            findings, told = finder.findings(reading, evidence), dict[tuple[str, int | str], str]()
        else:
            listed = next((listing[h] for h in reversed(p.heading_path) if h in listing), ())
            is_preambular = p.kind == "preambular"
            objectives = judged.judge(reading, evidence, preambular=is_preambular, listed=listed, least=least)
            findings = finder.findings(reading, evidence, [Finding("objective", *one[:4]) for one in objectives])
            told = {("objective", one.number): _told(one.reasons) for one in objectives}
        rows = [
            _Row(f.kind, f.number, "implied", _printed(p, n, f.start, f.end), f.score, told.get((f.kind, f.number), ""))
            for f in findings
            if f.score >= least and (review or f.kind != "element")
        ]
        out[p.order] = rows
    return out


def _listing(searched: Sequence[Paragraph], found: Mapping[int, Sequence[Explicit]]) -> dict[str, frozenset[int]]:
    """The objectives that each heading names, for headings that name any."""
    named = {
        p.text: frozenset(int(m.number) for m in found[p.order] if m.kind == "objective")
        for p in searched
        if p.kind == "heading"
    }
    return {text: numbers for text, numbers in named.items() if numbers}


def _told(reasons: Sequence[Reason]) -> str:
    """Reasons as they are printed: "terms +3.1; place of the terms -0.4"."""
    return "; ".join(f"{reason.name} {reason.log_odds:+.1f}" for reason in reasons)


def masked_places(n: Normalized, mentions: Sequence[Explicit]) -> list[tuple[int, int]]:
    """The places in a normalized text that say nothing by themselves: names of the Compact and what is named as such."""
    named = [m for m in mentions if m.kind in ("objective", "theme", "compact")]
    return [(_inside(n, m.start), _inside(n, m.end)) for m in named]


def _printed(p: Paragraph, n: Normalized, start: int, end: int) -> str:
    low, high = n.source(start, end)
    return " ".join(p.text[low:high].split())


def _inside(n: Normalized, place: int) -> int:
    """The place in the normalized text of one in the printed text."""
    if n.offsets is None:
        return place
    return min(bisect_left(n.offsets, place), len(n.text))
