import io
import os
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.ingest import read_document
from pipeline.ingest.line import Ingested
from pipeline.ingest.numerals import ordinal
from pipeline.ingest.word.reader import read_docx
from pipeline.settings import Limits

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(body: str, namespace: str = W, chunk: bytes = b"", **parts: str) -> bytes:
    """A Word package with this body; further parts by kind (`numbering="<w:abstractNum .../>"`), `chunk` embedded."""
    roots = {"header": "hdr", "footer": "ftr"}
    links = "".join(f'<Relationship Type="{TYPE}/{kind}" Target="{kind}.xml"/>' for kind in parts)
    links += f'<Relationship Id="c" Type="{TYPE}/aFChunk" Target="chunk"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/chunk", chunk)
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {namespace} {MC}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{links}</Relationships>")
        for kind, content in parts.items():
            root = roots.get(kind, kind)
            archive.writestr(f"word/{kind}.xml", f"<w:{root} {W}>{content}</w:{root}>")
    return out.getvalue()


def read(body: str, namespace: str = W, **parts: str) -> Ingested:
    return read_docx(package(body, namespace, b"", **parts), name="a.docx", sha256="", limits=Limits())


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def item(list_id: int, level: int = 0, text: str = "x") -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(at: int, style: str, pattern: str, more: str = "", start: int = 1) -> str:
    shape = f'<w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{pattern}"/>'
    return f'<w:lvl w:ilvl="{at}">{shape}</w:lvl>'


def lists(levels: str, *, overrides: str = "") -> str:
    """Lists 1 and 2 over the same abstract list; `overrides` belong to list 2."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{overrides}</w:num>'
    )


LEGAL = level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") + level(2, "lowerRoman", "(%3)")
RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


@pytest.mark.parametrize(
    ("numbering", "items", "marks"),
    [
        (lists(LEGAL), [(1, 0), (1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)], "1. 2. (a) (b) (i) 3. (a)"),
        (lists(level(0, "upperRoman", "%1.", start=4)), [(1, 0), (1, 0)], "IV. V."),
        (lists(level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")), [(1, 0), (1, 1), (1, 1)], "1 1.1 1.2"),
        (lists(level(0, "upperRoman", "%1") + level(1, "decimal", "%1.%2", "<w:isLgl/>")), [(1, 0), (1, 1)], "I 1.1"),
        (lists(level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")), [(1, 1)], "1.1"),
        (lists(LEGAL), [(1, 0), (2, 0)], "1. 2."),  # two lists over one abstract list go on
        (lists(LEGAL, overrides=RESTART), [(1, 0), (2, 0), (2, 0), (1, 0)], "1. 1. 2. 3."),
        (lists(level(0, "decimal", "%1.") + level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')),
         [(1, 0), (1, 1), (1, 0), (1, 1)], "1. 1) 2. 2)"),
        (lists(level(0, "bullet", "\uf0b7") + level(1, "bullet", "–")), [(1, 0), (1, 1)], "• –"),
        (lists(level(0, "decimalZero", "%1")), [(1, 0)], "01"),
        (lists(level(0, "upperLetter", "Annex %1")), [(1, 0), (1, 0)], "Annex A Annex B"),
        (lists(level(0, "none", "")), [(1, 0)], ""),
        (lists(level(0, "arabicAlpha", "(%1)")), [(1, 0), (1, 0), (1, 0)], "(أ) (ب) (ت)"),
        (lists(level(0, "arabicAbjad", "%1-")), [(1, 0), (1, 0), (1, 0)], "أ- ب- ج-"),
        (lists(level(0, "hindiNumbers", "%1.", start=9)), [(1, 0), (1, 0)], "९. १०."),
        (lists(level(0, "decimalEnclosedParen", "%1")), [(1, 0)], "(1)"),
        (lists(LEGAL), [(0, 0), (9, 0)], ""),
    ],
)  # fmt: skip
def test_automatic_numbers(numbering: str, items: list[tuple[int, int]], marks: str) -> None:
    found = read("".join(item(*one) for one in items), numbering=numbering).lines
    assert " ".join(line.mark for line in found if line.mark) == marks
    assert [line.text for line in found] == ["x"] * len(items)


def test_depth_is_the_level() -> None:
    found = read(item(1) + item(1, 1) + item(1, 2), numbering=lists(LEGAL)).lines
    assert [line.depth for line in found] == [0, 1, 2]


def test_numbering_by_style() -> None:
    numbering = lists(level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)", '<w:pStyle w:val="B"/>'))
    styles = (
        '<w:style w:styleId="A" w:type="paragraph"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    styles += '<w:style w:styleId="B" w:type="paragraph"><w:basedOn w:val="A"/></w:style>'
    body = p("x", '<w:pStyle w:val="A"/>') + p("y", '<w:pStyle w:val="B"/>')
    body += p("z", '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    found = read(body, numbering=numbering, styles=styles).lines
    assert [(line.mark, line.depth) for line in found] == [("1.", 0), ("(a)", 1), ("", 0)]


def test_empty_items_count_and_deleted_ones_do_not() -> None:
    empty = item(1, text="")
    deleted = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>"
    deleted += "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    found = read(item(1) + empty + deleted + item(1), numbering=lists(LEGAL)).lines
    assert [line.mark for line in found] == ["1.", "3."]


@pytest.mark.parametrize(
    ("paragraph", "texts"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", ["a b"]),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", ["a", "b"]),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", ["a‑b"]),
        ("<w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del>", ["a"]),
        ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:t> b</w:t></w:r>", ["new b"]),
        ("<w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>y</w:t></w:r></w:moveTo>", ["y"]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>b</w:t></w:r>", ["b"]),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>a</w:t></w:r>", ["a"]),
        ("<w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>", ["link"]),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t>7</w:t></w:r></w:fldSimple>", ["7"]),
        ("<w:sdt><w:sdtContent><w:r><w:t>in</w:t></w:r></w:sdtContent></w:sdt>", ["in"]),
        ("<w:r><w:sym w:font='Symbol' w:char='F0B7'/><w:t> a</w:t></w:r>", ["a"]),
    ],
)
def test_runs(paragraph: str, texts: list[str]) -> None:
    found = read(f"<w:p>{paragraph}</w:p>").lines
    assert [line.text for line in found] == texts
    assert [line.has_break for line in found] == [True] + [False] * (len(texts) - 1)


MARK_GONE = "<w:rPr><w:del/></w:rPr>"
MARK_MOVED = "<w:rPr><w:moveFrom/></w:rPr>"
MARK_HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
DROPPED = '<w:framePr w:dropCap="drop" w:lines="3"/>'
LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (p("We thank ", MARK_GONE) + p("the media."), ["We thank the media."]),
        (p("We thank ", LISTED + MARK_GONE) + p("the media.", LISTED) + item(1), ["1. We thank the media.", "2. x"]),
        (p("We thank ", LISTED + MARK_MOVED) + p("all.") + item(1), ["1. We thank all.", "2. x"]),
        (p("", LISTED + MARK_MOVED) + item(1), ["1. x"]),
        (p("Work. ", MARK_HIDDEN) + p("We agreed."), ["Work. We agreed."]),  # a heading run into its paragraph
        (p("a ", MARK_GONE) + p("b ", MARK_GONE) + p("c"), ["a b c"]),
        (p("M", DROPPED) + p("igration is shared."), ["Migration is shared."]),
        (p("M", DROPPED) + p("igration is shared.", LISTED), ["1. Migration is shared."]),
        (p("Last", MARK_GONE), ["Last"]),  # nothing follows that it could go on in
        (p("a", MARK_GONE) + "<w:tbl><w:tr><w:tc>" + p("b") + "</w:tc></w:tr></w:tbl>", ["a", "b"]),
    ],
)
def test_paragraphs_that_lost_their_end_go_on(body: str, shown: list[str]) -> None:
    lines = read(body, numbering=lists(LEGAL)).lines
    assert [f"{line.mark} {line.text}".strip() for line in lines] == shown


@pytest.mark.parametrize(
    ("run", "properties", "text"),
    [
        ("<w:caps/>", "", "THE RABAT PROCESS"),
        ("<w:smallCaps/>", "", "THE RABAT PROCESS"),
        ('<w:caps w:val="0"/>', '<w:pStyle w:val="C"/>', "the Rabat Process"),
        ("", '<w:pStyle w:val="C"/>', "THE RABAT PROCESS"),
        ('<w:rStyle w:val="S"/>', "", "THE RABAT PROCESS"),
    ],
)
def test_capitals_by_format_are_capitals(run: str, properties: str, text: str) -> None:
    styles = '<w:style w:styleId="C" w:type="paragraph"><w:rPr><w:caps/></w:rPr></w:style>'
    styles += '<w:style w:styleId="S" w:type="character"><w:rPr><w:smallCaps/></w:rPr></w:style>'
    assert read(p("the Rabat Process", properties, run), styles=styles).lines[0].text == text


def test_bold_words_are_known() -> None:
    runs = "<w:r><w:t xml:space='preserve'>• We thank the </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Rabat</w:t></w:r>"
    runs += "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'> Process</w:t></w:r><w:r><w:t>.</w:t></w:r>"
    line = read(f"<w:p>{runs}</w:p>").lines[0]
    assert [line.text[start:end] for start, end in line.bold_spans] == ["Rabat Process"]


def test_points_after_soft_breaks_are_paragraphs() -> None:
    runs = "<w:r><w:t>1. We agreed:</w:t><w:br/><w:t>(a) to meet;</w:t><w:br/><w:t>(b) to report</w:t><w:br/><w:t>soon.</w:t></w:r>"
    assert [line.has_break for line in read(f"<w:p>{runs}</w:p>").lines] == [True, True, True, False]


R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


@pytest.mark.parametrize(
    ("part", "texts"),
    [
        (
            b"<html><body><p>in it</p><table><tr><td>a<td>b</table></body></html>",
            ["before", "in it", "a", "b", "after"],
        ),
        (b"plain text in it", ["before", "plain text in it", "after"]),
        (package(p("in it")), ["before", "in it", "after"]),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"
            b"<html><p>in it</p></html>\n--x--\n",
            ["before", "in it", "after"],
        ),
    ],
)
def test_embedded_parts_are_read_in_their_place(part: bytes, texts: list[str]) -> None:
    data = package(p("before") + '<w:altChunk r:id="c"/>' + p("after"), f"{W} {R}", part)
    found = read_docx(data, name="a.docx", sha256="", limits=Limits())
    assert [line.text for line in found.lines] == texts
    assert not found.warnings


def test_what_is_not_read_is_told() -> None:
    data = package(p("before") + '<w:altChunk r:id="c"/>', f"{W} {R}", b"{\\rtf1 x}")
    found = read_docx(data, name="a.docx", sha256="", limits=Limits())
    assert found.warnings == ("an embedded part was not read (not a readable document: looks like RTF)",)
    diagram = '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"/>'
    found = read(p("a") + f"<w:p><w:r><w:drawing>{diagram}</w:drawing></w:r></w:p>" * 2)
    assert found.warnings == ("a diagram in it was not read",)


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert [line.text for line in read(f"<w:p><w:r><w:t>a</w:t>{both}</w:r></w:p>").lines] == ["a", "boxed"]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ([cell("a") + cell("b"), cell("c") + cell("d")], "T1/R1/C1 T1/R1/C2 T1/R2/C1 T1/R2/C2"),
        ([cell("a", '<w:gridSpan w:val="2"/>') + cell("b")], "T1/R1/C1 T1/R1/C3"),
        ([cell("a", '<w:vMerge w:val="restart"/>') + cell("b"), cell("x", "<w:vMerge/>") + cell("c")],
         "T1/R1/C1 T1/R1/C2 T1/R2/C2"),
        ([cell("a"), cell("b")], ""),
    ],
)  # fmt: skip
def test_tables(rows: list[str], cells: str) -> None:
    found = read("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>").lines
    assert " ".join(line.cell for line in found if line.cell) == cells
    assert "x" not in {line.text for line in found}


@pytest.mark.parametrize(
    ("properties", "run", "expected"),
    [
        ('<w:pStyle w:val="H2"/>', "", (2, False, False)),
        ('<w:pStyle w:val="T"/>', "", (1, True, False)),
        ('<w:pStyle w:val="Sub"/>', "", (2, False, False)),
        ('<w:outlineLvl w:val="2"/>', "", (3, False, False)),
        ('<w:pStyle w:val="H2"/><w:outlineLvl w:val="9"/>', "", (None, False, False)),
        ('<w:jc w:val="center"/>', "<w:b/>", (None, True, True)),
        ('<w:pStyle w:val="T"/>', '<w:b w:val="0"/>', (1, False, False)),
    ],
)
def test_style(properties: str, run: str, expected: tuple[int | None, bool, bool]) -> None:
    styles = (
        '<w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="Sub"><w:basedOn w:val="H2"/></w:style>'
        '<w:style w:styleId="T"><w:name w:val="Title"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    line = read(p("Text", properties, run), styles=styles).lines[0]
    assert (line.heading, line.is_bold, line.is_centred) == expected


def test_footnotes_follow_their_paragraph() -> None:
    call = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    own = '<w:r><w:footnoteReference w:id="6" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    notes = (
        f'<w:footnote w:id="5">{p("First note.")}</w:footnote><w:footnote w:id="6">{p("* Second note.")}</w:footnote>'
    )
    notes = f'<w:footnote w:id="0" w:type="separator">{p("____")}</w:footnote>' + notes
    found = read(f"<w:p><w:r><w:t>Text</w:t></w:r>{call}{own}</w:p>" + p("Next"), footnotes=notes).lines
    assert [(line.role, line.note, line.text) for line in found] == [
        ("body", "", "Text"),
        ("note", "1", "First note."),
        ("note", "*", "Second note."),
        ("body", "", "Next"),
    ]
    assert found[0].notes == ("1", "*")


def test_raised_digits_are_note_calls() -> None:
    raised = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>3</w:t></w:r>"
    line = read(f"<w:p><w:r><w:t>Rights;</w:t></w:r>{raised}</w:p>").lines[0]
    assert (line.text, line.notes) == ("Rights;", ("3",))


def test_headers_and_footers_are_furniture() -> None:
    found = read(p("Text"), header=p("A/RES/1/1"), footer=p("18-00001")).lines
    assert [(line.role, line.text) for line in found] == [
        ("furniture", "A/RES/1/1"),
        ("body", "Text"),
        ("furniture", "18-00001"),
    ]


def test_strict_namespace() -> None:
    assert read(p("Text"), 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"').lines[0].text == "Text"


def test_bombs_and_damage_are_refused() -> None:
    entities = '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    with pytest.raises(InputError, match="declares XML entities"):
        _with_document(entities)
    with pytest.raises(InputError, match="expands to more than 1 MB"):
        read_docx(package(p("x" * 2_000_000)), name="a.docx", sha256="", limits=Limits(expanded_bytes=1_000_000))
    with pytest.raises(InputError, match="nested deeper"):
        read("<w:sdt><w:sdtContent>" * 60 + p("x") + "</w:sdtContent></w:sdt>" * 60)
    with pytest.raises(InputError, match="damaged XML"):
        _with_document("<w:document>")
    with pytest.raises(InputError, match="no text"):
        read("<w:p/>")


def _with_document(xml: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", xml)
    read_docx(out.getvalue(), name="a.docx", sha256="", limits=Limits())


def test_a_package_that_lies_about_its_sizes_is_stopped() -> None:
    data = package(p("x" * 3_000_000))
    small = (1000).to_bytes(4, "little")
    real = len(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")).to_bytes(4, "little")
    with pytest.raises(InputError, match=r"expands|damaged"):
        read_docx(data.replace(real, small), name="a.docx", sha256="", limits=Limits(expanded_bytes=1_000_000))


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (1, "decimal", "1"),
        (27, "lowerLetter", "aa"),
        (3, "upperLetter", "C"),
        (14, "upperRoman", "XIV"),
        (0, "lowerRoman", "0"),
    ],
)
def test_ordinal(number: int, style: str, printed: str) -> None:
    assert ordinal(number, style) == printed


def test_word_and_text_versions_have_the_same_paragraphs() -> None:
    if not (corpus := os.environ.get("GCMREFS_CORPUS")):
        pytest.skip("set GCMREFS_CORPUS to the folder of real documents")
    word, text = (_paragraphs(read_document(Path(corpus) / "un" / f"A_RES_73_195.{ext}")) for ext in ("docx", "txt"))
    different = [(one, two) for one, two in zip(word, text, strict=True) if one != two]
    # the text has the raised call of a note a second time as a typed digit
    assert [(one, two) for one, two in different if two.replace("Rights;3", "Rights;") != one] == []


def _paragraphs(document: Ingested) -> list[str]:
    found: list[str] = []
    for line in document.lines:
        if line.role == "body":
            words = f"{line.mark} {line.text}".strip()
            if line.has_break:
                found.append(words)
            else:
                found[-1] += f" {words}"
    return found
