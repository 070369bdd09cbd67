"""The results of a run as pandas frames, and the questions that analysts ask of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from extractors.lexicon.categories import SECTIONS
from extractors.model import Basis
from pipeline.explore import counts
from pipeline.explore.arguments import check, check_category, check_columns, check_value, is_category
from pipeline.explore.columns import describe
from pipeline.explore.concordance import find_in_context
from pipeline.explore.counts import JOINT as JOINT
from pipeline.explore.keywords import profile


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """Five tidy frames: `documents`, `references`, `paragraphs`, `objectives`, `decisions`, one row a thing.

    They are plain pandas frames that belong to the caller; `columns_help()` explains every column. `document` joins
    all of them, and (`document`, `paragraph`) of references joins (`document`, `unit`) of paragraphs and objectives.
    Every function returns a new frame.
    """

    documents: pd.DataFrame
    references: pd.DataFrame
    paragraphs: pd.DataFrame
    objectives: pd.DataFrame
    decisions: pd.DataFrame

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(getattr(self, name))} {name}" for name in self.__slots__)
        return f"Results({sizes})"

    def columns_help(self, frame: str = "") -> pd.DataFrame:
        """Return what each column means: of one frame (`"references"`), or of all. ValueError for an unknown frame."""
        return describe(frame)

    def only(self, **facts: object) -> Results:
        """Return the results of some documents: those whose columns in `documents` have the given value or values.

        `data.only(type="RCP", language=["es", "pt"])`. A document of several mechanisms fits each of them. An empty list
        means any value, so that an empty filter leaves all. ValueError for a column that `documents` has not, and for a text
        that no document could have in it (`language="xx"`).
        """
        kept = self.documents
        for column, wanted in facts.items():
            check_columns("documents", self.documents, column)
            values = set(wanted) if isinstance(wanted, (list, tuple, set, frozenset, pd.Series, pd.Index)) else {wanted}
            for value in values:
                check_value(column, value, self.documents)
            if values:
                kept = kept[kept[column].map(lambda v, values=values: v in values or bool(values & counts.several(v)))]
        inside = set(kept["document"])
        frames = {name: getattr(self, name) for name in self.__slots__ if name != "documents"}
        parts = {n: f[f["document"].isin(inside)].reset_index(drop=True) for n, f in frames.items()}
        return Results(documents=kept.reset_index(drop=True), **parts)

    def concordance(self, *terms: str, width: int = 60, whole: bool = False) -> pd.DataFrame:
        """Return every place of a term with `width` characters before and behind it (keyword in context).

        A term is found where a word begins with it ("diaspora" finds "diasporas"), with `whole` only as it is; `*`
        stands for any letters; a term with a capital letter is case-sensitive. Several terms are alternatives, such as
        the words of several languages. Columns: document, citation, left, keyword, right and facts of the document.
        ValueError without a term.
        """
        return find_in_context(self.paragraphs[self.paragraphs["searched"]], terms, width, whole)

    def naming(self, *terms: str, whole: bool = False) -> pd.DataFrame:
        """Return the documents that name any of these terms: words as in `concordance`, or categories.

        `data.naming("stakeholder.diasporas")` goes by the references, `data.naming("remittance")` by the text.
        ValueError for what is written like a category and is none ("stakeholder.diaspora").
        """
        known = set(self.references["category"])
        categories = [term for term in terms if term in known or is_category(term)]
        for category in categories:
            check_category(category, self.references)
        words = [term for term in terms if term not in categories]
        named = set(self.references.loc[self.references["category"].isin(categories), "document"])
        if words or not categories:
            named |= set(self.concordance(*words, whole=whole)["document"])
        return self.documents[self.documents["document"].isin(named)].reset_index(drop=True)

    @staticmethod
    def _check_group(group: str) -> None:
        check(group, "group", ("", *SECTIONS))

    def by_objective(self) -> pd.DataFrame:
        """Return the references once for each objective of the Compact that they belong to, in `objective`.

        That is the objective whose heading the paragraph stands under, else those that it was found to be about;
        references that belong to none are left out.
        """
        return counts.by_objective(self.references, self.objectives)

    def co_occurrence(self, rows: str = "label", columns: str = "objective", group: str = "") -> pd.DataFrame:
        """Return in how many paragraphs two things stand together: stakeholders and objectives, or two categories.

        `rows` and `columns` are columns of references (`label`, `category`, `canonical`, `level` ...) or `objective`;
        `group` ("stakeholder") keeps the references of one group. With both the same the diagonal counts the paragraphs
        that name it at all. ValueError for a column or group that there is not.
        """
        check_columns("references", self.references, rows, columns)
        self._check_group(group)
        return counts.co_occurrence(self.references, self.objectives, rows, columns, group)

    def mention_matrix(
        self, rows: str = "document", columns: str = "label", count: counts.Count = "references", group: str = ""
    ) -> pd.DataFrame:
        """Return how often each document (or mechanism, type, year ...) names each category.

        `count` is what is counted: references, paragraphs, documents or occurrences of the words. Documents that name
        nothing have a row of zeros. ValueError for a column, count or group that there is not.
        """
        check_columns("references", self.references, rows, columns)
        check(count, "count", get_args(counts.Count))
        self._check_group(group)
        return counts.mention_matrix(self.documents, self.references, rows, columns, count, group)

    def compare(self, by: str | Sequence[str] = "part", columns: str = "label", group: str = "") -> pd.DataFrame:
        """Return in how many percent of the paragraphs each category is named, side by side.

        `by` is a column of documents (`part`: the Compact and the declarations; `mechanism`, `type`, `year` ...) or a
        list of documents. Percent, because a short declaration and a long one are to be compared. ValueError for a column,
        document or group that there is not.
        """
        if isinstance(by, str):
            check_columns("documents", self.documents[[c for c in self.documents if c in self.references]], by)
        else:
            for document in by:
                check(document, "document", self.documents["document"])
        check_columns("references", self.references, columns)
        self._check_group(group)
        return counts.compare(self.documents, self.references, self.paragraphs, by, columns, group)

    def uptake(
        self,
        kind: Literal["objective", "principle", "theme"] = "objective",
        by: str = "type",
        count: counts.Taken = "documents",
        basis: str | Sequence[str] = (),
    ) -> pd.DataFrame:
        """Return how many documents (or mechanisms, paragraphs) take up each objective, principle or theme.

        One row for each of the 23, 10 or 6, also for those that nobody takes up; one column for each value of `by`.
        `basis="explicit"` counts only what is named in words; by default what is found by its subject counts too.
        ValueError for a kind, column, count or basis that there is not.
        """
        check(kind, "kind", ("objective", "principle", "theme"))
        check_columns("documents", self.documents[[c for c in self.documents if c in self.objectives]], by)
        check(count, "count", get_args(counts.Taken))
        for one in [basis] if isinstance(basis, str) else basis:
            check(one, "basis", ("", *get_args(Basis)))
        return counts.uptake(self.documents, self.objectives, kind, by, count, basis)

    def profile(self, category: str, by: str = "part", language: str = "en") -> pd.DataFrame:
        """Return how a category's role differs between the Compact and the declarations, or between other `by`.

        One column for each value of `by`: how many documents and percent of paragraphs name it, in which words, under
        which objectives, beside whom, and with which words around that the others do not use (texts of one `language`,
        because words of different languages cannot be compared). ValueError for what is no category, column or language.
        """
        check_category(category, self.references)
        check_columns("documents", self.documents[[c for c in self.documents if c in self.references]], by)
        check_value("language", language, self.documents)
        return profile(self.documents, self.references, self.paragraphs, self.objectives, category, by, language)
