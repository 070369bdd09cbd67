"""All measurements side by side, each with its goal: `python -m benchmarks` (`make bench`).

`GCMREFS_CORPUS` names the folder of the real documents; without it the sample is measured and reading PDFs is left out.
Exit code 1 where a goal is missed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Literal, NamedTuple

from benchmarks import extraction, ingest, refresh, review, review_page

READING_GOALS = {
    "PDF read / pdfplumber extract_words": 0.3,
    "growth in MB": 100.0,
}
"""Goals of the rows of `benchmarks.ingest`; the others are figures to watch."""


class Row(NamedTuple):
    """One measurement; `goal` is the most it may be (the least, where `least`), None for a figure to watch."""

    name: str
    figure: float
    goal: float | None = None
    least: bool = False
    how: str = ""

    @property
    def met(self) -> Literal["yes", "no", ""]:
        if self.goal is None:
            return ""
        return "yes" if (self.figure >= self.goal if self.least else self.figure <= self.goal) else "no"


def rows() -> Iterator[Row]:
    """Measures one row after the other."""
    for name, figure, how in ingest.ratios():
        yield Row(f"PDF: {name}", figure, READING_GOALS.get(name), how=how)
    text, paragraphs = extraction.paragraphs()
    rounds = f"{text}, median of {extraction.ROUNDS} interleaved rounds"
    # the sample is made of references, one in every line: its figure says nothing of real documents
    goal = 1.5 if text == extraction.DOCUMENT.stem else None
    yield Row("all extraction / bare tokenization", extraction.against_tokenizer(paragraphs), goal, how=rounds)
    noise = f"{text}, 1 % of letters replaced or split, {len(extraction.SEEDS)} seeds"
    yield Row("recall of known mentions under noise", extraction.recall_under_noise(paragraphs), 0.97, True, noise)
    for name, figure, how in ingest.long_words():
        yield Row(name, figure, 2.0, how=how)
    yield Row("gcmrefs --help / import spacy", extraction.help_against_spacy(), 0.3, how="5 fresh processes each")
    yield Row("rerun without changes / first run", extraction.rerun_against_run(), 0.5, how="in one process")
    for name, figure, how in refresh.ratios():
        yield Row(f"run: {name}", figure, refresh.GOALS.get(name), how=how)
    for name, figure, how in review.ratios():
        yield Row(f"review: {name} (ms)", figure, review.GOALS.get(name), how=how)
    for name, figure, how in review_page.ratios():
        yield Row(f"review: {name} (s)", figure, review_page.GOALS.get(name), how=how)


def line(name: str, figure: str, goal: str, met: str, how: str) -> str:
    return f"{name:<48}{figure:>10}{goal:>10}  {met:<4}{how}"


def main() -> int:
    """Print each row as soon as it is measured; 1 when a goal is missed."""
    print(line("measurement", "figure", "goal", "met", "how"), flush=True)
    missed = 0
    for row in rows():
        missed += row.met == "no"
        goal = "" if row.goal is None else f"{'≥' if row.least else '≤'} {row.goal:g}"
        figure = f"{row.figure:.3f}" if row.figure < 10 else f"{row.figure:.0f}"
        print(line(row.name, figure, goal, row.met, row.how), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
