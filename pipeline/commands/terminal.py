"""What a person sees in the terminal: tables that fit, and progress bars that only a terminal gets."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.progress import silent

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from pipeline.progress import Progress, Step
    from pipeline.run.publish import RunResult
    from pipeline.store.changes import Changes

SHOWN: Mapping[str, tuple[str, ...]] = {
    "references": ("document", "citation", "category", "wording", "quote"),
    "paragraphs": ("document", "paragraph", "kind", "page", "text"),
    "objectives": ("document", "paragraph", "kind", "number", "basis", "wording"),
}
"""The columns of each kind of row that fit a terminal; the files have all of them."""
CHANGES: Mapping[str, tuple[str, ...]] = {
    "documents": ("document", "change", "gained", "lost", "changed"),
    "references": ("change", "document", "paragraph", "category", "wording", "fields"),
    "tables": ("table", "gained", "lost"),
    "rows": ("table", "change", "document", "citation", "row", "quote"),
    "texts": ("document", "paragraph", "change", "before", "after"),
    "decisions": ("document", "paragraph", "change", "action", "by", "wording", "nearest_paragraph"),
}
"""What is shown of each kind of change between two runs."""
LONG = frozenset({"quote", "text", "wording", "title", "address", "detail", "iscm", "before", "after", "fields", "row"})
FOLDED = frozenset({"wording"})
"""Columns whose cells go on in a second line rather than be cut."""
LEAST: Mapping[str, int] = {"wording": 30, "quote": 36, "text": 36, "title": 24}
"""Characters of a long column that can still be read; 12 where it is not named."""
LEFT_OUT = ("quote", "fields", "address", "category", "detail", "title", "kind", "page", "document")
"""Columns that a narrow terminal does without, the first of them first."""


def console(*, err: bool = False) -> Console:
    """Return the terminal (standard output, or standard error); without one, lines are 160 characters wide."""
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    return Console(stderr=err, highlight=False, soft_wrap=False, width=None if stream.isatty() else 160)


def clean(value: object) -> str:
    """Return a value as one line without control characters, which a document could use to write on the terminal."""
    text = "" if value is None or value != value or str(value) == "<NA>" else str(value)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def table(rows: Sequence[Mapping[str, object]], columns: Sequence[str], *, title: str = "", width: int = 0) -> Table:
    """Return rows as a rich table of at most `width` characters (default: the terminal's).

    Where the room is small, columns that say least are left out (and named below the table), so that the wording and its
    paragraph can be read: a wording goes on in a second line, other long cells are cut with an ellipsis.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    every = {name: [clean(row.get(name)) for row in rows] for name in columns}
    natural = {name: max([len(name), *map(len, cells)]) for name, cells in every.items()}
    room = width or console().width
    kept = readable(natural, room)
    widths = fit_widths([natural[name] for name in kept], [name in LONG for name in kept], room - 3 * len(kept))
    absent = [name for name in columns if name not in kept]
    caption = f"not shown for want of room: {', '.join(absent)}" if absent else None
    out = Table(
        title=title or None, title_justify="left", caption=caption, caption_justify="left", box=box.SIMPLE_HEAD,
        pad_edge=False, show_edge=False,
    )  # fmt: skip
    for name, size in zip(kept, widths, strict=True):
        numbers = rows and all(isinstance(row.get(name), int | float) for row in rows)
        looks = {"overflow": "fold"} if name in FOLDED else {"overflow": "ellipsis", "no_wrap": True}
        out.add_column(name, justify="right" if numbers else "left", width=size, **looks)
    for cells in zip(*(every[name] for name in kept), strict=True):
        out.add_row(*(Text(cell) for cell in cells))
    return out


def readable(natural: Mapping[str, int], room: int) -> list[str]:
    """Return the columns, of these natural widths, that `room` characters can hold so that they can be read.

    >>> readable({"citation": 8, "category": 24, "wording": 40, "quote": 200}, 80)
    ['citation', 'category', 'wording']
    """
    kept = list(natural)
    for name in LEFT_OUT:
        least = sum(min(natural[n], LEAST.get(n, 12) if n in LONG else natural[n]) + 3 for n in kept)
        if least <= room:
            break
        if name in kept and len(kept) > 2:
            kept.remove(name)
    return kept


def fit_widths(natural: Sequence[int], long: Sequence[bool], room: int) -> list[int]:
    """Return widths that add up to `room` at most: the widest long column gives way first, down to 12, then the rest.

    >>> fit_widths([10, 80, 30], [False, True, True], 60)
    [10, 25, 25]
    """
    widths = list(natural)
    for least, may in ((12, long), (6, [True] * len(widths))):
        while sum(widths) > room:
            able = [n for n, width in enumerate(widths) if may[n] and width > least]
            if not able:
                break
            widths[max(able, key=lambda n: widths[n])] -= 1
    return widths


is_quiet = False
"""Whether `gcmrefs -q` was given: no progress, no notices, and of a run only what went wrong."""
has_steps = False
"""Whether `gcmrefs --steps` was given: progress is lines of JSON for another program."""


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a `Progress` that draws bars for documents and pages on standard error, or nothing without a terminal.

    Notices ("waiting for another run") are printed either way, unless `is_quiet`.
    """
    if has_steps:
        yield _print_step
        return
    if is_quiet:
        yield silent
        return
    if not sys.stderr.isatty():
        yield _notices
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(err=True), transient=True) as bars:
        tasks = {what: bars.add_task(what, total=None, visible=False) for what in ("documents", "pages", "tables")}

        def show(step: Step) -> None:
            if step.what == "notice":
                bars.console.print(clean(step.name), markup=False)
            elif step.total:
                name = f"{step.what} {clean(step.name)[:40]}".strip()
                visible = step.what != "pages" or step.done < step.total
                bars.update(tasks[step.what], completed=step.done, total=step.total, description=name, visible=visible)

        yield show


def _print_step(step: Step) -> None:
    print(json.dumps(step._asdict()), file=sys.stderr, flush=True)


def _notices(step: Step) -> None:
    if step.what == "notice":
        print(clean(step.name), file=sys.stderr)


def show_changes(changes: Changes, *, rows: int = 40) -> None:
    """Print what changed from one run to another: documents, references, paragraphs; at most `rows` lines of each."""
    out = console()
    for name, columns in CHANGES.items():
        found = getattr(changes, name)
        wide = {"documents": ("title",), "references": ("quote",)}.get(name, ())
        if found:
            out.print(table(found[:rows], (*columns, *wide), title=name))
        if len(found) > rows:
            out.print(f"... and {len(found) - rows} more: -o changes.xlsx has all of them")
    told = count_words(changes.counts)
    out.print(f"{changes.before} -> {changes.after}: {told or 'nothing changed'}", soft_wrap=True)


def count_words(counts: Mapping[str, int]) -> str:
    """Return numbers with what they count.

    >>> count_words({"references_gained": 2, "documents_new": 1})
    '2 references gained, 1 documents new'
    """
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())


def show_left_out() -> None:
    """Print in one line what the files were written without, and the lines that install it."""
    from pipeline.export import find_left_out

    left = find_left_out()
    if left and not is_quiet:
        told = "; ".join(f"{part} ({line})" for part, line in left.items())
        console().print(f"Left out: {told}; then gcmrefs tables", soft_wrap=True, markup=False)


def summary(result: RunResult) -> None:
    """Print how a run ended: failures and misses on standard error, then a small table and where the files are."""
    for failure in result.failures:
        print(f"failed: {failure.document}: {clean(failure.problem)}", file=sys.stderr)
    for missed in result.missed:
        print(f"minimum missed: {clean(missed)}", file=sys.stderr)
    for warning in result.run.get("warnings", ()) if result.has_moved else ():
        print(f"warning: {clean(warning)}", file=sys.stderr)
    if is_quiet:
        return
    out = console()
    columns = ("document", "language", "pages", "paragraphs", "references", "objectives", "title")
    rows = list(result.documents[:40])
    if rows:
        out.print(table(rows, columns))
    if len(result.documents) > len(rows):
        out.print(f"... and {len(result.documents) - len(rows)} more documents")
    if result.is_sample:
        out.print("These are the sample documents: no document of the manifest is there yet.")
    if result.missing:
        shown = ", ".join(result.missing[:5]) + (" ..." if len(result.missing) > 5 else "")
        line = f"Not fetched yet: {len(result.missing)} of the manifest ({shown}). Get them: gcmrefs corpus fetch"
        out.print(line, soft_wrap=True)
    changes = result.run.get("changes")
    if changes and changes["counts"] and result.has_moved:
        told = count_words(changes["counts"])
        out.print(f"Since {changes['before']}: {told}. All of it: gcmrefs diff previous latest", soft_wrap=True)
    if result.has_moved:
        from pipeline.export.brief import find_new_briefs

        for name, file in list(find_new_briefs(result.run).items())[:5]:
            out.print(f"New: {clean(name)}, its brief: {result.latest / file}", soft_wrap=True, markup=False)
    decided = {
        name: number for name, number in ((result.run.get("review") or {}).get("counts") or {}).items() if number
    }
    if decided:
        out.print("Decided by analysts: " + ", ".join(f"{number} {name}" for name, number in decided.items()))
    done = f"{len(result.processed)} documents processed, {len(result.unchanged)} unchanged"
    if result.failures:
        done += f", {len(result.failures)} failed"
    if result.untried:
        done += f" ({result.untried} as before, not tried again: gcmrefs run --retry)"
    out.print(done if result.processed or result.failures or result.has_moved else f"Nothing to do: {done}")
    if result.has_moved:
        show_left_out()
    if result.missed or not result.documents:
        out.print(f"Tables not replaced: {result.latest} is as it was.", soft_wrap=True)
    else:
        out.print(f"Tables: {result.latest}", soft_wrap=True)
