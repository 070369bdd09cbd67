import pytest

from pipeline.ingest.line import Line
from pipeline.ingest.printed_lines import with_breaks, without_breaks

SENTENCE = "Ministers thanked the Bali Process for the help that it gave."


def paragraphs(lines: list[Line]) -> list[str]:
    out: list[str] = []
    for line in lines:
        words = f"{line.mark} {line.text}".strip()
        if line.has_break:
            out.append(words)
        else:
            out[-1] += f" {words}"
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. We met.|2. We left.", ["1. We met.", "2. We left."]),
        ("We agreed:|(a) to meet;|(b) to leave.", ["We agreed:", "(a) to meet;", "(b) to leave."]),
        ("We agreed|(a) to meet|(b) to leave", ["We agreed", "(a) to meet", "(b) to leave"]),
        ("We agreed:|i) to meet;|ii) to leave.", ["We agreed:", "i) to meet;", "ii) to leave."]),
        ("We agreed:|• to meet;|- to leave.", ["We agreed:", "• to meet;", "- to leave."]),
        ("as was set out in paragraph|(a) of the annex", ["as was set out in paragraph (a) of the annex"]),
        ("We agreed:|(a) to meet, see point|(d) there.", ["We agreed:", "(a) to meet, see point (d) there."]),
        ("Minister of Labour|Harbour City", ["Minister of Labour Harbour City"]),
        (f"{SENTENCE}|{SENTENCE}", [SENTENCE, SENTENCE]),
        (f"{SENTENCE}|and left.", [f"{SENTENCE} and left."]),
    ],
)
def test_paragraphs_after_line_breaks(text: str, expected: list[str]) -> None:
    lines = [Line(one, has_break=at == 0) for at, one in enumerate(text.split("|"))]
    assert paragraphs(with_breaks(lines)) == expected


def test_titles_and_addresses_are_not_broken() -> None:
    title = [Line(SENTENCE, heading=1), Line(SENTENCE, heading=1, has_break=False)]
    address = [Line(SENTENCE, is_centred=True), Line(SENTENCE, is_centred=True, has_break=False)]
    assert [line.has_break for line in (*with_breaks(title), *with_breaks(address))] == [True, False, True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Harbour Dialogue|1. Ministers thanked the Bali Process for the sup-|port that it gave to all|States. They left."
            "|2. Ministers invited the International|Organization for Migration to come.",
            ["Harbour Dialogue", "1. Ministers thanked the Bali Process for the sup- port that it gave to all States. They left.",
             "2. Ministers invited the International Organization for Migration to come."],
        ),
        ("Aims|We agreed:|to invite employers|to invite unions|to leave", ["Aims", "We agreed:", "to invite employers",
         "to invite unions", "to leave"]),
        (f"{SENTENCE}|{SENTENCE}|Recalling the process,|recalling the meeting,", [SENTENCE, SENTENCE,
         "Recalling the process,", "recalling the meeting,"]),
        ("We came to the meeting of|" + "|".join([SENTENCE] * 30), ["We came to the meeting of", *[SENTENCE] * 30]),
    ],
)  # fmt: skip
def test_one_element_a_printed_line(text: str, expected: list[str]) -> None:
    assert paragraphs(without_breaks([Line(one) for one in text.split("|")])) == expected
