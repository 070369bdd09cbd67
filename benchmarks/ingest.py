"""How fast PDFs are read, beside pdfplumber's own word extraction, how much memory long ones take, and what odd words cost.

Run it with `GCMREFS_CORPUS=... python -m benchmarks.ingest`.
"""

from __future__ import annotations

import os
import tempfile
from functools import partial
from pathlib import Path

import pdfplumber

from benchmarks.figure import PEAK, Figure, interleaved, run_python, shares, spent
from pipeline.extract.document import process_document
from pipeline.ingest.pdf.reader import read_pdf
from pipeline.settings import Limits

ROUNDS = 3
DOCUMENTS = (
    Path("un") / "A_RES_73_195.pdf",
    Path("un_pdf") / "A_RES_73_7-EN.pdf",
    Path("iom") / "ipd_references_analysis.pdf",
)
PROSE = DOCUMENTS[0].with_suffix(".txt")
LONG = Path("..") / "hostile" / "pages_300.pdf"
LONG_WORDS = {
    "digits": "1234567890", "dashes": "–", "leaders": ".", "spaces": "\u00a0", "capitals": "ABCDEFG", "Hangul": "가나다라마바사",
    "Thai": "กขค", "Arabic": "المهاجر", "marks on letters": "a\u0301\u0301", "signs": "(i)", "addresses": "http://a.",
}  # fmt: skip
"""What words without end are made of: once each took minutes, for some pattern tried each of its places anew."""
_LONG_WORD = 50_000
"""Bytes of such a word, and of the prose that it is compared with."""

_READ = """
import sys
from pathlib import Path
from pipeline.ingest.pdf.reader import read_pdf
from pipeline.settings import Limits
read_pdf(Path(sys.argv[1]), name="a.pdf", sha256="", limits=Limits(seconds=600))
"""


def figures() -> list[Figure]:
    """What reading PDFs costs; empty when the documents are not there."""
    paths = [path for name in DOCUMENTS if (path := _corpus() / name).is_file()]
    limits = Limits(seconds=600)
    rows: list[Figure] = []
    for path in sorted(paths, key=_pages):  # the shortest warms up for all
        bare, ours = interleaved(
            partial(_bare, path),
            partial(read_pdf, path, name=path.name, sha256="", limits=limits),
            rounds=ROUNDS,
            clock=spent,
            is_warm=bool(rows),
        )
        how = f"{path.stem}, {_pages(path)} pages"
        rows.append(Figure("PDF read / pdfplumber extract_words", shares(ours, bare), 0.15, how=how))
    if not paths:
        return []
    short = _peak(paths[0])
    long = _corpus() / LONG
    if long.is_file():
        pages = f"from {_pages(paths[0])} to {_pages(long)} pages, process of its own"
        rows.append(Figure("PDF read: growth of peak memory, MB", [_peak(long) - short], 100.0, how=pages))
    return rows


def write_long_word(path: Path, sign: str) -> Path:
    """Write a text with one word that is made of these signs; return its path."""
    word = sign * (_LONG_WORD // len(sign.encode()))
    path.write_text(
        f"The States agree to act: {word}.\n\nThe Global Forum on Migration and Development met.\n", "utf-8"
    )
    return path


def long_words() -> list[Figure]:
    """The kind of word without end that costs most, as a share of as much prose."""
    prose = (_corpus() / PROSE).read_text("utf-8")[:_LONG_WORD] if (_corpus() / PROSE).is_file() else ""
    if not prose:
        return []
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "prose.txt").write_text(prose, "utf-8")
        paths = [Path(place) / "prose.txt"]
        paths += [write_long_word(Path(place) / f"{kind}.txt", sign) for kind, sign in LONG_WORDS.items()]
        plain, *words = interleaved(*(partial(process_document, path) for path in paths), rounds=2, clock=spent)
    _, kind, taken = max((sum(taken), kind, taken) for taken, kind in zip(words, LONG_WORDS, strict=True))
    how = f"{kind}; the worst of {len(LONG_WORDS)} kinds"
    return [Figure("50 kB of one word / as much prose", shares(taken, plain), 2.0, how=how)]


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


def _peak(path: Path) -> float:
    return float(run_python(_READ + PEAK, str(path)).split()[-1])


def main() -> None:
    """Print the figures, or say what is missing."""
    rows = figures() + long_words()
    if not rows:
        print(f"no document {DOCUMENTS[0]} in {_corpus()}: set GCMREFS_CORPUS to the folder that holds it")
    for row in rows:
        print(f"{row.name:<46} {row.middle:8.2f}  {row.spread:<12} {row.how}")


if __name__ == "__main__":
    main()
