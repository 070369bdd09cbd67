"""The items of a queue as a table, and one answer to many of them at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import Response

from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.review.answer import Answer, AnswerWords, make_decision
from pipeline.review.decision import Decision
from pipeline.review.items import SHOWS, Item
from pipeline.segment.citation import order_key
from pipeline.translation import gettext, gettext_noop, ngettext
from pipeline.webapp import view
from pipeline.webapp.pages.decide import category_of
from pipeline.webapp.pages.queue import meant, own_queue
from pipeline.webapp.selection import query_of, queue_of
from pipeline.webapp.visit import Visit, Visiting

if TYPE_CHECKING:
    from _typeshed import SupportsRichComparison

router = APIRouter()
ROWS = (50, 200, 500)
"""Rows that a page can have; one form decides on no more than the last."""
ASKED = 10
"""Rows that are decided at once without a question; before more of them it is said what will be done."""
MOST_PROBLEMS = 5
_SORTS: Mapping[str, tuple[str, Callable[[Item], SupportsRichComparison]]] = {
    "paragraph": (gettext_noop("Paragraph"), lambda item: order_key(item.row.paragraph)),
    "wording": (gettext_noop("Wording"), lambda item: item.row.wording.casefold()),
    "category": (gettext_noop("Category"), lambda item: item.row.category),
    "document": (gettext_noop("Document"), lambda item: (item.row.title or item.row.document).casefold()),
    "score": (gettext_noop("Found as"), lambda item: (item.row.method, item.row.score)),
    "status": (gettext_noop("Status"), lambda item: view.state(item)),
}
"""Columns that rows can be sorted by; before any is chosen they stand as they are read."""
_ACTIONS: Mapping[str, Answer] = {"accept": "accept", "reject": "reject", "category": "edit", "comment": "comment"}
"""What can be said of many rows, and the answer to each."""
_UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Layout:
    """How the table is looked at: sorted by a column (`-` in front: backwards), so many rows a page, this page."""

    sort: str = ""
    rows: int = ROWS[0]
    page: int = 1

    @property
    def column(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def told(self) -> dict[str, str | int]:
        """What an address says of it, besides the page."""
        return {"sort": self.sort, "rows": self.rows if self.rows != ROWS[0] else ""}

    def sorted(self, items: Sequence[Item]) -> Sequence[Item]:
        if not self.column:
            return items
        return sorted(items, key=_SORTS[self.column][1], reverse=self.sort.startswith("-"))


def layout_of(params: Mapping[str, str]) -> Layout:
    """Return the layout that an address asks for; what makes no sense is left out.

    >>> layout_of({"sort": "-score", "rows": "200", "page": "x"})
    Layout(sort='-score', rows=200, page=1)
    """
    sort, rows, page = params.get("sort", ""), params.get("rows", ""), params.get("page", "")
    return Layout(
        sort=sort if sort.removeprefix("-") in _SORTS and sort.count("-") <= 1 else "",
        rows=int(rows) if rows in map(str, ROWS) else ROWS[0],
        page=int(page) if page.isdecimal() and 0 < len(page) < 7 else 1,
    )


@router.get("/table")
def show_table(visit: Visiting) -> Response:
    """Show a queue as a table; `ticked=all` ticks every row that is shown."""
    visit.site.refresh()
    params = visit.request.query_params
    named = meant(visit, own_queue(visit, params), "/table")
    if named is not None and len(named) == 1:
        return visit.go(next(iter(named.values())))
    ticked = None if params.get("ticked") == "all" else frozenset[str]()
    return show(visit, ticked=ticked, said=_told(params.get("said", ""), params.get("count", "")), named=named)


@router.post("/table")
def decide(visit: Visiting) -> Response:
    """Say one thing of all ticked rows: of all of them, or where one cannot be, of none."""
    names = list(dict.fromkeys(visit.every("row")))
    action = visit.form.get("do", "")
    try:
        if action == _UNDO and not names:
            count = _take_back_last(visit)
        else:
            made = None if action == _UNDO else _decisions(visit, names, action)
            if len(names) > ASKED and visit.form.get("sure") != str(len(names)):
                return _ask(visit, names, action)
            count = _take_back(visit, names) if made is None else len(visit.desk.write(made))
    except GcmrefsError as error:
        return show(visit, ticked=frozenset(names), problem=str(error), status=422)
    if visit.is_enhanced:
        return show(visit, said=_told(action, str(count)))
    params = visit.request.query_params
    layout = layout_of(params)
    return visit.go("/table" + query_of(queue_of(params), **layout.told, page=layout.page, said=action, count=count))


def _ask(visit: Visit, names: Sequence[str], action: str) -> Response:
    """Show what would be done, and ask: more rows than one sees at a glance are decided on purpose only."""
    items = _ticked(visit, names)
    count = len(names)
    if action == "category":
        named = category_of(visit.form.get("category", ""), visit.site.categories)
        doing = ngettext(
            "Give the category %(category)s to %(count)s row",
            "Give the category %(category)s to %(count)s rows",
            count,
            category=gettext(visit.site.categories[named]),
        )
    else:
        doing = {
            "accept": ngettext("Accept %(count)s row", "Accept %(count)s rows", count),
            "reject": ngettext("Reject %(count)s row", "Reject %(count)s rows", count),
            "comment": ngettext("Write the note on %(count)s row", "Write the note on %(count)s rows", count),
            _UNDO: ngettext("Take back your word on %(count)s row", "Take back your word on %(count)s rows", count),
        }[action]
    params = visit.request.query_params
    return visit.page(
        "table_ask.html",
        here="table",
        doing=doing,
        do=action,
        names=names,
        typed=visit.form,
        groups=Counter((item.row.wording, item.row.category) for item in items).most_common(),
        states=Counter(view.state(item) for item in items).most_common(),
        documents=Counter(item.row.title or item.row.document for item in items).most_common(),
        labels=visit.site.categories,
        action="/table" + query_of(queue_of(params), **layout_of(params).told, page=layout_of(params).page),
    )


def _decisions(visit: Visit, names: Sequence[str], action: str) -> list[Decision]:
    if action not in _ACTIONS:
        raise GcmrefsError(gettext("Choose what is to be done."))
    items = _ticked(visit, names)
    said: AnswerWords = {"comment": visit.form.get("comment", "")}
    if action == "category":
        if len({item.kind for item in items}) > 1:
            raise GcmrefsError(
                gettext("Nothing was written: these rows are of several kinds, and no category is one of all.")
            )
        said["category"] = category_of(visit.form.get("category", ""), visit.site.labels(items[0].kind))
    decisions: list[Decision] = []
    problems = []
    for item in items:
        try:
            decisions.append(make_decision(visit.desk, item, _ACTIONS[action], by=visit.reviewer, origin="web", **said))
        except GcmrefsError as error:
            problems.append(str(error))
    if problems:
        left = len(problems) - MOST_PROBLEMS
        told = "; ".join(problems[:MOST_PROBLEMS]) + (gettext(" (and %(n)s more)", n=left) if left > 0 else "")
        raise GcmrefsError(gettext("Nothing was written: %(problems)s", problems=told))
    return decisions


def _take_back_last(visit: Visit) -> int:
    """Take back one's own last step, all that was said in it."""
    last = ledger.own_last(visit.site.engine, visit.reviewer)
    if last is None:
        raise GcmrefsError(gettext("There is nothing of yours to take back."))
    lines = ledger.undo_batch(visit.site.engine, last.decision_id, by=visit.reviewer)
    visit.desk.refresh()
    return len(lines)


def _take_back(visit: Visit, names: Sequence[str]) -> int:
    """Take back one's own verdicts on these rows."""
    own = {
        verdict.decision_id: None
        for item in _ticked(visit, names)
        for verdict in (item.standing.verdicts if item.standing else ())
        if verdict.by == visit.reviewer
    }
    if not own:
        raise GcmrefsError(gettext("None of these rows has a decision of yours to take back."))
    for number in own:
        ledger.undo(visit.site.engine, number, by=visit.reviewer, origin="web")
    visit.desk.refresh()
    return len(own)


def _ticked(visit: Visit, names: Sequence[str]) -> list[Item]:
    if not names:
        raise GcmrefsError(gettext("Tick the rows that you mean."))
    if len(names) > ROWS[-1]:
        raise GcmrefsError(
            gettext("Nothing was written: %(n)s rows at once, at most %(most)s.", n=len(names), most=ROWS[-1])
        )
    found = [visit.desk.get(name) for name in names]
    items = [item for item in found if item is not None]
    if len(items) < len(names):
        raise GcmrefsError(
            gettext("Nothing was written: some of these rows are no longer there. Here is what there is now.")
        )
    return items


def _told(action: str, count: str) -> str:
    if not (count.isdecimal() and len(count) < 5) or action not in (*_ACTIONS, _UNDO):
        return ""
    number = int(count)
    done = {
        "accept": ngettext("%(count)s row accepted.", "%(count)s rows accepted.", number),
        "reject": ngettext("%(count)s row rejected.", "%(count)s rows rejected.", number),
        "category": ngettext("%(count)s row given the category.", "%(count)s rows given the category.", number),
        "comment": ngettext("%(count)s row given the note.", "%(count)s rows given the note.", number),
        _UNDO: ngettext("%(count)s row taken back.", "%(count)s rows taken back.", number),
    }[action]
    return done if action == _UNDO or number == 1 else f"{done} " + gettext("Undo takes it back as one.")


def show(
    visit: Visit,
    *,
    ticked: frozenset[str] | None = frozenset(),
    said: str = "",
    problem: str = "",
    status: int = 200,
    named: Mapping[str, str] | None = None,
) -> Response:
    """Show the page of the table that the address names; `ticked` are the rows with a tick, None for all of them."""
    params = visit.request.query_params
    chosen, layout = own_queue(visit, params), layout_of(params)
    items = layout.sorted(visit.desk.items(chosen))
    last = max(1, -(-len(items) // layout.rows))
    page = min(layout.page, last)
    shown = items[(page - 1) * layout.rows : page * layout.rows]

    def at(page: int = 1, **other: str | int) -> str:
        return "/table" + query_of(chosen, **layout.told | other, **{"page": page} if page > 1 else {})

    return visit.page(
        "table.html",
        status=status,
        at=at(page),
        here="table",
        queue=chosen,
        shows=SHOWS,
        items=shown,
        ticked={item.reference_id for item in shown} if ticked is None else ticked,
        total=len(items),
        first=(page - 1) * layout.rows,
        page=page,
        last=last,
        layout_now=layout,
        columns=[(name, label, at(sort=_turned(layout, name))) for name, (label, _) in _SORTS.items()],
        sizes=[(size, at(rows=size if size != ROWS[0] else "")) for size in ROWS],
        action=at(page),
        ticking=at(page, ticked="all"),
        earlier=at(page - 1) if page > 1 else "",
        later=at(page + 1) if page < last else "",
        query=query_of(chosen),
        reviewers=visit.desk.reviewers(),
        documents=visit.desk.documents,
        named=named,
        labels=visit.site.labels(chosen.kind),
        said=said,
        problem=problem,
        typed=visit.form if problem else {},
    )


def _turned(layout: Layout, column: str) -> str:
    """What a click on a column's head sorts by: it, then it backwards, then nothing."""
    return {column: f"-{column}", f"-{column}": ""}.get(layout.sort, column)
