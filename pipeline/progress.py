"""What long work tells of its progress, to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple


class Step(NamedTuple):
    """`done` of `total` documents that are read (or looked into for `tables`), or pages of the document `name`; a `notice` is a
    line of text in `name`."""

    what: Literal["documents", "pages", "tables", "notice"]
    done: int = 0
    total: int = 0
    name: str = ""


Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """Show no progress."""
