"""Which rows are right, missed, spurious or open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from pipeline.evaluate.gold import GoldBorderlineRow, GoldObjectiveRow, GoldPublishedRow, GoldReferenceRow
from pipeline.evaluate.judgement import JudgedDocument, objectives, paragraphs, published, references
from pipeline.evaluate.readings import ObjectiveReading, ParagraphReading, ReferenceReading
from tests.evaluate.sample import addressed, call, labelled, ref, row, true

A = JudgedDocument("a", "en")
FORUM = true("3", "iscm.gfmd", "Global Forum on Migration and Development")
GROUP = "stakeholder.migrants | stakeholder.diasporas"


def verdicts(judged: Sequence[Any]) -> list[str]:
    return [one.verdict for one in judged]


@pytest.mark.parametrize(
    ("gold", "borderline", "found", "overlapping", "exact"),
    [
        ([FORUM], [], [ref("3", "iscm.gfmd", FORUM.wording)], ["right"], ["right"]),
        ([FORUM], [], [ref("§3", "iscm.gfmd", "the Global Forum")], ["right"], ["missed", "spurious"]),
        ([FORUM], [], [ref("3", "iscm.gfmd", "Forum")], ["right"], ["missed", "spurious"]),
        ([FORUM], [], [ref("4", "iscm.gfmd", FORUM.wording)], ["missed", "spurious"], ["missed", "spurious"]),
        ([FORUM], [], [ref("3", "iscm.idm", FORUM.wording)], ["missed", "spurious"], ["missed", "spurious"]),
        ([FORUM], [], [], ["missed"], ["missed"]),
        ([], [], [ref("H:Forums", "iscm.gfmd", "Forum"), ref("17#2", "iscm.gfmd", "Forum")], [], []),
        ([true("H:Forums", "iscm.gfmd", "Forum")], [], [], [], []),
        (
            [true("1", GROUP, "associations")],
            [],
            [ref("1", "stakeholder.diasporas", "associations")],
            ["right"],
            ["right"],
        ),
        ([], [call("1", "the network")], [ref("1", "other.un_network", "network")], ["open"], ["open"]),
        ([], [call("2", "the network")], [ref("1", "other.un_network", "network")], ["spurious"], ["spurious"]),
        ([], [call("1", "the network", "trap")], [ref("1", "x.y", "network")], ["spurious"], ["spurious"]),
        ([], [call("1", "the network", "generic")], [ref("1", "x.y", "network")], ["spurious"], ["spurious"]),
        (
            [true("1", "x.y", "civil society")],
            [],
            [ref("1", "x.y", "civil society"), ref("1", "x.y", "civil society organizations")],
            ["right"],  # both rows match the true one: neither is spurious
            ["right", "spurious"],
        ),
    ],
)
def test_references(
    gold: list[GoldReferenceRow],
    borderline: list[GoldBorderlineRow],
    found: list[ReferenceReading],
    overlapping: list[str],
    exact: list[str],
) -> None:
    assert verdicts(references(A, gold, borderline, found)) == overlapping
    assert verdicts(references(A, gold, borderline, found, is_exact=True)) == exact


def test_what_stands_instead_is_told() -> None:
    (missed, spurious) = references(A, [FORUM], [], [ref("3", "iscm.generic", "Global Forum")])
    assert (missed.note, spurious.group) == ("found as iscm.generic", "iscm.generic")
    (trapped,) = references(A, [], [call("3", "Global Forum", "trap")], [ref("3", "iscm.gfmd", "Global Forum")])
    assert trapped.note == "trap"


def test_paragraphs() -> None:
    gold = [
        labelled("1", "We meet"),
        labelled("2", "We thank"),
        labelled("3", "We go"),
        labelled("H:Opening", "Opening"),
    ]
    rows = {"1": "We meet today.", "2": "They thank", "4": "More", "H:Opening": "Other", "17#2": "x", "FM1": "y"}
    judged = paragraphs(A, gold, [ParagraphReading(name, text) for name, text in rows.items()])
    assert [(j.paragraph, j.verdict, j.note) for j in judged] == [
        ("1", "right", ""),
        ("2", "missed", "text differs"),
        ("3", "missed", "no such paragraph"),
        ("4", "spurious", ""),
    ]


@pytest.mark.parametrize(
    ("gold", "found", "by_paragraph", "whole"),
    [
        ([addressed("1", "objective", "5")], [row("1", "objective", "5")], ["right"], ["right"]),
        ([addressed("1", "theme", "2")], [row("2", "theme", "2")], ["missed", "open"], ["right"]),
        (
            [addressed("1", "theme", "2")],
            [row("1", "theme", "2"), row("2", "theme", "2")],
            ["right", "open"],
            ["right"],
        ),
        ([addressed("1", "theme", "2")], [row("1", "theme", "2", "explicit")], ["missed", "open"], ["right"]),
        ([addressed("1", "theme", "2")], [row("1", "theme", "3")], ["missed", "spurious"], ["missed", "spurious"]),
        ([], [row("1", "objective", "5", "structural")], [], []),  # its place alone: nobody labelled such rows
        ([], [row("1", "element", "5")], [], []),  # a kind that nobody labelled
        ([], [row("1", "objective", "5"), row("1", "objective", "5")], ["spurious"], ["spurious"]),
        ([addressed("1", "compact", "", "explicit")], [row("1", "compact", "", "explicit")], ["right"], ["right"]),
    ],
)
def test_objectives(
    gold: list[GoldObjectiveRow], found: list[ObjectiveReading], by_paragraph: list[str], whole: list[str]
) -> None:
    kinds = {"objective", "theme", "compact"}
    assert verdicts(objectives(A, gold, found, kinds=kinds)) == by_paragraph
    assert verdicts(objectives(A, gold, found, kinds=kinds, is_whole=True)) == whole


def claim(paragraph: str, wording: str, status: Any = "ok", true_wording: str = "") -> GoldPublishedRow:
    return GoldPublishedRow(
        line=2,
        category="iscm.gfmd",
        wording=wording,
        paragraph=paragraph,
        status=status,
        true_paragraph="" if status == "not_found" else paragraph,
        true_wording=true_wording,
    )


def test_published() -> None:
    gold = [
        claim("3", "the Forum"),
        claim("3", "GFMD"),  # the same unit, which one of its wordings is enough for
        claim("4", "Forums", "wording_differs", "Global Forum"),
        claim("5", "Forum"),
        claim("36(b)", "Forum", "not_found"),
        claim("37", "Forum", "not_found"),
    ]
    found = [ref("3", "iscm.gfmd", "Forum"), ref("4", "iscm.gfmd", "the Global Forum"), ref("37", "iscm.gfmd", "Forum")]
    judged = published(A, "analysis", gold, found)
    assert sorted((j.paragraph, j.verdict) for j in judged) == [
        ("3", "right"),
        ("37", "spurious"),
        ("4", "right"),
        ("5", "missed"),
    ]
