"""How well paragraphs and references agree with true ones, by the rules that the gold data gives for itself.

A found reference matches a true one when paragraph and category agree and one wording holds the other, or they share
two words in a row (one, where a wording has only one word). Headings, titles and the text around the body do not count.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.model import Paragraph, Reference
from extractors.text.normalization import squash

Row = Mapping[str, str]
_UNSCORED = re.compile(r"(?:H:|TITLE|FM|BM|chapeau)")


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [{**row, "paragraph": row.get("paragraph", row.get("id", ""))} for row in csv.DictReader(stream)]


def scored(label: str) -> bool:
    """Whether paragraphs with this id are compared."""
    return bool(label) and "#" not in label and not _UNSCORED.match(label) and "/H:" not in label


def words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", squash(text))


def overlap(one: str, other: str) -> bool:
    """Whether two wordings speak of the same words."""
    a, b = squash(one).rstrip(".,;:"), squash(other).rstrip(".,;:")
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    first, second = words(a), words(b)
    size = 1 if min(len(first), len(second)) < 2 else 2
    runs = [{tuple(found[i : i + size]) for i in range(len(found) - size + 1)} for found in (first, second)]
    return bool(runs[0] & runs[1])


@dataclass(frozen=True)
class Labels:
    """Ids of true paragraphs that are missing or begin with other words, and found ids that nobody asked for."""

    wrong: tuple[str, ...]
    spurious: tuple[str, ...]


def labels(found: Sequence[Paragraph], gold: Sequence[Row]) -> Labels:
    """Compares ids, and the first eight words of each paragraph."""
    have: dict[str, str] = {}
    for paragraph in found:
        if scored(paragraph.id) and paragraph.kind not in ("furniture", "note", "heading"):
            have.setdefault(paragraph.id, paragraph.text)
    want = {row["paragraph"]: row["text"] for row in gold if scored(row["paragraph"])}
    wrong = tuple(
        label
        for label, text in want.items()
        if label not in have or words(text)[:8] != words(have[label])[: len(words(text)[:8])]
    )
    return Labels(wrong, tuple(label for label in have if label not in want))


@dataclass(frozen=True)
class Score:
    """`missed` and `spurious` as "paragraph category wording"; `exact` is the share of matches with the same wording."""

    hits: int
    missed: tuple[str, ...]
    spurious: tuple[str, ...]
    exact: float

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + len(self.missed))

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + len(self.spurious))

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def references(found: Iterable[Reference], gold: Sequence[Row], neutral: Sequence[Row] = ()) -> Score:
    """Scores references; `neutral` rows are judgement calls, which count neither way unless they are traps."""
    have = [r for r in found if scored(r.paragraph)]
    used: set[int] = set()
    hits, exact, missed = 0, 0, []
    for row in gold:
        if not scored(row["paragraph"]):
            continue
        categories = [c.strip() for c in row["category"].split("|")]
        got = [
            r
            for r in have
            if r.paragraph == row["paragraph"] and r.category in categories and overlap(r.wording, row["wording"])
        ]
        if not got:
            missed.append(f"{row['paragraph']} {row['category']} {row['wording']}")
            continue
        hits += 1
        used.update(id(r) for r in got)
        exact += any(squash(r.wording) == squash(row["wording"]).rstrip(".,;:") for r in got)
    judged = [row for row in neutral if row.get("kind") not in ("trap", "generic")]
    spurious = tuple(
        f"{r.paragraph} {r.category} {r.wording}"
        for r in have
        if id(r) not in used
        and not any(row["paragraph"] == r.paragraph and overlap(r.wording, row["wording"]) for row in judged)
    )
    return Score(hits, tuple(missed), spurious, exact / max(1, hits))


def reproduced(found: Iterable[Reference], published: Sequence[Row]) -> tuple[str, ...]:
    """The distinct units (category, true paragraph) of a checked published analysis that no reference reproduces."""
    have: dict[tuple[str, str], list[str]] = {}
    for reference in found:
        have.setdefault((reference.paragraph, reference.category), []).append(reference.wording)
    units: dict[tuple[str, str], bool] = {}
    for row in published:
        if row["status"] == "not_found":
            continue
        key = (row["true_paragraph"], row["category"])
        hit = any(overlap(wording, row["true_wording"] or row["wording"]) for wording in have.get(key, ()))
        units[key] = units.get(key, False) or hit
    return tuple(" ".join(key) for key, hit in units.items() if not hit)
