"""How long an analyst waits for the picture of a page and for a search.

Run it with `GCMREFS_CORPUS=... python -m benchmarks.review_page`; without the variable the sample is used. Figures are
seconds, medians over fresh pages, processes or searches.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pypdfium2

from extractors.model import Paragraph
from pipeline.extract.document import Processed
from pipeline.files import checksum
from pipeline.ingest import read_document
from pipeline.segment import split_paragraphs
from pipeline.store import documents
from pipeline.webapp.pictures import page_image
from pipeline.webapp.search import index

DOCUMENTS = (Path("un") / "A_RES_73_195.pdf", Path("un_pdf") / "A_RES_73_6-EN.pdf")
SAMPLE = Path("corpus") / "sample"
ROUNDS = 5
PAGES = 5
PARAGRAPHS = 50_000
QUERIES = ("forum", '"regional consultative"', "migra*", "diaspora OR remittances -forum")
GOALS = {"first page, process start included": 0.5, "next page": 0.5, "page from cache": 0.005}
"""The most seconds that a figure may be; the others are figures to watch."""


def ratios() -> list[tuple[str, float, str]]:
    """Rows of (name, seconds, how it was measured)."""
    return [*_pictures(), *_searches()]


def _sources() -> list[Path]:
    folder = Path(os.environ.get("GCMREFS_CORPUS", "corpus"))
    found = [folder / name for name in DOCUMENTS if (folder / name).is_file()]
    return found or sorted(SAMPLE.glob("*.pdf"))


def _timed(work: Callable[..., object], *values: object) -> float:
    began = time.perf_counter()
    work(*values)
    return time.perf_counter() - began


def _view(path: Path, page: int, folder: Path, digest: str) -> None:
    page_image.page_size(path, page, folder=folder, sha256=digest)
    page_image.render(path, page, folder=folder, sha256=digest)


def _pictures() -> Iterator[tuple[str, float, str]]:
    sources = [(path, checksum(path), _pages(path)) for path in _sources()]
    names = ", ".join(path.stem for path, _, _ in sources)
    cold: list[float] = []
    fresh: list[float] = []
    cached: list[float] = []
    with tempfile.TemporaryDirectory() as place:
        for turn in range(ROUNDS):
            folder = Path(place) / str(turn)
            for path, digest, pages in sources:
                page_image.close()
                cold.append(_timed(_view, path, 1, folder, digest))
                fresh += [_timed(_view, path, page, folder, digest) for page in range(2, min(PAGES, pages) + 1)]
                cached.append(_timed(_view, path, 1, folder, digest))
        page_image.close()
    how = f"{names}; size and picture, 900 pixels wide"
    yield "first page, process start included", median(cold), f"{how}, {len(cold)} processes"
    if fresh:
        yield "next page", median(fresh), f"{how}, {len(fresh)} pages"
    yield "page from cache", median(cached), f"{how}, {len(cached)} times"


def _pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def _searches() -> Iterator[tuple[str, float, str]]:
    texts = [p for path in _sources() for p in split_paragraphs(read_document(path))]
    copies = PARAGRAPHS // len(texts) + 1
    lines = tuple(Paragraph(n, str(n), p.kind, p.text) for n, p in enumerate(texts, 1))
    with tempfile.TemporaryDirectory() as place, documents.opened(f"sqlite:///{Path(place) / 'gcmrefs.db'}") as engine:
        for number in range(copies):
            slug = f"d{number}"
            done = Processed(slug, "", slug, "", "", "en", "pdf", 1, False, lines, (), ())
            documents.write(engine, done, key="", run_id="r")
        how = f"SQLite, {copies * len(lines):,} paragraphs in {copies} documents"
        yield "indexing all paragraphs", _timed(index.refresh, engine), how
        times = [_timed(index.find, engine, query) for query in QUERIES for _ in range(ROUNDS)]
        yield "search", median(times), f"{how}, {len(QUERIES)} queries"


def main() -> None:
    """Print the rows."""
    for name, figure, how in ratios():
        goal = f"goal {GOALS[name]:g}" if name in GOALS else ""
        print(f"{name:<38} {figure:8.4f} s   {goal:<12} {how}")


if __name__ == "__main__":
    main()
