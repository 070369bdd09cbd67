from textwrap import wrap

import pytest

from pipeline.errors import InputError
from pipeline.ingest.html.nesting import flattened
from pipeline.ingest.html.reader import read_html
from pipeline.ingest.line import Ingested, Line
from pipeline.settings import Limits

FILLER = "<p>" + "The participating States agreed to cooperate on migration. " * 5 + "</p>"


def read(html: str | bytes, limits: Limits | None = None) -> Ingested:
    data = html.encode() if isinstance(html, str) else html
    return read_html(data, name="a.html", sha256="", limits=limits or Limits())


def lines(html: str) -> tuple[Line, ...]:
    return read(html).lines


def shown(html: str) -> list[str]:
    return [f"{line.mark} {line.text}".strip() for line in lines(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
        ("<ol type=a><li>x<li>y</ol>", ["a. x", "b. y"]),
        ("<ol type=A start=3><li>x</ol>", ["C. x"]),
        ("<ol type=i><li>x<li value=5>y<li>z</ol>", ["i. x", "v. y", "vi. z"]),
        ("<ol reversed><li>x<li>y</ol>", ["2. x", "1. y"]),
        ("<ol start=0><li>x</ol>", ["0. x"]),
        ("<ol style='list-style-type:lower-alpha'><li>x</ol>", ["a. x"]),
        ("<style>ol.r{list-style:upper-roman}</style><ol class=r><li>x<li>y</ol>", ["I. x", "II. y"]),
        ("<ul><li>x<ol><li>y</ol></ul>", ["• x", "1. y"]),
        ("<ul style='list-style:none'><li>1. x</ul>", ["1. x"]),
        ("<ol><li>x<p>more</p></ol>", ["1. x", "more"]),
        ("<ol><li></li><li>y</ol>", ["2. y"]),
        ("<p>• typed</p>", ["• typed"]),
        ("<p><span>(i)</span>&nbsp;typed &ndash; too</p>", ["(i) typed – too"]),
        ("<p>a <b>b</b><i>c</i>\n d</p>", ["a bc d"]),
        ("<p>a<wbr>b <q>c</q></p>", ["ab “c”"]),
    ],
)
def test_text_and_list_marks(html: str, expected: list[str]) -> None:
    assert shown(html) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>SECRET</script>",
        "<style>.x{content:'SECRET'}</style>",
        "<!-- SECRET -->",
        "<noscript>SECRET</noscript>",
        "<template>SECRET</template>",
        "<p hidden>SECRET</p>",
        "<p style='color:red; display: none'>SECRET</p>",
        "<p style='visibility:hidden'>SECRET</p>",
        "<div aria-hidden=true><p>SECRET</p></div>",
        "<style>.gone{display:none}</style><p class='a gone'>SECRET</p>",
        "<style>@media print{p{display:none}}</style><nav>SECRET</nav>",
        "<span class=sr-only>SECRET</span>",
        "<header><a href=/>SECRET</a></header>",
        "<footer>SECRET</footer>",
        "<aside>SECRET</aside>",
        "<form><input value=SECRET><button>SECRET</button></form>",
        "<div role=navigation>SECRET</div>",
        "<div id=menu><a href=1>SECRET</a></div>",
        "<ul><li><a href=1>SECRET one page<li><a href=2>SECRET two page<li><a href=3>SECRET three</a></ul>",
        "<iframe src='file:///etc/passwd'>SECRET</iframe>",
        "<svg><text>SECRET</text></svg>",
        "<p><del>SECRET</del></p>",
        "<p style='font-size:0'>SECRET</p>",
        "<p style='opacity: 0'>SECRET</p>",
        "<p style='position:absolute; left:-9999px'>SECRET</p>",
        "<p style='clip: rect(0 0 0 0)'>SECRET</p>",
        "<p style='text-decoration: line-through red'>SECRET</p>",
        "<style>.a .b{display:none}</style><div class=a><p class=b>SECRET</p></div>",
        "<style>p.a.b{display:none}</style><p class='a b'>SECRET</p>",
        "<table><tr><td><a href=1>SECRET one</a><td><a href=2>SECRET two pages</a><td><a href=3>SECRET three</a></table>",
        "<img src=x onerror='SECRET' alt='SECRET'>",
    ],
)
def test_what_is_not_shown_or_not_the_document_is_dropped(hidden: str) -> None:
    assert shown(f"<body>{hidden}{FILLER}</body>") == shown(FILLER)


@pytest.mark.parametrize(
    "html",
    [
        f"<body><div>noise</div><main>{FILLER}</main><div>noise</div></body>",
        f"<body><p>noise</p><article>{FILLER}</article></body>",
        f"<body><form action=x>{FILLER}</form></body>",  # pages of some systems are one form
        f"<body><details><summary></summary>{FILLER}</details></body>",
        f"<table><tr><td>{FILLER}</table>",  # a layout table
    ],
)
def test_the_document_is_found(html: str) -> None:
    assert shown(html) == shown(FILLER)


def test_a_title_outside_of_the_article_is_kept() -> None:
    html = f"<title>Dhaka Declaration | Site</title><body><h1>Dhaka Declaration</h1><article>{FILLER}</article></body>"
    title = lines(html)[0]
    assert (title.text, title.heading) == ("Dhaka Declaration", 1)


@pytest.mark.parametrize(
    ("html", "breaks"),
    [
        ("<p>a<br>b</p>", [True, False]),
        ("<p>a<br><br>b</p>", [True, True]),
        ("<p>a<br>&nbsp;<br>b</p>", [True, True]),
        ("<p>a</p><p>b</p>", [True, True]),
        ("<div>a</div>b", [True, True]),
        ("<p>a<br></p><p>b</p>", [True, True]),
    ],
)
def test_breaks(html: str, breaks: list[bool]) -> None:
    assert [line.has_break for line in lines(html)] == breaks


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>1. We thank the <del>Rabat</del><ins>Bali</ins> Process.", ["1. We thank the Bali Process."]),
        ("<p>1. We thank <s>the media</s> all.", ["1. We thank all."]),
        ("<p>Migration &amp;amp; workers&amp;rsquo; rights", ["Migration & workers’ rights"]),
        ("<p style='text-transform:uppercase'>the Bali <b>Process</b></p><p>a", ["THE BALI PROCESS", "a"]),
        ("<p><span>1</span><span>Ministers met.</span></p>", ["1 Ministers met."]),
        ("<p><b>2.</b>Ministers met.", ["2. Ministers met."]),
        ("<p><span class=first>M</span>inisters met.", ["Ministers met."]),
        ("<p>1<sup>st</sup> meeting", ["1st meeting"]),
    ],
)
def test_the_text_is_that_of_the_page(html: str, expected: list[str]) -> None:
    assert shown(html) == expected


COUNTED = "<style>p.n{counter-increment:n} p.n::before{content:counter(n) '. '}</style>"
POINTS = "<style>ol.a{counter-reset:a;list-style:none} ol.a>li{counter-increment:a} "
POINTS += "ol.a > li:before{content:'(' counter(a, lower-alpha) ') '}</style>"
NESTED = "<style>ol{counter-reset:i;list-style:none} li:before{counter-increment:i;content:counters(i,'.') ' '}</style>"
FLAT = (
    "<style>.k-0>li:before{content:counter(k,decimal) '. '} .k-0>li{counter-increment:k} ol.k-0{list-style-type:none}"
    " .k-1>li:before{content:'(' counter(m,lower-latin) ')'} .k-1>li{counter-increment:m} ol.k-1{list-style-type:none}"
    " ol.k-1.start{counter-reset:m 0}</style><ol class='k-0 start' start=1><li>x</ol><p></p><ol class=k-0 start=2><li>y"
    "</ol><ol class='k-1 start' start=1><li>a<li>b</ol><ol class=k-0 start=3><li>z</ol>"
).replace("k-", "lst-kix_k-")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"{COUNTED}<p class=n>x<p>y<p class=n>z", ["1. x", "y", "2. z"]),
        (f"{POINTS}<ol class=a><li>x<li>y</ol><ol class=a><li>z</ol>", ["(a) x", "(b) y", "(a) z"]),
        (f"{NESTED}<ol><li>x<ol><li>y<li>z</ol><li>w</ol>", ["1 x", "1.1 y", "1.2 z", "2 w"]),
        (FLAT, ["1. x", "2. y", "(a) a", "(b) b", "3. z"]),
        ("<style>.p:before{content:attr(data-n) '.'}</style><p class=p data-n=7>x", ["7. x"]),
        ("<style>li{list-style:none} li:before{content:'\\2013 '}</style><ul><li>x</ul>", ["– x"]),
        ("<style>p:before{content:'Note: '}</style><p>x", ["x"]),  # decoration
        ("<ol style='list-style-type:arabic-indic'><li>x</ol>", ["١. x"]),
        ("<style>.s{counter-reset:c} h2:before{counter-increment:c;content:'Part ' counter(c,upper-roman) '.'}</style>"
         "<div class=s><h2>x</h2><h2>y</h2></div>", ["Part I. x", "Part II. y"]),
    ],
)  # fmt: skip
def test_numbers_of_style_sheets(html: str, expected: list[str]) -> None:
    assert shown(html) == expected


def test_lists_of_google_documents_have_depth() -> None:
    assert [line.depth for line in lines(FLAT)] == [0, 0, 1, 1, 0]


def test_bold_words_are_known() -> None:
    line = lines("<p>• we <b>thank</b> <span style='font-weight:700'>the  Bali</span> Process, <strong>all</strong>.")[
        0
    ]
    assert [line.text[start:end] for start, end in line.bold_spans] == ["thank the Bali", "all"]


def test_preformatted_text_is_read_as_plain_text_is() -> None:
    rows = (
        "The Conference was held on two days of the month of\nMarch and was attended by all members of the\n"
        "group, which agreed on a declaration that is to be\nadopted by the Ministers when they meet in the\nnext year."
    )
    assert [line.has_break for line in lines(f"<pre>{rows}\n\nIt closed.</pre>")] == [True, *[False] * 4, True]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>T</h1>", (1, False, False, False)),
        ("<h4>T</h4>", (4, False, False, False)),
        ("<p><b>T</b></p>", (None, True, False, False)),
        ("<p><b>T</b> u</p>", (None, False, False, False)),
        ("<p><em><strong>T</strong></em> 12</p>", (None, True, True, False)),
        ("<p style='font-weight: bold; text-align: center'>T</p>", (None, True, False, True)),
        ("<center>T</center>", (None, False, False, True)),
        ("<p align=center>T</p>", (None, False, False, True)),
    ],
)
def test_style(html: str, expected: tuple[int | None, bool, bool, bool]) -> None:
    line = lines(html)[0]
    assert (line.heading, line.is_bold, line.is_italic, line.is_centred) == expected


def test_nested_lists_have_depth() -> None:
    assert [line.depth for line in lines("<ul><li>a<ul><li>b<ol><li>c</ol></ul><li>d</ul>")] == [0, 1, 2, 0]


@pytest.mark.parametrize(
    ("html", "cells"),
    [
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", ["T1/R1/C1", "T1/R1/C2", "T1/R2/C1", "T1/R2/C2"]),
        ("<table><tr><td colspan=2>a<td>b</table>", ["T1/R1/C1", "T1/R1/C3"]),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", ["T1/R1/C1", "T1/R1/C2", "T1/R2/C2"]),
        ("<table><tr><td rowspan=3>a<td>b<tr><td>c<tr><td>d</table>", ["T1/R1/C1", "T1/R1/C2", "T1/R2/C2", "T1/R3/C2"]),
        ("<table><tr><td>a<tr><td>b</table>", ["", ""]),
        ("<table role=presentation><tr><td>a<td>b</table>", ["", ""]),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", ["T1/R1/C1", "T1/R1/C2", ""]),
        ("<table><tr><td><p>a</p><p>b</p><td>c</table>", ["T1/R1/C1", "T1/R1/C1", "T1/R1/C2"]),
        ("<table><tr><td>1.<td>We met</table><table><tr><td>a<td>b</table>", ["", "T1/R1/C1", "T1/R1/C2"]),
        ("<table><tr><td>1.<td>We met<table><tr><td>(a)<td>x<tr><td>(b)<td>y</table></table>", ["", "", ""]),
        ("<table><tr><th>No.<th>Name<tr><td>1.<td>b</table>", ["T1/R1/C1", "T1/R1/C2", "T1/R2/C1", "T1/R2/C2"]),
    ],
)
def test_tables(html: str, cells: list[str]) -> None:
    assert [line.cell for line in lines(html)] == cells
    assert all((line.role == "cell") == bool(line.cell) for line in lines(html))


@pytest.mark.parametrize(
    ("html", "text", "notes"),
    [
        ("<p>Human Rights;<sup>3</sup> the other", "Human Rights; the other", ("3",)),
        ("<p>Rights<sup><a href='#fn1'>[1]</a></sup>.", "Rights.", ("1",)),
        ("<p>Rights<a href='#_ftn12'>[12]</a>.", "Rights.", ("12",)),
        ("<p>Rights<a href='#cite_note-un-3'><sup>[3]</sup></a>.", "Rights.", ("3",)),
        ("<p>Rights;<sup>1, 2</sup> the other", "Rights; the other", ("1", "2")),
        ("<p>le 9<sup>e</sup> sommet", "le 9e sommet", ()),
        ("<p>the 5<sup>th</sup> one", "the 5th one", ()),
        ("<p>over 5 km<sup>2</sup> of", "over 5 km2 of", ()),
        ("<p>see <a href='#annex1'>annex 1</a>", "see annex 1", ()),
    ],
)
def test_note_calls(html: str, text: str, notes: tuple[str, ...]) -> None:
    assert (lines(html)[0].text, lines(html)[0].notes) == (text, notes)


@pytest.mark.parametrize(
    "note",
    [
        "<div id=ftn1><p><a href='#_ftnref1' name=_ftn1>[1]</a> See resolution 71/1.</div>",
        "<section class=footnotes><ol><li id=fn1>See resolution 71/1. <a href='#fnref1'>↩</a></ol></section>",
        "<div class=footnotes><p><sup>1</sup> See resolution 71/1.</div>",
        "<aside role=doc-footnote id=fn1>See resolution 71/1.</aside>",
    ],
)
def test_notes(note: str) -> None:
    line = lines(FILLER + note)[-1]
    assert (line.role, line.note, line.text) == ("note", "1", "See resolution 71/1.")


def test_metadata() -> None:
    head = "<html lang=es-UY><title>Declaración</title><meta name='DC.date' content='2018-09-19T10:00'>"
    head += "<meta property='og:site_name' content='CSM'><link rel=canonical href='http://a.b/c'>"
    expected = {"title": "Declaración", "date": "2018-09-19", "language": "es", "source": "http://a.b/c", "body": "CSM"}
    assert read(head + FILLER).metadata == expected


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset=windows-1252><p>Déclaration".encode("cp1252"),
        "<meta http-equiv=content-type content='text/html; charset=iso-8859-1'><p>Déclaration".encode("cp1252"),
        "<meta charset=utf-8><p>Déclaration".encode("cp1252"),  # the page is wrong about itself
        "<p>Déclaration".encode("utf-16"),
        b"<p>D&eacute;claration",
        "<meta charset=nonsense><p>Déclaration".encode(),
    ],
)
def test_encodings(data: bytes) -> None:
    assert read(data).lines[0].text == "Déclaration"


@pytest.mark.parametrize("html", ["<html></html>", "<script>render()</script><div id=root></div>", "<p hidden>x</p>"])
def test_pages_without_text_are_refused(html: str) -> None:
    with pytest.raises(InputError, match="no text"):
        read(html)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("tag", ["div", "b", "span", "ul><li", "table><tr><td", "blockquote", "a href=x"])
def test_deep_pages_are_read_flat(tag: str) -> None:
    found = read("<p>first</p>" + f"<{tag}>" * 20_000 + "last")
    assert found.lines[-1].text == "last"
    assert found.warnings == ("elements nested deeper than 100 levels read as plain text",)


def test_flattening_leaves_ordinary_pages_alone() -> None:
    html = "<div>" * 50 + "<p>x<p>y<li>z<br>" * 500 + "</div>" * 50 + "<script>'<div>'</script><!-- <div> -->" * 500
    assert flattened(html, 100) == (html, False)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "html",
    [
        "<style>" + ".b .c .d{display:none}" * 4000 + "</style>" + "<div class='b c'>" * 60 + "<p>x</p>" * 4000,
        "<table><tr><td>a<td>b" * 90 + "<p>x</p>" * 4000,
        "<style>" + "p{counter-reset:a}" * 4000 + "</style>" + "<p>x</p>" * 4000,
    ],
)
def test_hostile_pages_cost_no_more_than_their_length(html: str) -> None:
    assert len(read(html).lines) >= 4000


@pytest.mark.parametrize("width", [70, 400])
def test_a_text_typed_with_line_breaks_in_one_element(width: int) -> None:
    texts = [
        "The General Assembly,",
        "Recalling its resolution on the harbours and on the lamps that all the towns keep lit at their landings,",
        "Noting the plan of the harbour towns for the boats of the coming year and for those who work on them,",
        "1. Invites the harbour towns to keep one lamp lit at both of the landings until the boats have come in;",
        "Harbours",
        "2. Decides to meet again.",
    ]
    found: list[str] = []
    for line in lines("<p>" + "<br>".join(part for text in texts for part in wrap(text, width)) + "</p>"):
        found[-1:] = [f"{found[-1]} {line.text}"] if not line.has_break else [*found[-1:], line.text]
    assert found == texts
