"""The words that make a sentence operative: `lexicons/tables/commitments.yaml`."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import Field

from extractors.lexicon.terms import Words
from extractors.lexicon.yaml_file import Strict, folder, read_yaml


class Force(Strict):
    """Verbs of one force; `label` is what the table of recommendations calls it, "" where it has no row there.

    Where it is not `is_operative`, its verbs only tell that a list's item binds nobody.
    """

    id: str = Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")
    label: Literal["commitment", "recommendation", ""]
    is_operative: bool = True
    terms: Words = Field(default_factory=dict)
    past: Words = Field(default_factory=dict)
    modals: Words = Field(default_factory=dict)
    infinitives: Words = Field(default_factory=dict)
    examples: Words = Field(default_factory=dict)
    counter_examples: Words = Field(default_factory=dict)


class Addressees(Strict):
    """Words around those who are asked."""

    openers: Words
    clauses: Words
    ends: Words
    matters: Words


class Deadlines(Strict):
    """Words of times by which something is due."""

    before_dates: Words
    before_periods: Words
    periods: Words
    occasions: Words


class OperativeWords(Strict):
    """Everything in the file, which says what each list is."""

    deciding: tuple[str, ...]
    forces: tuple[Force, ...] = Field(min_length=1)
    subjects: Words
    pronouns: Words
    first_person: Words
    adverbs: Words
    joins: Words
    blockers: Words
    infinitive: Words
    bare: Words
    nouns: Words
    plural: Words
    relatives: Words
    conditions: Words
    opinions: Words
    that: Words
    is_so: Words
    to_be: Words
    preambles: Words
    speakers: Words
    reports: Words
    goes_on: Words
    letters: Words
    blocked: Words
    items: Words
    openings: Words
    addressees: Addressees
    deadlines: Deadlines
    partners: tuple[str, ...]


@lru_cache(maxsize=1)
def operative_words() -> OperativeWords:
    """Read what makes a sentence operative; raises LexiconError with file and line where the file breaks the format."""
    return read_yaml(folder() / "commitments.yaml", OperativeWords)
