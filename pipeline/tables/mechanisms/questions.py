"""The questions of the Review's questionnaire, and what a sentence answers to one of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator

from extractors.lexicon.terms import Near, Patterned, Patterns, Words, blanked, expression, find, flattened, nears
from extractors.lexicon.yaml_file import default_folder, read_yaml
from pipeline.extract.quote import Span

State = Literal["yes", "no", "partly", "not stated"]
Kind = Literal["", "positions", "link", "meeting", "themes", "principles", "objectives", "partnerships"]
_CLOSE = 3
"""Words before an answer among which a negation denies it."""


class Question(Patterned):
    """One question: `patterns` answer it with yes, `partial` with partly, `denials` with no; what stands in `negatives` is
    passed over, and a sentence with a word of `unsure` answers nothing but a denial.

    from_       another table that has the answer (`from` in the file)
    compact     "required": only paragraphs that name the Global Compact count; "asked": others answer partly
    suggested   what a suggestion of the mechanism answers; else it answers nothing
    types       types of mechanisms that are asked
    figures     figures of the Review that show the answers
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str = Field(pattern=r"^[a-z_]+$")
    number: str
    label: str
    text: str
    part: str
    from_: Kind = Field(default="", alias="from")
    compact: Literal["noted", "asked", "required"] = "noted"
    suggested: Literal["", "partly", "yes"] = ""
    types: tuple[str, ...] = ("RCP", "IRF", "global")
    figures: tuple[int, ...] = ()
    partial: Patterns = Field(default_factory=dict)
    negatives: Words = Field(default_factory=dict)
    unsure: Words = Field(default_factory=dict)
    examples: Words = Field(default_factory=dict)
    counter_examples: Words = Field(default_factory=dict)

    @field_validator("partial", mode="before")
    @classmethod
    def _plain_partial(cls, value: object) -> object:
        return nears(value)


class Questions(BaseModel):
    """Everything in `lexicons/tables/questions.yaml`; the file says what each list is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    negations: Words
    wishes: Words
    suggestions: Words
    follows: Words
    contrasts: Words
    questions: tuple[Question, ...]


class Reply(NamedTuple):
    """What a sentence answers, and the words that do; no state where it answers nothing."""

    state: State | Literal[""] = ""
    spans: tuple[Span, ...] = ()


@lru_cache(maxsize=4)
def read_questions(folder: Path | None = None) -> Questions:
    """Read and check `tables/questions.yaml` of a lexicon folder (by default the one that comes with the package).

    Raises LexiconError with file and line for broken YAML, unknown keys and missing fields.
    """
    return read_yaml((folder or default_folder()) / "tables" / "questions.yaml", Questions)


def reply(question: Question, text: str, language: str, known: Questions, *, is_own: bool = False) -> Reply:
    """What a sentence answers to a question.

    A sentence that denies in words the question does not know ("did not discuss an action plan"), that wishes ("We urge
    members to ...") or suggests ("members could ...") says nothing, but for a question that suggestions answer: those that
    others report of the mechanism, not what its own document (`is_own`) suggests to others.

    >>> known = read_questions()
    >>> asked = {q.id: q for q in known.questions}["action_plan"]
    >>> reply(asked, "The Process adopted an action plan.", "en", known)
    Reply(state='yes', spans=((12, 19), (23, 34)))
    >>> reply(asked, "The Process should adopt an action plan.", "en", known).state
    ''
    """
    if denied := find(_of(question.denials, language), text):
        return Reply("no", denied)
    if has_any(question.unsure, language, text):
        return Reply()
    shown = blanked(_words(question.negatives, language), text)
    partial = find(_of(question.partial, language), shown)
    spans = partial or find(_of(question.patterns, language), shown)
    if not spans:
        return Reply()
    low, high = spans[0][0], spans[-1][1]
    before = " ".join(text[:low].split()[-_CLOSE:])
    if has_any(known.negations, language, f"{before} {text[low:high]}") or has_any(known.wishes, language, text[:low]):
        return Reply()
    if not partial and has_any(known.suggestions, language, text[:low]):
        return Reply(question.suggested, spans) if question.suggested and not is_own else Reply()
    return Reply("partly" if partial else "yes", spans)


def has_any(words: Words, language: str, text: str) -> bool:
    """Whether a text has any of these words of its language."""
    listed = _words(words, language)
    return bool(listed) and bool(expression(listed).search(flattened(text).text))


def _of(patterns: Mapping[str, tuple[Near, ...]], language: str) -> tuple[Near, ...]:
    """The patterns of a language, else of English."""
    return patterns.get(language) or patterns.get("en") or ()


def _words(words: Words, language: str) -> tuple[str, ...]:
    return words.get(language) or ()
