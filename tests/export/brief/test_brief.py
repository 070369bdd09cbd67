import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from pipeline.export.brief import SUFFIXES, html, markdown, write_brief, write_briefs
from pipeline.extract.quote import Run
from pipeline.tables.brief.content import (
    ROOM,
    SHARES,
    WIDTH,
    Brief,
    BriefFact,
    BriefLine,
    BriefPlace,
    BriefSection,
    fit,
)
from tests.tables.brief import sample

RUN: Any = {
    "run_id": "r",
    "started": "2030-01-02T03:04:05Z",
    "documents": [{"document": "new", "work": "../a/b", "language": "en"}],
}
EVIL = "<script>x</script> [a](javascript:b) & \x00 `c` \"d\" 'e'"


def evil() -> Brief:
    place = BriefPlace(EVIL, 'https://example.org/">\\<x> (y)#page=2', EVIL)
    line = BriefLine(EVIL, (Run(EVIL, True), Run(" z", False)), EVIL, (place, BriefPlace("§1", "javascript:x")), "new")
    return Brief("new", EVIL, (BriefFact(EVIL, EVIL, "https://example.org/"),), (BriefSection("review", (line,)),))


def test_html_holds_no_markup_of_a_document() -> None:
    page = html.render(evil(), RUN)
    assert "<script" not in page
    assert "javascript:x" not in page
    assert set(re.findall(r'href="([^"]*)"', page)) == {
        "https://example.org/",
        "https://example.org/&#34;&gt;\\&lt;x&gt; (y)#page=2",
    }
    assert "default-src 'none'" in page


def test_markdown_holds_no_markup_of_a_document() -> None:
    text = markdown.render(evil())
    assert not re.search(r"(?<!\\)<script", text)
    assert not re.search(r"(?<!\\)\]\((?!<https:)", text.replace("\\]", ""))
    assert "<https://example.org/%22%3E%5C%3Cx%3E%20%28y%29#page=2>" in text


def test_word_holds_no_markup_of_a_document(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    path = write_brief(tmp_path / "brief.docx", evil(), RUN)
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode()
    codes = [unescape(one or other) for one, other in re.findall(r"w:instr=(?:'([^']*)'|\"([^\"]*)\")", body)]
    assert len(codes) == 2
    assert all(
        re.fullmatch(r' HYPERLINK "https://example.org/[^"\\<>\s]*"( \\o "[^"\\]*")? ', code) for code in codes
    ), codes
    assert any("<script>" in p.text for p in docx.Document(str(path)).paragraphs)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_same_content_same_bytes(suffix: str, tmp_path: Path) -> None:
    one, two = (write_brief(tmp_path / f"{name}{suffix}", sample.brief(), RUN).read_bytes() for name in "ab")
    assert one == two
    assert len(one) > 500


def test_no_file_is_written_outside_the_folder(tmp_path: Path) -> None:
    paths = write_briefs(tmp_path / "briefs", [sample.brief(), replace(sample.brief(), document="../a/b")], RUN)
    names = [path.name for path in paths]
    assert names[:2] == ["new.docx", "new.html"]
    assert all(re.fullmatch(r"a_b-[0-9a-f]{6}\.(docx|html)", name) for name in names[2:])
    assert sorted(paths) == sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert write_briefs(tmp_path / "none", [], RUN) == []


@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdfinfo")), reason="needs LibreOffice and poppler")
def test_a_full_brief_has_two_pages(tmp_path: Path) -> None:
    words = "Ministers agreed that towns and villages share their lists of names in good time. " * 9
    line = BriefLine("kept", (Run(words[: WIDTH * 2 - 30], False),), places=(BriefPlace("§1"),))
    facts = tuple(replace(fact, text=words[:150]) for fact in sample.brief().facts)
    room = ROOM - sum(fact.height for fact in facts)
    sections = fit([BriefSection(name, (line,) * 60, "x.csv") for name in SHARES], room)
    assert sum(section.height for section in sections) > room - 8
    path = write_brief(tmp_path / "brief.docx", Brief("new", words[:150], facts, sections), RUN)
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=240)
    shown = subprocess.run(["pdfinfo", str(tmp_path / "brief.pdf")], check=True, capture_output=True, text=True)
    assert re.findall(r"Pages:\s+(\d+)", shown.stdout) == ["2"]
