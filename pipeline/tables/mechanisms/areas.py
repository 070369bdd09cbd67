"""Where the mechanisms work: the list by type and region, and their areas of focus with themes of the Compact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import Field
from rapidfuzz import fuzz

from extractors.lexicon.compact import compact
from extractors.lexicon.terms import Words, expression
from extractors.lexicon.yaml_file import Strict, default_folder, read_yaml
from extractors.model import Reference
from extractors.text.normalization import normalize
from pipeline.extract.quote import Runs
from pipeline.tables.registry import TYPES, Mechanism
from pipeline.tables.sentences import Evidence
from pipeline.tables.speakers import FOLDER
from pipeline.tables.table import Table, listing

LIST_SOURCE = "ISCM Review 2019, Annex 5"
FOCUS_SOURCE = "GRCP 7 background note, Annex 2"
_ALIKE = 90
_ROW = re.compile(r"(.*R\d+)/C\d+$")


class Area(Strict):
    """An area of focus: its theme of the Compact, the mechanisms that the note prints for it, and the words of texts."""

    label: str
    theme: int = Field(ge=1, le=6)
    sdg: str = ""
    printed: tuple[str, ...]
    terms: Words


class Areas(Strict):
    """Everything in `lexicons/tables/areas.yaml`."""

    source: str
    areas: tuple[Area, ...]


@lru_cache(maxsize=4)
def areas(folder: Path | None = None) -> Areas:
    """Read and check `tables/areas.yaml`; raises LexiconError with file and line."""
    return read_yaml((folder or default_folder()) / FOLDER / "areas.yaml", Areas)


@dataclass(frozen=True, slots=True)
class _Passages:
    """The paragraphs of a document that show an area of a mechanism, and the quote of the first."""

    document: str
    paragraphs: tuple[str, ...]
    quote: Runs


@dataclass(frozen=True, slots=True)
class MechanismRow:
    """A mechanism that the lexicon knows, with the passage that names it most fully."""

    type: str
    region: str
    iscm: str
    acronym: str
    annex5: str
    issued: int
    count: int
    document: str
    citation: str
    quote: Runs
    origin: str
    page: int | None
    paragraph: str
    url: str


@dataclass(frozen=True, slots=True)
class FocusRow:
    """An area of focus of a mechanism: printed by the background note, named in the mechanism's documents, or both."""

    area: str
    sdg: str
    theme: str
    iscm: str
    short: str
    basis: str
    origin: str
    document: str
    citation: str
    quote: Runs
    further: int | None
    page: int | None
    paragraph: str
    url: str


def registry_table(evidence: Evidence) -> Table:
    """One row for each mechanism that the lexicon knows, with the passage of the corpus that names it most fully."""
    named: dict[str, list[Reference]] = {}
    for row in evidence.source.references:
        if row.canonical in evidence.known.mechanisms:
            named.setdefault(row.canonical, []).append(row)
    types = list(TYPES)
    rows = []
    for mechanism in sorted(
        evidence.known.mechanisms.values(),
        key=lambda m: (types.index(m.type), not m.annex5, m.region.casefold(), m.name.casefold()),
    ):
        found = named.get(mechanism.name, [])
        others = [r for r in found if not evidence.is_self(r)]
        best = max(others or found, key=lambda r: fuzz.ratio(r.wording, mechanism.name), default=None)
        rows.append(
            MechanismRow(
                type=TYPES[mechanism.type],
                region=mechanism.region,
                iscm=mechanism.name,
                acronym=mechanism.acronym,
                annex5="yes" if mechanism.annex5 else "no",
                issued=len(evidence.mechanisms.get(mechanism.name, ())),
                count=len(others),
                document=best.document if best else "",
                citation=evidence.source.cited(best.paragraph) if best else "",
                quote=_passage(evidence, best) if best else (),
                origin=mechanism.source,
                page=best.page if best else None,
                paragraph=best.paragraph if best else "",
                url=evidence.source.link(best.document, best.paragraph) if best else "",
            )
        )
    return listing(
        "iscms_by_type_and_region",
        "ISCMs by type and region",
        "One row for each mechanism that the lexicon knows, with the fullest passage that names it. Name, type and region "
        "are those of the source; secretariats stand in the table of partnerships, with who says so.",
        MechanismRow,
        rows,
        source=LIST_SOURCE,
        group="type",
        brief="type region iscm acronym annex5 issued count",
        headers={"issued": "Own documents", "count": "References by others", "origin": "Source of type and region"},
    )


def _passage(evidence: Evidence, row: Reference) -> Runs:
    text, spans = evidence.source.passage(row)
    return evidence.source.cut(text, spans, 240) if text else ()


def focus_table(evidence: Evidence) -> Table:
    """One row for each area of focus and mechanism: printed by the background note, found in its documents, or both."""
    named: dict[tuple[str, str], list[_Passages]] = {}
    known = areas().areas
    for document in [name for name in evidence.source.paragraphs if evidence.issuers.get(name)]:
        for key, one in _passages(evidence, document, known).items():
            named.setdefault(key, []).append(one)
    cells = _cells(evidence, known)
    by_label = sorted(evidence.known.mechanisms.values(), key=lambda m: m.label.casefold())
    rows = []
    for area in known:
        for mechanism in by_label:
            passages = named.get((area.label, mechanism.name), [])
            if mechanism.id in area.printed or passages:
                printed = cells.get((area.label, mechanism.name))
                rows.append(_row(evidence, area, mechanism, printed, passages))
    return listing(
        "iscm_areas_of_focus",
        "Areas of focus, themes and ISCMs",
        "One row for each area of focus and mechanism: an area that the background note prints for it, that its own "
        "documents name, or both. Themes are those that the note gives the area. No source of the corpus gives the SDGs "
        "of an area, so that column stays empty until one does.",
        FocusRow,
        rows,
        source=FOCUS_SOURCE,
        group="area",
        brief="area theme short basis document citation quote",
        headers={"basis": "Known from"},
    )


def _cells(evidence: Evidence, known: Sequence[Area]) -> dict[tuple[str, str], _Passages]:
    """Where a document of the corpus prints an area and a mechanism in one row of a table, by area and mechanism."""
    labels = [(area.label, normalize(area.label).text.casefold()) for area in known]
    out: dict[tuple[str, str], _Passages] = {}
    for document, rows in evidence.source.paragraphs.items():
        label = ""
        table = [row for row in rows if row.kind == "cell" and _ROW.match(row.paragraph)]
        for cell in () if evidence.issuers.get(document) else table:
            if cell.paragraph.endswith("C1"):
                first = normalize(cell.text).text.casefold()
                label = next(
                    (a for a, text in labels if first.startswith(text) or fuzz.ratio(first, text) >= _ALIKE), ""
                )
                continue
            for one in evidence.source.by_paragraph.get((document, cell.paragraph), ()) if label else ():
                spans = [(one.start, one.end)]
                quote = evidence.source.cut(cell.text, spans, 240)
                if one.canonical in evidence.known.mechanisms:
                    out.setdefault((label, one.canonical), _Passages(document, (cell.paragraph,), quote))
    return out


def _passages(evidence: Evidence, document: str, known: Sequence[Area]) -> dict[tuple[str, str], _Passages]:
    """The areas that a mechanism's own document names, by area and mechanism."""
    out: dict[tuple[str, str], tuple[dict[str, None], Runs]] = {}
    for sentence in evidence.sentences_of(document):
        if not sentence.own or sentence.others_act:
            continue
        flat = normalize(sentence.bodiless)
        for area in known:
            terms = area.terms.get(sentence.language) or area.terms.get("en") or ()
            hit = expression(terms).search(flat.text)
            for mechanism in sentence.about if hit else ():
                key = (area.label, mechanism.name)
                if hit and key not in out:
                    out[key] = ({}, evidence.quoted(sentence, [flat.source(*hit.span())]))
                out[key][0][sentence.paragraph] = None
    return {key: _Passages(document, tuple(paragraphs), quote) for key, (paragraphs, quote) in out.items()}


def _row(
    evidence: Evidence, area: Area, mechanism: Mechanism, printed: _Passages | None, passages: Sequence[_Passages]
) -> FocusRow:
    """The row of an area: its quote is the mechanism's own passage, else the cell of the table that prints it."""
    is_printed = mechanism.id in area.printed
    first = passages[0] if passages else printed
    units = sum(len(p.paragraphs) for p in passages)
    theme = next(theme.titles["en"] for theme in compact().themes if theme.number == area.theme)
    return FocusRow(
        area=area.label,
        sdg=area.sdg,
        theme=f"{area.theme}. {theme}",
        iscm=mechanism.name,
        short=mechanism.label,
        basis="printed and text" if is_printed and passages else "printed" if is_printed else "text",
        origin=FOCUS_SOURCE if is_printed else "",
        document=first.document if first else "",
        citation=evidence.source.cited(first.paragraphs[0]) if first else "",
        quote=first.quote if first else (),
        further=units - 1 or None if units else None,
        page=evidence.source.page(first.document, first.paragraphs[0]) if first else None,
        paragraph=first.paragraphs[0] if first else "",
        url=evidence.source.link(first.document, first.paragraphs[0]) if first else "",
    )
