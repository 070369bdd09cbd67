"""Entries that watches propose: kept apart from the manifest until a person accepts or ignores them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import yaml

from extractors.lexicon.yaml_file import Strict, read_yaml
from pipeline.corpus.discovery import free_slug, slug_of
from pipeline.corpus.manifest import MANIFEST, read_manifest
from pipeline.errors import CorpusError
from pipeline.extract.front import KindOfDocument
from pipeline.files import write_text
from pipeline.log import note
from pipeline.settings import Fetching

if TYPE_CHECKING:
    from pipeline.corpus.watch import Link

PROPOSED = "proposed.yaml"
HEAD = (
    "# What the watches of manifest.yaml found and no entry has yet. Written by gcmrefs corpus watch; take one with\n"
    "# gcmrefs corpus accept SLUG, pass one over with gcmrefs corpus ignore SLUG (it is not proposed again).\n"
)


class Proposed(Strict):
    """A link that a watch found: what the manifest entry would say, where and when it was found."""

    slug: str
    address: str
    title: str = ""
    kind: KindOfDocument = "other"
    iscm: str = ""
    language: str = ""
    date: str = ""
    watch: str = ""
    found: str = ""
    ignored: bool = False

    def hints(self) -> dict[str, str]:
        """What is known of the document before it is read; `date` is only the day of its announcement."""
        return {"title": self.title, "kind": self.kind, "iscm": self.iscm, "language": self.language}


class _File(Strict):
    proposed: tuple[Proposed, ...] = ()


@dataclass(frozen=True, slots=True)
class Watched:
    """What came of one watch: how many links fit, which are new, and why it could not be looked at."""

    slug: str
    links: int
    new: tuple[Proposed, ...]
    problem: str = ""


def proposed(folder: Path) -> tuple[Proposed, ...]:
    """Return all proposals, ignored ones included. Raises CorpusError when their file is damaged."""
    path = folder / PROPOSED
    if not path.is_file():
        return ()
    return read_yaml(path, _File, raises=CorpusError).proposed


def update(folder: Path, *, terms: Fetching | None = None) -> Iterator[Watched]:
    """Look at every watch of the manifest and keep what is new as proposals; yield the outcome of each.

    Known is what an entry of the manifest or an earlier proposal has as address. Raises CorpusError for a manifest or
    proposals that cannot be used.
    """
    from pipeline.corpus import watch, web  # the extra `fetch` is needed only to look

    manifest = read_manifest(folder / MANIFEST)
    with web.opened(terms) as opened:
        for looked in watch.look(opened, manifest.watch):
            before = proposed(folder)
            known = {_bare(address) for source in manifest.sources for address in source.addresses}
            known |= {_bare(entry.address) for entry in before}
            taken = {source.slug.casefold() for source in manifest.sources}
            taken |= {entry.slug.casefold() for entry in before}
            new: list[Proposed] = []
            for link in looked.links:
                if _bare(link.address) not in known:
                    new.append(_proposal(link, looked.watch, taken))
                    known.add(_bare(link.address))
                    taken.add(new[-1].slug.casefold())
            if new:
                _write(folder, (*before, *new))
            told = {"watch": looked.watch.slug, "links": len(looked.links), "new": len(new), "problem": looked.problem}
            note("watched", is_problem=bool(looked.problem), **told)
            yield Watched(looked.watch.slug, len(looked.links), tuple(new), looked.problem)


def _bare(address: str) -> str:
    """Two addresses that differ only in http or https, `www.`, or a last slash are one."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}:{parts.port or ''}{unquote(parts.path).rstrip('/')}?{parts.query}"


def _proposal(link: Link, entry: Any, taken: set[str]) -> Proposed:
    name = PurePosixPath(unquote(urlsplit(link.address).path)).stem or link.text or entry.slug
    return Proposed(
        slug=free_slug(slug_of(name), taken),
        address=link.address,
        title=link.text[:300],
        kind=entry.kind,
        iscm=entry.iscm,
        language=entry.language,
        date=link.date,
        watch=entry.slug,
        found=f"{datetime.now(UTC):%Y-%m-%d}",
    )


def _write(folder: Path, entries: Sequence[Proposed]) -> None:
    rows = [entry.model_dump(exclude_defaults=True) for entry in entries]
    text = yaml.safe_dump({"proposed": rows}, allow_unicode=True, sort_keys=False, width=120)
    write_text(folder / PROPOSED, HEAD + text)


def taken_out(folder: Path, slug: str) -> Proposed:
    """Remove a proposal and return it. Raises CorpusError when there is none of this slug."""
    entries = proposed(folder)
    found = _named(folder, entries, slug)
    _write(folder, [entry for entry in entries if entry is not found])
    return found


def ignore(folder: Path, slug: str) -> Proposed:
    """Mark a proposal so that it is not shown or proposed again. Raises CorpusError when there is none of this slug."""
    entries = proposed(folder)
    found = _named(folder, entries, slug)
    marked = found.model_copy(update={"ignored": True})
    _write(folder, [marked if entry is found else entry for entry in entries])
    return marked


def _named(folder: Path, entries: Sequence[Proposed], slug: str) -> Proposed:
    found = next((entry for entry in entries if entry.slug == slug), None)
    if found is None:
        raise CorpusError(f"{folder / PROPOSED}: nothing proposed as {slug}")
    return found
