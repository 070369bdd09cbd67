"""A brief as every format writes it: a title, facts, and sections of lines, short enough for two pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from pipeline.extract.quote import Runs, plain
from pipeline.files import sha256
from pipeline.tables.brief.labels import HEADINGS, MORE
from pipeline.tables.series import Change
from pipeline.translation import gettext

Mark = Literal["", Change]
"""What is new in a document against the earlier ones of its mechanism, "" where there are none."""
ROOM = 100
"""Printed lines of facts and sections on two pages, without headings and title."""
WIDTH = 112
"""Characters of a printed line."""
_FACT_WIDTH = 94
SHARES = {
    "compact": 5,
    "commitments": 36,
    "passages": 8,
    "objectives": 20,
    "partners": 11,
    "processes": 7,
    "review": 8,
}
"""Printed lines that each section has for sure; what one does not need goes to the first that does."""
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 120
_SAFE = ("http://", "https://", "file://")


def safe_address(url: str) -> str:
    """An address that a browser opens as a page, else "": what a document says of its source could be a program.

    >>> safe_address("https://example.org/a.pdf#page=2"), safe_address("javascript:alert(1)")
    ('https://example.org/a.pdf#page=2', '')
    """
    return url if url.casefold().startswith(_SAFE) else ""


@dataclass(frozen=True, slots=True)
class BriefPlace:
    """Where a line stands: the citation as printed, the address that opens its page ("" where none is known), and the
    footnote for a paper that cites it.
    """

    citation: str
    url: str = ""
    footnote: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", safe_address(self.url))


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One line: the brief's own words (`text`), the document's (`quote`), `notes` behind them, and the places.

    `rank` tells which lines stay where there is no room for all; those that stay keep their order.
    """

    text: str = ""
    quote: Runs = ()
    notes: str = ""
    places: tuple[BriefPlace, ...] = ()
    mark: Mark = ""
    rank: float = 0

    @property
    def height(self) -> int:
        """Printed lines that it takes."""
        cited = sum(len(place.citation) + 2 for place in self.places)
        return max(
            1, ceil((len(self.mark) + len(self.text) + len(plain(self.quote)) + len(self.notes) + cited) / WIDTH)
        )


@dataclass(frozen=True, slots=True)
class BriefSection:
    """The lines under one heading; `left_out` are more of them in the table `file`, `note` stands in their place where
    there are none. One that `can_lose_quotes` loses them from its end before it loses lines."""

    name: str
    lines: tuple[BriefLine, ...]
    file: str = ""
    note: str = ""
    left_out: int = 0
    can_lose_quotes: bool = False

    @property
    def heading(self) -> str:
        return gettext(HEADINGS[self.name])

    @property
    def remark(self) -> str:
        """What stands behind the lines: how many more there are and where, or that there are none."""
        if self.left_out:
            return gettext(MORE).format(number=self.left_out, file=self.file)
        return "" if self.lines else self.note

    @property
    def height(self) -> int:
        return sum(line.height for line in self.lines)

    def shortened(self, room: int) -> BriefSection:
        """The lines of the highest ranks that fit `room` printed lines, in the order in which they stood."""
        known = list(self.lines)
        high = self.height
        for number in reversed(range(len(known))) if self.can_lose_quotes else ():
            if high <= room:
                break
            short = replace(known[number], quote=())
            high += short.height - known[number].height
            known[number] = short
        kept: set[int] = set()
        for number, line in sorted(enumerate(known), key=lambda pair: (-pair[1].rank, pair[0])):
            if line.height <= room:
                kept.add(number)
                room -= line.height
        lines = tuple(line for number, line in enumerate(known) if number in kept)
        return replace(self, lines=lines, left_out=self.left_out + len(known) - len(lines))


@dataclass(frozen=True, slots=True)
class BriefFact:
    """A fact at the head: what it is, and in which words; `address` opens where it comes from."""

    name: str
    text: str
    address: str = ""

    @property
    def height(self) -> int:
        """Printed lines that it takes beside its name."""
        return max(1, ceil(len(self.text) / _FACT_WIDTH))


@dataclass(frozen=True, slots=True)
class Brief:
    """What a reader should know of one document; what it is compared with is among the `facts`."""

    document: str
    title: str
    facts: tuple[BriefFact, ...]
    sections: tuple[BriefSection, ...]


def name_file(document: str) -> str:
    """The name of the files of a document's brief, without ending: the document's own, made safe as a name.

    >>> name_file("bali-2018.en"), name_file("../a b")
    ('bali-2018.en', 'a_b-2c2c79')
    """
    plain_name = _UNSAFE.sub("_", document).strip("._")[:_LONGEST_NAME]
    return plain_name if plain_name == document else f"{plain_name}-{sha256(document.encode('utf-8', 'replace'))[:6]}"


def fit(sections: Sequence[BriefSection], room: int = ROOM) -> tuple[BriefSection, ...]:
    """Shorten the sections to `room` printed lines: each has its share, and what is left over goes to the first that
    need more.

    >>> [len(s.lines) for s in fit([BriefSection("review", (BriefLine("a"), BriefLine("b", rank=1)))], 1)]
    [1]
    """
    needs = [section.height for section in sections]
    given: list[int] = []
    for need, section in zip(needs, sections, strict=True):
        given.append(min(need, SHARES[section.name], room - sum(given)))
    left = room - sum(given)
    for number, need in enumerate(needs):
        more = max(0, min(need - given[number], left))
        given[number] += more
        left -= more
    return tuple(section.shortened(lines) for section, lines in zip(sections, given, strict=True))
