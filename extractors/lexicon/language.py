"""A language: what stands in `lexicons/languages/<code>.yaml`, and its words as the stages ask for them.

A list that no code can do without is empty where a language says nothing of it. English comes first, for texts of other
languages have English names in them, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from extractors.lexicon.yaml_file import Strict, YamlFile, default_folder

FOLDER = "languages"
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
"""A language code of two (or three) letters; a language is known as soon as a lexicon file has a grammar for it."""


class Variant(Strict):
    """One wording of an entry; `short` counts only after the entry was named in full in the same document."""

    text: str = Field(description="the words; {,s} alternation allowed; a capital letter makes it case-sensitive")
    match: Literal["phrase", "short"] = Field(
        default="phrase", description="short: counts only where a single body of the document can be meant"
    )


class Pair(Strict):
    """An open wording: modifiers and head nouns that may be coordinated ("migrant and diaspora organizations")."""

    modifiers: tuple[str, ...] = Field(
        default=(),
        description="words before the head (after it in es, fr, pt, ar); @level stands for any level word, @global, "
        "@regional ... for the words of one level",
    )
    heads: tuple[str, ...] = Field(description="the nouns; {,s} alternation allowed")
    minimum: int = Field(default=1, description="how many different modifiers are needed")
    alone: tuple[str, ...] = Field(default=(), description="heads for which one modifier is enough")
    qualifiers: tuple[str, ...] = Field(
        default=(), description="at least one of these must stand before the head (existing, State-led)"
    )
    heads_minimum: int = Field(default=1, description="how many different heads of the list must be coordinated")
    not_with: tuple[str, ...] = Field(
        default=(), description="words that block beside a modifier (regional human rights mechanisms)"
    )
    not_among: tuple[str, ...] = Field(
        default=(), description="words that block wherever they stand among the modifiers"
    )
    not_before: tuple[str, ...] = Field(
        default=(), description="words that block when they follow the head (cooperation frameworks)"
    )
    match: Literal["phrase", "short"] = Field(
        default="phrase", description="short: counts only after the entry was named in full in the document"
    )
    topic: bool = Field(default=False, description="whether the paragraph (or the document) must be about migration")


def plain_variants(value: Any) -> Any:
    """A variant may be written as a plain text."""
    return [{"text": v} if isinstance(v, str) else v for v in value] if isinstance(value, list) else value


class Additions(Strict):
    """What a language file adds to one entry."""

    variants: tuple[Variant, ...] = ()
    pairs: tuple[Pair, ...] = ()
    negatives: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    @field_validator("variants", mode="before")
    @classmethod
    def _plain_variants(cls, value: Any) -> Any:
        return plain_variants(value)


class Grammar(Strict):
    """Words of one language that open wordings are made of."""

    order: Literal["before", "after"] = Field(description="whether modifiers stand before or after their head")
    levels: Mapping[str, tuple[str, ...]] = Field(description="words of each level: bilateral, subregional ... global")
    level_nouns: tuple[str, ...] = Field(description='"level" in "at the regional level"')
    level_openers: tuple[str, ...] = Field(description='"at" in "at the regional level"')
    conjunctions: tuple[str, ...] = Field(description="words that coordinate")
    qualifiers: tuple[str, ...] = Field(description="words that make a venue an existing or State-led one")
    trimmed: tuple[str, ...] = Field(description="words that do not belong to a wording")
    stops: tuple[str, ...] = Field(description="words that end a coordination")
    ordinals: tuple[str, ...] = Field(description='words before a mechanism that are taken along ("Seventh ...")')
    head_nouns: tuple[str, ...] = Field(description="nouns that belong to the wording of an entry with `extend`")
    topic: tuple[str, ...] = Field(description="words that tell that a text is about migration")
    articles: tuple[str, ...] = Field(description="articles")
    short_nouns: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description='by its English name each noun that with an article stands for a body named before ("the Forum"), in '
        "all its forms; one with a capital letter counts with a capital only",
    )
    determiners: tuple[str, ...] = Field(default=(), description='words before a short name: "the", "each"')
    contractions: tuple[str, ...] = Field(default=(), description='determiners that are no part of the wording: "del"')
    turns: tuple[str, ...] = Field(default=(), description='words between the article and a short name: "next"')
    definers: tuple[str, ...] = Field(default=(), description='words that define a short name: "hereinafter"')
    fillers: tuple[str, ...] = Field(default=(), description='words between these and the short name: "referred to as"')
    links: tuple[str, ...] = Field(default=(), description='words that make a longer name of a noun: "on", "of"')
    look_alikes: tuple[str, ...] = Field(
        default=(), description="real words that differ from one of the lexicon by a letter: never repaired"
    )


class Numbering(Strict):
    """Words that count paragraphs, and words before their numbers."""

    ordinals: tuple[tuple[str, ...], ...] = Field(
        default=(), description='"first", "second" ... each with all its forms, as paragraphs are counted ("PRIMERO.-")'
    )
    tenth_and: str = Field(default="", description='the word before the units of 11th to 19th: "décimo" (primero)')
    articles: tuple[str, ...] = Field(
        default=(), description='words before the number of an article: "Article", "Art."'
    )
    paragraphs: tuple[str, ...] = Field(default=(), description='words before the number of a paragraph: "Para."')
    units: tuple[str, ...] = Field(
        default=(), description='words behind a number at the head of a line that is a quantity: "million", "years"'
    )
    months: tuple[str, ...] = Field(default=(), description="the months in full")
    insertions: tuple[str, ...] = Field(
        default=(), description='what stands behind the number of a paragraph put in later, in order: "bis", "alt"'
    )


class LanguageFile(Strict):
    """A whole language in one file: its grammar, the words that each stage reads by, and by entry id the wordings in it."""

    group: Literal["language"]
    language: Language = Field(description="code of two or three letters")
    grammar: Grammar = Field(description="see below")
    numbering: Numbering = Field(default=Numbering(), description="see below")
    entries: Mapping[str, Additions] = Field(default_factory=dict, description="by entry id what is said in it")


def stages() -> Iterator[tuple[str, type[Strict], str]]:
    """The sections of a language file that hold the words of a stage: key, model, what it says."""
    for name, field in LanguageFile.model_fields.items():
        model = field.annotation
        if isinstance(model, type) and issubclass(model, Strict) and model is not Grammar:
            yield name, model, (model.__doc__ or "").strip()


@lru_cache(maxsize=8)
def language_files(folder: Path) -> tuple[tuple[YamlFile, LanguageFile], ...]:
    """Every language of a lexicon folder, English first, with the file that it was read from.

    Raises LexiconError with file and line for broken YAML, unknown keys, and a file not named by its language.
    """
    out = []
    for path in sorted((folder / FOLDER).glob("*.yaml"), key=lambda path: (path.stem != "en", path.stem)):
        file = YamlFile.read(path)
        language = file.valid(LanguageFile, file.data)
        if language.language != path.stem:
            raise file.error(
                ("language",), f"{language.language!r} is not the name of the file", "name the file by its language"
            )
        out.append((file, language))
    return tuple(out)


def languages() -> Mapping[str, LanguageFile]:
    """The languages that come with the package, by code.

    >>> languages()["es"].numbering.articles
    ('artículo', 'art.')
    """
    return {language.language: language for _, language in language_files(default_folder())}


def words(read: Callable[[LanguageFile], Iterable[str]]) -> tuple[str, ...]:
    """The words of a list in all languages, each once.

    >>> words(lambda language: language.numbering.articles)[:3]
    ('article', 'art.', 'المادة')
    """
    return tuple(dict.fromkeys(word for language in languages().values() for word in read(language)))


def alternatives(listed: Iterable[str]) -> str:
    """A regular expression of any of several words, the longest first; what stands between two words is any space.

    >>> alternatives(["per cent", "km"])
    'per\\\\s+cent|km'
    """
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(set(listed), key=lambda w: (-len(w), w)))
