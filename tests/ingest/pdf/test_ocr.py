import os
from pathlib import Path

import pytest

from pipeline.ingest.pdf import ocr
from pipeline.ingest.pdf.ocr import is_available, read_scanned
from pipeline.ingest.pdf.reader import NoTextLayer
from pipeline.settings import Limits


def test_without_the_tools_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    with pytest.raises(NoTextLayer, match=r"a.pdf: no text layer: install the extra `ocr`"):
        read_scanned(tmp_path / "a.pdf", name="a.pdf", sha256="", limits=Limits())


def test_no_tesseract_means_no_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert ocr.installed_languages() == ()


@pytest.mark.slow
def test_a_scan_is_recognized() -> None:
    if not is_available():
        pytest.skip("install the extra `ocr` and Debian's tesseract-ocr to run this")
    if not (corpus := os.environ.get("GCMREFS_CORPUS")):
        pytest.skip("set GCMREFS_CORPUS to the folder of real documents")
    scan = Path(corpus) / "iom" / "grcp7_highlights_scan.pdf"
    found = read_scanned(scan, name=scan.name, sha256="x", limits=Limits())
    words = " ".join(line.text for line in found.lines)
    assert found.is_recognized and found.sha256 == "x" and found.pages
    assert "inter-state consultation mechanisms highlighted that" in words
