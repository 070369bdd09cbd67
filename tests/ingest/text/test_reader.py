import re
from textwrap import wrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.ingest.encoding import decode
from pipeline.ingest.line import Ingested
from pipeline.ingest.text.reader import read_text
from pipeline.settings import Limits


def read(text: str | bytes) -> Ingested:
    return read_text(text.encode() if isinstance(text, str) else text, name="a.txt", sha256="", limits=Limits())


def paragraphs(text: str) -> list[str]:
    """Paragraphs as printed: body lines joined, marks in front."""
    found: list[str] = []
    for line in read(text).lines:
        if line.role == "body":
            words = f"{line.mark} {line.text}".strip()
            found[-1:] = [f"{found[-1]} {words}"] if found and not line.has_break else [*found[-1:], words]
    return found


FRENCH = "Déclaration « des États » – « réunis à Genève » pour l’avenir"
ARABIC = "عملية التشاور الإقليمية حول الهجرة واللجوء في المنطقة العربية"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (FRENCH.encode("utf-8"), FRENCH),
        (FRENCH.encode("utf-8-sig"), FRENCH),
        (FRENCH.encode("utf-16"), FRENCH),
        (FRENCH.encode("utf-16-le"), FRENCH),
        (FRENCH.encode("utf-16-be"), FRENCH),
        (FRENCH.encode("utf-32"), FRENCH),
        (FRENCH.encode("cp1252"), FRENCH),
        (ARABIC.encode("utf-8"), ARABIC),
        (ARABIC.encode("utf-16-be"), ARABIC),
        (ARABIC.encode("cp1256") * 4, ARABIC * 4),
        ("café".encode("cp1252"), "café"),
        (FRENCH.encode() + b"\xc3", FRENCH),  # cut inside a character
        (FRENCH.encode() + bytes(range(256)) + FRENCH.encode(), FRENCH),
        (b"a\x93quoted\x94 word", "a“quoted” word"),
        ("a\u0093b\u0094".encode(), "a“b”"),  # cp1252 that went through Latin-1
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert decode(data).text.startswith(text)


SPANISH = "Los países agradecen la Declaración; mañana habrá una reunión pública sobre migración y niñez"


def misread(text: str, page: str, times: int = 1) -> bytes:
    """UTF-8 that a program took for another code page and saved in UTF-8 again."""
    for _ in range(times):
        text = "".join(bytes([byte]).decode(page, "ignore") or chr(byte) for byte in text.encode())
    return text.encode()


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        (SPANISH.encode(), "iso-8859-1", SPANISH),
        (SPANISH.encode("latin-1"), "utf-8", SPANISH),
        (SPANISH.encode("mac_roman"), "", SPANISH),
        (SPANISH.encode("cp850"), "", SPANISH),
        ("l’Union — c’est “déjà” fait".encode("mac_roman"), "", "l’Union — c’est “déjà” fait"),
        ("the States—all of them—don’t".encode("cp1252"), "", "the States—all of them—don’t"),
        (ARABIC.encode("cp1256"), "iso-8859-1", ARABIC),
        ("Москва".encode("koi8-r"), "koi8-r", "Москва"),
        *((misread(SPANISH, page), "", SPANISH) for page in ("cp1252", "latin-1", "mac_roman")),
        *((misread(SPANISH, page, 2), "", SPANISH) for page in ("cp1252", "latin-1")),
        (misread(ARABIC, "cp1252"), "", ARABIC),
        (misread("l’Union “a dit” – déjà", "cp1252"), "", "l’Union “a dit” – déjà"),
        (misread(SPANISH, "cp1252").replace(b"\xc2\xa0", b" "), "", SPANISH),
        ("DECLARAÇÃO DE SÃO TOMÉ: AÇÃO, NÃO".encode(), "", "DECLARAÇÃO DE SÃO TOMÉ: AÇÃO, NÃO"),
    ],
)
def test_what_is_declared_or_was_misread_is_not_believed(data: bytes, declared: str, text: str) -> None:
    assert decode(data, declared).text == text


def test_a_repair_is_told() -> None:
    assert decode(misread("Déclaration des États réunis à Genève", "cp1252")).warnings == (
        "5 characters repaired that were written in UTF-8 twice",
    )


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aéÉñÃÂOE’“”–— .بي", max_size=60))
def test_sound_text_is_never_repaired(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Migration &amp; Development", "Migration & Development"),
        ("workers&rsquo; organizations&nbsp;and", "workers’ organizations and"),
        ("&#8220;the Forum&#x201D;", "“the Forum”"),
        ("R&D; AT&T; &unknown;", "R&D; AT&T; &unknown;"),
    ],
)
def test_entities_are_read(text: str, expected: str) -> None:
    assert read(text).lines[0].text == expected


def test_control_characters_are_removed_with_a_warning() -> None:
    found = read(b"one\x07two\nthree" + b" word" * 40)
    assert found.lines[0].text == "one two"
    assert found.warnings == ("1 control characters removed",)


@pytest.mark.parametrize("data", [b"\x00" * 500, bytes(range(128, 160)) * 40 + bytes(range(32)) * 40])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="binary"):
        read(data)


@pytest.mark.parametrize("text", [" \n\t\n", "# title: only a head\n"])
def test_no_text_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no text"):
        read(text)


@pytest.mark.parametrize(
    ("text", "metadata", "first"),
    [
        (
            "# title: T: with colon\n# date: 2018-08-06\n\nText",
            {"title": "T: with colon", "date": "2018-08-06"},
            "Text",
        ),
        ("\n# source: http://a.b/c\nText", {"source": "http://a.b/c"}, "Text"),
        ("# Objective: a heading\n\nText", {}, "Objective: a heading"),
        ("Text\n# title: not a head\n", {}, "Text"),
        ("---\ntitle: T\ntags:\n  - walks\n---\nText", {"title": "T", "tags": ""}, "Text"),
        (
            "Title: T\n\nURL Source: https://a.b/c\n\nMarkdown Content:\nText",
            {"title": "T", "url source": "https://a.b/c", "markdown content": ""},
            "Text",
        ),
        ("---\nNote: they met\n\nText\n---\nMore", {}, "---"),
        ("Date: 6 August 2018\nPlace: Port\n\nText", {}, "Date: 6 August 2018"),
    ],
)
def test_metadata_head(text: str, metadata: dict[str, str], first: str) -> None:
    found = read(text)
    assert (found.metadata, found.lines[0].text) == (metadata, first)


WRAPPED = (
    "We, the Ministers of the participating countries, reaffirm\nour will to cooperate in all matters of regular\n"
)
WRAPPED += "migration and to strengthen the frameworks that protect\nmigrants and their families in every situation.\n"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (WRAPPED, 1),
        (WRAPPED + "\n" + WRAPPED, 2),
        (WRAPPED + "The second paragraph starts after a short line and goes on\nuntil here.\n", 2),
        (WRAPPED + "     An indented first line opens a paragraph of its own and\nends here.\n", 2),
        (WRAPPED + "1. A numbered item opens a paragraph even here, and it may\nbe wrapped too.\n2. Another\n", 3),
        (WRAPPED + "(a) to agree on measures that are needed in every region and\nto act;\n(b) to meet.\n", 3),
        (WRAPPED + "(a) improve data\ncollection;\n(b) meet.\n", 3),
        (WRAPPED + "- a bullet that is wrapped over the width of the document and\n  goes on;\n- another\n", 3),
        (WRAPPED + ". a full stop that was a bullet\n. another one\n", 3),
        (WRAPPED + "The meeting took place on the coast of the country, namely on\n6 August 2018.\n", 2),
        (WRAPPED + "It was requested to circulate the document under items 45, 97\n(g), 106 and 107.\n", 2),
        (WRAPPED + "The Declaration that was adopted by the Conference of the\n\n\nMinisters of the region.\n", 2),
        ("The General Assembly,\nRecalling its resolution,\n1.\tExpresses its gratitude;\n2.\tDecides.\n", 4),
        ("One paragraph a line that is long enough to be one.\nAnother paragraph a line, also long enough.\n", 2),
        (WRAPPED[:-2] + " and\n– among others – the States of the region.\n", 1),
        ("A long line that a mirror has broken in the middle of its\nsentence goes on here.\n", 1),
        (
            WRAPPED[:-1]
            + " and so on: (1) walks; (2) rests\nof the walkers of the participating countries; and, at last,\n(3) food.\n",
            1,
        ),
        (WRAPPED[:-2] + ":\n(1) the walks of all of the participating countries and so on;\n(2) the rest.\n", 3),
        (
            WRAPPED
            + "1 Ministers of the participating countries walked and rested\nso on.\n2 Ministers left.\n3 All left.\n",
            4,
        ),
        ("They agreed to work with:\n\n- walkers and resters\n- local walkers\n- the eaters\n\nThey left.\n", 5),
        ("River Dialogue\nDeclaration\n\n– walkers\n– resters\n– eaters\n– leavers\n", 6),
        ("TITLE OF THE CONFERENCE HELD ON THE\nISLAND\nBALI, 2016\n", 3),
        (ARABIC + ".\n" + ARABIC + ".\n", 2),
    ],
)
def test_paragraphs(text: str, count: int) -> None:
    assert len(paragraphs(text)) == count


def test_wrapped_lines_keep_their_words_in_order() -> None:
    assert paragraphs(WRAPPED) == [" ".join(WRAPPED.split())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- one", ("-", "one", 0)),
        ("•\tone", ("•", "one", 0)),
        ("-   one", ("-", "one", 0)),
        ("1.\tone", ("", "1. one", 0)),
        ("(a) one", ("", "(a) one", 0)),
        ("I.1 one", ("", "I.1 one", 0)),
        ("- (i) one", ("-", "(i) one", 0)),
        (". one", ("", ". one", 0)),
    ],
)
def test_marks(text: str, expected: tuple[str, str, int]) -> None:
    line = read(text).lines[0]
    assert (line.mark, line.text, line.depth) == expected


def test_indented_bullets_are_deeper() -> None:
    assert [line.depth for line in read("- one\n  - two\n    - three\n- four\n").lines] == [0, 1, 2, 0]


@pytest.mark.parametrize(
    ("text", "furniture"),
    [
        ("Text\n\nPage 1 de 15\n", ["Page 1 de 15"]),
        ("Vous êtes sur la page 1sur 6\n\nText\n", ["Vous êtes sur la page 1sur 6"]),
        ("Text\n\n- 3 -\n", ["- 3 -"]),
        ("Text\n\n*1812345*\n", ["*1812345*"]),
        ("Text\n\n-----\n\n<!-- -->\n\n\\###\n", ["-----", "<!-- -->", "\\###"]),
        ("Text\n2\n\fMore text\n3\n\f", ["2", "3"]),
        ("One\n\n2\n\nTwo\n\n3\n\nThree\n", ["2", "3"]),
        ("A/1/2\none\nA/1/2\ntwo\n", ["A/1/2", "A/1/2"]),
        ("".join(f"Head {n}\ntext {n} of it\n\f" for n in range(4)), None),
        ("Title\n\n1\n\nThey met.\n\n2\n\nThey left.\n", []),
        (
            "They met and\n\n     1\nRiver 2044\n\nate.\n\n     2\nRiver 2044\n\nSo.\n\n     3\n",
            ["1", "River 2044", "2", "River 2044", "3"],
        ),
        ("The year\n\n2018\n\nwas good\n", []),
        ("on page 3 of the report we read\n", []),
    ],
)
def test_furniture(text: str, furniture: list[str] | None) -> None:
    found = [line.text for line in read(text).lines if line.role == "furniture"]
    assert found == furniture if furniture is not None else all(f"Head {n}" in found for n in range(4))


def test_form_feeds_are_pages() -> None:
    found = read("one\n\ftwo\n\fthree\n\f")
    assert ([line.page for line in found.lines], found.pages) == ([1, 2, 3], 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Bold heading**\n\ntext", ("Bold heading", True, False, 2)),
        ("***Bold and slanted***\n\ntext", ("Bold and slanted", True, True, 2)),
        ("**Heading with a space **\n\ntext", ("Heading with a space", True, False, 2)),
        ("**Geneva, 11 October 2017**\n", ("Geneva, 11 October 2017", True, False, None)),
        ("## Heading\n\ntext", ("Heading", False, False, 2)),
        ("Heading\n=======\n\ntext", ("Heading", False, False, 1)),
        ("some **bold** word", ("some bold word", False, False, None)),
        ("some *slanted* word", ("some slanted word", False, False, None)),
        ("the 9<sup>e</sup> summit", ("the 9e summit", False, False, None)),
        ("provisional agenda*", ("provisional agenda*", False, False, None)),
        ("two ** stars", ("two ** stars", False, False, None)),
        ("snake_case_name", ("snake_case_name", False, False, None)),
    ],
)
def test_markdown(text: str, expected: tuple[str, bool, bool, int | None]) -> None:
    line = read(text).lines[0]
    assert (line.text, line.is_bold, line.is_italic, line.heading) == expected


def test_bold_over_two_lines_is_one_heading() -> None:
    first, second, text = read("**Promoting Stability of\nDestination and Return**\n\nWe affirm that.").lines
    assert (first.heading, second.heading, second.has_break, text.heading) == (2, 2, False, None)


def test_superscript_notes() -> None:
    text, note = read("global migration governance,⁴ over 5 km² of it\n\n⁴ A. Betts (ed.), a book.\n").lines
    assert (text.text, text.notes) == ("global migration governance, over 5 km² of it", ("4",))
    assert (note.role, note.note, note.text) == ("note", "4", "A. Betts (ed.), a book.")


def test_notes_below_a_rule() -> None:
    found = read(
        "They thanked the States* and the\n______________\n* All of them.\n1 See the report of the\nDialogue.\n\n"
        "                    1\nRiver 2044\n\nwalkers.\n\n                    2\nRiver 2044\n\nThey left.\n"
    ).lines
    assert [(line.note, line.text, line.has_break) for line in found if line.role == "note"] == [
        ("*", "All of them.", True),
        ("1", "See the report of the", True),
        ("1", "Dialogue.", False),
    ]
    assert [(line.text, line.has_break) for line in found if line.role == "body"][1] == ("walkers.", False)


@pytest.mark.parametrize("rule", ["-----------", "____________"])
def test_a_list_below_a_rule_is_no_note(rule: str) -> None:
    assert not [
        line for line in read(f"They met.\n\n{rule}\n\n1. To walk.\n\n2. To rest.\n").lines if line.role == "note"
    ]


WORDS = st.text(
    st.characters(codec="cp1252", categories=["L", "N", "P", "Zs"], exclude_characters="#*_<\\¹²³"), max_size=60
)
TEXTS = st.lists(WORDS, max_size=12).map("\n".join)


@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
@settings(max_examples=150, deadline=None)
def test_no_visible_word_is_lost(text: str, codec: str) -> None:
    encoded = text.encode(codec)
    if codec == "cp1252" and decode(encoded).encoding != "cp1252":
        return  # the same bytes are good UTF-8 or UTF-16: nobody can tell
    if any("twice" in warning for warning in decode(encoded).warnings):
        return  # what UTF-8 looks like in another code page: nor here
    try:
        lines = read(encoded).lines
    except InputError:
        assert not re.findall(r"\w+", text) and not text.split()
        return
    shown = " ".join(f"{line.mark} {line.text}" for line in lines)
    assert re.findall(r"\w+", shown) == re.findall(r"\w+", text)


@given(st.lists(st.sampled_from(["We agree", "(a) to act;", "", "- one", "and so on", "12", "\f", "A/1/2", "of the"])))
@settings(max_examples=150, deadline=None)
def test_every_physical_line_is_a_line(rows: list[str]) -> None:
    shown = [row for row in rows if row.strip()]
    if shown:
        lines = read("\n".join(rows)).lines
        assert [f"{line.mark} {line.text}".strip() for line in lines] == shown
        assert lines[0].has_break


RESOLUTION = [
    "The General Assembly,",
    "Recalling its resolution on harbours and on the lamps that the towns of the coast keep lit at night,",
    "Bearing in mind the plan of the harbour towns for the boats of the coming year and for their crews,",
    "1. Invites the harbour towns to keep one lamp lit at both of their landings, in the winter and in summer;",
    "2. Decides to meet again next year at the upper landing, where the new lamps will have been hung.",
]


@pytest.mark.parametrize("width", [46, 60, 78])
@pytest.mark.parametrize("spacing", ["\n", "\n\n", "\n\n\n"])
def test_a_resolution_whose_lines_are_all_spaced_alike(width: int, spacing: str) -> None:
    typed = spacing.join(line for text in RESOLUTION for line in wrap(text, width))
    assert paragraphs(typed) == RESOLUTION


def test_paragraphs_of_one_line_each_keep_their_blank_lines() -> None:
    items = [
        "Members agreed on:",
        "to keep the lamps lit",
        "to count the boats",
        "to meet at the upper landing",
        "Done.",
    ]
    assert paragraphs("\n\n".join(items)) == items
