"""Groups: references that say the same, so that an analyst decides one thing once."""

from __future__ import annotations

from typing import Literal, get_args

from pipeline.review.desk import Desk
from pipeline.review.items import Item

Scope = Literal["document", "work", "everywhere"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


def group_items(desk: Desk, item: Item, scope: Scope = "everywhere") -> list[Item]:
    """Return the references with the wording and category of `item` on which nobody decided yet, itself among them.

    `scope` is its document, all copies and translations of its work, or the whole corpus; in reading order.
    """
    slug, work = item.row.document, work_of(desk, item.row.document)
    return [
        other
        for other in desk.alike(item)
        if (scope != "document" or other.row.document == slug)
        and (scope != "work" or work_of(desk, other.row.document) == work)
    ]


def work_of(desk: Desk, document: str) -> str:
    """The work of a document; one that has none is a work of its own."""
    return str(desk.documents.get(document, {}).get("work") or document)
