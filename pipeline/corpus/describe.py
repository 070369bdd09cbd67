"""What a document shows of itself, as far as a manifest entry can hold it: title, kind, issuing ISCM, date, language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from extractors.model import Paragraph, Reference
from extractors.text.dates import date_in
from pipeline.corpus.manifest import Source
from pipeline.extract.document import check_lexicon, parse
from pipeline.extract.front import read_front
from pipeline.ingest.bounded import is_bounded, is_small, run_bounded
from pipeline.settings import Limits

FRONT = 3_000
"""Characters at the beginning in which a document says what it is, and when and by whom it was adopted."""
BACK = 1_500
"""Characters at the end, where declarations that do not say it in front have "Done at ... on ..."."""

_NO_TITLE = re.compile(r"(?i)^(microsoft \w+\s*-|untitled|document\d*$)|\.(docx?|pdf|indd|qxd|rtf)$")


def described(path: Path, *, password: str = "") -> dict[str, str]:
    """Return the fields of a manifest entry that a document shows: symbol, title, kind, iscm, date, language.

    What it does not show is "" (`kind`: `other`): these are proposals for a person to check, never guesses taken as
    facts. The ISCM is the mechanism named most in the title and the opening text. Raises InputError when the file
    cannot be read, GcmrefsError when a lexicon file breaks the format.
    """
    if not is_bounded() and not is_small(path):
        return run_bounded(described, path, name=path.name, limits=Limits(), words={"password": password})
    from pipeline.extract.references import find_references

    check_lexicon()
    read = parse(Source(slug="described"), path, password=password)
    printed = next((" ".join(p.text.split())[:300] for p in read.paragraphs if p.kind == "title"), "")
    title = printed if _NO_TITLE.search(read.title.strip()) else " ".join(read.title.split())
    text = "\n".join(p.text for p in read.paragraphs if p.kind != "furniture")
    shown = read_front(title, read.body, read.paragraphs, read.format)
    references = find_references(
        read.paragraphs,
        document="described",
        title=title,
        language=read.language,
        ocr=read.is_recognized,
        doubtful=True,
    )
    return {
        "symbol": shown.symbol,
        "title": title,
        "kind": shown.kind,
        "iscm": " ".join(read.body.split()) or mechanism(read.paragraphs, references),
        "date": date_in(title) or date_in(text[:FRONT]) or date_in(text[-BACK:], last=True) or read.date,
        "language": read.language,
    }


def mechanism(paragraphs: Sequence[Paragraph], references: Sequence[Reference]) -> str:
    """Return the ISCM that is named most in the title and the opening text, "" when none or two are."""
    opening: set[str] = set()
    size = 0
    for paragraph in paragraphs:
        if size < FRONT:
            opening.add(paragraph.paragraph)
            size += len(paragraph.text)
    named = [r for r in references if r.category.startswith("iscm.") and r.canonical and r.paragraph in opening]
    titled = [r for r in named if r.paragraph == "TITLE"]
    counts = Counter[str]()
    for reference in titled or named:
        counts[reference.canonical] += reference.occurrences
    top = counts.most_common(2)
    return "" if not top or (len(top) == 2 and top[0][1] == top[1][1]) else top[0][0]
