"""The lexicons: YAML files that analysts edit, read into validated entries.

A file holds `group` and `entries` (names, terms and the words they are made of), `compact` (objectives, principles, themes,
elements) or `categories`; each language has a file in `languages/`. Unknown keys are errors that name file and line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from extractors.lexicon.categories import SECTIONS, Categories
from extractors.lexicon.language import (
    Additions,
    Grammar,
    Language,
    LanguageFile,
    Pair,
    Variant,
    language_files,
    plain_variants,
)
from extractors.lexicon.yaml_file import LexiconError, Strict, YamlFile, added_folder, default_folder


class Entry(Strict):
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
    def _plain_variants(cls, value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        return {language: plain_variants(variants) for language, variants in value.items()}

    @field_validator("section")
    @classmethod
    def _known_section(cls, value: str) -> str:
        if value not in SECTIONS.values():
            raise ValueError(f"unknown section; use one of: {' | '.join(SECTIONS.values())}")
        return value


class Addition(Additions):
    """What a file adds to an entry of any file, in one language: words for it, words that block it, and their examples."""

    entry: str = Field(description="id of the entry")
    language: Language = Field(description="two-letter code")
    source: str = Field(default="", description="whose decision, document or list it rests on")


class EntriesFile(Strict):
    """A file of entries, of additions to entries, or of both."""

    group: str = Field(description="any name of its own")
    entries: tuple[Entry, ...] = Field(default=(), description="sorted by id")
    additions: tuple[Addition, ...] = Field(default=(), description="in the order in which they came")


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
    """Reads and checks every `*.yaml` of a folder (by default those that come with the package, and one's own).

    An entry of one's own whose id is known takes the place of that entry (`GCMREFS_LEXICONS`, `yaml_file.OWN`); additions
    of one's own stand beside what an entry has. Files of one's own that change are read again.

    Raises LexiconError with file and line for broken YAML, unknown keys, missing fields and ids used twice.
    """
    added = None if folder else added_folder()
    own = [(path, path.stat().st_mtime_ns) for path in sorted(added.glob("*.yaml"))] if added else []
    return _load((folder or default_folder()).resolve(), tuple(own))


@lru_cache(maxsize=8)
def _load(folder: Path, own: tuple[tuple[Path, int], ...] = ()) -> Lexicon:
    added = [path for path, _ in own]
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise LexiconError(f"{folder}: no lexicon files: give a folder that holds *.yaml")
    digest = hashlib.sha256()
    # lexicons of topics, roles and questions (in folders) are read by their own modules: the same version stands for them
    for path in (*paths, *sorted(folder.glob("*/*.yaml")), *added):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    reader = _Reader(language_files(folder))
    for path in paths:
        reader.read(path)
    for path in added:
        reader.add(path)
    reader.check_languages()
    return Lexicon(
        tuple(reader.entries.values()), reader.grammars, reader.compact, digest.hexdigest()[:16], reader.places
    )


class _Reader:
    """Takes in one file after the other; language files add to entries of the files before and after them."""

    def __init__(self, added: Sequence[tuple[YamlFile, LanguageFile]]) -> None:
        self._own: dict[str, Entry] = {}
        self._added = added
        self._additions: list[tuple[YamlFile, int, Addition]] = []
        self._origins: dict[str, tuple[YamlFile, int]] = {}
        self.grammars = {language.language: language.grammar for _, language in added}
        self.compact: Mapping[str, Any] = {}

    @property
    def places(self) -> dict[str, str]:
        """By entry id the file that holds it."""
        return {name: file.name for name, (file, _) in self._origins.items()}

    @property
    def entries(self) -> dict[str, Entry]:
        """All entries by id, with what the language files add to them."""
        out = dict(self._own)
        for file, added in self._added:
            for name, more in added.entries.items():
                if name not in out:
                    raise file.error(("entries", name), f"no entry has the id {name!r}", "correct it")
                entry = out[name]
                changes = {
                    field: {**getattr(entry, field), added.language: getattr(more, field)}
                    for field in Additions.model_fields
                    if getattr(more, field)
                }
                out[name] = entry.model_copy(update=changes)
        for file, index, addition in self._additions:
            if addition.entry not in out:
                raise file.error(("additions", index, "entry"), f"no entry has the id {addition.entry!r}", "correct it")
            out[addition.entry] = _joined(out[addition.entry], addition)
        return out

    def read(self, path: Path) -> None:
        file = YamlFile.read(path)
        if not isinstance(file.data, dict):
            raise file.error((), "expected `group` and `entries`", "see lexicons/README.md")
        group = file.data.get("group")
        if group == "compact":
            self.compact = file.data
        elif group != "categories":
            self._read_entries(file)

    def add(self, path: Path) -> None:
        """Read a file of one's own: its entries are more ones, or stand for those of the same id."""
        known, self._origins = self._origins, {}
        self.read(path)
        self._origins = known | self._origins

    def check_languages(self) -> None:
        """Raises LexiconError for a language that an entry has words in and no file has a grammar for: mostly a slip."""
        used = [
            (*self._origins[name], "entries", field, language)
            for name, entry in self._own.items()
            for field in Additions.model_fields
            for language in getattr(entry, field)
        ]
        used += [(file, index, "additions", "language", one.language) for file, index, one in self._additions]
        for file, index, part, field, language in used:
            if self.grammars and language not in self.grammars:
                place = (part, index, field, language) if part == "entries" else (part, index, field)
                raise file.error(
                    place,
                    f"no grammar for the language {language!r}",
                    "correct it or add the language (lexicons/README.md)",
                )

    def _read_entries(self, file: YamlFile) -> None:
        unknown = sorted(set(file.data) - {"group", "entries", "additions"})
        if unknown:
            raise file.error((unknown[0],), "unknown key")
        for name in ("entries", "additions"):
            if not isinstance(file.data.get(name, [] if len(file.data) > 1 else None), list):
                raise file.error((name,), "a list is needed")
        for index, raw in enumerate(file.data.get("additions", ())):
            self._additions.append((file, index, file.valid(Addition, raw, ("additions", index))))
        for index, raw in enumerate(file.data.get("entries", ())):
            place = ("entries", index)
            entry = file.valid(Entry, raw, place)
            if entry.id in self._origins:
                known = self._origins[entry.id][0].name
                raise file.error((*place, "id"), f"id {entry.id!r} is used twice (also {known})", "rename one")
            self._origins[entry.id] = file, index
            self._own[entry.id] = entry


def _joined(entry: Entry, addition: Addition) -> Entry:
    """An entry with an addition behind what it has in that language."""
    changes = {}
    for field in Additions.model_fields:
        held, more = getattr(entry, field), getattr(addition, field)
        if more:
            known = held.get(addition.language, ())
            changes[field] = {**held, addition.language: (*known, *(one for one in more if one not in known))}
    return entry.model_copy(update=changes)


def schema() -> dict[str, Any]:
    """JSON Schema of the lexicon files, for editors that check YAML while it is typed: entries, categories, a language."""
    definitions: dict[str, Any] = {}
    forms: list[dict[str, Any]] = []
    for model in (EntriesFile, Categories, LanguageFile):
        form = model.model_json_schema(mode="validation")
        definitions |= form.pop("$defs", {})
        forms.append(form)
    plain_or_full = {"type": "array", "items": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Variant"}]}}
    definitions["Entry"]["properties"]["variants"]["additionalProperties"] = plain_or_full
    for name in ("Additions", "Addition"):
        definitions[name]["properties"]["variants"] |= plain_or_full
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gcm-references lexicon file",
        "anyOf": forms,
        "$defs": definitions,
    }


def schema_text() -> str:
    """The JSON Schema as it stands in `lexicons/schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
