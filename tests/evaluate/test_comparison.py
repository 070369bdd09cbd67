"""What changed against a run, and what gold says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate import evaluate_readings, read
from pipeline.evaluate.comparison import compare
from tests.evaluate.sample import Shelf, reading, ref

GOLD = """paragraph,category,wording
1,iscm.gfmd,Global Forum
2,stakeholder.media,the media
"""
TEXTS = {"1": "The Global Forum on Migration met.", "2": "We thank the media."}
FORUM, LONGER = ref("1", "iscm.gfmd", "Global Forum"), ref("1", "iscm.gfmd", "Global Forum on Migration")
MEDIA, WRONG, HEADING = ref("2", "stakeholder.media", "media"), ref("2", "x.y", "thank"), ref("H:A", "x.y", "a")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([FORUM], [FORUM], {}),
        ([], [FORUM], {"gained_better": 1}),
        ([FORUM], [], {"lost_worse": 1}),
        ([], [WRONG], {"gained_worse": 1}),
        ([WRONG], [], {"lost_better": 1}),
        ([FORUM], [LONGER], {"gained_same": 1, "lost_same": 1}),
        ([HEADING], [], {"lost_open": 1}),
        ([], [HEADING], {"gained_open": 1}),
        ([WRONG, FORUM], [FORUM, MEDIA], {"gained_better": 1, "lost_better": 1}),
    ],
)
def test_changes(tmp_path: Path, before: list[Any], after: list[Any], expected: dict[str, int]) -> None:
    (tmp_path / "a.references.csv").write_text(GOLD, encoding="utf-8")
    now = evaluate_readings(read([tmp_path]), Shelf([reading("a", TEXTS, after)]))
    found = compare(now, Shelf([reading("a", TEXTS, before)]), "run1")
    assert found.counts == expected
    assert found.as_dict()["run"] == "run1"


def test_figures_and_documents_that_the_run_did_not_have(tmp_path: Path) -> None:
    for slug in ("a", "b"):
        (tmp_path / f"{slug}.references.csv").write_text(GOLD, encoding="utf-8")
    now = evaluate_readings(
        read([tmp_path]), Shelf([reading("a", TEXTS, [FORUM, MEDIA]), reading("b", TEXTS, [FORUM])])
    )
    found = compare(now, Shelf([reading("a", TEXTS, [FORUM])]), "run1")
    assert found.before and found.after
    assert (found.before.recall, found.after.recall, found.absent) == (0.5, 1.0, ("b",))
    (row,) = found.rows
    assert (row["change"], row["gold"], row["wording"]) == ("gained", "better", "media")
