"""How things look on a page: templates, names and colours of categories, marked text, all of it escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from extractors.model import Paragraph
from pipeline.cell import legible
from pipeline.extract.quote import occurrences
from pipeline.review.items import ORDERS, Item
from pipeline.review.kinds import KIND_LABELS
from pipeline.segment.citation import cite_paragraph
from pipeline.translation import LANGUAGES, gettext, gettext_noop, write_date
from pipeline.translation.templates import mark_messages

FOLDER = Path(__file__).parent
GROUPS: Mapping[str, str] = {
    "iscm": gettext_noop("ISCMs"),
    "igo": gettext_noop("International organizations"),
    "stakeholder": gettext_noop("Stakeholders"),
    "other": gettext_noop("Other references"),
}
"""The groups of categories, in the order of the tables; each has a colour `group-<name>` in `review.css`."""
STATUSES: Mapping[str, str] = {
    "machine": gettext_noop("not decided"),
    "accepted": gettext_noop("accepted"),
    "edited": gettext_noop("corrected"),
    "rejected": gettext_noop("rejected"),
    "added": gettext_noop("added"),
}
STATES: Mapping[str, str] = {
    "conflict": gettext_noop("conflict"),
    "lost": gettext_noop("no longer attached"),
    **STATUSES,
}
METHODS: Mapping[str, str] = {
    "exact": gettext_noop("the wording stands in the lexicon"),
    "pattern": gettext_noop("an open wording, made of words that the lexicon names"),
    "fuzzy": gettext_noop("like a wording of the lexicon, with damaged letters"),
    "resolved": gettext_noop("a short form of a name given before in the document"),
}
"""How a reference can have been found, and what that means."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
"""Languages written from right to left."""
KEYS: list[tuple[str, str, str]] = [
    ("a", gettext_noop("accept"), gettext_noop("; in the table the ticked rows, or the one you are on")),
    ("r", gettext_noop("reject"), ""),
    ("c", gettext_noop("change the category"), gettext_noop(": type a few letters, then Enter")),
    (
        "e",
        gettext_noop("edit the words"),
        gettext_noop(": arrow keys move their ends, or select them in the paragraph first"),
    ),
    ("n", gettext_noop("write a note"), gettext_noop("; Ctrl+Enter saves it")),
    ("d", gettext_noop("in doubt"), gettext_noop(": unsure, left to somebody else")),
    ("s", gettext_noop("skip"), gettext_noop(": nothing is decided")),
    ("f", gettext_noop("flag"), gettext_noop(", or flag no more")),
    ("g", gettext_noop("decide the whole group"), gettext_noop(": all with these words and this category")),
    (
        "u",
        gettext_noop("undo"),
        gettext_noop(
            " your last step, all of it where it was many; in the table what you said of ticked rows, if any are"
        ),
    ),
    ("j", gettext_noop("next"), ""),
    ("k", gettext_noop("previous"), ""),
    ("1", gettext_noop("choose the first side"), gettext_noop(" of a conflict; Enter settles it")),
    ("2", gettext_noop("choose the second side"), ""),
    ("3", gettext_noop("choose the third side"), ""),
    ("x", gettext_noop("tick the row"), gettext_noop("; what you do then goes to all ticked rows")),
    ("/", gettext_noop("search"), gettext_noop(", or narrow down")),
    ("?", gettext_noop("this list"), ""),
]
"""Keys as they are at first: what each does in few words, and the rest of the sentence."""
MOST_LISTED = 200
"""Documents that a field to choose one from lists; where there are more, words of a title are typed."""
BASES: Mapping[str, str] = {
    "explicit": gettext_noop("the objective is named"),
    "structural": gettext_noop("the paragraph stands under its heading"),
    "implied": gettext_noop("the paragraph is about it, as far as its words tell"),
}
"""How a paragraph can be known to take up an objective."""
NAVIGATION: list[tuple[str, str, str]] = [
    ("queue", "/", gettext_noop("Queue")),
    ("table", "/table", gettext_noop("Table")),
    ("documents", "/documents", gettext_noop("Documents")),
    ("search", "/search", gettext_noop("Search")),
    ("lexicon", "/lexicon", gettext_noop("Lexicon")),
    ("corpus", "/corpus", gettext_noop("Corpus")),
    ("runs", "/runs", gettext_noop("Runs")),
    ("files", "/files", gettext_noop("Files")),
    ("people", "/people", gettext_noop("People")),
]
"""Name, address and label of the pages in the bar on top."""

SCRIPT_MESSAGES: Mapping[str, str] = {
    "choose": gettext_noop("Selected. Choose its category."),
    "choose_key": gettext_noop("Selected. Press {key} to choose its category."),
    "ticked": gettext_noop("{number} ticked"),
    "tick": gettext_noop("Tick rows, or go to one with the arrow keys."),
    "taken": gettext_noop("“{key}” does something else already: give that another key first."),
    "words": gettext_noop("Selected: “Words” takes it."),
    "words_key": gettext_noop("Selected: {key} takes it as the words."),
    "ends": gettext_noop("Enter saves these words, Esc drops them."),
    "changed": gettext_noop("You changed the words: Enter in their field saves them, Esc drops them."),
    "silent": gettext_noop("The review does not answer. Is it still running?"),
}
"""What the scripts of a page say, by the names that they use."""

_ARABIC = re.compile("[\u0621-\u064a]")
_HIDDEN = re.compile("[\u061c\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]|[\U0001fffe\U0001ffff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A place to mark in a text: `kind` becomes the class of the mark, `item` is what it stands for,
    `is_main` is False where its words only stand again."""

    start: int
    end: int
    kind: str = "wording"
    item: Item | None = None
    is_main: bool = True


@dataclass(frozen=True, slots=True)
class CoveredPiece:
    """A piece of a text with the spans that cover it, in the order they were given; none for plain text."""

    text: str
    start: int
    spans: tuple[Span, ...] = ()

    @property
    def kinds(self) -> str:
        return " ".join(dict.fromkeys(span.kind for span in self.spans))


def legible_text(text: str) -> str:
    """Replace, one for one, what a page cannot hold or what would make it read otherwise than it is written.

    Control characters, half surrogates and the signs that turn the direction of text become "�", so that offsets stay.

    >>> legible_text("a\\u202eb\\x00")
    'a�b�'
    """
    return _HIDDEN.sub("\ufffd", legible(text))


def pieces(text: str, spans: Iterable[Span]) -> list[CoveredPiece]:
    """Cut a text where spans begin and end; spans may overlap, and those outside the text are cut to it.

    >>> [(piece.text, piece.kinds) for piece in pieces("the Forum met", [Span(4, 9)])]
    [('the ', ''), ('Forum', 'wording'), (' met', '')]
    """
    held = [span for span in spans if max(0, span.start) < min(len(text), span.end)]
    cuts = sorted({0, len(text), *(max(0, s.start) for s in held), *(min(len(text), s.end) for s in held)})
    return [
        CoveredPiece(text[start:end], start, tuple(s for s in held if s.start < end and s.end > start))
        for start, end in pairwise(cuts)
    ]


def quoted(quote: str, wording: str, size: int = 0) -> list[CoveredPiece]:
    """Cut a quote into pieces with its wording marked; of a longer one only about `size` characters around the wording.

    >>> "".join(piece.text for piece in quoted("many words and more words before the Forum met", "Forum", 24))
    '...before the Forum met'
    """
    places = places_of(quote, wording)
    if size and len(quote) > size:
        start, end = places[0] if places else (0, 0)
        lead = max(0, size - (end - start)) // 2
        first = max(0, min(start - lead, len(quote) - size))
        last = max(end, min(len(quote), first + size))
        first = quote.find(" ", first - 1, start) + 1 or first if first else 0
        last = quote.rfind(" ", max(end, first), last + 1) if last < len(quote) else last
        last = last if last > 0 else max(end, first + size)
        lead_in, rest = ("..." if first else ""), ("..." if last < len(quote) else "")
        shift = len(lead_in) - first
        places = [(a + shift, b + shift) for a, b in places if first <= a and b <= last]
        quote = f"{lead_in}{quote[first:last]}{rest}"
    return pieces(quote, (Span(*place) for place in places))


def places_of(text: str, wording: str) -> list[tuple[int, int]]:
    """Return where a wording stands: as whole words, in Arabic also behind the particles written together with it.

    Where it stands nowhere so, it is looked for inside of words.

    >>> places_of("cities, capacities", "cities"), places_of("capacities", "cities")
    ([(0, 6)], [(4, 10)])
    """
    if not wording.strip():
        return []
    inside = [match.span() for match in re.finditer(re.escape(wording), text)]
    if _ARABIC.match(wording):
        return [(start, end) for start, end in inside if not text[end : end + 1].isalnum()] or inside
    return occurrences(text, wording) or inside


def direction(language: str) -> str:
    """Return how a text of a language runs, as the attribute `dir` says it; "auto" where its own letters tell."""
    return "rtl" if language in RIGHT_TO_LEFT else "auto"


def group(category: str) -> str:
    """Return the group of a category for its colour: `iscm`, `igo`, `stakeholder`, `other`.

    >>> group("stakeholder.media"), group("new.thing")
    ('stakeholder', 'other')
    """
    name = category.partition(".")[0]
    return name if name in GROUPS else "other"


def state(item: Item) -> str:
    """Return where an item stands, as a key of STATES."""
    return "conflict" if item.has_conflict else "lost" if item.is_lost else item.status


def moment(at: str) -> str:
    """Write the time of a decision as people read it (UTC).

    >>> moment("2018-12-19T15:00:00.000Z"), moment("")
    ('19 Dec 2018, 15:00 UTC', '')
    """
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return ""
    return f"{write_date(when, short=True)}, {when:%H:%M} UTC"


def words(text: str) -> list[tuple[int, int]]:
    """Return the places of words and signs in a text: the steps in which an analyst moves the ends of a wording.

    >>> [text[a:b] for text in ["State-led forums (e.g. the RCPs)."] for a, b in words(text)]
    ['State-led', 'forums', '(', 'e', '.', 'g', '.', 'the', 'RCPs', ')', '.']
    """
    return [match.span() for match in re.finditer(r"\w+(?:['’‑-]\w+)*|[^\w\s]", text)]


def units(text: str, offset: int) -> int:
    """Return where an offset stands when it is counted as scripts do (UTF-16): what lies beyond 0xFFFF counts twice.

    >>> units("a\\U0001f600b", 2)
    3
    """
    return offset + sum(char > "\uffff" for char in text[:offset])


def write_script_messages() -> str:
    """Return what the scripts say, as JSON, in the language of the page."""
    return json.dumps({name: gettext(text) for name, text in SCRIPT_MESSAGES.items()}, ensure_ascii=False)


def heading(paragraph: Paragraph) -> str:
    return " › ".join(" ".join(part.split()) for part in paragraph.heading_path)


def _written(value: object) -> object:
    return legible_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_written,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.do"],
    )
    mark_messages(environment, _written)
    environment.globals |= {
        "BASES": BASES,
        "GROUPS": GROUPS,
        "KEYS": KEYS,
        "KINDS": KIND_LABELS,
        "METHODS": METHODS,
        "MOST_LISTED": MOST_LISTED,
        "ORDERS": ORDERS,
        "direction": direction,
        "STATES": STATES,
        "STATUSES": STATUSES,
        "NAVIGATION": NAVIGATION,
        "LANGUAGES": LANGUAGES,
        "citation": cite_paragraph,
        "group": group,
        "heading": heading,
        "moment": moment,
        "pieces": pieces,
        "quoted": quoted,
        "script_messages": write_script_messages,
        "state": state,
    }
    return environment


_templates = _environment()


def render(template: str, **names: object) -> str:
    """Return a page. Every value is escaped and legible (`legible_text`), wherever it stands in the template."""
    return _templates.get_template(template).render(names)
