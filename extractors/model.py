"""Types that every part of the project shares; this module imports nothing of ours.

A *paragraph* is the smallest numbered (or, in unnumbered texts, typographic) unit of a document. A *mention* is one
span of its text matched by one rule. A *reference* is what a table row counts: it groups the mentions of one paragraph
that have the same category and the same normalized wording. (Words: README, "Words".)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

Kind = Literal[
    "title",
    "frontmatter",
    "backmatter",
    "heading",
    "opening",
    "preambular",
    "chapeau",
    "paragraph",
    "subparagraph",
    "continuation",
    "body",
    "cell",
    "note",
    "furniture",
]
Method = Literal["exact", "pattern", "fuzzy", "resolved"]
Status = Literal["machine", "accepted", "edited", "rejected", "added"]
Basis = Literal["explicit", "structural", "implied"]
Role = Literal["instrument", "outcome", "account", "speech", "report", "analysis", "draft"]
ROLES: tuple[Role, ...] = get_args(Role)
Level = Literal["bilateral", "subregional", "regional", "cross-regional", "global"]

ACCEPTED = 90.0
"""Likeness (0 to 100) from which a damaged wording counts as a reference."""

BODY_KINDS: frozenset[str] = frozenset(
    {
        "title",
        "heading",
        "opening",
        "preambular",
        "chapeau",
        "paragraph",
        "subparagraph",
        "continuation",
        "body",
        "cell",
    }
)
"""Kinds that are the text itself: front and back matter, notes and furniture are not."""

SEARCHED_KINDS: frozenset[str] = BODY_KINDS | {"note"}
"""Kinds whose text is searched for references: the text and its footnotes."""


class Region(NamedTuple):
    """A rectangle on a page, in points from the page's top left corner; `page` counts from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    def __str__(self) -> str:
        return f"{self.page}:{self.x0:.1f},{self.top:.1f},{self.x1:.1f},{self.bottom:.1f}"


class WordBox(NamedTuple):
    """Where the characters `start` to `end` of a paragraph's text stand on the page (points from the top left)."""

    start: int
    end: int
    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One unit of a document under its official id; `start`/`end` of everything found in it are offsets into `text`.

    `paragraph` is the printed numbering (`47`, `22(b)`, `43(b)(iii)`, `OP2`, `PP1`, `¶3`, `Annex II/8(h)`);
    `suffix` tells apart what shares it (`#2` for an unnumbered continuation line, `#n1` for a footnote, which has its
    printed mark as heading: `footnote 3`).
    """

    order: int
    paragraph: str
    kind: Kind
    text: str
    suffix: str = ""
    heading_path: tuple[str, ...] = ()
    objective: int | None = None
    words: tuple[WordBox, ...] = ()
    page_number: int | None = None

    @property
    def id(self) -> str:
        """The id with its suffix, unique in the document: `17`, `17#2`."""
        return self.paragraph + self.suffix

    @property
    def citation(self) -> str:
        """The published form: `§43(b)(iii)`, `§17, footnote 3`; headings and unnumbered units are cited by their id."""
        cited = f"§{self.paragraph}" if self.paragraph[:1].isdigit() else self.paragraph
        return f"{cited}, {self.heading_path[-1]}" if self.kind == "note" and self.heading_path else cited

    @property
    def page(self) -> int | None:
        """The page it starts on (from 1), or None where the format has no pages."""
        return self.words[0].page if self.words else self.page_number

    @property
    def regions(self) -> tuple[Region, ...]:
        """One rectangle for each run of lines on each page it stands on."""
        return self.regions_between(0, len(self.text), per_line=False)

    def regions_between(self, start: int, end: int, per_line: bool = True) -> tuple[Region, ...]:
        """Rectangles around the words that overlap [start, end), one a printed line (or one a page)."""
        out: list[Region] = []
        for w in self.words:
            if w.end <= start or w.start >= end:
                continue
            last = out[-1] if out else None
            joins = last is not None and last.page == w.page and (not per_line or abs(last.bottom - w.bottom) < 3.0)
            if last is not None and joins:
                out[-1] = Region(
                    w.page, min(last.x0, w.x0), min(last.top, w.top), max(last.x1, w.x1), max(last.bottom, w.bottom)
                )
            else:
                out.append(Region(w.page, w.x0, w.top, w.x1, w.bottom))
        return tuple(out)


@dataclass(frozen=True, slots=True)
class Mention:
    """One span of one paragraph's text that one rule matched; `start`/`end` are offsets into the paragraph's text."""

    start: int
    end: int
    category: str
    extractor: str
    rule: str
    method: Method
    score: float = 100.0
    canonical: str = ""
    section: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A row of `references.csv`: the mentions of one paragraph with one category and one normalized wording.

    `start`/`end` and `regions` are those of the first mention: offsets into the text of the paragraph whose id with
    suffix is `paragraph_row` (`17#2` where `paragraph`, the official id, is `17`);
    `occurrences` counts the mentions; `score` is 0 to 100. `work` and `role` are those of its document, which only a
    corpus tells.
    """

    reference_id: str
    document: str
    work: str = field(default="", kw_only=True)
    role: str = field(default="", kw_only=True)
    title: str
    iscm: str
    language: str
    paragraph: str
    paragraph_row: str
    citation: str
    heading: str
    objective: int | None
    category: str
    section: str
    wording: str
    canonical: str
    level: str
    quote: str
    occurrences: int
    start: int
    end: int
    page: int | None
    regions: str
    extractor: str
    rule: str
    method: Method
    score: float
    status: Status = "machine"

    @property
    def is_doubtful(self) -> bool:
        """Too unlike any known wording to count, alike enough that a person should look."""
        return self.method == "fuzzy" and self.score < ACCEPTED


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """A row of `objectives.csv`: what of the Compact one paragraph takes up, and the words that show it.

    `kind` is objective, principle, theme, element, sdg_target, compact or paragraph; `number` is whole for the first
    three, a letter for an element, text for a target ("10.7"), "" for the Compact itself. `basis`: `explicit` = named,
    `structural` = under its heading, `implied` = about it. `score` is 0 to 100; `reasons` is filled for implied ones.
    `status` is set by what analysts decide.
    """

    document: str
    paragraph: str
    kind: str
    number: int | str
    basis: Basis
    wording: str
    score: float
    reasons: str = ""
    status: Status = "machine"


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A row of `paragraphs.csv`: a paragraph by its id with suffix (`17#2`), and where it stands.

    `heading_path` joins the headings above it with " > "; `objective` is the one whose heading it stands under.
    """

    document: str
    order: int
    paragraph: str
    citation: str
    kind: str
    heading_path: str
    objective: int | None
    page: int | None
    regions: str
    text: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of `documents.csv`: one document, the work that it is a copy of, and its role.

    `work` is what was adopted or said, once; `role` is "" where nothing tells it. `preferred` marks the copy of its work
    that the tables count, one a language; `paragraphs`, `references` and `objectives` are counts. `date` is ISO (possibly
    only a year or month), `url` the address it was fetched from, `file` its path inside the corpus folder, `pages` 0 where
    its format has none; `warnings` are joined by "; ". `decided` names the facts that analysts gave, and what the manifest
    says otherwise: `date; role (manifest: speech)`.
    """

    document: str
    work: str = ""
    role: str = ""
    preferred: bool = True
    title: str = ""
    symbol: str = ""
    iscm: str = ""
    kind: str = ""
    date: str = ""
    language: str = ""
    format: str = ""
    pages: int = 0
    url: str = ""
    file: str = ""
    sha256: str = ""
    ocr: bool = False
    paragraphs: int = 0
    references: int = 0
    objectives: int = 0
    decided: str = ""
    warnings: str = ""


DOCUMENT_COLUMNS: tuple[str, ...] = tuple(DocumentRow.__dataclass_fields__)
REFERENCE_COLUMNS: tuple[str, ...] = tuple(Reference.__dataclass_fields__)
PARAGRAPH_COLUMNS: tuple[str, ...] = tuple(ParagraphRow.__dataclass_fields__)
OBJECTIVE_COLUMNS: tuple[str, ...] = tuple(name for name in ObjectiveRow.__dataclass_fields__ if name != "status")
"""What is found in a document; the status comes with the decisions on it."""
