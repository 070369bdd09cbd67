"""What analyses print in their lists beside what the texts were found to say, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from extractors.lexicon.compact import load_compact
from pipeline.extract.quote import Run, Runs
from pipeline.tables.mechanisms.areas import FocusRow
from pipeline.tables.mechanisms.objectives import AddressRow
from pipeline.tables.mechanisms.positions import PositionRow
from pipeline.tables.printed.lists import ListId, PrintedFact, printed_words
from pipeline.tables.registry import TYPES
from pipeline.tables.sentences import Evidence
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext

AGREES, PRINTED, FOUND, DIFFERS = "agrees", "only printed", "only found", "differs"
LEXICON = "lexicon"
PRINTED_ONLY = "printed"
"""Basis of an area of focus that no text names."""
_QUOTE = 240


@dataclass(frozen=True, slots=True)
class PrintedAndFoundRow:
    """A fact of a printed list beside what was found; `found_document` is "lexicon" where that is a fact of the lexicon."""

    IDENTITY: ClassVar[str] = "list item name document verdict"

    list: str
    item: str
    name: str
    verdict: str
    printed: str
    found: str
    document: str
    citation: str
    quote: Runs
    page: int | None
    paragraph: str
    url: str
    found_document: str
    found_citation: str
    found_paragraph: str
    found_quote: Runs
    found_url: str


@dataclass(frozen=True, slots=True)
class FoundFact:
    """The same fact as the texts or the lexicon have it, and where."""

    value: str
    document: str
    paragraph: str = ""
    quote: Runs = ()


def printed_and_found_table(
    evidence: Evidence, facts: Sequence[PrintedFact], tables: Mapping[str, Table]
) -> Table | None:
    """Hold every printed fact against the tables of this run; None where no document of the corpus prints any.

    `tables` are those of the mechanisms by name. What is found of a list's kind but not printed in it has a row of its own.
    """
    if not facts:
        return None
    known = {one.id: dict(_FOUND[one.id](evidence, tables)) for one in printed_words().lists}
    labels = {one.id: one.label for one in printed_words().lists}
    rows, seen = [], set()
    for fact in facts:
        key = (fact.item, fact.value if fact.list == "areas" else "")
        seen.add((fact.list, key))
        rows.append(_row(evidence, labels[fact.list], fact, known[fact.list].get(key)))
    for kind in dict.fromkeys(fact.list for fact in facts):
        for key, found in known[kind].items():
            if (kind, key) not in seen:
                rows.append(_only_found(evidence, labels[kind], kind, key, found))
    return listing(
        "printed_and_found",
        gettext("Printed and found"),
        gettext(
            "What published analyses print in their lists, beside what this run found in the texts: “only "
            "printed” means that no text of the corpus was found to say it, “only found” that the list does not "
            "print it."
        ),
        PrintedAndFoundRow,
        rows,
        source=printed_words().source,
        group="list",
        brief="list item name verdict printed found document citation found_document found_citation",
    )


def _row(evidence: Evidence, label: str, fact: PrintedFact, found: FoundFact | None) -> PrintedAndFoundRow:
    source, paragraph = evidence.source, fact.paragraph
    printed = fact.value if fact.list in ("elements", "mechanisms") else "yes"
    same = found is not None and (fact.list not in ("elements", "mechanisms") or _is_same(printed, found.value))
    return PrintedAndFoundRow(
        list=label,
        item=_shown(fact.list, fact.item),
        name=fact.value if fact.list == "areas" else _title(fact.list, fact.item),
        verdict=AGREES if same else DIFFERS if found and found.value else PRINTED,
        printed=printed,
        found=found.value if found else "",
        document=paragraph.document,
        citation=source.cited(paragraph.paragraph),
        quote=source.cut(paragraph.text, list(fact.spans), _QUOTE),
        page=paragraph.page,
        paragraph=paragraph.paragraph,
        url=source.link(paragraph.document, paragraph.paragraph),
        found_document=found.document if found else "",
        found_citation=source.cited(found.paragraph) if found and found.paragraph else "",
        found_paragraph=found.paragraph if found else "",
        found_quote=found.quote if found else (),
        found_url=source.link(found.document, found.paragraph) if found else "",
    )


def _only_found(
    evidence: Evidence, label: str, kind: ListId, key: tuple[str, str], found: FoundFact
) -> PrintedAndFoundRow:
    item, value = key
    return PrintedAndFoundRow(
        list=label,
        item=_shown(kind, item),
        name=value or _title(kind, item),
        verdict=FOUND,
        printed="",
        found=found.value,
        document="",
        citation="",
        quote=(),
        page=None,
        paragraph="",
        url="",
        found_document=found.document,
        found_citation=evidence.source.cited(found.paragraph) if found.paragraph else "",
        found_paragraph=found.paragraph,
        found_quote=found.quote,
        found_url=evidence.source.link(found.document, found.paragraph),
    )


def _is_same(printed: str, found: str) -> bool:
    """Whether a printed type and region, or theme, is the one of the lexicon, whatever the dashes and capitals."""
    words = [set(text.casefold().replace("–", "-").replace("-", " ").split()) for text in (printed, found)]
    return words[0] == words[1]


def _shown(kind: ListId, item: str) -> str:
    return f"Element ({item})" if kind == "elements" else item[:1].upper() + item[1:]


def _title(kind: ListId, item: str) -> str:
    """What the number or letter of an item stands for."""
    known = load_compact()
    if kind == "elements":
        return next((one.label for one in known.elements if one.letter == item), "")
    if kind != "topics":
        return ""
    group, _, number = item.partition(" ")
    titles = {("theme", one.number): one.titles["en"] for one in known.themes}
    titles |= {("principle", one.number): one.titles["en"] for one in known.principles}
    titles |= {("objective", one.number): one.titles["en"] for one in known.objectives}
    return titles.get((group, int(number)), "")


Found = Iterator[tuple[tuple[str, str], FoundFact]]


def _elements(evidence: Evidence, tables: Mapping[str, Table]) -> Found:
    for one in load_compact().elements:
        yield (one.letter, ""), FoundFact(str(one.theme), LEXICON, quote=(Run(one.label, False),))


def _areas(evidence: Evidence, tables: Mapping[str, Table]) -> Found:
    """Areas that a text names; that the note prints one is no evidence that the note is right."""
    for row in tables["iscm_areas_of_focus"].rows:
        if isinstance(row, FocusRow) and row.document and row.basis != PRINTED_ONLY:
            yield (row.area, row.iscm), FoundFact("yes", row.document, row.paragraph, row.quote)


def _mechanisms(evidence: Evidence, tables: Mapping[str, Table]) -> Found:
    for one in evidence.known.mechanisms.values():
        if one.annex5:
            region = "" if one.type == "global" else one.region
            value = "; ".join(filter(None, [TYPES[one.type], region]))
            yield (one.name, ""), FoundFact(value, LEXICON, quote=(Run(one.source, False),))


def _positions(evidence: Evidence, tables: Mapping[str, Table]) -> Found:
    for row in reversed(tables["iscm_positions"].rows):
        if isinstance(row, PositionRow):
            yield (row.iscm, ""), FoundFact("yes", row.document, row.paragraph.split("; ")[0], row.quote)


def _topics(evidence: Evidence, tables: Mapping[str, Table]) -> Found:
    """Themes, principles and objectives that mechanisms with a position take up in their documents, with the surest passage."""
    positioned = {key for key, _ in _positions(evidence, tables)}
    kinds = {"Theme": "theme", "Guiding principle": "principle", "Objective": "objective"}
    stated: dict[tuple[str, str], list[AddressRow]] = {}
    for row in tables["iscm_themes_principles_objectives"].rows:
        if isinstance(row, AddressRow) and row.kind in kinds and (row.iscm, "") in positioned:
            stated.setdefault((f"{kinds[row.kind]} {row.number}", ""), []).append(row)
    for key, rows in stated.items():
        best = min(rows, key=lambda row: ("explicit", "structural", "implied").index(row.basis))
        names = len({row.iscm for row in rows})
        yield (
            key,
            FoundFact(
                f"{names} of {len(positioned)} ISCMs with a position ({best.basis})",
                best.document,
                best.paragraph,
                best.quote,
            ),
        )


_FOUND = {
    "elements": _elements,
    "areas": _areas,
    "mechanisms": _mechanisms,
    "positions": _positions,
    "topics": _topics,
}
