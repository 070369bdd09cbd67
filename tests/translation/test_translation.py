"""Texts, numbers and days in the language that is in use, and the language that a browser asks for."""

from __future__ import annotations

from datetime import date

import pytest
from jinja2 import Environment

from pipeline.translation import (
    choose_language,
    current_language,
    gettext,
    ngettext,
    use_language,
    write_date,
    write_number,
)
from pipeline.translation.templates import mark_messages

DAY = date(2018, 12, 9)


@pytest.mark.parametrize(
    ("code", "accept", "documents", "number", "share", "day", "short"),
    [
        ("en", "Accept", "0 documents", "12,345", "0.62", "09 December 2018", "9 Dec 2018"),
        ("fr", "Accepter", "0 document", "12\u202f345", "0,62", "9 décembre 2018", "9 décembre 2018"),
        ("es", "Aceptar", "0 documentos", "12\u202f345", "0,62", "9 de diciembre de 2018", "9 de diciembre de 2018"),
        ("xx", "Accept", "0 documents", "12,345", "0.62", "09 December 2018", "9 Dec 2018"),
    ],
)
def test_texts_numbers_and_days_are_those_of_the_language(
    code: str, accept: str, documents: str, number: str, share: str, day: str, short: str
) -> None:
    with use_language(code):
        assert gettext("Accept") == accept
        assert ngettext("%(count)s document", "%(count)s documents", 0) == documents
        assert (write_number(12345), write_number(0.617, 2)) == (number, share)
        assert (write_date(DAY), write_date(DAY, short=True)) == (day, short)
    assert current_language() == "en"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("fr", "fr"),
        ("fr-CA, en;q=0.5", "fr"),
        ("de, es;q=0.3", "es"),
        ("en;q=0.4, es;q=0.9, fr;q=0.9", "es"),
        ("fr;q=0, en", "en"),
        ("pt-BR", "en"),
        ("", "en"),
        ("fr;q=nan, \x00, ,,;", "en"),
        ("es" + "," * 100_000, "es"),
    ],
)
def test_the_language_is_the_one_that_a_browser_asks_for_first(header: str, code: str) -> None:
    assert choose_language(header) == code


def test_a_label_of_the_lexicon_is_translated_and_what_nobody_knows_stays() -> None:
    with use_language("es"):
        assert gettext("Civil society") == "Sociedad civil"
        assert (
            gettext("Guiding principle 2: International cooperation") == "Principio rector 2: Cooperación internacional"
        )
        assert gettext("A category of my own") == "A category of my own"
        assert gettext("") == ""


def test_what_is_put_into_a_message_is_escaped_and_a_text_from_elsewhere_is_no_markup() -> None:
    environment = Environment(autoescape=True)
    mark_messages(environment, lambda value: str(value).replace("\u202e", "\ufffd"))
    greeting = "{% trans name=name %}Reviewing as <strong>{{ name }}</strong>{% endtrans %}"
    template = environment.from_string(f"{greeting}|{{{{ name|translated }}}}")
    with use_language("fr"):
        told = template.render(name="<b>\u202e")
    assert told == "Vous êtes <strong>&lt;b&gt;\ufffd</strong>|&lt;b&gt;\u202e"
