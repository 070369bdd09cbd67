"""What no printed document holds is refused, or read past, before it costs anything."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.ingest import read_document
from pipeline.settings import Limits

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(path: Path, body: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        document = f'<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", document)
        archive.writestr("[Content_Types].xml", "<Types/>")
    return path


def written(path: Path, text: str) -> Path:
    return word(path, text) if path.suffix == ".docx" else (path.write_text(text), path)[1]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.txt", "We agree.\n" + "\n" * 101, "more than 100 lines"),
        ("a.txt", "We agree to act. " * 700, "more than 10,000 characters of text"),
        ("a.html", "<body>" + "<p>We agree.</p>" * 101, "more than 100 lines"),
        ("a.html", f"<body><p>{'We agree to act. ' * 700}</p>", "more than 10,000 characters of text"),
        ("a.docx", "<w:p><w:r><w:t>We agree.</w:t></w:r></w:p>" * 101, "more than 100 lines"),
        ("a.docx", f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * 101}</w:tr></w:tbl>", "more than 100 lines"),
    ],
)
def test_more_than_the_pages_could_hold_is_refused(tmp_path: Path, name: str, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as error:
        read_document(written(tmp_path / name, text), limits=Limits(pages=1))
    assert "GCMREFS_MAX_PAGES" in error.value.remedy


def test_attributes_beyond_number_are_left_out(tmp_path: Path) -> None:
    many = " ".join(f'a{n}="x"' for n in range(100_000))
    page = written(tmp_path / "a.html", f"<body><p {many}>We agree to act.</p><p>We agree to report.</p></body>")
    assert [line.text for line in read_document(page).lines] == ["We agree to act.", "We agree to report."]


def test_one_long_attribute_is_kept(tmp_path: Path) -> None:
    page = f'<body><ol start="3" data-page="{"many words " * 9000}"><li>We agree to act.</ol></body>'
    assert [line.mark for line in read_document(written(tmp_path / "a.html", page)).lines] == ["3."]
