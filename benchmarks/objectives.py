"""How well implied objectives are found: terms against ranking, and with the ranking's help; and how fast.

Run it with `GCMREFS_CORPUS=... GCMREFS_GOLD=... python -m benchmarks.objectives`. Two labelled sets: the hand-labelled
declarations (`iscm/*.objectives.csv` of the gold folder), in English where the ranking takes part, and the Compact
itself with headings and objectives taken away, where the objective that a paragraph stands under is its one label (a
paragraph that also takes up others is then wrongly counted as spurious, so that precision is a lower bound). The terms
were written with both sets in view: the figures compare ways of finding, they do not foretell unseen documents.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from extractors.model import Paragraph
from extractors.ranking import METHODS, Method, Ranking
from extractors.topics import THRESHOLD
from pipeline.ingest import ingest
from pipeline.objectives import objectives, ranking_of
from pipeline.segment import segment

COMPACT = Path("un") / "A_RES_73_195.txt"
SUPPORT, SUPPORT_FROM, VETO_BELOW, SURE = 0.25, 0.75, 0.3, 80.0
"""Tried and not used: what the ranking may add to terms, from which likeness; below which it may strike unsure terms."""


class Case(NamedTuple):
    """A paragraph with its true objectives and the score that the terms give each; `row` is its place in the ranking."""

    text: str
    true: frozenset[int]
    terms: Mapping[int, float]
    row: int | None = None


class Score(NamedTuple):
    """Pairs found rightly, wrongly and not at all."""

    hits: int
    extra: int
    missed: int

    def __str__(self) -> str:
        precision, recall = self.hits / max(1, self.hits + self.extra), self.hits / max(1, self.hits + self.missed)
        f1 = 2 * self.hits / max(1, 2 * self.hits + self.extra + self.missed)
        return f"{precision:6.3f} {recall:6.3f} {f1:6.3f}"


def score(cases: Iterable[Case], decide: Callable[[Case], set[int]]) -> Score:
    """Compare what is decided for each case with what is true of it."""
    hits = extra = missed = 0
    for case in cases:
        found = decide(case)
        hits, extra, missed = (
            hits + len(found & case.true),
            extra + len(found - case.true),
            missed + len(case.true - found),
        )
    return Score(hits, extra, missed)


def read(path: Path) -> Sequence[Paragraph]:
    """The paragraphs of a document."""
    return segment(ingest(path))


def term_scores(paragraphs: Sequence[Paragraph], language: str = "en") -> dict[str, dict[int, float]]:
    """By paragraph, the score of every implied objective."""
    out: dict[str, dict[int, float]] = {}
    for row in objectives(paragraphs, document="", language=language, review=True):
        if row["kind"] == "objective" and row["basis"] == "implied":
            out.setdefault(row["paragraph"], {})[row["number"]] = row["score"]
    return out


def declarations(corpus: Path, gold: Path) -> dict[str, list[Case]]:
    """The cases of the hand-labelled declarations by language; every body paragraph is one, labelled or not."""
    out: dict[str, list[Case]] = {}
    for path in sorted((gold / "iscm").glob("*.objectives.csv")):
        name = path.name.removesuffix(".objectives.csv")
        language = name.rsplit(".", 1)[1]
        true: dict[str, set[int]] = {}
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row["kind"] == "objective" and row["mention"] == "implied":
                    true.setdefault(row["paragraph"], set()).add(int(row["number"]))
        paragraphs = read(corpus / "iscm" / f"{name}.txt")
        scores = term_scores(paragraphs, language)
        out.setdefault(language, []).extend(
            Case(p.text, frozenset(true.get(p.id, ())), scores.get(p.id, {}))
            for p in paragraphs
            if p.kind in ("body", "paragraph", "subparagraph")
        )
    return out


def compact_cases(paragraphs: Sequence[Paragraph], ranking: Ranking[int]) -> list[Case]:
    """The Compact's commitments and actions as cases, each left out of the ranking when it is ranked itself."""
    bare = [replace(p, objective=None, heading_path=()) for p in paragraphs if p.kind != "heading"]
    scores = term_scores(bare)
    labelled = [p for p in paragraphs if p.objective is not None and p.kind in ("paragraph", "subparagraph")]
    rows = {text: row for row, text in enumerate(ranking.texts)}
    return [Case(p.text, frozenset({p.objective or 0}), scores.get(p.id, {}), rows.get(p.text)) for p in labelled]


def decisions(ranking: Ranking[int], method: Method) -> dict[str, Callable[[Case], set[int]]]:
    """The ways of deciding that a ranking method takes part in, by name."""
    held: dict[str, dict[int, float]] = {}

    def like(case: Case) -> dict[int, float]:
        if case.text not in held:
            held[case.text] = ranking.rank(case.text, method=method, without=case.row)
        return held[case.text]

    def added(value: float, likeness: float) -> float:
        return 100 - (100 - value) * (1 - (SUPPORT * likeness if likeness >= SUPPORT_FROM else 0.0))

    return {
        "two best ranked": lambda c: set(sorted(like(c), key=lambda n: -like(c)[n])[:2]),
        "terms + ranking": lambda c: {n for n, v in c.terms.items() if added(v, like(c)[n]) >= THRESHOLD},
        "terms - ranking": lambda c: {
            n for n, v in c.terms.items() if v >= THRESHOLD and (v >= SURE or like(c)[n] >= VETO_BELOW)
        },
    }


def first_right(cases: Sequence[Case], ranking: Ranking[int], method: Method) -> float:
    """Share of cases whose own objective is ranked first."""
    firsts = 0
    for case in cases:
        likeness = ranking.rank(case.text, method=method, without=case.row)
        firsts += max(likeness, key=lambda n: likeness[n]) in case.true
    return firsts / max(1, len(cases))


def main() -> int:
    """Print the tables; 2 when the documents are not there."""
    corpus, gold = Path(os.environ.get("GCMREFS_CORPUS", "")), Path(os.environ.get("GCMREFS_GOLD", ""))
    if not (corpus / COMPACT).is_file() or not (gold / "iscm").is_dir():
        print("set GCMREFS_CORPUS and GCMREFS_GOLD to the folders of the real documents", file=sys.stderr)
        return 2
    paragraphs = read(corpus / COMPACT)
    ranking = ranking_of(paragraphs)
    if ranking is None:
        print("no objectives in the Compact's text", file=sys.stderr)
        return 2
    by_language = declarations(corpus, gold)
    own = compact_cases(paragraphs, ranking)

    def terms(case: Case) -> set[int]:
        return {n for n, v in case.terms.items() if v >= THRESHOLD}

    print(f"{'implied objectives':<38}{'P':>6} {'R':>6} {'F1':>6}")
    for language, cases in by_language.items():
        print(f"declarations ({language}), terms alone".ljust(38) + str(score(cases, terms)))
    print("the Compact, terms alone".ljust(38) + str(score(own, terms)))
    for method in METHODS:
        for name, decide in decisions(ranking, method).items():
            print(f"declarations (en), {name}".ljust(38) + str(score(by_language.get("en", []), decide)), method)
            print(f"the Compact, {name}".ljust(38) + str(score(own, decide)), method)
    for method in METHODS:
        print(f"own objective ranked first: {first_right(own, ranking, method):.3f} {method}")
    objectives(paragraphs, document="")
    bare = [replace(p, objective=None, heading_path=()) for p in paragraphs]
    for name, of in (("as printed", paragraphs), ("all paragraphs searched", bare)):
        started = time.perf_counter()
        objectives(of, document="")
        print(f"seconds for the Compact, {name}: {time.perf_counter() - started:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
