"""How fast objectives are found: seconds for 1,000 paragraphs of the Compact, as printed and with nothing known of them.

Run it with `GCMREFS_CORPUS=... python -m benchmarks.objectives`. How well they are found is told by `benchmarks.training`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from benchmarks.training import COMPACT
from extractors.model import Paragraph
from pipeline.extract.objectives import find_objectives
from pipeline.ingest import read_document
from pipeline.segment import split_paragraphs

PARAGRAPHS = 1000


def seconds(paragraphs: Sequence[Paragraph]) -> float:
    """Processor time for the objectives of so many paragraphs, these over and over."""
    many = [replace(p, order=n) for n, p in enumerate(islice(cycle(paragraphs), PARAGRAPHS))]
    started = time.process_time()
    find_objectives(many, document="")
    return time.process_time() - started


def main() -> int:
    """Print the figures; 2 when the document is not there."""
    path = Path(os.environ.get("GCMREFS_CORPUS", "")) / COMPACT
    if not path.is_file():
        print("set GCMREFS_CORPUS to the folder of the real documents", file=sys.stderr)
        return 2
    printed = split_paragraphs(read_document(path))
    bare = [replace(p, objective=None, heading_path=()) for p in printed if p.kind != "heading"]
    find_objectives(bare[:20], document="")
    for name, paragraphs in (("as printed", printed), ("all judged", bare)):
        print(f"seconds for {PARAGRAPHS} paragraphs, {name}: {seconds(paragraphs):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
