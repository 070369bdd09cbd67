"""What people read, in the language they chose: gettext catalogues, one folder a language, beside this module.

A text is marked where it stands: `gettext("Accept")`, in a template `{{ _("Accept") }}` or `{% trans %}Accept{% endtrans %}`,
and `gettext_noop("Accept")` where it is only kept to be translated later. Data is never translated: names of columns of the
CSV files, ids, codes of categories, the words of documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from types import MappingProxyType

DOMAIN = "gcmrefs"
FOLDER = Path(__file__).parent
"""`<code>/LC_MESSAGES/gcmrefs.po` (and `.mo`, which is read) for each language but English, which the code is written in."""
LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "fr": "Français", "es": "Español"})
"""The languages of the interface, each by its own name."""

_THIN_SPACE = "\u202f"
_current: ContextVar[str] = ContextVar("interface_language", default="en")


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark a text that its number changes, to be translated where it is shown; return both as they are."""
    return one, many


def gettext_noop(text: str) -> str:
    """Mark a text that is translated where it is shown; return it as it is."""
    return text


MONTHS = (
    *(gettext_noop("January"), gettext_noop("February"), gettext_noop("March"), gettext_noop("April")),
    *(gettext_noop("May"), gettext_noop("June"), gettext_noop("July"), gettext_noop("August")),
    *(gettext_noop("September"), gettext_noop("October"), gettext_noop("November"), gettext_noop("December")),
)
LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "en": gettext_noop("English"),
        "fr": gettext_noop("French"),
        "es": gettext_noop("Spanish"),
        "pt": gettext_noop("Portuguese"),
        "ar": gettext_noop("Arabic"),
    }
)
"""The languages of documents, to be translated."""


@contextmanager
def use_language(code: str) -> Iterator[None]:
    """Have all that is translated inside in a language; an unknown one is English.

    >>> with use_language("fr"):
    ...     gettext("Accept")
    'Accepter'
    """
    token = _current.set(code if code in LANGUAGES else "en")
    try:
        yield
    finally:
        _current.reset(token)


def current_language() -> str:
    """Return the code of the language that is in use here."""
    return _current.get()


def gettext(text: str, /, **values: object) -> str:
    """Return a text in the language in use, with values in the places of its `%(name)s`; English where it has none."""
    code = current_language()
    told = read_catalogue(code).gettext(text) if text else ""
    if told == text and code != "en":
        told = read_labels(code).get(text, text)
    return told % values if values else told


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """Return a text as a count asks for, with the count, written out, in the place of `%(count)s`.

    >>> ngettext("%(count)s document", "%(count)s documents", 1200)
    '1,200 documents'
    """
    told = read_catalogue(current_language()).ngettext(one, many, count)
    return told % {"count": write_number(count), **values}


@cache
def read_catalogue(code: str) -> NullTranslations:
    """Return the translations of a language; those of English change nothing. Raises OSError where a catalogue is missing."""
    return NullTranslations() if code == "en" else translation(DOMAIN, FOLDER, [code])


@cache
def read_labels(code: str) -> Mapping[str, str]:
    """Return the names that the lexicon gives in a language, by those in English: of categories, of their sections, and of
    the Compact's objectives, principles, themes and elements.

    >>> read_labels("fr")["Objective 23"], read_labels("es")["Civil society"]
    ('Objectif 23', 'Sociedad civil')
    """
    from extractors.lexicon.categories import load_categories  # here, for they read the lexicon
    from extractors.lexicon.compact import load_compact
    from extractors.lexicon.entries import load_lexicon

    known, compact = load_categories(), load_compact()
    entries = load_lexicon().labels()  # a category of a single entry has the label of that entry
    named = [(entries.get(one.id, one.label), one.labels) for one in known.categories]
    named += [(one.label, one.labels) for one in known.categories]
    named += [(one.label, one.labels) for one in compact.objectives]
    named += [(one.label, one.labels) for one in compact.themes]
    named += [(one.label, one.labels) for one in compact.elements]
    named += [(title, known.section_labels.get(key, {})) for key, title in known.sections.items()]
    told = {label: labels[code] for label, labels in named if code in labels}
    kinds = (
        (gettext_noop("Objective"), compact.objectives),
        (gettext_noop("Guiding principle"), compact.principles),
        (gettext_noop("Theme"), compact.themes),
    )
    catalogue = read_catalogue(code)
    colon = catalogue.gettext(": ")
    for kind, ones in kinds:
        for one in ones:
            place, title = f"{kind} {one.number}", one.titles["en"]
            own, here = one.titles.get(code, title), f"{catalogue.gettext(kind)} {one.number}"
            told |= {title: own, place: here, f"{place}: {title}": f"{here}{colon}{own}"}
    for element in compact.elements:
        kind = catalogue.gettext(gettext_noop("Element"))
        own = element.labels.get(code, element.label)
        told[f"Element {element.letter}: {element.label}"] = f"{kind} {element.letter}{colon}{own}"
    return MappingProxyType(told)


def spellings(text: str, write: Callable[[str], str] = gettext) -> dict[str, None]:
    """Return a text as it is written in each language, for what people may have in any of them.

    >>> list(spellings("Accept"))
    ['Accept', 'Accepter', 'Aceptar']
    """
    out: dict[str, None] = {}
    for code in LANGUAGES:
        with use_language(code):
            out[write(text)] = None
    return out


def write_number(number: float, places: int = 0) -> str:
    """Write a number with so many decimal places as readers of the language in use group its digits.

    >>> write_number(12345), write_number(0.617, 2)
    ('12,345', '0.62')
    >>> with use_language("es"):
    ...     write_number(1234), write_number(0.617, 2)
    ('1234', '0,62')
    """
    text = f"{number:,.{places}f}"
    if current_language() == "en":
        return text
    whole, point, rest = text.partition(".")
    is_short = current_language() == "es" and abs(number) < 10_000
    return whole.replace(",", "" if is_short else _THIN_SPACE) + ("," if point else "") + rest


def write_date(day: date, *, short: bool = False) -> str:
    """Write a day with the name of its month, `short` with three letters of it in English.

    >>> write_date(date(2018, 12, 19)), write_date(date(2018, 12, 9), short=True)
    ('19 December 2018', '9 Dec 2018')
    """
    name = MONTHS[day.month - 1]
    if current_language() == "en":
        return f"{day.day} {name[:3]} {day.year}" if short else f"{day.day:02} {name} {day.year}"
    return gettext("%(day)s %(month)s %(year)s", day=day.day, month=gettext(name), year=day.year)


def choose_language(accepted: str) -> str:
    """Return the language of ours that the header `Accept-Language` of a browser asks for first; English if none.

    >>> choose_language("pt-BR,fr-CA;q=0.8,en;q=0.9"), choose_language("fr"), choose_language("de, *")
    ('en', 'fr', 'en')
    """
    asked: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted[:500].split(",")):
        hit = re.fullmatch(r"\s*([a-z]{2})(?:-[\w-]+)?\s*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*", part, re.I)
        if hit and hit[1].lower() in LANGUAGES and float(hit[2] or 1) > 0:
            asked.append((-float(hit[2] or 1), place, hit[1].lower()))
    return min(asked, default=(0.0, 0, "en"))[2]
