"""Whether a paragraph is about an objective of the Compact: one small model that weighs the evidence and says why.

The terms of the lexicon stay the evidence (`extractors.objectives.topics`); the model tells how much they say in this place: which
objective they name most, whether they stand in the main clause or after "including", whether the paragraph is as a whole
like the objective's own text in the Compact (`extractors.objectives.likeness`), and whether it recalls, reports or tells of a meeting.
It is a logistic regression that all 23 objectives share, with a small number of its own for each. Judged are the objectives
that a term or the heading names and, in English, the three that the paragraph is likest.

The numbers stand in `lexicons/topics/objective_model.json`, written by `python -m benchmarks.training`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from math import exp, log, log1p
from pathlib import Path
from typing import NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractors.lexicon.compact import load_compact
from extractors.lexicon.yaml_file import LexiconError, default_folder
from extractors.objectives import likeness
from extractors.objectives.likeness import Sketch, Vector
from extractors.objectives.topics import THRESHOLD, Named, Reading, TopicEvidence, load_topics
from extractors.text.normalization import normalize

FILE = Path("topics") / "objective_model.json"
OBJECTIVES = 23
LIKEST = 3
"""Objectives without a term that are judged for their likeness alone."""
LISTED, UNLISTED = 1.0, -2.0
"""Log odds that a heading which lists objectives adds to those it lists, and to the others."""
PIECE = 30
"""Characters from which a comma ends a piece of a sentence that is compared by itself."""
SURE = 0.6
"""Chance by its terms from which an objective rivals another one."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "terms": ("chance", "strong", "plain", "weak", "strong_terms", "plain_terms", "weak_terms", "covered", "blocked",
              "strong_length", "plain_length"),
    "place of the terms": ("main", "first"),
    "against other objectives": ("share", "top", "rivals"),
    "likeness to the objective's text": ("like", "likeness", "like_clause", "like_term", "term_likeness", "only_likeness",
                                         "strong_likeness"),
    "likeness to its title": ("title", "title_clause"),
    "kind of text": ("procedural", "reports", "accounts", "preambular", "length", "strong_procedural", "strong_reports",
                     "strong_accounts"),
}  # fmt: skip
"""What the model looks at, by the words that a reason is given in."""
FEATURES: tuple[str, ...] = tuple(name for names in GROUPS.values() for name in names)


_REASONS = (*GROUPS, "this objective", "heading")


class Reason(NamedTuple):
    """How much one kind of evidence adds to the log odds, against what is usual for a judged objective."""

    name: str
    log_odds: float


class ObjectiveJudgement(NamedTuple):
    """An objective judged: score 0-100 (it counts from `extractors.objectives.topics.THRESHOLD`), the characters that show it best,
    and why, strongest reason first."""

    number: int
    score: float
    start: int
    end: int
    reasons: tuple[Reason, ...]


class Held(BaseModel):
    """The model's file. `means` and `weights` belong to `FEATURES`; the log odds are `bias` plus the objective's own number
    plus weight x (value - mean); `lexicon` and `units` are digests of what it was trained with, `measured` how well it
    found held-out documents then."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lexicon: str
    units: str
    bias: float
    objectives: tuple[float, ...] = Field(min_length=OBJECTIVES, max_length=OBJECTIVES)
    means: Mapping[str, float]
    weights: Mapping[str, float]
    sketch: Mapping[str, str]
    measured: tuple[Mapping[str, str | int | float], ...]


class Look(NamedTuple):
    """What is measured of a paragraph: the judged objectives and a row of `FEATURES` for each; `places` are the characters
    that show each of them best."""

    numbers: tuple[int, ...]
    rows: Vector
    places: tuple[tuple[int, int], ...]


class Looks:
    """Measures paragraphs of one language."""

    def __init__(self, sketch: Sketch, language: str) -> None:
        self._sketch = sketch if language == "en" else None
        titles = [normalize(o.titles.get(language, "")).text for o in load_compact().objectives]
        titled = likeness.unit(np.array([likeness.counts(title) for title in titles]) * sketch.weights)
        self._weights = sketch.weights
        self._known = np.ascontiguousarray(np.vstack([sketch.rows if language == "en" else titled, titled]).T)

    def look(
        self,
        reading: Reading,
        evidence: Mapping[Named, TopicEvidence],
        *,
        preambular: bool = False,
        listed: Collection[int] = (),
        sketch: Sketch | None = None,
    ) -> Look:
        """Measure a paragraph; `sketch` stands in for the own one where the paragraph is part of it."""
        own = {n: e for n in range(1, OBJECTIVES + 1) if (e := evidence.get(("objective", n))) is not None}
        if not own and self._sketch is None and not listed:
            return Look((), np.zeros((0, len(FEATURES))), ())
        known = np.hstack([sketch.rows.T, self._known[:, OBJECTIVES:]]) if sketch else self._known
        text = reading.text
        pieces = _pieces(text)
        whole, parts = self._likeness(known, [text[a:b] for a, b in pieces])
        by_piece = _spread(parts)
        spread, clause = _spread(whole).tolist(), by_piece.max(axis=1).tolist()
        likest = np.argsort(-whole[:OBJECTIVES], kind="stable")[:LIKEST] + 1 if self._sketch else ()
        numbers = sorted(
            {n for n, e in own.items() if e.terms} | set(listed) | {int(n) for n in likest if whole[n - 1] > 0}
        )
        chances = {n: e.chance for n, e in own.items()}
        total, top = sum(chances.values()), max(chances.values(), default=0.0)
        rivals = sum(chance >= SURE for chance in chances.values())
        words = max(1, len(reading.doc))
        starts = [a for a, _ in pieces]
        ends = [m.end() for m in _CLAUSE_END.finditer(text)]
        asides = sorted(reading.doc[a].idx for a, _ in reading.marks.get("asides", ()))
        kind = {
            "procedural": float(any(a <= 1 for a, _ in reading.marks.get("procedural", ()))),
            "reports": min(len(reading.marks.get("reports", ())), 3) / 3,
            "accounts": min(len(reading.marks.get("accounts", ())), 3) / 3,
            "preambular": float(preambular),
            "length": log(words) - 4,
        }
        rows, places = [], []
        for number in numbers:
            found = own.get(number, TopicEvidence((), 0, 0.0))
            row = number - 1
            firm = [t for t in found.terms if t.strength != "weak"]
            at = [reading.doc[t.start].idx for t in firm]
            main = any(not _in_passing(place, ends, asides) for place in at)
            like = spread[row]
            values = _terms(found, words) | kind | {
                "main": float(main),
                "first": 1 - firm[0].start / words if firm else 0.0,
                "share": found.chance / total if total else 0.0,
                "top": float(0 < found.chance >= top),
                "rivals": log1p(rivals) if found.chance else 0.0,
                "like": float(whole[row]),
                "likeness": like,
                "like_clause": clause[row],
                "like_term": max((float(by_piece[row, bisect_right(starts, place) - 1]) for place in at), default=0.0),
                "term_likeness": like if found.chance else 0.0,
                "only_likeness": 0.0 if found.chance else like,
                "title": spread[OBJECTIVES + row],
                "title_clause": clause[OBJECTIVES + row],
            }  # fmt: skip
            for name, other in (("length", kind["length"]), ("likeness", like), *((n, kind[n]) for n in _TOLD)):
                values[f"strong_{name}"] = values["strong"] * other
            values["plain_length"] = values["plain"] * kind["length"]
            rows.append([values[name] for name in FEATURES])
            best = found.best
            places.append(reading.place(best.start, best.end) if best else pieces[int(by_piece[row].argmax())])
        return Look(tuple(numbers), np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES)), tuple(places))

    def _likeness(self, known: Vector, pieces: Sequence[str]) -> tuple[Vector, Vector]:
        """How like each known vector (a column) the text is as a whole, and by piece (vectors x pieces)."""
        written = [likeness.words(piece) for piece in pieces]
        filled = [k for k, piece in enumerate(written) if piece]
        every = likeness.runs(" ".join(written[k] for k in filled))
        parts = np.zeros((known.shape[1], len(pieces)))
        if not len(every):
            return np.zeros(known.shape[1]), parts
        begins = np.cumsum([0, *(len(written[k]) + 1 for k in filled[:-1])])
        weighed = self._weights[every]
        lengths = np.sqrt(np.add.reduceat(weighed**2, begins))
        parts[:, filled] = (np.add.reduceat(known[every] * weighed[:, None], begins, axis=0) / lengths[:, None]).T
        met = np.bincount(every, minlength=likeness.BUCKETS)
        buckets = np.flatnonzero(met)
        values = (1 + np.log(met[buckets])) * self._weights[buckets]
        return values @ known[buckets] / np.sqrt(values @ values), parts


_TOLD = ("procedural", "reports", "accounts")


def _terms(found: TopicEvidence, words: int) -> dict[str, float]:
    """What the terms say by their strength and number, whatever their place."""
    names = {s: {t.name for t in found.terms if t.strength == s} for s in ("strong", "plain", "weak")}
    return {
        "chance": found.chance,
        **{strength: float(bool(of)) for strength, of in names.items()},
        **{f"{strength}_terms": log1p(len(of)) for strength, of in names.items()},
        "covered": log1p(100 * sum(t.end - t.start for t in found.terms) / words),
        "blocked": log1p(found.blocked),
    }


_CLAUSE_END = re.compile(r"[;؛:.?!؟]+(?=\s|$)")
_PIECE_END = re.compile(r"[,،;؛:.?!؟]+(?=\s|$)")


def _pieces(text: str) -> list[tuple[int, int]]:
    """The pieces of a text between marks of punctuation; a comma ends none that is short."""
    out: list[tuple[int, int]] = []
    start = 0
    for mark in _PIECE_END.finditer(text):
        if mark[0][0] not in ",،" or mark.end() - start >= PIECE:
            out.append((start, mark.end()))
            start = mark.end()
    if text[start:].strip() or not out:
        out.append((start, len(text)))
    return out


def _in_passing(place: int, ends: Sequence[int], asides: Sequence[int]) -> bool:
    """Whether a place stands after "including" or the like in its clause."""
    clause = ends[after - 1] if (after := bisect_right(ends, place)) else 0
    return bisect_left(asides, place) > bisect_left(asides, clause)


def _spread(values: Vector) -> Vector:
    """Values against those of the other objectives: 0 is the mean, 1 one standard deviation above it; the first 23 rows and
    the last 23 by themselves."""
    blocks = values.reshape(2, OBJECTIVES, -1)
    apart = blocks - blocks.sum(axis=1, keepdims=True) / OBJECTIVES
    deviation = np.sqrt((apart**2).sum(axis=1, keepdims=True) / OBJECTIVES)
    return np.asarray((apart / np.where(deviation > 0, deviation, 1.0)).reshape(values.shape))


class Judge:
    """Judges paragraphs of one language; made once per language by `load_judge`."""

    def __init__(self, held: Held, language: str) -> None:
        self._held = held
        self._looks = Looks(Sketch.unpacked(held.sketch), language)
        self._means = np.array([held.means[name] for name in FEATURES])
        self._weights = np.array([held.weights[name] for name in FEATURES])
        self._groups = np.array([[float(f in of) for of in GROUPS.values()] for f in FEATURES])

    def judge(
        self,
        reading: Reading,
        evidence: Mapping[Named, TopicEvidence],
        *,
        preambular: bool = False,
        listed: Collection[int] = (),
        least: float = 0.0,
    ) -> list[ObjectiveJudgement]:
        """The objectives judged with a score of `least` or more, by number. `listed` are those that the heading above
        names; its reason is `heading`."""
        look = self._looks.look(reading, evidence, preambular=preambular, listed=listed)
        out = []
        parts = ((look.rows - self._means) * self._weights) @ self._groups
        for number, row, (start, end) in zip(look.numbers, parts.tolist(), look.places, strict=True):
            row.append(self._held.objectives[number - 1])
            if listed:
                row.append(LISTED if number in listed else UNLISTED)
            score = round(100 / (1 + exp(-(self._held.bias + sum(row)))), 1)
            if score >= least:
                reasons = [Reason(*part) for part in zip(_REASONS, row, strict=False) if abs(part[1]) >= 0.05]
                reasons.sort(key=lambda reason: -abs(reason.log_odds))
                out.append(ObjectiveJudgement(number, score, start, end, tuple(reasons)))
        return out


def load(folder: Path | None = None) -> Held:
    """Read the model of a lexicon folder (by default the one that comes with the package).

    Raises LexiconError that names the file and the remedy when it is missing or broken.
    """
    return _load((folder or default_folder()).resolve())


@lru_cache(maxsize=4)
def _load(folder: Path) -> Held:
    path = folder / FILE
    try:
        held = Held.model_validate(json.loads(path.read_text(encoding="utf-8")))
        if set(held.means) != set(FEATURES) or set(held.weights) != set(FEATURES):
            raise ValueError("other features than the program's")
    except OSError as error:
        raise LexiconError(f"{path.name}: {error.strerror}: {_REMEDY}") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise LexiconError(f"{path.name}: {where}: {first['msg']}: {_REMEDY}") from None
    except ValueError as error:
        raise LexiconError(f"{path.name}: {error}: {_REMEDY}") from None
    return held


_REMEDY = "train it with `make train`"


def lexicon_digest() -> str:
    """What stands for the terms and titles that a model is trained with: with another one it is out of date."""
    titles = [[o.number, dict(o.titles)] for o in load_compact().objectives]
    return sha256(json.dumps([load_topics().model_dump(mode="json"), titles]).encode("utf-8")).hexdigest()[:16]


@lru_cache(maxsize=8)
def load_judge(language: str) -> Judge:
    """The judge of a language, made once."""
    return Judge(load(), language)


def shifted(odds: float, cut: float) -> float:
    """Log odds moved so that the chance `cut` (0-1) becomes the score `THRESHOLD`."""
    return odds - log(cut / (1 - cut)) + log(THRESHOLD / (100 - THRESHOLD))
