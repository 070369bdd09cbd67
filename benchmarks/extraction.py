"""How fast references are found, beside bare tokenization of the same text, and how many survive damage to the text.

Times are medians of interleaved rounds in one run, so a slow machine shifts both sides alike. The text is that of
A/RES/73/195 where `GCMREFS_CORPUS` has it, else that of the sample documents, repeated to the same length.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean, median

import spacy

from extractors.model import BODY_KINDS, Mention, Paragraph
from pipeline.extract.references import mentions
from pipeline.ingest import read_document
from pipeline.run.run import run_corpus
from pipeline.segment import split_paragraphs
from pipeline.settings import Settings

ROUNDS = 7
DOCUMENT = Path("un") / "A_RES_73_195.txt"
SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
NOISE = 0.01
SEEDS = (1, 2, 3)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LENGTH = 170_000

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


def medians(
    *functions: Callable[[], object], rounds: int = ROUNDS, clock: Callable[[], float] = time.process_time
) -> list[float]:
    """Median time of each function, in seconds; each round runs all of them, after one round to warm up.

    The clock counts this process's own time, so that others on the same machine do not show; `time.perf_counter` is for
    work in other processes.
    """
    times: list[list[float]] = [[] for _ in functions]
    for number in range(rounds + 1):
        for function, taken in zip(functions, times, strict=True):
            began = clock()
            function()
            if number:
                taken.append(clock() - began)
    return [median(taken) for taken in times]


def against_tokenizer(text: Sequence[Paragraph]) -> float:
    """Time of all extraction as a multiple of spaCy's own tokenization, paragraph by paragraph."""
    bare = spacy.blank("en").tokenizer

    def tokenize() -> None:
        for paragraph in text:
            bare(paragraph.text)

    tokenized, extracted = medians(tokenize, lambda: list(mentions(text, "en")))
    return extracted / tokenized


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


def recall_under_noise(text: Sequence[Paragraph], seeds: Sequence[int] = SEEDS) -> float:
    """The share of mentions that are found again, with their category and where they stood, in the damaged text."""
    clean: Found = list(mentions(text, "en"))
    return mean(_recall(text, clean, random.Random(seed)) for seed in seeds)


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


def help_against_spacy() -> float:
    """Time of `gcmrefs --help` as a multiple of `import spacy`, each in fresh processes."""
    tool = Path(sys.executable).parent / "gcmrefs"
    helped, imported = medians(
        lambda: subprocess.run([tool, "--help"], capture_output=True, check=True),
        lambda: subprocess.run([sys.executable, "-c", "import spacy"], capture_output=True, check=True),
        rounds=5,
        clock=time.perf_counter,
    )
    return helped / imported


def rerun_against_run() -> float:
    """Time of a run that finds nothing changed as a multiple of the first run over the same documents."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, outputs = Path(folder) / "corpus", Path(folder) / "outputs"
        corpus.mkdir()
        real = Path(os.environ.get("GCMREFS_CORPUS", "corpus")) / DOCUMENT
        for path in (*sorted(SAMPLE.glob("*.pdf")), *((real.with_suffix(".pdf"),) if real.is_file() else ())):
            shutil.copy(path, corpus / path.name)
        settings = Settings(corpus=corpus, outputs=outputs, workers=1)
        times: list[float] = []
        for _ in range(4):
            began = time.perf_counter()
            run_corpus(settings=settings, workers=1)
            times.append(time.perf_counter() - began)
        return median(times[1:]) / times[0]
