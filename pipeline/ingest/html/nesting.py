"""Nesting and attributes of HTML tags held within limits before parsing, since parsers take quadratic time on them."""

from __future__ import annotations

import re

_TAG = re.compile(r"<!--|<(/?)([a-zA-Z][\w:-]*)([^<>]*>?)")
_LONG_TAG = re.compile(r"(<[a-zA-Z][\w:-]{0,30})([\s/][^<>]{10000,})")
_ATTRIBUTE = re.compile(r"[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++))?+")
_MOST_ATTRIBUTES = 2_000
_RAW = re.compile(r"</(?:script|style|textarea|title|noscript|xmp)\b", re.I)
_RAW_TAGS = frozenset({"script", "style", "textarea", "title", "noscript", "xmp"})
_VOID = frozenset("area base br col embed frame hr img input link meta param source track wbr keygen".split())
_IMPLIED = frozenset("html head body p li dt dd td th tr tbody thead tfoot colgroup option optgroup rb rt rp".split())
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_INLINE = _FORMATTING | {"span", "sup", "sub", "abbr", "cite", "q", "mark", "label", "bdo", "bdi", "time", "ins", "del"}


def with_few_attributes(html: str) -> str:
    """Takes all attributes off a tag that has more than any page gives one.

    >>> with_few_attributes(f"<p {'id=1 ' * 9000}>To agree")
    '<p>To agree'
    """

    def bare(tag: re.Match[str]) -> str:
        return tag[1] if len(_ATTRIBUTE.findall(tag[2])) > _MOST_ATTRIBUTES else tag[0]

    return _LONG_TAG.sub(bare, html)


def flattened(html: str, nesting: int) -> tuple[str, bool]:
    """Takes out the tags that stand deeper than `nesting` levels, so that no page costs more than its length.

    The text stays, block tags leave a paragraph break. Returns the page and whether anything was taken out.

    >>> flattened("<div><div><div>a</div></div></div>", 2)
    ('<div><div><br><br>a<br><br></div></div>', True)
    """
    out: list[str] = []
    stack: list[str] = []
    held: dict[str, int] = {}  # open tags of each name, on the stack or (formatting) beside it
    dropped: dict[str, int] = {}  # open tags of each name that were taken out
    formatting = at = copied = 0
    while found := _TAG.search(html, at):
        at = found.end()
        if found[0] == "<!--":
            end = html.find("-->", at)
            at = len(html) if end < 0 else end + 3
            continue
        tag = found[2].lower()
        if tag in _RAW_TAGS and not found[1]:
            closed = _RAW.search(html, at)
            at = closed.start() if closed else len(html)
            continue
        if tag in _VOID or tag in _IMPLIED or tag in _RAW_TAGS or found[3].endswith("/>"):
            continue
        if found[1]:
            drop = dropped.get(tag, 0) > 0
            if drop:
                dropped[tag] -= 1
            elif held.get(tag):
                if tag in _FORMATTING:
                    held[tag] -= 1
                    formatting -= 1
                else:
                    while (last := stack.pop()) != tag:
                        held[last] -= 1
                    held[tag] -= 1
        else:
            drop = (formatting if tag in _FORMATTING else len(stack)) >= nesting
            if drop:
                dropped[tag] = dropped.get(tag, 0) + 1
            else:
                held[tag] = held.get(tag, 0) + 1
                if tag in _FORMATTING:
                    formatting += 1
                else:
                    stack.append(tag)
        if drop:
            out += (html[copied : found.start()], "" if tag in _INLINE else "<br><br>")
            copied = at
    if not out:
        return html, False
    out.append(html[copied:])
    return "".join(out), True
