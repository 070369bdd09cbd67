"""The page behind a reference: its picture, its size, and where the boxes of the words stand on it.

Pictures are painted by a process of its own (`pipeline.webapp.pictures.painter`) and kept in a folder of bounded size. No path
comes from outside: a document is named by its slug, found in the corpus, and shown only while it has the bytes that
were read.
"""

from __future__ import annotations

import atexit
import json
import math
import os
import re
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from extractors.model import Region
from pipeline.corpus.discovery import discover
from pipeline.errors import GcmrefsError, InputError
from pipeline.files import checksum, write_bytes, write_text
from pipeline.settings import Limits, Settings
from pipeline.webapp.pictures.painter import SECONDS, Order, Painter, PainterLost

WIDTHS = range(100, 2_401)
"""Widths of pictures in pixels."""
KEPT_BYTES = 500_000_000
"""Size of the folder of pictures; the ones that were not looked at for longest go."""
REFUSED_SECONDS = 600.0
"""How long a page that cost too much is refused at once."""
LOOK_SECONDS = 2.0
"""The corpus is searched again for a file at most this often."""
_SHARE_LEFT = 0.9
_NUMBER = r"-?\d{1,6}(?:\.\d{1,4})?"
_REGION = re.compile(rf"(\d{{1,6}}):({_NUMBER}),({_NUMBER}),({_NUMBER}),({_NUMBER})", re.ASCII)

_painter = Painter()
_refused: dict[tuple[str, int], float] = {}
_held: dict[Path, int] = {}
_hold = threading.Lock()


class PageSize(NamedTuple):
    """Width and height in points of a page as it is displayed: `viewBox="0 0 {width} {height}"`."""

    width: float
    height: float


class Box(NamedTuple):
    """A rectangle in points from the page's top left corner, as SVG's `rect` takes it; it lies inside the page."""

    x: float
    y: float
    width: float
    height: float


def warm() -> None:
    """Start the painting process before the first page is asked for."""
    _painter.warm()


@atexit.register
def close() -> None:
    """End the painting process; it starts again when there is a page to paint."""
    _painter.close()


def render(path: Path, page: int, *, width: int = 900, folder: Path, sha256: str, limits: Limits | None = None) -> Path:
    """Paint one page of a PDF (from 1) as PNG and return the file, `<folder>/<sha256>/<page>-<width>.png`.

    Painted once; after that the file is there. The picture is of the whole MediaBox, upright as `/Rotate` says: the
    corner from which the boxes of the text count. `width` is in pixels; very long or large pages come out smaller.
    The picture is always one of the bytes with that `sha256`, also when the file changes meanwhile.

    Raises InputError: the file changed, is no PDF, is damaged or encrypted, has no such page, or costs too much time or
    memory; GcmrefsError for a width outside `WIDTHS` or a folder that cannot be written.

        picture = render(path, 3, folder=settings.outputs / "store" / "pages", sha256=digest)
    """
    if width not in WIDTHS:
        raise GcmrefsError(f"width {width}: pictures are {WIDTHS[0]} to {WIDTHS[-1]} pixels wide")
    place = _place(folder, sha256)
    picture = place / f"{_checked(path, page)}-{width}.png"
    try:
        os.utime(picture)
        return picture
    except OSError:
        pass
    _paint(path, page, width, place, sha256, limits)
    return picture


def page_size(path: Path, page: int, *, folder: Path, sha256: str, limits: Limits | None = None) -> PageSize:
    """Return the size of a page that `render` paints, without painting it; kept beside the pictures.

    Raises what `render` raises.
    """
    place = _place(folder, sha256)
    kept = place / f"{_checked(path, page)}.json"
    try:
        width, height = json.loads(kept.read_text(encoding="ascii"))
        return PageSize(float(width), float(height))
    except (OSError, ValueError, TypeError):
        return _paint(path, page, 0, place, sha256, limits)


def parse_regions(text: str) -> tuple[Region, ...]:
    """Return the rectangles of the columns `regions`; what is none is left out, for the page is shown all the same.

    >>> parse_regions("1:72.0,80.1,300.2,92.0;2:70.5,60.0,90.0,71.0")[1]
    Region(page=2, x0=70.5, top=60.0, x1=90.0, bottom=71.0)
    """
    found = (_REGION.fullmatch(part) for part in text.split(";"))
    return tuple(Region(int(m[1]), *(float(m[n]) for n in (2, 3, 4, 5))) for m in found if m)


def boxes(regions: Iterable[Region], page: int, size: PageSize, *, margin: float = 1.5) -> tuple[Box, ...]:
    """Return the rectangles on one page, `margin` points wider on each side and cut at the page's edge.

    >>> boxes(parse_regions("1:72.0,80.0,300.0,92.0"), 1, PageSize(612, 792), margin=1.0)
    (Box(x=71.0, y=79.0, width=230.0, height=14.0),)
    """
    found = []
    for region in regions:
        x0, x1 = max(region.x0 - margin, 0.0), min(region.x1 + margin, size.width)
        top, bottom = max(region.top - margin, 0.0), min(region.bottom + margin, size.height)
        if region.page == page and x0 < x1 and top < bottom:
            found.append(Box(round(x0, 2), round(top, 2), round(x1 - x0, 2), round(bottom - top, 2)))
    return tuple(found)


def _place(folder: Path, sha256: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise GcmrefsError(f"{sha256[:80]!r}: no sha256")
    return folder / sha256


def _checked(path: Path, page: int) -> int:
    if not 1 <= page <= 999_999:
        raise InputError(path.name, f"no page {page}")
    return page


def _paint(path: Path, page: int, width: int, place: Path, sha256: str, limits: Limits | None) -> PageSize:
    limits = limits or Limits()
    costly = InputError(
        path.name, f"page {page} is not drawn within {SECONDS:g} seconds and bounded memory", "read the text instead"
    )
    if _refused.get((sha256, page), -math.inf) > time.monotonic() - REFUSED_SECONDS:
        raise costly
    try:
        painted = _painter.paint(Order(str(path.absolute()), sha256, page, width, limits.bytes, limits.pages))
    except PainterLost:
        if len(_refused) > 1_000:
            _refused.clear()
        _refused[sha256, page] = time.monotonic()
        raise costly from None
    size = PageSize(painted.width, painted.height)
    try:
        place.mkdir(parents=True, exist_ok=True)
        if not (kept := place / f"{page}.json").is_file():
            write_text(kept, json.dumps(size))
        if width:
            write_bytes(place / f"{page}-{width}.png", painted.png)
            _keep(place.parent, len(painted.png), KEPT_BYTES)
    except OSError as error:
        raise GcmrefsError(f"{place.parent}: cannot be written: {error.strerror}: give --outputs") from None
    return size


def _keep(folder: Path, more: int, most: int) -> None:
    """Count what was written; beyond `most` bytes remove the files not looked at for longest, down to a tenth below.

    The folder is only looked through at the first writing and when it is full.
    """
    with _hold:
        if folder in _held:
            _held[folder] += more
            if _held[folder] <= most:
                return
        files = []
        for path in folder.glob("*/*"):
            with suppress(OSError):
                state = path.stat()
                files.append((state.st_mtime, str(path), state.st_size))
        total = sum(size for _, _, size in files)
        if total > most:
            for _, name, size in sorted(files):
                if total <= _SHARE_LEFT * most:
                    break
                Path(name).unlink(missing_ok=True)
                total -= size
            for place in folder.iterdir():
                with suppress(OSError):
                    place.rmdir()
        _held[folder] = total


class _Files:
    """Which file each document of a corpus is, and which bytes it has, as long as neither needs to be asked anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paths: dict[tuple[Path, str], Path] = {}
        self._looked: dict[Path, float] = {}
        self._sums: dict[Path, tuple[tuple[int, int, int], str]] = {}

    def find(self, folder: Path, slug: str, sha256: str) -> Path | None:
        with self._lock:
            path = self._paths.get((folder, slug))
            if path is not None and self._sum(path) == sha256:
                return path
            if self._looked.get(folder, -math.inf) > time.monotonic() - LOOK_SECONDS:
                return None
            try:
                documents = discover(folder).documents
            except GcmrefsError:
                documents = ()
            self._looked[folder] = time.monotonic()
            self._paths = {key: known for key, known in self._paths.items() if key[0] != folder}
            self._paths |= {(folder, document.slug): document.path for document in documents}
            path = self._paths.get((folder, slug))
            return path if path is not None and self._sum(path) == sha256 else None

    def _sum(self, path: Path) -> str:
        try:
            state = path.stat()
            mark = (state.st_mtime_ns, state.st_size, state.st_ino)
            known = self._sums.get(path)
            if known is None or known[0] != mark:
                known = self._sums[path] = (mark, checksum(path))
        except OSError:
            return ""
        return known[1]


_files = _Files()


def source_file(settings: Settings, slug: str, sha256: str) -> Path | None:
    """Return the file of a document of the corpus, None when it is not there or no longer has the bytes that were read.

    Found by slug among the documents of the corpus, so that nothing in a request can name another file. The sum of a
    file is reckoned once and again when its time or size changed; a new file shows after `LOOK_SECONDS`.
    """
    return _files.find(settings.corpus.absolute(), slug, sha256)
