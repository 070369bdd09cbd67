"""Printed marks in five languages: what they are, and which of them count in a whole text."""

from __future__ import annotations

import pytest

from pipeline.ingest.printed_marks import article_mark, bare_number, marks_that_count, numbers_alone, read_mark

READ = [
    ("2 bis. Text", "2 bis", "dot"),
    ("4bis. Text", "4 bis", "dot"),
    ("2 ter) Text", "2 ter", "half"),
    ("2bis.- Texto", "2 bis", "dot"),
    ("2 quater Text", "2 quater", "dot"),
    ("(a bis) text", "a bis", "paren"),
    ("2 مكررا- نص", "2 مكررا", "dash"),
    ("1.- Texto", "1", "dot"),
    ("a.- texto", "a", "dot"),
    ("1 – Texto", "1", "dash"),
    ("a – texte", "a", "dash"),
    ("١- نص", "1", "dash"),
    ("١. نص", "1", "dot"),
    ("۳- نص", "3", "dash"),
    ("1 - نص", "1", "dash"),
    ("1-نص", "1", "dash"),
    ("(أ) نص", "أ", "paren"),
    ("أ) نص", "أ", "half"),
    ("هـ- نص", "هـ", "dash"),
    (")ب( نص", "ب", "paren"),
    (".1 نص", "1", "dot"),
    ("\u200f1- نص", "1", "dash"),
    ("PRIMERO.- Texto", "1", "word"),
    ("Tercera: texto", "3", "word"),
    ("Premièrement : texte", "1", "word"),
    ("SEGUNDO – texto", "2", "word"),
    ("ثالثا: نص", "3", "word"),
    ("أولاً - نص", "1", "word"),
    ("DÉCIMO SEGUNDO.- Texto", "12", "word"),
    ("PP2bis. Text", "PP2 bis", "label"),
    ("PP 1 Text", "PP1", "label"),
    ("(OP1) Text", "OP1", "label"),
    ("OP2 alt. Text", "OP2 alt", "label"),
    ("OP3 alt 2: Text", "OP3 alt 2", "label"),
    ("OP2(a) Text", "OP2(a)", "label"),
    ("§ 1. Text", "1", "sign"),
    ("¶ 2 Text", "2", "sign"),
    ("Para. 1: Text", "1", "spoken"),
    ("Párrafo 3.- Texto", "3", "spoken"),
    ("[1] Text", "1", "bracket"),
    ("1° Texte", "1", "degree"),
    ("2.º Texto", "2", "degree"),
    ("a') Text", "a'", "half"),
    ("ñ) Texto", "ñ", "half"),
]
NONE = [
    "Second, we met",
    "Para 1 of it says",
    "5-6 May",
    "30 – 31",
    "2 million",
    "- item",
    "e.g. this",
    "of) it",
    "Article 2",
]


@pytest.mark.parametrize(("text", "name", "style"), READ)
def test_mark_is_read(text: str, name: str, style: str) -> None:
    mark = read_mark(text)
    assert mark is not None and (mark.name, mark.style) == (name, style)
    assert text[mark.length :].lower() in ("text", "texto", "texte", "نص")


@pytest.mark.parametrize("text", NONE)
def test_no_mark(text: str) -> None:
    assert read_mark(text) is None


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        ("[1] A | [2] B | C", "1 2 -"),
        ("[1] A", "-"),
        ("[2] A | [3] B", "- -"),
        ("A [1] b | [1] See | [2] See", "- - -"),  # notes
        ("PRIMERO.- A | SEGUNDO.- B | b | TERCERO.- C", "1 2 - 3"),
        ("Segundo: A | B", "- -"),
        ("§ 1. A | § 1 bis. B | § 2. C", "1 1 bis 2"),
        ("1° A | 2° B | 1° C | 2° D", "1 2 1 2"),
        ("(1) A; (2) b; | (3) C | (4) D", "- - 4"),
        ("(1) A as in (2) below | (2) B", "1 2"),
        ("a) A; b) b | c) C", "- -"),
    ],
)
def test_marks_that_count(texts: str, names: str) -> None:
    parts = texts.split(" | ")
    found = marks_that_count([read_mark(part) for part in parts], parts)
    assert " ".join(mark.name if mark else "-" for mark in found) == names


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("1 Ministers thanked", "1"),
        ("1 “Ministers” thanked", "1"),
        ("١ يشكر الوزراء", "1"),
        ("12 ships", None),
        ("5 May 2044", None),
        ("5 Mayo de 2044", None),
        ("3 Million people", None),
        ("2044 will be", None),
        ("1.5 Ships", None),
    ],
)
def test_bare_number(text: str, core: str | None) -> None:
    mark = bare_number(text)
    assert (mark.core if mark else None) == core


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ("Title | 1 | They met. | 2 | They ate.", 2),
        ("They met. | 1 | They ate. | 2", 0),  # pages: none behind the last
        ("They met and | 1 | they ate. | 2 | Then", 0),  # pages: inside a sentence
        ("Title | 2 | They met. | 3 | They ate.", 0),
        ("Met. | 1 | Head | Ate. | 2 | Head | Left.", 0),  # pages: a running head behind each
        ("Title | 1 | They met.", 0),
    ],
)
def test_numbers_alone(texts: str, count: int) -> None:
    assert len(numbers_alone(texts.split(" | "))) == count


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Article 2", "2"),
        ("ARTICLE IV", "IV"),
        ("Article premier", "1"),
        ("Article 3 bis – Travail", "3 bis"),
        ("Artículo primero.- Las Partes", "1"),
        ("Artigo 1.º", "1"),
        ("المادة 3", "3"),
        ("المادة الثانية: العمل", "2"),
        ("Article 2 of the Agreement", None),
        ("Articles of faith", None),
    ],
)
def test_article(text: str, name: str | None) -> None:
    mark = article_mark(text)
    assert (mark.name if mark else None) == name
