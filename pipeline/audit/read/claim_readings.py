"""What a published analysis claims: a wording of a table's row, or the bold words of a quotation, in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.text.normalization import squash
from pipeline.audit.claims import Claim
from pipeline.audit.read.blocks import CLOSING, OPENING, AnalysisBlock, Text, cites
from pipeline.segment.pointer import Cited, bare, pointers

_EDGE = " \t\n\r\u00a0.,;:…–—-" + OPENING + CLOSING
_CLOSERS = re.compile(r"[)\]}.;,:…\s" + re.escape(CLOSING) + r"]*")
_LEADER = re.compile(r"(?:[(\[{,–—-]|\b(?:see|in|cf|voir|véase|ver)\.?|\s)+\Z", re.IGNORECASE)
_INLINE = re.compile(r"[“«\"„](?P<quote>[^“”«»\"„]{12,4000})[”»\"“]")
_WORDING_HEAD = re.compile(
    r"wordings?|references?|terms?|expressions?|mentions?|stakeholders?|actors?|redacci[oó]n|referencias?|t[eé]rminos?|actores|libell[eé]s?"
    r"|r[eé]f[eé]rences?|termes?|acteurs?|reda[cç][aã]o|atores",
    re.IGNORECASE,
)
_LONG_CELL = 14
"""Words from which a table's cell is a quotation rather than a wording."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted text and what is cited for it; `is_sure` is False when no quotation marks tell that it is one."""

    section: str
    headings: tuple[str, ...]
    quote: Text
    cited: tuple[Cited, ...]
    is_sure: bool
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A paragraph of running text, for the claims that it makes without quoting."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class ClaimReadings:
    """All that an analysis claims, in its order: table claims are ready, quotations still lack their wordings."""

    claims: tuple[Claim | Quotation, ...]
    statements: tuple[Statement, ...]


def read_claims(passages: Sequence[AnalysisBlock]) -> ClaimReadings:
    """Read the claims of an analysis's passages: rows, quotations with their citations, and running text."""
    claims: list[Claim | Quotation] = []
    statements: list[Statement] = []
    columns: dict[str, tuple[frozenset[int], frozenset[int]]] = {}
    wording_above: dict[str, Text] = {}
    for passage in passages:
        if passage.kind == "row":
            if passage.is_header:
                citing = frozenset(n for n, cell in enumerate(passage.cells) if cites(cell))
                worded = frozenset(n for n, cell in enumerate(passage.cells) if _WORDING_HEAD.search(cell.text))
                columns[passage.table] = citing, worded - citing
                continue
            claims += _row(passage, *columns.get(passage.table, (frozenset(), frozenset())), wording_above)
            continue
        text = passage.cells[0]
        whole = _quotation(passage, text)
        if whole:
            claims.append(whole)
            continue
        quoted, rest = _inline(passage, text)
        claims += quoted
        statements.append(Statement(passage.section, rest))
    return ClaimReadings(tuple(claims), tuple(statements))


def _row(
    passage: AnalysisBlock, headed: frozenset[int], worded: frozenset[int], above: dict[str, Text]
) -> Iterator[Claim | Quotation]:
    """The claims of a table's row: the wording beside a cell that holds nothing but paragraphs.

    The wording is in the column whose head says so, else in the first one with words. Cells without signs ("47, 50")
    count only under a head that says "Paragraph". An empty cell repeats the wording above.
    """
    places = {}
    for n, cell in enumerate(passage.cells):
        found = bare(cell.text)
        if found and (
            n in headed or (not headed and any(c.printed[:1] in "§¶" or not c.printed[:1].isdigit() for c in found))
        ):
            places[n] = found
    others = [n for n, cell in enumerate(passage.cells) if n not in places and cell.text.strip()]
    for n, found in places.items():
        before = [m for m in others if m < n]
        quotes = [m for m in others if _is_quote(passage.cells[m].text)]
        words = [m for m in (before or others) if m not in quotes and any(map(str.isalpha, passage.cells[m].text))]
        chosen = next(
            (m for m in words if m in worded), words[0] if words and not (worded and worded - set(others)) else None
        )
        wording = passage.cells[chosen] if chosen is not None else above.get(passage.table)
        if wording:
            above[passage.table] = wording
        if quotes:
            quote = passage.cells[quotes[-1]]
            said = wording.text.strip() if wording and len(wording.text.split()) <= _LONG_CELL else ""
            yield Quotation(passage.section, passage.headings, _unquoted(quote), found, True, said)
        elif wording:
            cited = tuple(c.key for c in found)
            for one in found:
                yield Claim("table", passage.section, _trimmed(wording.text), "", one.printed, cited)


def _is_quote(text: str) -> bool:
    text = text.strip()
    return len(text.split()) >= _LONG_CELL or (text[:1] in '"“«„' and len(text.split()) > 4)


def _quotation(passage: AnalysisBlock, text: Text) -> Quotation | None:
    """A passage that is a quotation with its citation behind it, in parentheses or after a dash, or before it."""
    found = pointers(text.text)
    if not found:
        return None
    last, first = found[-1], found[0]
    quote: Text | None = None
    cited: tuple[Cited, ...] = ()
    if _CLOSERS.fullmatch(text.text, last.end):
        lead = _LEADER.search(text.text[: last.start])
        marked = lead is not None and lead[0].strip() != ""
        start = lead.start() if lead else last.start
        closes = text.text[:start].rstrip().rstrip(".,;")[-1:] in CLOSING
        if marked or closes:
            quote, cited = text.cut(0, start), last.cited
    if (
        quote is None
        and not text.text[: first.start].strip("([ ")
        and re.match(r"\s*[)\]]?\s*[:–—-]", text.text[first.end :])
    ):
        behind = re.match(r"\s*[)\]]?\s*[:–—-]\s*", text.text[first.end :])
        assert behind is not None
        quote, cited = text.cut(first.end + behind.end(), len(text.text)), first.cited
    if quote is None or not quote.text:
        return None
    opens = quote.text[:1] in OPENING or quote.text[:3] in ("...", "…")
    closes = quote.text.rstrip(" .,;")[-1:] in CLOSING
    sure = (opens or closes) and _balanced(quote.text)
    if not sure and passage.kind != "item":
        return None
    return Quotation(passage.section, passage.headings, _unquoted(quote), cited, sure)


def _balanced(text: str) -> bool:
    """Whether the marks at the ends enclose one quotation: `“A” and “B”` are two, with words between them."""
    inner = text.strip(" .,;")
    if inner[:1] not in '“«„"':
        return True
    if inner[:1] == '"':
        return not re.search(r'"\s+[a-z]{2,}\s.*"', inner[1:-1])
    stop = re.search(r"[”»](?=\s+[a-z])", inner[1:-1])
    return stop is None or len(inner) - stop.start() < 0.3 * len(inner)


def _inline(passage: AnalysisBlock, text: Text) -> tuple[list[Quotation], str]:
    """Quotations inside running text with a citation close behind them, and the text with these blanked."""
    out: list[Quotation] = []
    rest = list(text.text)
    cited = pointers(text.text)
    for quoted in _INLINE.finditer(text.text):
        if len(quoted["quote"].split()) < 4:
            continue
        after = next((p for p in cited if p.start >= quoted.end()), None)
        if after is None or text.text[quoted.end() : after.start].strip(" ,([;") != "":
            continue
        quote = text.cut(*quoted.span("quote"))
        out.append(Quotation(passage.section, passage.headings, _unquoted(quote), after.cited, True))
        rest[quoted.start() : after.end] = " " * (after.end - quoted.start())
    return out, "".join(rest)


def _unquoted(text: Text) -> Text:
    """A quotation without its marks and without the bullet or dots of its list."""
    source = text.text
    start, end = 0, len(source)
    while start < end and source[start] in OPENING + " ":
        start += 1
    kept = source.rstrip(" .,;:")
    if kept[-1:] in CLOSING:
        end = len(kept) - 1
    return text.cut(start, end)


def bold_words(quote: Text) -> list[tuple[str, tuple[int, int]]]:
    """The distinct bold wordings of a quotation with their first places, signs at their ends left out.

    >>> bold_words(Text("the Forum, and the Forum", ((4, 10), (19, 24))))
    [('Forum', (4, 9))]
    """
    joined: list[tuple[int, int]] = []
    for start, end in quote.bold:
        if joined and not quote.text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    out: dict[str, tuple[str, tuple[int, int]]] = {}
    for start, end in joined:
        piece = quote.text[start:end]
        start += len(piece) - len(piece.lstrip(_EDGE))
        wording = piece.strip(_EDGE)
        if any(map(str.isalpha, wording)):
            out.setdefault(squash(wording), (" ".join(wording.split()), (start, start + len(wording))))
    return list(out.values())


def _trimmed(wording: str) -> str:
    """A table's wording without quotation marks and full stop around it."""
    text = " ".join(wording.split())
    if text[:1] in OPENING and text.rstrip(".")[-1:] in CLOSING:
        text = text.rstrip(".")[1:-1].strip()
    return text


def split_quotation(
    quotation: Quotation, wordings: Sequence[tuple[str, tuple[int, int] | None]], is_inferred: bool
) -> list[Claim]:
    """The claims of a quotation: one for each wording and each paragraph cited."""
    cited = tuple(c.key for c in quotation.cited)
    base = Claim(
        "quote",
        quotation.section,
        "",
        quotation.quote.text,
        "",
        cited,
        is_sure=quotation.is_sure,
        is_inferred=is_inferred,
    )
    return [
        replace(base, wording=wording, span=span, printed=one.printed)
        for one in quotation.cited
        for wording, span in (wordings or [("", None)])
    ]
