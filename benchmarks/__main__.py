"""All measurements side by side, each with its goal: `python -m benchmarks` (`make bench`), which writes `docs/performance.md`.

`GCMREFS_CORPUS` names the folder of the real documents, `GCMREFS_GOLD` that of the true references; without them the sample
is measured, and what needs the documents is left out. Exit code 1 where a goal is missed.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import alternatives, extraction, ingest, refresh, review, review_page
from benchmarks.figure import Figure, shown

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
_HEADS = ("measurement", "median", "lowest-highest", "goal", "met", "how")
_WIDTHS = (68, 9, 16, 9, 5, 0)


def figures() -> Iterator[Figure]:
    """Measure one thing after the other."""
    yield from ingest.figures()
    yield from ingest.long_words()
    text, paragraphs = extraction.paragraphs()
    if text == extraction.DOCUMENT.stem:  # the sample is made of references: its figures say nothing of real documents
        how = f"{text}, a first document in a fresh process, which collects garbage as a command does"
        yield Figure("mentions / tokenization", extraction.cold("mentions"), 1.3, how=how)
        yield Figure("references and objectives / tokenization", extraction.cold("everything"), 2.5, how=how)
        again = f"{text} over and over: all words known"
        yield Figure("mentions / tokenization, warm", extraction.against_tokenizer(paragraphs), how=again)
    noise = f"{text}, 1 % of letters replaced or split, {len(extraction.SEEDS)} seeds"
    yield Figure("recall of known mentions under noise", extraction.recall_under_noise(paragraphs), 0.97, True, noise)
    yield from extraction.starts()
    for name, figure, how in refresh.ratios():
        yield Figure(f"run: {name}", [figure], refresh.GOALS.get(name), how=how)
    for name, figure, how in review.ratios():
        yield Figure(f"review: {name} (ms)", [figure], review.GOALS.get(name), how=how)
    for name, figure, how in review_page.ratios():
        yield Figure(f"review: {name} (s)", [figure], review_page.GOALS.get(name), how=how)


def cells(row: Figure) -> tuple[str, ...]:
    met = "" if row.goal is None else "no" if row.is_missed else "yes"
    return row.name, shown(row.middle), row.spread, row.told_goal, met, row.how


def line(texts: Sequence[str]) -> str:
    return "".join(text.ljust(width) for text, width in zip(texts, _WIDTHS, strict=True)).rstrip()


def page(rows: Sequence[Figure], others: Sequence[alternatives.Alternative]) -> str:
    """The page of docs/ with everything that was measured."""
    machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
    text = [
        "# Performance",
        "",
        "<!-- written by `make bench` -->",
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with {machine}. What is a share of something is processor time, so that",
        "another machine, or a busy one, gives much the same.",
        "",
        f"| {' | '.join(_HEADS)} |",
        f"|{'---|' * len(_HEADS)}",
        *(f"| {' | '.join(text.replace('|', '/') for text in cells(row))} |" for row in rows),
    ]
    if others:
        text += [
            "",
            "## What one would otherwise use",
            "",
            "Which paragraphs of A/RES/73/195 name which category, against the complete list of its references made by hand.",
            "Our lexicon was made with this text at hand, and all ways get its wordings; what to expect of texts that nobody has",
            "seen stands under [accuracy](accuracy.md).",
            "",
            "| way | F1 | precision | recall | ms for the text | how |",
            "|---|---|---|---|---|---|",
            *(
                f"| {o.name} | {o.f1:.2f} | {o.precision:.2f} | {o.recall:.2f} | {o.milliseconds:.0f} | {o.how} |"
                for o in others
            ),
        ]
    return "\n".join(text) + "\n"


def main() -> int:
    """Print each row as soon as it is measured, then write the page where the real documents were; 1 when a goal is missed."""
    print(line(_HEADS), flush=True)
    rows = []
    for row in figures():
        rows.append(row)
        print(line(cells(row)), flush=True)
    others = alternatives.measure()
    for other in others:
        print(f"{other.name}: F1 {other.f1:.2f}, {other.milliseconds:.0f} ms for the text ({other.how})", flush=True)
    if others:
        PAGE.write_text(page(rows, others), encoding="utf-8")
        print(f"written: {PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE}")
    return 1 if any(row.is_missed for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
