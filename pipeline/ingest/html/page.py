"""A web page: its tree, what of it is shown, where its text is, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

_DROPPED = frozenset(
    "script style noscript template svg math iframe object embed head nav button input select textarea option label "
    "datalist canvas audio video map dialog link meta base area track source param rp rt applet frame frameset del s "
    "strike".split()
)
_DROPPED_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alert", "menu", "menubar"})
_UNSEEN = frozenset({"sr-only", "visually-hidden", "screen-reader-text", "element-invisible", "visuallyhidden"})
_BOILERPLATE = re.compile(
    r"^(?:(?:site|page|main|top|global)?[-_]?(?:nav|navbar|navigation|menu|header|footer|sidebar|masthead)"
    r"|breadcrumbs?|cookies?(?:[-_](?:banner|notice|consent|bar))?|social(?:[-_](?:share|links|media))?|share(?:[-_]\w+)?"
    r"|pagination|pager|skip-?links?|newsletter|related(?:[-_]\w+)?|comments|login|search(?:[-_]?(?:box|form))?)$",
    re.I,
)
_NOTES = re.compile(r"^(?:foot|end)notes?(?:[-_]\w+)?$", re.I)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?", re.I)
_COMPLEX = re.compile(r"[\w\s.#>+~*-]{1,200}(?::(?:first-child|last-child|nth-child\(\d{1,3}\)))?")
_PSEUDO = re.compile(r"::?(?:before|marker)\s*$", re.I)
_DECLARATION = re.compile(r"(?:[^;\"']|\"[^\"]*\"|'[^']*')+")
_COUNTING = frozenset({"counter-reset", "counter-increment", "content"})
_HIDING = frozenset(
    "display visibility text-decoration text-decoration-line font-size opacity clip clip-path left top text-indent".split()
)
_PROPERTIES = _HIDING | _COUNTING | {"list-style-type", "text-align", "text-transform", "font-variant"}
_NOTHING = re.compile(r"0(?:\.0+)?(?:px|pt|em|rem|%)?")
_FAR = re.compile(r"-\d{4,}(?:\.\d+)?(?:px|pt)?|-\d{3,}(?:em|rem)")
_CLIPPED = re.compile(r"rect\(\s*[01](?:px)?(?:[\s,]+[01](?:px)?){3}\s*\)|inset\(\s*(?:50|100)%.*\)")
_MAX_RULES, _MAX_SHEET = 5000, 200_000
_MAX_STEPS = 400_000_000
"""Steps that matching rules with compound selectors may take, of about 6 ns; what comes after is not applied."""
_LEAST_STEPS = 150
"""Steps that one element costs however simple the selector."""
_NAMES = re.compile(r"[.#]?[A-Za-z_-][\w-]*")
_DESCENDANT = re.compile(r"(?<![\s>+~])\s+(?![\s>+~])")
_TITLES = ("citation_title", "dc.title", "dcterms.title")
_DATES = ("citation_publication_date", "dc.date", "dcterms.date", "dcterms.issued", "article:published_time", "date")


class Weight(NamedTuple):
    """What stands inside an element: characters of text and of link text, tables, headings and footnotes."""

    text: int = 0
    links: int = 0
    tables: int = 0
    h1: int = 0
    headings: int = 0
    notes: int = 0

    def plus(self, other: Weight) -> Weight:
        return Weight(*(a + b for a, b in zip(self, other, strict=True)))


@dataclass(frozen=True)
class Page:
    """A parsed page with the weight of each element (by `mem_id`) and the style rules that matter here: those of
    elements and those of what is printed before them."""

    tree: LexborHTMLParser
    weights: dict[int, Weight] = field(default_factory=dict)
    styles: StyleSheet = field(default_factory=lambda: StyleSheet())
    before: StyleSheet = field(default_factory=lambda: StyleSheet())

    def weight(self, node: LexborNode) -> Weight:
        return self.weights.get(node.mem_id, Weight())

    def style(self, node: LexborNode, name: str) -> str:
        """The value of a CSS property from the element's own `style` or a simple rule of the page; "" if none."""
        attributes = node.attributes
        own = declarations(attributes["style"] or "").get(name) if attributes.get("style") else None
        return own if own is not None else self.styles.value(node, name)


@dataclass(slots=True)
class StyleSheet:
    """Style rules: by simple selector (`ol`, `.alpha`, `ol.alpha`, `#x`), and by the elements that others select."""

    simple: dict[str, dict[str, str]] = field(default_factory=dict)
    selected: dict[int, dict[str, str]] = field(default_factory=dict)

    def value(self, node: LexborNode, name: str) -> str:
        """The value of a property for an element, "" where no rule sets it."""
        if not self.simple and not self.selected:
            return ""
        found = ""
        if self.simple:
            tag, names = node.tag or "", classes(node)
            keys = [tag, *(f".{one}" for one in names), *(f"{tag}.{one}" for one in names)]
            for key in [*keys, f"#{node.attributes.get('id') or ''}"]:
                found = self.simple.get(key, {}).get(name, found)
        return self.selected.get(node.mem_id, {}).get(name, found)


def parse_page(html: str) -> Page:
    """Parses HTML, however broken; scripts are not run, nothing is fetched, and no depth of nesting recurses."""
    tree = LexborHTMLParser(html)
    page = Page(tree, {}, *_sheets(tree))
    open_weights: list[Weight] = []
    root = tree.root
    for node, entering in walk(root, lambda node: is_shown(page, node)) if root is not None else ():
        if node.tag == "-text":
            if entering and open_weights:
                text = Weight(text=len("".join((node.text_content or "").split())))
                open_weights[-1] = open_weights[-1].plus(text)
        elif entering:
            open_weights.append(_own_weight(node))
        else:
            weight = open_weights.pop()
            if node.tag == "a":
                weight = weight._replace(links=weight.text)
            page.weights[node.mem_id] = weight
            if open_weights:
                open_weights[-1] = open_weights[-1].plus(weight)
    return page


def walk(root: LexborNode, wanted: Callable[[LexborNode], bool]) -> Iterator[tuple[LexborNode, bool]]:
    """Every wanted node below and with `root`, once on the way in (True) and once out (False), without recursion."""
    node: LexborNode | None = root
    top = root.mem_id
    while node is not None:
        inside = wanted(node)
        if inside:
            yield node, True
            child = node.first_child
            if child is not None:
                node = child
                continue
        while node is not None:
            if inside:
                yield node, False
            inside = True
            if node.mem_id == top:
                return
            following = node.next
            if following is not None:
                node = following
                break
            node = node.parent


def is_shown(page: Page, node: LexborNode) -> bool:
    """False for what a reader does not see: scripts, hidden elements, navigation and form controls."""
    tag = node.tag or ""
    if tag == "-text":
        return True
    if tag in _DROPPED or not tag[:1].isalpha():
        return False
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or attributes.get("role") in _DROPPED_ROLES:
        return False
    if attributes.get("class") and _UNSEEN & set(classes(node)):
        return False
    return not _is_hidden(page, node)


def _is_hidden(page: Page, node: LexborNode) -> bool:
    """True where style keeps an element from being seen: not shown, struck out, without size, clipped, or far off."""
    if not node.attributes.get("style") and not page.styles.simple and not page.styles.selected:
        return False
    said = {name: value for name in _HIDING if (value := page.style(node, name))}
    if not said:
        return False
    struck = "line-through" in said.get("text-decoration", "") + said.get("text-decoration-line", "")
    unseen = said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse")
    empty = any(_NOTHING.fullmatch(said.get(name, "")) for name in ("font-size", "opacity"))
    clipped = any(_CLIPPED.fullmatch(said.get(name, "")) for name in ("clip", "clip-path"))
    return (
        struck
        or unseen
        or empty
        or clipped
        or any(_FAR.fullmatch(said.get(n, "")) for n in ("left", "top", "text-indent"))
    )


def is_boilerplate(page: Page, node: LexborNode, total: int) -> bool:
    """True for headers, footers, side columns and menus that surround a document; `total` is all text of the page."""
    tag = node.tag or ""
    if tag not in ("header", "footer", "aside", "form", "div", "section", "ul", "ol", "table", "td", "p", "menu", "dl"):
        return False
    weight = page.weight(node)
    if weight.notes:
        return False
    if tag == "header":
        return not weight.h1
    if tag in ("footer", "aside", "form"):
        return weight.text < 0.4 * total
    dense = weight.links > 20 and weight.links > 0.75 * weight.text and not weight.headings and tag != "p"
    if dense and weight.text < 0.5 * total and len(node.css("a[href]")) >= 3:
        return True
    if weight.text >= 0.3 * total:
        return False
    names = [*classes(node), node.attributes.get("id") or ""]
    return not weight.h1 and any(_BOILERPLATE.match(name) for name in names if name)


def content_of(page: Page) -> LexborNode | None:
    """The element that holds the document: `main`, a dominant `article`, else the body."""
    found = page.tree.body or page.tree.root
    if found is None:
        return None
    for selector, share in (("main, [role=main]", 0.3), ("article", 0.6)):
        inner = max(found.css(selector), key=lambda node: page.weight(node).text, default=None)
        if inner is not None and page.weight(inner).text > share * max(page.weight(found).text, 1):
            found = inner
    return found


def metadata_of(page: Page) -> dict[str, str]:
    """What the page says of itself: title, date, language, source, body (publisher), where given."""
    named: dict[str, str] = {}
    for meta in page.tree.css("meta"):
        attributes = meta.attributes
        name = (attributes.get("name") or attributes.get("property") or attributes.get("http-equiv") or "").lower()
        if name and attributes.get("content"):
            named.setdefault(name, " ".join((attributes["content"] or "").split()))
    html = page.tree.css_first("html")
    canonical = page.tree.css_first("link[rel=canonical]")
    language = (html.attributes.get("lang") if html else None) or named.get("content-language", "")
    found = {
        "title": next((named[key] for key in _TITLES if key in named), "")
        or title_of(page)
        or named.get("og:title", ""),
        "date": next((named[key][:10] for key in _DATES if key in named), ""),
        "language": re.split(r"[-_,;\s]", language.strip())[0].lower(),
        "source": (canonical.attributes.get("href") if canonical else None) or named.get("og:url", ""),
        "body": named.get("dc.publisher", "") or named.get("og:site_name", ""),
    }
    return {key: value for key, value in found.items() if value}


def title_of(page: Page) -> str:
    """The words of the page's `title` element, "" where it has none."""
    title = page.tree.css_first("title")
    return " ".join(title.text().split()) if title else ""


def classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def is_notes(node: LexborNode) -> bool:
    """True for a container of footnotes by its role, class or id."""
    attributes = node.attributes
    if attributes.get("role") in ("doc-endnotes", "doc-footnote"):
        return True
    return any(_NOTES.match(name) for name in (*classes(node), attributes.get("id") or ""))


def declarations(style: str) -> dict[str, str]:
    """The properties of a CSS declaration block, with `list-style` read as `list-style-type`.

    >>> declarations("list-style: none; Color: red")
    {'list-style-type': 'none', 'color': 'red'}
    """
    found = {}
    for part in _DECLARATION.findall(style[:5000]):
        name, _, value = part.partition(":")
        name, value = name.strip().lower(), value.replace("!important", "").strip()
        if value:
            key = "list-style-type" if name == "list-style" else name
            found[key] = value if name in _COUNTING else value.lower()
    return found


def _own_weight(node: LexborNode) -> Weight:
    tag = node.tag or ""
    heading = len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()
    notes = tag in ("div", "section", "ol", "ul", "aside", "footer", "li", "p") and is_notes(node)
    return Weight(tables=int(tag == "table"), h1=int(tag == "h1"), headings=int(heading), notes=int(notes))


class _Shape(NamedTuple):
    """The names of tags, classes and ids of a page ("p", ".a", "#b"), its elements and how deep they stand."""

    names: frozenset[str]
    elements: int
    depth: int

    @classmethod
    def of(cls, tree: LexborHTMLParser) -> _Shape:
        names: set[str] = set()
        elements = depth = deepest = 0
        for node, entering in walk(tree.root, lambda node: node.tag != "-text") if tree.root is not None else ():
            depth += 1 if entering else -1
            if entering:
                elements, deepest = elements + 1, max(deepest, depth)
                names |= {node.tag or "", f"#{node.attributes.get('id') or ''}", *(f".{one}" for one in classes(node))}
        return cls(frozenset(names), elements, deepest)

    def has(self, selector: str) -> bool:
        """Whether every name of a selector is in the page, without which it selects nothing."""
        return self.names.issuperset(_NAMES.findall(selector.partition(":")[0]))

    def steps(self, selector: str) -> int:
        """What matching costs: an element looks for each ancestor of a selector among all of its own."""
        return self.elements * max(_LEAST_STEPS, int(self.depth ** len(_DESCENDANT.findall(selector))))


def _sheets(tree: LexborHTMLParser) -> tuple[StyleSheet, StyleSheet]:
    """The rules that hide things or number them, for elements and for what stands before their text."""
    text = "\n".join(style.text() for style in tree.css("style"))[:_MAX_SHEET]
    sheets = (StyleSheet(), StyleSheet())
    shape: _Shape | None = None
    steps = 0
    for rule in _RULE.finditer(_AT_RULE.sub("", _COMMENT.sub("", text))):
        wanted = {key: value for key, value in declarations(rule[2]).items() if key in _PROPERTIES}
        for selector in rule[1].split(",") if wanted else ():
            key = _PSEUDO.sub("", selector.strip())
            sheet = sheets[key != selector.strip()]
            if _SIMPLE.fullmatch(key) and key and len(sheet.simple) < _MAX_RULES:
                sheet.simple.setdefault(key, {}).update(wanted)
            elif _COMPLEX.fullmatch(key):
                shape = shape or _Shape.of(tree)
                if not shape.has(key):
                    continue
                steps += shape.steps(key)
                for node in tree.css(key) if steps <= _MAX_STEPS else ():
                    sheet.selected.setdefault(node.mem_id, {}).update(wanted)
    return sheets
