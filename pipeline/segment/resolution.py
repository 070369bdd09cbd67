"""Resolutions of the United Nations: preambular and operative paragraphs, annexed instruments, sub-resolutions.

Ids follow the printed numbering. Paragraphs of the resolution itself are `PP1`, `OP1`; those of an annexed instrument
(or of a declaration adopted inside the resolution, as in A/RES/71/1) carry their plain number, with the annex's name in
front where the numbers would otherwise be ambiguous: `Annex II/8(h)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractors.lexicon.language import any_word
from extractors.model import Kind
from pipeline.ingest.openings import OPENER
from pipeline.ingest.printed_marks import Mark
from pipeline.segment.article import Article
from pipeline.segment.block import Block, with_mark
from pipeline.segment.draft import Draft
from pipeline.segment.heading import (
    ANNEX_LEVEL,
    ARTICLE_LEVEL,
    INNER_LEVEL,
    HeadingPath,
    annex_name,
    has_section_mark,
    is_clause_verb,
    level_of,
    looks_like_heading,
    objective_of,
)
from pipeline.segment.numbering import Outline
from pipeline.segment.parts import SOLE_OPERATIVE, Parts, split_run_on

_SUB_RESOLUTION = re.compile(r"[A-Z]\Z")
_ORDINAL_MARK = any_word(lambda language: language.numbering.ordinal_marks)
_DATE_LINK = any_word(lambda language: language.numbering.date_links)
_MEETING = any_word(lambda language: language.documents.meetings)
_CLOSING = re.compile(
    rf"(?:\d{{1,4}}(?:{_ORDINAL_MARK})?\.?\s+(?:\([^)]*\)\s+)?(?:{_MEETING})\b.*"
    rf"|\d{{1,2}}\s+(?:(?:{_DATE_LINK})\s+)?[^\W\d]+\s+(?:(?:{_DATE_LINK})\s+)?\d{{4}}\.?)\Z",
    re.IGNORECASE | re.DOTALL,
)


def _without(block: Block, mark: Mark) -> Block:
    """The block without its printed mark, which its id holds; a block that is nothing else keeps it."""
    return block.cut(mark.length) if len(block.text) > mark.length else block


def segment_resolution(all_blocks: Sequence[Block]) -> Draft:
    """Gives every block of a resolution its official id, kind, heading path and objective."""
    blocks = split_run_on(all_blocks)
    return _Reading([b for b in blocks if b.role == "body"]).read(blocks)


class _Reading:
    """Goes through the blocks of a resolution; for each the first case that fits gives the id.

    part     where the reading is: `front`, `preamble`, `operative`, `closing`, `between` (two sub-resolutions),
             `instrument` (adopted inside the resolution) or `annex`
    prefix   what the ids of this part begin with: "", "Annex II/", "A/"
    """

    def __init__(self, body: Sequence[Block]) -> None:
        self.body = body
        self.plan = Parts(body)
        self.draft, self.outline, self.path = Draft(), Outline(), HeadingPath()
        self.part, self.prefix, self.sub = "front", "", ""
        self.article: Article | None = None
        self.annex_start = self.index = -1
        self.colon = self.deeper = False
        self.cases: tuple[Callable[[Block], bool], ...] = (
            self._front_matter,
            self._annex,
            self._sub_resolution,
            self._closing_line,
            self._between,
            self._labelled,
            self._quotation,
            self._adoption,
            self._preambular,
            self._article,
            self._numbered,
            self._heading,
            self._unnumbered,
        )

    def read(self, blocks: Sequence[Block]) -> Draft:
        colon, depth = False, 0
        for block in blocks:
            if block.role == "cell":
                self._add(f"{self.prefix}{block.cell}", "cell", block)
            elif block.role != "body":
                self.draft.aside(block)
            else:
                self.index += 1
                self.colon, colon = colon, block.text.rstrip().endswith(":")
                self.deeper, depth = block.depth > depth, block.depth
                any(case(block) for case in self.cases)
        return self.draft

    @property
    def mark(self) -> Mark | None:
        return self.plan.marks[self.index]

    def _add(self, paragraph: str, kind: Kind, block: Block) -> None:
        self.draft.add(paragraph, kind, block, path=self.path.titles(), objective=self.path.objective())

    def _add_heading(self, block: Block, level: int) -> None:
        block = with_mark(block)
        self.path.push(level, block.text)
        self._add(f"{self.prefix}H:{block.text}", "heading", block)

    def _open_part(self, part: str) -> None:
        self.part, self.article = part, None
        self.outline.reset()

    def _number_prefix(self) -> str:
        """What stands before a number here: "OP" in the resolution itself, the annex or article where they begin anew."""
        if self.outline.levels and self.outline.levels[0].kind == "named":
            return self.prefix
        if self.part in ("operative", "closing"):
            return f"{self.prefix}OP"
        return f"{self.prefix}{self.article.name}/" if self.article else self.prefix

    def _place(self) -> str | None:
        """The id that the mark of this block makes, None where it fits no open list and opens none."""
        after = self.plan.marks[self.index + 1] if self.index + 1 < len(self.body) else None
        if self.mark is None:
            return None
        return self.outline.place(self.mark, opens=self.colon, deeper=self.deeper, after=after)

    def _front_matter(self, block: Block) -> bool:
        """Session, agenda item and title, up to the organ's name: "The General Assembly," is PP0."""
        if self.part != "front":
            return False
        if OPENER.match(block.text):
            self.part = "preamble"
            self._add("PP0", "opening", block)
        elif self.index == self.plan.title:
            self._add("TITLE", "title", block)
        else:
            self._add(f"FM{self.draft.tally('FM')}", "frontmatter", block)
        return True

    def _annex(self, block: Block) -> bool:
        """ "Annex II" opens numbers of its own."""
        if self.index not in self.plan.prefix:
            return False
        self._open_part("annex")
        self.prefix, self.annex_start = self.plan.prefix[self.index], self.index
        name = annex_name(block.text) or block.text
        self.path.push(ANNEX_LEVEL, name)
        self._add(f"H:{name}", "heading", block)
        return True

    def _sub_resolution(self, block: Block) -> bool:
        """ "B" alone, with "The General Assembly," soon after it: ids `B/PP1`, `B/OP1`."""
        if self.part not in ("preamble", "operative", "closing") or not _SUB_RESOLUTION.match(block.text):
            return False
        near = self.body[self.index + 1 : self.index + 4]
        if len(near) < 3 or not any(OPENER.match(b.text) for b in near):
            return False
        self._open_part("between")
        self.sub, self.prefix = block.text, f"{block.text}/"
        self._add(f"H:{block.text}", "heading", block)
        return True

    def _closing_line(self, block: Block) -> bool:
        """ "60th plenary meeting", "19 December 2018": back matter."""
        if self.part == "between" or not _CLOSING.match(block.text) or len(block.text) >= 80:
            return False
        if self.part in ("instrument", "annex") and block.mark:
            return False
        self.part = "closing" if self.part == "operative" else self.part
        self._add(f"BM{self.draft.tally('BM')}", "backmatter", block)
        return True

    def _between(self, block: Block) -> bool:
        """Titles between the letter of a sub-resolution and its own "The General Assembly,"."""
        if self.part != "between":
            return False
        if OPENER.match(block.text):
            self.part = "preamble"
            self._add(f"{self.prefix}PP0", "opening", block)
        else:
            self._add_heading(block, level_of(block))
        return True

    def _labelled(self, block: Block) -> bool:
        """ "PP2 bis.", "OP2 alt.": the label that a draft prints is the id."""
        mark = self.mark
        if mark is None or mark.style != "label":
            return False
        is_preambular = mark.core.startswith("PP")
        self._open_part("preamble" if is_preambular else "operative")
        kind: Kind = "preambular" if is_preambular else "paragraph"
        self._add(f"{self.prefix}{self.outline.stand(mark.name)}", kind, _without(block, mark))
        return True

    def _quotation(self, block: Block) -> bool:
        """ "“1. States shall ...": paragraphs of another text go on with the one that quotes them."""
        if self.index not in self.plan.quoted:
            return False
        if self.part == "preamble" and not self.outline.levels:
            number = self.draft.tally_of(f"PP{self.sub}")
            return bool(number) and self._continue(f"{self.prefix}PP{number}", block)
        top = self.outline.levels[0].core if self.outline.levels else ""
        return bool(top) and self._continue(f"{self._number_prefix()}{top}", block)

    def _continue(self, paragraph: str, block: Block) -> bool:
        self._add(paragraph, "continuation", block)
        return True

    def _adoption(self, block: Block) -> bool:
        """ "Adopts the following Declaration:" before the declaration itself (A/RES/71/1): OP1, then plain numbers."""
        if self.part != "preamble" or not self.plan.adopts_inside or not SOLE_OPERATIVE.match(block.text):
            return False
        self._add(f"{self.prefix}OP1", "paragraph", block)
        self._open_part("instrument")
        self.annex_start = self.index
        return True

    def _preambular(self, block: Block) -> bool:
        """ "Recalling ..." up to the first number; lettered points stand under it, a sole act is operative, and a verb alone
        ("CONSIDERANDO:", "Resolves:" before "1.") a heading."""
        if self.part != "preamble":
            return False
        mark = self.mark
        levels = self.outline.levels
        if mark is None and not levels and self._leads_in(block):
            self._add_heading(block, INNER_LEVEL)
            return True
        if mark is not None and mark.is_number:
            self._open_part("operative")
            return False
        if mark and (levels or self.colon or mark.style == "paren") and self._place():
            # "(a) The Charter," after "Recalling:"
            tally = f"PP{max(1, self.draft.tally_of(f'PP{self.sub}'))}"
            inner = self.outline.id() if levels[0].kind == "named" else tally + "".join(f"({lv.core})" for lv in levels)
            self._add(f"{self.prefix}{inner}", "subparagraph", _without(block, mark))
        elif levels and levels[0].kind == "named":
            return self._continue(f"{self.prefix}{levels[0].core}", block)
        else:
            self.outline.reset()
            if self.plan.is_sole_act(self.body, self.index):
                self._add(f"{self.prefix}OP{self.draft.tally(f'OP{self.sub}')}", "paragraph", block)
            else:
                self._add(f"{self.prefix}PP{self.draft.tally(f'PP{self.sub}')}", "preambular", block)
        return True

    def _leads_in(self, block: Block) -> bool:
        """Whether a block is a verb alone, in capitals or right before the first number."""
        after = self.plan.marks[self.index + 1] if self.index + 1 < len(self.body) else None
        is_word = block.text.endswith(":") and " " not in block.text and after is not None and after.is_number
        return is_word or is_clause_verb(block.text)

    def _article(self, block: Block) -> bool:
        """ "Article 2" of an annexed agreement: its paragraphs are `Article 2/1`, its own text `Article 2`."""
        if self.index not in self.plan.articles:
            return False
        article = self.plan.articles[self.index]
        self._open_part(self.part)
        self.article = article
        if article.is_heading:
            self._add_heading(block, ARTICLE_LEVEL)
        else:
            self._add_own_text(article, block)
        return True

    def _add_own_text(self, article: Article, block: Block) -> None:
        name = self.outline.stand(article.number if self.plan.plain_articles else article.name)
        self._add(f"{self.prefix}{name}", "paragraph", block)

    def _numbered(self, block: Block) -> bool:
        """ "12. Urges ...", "(b) To ...", "(iii) By ...", "10.7": the printed number is the id."""
        mark = self.mark
        if mark is None or self._is_section(block, mark):
            return False
        levels = self.outline.levels
        if mark.is_number and levels and levels[0].kind in ("multi", "named"):
            # targets ("10.7") or an article's own text stood between two paragraphs
            self.outline.reset()
        if not (mark.is_number or levels or mark.style in ("paren", "multi")):
            return False
        place = self._place() or (self.outline.begin(mark) if mark.is_number else None)
        if place is None:
            return False
        levels = self.outline.levels
        is_plain = levels[0].core[0].isdigit() or levels[0].kind in ("multi", "named")
        if not is_plain:
            place = self._last_unnumbered() + "".join(f"({level.core})" for level in levels)
        kind: Kind = "paragraph" if is_plain and len(levels) == 1 else "subparagraph"
        self._add(f"{self._number_prefix()}{place}", kind, _without(block, mark))
        return True

    @staticmethod
    def _is_section(block: Block, mark: Mark) -> bool:
        """Whether a mark counts a section: "II. Commitments", or a heading that the format itself numbers."""
        if not looks_like_heading(block):
            return False
        if block.mark and not mark.is_number:
            return block.heading is not None
        return has_section_mark(block.text) and not block.mark

    def _heading(self, block: Block) -> bool:
        """ "Objective 7: Address and reduce ...", "Natural disasters" inside a lettered list that goes on after it."""
        if not looks_like_heading(block) or self.index in self.plan.quoted:
            return False
        is_inside = self.plan.letters_follow(self.index, self.outline) and not objective_of(block.text)
        self._add_heading(block, INNER_LEVEL if is_inside else level_of(with_mark(block)))
        return True

    def _last_unnumbered(self) -> str:
        """ "¶3" in an annex without numbers: lettered points stand under its last paragraph (`Annex/¶3(b)`); "" elsewhere."""
        count = self.draft.tally_of(f"{self.prefix}¶") if self.annex_start in self.plan.unnumbered else 0
        return f"¶{count}" if count else ""

    def _unnumbered(self, block: Block) -> bool:
        """What goes on with the number above it, an annex without numbers (`Annex/¶1`), "We, the Heads of State, ..."."""
        if self.outline.levels and self._last_unnumbered():
            self.outline.reset()  # the points have ended
        if self.outline.levels:
            return self._continue(f"{self._number_prefix()}{self.outline.levels[0].core}", block)
        if self.article:
            self._add_own_text(self.article, block)
        elif self.annex_start in self.plan.unnumbered:
            self._add(f"{self.prefix}¶{self.draft.tally(self.prefix + '¶')}", "body", block)
        elif self.part == "instrument" and not self.draft.tally_of(f"PP{self.sub}"):
            self._add(f"{self.prefix}PP{self.draft.tally('PP instrument')}", "chapeau", block)
        else:
            self._add(f"{self.prefix}chapeau", "chapeau", block)
        return True
