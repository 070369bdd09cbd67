"""What `gcmrefs doctor` looks at: everything that a run needs, and what is optional."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.errors import GcmrefsError
from pipeline.extras import install_line
from pipeline.settings import Settings
from pipeline.version import LIBRARIES, read_version

OPTIONAL: Mapping[str, tuple[str, str]] = {
    "vl-convert-python": ("charts as PNG, in the workbook and in Word", "charts"),
    "stamina": ("documents from the web", "fetch"),
    "pyarrow": ("references.parquet", "parquet"),
    "uvicorn": ("review in the browser", "review"),
    "openpyxl": ("review in Excel", "review"),
    "marimo": ("notebooks", "notebooks"),
    "prefect": ("schedules", "schedule"),
    "rdflib": ("SKOS and JSON-LD", "exchange"),
    "dkpro-cassis": ("UIMA CAS", "exchange"),
    "ocrmypdf": ("reads scanned PDFs", "ocr"),
    "psycopg": ("PostgreSQL store", "postgres"),
    "prefect-dask": ("documents over a Dask cluster", "dask"),
}
"""Libraries that a run does without: what they are for, and the extra that brings them."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `ok`, `absent` (optional, and what it is for) or `broken` (a run will fail)."""

    name: str
    state: Literal["ok", "absent", "broken"]
    detail: str
    extra: str = ""
    """What would bring it."""


def checks(settings: Settings) -> list[Check]:
    """Look at Python, libraries, folders, store, corpus, lexicon and optional programs; nothing is raised."""
    return [
        _python(),
        *_libraries(),
        _folder("outputs", settings.outputs),
        _guarded("store", lambda: _store(settings)),
        _guarded("corpus", lambda: _corpus(settings.corpus)),
        _guarded("lexicon", _lexicon),
        _program("tesseract", "reads scanned PDFs: apt-get install tesseract-ocr"),
        _program("gs", "reads scanned PDFs: apt-get install ghostscript"),
    ]


def _python() -> Check:
    state: Literal["ok", "broken"] = "ok" if sys.version_info >= (3, 11) else "broken"
    return Check("python", state, sys.version.split()[0])


def _libraries() -> Iterator[Check]:
    for name in ("gcm-references", *LIBRARIES):
        found = read_version(name)
        yield Check(name, "ok" if found else "broken", found or "not installed: make setup")
    for name, (use, extra) in OPTIONAL.items():
        found = read_version(name)
        yield Check(name, "ok" if found else "absent", found or use, "" if found else extra)


def install_lines(seen: Sequence[Check]) -> dict[str, list[str]]:
    """Return the commands that install what is absent, and the extras that each of them brings."""
    lines: dict[str, list[str]] = {}
    for extra in dict.fromkeys(check.extra for check in seen if check.extra):
        lines.setdefault(install_line(extra), []).append(extra)
    return lines


def _folder(name: str, folder: Path) -> Check:
    above = next((path for path in (folder, *folder.absolute().parents) if path.exists()), folder)
    try:
        with tempfile.TemporaryFile(dir=above):
            return Check(name, "ok", f"{folder} (writable)")
    except OSError as error:
        return Check(name, "broken", f"{folder}: cannot be written: {error.strerror}")


def _guarded(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, "ok", look())
    except GcmrefsError as error:
        return Check(name, "broken", str(error))
    except Exception as error:
        return Check(name, "broken", f"{type(error).__name__}: {error}")


def _store(settings: Settings) -> str:
    from pipeline.review import ledger
    from pipeline.store import documents

    url = documents.address(settings)
    if not settings.database_url and not (settings.outputs / "store").exists():
        return "not made yet"
    with documents.opened(url, is_reading=True) as opened:
        said = ledger.read(opened)
        return f"{len(documents.keys(opened))} documents, {len(said)} decisions, {opened.dialect.name}"


def _corpus(folder: Path) -> str:
    from pipeline.corpus.discovery import discover

    found = discover(folder)
    kind = "sample documents" if found.is_sample else "documents"
    return f"{folder}: {len(found.documents)} {kind}, {len(found.missing)} not fetched"


def _lexicon() -> str:
    from extractors.lexicon.entries import load_lexicon

    lexicon = load_lexicon()
    return f"{len(lexicon.entries)} entries, version {lexicon.version}"


def _program(name: str, use: str) -> Check:
    path = shutil.which(name)
    if path is None:
        return Check(name, "absent", use)
    done = subprocess.run([path, "--version"], capture_output=True, encoding="utf-8", errors="replace", timeout=20)
    told = (done.stdout or done.stderr).splitlines()
    return Check(name, "ok", told[0] if told else path)
