"""Rows of references and paragraphs in the order of the tables, with what is looked up for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline import quotes
from pipeline.citations import base, citations, order_key
from pipeline.quotes import Runs, Span

Row = Mapping[str, Any]
_NUMERIC = frozenset({"order", "objective", "page", "number", "start", "end", "occurrences"})

SECTIONS: Mapping[str, str] = {
    "iscm": "References to ISCMs",
    "igo": "References to IGOs",
    "stakeholder": "References to various categories of non-State stakeholders",
    "other": "Other references",
}
"""The four sections of the published analysis; the keys are the groups of the categories that belong there."""

LISTED_BY_WORDING = frozenset({"iscm.generic", "other.cooperation_dialogue"})
LISTED_BY_NAME = frozenset({"iscm.named"})
CATEGORIES: Mapping[str, str] = {
    "iscm.rcp": "Regional consultative processes on migration",
    "iscm.irf": "Interregional forums on migration",
    "iscm.global_process": "Global processes on migration",
    "iscm.generic": "State-led processes, platforms and forums",
    "iscm.gfmd": "Global Forum on Migration and Development",
    "iscm.idm": "International Dialogue on Migration",
    "iscm.named": "Named ISCMs",
    "igo.international_organization": "International organizations",
    "igo.regional_organization": "Regional and subregional organizations",
    "igo.un_regional_commission": "United Nations regional economic commissions",
    "igo.financial_institution": "Financial institutions",
    "igo.ifi": "International financial institutions",
    "igo.un_system": "United Nations system",
    "stakeholder.civil_society": "Civil society",
    "stakeholder.trade_unions": "Trade unions",
    "stakeholder.local_communities": "Local authorities and communities",
    "stakeholder.private_sector": "Private sector",
    "stakeholder.employers": "Employers",
    "stakeholder.diasporas": "Diasporas",
    "stakeholder.migrants": "Migrant organizations",
    "stakeholder.academia": "Academia",
    "stakeholder.parliamentarians": "Parliamentarians",
    "stakeholder.nhri": "National human rights institutions",
    "stakeholder.media": "Media",
    "stakeholder.faith_based": "Faith-based organizations",
    "stakeholder.philanthropy": "Philanthropic organizations",
    "other.cooperation_dialogue": "International cooperation and dialogue on migration",
    "other.iom": "International Organization for Migration",
    "other.un_network": "United Nations Network on Migration",
    "other.gmg": "Global Migration Group",
    "other.imrf": "International Migration Review Forum",
    "other.un_hld": "United Nations High-level Dialogue on International Migration and Development",
    "other.micic": "Migrants in Countries in Crisis (MICIC) Initiative",
}
"""The categories in the order of the tables, with their names; others follow by id."""

_ACRONYMS = frozenset(
    ["gfmd", "gmg", "idm", "ifi", "igo", "imrf", "iom", "irf", "iscm", "micic", "ngo", "nhri", "rcp", "sdg", "un"]
)


def category_label(category: str, labels: Mapping[str, str]) -> str:
    """The human name of a category: from `labels`, else the usual one, else the id made readable.

    >>> category_label("stakeholder.media", {"stakeholder.media": "The media"}), category_label("other.un_youth", {})
    ('The media', 'UN youth')
    """
    known = labels.get(category) or CATEGORIES.get(category)
    if known:
        return known
    words = [w.upper() if w in _ACRONYMS else w for w in category.rpartition(".")[2].split("_") if w]
    text = " ".join(words) or category
    return text[:1].upper() + text[1:]


class Rows:
    """The rows of the three files as dictionaries; the references without the rejected ones, in table order.

    `every` are all references in the order of the file, `objective_rows` the rows of objectives in theirs.
    """

    def __init__(
        self,
        references: pd.DataFrame,
        paragraphs: pd.DataFrame,
        objectives: pd.DataFrame,
        labels: Mapping[str, str],
        cut: Callable[[str, Sequence[Span], int], Runs] = quotes.runs,
        short: bool = False,
        documents: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.labels, self.cut, self.short = labels, cut, short
        self.paragraphs = records(paragraphs)
        every = self.every = records(references)
        self.texts: dict[tuple[str, str], list[str]] = {}
        self.place: dict[tuple[str, str], int] = {}
        for row in self.paragraphs:
            for key in dict.fromkeys([(row["document"], row["paragraph"]), (row["document"], base(row["paragraph"]))]):
                self.texts.setdefault(key, []).append(row["text"])
                self.place.setdefault(key, len(self.place))
        names = [str(d.get("document") or "") for d in documents]
        names += [row["document"] for row in [*self.paragraphs, *every]]
        self.documents = {name: n for n, name in enumerate(dict.fromkeys(name for name in names if name))}
        self.titles = {str(d.get("document") or ""): str(d.get("title") or "") for d in documents}
        for row in every:
            if row["title"]:
                self.titles[row["document"]] = row["title"]
        self.categories = {category: n for n, category in enumerate(CATEGORIES)}
        self.rejected = Counter(row["document"] for row in every if row["status"] == "rejected")
        self.references = sorted((row for row in every if row["status"] != "rejected"), key=self.order)
        self.several = len(self.documents) > 1
        self.assigned: dict[tuple[str, str], list[int]] = {}
        self.objective_rows = records(objectives)
        for row in self.objective_rows:
            if row["kind"] == "objective" and isinstance(row["number"], int):
                self.assigned.setdefault((row["document"], base(row["paragraph"])), []).append(row["number"])

    def order(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        place = self.place.get((row["document"], row["paragraph"]))
        known = (0, place, ()) if place is not None else (1, 0, order_key(row["paragraph"]))
        return (
            self.documents[row["document"]],
            *known,
            number(row["start"]),
            *self.rank(row["category"]),
            row["wording"],
        )

    def rank(self, category: str) -> tuple[int, str]:
        return (self.categories.get(category, len(self.categories)), category)

    def label(self, category: str) -> str:
        return category_label(category, self.labels)

    def cite(self, rows: Iterable[Mapping[str, Any]]) -> str:
        return citations((row["paragraph"] for row in rows), self.short)

    def objectives(self, row: Mapping[str, Any]) -> list[int]:
        """The objective whose heading the paragraph stands under, else those that it was found to be about."""
        if isinstance(row["objective"], int):
            return [row["objective"]]
        return sorted(set(self.assigned.get((row["document"], base(row["paragraph"])), [])))

    def passage(self, row: Mapping[str, Any]) -> tuple[str, list[Span]]:
        """The paragraph's text with the spans of this reference, or no spans where the wording is not in it."""
        texts = self.texts.get((row["document"], row["paragraph"]), [])
        start, end, wording = number(row["start"]), number(row["end"]), row["wording"]
        for text in texts:
            if wording and text[start:end] == wording:
                several = quotes.occurrences(text, wording) if number(row["occurrences"]) > 1 else []
                return text, sorted({(start, end), *several})
        for text in texts:
            spans = quotes.occurrences(text, wording)
            if spans:
                return text, spans[: max(1, number(row["occurrences"]))]
        return "", []


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame with "" for missing text, whole numbers as int and None for a missing number."""
    names = [str(column) for column in frame.columns]
    read = [_numbers if name in _NUMERIC else _texts for name in names]
    columns = [make(frame.iloc[:, n].tolist()) for n, make in enumerate(read)]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _numbers(values: Sequence[Any]) -> list[int | None]:
    return [None if _missing(value) else int(float(value)) for value in values]


def _texts(values: Sequence[Any]) -> list[str]:
    """The values as text; what repeats in a column is one text in memory."""
    known: dict[str, str] = {}
    texts = (value if type(value) is str else "" if _missing(value) else str(value) for value in values)
    return [known.setdefault(text, text) for text in texts]


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or value != value or value == ""


def number(value: object) -> int:
    return value if isinstance(value, int) else 0


def section_of(row: Mapping[str, Any]) -> str:
    """The section that the row names, else the one of its category's group."""
    for key, title in SECTIONS.items():
        if row["section"] in (key, title):
            return key
    group = row["category"].partition(".")[0]
    return group if group in SECTIONS else "other"


def subsection(rows: Rows, row: Mapping[str, Any]) -> str:
    """What the published analysis lists the quote under: the wording, the name, or the category."""
    if row["category"] in LISTED_BY_WORDING:
        return str(row["wording"][:1].upper() + row["wording"][1:])
    if row["category"] in LISTED_BY_NAME and row["canonical"]:
        return str(row["canonical"])
    return rows.label(row["category"])
