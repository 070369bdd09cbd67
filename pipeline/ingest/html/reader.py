"""HTML: the document inside a web page, with headings, lists numbered as a browser shows them, tables and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from pipeline.errors import InputError
from pipeline.ingest.encoding import decode, without_entities
from pipeline.ingest.frames import TableFacts, is_mark_alone, without_frames
from pipeline.ingest.html.counters import CSS_TYPES, Counters
from pipeline.ingest.html.nesting import flattened, with_few_attributes
from pipeline.ingest.html.page import (
    Page,
    classes,
    content_of,
    is_boilerplate,
    is_notes,
    is_shown,
    metadata_of,
    parse_page,
    title_of,
    walk,
)
from pipeline.ingest.html.table import OpenTable, children_of, facts_of, integer_of, next_cell
from pipeline.ingest.line import Ingested, Line, Role
from pipeline.ingest.marks import note_call, note_calls, split_bullet
from pipeline.ingest.numerals import numeral
from pipeline.ingest.piece import Piece, moved
from pipeline.ingest.printed_lines import with_breaks, without_breaks
from pipeline.ingest.text.reader import lines_of
from pipeline.settings import Limits

_CHARSET = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})", re.I)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_UNSTYLED = frozenset({"list-unstyled", "list-none", "no-bullets", "list-style-none", "unstyled"})
_BOLD = re.compile(r"font-weight:(?:bold|[6-9]00)")
_NOTE = r"(?:_?(?:ftn|fn|footnote|edn|endnote|note)|sdfootnote|sdendnote|cite_note)"
_NOTE_ID = re.compile(rf"{_NOTE}(?:[-_:]|[-_:].*[-_:])?(\d{{1,3}})$", re.I)
_NOTE_LINK = re.compile(rf"#{_NOTE}(?!-?_?ref)[-_:]?.{{0,80}}\d", re.I)
_BACK_LINK = re.compile(rf"#(?:{_NOTE}[-_:]?ref|cite_ref|sd(?:foot|end)note\d+anc)", re.I)
_GOOGLE_LIST = re.compile(r"lst-kix_\w+-(\d)$")
"""Lists of Google Docs stand one after the other, whatever their level; their class says it."""
_BARE_NUMBER = re.compile(r"\d{1,3}")


@dataclass(slots=True)
class _List:
    """An open list: what its items print (`style`; "" nothing, "•" a bullet), the next number, whether the page says
    it, the step, and how deep the list stands."""

    style: str
    number: int
    is_said: bool
    step: int
    has_notes: bool
    depth: int


@dataclass(slots=True)
class _State:
    """What holds inside the current element; saved when one is entered, restored when it is left."""

    is_bold: bool = False
    is_italic: bool = False
    is_centred: bool = False
    heading: int | None = None
    is_preformatted: bool = False
    note: str = ""
    is_note_call: bool = False
    is_link: bool = False
    has_capitals: bool = False
    has_mark: bool = False
    cell: str = ""
    raised: int = -1


def read_html(data: bytes, *, name: str, sha256: str, limits: Limits) -> Ingested:
    """Reads the document of a web page into lines, without what surrounds it; nothing is run and nothing fetched.

    `limits.nesting` bounds how deep elements are followed; what stands deeper is read as plain text, with a warning.
    Raises InputError where the page holds no text (made by scripts, or only navigation).

    >>> from pipeline.settings import Limits
    >>> page = read_html(b"<ol type=a><li>To agree</ol>", name="a.html", sha256="", limits=Limits())
    >>> [(line.mark, line.text) for line in page.lines]
    [('a.', 'To agree')]
    """
    declared = _XML_CHARSET.search(data[:300]) or _CHARSET.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii") if declared else "")
    if decoded.damage > 0.3:
        raise InputError(name, "not HTML: most of it is binary", "fetch the document again")
    source, cut = flattened(with_few_attributes(decoded.text), limits.nesting)
    warnings = decoded.warnings
    if cut:
        warnings += (f"elements nested deeper than {limits.nesting} levels read as plain text",)
    page = parse_page(source)
    root = content_of(page)
    lines = _PageWalk(page).read(root) if root is not None else ()
    if not lines:
        raise InputError(name, "no text in this page", "save it from a browser (as text or PDF): scripts may make it")
    return Ingested(name, sha256, "html", _titled(page, root, lines), 0, metadata_of(page), warnings=warnings)


def _titled(page: Page, root: LexborNode | None, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Puts the page's only h1 before the lines where it stands outside of the element that holds the text."""
    found = page.tree.css("h1")
    if root is None or len(found) != 1 or page.weight(root).h1:
        return lines
    text = " ".join(found[0].text().split())
    title = title_of(page)
    if text and (not title or text.lower() in title.lower()):
        return (Line(text, heading=1), *lines)
    return lines


class _PageWalk:
    """Walks the tree once and collects lines; all state of the walk is here."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines: list[Line] = []
        self.state = _State()
        self.lists: list[_List] = []
        self.tables: list[OpenTable] = []
        self.facts: list[TableFacts] = []
        self.counters = Counters()
        self.depth = 0
        self.mark = ""
        self.note = ""
        self.breaks = True
        self.notes: list[str] = []
        self.piece = Piece()

    def read(self, root: LexborNode) -> tuple[Line, ...]:
        total = self.page.weight(root).text
        top = root.mem_id
        saved: list[_State] = []

        def is_wanted(node: LexborNode) -> bool:
            if not is_shown(self.page, node):
                return False
            return node.mem_id == top or node.tag == "-text" or not is_boilerplate(self.page, node, total)

        for node, entering in walk(root, is_wanted):
            tag = node.tag or ""
            if tag == "-text":
                if entering:
                    self.text(without_entities(node.text_content or ""))
            elif entering:
                saved.append(self.state)
                self.state = replace(self.state, raised=-1, has_mark=False)
                self.depth += 1
                self.enter(node, tag)
            else:
                self.leave(node, tag)
                self.state = saved.pop()
                self.depth -= 1
                self.counters.leave(self.depth + 1)
        self.flush()
        return tuple(without_breaks(with_breaks(without_frames(self.lines, self.facts))))

    def text(self, text: str) -> None:
        if (
            not self.state.is_preformatted
            and text[:1].isalpha()
            and not text[:1].islower()
            and 0 < len(self.piece.parts) < 4
        ):
            before = self.piece.since(0)
            if not before[-1:].isspace() and (is_mark_alone(before.strip()) or _BARE_NUMBER.fullmatch(before.strip())):
                self.piece.add(" ")  # a number in an element of its own is set apart by style
        self.piece.add(text.upper() if self.state.has_capitals else text, self.state.is_bold, self.state.is_italic)

    def enter(self, node: LexborNode, tag: str) -> None:
        attributes = node.attributes
        if tag == "br":
            self.line_break()
            return
        if tag in _BLOCKS:
            self.flush()
            self.block(node, tag, attributes)
        self.count(node, tag, attributes)
        self.weigh(node, tag, attributes)
        if tag == "q":
            self.piece.add("“")
        if tag == "sup" or (tag == "a" and _NOTE_LINK.match(attributes.get("href") or "")):
            self.state.raised = len(self.piece.parts)
        if tag == "a" and (attributes.get("href") or "").startswith("#"):
            self.state.is_link = True
            if self.state.is_note_call and _BACK_LINK.match(attributes.get("href") or ""):
                self.state.raised = len(self.piece.parts)

    def weigh(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        """Notes how an element's letters look: bold, italic, in capitals."""
        style = (attributes.get("style") or "").replace(" ", "").lower()
        if tag in ("b", "strong") or _BOLD.search(style):
            self.state.is_bold = True
        elif "font-weight:normal" in style or "font-weight:400" in style:
            self.state.is_bold = False
        if tag in ("i", "em") or "font-style:italic" in style:
            self.state.is_italic = True
        if (value := self.page.style(node, "text-transform")) or self.page.style(node, "font-variant") == "small-caps":
            self.state.has_capitals = value in ("", "uppercase")

    def count(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        """Counts what the style sheet counts at an element, and takes the number that it prints before it."""
        page = self.page
        self.counters.enter(self.depth, page.style(node, "counter-reset"), page.style(node, "counter-increment"))
        before = page.before
        if not before.simple and not before.selected:
            return
        self.counters.enter(self.depth, before.value(node, "counter-reset"), before.value(node, "counter-increment"))
        inside = self.lists[-1] if tag == "li" and self.lists else None
        said = inside is not None and (inside.is_said or "value" in attributes)
        number = inside.number - inside.step if inside is not None and said else None
        printed = self.counters.printed(before.value(node, "content"), attributes, number)
        if printed and tag in _BLOCKS:
            self.mark, self.state.has_mark = printed, True
        elif printed:
            self.piece.add(f"{printed} ")

    def block(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        state = self.state
        if tag in _HEADINGS:
            state.heading = _HEADINGS[tag]
        aligned = (attributes.get("align") or self.page.style(node, "text-align")).lower()
        if tag == "center" or aligned:
            state.is_centred = tag == "center" or aligned == "center"
        state.is_preformatted = state.is_preformatted or tag == "pre"
        if is_notes(node):
            state.is_note_call = True
        found = _NOTE_ID.match(attributes.get("id") or "") if tag != "body" else None
        if found and "ref" not in (attributes.get("id") or ""):
            state.is_note_call, state.note = True, found[1]
        if tag in ("ol", "ul", "menu", "dir"):
            self.lists.append(self.opened_list(node, tag, attributes))
        elif tag == "li":
            self.item(node, attributes)
        elif tag == "table":
            self.facts.append(facts_of(self.page, node, state.cell))
            self.tables.append(OpenTable(len(self.facts), taken={}))
        elif tag == "tr" and self.tables:
            table = self.tables[-1]
            table.row, table.column = table.row + 1, 0
            table.taken = {column: rows - 1 for column, rows in (table.taken or {}).items() if rows > 1}
        elif tag in ("td", "th") and self.tables:
            state.cell = next_cell(self.tables[-1], attributes)

    def leave(self, node: LexborNode, tag: str) -> None:
        if tag == "q":
            self.piece.add("”")
        if self.state.raised >= 0:
            self.raised(tag, node)
        if tag == "pre":
            self.preformatted()
        elif tag in _BLOCKS:
            self.flush()
        if tag == "li" or self.state.has_mark:
            self.mark = ""
        elif tag in ("ol", "ul", "menu", "dir"):
            self.lists.pop()
        elif tag == "table":
            self.tables.pop()

    def raised(self, tag: str, node: LexborNode) -> None:
        """Takes a footnote's call (or, inside a note, its link back) out of the text."""
        parts = self.piece.parts
        text = self.piece.since(self.state.raised).strip()
        before = "".join(part[0] for part in parts[max(self.state.raised - 8, 0) : self.state.raised])
        href = node.attributes.get("href") or ""
        linked = self.state.is_link or tag == "a" or bool(node.css("a[href^='#']"))
        if self.state.is_note_call and not before.strip():
            if _BACK_LINK.match(href) or note_call("x", text):
                self.note = note_call("x", text)
                del parts[self.state.raised :]
        elif self.state.is_note_call and _BACK_LINK.match(href):
            del parts[self.state.raised :]
        elif marks := note_calls("x" if linked and before.strip() else before, text):
            self.notes += marks
            del parts[self.state.raised :]

    def opened_list(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> _List:
        items = sum(1 for _ in _items(node)) if "reversed" in attributes else 0
        depths = [int(found[1]) for one in classes(node) if (found := _GOOGLE_LIST.match(one))]
        return _List(
            self.list_style(node, tag, attributes),
            integer_of(attributes.get("start"), items or 1),
            "start" in attributes,
            -1 if "reversed" in attributes else 1,
            self.state.is_note_call,
            max([len(self.lists), *depths]),
        )

    def list_style(self, node: LexborNode, tag: str, attributes: dict[str, str | None], default: str = "") -> str:
        default = default or ("decimal" if tag == "ol" else "•")
        named = _TYPES.get(attributes.get("type") or "", CSS_TYPES.get((attributes.get("type") or "").lower(), default))
        if _UNSTYLED & set(classes(node)):
            named = ""
        css = self.page.style(node, "list-style-type").split()
        return next((CSS_TYPES[word] for word in css if word in CSS_TYPES), named)

    def item(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        if not self.lists:
            self.mark = "•"
            return
        inside = self.lists[-1]
        style = self.list_style(node, "li", attributes, inside.style) if inside.style else ""
        number = inside.number = integer_of(attributes.get("value"), inside.number)
        inside.number += inside.step
        self.mark = style if style in ("", "•") else f"{numeral(number, style)}."
        if inside.has_notes and style not in ("", "•"):
            self.state.note = self.state.note or numeral(number, style)
            self.mark = ""

    def line_break(self) -> None:
        if self.state.is_preformatted:
            self.piece.add("\n")
        elif self.piece.text():
            self.flush(breaks=False)
        else:
            self.piece = Piece()
            self.breaks = True

    def preformatted(self) -> None:
        text = self.piece.since(0)
        self.piece = Piece()
        self.lines += lines_of(text.replace("\f", "\n"))
        self.breaks = True

    def flush(self, breaks: bool = True) -> None:
        """Ends the current line; `breaks` says whether what follows starts a paragraph."""
        state = self.state
        if state.is_preformatted:
            return
        piece = self.piece
        if words := piece.text():
            role: Role = "note" if state.is_note_call else "cell" if state.cell else "body"
            typed, text = split_bullet(words) if self.breaks and not self.mark else ("", words)
            self.lines.append(
                Line(
                    text,
                    role,
                    is_bold=piece.is_all(1),
                    is_italic=piece.is_all(2),
                    is_centred=state.is_centred,
                    has_break=self.breaks,
                    mark=self.mark or typed,
                    depth=self.lists[-1].depth if self.lists else 0,
                    heading=state.heading if role != "note" else None,
                    cell=state.cell if role == "cell" else "",
                    note=(state.note or self.note) if role == "note" else "",
                    notes=tuple(self.notes),
                    bold_spans=moved(piece.bold_spans(), len(text) - len(words)),
                )
            )
            self.mark, self.notes = "", []
            self.breaks = breaks
        elif breaks:
            self.breaks = True
        self.piece = Piece()


def _items(node: LexborNode) -> list[LexborNode]:
    return [child for child in children_of(node) if child.tag == "li"]
