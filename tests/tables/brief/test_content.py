from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.quote import Run, plain
from pipeline.tables.brief.content import SHARES, WIDTH, BriefLine, BriefSection, fit
from pipeline.tables.brief.sections import shortened

LINES = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3)), max_size=40)


@settings(deadline=None, max_examples=60)
@given(st.fixed_dictionaries(dict.fromkeys(SHARES, LINES)), st.integers(0, 120))
def test_sections_fit_the_room_and_say_what_they_left_out(lines: dict[str, list[tuple[int, int]]], room: int) -> None:
    sections = [
        BriefSection(name, tuple(BriefLine("x" * (WIDTH * size), rank=rank) for size, rank in rows), "more.csv")
        for name, rows in lines.items()
    ]
    fitting = fit(sections, room)
    assert sum(section.height for section in fitting) <= room
    for before, after in zip(sections, fitting, strict=True):
        assert len(after.lines) + after.left_out == len(before.lines)
        assert after.remark == (f"and {after.left_out} more in more.csv" if after.left_out else "")


def test_the_highest_ranks_stay_in_their_order() -> None:
    lines = tuple(BriefLine(text, rank=rank) for text, rank in (("a", 1), ("b", 0), ("c", 2)))
    assert [line.text for line in BriefSection("review", lines).shortened(2).lines] == ["a", "c"]


def test_a_cut_sentence_is_marked_and_keeps_the_words_that_bind() -> None:
    long = (
        Run("Mindful of the many lists and letters of the towns, ", False),
        Run("we commit to", True),
        Run(" act " * 9, False),
    )
    for limit in (30, 60, 90):
        text = plain(shortened(long, limit))
        assert "we commit to" in text
        assert text.endswith("...")
        assert len(text) <= limit + 6
    assert plain(shortened(long, 400)) == " ".join(plain(long).split())


def test_quotes_go_before_lines_do() -> None:
    lines = tuple(BriefLine(text, (Run("x" * WIDTH * 2, False),)) for text in "abcd")
    section = BriefSection("objectives", lines, can_lose_quotes=True).shortened(8)
    assert [(line.text, bool(line.quote)) for line in section.lines] == [
        ("a", True),
        ("b", True),
        ("c", False),
        ("d", False),
    ]
