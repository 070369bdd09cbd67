"""Entry points for inter-State consultation mechanisms: the actions of a document in which they can engage, ranked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from rapidfuzz import fuzz

from extractors.lexicon.entries import Lexicon
from pipeline.extract import quote
from pipeline.extract.quote import Runs
from pipeline.segment.heading import objective_of
from pipeline.tables.entry_points.rating import Fitting, Rated, Rater, mechanisms, rater
from pipeline.tables.entry_points.words import AreaOfWork, Engagement, Part, engagement
from pipeline.tables.mechanisms.areas import FocusRow
from pipeline.tables.records import Mentioned, Records, Unit
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext

HEADERS: Mapping[str, str] = {
    "rank": "Rank",
    "objective": "No.",
    "objective_title": "Objective",
    "level": "Level",
    "action": "Action",
    "part": "Part",
    "roles": "Role of ISCMs",
    "engagement": "Possible engagement of ISCMs",
    "focus": "Area of focus",
    "mechanisms": "ISCMs with this focus",
    "evidence": "Evidence of their focus",
    "score": "Score",
}
SECTION = "mechanisms"
SOURCE = "“Entry points for ISCMs to engage in the GCM implementation” (IPD analysis of A/RES/73/195)"
BRIEF = "objective_title level action citation engagement mechanisms"
_SHOWN_ROLES = 3
_INSTRUMENT = "instrument"
_OTHERS_VOICES = frozenset({"speech", "analysis"})
"""Roles of documents that do not speak for a mechanism."""
_RESOLUTION = re.compile(r"(?:Annex\b.*/)?(?:OP|PP)\d")
_PARTS: Mapping[str, Part] = {"heading": "title", "paragraph": "commitment", "subparagraph": "action"}


@dataclass(frozen=True, slots=True)
class EntryPointRow:
    """An action in which mechanisms can engage."""

    IDENTITY: ClassVar[str] = "document paragraph"

    document: str
    rank: int
    objective: int | None
    objective_title: str
    level: str
    action: Runs
    citation: str
    part: str
    roles: str
    engagement: str
    focus: str
    mechanisms: str
    evidence: str
    score: float
    page: int | None
    paragraph: str
    url: str


@dataclass(frozen=True, slots=True)
class RatedPart:
    """A paragraph that could be an entry point: what was found in it and the mechanisms that work on its subject."""

    unit: Unit
    part: Part
    rated: Rated
    named: tuple[str, ...]
    topics: tuple[AreaOfWork, ...]
    mechanisms: tuple[Fitting, ...]

    def score(self, data: Engagement) -> float:
        """The score of its words and of the number of mechanisms, weighed by what part of an objective it is."""
        particular = {value for topic in self.topics if not topic.is_general for value in topic.focus}
        working = [fitting for fitting in self.mechanisms if particular.intersection(fitting.focus)]
        share = min(1.0, len(working) / data.mechanisms) if data.mechanisms else 0.0
        return (self.rated.score + data.mechanism_weight * share) * data.parts[self.part]


def entry_points_table(records: Records, lexicon: Lexicon, focus: Sequence[FocusRow] = ()) -> Table:
    """List the actions in which ISCMs can engage, best first for each document, as in the IPD table of that name.

    Only instruments have any: documents of that role, and resolutions where no role is known. Where a document has the
    Compact's objectives as headings, the candidates are the titles, commitments and actions under them; in other
    resolutions the operative paragraphs that take up an objective: documents about other things have none.
    A commitment that says no more than one of its actions is left out. The words and
    weights are those of `lexicons/tables/engagement.yaml`; `focus` are the areas that mechanisms' documents name.

    The score shown is that of `Rater.rate`, lowered for each better candidate of the same objective and level, so that
    the table covers objectives before it goes into one; the rank is the order by it. Raises GcmrefsError for a role
    file that cannot be used.
    """
    words, judges = engagement(), dict[str, Rater]()
    named = _evidence(focus, records)
    rows = [
        replace(row, evidence="; ".join(one.told(named) for one in working))
        for document in records.paragraphs
        if _is_instrument(document, records)
        for row, working in records.findings.of(
            "entry points", document, partial(_rows, document, records, lexicon, words, judges)
        )
    ]
    return listing(
        "entry_points",
        gettext("Entry points for ISCMs"),
        gettext(
            "One row for each action of an instrument in which inter-State consultation mechanisms can engage, "
            "best first. Bold words speak of regional or international cooperation; role, engagement and "
            "mechanisms are suggestions of the program; what a State's own services do alone is none. The score "
            "falls with each better row of the same objective and level."
        ),
        EntryPointRow,
        rows,
        headers=HEADERS,
        section=SECTION,
        source=SOURCE,
        brief=BRIEF,
    )


@dataclass(frozen=True, slots=True)
class WorkingMechanism:
    """A mechanism beside an entry point: what it works on, and the areas of focus that give the evidence."""

    label: str
    focus: tuple[str, ...]
    areas: tuple[str, ...]

    def told(self, evidence: Mapping[tuple[str, str], str]) -> str:
        """What it works on and who says so: "PIDC: border management (lexicon; pidc-2017 ¶2)"."""
        cited = dict.fromkeys(place for area in self.areas if (place := evidence.get((self.label, area))))
        return f"{self.label}: {', '.join(self.focus)} ({'; '.join(['lexicon', *cited])})"


def _rows(
    document: str, records: Records, lexicon: Lexicon, words: Engagement, judges: dict[str, Rater]
) -> list[tuple[EntryPointRow, tuple[WorkingMechanism, ...]]]:
    """The rows of one document without evidence, each with the mechanisms whose evidence it is."""
    own = records.units(document)
    pool = _eligible(own, words, lexicon)
    language = own[0].language
    if pool and language not in judges:
        judges[language] = rater(words, language)
    candidates = [_candidate(unit, part, judges[language], lexicon) for unit, part in pool]
    best = ranked([c for c in candidates if c], words)
    return [
        (_row(candidate, rank, score, words, lexicon, records), _working(candidate, words))
        for rank, (candidate, score) in enumerate(best, start=1)
    ]


def _is_instrument(document: str, records: Records) -> bool:
    """Whether a document is one that States adopted as such: by its role, and where none is known by being a resolution."""
    facts = records.documents[document]
    if facts.role:
        return facts.role == _INSTRUMENT
    return (
        facts.kind == "resolution"
        or bool(facts.symbol)
        or any(_RESOLUTION.match(row.paragraph) for row in records.paragraphs[document])
    )


def _evidence(focus: Sequence[FocusRow], records: Records) -> dict[tuple[str, str], str]:
    """Who says that a mechanism works in an area, by the mechanism's label and the area: the analysis that prints it and
    the passage of its own documents."""
    out = {}
    for row in focus:
        facts = records.documents.get(row.document)
        cited = "" if not facts or facts.role in _OTHERS_VOICES else f"{row.document} {row.citation}"
        if told := "; ".join(filter(None, [row.origin, cited])):
            out[row.short, row.area] = told
    return out


def _candidate(unit: Unit, part: Part, judge: Rater, lexicon: Lexicon) -> RatedPart | None:
    weighty = [
        m for m in unit.mentioned if m.category in judge.data.mention_weights or _group(m) in judge.data.mention_weights
    ]
    rated = judge.rate(unit.text, [m.category for m in weighty])
    if not rated:
        return None
    topics = judge.topics(unit.text, unit.objectives)
    places = tuple(place for m in weighty for place in m.places)
    named = tuple(dict.fromkeys(m.wording for m in unit.mentioned if _group(m) == "iscm"))
    return RatedPart(
        unit, part, replace(rated, bold=(*rated.bold, *places)), named, topics, mechanisms(lexicon, topics, rated.level)
    )


def _group(mentioned: Mentioned) -> str:
    return mentioned.category.partition(".")[0]


def ranked(candidates: Sequence[RatedPart], data: Engagement) -> list[tuple[RatedPart, float]]:
    """The best candidates with the scores that they are ranked by: each pick lowers those that share its objective and
    level, so that the scores never rise from one to the next."""
    left = [c for c in candidates if c.score(data) >= data.minimum]
    left = [c for c in left if not any(_repeats(c, other, data) for other in left)]
    left.sort(key=lambda c: -c.score(data))
    taken: Counter[tuple[object, ...]] = Counter()
    out: list[tuple[RatedPart, float]] = []

    def lowered(candidate: RatedPart) -> float:
        return candidate.score(data) * data.further_factor ** taken[_slot(candidate)]

    while left and len(out) < data.limit:
        best = max(left, key=lowered)
        left.remove(best)
        out.append((best, lowered(best)))
        taken[_slot(best)] += 1
    return out


def _repeats(commitment: RatedPart, action: RatedPart, data: Engagement) -> bool:
    """Whether an action of the same objective and level offers all that the commitment above it does, and no less."""
    return (
        commitment.part == "commitment"
        and action.part == "action"
        and bool(commitment.unit.objectives)
        and _slot(commitment) == _slot(action)
        and {role.id for role in commitment.rated.roles} <= {role.id for role in action.rated.roles}
        and action.score(data) >= commitment.score(data)
    )


def _slot(candidate: RatedPart) -> tuple[object, ...]:
    """What a table covers once: objective and level; without objectives each paragraph stands for itself."""
    where = candidate.unit.objectives or (candidate.unit.paragraph,)
    return (*where, candidate.rated.level)


def _eligible(own: Sequence[Unit], data: Engagement, lexicon: Lexicon) -> list[tuple[Unit, Part]]:
    """The paragraphs that can be candidates, and what they are; nothing that only leads to its own subparagraphs."""
    titles = {u.paragraph: u.headed for u in own if u.kind == "heading" and _is_title(u, data, lexicon)}
    if titles:
        pool = [u for u in own if u.headed in titles.values() and (u.kind != "heading" or u.paragraph in titles)]
    elif any(_RESOLUTION.match(u.paragraph) for u in own):
        pool = [u for u in own if u.kind != "heading" and u.objectives]
    else:
        pool = []
    return [(u, _PARTS[u.kind]) for u in pool if u.kind in _PARTS and not u.text.rstrip().endswith(":")]


def _is_title(unit: Unit, data: Engagement, lexicon: Lexicon) -> bool:
    """Tell whether a heading is the Compact's title of that objective: other plans number their objectives too."""
    numbered = objective_of(unit.text)
    if not numbered or numbered[0] != unit.headed:
        return False
    own = " ".join(numbered[1].split()).casefold()
    known = _titles(lexicon).get(unit.headed, ())
    return not own or any(fuzz.ratio(own, title.casefold()) >= data.title_ratio for title in known)


def _titles(lexicon: Lexicon) -> dict[int, tuple[str, ...]]:
    return {o["number"]: tuple(o.get("titles", {}).values()) for o in lexicon.compact.get("objectives", ())}


def _row(
    candidate: RatedPart,
    rank: int,
    score: float,
    data: Engagement,
    lexicon: Lexicon,
    records: Records,
) -> EntryPointRow:
    unit, rated, topics = candidate.unit, candidate.rated, candidate.topics
    shown = rated.roles[:_SHOWN_ROLES]
    labels = {o["number"]: str(o.get("label", "")) for o in lexicon.compact.get("objectives", ())}
    return EntryPointRow(
        document=unit.document,
        rank=rank,
        objective=unit.objectives[0] if len(unit.objectives) == 1 else None,
        objective_title="; ".join(f"Objective {n}. {labels.get(n, '')}".rstrip(". ") for n in unit.objectives),
        level=rated.level,
        action=quote.runs(unit.text, rated.bold, limit=max(len(unit.text), quote.LIMIT)),
        citation=records.cited(unit.paragraph),
        part=candidate.part,
        roles="; ".join(role.label for role in shown),
        engagement=_suggestion([role.sentence for role in shown], topics, candidate.named),
        focus="; ".join(topic.label for topic in topics),
        mechanisms="; ".join(fitting.label for fitting in candidate.mechanisms[: data.mechanisms]),
        evidence="",
        score=round(score, 1),
        page=unit.page,
        paragraph=unit.paragraph,
        url=records.link(unit.document, unit.paragraph),
    )


def _working(candidate: RatedPart, data: Engagement) -> tuple[WorkingMechanism, ...]:
    """The mechanisms that a row shows."""
    return tuple(
        WorkingMechanism(
            fitting.label,
            tuple(fitting.focus),
            tuple(a for topic in candidate.topics if set(topic.focus).intersection(fitting.focus) for a in topic.areas),
        )
        for fitting in candidate.mechanisms[: data.mechanisms]
    )


def _suggestion(sentences: Sequence[str], topics: Sequence[AreaOfWork], named: Sequence[str]) -> str:
    who = f"ISCMs working on {_listed([topic.label for topic in topics])}" if topics else "ISCMs"
    text = f"{who} can {'; '.join(sentences)}."
    if named:
        text += f" The text itself names them: {_listed([f'“{wording}”' for wording in dict.fromkeys(named)])}."
    return text


def _listed(items: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
