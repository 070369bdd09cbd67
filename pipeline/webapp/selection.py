"""A queue as it stands in an address, so that a reload, a link and the way back keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import cast
from urllib.parse import urlencode

from pipeline.review.items import ORDERS, SHOWS, Order, Queue, QueueKind, Show
from pipeline.review.kinds import KIND_LABELS

LONGEST = 200
"""Characters of one filter."""


def queue_of(params: Mapping[str, str]) -> Queue:
    """Return the queue that an address asks for; what is none of its filters, or makes no sense, is left out.

    >>> queue_of({"show": "conflict", "document": "gcm", "below": "95"}) == Queue("conflict", "gcm", below=95.0)
    True
    """
    told = {
        field.name: " ".join(params.get(field.name, "").split())[:LONGEST]
        for field in fields(Queue)
        if field.name not in ("show", "order", "below", "kind")
    }
    show, order, kind = params.get("show", "open"), params.get("order", "text"), params.get("kind", "reference")
    return Queue(
        show=cast(Show, show) if show in SHOWS else "open",
        order=cast(Order, order) if order in ORDERS else "text",
        below=_score(params.get("below", "")),
        kind=cast(QueueKind, kind) if kind in (*KIND_LABELS, "all") else "reference",
        **told,
    )


def _score(text: str) -> float | None:
    try:
        score = float(text)
    except ValueError:
        return None
    return score if 0 <= score <= 101 else None


def query_of(queue: Queue, **more: str | int) -> str:
    """Write a queue as the end of an address, "" for the one that is shown first.

    >>> query_of(Queue(show="new", words="civil society"), page=2)
    '?show=new&words=civil+society&page=2'
    """
    told: dict[str, str | int] = {}
    for field in fields(Queue):
        value = getattr(queue, field.name)
        if value != field.default:
            told[field.name] = f"{value:g}" if isinstance(value, float) else value
    told |= {name: value for name, value in more.items() if value != ""}
    return "?" + urlencode(told) if told else ""
