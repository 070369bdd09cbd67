"""What a reader of the page sees is read, and nothing else: layers, paint, crop boxes, scans, forms, shifted letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase.acroform import AcroForm
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import InputError
from pipeline.ingest.pdf.legible import mapping_of
from pipeline.ingest.pdf.miner import brightness
from pipeline.ingest.pdf.reader import NoTextLayer
from tests.ingest.pdf.sheet import FONT, HEIGHT, SHOW, blocks, one_page, printed, put, raw, read, stream, texts

PIXEL = b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
SCAN = b"q 612 0 0 792 0 0 cm /I Do Q "
TOWNS = "The towns of the river and of the lake count the boats that cross in the night and share the count with all"


def shown(tmp_path: Path, content: bytes, resources: bytes = FONT, *more: bytes) -> list[str]:
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(stream(content), resources, *more))
    return texts(read(path), "body")


def catalogued(catalog: bytes, content: bytes, resources: bytes = FONT, page: bytes = b"", *more: bytes) -> bytes:
    """A file of one page with entries of the catalog and the page; further objects are numbered from 5."""
    return raw(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%s>>%s>>" % (resources, page),
        stream(content),
        *more,
    )


SECRET = b"BT /F 10 Tf 100 500 Td (hidden) Tj ET"


@pytest.mark.parametrize(
    ("paint", "read_too"),
    [
        (b"1 g ", False),
        (b"1 1 1 rg ", False),
        (b"0 0 0 0 k ", False),
        (b"0.4 g ", True),
        (b"0 g 90 490 90 30 re f 1 g ", True),
        (b"1 g 90 490 90 30 re f 1 1 1 rg ", False),
        (b"3 Tr ", False),
        (b"7 Tr ", False),
        (b"1 g 2 Tr ", True),
    ],
)
def test_letters_in_the_colour_of_the_paper_are_not_read(tmp_path: Path, paint: bytes, read_too: bool) -> None:
    content = SHOW % b"seen" + b" q " + paint + SECRET + b" Q"
    assert shown(tmp_path, content) == (["seen", "hidden"] if read_too else ["seen"])


def test_how_light_a_colour_is() -> None:
    assert [round(brightness(space, colour), 2) for space, colour in (
        ("DeviceGray", 0.8), ("DeviceRGB", (1, 0.5, 1)), ("DeviceCMYK", (0, 0, 0, 0.25)), ("Separation", 0.1), ("Lab", (100, 0, 0)),
    )] == [0.8, 0.5, 0.75, 0.7, 0.0]  # fmt: skip


@pytest.mark.parametrize("box", [b"/CropBox[40 560 600 780]", b"/CropBox[600 780 40 560]"])
def test_what_is_cropped_away_is_not_read_and_boxes_count_from_the_corner_shown(tmp_path: Path, box: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(catalogued(b"", SHOW % b"seen" + SECRET, page=box))
    document = read(path)
    assert texts(document, "body") == ["seen"]
    line = document.lines[0]
    assert line.x0 == 60 and line.top is not None and 165 < line.top < 180


def test_a_crop_box_off_the_page_is_no_crop_box(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(catalogued(b"", SHOW % b"seen", page=b"/CropBox[900 900 950 950]"))
    assert texts(read(path), "body") == ["seen"]


@pytest.mark.parametrize(
    ("properties", "read_too"),
    [
        (b"/OCGs[5 0 R]/D<</OFF[5 0 R]>>", False),
        (b"/OCGs[5 0 R]/D<<>>", True),
        (b"/OCGs[5 0 R]/D<</BaseState/OFF>>", False),
        (b"/OCGs[5 0 R]/D<</BaseState/OFF/ON[5 0 R]>>", True),
        (b"/OCGs[5 0 R]/D<</AS[<</Event/View/OCGs[5 0 R]/Category[/View]>>]>>", False),
    ],
)
@pytest.mark.parametrize("by", ["group", "membership", "form"])
def test_layers_that_are_off_are_not_read(tmp_path: Path, properties: bytes, read_too: bool, by: str) -> None:
    resources = FONT + b"/Properties<</L %s>>/XObject<</X 7 0 R>>" % (b"6 0 R" if by == "membership" else b"5 0 R")
    content = SHOW % b"seen" + (b" /X Do" if by == "form" else b" /OC /L BDC " + SECRET + b" EMC")
    content += b" BT /F 10 Tf 100 400 Td (last) Tj ET"
    path = tmp_path / "a.pdf"
    group = b"<</Type/OCG/Name(draft)/Usage<</View<</ViewState/OFF>>>>>>"
    form = stream(SECRET, b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/OC 5 0 R/Resources<<%s>>" % FONT)
    more = (group, b"<</Type/OCMD/OCGs[5 0 R]>>", form)
    path.write_bytes(catalogued(b"/OCProperties<<%s>>" % properties, content, resources, b"", *more))
    assert texts(read(path), "body") == (["seen", "hidden", "last"] if read_too else ["seen", "last"])


def test_a_layer_that_never_closes_in_a_form_closes_with_it(tmp_path: Path) -> None:
    resources = FONT + b"/XObject<</X 6 0 R>>"
    form = stream(
        b"/OC /L BDC " + SECRET, b"/Subtype/Form/BBox[0 0 612 792]/Resources<<%s/Properties<</L 5 0 R>>>>" % FONT
    )
    path = tmp_path / "a.pdf"
    catalog = b"/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>"
    path.write_bytes(catalogued(catalog, b"/X Do " + SHOW % b"seen", resources, b"", b"<</Type/OCG>>", form))
    assert texts(read(path), "body") == ["seen"]


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (SCAN + b"BT 3 Tr /F 10 Tf 100 600 Td (recognized) Tj ET", ["recognized"]),
        (SHOW % b"printed" + b" BT 3 Tr /F 10 Tf 101 601 Td (pr1nted) Tj ET", ["printed"]),
        (SCAN + SHOW % b"printed" + b" BT 3 Tr /F 10 Tf 101 601 Td (pr1nted) Tj ET", ["printed"]),
        (SCAN + SHOW % b"stamp" + b" BT 3 Tr /F 10 Tf 100 500 Td (recognized) Tj ET", ["stamp", "recognized"]),
    ],
)
def test_the_text_of_a_scan_is_read_and_one_of_two_layers(tmp_path: Path, content: bytes, body: list[str]) -> None:
    assert shown(tmp_path, content, FONT + b"/XObject<</I 5 0 R>>", stream(b"\x80", PIXEL)) == body


def test_a_page_with_unpainted_text_alone_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(NoTextLayer):
        shown(tmp_path, b"BT 3 Tr /F 10 Tf 100 600 Td (nobody sees this) Tj ET")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"(migra) Tj /Span <</ActualText(tion)>> BDC (t1on) Tj EMC ( ends) Tj", "migration ends"),
        (b"(the ) Tj /Span /A BDC (xx) Tj EMC ( meets) Tj", "the Bali Process meets"),
        (b"(open) Tj /Span <</ActualText<FEFF00AD>>> BDC (-) Tj EMC", "open-"),
        (b"(kept ) Tj /Span <</ActualText()>> BDC (ornament) Tj EMC", "kept"),
        (b"(a) Tj /Span <</MCID 1/ActualText(\\t)>> BDC (.) Tj EMC (b) Tj", "a b"),
    ],
)
def test_text_that_stands_for_glyphs_is_read_in_their_place(tmp_path: Path, content: bytes, text: str) -> None:
    resources = FONT + b"/Properties<</A<</ActualText(Bali Process)>>>>"
    assert shown(tmp_path, b"BT /F 10 Tf 100 600 Td " + content + b" ET", resources) == [text]


def filled(tmp_path: Path, **field: object) -> list[str]:
    def draw(c: Canvas) -> None:
        put(c, 100, 205, "Name of the mechanism:")
        form: AcroForm = c.acroForm
        form.textfield(name="m", x=210, y=HEIGHT - 212, width=200, height=18, fontSize=10, **field)
        put(c, 100, 300, "Signed at the harbour.")

    return blocks(read(printed(tmp_path / "a.pdf", [draw])))


def test_what_was_typed_into_a_field_stands_in_its_row(tmp_path: Path) -> None:
    assert filled(tmp_path, value="Rabat Process") == ["Name of the mechanism: Rabat Process", "Signed at the harbour."]
    assert filled(tmp_path, value="") == ["Name of the mechanism:", "Signed at the harbour."]
    assert filled(tmp_path, value="secret", fieldFlags="password") == [
        "Name of the mechanism:",
        "Signed at the harbour.",
    ]


def test_the_rows_of_a_field_are_words(tmp_path: Path) -> None:
    found = filled(tmp_path, value="The Rabat Process was thanked.\nAll of us were heard.", fieldFlags="multiline")
    assert "The Rabat Process was thanked. All of us were heard." in " ".join(found)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (b"/FT/Ch/V(b)/Opt[[(a)(Almaty Process)][(b)(Budapest Process)]]", "Mechanism: Budapest Process"),
        (b"/Parent 6 0 R", "Mechanism: Prague Process"),
        (b"/FT/Tx/V(gone)/F 2", "Mechanism:"),
        (b"/FT/Btn/V/Yes", "Mechanism:"),
    ],
)
def test_values_are_chosen_inherited_or_hidden(tmp_path: Path, field: bytes, text: str) -> None:
    path = tmp_path / "a.pdf"
    widget = b"<</Type/Annot/Subtype/Widget/Rect[160 590 400 615]%s>>" % field
    parent = b"<</FT/Tx/V(Prague Process)>>"
    path.write_bytes(catalogued(b"", SHOW % b"Mechanism:", FONT, b"/Annots[5 0 R]", widget, parent))
    assert texts(read(path), "body") == [text]


@pytest.mark.parametrize(
    ("catalog", "words"),
    [
        (b"/AcroForm<</XFA(x)/Fields[]>>/NeedsRendering true", "print it to PDF"),
        (b"/Collection<</View/D>>", "portfolio"),
    ],
)
def test_pages_that_stand_in_for_the_content_are_refused(tmp_path: Path, catalog: bytes, words: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(catalogued(catalog, SHOW % b"Please wait for the contents of this document"))
    with pytest.raises(InputError, match=words):
        read(path)
    long = b"".join(b"BT /F 9 Tf 60 %d Td (%s) Tj ET " % (700 - 12 * n, TOWNS.encode()) for n in range(12))
    path.write_bytes(catalogued(catalog, long))
    assert len(texts(read(path), "body")) == 12


def coded(path: Path, rows: list[str], code: int) -> Path:
    """A page whose font names each letter by its number plus `code`."""
    letters = sorted(set("".join(rows)))
    pairs = "".join(f"<{n + 1:04x}> <{ord(char) + code:04x}> " for n, char in enumerate(letters))
    font = b"/Font<</F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts"
    font += b"[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 500>>]>>>>"
    drawn = "".join(
        f"BT /F 10 Tf 50 {700 - 12 * n} Td <{''.join(f'{letters.index(c) + 1:04x}' for c in row)}> Tj ET "
        for n, row in enumerate(rows)
    )
    cmap = f"begincmap {len(letters)} beginbfchar {pairs} endbfchar endcmap"
    path.write_bytes(one_page(stream(drawn.encode()), font, stream(cmap.encode())))
    return path


@pytest.mark.parametrize("code", [0, 0xF000, 1, 3, -3, 29])
def test_shifted_letters_are_put_right(tmp_path: Path, code: int) -> None:
    rows = [TOWNS, "who have not yet been told of the boats and the lamps in this part of the river", TOWNS.upper()]
    assert " ".join(blocks(read(coded(tmp_path / "a.pdf", rows, code)))) == " ".join(rows)


def test_letters_that_stand_for_others_are_no_text(tmp_path: Path) -> None:
    table = str.maketrans("abcdefghijklmnopqrstuvwxyz", "bcdfghjklmnpqrstvwxzbcdfgh")
    with pytest.raises(NoTextLayer):
        read(coded(tmp_path / "a.pdf", [TOWNS.lower().translate(table)] * 3, 0))
    with pytest.raises(NoTextLayer):
        read(coded(tmp_path / "a.pdf", [TOWNS.lower().translate(table)] * 3, 0xE000 + 300))


@pytest.mark.parametrize(
    ("font", "text"),
    [
        ("ABCDEF+Wingdings", "\uf0a7\uf0fc\uf0d8\uf0b7\uf076\uf0a8"),
        ("F", "\uf0b7 \uf0b7 \uf0b7"),
        ("F", "UNHCR ILO UNDP GCM IMRF GRCP CDM NGO CSO PRST"),
        ("F", "Mkutano wa nchi wanachama ulikubali kusaidia wahamiaji katika bandari zote za ziwa kubwa " * 3),
        ("F", "Güvenli düzenli ve kurallı göç için küresel mutabakat hükümetlerin bölgesel süreçlerini anar " * 3),
        ("F", "1 234 567 8.9 10,11 12/13 " * 20),
    ],
)
def test_other_texts_are_left_as_they_are(font: str, text: str) -> None:
    assert mapping_of(font, text) == {}
