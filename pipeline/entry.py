"""A proposed manifest entry for a file or an address, appended to the manifest without touching what is there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import yaml

from pipeline import latest
from pipeline.corpus import MANIFEST, SUFFIXES, Source, parse_manifest, read_manifest, slug_of
from pipeline.errors import CorpusError

ADDED = "added"
"""Folder inside the corpus for files that were added from elsewhere."""


def propose(folder: Path, what: str) -> Source:
    """Return an entry for a file or an http(s) address, with a slug that is still free.

    Of a file, title, issuing body, date and language are taken from what it says of itself; its address is where it
    is in the corpus, or where `append` puts it. An address is only noted. Raises CorpusError for anything else and
    InputError for a file that cannot be read.
    """
    path = folder / MANIFEST
    taken = {source.slug.casefold() for source in read_manifest(path).sources} if path.is_file() else set()
    if what.startswith(("http://", "https://")):
        try:
            httpx.URL(what)
        except httpx.InvalidURL as error:
            raise CorpusError(f"{what}: not an address: {error}") from None
        parts = urlsplit(what)
        name = Path(unquote(parts.path)).stem or parts.hostname or "document"
        return Source(slug=_free(slug_of(name), taken), addresses=(what.replace(" ", "%20"),))
    file = Path(what)
    if not file.is_file():
        raise CorpusError(f"{what}: neither a file nor an http(s) address")
    if file.suffix.lower() not in SUFFIXES:
        raise CorpusError(f"{what}: not a document: {', '.join(SUFFIXES[:-1])} are")
    from pipeline.document import described

    said = described(file)
    slug = _free(slug_of(file.stem), taken)
    here = folder.resolve()
    inside = file.resolve() if file.resolve().is_relative_to(here) else here / ADDED / f"{slug}{file.suffix.lower()}"
    address = "file:" + inside.relative_to(here).as_posix()
    return Source.model_validate({"slug": slug, "addresses": (address,), **said})


def _free(slug: str, taken: set[str]) -> str:
    forms = (slug if n == 1 else f"{slug}-{n}" for n in range(1, len(taken) + 2))
    return next(form for form in forms if form.casefold() not in taken)


def text(source: Source, indent: str = "  ") -> str:
    """Return an entry as it stands in the manifest (values as JSON strings, which are YAML as well)."""
    values: dict[str, Any] = {
        name: getattr(source, name) for name in ("slug", "symbol", "title", "kind", "iscm", "date", "language")
    }
    shown = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value]
    shown += ["addresses:", *(f"  - {json.dumps(address, ensure_ascii=False)}" for address in source.addresses)]
    return f"{indent}- " + f"\n{indent}  ".join(shown) + "\n"


def append(folder: Path, source: Source, file: Path | None = None) -> Path:
    """Add an entry at the end of the manifest in one step, and make the manifest when there is none.

    What is there stays as it is, comments included. `file` is copied to where the entry expects it, unless it is there.
    Raises CorpusError when the manifest is not valid, when the entry has to be added by hand (`sources` is written in
    one line, or is not the last block), or when another file stands where this one should go.
    """
    path = folder / MANIFEST
    before = path.read_text(encoding="utf-8-sig").rstrip() if path.is_file() else ""
    count = len(parse_manifest(before, str(path)).sources) if before else 0
    before = before if count else before.removesuffix("sources: []").rstrip()
    head = before if count or before.endswith("sources:") else f"{before}\nsources:".lstrip()
    after = f"{head}\n\n{text(source, _indent(before) if count else '  ')}"
    try:
        found = parse_manifest(after, str(path)).sources
    except CorpusError:
        found = ()
    if len(found) != count + 1 or found[-1] != source:
        raise CorpusError(f"{path}: the entry cannot be appended: add it by hand under sources: {text(source, '')}")
    if file is not None:
        _copy(file, folder / source.addresses[0].removeprefix("file:"))
    latest.write_text(path, after)
    return path


def _indent(manifest: str) -> str:
    """How far the entries that are there stand in."""
    root = yaml.compose(manifest, Loader=yaml.SafeLoader)
    nodes = [value for key, value in root.value if key.value == "sources"] if root is not None else []
    return " " * nodes[0].start_mark.column if nodes else "  "


def _copy(file: Path, place: Path) -> None:
    if place.exists() and place.samefile(file):
        return
    if place.exists():
        raise CorpusError(f"{place}: already there: rename {file.name} or remove it")
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, place)
