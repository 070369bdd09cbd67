"""The commands `gcmrefs corpus ...`: the documents, where they come from, and where new ones may be."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import Corpus, Json, Outputs, leave, say, settings_of
from pipeline.commands.terminal import clean, console, table
from pipeline.errors import GcmrefsError
from pipeline.log import keep_log

corpus_app = typer.Typer(help="The documents: which there are, where they come from.", no_args_is_help=True)
Mirror = Annotated[
    Path | None,
    typer.Option("--mirror", metavar="DIR", help="A folder that stands for the web; nothing else is asked."),
]


@corpus_app.command("list")
def corpus_list(corpus: Corpus = None, as_json: Json = False) -> None:
    """List the documents and whether their files are there."""
    from pipeline.corpus.discovery import listed

    rows = listed(settings_of(corpus).corpus)
    if as_json:
        say(rows)
        return
    console().print(table(rows, ("document", "state", "kind", "language", "date", "iscm", "title")))
    there = sum(row["state"] != "not fetched" for row in rows)
    console().print(f"{there} of {len(rows)} documents are there")


@corpus_app.command("add")
def corpus_add(
    what: Annotated[str, typer.Argument(metavar="FILE|URL")],
    corpus: Corpus = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Only show the proposed entry.")] = False,
) -> None:
    """Propose a manifest entry from what a document shows of itself, and append it."""
    folder = settings_of(corpus).corpus
    if not folder.is_dir():
        raise GcmrefsError(f"{folder}: no such folder: give --corpus, or start one: gcmrefs init DIR")
    _add(folder, what, {}, is_dry=dry)


def _add(folder: Path, what: str, hints: Mapping[str, str], *, is_dry: bool = False) -> None:
    from pipeline.corpus import add as entry
    from pipeline.corpus import fetched
    from pipeline.ingest.format import suffix_of

    found = entry.propose(folder, what, hints=hints)
    source = found.source
    print(entry.text(source), end="")
    if found.problem:
        print(f"warning: {clean(found.problem)}: the entry says only what is known", file=sys.stderr)
    if is_dry:
        return
    path = entry.append(folder, source, None if what.startswith(("http://", "https://")) else Path(what))
    if found.data is not None and found.answer is not None:
        etag, modified = found.answer.etag, found.answer.modified
        place, suffix = source.addresses[0], suffix_of(found.data)
        fetched.hold(folder, source.slug, found.data, suffix, address=place, etag=etag, modified=modified)
    print(
        f"Added to {path}. Check the entry" + (f", then: gcmrefs corpus fetch {source.slug}" if found.problem else ".")
    )


@corpus_app.command("remove")
def corpus_remove(slugs: Annotated[list[str], typer.Argument(metavar="SLUG...")], corpus: Corpus = None) -> None:
    """Take entries out of the manifest; their files are kept where no run reads them, decisions stay in the store."""
    from pipeline.corpus.remove import remove_source

    folder = settings_of(corpus).corpus
    for slug in slugs:
        removal = remove_source(folder, slug)
        told = "" if removal.kept is None else f"; its file is still read: {removal.kept}: move it away"
        if removal.kept is not None and not removal.is_read:
            told = f"; its file is kept: {removal.kept}"
        print(f"removed: {slug}{told}")


@corpus_app.command("fetch")
def corpus_fetch(
    slugs: Annotated[list[str] | None, typer.Argument(metavar="[SLUG...]", help="Default: all entries.")] = None,
    corpus: Corpus = None,
    again: Annotated[bool, typer.Option("--again", help="Fetch anew, whatever the servers say.")] = False,
    missing: Annotated[bool, typer.Option("--missing", help="Only what is not there yet.")] = False,
    mirror: Mirror = None,
    as_json: Json = False,
) -> None:
    """Get the documents of the manifest that are not there or changed; one that cannot be got is a warning.

    Ends with status 1 when every address that was asked refused."""
    from pipeline.corpus.discovery import select_sources
    from pipeline.corpus.fetch import fetch_sources

    settings = settings_of(corpus)
    folder = settings.corpus
    keep_log(settings.outputs, is_json=settings.log == "json")
    wanted = select_sources(folder, slugs or ())
    if mirror is not None and not mirror.is_dir():
        raise typer.BadParameter(f"{mirror}: no such folder")
    outcomes = []
    for outcome in fetch_sources(folder, wanted, again=again, missing=missing, mirror=mirror):
        outcomes.append(outcome)
        if outcome.problem:
            print(f"warning: {outcome.slug}: {clean(outcome.problem)}", file=sys.stderr)
        elif not as_json and outcome.state != "no address":
            told = f" as {outcome.of}" if outcome.of else ""
            print(f"{outcome.state}: {outcome.slug}{told}" + (f" from {outcome.address}" if outcome.address else ""))
    if as_json:
        names = ("state", "address", "problem", "of")
        say([{"document": o.slug, **{name: getattr(o, name) for name in names}} for o in outcomes])
    has_address = {source.slug for source in wanted if source.addresses}
    asked = [outcome for outcome in outcomes if outcome.address or (outcome.problem and outcome.slug in has_address)]
    leave(1 if asked and all(outcome.state == "failed" for outcome in asked) else 0)


@corpus_app.command("watch")
def corpus_watch(corpus: Corpus = None, as_json: Json = False) -> None:
    """Look at the watched pages, feeds and sitemaps; what is new there becomes proposals, never entries.

    Ends with status 1 when none of them could be looked at."""
    from pipeline.corpus.proposals import update

    settings = settings_of(corpus)
    keep_log(settings.outputs, is_json=settings.log == "json")
    outcomes = []
    for outcome in update(settings.corpus):
        outcomes.append(outcome)
        if outcome.problem:
            print(f"warning: {outcome.slug}: {clean(outcome.problem)}", file=sys.stderr)
        elif not as_json:
            print(f"{outcome.slug}: {outcome.links} links, {len(outcome.new)} new")
    if as_json:
        say(
            [
                {"watch": o.slug, "links": o.links, "new": [p.address for p in o.new], "problem": o.problem}
                for o in outcomes
            ]
        )
    leave(int(bool(outcomes) and all(outcome.problem for outcome in outcomes)))


@corpus_app.command("proposed")
def corpus_proposed(corpus: Corpus = None, as_json: Json = False) -> None:
    """List what the watches found and nobody has accepted or ignored yet."""
    from pipeline.corpus.proposals import proposed

    rows = [entry.model_dump() for entry in proposed(settings_of(corpus).corpus) if not entry.ignored]
    if as_json:
        say(rows)
        return
    console().print(table(rows, ("slug", "found", "watch", "title", "address")))
    console().print(
        f"{len(rows)} proposed. Take one: gcmrefs corpus accept SLUG; pass it over: gcmrefs corpus ignore SLUG"
    )


@corpus_app.command("accept")
def corpus_accept(slugs: Annotated[list[str], typer.Argument(metavar="SLUG...")], corpus: Corpus = None) -> None:
    """Make proposals entries of the manifest, with what their documents show of themselves."""
    from pipeline.corpus.proposals import proposed, taken_out

    folder = settings_of(corpus).corpus
    known = {entry.slug: entry for entry in proposed(folder)}
    for slug in slugs:
        entry = known.get(slug) or taken_out(folder, slug)
        _add(folder, entry.address, entry.hints())
        taken_out(folder, slug)


@corpus_app.command("ignore")
def corpus_ignore(slugs: Annotated[list[str], typer.Argument(metavar="SLUG...")], corpus: Corpus = None) -> None:
    """Pass proposals over, for good."""
    from pipeline.corpus.proposals import ignore

    for slug in slugs:
        print(f"ignored: {ignore(settings_of(corpus).corpus, slug).address}")


@corpus_app.command("check")
def corpus_check(corpus: Corpus = None, outputs: Outputs = None, as_json: Json = False) -> None:
    """Check the manifest, the files, and propose which documents of the last run may be copies of one work."""
    from pipeline.corpus.discovery import check_files, select_sources
    from pipeline.corpus.manifest import MANIFEST
    from pipeline.store import latest

    settings = settings_of(corpus, outputs)
    folder = settings.corpus
    run = latest.read(settings.outputs) or {}
    there = {one["document"]: one for one in run.get("documents", ()) if (folder / one.get("file", "")).is_file()}
    entries = select_sources(folder) if (folder / MANIFEST).is_file() or not there else ()
    rows = [{"document": s, "state": state, "detail": detail} for s, state, detail in check_files(folder, entries)]
    rows += [
        {"document": one["one"], "state": "likely a copy", "detail": f"of {one['other']}: {one['why']}"}
        for one in run.get("likely_copies", ())
        if one["one"] in there
    ]
    rows += [
        {"document": slug, "state": "no role", "detail": "nothing tells what it is"}
        for slug, one in there.items()
        if not one["role"]
    ]
    if as_json:
        say(rows)
    else:
        console().print(table(rows, ("document", "state", "detail")))
        console().print(f"manifest valid, {sum(row['state'] == 'ok' for row in rows)} files there")
        if any(row["state"] in ("likely a copy", "no role") for row in rows):
            console().print("Say it in the manifest: work: NAME for the copies of one work, role: ROLE")
    leave(1 if any(row["state"] == "changed" for row in rows) else 0)
