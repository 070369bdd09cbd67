import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.ingest import read_document
from pipeline.ingest.format import detect
from pipeline.settings import Limits


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.pdf", PDF, "pdf"),
        ("a.pdf", b"junk\n" * 150 + PDF, "pdf"),
        ("a.pdf", b"\x00" * 1000 + PDF, "pdf"),
        ("a.txt", b"The header of a PDF is %PDF-1.7, as everybody knows.", "text"),
        ("a.docx", packed(word__document_xml="<a/>"), "docx"),
        ("a.html", b"<!DOCTYPE html><p>x", "html"),
        ("a.html", b"\xef\xbb\xbf \n<!-- c -->\n<HTML><p>x", "html"),
        ("a.htm", "<html>x".encode("utf-16"), "html"),
        ("a.html", b"<?xml version='1.0'?><html xmlns='x'>", "html"),
        ("a.html", b"text <b>with</b> <p>tags</p>", "html"),
        ("a.txt", b"<p>x</p>", "html"),
        ("a.txt", b"text with a <sup>2</sup> and <!-- --> in it", "text"),
        ("a.txt", b"BMP and GIF8 are image formats", "text"),
        ("a.txt", b"BM starts this sentence, which is text", "text"),
        ("a.txt", "نص".encode(), "text"),
        ("noname", b"just text", "text"),
    ],
)
def test_format_is_told_by_content(name: str, data: bytes, expected: str) -> None:
    assert detect(data, name=name, expanded_bytes=10**6).format == expected


@pytest.mark.parametrize(
    ("name", "data", "warned"),
    [
        ("a.pdf", b"plain text", "named a PDF but read as plain text, which it looks like"),
        ("a.pdf", b"<html><p>404", "named a PDF but read as HTML, which it looks like"),
        ("a.doc", packed(word__document_xml="<a/>"), ""),
        ("a.md", b"plain text", ""),
        ("a", b"plain text", ""),
    ],
)
def test_a_wrong_name_is_a_warning(name: str, data: bytes, warned: str) -> None:
    assert " ".join(detect(data, name=name, expanded_bytes=10**6).warnings) == warned


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"", "a.pdf: empty file"),
        ("a.txt", b" \n\t\r\n", "a.txt: empty file"),
        ("a.svg", b"<svg xmlns='x'><text>x</text></svg>", "a.svg: not a readable document: looks like SVG, an image"),
        ("a.xml", b"<akomaNtoso xmlns='x'><p>x</p></akomaNtoso>", "a.xml: not a readable document: looks like XML"),
        (
            "a.mht",
            b"From: <x>\nMIME-Version: 1.0\nContent-Type: multipart/related;",
            "a.mht: not a readable document: looks",
        ),
        ("a.pdf", b"\x89PNG\r\n\x1a\n...", "a.pdf: not a PDF: looks like PNG"),
        ("a.pdf", b"\xff\xd8\xff\xe0...", "a.pdf: not a PDF: looks like JPEG"),
        ("a.docx", b"GIF89a\x00\x00", "a.docx: not a Word document: looks like GIF"),
        ("a.docx", b"{\\rtf1 x}", "a.docx: not a Word document: looks like RTF"),
        ("a.docx", packed(readme="x"), "a.docx: not a Word document: looks like a zip archive"),
        ("a.docx", packed(xl__workbook_xml="x"), "a.docx: not a Word document: looks like an Excel workbook"),
        (
            "a.docx",
            packed(mimetype="application/vnd.oasis.opendocument.text"),
            "a.docx: not a Word document: looks like an",
        ),
        ("a.docx", b"PK\x03\x04 broken", "a.docx: a damaged zip package"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "a.doc: an old Word file (.doc)"),
        ("a.pdf", OLE + "WordDocument".encode("utf-16-le"), "a.pdf: not a PDF: looks like an old Word file (.doc)"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx: an encrypted Office file"),
        ("a.txt", b"\x1f\x8b\x08", "a.txt: not plain text: looks like a gzip archive"),
        ("a.html", b"<?xml version='1.0'?><rss/>", "a.html: not an HTML page: looks like XML"),
        ("a", b"%!PS-Adobe", "a: not a readable document: looks like PostScript"),
    ],
)
def test_what_cannot_be_read_is_named(name: str, data: bytes, message: str) -> None:
    with pytest.raises(InputError) as raised:
        detect(data, name=name, expanded_bytes=10**6)
    assert str(raised.value).startswith(message)
    assert raised.value.remedy and "\n" not in str(raised.value)


def test_places_that_are_no_document(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"x" * 2000)
    (tmp_path / "bad\nname.txt").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe.txt")
    for name, message in [
        ("", "a folder, not a file"),
        ("missing.txt", "no such file"),
        ("big.txt", "larger than 0.001 MB"),
        ("bad\nname.txt", "empty file"),
        ("pipe.txt", "not a regular file"),
        ("big.txt/inside", "cannot be opened"),
        ("nul\x00.txt", "cannot be opened"),
    ]:
        with pytest.raises(InputError, match=message) as raised:
            read_document(tmp_path / name, limits=Limits(bytes=1000))
        assert "\n" not in str(raised.value)


def test_identity_is_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    found = read_document(path)
    assert (found.name, found.format) == ("a.txt", "text")
    assert found.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_parser_that_fails_gives_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("first line\nsecond line")

    monkeypatch.setattr("pipeline.ingest.text.reader.read_text", broken)
    (tmp_path / "a.txt").write_bytes(b"abc")
    with pytest.raises(InputError, match=r"a\.txt: cannot be read as plain text: first line second line"):
        read_document(tmp_path / "a.txt")


def test_the_front_door_is_cheap_to_import() -> None:
    code = "import sys, pipeline.ingest; print([m for m in ('pdfminer', 'selectolax', 'pydantic') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_path_may_be_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1. We thank diasporas.", encoding="utf-8")
    assert read_document(str(tmp_path / "a.txt")) == read_document(tmp_path / "a.txt")


@pytest.mark.parametrize("wrong", [b"bytes", None, 7])
def test_what_is_no_path_is_said(wrong: Any) -> None:
    with pytest.raises(TypeError, match=f"must be a path to a file .*, not {type(wrong).__name__}"):
        read_document(wrong)
