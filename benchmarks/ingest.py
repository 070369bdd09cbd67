"""How fast PDFs are read, beside pdfplumber's own word extraction, how much memory long ones take, and what odd words cost.

Run it with `GCMREFS_CORPUS=... python -m benchmarks.ingest`. Times are medians of interleaved rounds in one run, so a
machine that is busy or slow shifts both sides alike.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import pdfplumber

from pipeline.extract.document import process_document
from pipeline.ingest.pdf.reader import read_pdf
from pipeline.settings import Limits

ROUNDS = 5
DOCUMENT = Path("un") / "A_RES_73_195.pdf"
PROSE = DOCUMENT.with_suffix(".txt")
LONG = Path("..") / "hostile" / "pages_300.pdf"
LONG_WORDS = {
    "digits": "1234567890", "dashes": "–", "leaders": ".", "spaces": "\u00a0", "capitals": "ABCDEFG", "Hangul": "가나다라마바사",
    "Thai": "กขค", "Arabic": "المهاجر", "marks on letters": "a\u0301\u0301", "signs": "(i)", "addresses": "http://a.",
}  # fmt: skip
"""What words without end are made of: once each took minutes, for some pattern tried each of its places anew."""
_LONG_WORD = 50_000
"""Bytes of such a word, and of the prose that it is compared with."""

_PEAK = """
import resource, sys
from pathlib import Path
from pipeline.ingest.pdf.reader import read_pdf
from pipeline.settings import Limits
read_pdf(Path(sys.argv[1]), name="a.pdf", sha256="", limits=Limits(seconds=600))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def ratios() -> list[tuple[str, float, str]]:
    """Rows of (name, figure, how it was measured) for reading A/RES/73/195; empty when the documents are not there.

    Figures are shares of the other side's time (below 1 is faster) or megabytes.
    """
    path = _corpus() / DOCUMENT
    if not path.is_file():
        return []
    limits = Limits(seconds=600)

    def one() -> None:
        read_pdf(path, name=path.name, sha256="", limits=limits)

    times = _interleaved(lambda: _bare(path), one)
    how = f"median of {ROUNDS} interleaved rounds, {_pages(path)} pages"
    rows = [
        ("PDF read / pdfplumber extract_words", times[1] / times[0], how),
    ]
    short = _peak(path)
    rows.append(("peak MB", short, f"{_pages(path)} pages, own process"))
    long = _corpus() / LONG
    if long.is_file():
        peak = _peak(long)
        rows.append(("peak MB, long document", peak, f"{_pages(long)} pages, own process"))
        rows.append(("growth in MB", peak - short, f"from {_pages(path)} to {_pages(long)} pages"))
    return rows


def write_long_word(path: Path, sign: str) -> Path:
    """Write a text with one word that is made of these signs; return its path."""
    word = sign * (_LONG_WORD // len(sign.encode()))
    path.write_text(
        f"The States agree to act: {word}.\n\nThe Global Forum on Migration and Development met.\n", "utf-8"
    )
    return path


def long_words() -> list[tuple[str, float, str]]:
    """The row of the kind of word without end that costs most, as a share of as much prose."""
    prose = (_corpus() / PROSE).read_text("utf-8")[:_LONG_WORD] if (_corpus() / PROSE).is_file() else ""
    if not prose:
        return []
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "prose.txt").write_text(prose, "utf-8")
        paths = [Path(place) / "prose.txt"]
        paths += [write_long_word(Path(place) / f"{kind}.txt", sign) for kind, sign in LONG_WORDS.items()]
        times = _interleaved(*(partial(process_document, path) for path in paths))
    worst, kind = max(zip(times[1:], LONG_WORDS, strict=True))
    return [("50 kB of one word / as much prose, worst", worst / times[0], f"{kind}; goal 2; {len(LONG_WORDS)} kinds")]


def _corpus() -> Path:
    return Path(os.environ.get("GCMREFS_CORPUS", "corpus"))


def _bare(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_words()
            page.close()


def _pages(path: Path) -> int:
    with pdfplumber.open(path) as document:
        return len(document.pages)


def _interleaved(*functions: Callable[[], None]) -> list[float]:
    """Median wall time of each function, in seconds; each round runs all of them, after one round to warm up."""
    times: list[list[float]] = [[] for _ in functions]
    for number in range(ROUNDS + 1):
        for function, taken in zip(functions, times, strict=True):
            began = time.perf_counter()
            function()
            if number:
                taken.append(time.perf_counter() - began)
    return [median(taken) for taken in times]


def _peak(path: Path) -> float:
    done = subprocess.run([sys.executable, "-c", _PEAK, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    """Print the rows, or say what is missing."""
    rows = ratios() + long_words()
    if not rows:
        print(f"no document {DOCUMENT} in {_corpus()}: set GCMREFS_CORPUS to the folder that holds it")
    for name, figure, how in rows:
        print(f"{name:<42} {figure:8.2f}   {how}")


if __name__ == "__main__":
    main()
