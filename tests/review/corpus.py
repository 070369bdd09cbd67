"""A store with one finished run over small texts, read by the real engine: what reviewers find on their desk."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

import docx
import sqlalchemy as sa

from pipeline.review.desk import Desk
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from pipeline.store import documents

ALPHA = """Declaration of the Alpha Dialogue

1. We thank civil society and the private sector for their work on migration.

2. We will work with regional consultative processes, diasporas and trade unions.

3. The Global Forum on Migration and Development and the Colombo Process met, and hometown associations took part.
"""
BETA = """Declaration of the Beta Dialogue

1. Local authorities and the private sector are partners.

2. We welcome the International Organization for Migration.
"""


def settings(tmp_path: Path) -> Settings:
    return Settings(corpus=tmp_path / "corpus", outputs=tmp_path / "outputs", database_url="")


def filled(tmp_path: Path, alpha: str = ALPHA, beta: str = BETA) -> Settings:
    """Write the two documents and run over them; no tables are written."""
    made = settings(tmp_path)
    made.corpus.mkdir(exist_ok=True)
    (made.corpus / "alpha.en.txt").write_text(alpha, encoding="utf-8")
    (made.corpus / "beta.en.txt").write_text(beta, encoding="utf-8")
    run_corpus(settings=made, write=lambda folder, *frames, **more: [], workers=1, may_replace=True)
    return made


def renamed(made: Settings) -> str:
    """Give the first document another name, and return its new slug."""
    (made.corpus / "alpha.en.txt").rename(made.corpus / "first.txt")
    return "first"


def in_another_format(made: Settings, slug: str = "declaration") -> str:
    """Put a Word file of the same text in the place of the first document, and return its slug."""
    path, twin = made.corpus / "alpha.en.txt", docx.Document()
    for text in path.read_text(encoding="utf-8").strip().split("\n\n"):
        twin.add_paragraph(text)
    path.unlink()
    twin.save(str(made.corpus / f"{slug}.docx"))
    return slug


def opened(made: Settings) -> sa.Engine:
    return documents.connect(documents.address(made))


@lru_cache(maxsize=1)
def _made() -> Path:
    """The folder of a run over the two texts, made once and copied for each test."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    filled(folder)
    return folder


def ready(tmp_path: Path) -> Settings:
    """The folder of one's own after a run over the two texts."""
    shutil.copytree(_made(), tmp_path, dirs_exist_ok=True)
    return settings(tmp_path)


def desk(tmp_path: Path) -> Desk:
    return Desk(opened(ready(tmp_path)))


def named(held: Desk, wording: str) -> str:
    """The id of the first reference with this wording."""
    return next(name for name, item in held._queues.items.items() if item.row.wording == wording)
