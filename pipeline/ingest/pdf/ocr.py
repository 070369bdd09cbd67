"""Scanned PDFs: a text layer is recognized with ocrmypdf and tesseract where they are installed, then read as usual."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.ingest.apart import unconfined
from pipeline.ingest.bounded import more_time
from pipeline.ingest.line import Ingested
from pipeline.settings import Limits

if TYPE_CHECKING:
    from pipeline.ingest.line import Progress
    from pipeline.ingest.pdf.reader import NoTextLayer

LANGUAGES = ("eng", "spa", "fra", "por", "ara")
"""The languages that the project's documents are in, by tesseract's names; those installed are used together."""

_RECOGNITION = 10.0
"""Recognition may take this many times `limits.seconds`: a page needs seconds where reading needs milliseconds."""


def is_available() -> bool:
    """True when recognition can run: the ocrmypdf module, the tesseract program and one of our languages are there.

    >>> isinstance(is_available(), bool)
    True
    """
    return bool(recognizer())


def installed_languages() -> tuple[str, ...]:
    """The languages of ours that tesseract has data for; () where there is no tesseract."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, encoding="utf-8", errors="replace", timeout=30, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    found = {line.strip() for line in (listed.stdout + listed.stderr).splitlines()}
    return tuple(language for language in LANGUAGES if language in found)


@lru_cache(maxsize=1)
def recognizer() -> tuple[str, ...]:
    """The languages that scans can be recognized in, () where they cannot be: a scan that failed is worth another try
    when they change."""
    return installed_languages() if importlib.util.find_spec("ocrmypdf") is not None else ()


def read_scanned(
    path: Path,
    *,
    name: str,
    sha256: str,
    limits: Limits,
    missing: NoTextLayer | None = None,
    processes: int = 1,
    progress: Progress | None = None,
) -> Ingested:
    """Reads a PDF without a text layer by recognizing one in a temporary copy; the result has `is_recognized=True`.

    missing    what the PDF reader raised, raised again (with the remedy) where recognition cannot run or finds nothing
    raises     NoTextLayer as said; InputError where recognition fails
    """
    from pipeline.ingest.pdf.reader import NoTextLayer, read_pdf

    problem = missing.problem if missing else "no text layer"
    if not is_available():
        remedy = "install the extra `ocr` (gcmrefs doctor shows the line), tesseract and ghostscript, or fetch a version with text"
        raise NoTextLayer(name, problem, remedy) from missing
    languages = installed_languages()
    with tempfile.TemporaryDirectory(prefix="gcmrefs-ocr-") as folder:
        recognized = Path(folder) / "recognized.pdf"
        with more_time(limits.seconds * _RECOGNITION), unconfined():
            _recognize(path, recognized, name, languages, max(processes, 1))
        try:
            ingested = read_pdf(recognized, name=name, sha256=sha256, limits=limits, progress=progress)
        except NoTextLayer:
            raise NoTextLayer(
                name, f"{problem}, and none could be recognized", "fetch a version with text"
            ) from missing
    note = f"no text layer: text recognized ({'+'.join(languages)})"
    return replace(ingested, is_recognized=True, warnings=(note, *ingested.warnings))


def _recognize(source: Path, target: Path, name: str, languages: tuple[str, ...], jobs: int) -> None:
    """Runs ocrmypdf, which ends with the process that runs it."""
    command = [
        sys.executable,
        "-m",
        "ocrmypdf",
        "--quiet",
        "--skip-text",
        "--deskew",
        "--output-type",
        "pdf",
        "--optimize",
        "0",
    ]
    command += ["--jobs", str(jobs), "--language", "+".join(languages), str(source.resolve()), str(target)]
    process = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if process.returncode or not target.is_file():
        lines = process.stderr.decode("utf-8", "replace").split("\n")
        reason = next((" ".join(line.split())[:120] for line in reversed(lines) if line.strip()), "unknown reason")
        raise InputError(name, f"text recognition failed: {reason}", "fetch a version with text")
