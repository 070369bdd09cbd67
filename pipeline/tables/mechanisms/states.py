"""The States of the mechanisms: members, participants and observers, as lists in their documents name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import ClassVar, Literal

from pydantic import Field

from extractors.lexicon.terms import Words, expression, flattened, with_english
from extractors.lexicon.yaml_file import Strict, folder, read_yaml
from extractors.model import BODY_KINDS, ParagraphRow
from pipeline.extract.quote import Runs, Span
from pipeline.segment.citation import base
from pipeline.tables.registry import Mechanism
from pipeline.tables.sentences import Evidence
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext

SOURCE = "ISCM Review 2019, Figure 1"
Relation = Literal["member", "participant", "observer"]
_ORDER: tuple[Relation, ...] = ("member", "participant", "observer")
UNHEARD = frozenset({"speech", "draft"})
"""Roles of documents that say nothing of a mechanism, nor as the words of others."""
_QUOTE = 320


class StateName(Strict):
    """A State and its names."""

    id: str = Field(pattern=r"^[A-Z]{2}$")
    en: tuple[str, ...]
    es: tuple[str, ...]
    fr: tuple[str, ...]
    pt: tuple[str, ...]
    ar: tuple[str, ...]

    def names(self, language: str) -> tuple[str, ...]:
        """Its names in a language and in English, which texts of other languages quote."""
        spoken: Mapping[str, tuple[str, ...]] = {"es": self.es, "fr": self.fr, "pt": self.pt, "ar": self.ar}
        return (*spoken.get(language, ()), *self.en)


class RelationWords(Strict):
    """What a list of States lists, and the words that say so."""

    id: Relation
    words: Words


class StateNames(Strict):
    """Everything in `lexicons/tables/states.yaml`; the file says what each list is."""

    source: str
    least: int = Field(gt=1)
    gap: int = Field(gt=0)
    relations: tuple[RelationWords, ...]
    states: tuple[StateName, ...]


@dataclass(frozen=True, slots=True)
class ListedState:
    """A State in a list: `span` are the words of its name in the text."""

    state: str
    span: Span


@dataclass(frozen=True, slots=True)
class StateRow:
    """A State of a mechanism, with the latest list that names it."""

    IDENTITY: ClassVar[str] = "iscm state relation"

    iscm: str
    short: str
    state: str
    relation: str
    date: str
    document: str
    citation: str
    quote: Runs
    further: int | None
    page: int | None
    paragraph: str
    url: str


@lru_cache(maxsize=1)
def state_names() -> StateNames:
    """Read and check `tables/states.yaml`; raises LexiconError with file and line."""
    return read_yaml(folder() / "states.yaml", StateNames)


@lru_cache(maxsize=8)
def _naming(language: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """The pattern of all names in a language, as written and in capitals, and the State of each."""
    known: dict[str, str] = {}
    for state in state_names().states:
        for name in state.names(language):
            for written in (name, name.upper()):
                known.setdefault(flattened(written).text, state.en[0])
    return expression(tuple(known)), known


def listed_states(text: str, language: str) -> list[list[ListedState]]:
    """The lists of States in a text: runs of names that stand close to each other.

    >>> [[one.state for one in found] for found in listed_states("Chad, Mali, Niger, Togo and Benin met; Peru did not.", "en")]
    [['Chad', 'Mali', 'Niger', 'Togo', 'Benin', 'Peru']]
    """
    data, (pattern, known) = state_names(), _naming(language)
    flat = flattened(text)
    runs: list[list[ListedState]] = []
    end = -data.gap - 1
    for hit in pattern.finditer(flat.text):
        if hit.start() - end > data.gap:
            runs.append([])
        end = hit.end()
        name = known.get(" ".join(hit[0].split()))
        if name:
            runs[-1].append(ListedState(name, flat.source(*hit.span())))
    return [run for run in runs if len({one.state for one in run}) >= data.least]


NamedState = tuple[Mechanism, Relation, ListedState, ParagraphRow]
"""A State that a list in a paragraph of a mechanism's document names, and as what."""


def states_named(evidence: Evidence) -> Iterator[NamedState]:
    """Every State that a list of a mechanism's own document names; who is listed stands before the list, in its paragraph
    or in the one above."""
    for document, issued in evidence.issuers.items():
        if issued and evidence.source.documents[document].role not in UNHEARD:
            yield from evidence.source.findings.of("states", document, partial(_named, evidence, document))


def _named(evidence: Evidence, document: str) -> list[NamedState]:
    """Those of one document."""
    out: list[NamedState] = []
    language = evidence.source.language(document)
    above = ""
    for row in evidence.source.paragraphs.get(document, ()):
        if row.kind not in BODY_KINDS:
            continue
        for run in listed_states(row.text, language):
            relation = _relation(f"{above} {row.text[: run[0].span[0]]}", language)
            if relation:
                out += [(mechanism, relation, one, row) for mechanism in evidence.issuers[document] for one in run]
        above = row.text
    return out


def _relation(before: str, language: str) -> Relation | None:
    """What the last word before a list says of it."""
    flat = flattened(before).text
    last: tuple[int, Relation] | None = None
    for one in state_names().relations:
        for hit in expression(with_english(one.words, language)).finditer(flat):
            if last is None or hit.end() > last[0]:
                last = (hit.end(), one.id)
    return last[1] if last else None


def states_table(evidence: Evidence) -> Table:
    """One row for each mechanism and State: a member before a participant before an observer, from the latest list."""
    groups: dict[tuple[str, str], list[NamedState]] = {}
    for found in states_named(evidence):
        groups.setdefault((found[0].label.casefold(), found[2].state), []).append(found)
    rows = [_row(evidence, groups[key]) for key in sorted(groups)]
    return listing(
        "iscm_states",
        gettext("States in ISCMs"),
        gettext(
            "One row for each State that a list in the mechanism's own documents names: as a member, as one that "
            "took part (participant), or as an observer. A list is at least five States in a row; what no "
            "document lists is not here."
        ),
        StateRow,
        rows,
        source=SOURCE,
        group="iscm",
        brief="short state relation date document citation",
    )


def _row(evidence: Evidence, named: Sequence[NamedState]) -> StateRow:
    source = evidence.source
    relation = min((one[1] for one in named), key=_ORDER.index)
    same = [one for one in named if one[1] == relation]
    mechanism, _, state, row = max(same, key=lambda one: source.documents[one[3].document].date)
    return StateRow(
        iscm=mechanism.name,
        short=mechanism.label,
        state=state.state,
        relation=relation,
        date=source.documents[row.document].date,
        document=row.document,
        citation=source.cited(row.paragraph),
        quote=source.cut(row.text, [state.span], _QUOTE),
        further=len({(one[3].document, one[3].paragraph) for one in named}) - 1 or None,
        page=source.page(row.document, row.paragraph),
        paragraph=base(row.paragraph),
        url=source.link(row.document, row.paragraph),
    )
