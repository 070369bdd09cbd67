"""Train the judge of implied objectives anew, and tell how well it does on documents that were left out.

Run it with `make train`, or `GCMREFS_CORPUS=... GCMREFS_GOLD=...:... python -m benchmarks.training`. It reads the Compact
(`un/A_RES_73_195.txt` of the corpus folder), whose structure labels its own actions, and in the gold folders every
`<slug>.objectives.csv` beside its `<slug>.paragraphs.csv`, and every `paragraphs.csv` with the columns document, kind, high,
medium and text. The same files and lexicon give the same bytes.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np

from extractors.lexicon.yaml_file import default_folder
from extractors.objectives import likeness
from extractors.objectives.explicit import explicits
from extractors.objectives.judge import FEATURES, FILE, OBJECTIVES, Held, Look, Looks, lexicon_digest, shifted
from extractors.objectives.likeness import Sketch, Vector
from extractors.objectives.topics import ABOUT, share_of_field, topics_of
from extractors.text.normalization import normalize
from pipeline.extract.objectives import masked_places
from pipeline.ingest import read_document
from pipeline.segment import split_paragraphs

COMPACT = Path("un") / "A_RES_73_195.txt"
OWN, MEDIUM = 0.5, 0.2
"""What one action of the Compact, and an objective that a paragraph only touches, count in training against 1 for a labelled
paragraph."""
DECLARATION = 1.5
"""What a paragraph of a declaration counts: there are far fewer of them than of resolutions."""
DOUBTFUL = 0.6
"""Chance by its terms from which an objective of an action of the Compact other than its own is left out of training: the
action may well take it up, the Compact's structure only does not say so."""
RIDGE, RIDGE_OBJECTIVE, RIDGE_BIAS = 10.0, 4.0, 1e-3
"""How strongly the weights, the numbers of the single objectives, and the bias are held near 0."""
CUTS = tuple(n / 100 for n in range(20, 71))
EQUAL = 0.001
"""Difference of F1 that is none: of cuts that do equally well the lowest is taken, so that little is lost by chance."""


class Unit(NamedTuple):
    """A labelled paragraph: `high` are the objectives it is about, `medium` those it touches. `group` is `compact`,
    `resolutions` or `declarations`; copies of a work in several languages are one `work`."""

    group: str
    work: str
    document: str
    language: str
    kind: str
    high: frozenset[int]
    medium: frozenset[int]
    text: str


class Seen(NamedTuple):
    """A unit with what is measured of it and the chances of its objectives by terms alone."""

    unit: Unit
    look: Look
    chances: Mapping[int, float]


class Fit(NamedTuple):
    """A trained model: log odds = `bias` + `own` of the objective + (row - means) x weights."""

    bias: float
    own: Vector
    means: Vector
    weights: Vector

    def odds(self, look: Look) -> Vector:
        """The log odds of the judged objectives."""
        own = self.own[np.array(look.numbers, dtype=np.int64) - 1]
        return np.asarray(self.bias + own + (look.rows - self.means) @ self.weights)


class Figure(NamedTuple):
    """How well a group of documents was found: precision counts what a paragraph is about or touches, recall what it is
    about."""

    right: int
    found: int
    recalled: int
    true: int

    def __add__(self, other: object) -> Figure:
        if not isinstance(other, Figure):
            return NotImplemented
        return Figure(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.recalled / max(1, self.true)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def read_units(corpus: Path, gold: Sequence[Path]) -> list[Unit]:
    """Every labelled paragraph, in the order of the files' names."""
    units = [
        Unit("compact", "compact", "compact", "en", p.kind, frozenset({p.objective}), frozenset(), p.text)
        for p in split_paragraphs(read_document(corpus / COMPACT))
        if p.objective and p.kind in ("paragraph", "subparagraph")
    ]
    for path in sorted((p for folder in gold for p in folder.rglob("paragraphs.csv")), key=str):
        for row in _rows(path):
            if {"document", "high", "medium", "text"} <= set(row):
                name = row["document"]
                high, medium = (frozenset(map(int, row[column].split())) for column in ("high", "medium"))
                units.append(Unit("resolutions", name, name, "en", row.get("kind", ""), high, medium, row["text"]))
    known = {unit.work for unit in units}
    for path in sorted(
        (p for folder in gold for p in folder.rglob("*.objectives.csv")), key=lambda p: (p.name, str(p))
    ):
        slug = path.name.removesuffix(".objectives.csv")
        work, _, language = slug.rpartition(".")
        texts = path.with_name(f"{slug}.paragraphs.csv")
        if work not in known and texts.is_file():
            units += _declaration(work, slug, language, _rows(path), _rows(texts))
    return units


def _declaration(
    work: str, slug: str, language: str, labels: Iterable[Mapping[str, str]], paragraphs: Iterable[Mapping[str, str]]
) -> Iterator[Unit]:
    high, medium = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for row in labels:
        if row["kind"] == "objective" and row["mention"] == "implied":
            of = medium if row.get("note", "").startswith("medium") else high
            of[row["paragraph"]].add(int(row["number"]))
    for row in paragraphs:
        name = row["paragraph"]
        if not name.startswith(("H:", "TITLE", "FM", "BM")):
            yield Unit(
                "declarations",
                work,
                slug,
                language,
                "body",
                frozenset(high[name]),
                frozenset(medium[name]),
                row["text"],
            )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sketch_of(units: Sequence[Unit], without: Unit | None = None) -> list[list[str]]:
    """The Compact's own texts of each objective."""
    return [
        [u.text for u in units if u.group == "compact" and number in u.high and u is not without]
        for number in range(1, OBJECTIVES + 1)
    ]


def look_at(units: Sequence[Unit], sketch: Sketch) -> list[Seen]:
    """Measure every unit as a run would; an action of the Compact is compared with the others only."""
    by_document: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_document[unit.document].append(unit)
    out = []
    for of in by_document.values():
        finder, looks = topics_of(of[0].language), Looks(sketch, of[0].language)
        normalized = [normalize(u.text) for u in of]
        readings = [finder.read(n.text) for n in normalized]
        mentions = explicits(of[0].language).find([u.text for u in of])
        about = share_of_field(readings) >= ABOUT
        for unit, n, reading, said in zip(of, normalized, readings, mentions, strict=True):
            evidence = finder.weigh(reading, about=about, masked=masked_places(n, said))
            stand_in = None
            if unit.group == "compact":
                number = min(unit.high)
                texts = sketch_of(units, without=unit)[number - 1]
                rows = sketch.rows.copy()
                rows[number - 1] = likeness.unit(
                    likeness.unit(np.array([likeness.counts(t) for t in texts]) * sketch.weights).mean(axis=0)
                )
                stand_in = Sketch(rows, sketch.weights)
            look = looks.look(reading, evidence, preambular=unit.kind == "preambular", sketch=stand_in)
            chances = {int(n): e.chance for (kind, n), e in evidence.items() if kind == "objective"}
            out.append(Seen(unit, look, chances))
    return out


def fit(seen: Iterable[Seen]) -> Fit:
    """Fit the model by Newton's method with ridge penalties."""
    rows, numbers, labels, counts = [], [], [], []
    for unit, look, chances in seen:
        for number, row in zip(look.numbers, look.rows, strict=True):
            label = number in unit.high or number in unit.medium
            if unit.group == "compact" and not label and chances.get(number, 0.0) >= DOUBTFUL:
                continue
            rows.append(row)
            numbers.append(number - 1)
            labels.append(float(label))
            count = MEDIUM if number in unit.medium else 1.0
            counts.append(count * {"compact": OWN, "declarations": DECLARATION}.get(unit.group, 1.0))
    x, y, weight = np.array(rows), np.array(labels), np.array(counts)
    means, deviations = x.mean(axis=0), x.std(axis=0)
    deviations[deviations == 0] = 1.0
    own = np.zeros((len(x), OBJECTIVES))
    own[np.arange(len(x)), numbers] = 1.0
    design = np.hstack([np.ones((len(x), 1)), (x - means) / deviations, own])
    ridge = np.array([RIDGE_BIAS, *[RIDGE] * len(FEATURES), *[RIDGE_OBJECTIVE] * OBJECTIVES])
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(design @ beta)))
        slope = design.T @ (weight * (chance - y)) + ridge * beta
        curve = (design * (weight * chance * (1 - chance))[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        beta -= step
        if np.abs(step).max() < 1e-10:
            break
    size = len(FEATURES)
    return Fit(float(beta[0]), beta[1 + size :], means, beta[1 : 1 + size] / deviations)


def left_out(seen: Sequence[Seen]) -> list[Vector]:
    """The log odds of every unit by a model that was trained without its work; those of the Compact by the whole model."""
    fits = {work: fit(s for s in seen if s.unit.work != work) for work in {s.unit.work for s in seen} - {"compact"}}
    whole = fit(seen)
    return [fits.get(s.unit.work, whole).odds(s.look) for s in seen]


def measure(seen: Iterable[tuple[Seen, Vector]], cut: float) -> Figure:
    """Compare what is found from a chance on with the labels."""
    total = Figure(0, 0, 0, 0)
    for (unit, look, _), odds in seen:
        found = {n for n, value in zip(look.numbers, odds, strict=True) if 1 / (1 + np.exp(-value)) >= cut}
        total += Figure(len(found & (unit.high | unit.medium)), len(found), len(found & unit.high), len(unit.high))
    return total


def best_cut(seen: Sequence[tuple[Seen, Vector]]) -> float:
    """The chance from which an objective counts: the best for the labelled documents together, each left out."""
    done = {cut: measure(seen, cut).f1 for cut in CUTS}
    return min(cut for cut in CUTS if done[cut] >= max(done.values()) - EQUAL)


def figures(seen: Sequence[Seen], odds: Sequence[Vector], cut: float, how: str) -> list[dict[str, str | int | float]]:
    """One row for each group of documents and language, as they are kept in the model's file."""
    pairs = [(s, o) for s, o in zip(seen, odds, strict=True) if s.unit.group != "compact"]
    keys = [(group, "all") for group in ("resolutions", "declarations")]
    keys += sorted({(s.unit.group, s.unit.language) for s, _ in pairs if s.unit.group == "declarations"})
    out: list[dict[str, str | int | float]] = []
    for group, language in keys:
        of = [(s, o) for s, o in pairs if s.unit.group == group and language in ("all", s.unit.language)]
        one = measure(of, cut)
        documents = len({s.unit.document for s, _ in of})
        out.append(
            {
                "how": how,
                "group": group,
                "language": language,
                "documents": documents,
                "paragraphs": len(of),
                "true": one.true,
            }
            | {name: round(getattr(one, name), 3) for name in ("precision", "recall", "f1")}
        )
    return out


def train(units: Sequence[Unit]) -> Held:
    """The model that all units train, with the figures of the left-out documents and of those it was trained with."""
    sketch = Sketch.of(sketch_of(units))
    seen = look_at(units, sketch)
    held_out, whole = left_out(seen), fit(seen)
    cut = best_cut([(s, o) for s, o in zip(seen, held_out, strict=True) if s.unit.group != "compact"])
    measured = figures(seen, held_out, cut, "left out") + figures(
        seen, [whole.odds(s.look) for s in seen], cut, "in sample"
    )
    return Held(
        lexicon=lexicon_digest(),
        units=sha256(json.dumps([_plain(u) for u in units]).encode("utf-8")).hexdigest()[:16],
        bias=round(shifted(whole.bias, cut), 4),
        objectives=tuple(round(float(number), 4) for number in whole.own),
        means={name: round(float(value), 5) for name, value in zip(FEATURES, whole.means, strict=True)},
        weights={name: round(float(value), 5) for name, value in zip(FEATURES, whole.weights, strict=True)},
        sketch=sketch.packed(),
        measured=tuple(measured),
    )


def _plain(unit: Unit) -> list[object]:
    return [sorted(part) if isinstance(part, frozenset) else part for part in unit]


def encode(held: Held) -> bytes:
    """The bytes of the model's file."""
    return (json.dumps(held.model_dump(), indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def main(arguments: Collection[str] = ()) -> int:
    """Write the model and print how well it does; 2 when the documents are not there."""
    corpus = Path(os.environ.get("GCMREFS_CORPUS", ""))
    gold = [Path(name) for name in os.environ.get("GCMREFS_GOLD", "").split(os.pathsep) if name]
    if not (corpus / COMPACT).is_file() or not gold or not all(folder.is_dir() for folder in gold):
        print("set GCMREFS_CORPUS and GCMREFS_GOLD to the folders of documents and of true rows", file=sys.stderr)
        return 2
    units = read_units(corpus, gold)
    held = train(units)
    print(", ".join(f"{count} {group}" for group, count in Counter(u.group for u in units).items()), "(paragraphs)")
    for row in held.measured:
        print(
            "{how:<10} {group:<13} {language:<4} {true:>4} true  P {precision:.3f} R {recall:.3f} F1 {f1:.3f}".format(
                **row
            )
        )
    if "--dry" not in arguments:
        (default_folder() / FILE).write_bytes(encode(held))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
