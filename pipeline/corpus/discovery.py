"""Which documents a corpus folder holds: those of its manifest, and files beside it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from extractors.text.identity import make_identity
from pipeline.corpus.fetched import FETCHED, VERSIONS, record, same_as
from pipeline.corpus.manifest import MANIFEST, SUFFIXES, Source, read_manifest
from pipeline.errors import CorpusError
from pipeline.files import checksum, natural

SAMPLE = "sample"
UNREAD = frozenset(".docm .dot .dotx .odt .ott .fodt .rtf .wps .wpd .pages .epub .xps".split())
"""Documents of other programs, of which none is read: named where they lie, so that nobody takes them for read."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the corpus together with what the manifest says of it (only the slug when it says nothing)."""

    source: Source
    path: Path

    @property
    def slug(self) -> str:
        return self.source.slug


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a folder holds: the documents in the order of the tables, manifest entries without a file yet, and files `skipped`
    because their format is not read."""

    folder: Path
    documents: tuple[Document, ...]
    missing: tuple[Source, ...] = ()
    is_sample: bool = False
    skipped: tuple[Path, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """One line for each file that is not read, with the remedy."""
        told = "not read: save it as PDF, Word (.docx), HTML or plain text"
        return tuple(f"{path.relative_to(self.folder).as_posix()}: {told}" for path in self.skipped)


def slug_of(name: str) -> str:
    """Return the slug that a file name or title stands for: letters, digits, `.`, `_` and `-` only.

    >>> slug_of("A_RES_73_195 (final)")
    'A_RES_73_195-final'
    """
    text = re.sub(r"[^\w.\-]+", "-", unicodedata.normalize("NFC", name)).strip("-._")
    return text[:100].rstrip("-._") or "document"


def free_slug(slug: str, taken: Container[str]) -> str:
    """Return a slug that is none of those taken (in small letters): the one given, else the first with a number that is free.

    >>> free_slug("Declaration", {"declaration", "declaration-2"})
    'Declaration-3'
    """
    forms = (slug if n == 1 else f"{slug}-{n}" for n in count(1))
    return next(form for form in forms if form.casefold() not in taken)


def make_slugs(files: Iterable[PurePosixPath], taken: Iterable[str] = ()) -> dict[PurePosixPath, str]:
    """Give each file (relative to its folder) a slug of its own.

    The stem serves where it is the only one; where stems collide, all that share it carry their format; where that
    is not enough (same name in two folders), the folders; and where even that collides, a hash of the path. The
    outcome depends on the set of files only, never on the order in which the disk lists them.

    >>> files = [PurePosixPath("un/A_RES_73_195.pdf"), PurePosixPath("un/A_RES_73_195.docx")]
    >>> sorted(make_slugs(files).values())
    ['A_RES_73_195.docx', 'A_RES_73_195.pdf']
    """
    forms: tuple[Callable[[PurePosixPath], str], ...] = (
        lambda f: slug_of(f.stem),
        lambda f: slug_of(f.name),
        lambda f: slug_of("-".join(f.parts)),
        lambda f: f"{slug_of(f.stem)[:80]}-{make_identity(*f.parts)}",
    )
    done: dict[PurePosixPath, str] = {}
    left = sorted(set(files))
    used = {slug.casefold() for slug in taken}
    for form in forms:
        counts = Counter(form(f).casefold() for f in left)
        free = [f for f in left if counts[form(f).casefold()] == 1 and form(f).casefold() not in used]
        done |= {f: form(f) for f in free}
        used |= {slug.casefold() for slug in counts}
        left = [f for f in left if f not in done]
    return done


def inside(folder: Path, address: str) -> Path | None:
    """Return the file that a `file:` address names, or None when it is not there or leaves the folder by a link."""
    path = folder / address.removeprefix("file:")
    try:
        resolved = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return path if resolved.is_file() and resolved.is_relative_to(folder.resolve()) else None


def located(folder: Path, source: Source) -> Path | None:
    """Return the file of a manifest entry: the fetched one, else the first of its `file:` addresses that is there."""
    for suffix in SUFFIXES:
        if (path := folder / FETCHED / f"{source.slug}{suffix}").is_file():
            return path
    found = (inside(folder, address) for address in source.addresses if address.startswith("file:"))
    return next((path for path in found if path is not None), None)


def files_in(folder: Path, suffixes: Container[str] = SUFFIXES) -> list[Path]:
    """Return every document file in a folder and its sub-folders, sorted as people sort; hidden ones are passed over."""
    found = []
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "~$")) for part in parts)
        if path.suffix.lower() in suffixes and path.stem.lower() != "readme" and not hidden and path.is_file():
            found.append(path)
    return sorted(found, key=lambda p: _order(p.relative_to(folder).as_posix()))


def _order(name: str) -> tuple[object, ...]:
    return natural(name), name


def discover(folder: Path) -> Corpus:
    """Return the documents of a corpus folder, in an order that is always the same.

    Manifest entries come first, in the manifest's order, as far as their file is there; then every other document file
    in the folder, `d2` before `d10`. The sample (its text forms) stands in when there is nothing else, so that the first run
    needs no network. A folder without a manifest is simply all its documents.

    Raises CorpusError when the folder or its manifest cannot be used, or no document is found.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder: give --corpus, or start one: gcmrefs init DIR")
    manifest = read_manifest(folder / MANIFEST) if (folder / MANIFEST).is_file() else None
    sources = manifest.sources if manifest else ()
    there = {source.slug: path for source in sources if (path := located(folder, source)) is not None}
    documents = [Document(source, there[source.slug]) for source in sources if source.slug in there]
    same = same_as(folder)
    missing = tuple(source for source in sources if source.slug not in there and source.slug not in same)
    used = {path.resolve() for path in there.values()}
    kept = (FETCHED, SAMPLE) if manifest else ()
    loose = [f for f in files_in(folder) if f.relative_to(folder).parts[0] not in kept and f.resolve() not in used]
    documents += _unlisted(folder, loose, taken=[source.slug for source in sources])
    sample = not documents and manifest is not None
    if sample:
        documents = _unlisted(folder / SAMPLE, [f for f in files_in(folder / SAMPLE) if f.suffix == ".txt"])
    skipped = [f for f in files_in(folder, UNREAD) if f.relative_to(folder).parts[0] not in kept]
    found = Corpus(folder, tuple(documents), missing, sample, tuple(skipped))
    if not documents:
        first = f" ({found.warnings[0]})" if skipped else ""
        raise CorpusError(f"{folder}: no documents: put files there or run gcmrefs corpus fetch{first}")
    return found


def _unlisted(folder: Path, files: Iterable[Path], taken: Iterable[str] = ()) -> list[Document]:
    relative: Mapping[PurePosixPath, Path] = {PurePosixPath(f.relative_to(folder).as_posix()): f for f in files}
    slugs = make_slugs(relative, taken)
    return [Document(Source(slug=slugs[name]), relative[name]) for name in sorted(slugs, key=lambda n: _order(str(n)))]


def listed(folder: Path) -> list[dict[str, object]]:
    """Return one row a document: those of the manifest, there or not, then every other file of the folder.

    States: `fetched` (an entry whose file is there), `file` (a file without an entry), `sample`, `not fetched`, `same` (the
    document that another entry holds under another address).
    Raises CorpusError when the folder or its manifest cannot be used.
    """
    entries = read_manifest(folder / MANIFEST).sources if (folder / MANIFEST).is_file() else ()
    try:
        found = discover(folder)
        documents, sample = found.documents, found.is_sample
    except CorpusError:
        if not entries:
            raise
        documents, sample = (), False
    paths = {document.slug: document.path for document in documents}
    slugs = {source.slug for source in entries}
    same = same_as(folder)
    rows = [
        _row(source, "fetched" if source.slug in paths else "same" if source.slug in same else "not fetched", paths)
        for source in entries
    ]
    others = [document.source for document in documents if document.slug not in slugs]
    return rows + [_row(source, "sample" if sample else "file", paths) for source in others]


def _row(source: Source, state: str, paths: dict[str, Path]) -> dict[str, object]:
    return {
        "document": source.slug,
        "state": state,
        "symbol": source.symbol,
        "kind": source.kind if source.title else "",
        "language": source.language,
        "date": source.date,
        "iscm": source.iscm,
        "title": source.title,
        "file": str(paths.get(source.slug, "")),
        "addresses": list(source.addresses),
    }


def select_sources(folder: Path, slugs: Sequence[str] = ()) -> tuple[Source, ...]:
    """Return the manifest's entries, or those of the given slugs.

    Raises CorpusError when there is no valid manifest, or no entry of a given slug.
    """
    if not (folder / MANIFEST).is_file():
        raise CorpusError(f"{folder / MANIFEST}: no such file: gcmrefs corpus add FILE|URL makes one")
    every = read_manifest(folder / MANIFEST).sources
    known = {source.slug for source in every}
    if unknown := [slug for slug in slugs if slug not in known]:
        raise CorpusError(f"{folder / MANIFEST}: no such entry: {', '.join(unknown)}")
    return tuple(source for source in every if not slugs or source.slug in slugs)


def check_files(folder: Path, sources: Sequence[Source]) -> list[tuple[str, str, str]]:
    """Return (slug, state, detail) of every entry and every stray file in `fetched/`.

    States: `ok` (detail: checksum), `not fetched`, `same` (the document that another entry holds), `changed` (no longer
    what was fetched), `stray` (a file that no entry names; it is not read).
    """
    known, same = record(folder), same_as(folder)
    out, used = [], set()
    for source in sources:
        path = located(folder, source)
        if path is None and source.slug in same:
            out.append((source.slug, "same", f"the same document as {same[source.slug]}"))
            continue
        if path is None:
            out.append((source.slug, "not fetched", source.addresses[0] if source.addresses else "no address known"))
            continue
        used.add(path)
        digest = checksum(path)
        entry = known.get(source.slug, {})
        as_fetched = entry.get("file") != path.name or entry.get("sha256") == digest
        out.append((source.slug, "ok" if as_fetched else "changed", digest))
    earlier = folder / FETCHED / VERSIONS
    files = files_in(folder / FETCHED) if (folder / FETCHED).is_dir() else []
    stray = [path for path in files if path not in used and not path.is_relative_to(earlier)]
    return out + [(path.name, "stray", "no entry of the manifest has this slug") for path in stray]
