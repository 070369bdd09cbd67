"""A language: what stands in `lexicons/languages/<code>.yaml`, and its words as the stages ask for them.

A list that no code can do without is empty where a language says nothing of it. English comes first, for texts of other
languages have English names in them, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

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


def plain_variants(value: object) -> object:
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
    def _plain_variants(cls, value: object) -> object:
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
    spellings: tuple[tuple[str, ...], ...] = Field(
        default=(),
        description="beginnings of words spelled in two ways (organiz, organis): every wording counts in either",
    )
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
    measures: tuple[str, ...] = Field(
        default=(), description='words before the number of a point of a plan: "Recommendation 3:"'
    )
    units: tuple[str, ...] = Field(
        default=(), description='words behind a number at the head of a line that is a quantity: "million", "years"'
    )
    months: tuple[tuple[str, ...], ...] = Field(
        default=(), description="the twelve months in full and in order, each with all its forms"
    )
    date_links: tuple[str, ...] = Field(default=(), description='words between day, month and year: "of", "de"')
    ordinal_marks: tuple[str, ...] = Field(default=(), description='what makes an ordinal of a figure: "th" in "5th"')
    ranges: tuple[str, ...] = Field(default=(), description='words between two numbers: "to" in "10 to 12 May"')
    nouns: tuple[str, ...] = Field(
        default=(), description='nouns whose number follows, so that "phase 2. We" opens no paragraph'
    )
    citations: tuple[str, ...] = Field(
        default=(), description='further words before the numbers of paragraphs that a text cites: "paras"'
    )
    divisions: tuple[str, ...] = Field(
        default=(), description='words before the letter of a part of a paragraph that a text cites: "item (b)"'
    )
    insertions: tuple[str, ...] = Field(
        default=(), description='what stands behind the number of a paragraph put in later, in order: "bis", "alt"'
    )


class Sentences(Strict):
    """Small words: by which a language is told, how lines and sentences go on, and where they may be cut."""

    telling: tuple[str, ...] = Field(
        default=(), description="words of nearly every sentence that stand in few sentences of other languages"
    )
    common: tuple[str, ...] = Field(
        default=(), description="the commonest words, by which text is told from a code (Latin script only)"
    )
    migration: tuple[str, ...] = Field(
        default=(), description='parts of words by which a text speaks of migration: "migra"'
    )
    pronouns: tuple[str, ...] = Field(default=(), description='pronouns that begin a sentence: "we"')
    open: tuple[str, ...] = Field(default=(), description='words that no paragraph ends with: "of"')
    bound: tuple[str, ...] = Field(
        default=(), description="those of them that not even a blank line parts from what follows"
    )
    abbreviations: tuple[str, ...] = Field(
        default=(), description='words whose full stop ends no sentence, without it: "art"'
    )
    prefixes: tuple[str, ...] = Field(
        default=(), description='first parts that keep their hyphen at the end of a line: "cross" in "cross-regional"'
    )
    clause_endings: tuple[str, ...] = Field(
        default=(), description='endings of verbs that in capitals open a clause: "ing" in "RECALLING"'
    )


class Pages(Strict):
    """What pages print around the text, and office programs into files."""

    page: tuple[str, ...] = Field(default=(), description='words before the number of a page: "page"')
    page_links: tuple[str, ...] = Field(default=(), description='words before the number of pages: "of" in "1 of 9"')
    mastheads: tuple[str, ...] = Field(default=(), description="names at the head of United Nations documents")
    distribution: tuple[str, ...] = Field(
        default=(), description='words of the block below a masthead: "Distr", "Original:"'
    )
    recycling: tuple[str, ...] = Field(default=(), description="the request to recycle at the foot of a page")
    contents: tuple[str, ...] = Field(default=(), description="titles of a list of contents")
    labels: tuple[str, ...] = Field(
        default=(), description='what is printed before a colon without a sentence: "source", "contact"'
    )
    controls: tuple[str, ...] = Field(
        default=(), description='what web pages print beside their text, alone in a line: "You are here"'
    )
    link_lists: tuple[str, ...] = Field(
        default=(), description='headings over links to other documents: "Similar documents"'
    )
    heading_styles: tuple[str, ...] = Field(
        default=(), description='names of heading styles in office programs: "heading" of "Heading 1"'
    )


class Documents(Strict):
    """What documents and their parts are called."""

    annexes: tuple[str, ...] = Field(default=(), description="words that open an annex")
    objectives: tuple[str, ...] = Field(
        default=(), description='the word before the number of an objective in a heading: "Objective 7: ..."'
    )
    signed: tuple[str, ...] = Field(default=(), description='what in parentheses stands for a signature: "Signed"')
    organs: tuple[str, ...] = Field(
        default=(), description='organs as resolutions begin, with their article: "The General Assembly"'
    )
    closings: tuple[str, ...] = Field(
        default=(), description='how the line of place and date at the end begins: "Done at"'
    )
    openings: tuple[str, ...] = Field(
        default=(), description='first words of preambular paragraphs, which begin with a capital: "Recalling"'
    )
    acts: tuple[str, ...] = Field(default=(), description='verbs of operative paragraphs: "Adopts"')
    act_adverbs: tuple[str, ...] = Field(default=(), description='what may stand before these: "Also"')
    meetings: tuple[str, ...] = Field(
        default=(), description='what a resolution says of its adoption after a number: "plenary meeting"'
    )
    resolutions: tuple[str, ...] = Field(
        default=(), description='the word before the number of a resolution: "Resolution 1325 (2000)"'
    )


class LanguageFile(Strict):
    """A whole language in one file: its grammar, the words that each stage reads by, and by entry id the wordings in it."""

    group: Literal["language"]
    language: Language = Field(description="code of two or three letters")
    grammar: Grammar = Field(description="see below")
    numbering: Numbering = Field(default=Numbering(), description="see below")
    sentences: Sentences = Field(default=Sentences(), description="see below")
    pages: Pages = Field(default=Pages(), description="see below")
    documents: Documents = Field(default=Documents(), description="see below")
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
    """A regular expression of any of several words, the longest first, that of nothing where there are none.

    What stands between two words is any space, and an apostrophe is of either form.

    >>> alternatives(["per cent", "km"])
    'per\\\\s+cent|km'
    """
    ordered = sorted(set(listed), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in ordered) or r"(?!)"


def any_word(read: Callable[[LanguageFile], Iterable[str]]) -> str:
    """A regular expression of any word of a list in any language.

    >>> any_word(lambda language: language.documents.signed)
    'assinado|firmado|signed|signé'
    """
    return alternatives(words(read))
