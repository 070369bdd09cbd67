"""Getting the documents of the manifest from their addresses into `corpus/fetched/`."""

from __future__ import annotations

import hashlib
import ipaddress
import json
import socket
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from pipeline import latest
from pipeline.corpus import FETCHED, SUFFIXES, Source, inside
from pipeline.errors import CorpusError
from pipeline.settings import Limits
from pipeline.version import version

RECORD = "fetched.json"
REDIRECTS = 5
SECONDS = 60.0
"""The longest that one address may take, from the first request to the last byte."""

Resolver = Callable[[str], Iterable[str]]


class Refused(Exception):
    """An address that gave no document; the text says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one entry: the file, or why there is none. `state` is `fetched`, `kept` or `failed`."""

    slug: str
    state: str
    path: Path | None = None
    address: str = ""
    problem: str = ""


def resolve(host: str) -> set[str]:
    """Return every address that a host name stands for. Raises OSError when there is none."""
    return {str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}


def fetch(
    folder: Path,
    sources: Sequence[Source],
    *,
    again: bool = False,
    client: httpx.Client | None = None,
    resolver: Resolver = resolve,
    limit: int | None = None,
) -> Iterator[Fetched]:
    """Get each document from the first of its addresses that yields one; yield the outcome of each entry.

    The kind of file is told by its content, never by the address or the server's word. A file that is there is kept,
    unless `again`. Nothing raises for a document that cannot be got: that is an outcome. `limit` is the largest size
    in bytes (default: `GCMREFS_MAX_BYTES`). `fetched/fetched.json` notes address, time, size and checksum.

    Only http(s) addresses and files inside the folder are read; a redirect from the public network to a private
    address is refused, so that no address can make this machine ask its own network.
    """
    limit = limit or Limits().bytes
    target = folder / FETCHED
    target.mkdir(parents=True, exist_ok=True)
    own = client or httpx.Client(timeout=20.0, headers={"User-Agent": f"gcm-references/{version()}"})
    try:
        for source in sources:
            there = [path for suffix in SUFFIXES if (path := target / f"{source.slug}{suffix}").is_file()]
            if there and not again:
                yield Fetched(source.slug, "kept", there[0])
                continue
            yield _entry(folder, source, own, resolver, limit, there)
    finally:
        if client is None:
            own.close()


def _entry(
    folder: Path, source: Source, client: httpx.Client, resolver: Resolver, limit: int, there: Sequence[Path]
) -> Fetched:
    problems = []
    for address in source.addresses:
        try:
            if address.startswith("file:"):
                data = _local(folder, address, limit)
            else:
                data = _remote(client, address, resolver, limit)
            suffix = suffix_of(data)
        except (Refused, httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            problems.append(f"{address}: {' '.join(str(error).split()) or type(error).__name__}")
            continue
        path = folder / FETCHED / f"{source.slug}{suffix}"
        latest.write_bytes(path, data)
        for old in there:
            if old != path:
                old.unlink()
        _note(folder, source.slug, address, path, data)
        return Fetched(source.slug, "fetched", path, address)
    missing = f"no address known: put the file at {folder / FETCHED / source.slug}.pdf (or .docx, .html, .txt)"
    return Fetched(source.slug, "failed", problem="; ".join(problems) or missing)


def _local(folder: Path, address: str, limit: int) -> bytes:
    path = inside(folder, address)
    if path is None:
        raise Refused("no such file inside the manifest's folder")
    if path.stat().st_size > limit:
        raise Refused(f"larger than {limit} bytes")
    return path.read_bytes()


def _remote(client: httpx.Client, address: str, resolver: Resolver, limit: int) -> bytes:
    until = time.monotonic() + SECONDS
    public = False
    for _ in range(REDIRECTS + 1):
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused(f"redirected to {address[:80]!r}, which is no http(s) address")
        outside = all(ipaddress.ip_address(ip.split("%")[0]).is_global for ip in resolver(parts.hostname))
        if public and not outside:
            raise Refused(f"redirected to a private address ({parts.hostname})")
        public = public or outside
        with client.stream("GET", address, follow_redirects=False) as response:
            if response.has_redirect_location:
                address = urljoin(address, response.headers["location"])
                continue
            if response.status_code != 200:
                raise Refused(f"HTTP {response.status_code}")
            return _body(response, limit, until)
    raise Refused(f"more than {REDIRECTS} redirects")


def _body(response: httpx.Response, limit: int, until: float) -> bytes:
    data = bytearray()
    for part in response.iter_bytes(65536):
        data += part
        if len(data) > limit:
            raise Refused(f"larger than {limit} bytes")
        if time.monotonic() > until:
            raise Refused(f"not done after {SECONDS:.0f} s")
    return bytes(data)


def suffix_of(data: bytes) -> str:
    """Return the file name ending that these bytes call for. Raises Refused when they are no document.

    >>> suffix_of(b"%PDF-1.7"), suffix_of(b"<!DOCTYPE html><p>x"), suffix_of("§ 1".encode())
    ('.pdf', '.html', '.txt')
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in data[:1024].lower():
        return ".pdf"
    if data[:4] == b"PK\x03\x04":
        if _is_word(data):
            return ".docx"
        raise Refused("an archive, not a document")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refused("an old Word file (.doc) or an encrypted one: save it as .docx")
    if not data.strip():
        raise Refused("empty")
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head or b"<body" in head:
        return ".html"
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in data[:4096]:
        raise Refused("neither a PDF, Word, HTML nor text file")
    return ".txt"


def _is_word(data: bytes) -> bool:
    import io

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def record(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Return what is known of the fetched files: address, time, size and checksum by slug.

    Raises CorpusError when the record is damaged.
    """
    path = folder / FETCHED / RECORD
    if not path.is_file():
        return {}
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(known, dict) or not all(isinstance(entry, dict) for entry in known.values()):
            raise ValueError("not a list of files")
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path}: cannot be read: {error}: delete it and fetch again") from None
    return known


def _note(folder: Path, slug: str, address: str, path: Path, data: bytes) -> None:
    entry = {
        "file": path.name,
        "address": address,
        "fetched": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    known = {**record(folder), slug: entry}
    latest.write_text(folder / FETCHED / RECORD, latest.json_text(dict(sorted(known.items()))))


def check(folder: Path, sources: Sequence[Source]) -> list[tuple[str, str, str]]:
    """Return (slug, state, detail) of every entry and every stray file in `fetched/`.

    States: `ok` (detail: checksum), `not fetched`, `changed` (no longer what was fetched), `stray` (a file that no
    entry names; it is not read).
    """
    from pipeline.corpus import files_in, located

    known = record(folder)
    out, used = [], set()
    for source in sources:
        path = located(folder, source)
        if path is None:
            out.append((source.slug, "not fetched", source.addresses[0] if source.addresses else "no address known"))
            continue
        used.add(path)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        entry = known.get(source.slug, {})
        same = entry.get("file") != path.name or entry.get("sha256") == sha256
        out.append((source.slug, "ok" if same else "changed", sha256))
    stray = [path for path in files_in(folder / FETCHED) if path not in used] if (folder / FETCHED).is_dir() else []
    return out + [(path.name, "stray", "no entry of the manifest has this slug") for path in stray]
