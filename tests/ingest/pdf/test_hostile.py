"""PDFs that are encrypted, broken, made to exhaust memory or time, or hold no text."""

from __future__ import annotations

import logging
import os
import resource
import subprocess
import sys
import time
import zlib
from itertools import repeat
from pathlib import Path

import pytest
from pdfminer import pdftypes
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import InputError
from pipeline.ingest.pdf.guard import Budget, TooLarge, bounded
from pipeline.ingest.pdf.reader import NoTextLayer
from pipeline.settings import Limits
from tests.ingest.pdf.sheet import FONT, SHOW, one_page, printed, put, raw, read, stream, texts

TEXT = "Boats are counted at both landings."


def written(c: Canvas) -> None:
    put(c, 100, 200, TEXT)


def refused(path: Path, **options: object) -> InputError:
    with pytest.raises(InputError) as caught:
        read(path, **options)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty file"),
        (b"Just some text, whatever its name says.", "not a PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not a PDF"),
        (b"%PDF-1.7\n" + bytes(500), "broken PDF"),
        (b"%PDF-1.7\n1 0 obj\n<</Type/Catalog", "broken PDF"),
    ],
)
def test_what_is_no_pdf_is_refused_in_one_line(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    error = refused(path)
    assert problem in error.problem
    assert error.remedy


@pytest.mark.parametrize(
    ("password", "problem"), [("", "encrypted"), ("wrong", "encrypted, and the password is wrong")]
)
def test_encrypted_files_ask_for_the_password(tmp_path: Path, password: str, problem: str) -> None:
    path = printed(tmp_path / "a.pdf", [written], encrypt=StandardEncryption("river", "owner"))
    error = refused(path, password=password)
    assert (error.problem, error.remedy) == (problem, "give --password")


@pytest.mark.parametrize(("user", "password"), [("river", "river"), ("", "")])
def test_encrypted_files_open_with_it_and_owner_only_ones_without(tmp_path: Path, user: str, password: str) -> None:
    path = printed(tmp_path / "a.pdf", [written, written], encrypt=StandardEncryption(user, "owner"))
    assert texts(read(path, password=password), "body") == [TEXT, TEXT]


def test_pages_without_text_say_so(tmp_path: Path) -> None:
    error = refused(printed(tmp_path / "a.pdf", [lambda c: None, lambda c: c.rect(10, 10, 50, 50)]))
    assert isinstance(error, NoTextLayer)
    assert error.problem == "no text layer"
    assert "ocr extra" in error.remedy


def test_a_text_layer_that_names_no_characters_is_none(tmp_path: Path) -> None:
    font = b"/Font<</F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    font += b"/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>>>"
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(stream(b"BT /F 10 Tf 100 600 Td <000100020003000400050006> Tj ET"), font))
    assert isinstance(refused(path), NoTextLayer)


def test_junk_before_the_header_does_no_harm(tmp_path: Path) -> None:
    path = printed(tmp_path / "a.pdf", [written])
    path.write_bytes(b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n" + path.read_bytes())
    assert texts(read(path), "body") == [TEXT]


def test_a_truncated_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    def page(n: int) -> bytes:
        return b"<</Type/Page/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<<%s>>>>" % (n, FONT)

    data = raw(
        page(2), stream(SHOW % b"first page"), page(4), stream(SHOW % b"second page"), page(6), stream(SHOW % b"lost")
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(data[: data.index(b"(lost")])
    document = read(path)
    assert texts(document, "body") == ["first page", "second page"]
    assert any("broken" in w for w in document.warnings)


def test_one_broken_page_does_not_lose_the_others(tmp_path: Path) -> None:
    data = raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 (a) 792]/Contents 5 0 R/Resources<<%s>>>>" % FONT,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R/Resources<<%s>>>>" % FONT,
        stream(SHOW % b"here"),
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    document = read(path)
    assert texts(document, "body") == ["here"]
    assert [w.split(":")[0] for w in document.warnings] == ["page 1"]


def flate(data: bytes) -> bytes:
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode")


def twice(data: bytes) -> bytes:
    return stream(zlib.compress(zlib.compress(data, 9), 9), b"/Filter[/FlateDecode/FlateDecode]")


def runs(data: bytes) -> bytes:
    return stream(b"\x81 " * (len(data) // 128), b"/Filter/RunLengthDecode")


@pytest.mark.parametrize("packed", [flate, twice, runs])
def test_what_expands_too_far_is_refused_before_it_is_kept(tmp_path: Path, packed: object) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(packed(b" " * 40_000_000)))  # type: ignore[operator]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    error = refused(path, limits=Limits(expanded_bytes=1_000_000))
    assert "expands to more than 1,000,000 bytes" in error.problem
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000


def test_the_budget_counts_all_streams_together_and_the_parser_is_put_back() -> None:
    with bounded(100) as budget:
        pdftypes.__dict__["zlib"].decompress(zlib.compress(bytes(60)))
        assert budget.left == 40
        with bounded(1_000) as inner, pytest.raises(TooLarge):
            assert inner is budget
            pdftypes.__dict__["zlib"].decompress(zlib.compress(bytes(60)))
    assert pdftypes.__dict__["zlib"] is zlib
    with pytest.raises(TooLarge):
        Budget(3).take(4)


@pytest.mark.parametrize(
    "body",
    [
        b"/X Do",
        b"BT /F 10 Tf " + (b"(" + b"a" * 30_000 + b") Tj ") * 10 + b"ET",
    ],
    ids=["forms that call themselves", "more letters than a page holds"],
)
def test_a_page_without_bottom_is_left_out(tmp_path: Path, body: bytes) -> None:
    resources = FONT + b"/XObject<</X 5 0 R>>"
    form = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>")
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(stream(body), resources, form))
    began = time.monotonic()
    refused(path)
    assert time.monotonic() - began < 30


def test_the_text_beside_a_huge_drawing_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(stream(b"0 0 m 9 9 l S " * 40_000 + SHOW % b"legend"), FONT))
    assert texts(read(path), "body") == ["legend"]


def test_forms_that_multiply_are_cut_off(tmp_path: Path) -> None:
    def form(n: int) -> bytes:
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>%s>>" % (n + 1, FONT)
        return stream(b"/X Do " * 20 if n < 12 else SHOW % b"lol", entries)

    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(stream(b"/X Do"), b"/XObject<</X 5 0 R>>", *(form(n) for n in range(5, 13))))
    assert "200,000" in refused(path).problem


def endless_font(path: Path) -> Path:
    cmap = b"begincmap 1 beginbfrange <00000000> <7fffffff> <0041> endbfrange endcmap"
    widths = b"/FirstChar 0/LastChar 255/W[0 2000000000 500]"
    font = b"/Font<</F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 5 0 R"
    font += b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X%s>>]>>>>" % widths
    path.write_bytes(one_page(stream(b"BT /F 10 Tf 100 600 Td <0001> Tj ET"), font, stream(cmap)))
    return path


def test_font_tables_with_endless_ranges_are_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ingest.pdf.reader.fast_contents", lambda *_: repeat(None))
    path = endless_font(tmp_path / "a.pdf")
    assert "expands to more" in refused(path, limits=Limits(expanded_bytes=5_000_000)).problem


def test_font_tables_with_endless_ranges_do_not_hold_up_pdfium(tmp_path: Path) -> None:
    began = time.monotonic()
    assert texts(read(endless_font(tmp_path / "a.pdf")), "body") == ["B"]
    assert time.monotonic() - began < 30


def test_page_trees_that_loop_or_nest_without_end(tmp_path: Path) -> None:
    looped = tmp_path / "loop.pdf"
    looped.write_bytes(raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"))
    assert "broken" in refused(looped).problem
    nested = tmp_path / "nested.pdf"
    levels = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(2, 3_000)]
    nested.write_bytes(raw(b"<</Type/Catalog/Pages 2 0 R>>", *levels, b"<</Type/Page/MediaBox[0 0 9 9]>>"))
    assert "nested too deeply" in refused(nested).problem


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(pages=2), "more than 2 pages"),
        (Limits(bytes=300), "larger than 300 bytes"),
    ],
)
def test_limits_name_the_variable_that_raises_them(tmp_path: Path, limits: Limits, problem: str) -> None:
    error = refused(printed(tmp_path / "a.pdf", [written] * 3), limits=limits)
    assert problem in error.problem
    assert "GCMREFS_MAX_" in error.remedy


def test_nothing_is_written_to_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("pdfminer").setLevel(logging.NOTSET)
    font = b"/Font<</F<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor<</Type/FontDescriptor>>>>>>"
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(stream(b"/Gone Do 1 0 (x) re\n" + SHOW % b"kept"), font))
    assert texts(read(path), "body") == ["kept"]
    assert capfd.readouterr() == ("", "")


def hostile() -> list[Path]:
    corpus = os.environ.get("GCMREFS_CORPUS")
    folder = Path(corpus).parent / "hostile" if corpus else Path("/nonexistent")
    return sorted(folder.glob("*.pdf"))


READ = """
import resource, sys
from pathlib import Path
from pipeline.errors import InputError
from pipeline.ingest.pdf.reader import read_pdf
from pipeline.settings import Limits
try:
    document = read_pdf(Path(sys.argv[1]), name="a.pdf", sha256="", limits=Limits())
    outcome = f"read {len(document.lines)}"
except InputError as error:
    outcome = f"refused {error}"
print(outcome, "|", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hostile(), reason="GCMREFS_CORPUS is not set, or no hostile folder stands beside it")
@pytest.mark.parametrize("path", hostile(), ids=lambda p: p.stem)
def test_every_hostile_file_is_read_or_refused_within_bounds(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    outcome, peak = done.stdout.rsplit("|", 1)
    assert outcome.startswith(("read ", "refused a.pdf: "))
    assert int(peak) < 1_000
