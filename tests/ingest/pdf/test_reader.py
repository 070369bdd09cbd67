"""Reading PDFs to lines: words, footnotes, furniture, paragraphs, columns, tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.pdf.sheet import (
    BOLD,
    HEIGHT,
    ITALIC,
    WIDTH,
    Draw,
    blocks,
    justified,
    one_page,
    paragraph,
    printed,
    put,
    read,
    sound,
    stream,
    texts,
    wrapped,
)

TOWNS = (
    "Delegates of twelve towns met on the shore of the lake to compare how they receive newcomers, and agreed that "
    "each of them would name one office where a family can ask for shelter, for schooling and for medical care "
    "without having to tell its story more than once to a stranger behind a desk;"
)
RIVERS = (
    "Boats that carry workers across the river at harvest time are to be counted at both landings, and the counts "
    "shared every month between the two harbour masters so that no crossing goes unseen and no crew goes unpaid "
    "when the season comes to its end;"
)


@pytest.mark.parametrize(
    ("gap_em", "words"),
    [(0.0, 1), (0.05, 1), (0.1, 1), (0.144, 1), (0.16, 2), (0.2, 2), (0.3, 2), (-0.05, 1)],
)
@pytest.mark.parametrize("size", [6.5, 10, 20])
def test_a_word_breaks_at_a_gap_over_15_hundredths_of_an_em(
    tmp_path: Path, gap_em: float, words: int, size: float
) -> None:
    def draw(c: Canvas) -> None:
        x = put(c, 100, 200, "mechan", size)
        put(c, x + gap_em * size, 200, "isms", size)

    assert len(read(printed(tmp_path / "a.pdf", [draw])).lines[0].words) == words


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.tuples(st.integers(1, 9), st.floats(0, 0.144)), min_size=1, max_size=8))
def test_cut_runs_never_change_the_words(tmp_path: Path, cuts: list[tuple[int, float]]) -> None:
    text = "regional consultative processes"

    def draw(c: Canvas) -> None:
        x, rest, k = 100.0, text, 0
        while rest:
            length, gap = cuts[k % len(cuts)]
            piece, rest = rest[:length], rest[length:]
            x = put(c, x, 200, piece) + (gap * 10 if rest[:1].isalpha() and piece[-1].isalpha() else 0)
            k += 1

    assert read(printed(tmp_path / "cut.pdf", [draw])).lines[0].text == text


@pytest.mark.parametrize(
    ("pieces", "text", "notes"),
    [
        (("treaties;", "^4", " the rest of it"), "treaties; the rest of it", ("4",)),
        (("treaties", "^19", ", adopted"), "treaties, adopted", ("19",)),
        (("treaties,", "^4,5", " and more"), "treaties, and more", ("4", "5")),
        (("treaties.", "^*"), "treaties.", ("*",)),
        (("the 6", "^th", " meeting"), "the 6th meeting", ()),
        (("an area of 12 km", "^2", " of land"), "an area of 12 km2 of land", ()),
        (("Reduction 2015–2030", "^3", " and"), "Reduction 2015–2030 and", ("3",)),
    ],
)
def test_raised_marks_leave_the_text(
    tmp_path: Path, pieces: tuple[str, ...], text: str, notes: tuple[str, ...]
) -> None:
    def draw(c: Canvas) -> None:
        x = 100.0
        for piece in pieces:
            raised = piece.startswith("^")
            x = put(c, x, 196 if raised else 200, piece.lstrip("^"), 6 if raised else 10)

    line = read(printed(tmp_path / "a.pdf", [draw])).lines[0]
    assert (line.text, line.notes) == (text, notes)


def test_a_mark_raised_by_text_rise_is_seen(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        t = c.beginText(100, HEIGHT - 200)
        t.setFont("Times-Roman", 10)
        t.textOut("the agreement")
        t.setFont("Times-Roman", 6)
        t.setRise(4)
        t.textOut("7")
        t.setRise(0)
        t.setFont("Times-Roman", 10)
        t.textOut(" in force")
        c.drawText(t)

    line = read(printed(tmp_path / "a.pdf", [draw])).lines[0]
    assert (line.text, line.notes) == ("the agreement in force", ("7",))


def note(c: Canvas, y: float, mark: str, text: str) -> None:
    put(c, 110, y - 3, mark, 5.5)
    put(c, 118, y, text, 8)


@pytest.mark.parametrize("rule", ["drawn", "typed", "none"])
def test_footnotes_are_notes_with_their_marks(tmp_path: Path, rule: str) -> None:
    def draw(c: Canvas) -> None:
        paragraph(c, 100, 200, TOWNS, 360)
        if rule == "drawn":
            c.line(100, HEIGHT - 640, 170, HEIGHT - 640)
        elif rule == "typed":
            put(c, 100, 640, "_" * 18, 8)
        note(c, 655, "1", "Report of the harbour office, chapter two, on the counting of boats at the")
        put(c, 100, 665, "two landings of the river.", 8)
        note(c, 675, "2", "Ibid., chapter three.")

    document = read(printed(tmp_path / "a.pdf", [draw]))
    notes = [(line.note, line.has_break, line.text[:12]) for line in document.lines if line.role == "note"]
    assert notes == [("1", True, "Report of th"), ("", False, "two landings"), ("2", True, "Ibid., chapt")]
    assert blocks(document) == [TOWNS]


def test_a_footnote_marked_by_an_asterisk_on_the_line(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        paragraph(c, 100, 200, TOWNS, 360)
        c.line(100, HEIGHT - 640, 170, HEIGHT - 640)
        put(c, 100, 655, "* Issued anew for technical reasons.", 8)

    line = next(line for line in read(printed(tmp_path / "a.pdf", [draw])).lines if line.role == "note")
    assert (line.note, line.text, line.has_break) == ("*", "Issued anew for technical reasons.", True)
    assert sound(line)


def headed(number: int, pages: int, text: str) -> Draw:
    def draw(c: Canvas) -> None:
        left, right = (
            ("Council of River Towns", "Second report") if number % 2 else ("Second report", "Council of River Towns")
        )
        put(c, 60, 40, left, 8, BOLD)
        put(c, 440, 40, right, 8, BOLD)
        paragraph(c, 100, 90, text, 360, indent=24)
        put(c, 60 if number % 2 else 540, 760, f"{number}/{pages}", 8, BOLD)
        put(c, 300, 760, "18-12345", 7)

    return draw


def test_running_heads_and_numbers_are_furniture(tmp_path: Path) -> None:
    document = read(printed(tmp_path / "a.pdf", [headed(n, 4, TOWNS) for n in range(1, 5)]))
    assert len(texts(document, "furniture")) == 8
    assert blocks(document) == [TOWNS] * 4


def test_headings_that_recur_with_other_numbers_are_text(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(c: Canvas) -> None:
            put(c, 100, 60, f"Annex {number * number}", 10, BOLD)
            paragraph(c, 100, 90, TOWNS, 360)

        return draw

    document = read(printed(tmp_path / "a.pdf", [page(n) for n in range(1, 5)]))
    assert texts(document, "furniture") == []
    assert blocks(document)[::2] == ["Annex 1", "Annex 4", "Annex 9", "Annex 16"]


def masthead(c: Canvas) -> None:
    put(c, 123, 42, "United Nations", 14)
    put(c, 470, 42, "A/RES/99/7", 10)
    c.line(55, HEIGHT - 52, 547, HEIGHT - 52)
    put(c, 123, 71, "General Assembly", 20, BOLD)
    put(c, 397, 71, "Distr.: General")
    put(c, 397, 83, "1 May 2044")
    c.line(55, HEIGHT - 146, 547, HEIGHT - 146)
    put(c, 60, 168, "Ninety-ninth session", 10, BOLD)
    put(c, 60, 180, "Agenda item 3")
    put(c, 123, 207, "Resolution adopted by the General Assembly", 14, BOLD)
    put(c, 123, 222, "on 1 April 2044", 14, BOLD)
    put(c, 123, 245, "[without reference to a Main Committee (A/99/L.1)]", 10, ITALIC)
    put(c, 85, 268, "99/7.", 12, BOLD)
    put(c, 123, 268, "Boats on rivers that two", 12, BOLD)
    put(c, 123, 281, "countries share", 12, BOLD)
    put(c, 147, 300, "The General Assembly,", 10, ITALIC)
    y = paragraph(c, 123, 318, TOWNS, 360, indent=24) + 6
    y = paragraph(c, 123, y, RIVERS, 360, indent=24, mark="1.") + 6
    y = paragraph(c, 123, y, TOWNS, 360, indent=24, mark="(a)") + 6
    paragraph(c, 123, y, RIVERS, 360, indent=24, mark="(b)")
    put(c, 60, 740, "44-00001 (E)    010544")
    put(c, 60, 752, "*4400001*", 12, BOLD)


def test_a_resolution_s_first_page(tmp_path: Path) -> None:
    document = read(printed(tmp_path / "a.pdf", [masthead]))
    assert texts(document, "furniture") == [
        "United Nations A/RES/99/7",
        "General Assembly Distr.: General",
        "1 May 2044",
        "44-00001 (E) 010544",
        "*4400001*",
    ]
    assert blocks(document) == [
        "Ninety-ninth session",
        "Agenda item 3",
        "Resolution adopted by the General Assembly on 1 April 2044",
        "[without reference to a Main Committee (A/99/L.1)]",
        "99/7. Boats on rivers that two countries share",
        "The General Assembly,",
        TOWNS,
        f"1. {RIVERS}",
        f"(a) {TOWNS}",
        f"(b) {RIVERS}",
    ]
    by_text = {line.text[:3]: line.depth for line in document.lines if line.has_break}
    assert (by_text["99/"], by_text["The"], by_text["1. "], by_text["(a)"]) == (0, 1, 1, 1)


def test_a_text_about_a_resolution_has_no_masthead(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        put(c, 100, 80, "Notes on the work of the towns", 14, BOLD)
        paragraph(c, 100, 100, f"The United Nations General Assembly adopted resolution A/RES/99/7. {TOWNS}", 400)

    assert texts(read(printed(tmp_path / "a.pdf", [draw])), "furniture") == []


def test_a_footnote_that_is_only_a_symbol_stays_a_footnote(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        paragraph(c, 100, 200, TOWNS, 360)
        c.line(100, HEIGHT - 705, 170, HEIGHT - 705)
        note(c, 718, "1", "A/99/334.")
        put(c, 60, 760, "2/9", 8, BOLD)

    document = read(printed(tmp_path / "a.pdf", [draw]))
    assert [(line.role, line.note, line.text) for line in document.lines][-2:] == [
        ("note", "1", "A/99/334."),
        ("furniture", "", "2/9"),
    ]


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    def first(c: Canvas) -> None:
        y = paragraph(c, 100, 600, RIVERS, 360, indent=24) + 6
        for k, text in enumerate(("Newcomers who arrive by the last boat of the day are taken in for the night",)):
            justified(c, 124, y + 12 * k, text, 336)
        justified(c, 100, y + 12, "by the first house that has a lamp in its window, and the town pays back what", 360)

    def second(c: Canvas) -> None:
        put(c, 100, 80, "the house has spent on bread.")
        paragraph(c, 100, 98, TOWNS, 360, indent=24)

    found = blocks(read(printed(tmp_path / "a.pdf", [first, second])))
    assert [b[:10] for b in found] == ["Boats that", "Newcomers ", "Delegates "]
    assert found[1].endswith("and the town pays back what the house has spent on bread.")


def test_a_paragraph_that_ends_with_the_page_does_not_go_on(tmp_path: Path) -> None:
    def first(c: Canvas) -> None:
        paragraph(c, 100, 600, RIVERS, 360, indent=24)

    def second(c: Canvas) -> None:
        paragraph(c, 100, 80, TOWNS, 360, indent=24)

    assert blocks(read(printed(tmp_path / "a.pdf", [first, second]))) == [RIVERS, TOWNS]


HANGING = [
    ("1.", 100.0, 0),
    ("2.", 100.0, 0),
    ("(a)", 124.0, 1),
    ("(b)", 124.0, 1),
    ("(i)", 148.0, 2),
    ("•", 148.0, 2),
    ("3.", 100.0, 0),
]


@pytest.mark.parametrize("gap", [0, 6])
def test_hanging_marks_begin_paragraphs_at_their_depth(tmp_path: Path, gap: float) -> None:
    def draw(c: Canvas) -> None:
        y = 100.0
        for mark, x, _ in HANGING:
            put(c, x, y, mark)
            y = paragraph(c, x + 24, y, TOWNS[:160].rsplit(" ", 1)[0], 460 - x - 24) + gap

    document = read(printed(tmp_path / "a.pdf", [draw]))
    starts = [(line.text.split()[0], line.depth) for line in document.lines if line.has_break]
    assert starts == [(mark, depth) for mark, _, depth in HANGING]


@pytest.mark.parametrize("indent", [0, 20])
def test_paragraphs_without_space_between_are_told_by_indent_or_short_line(tmp_path: Path, indent: float) -> None:
    def draw(c: Canvas) -> None:
        y = 100.0
        for text in (TOWNS, RIVERS, TOWNS):
            y = paragraph(c, 100, y, text, 380, indent=indent)

    assert blocks(read(printed(tmp_path / "a.pdf", [draw]))) == [TOWNS, RIVERS, TOWNS]


def test_headings_stand_apart_and_their_lines_together(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        c.setFont(BOLD, 10)
        c.drawCentredString(280, HEIGHT - 100, "DECLARATION OF THE RIVER TOWNS")
        c.drawCentredString(280, HEIGHT - 112, "ON BOATS AND LAMPS")
        y = paragraph(c, 100, 124, TOWNS, 360)
        put(c, 100, y, "Of boats", 10, BOLD)
        paragraph(c, 100, y + 12, RIVERS, 360)

    document = read(printed(tmp_path / "a.pdf", [draw]))
    assert blocks(document) == ["DECLARATION OF THE RIVER TOWNS ON BOATS AND LAMPS", TOWNS, "Of boats", RIVERS]
    assert [line.is_centred for line in document.lines[:3]] == [True, True, False]


def columns(c: Canvas) -> None:
    c.setFont(BOLD, 12)
    c.drawCentredString(306, HEIGHT - 100, "Records of the river towns")
    y = paragraph(c, 60, 130, f"{TOWNS} {RIVERS} {TOWNS}", 230, indent=15)
    paragraph(c, 60, y, RIVERS, 230, indent=15)
    y = paragraph(c, 322, 130, f"{RIVERS} {TOWNS}", 230, indent=15)
    paragraph(c, 322, y, f"{TOWNS} {RIVERS}", 230, indent=15)


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    assert blocks(read(printed(tmp_path / "a.pdf", [columns]))) == [
        "Records of the river towns",
        f"{TOWNS} {RIVERS} {TOWNS}",
        RIVERS,
        f"{RIVERS} {TOWNS}",
        f"{TOWNS} {RIVERS}",
    ]


def test_a_paragraph_goes_on_in_the_next_column(tmp_path: Path) -> None:
    words = f"{TOWNS[:-1]}, and {RIVERS}"

    def draw(c: Canvas) -> None:
        paragraph(c, 60, 100, f"{RIVERS} {TOWNS} {RIVERS}", 230, indent=15)
        lines = 5
        for k, line in enumerate(wrapped(words, 230, first=15)):
            x, y = (60, 400 + 12 * k) if k < lines else (322, 100 + 12 * (k - lines))
            left = x + (15 if k == 0 else 0)
            justified(c, left, y, line, 230 - (left - x))
        paragraph(c, 322, 300, f"{TOWNS} {RIVERS}", 230, indent=15)

    found = blocks(read(printed(tmp_path / "a.pdf", [draw])))
    assert words in found


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("by", ["page", "text"])
def test_a_turned_page_reads_as_its_upright_twin(tmp_path: Path, turn: int, by: str) -> None:
    def draw(c: Canvas) -> None:
        if by == "page":
            c.setPageRotation(turn)
        else:
            c.translate(WIDTH / 2, HEIGHT / 2)
            c.rotate(turn)
            c.translate(-WIDTH / 2, -HEIGHT / 2)
        put(c, 150, 300, "Of boats", 12, BOLD)
        y = paragraph(c, 150, 320, TOWNS, 300, indent=20)
        paragraph(c, 150, y, RIVERS, 300, indent=20)

    document = read(printed(tmp_path / "a.pdf", [draw]))
    assert blocks(document) == ["Of boats", TOWNS, RIVERS]
    assert all(sound(line) for line in document.lines)


def table(c: Canvas, rows: list[list[str]], top: float) -> float:
    xs, y = (100.0, 220.0, 360.0, 500.0), top
    for row in rows:
        cells = [text.split("|") for text in row]
        height = 14.0 * max(len(cell) for cell in cells) + 4
        for k, cell in enumerate(cells):
            c.rect(xs[k], HEIGHT - y - height, xs[k + 1] - xs[k], height)
            for n, text in enumerate(cell):
                put(c, xs[k] + 4, y + 12 + 14 * n, text)
        y += height
    return y


HEADER = ["Town", "Boats", "Lamps"]


def cells(document: object) -> list[tuple[str, bool, str]]:
    return [(line.cell, line.has_break, line.text) for line in document.lines if line.role == "cell"]  # type: ignore[attr-defined]


def test_ruled_tables_are_read_cell_by_cell(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        y = paragraph(c, 100, 100, TOWNS, 400)
        y = table(c, [HEADER, ["Upper landing|and mill", "12", "3|by night"]], y)
        paragraph(c, 100, y + 20, RIVERS, 400)
        table(c, [HEADER, ["Lower landing", "7", "1"]], y + 120)

    document = read(printed(tmp_path / "a.pdf", [draw]))
    assert cells(document) == [
        ("T1/R1/C1", True, "Town"),
        ("T1/R1/C2", True, "Boats"),
        ("T1/R1/C3", True, "Lamps"),
        ("T1/R2/C1", True, "Upper landing"),
        ("T1/R2/C1", False, "and mill"),
        ("T1/R2/C2", True, "12"),
        ("T1/R2/C3", True, "3"),
        ("T1/R2/C3", False, "by night"),
        ("T2/R1/C1", True, "Town"),
        ("T2/R1/C2", True, "Boats"),
        ("T2/R1/C3", True, "Lamps"),
        ("T2/R2/C1", True, "Lower landing"),
        ("T2/R2/C2", True, "7"),
        ("T2/R2/C3", True, "1"),
    ]
    assert blocks(document) == [TOWNS, RIVERS]


def test_a_table_goes_on_over_the_page_with_its_header_repeated_and_a_row_cut(tmp_path: Path) -> None:
    def first(c: Canvas) -> None:
        paragraph(c, 100, 500, TOWNS, 400)
        table(c, [HEADER, ["Upper landing", "12", "3"], ["Lower landing", "seven of which", "1"]], 640)

    def second(c: Canvas) -> None:
        table(c, [HEADER, ["", "leak", ""], ["Mill", "2", "0"]], 60)

    document = read(printed(tmp_path / "a.pdf", [first, second]))
    assert [c for c in cells(document) if c[0].startswith(("T1/R3", "T1/R4", "T2"))] == [
        ("T1/R3/C1", True, "Lower landing"),
        ("T1/R3/C2", True, "seven of which"),
        ("T1/R3/C2", False, "leak"),
        ("T1/R3/C3", True, "1"),
        ("T1/R4/C1", True, "Mill"),
        ("T1/R4/C2", True, "2"),
        ("T1/R4/C3", True, "0"),
    ]
    assert texts(document, "furniture") == HEADER


def test_a_frame_around_the_page_is_no_table(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        c.rect(40, 40, WIDTH - 80, HEIGHT - 80)
        c.line(40, 100, WIDTH - 40, 100)
        paragraph(c, 100, 100, TOWNS, 400)

    assert blocks(read(printed(tmp_path / "a.pdf", [draw]))) == [TOWNS]


def test_a_table_between_two_pages_parts_the_text(tmp_path: Path) -> None:
    def first(c: Canvas) -> None:
        justified(c, 100, 600, TOWNS[:90], 400)
        table(c, [HEADER, ["Mill", "1", "2"]], 640)

    def second(c: Canvas) -> None:
        paragraph(c, 100, 100, RIVERS, 400)

    assert blocks(read(printed(tmp_path / "a.pdf", [first, second]))) == [TOWNS[:90], RIVERS]


def test_a_roman_number_alone_is_a_heading_and_a_small_one_a_page_number(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        put(c, 300, 60, "II")
        paragraph(c, 100, 90, TOWNS, 400)
        put(c, 300, 760, "ii")

    document = read(printed(tmp_path / "a.pdf", [draw]))
    assert (blocks(document), texts(document, "furniture")) == (["II", TOWNS], ["ii"])


def test_lines_of_dots_end_the_entries_of_a_contents_list(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        for k, title in enumerate(("Boats", "Lamps", "Landings of the upper and the lower river")):
            put(c, 100, 100 + 12 * k, title + "." * (100 - len(title)) + str(k + 3))

    assert [b.split(".")[0] for b in blocks(read(printed(tmp_path / "a.pdf", [draw])))] == [
        "Boats",
        "Lamps",
        "Landings of the upper and the lower river",
    ]


def test_words_lines_and_boxes_agree(tmp_path: Path) -> None:
    document = read(printed(tmp_path / "a.pdf", [masthead, columns]))
    assert all(sound(line) for line in document.lines)
    line = next(line for line in document.lines if line.text == "Agenda item 3")
    assert (line.page, line.size, line.x0) == (1, 10, 60)
    assert line.top is not None and line.bottom is not None and line.top < 180 < line.bottom


def test_progress_is_told_page_after_page(tmp_path: Path) -> None:
    path = printed(tmp_path / "a.pdf", [headed(n, 5, TOWNS) for n in range(1, 6)])
    seen: list[tuple[int, int]] = []
    read(path, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(n, 5) for n in range(1, 6)]


def test_double_printed_letters_are_read_once(tmp_path: Path) -> None:
    def draw(c: Canvas) -> None:
        put(c, 100, 200, "Shadowed heading of all", 12, BOLD)
        put(c, 100.4, 200, "Shadowed heading of all", 12, BOLD)

    assert texts(read(printed(tmp_path / "a.pdf", [draw])), "body") == ["Shadowed heading of all"]


def test_metadata_leaves_out_what_programs_make_up(tmp_path: Path) -> None:
    def titled(title: str) -> Draw:
        def draw(c: Canvas) -> None:
            c.setTitle(title)
            put(c, 100, 200, "Text")

        return draw

    found = [
        read(printed(tmp_path / "a.pdf", [titled(t)])).metadata
        for t in ("River  towns", "untitled", "Microsoft Word - x")
    ]
    assert found == [{"title": "River towns"}, {}, {}]


def arabic(path: Path, rows: list[str]) -> Path:
    """A page whose rows are printed as Arabic is: letters from the right, numbers from the left, one code a letter."""
    codes = {letter: k + 1 for k, letter in enumerate(sorted(set("".join(rows)) - {" "}))}
    pairs = "".join(f"<{code:04x}> <{ord(letter):04x}> " for letter, code in codes.items())
    cmap = f"begincmap {len(codes)} beginbfchar {pairs} endbfchar endcmap"
    font = b"/Font<</F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts"
    font += b"[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 500>>]>>>>"
    shown = ""
    for n, row in enumerate(rows):
        x = 500.0
        for word in row.split():
            letters = word if word.isdigit() else word[::-1]
            x -= 5 * len(word)
            shown += f"BT /F 10 Tf {x} {700 - 12 * n} Td <{''.join(f'{codes[c]:04x}' for c in letters)}> Tj ET "
            x -= 3
    path.write_bytes(one_page(stream(shown.encode()), font, stream(cmap.encode())))
    return path


def test_rows_of_arabic_are_read_from_the_right(tmp_path: Path) -> None:
    rows = ["الميثاق العالمي 2018 من أجل الهجرة"]
    line = read(arabic(tmp_path / "a.pdf", rows)).lines[0]
    assert line.text == rows[0]
    assert line.words[0].x0 > line.words[-1].x0


def test_paragraphs_of_arabic_end_at_the_left(tmp_path: Path) -> None:
    full, short = "القرى والمدن على النهر تعد القوارب كل شهر عند المرسى", "ثم تدفع."
    rows = [full, full, short, full, full, short, full, full, short]
    assert len(blocks(read(arabic(tmp_path / "a.pdf", rows)))) == 3
