"""Menus of web pages are no body; what may be body stays."""

import pytest

from pipeline.ingest.line import Line
from pipeline.segment import menu
from tests.segment.page import kinds

LONG = "The Ministers met at the river and talked for a long time about everything that walks along its banks"
LIST = ("Port Declaration", "Notes on Ports", "The Harbour Dialogue and its ships", "Ships", "Calendar of Meetings")


def body(*lines: str | Line) -> list[str]:
    return [f"{kind} {name}" for name, kind in kinds(*lines) if kind != "furniture"]


@pytest.mark.parametrize(
    "lines, told",
    [
        (
            ("Statement", "Similar documents", *LIST, "1. They met.", "2. They left."),
            ["title TITLE", "paragraph 1", "paragraph 2"],
        ),
        (("Declaración", "Documentos relacionados:", *LIST, f"{LONG}. {LONG}. {LONG}."), ["title TITLE", "body ¶1"]),
        # a title that ends in a full stop, titles that ran together, and the control of the page after them
        (
            (
                "Statement",
                "Similar documents",
                "Ships.",
                *LIST,
                " ".join(LIST * 3),
                "They sail.",
                "So do we.",
                "Transcription:",
                f"{LONG}.",
            ),
            ["title TITLE", "body ¶1"],
        ),
        # the document's first line once more
        (
            (
                "Statement of the Ministers",
                "Related articles",
                *LIST,
                "Statement of the Ministers of the river",
                "They met.",
            ),
            ["title TITLE", "heading H:Statement of the Ministers of the river", "body ¶1"],
        ),
        # at the end of a page
        (("Statement", f"{LONG}.", "Related links", *LIST), ["title TITLE", "body ¶1"]),
        # until a heading of the same rank
        (
            ("Statement", Line("Related news", heading=2), *LIST, Line("Annex", heading=2), "They left."),
            ["title TITLE", "heading H:Annex", "body ¶1"],
        ),
        (("You are here", "Statement", "Share", f"{LONG}."), ["title TITLE", "body ¶1"]),
    ],
)
def test_menu(lines: tuple[str | Line, ...], told: list[str]) -> None:
    assert body(*lines) == told


@pytest.mark.parametrize(
    "lines",
    [
        ("Statement", "Related documents", "Port Declaration", "They met.", "They left."),
        ("Statement", "We share responsibility.", f"{LONG}.", "They took note of related documents", *LIST),
        ("Statement", "Similar documents", "They met.", "They ate.", "They slept.", "They left.", "They sang."),
    ],
)
def test_body_stays(lines: tuple[str, ...]) -> None:
    assert not [name for name, kind in kinds(*lines) if kind == "furniture"]


@pytest.mark.parametrize(("size", "more"), [(menu._LONGEST_LINK, []), (menu._LONGEST_LINK + 1, ["body ¶2"])])
def test_the_longest_title_in_a_list_of_links(size: int, more: list[str]) -> None:
    shown = body("Statement", f"{LONG}.", "Related links", *LIST, "Walk" + "k" * (size - 4))
    assert shown == ["title TITLE", "body ¶1", *more]
