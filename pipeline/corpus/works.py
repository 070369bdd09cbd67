"""Works: which documents are copies of one text, in other formats, layouts and languages.

Documents are of one work where the manifest says so, where they bear the same symbol, and where their texts are the same.
Nothing else is taken for sure; what is likely is proposed (`propose_copies`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import PurePosixPath
from typing import Literal

from extractors.model import Role
from extractors.text.shingles import TextSketch
from pipeline.corpus.manifest import SUFFIXES, Source
from pipeline.extract.front import Front, role_of_kind
from pipeline.files import natural

SAME = 0.9
"""Share of the longer text that both must have: a review that quotes a whole declaration has far more than that."""
SAME_MEETING = 0.8
"""The same for texts of one mechanism and date: layouts of one statement, where line ends cut words otherwise."""
SAME_NAME = 0.4
"""The same for files that have one name but for the format, where the shorter one is nearly all in the longer one."""
LEAST = 16
"""Shingles below which a text is too short to tell: cover pages and placeholders are alike without being copies."""
_SMALLEST = 32
"""Hashes by which texts are looked up: two texts that share nine tenths miss each other in one of 10^24 cases."""
_SHARED = 4
"""Of these how many two copies share at least: of two texts that have eight tenths in common one pair in 10^10 has fewer."""
_NEAREST = 20
"""Texts of about the same length that one is compared with under one hash: many that share a formula cost no more."""
_MONTH = len("2013-07")
_TITLED = 6
"""Words of a title that tells a text: "Declaration" alone is that of many."""
_PARAGRAPHS = 0.75
"""Least ratio of the numbers of paragraphs of two translations of one text."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What tells the work and the role of one document: the manifest's word, its own head, and its text's sketch.

    `file` is its path in the corpus folder, `title`, `iscm` and `date` as in `documents.csv`, `paragraphs` how many it has.
    """

    source: Source
    front: Front = field(default_factory=Front)
    file: str = ""
    title: str = ""
    iscm: str = ""
    date: str = ""
    language: str = ""
    sha256: str = ""
    pages: int = 0
    paragraphs: int = 0
    is_scan: bool = False
    sketch: TextSketch = field(default_factory=TextSketch, repr=False)

    @property
    def slug(self) -> str:
        return self.source.slug

    @property
    def symbol(self) -> str:
        return self.source.symbol or self.front.symbol

    @property
    def told_role(self) -> Role | Literal[""]:
        """The manifest's word: `role`, else that of the `kind`."""
        return self.source.role or role_of_kind(self.source.kind)

    @property
    def meeting(self) -> tuple[str, str]:
        """The mechanism and the day, as far as they are known: what two texts of one meeting share."""
        return " ".join(self.iscm.casefold().split()), self.date if len(self.date) == 10 else ""


@dataclass(frozen=True, slots=True)
class WorkCopy:
    """The place of a document among the works: columns `work`, `role` and `preferred` of `documents.csv`."""

    work: str
    role: Role | Literal[""]
    is_preferred: bool


@dataclass(frozen=True, slots=True)
class LikelyCopies:
    """Two documents that are likely of one work, and why; a person says so with `work` in the manifest, or does not."""

    one: str
    other: str
    why: str


def group_works(copies: Sequence[Copy]) -> dict[str, WorkCopy]:
    """Tell the work, the role and the preferred copies of all documents of a corpus, by slug.

    The role of a copy is the manifest's word, else that of another copy of its work, else what the head of the preferred
    copy says, else that of another one; "" where nothing tells it.
    """
    standing: dict[str, WorkCopy] = {}
    for work, members in _groups(copies):
        ordered = sorted(members, key=_preference)
        roles = [role for one in ordered if (role := one.told_role)]
        roles += [role for one in ordered if (role := one.front.role)]
        languages: set[str] = set()
        for one in ordered:
            role = one.told_role or next(iter(roles), "")
            standing[one.slug] = WorkCopy(work, role, one.language not in languages)
            languages.add(one.language)
    return standing


def _preference(one: Copy) -> tuple[bool, bool, bool, int, tuple[tuple[int, str], ...]]:
    """The manifest's word first, then those that were no scans, the copies with pages, and the most paragraphs."""
    return (not one.source.preferred, one.is_scan, not one.pages, -one.paragraphs, natural(one.slug))


class _Union:
    """Documents united to works; two that are told to be different works are never united."""

    def __init__(self, copies: Sequence[Copy]) -> None:
        self.parent = {one.slug: one.slug for one in copies}
        self.told = {one.slug: one.source.work for one in copies}
        self.symbol = {one.slug: one.symbol.upper() for one in copies}

    def root(self, slug: str) -> str:
        while self.parent[slug] != slug:
            self.parent[slug] = slug = self.parent[self.parent[slug]]
        return slug

    def are_one(self, one: str, other: str) -> bool:
        return self.root(one) == self.root(other)

    def unite(self, one: str, other: str) -> None:
        one, other = self.root(one), self.root(other)
        if one != other:
            self.parent[other] = one
            self.told[one] = self.told[one] or self.told[other]
            self.symbol[one] = self.symbol[one] or self.symbol[other]

    def are_told_apart(self, one: str, other: str) -> bool:
        """Told by the manifest, or by symbols of their own, to be of different works."""
        pairs = ((names[self.root(one)], names[self.root(other)]) for names in (self.told, self.symbol))
        return any(a and b and a != b for a, b in pairs)


def _groups(copies: Sequence[Copy]) -> Iterator[tuple[str, list[Copy]]]:
    """Every work with its documents."""
    union = _Union(copies)
    first: dict[str, str] = {}
    for one in copies:
        for name in dict.fromkeys((one.source.work or one.symbol.upper(), one.slug)):
            if name:
                union.unite(first.setdefault(name.casefold(), one.slug), one.slug)
    for one, other in _same_texts(copies, union):
        union.unite(one.slug, other.slug)
    members: dict[str, list[Copy]] = defaultdict(list)
    for one in copies:
        members[union.root(one.slug)].append(one)
    named: dict[str, set[str]] = defaultdict(set)
    for one in copies:
        named[_bare(one.slug)].add(union.root(one.slug))
    for group in members.values():
        ordered = sorted(group, key=lambda one: natural(one.slug))
        told = min((one.source.work for one in ordered), key=lambda work: (not work, work in union.parent))
        symbol = next((one.symbol for one in ordered if one.symbol), "")
        first_slug = ordered[0].slug
        slug = _bare(first_slug) if len(named[_bare(first_slug)]) == 1 else first_slug
        yield told or symbol or slug, group


def _bare(slug: str) -> str:
    """A slug without the format that tells it from its twins: `declaration.docx` is of the work `declaration`."""
    stem, suffix = PurePosixPath(slug).stem, PurePosixPath(slug).suffix
    return stem if suffix.lower() in SUFFIXES else slug


def _same_texts(copies: Sequence[Copy], union: _Union) -> Iterator[tuple[Copy, Copy]]:
    """Pairs that are surely one text, each document with the first one of its text that is met."""
    for _, same in groupby(sorted(copies, key=lambda one: one.sha256), key=lambda one: one.sha256):
        one, *others = same
        yield from ((one, other) for other in others if one.sha256 and not union.are_told_apart(one.slug, other.slug))
    compared: set[tuple[str, str]] = set()
    for group in (*_alike(copies), *_of_one_name(copies)):
        texts: list[Copy] = []
        for other in sorted(group, key=lambda one: (one.sketch.size, one.slug)):
            for one in texts[: -_NEAREST - 1 : -1]:
                if union.are_one(one.slug, other.slug):
                    break
                if (one.slug, other.slug) in compared:
                    continue
                compared.add((one.slug, other.slug))
                if is_copy(one, other) and not union.are_told_apart(one.slug, other.slug):
                    yield one, other
                    break
            else:
                texts.append(other)


def _alike(copies: Iterable[Copy]) -> Iterator[list[Copy]]:
    """Documents of one language that share one of their smallest hashes: an index, never all pairs."""
    sharing: dict[tuple[str, int], list[Copy]] = defaultdict(list)
    for one in copies:
        for number in one.sketch.hashes[:_SMALLEST]:
            sharing[one.language, number].append(one)
    yield from (group for group in sharing.values() if len(group) > 1)


def _of_one_name(copies: Iterable[Copy]) -> Iterator[list[Copy]]:
    """Documents whose files have one name in one folder, but for the format."""
    names: dict[str, list[Copy]] = defaultdict(list)
    for one in copies:
        if one.file:
            names[one.file.rpartition(".")[0] or one.file].append(one)
    yield from (group for group in names.values() if len(group) > 1)


def is_copy(one: Copy, other: Copy) -> bool:
    """Tell whether two documents surely have the same text, and are not the draft of it and the final text.

    Measured against the longer of the two: a review that quotes a whole declaration is no copy of it. Less is enough
    where mechanism and date are the same, or the files have one name but for the format.
    """
    if one.language != other.language or min(one.sketch.size, other.sketch.size) < LEAST:
        return False
    if "draft" in (roles := {one.told_role or one.front.role, other.told_role or other.front.role}) and len(roles) > 1:
        return False
    has_one_name = _stem(one) == _stem(other) != ""
    shorter, longer = sorted((one.sketch, other.sketch), key=lambda sketch: sketch.size)
    if shorter.size < SAME_NAME * longer.size or not (has_one_name or _share_smallest(shorter, longer)):
        return False
    share = one.sketch.overlap(other.sketch)
    if share >= SAME or (share >= SAME_MEETING and all(one.meeting) and one.meeting == other.meeting):
        return True
    return share >= SAME_NAME and has_one_name and shorter.containment(longer) >= SAME_MEETING


def _share_smallest(one: TextSketch, other: TextSketch) -> bool:
    """Whether two texts can share most of their words: a formula that many texts have tells of nothing else."""
    return len({*one.hashes[:_SMALLEST]}.intersection(other.hashes[:_SMALLEST])) >= _SHARED


def _stem(one: Copy) -> str:
    return one.file.rpartition(".")[0]


def _words(title: str) -> set[str]:
    """The words of a title; numbers of days are left out, as one copy may print them and another not."""
    return set(re.findall(r"[^\W\d_]{2,}", title.casefold()))


def propose_copies(copies: Sequence[Copy], standing: dict[str, WorkCopy]) -> tuple[LikelyCopies, ...]:
    """Pairs of documents that may be of one work: translations (same mechanism and date, about as many paragraphs or
    the same kind, another language), parts of one text in other layouts (same mechanism, date and title, though the texts
    as they are have little in common), and texts of one language that share a good part.

    What the manifest tells apart is not proposed."""
    union = _Union(copies)
    found: dict[tuple[str, str], LikelyCopies] = {}

    def propose(one: Copy, other: Copy, why: str) -> None:
        works = standing[one.slug].work, standing[other.slug].work
        if works[0] != works[1] and not union.are_told_apart(one.slug, other.slug):
            found.setdefault((min(works), max(works)), LikelyCopies(one.slug, other.slug, why))

    meetings: dict[tuple[str, str], list[Copy]] = defaultdict(list)
    for one in copies:
        if all(one.meeting) and standing[one.slug].is_preferred:
            meetings[one.meeting].append(one)
    for group in meetings.values():
        ordered = sorted(group, key=lambda one: (one.paragraphs, one.slug))[: 2 * _NEAREST]
        for place, one in enumerate(ordered):
            for other in ordered[place + 1 : place + 1 + _NEAREST]:
                if one.language != other.language and one.paragraphs >= _PARAGRAPHS * other.paragraphs:
                    propose(one, other, "same mechanism, date and number of paragraphs in another language")
                elif one.language != other.language and one.front.kind == other.front.kind != "other":
                    propose(one, other, "same mechanism, date and kind of document in another language")
    layouts: dict[tuple[str, str, str], list[Copy]] = defaultdict(list)
    for one in copies:
        if one.iscm and len(one.date) >= _MONTH and one.title:
            layouts[one.meeting[0], one.date[:_MONTH], one.language].append(one)
    for group in layouts.values():
        for place, one in enumerate(group[: 2 * _NEAREST]):
            for other in group[place + 1 : place + 1 + _NEAREST]:
                dates = sorted((one.date, other.date), key=len)
                titles = sorted((_words(one.title), _words(other.title)), key=len)
                if dates[1].startswith(dates[0]) and len(titles[0]) >= _TITLED and titles[0] <= titles[1]:
                    propose(one, other, "same mechanism, date and title")
    for group in _alike(copies):
        ordered = sorted(group, key=lambda one: (one.sketch.size, one.slug))[: 2 * _NEAREST]
        for one, other in pairwise(ordered):
            if min(one.sketch.size, other.sketch.size) >= LEAST and one.sketch.overlap(other.sketch) >= SAME_NAME:
                propose(one, other, f"{one.sketch.overlap(other.sketch):.0%} of the text is the same")
    return tuple(found.values())
