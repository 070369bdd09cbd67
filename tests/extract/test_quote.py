import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.quote import Run, mark, occurrences, plain, quote_text, runs, sentences

LONG = (
    "Promote effective matching of skills in the national economy by involving local authorities and other partners, "
    "particularly the private sector, in the analysis of labour markets, the identification of gaps and the definition "
    "of required profiles, with a view to efficient policies."
)


def spans(text: str, *wordings: str) -> list[tuple[int, int]]:
    return [span for wording in wordings for span in occurrences(text, wording)]


@pytest.mark.parametrize(
    ("text", "wordings", "limit", "expected"),
    [
        ("The Forum met.", ["Forum"], 320, "The Forum met."),
        ("We met. The Forum met. We left.", ["Forum"], 20, "...The Forum met..."),
        ("The Forum met. We ate. The Board met.", ["Forum", "Board"], 35, "The Forum met... The Board met."),
        ("The Forum met. The Board met. We left.", ["Forum", "Board"], 320, "The Forum met. The Board met..."),
        (LONG, ["local authorities"], 130, LONG[:110] + "..."),
        (LONG, ["efficient policies"], 42, "...with a view to efficient policies."),
        (LONG, ["private sector"], 10, "...private sector..."),
        ("See para. 22 of No. 5. Then go.", ["Then"], 12, "...Then go."),
        ("", [], 320, ""),
        ("   ", [], 320, ""),
        ("We met. We left.", [], 10, "We met..."),
        ("uncuttable" * 20, ["nothing"], 20, "uncuttable" * 20),
        ("x" * 300 + " the Forum " + "y" * 300, ["Forum"], 12, "...the Forum..."),
        ("Они приняли решение. Форум собрался. Все ушли.", ["Форум"], 20, "...Форум собрался..."),
        ("会议通过决议。论坛举行会议。全部结束。", ["论坛举行会议"], 8, "...论坛举行会议..."),
    ],
)
def test_quote(text: str, wordings: list[str], limit: int, expected: str) -> None:
    assert quote_text(text, spans(text, *wordings), limit) == expected


def test_runs_mark_the_spans_and_nothing_else() -> None:
    text = "The Forum and the Forums of the Forum."
    assert runs(text, spans(text, "Forum")) == (
        Run("The ", False),
        Run("Forum", True),
        Run(" and the Forums of the ", False),
        Run("Forum", True),
        Run(".", False),
    )


def test_overlapping_spans_are_one_bold_run() -> None:
    text = "regional processes and platforms on migration"
    assert [r.text for r in runs(text, [(0, 18), (9, 32)]) if r.is_bold] == ["regional processes and platforms"]


@pytest.mark.parametrize(
    ("text", "wordings", "bold"),
    [
        ("capacities of cities", ["cities"], ["cities"]),
        ("the Forum, the Forum", ["Forum"], ["Forum", "Forum"]),
        ("C++ (IOM)", ["IOM"], ["IOM"]),
        ("a.b", [".", ""], []),
        ("private sector and employers", ["private sector", "sector and employers"], ["private sector and employers"]),
    ],
)
def test_mark(text: str, wordings: list[str], bold: list[str]) -> None:
    marked = mark(text, wordings)
    assert [r.text for r in marked if r.is_bold] == bold
    assert plain(marked) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("As Mr. A. Smith said in art. 5. Yes.", ["As Mr. A. Smith said in art. 5.", "Yes."]),
        ("He said “go.” Then left", ["He said “go.”", "Then left"]),
        ("Version 2.5 is out; e.g. this", ["Version 2.5 is out; e.g. this"]),
        ("¿Qué? ¡Sí!", ["¿Qué?", "¡Sí!"]),
        ("Held on 20 ? 22 June 2017. Was it 20? 22 came.", ["Held on 20 ? 22 June 2017.", "Was it 20?", "22 came."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[s:e] for s, e in sentences(text)] == expected


WORDS = st.lists(
    st.sampled_from(["the", "Forum", "regional", "processes,", "e.g.", "para.", "We", "met.", "IOM;", "–", "على", "x"]),
    min_size=1,
    max_size=120,
)


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], int]:
    text = draw(st.one_of(WORDS.map(" ".join), st.text(st.characters(exclude_categories=["Cs"]), max_size=200)))
    ends = st.integers(0, len(text))
    found = draw(st.lists(st.tuples(ends, ends).map(lambda p: (min(p), max(p))), max_size=5))
    return text, found, draw(st.integers(0, 400))


@given(quoted())
def test_pieces_are_in_the_text_in_order_with_every_span(case: tuple[str, list[tuple[int, int]], int]) -> None:
    text, found, limit = case
    pieces = runs(text, found, limit)
    assert plain(pieces) == quote_text(text, found, limit)
    assert all(piece.text for piece in pieces)
    at = 0
    for part in plain(pieces).split("..."):
        at = text.index(part.strip(), at) + len(part.strip())
    for start, end in found:
        assert text[start:end] in plain(pieces)


@given(WORDS.map(" ".join), st.data())
def test_no_word_is_cut_and_the_limit_is_kept(text: str, data: st.DataObject) -> None:
    words = [m for m in range(len(text)) if text[m] != " " and (m == 0 or text[m - 1] == " ")]
    start = data.draw(st.sampled_from(words))
    end = (text + " ").index(" ", start)
    limit = data.draw(st.integers(1, 400))
    result = quote_text(text, [(start, end)], limit)
    kept = re.sub(r"\.{3}(?!\.)", " ", result).split()
    assert set(kept) <= {w.rstrip(",;:.–") for w in text.split()} | set(text.split())
    assert len(result) <= max(limit, end - start) + 6


@given(st.text("ab_1 é-", max_size=30), st.text("ab_1 é-", max_size=3))
def test_occurrences_are_those_of_a_pattern_of_whole_words(text: str, wording: str) -> None:
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(wording)}(?!\w)", text)] if wording.strip() else []
    assert occurrences(text, wording) == found
