"""Who codes what: documents or single items given to analysts, each to one of them or to two, in the open or blind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import sqlalchemy as sa

from extractors.text.identity import make_identity
from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.review.decision import KINDS, Decision, Kind
from pipeline.review.standing import fold_standing
from pipeline.review.successors import OF_DOCUMENTS, find_successors
from pipeline.store.schema import assignments as table
from pipeline.translation import gettext

Unit = Literal["document", "item"]
ANYONE = "anyone"
"""Stands for no person where one can be chosen, so that nobody can have this name in an assignment."""
MOST_PEOPLE = 50


@dataclass(frozen=True, slots=True)
class CodingAssignment:
    """What was given to whom in one step; it counts until it is closed.

    `documents` are those it is about, by slug ("" holds rows that are of no document), each with its coders. Where the
    `unit` is an item, documents have none: each item of them goes to one of `people`, and `twice` of a hundred to a second.
    `kinds` are what it is about, () for all. While it `is_blind`, its people see of what it covers their own word only,
    and of an item that they code the others' as soon as all its coders have decided.
    """

    people: tuple[str, ...]
    documents: Mapping[str, tuple[str, ...]]
    kinds: tuple[Kind, ...] = ()
    unit: Unit = "document"
    twice: int = 0
    is_blind: bool = False
    by: str = ""
    at: str = ""
    closed_by: str = ""
    closed_at: str = ""
    assignment_id: int = 0

    @property
    def is_open(self) -> bool:
        return not self.closed_at

    def covers(self, kind: Kind, document: str) -> bool:
        """Whether it is about what a document has of a kind; what a document is, and how it is cut, a run needs at once."""
        return (
            self.is_open and document in self.documents and kind not in OF_DOCUMENTS and kind in (self.kinds or KINDS)
        )

    def coders(self, kind: Kind, document: str, item: str) -> tuple[str, ...]:
        """Return who codes an item, () where it is not in this assignment.

        Single items are drawn by their id, so that whoever has one keeps it through all runs in which its file has its name.

        >>> ana = CodingAssignment(("Ana", "Ben"), {"d": ()}, unit="item", twice=100)
        >>> sorted(ana.coders("reference", "d", "r1")), ana.coders("reference", "other", "r1")
        (['Ana', 'Ben'], ())
        """
        if not self.covers(kind, document):
            return ()
        if self.unit == "document":
            return self.documents[document]
        count, draw = len(self.people), int(make_identity(self.assignment_id, item), 16)
        draw, first = divmod(draw, count)
        draw, chance = divmod(draw, 100)
        if count == 1 or chance >= self.twice:
            return (self.people[first],)
        return (self.people[first], self.people[(first + 1 + draw % (count - 1)) % count])


@dataclass(frozen=True, slots=True)
class Assignments:
    """Those of a store, in the order made; closed ones assign nothing and hide nothing."""

    every: tuple[CodingAssignment, ...] = ()
    _current: tuple[CodingAssignment, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_current", tuple(one for one in self.every if one.is_open))

    def coders(self, kind: Kind, document: str, item: str) -> tuple[str, ...]:
        """Return who codes an item by all that is open, each once."""
        return tuple(dict.fromkeys(name for one in self._current for name in one.coders(kind, document, item)))

    def people(self) -> list[str]:
        """Return who has something to code, in the order of the names."""
        return sorted({name for one in self._current for name in one.people})

    def kinds_of(self, person: str) -> tuple[Kind, ...]:
        """Return the kinds of which a person has something to code."""
        told = {kind for one in self._current if person in one.people for kind in (one.kinds or KINDS)}
        return tuple(kind for kind in KINDS if kind in told and kind not in OF_DOCUMENTS)

    def is_blind(self, person: str) -> bool:
        """Whether there is something that a person must not see yet."""
        return any(one.is_blind and person in one.people for one in self._current)

    def hides(self, person: str, lines: Sequence[Decision]) -> bool:
        """Tell whether a person must not see what others said of an item; `lines` are all decisions about it."""
        about = lines[0]
        blind = [one for one in self._current if one.is_blind and person in one.people]
        blind = [one for one in blind if one.covers(about.kind, about.document)]
        if not blind:
            return False
        stood = fold_standing(lines)
        said = {
            line.by
            for line, fate in zip(stood.decisions, stood.fates, strict=True)
            if line.is_verdict and fate != "undone"
        }
        coders = (one.coders(about.kind, about.document, about.reference_id) for one in blind)
        return any(person not in names or not said.issuperset(names) for names in coders)

    def blind_coders(self, line: Decision) -> frozenset[str]:
        """Return who codes blind what a decision is about, or coded so before it was closed."""
        blind = (replace(one, closed_at="") for one in self.every if one.is_blind)
        found = (one.coders(line.kind, line.document, line.reference_id) for one in blind)
        return frozenset(next((names for names in found if len(names) > 1), ()))

    def moved(self, successors: Mapping[str, str]) -> Assignments:
        """Return them with documents by the names that they have now."""
        return Assignments(
            tuple(
                replace(one, documents={successors.get(slug, slug): who for slug, who in one.documents.items()})
                for one in self.every
            )
        )


def share_documents(sizes: Mapping[str, int], people: Sequence[str], twice: int = 0) -> dict[str, tuple[str, ...]]:
    """Give documents to people, so that all have about as much to code; `twice` of a hundred items go to two of them.

    `sizes` tells how much there is to code in each. The documents for two are drawn by their names: the same every time, and
    not the longest or first ones.

    >>> share_documents({"a": 10, "b": 6, "c": 5}, ["Ana", "Ben"])
    {'a': ('Ana',), 'b': ('Ben',), 'c': ('Ben',)}
    """
    wanted, drawn, double = sum(sizes.values()) * twice / 100, 0, set()
    for slug in sorted(sizes, key=make_identity):
        if len(people) > 1 and abs(drawn + sizes[slug] - wanted) < abs(drawn - wanted):
            double.add(slug)
            drawn += sizes[slug]
    load: Counter[str] = Counter()
    out: dict[str, tuple[str, ...]] = {}
    for slug in sorted(sizes, key=lambda name: (name not in double, -sizes[name], name)):
        least = sorted(people, key=lambda name: (load[name], people.index(name)))
        out[slug] = tuple(least[: 2 if slug in double else 1])
        load.update(dict.fromkeys(out[slug], sizes[slug]))
    return {slug: out[slug] for slug in sizes}


def plan_assignment(
    sizes: Mapping[str, int],
    people: Iterable[str],
    *,
    by: str,
    kinds: Collection[Kind] = (),
    unit: Unit = "document",
    twice: int = 0,
    is_blind: bool = False,
) -> CodingAssignment:
    """Return an assignment of documents with so many items to people, as they are named; see `begin_assignment`.

    Raises GcmrefsError where it makes no sense: nobody, a name twice, two coders of whom there is one, nothing to code.
    """
    names = tuple(" ".join(name.split()) for name in people)
    problems = (
        (gettext("say who is to code"), not names or not all(names)),
        (gettext("at most %(n)s people", n=MOST_PEOPLE), len(names) > MOST_PEOPLE),
        (gettext("somebody is named twice"), len({ledger.fold_name(name) for name in names}) < len(names)),
        (gettext("nobody can be called “%(name)s” here", name=ANYONE), ANYONE in map(ledger.fold_name, names)),
        (
            gettext("a name has at most %(n)s characters", n=ledger.NAME_LENGTH),
            max(map(len, names), default=0) > ledger.NAME_LENGTH,
        ),
        (gettext("the share that two code is 0 to 100 of a hundred"), not 0 <= twice <= 100),
        (gettext("two code a share: name two people or more"), twice > 0 and len(names) == 1),
        (gettext("there is nothing of that to code"), not sum(sizes.values())),
    )
    for problem, is_wrong in problems:
        if is_wrong:
            raise GcmrefsError(gettext("nothing is assigned: %(problem)s", problem=problem))
    documents = share_documents(sizes, names, twice) if unit == "document" else dict.fromkeys(sizes, ())
    chosen = tuple(kind for kind in KINDS if kind in kinds)
    return CodingAssignment(names, documents, chosen, unit, twice, is_blind, by)


def begin_assignment(engine: sa.Engine, planned: CodingAssignment) -> CodingAssignment:
    """Write an assignment to the store, with the names as the ledger spells them, and return it."""
    spelled = {name: ledger.spell_name(engine, name) for name in planned.people}
    made = replace(
        planned,
        people=tuple(spelled.values()),
        documents={slug: tuple(map(spelled.__getitem__, who)) for slug, who in planned.documents.items()},
        at=ledger.now(),
    )
    with ledger.writing(engine) as connection:
        number = int(connection.scalar(sa.select(sa.func.max(table.c.assignment_id))) or 0) + 1
        connection.execute(sa.insert(table).values(**_row(replace(made, assignment_id=number))))
    return replace(made, assignment_id=number)


def close_assignment(engine: sa.Engine, assignment_id: int, *, by: str) -> None:
    """End an assignment: it assigns nothing any more, and what was hidden is shown. Raises GcmrefsError for one that is not open."""
    open_one = (table.c.assignment_id == assignment_id, table.c.closed_at == "")
    with ledger.writing(engine) as connection:
        closed = connection.execute(sa.update(table).where(*open_one).values(closed_by=by, closed_at=ledger.now()))
    if closed.rowcount != 1:
        raise GcmrefsError(gettext("assignment %(number)s: there is none that is open", number=assignment_id))


def read_assignments(engine: sa.Engine) -> Assignments:
    """Return all assignments of a store; none where an earlier release made it and it cannot be written."""
    try:
        lines = rows(engine)
    except sa.exc.OperationalError:
        if sa.inspect(engine).has_table(table.name):
            raise
        return Assignments()
    return Assignments(tuple(map(_assignment, lines)))


def follow_documents(engine: sa.Engine, assignments: Assignments, slugs: Iterable[str]) -> Assignments:
    """Return assignments by the names that their documents have now: a file renamed, or in another format, stays whose it was.

    Costs nothing as long as none is missing among `slugs`, the documents of the run.
    """
    present = set(slugs)
    lost = {slug for one in assignments.every for slug in one.documents} - present - {""}
    if not lost:
        return assignments
    asked = [Decision("", slug, "", "comment", "") for slug in sorted(lost)]
    return assignments.moved(
        {slug: one.document for slug, one in find_successors(engine, asked, present).documents.items()}
    )


def rows(engine: sa.Engine) -> list[dict[str, object]]:
    """Return the assignments as they are stored, for a backup."""
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.select(table).order_by(table.c.assignment_id)).mappings()]


def restore(engine: sa.Engine, lines: Sequence[Mapping[str, Any]]) -> None:
    """Put the assignments of a backup into a store that has none."""
    if lines:
        with ledger.writing(engine) as connection:
            connection.execute(sa.insert(table), [_row(_assignment(line)) for line in lines])


def is_row(line: object) -> bool:
    """Tell whether a line of a backup can be read as an assignment."""
    try:
        return isinstance(line, Mapping) and bool(_assignment(line).people)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def _row(one: CodingAssignment) -> dict[str, object]:
    lists = {name: json.dumps(getattr(one, name), ensure_ascii=False) for name in ("people", "documents", "kinds")}
    names = ("assignment_id", "unit", "twice", "is_blind", "at", "closed_by", "closed_at")
    return lists | {name: getattr(one, name) for name in names} | {"made_by": one.by}


def _assignment(row: Mapping[str, Any]) -> CodingAssignment:
    documents: Mapping[str, Sequence[str]] = json.loads(row["documents"])
    return CodingAssignment(
        people=tuple(map(str, json.loads(row["people"]))),
        documents={str(slug): tuple(map(str, who)) for slug, who in documents.items()},
        kinds=tuple(kind for kind in KINDS if kind in json.loads(row["kinds"])),
        unit="item" if row["unit"] == "item" else "document",
        twice=int(row["twice"]),
        is_blind=bool(row["is_blind"]),
        by=str(row["made_by"]),
        at=str(row["at"]),
        closed_by=str(row["closed_by"]),
        closed_at=str(row["closed_at"]),
        assignment_id=int(row["assignment_id"]),
    )
