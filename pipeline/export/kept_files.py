"""Files of one document or work that a run takes over from the one before, where they are made of the same."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from extractors.text.identity import make_identity
from pipeline.files import json_text, write_text
from pipeline.translation import current_language
from pipeline.version import build


class KeptFiles:
    """The files of `before` (the last `latest`), linked into `folder` as they are instead of being written again.

    `listing` is a JSON file that says what each was made of, its size and when it was written: one that somebody changed
    since is written again. So the date in a file is that of the run that found what stands in it.
    """

    def __init__(self, folder: Path, before: Path, listing: Path) -> None:
        self._folder, self._before, self._listing = folder, before, listing
        self._keys: dict[str, str] = {}
        try:
            self._known: Mapping[str, list[object]] = dict(json.loads(listing.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            self._known = {}

    def has_taken(self, path: Path, *parts: object) -> bool:
        """Put the file of the run before at `path` where it was made of the same `parts` in the same language, and tell
        whether it is there now."""
        name = path.relative_to(self._folder).as_posix()
        key = self._keys[name] = make_identity(build(), current_language(), name, *map(repr, parts))
        old = self._before / name
        try:
            if self._known.get(name) != _state(key, old):
                return False
            with suppress(OSError):  # no links on this disk, or not to another one
                os.link(old, path)
                return True
            shutil.copy2(old, path)
            return True
        except OSError:
            return False

    def note(self) -> None:
        """Write what the files of this run were made of, for the next one."""
        self._listing.parent.mkdir(parents=True, exist_ok=True)
        files = {name: self._folder / name for name in self._keys}
        held = {name: _state(self._keys[name], path) for name, path in files.items() if path.is_file()}
        write_text(self._listing, json_text(held))


def _state(key: str, path: Path) -> list[object]:
    told = path.stat()
    return [key, told.st_size, told.st_mtime_ns]
