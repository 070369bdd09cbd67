"""Resolutions of the United Nations: preambular and operative paragraphs, annexed instruments, sub-resolutions.

Ids follow the printed numbering. Paragraphs of the resolution itself are `PP1`, `OP1`; those of an annexed instrument
(or of a declaration adopted inside the resolution, as in A/RES/71/1) carry their plain number, with the annex's name in
front where the numbers would otherwise be ambiguous: `Annex II/8(h)`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from pipeline.segment.block import Block, with_mark
from pipeline.segment.breaks import SYMBOL
from pipeline.segment.draft import Draft
from pipeline.segment.heading import (
    ANNEX_LEVEL,
    INNER_LEVEL,
    HeadingPath,
    annex_name,
    has_section_mark,
    level_of,
    looks_like_heading,
    objective_of,
)
from pipeline.segment.numbering import Mark, Outline, read_mark

_ORGAN = (
    r"(?i:The\s+(?:General\s+Assembly|Security\s+Council|Economic\s+and\s+Social\s+Council|Human\s+Rights\s+Council|"
    r"International\s+Migration\s+Review\s+Forum|Commission\s+on\s+(?:Population\s+and\s+Development|Human\s+Rights|"
    r"the\s+Status\s+of\s+Women)|(?:[\w-]+\s+)?World\s+Health\s+Assembly)|"
    r"La\s+Asamblea\s+General|El\s+Consejo\s+(?:de\s+Seguridad|Económico\s+y\s+Social|de\s+Derechos\s+Humanos)|"
    r"El\s+Foro\s+de\s+Examen\s+de\s+la\s+Migración\s+Internacional|"
    r"L['’]Assemblée\s+générale|Le\s+Conseil\s+(?:de\s+sécurité|économique\s+et\s+social|des\s+droits\s+de\s+l['’]homme)|"
    r"Le\s+Forum\s+d['’]examen\s+des\s+migrations\s+internationales|"
    r"A\s+Assembleia\s+Geral|إن\s+الجمعية\s+العامة|الجمعية\s+العامة)"
)
_OPENER = re.compile(_ORGAN + r"\s*[,،:]?\s*\Z")
_OPENER_RUN_ON = re.compile(_ORGAN + r"\s*[,،]\s+(?=[A-ZÁÉÍÓÚ\u0621-\u064a])")
_TITLE = re.compile(r"\d{1,4}/\d{1,4}(?:\s?[A-Z])?\.?\s+\S|Resolution\s+\d{1,4}\s+\(\d{4}\)\Z")
_TITLE_NUMBER = re.compile(r"\d{1,4}/\d{1,4}(?:\s?[A-Z])?\.?\s+")
_LONGEST_TITLE = 300
_SUB_RESOLUTION = re.compile(r"[A-Z]\Z")
_ANNEX_RUN_ON = re.compile(r"(?:Annex|Appendix|Anexo|Annexe|Apéndice)(?:\s+(?:[IVXLC]+|\d{1,2}))?\s+(?=[A-ZÁÉÍÓÚÀ“\"])")
_CLOSING = re.compile(
    r"(?:\d{1,4}(?:st|nd|rd|th|ª|a|e|ème|º)?\.?\s+(?:\([^)]*\)\s+)?(?:plenary\s+meeting|meeting|sesión\s+plenaria|séance\s+plénière)\b.*"
    r"|\d{1,2}\s+[^\W\d]+\s+(?:de\s+)?\d{4}\.?|\d{1,2}\s+de\s+[^\W\d]+\s+de\s+\d{4}\.?)\Z",
    re.IGNORECASE | re.DOTALL,
)
_SOLE_OPERATIVE = re.compile(
    r"(?:(?:Also|Further|Strongly)\s+)?"
    r"(?:Adopts|Approves|Endorses|Decides|Takes\s+note|Requests|Welcomes|Expresses|Invites|Accepts|Reaffirms|Declares|Proclaims|"
    r"Notes|Calls|Urges|Recommends|Encourages|Elects|Appoints|Confirms|Recognizes|Commends|Condemns|"
    r"Aprueba|Adopta|Hace\s+suy|Decide|Toma\s+nota|Recomienda|Acoge|Pide|Solicita|Exhorta|Insta|Alienta|Reafirma|Expresa|Invita|"
    r"Adopte|Approuve|Décide|Fait\s+sienne|Prend\s+(?:acte|note)|Recommande|Prie|Demande|Invite|Se\s+félicite|Accueille|Réaffirme|"
    r"Engage|Encourage|Exprime|Aprova|Adota|Recomenda|Solicita)\b"
)
_FAR = 40
"""Blocks that are looked ahead for numbered operative paragraphs."""


def is_resolution(blocks: Sequence[Block]) -> bool:
    """Whether the text opens as a resolution does: an organ's name standing alone ("The General Assembly,")."""
    body = [b for b in blocks if b.role == "body"][:80]
    return any(_OPENER.match(b.text) or _OPENER_RUN_ON.match(b.text) for b in body)


def _split_run_on(blocks: Sequence[Block]) -> list[Block]:
    """Cuts "The General Assembly, Recalling ..." and "Annex Title of the annex" into their two parts."""
    out: list[Block] = []
    titles: set[str] = set()
    opened = False
    for block in blocks:
        found = _OPENER_RUN_ON.match(block.text) if block.role == "body" else None
        opened = opened or bool(found) or bool(_OPENER.match(block.text))
        if opened and not found and block.role == "body" and looks_like_heading(block) and not annex_name(block.text):
            found = _ANNEX_RUN_ON.match(block.text)
        if opened and block.role == "body" and _is_running_head(block.text, titles):
            block = replace(block, role="furniture")
        titles.add(_TITLE_NUMBER.sub("", block.text) if len(block.text) <= _LONGEST_TITLE else "")
        out += [block.cut(0, found.end()), block.cut(found.end())] if found else [block]
    return out


def _is_running_head(text: str, titles: Set[str]) -> bool:
    """Whether a line is the document's symbol, alone or beside a title that was printed before ("A/RES/73/3 Walking")."""
    if len(text) > _LONGEST_TITLE or "/" not in text:
        return False
    words = text.split()
    return bool(
        SYMBOL.match(text)
        or (SYMBOL.match(words[0]) and " ".join(words[1:]) in titles)
        or (SYMBOL.match(words[-1]) and " ".join(words[:-1]) in titles)
    )


def _is_number(mark: Mark | None) -> bool:
    """Whether a mark counts a paragraph ("12.")."""
    return mark is not None and mark.style == "dot" and mark.core.isdigit()


def _without(block: Block, mark: Mark) -> Block:
    """The block without its printed mark, which its id holds; a block that is nothing else keeps it."""
    return block.cut(mark.length) if len(block.text) > mark.length else block


class _Plan:
    """What has to be known before the ids can be given: which parts are numbered, and how they are told apart."""

    def __init__(self, body: Sequence[Block]) -> None:
        self.marks = [read_mark(b.text, b.mark) for b in body]
        self.opener = next(i for i, b in enumerate(body) if _OPENER.match(b.text))
        self.title = self._title(body[: self.opener])
        annexes = [i for i, b in enumerate(body) if i > self.opener and annex_name(b.text)]
        # a list of attachments ("Annex I" / "Annex II" one under the other) is a table of contents, not annexes
        annexes = [i for i in annexes if i + 1 < len(body) and not annex_name(body[i + 1].text)]
        ends = [*annexes[1:], len(body)] if annexes else []
        self.adopts_inside = self._adopts_inside(body, annexes[0] if annexes else len(body))
        numbered: dict[int, int] = {}
        for start, end in zip(annexes, ends, strict=True):
            first = next((m for m in self.marks[start:end] if m and _is_number(m)), None)
            if first:
                numbered[start] = int(first.core)
        restarting = [start for start, value in numbered.items() if value == 1]
        alone = len(restarting) == 1 and not self.adopts_inside
        self.prefix: dict[int, str] = {}
        for start in annexes:
            name = annex_name(body[start].text) or ""
            plain = start in numbered and (alone or start not in restarting)
            self.prefix[start] = "" if plain else f"{name}/"
        self.unnumbered = {start for start in annexes if start not in numbered}

    @staticmethod
    def _title(front: Sequence[Block]) -> int:
        """The place of the title: the numbered one ("73/195. Global Compact ..."), else the last heading before the text."""
        numbered = next((i for i, b in enumerate(front) if _TITLE.match(b.text)), None)
        if numbered is not None:
            return numbered
        return next((i for i in range(len(front) - 1, -1, -1) if looks_like_heading(front[i])), -1)

    def _adopts_inside(self, body: Sequence[Block], end: int) -> bool:
        """Whether the resolution's one act is to adopt a text that follows it in the same body (A/RES/71/1)."""
        for place in range(self.opener + 1, end):
            if _is_number(self.marks[place]):
                return False
            if _SOLE_OPERATIVE.match(body[place].text):
                titled = any(looks_like_heading(b) for b in body[place + 1 : min(place + 4, end)])
                return (titled or body[place].text.endswith(":")) and any(map(_is_number, self.marks[place + 1 : end]))
        return False

    def letters_follow(self, index: int, outline: Outline) -> bool:
        """Whether the lettered list that is open goes on after the heading at `index` (73/195, before 18 (h))."""
        level = next((lv for lv in reversed(outline.levels) if lv.kind == "lower"), None)
        if level is None:
            return False
        for mark in self.marks[index + 1 : index + 4]:
            if mark:
                return any(kind == "lower" and value == level.value + 1 for kind, value in mark.readings())
        return False


def segment_resolution(all_blocks: Sequence[Block]) -> Draft:
    """Gives every block of a resolution its official id, kind, heading path and objective."""
    draft = Draft()
    merged = _split_run_on(all_blocks)
    body = [b for b in merged if b.role == "body"]
    plan = _Plan(body)
    outline, path = Outline(), HeadingPath()
    part, prefix, sub = "front", "", ""
    annex_start = -1
    previous_colon, previous_depth = False, 0
    index = -1

    def add(paragraph: str, kind: str, block: Block) -> None:
        draft.add(paragraph, kind, block, path=path.titles(), objective=path.objective())  # type: ignore[arg-type]

    def add_heading(block: Block, level: int) -> None:
        block = with_mark(block)
        path.push(level, block.text)
        add(f"{prefix}H:{block.text}" if prefix else f"H:{block.text}", "heading", block)

    for block in merged:
        if block.role == "cell":
            draft.add(f"{prefix}{block.cell}", "cell", block, path=path.titles(), objective=path.objective())
            continue
        if block.role != "body":
            draft.aside(block)
            continue
        index += 1
        text = block.text
        colon, previous_colon = previous_colon, text.rstrip().endswith(":")
        deeper, previous_depth = block.depth > previous_depth, block.depth

        if part == "front":
            if _OPENER.match(text):
                part = "preamble"
                add("PP0", "opening", block)
            elif index == plan.title:
                add("TITLE", "title", block)
            else:
                add(f"FM{draft.tally('FM')}", "frontmatter", block)
            continue

        if index in plan.prefix:
            part, prefix, annex_start = "annex", plan.prefix[index], index
            outline.reset()
            path.clear()
            name = annex_name(text) or text
            path.push(ANNEX_LEVEL, name)
            add(f"H:{name}", "heading", block)
            continue

        if part in ("preamble", "operative", "closing"):
            if (
                _SUB_RESOLUTION.match(text)
                and index + 3 < len(body)
                and any(_OPENER.match(b.text) for b in body[index + 1 : index + 4])
            ):
                part, sub, prefix = "between", text, f"{text}/"
                outline.reset()
                add(f"H:{text}", "heading", block)
                continue
            if _CLOSING.match(text) and len(text) < 80:
                part = "closing" if part != "preamble" else part
                add(f"BM{draft.tally('BM')}", "backmatter", block)
                continue
        if part in ("instrument", "annex") and _CLOSING.match(text) and len(text) < 80 and not block.mark:
            add(f"BM{draft.tally('BM')}", "backmatter", block)
            continue
        if part == "between":
            if _OPENER.match(text):
                part = "preamble"
                add(f"{prefix}PP0", "opening", block)
            else:
                add_heading(block, level_of(block))
            continue

        mark = plan.marks[index]
        number = _is_number(mark)
        after = plan.marks[index + 1] if index + 1 < len(body) else None

        if part == "preamble":
            if plan.adopts_inside and _SOLE_OPERATIVE.match(text):
                add(f"{prefix}OP1", "paragraph", block)
                part, annex_start = "instrument", index
                outline.reset()
                continue
            if not number:
                place = None
                if mark and (outline.levels or colon or mark.style == "paren"):
                    place = outline.place(mark, opens=colon, deeper=deeper, after=after)
                if place and mark:
                    # lettered points of the preambular paragraph above
                    inner = "".join(f"({level.core})" for level in outline.levels)
                    add(f"{prefix}PP{max(1, draft.tally_of(f'PP{sub}'))}{inner}", "subparagraph", _without(block, mark))
                    continue
                outline.reset()
                ahead = plan.marks[index + 1 : index + 1 + _FAR]
                sole = _SOLE_OPERATIVE.match(text) and not any(map(_is_number, ahead))
                if sole:
                    add(f"{prefix}OP{draft.tally(f'OP{sub}')}", "paragraph", block)
                else:
                    add(f"{prefix}PP{draft.tally(f'PP{sub}')}", "preambular", block)
                continue
            part = "operative"
            outline.reset()

        operative = part in ("operative", "closing")
        label_prefix = f"{prefix}OP" if operative else prefix
        section = looks_like_heading(block) and (
            block.heading is not None if block.mark and not number else has_section_mark(text) and not block.mark
        )
        if number and outline.levels and outline.levels[0].kind == "multi":
            # targets ("10.7") stood between two paragraphs
            outline.reset()
        if mark and not section and (number or outline.levels or mark.style in ("paren", "multi")):
            place = outline.place(mark, opens=colon, deeper=deeper, after=after) or (
                outline.begin(mark) if number else None
            )
            if place is not None:
                plain = outline.levels[0].core[0].isdigit() or outline.levels[0].kind == "multi"
                if not plain:
                    place = "".join(f"({level.core})" for level in outline.levels)
                kind = "paragraph" if plain and len(outline.levels) == 1 else "subparagraph"
                add(f"{label_prefix}{place}", kind, _without(block, mark))
                continue
        if looks_like_heading(block):
            inside = plan.letters_follow(index, outline)
            add_heading(block, INNER_LEVEL if inside and not objective_of(text) else level_of(with_mark(block)))
            continue
        if outline.levels:
            add(f"{label_prefix}{outline.levels[0].core}", "continuation", block)
        elif annex_start in plan.unnumbered:
            add(f"{prefix}¶{draft.tally(prefix + '¶')}", "body", block)
        else:
            add(f"{prefix}chapeau", "chapeau", block)
    return draft
