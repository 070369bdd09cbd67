"""Documents that wait: which are kept, what is said of them, and how they become documents of the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.corpus.discovery import discover
from pipeline.corpus.manifest import MANIFEST
from pipeline.corpus.uploads import UploadFolder
from pipeline.errors import CorpusError, GcmrefsError

TEXT = b"Declaration of the Alpha Dialogue\n\n1. We thank civil society.\n"


@pytest.fixture
def uploads(tmp_path: Path) -> UploadFolder:
    return UploadFolder(tmp_path / "store" / "uploads", tmp_path / "corpus")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.exe", TEXT, "a.exe: not a document by its name"),
        ("noname", TEXT, "noname: not a document by its name"),
        ("a.docx", b"PK\x03\x04 broken", "a.docx: "),
        ("a.pdf", b"\x89PNG\r\n\x1a\n....", "looks like PNG"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "save it as .docx"),
        ("a.txt", b"  \n ", "a.txt: empty file"),
        ("../../x\x00\n.txt", b"", "x\ufffd .txt: empty file"),
    ],
)
def test_what_is_no_document_is_refused_in_one_line(uploads: UploadFolder, name: str, data: bytes, told: str) -> None:
    with pytest.raises(GcmrefsError) as error:
        uploads.keep(data, name=name, by="Ana")
    assert told in str(error.value) and "\n" not in str(error.value)
    assert uploads.waiting() == []


def test_a_file_waits_under_a_name_of_ours_and_with_what_it_is(uploads: UploadFolder) -> None:
    upload = uploads.keep(b"<html><body><p>Declaration", name="C:\\papers\\..\\a b.pdf", by="Ana")
    assert (upload.name, upload.suffix, uploads.path(upload).name) == ("a b.pdf", ".html", f"{upload.upload_id}.html")
    assert "read as HTML" in upload.notes[0]
    uploads.describe(upload, {"title": "Declaration", "language": "en"})
    (one,) = uploads.waiting()
    assert one.facts == {"title": "Declaration", "symbol": "", "iscm": "", "date": "", "language": "en", "kind": ""}


def test_what_is_taken_is_a_document_and_waits_no_more(uploads: UploadFolder, tmp_path: Path) -> None:
    upload = uploads.keep(TEXT, name="alpha.txt", by="Ana")
    source = uploads.take(upload.upload_id, {"title": "Alpha  \n Declaration", "date": "2024-05", "iscm": "Alpha: “x”"})
    assert (source.slug, source.title, source.kind, source.addresses) == (
        "alpha",
        "Alpha Declaration",
        "other",
        ("file:added/alpha.txt",),
    )
    (document,) = discover(tmp_path / "corpus").documents
    assert (document.source, document.path.read_bytes()) == (source, TEXT)
    assert uploads.waiting() == []
    with pytest.raises(CorpusError, match="no longer waits"):
        uploads.take(upload.upload_id, {})


def test_nothing_is_overwritten_and_twins_are_told(uploads: UploadFolder, tmp_path: Path) -> None:
    (tmp_path / "corpus" / "added").mkdir(parents=True)
    (tmp_path / "corpus" / "alpha.txt").write_bytes(b"another text\n")
    (tmp_path / "corpus" / "added" / "alpha-2.txt").write_bytes(b"one more\n")
    upload = uploads.keep(TEXT, name="alpha.txt", by="Ana")
    with pytest.raises(GcmrefsError, match=r"twin.txt: waits already, as alpha.txt"):
        uploads.keep(TEXT, name="twin.txt", by="Ben")
    assert uploads.take(upload.upload_id, {"title": "Alpha"}).slug == "alpha-3"
    with pytest.raises(GcmrefsError, match=r"the same file as alpha-3, which is in the corpus"):
        uploads.keep(TEXT, name="twin.txt", by="Ben")
    other = uploads.keep(TEXT + b"2. And more.\n", name="alpha.txt", by="Ben")
    uploads.describe(other, {"title": "ALPHA"})
    assert "the same title as alpha-3" in uploads.waiting()[0].notes[0]
    assert (tmp_path / "corpus" / "alpha.txt").read_bytes() == b"another text\n"


@pytest.mark.parametrize(
    ("facts", "told"),
    [({"date": "May 2024"}, "date “May 2024”"), ({"language": "English"}, "language"), ({"kind": "x"}, "kind “x”")],
)
def test_facts_that_make_no_entry_change_nothing(
    uploads: UploadFolder, tmp_path: Path, facts: dict[str, str], told: str
) -> None:
    upload = uploads.keep(TEXT, name="alpha.txt", by="Ana")
    with pytest.raises(CorpusError, match=told):
        uploads.take(upload.upload_id, facts)
    assert len(uploads.waiting()) == 1
    assert not (tmp_path / "corpus" / MANIFEST).exists()


def test_damaged_notes_and_unknown_ids_do_no_harm(uploads: UploadFolder, tmp_path: Path) -> None:
    upload = uploads.keep(TEXT, name="alpha.txt", by="Ana")
    folder = tmp_path / "store" / "uploads"
    for name, text in (("x.json", "{"), ("y.json", "[]"), ("z.json", '{"upload_id": "../a"}')):
        (folder / name).write_text(text)
    assert [one.upload_id for one in uploads.waiting()] == [upload.upload_id]
    with pytest.raises(CorpusError):
        uploads.discard("../alpha")
    uploads.discard(upload.upload_id)
    uploads.describe(upload, {"title": "too late"})
    assert uploads.waiting() == []
