"""Declarations of inter-State consultation mechanisms, and any other text that is not a resolution.

They number their paragraphs in every way there is (`1.`, `I.1`, Roman sections, numbers inside a clause, bullets) or not
at all, and reach us through mirrors that lost line breaks and marks. The printed number is the id where there is one;
everything else counts as `¶1`, `¶2` ... over the body paragraphs. The printed mark stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from extractors.lexicon.language import alternatives, any_word, words
from extractors.model import Kind
from pipeline.ingest.printed_marks import Mark, marks_that_count, read_mark
from pipeline.segment.article import Article, articles
from pipeline.segment.block import Block, with_mark
from pipeline.segment.breaks import BULLETS, SYMBOL, mended
from pipeline.segment.contents import Contents
from pipeline.segment.draft import Draft
from pipeline.segment.heading import (
    HeadingPath,
    annex_name,
    is_clause_verb,
    is_title_case,
    level_of,
    looks_like_heading,
)
from pipeline.segment.numbering import Outline
from pipeline.segment.quotation import quoted

_MONTH = (
    rf"(?:{alternatives(form[:3] for form in words(lambda language: sum(language.numbering.months, ())))})[^\W\d]*\.?"
)
"""A month in full or cut short ("Feb.", "févr.")."""
_DATE_LINK = any_word(lambda language: language.numbering.date_links)
_DATE_LINE = re.compile(
    rf"(?:[^\W\d][^.;:]{{0,60}},\s*)?"
    rf"(?:\d{{1,2}}(?:\s*(?:[-–—&]|{any_word(lambda language: language.numbering.ranges)})\s*\d{{1,2}})?"
    rf"(?:{any_word(lambda language: language.numbering.ordinal_marks)})?\s+(?:(?:{_DATE_LINK})\s+)?{_MONTH}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?=\d{{2,4}}\.?\Z))"
    rf"[\s,]*(?:(?:{_DATE_LINK})\s+)?(?:\d{{2,4}})?\.?\Z|\d{{4}}-\d{{2}}-\d{{2}}\Z",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(rf"\((?:{any_word(lambda language: language.documents.signed)})\)", re.IGNORECASE)
_CLOSING = re.compile(rf"(?:{any_word(lambda language: language.documents.closings)})\s")
_LONG = 60
"""Characters of the shortest line that is no label of the page ("to: Delegations"), whatever its words."""
_LEAD_IN_WORDS = frozenset(words(lambda language: (*language.grammar.determiners, *language.sentences.pronouns)))
"""A line that begins with one of these and ends in a colon leads in what follows, and is no heading."""
_LABEL_WORDS = frozenset(words(lambda language: language.pages.labels))
_LONGEST_LABEL = 4
"""Words before the colon of a label."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block with what it is: its number ("" counts it as `¶`; one that starts with "(" stands under the last `¶`, "¶"
    goes on with it), the section or annex whose numbering it belongs to, and the article whose own text it is, if any."""

    block: Block
    kind: Kind
    number: str = ""
    section: str = ""
    is_annexed: bool = False
    article: Article | None = None


class _DeclarationReader:
    """Goes through the blocks and tells what each is; knows the open lists, the section and the headings around it."""

    def __init__(self, prepared: Sequence[Block]) -> None:
        self.blocks = [b for b in prepared if b.role == "body"]
        self.quoted = quoted([b.text for b in self.blocks])
        self.articles = articles(self.blocks)
        self.marks = marks_that_count(
            [
                None
                if place in self.quoted or (b.mark and b.mark in BULLETS and not _bulleted(b))
                else read_mark(*_marked_text(b))
                for place, b in enumerate(self.blocks)
            ],
            [b.text for b in self.blocks],
        )
        self.contents = Contents(self.blocks, self.marks)
        self.outline = Outline()
        self.section = ""
        self.annexed = False
        self.article: Article | None = None
        self.article_sections: set[str] = set()
        self.seen_body = False
        self.listing = False
        self.under = False
        self.colon = False

    def units(self) -> list[_Unit]:
        out: list[_Unit] = []
        for position, block in enumerate(self.blocks):
            unit = self._read(block, position)
            out.append(unit)
            self._look_back(block, position, unit)
        return out

    def _look_back(self, block: Block, position: int, unit: _Unit) -> None:
        """Keeps what the next block wants to know: does a list stand open whose items have no marks?"""
        self.colon = block.text.endswith(":") and unit.kind not in ("heading", "frontmatter")
        if block.text.endswith(":"):
            self.listing = not block.is_bold and len(block.text) > 12 and not is_title_case(block.text)
        elif self.marks[position] or block.mark or not looks_like_heading(block):
            self.listing = False

    def _unit(self, block: Block, kind: Kind, number: str = "") -> _Unit:
        is_own = self.article is not None and number.startswith(self.article.name)
        return _Unit(block, kind, number, self.section, self.annexed, self.article if is_own else None)

    def _read(self, block: Block, position: int) -> _Unit:
        text = block.text
        mark = self.marks[position]
        bullet = bool(block.mark) and block.mark in BULLETS
        following = self.blocks[position + 1] if position + 1 < len(self.blocks) else None
        if self.contents.has(position):
            return self._unit(block, "frontmatter")
        if position in self.quoted and self.outline.levels:
            return self._unit(block, "continuation", "¶" if self.under else self.outline.levels[0].core)
        name = annex_name(text)
        if name and following is not None and not bullet:
            self.section, self.annexed, self.article = name, True, None
            self._close()
            return self._unit(block, "heading")
        if position in self.articles:
            return self._article(block, self.articles[position])
        if not bullet and (_DATE_LINE.match(text) or SYMBOL.match(text)):
            return self._unit(block, "frontmatter")
        if len(text) < 160 and (_SIGNATURE.match(text) or (self.seen_body and _CLOSING.match(text))):
            return self._unit(block, "backmatter")
        if not bullet and block.heading is None and following is not None and is_clause_verb(text) and len(text) < 40:
            self._open_section(text.strip(" ,:;"))
            return self._unit(block, "heading")
        if mark:
            unit = self._marked(block, mark, position)
            if unit:
                return unit
        titled = looks_like_heading(block) or (
            text.endswith(":")
            and 3 < len(text.split()) <= 20
            and is_title_case(text)
            and text.split()[0].lower() not in _LEAD_IN_WORDS
        )
        if not bullet and following is not None and titled and not self._is_list_item(block, position):
            self._open_section(text if block.heading is None else "")
            return self._unit(block, "heading")
        if self._is_label(block):
            return self._unit(block, "frontmatter")
        self.seen_body = True
        if self.article and not self.outline.levels:
            return self._unit(block, "paragraph", self.outline.stand(self.article.name))
        if self.outline.levels and ((bullet and not self.under) or self._goes_on(position)):
            return self._unit(block, "continuation", "¶" if self.under else self.outline.levels[0].core)
        if not self.outline.levels or self.under:
            self._close()
        else:
            self.outline.reset(1)
        return self._unit(block, "body")

    def _is_label(self, block: Block) -> bool:
        """Whether a short line before the body is a label of the page and no paragraph: "to: Council", "Publish date:"."""
        label, colon, _ = block.text.lower().partition(":")
        if not colon or self.seen_body or block.mark or len(block.text) >= _LONG or self.outline.levels:
            return False
        printed = label.split()
        return len(printed) <= _LONGEST_LABEL and not _LABEL_WORDS.isdisjoint(printed)

    def _close(self) -> None:
        self.outline.reset()
        self.under = False

    def _article(self, block: Block, article: Article) -> _Unit:
        """Opens the list of an article's paragraphs; what stands behind its number is a paragraph or its heading."""
        self._close()
        self.article = article
        annex = self.section.split("/")[0] if self.annexed else ""
        self.section = f"{annex}/{article.name}" if annex else article.name
        self.article_sections.add(self.section)
        if article.is_heading:
            return _Unit(block, "heading", section=annex, is_annexed=self.annexed)
        self.seen_body = True
        return self._unit(block, "paragraph", self.outline.stand(article.name))

    def _open_section(self, name: str) -> None:
        if not self.annexed and self.article is None:
            self.section = name[:60]
        if self.under:
            self._close()
        else:
            self.outline.reset(1)

    def _marked(self, block: Block, mark: Mark, position: int) -> _Unit | None:
        text = block.text
        last = position + 1 == len(self.blocks)
        after = None if last else self.marks[position + 1]
        if mark.style == "label":
            self._close()
            self.seen_body = True
            is_preambular = mark.core.startswith("PP")
            return self._unit(block, "preambular" if is_preambular else "paragraph", self.outline.stand(mark.name))
        if self.article and mark.is_number and self.outline.levels and self.outline.levels[0].core == self.article.name:
            self._close()
        elif self.article and not mark.is_number and not self.outline.levels:
            self.outline.stand(self.article.name)
        if mark.style == "multi":
            multi_goes_on = after is not None and after.style == "multi"
            if not last and not multi_goes_on and len(text.split()) <= 12 and looks_like_heading(block):
                return self._unit(block, "heading")
        else:
            section_mark = mark.style == "dot" and mark.core.isupper()
            short = not last and looks_like_heading(block, longest=120) and len(text.split()) <= 14
            continues = bool(after and after.style == mark.style and self._follows(mark, after))
            in_list = any(
                level.kind == kind and level.value == value - 1 and (mark.style != "word" or level.style == "word")
                for kind, value in mark.readings()
                for level in self.outline.levels
            )
            if short and (section_mark or not (continues or in_list or mark.style == "paren")):
                self._open_section(mark.core)
                return self._unit(block, "heading")
        nested = not mark.core.isdigit() or mark.style == "paren"
        if self.colon and nested and not self.outline.levels and self.seen_body:
            self.under = True
        elif self.under and not nested:
            self._close()
        place = self.outline.place(mark, opens=self.colon, after=after)
        if place is None and mark.core.isdigit() and mark.style != "paren" and not self.outline.levels:
            place = self.outline.begin(mark)
        if place is None:
            return None
        if mark.style == "multi":
            self.under = False
        self.seen_body = True
        if self.under:
            place = "".join(f"({level.core})" for level in self.outline.levels)
        return self._unit(block, "subparagraph" if self.under or len(self.outline.levels) > 1 else "paragraph", place)

    @staticmethod
    def _follows(mark: Mark, after: Mark) -> bool:
        return any(a == b and w == v + 1 for a, v in mark.readings() for b, w in after.readings())

    def _goes_on(self, position: int) -> bool:
        """Whether the list of top numbers goes on further down, before the next heading."""
        top = self.outline.levels[0]
        if top.kind == "named":
            return True
        for index in range(position + 1, min(position + 12, len(self.blocks))):
            mark = self.marks[index]
            if mark and mark.style == top.style and (top.kind, top.value + 1) in mark.readings():
                return True
            if mark and top.kind == "multi" and mark.style == "multi":
                return True
            if not mark and looks_like_heading(self.blocks[index]):
                return False
        return False

    def _is_list_item(self, block: Block, position: int) -> bool:
        """Whether a short line is one of a run of items under a colon, whose marks were lost."""
        if not self.listing or (block.is_bold and not self.colon):
            return False
        # headings above a numbered list that follows at once are no items
        for index in range(position + 1, min(position + 3, len(self.blocks))):
            mark = self.marks[index]
            if mark:
                is_first = mark.core.split(".")[-1] == "1" and mark.style in ("dot", "half", "multi")
                return not is_first
            if not looks_like_heading(self.blocks[index]):
                return True
        return True


def _bulleted(block: Block) -> bool:
    """Whether a bullet stands before a printed mark ("• (i) ...", "- 5. ..."), which then counts."""
    return bool(re.match(r"(?:\((?:[a-z]|[ivx]{1,5}|\d{1,2})\)|\d{1,3}\.)\s", block.text))


def _marked_text(block: Block) -> tuple[str, str]:
    return (block.text, "" if block.mark in BULLETS else block.mark)


def _prefixes(units: Sequence[_Unit], article_sections: Set[str]) -> dict[str, str]:
    """Which sections put their name before their numbers: annexes always when they restart, others when numbers repeat.

    Articles do where each begins with its own number one; where numbers run on through them they need no name.
    """
    where: dict[str, set[str]] = {}
    for unit in units:
        if unit.kind in ("paragraph", "subparagraph") and unit.number[0] != "(" and not unit.article:
            where.setdefault(unit.number, set()).add(unit.section)
    clashing = {section for sections in where.values() if len(sections) > 1 for section in sections}
    annexed = {unit.section for unit in units if unit.is_annexed}
    main_numbers = {n for n, sections in where.items() if sections - annexed}
    only_annex = not main_numbers and len(annexed) == 1
    out: dict[str, str] = {}
    main_clash = any(len(sections - annexed) > 1 for sections in where.values())
    for section in clashing:
        if section in annexed:
            out[section] = "" if only_annex else f"{section}/"
        else:
            out[section] = f"{section}/" if main_clash and section else ""
    begun = {u.section for u in units if u.number == "1"}
    numbered = {u.section for u in units if u.number[:1].isdigit()} & article_sections
    return out | {section: f"{section}/" for section in numbered if numbered <= begun}


def _title_of(units: Sequence[_Unit], metadata: Mapping[str, str]) -> int:
    """The place of the title: of the headings before the body the one that the file calls its title, else the first."""
    body = next((i for i, u in enumerate(units) if u.kind not in ("heading", "frontmatter")), len(units))
    headings = [i for i, u in enumerate(units[:body]) if u.kind == "heading" and not u.is_annexed]
    said = " ".join(metadata.get("title", "").lower().split())
    named = (i for i in headings if len(units[i].block.text) > 8 and units[i].block.text.lower() in said)
    return next(named, headings[0] if headings else -1)


def segment_declaration(found: Sequence[Block], metadata: Mapping[str, str], *, language: str = "en") -> Draft:
    """Gives every block of a declaration its id, kind and heading path.

    metadata   what the file says of itself; its `title` tells which heading is the title
    language   two letters; decides what can be a bullet
    """
    prepared = mended(found, language=language)
    reader = _DeclarationReader(prepared)
    units = reader.units()
    prefix = _prefixes(units, reader.article_sections)
    # articles of one paragraph each count like any other paragraph; where they hold numbered ones their ids name them
    plain_articles = not any(u.number[:1].isdigit() for u in units)
    title = _title_of(units, metadata)
    last_body = max(
        (i for i, u in enumerate(units) if u.kind not in ("heading", "frontmatter", "backmatter")), default=-1
    )
    draft, path = Draft(), HeadingPath()
    queue = iter(enumerate(units))
    for block in prepared:
        if block.role == "cell":
            draft.add(block.cell, "cell", block, path=path.titles())
            continue
        if block.role != "body":
            draft.aside(block)
            continue
        position, unit = next(queue)
        name = prefix.get(unit.section, "")
        if block.mark not in BULLETS:
            block = with_mark(block)
        text = block.text
        if unit.kind == "backmatter" or (unit.kind == "frontmatter" and 0 <= last_body < position):
            draft.add(f"BM{draft.tally('BM')}", "backmatter", block, path=path.titles())
        elif unit.kind == "frontmatter":
            draft.add(f"FM{draft.tally('FM')}", "frontmatter", block, path=path.titles())
        elif position == title:
            draft.add("TITLE", "title", block)
        elif unit.kind == "heading":
            path.push(level_of(block), text)
            draft.add(f"{name}H:{text}", "heading", block, path=path.titles(), objective=path.objective())
        else:
            number = _id(unit, name, draft, plain_articles)
            draft.add(number, unit.kind, block, path=path.titles(), objective=path.objective())
    return draft


def _id(unit: _Unit, prefix: str, draft: Draft, plain_articles: bool) -> str:
    if unit.article:
        return f"{unit.article.number}{unit.number.removeprefix(unit.article.name)}" if plain_articles else unit.number
    if not unit.number:
        return f"¶{draft.tally('¶')}"
    if unit.number[0] in "(¶":
        return f"¶{max(1, draft.tally_of('¶'))}{unit.number.lstrip('¶')}"
    return f"{prefix}{unit.number}"
