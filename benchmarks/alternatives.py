"""What one would otherwise use, beside ours: which paragraphs name which category, how right, in what time.

Run it with `GCMREFS_CORPUS=... GCMREFS_GOLD=... python -m benchmarks.alternatives`. The text is A/RES/73/195, the truth the
complete list of its references (`gcm_complete.csv`), compared as pairs of paragraph and category; what its makers call a
matter of taste (`gcm_borderline.csv`) counts for nobody. All but the script get
the paragraphs that we cut, and all but the script the wordings of our lexicon: what they lack is in how they search.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

import spacy
from rapidfuzz import fuzz

from benchmarks.figure import interleaved, spent
from extractors.model import BODY_KINDS, Paragraph
from extractors.references.nlp import words_of
from pipeline.extract.references import find_references
from pipeline.ingest import read_document
from pipeline.segment import split_paragraphs

DOCUMENT = Path("un") / "A_RES_73_195.txt"
PDF = DOCUMENT.with_suffix(".pdf")
TRUTH, UNDECIDED = "gcm_complete.csv", "gcm_borderline.csv"
ROUNDS = 3
_EACH = 12
"""rapidfuzz over everything sees every twelfth paragraph: the whole text takes minutes."""
_ALIKE = 92.0
_NUMBERED = re.compile(r"(\d{1,2})\.\s|\(([a-z])\)\s")

Pairs = frozenset[tuple[str, str]]


class Alternative(NamedTuple):
    """What was measured: F1 of its pairs, precision, recall, and the milliseconds of processor time for the whole text."""

    name: str
    f1: float
    precision: float
    recall: float
    milliseconds: float
    how: str


def measure() -> list[Alternative]:
    """One row for each way to search; empty when the documents or the truth are not there."""
    corpus, gold = Path(os.environ.get("GCMREFS_CORPUS", "")), Path(os.environ.get("GCMREFS_GOLD", ""))
    if not ((corpus / DOCUMENT).is_file() and (gold / TRUTH).is_file()):
        return []
    text = [p for p in split_paragraphs(read_document(corpus / DOCUMENT)) if p.kind in BODY_KINDS]
    return [*_alternatives(text, _pairs(gold / TRUTH), _pairs(gold / UNDECIDED), corpus / PDF)]


def _pairs(path: Path) -> Pairs:
    """The pairs of a file of true references, in rows for each paragraph and category."""
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return frozenset((row["paragraph"], row["category"]) for row in csv.DictReader(file))


def _alternatives(text: Sequence[Paragraph], truth: Pairs, undecided: Pairs, pdf: Path) -> Iterator[Alternative]:
    words = sorted({(p.text, p.entry.category) for p in words_of("en").phrases if p.role != "negative"})
    some = text[::_EACH]
    ways: list[tuple[str, Callable[[], Pairs], Sequence[Paragraph], str]] = [
        ("gcm-references", partial(_ours, text), text, "references by paragraph"),
        ("spaCy EntityRuler", partial(_ruled, text, _ruler(words)), text, f"our {len(words)} wordings as patterns, any capitals"),
        ("rapidfuzz over everything", partial(_fuzzy, some, words), some, f"partial ratio ≥ {_ALIKE:g}; every {_EACH}th paragraph"),
    ]  # fmt: skip
    if quick := _processor(words):
        ways.insert(2, ("flashtext", partial(_flashed, text, quick), text, "our wordings as keywords"))
    if shutil.which("pdftotext") and pdf.is_file():
        ways.append(("keyword script over pdftotext", partial(_scripted, pdf, words), text, "one label a category"))
    for name, way, own, how in ways:
        within = {p.paragraph for p in own}
        wanted = truth if own is text else frozenset(pair for pair in truth if pair[0] in within)
        found: list[Pairs] = []
        (taken,) = interleaved(partial(_keep, found, way), rounds=ROUNDS if own is text else 1, clock=spent)
        judged = found[-1] - (undecided - truth)
        hit = len(judged & wanted)
        precision, recall = hit / max(1, len(judged)), hit / max(1, len(wanted))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        yield Alternative(name, f1, precision, recall, 1000 * median(taken) * len(text) / len(own), how)


def _keep(found: list[Pairs], way: Callable[[], Pairs]) -> None:
    found.append(way())


def _ours(text: Sequence[Paragraph]) -> Pairs:
    return frozenset((one.paragraph, one.category) for one in find_references(text, document="", language="en"))


def _ruler(words: Sequence[tuple[str, str]]) -> spacy.language.Language:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": category, "pattern": text} for text, category in words])  # type: ignore[attr-defined]
    return nlp


def _ruled(text: Sequence[Paragraph], nlp: spacy.language.Language) -> Pairs:
    return frozenset((p.paragraph, entity.label_) for p in text for entity in nlp(p.text).ents)


def _processor(words: Sequence[tuple[str, str]]) -> object:
    """flashtext with our wordings; None where it is not installed (`pip install flashtext`)."""
    try:
        from flashtext import KeywordProcessor
    except ImportError:
        return None
    processor = KeywordProcessor()
    for text, category in words:
        processor.add_keyword(text, category)
    return processor


def _flashed(text: Sequence[Paragraph], processor: object) -> Pairs:
    return frozenset((p.paragraph, c) for p in text for c in processor.extract_keywords(p.text))  # type: ignore[attr-defined]


def _fuzzy(text: Sequence[Paragraph], words: Sequence[tuple[str, str]]) -> Pairs:
    lowered = [(text.lower(), category) for text, category in words if len(text) > 4]
    return frozenset(
        (p.paragraph, category)
        for p in text
        for plain in [p.text.lower()]
        for word, category in lowered
        if fuzz.partial_ratio(word, plain, score_cutoff=_ALIKE)
    )


def _scripted(pdf: Path, words: Sequence[tuple[str, str]]) -> Pairs:
    """An afternoon's script: the text of the PDF, its numbered lines as paragraphs, the shortest wordings as keywords."""
    printed = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    keywords: dict[str, str] = {}
    for text, category in sorted(words, key=lambda one: len(one[0]), reverse=True):
        keywords[category] = text.lower() if len(text) > 4 else keywords.get(category, text)
    found, number, letter = set(), "", ""
    for line in printed.splitlines():
        if marked := _NUMBERED.match(line.strip()):
            number, letter = (marked[1], "") if marked[1] else (number, f"({marked[2]})")
        found |= {(number + letter, category) for category, word in keywords.items() if word in line.lower()}
    return frozenset(found)


def main() -> int:
    """Print the rows; 2 when the documents are not there."""
    if not (rows := measure()):
        print("set GCMREFS_CORPUS and GCMREFS_GOLD to the real documents and their truth", file=sys.stderr)
        return 2
    for row in rows:
        print(
            f"{row.name:<32} F1 {row.f1:.2f} (precision {row.precision:.2f}, recall {row.recall:.2f})"
            f"  {row.milliseconds:8.0f} ms  {row.how}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
