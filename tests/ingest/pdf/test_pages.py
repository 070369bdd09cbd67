"""Pages come from PDFium's process where it can tell them, and from the slow reader where it cannot or dies."""

from __future__ import annotations

import time
from itertools import repeat
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest.apart import Apart, Lost
from pipeline.ingest.pdf import pages, reader
from tests.ingest.pdf.sheet import FONT, one_page, printed, put, read, stream, texts
from tests.ingest.pdf.wild import KIND

TEXT = "Boats are counted at both landings."


def written(c: Canvas) -> None:
    put(c, 100, 200, TEXT)


def slowly(*_: object) -> object:
    return repeat(None)


def test_pages_are_not_read_by_the_slow_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "mined_content", lambda *_: pytest.fail("read slowly"))
    assert texts(read(printed(tmp_path / "a.pdf", [written] * 3)), "body") == [TEXT] * 3


def test_one_process_reads_document_after_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    idle: list[Apart] = []
    monkeypatch.setattr(pages, "_idle", idle)
    path = printed(tmp_path / "a.pdf", [written] * 2)
    lines = []
    for _ in range(3):
        assert texts(read(path), "body") == [TEXT] * 2
        lines.append(idle[0].line())
    assert len(idle) == 1 and lines[0] is lines[2]
    idle[0].end()


@pytest.mark.parametrize("kind", ["dies", "hangs", "raves", "lies", "lists"])
def test_whatever_becomes_of_the_process_the_pages_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv(KIND, kind)
    monkeypatch.setattr(pages, "SECONDS", 1.0)
    monkeypatch.setattr(pages, "_idle", [Apart("tests.ingest.pdf.wild", 1_000_000_000)])
    began = time.monotonic()
    assert texts(read(printed(tmp_path / "a.pdf", [written])), "body") == [TEXT]
    assert time.monotonic() - began < 30
    assert not pages._idle or kind != "hangs"


def test_a_process_is_ended_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KIND, "hangs")
    apart = Apart("tests.ingest.pdf.wild", 1_000_000_000)
    with pytest.raises(Lost), apart.within(0.5) as line:
        line.send_bytes(b"{}")
        line.recv_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F 10 Tf 100 600 Td (plain) Tj ET",
        b"BT /F 10 Tf 60 Tz 100 600 Td (narrow words) Tj ET",
        b"BT /F 10 Tf 100 600 Td [(ker) -120 (ned) -900 (far)] TJ 5 Ts (raised) Tj ET",
        b"BT /F 10 Tf 0 1 -1 0 100 300 Tm (upward) Tj ET",
        b"BT /F 10 Tf 0.7 0.7 -0.7 0.7 100 300 Tm (slanted) Tj ET BT /F 10 Tf 100 600 Td (plain) Tj ET",
        b"q 2 0 0 2 10 10 cm BT /F 10 Tf 1 0 0.2 1 40 200 Tm (leaning) Tj ET Q",
        b"BT /F 10 Tf 3 Tc 9 Tw 100 600 Td (set apart) Tj ET",
        b"BT /F 10 Tf 100 600 Td (in a table) Tj ET 90 590 200 30 re S 90 560 200 30 re S 190 560 m 190 620 l S",
        b"1 0 0 1 50 50 cm BT /F 10 Tf 100 600 Td /S <</ActualText (seen otherwise)>> BDC (read) Tj EMC ET",
    ],
)
def test_both_readers_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(stream(content), FONT))
    fast = read(path).lines
    monkeypatch.setattr(reader, "fast_contents", slowly)
    slow = read(path).lines
    assert [(line.text, line.role, line.cell) for line in fast] == [(line.text, line.role, line.cell) for line in slow]
    for one, two in zip(fast, slow, strict=True):
        edges = [(a, b) for w, v in zip(one.words, two.words, strict=True) for a, b in zip(w[2:], v[2:], strict=True)]
        assert all(abs(a - b) < 1 for a, b in edges)


def test_a_checked_page_tells_what_the_slow_reader_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = printed(tmp_path / "a.pdf", [written, written])
    assert read(path, is_checked=True).warnings == ()
    mined = reader.mined_content

    def without_text(*of: object) -> object:
        return mined(*of)._replace(items=[])  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "mined_content", without_text)
    assert read(path, is_checked=True).warnings == (
        f'page 1: PDFium reads "{TEXT}", pdfplumber ""',
        f'page 2: PDFium reads "{TEXT}", pdfplumber ""',
    )
