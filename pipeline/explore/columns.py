"""The columns of the frames that `pipeline.load()` gives, each with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.tables.columns import meaning

_ABOUT: Mapping[str, str] = {
    "part": "Compact = its paragraphs stand under the objectives; declaration = calls itself a declaration, communiqué "
    "or other formal position; other = everything else, such as reports and analyses",
    "mechanism": "short name of the ISCM that issued the document; several are joined by '; '; empty where none did",
    "type": "RCP, IRF or global: what that ISCM is; empty where no ISCM issued the document",
    "region": "region of that ISCM",
    "year": "year of the document's date; missing where it has none",
}
_NEW = "True where the run published before did not have the row; nowhere in a first run"
"""Facts of the document that stand in every row of references, paragraphs and objectives."""

_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "documents": {
        "document": "short name of the document; joins all frames",
        "work": "what was adopted or said, once: the documents of a work are copies of one text",
        "role": "instrument, outcome, account, speech, report, analysis or draft; empty where nothing tells it",
        "preferred": "True for the copy of its work and language that the tables count",
        "title": "",
        "symbol": "official symbol: the manifest's word, else the one that the document bears",
        "kind": "resolution, declaration, communique, plan, report, position, highlights or other: the manifest's word, "
        "else what the document calls itself",
        "position": "what the document calls itself, from the table iscm_positions",
        **_ABOUT,
        "iscm": "issuing body as the document or the manifest names it",
        "date": "ISO date, possibly only a year or month",
        "language": "two-letter code",
        "format": "format of the file",
        "pages": "pages, 0 where the format has none",
        "url": "address it was fetched from, else the first one of the manifest, else the one that the file gives",
        "file": "path of the file in the corpus folder",
        "sha256": "checksum of the file",
        "ocr": "True where the text of scanned pages was recognized",
        "paragraphs": "paragraphs; in the frame those of the text that is searched",
        "references": "references",
        "objectives": "rows of objectives.csv",
        "decided": "facts of it that analysts gave, and what the manifest says otherwise: `date; role (manifest: speech)`",
        "warnings": "what a reader of it should know, joined by '; '",
        "new_in_run": _NEW,
        "addressed": "objectives of the Compact that the document takes up, of 23",
    },
    "references": {
        "reference_id": "stays the same when a document is read again",
        "document": "",
        "work": "work that the document is a copy of",
        "role": "role of the document",
        "title": "",
        "iscm": "issuing body as the document or the manifest names it",
        "language": "two-letter code of the document",
        "paragraph": "official number; joins with `unit` of paragraphs and objectives",
        "paragraph_row": "row of paragraphs whose text `start` and `end` count in: `17#2`",
        "citation": "",
        "heading": "headings over the paragraph",
        "objective": "objective of the Compact under whose heading the paragraph stands; missing elsewhere",
        "category": "group.name: iscm.rcp, stakeholder.diasporas, ...",
        "section": "",
        "wording": "",
        "canonical": "",
        "level": "bilateral, subregional, regional, cross-regional, global, or empty",
        "quote": "the sentence around the words",
        "occurrences": "how often the words stand in the paragraph",
        "start": "offset of the words in the text of `paragraph_row`",
        "end": "offset of their end",
        "page": "",
        "regions": "places on the page: page:x0,top,x1,bottom in points",
        "extractor": "what found it",
        "rule": "the rule that found it",
        "method": "exact, pattern, fuzzy or resolved",
        "score": "0 to 100",
        "status": "machine, accepted, edited or added; rejected only in references.csv, not in the frame",
        "new_in_run": _NEW,
        "group": "iscm, igo, stakeholder or other: the first half of the category",
        "label": "the category in words",
        "own_name": "True where an ISCM names itself in its own document",
        **_ABOUT,
    },
    "paragraphs": {
        "document": "",
        "order": "place in the document, from 1",
        "paragraph": "official number, with #2 ... for continuations",
        "unit": "official number without such a suffix; joins with references.paragraph",
        "citation": "",
        "kind": "paragraph, subparagraph, preambular, heading, title, cell, note ...",
        "heading_path": "headings over the paragraph, joined by ' > '",
        "objective": "objective of the Compact under whose heading it stands",
        "page": "",
        "regions": "places on the page",
        "text": "the text",
        "language": "two-letter code of the document",
        "searched": "True for text that is searched for references; notes, front and back matter are not",
        **_ABOUT,
    },
    "objectives": {
        "document": "",
        "paragraph": "official number of the paragraph",
        "unit": "official number without the suffix of a continuation",
        "kind": "objective, principle, theme, element, sdg_target, compact (it is named) or paragraph (of the Compact)",
        "number": "whole number of the objective, principle, theme; letter of the element; text of an SDG target",
        "label": "short title of that objective, principle, theme or element",
        "basis": "explicit = named in words, structural = under its heading, implied = about its subject",
        "wording": "the words that say so",
        "score": "0 to 100; implied rows below 60 are left out",
        "reasons": "what speaks for and against an implied objective, in log odds, strongest first",
        "status": "machine, or what an analyst decided: accepted, edited, added; rejected rows stand in this file only",
        "new_in_run": _NEW,
        "language": "two-letter code of the document",
        **_ABOUT,
    },
    "decisions": {
        "kind": "reference, objective, the name of a table, document, segmentation or claim",
        "reference_id": "the reference, or whatever else, that was decided on",
        "document": "",
        "paragraph": "official number",
        "action": "what the analyst did",
        "by": "who",
        "at": "when, ISO",
        "comment": "why",
        "machine_category": "the category that the machine gave",
        "machine_wording": "the words that the machine found",
        "category": "the category as decided",
        "wording": "the words as decided",
        "decision_id": "number of the decision, in the order in which they were made",
        "fate": "counts, conflict, superseded, settled, undone, undo or comment; reset or orphaned where it no longer "
        "attaches",
        "machine_canonical": "the named body that the machine gave",
        "canonical": "the named body as decided",
        "nearest_id": "for one that no longer attaches: the reference of the document that comes closest",
        "nearest_paragraph": "its paragraph, as cited",
        "nearest_wording": "its words",
        "origin": "web, import (workbook) or python",
    },
}
"""Frame -> column -> meaning, "" where it is that of the tables' column of this name."""

COLUMNS: Mapping[str, Mapping[str, str]] = {
    frame: {column: text or meaning(frame, column) for column, text in columns.items()}
    for frame, columns in _COLUMNS.items()
}
"""Frame -> column -> meaning, in the order of the columns."""


def describe(frame: str = "") -> pd.DataFrame:
    """Return the columns of one frame, or of all: frame, column, meaning; ValueError for a frame that there is not.

    >>> describe("decisions").column.tolist()[:3]
    ['kind', 'reference_id', 'document']
    """
    if frame and frame not in COLUMNS:
        raise ValueError(f"{frame!r} is no frame: {', '.join(COLUMNS)}")
    rows = [(name, column, text) for name in COLUMNS if frame in ("", name) for column, text in COLUMNS[name].items()]
    return pd.DataFrame(rows, columns=["frame", "column", "meaning"])
