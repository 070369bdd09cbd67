"""Entry points for inter-State consultation mechanisms: the actions of a document in which they can engage, ranked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
from rapidfuzz import fuzz

from extractors.lexicon import Lexicon, load
from pipeline import quotes, roles
from pipeline.citations import base, citation
from pipeline.engagement import Rated, mechanisms, rater
from pipeline.roles import Engagement, Part, Topic
from pipeline.rows import number, records
from pipeline.table import Table

COLUMNS = (
    "document rank objective level action citation part roles engagement focus mechanisms score page paragraph "
    "objective_number"
)
HEADERS: Mapping[str, str] = {
    "rank": "Rank",
    "level": "Level",
    "action": "Action",
    "part": "Part",
    "roles": "Role of ISCMs",
    "engagement": "Possible engagement of ISCMs",
    "focus": "Area of focus",
    "mechanisms": "ISCMs with this focus",
    "score": "Score",
    "objective_number": "Objective no.",
}
_SHOWN_ROLES = 3
_OBJECTIVE = re.compile(r"\D{0,12}(\d{1,2})\W*")
_RESOLUTION = re.compile(r"(?:Annex\b.*/)?(?:OP|PP)\d")
_PARTS: Mapping[str, Part] = {"heading": "title", "paragraph": "commitment", "subparagraph": "action"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: Row
    part: Part
    objectives: tuple[int, ...]
    rated: Rated
    named: tuple[str, ...]
    topics: tuple[Topic, ...]
    mechanisms: tuple[str, ...]

    def score(self, data: Engagement) -> float:
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
    words and weights (default `lexicons/roles/engagement.yaml`), `short` cites as §43biii.

    The score is that of `Rater.rate`; for each further candidate of the same objective and level it is lowered, so
    that the table covers objectives before it goes into one. Raises GcmrefsError for a role file that cannot be used.

    >>> entry_points(paragraphs, references, objectives).frame.iloc[0]["citation"]  # doctest: +SKIP
    '§22(b)'
    """
    data = data or roles.engagement()
    lexicon = lexicon or load()
    spoken = languages(paragraphs, references, documents)
    categories: dict[tuple[str, str], list[Row]] = {}
    for reference in records(references):
        if reference["status"] != "rejected":
            categories.setdefault((reference["document"], base(reference["paragraph"])), []).append(reference)
    assigned: dict[tuple[str, str], list[int]] = {}
    for row in records(objectives):
        if row["kind"] == "objective" and isinstance(row["number"], int):
            assigned.setdefault((row["document"], base(row["paragraph"])), []).append(row["number"])
    by_document: dict[str, list[Row]] = {}
    for row in records(paragraphs):
        by_document.setdefault(row["document"], []).append(row)
    rows: list[Row] = []
    rich: list[quotes.Runs] = []
    for document, own in by_document.items():
        judge = rater(data, spoken[document])
        found = []
        for row, part in _eligible(own, data, lexicon):
            key = (document, base(row["paragraph"]))
            referred = [r for r in categories.get(key, ()) if row["text"][number(r["start"]) : number(r["end"])] == r["wording"]]
            rated = judge.rate(row["text"], [r["category"] for r in referred])
            if rated:
                numbers = (row["objective"],) if row["objective"] else tuple(sorted(set(assigned.get(key, ()))))
                named = tuple(r["wording"] for r in referred if r["category"].startswith("iscm."))
                topics = judge.topics(row["text"], numbers)
                fitting = mechanisms(lexicon, topics, rated.level)
                bold = [(number(r["start"]), number(r["end"])) for r in referred if _groups_of(r) & set(data.mention_weights)]
                rated = replace(rated, bold=(*rated.bold, *bold))
                found.append(_Candidate(row, part, numbers, rated, named, topics, fitting))
        for rank, candidate in enumerate(ranked(found, data), start=1):
            cells, pieces = _row(candidate, rank, data, lexicon, short)
            rows.append(cells)
            rich.append(pieces)
    return Table(
        "entry_points",
        "Entry points for ISCMs",
        "One row for each action in which inter-State consultation mechanisms can engage, best first (after the table "
        "of that name in the IPD analysis). Bold words speak of regional or international cooperation; role and "
        "mechanisms are suggestions of this program.",
        "listing",
        _frame(rows),
        rich={"action": tuple(rich)},
        headers=HEADERS,
    )


def languages(
    paragraphs: pd.DataFrame, references: pd.DataFrame, documents: Sequence[Mapping[str, Any]] = ()
) -> dict[str, str]:
    """Tell the language of each document that has paragraphs: the run's word, that of its references, or its text's."""
    known = {str(d.get("document") or ""): str(d.get("language") or "") for d in documents}
    for name, language in zip(references["document"], references["language"], strict=True):
        if not known.get(str(name)):
            known[str(name)] = str(language or "")
    texts: dict[str, list[str]] = {}
    for name, text in zip(paragraphs["document"], paragraphs["text"], strict=True):
        texts.setdefault(str(name), []).append(str(text))
    return {name: known.get(name) or _detected("\n".join(found)[:20_000]) for name, found in texts.items()}


def ranked(candidates: Sequence[_Candidate], data: Engagement) -> list[_Candidate]:
    """The best candidates, best first: each pick lowers those that share its objective and level."""
    left = [c for c in candidates if c.score(data) >= data.minimum]
    left.sort(key=lambda c: -c.score(data))
    taken: Counter[tuple[Any, ...]] = Counter()
    out: list[_Candidate] = []
    while left and len(out) < data.limit:
        best = max(left, key=lambda c: c.score(data) * data.further_factor ** taken[_slot(c)])
        left.remove(best)
        taken[_slot(best)] += 1
        out.append(best)
    return out


def _slot(candidate: _Candidate) -> tuple[Any, ...]:
    """What a table covers once: objective and level; without objectives each paragraph stands for itself."""
    where = candidate.objectives or (candidate.row["paragraph"],)
    return (*where, candidate.rated.level)


def _eligible(rows: Sequence[Row], data: Engagement, lexicon: Lexicon) -> list[tuple[Row, Part]]:
    """The paragraphs that can be candidates, and what they are; nothing that only leads to its own subparagraphs."""
    titles = [r for r in rows if r["kind"] == "heading" and r["objective"] and _is_title(r, data, lexicon)]
    parts = []
    if titles:
        genuine = {r["objective"] for r in titles}
        seen = {id(r) for r in titles}
        pool = [r for r in rows if r["objective"] in genuine and (r["kind"] != "heading" or id(r) in seen)]
    elif any(_RESOLUTION.match(r["paragraph"]) for r in rows):
        pool = [r for r in rows if r["kind"] != "heading" and not r["paragraph"].startswith("PP")]
    else:
        return []
    for row in pool:
        part = _PARTS.get(row["kind"])
        if part and not row["text"].rstrip().endswith(":"):
            parts.append((row, part))
    return parts


def _is_title(row: Row, data: Engagement, lexicon: Lexicon) -> bool:
    """Tell whether a heading is the Compact's title of that objective: other plans number their objectives too."""
    numbered = _OBJECTIVE.match(row["text"])
    if not numbered or int(numbered[1]) != row["objective"]:
        return False
    own = " ".join(row["text"][numbered.end() :].split()).casefold()
    known = _titles(lexicon).get(row["objective"], ())
    return not own or any(fuzz.ratio(own, title.casefold()) >= data.title_ratio for title in known)


def _titles(lexicon: Lexicon) -> dict[int, tuple[str, ...]]:
    return {o["number"]: tuple(o.get("titles", {}).values()) for o in lexicon.compact.get("objectives", ())}


def _row(
    candidate: _Candidate, rank: int, data: Engagement, lexicon: Lexicon, short: bool
) -> tuple[Row, quotes.Runs]:
    text, rated, topics = candidate.row["text"], candidate.rated, candidate.topics
    pieces = quotes.runs(text, rated.bold, limit=max(len(text), quotes.LIMIT))
    shown = rated.roles[:_SHOWN_ROLES]
    labels = {o["number"]: str(o.get("label", "")) for o in lexicon.compact.get("objectives", ())}
    cells: Row = {
        "document": candidate.row["document"],
        "rank": rank,
        "objective": "; ".join(f"Objective {n}. {labels.get(n, '')}".rstrip(". ") for n in candidate.objectives),
        "level": rated.level,
        "action": quotes.plain(pieces),
        "citation": citation(candidate.row["paragraph"], short),
        "part": candidate.part,
        "roles": "; ".join(role.label for role in shown),
        "engagement": _suggestion([role.sentence for role in shown], topics, candidate.named),
        "focus": "; ".join(topic.label for topic in topics),
        "mechanisms": "; ".join(candidate.mechanisms[: data.mechanisms]),
        "score": round(candidate.score(data), 1),
        "page": candidate.row["page"],
        "paragraph": candidate.row["paragraph"],
        "objective_number": candidate.objectives[0] if len(candidate.objectives) == 1 else None,
    }
    return cells, pieces


def _suggestion(sentences: Sequence[str], topics: Sequence[Topic], named: Sequence[str]) -> str:
    who = f"ISCMs working on {_listed([topic.label for topic in topics])}" if topics else "ISCMs"
    text = f"{who} can {'; '.join(sentences)}."
    if named:
        text += f" The text itself names them: {_listed([f'“{wording}”' for wording in dict.fromkeys(named)])}."
    return text


def _listed(items: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def _frame(rows: Sequence[Row]) -> pd.DataFrame:
    """The rows with whole numbers as such, a missing number as NA and missing text as empty."""
    columns: dict[str, pd.Series[Any]] = {}
    for name in COLUMNS.split():
        values = [row[name] for row in rows]
        if name in ("rank", "page", "objective_number"):
            columns[name] = pd.Series([pd.NA if v is None else v for v in values], dtype="Int64")
        else:
            columns[name] = pd.Series(values, dtype=float if name == "score" else object)
    return pd.DataFrame(columns)


@lru_cache(maxsize=64)
def _detected(text: str) -> str:
    from pipeline.language import detect

    return detect(text)
