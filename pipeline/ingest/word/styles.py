"""Word styles: what a paragraph or run inherits along the chain of `basedOn`."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, replace

from extractors.lexicon.language import any_word
from pipeline.ingest.word.package import child, flag, number, text

_HEADING = re.compile(rf"(?:{any_word(lambda language: language.pages.heading_styles)})\s*([1-9])$", re.I)
_MAX_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Formatting:
    """Properties of a paragraph or run; None = not said here. `heading` counts from 1; `size` is in points; `has_capitals`:
    letters typed small are shown in capitals, small or not."""

    is_bold: bool | None = None
    is_italic: bool | None = None
    is_hidden: bool | None = None
    has_capitals: bool | None = None
    is_raised: bool | None = None
    size: float | None = None
    is_centred: bool | None = None
    heading: int | None = None
    list_id: str | None = None
    level: int | None = None

    def over(self, below: Formatting) -> Formatting:
        """This look where it says something, `below` elsewhere."""
        said = {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}
        return replace(below, **said)


def look_of(paragraph: ET.Element | None, run: ET.Element | None) -> Formatting:
    """Reads `w:pPr` and `w:rPr` elements (either may be None)."""
    outline = number(paragraph, "w:outlineLvl")
    numbering = child(paragraph, "w:numPr")
    aligned = text(paragraph, "w:jc")
    half_points = number(run, "w:sz")
    raised = text(run, "w:vertAlign")
    capitals = (flag(run, "w:caps"), flag(run, "w:smallCaps"))
    return Formatting(
        is_bold=flag(run, "w:b"),
        is_italic=flag(run, "w:i"),
        is_hidden=flag(run, "w:vanish"),
        has_capitals=None if capitals == (None, None) else any(capitals),
        is_raised=raised == "superscript" if raised else None,
        size=half_points / 2 if half_points else None,
        is_centred=aligned == "center" if aligned else None,
        heading=None if outline is None else outline + 1 if 0 <= outline <= 8 else 0,
        list_id=text(numbering, "w:numId") or None,
        level=number(numbering, "w:ilvl"),
    )


class Styles:
    """The styles of a document by id, resolved once each.

    `default` is what all text starts from, `language` what it is said to be written in ("es-ES"; often only the
    language of the program); `paragraph("")` is the default paragraph style.
    """

    def __init__(self, root: ET.Element | None) -> None:
        self._own: dict[str, tuple[Formatting, str]] = {}
        self._done: dict[str, Formatting] = {}
        self._default_id = ""
        defaults = child(root, "w:docDefaults")
        default_run = child(child(defaults, "w:rPrDefault"), "w:rPr")
        self.default = look_of(None, default_run)
        self.language = text(default_run, "w:lang")
        for style in root if root is not None else ():
            if style.tag != "w:style":
                continue
            key = style.get("w:styleId", "")
            look = look_of(child(style, "w:pPr"), child(style, "w:rPr"))
            level = _named_level(text(style, "w:name"))
            if level and look.heading is None:
                look = replace(look, heading=level)
            self._own[key] = (look, text(style, "w:basedOn"))
            if style.get("w:default") in ("1", "true") and style.get("w:type") == "paragraph":
                self._default_id = key

    def paragraph(self, key: str) -> Formatting:
        """Everything that a paragraph of this style looks like, the document's defaults included."""
        return self.resolved(key if key in self._own else self._default_id).over(self.default)

    def resolved(self, key: str) -> Formatting:
        """A style with what it inherits from the styles it is based on; an empty look for unknown ids."""
        if key not in self._done:
            look, at = Formatting(), key
            for _ in range(_MAX_CHAIN):
                if at not in self._own:
                    break
                own, at = self._own[at]
                look = look.over(own)
            self._done[key] = look
        return self._done[key]

    def lists(self) -> Mapping[str, str]:
        """The list (numbering) id of every style that has one."""
        return {key: found for key in self._own if (found := self.resolved(key).list_id)}


def _named_level(name: str) -> int | None:
    """The heading level that a built-in style name means: `heading 2` 2, `Title` 1."""
    found = _HEADING.match(name.strip())
    return int(found[1]) if found else 1 if name.strip().lower() == "title" else None
