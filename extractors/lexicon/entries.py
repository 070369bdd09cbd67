"""The lexicons: YAML files that analysts edit, read into validated entries.

A file holds `group` and `entries` (names, terms and the words they are made of), `grammar` (level words, function words,
per language) or `compact` (objectives, principles, themes, elements). Unknown keys are errors that name file and line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, field_validator

from extractors.lexicon.categories import SECTIONS
from extractors.lexicon.yaml_file import LexiconError, _composed, _Model, _valid, default_folder, line_of

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
"""A language code of two (or three) letters; a language is known as soon as a lexicon file has a grammar for it."""


class Variant(_Model):
    """One wording of an entry; `short` counts only after the entry was named in full in the same document."""

    text: str = Field(description="the words; {,s} alternation allowed; a capital letter makes it case-sensitive")
    match: Literal["phrase", "short"] = Field(
        default="phrase", description="short: counts only where a single body of the document can be meant"
    )


class Pair(_Model):
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


class Entry(_Model):
    """A named body or a term with all its wordings; `examples` mark with [[...]] every mention expected from it."""

    id: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", description="unique; entries are sorted by it")
    label: str = Field(description="name for people")
    category: str = Field(
        pattern=r"^[a-z]+\.[a-z_]+$", description="group.name: decides the table that its references go to"
    )
    section: str = Field(description="section of the published tables")
    canonical: str = Field(default="", description="official name; only for a named body")
    parent: str = Field(default="", description="id of the entry that this one is a part of")
    source: str = Field(default="", description="paragraph, document or list that the entry rests on")
    extend: bool = Field(default=False, description="whether the noun that follows belongs to the wording")
    valid: Mapping[Literal["from", "to"], str] = Field(
        default_factory=dict, description="years in which the name was in use"
    )
    facts: Mapping[str, Any] = Field(
        default_factory=dict, description="further facts: type, region, secretariat, acronym, focus, level ..."
    )
    variants: Mapping[Language, tuple[Variant, ...]] = Field(
        default_factory=dict, description="fixed wordings by language; a plain text stands for a phrase"
    )
    pairs: Mapping[Language, tuple[Pair, ...]] = Field(default_factory=dict, description="open wordings by language")
    negatives: Mapping[Language, tuple[str, ...]] = Field(
        default_factory=dict, description="wordings that block: a hit that overlaps one does not count"
    )
    examples: Mapping[Language, tuple[str, ...]] = Field(
        default_factory=dict, description="sentences with [[...]] around every span that this entry must find"
    )
    counter_examples: Mapping[Language, tuple[str, ...]] = Field(
        default_factory=dict, description="sentences in which this entry must find nothing"
    )

    @field_validator("variants", mode="before")
    @classmethod
    def _plain_variants(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return {language: _variants(variants) for language, variants in value.items()}

    @field_validator("section")
    @classmethod
    def _known_section(cls, value: str) -> str:
        if value not in SECTIONS.values():
            raise ValueError(f"unknown section; use one of: {' | '.join(SECTIONS.values())}")
        return value


class Grammar(_Model):
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


class Additions(_Model):
    """What a language file adds to one entry."""

    variants: tuple[Variant, ...] = ()
    pairs: tuple[Pair, ...] = ()
    negatives: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()

    @field_validator("variants", mode="before")
    @classmethod
    def _plain_variants(cls, value: Any) -> Any:
        return _variants(value)


class LanguageFile(_Model):
    """A whole language in one file: its grammar, and by entry id the wordings in it."""

    group: Literal["language"]
    language: Language = Field(description="code of two or three letters")
    grammar: Grammar = Field(description="see below")
    entries: Mapping[str, Additions] = Field(default_factory=dict, description="by entry id what is said in it")


def _variants(value: Any) -> Any:
    """A variant may be written as a plain text."""
    return [{"text": v} if isinstance(v, str) else v for v in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class Lexicon:
    """All entries and grammars; `version` changes with any byte of any file; `places` tells where an entry stands."""

    entries: tuple[Entry, ...]
    grammars: Mapping[str, Grammar]
    compact: Mapping[str, Any]
    version: str
    places: Mapping[str, str]

    @property
    def by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    def labels(self) -> dict[str, str]:
        """The label of each category that has a single entry; one with several needs a name of its own."""
        grouped: dict[str, list[str]] = {}
        for entry in self.entries:
            grouped.setdefault(entry.category, []).append(entry.label)
        return {category: labels[0] for category, labels in grouped.items() if len(labels) == 1}


def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Reads and checks every `*.yaml` of a folder (by default the one that comes with the package).

    Raises LexiconError with file and line for broken YAML, unknown keys, missing fields and ids used twice.
    """
    return _load((folder or default_folder()).resolve())


@lru_cache(maxsize=8)
def _load(folder: Path) -> Lexicon:
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise LexiconError(f"{folder}: no lexicon files: give a folder that holds *.yaml")
    digest = hashlib.sha256()
    # lexicons of topics, roles and questions (in folders) are read by their own modules: the same version stands for them
    for path in (*paths, *sorted(folder.glob("*/*.yaml"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    reader = _Reader()
    for path in paths:
        reader.read(path)
    reader.check_languages(folder)
    return Lexicon(
        tuple(reader.entries.values()), reader.grammars, reader.compact, digest.hexdigest()[:16], reader.places
    )


class _Reader:
    """Takes in one file after the other; language files add to entries of the files before and after them."""

    def __init__(self) -> None:
        self._own: dict[str, Entry] = {}
        self._added: list[tuple[Path, str, LanguageFile]] = []
        self.places: dict[str, str] = {}
        self.grammars: dict[str, Grammar] = {}
        self.compact: Mapping[str, Any] = {}

    @property
    def entries(self) -> dict[str, Entry]:
        """All entries by id, with what the language files add to them."""
        out = dict(self._own)
        for path, text, added in self._added:
            for name, more in added.entries.items():
                if name not in out:
                    line = line_of(_composed(text), ("entries", name))
                    raise LexiconError(f"{path.name}:{line}: no entry has the id {name!r}: correct it")
                entry = out[name]
                changes = {
                    field: {**getattr(entry, field), added.language: getattr(more, field)}
                    for field in Additions.model_fields
                    if getattr(more, field)
                }
                out[name] = entry.model_copy(update=changes)
        return out

    def read(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        try:
            data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise LexiconError(f"{path.name}:{line}: not valid YAML: {error.problem}: correct the file") from None
        if not isinstance(data, dict):
            raise LexiconError(f"{path.name}:1: expected `group` and `entries`: see lexicons/README.md")
        group = data.get("group")
        if group == "compact":
            self.compact = data
        elif group == "grammar":
            for language, words in (data.get("languages") or {}).items():
                self.grammars[language] = _valid(Grammar, words, path, text, ("languages", language))
        elif group == "language":
            file = _valid(LanguageFile, data, path, text, ())
            self.grammars[file.language] = file.grammar
            self._added.append((path, text, file))
        else:
            self._read_entries(data, path, text)

    def check_languages(self, folder: Path) -> None:
        """Raises LexiconError for a language that an entry has words in and no file has a grammar for: mostly a slip."""
        for name, entry in self._own.items():
            for field in Additions.model_fields:
                for language in getattr(entry, field):
                    if self.grammars and language not in self.grammars:
                        text = (folder / self.places[name]).read_text(encoding="utf-8")
                        index = [e["id"] for e in yaml.safe_load(text)["entries"]].index(name)
                        line = line_of(_composed(text), ("entries", index, field, language))
                        raise LexiconError(
                            f"{self.places[name]}:{line}: {name}: {field}: no grammar for the language {language!r}: "
                            "correct it or add the language (lexicons/README.md)"
                        )

    def _read_entries(self, data: Mapping[str, Any], path: Path, text: str) -> None:
        unknown = sorted(set(data) - {"group", "entries"})
        if unknown or not isinstance(data.get("entries"), list):
            name = unknown[0] if unknown else "entries"
            problem = "unknown key" if unknown else "a list is needed"
            line = line_of(_composed(text), (name,))
            raise LexiconError(f"{path.name}:{line}: {name}: {problem}: correct the file")
        for index, raw in enumerate(data["entries"]):
            entry = _valid(Entry, raw, path, text, ("entries", index))
            if entry.id in self.places:
                line = line_of(_composed(text), ("entries", index, "id"))
                known = self.places[entry.id]
                raise LexiconError(f"{path.name}:{line}: id {entry.id!r} is used twice (also {known}): rename one")
            self.places[entry.id] = path.name
            self._own[entry.id] = entry


def schema() -> dict[str, Any]:
    """JSON Schema of an entries file, for editors that check YAML while it is typed."""
    out = Entry.model_json_schema(mode="validation")
    definitions = out.pop("$defs", {})
    properties = out["properties"]["variants"]
    properties["additionalProperties"] = {
        "type": "array",
        "items": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Variant"}]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gcm-references lexicon file",
        "type": "object",
        "additionalProperties": False,
        "required": ["group", "entries"],
        "properties": {"group": {"type": "string"}, "entries": {"type": "array", "items": out}},
        "$defs": definitions,
    }


def schema_text() -> str:
    """The JSON Schema as it stands in `lexicons/schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
