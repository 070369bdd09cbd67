"""How fast references are found, beside bare tokenization of the same text, and how many survive damage to the text.

The text is that of A/RES/73/195 where `GCMREFS_CORPUS` has it, else that of the sample documents, repeated to the same length.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal

import spacy

from benchmarks.figure import Figure, children, interleaved, run_python, shares
from extractors.model import BODY_KINDS, Mention, Paragraph
from gcmrefs.__main__ import COLLECT_AFTER
from pipeline.extract.references import mentions
from pipeline.ingest import read_document
from pipeline.segment import split_paragraphs

ROUNDS = 7
COLD_ROUNDS = 3
SHORT = "The General Assembly,\n\n1. Encourages States to work with the International Organization for Migration.\n"
DOCUMENT = Path("un") / "A_RES_73_195.txt"
SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
NOISE = 0.01
SEEDS = (1, 2, 3)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LENGTH = 170_000

_COLD = f"""
import gc, sys, time
gc.set_threshold{COLLECT_AFTER}
import spacy
from pipeline.extract.objectives import find_objectives
from pipeline.extract.references import find_references, mentions
from pipeline.ingest import read_document
from pipeline.segment import split_paragraphs
from extractors.model import BODY_KINDS, Paragraph
text = split_paragraphs(read_document(sys.argv[1]))
bare, few = spacy.blank("en").tokenizer, text[:1]
find_references(few, document="", language="en")
find_objectives(few, document="", language="en")
began = time.process_time()
for paragraph in text:
    bare(paragraph.text)
tokenized = time.process_time() - began
began = time.process_time()
if sys.argv[2] == "mentions":
    list(mentions([p for p in text if p.kind in BODY_KINDS], "en"))
else:
    find_references(text, document="", language="en")
    find_objectives(text, document="", language="en")
print((time.process_time() - began) / tokenized)
"""

Found = list[tuple[Paragraph, Mention]]


def paragraphs() -> tuple[str, list[Paragraph]]:
    """The name of the text that is measured, and its searched paragraphs."""
    path = Path(os.environ.get("GCMREFS_CORPUS", "corpus")) / DOCUMENT
    if path.is_file():
        return DOCUMENT.stem, [p for p in split_paragraphs(read_document(path)) if p.kind in BODY_KINDS]
    sample = [
        p
        for file in sorted(SAMPLE.glob("*.en.txt"))
        for p in split_paragraphs(read_document(file))
        if p.kind in BODY_KINDS and p.text
    ]
    times = _LENGTH // max(1, sum(len(p.text) for p in sample)) + 1
    numbered = enumerate((p for _ in range(times) for p in sample), 1)
    return "sample", [replace(p, paragraph=str(order), order=order) for order, p in numbered]


def against_tokenizer(text: Sequence[Paragraph]) -> list[float]:
    """Time of all mentions as a multiple of spaCy's own tokenization, paragraph by paragraph, once all words are known."""
    bare = spacy.blank("en").tokenizer
    tokenized, extracted = interleaved(
        lambda: [bare(paragraph.text) for paragraph in text], lambda: list(mentions(text, "en")), rounds=ROUNDS
    )
    return shares(extracted, tokenized)


def cold(what: Literal["mentions", "everything"]) -> list[float]:
    """Time to search a first document as a multiple of tokenizing it, with the rules loaded and no word of it seen."""
    path = Path(os.environ.get("GCMREFS_CORPUS", "")) / DOCUMENT
    return [float(run_python(_COLD, str(path), what)) for _ in range(COLD_ROUNDS)]


def noised(text: str, source: random.Random, rate: float = NOISE) -> tuple[str, list[int]]:
    """The text with about `rate` of its letters replaced or split off by a space, and where each character went."""
    out: list[str] = []
    places: list[int] = []
    size = 0
    for char in text:
        places.append(size)
        piece = char
        if char.isalpha() and source.random() < rate:
            piece = source.choice(_LETTERS) if source.random() < 0.5 else f"{char} "
        out.append(piece)
        size += len(piece)
    places.append(size)
    return "".join(out), places


def recall_under_noise(text: Sequence[Paragraph], seeds: Sequence[int] = SEEDS) -> list[float]:
    """The share of mentions that are found again, with their category and where they stood, in each damaged text."""
    clean: Found = list(mentions(text, "en"))
    return [_recall(text, clean, random.Random(seed)) for seed in seeds]


def _recall(text: Sequence[Paragraph], clean: Found, source: random.Random) -> float:
    damaged = {p.order: (p, *noised(p.text, source)) for p in text}
    found: dict[int, list[Mention]] = {}
    for paragraph, mention in mentions([replace(p, text=t) for p, t, _ in damaged.values()], "en"):
        found.setdefault(paragraph.order, []).append(mention)
    hits = 0
    for paragraph, mention in clean:
        places = damaged[paragraph.order][2]
        start, end = places[mention.start], places[mention.end]
        hits += any(
            m.category == mention.category and m.start < end and start < m.end for m in found.get(paragraph.order, ())
        )
    return hits / max(1, len(clean))


def starts() -> list[Figure]:
    """What commands take that do little, as multiples of `import spacy`, each in fresh processes."""
    tool = str(Path(sys.executable).parent / "gcmrefs")
    with tempfile.TemporaryDirectory() as folder:
        short = Path(folder) / "short.txt"
        short.write_text(SHORT, encoding="utf-8")
        ways = (
            [sys.executable, "-c", "import spacy"],
            [tool, "--help"],
            [tool, "extract", str(short), "--format", "csv"],
        )
        imported, helped, extracted = interleaved(
            *(partial(subprocess.run, way, capture_output=True, check=True) for way in ways), rounds=3, clock=children
        )
    how = "fresh processes, interleaved"
    return [
        Figure("gcmrefs --help / import spacy", shares(helped, imported), 0.3, how=how),
        Figure("gcmrefs extract of a short text / import spacy", shares(extracted, imported), 1.5, how=how),
    ]
