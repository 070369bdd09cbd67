"""A search for a paragraph by its number: "32(f)", "§32f", "para. 32 (f)", "OP5"."""

from __future__ import annotations

import re
from typing import NamedTuple

import sqlalchemy as sa

from extractors.lexicon.language import any_word
from pipeline.store.schema import members, paragraphs
from pipeline.webapp.search.index import last_run

MOST_PLACES = 60
"""Paragraphs of one number that are listed."""
_LOOSE = "()§ "
_NUMBER = re.compile(
    rf"(?P<named>§|(?:{any_word(lambda language: (*language.numbering.paragraphs, *language.numbering.citations))})\b\.?)?"
    r"\s*(?P<number>(?:¶|OP\s*|PP\s*)?\d{1,3}(?P<parts>(?:\s*\(\s*\w{1,4}\s*\)|[a-z]{1,4}\b)*))",
    re.IGNORECASE,
)


class ParagraphNumber(NamedTuple):
    """A paragraph number somebody looks for; `is_plain` where it may as well be a number in a text."""

    loose: str
    is_plain: bool


def cited_number(query: str) -> ParagraphNumber | None:
    """Return the paragraph number that a query is, None where it asks for words.

    >>> cited_number("§43 (b)(iii)"), cited_number("para. 32f").loose, cited_number("32").is_plain, cited_number("32 forums")
    (ParagraphNumber(loose='43biii', is_plain=False), '32f', True, None)
    """
    match = _NUMBER.fullmatch(query.strip())
    if match is None:
        return None
    plain = not match["named"] and not match["parts"] and match["number"].isdigit()
    return ParagraphNumber(_loose(match["number"]), plain)


def find_numbered(engine: sa.Engine, cited: ParagraphNumber, document: str = "") -> list[tuple[str, str]]:
    """Return the paragraphs of the last run (document and id) with this number, however its parts are written."""
    column: sa.ColumnElement[str] = sa.func.lower(paragraphs.c.paragraph)
    for sign in _LOOSE:
        column = sa.func.replace(column, sign, "")
    query = sa.select(paragraphs.c.document, paragraphs.c.paragraph).where(column == cited.loose)
    query = query.order_by(paragraphs.c.document, paragraphs.c.order).limit(MOST_PLACES)
    if document:
        query = query.where(paragraphs.c.document == document)
    with engine.connect() as connection:
        if run := last_run(connection):
            query = query.where(paragraphs.c.document.in_(sa.select(members.c.document).where(members.c.run_id == run)))
        return [(row.document, row.paragraph) for row in connection.execute(query)]


def _loose(text: str) -> str:
    return "".join(char for char in text.casefold() if char not in _LOOSE)
