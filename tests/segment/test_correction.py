"""Merging, splitting and renumbering paragraphs: one line a case, and what holds for any text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Kind, Paragraph, WordBox
from pipeline.segment.correction import Correction, correct_paragraphs, has_two_parts, read_number

KINDS: dict[str, Kind] = {"H": "heading", "TI": "title", "PP": "preambular", "FM": "frontmatter"}


def boxes(text: str) -> tuple[WordBox, ...]:
    """One box a word, the n-th on line n."""
    out, place = [], 0
    for n, word in enumerate(text.split()):
        place = text.index(word, place)
        out.append(WordBox(place, place + len(word), 1, 10.0, 20.0 * n, 90.0, 20.0 * n + 10))
        place += len(word)
    return tuple(out)


def cut(*rows: str) -> tuple[Paragraph, ...]:
    """Paragraphs from "id: text"; a heading is over what follows it."""
    out, path = [], ()
    for n, row in enumerate(rows, 1):
        name, text = row.split(": ", 1)
        number, sign, rest = name.partition("#")
        kind = "note" if rest.startswith("n") else "continuation" if sign else KINDS.get(number[:2], "paragraph")
        if kind == "heading":
            number, path = f"H:{text}", (text,)
        own = ("footnote 1",) if kind == "note" else path
        out.append(Paragraph(n, number, kind, text, sign + rest, own, words=boxes(text)))
    return tuple(out)


def shown(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    return [f"{p.id}: {p.text}" if p.kind != "heading" else f"H: {p.text}" for p in paragraphs]


def merge(before: Paragraph, own: Paragraph, name: str = "m") -> Correction:
    return Correction(name, "merge", own.id, own.text, before=before.text)


def split(own: Paragraph, words: str, number: str = "", name: str = "s") -> Correction:
    return Correction(name, "split", own.id, own.text, start=own.text.index(words), number=number)


TEXT = (
    "1: We met and",
    "1#2: agreed.",
    "H: Next steps",
    "2: We go on. (a) To walk.",
    "2#n1: A footnote.",
    "3: We rest.",
)

CASES = {
    "a line goes back to its paragraph": (
        lambda p: [merge(p[0], p[1])],
        ["1: We met and agreed.", "H: Next steps", "2: We go on. (a) To walk.", "2#n1: A footnote.", "3: We rest."],
    ),
    "a note between two paragraphs is passed over": (
        lambda p: [merge(p[3], p[5])],
        ["1: We met and", "1#2: agreed.", "H: Next steps", "2: We go on. (a) To walk. We rest.", "2#n1: A footnote."],
    ),
    "a first line that was taken for a heading": (
        lambda p: [merge(p[2], p[3])],
        ["1: We met and", "1#2: agreed.", "2: Next steps We go on. (a) To walk.", "2#n1: A footnote.", "3: We rest."],
    ),
    "a last line that was taken for a heading": (
        lambda p: [merge(p[1], p[2])],
        ["1: We met and", "1#2: agreed. Next steps", "2: We go on. (a) To walk.", "2#n1: A footnote.", "3: We rest."],
    ),
    "a point gets its number": (
        lambda p: [split(p[3], "(a)", "2(a)")],
        [*TEXT[:3], "2: We go on.", "2(a): (a) To walk.", *TEXT[4:]],
    ),
    "a part without a number keeps the one above": (
        lambda p: [split(p[3], "(a)")],
        [*TEXT[:3], "2: We go on.", "2#2: (a) To walk.", *TEXT[4:]],
    ),
    "a number that is taken already": (
        lambda p: [split(p[3], "(a)", "3")],
        [*TEXT[:3], "2: We go on.", "3#2: (a) To walk.", *TEXT[4:]],
    ),
    "a heading that ran into the text": (
        lambda p: [split(p[2], "steps")],
        [*TEXT[:2], "H: Next", "H:Next steps#2: steps", *TEXT[3:]],
    ),
    "lines and notes get the number of their paragraph": (
        lambda p: [Correction("r", "renumber", "1", p[0].text, number="4"), Correction("q", "renumber", "2", p[3].text, number="5")],
        ["4: We met and", "4#2: agreed.", "H: Next steps", "5: We go on. (a) To walk.", "5#n1: A footnote.", "3: We rest."],
    ),
    "one line gets a number of its own": (
        lambda p: [Correction("r", "renumber", "1#2", p[1].text, number="2(z)")],
        ["1: We met and", "2(z): agreed.", *TEXT[2:]],
    ),
    "each sees what the last one left": (
        lambda p: [merge(p[0], p[1]), Correction("s", "split", "1", "We met and agreed.", start=7, number="1 bis")],
        ["1: We met", "1 bis: and agreed.", *TEXT[2:]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_corrections(case: str) -> None:
    make, expected = CASES[case]
    corrections = make(cut(*TEXT))
    made = correct_paragraphs(cut(*TEXT), corrections, language="en")
    assert shown(made.paragraphs) == expected
    assert made.applied == tuple(one.name for one in corrections) and made.lost == ()
    assert [p.order for p in made.paragraphs] == list(range(1, len(expected) + 1))


LOST = {
    "its text is gone": Correction("x", "merge", "1#2", "concluded.", before="We met and"),
    "another paragraph stands before it": Correction("x", "merge", "3", "We rest.", before="agreed."),
    "a word would be cut": Correction("x", "split", "3", "We rest.", start=5),
    "nothing would be left": Correction("x", "split", "3", "We rest.", start=7),
    "its text stands twice under other numbers": Correction("x", "renumber", "9", "We rest.", number="7"),
}


@pytest.mark.parametrize("case", LOST)
def test_what_cannot_be_made_changes_nothing(case: str) -> None:
    before = cut(*TEXT, "4: We rest.") if "twice" in case else cut(*TEXT)
    made = correct_paragraphs(before, [LOST[case]], language="en")
    assert made.paragraphs == before and made.lost == ("x",)


def test_what_the_text_fulfils_already_counts_as_made() -> None:
    whole = cut("1: We met and agreed.", "2: We rest.")
    wanted = [
        Correction("m", "merge", "1#2", "agreed.", before="We met and"),
        Correction("s", "split", "1", "We met and agreed. We rest.", start=19, number="2"),
        Correction("r", "renumber", "1#2", "We rest.", number="2"),
    ]
    made = correct_paragraphs(whole, wanted, language="en")
    assert made.paragraphs == whole and made.applied == ("m", "s", "r")


def test_a_split_finds_its_place_in_a_text_that_is_spaced_otherwise() -> None:
    known = cut("1: We met. We rest.")
    wanted = split(known[0], "We rest")
    other = cut("7: We  met.\u00a0 We rest.")
    assert [p.text for p in correct_paragraphs(other, [wanted], language="en").paragraphs] == ["We  met.", "We rest."]


def test_points_and_their_lines_get_the_number_of_their_paragraph() -> None:
    rows = cut(
        "22: We will:", "22(a): walk;", "22(a)#2: often.", "22(b): rest.", "22#n1: A note.", "23: We go.", "22(c): no."
    )
    made = correct_paragraphs(rows, [Correction("r", "renumber", "22", rows[0].text, number="23")], language="en")
    assert [p.id for p in made.paragraphs] == ["23#2", "23(a)", "23(a)#2", "23(b)", "23#n1", "23", "22(c)"]


def test_what_stands_under_a_heading_follows_it() -> None:
    title = "Objective 5: Enhance availability and flexibility of pathways for regular migration"
    first, second = title.split(" and ")[0], "and " + title.split(" and ", 1)[1]
    rows = cut(f"H: {first}", f"H: {second}", "21: We commit.", "H: Other", "22: We go.")
    made = correct_paragraphs(rows, [merge(rows[0], rows[1])], language="en").paragraphs
    assert [(p.heading_path, p.objective) for p in made] == [((title,), 5)] * 2 + [(("Other",), None)] * 2
    assert made[0].id == f"H:{title}"
    undone = correct_paragraphs(made, [split(made[0], "and flex")], language="en").paragraphs
    assert undone[2].heading_path == (title.split(" and flex")[0],)


WORDS = st.lists(
    st.sampled_from(["we", "met", "State-led", "and", "(a)", "الهجرة", "10.7", "é", "l’État"]), min_size=1, max_size=8
)


@given(st.lists(WORDS, min_size=2, max_size=6), st.data())
@settings(deadline=None, max_examples=60)
def test_no_word_is_lost_and_a_merge_is_taken_back_by_a_split(rows: list[list[str]], data: st.DataObject) -> None:
    before = cut(*(f"{n}: {' '.join(words)} {n}" for n, words in enumerate(rows, 1)))
    place = data.draw(st.integers(1, len(rows) - 1))
    upper, lower = before[place - 1], before[place]
    merged = correct_paragraphs(before, [merge(upper, lower)], language="en").paragraphs
    whole = merged[place - 1]
    assert len(merged) == len(before) - 1
    assert " ".join(p.text for p in merged).split() == " ".join(p.text for p in before).split()
    assert [whole.text[w.start : w.end] for w in whole.words] == whole.text.split()
    back = Correction("s", "split", whole.id, whole.text, start=len(upper.text) + 1, number=lower.paragraph)
    again = correct_paragraphs(merged, [back], language="en").paragraphs
    assert [replace(p, order=0) for p in again] == [replace(p, order=0) for p in before]


@given(st.lists(WORDS, min_size=2, max_size=6), st.data())
@settings(deadline=None, max_examples=60)
def test_ids_stay_unique_whatever_is_asked_for(rows: list[list[str]], data: st.DataObject) -> None:
    before = cut(*(f"{n // 2}{'#2' if n % 2 else ''}: {' '.join(words)} {n}" for n, words in enumerate(rows)))
    wanted = []
    for n in range(data.draw(st.integers(1, 5))):
        own = data.draw(st.sampled_from(before[1:]))
        number = data.draw(st.sampled_from(["", "0", "1", "2(a)", "FM1"]))
        start = data.draw(st.integers(0, len(own.text)))
        operation = data.draw(st.sampled_from(["merge", "split", "renumber"] if number else ["merge", "split"]))
        earlier = before[before.index(own) - 1].text
        wanted.append(Correction(str(n), operation, own.id, own.text, earlier, start, number))
    made = correct_paragraphs(before, wanted, language="en")
    assert len({p.id for p in made.paragraphs}) == len(made.paragraphs)
    texts = ("".join(p.text for p in rows) for rows in (made.paragraphs, before))
    assert len({"".join(text.split()) for text in texts}) == 1
    assert sorted([*made.applied, *made.lost]) == sorted(one.name for one in wanted)


def test_numbers_and_offsets() -> None:
    assert [read_number(text) for text in ("§22 (b)", " OP3 ", "¶12", "Annex II/8(h)", "2 bis", "١(أ)")] == [
        "22(b)", "OP3", "¶12", "Annex II/8(h)", "2 bis", "١(أ)",
    ]  # fmt: skip
    assert [read_number(text) for text in ("", "17#2", "H:Next", "§", "x" * 61)] == [""] * 5
    assert [has_two_parts("We met.", n) for n in (0, 1, 2, 3, 6, 7)] == [False, False, True, True, False, False]
