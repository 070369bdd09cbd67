"""Getting the documents of the manifest from their addresses into `corpus/fetched/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx

from pipeline.corpus import fetched, web
from pipeline.corpus.discovery import inside
from pipeline.corpus.fetched import FETCHED, record
from pipeline.corpus.manifest import SUFFIXES, Source
from pipeline.corpus.web import Answer, Resolver, Web, resolve
from pipeline.errors import Refused
from pipeline.files import checksum, sha256
from pipeline.ingest.format import suffix_of
from pipeline.log import note
from pipeline.settings import Fetching, Limits


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one entry: the file, or why there is none (`problem`, with the address).

    `state` is `fetched` (there was none), `changed` (a new version; the old one is kept), `kept` (there and as it was),
    `same` (it is the document that `of` names, under another address), `no address` (told as a problem before) or `failed`;
    a file that was there stays.
    """

    slug: str
    state: str
    path: Path | None = None
    address: str = ""
    problem: str = ""
    of: str = ""


def fetch_sources(
    folder: Path,
    sources: Sequence[Source],
    *,
    again: bool = False,
    missing: bool = False,
    mirror: Path | None = None,
    client: httpx.Client | None = None,
    resolver: Resolver = resolve,
    limit: int | None = None,
    terms: Fetching | None = None,
) -> Iterator[Fetched]:
    """Get each document from the first of its addresses that yields one; yield the outcome of each entry.

    A document that is there is asked for anew only if its server says that it changed (ETag, Last-Modified); with
    `missing` it is not asked for at all, with `again` it is fetched whatever the server says. A file that a person put
    there stays, unless `again`. The kind of file is told by its content. Nothing raises for a document that cannot be
    got: that is an outcome. `limit` is the largest size in bytes (default: `GCMREFS_MAX_BYTES`), `terms` say how
    politely and how long (`GCMREFS_FETCH_...`). `mirror` is a folder that stands for the web: nothing else is asked.

    `fetched/fetched.json` notes address, time, size, checksum and earlier versions of each document.
    """
    limit = limit or Limits().bytes
    with web.opened(terms, client=client, resolver=resolver) as opened:
        for source in sources:
            there = next((p for s in SUFFIXES if (p := folder / FETCHED / f"{source.slug}{s}").is_file()), None)
            known = record(folder).get(source.slug, {})
            if there is not None and not again and (missing or not known):
                yield Fetched(source.slug, "kept", there)
                continue
            way = _Way(folder, opened, mirror, limit)
            outcome = _entry(way, source, there, {} if again else known)
            told = {"document": source.slug, "state": outcome.state, "address": outcome.address}
            note("fetched", is_problem=bool(outcome.problem), **told, problem=outcome.problem)
            yield outcome


@dataclass(frozen=True, slots=True)
class _Way:
    folder: Path
    web: Web
    mirror: Path | None
    limit: int


def _entry(way: _Way, source: Source, there: Path | None, known: Mapping[str, object]) -> Fetched:
    problems = []
    held = checksum(there) if there is not None else ""
    for address in source.addresses:
        asked = known if held and known.get("sha256") == held and known.get("address") == address else {}
        try:
            answer = _answer(way, source.slug, address, asked)
            suffix = suffix_of(answer.data) if answer.data is not None else ""
        except (Refused, OSError) as error:
            problems.append(f"{address}: {' '.join(str(error).split()) or type(error).__name__}")
            continue
        if answer.data is None:
            return Fetched(source.slug, "kept", there, address)
        return _held(way, source.slug, address, answer, suffix, there, held)
    if there is None and not source.addresses and known:
        return Fetched(source.slug, "no address")
    if there is None and not source.addresses:
        fetched.note(way.folder, source.slug, {"asked": "no address known"})
    nothing = f"no address known: put the file at {way.folder / FETCHED / source.slug}.pdf (or .docx, .html, .txt)"
    if there is not None and not source.addresses:
        return Fetched(source.slug, "kept", there)
    return Fetched(source.slug, "failed", there, problem="; ".join(problems) or nothing)


def _held(way: _Way, slug: str, address: str, answer: Answer, suffix: str, there: Path | None, held: str) -> Fetched:
    data = answer.data or b""
    digest = sha256(data)
    if there is None and (other := _other(way.folder, slug, digest)):
        fetched.note(way.folder, slug, {"same_as": other, "address": address, "sha256": digest})
        return Fetched(slug, "same", way.folder / FETCHED / str(record(way.folder)[other]["file"]), address, of=other)
    words = {"address": address, "etag": answer.etag, "modified": answer.modified}
    if there is not None and held == digest:
        fetched.touch(way.folder, slug, there, digest, **words)
        return Fetched(slug, "kept", there, address)
    path = fetched.hold(way.folder, slug, data, suffix, there=there, **words)
    return Fetched(slug, "changed" if there is not None else "fetched", path, address)


def _other(folder: Path, slug: str, digest: str) -> str:
    """The entry that holds these bytes already."""
    for name, entry in record(folder).items():
        if (
            name != slug
            and entry.get("sha256") == digest
            and (folder / FETCHED / str(entry.get("file", "?"))).is_file()
        ):
            return name
    return ""


def _answer(way: _Way, slug: str, address: str, asked: Mapping[str, object]) -> Answer:
    if address.startswith("file:"):
        path = inside(way.folder, address)
        if path is None:
            raise Refused("no such file inside the manifest's folder")
        return Answer(_read(path, way.limit))
    if way.mirror is not None:
        return Answer(_read(mirrored(way.mirror, slug, address), way.limit))
    etag, modified = str(asked.get("etag", "")), str(asked.get("last_modified", ""))
    return web.get(way.web, address, limit=way.limit, etag=etag, modified=modified)


def mirrored(mirror: Path, slug: str, address: str) -> Path:
    """Return the file of a mirror that stands for an address: `<slug>.<ext>`, or the address's host and path as
    folders (what `wget --mirror` writes), or the last part of its path. Raises Refused when there is none of them."""
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/")
    query = f"?{parts.query}" if parts.query else ""
    names = [f"{slug}{suffix}" for suffix in SUFFIXES]
    names += [f"{parts.netloc}/{path}{query}", f"{parts.netloc}/{path}/index.html{query}", Path(path).name + query]
    for name in names:
        if name.strip("/") and (found := inside(mirror, f"file:{name}")) is not None:
            return found
    raise Refused(f"not in the mirror {mirror}")


def _read(path: Path, limit: int) -> bytes:
    if path.stat().st_size > limit:
        raise Refused(f"larger than {limit} bytes")
    return path.read_bytes()
