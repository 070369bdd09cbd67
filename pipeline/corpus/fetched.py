"""The fetched files: where they are, where they came from, and the earlier versions of those that changed."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import CorpusError
from pipeline.files import checksum, json_text, locked, sha256, write_bytes, write_text

FETCHED = "fetched"
RECORD = "fetched.json"
VERSIONS = "versions"
"""Folder inside `fetched/` with the earlier versions: `versions/<slug>/<day>-<start of the sha256>.<ext>`."""


def record(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Return what is known of the fetched files: address, time, size, checksum and earlier versions by slug.

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


def note(folder: Path, slug: str, entry: Mapping[str, Any]) -> None:
    """Write one entry of the record in one step; others that fetch at the same moment wait for each other."""
    with locked(folder / FETCHED, wait=60.0):
        known = {**record(folder), slug: entry}
        write_text(folder / FETCHED / RECORD, json_text(dict(sorted(known.items()))))


def forget(folder: Path, slug: str) -> None:
    """Drop one entry of the record, if it is there."""
    if slug not in record(folder):
        return
    with locked(folder / FETCHED, wait=60.0):
        known = {name: entry for name, entry in record(folder).items() if name != slug}
        write_text(folder / FETCHED / RECORD, json_text(known))


def hold(
    folder: Path,
    slug: str,
    data: bytes,
    suffix: str,
    *,
    address: str,
    etag: str = "",
    modified: str = "",
    there: Path | None = None,
) -> Path:
    """Make these bytes the current version of a document; what was there becomes an earlier one. Return the file.

    Killed at any point, either the old or the new version is current, and nothing is lost: the record is written first,
    and one that does not fit its file means that the document is fetched again.
    """
    path = folder / FETCHED / f"{slug}{suffix}"
    before = record(folder).get(slug, {})
    versions = {version["sha256"]: version for version in before.get("versions", ())}
    if there is not None:
        kept = _put_by(folder, slug, there, before)
        versions[kept["sha256"]] = kept
    entry = {
        "file": path.name,
        "address": address,
        "fetched": _stamp(),
        "bytes": len(data),
        "sha256": sha256(data),
        "etag": etag,
        "last_modified": modified,
        "versions": list(versions.values()),
    }
    note(folder, slug, entry)
    write_bytes(path, data)
    if there is not None and there != path:
        there.unlink()
    return path


def _put_by(folder: Path, slug: str, there: Path, before: Mapping[str, Any]) -> dict[str, Any]:
    found = checksum(there)
    known = before if before.get("sha256") == found else {}
    day = str(known.get("fetched", "")) or _stamp(there.stat().st_mtime)
    kept = folder / FETCHED / VERSIONS / slug / f"{day[:10]}-{found[:12]}{there.suffix}"
    kept.parent.mkdir(parents=True, exist_ok=True)
    if not kept.exists():
        try:
            os.link(there, kept)
        except OSError:
            shutil.copyfile(there, kept)
    name = kept.relative_to(folder / FETCHED).as_posix()
    return {"file": name, "sha256": found, "fetched": day, "address": known.get("address", "")}


def touch(folder: Path, slug: str, path: Path, found: str, *, address: str, etag: str = "", modified: str = "") -> None:
    """Note by which address and marks a file that is as it was can be asked for next time."""
    before = record(folder).get(slug, {})
    entry = {"file": path.name, "fetched": _stamp(), "bytes": path.stat().st_size, "versions": []} | dict(before)
    entry |= {"address": address, "sha256": found, "etag": etag, "last_modified": modified}
    if entry != before:
        note(folder, slug, entry)


def _stamp(seconds: float | None = None) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def same_as(folder: Path) -> dict[str, str]:
    """Return the entries that turned out to be the same document as another one, which is held: slug by slug."""
    try:
        known = record(folder)
    except CorpusError:
        return {}
    return {
        slug: str(entry["same_as"])
        for slug, entry in known.items()
        if "same_as" in entry
        and (folder / FETCHED / str(known.get(str(entry["same_as"]), {}).get("file", "?"))).is_file()
    }
