"""Real documents and their gold, where `GCMREFS_CORPUS` and `GCMREFS_GOLD` name them: our figures are those of the gold's own
scorer, and the committed page is what the command makes of them."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from pipeline.cell import neutralised
from pipeline.commands.evaluate import scope, versions
from pipeline.evaluate import CorpusReadings, Evaluation, evaluate_readings, read
from pipeline.evaluate.evaluation import JudgedForm
from pipeline.evaluate.figures import Figure, figure
from pipeline.evaluate.report import page

PAGE = Path(__file__).parents[2] / "docs" / "accuracy.md"
COLUMNS = {"references": ("paragraph", "category", "wording"), "paragraphs": ("paragraph", "text")}


def folder(variable: str) -> Path:
    if not os.environ.get(variable):
        pytest.skip(f"set {variable} to the folder of the real documents or their gold")
    return Path(os.environ[variable])


@cache
def evaluation(corpus: Path, gold: Path) -> Evaluation:
    readings = CorpusReadings(corpus)
    return evaluate_readings(read([gold, corpus]), readings, versions=versions(), scope=scope())


@pytest.fixture
def found() -> Evaluation:
    return evaluation(folder("GCMREFS_CORPUS"), folder("GCMREFS_GOLD"))


def scorer() -> Path:
    path = folder("GCMREFS_GOLD").resolve().parent / "tools" / "score.py"
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    return path


def scores(what: str, rows: Sequence[object], gold: Path, *more: str, folder: Path) -> dict[str, float]:
    """What the gold's own scorer says of the rows, from the last line that it prints."""
    path = folder / f"{what}.csv"
    columns = COLUMNS["paragraphs" if what == "paragraphs" else "references"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([neutralised(str(getattr(row, name, ""))) for name in columns] for row in rows)
    words = [sys.executable, str(scorer()), what, "--found", str(path), "--gold", str(gold), *more]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return {name: float(value) for name, value in (part.split("=") for part in done.stdout.split("\n")[-2].split())}


def of(judged: JudgedForm, what: str, matching: str) -> Figure:
    return figure(row for row in judged.judgements if (row.what, row.matching) == (what, matching))


def test_figures_are_those_of_the_golds_own_scorer(found: Evaluation, tmp_path: Path) -> None:
    seen = []
    for part in found.parts:
        borderline = [other for other in found.parts if other.document == part.document]
        neutral = [w for o in borderline if o.file.kind == "borderline" for w in ("--borderline", str(o.file.path))]
        for one in (one for one in found.judged if one.document == part.document):
            rows, path = one.reading.references, part.file.path
            if part.file.kind == "references":
                said = scores("references", rows, path, *neutral, folder=tmp_path)
                f, exact = of(one, "references", "overlap"), of(one, "references", "exact")
                assert f.precision is not None and f.recall is not None and f.f1 is not None
                ours = (f.f1, f.precision, f.recall, exact.right / f.right, f.support, f.spurious)
                names = ("f1", "precision", "recall", "exact_wording", "gold", "spurious")
            elif part.file.kind == "paragraphs":
                said = scores("paragraphs", one.reading.paragraphs, path, folder=tmp_path)
                f = of(one, "paragraphs", "label")
                assert f.recall is not None
                ours, names = (f.recall, f.support, f.spurious), ("labels_right", "gold", "spurious")
            elif part.file.kind == "published":
                said = scores("ipd", rows, path, folder=tmp_path)
                f = of(one, "published", "unit")
                assert f.recall is not None
                ours, names = (f.recall, f.support, f.spurious), ("recall", "units", "false_gfmd_36b")
            else:
                continue
            seen.append(part.file.kind)
            assert tuple(said[name] for name in names) == pytest.approx(ours, abs=5.1e-4), path.name
    assert {"references", "paragraphs", "published"} <= set(seen)


def test_the_committed_page_shows_these_figures(found: Evaluation) -> None:
    """All but the line of versions: a lexicon that changes no figure need not be told."""
    committed = PAGE.read_text(encoding="utf-8")
    if f"gold {found.gold_id}" not in committed:
        pytest.skip("docs/accuracy.md was made with other gold")
    told, fresh = (
        [line for line in text.splitlines() if not line.startswith("Made with ")] for text in (committed, page(found))
    )
    assert told == fresh, "run make evaluate and look at what changed"


def test_gold_without_a_name_is_recognized(found: Evaluation) -> None:
    known = {part.file.name: part.document for part in found.parts if part.how == "content"}
    assert known == dict.fromkeys(("gcm_borderline.csv", "gcm_complete.csv", "ipd_verified.csv"), "A_RES_73_195")


def test_the_agreed_minimum_is_reached(found: Evaluation) -> None:
    references, labels = found.one("references", "overlap"), found.one("paragraphs", "label")
    published = found.one("published", "unit")
    assert references and labels and published
    assert references.f1 is not None and references.f1 >= 0.97
    assert (labels.missed, labels.spurious, published.missed, published.spurious) == (0, 0, 0, 0)
