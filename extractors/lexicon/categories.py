"""The categories of references: their names, their order, and the section of the published table each belongs to.

They stand in `lexicons/categories.yaml`; a new one is an entry there and no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from extractors.lexicon.language import Language
from extractors.lexicon.yaml_file import Strict, default_folder, read_yaml
from extractors.model import Reference

FILE = "categories.yaml"


class Category(Strict):
    """A category: its name for people and its section."""

    id: str = Field(pattern=r"^[a-z]+\.[a-z_]+$", description="group.name, as entries name it")
    label: str = Field(min_length=1, description="name for people")
    labels: Mapping[Language, str] = Field(
        default_factory=dict, description="the same name in other languages, for people who read in them"
    )
    section: str = Field(description="key of the section that it belongs to")
    listed: Literal["", "wording", "name"] = Field(
        default="",
        description="what its rows in the tables are told apart by: each wording, each official name, or nothing",
    )


class Categories(Strict):
    """The file of categories."""

    group: Literal["categories"]
    sections: Mapping[str, str] = Field(description="sections of the published tables by key, in their order")
    section_labels: Mapping[str, Mapping[Language, str]] = Field(
        default_factory=dict, description="the same sections in other languages"
    )
    acronyms: frozenset[str] = Field(description="parts of ids that are shown in capitals")
    categories: tuple[Category, ...] = Field(description="in the order of the tables")

    @model_validator(mode="after")
    def _is_consistent(self) -> Categories:
        ids = [category.id for category in self.categories]
        if twice := next((name for n, name in enumerate(ids) if name in ids[:n]), ""):
            raise ValueError(f"category {twice!r} stands twice")
        if unknown := next((c for c in self.categories if c.section not in self.sections), None):
            raise ValueError(
                f"{unknown.id}: unknown section {unknown.section!r}; use one of: {', '.join(self.sections)}"
            )
        return self


def load_categories(folder: Path | None = None) -> Categories:
    """Read and check the categories of a lexicon folder (by default the one that comes with the package).

    Raises LexiconError with file and line for broken YAML, unknown keys and sections, ids that stand twice.
    """
    return _load((folder or default_folder()).resolve())


@lru_cache(maxsize=4)
def _load(folder: Path) -> Categories:
    return read_yaml(folder / FILE, Categories)


_OWN = load_categories()
SECTIONS: Mapping[str, str] = _OWN.sections
"""The four sections of the published analysis; the keys are the groups of the categories that belong there."""
CATEGORIES: Mapping[str, str] = {category.id: category.label for category in _OWN.categories}
"""The categories in the order of the tables, with their names; others follow by id."""
LISTED_BY_WORDING = frozenset(category.id for category in _OWN.categories if category.listed == "wording")
LISTED_BY_NAME = frozenset(category.id for category in _OWN.categories if category.listed == "name")
_SECTION_OF = {category.id: category.section for category in _OWN.categories}


def category_label(category: str, labels: Mapping[str, str]) -> str:
    """The human name of a category: from `labels`, else the usual one, else the id made readable.

    >>> category_label("stakeholder.media", {"stakeholder.media": "The media"}), category_label("other.un_youth", {})
    ('The media', 'UN youth')
    """
    known = labels.get(category) or CATEGORIES.get(category)
    if known:
        return known
    words = [w.upper() if w in _OWN.acronyms else w for w in category.rpartition(".")[2].split("_") if w]
    text = " ".join(words) or category
    return text[:1].upper() + text[1:]


def section_of(row: Reference) -> str:
    """The section that the reference names, else the one of its category, else that of the category's group."""
    for key, title in SECTIONS.items():
        if row.section in (key, title):
            return key
    group = row.category.partition(".")[0]
    return _SECTION_OF.get(row.category) or (group if group in SECTIONS else "other")
