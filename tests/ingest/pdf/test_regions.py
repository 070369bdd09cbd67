"""What stands beside, over and behind each other on a page: columns, frames, side headings, tables, initials, marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest.line import Ingested
from tests.ingest.pdf.sheet import (
    BOLD,
    HEIGHT,
    ITALIC,
    PLAIN,
    blocks,
    printed,
    put,
    read,
    sound,
    texts,
    wrapped,
)

FERRY = (
    "Ministers thanked the ferry towns for the beds that they keep at night and invited the mills to take part in it."
)
LAMPS = (
    "Ministers asked the keepers of lamps to meet at the upper landing, where the new lamps will be hung in the spring."
)
CARTS = (
    "Ministers thanked the carters and the boatmen for the help that they have given to the harbour office this year."
)


def lines(c: Canvas, x: float, y: float, text: str, width: float, size: float = 10) -> float:
    """Print a ragged paragraph; gives the next free line."""
    for line in wrapped(text, width, size):
        put(c, x, y, line, size)
        y += 1.2 * size
    return y


def sheet(c: Canvas) -> None:
    c.setPageSize((HEIGHT, 612))
    lift = 612 - HEIGHT
    y = lines(c, 50, 80 - lift, f"1. {FERRY}", 300) + 10
    lines(c, 50, y, f"2. {LAMPS} They asked the towns to", 300)
    y = lines(c, 50 + HEIGHT / 2, 80 - lift, "send their lamps before the day is over.", 300) + 10
    lines(c, 50 + HEIGHT / 2, y, f"3. {CARTS}", 300)
    put(c, 190, 590 - lift, "2", 9)
    put(c, 190 + HEIGHT / 2, 590 - lift, "3", 9)


def test_two_pages_of_a_sheet_are_read_one_after_the_other(tmp_path: Path) -> None:
    document = read(printed(tmp_path / "a.pdf", [sheet]))
    assert blocks(document) == [
        f"1. {FERRY}",
        f"2. {LAMPS} They asked the towns to send their lamps before the day is over.",
        f"3. {CARTS}",
    ]
    assert (document.pages, texts(document, "furniture")) == (1, ["2", "3"])
    assert next(line.x0 for line in document.lines if line.text.startswith("3. ")) == 50 + HEIGHT / 2
    assert all(sound(line) for line in document.lines)


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_of_a_few_lines_under_text_of_full_width(tmp_path: Path, columns: int) -> None:
    words = [FERRY, LAMPS, CARTS][:columns]

    def draw(c: Canvas) -> None:
        y = lines(c, 60, 100, f"{CARTS} {FERRY} {LAMPS}", 480) + 14
        width = 480 / columns
        for n, text in enumerate(words):
            end = lines(c, 60 + n * width, y, text, width - 20)
        lines(c, 60, end + 40, f"{LAMPS} {FERRY}", 480)

    found = blocks(read(printed(tmp_path / "a.pdf", [draw])))
    assert found == [f"{CARTS} {FERRY} {LAMPS}", *words, f"{LAMPS} {FERRY}"]


def test_three_columns_over_the_page(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        for n, text in enumerate((FERRY, LAMPS, CARTS)):
            y = lines(c, 60 + n * 165, 100, text, 145) + 8
            lines(c, 60 + n * 165, y, f"{text} {text} It is done.", 145)

    found = blocks(read(printed(tmp_path / "a.pdf", [draw])))
    assert found == [part for text in (FERRY, LAMPS, CARTS) for part in (text, f"{text} {text} It is done.")]


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("drawn", ["stroked", "filled", "both", "rounded"])
def test_a_frame_beside_the_text_is_read_by_itself(tmp_path: Path, side: str, drawn: str) -> None:
    x, box = (60, 380) if side == "right" else (260, 60)

    def draw(c: Canvas) -> None:
        c.setFillGray(0.9)
        if drawn == "rounded":
            c.roundRect(box, HEIGHT - 260, 180, 170, 8)
        else:
            c.rect(box, HEIGHT - 260, 180, 170, stroke=int(drawn != "filled"), fill=int(drawn != "stroked"))
        c.setFillGray(0)
        lines(c, box + 8, 110, f"Box: {CARTS}", 160)
        y = lines(c, x, 104, f"1. {FERRY}", 290) + 8
        y = lines(c, x, y, f"2. {LAMPS}", 290) + 8
        y = lines(c, x, y, f"3. {FERRY} {LAMPS}", 290) + 80
        lines(c, 60, y, f"4. {CARTS}", 480)

    found = blocks(read(printed(tmp_path / "a.pdf", [draw])))
    assert f"Box: {CARTS}" in found
    assert [b for b in found if b[:1].isdigit()] == [f"1. {FERRY}", f"2. {LAMPS}", f"3. {FERRY} {LAMPS}", f"4. {CARTS}"]


def test_a_paragraph_goes_on_below_a_frame(tmp_path: Path) -> None:
    text = f"1. {FERRY} {LAMPS} {CARTS} {FERRY} {LAMPS}"

    def draw(c: Canvas) -> None:
        c.rect(380, HEIGHT - 160, 180, 70)
        lines(c, 388, 105, "Box: the lamps are lit at dusk and put out at dawn by the keepers.", 160)
        beside = wrapped(text, 300)[:5]
        for n, line in enumerate(beside):
            put(c, 60, 104 + 12 * n, line)
        lines(c, 60, 164, text[len(" ".join(beside)) + 1 :], 500)

    assert blocks(read(printed(tmp_path / "a.pdf", [draw]))) == [
        text,
        "Box: the lamps are lit at dusk and put out at dawn by the keepers.",
    ]


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    ("font", "size", "mark"), [(BOLD, 10, ""), (BOLD, 8, ""), (ITALIC, 10, ""), (PLAIN, 10, "1. ")]
)
def test_side_headings_stand_before_their_paragraphs(
    tmp_path: Path, side: str, font: str, size: float, mark: str
) -> None:
    heading, text = (60, 190) if side == "left" else (470, 60)

    def draw(c: Canvas) -> None:
        y = 100.0
        for title, words in (("Ferries", FERRY), ("Lamps by|night", LAMPS), ("Carts", CARTS)):
            for n, line in enumerate(title.split("|")):
                put(c, heading, y + 12 * n, line, size, font)
            y = lines(c, text, y, mark + words, 380) + 10

    document = read(printed(tmp_path / "a.pdf", [draw]))
    assert blocks(document) == [
        *("Ferries", mark + FERRY, "Lamps by night", mark + LAMPS, "Carts", mark + CARTS),
    ]


@pytest.mark.parametrize("mark", ["1.", "(a)", "•", "47.", "10:30"])
def test_marks_with_a_wide_gap_are_no_side_headings(tmp_path: Path, mark: str) -> None:
    def draw(c: Canvas) -> None:
        y = 100.0
        for words in (FERRY, LAMPS, CARTS):
            put(c, 60, y, mark, 10, BOLD)
            y = lines(c, 110, y, words, 380) + 10

    assert blocks(read(printed(tmp_path / "a.pdf", [draw]))) == [f"{mark} {words}" for words in (FERRY, LAMPS, CARTS)]


def rows(c: Canvas, y: float, table: list[list[str]], xs: tuple[float, ...]) -> float:
    for row in table:
        for x, text in zip(xs, row, strict=True):
            put(c, x, y, text)
        y += 14
    return y


def cells(document: Ingested) -> list[tuple[str, str]]:
    return [(line.cell, line.text) for line in document.lines if line.role == "cell"]


def test_a_table_without_lines_is_read_cell_by_cell(tmp_path: Path) -> None:
    table = [["Town", "Boats", "Lamps"], ["Upper landing", "twelve", "of glass"], ["Mill", "two", "of tin"]]

    def draw(c: Canvas) -> None:
        y = lines(c, 60, 100, FERRY, 400) + 14
        y = rows(c, y, table, (60, 220, 380)) + 14
        lines(c, 60, y, LAMPS, 400)

    document = read(printed(tmp_path / "a.pdf", [draw]))
    assert cells(document) == [
        (f"T1/R{r}/C{c}", text) for r, row in enumerate(table, 1) for c, text in enumerate(row, 1)
    ]
    assert blocks(document) == [FERRY, LAMPS]


def test_cells_of_several_lines_belong_to_one_row(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        y = 100.0
        for row in (
            ("Town", "Boats", "Lamps"),
            ("Upper|landing", "twelve", "of glass|and tin"),
            ("Mill", "two", "tin"),
        ):
            for x, cell in zip((60, 220, 380), row, strict=True):
                for n, text in enumerate(cell.split("|")):
                    put(c, x, y + 12 * n, text)
            y += 12 * (2 if any("|" in cell for cell in row) else 1) + 6

    found = cells(read(printed(tmp_path / "a.pdf", [draw])))
    assert [text for cell, text in found if cell.startswith("T1/R2")] == [
        "Upper",
        "landing",
        "twelve",
        "of glass",
        "and tin",
    ]
    assert found[-1] == ("T1/R3/C3", "tin")


def test_small_print_beside_the_text_is_read_by_itself(tmp_path: Path) -> None:
    text = f"1. {FERRY} {LAMPS} {CARTS} {FERRY}"

    def draw(c: Canvas) -> None:
        y = lines(c, 60, 110, text, 320) + 8
        lines(c, 60, y, f"2. {CARTS} {FERRY}", 320)
        lines(c, 410, 110, f"Note: {LAMPS} {CARTS}", 140, 8)

    assert blocks(read(printed(tmp_path / "a.pdf", [draw]))) == [text, f"2. {CARTS} {FERRY}", f"Note: {LAMPS} {CARTS}"]


def test_a_table_with_lines_and_one_without_have_numbers_of_their_own(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        for n in range(3):
            c.line(60, HEIGHT - 90 - 20 * n, 300, HEIGHT - 90 - 20 * n)
        for x in (60, 180, 300):
            c.line(x, HEIGHT - 90, x, HEIGHT - 130)
        rows(c, 104, [["a", "b"]], (64, 184))
        y = lines(c, 60, 160, FERRY, 400) + 14
        rows(c, y, [["Town", "Boats", "Lamps"], ["Mill", "two", "tin"], ["Ford", "six", "wood"]], (60, 220, 380))

    found = [cell for cell, _ in cells(read(printed(tmp_path / "a.pdf", [draw])))]
    assert (found[0], found[-1]) == ("T1/R1/C1", "T2/R3/C3")


def test_a_list_of_contents_is_no_table(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        for n, title in enumerate(("Boats", "Lamps by night", "Landings", "Carts and carters", "Annex")):
            put(c, 60, 100 + 14 * n, title)
            put(c, 480, 100 + 14 * n, str(n + 3))

    assert cells(read(printed(tmp_path / "a.pdf", [draw]))) == []


@pytest.mark.parametrize(("size", "deep"), [(24, 2), (38, 3), (52, 4)])
@pytest.mark.parametrize("quote", ["", "“"])
def test_an_initial_letter_belongs_to_its_word(tmp_path: Path, size: float, deep: int, quote: str) -> None:
    text = f"{FERRY} {LAMPS} {CARTS}"

    def draw(c: Canvas) -> None:
        base = 100 + 12 * (deep - 1)
        x = put(c, 60, base, f"{quote}M", size, BOLD) + 3
        beside = wrapped(text[1:], 480 - x)[:deep]
        for n, line in enumerate(beside):
            put(c, x, 100 + 12 * n, line)
        y = lines(c, 60, 100 + 12 * deep, text[1:][len(" ".join(beside)) + 1 :], 420) + 8
        lines(c, 60, y, LAMPS, 420)

    assert blocks(read(printed(tmp_path / "a.pdf", [draw]))) == [f"{quote}{text}", LAMPS]


def test_a_raised_initial_and_one_that_is_a_word(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        x = put(c, 60, 100, "A", 26)
        put(c, x + 5, 100, "meeting was held at the ford, and")
        put(c, 60, 112, "the meeting went on until dark.")
        x = put(c, 60, 160, "M", 26)
        put(c, x, 160, "inisters thanked the millers.")

    assert blocks(read(printed(tmp_path / "a.pdf", [draw]))) == [
        "A meeting was held at the ford, and the meeting went on until dark.",
        "Ministers thanked the millers.",
    ]


@pytest.mark.parametrize(
    ("grey", "size", "turn"), [(0.85, 70, 0), (0.2, 60, 0), (0.8, 10, 0), (0.9, 30, 45), (0.9, 30, 90)]
)
def test_words_behind_the_text_join_no_row(tmp_path: Path, grey: float, size: float, turn: float) -> None:
    def draw(c: Canvas) -> None:
        c.saveState()
        c.translate(100, HEIGHT - 172)
        c.rotate(turn)
        c.setFillGray(grey)
        c.setFont(BOLD, size)
        c.drawString(0, 0, "DRAFT")
        c.restoreState()
        y = 100.0
        for words in (FERRY, LAMPS, CARTS):
            y = lines(c, 60, y + 2, words, 420) + 8

    document = read(printed(tmp_path / "a.pdf", [draw]))
    assert blocks(document) == [FERRY, LAMPS, CARTS]
    assert set("".join(texts(document, "furniture"))) == set("DRAFT")


def test_a_large_number_stands_before_its_paragraph(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        y = 100.0
        for n, words in enumerate((FERRY, LAMPS, CARTS), 1):
            put(c, 60, y + 10, str(n), 28, BOLD)
            y = lines(c, 100, y, words, 420) + 14

    found = blocks(read(printed(tmp_path / "a.pdf", [draw])))
    assert found == [f"{n} {words}" for n, words in enumerate((FERRY, LAMPS, CARTS), 1)]


def test_a_large_title_is_no_watermark(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        put(c, 60, 90, "Boats and lamps", 40, BOLD)
        put(c, 60, 112, "Report of the river towns", 12)
        lines(c, 60, 140, FERRY, 420)

    assert blocks(read(printed(tmp_path / "a.pdf", [draw])))[0] == "Boats and lamps"


def spaced(c: Canvas, x: float, y: float, text: str, gap: float, size: float = 12) -> None:
    for char in text:
        put(c, x, y, char, size)
        x += stringWidth(char, PLAIN, size) + gap


@pytest.mark.parametrize(
    "heading", ["LAMPS AND BOATS OF THE RIVER", "Of boats and the Harbour Process", "ANNEX", "SCHIFFE & LAMPEN"]
)
@pytest.mark.parametrize("gap", [2.0, 3.0, 5.0])
def test_headings_set_with_space_between_their_letters_are_words(tmp_path: Path, heading: str, gap: float) -> None:
    def draw(c: Canvas) -> None:
        spaced(c, 60, 90, heading, gap)
        lines(c, 60, 120, FERRY, 420)

    assert blocks(read(printed(tmp_path / "a.pdf", [draw]))) == [heading, FERRY]


def test_letters_typed_with_spaces_are_words(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        put(c, 60, 90, "H A R B O U R   D I A L O G U E   2 0 4 4", 12)
        lines(c, 60, 120, FERRY, 420)

    assert blocks(read(printed(tmp_path / "a.pdf", [draw])))[0] == "HARBOUR DIALOGUE 2044"


def test_small_capitals_are_words(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        x = 60.0
        for word in ("Harbour", "Dialogue", "on", "Lamps"):
            x = put(c, x, 90, word[0].upper() if word != "on" else "", 12)
            x = put(c, x, 90, word[1 if word != "on" else 0 :].upper(), 8.6) + 3
        lines(c, 60, 120, FERRY, 420)

    assert blocks(read(printed(tmp_path / "a.pdf", [draw])))[0] == "HARBOUR DIALOGUE ON LAMPS"


@pytest.mark.parametrize("row", ["a b c", "A B C D", "x = a + b", "1 2 3 4 5 6 7"])
def test_single_signs_stay_apart(tmp_path: Path, row: str) -> None:
    def draw(c: Canvas) -> None:
        for n, sign in enumerate(row.split()):
            put(c, 60 + 40 * n, 90, sign)

    assert blocks(read(printed(tmp_path / "a.pdf", [draw]))) == [row]


def emphatic(c: Canvas) -> None:
    x = put(c, 60, 100, "Thanks to the ")
    x = put(c, x, 100, "Ferry Process", 10, BOLD)
    put(c, x, 100, ", the mills.")
    put(c, 60, 130, "All of it", 10, BOLD)


def test_bold_words_are_told_within_a_line(tmp_path: Path) -> None:
    first, second = read(printed(tmp_path / "a.pdf", [emphatic])).lines
    assert [first.text[a:b] for a, b in first.bold_spans] == ["Ferry Process"]
    assert (first.is_bold, second.is_bold, second.bold_spans) == (False, True, ((0, 9),))


def justified(c: Canvas, x: float, y: float, text: str, width: float) -> float:
    """Print a paragraph spread to the full measure, its last line ragged; gives the next free line."""
    *full, last = wrapped(text, width, 10)
    for line in full:
        words = line.split()
        room = (width - sum(stringWidth(word, PLAIN, 10) for word in words)) / max(len(words) - 1, 1)
        at = x
        for word in words:
            put(c, at, y, word, 10)
            at += stringWidth(word, PLAIN, 10) + room
        y += 12
    put(c, x, y, last, 10)
    return y + 12


def test_justified_columns_with_wide_gaps_between_words(tmp_path: Path) -> None:
    left, right = [f"{CARTS} {FERRY}", f"{LAMPS} {CARTS}"], [f"{FERRY} {CARTS}", f"{LAMPS} {FERRY}"]

    def draw(c: Canvas) -> None:
        for x, texts_ in ((60, left), (300, right)):
            y = 100.0
            for text in texts_:
                y = justified(c, x, y, text, 110) + 8

    assert blocks(read(printed(tmp_path / "a.pdf", [draw]))) == left + right


def test_a_column_that_goes_on_below_a_shorter_one(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        y = 100.0
        for text in (f"{CARTS} {FERRY}", LAMPS, CARTS):
            y = lines(c, 60, y, text, 200) + 12
        lines(c, 300, 100, FERRY, 200)

    assert blocks(read(printed(tmp_path / "a.pdf", [draw]))) == [f"{CARTS} {FERRY}", LAMPS, CARTS, FERRY]
