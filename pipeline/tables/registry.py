"""The mechanisms that the lexicon knows: which of them issued a document, and which references are to itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from extractors.lexicon.entries import Lexicon, load_lexicon
from extractors.lexicon.words import expand
from extractors.model import DocumentRow, Reference
from extractors.text.normalization import normalize
from pipeline.tables.speakers import is_other_body
from pipeline.translation import gettext_noop

TYPES: Mapping[str, str] = {
    "RCP": gettext_noop("Regional consultative process"),
    "IRF": gettext_noop("Interregional forum"),
    "global": gettext_noop("Global process"),
}
_POSITIONS = frozenset({"declaration", "communique", "plan", "position"})
_ALIKE = 90
_LONG = 12


@dataclass(frozen=True, slots=True)
class Mechanism:
    """An inter-State consultation mechanism on migration and the facts that its lexicon entry gives.

    `name` is the full name (the `canonical` of references to it), `label` the short one for headings.
    """

    id: str
    name: str
    label: str
    acronym: str
    type: str
    region: str
    focus: tuple[str, ...]
    annex5: bool
    source: str


@dataclass(frozen=True)
class Registry:
    """All mechanisms by their full name, and the pattern that finds any of their wordings in a name."""

    mechanisms: Mapping[str, Mechanism]
    wordings: Mapping[str, str]
    acronyms: Mapping[str, str]
    pattern: re.Pattern[str]

    def issuers(self, body: str) -> tuple[Mechanism, ...]:
        """The mechanisms that the name of an issuing body stands for, in the order in which it names them.

        A name that starts with a denial ("not an ISCM (...)") or is of another track stands for none, whatever it says
        then. A name that is no known wording is compared as a whole: 90 of 100, never an acronym.

        >>> [m.label for m in load_registry().issuers("Rabat Process and Khartoum Process (joint monitoring)")]
        ['Rabat Process', 'Khartoum Process']
        >>> load_registry().issuers("not an ISCM; names the Rabat Process")
        ()
        """
        if body not in self._issuers:
            self._issuers[body] = tuple(self._find_issuers(body))
        return self._issuers[body]

    @cached_property
    def _issuers(self) -> dict[str, tuple[Mechanism, ...]]:
        """What names stand for that were asked for: a document's is asked for with each of its references."""
        return {}

    def _find_issuers(self, body: str) -> Iterator[Mechanism]:
        text = normalize(body).text.strip()
        if not text or is_other_body(text):
            return
        found = [self.wordings[_folded(hit[0])] for hit in self.pattern.finditer(_folded(text))]
        if not found:
            found = [self.acronyms[word] for word in re.findall(r"[\w+-]+", text) if word in self.acronyms][:1]
        if not found:
            bare = _bare(text)
            scores = [(fuzz.ratio(bare, _bare(name)), name) for name in self.mechanisms if len(_bare(name)) >= _LONG]
            score, name = max(scores, default=(0.0, ""))
            found = [name] if score >= _ALIKE and len(bare) >= _LONG else []
        yield from (self.mechanisms[name] for name in dict.fromkeys(found))

    def named(self, text: str) -> list[tuple[str, tuple[int, int]]]:
        """The full names of the mechanisms that a text names in full or by acronym, with the places, in its order.

        >>> load_registry().named("at PIDC, Prague Process")
        [("Pacific Immigration Directors' Conference (PIDC)", (3, 7)), ('Prague Process', (9, 23))]
        """
        flat = normalize(text)
        folded = flat.text.casefold()
        spans = [(*hit.span(), self.wordings[hit[0]]) for hit in self.pattern.finditer(folded)]
        for word in re.finditer(r"[\w+-]+", flat.text):
            if word[0] in self.acronyms and not any(
                start < word.end() and word.start() < end for start, end, _ in spans
            ):
                spans.append((*word.span(), self.acronyms[word[0]]))
        return [(name, flat.source(start, end)) for start, end, name in sorted(spans)]

    def begun(self, text: str) -> list[tuple[str, tuple[int, int]]]:
        """The same with the names that break off after a beginning that no other mechanism has.

        >>> [name for name, _ in load_registry().begun("Global Forum on · PIDC")]
        ['Global Forum on Migration and Development (GFMD)', "Pacific Immigration Directors' Conference (PIDC)"]
        """
        whole = self.named(text)
        flat = normalize(text)
        for hit in self._beginnings[0].finditer(flat.text.casefold()):
            start, end = flat.source(*hit.span())
            if not any(one < end and start < other for _, (one, other) in whole):
                whole.append((self._beginnings[1][hit[0]], (start, end)))
        return sorted(whole, key=lambda named: named[1])

    @cached_property
    def _beginnings(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        """The shortest beginnings, of two words or more, that tell the full names of mechanisms."""
        owners: dict[str, set[str]] = {}
        for wording, name in self.wordings.items():
            words = wording.split()
            for count in range(2, len(words) + 1):
                owners.setdefault(" ".join(words[:count]), set()).add(name)
        told: dict[str, str] = {}
        for name in self.mechanisms:
            words = _bare(name).split()
            begun = [" ".join(words[:count]) for count in range(2, len(words) + 1)]
            told |= {text: name for text in begun if len(text) >= _LONG and owners.get(text) == {name}}
        pattern = "|".join(re.escape(text) for text in sorted(told, key=lambda text: (-len(text), text)))
        return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if told else r"(?!)"), told

    def issued_by(self, document: DocumentRow) -> tuple[Mechanism, ...]:
        """The mechanisms that issued a document: those that its `iscm` names; for a declaration, communiqué, plan or
        position without one, the only one that its title names."""
        if document.iscm.strip() or document.kind not in _POSITIONS:
            return self.issuers(document.iscm)
        named = self.issuers(document.title)
        return named if len(named) == 1 else ()


_BUILT: dict[str, Registry] = {}


def load_registry(lexicon: Lexicon | None = None) -> Registry:
    """The mechanisms of a lexicon (by default the one that comes with the package), made once a version."""
    known = lexicon or load_lexicon()
    if known.version not in _BUILT:
        _BUILT[known.version] = _built(known)
    return _BUILT[known.version]


def _built(lexicon: Lexicon) -> Registry:
    mechanisms: dict[str, Mechanism] = {}
    wordings: dict[str, str] = {}
    acronyms: dict[str, set[str]] = {}
    for entry in lexicon.entries:
        if entry.facts.get("type") not in TYPES or entry.extend:
            continue
        name = entry.canonical or entry.label
        facts = entry.facts
        mechanisms[name] = Mechanism(
            entry.id,
            name,
            entry.label,
            str(facts.get("acronym", "")),
            str(facts["type"]),
            str(facts.get("region", "")),
            tuple(str(focus) for focus in facts.get("focus", ())),
            bool(facts.get("annex5")),
            entry.source,
        )
        spoken = [(v.text, v.match) for variants in entry.variants.values() for v in variants]
        spoken += [(name, "phrase"), (entry.label, "phrase")]
        if facts.get("acronym"):
            spoken.append((str(facts["acronym"]), "short"))
        for text, match in spoken:
            for wording in expand(normalize(text).text):
                if match == "short" or len(wording.split()) == 1:
                    acronyms.setdefault(wording, set()).add(name)
                else:
                    wordings.setdefault(_folded(wording), name)
    longest = sorted(wordings, key=lambda w: (-len(w), w))
    return Registry(
        mechanisms,
        wordings,
        {word: next(iter(names)) for word, names in acronyms.items() if len(names) == 1},
        re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)" if longest else r"(?!)"),
    )


def is_self(reference: Reference, document: DocumentRow, known: Registry | None = None) -> bool:
    """Tell whether a reference is the issuing mechanism's own name in its own document.

    Names are compared through the lexicon; where it does not know the issuing body, by the name itself (90 of 100
    alike, without what stands in parentheses) or by its acronym in parentheses: "the Process" is the Budapest Process
    itself in a document of the "Budapest Process (BP)".
    """
    issuing = (known or load_registry()).issued_by(document)
    if issuing:
        return any(reference.canonical == mechanism.name for mechanism in issuing)
    if not document.iscm.strip() or is_other_body(document.iscm):
        return False
    if reference.wording and reference.wording in re.findall(r"\(([A-Z][\w+-]{1,9})\)", document.iscm):
        return True
    name = _bare(reference.canonical or reference.wording)
    return len(name) >= _LONG and fuzz.ratio(name, _bare(document.iscm)) >= _ALIKE


def _folded(text: str) -> str:
    return " ".join(normalize(text).text.casefold().split())


def _bare(text: str) -> str:
    """A name in lower case without what stands in parentheses."""
    return " ".join(re.sub(r"\([^()]*\)", " ", _folded(text)).split())
