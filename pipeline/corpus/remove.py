"""An entry taken out of the manifest, without touching the others; its file is kept where no run reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.corpus import fetched
from pipeline.corpus.add import ADDED
from pipeline.corpus.discovery import located, select_sources
from pipeline.corpus.fetched import FETCHED, VERSIONS
from pipeline.corpus.manifest import MANIFEST, parse_manifest
from pipeline.errors import CorpusError
from pipeline.files import write_text


@dataclass(frozen=True, slots=True)
class Removal:
    """What became of the file of an entry: `kept` is where it is now, `is_read` tells that runs still read it there."""

    slug: str
    kept: Path | None
    is_read: bool = False


def remove_source(folder: Path, slug: str) -> Removal:
    """Take an entry out of the manifest; decisions about its references stay in the store and apply again when it is back.

    A file that was fetched or added goes to `fetched/versions/<slug>/`; one that a person put elsewhere stays, and is read as a
    document without an entry. Raises CorpusError for an unknown slug, and where the entry has to be removed by hand.
    """
    (source,) = select_sources(folder, [slug])
    path = folder / MANIFEST
    before = path.read_text(encoding="utf-8-sig")
    after = _without(before, slug)
    old = parse_manifest(before, str(path))
    rest = tuple(other for other in old.sources if other != source)
    if after is None or (new := parse_manifest(after, str(path))).sources != rest or new.watch != old.watch:
        raise CorpusError(f"{path}: the entry {slug} cannot be taken out: do it by hand")
    file = located(folder, source)
    others = {located(folder, other) for other in rest}
    write_text(path, after)
    fetched.forget(folder, slug)
    if file is None or file in others:
        return Removal(slug, None)
    if file.relative_to(folder).parts[0] not in (FETCHED, ADDED):
        return Removal(slug, file, is_read=True)
    kept = folder / FETCHED / VERSIONS / slug / f"removed-{file.name}"
    kept.parent.mkdir(parents=True, exist_ok=True)
    file.replace(kept)
    return Removal(slug, kept)


def _without(before: str, slug: str) -> str | None:
    """The manifest's text without the lines of one entry; None where its entries do not stand in lines of their own."""
    lines = before.splitlines()
    root = yaml.compose(before, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    place = next((n for n, (key, _) in enumerate(pairs) if key.value == "sources"), None)
    if place is None or not isinstance(pairs[place][1], yaml.SequenceNode) or pairs[place][1].flow_style:
        return None
    key, value = pairs[place]
    stop = pairs[place + 1][0].start_mark.line if place + 1 < len(pairs) else len(lines)
    starts = [entry.start_mark.line for entry in value.value]
    slugs = [next((v.value for k, v in entry.value if k.value == "slug"), "") for entry in value.value]
    at = slugs.index(slug)
    start, end = starts[at], [*starts, stop][at + 1]
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    while end < len(lines) and not lines[end].strip():
        end += 1
    if len(starts) == 1:
        lines[key.start_mark.line] = "sources: []"
    return "\n".join([*lines[:start], *lines[end:], ""])
