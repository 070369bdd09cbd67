"""Line numbers of drafts: through the text or anew on each page, every line or every fifth, left or right."""

from __future__ import annotations

import pytest

from pipeline.ingest.line import Line, LineWord
from pipeline.ingest.text.margin import margin_numbers, without_line_numbers
from pipeline.ingest.text.reader import read_text
from pipeline.settings import Limits

BODY = """River Dialogue on Walking
Ministerial Declaration

1. Ministers thanked the Process for the support that it has given to
the participating States and invited the walkers to take part in the
work of the Dialogue, which has grown since its first meeting there.

2. Ministers invited the resters to a meeting on fair rest, which will
be held in the harbour of the city in the course of the year after it,
with the help of the organizations that rest.

3. Ministers thanked the Union for the help that it has given to the
secretariat of the Dialogue since the year in which it was founded.
"""


def numbered(text: str, *, every: int = 1, right: bool = False, page: int = 0, blank: bool = False) -> str:
    out: list[str] = []
    number = 0
    for line in text.split("\n"):
        number += bool(line or blank)
        if page and number > page:
            number = 1
            out.append("\f")
        shown = str(number) if (line or blank) and number % every == 0 else ""
        out.append(f"{line:<75}   {shown}" if right else f"{shown:>3}  {line}")
    return "\n".join(out)


def shown(text: str) -> list[tuple[str, bool]]:
    return [
        (line.text, line.has_break) for line in read_text(text.encode(), name="a", sha256="", limits=Limits()).lines
    ]


@pytest.mark.parametrize("every", [1, 5])
@pytest.mark.parametrize("right", [False, True])
@pytest.mark.parametrize("page", [0, 12])
def test_line_numbers_are_taken_off(every: int, right: bool, page: int) -> None:
    text = f"{BODY}\n{BODY}"
    assert shown(numbered(text, every=every, right=right, page=page)) == shown(text)


def test_blank_lines_may_count_too() -> None:
    assert shown(numbered(BODY, blank=True)) == shown(BODY)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "".join(f"{n} Ministers walked and rested.\n" for n in range(1, 20)),  # paragraphs
        "".join(f"{n}\n" for n in range(1, 40)),
        "5 Walkers\n10 Resters\n15 Eaters\n20 Leavers\n",
        "".join(f"{n}. Ministers walked\nand rested.\n" for n in range(1, 20)),
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert margin_numbers(text.splitlines()) == {}


def test_words_of_a_printed_line_move_with_it() -> None:
    texts = ["We the", "States", "met in", "the city", "5 of the", "river", "and ate", "there", "and", "10 left"]
    lines = [Line(text, words=(LineWord(0, 2, 1, 1, 2, 2), LineWord(2, 4, 2, 1, 3, 2))) for text in texts]
    found = without_line_numbers(lines)[4]
    assert (found.text, found.words) == ("of the", (LineWord(0, 2, 2, 1, 3, 2),))
