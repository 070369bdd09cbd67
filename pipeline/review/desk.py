"""The desk: all that the last run published with what analysts said of it, in memory, kept in step with the store."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Literal, get_args

import sqlalchemy as sa

from extractors.model import REFERENCE_COLUMNS, Reference
from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.review.apply import DecidedRow, judge, with_facts
from pipeline.review.assignments import Assignments, follow_documents, read_assignments
from pipeline.review.attachment import Passages, keep_passages
from pipeline.review.copies import Copies, with_copies
from pipeline.review.cuts import NOWHERE, find_trail
from pipeline.review.decision import Decision, FactRow, Kind
from pipeline.review.found_rows import rows_stamp
from pipeline.review.items import Item, Queue
from pipeline.review.kinds import DECIDABLE
from pipeline.review.queues import Found, Place, Queues
from pipeline.review.shown import found_rows_of, shown_row
from pipeline.review.standing import fold_standing, follow_up
from pipeline.store import changes, documents, runs
from pipeline.store.schema import doubtful as doubtful_table
from pipeline.store.schema import references as references_table

Scope = Literal["document", "work", "everywhere"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


class Desk:
    """What reviewers work on. `refresh` takes over decisions of other processes and a new run; safe for many threads.

    `found` answers queues of a search. With a `viewer` it is the desk of one analyst: what others said of an item that they
    must not see yet (`Assignments.hides`) is not on it, so that no page and no sheet made of it can show it; it shares what
    the machine found with the `whole` desk. Memory: the rows of all references (about 2 KB each). Raises GcmrefsError when
    there is no finished run, unless it `may_be_empty`: `run` is {} until there is one.
    """

    def __init__(
        self,
        engine: sa.Engine,
        found: Found | None = None,
        *,
        may_be_empty: bool = False,
        viewer: str = "",
        whole: Desk | None = None,
    ) -> None:
        self.engine = engine
        self.viewer, self._whole = viewer, whole
        self.assignments = Assignments()
        self._stored = Assignments()
        self.found = found
        self._may_be_empty = may_be_empty
        self.run: Mapping[str, Any] = {}
        self.documents: dict[str, Mapping[str, object]] = {}
        self._lock = threading.RLock()
        self._run_id = ""
        self._last = 0
        self._stamp = ""
        self._kinds: set[Kind] = set()
        self._decisions: dict[str, list[Decision]] = {}
        self._copied: dict[str, list[tuple[str, Decision]]] = {}
        self._copies = Copies(engine, {})
        self._queues = Queues(self.assignments, (), self._find)
        self._passages_of = keep_passages(engine, ())
        self._positions: count[int] = whole._positions if whole is not None else count()
        self._actions: dict[str, Counter[tuple[str, str]]] = {}
        self._sums: Counter[tuple[str, str]] = Counter()
        self._uncounted: dict[str, None] = {}
        self._trail = NOWHERE
        self.refresh()

    def follow(self) -> None:
        """Take over what the whole desk knows already, at once; costs nothing where that is nothing new."""
        if self._whole is not None and (self._run_id, self._stored, self._last) != self._whole.known:
            self.refresh()

    @property
    def known(self) -> tuple[str, Assignments, int]:
        """What this desk has taken over last: a run, assignments, the number of a decision."""
        return self._run_id, self._stored, self._last

    def refresh(self) -> None:
        """Take over what happened in the store since the last look; costs what is new."""
        if self._whole is not None:
            self._whole.refresh()
        with self._lock:
            summary = runs.last_summary(self.engine)
            if summary is None and self._may_be_empty:
                return
            if summary is None:
                raise GcmrefsError("nothing to review yet: run gcmrefs run first")
            stamp, stored = rows_stamp(self.engine), read_assignments(self.engine)
            if summary["run_id"] != self._run_id or stamp != self._stamp or stored != self._stored:
                self._stamp, self._stored = stamp, stored
                self._load(summary)
            fresh = ledger.read(self.engine, after=self._last)
            if not self._last:
                self._trail = find_trail(self.engine, fresh, self.documents, self._passages_of)
            fresh = [self._trail.follow(decision) for decision in fresh]
            spoken: dict[tuple[str, Kind], None] = {}
            for decision in fresh:
                self._decisions.setdefault(decision.reference_id, []).append(decision)
                self._uncounted[decision.reference_id] = None
                self._last = decision.decision_id
                spoken[decision.reference_id, decision.kind] = None
                for copy in self._copies.said_of(decision):
                    self._copied.setdefault(copy.reference_id, []).append((decision.reference_id, copy))
                    spoken[copy.reference_id, copy.kind] = None
            for name, kind in spoken:
                if kind == "reference":
                    self._settle(name)
                elif kind in self._kinds:
                    self._settle_facts(name)

    def _load(self, summary: Mapping[str, Any]) -> None:
        slugs = list(summary.get("slugs") or ())
        self.run, self._run_id = summary, str(summary["run_id"])
        described = () if self._whole is not None else documents.described(self.engine, slugs)
        self.documents = self._whole.documents if self._whole else {row["document"]: row for row in described}
        self._copies = self._whole._copies if self._whole else Copies(self.engine, self.documents)
        self.assignments = follow_documents(self.engine, self._stored, self.documents)
        self._queues = Queues(self.assignments, self.documents, self._find)
        self._passages_of = (
            self._whole._passages_of if self._whole else keep_passages(self.engine, self.documents, keep=64)
        )
        self._decisions, self._copied, self._last, self._kinds = {}, {}, 0, set()
        self._actions, self._uncounted, self._sums = {}, {}, Counter()
        for item in self._read("reference"):
            self._queues.hold(item)

    def _find(self, words: str) -> Mapping[str, frozenset[str]]:
        return self.found(words) if self.found else {}

    def _read(self, kind: Kind) -> Iterator[Item]:
        """What the last run found of a kind, as it was found; one desk reads it for all."""
        if self._whole is not None:
            yield from self._whole.as_found(kind)
        elif kind == "reference":
            gained, slugs = _gained(self.engine), list(self.documents)
            unlike = {row.reference_id: row for row in _rows(self.engine, doubtful_table, slugs)}
            for row in _rows(self.engine, references_table, slugs):
                yield Item(next(self._positions), row, row, is_new=row.reference_id in gained)
                unlike.pop(row.reference_id, None)
            for row in unlike.values():
                yield Item(next(self._positions), row, row, is_doubtful=True)
        else:
            for found, quote in found_rows_of(self.engine, kind, list(self.documents)):
                if found.reference_id not in self._queues.items:
                    shown = shown_row(found, self.documents, quote)
                    yield Item(next(self._positions), shown, shown, facts=found, found=found)

    def as_found(self, kind: Kind) -> list[Item]:
        """Return what the machine found of a kind, as if nobody had said anything."""
        self._load_kind(kind)
        with self._lock:
            held = [_unsaid(item) for item in self._queues.items.values() if item.kind == kind]
        return [item for item in held if item is not None]

    def _settle(self, name: str) -> None:
        """Fold the decisions about one reference into its item, or make one for what the machine does not have."""
        held, lines = self._queues.items.get(name), self._lines(name)
        if not lines:
            self._queues.put(name, _unsaid(held))
            return
        stood = fold_standing(lines)
        machine = held.machine if held else None
        found: DecidedRow[Reference] = judge(stood, machine, self._passages_of(stood.document))
        row = found.row
        if row is None:
            return
        if machine is None and (facts := self.documents.get(stood.document)):
            row = with_facts(row, facts)
        if held is not None:
            item = replace(held, row=row, standing=stood, state=found.state)
        else:
            item = Item(next(self._positions), row, None, stood, found.state)
        self._queues.put(name, item)

    def is_hidden(self, item: Item) -> bool:
        """Tell whether the viewer must not see yet what others say of an item."""
        about = Decision(
            item.reference_id, item.row.document, item.row.paragraph, "comment", self.viewer, kind=item.kind
        )
        with self._lock:
            return bool(self.viewer) and self.assignments.hides(
                self.viewer, self._every_line(item.reference_id) or [about]
            )

    def _seen(self, lines: Sequence[Decision]) -> Sequence[Decision]:
        """The decisions about one thing that are on this desk: all, or the viewer's own."""
        if self.viewer and lines and self.assignments.hides(self.viewer, lines):
            return [line for line in lines if line.by == self.viewer]
        return lines

    def _every_line(self, name: str) -> list[Decision]:
        """All decisions about one thing, those about it in other copies too, in the order written."""
        return with_copies(self._decisions.get(name, ()), (copy for _, copy in self._copied.get(name, ())))

    def _lines(self, name: str) -> Sequence[Decision]:
        """Those of them that are on this desk; what is hidden where it was said is hidden on all copies."""
        lines = self._seen(self._every_line(name))
        if self.viewer and len(lines) > len(self._decisions.get(name, ())):
            owns = dict.fromkeys(own for own, _ in self._copied[name])
            seen = {line.decision_id for own in (name, *owns) for line in self._seen(self._decisions.get(own, ()))}
            lines = [line for line in lines if line.decision_id in seen]
        return lines

    def _load_kind(self, kind: Kind) -> None:
        """Bring in what the last run found of a kind, when somebody asks for it: most reviews are about references."""
        with self._lock:
            if kind in self._kinds or kind not in DECIDABLE:
                return
            self._kinds.add(kind)
            for item in self._read(kind):
                self._queues.hold(item)
            spoken = [(name, lines[0]) for name, lines in self._decisions.items()]
            spoken += [(name, copied[0][1]) for name, copied in self._copied.items()]
            for name in dict.fromkeys(name for name, line in spoken if line.kind == kind):
                self._settle_facts(name)

    def _load_queue(self, queue: Queue) -> None:
        for kind in DECIDABLE if queue.kind == "all" else (queue.kind,):
            self._load_kind(kind)

    def _settle_facts(self, name: str) -> None:
        """Fold the decisions about anything but a reference into its item."""
        held, lines = self._queues.items.get(name), self._lines(name)
        found = held.found if held else None
        if not lines:
            self._queues.put(name, _unsaid(held))
            return
        if held is None and name not in self._decisions and lines[0].kind != "objective":
            return  # tables have rows of one copy
        stood = fold_standing(lines)
        judged: DecidedRow[FactRow] = judge(stood, found, self._passages_of(stood.document))
        row = judged.row
        if row is None:
            return
        shown = shown_row(row, self.documents, held.row.quote if held else "")
        position = held.position if held else next(self._positions)
        machine = held.machine if held else None
        self._queues.put(name, Item(position, shown, machine, stood, judged.state, facts=row, found=found))

    def passages(self, slug: str) -> Passages:
        """Return a document's paragraphs. Raises GcmrefsError for a document that is not in the last run."""
        with self._lock:
            found = self._passages_of(slug)
        if found is None:
            raise GcmrefsError(f"{slug}: no such document in the last run")
        return found

    def get(self, reference_id: str) -> Item | None:
        """Return one item, None when there is none."""
        if reference_id not in self._queues.items:
            for kind in DECIDABLE:
                self._load_kind(kind)
        return self._queues.items.get(reference_id)

    def item(self, reference_id: str) -> Item:
        """Return one item. Raises GcmrefsError when there is none."""
        found = self.get(reference_id)
        if found is None:
            raise GcmrefsError(f"{reference_id}: nothing of that name in the last run")
        return found

    def items(self, queue: Queue) -> list[Item]:
        """Return the items of a queue in its order; in reading order what people added stands behind the machine's.

        The queues asked for last are kept and follow each decision, so that only the first look goes through all items.
        """
        self._load_queue(queue)
        with self._lock:
            return list(self._queues.listed(queue))

    def count(self, queue: Queue) -> int:
        """Return how many items a queue has."""
        self._load_queue(queue)
        with self._lock:
            return len(self._queues.listed(queue))

    def coders(self, item: Item) -> tuple[str, ...]:
        """Return who is to code an item, () where nobody is."""
        return self._queues.coders(item)

    def place_in(self, queue: Queue) -> Callable[[Item], Place]:
        """Return what tells where an item stands in a queue; see `Queues.place_in`."""
        return self._queues.place_in(queue)

    def order_anew(self) -> None:
        """Take into the order by doubt what was decided since it was made."""
        with self._lock:
            self._queues.order_anew()

    def of_document(self, slug: str) -> list[Item]:
        """Return all references of a document, doubtful ones too, in the order of their place."""
        with self._lock:
            return self._queues.of_document(slug)

    def alike(self, item: Item, scope: Scope = "everywhere") -> list[Item]:
        """Return the items to decide with the words and the category of one, itself among them, in reading order.

        `scope` is its document, all copies and translations of its work, or the whole corpus.
        """
        slug = item.row.document
        with self._lock:
            held = self._queues.alike(item)
        if scope == "document":
            return [other for other in held if other.row.document == slug]
        work = self.work_of(slug)
        return [other for other in held if scope == "everywhere" or self.work_of(other.row.document) == work]

    def work_of(self, document: str) -> str:
        """Return the work of a document; one that has none is a work of its own."""
        return str(self.documents.get(document, {}).get("work") or document)

    def count_alike(self, item: Item) -> int:
        """Return how many items `alike` gives, at once."""
        return self._queues.count_alike(item)

    def progress(self) -> dict[str, Counter[str]]:
        """Return for each document how many references have which status, with `conflict` and `total`."""
        with self._lock:
            return {slug: +counted for slug, counted in self._queues.progress.items()}

    def reviewers(self) -> dict[str, Counter[str]]:
        """Return how many verdicts and comments of each analyst there are by action, those taken back left out.

        Counted of what somebody spoke of since the last look, for every page asks.
        """
        out: dict[str, Counter[str]] = {}
        with self._lock:
            for name in self._uncounted:
                said = follow_up(self._seen(self._decisions[name]))
                counted: Counter[tuple[str, str]] = Counter(
                    (one.by, one.action) for one, fate in said if fate not in ("undo", "undone")
                )
                self._sums.subtract(self._actions.pop(name, {}))
                self._sums.update(counted)
                self._actions[name] = counted
            self._uncounted.clear()
            for (by, action), number in (+self._sums).items():
                out.setdefault(by, Counter())[action] = number
        return out

    def decisions(self) -> list[Decision]:
        """Return the whole ledger in the order written, or what the viewer may see of it."""
        with self._lock:
            held = [line for lines in self._decisions.values() for line in self._seen(lines)]
        return sorted(held, key=lambda line: line.decision_id)

    @property
    def spoken_of(self) -> Collection[str]:
        """The ids of what somebody spoke of itself, and not of another copy of it."""
        return self._decisions.keys()

    def source_of(self, decision: Decision) -> str:
        """Return the document on which a decision was said: another copy of the text, where it counts for this one as well."""
        with self._lock:
            said = self._copied.get(decision.reference_id, ())
            own = next((name for name, copy in said if copy.decision_id == decision.decision_id), "")
            return self._decisions[own][0].document if own else decision.document

    def decisions_of(self, kinds: Collection[Kind]) -> list[Decision]:
        """Return what was said of things of these kinds, and with it what that says of other copies of their texts."""
        with self._lock:
            spoken = {name: lines[0].kind for name, lines in self._decisions.items()}
            spoken |= {name: copied[0][1].kind for name, copied in self._copied.items()}
            held = [line for name, kind in spoken.items() if kind in kinds for line in self._lines(name)]
        return sorted(held, key=lambda line: line.decision_id)

    def write(self, decisions: Sequence[Decision]) -> list[Decision]:
        """Write decisions to the ledger and take them over; see `ledger.append` for what is raised."""
        written = ledger.append(self.engine, decisions)
        self.refresh()
        return written


def _unsaid(item: Item | None) -> Item | None:
    """An item as if nobody had said anything of it; None where the machine has not found it."""
    return None if item is None or item.machine is None else replace(item.as_found, standing=None, state=None)


def _rows(engine: sa.Engine, table: sa.Table, slugs: Sequence[str]) -> Iterator[Reference]:
    """References of these documents, by document in the order given."""
    held: dict[str, list[Reference]] = {slug: [] for slug in slugs}
    query = sa.select(*(table.c[name] for name in REFERENCE_COLUMNS)).order_by(table.c.document, table.c.position)
    with engine.connect() as connection:
        for row in connection.execute(query).mappings():
            if row["document"] in held:
                held[row["document"]].append(Reference(**row))
    for rows in held.values():
        yield from rows


def _gained(engine: sa.Engine) -> set[str]:
    """Ids of the references that the last run that changed anything gained."""
    try:
        before, after = changes.resolve(engine, "previous"), changes.resolve(engine, "latest")
        found = changes.compare(engine, before, after)
    except GcmrefsError:
        return set()
    return {str(row["reference_id"]) for row in found.references if row["change"] == "gained"}
