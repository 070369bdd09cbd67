"""Entry points for inter-State consultation mechanisms: the actions of a document in which they can engage, ranked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
from rapidfuzz import fuzz

from extractors.lexicon.entries import Lexicon, load_lexicon
from pipeline.extract import quote
from pipeline.segment.citation import citation
from pipeline.tables.entry_points.rating import Rated, Rater, mechanisms, rater
from pipeline.tables.entry_points.words import AreaOfWork, Engagement, Part, engagement
from pipeline.tables.kept import Cache
from pipeline.tables.records import Mentioned, Unit, Units, units
from pipeline.tables.table import Table, frame

COLUMNS = (
    "document rank objective objective_title level action citation part roles engagement focus mechanisms score page "
    "paragraph"
)
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
    "score": "Score",
}
SECTION = "mechanisms"
SOURCE = "“Entry points for ISCMs to engage in the GCM implementation” (IPD analysis of A/RES/73/195)"
BRIEF = ("objective_title", "level", "action", "citation", "engagement", "mechanisms")
_SHOWN_ROLES = 3
_OBJECTIVE = re.compile(r"\D{0,12}(\d{1,2})\W*")
_RESOLUTION = re.compile(r"(?:Annex\b.*/)?(?:OP|PP)\d")
_PARTS: Mapping[str, Part] = {"heading": "title", "paragraph": "commitment", "subparagraph": "action"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RatedPart:
    """A paragraph that could be an entry point: what was found in it and the mechanisms that work on its subject."""

    unit: Unit
    part: Part
    rated: Rated
    named: tuple[str, ...]
    topics: tuple[AreaOfWork, ...]
    mechanisms: tuple[str, ...]

    def score(self, data: Engagement) -> float:
        """The score of its words and of the number of mechanisms, weighed by what part of an objective it is."""
        share = min(1.0, len(self.mechanisms) / data.mechanisms) if data.mechanisms else 0.0
        return (self.rated.score + data.mechanism_weight * share) * data.parts[self.part]


def entry_points(
    paragraphs: pd.DataFrame,
    references: pd.DataFrame,
    objectives: pd.DataFrame,
    *,
    documents: Sequence[Mapping[str, Any]] = (),
    data: Engagement | None = None,
    lexicon: Lexicon | None = None,
    short: bool = False,
) -> Table:
    """List the actions in which ISCMs can engage, best first for each document, as in the IPD table of that name.

    Where a document has the Compact's objectives as headings, the candidates are the titles, commitments and actions
    under them; in other resolutions the operative paragraphs. Documents of other kinds have none. `documents` are the
    `documents` of a run, for the language of those without references (else it is told by the text). `data` are the
    words and weights (default `lexicons/tables/engagement.yaml`), `short` cites as §43biii.

    The score is that of `Rater.rate`; for each further candidate of the same objective and level it is lowered, so
    that the table covers objectives before it goes into one. Raises GcmrefsError for a role file that cannot be used.

    >>> entry_points(paragraphs, references, objectives).frame.iloc[0]["citation"]  # doctest: +SKIP
    '§22(b)'
    """
    return listed(units(paragraphs, references, objectives, documents), data=data, lexicon=lexicon, short=short)


def listed(
    read: Units,
    *,
    data: Engagement | None = None,
    lexicon: Lexicon | None = None,
    short: bool = False,
    cache: Cache | None = None,
) -> Table:
    """The same from paragraphs that are grouped already; rows of documents that `cache` knows are taken from there."""
    words, names, kept = data or engagement(), lexicon or load_lexicon(), cache or Cache()
    judges: dict[str, Rater] = {}

    def made(document: str) -> list[tuple[Row, quote.Runs]]:
        own = read.of(document)
        language = own[0].language
        if language not in judges:
            judges[language] = rater(words, language)
        judge = judges[language]
        found = [_candidate(unit, part, judge, names) for unit, part in _eligible(own, words, names)]
        best = ranked([c for c in found if c], words)
        return [_row(candidate, rank, words, names, short) for rank, candidate in enumerate(best, start=1)]

    rows: list[Row] = []
    rich: list[quote.Runs] = []
    for document in read.documents:
        for cells, pieces in kept.part(document, "entry_points", partial(made, document)):
            rows.append(cells)
            rich.append(quote.restored(pieces))
    return Table(
        "entry_points",
        "Entry points for ISCMs",
        "One row for each action in which inter-State consultation mechanisms can engage, best first. Bold words speak "
        "of regional or international cooperation; role, engagement and mechanisms are suggestions of the program.",
        "listing",
        _frame(rows),
        rich={"action": tuple(rich)},
        headers=HEADERS,
        section=SECTION,
        source=SOURCE,
        brief=BRIEF,
    )


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


def ranked(candidates: Sequence[RatedPart], data: Engagement) -> list[RatedPart]:
    """The best candidates, best first: each pick lowers those that share its objective and level."""
    left = [c for c in candidates if c.score(data) >= data.minimum]
    left.sort(key=lambda c: -c.score(data))
    taken: Counter[tuple[Any, ...]] = Counter()
    out: list[RatedPart] = []
    while left and len(out) < data.limit:
        best = max(left, key=lambda c: c.score(data) * data.further_factor ** taken[_slot(c)])
        left.remove(best)
        taken[_slot(best)] += 1
        out.append(best)
    return out


def _slot(candidate: RatedPart) -> tuple[Any, ...]:
    """What a table covers once: objective and level; without objectives each paragraph stands for itself."""
    where = candidate.unit.objectives or (candidate.unit.paragraph,)
    return (*where, candidate.rated.level)


def _eligible(own: Sequence[Unit], data: Engagement, lexicon: Lexicon) -> list[tuple[Unit, Part]]:
    """The paragraphs that can be candidates, and what they are; nothing that only leads to its own subparagraphs."""
    titles = {u.paragraph: u.headed for u in own if u.kind == "heading" and _is_title(u, data, lexicon)}
    if titles:
        pool = [u for u in own if u.headed in titles.values() and (u.kind != "heading" or u.paragraph in titles)]
    elif any(_RESOLUTION.match(u.paragraph) for u in own):
        pool = [u for u in own if u.kind != "heading"]
    else:
        pool = []
    return [(u, _PARTS[u.kind]) for u in pool if u.kind in _PARTS and not u.text.rstrip().endswith(":")]


def _is_title(unit: Unit, data: Engagement, lexicon: Lexicon) -> bool:
    """Tell whether a heading is the Compact's title of that objective: other plans number their objectives too."""
    numbered = _OBJECTIVE.match(unit.text)
    if not numbered or unit.headed is None or int(numbered[1]) != unit.headed:
        return False
    own = " ".join(unit.text[numbered.end() :].split()).casefold()
    known = _titles(lexicon).get(unit.headed, ())
    return not own or any(fuzz.ratio(own, title.casefold()) >= data.title_ratio for title in known)


def _titles(lexicon: Lexicon) -> dict[int, tuple[str, ...]]:
    return {o["number"]: tuple(o.get("titles", {}).values()) for o in lexicon.compact.get("objectives", ())}


def _row(candidate: RatedPart, rank: int, data: Engagement, lexicon: Lexicon, short: bool) -> tuple[Row, quote.Runs]:
    unit, rated, topics = candidate.unit, candidate.rated, candidate.topics
    pieces = quote.runs(unit.text, rated.bold, limit=max(len(unit.text), quote.LIMIT))
    shown = rated.roles[:_SHOWN_ROLES]
    labels = {o["number"]: str(o.get("label", "")) for o in lexicon.compact.get("objectives", ())}
    cells: Row = {
        "document": unit.document,
        "rank": rank,
        "objective": unit.objectives[0] if len(unit.objectives) == 1 else None,
        "objective_title": "; ".join(f"Objective {n}. {labels.get(n, '')}".rstrip(". ") for n in unit.objectives),
        "level": rated.level,
        "action": quote.plain(pieces),
        "citation": citation(unit.paragraph, short),
        "part": candidate.part,
        "roles": "; ".join(role.label for role in shown),
        "engagement": _suggestion([role.sentence for role in shown], topics, candidate.named),
        "focus": "; ".join(topic.label for topic in topics),
        "mechanisms": "; ".join(candidate.mechanisms[: data.mechanisms]),
        "score": round(candidate.score(data), 1),
        "page": unit.page,
        "paragraph": unit.paragraph,
    }
    return cells, pieces


def _suggestion(sentences: Sequence[str], topics: Sequence[AreaOfWork], named: Sequence[str]) -> str:
    who = f"ISCMs working on {_listed([topic.label for topic in topics])}" if topics else "ISCMs"
    text = f"{who} can {'; '.join(sentences)}."
    if named:
        text += f" The text itself names them: {_listed([f'“{wording}”' for wording in dict.fromkeys(named)])}."
    return text


def _listed(items: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def _frame(rows: Sequence[Row]) -> pd.DataFrame:
    """The rows as text and whole numbers, with the score as it is."""
    names = COLUMNS.split()
    out = frame([{**row, "score": None} for row in rows], names)
    out["score"] = pd.Series([row["score"] for row in rows], dtype=float)
    for name in ("rank", "objective", "page"):
        out[name] = out[name].astype("Int64") if rows else out[name]
    return out
