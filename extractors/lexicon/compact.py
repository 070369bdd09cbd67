"""The Compact as data: its names, objectives, principles, themes and elements, and the grammar of pointing at them.

All words come from `lexicons/compact.yaml`; this module checks them and turns names into patterns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal

from pydantic import Field, field_validator

from extractors.lexicon.language import Language
from extractors.lexicon.yaml_file import Strict, default_folder, read_yaml

FILE = "compact.yaml"


class Name(Strict):
    """One name of the Compact; `short` counts only where the document names the Compact in full."""

    text: str
    match: Literal["phrase", "short"] = "phrase"


class Objective(Strict):
    """One of the 23 objectives with its title in each language, and a short name for people, `labels` in other languages."""

    number: int = Field(ge=1, le=23)
    label: str
    labels: Mapping[Language, str] = Field(default_factory=dict)
    titles: Mapping[Language, str]


class Principle(Strict):
    """One of the 10 guiding principles; `paragraph` is its own paragraph of the Compact, `named` the wordings that
    name it as a principle or approach, `instruments` the agreements that stand for it."""

    number: int = Field(ge=1, le=10)
    paragraph: str
    titles: Mapping[Language, str]
    named: Mapping[Language, tuple[str, ...]] = Field(default_factory=dict)
    instruments: Mapping[Language, tuple[str, ...]] = Field(default_factory=dict)


class Theme(Strict):
    """One of the 6 thematic clusters of the consultations on the Compact."""

    number: int = Field(ge=1, le=6)
    label: str
    labels: Mapping[Language, str] = Field(default_factory=dict)
    titles: Mapping[Language, str]


class Element(Strict):
    """One of the 24 elements that the Compact was to contain, with the theme that it was discussed under."""

    letter: str = Field(pattern=r"^[a-x]$")
    theme: int = Field(ge=1, le=6)
    label: str
    labels: Mapping[Language, str] = Field(default_factory=dict)


class Pointing(Strict):
    """The words of one language that point at a part of a document: "objectives 5 and 6 of the", "paragraph 3 above".

    objective, paragraph, target   nouns before the number
    element                        nouns before the letter of an element: "Element (i)"
    numeral                        words between noun and number ("No.", "number")
    numbers, ordinals              words for 1, 2, 3 ... ("objective seven", "the first objective")
    ordinal_marks                  what follows a digit to make it an ordinal ("5th")
    every                          the whole set of objectives ("all 23 objectives")
    conjunctions, ranges           words between numbers
    of                             words between the number and the document that it belongs to
    other                          documents that have numbered parts of their own
    plans                          those of them that have numbered objectives
    elsewhere                      words after a number that refer it to the document at hand or to another
    units                          words after a number that make it an amount
    principle                      nouns and phrases that name what follows a principle
    goals                          names of the Sustainable Development Goals
    articles                       words that make a short name with a noun: "this Compact"
    longer                         words after a short name that make it the name of another: "the Compact for"
    fillers                        words between a principle and the noun that calls it one: "a coordinated"
    guiding                        what the principles are called together: "guiding principles"
    themes                         words by which a text speaks of themes: "cluster"
    """

    objective: tuple[str, ...]
    paragraph: tuple[str, ...]
    target: tuple[str, ...]
    element: tuple[str, ...] = ()
    numeral: tuple[str, ...]
    numbers: tuple[str, ...]
    ordinals: tuple[str, ...]
    ordinal_marks: tuple[str, ...]
    every: tuple[str, ...]
    conjunctions: tuple[str, ...]
    ranges: tuple[str, ...]
    of: tuple[str, ...]
    other: tuple[str, ...]
    plans: tuple[str, ...]
    elsewhere: tuple[str, ...]
    units: tuple[str, ...]
    principle: tuple[str, ...]
    goals: tuple[str, ...]
    articles: tuple[str, ...] = ()
    longer: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    guiding: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


class Compact(Strict):
    """Everything in `compact.yaml`."""

    group: Literal["compact"]
    canonical: str
    source: str
    names: Mapping[Language, tuple[Name, ...]]
    negatives: Mapping[Language, tuple[str, ...]]
    objectives: tuple[Objective, ...]
    principles: tuple[Principle, ...]
    themes: tuple[Theme, ...]
    elements: tuple[Element, ...]
    paragraphs: int = Field(gt=0)
    sdg_targets: Mapping[int, str]
    pointing: Mapping[Language, Pointing]

    @field_validator("names", mode="before")
    @classmethod
    def _plain_names(cls, value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        return {
            language: [{"text": n} if isinstance(n, str) else n for n in names] if isinstance(names, list) else names
            for language, names in value.items()
        }

    def pointing_words(self, read: Callable[[Pointing], tuple[str, ...]]) -> tuple[str, ...]:
        """The pointing words of a list in all languages, each once."""
        return tuple(dict.fromkeys(word for pointing in self.pointing.values() for word in read(pointing)))

    def is_target(self, goal: int, part: str) -> bool:
        """Whether the 2030 Agenda has this target: 10.7 and 10.c are, 10.9 and 20.1 are not."""
        last, _, letters = self.sdg_targets.get(goal, "0").partition(" ")
        return 1 <= int(part) <= int(last) if part.isdecimal() else part in tuple(letters)


@lru_cache(maxsize=1)
def load_compact() -> Compact:
    """Read and check the Compact's data.

    Raises LexiconError with file and line for broken YAML, unknown keys and missing fields.

    >>> load_compact().objectives[22].titles["en"]
    'Strengthen international cooperation and global partnerships for safe, orderly and regular migration'
    """
    return read_yaml(default_folder() / FILE, Compact)
