"""Pictures of pages: the boxes fall on the words, whatever the page's rotation and corner, and bad files end in a line."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extractors.model import Region
from pipeline.errors import GcmrefsError, InputError
from pipeline.ingest.pdf.reader import read_pdf
from pipeline.settings import Limits, Settings
from pipeline.webapp.pictures import page_image
from pipeline.webapp.pictures.page_image import Box, PageSize, boxes, page_size, parse_regions, render, source_file
from pipeline.webapp.pictures.painter import MOST_PIXELS, MOST_SIDE, Painter

RED = (220, 0, 0)


@pytest.fixture(scope="module", autouse=True)
def _process() -> Iterator[None]:
    yield
    page_image.close()


def canvas_bytes(size: tuple[float, float] = (612, 792), pages: int = 1, **options: object) -> bytes:
    """A page of black lines; its third line holds the word "forum" in red, which a box has to find."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, **options)
    for number in range(1, pages + 1):
        canvas.setFont("Times-Roman", 11)
        for line in range(8):
            canvas.drawString(150, size[1] - 150 - 14 * line, f"Ministers met in town {number} and agreed on the text.")
        canvas.drawString(150, size[1] - 290, "They asked the")
        canvas.setFillColorRGB(*(v / 255 for v in RED))
        canvas.drawString(224, size[1] - 290, "forum")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(256, size[1] - 290, "to meet again.")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def placed(folder: Path, data: bytes, name: str = "a.pdf") -> tuple[Path, str]:
    path = folder / name
    path.write_bytes(data)
    return path, hashlib.sha256(data).hexdigest()


def picture_of(folder: Path, data: bytes, page: int = 1, width: int = 300, **limits: int) -> Path:
    path, digest = placed(folder, data)
    return render(path, page, width=width, folder=folder / "pages", sha256=digest, limits=Limits(**limits))


def turned(rotation: int, media: tuple[float, ...] | None, crop: tuple[float, ...] | None) -> bytes:
    document = pypdfium2.PdfDocument(canvas_bytes())
    page = document[0]
    page.set_rotation(rotation)
    if media:
        page.set_mediabox(*media)
    if crop:
        page.set_cropbox(*crop)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def inherited() -> bytes:
    """Boxes and rotation that stand in the page tree, not in the page."""
    ink = b"BT /F 11 Tf 150 520 Td (They asked the) Tj 1 0 0 rg 74 0 Td (forum) Tj 0 g 32 0 Td (to meet again.) Tj ET"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[20 30 632 822]/CropBox[100 100 500 700]/Rotate 90>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(ink), ink),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
    )
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def red_box(picture: Path) -> tuple[float, float, float, float]:
    """The rectangle of the red pixels, in shares of the picture's width and height."""
    image = Image.open(picture).convert("RGB")
    red, green, _ = image.split()
    found = ImageChops.subtract(red, green).point(lambda v: 255 if v > 60 else 0).getbbox()
    assert found
    return (found[0] / image.width, found[1] / image.height, found[2] / image.width, found[3] / image.height)


SHIFTED = (40.0, 60.0, 600.0, 780.0)
CASES = {f"turned {rotation}": turned(rotation, None, None) for rotation in (0, 90, 180, 270)}
CASES |= {f"shifted, turned {rotation}": turned(rotation, SHIFTED, None) for rotation in (0, 90, 180, 270)}
CASES |= {f"cropped, turned {rotation}": turned(rotation, None, (130, 300, 500, 700)) for rotation in (0, 90)}
CASES |= {
    "shifted and cropped": turned(270, SHIFTED, (130, 300, 500, 700)),
    "cropped beyond the page": turned(0, None, (-50, 100, 900, 700)),
    "inherited": inherited(),
}


@pytest.mark.parametrize("data", CASES.values(), ids=CASES.keys())
def test_the_boxes_of_the_text_fall_on_its_words(data: bytes, tmp_path: Path) -> None:
    path, digest = placed(tmp_path, data)
    lines = read_pdf(path, name="a.pdf", sha256=digest, limits=Limits()).lines
    line = next(line for line in lines if "forum" in line.text)
    at = line.text.index("forum")
    word = next(w for w in line.words if w.start <= at < w.end)
    regions = (Region(1, word.x0, word.top, word.x1, word.bottom),)
    size = page_size(path, 1, folder=tmp_path / "pages", sha256=digest)
    (box,) = boxes(regions, 1, size, margin=0.0)
    left, top, right, bottom = red_box(render(path, 1, folder=tmp_path / "pages", sha256=digest))
    ink = (left * size.width, top * size.height, right * size.width, bottom * size.height)
    shown = (box.x, box.y, box.x + box.width, box.y + box.height)
    upright = box.width > box.height
    for number, (edge, found) in enumerate(zip(shown, ink, strict=True)):
        along = number % 2 == 0 if upright else number % 2 == 1
        assert abs(edge - found) < (1.5 if along else 6.0), (shown, ink)
    assert shown[0] - 1 <= ink[0] and shown[1] - 1 <= ink[1] and ink[2] <= shown[2] + 1 and ink[3] <= shown[3] + 1


def test_a_picture_is_painted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, digest = placed(tmp_path, canvas_bytes(pages=2))
    folder = tmp_path / "pages"
    picture = render(path, 2, width=300, folder=folder, sha256=digest)
    assert picture == folder / digest / "2-300.png"
    assert Image.open(picture).size == (300, 389)
    assert page_size(path, 2, folder=folder, sha256=digest) == PageSize(612, 792)
    monkeypatch.setattr(page_image._painter, "paint", None)
    path.unlink()
    assert render(path, 2, width=300, folder=folder, sha256=digest) == picture
    assert page_size(path, 2, folder=folder, sha256=digest) == PageSize(612, 792)


def test_grey_pages_are_kept_as_grey_and_coloured_ones_keep_their_colour(tmp_path: Path) -> None:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(100, 700, "Text")
    canvas.save()
    assert Image.open(picture_of(tmp_path, out.getvalue())).mode == "L"
    assert Image.open(picture_of(tmp_path, canvas_bytes())).mode == "RGB"


@pytest.mark.parametrize(
    ("size", "width"),
    [((14_400, 14_400), 2_400), ((20, 14_400), 900), ((14_400, 20), 900), ((3, 3), 900), ((200, 2_000), 2_400)],
)
def test_pages_of_any_size_stay_within_the_bounds(size: tuple[int, int], width: int, tmp_path: Path) -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=size)
    canvas.rect(0, 0, size[0] / 2, size[1] / 2, fill=1)
    canvas.save()
    path, digest = placed(tmp_path, out.getvalue())
    image = Image.open(render(path, 1, width=width, folder=tmp_path / "pages", sha256=digest))
    assert (
        image.width <= width and max(image.size) <= MOST_SIDE + 1 and image.width * image.height <= MOST_PIXELS * 1.01
    )
    assert page_size(path, 1, folder=tmp_path / "pages", sha256=digest) == size


def encrypted(user: str) -> bytes:
    return canvas_bytes(encrypt=StandardEncryption(user, ownerPassword="owner"))


WHOLE = canvas_bytes(pages=3)
BAD = {
    "empty": (b"", 1, "not a PDF"),
    "a text": (b"The General Assembly,", 1, "not a PDF"),
    "encrypted": (encrypted("secret"), 1, "encrypted: its pages cannot be shown"),
    "a header only": (b"%PDF-1.4\n", 1, "broken PDF"),
    "a page without content": (WHOLE.replace(b"/Type /Page\n", b"/Type /Nope\n"), 1, "the page cannot"),
    "page 0": (WHOLE, 0, "no page 0"),
    "page -1": (WHOLE, -1, "no page -1"),
    "page 4 of 3": (WHOLE, 4, "no page 4: it has 3"),
    "page 10 million": (WHOLE, 10_000_000, "no page 10000000"),
}


@pytest.mark.parametrize(("data", "page", "told"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_shown_is_one_line_with_the_file(data: bytes, page: int, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        picture_of(tmp_path, data, page)
    assert re.fullmatch(rf"a\.pdf: {re.escape(told)}.*", str(caught.value))
    assert not list(tmp_path.glob("pages/*/*"))


def test_limits_of_documents_hold(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than 2 pages: raise GCMREFS_MAX_PAGES"):
        picture_of(tmp_path, WHOLE, pages=2)
    with pytest.raises(InputError, match="larger than 100 bytes: raise GCMREFS_MAX_BYTES"):
        picture_of(tmp_path, canvas_bytes(), bytes=100)


@pytest.mark.parametrize("data", [encrypted(""), b"junk\n" * 20 + WHOLE, WHOLE[: WHOLE.rindex(b"xref")]])
def test_what_the_reader_mends_is_shown(data: bytes, tmp_path: Path) -> None:
    assert picture_of(tmp_path, data).stat().st_size > 1_000


@pytest.mark.parametrize("cut", range(200, 3_000, 400))
def test_damaged_files_end_in_a_picture_or_in_a_line(cut: int, tmp_path: Path) -> None:
    data = bytearray(WHOLE)
    data[cut : cut + 60] = bytes(range(60))
    try:
        assert picture_of(tmp_path, bytes(data)).is_file()
    except InputError as error:
        assert "\n" not in str(error)


def test_another_file_in_the_place_is_never_shown(tmp_path: Path) -> None:
    path, _ = placed(tmp_path, canvas_bytes())
    with pytest.raises(InputError, match="not the file that was read: run gcmrefs run"):
        render(path, 1, folder=tmp_path / "pages", sha256="0" * 64)
    path.unlink()
    with pytest.raises(InputError, match="cannot be opened"):
        render(path, 1, folder=tmp_path / "pages", sha256="0" * 64)


@pytest.mark.parametrize("sha256", ["", "..", "../" * 20, "0" * 63, "G" * 64, "0" * 64 + "\n"])
def test_nothing_but_a_sum_names_a_folder(sha256: str, tmp_path: Path) -> None:
    path, _ = placed(tmp_path, canvas_bytes())
    with pytest.raises(GcmrefsError, match="no sha256"):
        render(path, 1, folder=tmp_path / "pages", sha256=sha256)


@pytest.mark.parametrize("width", [0, -1, 99, 2_401, 10**9])
def test_widths_are_bounded(width: int, tmp_path: Path) -> None:
    with pytest.raises(GcmrefsError, match="100 to 2400 pixels"):
        picture_of(tmp_path, canvas_bytes(), width=width)


def endless() -> bytes:
    """A page that calls a form which calls another one ten times, and so on: ten to the ninth marks."""
    count = 9
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 612 792]>>"]
    parts.append(b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>")
    parts.append(b"<</Length 5>>stream\n/F Do\nendstream")
    calls = b"/F Do " * 10
    for number in range(count):
        inner = b"<</XObject<</F %d 0 R>>>>" % (number + 6)
        body = calls if number < count - 1 else b"0 0 9 9 re f 1 1 5 5 re S"
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources%s/Length %d>>" % (inner, len(body))
        parts.append(head + b"stream\n" + body + b"\nendstream")
    objects = b"".join(b"%d 0 obj%s endobj\n" % (n, part) for n, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R/Size 20>>\n%%EOF"


def test_a_page_that_takes_too_long_is_given_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    painter = Painter(seconds=2.0)
    monkeypatch.setattr(page_image, "_painter", painter)
    with pytest.raises(InputError, match="not drawn within"):
        picture_of(tmp_path, endless())
    with monkeypatch.context() as patch:
        patch.setattr(painter, "paint", None)
        with pytest.raises(InputError, match="not drawn within"):
            picture_of(tmp_path, endless())
    assert picture_of(tmp_path, WHOLE).is_file()
    painter.close()


def test_a_process_that_died_is_replaced(tmp_path: Path) -> None:
    picture_of(tmp_path, WHOLE, 1)
    process = page_image._painter._apart._process
    assert process is not None
    process.kill()
    assert picture_of(tmp_path, WHOLE, 2).is_file()


def test_the_process_ends_with_its_parent() -> None:
    painter = Painter()
    painter.warm()
    process, line = painter._apart._process, painter._apart._line
    assert process is not None and line is not None
    line.close()
    assert process.wait(timeout=20) == 0
    painter.close()


def test_many_ask_at_once(tmp_path: Path) -> None:
    path, digest = placed(tmp_path, canvas_bytes(pages=6))
    problems: list[Exception] = []

    def ask(first: int) -> None:
        try:
            for page in range(1, 7):
                number = (page + first) % 6 + 1
                Image.open(render(path, number, width=200, folder=tmp_path / "pages", sha256=digest)).load()
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert len(list((tmp_path / "pages").glob("*/*.png"))) == 6


def test_the_folder_of_pictures_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, digest = placed(tmp_path, canvas_bytes(pages=8))
    folder = tmp_path / "pages"
    first = render(path, 1, width=400, folder=folder, sha256=digest)
    monkeypatch.setattr(page_image, "KEPT_BYTES", 4 * first.stat().st_size)
    pictures = [first]
    for number in range(2, 9):
        pictures.append(render(path, number, width=400, folder=folder, sha256=digest))
        os.utime(pictures[-1], (time.time() - 100 + number, time.time() - 100 + number))
        assert render(path, 1, width=400, folder=folder, sha256=digest) == first
        assert sum(file.stat().st_size for file in folder.glob("*/*")) <= page_image.KEPT_BYTES
    assert first.is_file() and pictures[-1].is_file() and not pictures[1].is_file()


@given(
    st.lists(
        st.tuples(st.integers(1, 9_999), *[st.floats(-9_999, 99_999).map(lambda v: round(v, 1) + 0.0)] * 4), max_size=5
    )
)
def test_regions_come_back_from_the_column(found: list[tuple[int, float, float, float, float]]) -> None:
    regions = tuple(Region(*values) for values in found)
    assert parse_regions(";".join(str(region) for region in regions)) == regions


@given(st.text(alphabet="0123456789:;,.-naif e\u0661", max_size=60))
def test_any_text_gives_rectangles_inside_the_page(text: str) -> None:
    size = PageSize(612, 792)
    for box in boxes(parse_regions(text), 1, size):
        assert 0 <= box.x <= 612 and 0 <= box.y <= 792 and box.width >= 0 and box.height >= 0
        assert box.x + box.width <= 612.01 and box.y + box.height <= 792.01


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("1:10.0,20.0,30.0,40.0", (Box(10, 20, 20, 20),)),
        ("2:10.0,20.0,30.0,40.0", ()),
        ("1:10.0,20.0,30.0,40.0;2:1.0,1.0,2.0,2.0;1:50,60,70,80", (Box(10, 20, 20, 20), Box(50, 60, 20, 20))),
        ("1:-5.0,-5.0,30.0,900.0", (Box(0, 0, 30, 792),)),
        ("1:700.0,20.0,730.0,40.0", ()),
        ("1:30.0,20.0,10.0,40.0", ()),
        ("1:nan,20.0,30.0,40.0;1:10,20,30;x", ()),
    ],
)
def test_boxes(text: str, expected: tuple[Box, ...]) -> None:
    assert boxes(parse_regions(text), 1, PageSize(612, 792), margin=0) == expected


def test_the_file_of_a_document_while_it_has_the_bytes_that_were_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_image, "LOOK_SECONDS", 0.0)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    path, digest = placed(corpus, WHOLE, "paper.pdf")
    settings = Settings(corpus=corpus, outputs=tmp_path / "outputs")
    assert source_file(settings, "paper", digest) == path
    for slug in ("other", "../corpus/paper", "paper.pdf", "", str(path)):
        assert source_file(settings, slug, digest) is None
    assert source_file(settings, "paper", "0" * 64) is None
    other, changed = placed(corpus, WHOLE + b"\n", "paper.pdf")
    assert source_file(settings, "paper", digest) is None
    assert source_file(settings, "paper", changed) == other
    other.unlink()
    assert source_file(settings, "paper", changed) is None
    twin, text = placed(corpus, b"1. Ministers met.\n", "paper.txt")
    assert source_file(settings, "paper", text) == twin
    twin.unlink()
    assert source_file(settings, "paper", text) is None


def test_sums_are_reckoned_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, digest = placed(tmp_path, WHOLE, "paper.pdf")
    reckoned: list[Path] = []
    monkeypatch.setattr(page_image, "checksum", lambda file: reckoned.append(file) or digest)
    settings = Settings(corpus=tmp_path)
    assert [source_file(settings, "paper", digest) for _ in range(5)] == [path] * 5
    assert reckoned == [path]


@pytest.mark.skipif("GCMREFS_CORPUS" not in os.environ, reason="real documents: set GCMREFS_CORPUS to their folder")
@pytest.mark.parametrize("name", ["un/A_RES_73_195.pdf", "un_pdf/A_RES_73_6-EN.pdf", "iom/iscm_review_2019.pdf"])
def test_boxes_of_real_documents_hold_ink(name: str, tmp_path: Path) -> None:
    source = Path(os.environ["GCMREFS_CORPUS"]) / name
    if not source.is_file():
        pytest.skip(f"{name} is not in the corpus")
    document, out = pypdfium2.PdfDocument.new(), BytesIO()
    document.import_pages(pypdfium2.PdfDocument(source), [0, 1, 2])
    document.save(out)
    path, digest = placed(tmp_path, out.getvalue())
    found = read_pdf(path, name=name, sha256=digest, limits=Limits()).lines
    lines = [line for line in found if line.page == 2 and line.role != "furniture"]
    assert len(lines) > 20
    size = page_size(path, 2, folder=tmp_path / "pages", sha256=digest)
    image = Image.open(render(path, 2, width=1_200, folder=tmp_path / "pages", sha256=digest)).convert("L")
    scale = image.width / size.width
    for line in lines:
        box = tuple(round(v * scale) for v in (line.x0, line.top, line.x1, line.bottom))
        dark = ImageChops.invert(image.crop(box))
        assert sum(dark.histogram()[100:]) > 0.02 * dark.width * dark.height, line.text
        before = ImageChops.invert(image.crop((box[0] - 12, box[1], box[0] - 4, box[3])))
        assert line.cell or line.role != "body" or line.notes or not sum(before.histogram()[100:]), line.text
