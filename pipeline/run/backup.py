"""A backup: documents, manifest, lexicons of one's own and all decisions in one verified archive, and back again.

What a run can compute anew (tables, what was found) is left out. The archive is a zip: `backup.json` lists every other member with its
checksum, `decisions.jsonl` has the ledger a line a decision, `assignments.jsonl` who codes what (where anything was assigned),
`corpus/` and `lexicons/` the files.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from extractors.lexicon.yaml_file import own_folder
from pipeline.errors import GcmrefsError
from pipeline.files import locked
from pipeline.log import keep_log, note
from pipeline.review import assignments, ledger
from pipeline.review.assignments import read_assignments
from pipeline.settings import Settings
from pipeline.store import documents as store
from pipeline.version import read_version

FORMAT = 1
LISTING, DECISIONS, ASSIGNMENTS = "backup.json", "decisions.jsonl", "assignments.jsonl"
CORPUS, LEXICONS = "corpus", "lexicons"
MOST_FILES, MOST_BYTES, MOST_LISTING = 100_000, 50_000_000_000, 50_000_000
"""Members of an archive, bytes of all of them unpacked, and bytes of its listing: beyond that it is refused unread."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What an archive holds: numbers of files and decisions, when it was made, with which version and which settings."""

    files: int
    decisions: int
    made: str
    version: str
    settings: Mapping[str, Any]


def write_backup(settings: Settings, file: Path) -> BackupContents:
    """Write an archive in one step and read it back; one that is there is replaced only by a whole one.

    Runs wait meanwhile. The address of the store is left out, for it may hold a password. Raises GcmrefsError when the corpus cannot be
    read or the file cannot be written.
    """
    if not settings.corpus.is_dir():
        raise GcmrefsError(f"{settings.corpus}: no such folder: give --corpus")
    keep_log(settings.outputs, is_json=settings.log == "json")
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    has_store = bool(settings.database_url) or (settings.outputs / "store" / "gcmrefs.db").is_file()
    try:
        if has_store and os.access(settings.outputs, os.W_OK):
            with locked(settings.outputs):
                _write(settings, part, file, has_store=has_store)
        else:
            _write(settings, part, file, has_store=has_store)
        contents = _checked(part)
        part.replace(file)
    except OSError as error:
        raise GcmrefsError(f"{file}: cannot be written: {error.strerror or error}") from None
    finally:
        part.unlink(missing_ok=True)
    note("backup written", file=file, files=contents.files, decisions=contents.decisions)
    return contents


def _write(settings: Settings, part: Path, file: Path, *, has_store: bool) -> None:
    rows: list[dict[str, Any]] = []
    assigned: list[dict[str, Any]] = []
    if has_store:
        with store.opened(store.address(settings), is_reading=True) as opened:
            rows = ledger.rows(opened)
            assigned = assignments.rows(opened) if read_assignments(opened).every else []
    own = own_folder()
    listed: dict[str, str] = {}
    with zipfile.ZipFile(part, "x", zipfile.ZIP_DEFLATED) as archive:
        for folder, name in [(settings.corpus, CORPUS), *([(own, LEXICONS)] if own is not None else [])]:
            for path in _files(folder):
                if not path.samefile(part) and not (file.exists() and path.samefile(file)):
                    inner = f"{name}/{path.relative_to(folder).as_posix()}"
                    with path.open("rb") as source, archive.open(_info(inner, path), "w", force_zip64=True) as target:
                        listed[inner] = _copied(source, target)
        for name, lines in ((DECISIONS, rows), *([(ASSIGNMENTS, assigned)] if assigned else [])):
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode("utf-8")
            archive.writestr(name, text)
            listed[name] = hashlib.sha256(text).hexdigest()
        about = {
            "format": FORMAT,
            "version": read_version(),
            "made": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "settings": {"footnotes": settings.footnotes, "has_own_lexicons": own is not None},
            "decisions": len(rows),
            "files": listed,
        }
        archive.writestr(LISTING, json.dumps(about, ensure_ascii=False, indent=1))


def _files(folder: Path) -> Iterator[Path]:
    """Every file of a folder by name, but locks and what leads out of it by a link."""
    here = folder.resolve()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".lock") and path.resolve().is_relative_to(here):
            yield path


def _info(name: str, path: Path) -> zipfile.ZipInfo:
    at = datetime.fromtimestamp(max(path.stat().st_mtime, 315_619_200))
    info = zipfile.ZipInfo(name, at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _copied(source: IO[bytes], target: IO[bytes] | None) -> str:
    """Copy all bytes (or only read them, without a target) and return their sha256."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        if target is not None:
            target.write(chunk)
    return digest.hexdigest()


def restore_backup(settings: Settings, file: Path) -> BackupContents:
    """Unpack an archive into a corpus folder that is not there yet, and put its decisions into a store that has none.

    Everything is checked before anything is written: names that lead out of the folders, links, members that are not listed, sizes,
    checksums, decisions. Lexicons of one's own go to `lexicons/` in the outputs. Raises GcmrefsError, with nothing written.
    """
    contents = _checked(file)
    if settings.corpus.exists() and (not settings.corpus.is_dir() or any(settings.corpus.iterdir())):
        raise GcmrefsError(f"{settings.corpus}: there already: give --corpus a new folder")
    lexicons = settings.outputs / LEXICONS
    if lexicons.exists():
        raise GcmrefsError(f"{lexicons}: there already: give other --outputs")
    with locked(settings.outputs), store.opened(store.address(settings)) as opened:
        if ledger.rows(opened):
            raise GcmrefsError(f"{settings.outputs}: its store has decisions already: give other --outputs")
        parts = {CORPUS: settings.corpus, LEXICONS: lexicons}
        staged = {name: place.with_name(f".{place.name}.{secrets.token_hex(4)}") for name, place in parts.items()}
        try:
            rows, assigned = _unpack(file, staged)
            ledger.restore(opened, rows)
            assignments.restore(opened, assigned)
            for name, place in parts.items():
                if staged[name].is_dir():
                    if place.is_dir():
                        place.rmdir()
                    staged[name].rename(place)
        except OSError as error:
            raise GcmrefsError(f"{settings.corpus}: cannot be written: {error.strerror or error}") from None
        finally:
            for place in staged.values():
                shutil.rmtree(place, ignore_errors=True)
    keep_log(settings.outputs, is_json=settings.log == "json")
    note("backup restored", file=file, files=contents.files, decisions=contents.decisions)
    return contents


def _unpack(file: Path, staged: Mapping[str, Path]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Write the files beside their places; return the decisions and the assignments."""
    staged[CORPUS].mkdir(parents=True)
    with zipfile.ZipFile(file) as archive:
        listed: Mapping[str, str] = json.loads(archive.read(LISTING))["files"]
        for name in listed:
            top, _, inner = name.partition("/")
            if name in (DECISIONS, ASSIGNMENTS):
                continue
            place = staged[top] / inner
            place.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, place.open("xb") as target:
                if _copied(source, target) != listed[name]:
                    raise GcmrefsError(f"{file}: {name}: changed while it was read: try again")
        return _rows(archive.read(DECISIONS), file), _assigned(archive, file)


def _checked(file: Path) -> BackupContents:
    """Read a whole archive and return what it holds. Raises GcmrefsError where anything is not as its listing says."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            about = _listing(archive, members, file)
            listed = about["files"]
            for info in members:
                if info.filename == LISTING:
                    continue
                with archive.open(info) as source:
                    if _copied(source, None) != listed[info.filename]:
                        raise GcmrefsError(f"{file}: {info.filename}: damaged: take another backup")
            rows = _rows(archive.read(DECISIONS), file)
            if len(rows) != about["decisions"]:
                raise GcmrefsError(f"{file}: decisions are missing: take another backup")
            _assigned(archive, file)
            files = len(listed.keys() - {DECISIONS, ASSIGNMENTS})
            return BackupContents(files, len(rows), str(about["made"]), str(about["version"]), dict(about["settings"]))
    except FileNotFoundError:
        raise GcmrefsError(f"{file}: no such file") from None
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError, RuntimeError, EOFError, NotImplementedError):
        raise GcmrefsError(f"{file}: no backup, or a damaged one: take another") from None
    except Exception as error:
        if isinstance(error, GcmrefsError) or type(error).__module__ != "zlib":
            raise
        raise GcmrefsError(f"{file}: damaged: take another backup") from None


def _listing(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo], file: Path) -> dict[str, Any]:
    names = [info.filename for info in members]
    size = sum(info.file_size for info in members)
    if len(members) > MOST_FILES or size > MOST_BYTES or len({name.casefold() for name in names}) < len(names):
        raise GcmrefsError(f"{file}: too large, or names twice: no backup of this program")
    if archive.getinfo(LISTING).file_size > MOST_LISTING:
        raise GcmrefsError(f"{file}: its listing is too large: no backup of this program")
    about: dict[str, Any] = json.loads(archive.read(LISTING))
    if about["format"] != FORMAT:
        raise GcmrefsError(f"{file}: made by a newer version ({about['version']}): install that one")
    for info in members:
        if not _is_safe(info):
            raise GcmrefsError(f"{file}: {info.filename!r} would leave its folder: no backup of this program")
    if set(names) != {LISTING, *about["files"]} or DECISIONS not in names:
        raise GcmrefsError(f"{file}: not the files that it lists: take another backup")
    return about


def _is_safe(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member is a plain file below `corpus/` or `lexicons/`, or one of those beside them."""
    name, kind = info.filename, stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or set(name) & set("\\:\0") or info.orig_filename != name:
        return False
    path = PurePosixPath(name)
    if name in (LISTING, DECISIONS, ASSIGNMENTS):
        return True
    return len(path.parts) > 1 and path.parts[0] in (CORPUS, LEXICONS) and ".." not in path.parts and str(path) == name


def _assigned(archive: zipfile.ZipFile, file: Path) -> list[dict[str, Any]]:
    """The assignments of an archive, none where it has none."""
    if ASSIGNMENTS not in archive.namelist():
        return []
    return _lines(archive.read(ASSIGNMENTS), file, "assignments", assignments.is_row)


def _rows(data: bytes, file: Path) -> list[dict[str, Any]]:
    return _lines(data, file, "decisions", ledger.is_row)


def _lines(data: bytes, file: Path, what: str, is_row: Callable[[object], bool]) -> list[dict[str, Any]]:
    """The lines of a member, each of the form that it must have."""
    lines = [json.loads(line) for line in data.decode("utf-8").split("\n") if line]
    if not all(map(is_row, lines)):
        raise GcmrefsError(f"{file}: {what} of an unknown form: made by another version")
    return lines
