"""Which references were gained and lost against an earlier run, and what gold says of each change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pipeline.evaluate.evaluation import Evaluation, judge
from pipeline.evaluate.figures import Figure, figure
from pipeline.evaluate.judgement import Judgement
from pipeline.evaluate.readings import Readings, ReferenceReading

Gold: TypeAlias = Literal["better", "worse", "same", "open"]
COMPARISON_COLUMNS: tuple[str, ...] = ("change", "gold", "document", "paragraph", "category", "wording", "quote")
"""`gold` is `better` where gold confirms the change (a true row gained, a spurious one lost), `worse` where it refutes it,
`same` where another wording matches the same true row before and after, `open` where the row counts neither way."""

_True: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes of references in the documents that gold names; `absent` are those that the earlier run did not have.

    `before` and `after` are the figures of all their references, by overlapping wording; None when nothing was judged.
    """

    run: str
    rows: tuple[Mapping[str, str], ...]
    absent: tuple[str, ...]
    before: Figure | None
    after: Figure | None

    @property
    def counts(self) -> dict[str, int]:
        """How many rows were gained and lost, by what gold says of them: `gained_better`, `lost_worse` ..."""
        return dict(sorted(Counter(f"{row['change']}_{row['gold']}" for row in self.rows).items()))

    def as_dict(self) -> dict[str, object]:
        """Return everything as JSON can hold it."""
        return {
            "run": self.run,
            "counts": self.counts,
            "before": self.before.as_dict() if self.before else None,
            "after": self.after.as_dict() if self.after else None,
            "absent": list(self.absent),
            "rows": [dict(row) for row in self.rows],
        }


def compare(now: Evaluation, earlier: Readings, run: str) -> Comparison:
    """Compare what was judged with what an earlier run showed of the same documents, by the same gold.

    References are the same when their `reference_id` is (document, paragraph, category, normalized wording).
    """
    rows: list[Mapping[str, str]] = []
    absent: list[str] = []
    before: list[Judgement] = []
    after: list[Judgement] = []
    known = set(earlier.slugs())
    for one in now.judged:
        slug = one.reading.document
        parts = [part for part in now.parts if part.document in (one.document, slug)]
        if not one.is_counted or not any(part.file.kind == "references" for part in parts):
            continue
        if slug not in known:
            absent.append(slug)
            continue
        was = earlier.reading(slug)
        judged_before = [j for j in judge(one.document, was, parts, ()) if j.matching == "overlap"]
        judged_after = [j for j in one.judgements if j.matching == "overlap"]
        before += judged_before
        after += judged_after
        told_before, told_after = _verdicts(judged_before), _verdicts(judged_after)
        hit_before, hit_after = _hit(judged_before), _hit(judged_after)
        old = {row.reference_id: row for row in was.references}
        new = {row.reference_id: row for row in one.reading.references}
        for row_id, row in new.items():
            if row_id not in old:
                verdict, true = told_after.get(row_id, ("open", set()))
                rows.append(_row("gained", _of_gained(verdict, bool(true - hit_before)), slug, row))
        for row_id, row in old.items():
            if row_id not in new:
                verdict, true = told_before.get(row_id, ("open", set()))
                rows.append(_row("lost", _of_lost(verdict, bool(true - hit_after)), slug, row))
    return Comparison(
        run, tuple(rows), tuple(absent), figure(before) if before else None, figure(after) if after else None
    )


def _of_gained(verdict: str, is_new: bool) -> Gold:
    if verdict == "right":
        return "better" if is_new else "same"
    return "worse" if verdict == "spurious" else "open"


def _of_lost(verdict: str, is_gone: bool) -> Gold:
    if verdict == "right":
        return "worse" if is_gone else "same"
    return "better" if verdict == "spurious" else "open"


def _true(row: Judgement) -> _True:
    return (row.paragraph, row.group, row.wording)


def _verdicts(judgements: list[Judgement]) -> dict[str, tuple[str, set[_True]]]:
    """What gold says of each found row, and the true rows that it matches."""
    out: dict[str, tuple[str, set[_True]]] = {}
    for row in judgements:
        for row_id in row.reference_ids:
            true = out.get(row_id, ("", set()))[1]
            out[row_id] = (row.verdict, true | {_true(row)} if row.verdict == "right" else true)
    return out


def _hit(judgements: list[Judgement]) -> set[_True]:
    return {_true(row) for row in judgements if row.verdict == "right"}


def _row(change: str, gold: Gold, slug: str, row: ReferenceReading) -> dict[str, str]:
    values = (change, gold, slug, row.paragraph, row.category, row.wording, row.quote)
    return dict(zip(COMPARISON_COLUMNS, values, strict=True))
