"""The analysts' word in the tables, and whether it survives changed lexicons and texts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model import Reference
from pipeline.review.apply import LedgerRow, apply_decisions, count_states, ledger_lines, propose_value
from pipeline.review.attachment import Passages, nearest
from pipeline.review.decision import Decision, Value
from pipeline.review.standing import standings
from tests.review.sample import TEXTS, add, decide, paragraphs, row

PROCESS = row("47", "iscm.rcp", "Process")
PLATFORMS = row("47", "iscm.generic", "regional platforms")
SOCIETY = row("46", "stakeholder.civil_society", "civil society")
ROWS = [SOCIETY, PROCESS, PLATFORMS]
OTHER_TEXT = {**TEXTS, "47": "The Process and the regional platforms met, once more, in the capital."}
LEARNED = row("47", "iscm.irf", "Process")


@dataclass(frozen=True)
class Reviewed:
    """What the tables show, the ledger with what became of each line, and how much came of it."""

    rows: list[Reference]
    decisions: list[LedgerRow]
    counts: Counter[str]


def reviewed(
    rows: list[Reference], decisions: list[Decision], texts: dict[str, str] | None = None, gone: bool = False
) -> Reviewed:
    numbered = [replace(decision, decision_id=n) for n, decision in enumerate(decisions, start=1)]
    found = apply_decisions(rows, standings(numbered), lambda slug: None if gone else Passages(paragraphs(texts)))
    judged = found.judged.values()
    shown = [row for row in (*found.rows, *found.added) if row is not None]
    return Reviewed(shown, list(ledger_lines(judged, rows)), count_states(judged))


def told(found: Reviewed) -> list[str]:
    """`46 civil_society civil society machine` a line, machine rows left out."""
    return [
        f"{r.paragraph} {r.category.partition('.')[2]} {r.wording} {r.status}"
        for r in found.rows
        if r.status != "machine"
    ]


def irf() -> Value:
    return Value("47", "iscm.irf", "Process", 4, 11)


def wider() -> Value:
    start = TEXTS["47"].index("the regional platforms")
    return Value("47", "iscm.generic", "the regional platforms", start, start + 22)


@pytest.mark.parametrize(
    ("decisions", "shown"),
    [
        ([], []),
        ([decide("accept", PROCESS)], ["47 rcp Process accepted"]),
        ([decide("reject", PROCESS)], ["47 rcp Process rejected"]),
        ([decide("edit", PROCESS, human=irf())], ["47 irf Process edited"]),
        ([decide("edit", PLATFORMS, human=wider())], ["47 generic the regional platforms edited"]),
        ([decide("comment", PROCESS, comment="why?")], []),
        ([add("48", "stakeholder.diasporas", "Diasporas")], ["48 diasporas Diasporas added"]),
        ([decide("accept", PROCESS), decide("reject", PROCESS, by="Ben")], []),
        ([add("46", "stakeholder.civil_society", "civil society")], ["46 civil_society civil society accepted"]),
    ],
)
def test_tables_show_the_human_value(decisions: list[Decision], shown: list[str]) -> None:
    found = reviewed(ROWS, decisions)
    assert told(found) == shown
    assert len(found.decisions) == len(decisions)


def test_the_machine_value_is_kept_beside_the_human_one() -> None:
    line = reviewed(ROWS, [decide("edit", PROCESS, human=irf(), comment="interregional")]).decisions[0]
    assert (line.machine_category, line.category) == ("iscm.rcp", "iscm.irf")
    assert (line.machine_wording, line.wording, line.comment) == ("Process", "Process", "interregional")


def test_an_edited_row_has_the_place_of_its_words() -> None:
    shown = next(r for r in reviewed(ROWS, [decide("edit", PLATFORMS, human=wider())]).rows if r.status == "edited")
    assert TEXTS["47"][shown.start : shown.end] == "the regional platforms"
    assert shown.regions == "1:72.0,40.0,500.0,52.0"
    assert shown.reference_id == PLATFORMS.reference_id


ACCEPTED = [decide("accept", PROCESS)]
EDITED = [decide("edit", PROCESS, human=irf())]
REJECTED = [decide("reject", PROCESS)]
ADDED = [add("48", "stakeholder.diasporas", "Diasporas")]
LOST = [SOCIETY, PLATFORMS]
CHANGED = [SOCIETY, replace(PROCESS, canonical="The Great Process"), PLATFORMS]
SHORT = {"46": TEXTS["46"], "47": TEXTS["47"]}
SPACED = {**TEXTS, "47": TEXTS["47"].replace(" ", "\u00a0 ")}


@pytest.mark.parametrize(
    ("decisions", "rows", "texts", "shown", "fate"),
    [
        (ACCEPTED, CHANGED, None, ["47 rcp Process accepted"], "counts"),
        (ACCEPTED, ROWS, OTHER_TEXT, ["47 rcp Process accepted"], "counts"),
        (ACCEPTED, CHANGED, OTHER_TEXT, [], "reset"),
        (ACCEPTED, CHANGED, SPACED, ["47 rcp Process accepted"], "counts"),
        (ACCEPTED, LOST, None, ["47 rcp Process accepted"], "counts"),
        (ACCEPTED, LOST, OTHER_TEXT, [], "orphaned"),
        (ACCEPTED, LOST, SHORT, ["47 rcp Process accepted"], "counts"),
        (REJECTED, CHANGED, None, ["47 rcp Process rejected"], "counts"),
        (REJECTED, LOST, None, [], "counts"),
        (REJECTED, LOST, OTHER_TEXT, [], "orphaned"),
        (EDITED, CHANGED, None, ["47 irf Process edited"], "counts"),
        (EDITED, ROWS, OTHER_TEXT, ["47 irf Process edited"], "counts"),
        (EDITED, [SOCIETY, LEARNED, PLATFORMS], None, ["47 irf Process accepted"], "counts"),
        (EDITED, [SOCIETY, PROCESS, LEARNED], None, ["47 irf Process accepted"], "counts"),
        (EDITED, [SOCIETY, LEARNED], OTHER_TEXT, ["47 irf Process accepted"], "counts"),
        (ADDED, ROWS, OTHER_TEXT, ["48 diasporas Diasporas added"], "counts"),
        (ADDED, ROWS, {**TEXTS, "48": "Among others, Diasporas help."}, ["48 diasporas Diasporas added"], "counts"),
        (ADDED, ROWS, {**TEXTS, "48": "Nothing of the kind."}, [], "orphaned"),
        (ADDED, ROWS, SHORT, [], "orphaned"),
    ],
)
def test_a_decision_is_reset_only_if_text_and_machine_value_both_changed(
    decisions: list[Decision], rows: list[Reference], texts: dict[str, str] | None, shown: list[str], fate: str
) -> None:
    found = reviewed(rows, decisions, texts)
    assert told(found) == shown
    assert [line.fate for line in found.decisions] == [fate]
    assert found.counts["reset"] + found.counts["orphaned"] == (fate in ("reset", "orphaned"))


def test_an_orphan_is_listed_with_the_nearest_new_reference() -> None:
    moved = {"46": TEXTS["46"], "49": TEXTS["47"], "47": "Something else stands here now."}
    rows = [SOCIETY, row("49", "iscm.rcp", "Process", moved)]
    line = reviewed(rows, ACCEPTED, moved).decisions[0]
    assert (line.fate, line.nearest_paragraph, line.nearest_wording) == ("orphaned", "§49", "Process")


def test_a_decision_on_a_document_that_is_gone_is_listed() -> None:
    found = reviewed([], ACCEPTED, gone=True)
    assert [line.fate for line in found.decisions] == ["orphaned"]


def test_nothing_near_is_nothing_offered() -> None:
    assert nearest(ACCEPTED[0], [SOCIETY]) is None


@pytest.mark.parametrize(
    ("start", "end", "wording"),
    [(0, 9, "Diasporas"), (9, 14, "and"), (0, 10, "Diasporas")],
)
def test_a_selection_is_trimmed(start: int, end: int, wording: str) -> None:
    assert propose_value("d", paragraphs()[2], start, end, "stakeholder.diasporas").wording == wording


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 10), (-1, 4), (0, 10_000), (8, 2)])
def test_an_empty_or_outside_selection_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="select some words"):
        propose_value("d", paragraphs()[2], start, end, "stakeholder.diasporas")


@given(st.lists(st.tuples(st.sampled_from(["accept", "reject", "edit"]), st.sampled_from(["Ana", "Ben"])), max_size=6))
def test_whatever_is_said_no_row_is_lost_or_doubled(story: list[tuple[str, str]]) -> None:
    said = [decide(action, PROCESS, by=by, human=irf() if action == "edit" else None) for action, by in story]
    found = reviewed(ROWS, said)
    assert sorted(r.reference_id for r in found.rows) == sorted(r.reference_id for r in ROWS)
    assert len(found.decisions) == len(said)
