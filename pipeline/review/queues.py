"""The queues: items of a run held so that each queue is told from few of them, and kept in step with every decision."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from pipeline.review.assignments import Assignments
from pipeline.review.decision import Kind
from pipeline.review.doubt import Precision
from pipeline.review.items import IN_QUEUE, Item, Queue, Show, narrowing, shows_of
from pipeline.review.kinds import DECIDABLE

Place = tuple[float, int]
"""Where an item stands in a queue: before all that are greater."""
Found = Callable[[str], Mapping[str, frozenset[str]]]
"""Gives the paragraphs that a search in the text finds: their ids by document."""
QUEUES = 128
"""Queues that are kept in memory."""


class Queues:
    """All items by their id (`items`), by document, wording and status, and the queues asked for last, each in its order.

    `put` places an item in all of them, or takes it out. Not safe for threads: who holds it locks.
    """

    def __init__(self, assignments: Assignments, documents: Iterable[str], find: Found) -> None:
        self.items: dict[str, Item] = {}
        self.progress: dict[str, Counter[str]] = {slug: Counter() for slug in documents}
        self._assignments, self._find = assignments, find
        self._queues: dict[Queue, list[Item]] = {}
        self._searches: dict[str, Mapping[str, frozenset[str]]] = {}
        self._by_document: dict[str, dict[str, None]] = {}
        self._shown: dict[tuple[Kind, Show], dict[int, Item]] = {}
        self._alike: dict[tuple[Kind, str, str], dict[str, None]] = {}
        self._precision: Precision | None = None
        self._has_news = False

    def put(self, name: str, item: Item | None) -> None:
        """Put an item where it belongs in all queues that are kept; None where nothing is left to show of it."""
        before = item or self.items.get(name)
        if before is None:
            return
        self._has_news = True
        for queue, items in self._queues.items():
            key = self.place_in(queue)
            at = bisect_left(items, key(before), key=key)
            there = at < len(items) and items[at].position == before.position
            items[at : at + there] = [item] if item is not None and self.has(queue, item) else []
        if item is None:
            self._forget(name)
        else:
            self.hold(item)

    def hold(self, item: Item) -> None:
        """Put an item in the place of what it was before, in all that is asked for by document, wording or status."""
        name, before = item.reference_id, self.items.get(item.reference_id)
        if before is not None:
            self._withdraw(before)
        self.items[name] = item
        self._by_document.setdefault(item.row.document, {})[name] = None
        shows = tuple(shows_of(item))
        for show in shows:
            self._shown.setdefault((item.kind, show), {})[item.position] = item
        if "open" in shows:
            self._alike.setdefault(_words(item), {})[name] = None
        if item.facts is None:
            self.progress.setdefault(item.row.document, Counter()).update(_counted(item))

    def _forget(self, name: str) -> None:
        """Take an item out of all that is asked for by document, wording or status."""
        before = self.items.pop(name, None)
        if before is not None:
            self._by_document.get(before.row.document, {}).pop(name, None)
            self._withdraw(before)

    def _withdraw(self, item: Item) -> None:
        """Take an item out of all that is asked for by wording or status; it keeps its place in its document."""
        self._alike.get(_words(item), {}).pop(item.reference_id, None)
        for show in shows_of(item):
            self._shown[item.kind, show].pop(item.position, None)
        if item.facts is None:
            self.progress[item.row.document].subtract(_counted(item))

    def listed(self, queue: Queue) -> list[Item]:
        """Return the items of a queue in its order; the list itself, which follows each decision."""
        found = self._queues.pop(queue, None)
        if found is None:
            if queue.order == "text":
                found = sorted(self._narrowed(queue), key=_position)
            else:  # what is as doubtful stays as it is read
                found = sorted(self.listed(replace(queue, order="text")), key=self._rank)
            if len(self._queues) >= QUEUES:
                self._queues.pop(next(iter(self._queues)))
        self._queues[queue] = found
        return found

    def _narrowed(self, queue: Queue) -> Iterable[Item]:
        """The items of a queue in any order, told from as few as can be and by as little of each."""
        if queue.is_assigned:
            names = self._by_document.get(queue.document, ()) if queue.document else self.items
            return [item for item in map(self.items.__getitem__, names) if self.has(queue, item)]
        kinds: Iterable[Kind] = ("reference", *DECIDABLE) if queue.kind == "all" else (queue.kind,)
        shown = [held for kind in kinds if (held := self._shown.get((kind, queue.show)))]
        held = shown[0] if len(shown) == 1 else {place: item for one in shown for place, item in one.items()}
        if queue.is_wide:
            return held.values()
        if queue.show in ("open", "new"):  # all of it is narrowed down once for all that it shows
            return [item for item in self.listed(replace(queue, show="all", order="text")) if item.position in held]
        items: Iterable[Item] = held.values()
        if queue.document:
            items = map(self.items.__getitem__, self._by_document.get(queue.document, ()))
            items = [item for item in items if item.position in held]
        for holds in narrowing(queue):
            items = [item for item in items if holds(item)]
        if queue.search:
            found = self._search(queue.search)
            items = [item for item in items if item.row.paragraph_row in found.get(item.row.document, ())]
        return items

    def _search(self, words: str) -> Mapping[str, frozenset[str]]:
        found = self._searches.get(words)
        if found is None:
            if len(self._searches) >= QUEUES:
                self._searches.pop(next(iter(self._searches)))
            found = self._searches[words] = self._find(words)
        return found

    def has(self, queue: Queue, item: Item) -> bool:
        """Tell whether an item belongs to a queue, by whose it is and what a search finds, too."""
        if queue.search and item.row.paragraph_row not in self._search(queue.search).get(item.row.document, ()):
            return False
        coders = self.coders(item) if queue.is_assigned else ()
        is_theirs = not queue.is_assigned or queue.assigned in coders
        return is_theirs and queue.holds(item, is_shared=len(coders) > 1)

    def coders(self, item: Item) -> tuple[str, ...]:
        """Return who is to code an item, () where nobody is."""
        return self._assignments.coders(item.kind, item.row.document, item.reference_id)

    def place_in(self, queue: Queue) -> Callable[[Item], Place]:
        """Return what tells where an item stands in a queue, whether it is in it or not.

        The most doubtful come first by what was decided when the order was last made (`order_anew`): it does not change
        under the hands of who works through it.
        """
        if queue.order == "text":
            return lambda item: (0.0, item.position)
        return lambda item: (self._rank(item), item.position)

    def _rank(self, item: Item) -> float:
        """Less for what is more doubtful."""
        if self._precision is None:
            self._precision = Precision(self._shown.get(("reference", "decided"), {}).values())
            self._has_news = False
        row = item.machine
        if item.facts is not None:
            return item.row.score
        return -self._precision.doubt(row.rule, row.method, row.score) if row is not None else 0.0

    def order_anew(self) -> None:
        """Take into the order by doubt what was decided since it was made."""
        if self._has_news and self._precision is not None:
            self._precision = None
            self._queues = {queue: items for queue, items in self._queues.items() if queue.order == "text"}

    def of_document(self, slug: str) -> list[Item]:
        """Return all references of a document, doubtful ones too, in the order of their place."""
        held = (self.items[name] for name in self._by_document.get(slug, ()))
        return [item for item in held if item.kind == "reference"]

    def alike(self, item: Item) -> list[Item]:
        """Return the items to decide with the words and the category of one, in reading order."""
        return sorted((self.items[name] for name in self._alike.get(_words(item), ())), key=_position)

    def count_alike(self, item: Item) -> int:
        """Return how many items `alike` gives, at once."""
        return len(self._alike.get(_words(item), ()))


def _position(item: Item) -> int:
    return item.position


def _words(item: Item) -> tuple[Kind, str, str]:
    return (item.kind, item.row.category, item.row.wording.casefold())


def _counted(item: Item) -> tuple[str, ...]:
    """What an item adds to the progress of its document."""
    if not IN_QUEUE["all"](item):
        return ()
    return ("total", "conflict" if item.has_conflict else "lost" if item.is_lost else item.status)
