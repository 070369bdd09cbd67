"""Claims of the running text: "X contribute to remittances (§ 36)", "diasporas (Objectives 3, 16)", quoted wordings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from extractors.lexicon.compact import load_compact
from extractors.lexicon.words import expand
from extractors.objectives.number_lists import find_number_lists
from extractors.text.normalization import squash
from pipeline.audit.check import wording
from pipeline.audit.check.original import Original, is_within, words_of
from pipeline.audit.check.subject import NamedBody, Subjects
from pipeline.audit.check.verdict import likeness, misread
from pipeline.audit.check.wording import KnownWording
from pipeline.audit.claims import Narrated, Status
from pipeline.audit.read.claim_readings import Statement
from pipeline.extract.quote import sentences
from pipeline.segment.pointer import Cited, Pointer, key_of, pointers

_QUOTED = re.compile(r"[“«„](?P<quote>[^“”«»„]{8,300})[”»]|\"(?P<plain>[^\"“”]{8,300})\"")
_OPEN = re.compile(
    r"[(\[]\s*(?:e\.g\.|i\.e\.|cf\.|see|for example|for instance|such as|par exemple|por ejemplo|p\. ?ej\.)?,?\s*\Z",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\be\.\s?g\.|for example|for instance|such as|among others|par exemple|por ejemplo|p\. ?ej\.", re.IGNORECASE
)
_OF = re.compile(r"\)?\s*(?:of|de|du|del|des|do|da|in|dans|en)\s+(?:the|la|le|el|l['’]|o|a|its|our)?\s*", re.IGNORECASE)
_SYMBOL = re.compile(r"(?<!\w)[A-Z]{1,5}(?:/[\w.()-]+){2,6}")
_NAME = re.compile(
    r"(?:[A-Z\u00c0-\u00de][^\s,;()]*\s+)(?:(?:[A-Z\u00c0-\u00de][^\s,;()]*|for|of|on|and|the|to|in|compact|migration|de|del|la|las"
    r"|los|les|des|du|sur|pour|para|sobre|y|et)\s+){0,14}[A-Z\u00c0-\u00de][^\s,;()]*\Z"
    r"|(?<!\w)[A-Z]{1,5}(?:/[\w.()-]+){2,6}\Z"
)
_CHAIN = re.compile(
    r"[A-Z\u00c0-\u00de]\S*(?:\s+(?:[A-Z\u00c0-\u00de]\S*|(?:for|of|on|and|the|to|de|del|la|las|los|les|des|du|sur|pour|para|sobre|y|et)"
    r"(?=\s+\S+)))*"
)
_UNDER = re.compile(
    r"(?:under|in|within|across|dans|sous|au titre (?:de|des)|en|bajo|con arreglo a|sob|nos?)"
    r"(?:\s+(?:the|les?|l['’]|los|el|os?))?\s*\Z",
    re.IGNORECASE,
)
_MOSTLY = 0.6
"""Share of a quoted wording that the lexicon must know for it to be a claim: titles and names of events are none."""
_LIKE = 55.0
"""Similarity (0 to 100) from which a quoted wording is one of the text in other words."""
_FAR = 160
"""Characters between a subject and its objectives, beyond which they do not belong together."""
_CLAUSE = re.compile(r"[;,]\s|\)\s|\b(?:and|y|e|et)\s|\.\s")
_ACRONYM = re.compile(r"\([A-Z][A-Za-z]{1,5}s?\)")
_FUNCTION = frozenset(
    "a an and as at by contribute de del des du el en et for from implementation in invited is are la las le les los "
    "objectives objective of on or the they this to with y international".split()
)


def check_narrative(
    original: Original, statements: Sequence[Statement], subjects: Subjects
) -> tuple[list[Narrated], int]:
    """Check what the running text claims; the number is of sentences that cite a paragraph, but name nothing known.

    Three forms count: a sentence that names something the lexicon knows and cites paragraphs for it; a stakeholder with
    objectives, where the text has objectives; and a quoted wording without a paragraph that the lexicon knows and the
    text has, if in other words.
    Citations of other instruments ("New York Declaration, paragraph 8") are left out.
    """
    out: list[Narrated] = []
    unchecked = 0
    for one in statements:
        for start, end in sentences(one.text):
            text = one.text[start:end]
            named = [
                NamedBody(n.start - start, n.end - start, n.wording, n.category, n.canonical)
                for n in subjects.named(one.text)
                if n.start >= start and n.end <= end
            ]
            cited = [p for p in pointers(text) if not is_foreign(text, p, original)]
            found = list(_by_paragraph(original, one, text, named, cited))
            unchecked += bool(cited) and not found
            out += found
            if original.objectives():
                out += _by_objective(original, one, text, named, subjects.language)
            if not cited:
                out += _quoted(original, one, text, named)
    return out, unchecked


def _by_paragraph(
    original: Original, one: Statement, text: str, named: Sequence[NamedBody], cited: Sequence[Pointer]
) -> Iterator[Narrated]:
    """A claim for each paragraph that a sentence cites: its subject is the first thing it names before the citation.

    What stands between the last comma and the citation is its topic; where this names something itself, that counts.
    """
    keys = tuple(c.key for p in cited for c in p.cited)
    for pointer in cited:
        before = [n for n in named if n.end <= pointer.start]
        start = max((m.end() for m in _CLAUSE.finditer(text, 0, pointer.start)), default=0)
        topic = text[start : pointer.start].strip(" ([")
        near = [n for n in before if n.start >= start]
        subject = next(iter(near or before or [n for n in named if n.start >= pointer.end]), None)
        if subject is None:
            continue
        for cite in pointer.cited:
            yield _checked(original, one, text, subject, topic, cite, keys)


def _checked(
    original: Original, one: Statement, text: str, subject: NamedBody, topic: str, cite: Cited, keys: tuple[str, ...]
) -> Narrated:
    known = KnownWording(subject.wording, ((subject.category, subject.canonical),))
    base = Narrated(
        one.section, subject.wording, _short(text), cite.printed, "not_found", categories=known.categories, cited=keys
    )
    names = original.readings(cite.key)
    for key in names:
        units = original.scope(key)
        name = original.name(key)
        exact = wording.exact(original, subject.wording, units) or wording.any_case(original, subject.wording, units)
        hit = next(iter(exact), None) or wording.other_words(original, known, units)
        if hit:
            true = original.ids[hit.unit]
            notes = () if true == name else (f"the words are in {true}",)
            return _with(base, "ok", true, hit.text, notes)
        part = wording.part_of(original, subject.wording, units)
        if part:
            note = f"the text has only “{part.text}” there"
            return _with(base, "wording_differs", original.ids[part.unit], part.text, (note,))
    gone = [f"{original.name(key)} does not name “{subject.wording}”" for key in names[:1]]
    gone = gone or [f"the text has no paragraph {cite.printed}"]
    cited = {original.name(name) for key in keys for name in original.readings(key)} - {""}
    held = [m for m in original.mentions if m.category == subject.category and m.canonical in ("", subject.canonical)]
    left = [m for m in held if not any(is_within(original.ids[m.unit], name) for name in cited)]
    left = [m for m in left if not original.ids[m.unit].startswith("H:")]
    about = [m for m in left if _about(original, m.unit, topic, subject.wording) or misread(original, cite.key, m.unit)]
    if about:
        best = max(about, key=lambda m: (likeness(original, cite.key, m.unit), -m.unit))
        reason = misread(original, cite.key, best.unit)
        return _with(
            base, "wrong_paragraph", original.ids[best.unit], best.wording, (*gone, *((reason,) if reason else ()))
        )
    return _with(base, "not_found", "", "", tuple(gone))


def _about(original: Original, unit: int, topic: str, subject: str) -> bool:
    """Whether a paragraph, or the heading it stands under, has the words of a citation's topic."""
    told = {w.lower() for w in words_of(topic)} - {w.lower() for w in words_of(subject)} - _FUNCTION
    if not told:
        return True
    place = original.units[unit]
    held = {w.lower() for w in words_of(" ".join([place.text, *place.heading_path[-1:]]))}
    return told <= held


def _with(base: Narrated, status: Status, true: str, said: str, notes: tuple[str, ...]) -> Narrated:
    return Narrated(
        base.section, base.wording, base.text, base.printed, status, true, said, notes, base.categories, base.cited
    )


def _by_objective(
    original: Original, one: Statement, text: str, named: Sequence[NamedBody], language: str
) -> Iterator[Narrated]:
    """A claim for each list of objectives: the nearest things named before it, or the sentence's subject."""
    lists = find_number_lists(text, language)
    for cited in lists:
        space = text[: cited.start]
        before = _ACRONYM.sub(lambda acronym: "_" * len(acronym[0]), space)
        inside = bool(_OPEN.search(space))
        low = max(before.rfind(")"), before.rfind(";")) if inside else -1
        near = [n for n in named if low < n.start and n.end <= cited.start]
        if not inside and (len(lists) > 1 or not _UNDER.search(space)):
            continue
        near = [n for n in near or named if n.end <= cited.start and cited.start - n.end <= _FAR]
        if not near:
            continue
        last = near[-1].end if inside else near[0].end
        chosen: dict[str, NamedBody] = {}
        for n in near:
            bound = not re.search(r"[,;]", space[n.end :].replace("(", "").split("e.g.")[0])
            if (inside and (bound or n.end == last)) or (not inside and n.end == last):
                chosen.setdefault(n.category, n)
        printed = sorted(n for n in cited.numbers if 1 <= n <= len(load_compact().objectives))
        for n in chosen.values() if printed else ():
            yield _objectives(original, one, text, n, printed)


def _objectives(original: Original, one: Statement, text: str, subject: NamedBody, printed: list[int]) -> Narrated:
    where: dict[int, str] = {}
    for m in original.mentions:
        number = original.objective_of[m.unit]
        if number is not None and m.category == subject.category:
            where.setdefault(number, original.ids[m.unit])
    extra = [n for n in printed if n not in where]
    more = [n for n in sorted(where) if n not in printed]
    notes = []
    if extra:
        notes.append(f"printed but not in the text: {_listed(extra)}")
    if more:
        places = ", ".join(f"{n} ({where[n]})" for n in more)
        example = " (the printed list gives examples)" if _EXAMPLE.search(text) else ""
        notes.append(f"in the text but not printed: {places}{example}")
    status: Status = "ok" if not extra else "not_found" if len(extra) == len(printed) else "wrong_paragraph"
    head = "Objective " if len(printed) == 1 else "Objectives "
    return Narrated(
        one.section, subject.wording, _short(text), head + _listed(printed), status, _listed(sorted(where)), "",
        tuple(notes), frozenset({subject.category}),
    )  # fmt: skip


def _quoted(original: Original, one: Statement, text: str, named: Sequence[NamedBody]) -> Iterator[Narrated]:
    """Quoted wordings without a paragraph: each is looked for in the whole text."""
    for found in _QUOTED.finditer(text):
        group = "quote" if found["quote"] is not None else "plain"
        quote = " ".join(found[group].strip(" .,;").split())
        start, end = found.span(group)
        inner = [n for n in named if n.start >= start and n.end <= end]
        if len(quote.split()) < 2 or squash(quote) in squash(original.title) or squash(original.title) == squash(quote):
            continue
        if not any(n.end - n.start >= _MOSTLY * len(quote) for n in inner):
            continue
        hits = wording.exact(original, quote) or wording.any_case(original, quote)
        known = KnownWording(quote, tuple((n.category, n.canonical) for n in inner))
        base = Narrated(one.section, quote, _short(text), "", "ok", categories=known.categories)
        if hits:
            places = ", ".join(dict.fromkeys(original.ids[h.unit] for h in hits[:5]))
            cited = tuple(dict.fromkeys(key_of(original.ids[h.unit]) for h in hits))
            yield Narrated(
                one.section, quote, _short(text), "", "ok", places, hits[0].text, (), known.categories, cited
            )  # fmt: skip
        elif inner:
            hit = _nearest(original, known)
            if hit and hit.text.lower().startswith(quote.lower()):
                yield _with(base, "ok", original.ids[hit.unit], hit.text, (f"the text has “{hit.text}”",))
            elif hit and fuzz.ratio(squash(quote), squash(hit.text)) >= _LIKE:
                yield _with(base, "wording_differs", original.ids[hit.unit], hit.text, (f"the text has “{hit.text}”",))


def _nearest(original: Original, known: KnownWording) -> wording.WordingHit | None:
    units = list(dict.fromkeys(m.unit for m in original.mentions if m.category in known.categories))
    hits = [hit for unit in units if (hit := wording.other_words(original, known, [unit]))]
    return max(hits, key=lambda hit: fuzz.ratio(squash(known.text), squash(hit.text)), default=None)


def is_foreign(text: str, pointer: Pointer, original: Original) -> bool:
    """Whether a citation belongs to another document: "paragraph 8 of the New York Declaration", "A/RES/71/280 (§22)",
    "the Modalities, paragraph 16", or to the analysis itself ("paragraph 3 above")."""
    elsewhere, other = _others()
    after = text[pointer.end : pointer.end + 160]
    if elsewhere.match(after):
        return True
    follows = _OF.match(after)
    if follows:
        name = re.split(r"[.;:()]|,\s", after[follows.end() :])[0]
        chain = _CHAIN.match(name)
        return _is_other(chain[0] if chain else " ".join(name.split()[:3]), other, original)
    clause = re.split(r"[;:]\s|\.\s|\)\s(?:and|y|et|e)\s", text[max(0, pointer.start - 200) : pointer.start])[-1]
    clause = re.sub(
        r"[\s,(\[]*(?:annex\w*\s+[IVXL\d]*)?[\s,(\[]*(?:in|at|see|en|dans)?[\s(\[]*\Z", "", clause, flags=re.IGNORECASE
    )
    name = _NAME.search(clause)
    return name is not None and _is_other(name[0], other, original)


def _is_other(name: str, other: re.Pattern[str], original: Original) -> bool:
    """Whether a name is that of an instrument that is not the analysed text: by its symbol, else by its words."""
    symbol = _SYMBOL.search(name)
    if symbol:
        return re.sub(r"\W", "", symbol[0]).casefold() not in original.symbols
    return other.search(name) is not None and not _own({w.lower() for w in words_of(name)}, original.title)


def _own(said: set[str], title: str) -> bool:
    """Whether a name is that of the analysed text: half of its longer words are words of the title."""
    own = {w.lower() for w in words_of(title)}
    telling = {w for w in said if len(w) > 4}
    return bool(telling & own) and len(telling & own) * 2 >= len(telling)


@lru_cache(maxsize=1)
def _others() -> tuple[re.Pattern[str], re.Pattern[str]]:
    spoken = load_compact().pointing.values()
    elsewhere = sorted({w for p in spoken for raw in p.elsewhere for w in expand(raw)}, key=len, reverse=True)
    other = sorted({w for p in spoken for raw in (*p.other, *p.plans) for w in expand(raw)}, key=len, reverse=True)
    other += ["modalities", "guidelines", "principles", "Compact", "covenant", "pact"]
    return (
        re.compile(rf"\s+(?:{'|'.join(map(re.escape, elsewhere))})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, other))})(?!\w)", re.IGNORECASE),
    )


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _short(text: str, limit: int = 400) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rpartition(" ")[0] + "..."
