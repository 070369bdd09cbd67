"""One table as every output format shows it, and the names of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from pipeline import quotes
from pipeline.quotes import Runs

COLUMNS: Mapping[str, tuple[str, str]] = {
    "document": ("Document", "short name of the document"),
    "title": ("Title", "title of the document"),
    "iscm": ("ISCM", "the inter-State consultation mechanism that issued the document"),
    "language": ("Language", "language of the document"),
    "section": ("Section", "section of the analysis"),
    "category": ("Category id", "stable id of the category"),
    "label": ("Category", "what kind of actor or reference it is"),
    "subsection": ("Listed under", "the name, wording or category that the quotes are listed under"),
    "wording": ("Reference / wording", "the words of the document, as printed there"),
    "canonical": ("Name", "the entity that the wording stands for; empty where the text leaves it open"),
    "paragraph": ("Paragraph id", "official number of the paragraph"),
    "citation": ("Cited as", "official number of the paragraph, as cited"),
    "paragraphs": ("Paragraph", "official numbers of the paragraphs with this wording"),
    "objective": ("Objective", "objective of the Global Compact that the paragraph belongs to"),
    "objectives": ("Objectives", "objectives of the Global Compact that these paragraphs belong to"),
    "documents": ("Documents", "in how many documents this wording occurs"),
    "count": ("References", "number of references: a wording counts once for each paragraph"),
    "mentions": ("Mentions", "number of times the words occur"),
    "quote": ("Quote", "the sentence around the wording, which is bold; ... marks words left out"),
    "page": ("Page", "page of the document, where it has pages"),
    "status": ("Status", "machine = found by a rule; accepted, edited, added = decided by an analyst"),
    "note": ("Mark", "✓ accepted by an analyst, ✎ edited or added by an analyst"),
    "self": ("Own name", "self = the ISCM that issued the document names itself"),
    "paragraph_count": ("Paragraphs", "paragraphs of the document"),
    "with_references": ("With references", "paragraphs with at least one reference"),
    "reviewed": ("Reviewed", "references that an analyst accepted, edited or added"),
    "rejected": ("Rejected", "references that an analyst rejected; they are in no table"),
    "total": ("Total", "sum of the row"),
    "elsewhere": ("Elsewhere", "paragraphs that belong to no objective"),
    "short": ("ISCM", "short name of the ISCM"),
    "acronym": ("Acronym", "acronym of the ISCM"),
    "type": ("Type", "regional consultative process, interregional forum or global process"),
    "region": ("Region", "region or regions that the ISCM joins"),
    "annex5": ("In Annex 5", "yes = listed in the ISCM Review 2019, Annex 5"),
    "secretariat": ("Secretariat", "body that is the ISCM's secretariat"),
    "position": ("Position", "what the document is: declaration, statement, recommendations, action plan, ..."),
    "meeting": ("Meeting", "meeting of the ISCM, in the words of the document"),
    "place": ("Place", "place of the meeting, in the words of the document; empty where it does not say"),
    "held": ("Held", "when the meeting was held, in the words of the document"),
    "date": ("Date", "date of the document"),
    "compact": ("Global Compact", "paragraphs that name the Global Compact for Migration; empty where none does"),
    "basis": ("Basis", "explicit = named in words, structural = under its heading, implied = about its subject"),
    "kind": ("Kind", "theme, element, guiding principle or objective of the Global Compact"),
    "number": ("No.", "its number (letter of an element)"),
    "name": ("Theme, principle or objective", "its title"),
    "question": ("Question", "question of the questionnaire"),
    "question_number": ("No.", "number of the question in the questionnaire"),
    "answer": ("Answer", "yes or no only with a quote; not stated = no text of the corpus says"),
    "said_by": ("Said by", "the ISCM's own document, or a document of others that names the ISCM in that sentence"),
    "further": ("Further", "number of further passages that answer"),
    "partner": ("Partner category", "category of partners"),
    "relation": (
        "Relation",
        "partnership = the sentence speaks of partners, support or participation; named = it does not",
    ),
    "area": ("Area of focus", "area of focus of the ISCM"),
    "sdg": ("SDG", "Sustainable Development Goal or target; empty where no source gives one"),
    "theme": ("Theme", "theme of the Global Compact"),
    "origin": ("Source", "where a fact comes from that is not from the documents"),
    "printed": ("Printed", "what the published analysis prints"),
    "found": ("Found", "what the text was found to say"),
    "only_printed": ("Only printed", "printed, but not found in the text"),
    "only_found": ("Only found", "found in the text, but not printed"),
    "where": ("Where", "paragraphs of the analysed text"),
    "rank": ("Rank", "place in the document, best first"),
    "objective_title": ("Objective", "the objective or objectives that the paragraph belongs to"),
    "level": ("Level", "regional or global: where mechanisms would act"),
    "action": ("Action", "the paragraph, with the words that speak of engagement bold"),
    "part": ("Part", "title, commitment or action: what part of an objective the paragraph is"),
    "roles": ("Role of ISCMs", "what mechanisms could do, the strongest first"),
    "engagement": ("Possible engagement of ISCMs", "suggestion built from roles, focus and what the text names"),
    "focus": ("Area of focus", "subjects of the paragraph that mechanisms work on"),
    "mechanisms": ("ISCMs with this focus", "mechanisms whose focus, as the lexicon has it, fits"),
    "score": ("Score", "what the rank rests on"),
    "iscms": ("ISCMs", "number of mechanisms with an entry in this row"),
    "all": ("In common", "all = every mechanism with documents in the corpus has it"),
    "issued": ("Own documents", "number of documents of the corpus that the mechanism issued"),
    "stated_in": ("Stated in", "where the document says what it is: heading, title or text"),
    "recommendation": ("Recommendation / actionable commitment", "what is recommended or committed to"),
    "means": ("Means of implementation", "phrases that say by what means"),
    "partnerships": ("Partnerships", "actors that the sentence or the printed cell names, in its words"),
    "partners": ("Partners by name or category", "the same by name, else by category"),
    "force": ("Force", "commitment or recommendation, by its words"),
    "lead": ("Leading words", "the words above a list that its items follow from"),
    "iscm_count": ("ISCMs", "references to ISCMs"),
    "igo_count": ("IGOs", "references to IGOs"),
    "stakeholder_count": ("Stakeholders", "references to non-State stakeholders"),
    "other_count": ("Other", "other references"),
}
"""Column of a table -> (printed header, explanation)."""
MEANINGS: Mapping[tuple[str, str], str] = {
    ("counts_by_category", "total"): "references in all documents",
    ("entry_points", "objective"): "number of the objective, where the paragraph belongs to a single one",
    ("iscm_areas_of_focus", "basis"): "whether the lexicon, the mechanism's documents or both say so",
    ("iscm_areas_of_focus", "focus"): "the focus that the lexicon gives the mechanism",
    ("iscm_areas_of_focus", "further"): "number of further passages that name the area",
    ("iscm_areas_of_focus", "iscm"): "name of the mechanism",
    ("iscm_partnerships", "iscm"): "name of the mechanism",
    ("iscm_partnerships_by_category", "label"): "category of partners",
    ("iscm_profile", "compact"): "whether the passage names the Global Compact",
    ("iscm_profile", "iscm"): "name of the mechanism",
    ("iscm_profile_overview", "iscms"): "number of mechanisms whose documents state it",
    ("iscm_profile_overview", "label"): "question of the questionnaire",
    ("iscm_themes_principles_objectives", "count"): "number of paragraphs",
    ("iscm_themes_principles_objectives", "paragraphs"): "the paragraphs, by document",
    ("iscm_themes_principles_objectives_in_common", "label"): "theme, element, guiding principle or objective",
    ("iscms_by_type_and_region", "iscm"): "name of the mechanism",
    ("iscms_by_type_and_region", "count"): "references to the mechanism in documents of others",
    (
        "recommendations",
        "basis",
    ): "table = a row of the document's own table, sentence = by itself, list = below leading words",
    ("stakeholders_by_objective_differences", "found"): "objectives of the analysed text that name the stakeholder",
    ("stakeholders_by_objective_differences", "printed"): "objectives that the analysis prints",
    ("stakeholders_by_objective_differences", "where"): "paragraphs of the objectives that are only found",
}
"""(table, column) -> explanation, where a table means something else by a column than `COLUMNS` says."""


def meaning(table: str, column: str) -> str:
    """Return what a column of a table holds; "" for one that is named after a document, mechanism or objective."""
    return MEANINGS.get((table, column)) or COLUMNS.get(column, ("", ""))[1]


Kind = Literal["wordings", "quotes", "matrix", "counts", "listing"]


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it is written to CSV, workbook, Word and page.

    `name` is the file name; `caption` tells what a row is; `rich` gives, for a column, the pieces of every cell with
    the wordings bold (the frame's cell is the same text); `headers` holds printed headers that COLUMNS does not know.
    `source` names the published table that it follows. For a listing, `group` is the column whose values head groups
    of rows, and `brief` are the columns for narrow places (Word, page); CSV and workbook always have all of them.
    """

    name: str
    title: str
    caption: str
    kind: Kind
    frame: pd.DataFrame
    rich: Mapping[str, tuple[Runs, ...]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    source: str = ""
    group: str = ""
    brief: tuple[str, ...] = ()

    def shown(self, several: bool) -> tuple[str, ...]:
        """The columns to show: those that tell documents apart only where there are several."""
        hidden = () if several or self.kind in ("counts", "listing") else ("document", "documents")
        return tuple(str(column) for column in self.frame.columns if column not in hidden)

    def narrow(self) -> tuple[str, ...]:
        """The columns of a listing for narrow places, in the order of the frame."""
        columns = tuple(str(column) for column in self.frame.columns)
        return tuple(column for column in columns if column in self.brief) if self.brief else columns

    def told(self) -> list[int]:
        """The places of the rows for narrow places: all but those that say "not stated"."""
        if self.kind != "listing" or "answer" not in self.frame.columns:
            return list(range(len(self.frame)))
        return [n for n, answer in enumerate(self.frame["answer"]) if answer != "not stated"]

    def header(self, column: str) -> str:
        """The printed header of a column."""
        return self.headers.get(column) or COLUMNS.get(column, (column,))[0]

    def credit(self) -> str:
        """The caption with the published table that this one follows."""
        return f"{self.caption} After: {self.source}." if self.source else self.caption


_TEXT = frozenset(COLUMNS) - {
    "objective", "documents", "count", "mentions", "page", "paragraph_count", "with_references", "reviewed",
    "rejected", "total", "further", "rank", "score", "iscms", "issued", "iscm_count", "igo_count", "stakeholder_count",
    "other_count",
}  # fmt: skip


def frame(rows: Sequence[Mapping[Any, Any]], columns: str | Sequence[str]) -> pd.DataFrame:
    """The rows as text and whole numbers: missing text is empty, a missing number is NA."""
    names = columns.split() if isinstance(columns, str) else list(columns)
    data: dict[str, pd.Series[Any]] = {}
    for name in names:
        values = [row.get(name) for row in rows]
        text = any(isinstance(v, str) for v in values) or name in _TEXT or not rows
        if text:
            data[name] = pd.Series(["" if v is None else v for v in values], dtype=object)
        else:
            data[name] = pd.Series([pd.NA if v is None else v for v in values], dtype="Int64")
    return pd.DataFrame(data, columns=pd.Index(names))


def listing(
    name: str,
    title: str,
    caption: str,
    rows: Iterable[Mapping[str, Any]],
    columns: str,
    *,
    source: str = "",
    group: str = "",
    brief: str = "",
    section: str = "mechanisms",
    headers: Mapping[str, str] | None = None,
) -> Table:
    """A table of kind "listing" from rows whose `quote` is rich text (`quotes.Runs`)."""
    found = list(rows)
    rich = tuple(row.get("quote") or () for row in found)
    flat = [{**row, "quote": quotes.plain(runs)} for row, runs in zip(found, rich, strict=True)]
    return Table(
        name,
        title,
        caption,
        "listing",
        frame(flat, columns),
        rich={"quote": rich} if "quote" in columns.split() else {},
        headers=headers or {},
        section=section,
        source=source,
        group=group,
        brief=tuple(brief.split()),
    )
