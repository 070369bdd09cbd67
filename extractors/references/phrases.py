"""Exact wordings: names and terms of the lexicon, each with its own case rule, and the negatives that block them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from spacy.attrs import IS_LOWER
from spacy.language import Language
from spacy.tokens import Doc

from extractors.lexicon.vocabulary import Phrase, Vocabulary
from extractors.references.definitions import stands_for
from extractors.references.hits import (
    CAPITAL,
    HEAD,
    JOINT,
    LEVEL_NOUN,
    MODIFIER,
    NOUN,
    OPENING,
    PLAIN,
    TOPIC,
    Blocked,
    Findings,
    Hit,
    Modifier,
    classify,
    findings,
    grammar_classes,
)
from extractors.references.wordings import Wordings

_ACRONYM = re.compile(r"[A-Z][\w&/+-]*[A-Z\d][\w&/+-]*|[A-Z]{2,}s?\Z")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th|ª|º|a|e|ème|ère|er)\Z|[IVX]{1,6}\Z")
_LINKS = frozenset(
    [
        "of",
        "for",
        "on",
        "and",
        "de",
        "del",
        "para",
        "sobre",
        "la",
        "el",
        "du",
        "des",
        "pour",
        "sur",
        "et",
        "da",
        "do",
        "das",
        "dos",
        "y",
        "e",
        "the",
    ]
)


class Phrases:
    """spaCy component: finds every variant, short form and negative, and the modifiers of several words."""

    def __init__(self, nlp: Language, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._wordings: Wordings[Phrase | str] = Wordings(nlp.vocab, nlp.tokenizer)
        for phrase in vocabulary.phrases:
            self._wordings.add(phrase.text, phrase, cased=phrase.is_cased)
        self._roles: dict[str, int] = defaultdict(int)
        for role, words in (
            (HEAD, frozenset(vocabulary.rules_by_head)),
            (MODIFIER, vocabulary.modifiers | vocabulary.qualifiers),
            (TOPIC, vocabulary.topic),
            (LEVEL_NOUN, frozenset(vocabulary.grammar.level_nouns)),
        ):
            for word in words:
                tokens = nlp.tokenizer(word)
                if len(tokens) == 1:
                    self._roles[tokens[0].lower_] |= role
                elif role == MODIFIER:
                    self._wordings.add(word, word, cased=False)
        self._is_lower: Callable[[str], bool] = nlp.vocab.lex_attr_getters[IS_LOWER]  # type: ignore[attr-defined]
        classify(nlp.vocab, self._classes)

    def _classes(self, text: str) -> int:
        return self._roles.get(text.lower(), 0) | grammar_classes(text, self.vocabulary, self._is_lower(text))

    def __call__(self, doc: Doc) -> Doc:
        found = findings(doc)
        classes = found.classes(doc).data
        negatives = found.negatives
        names: dict[int, int] = {}
        raw: list[tuple[Phrase, int, int]] = []
        for phrase, start, end in self._wordings.find(doc):
            if isinstance(phrase, str):
                found.add(Modifier(start, end, phrase))
            elif phrase.role == "negative":
                negatives.setdefault(phrase.entry.id, []).append((start, end, phrase.text))
            else:
                raw.append((phrase, start, end))
                if phrase.is_name and phrase.role == "variant":
                    for token in range(start, end):
                        names[token] = max(end - start, names.get(token, 0))
        written = {(phrase.entry.id, start, end) for phrase, start, end in raw if phrase.is_cased}
        for phrase, start, end in raw:
            if phrase.is_name and not phrase.is_cased and (phrase.entry.id, start, end) in written:
                continue  # found as the lexicon writes it, too
            self._take(doc, classes, found, phrase, start, end, names)
        return doc

    def _take(
        self,
        doc: Doc,
        classes: memoryview,
        found: Findings,
        phrase: Phrase,
        start: int,
        end: int,
        names: dict[int, int],
    ) -> None:
        entry = phrase.entry
        hit = Hit(start, end, entry, phrase.rule, "exact")
        for low, high, text in found.negatives.get(entry.id, ()):
            if low < end and start < high:
                found.blocked.append(Blocked(hit, f"negative: {text}"))
                return
        if phrase.role == "short":
            found.short.append(hit)
            return
        inside = names.get(start, 0) > end - start and names.get(end - 1, 0) > end - start
        is_part = not phrase.is_cased and bool(classes[start] & CAPITAL) and not entry.facts.get("in_names")
        if not phrase.is_cased and (inside or (is_part and self._part_of_name(doc, classes, start, end))):
            found.blocked.append(Blocked(hit, "part of a name"))
            return
        if entry.facts.get("actor_only") and (inside or not self._acts(doc, start, end)):
            found.blocked.append(Blocked(hit, "part of a name or attribute"))
            return
        if phrase.is_name:
            first, last = self._with_ordinal(doc, start, entry.category), end
        else:
            first, last = start, self._with_head_noun(classes, end) if entry.extend else end
        if last < len(classes) and classes[last] & OPENING:
            last = self._with_acronym(doc, start, last, phrase.is_name)
        found.hits.append(hit if (first, last) == (start, end) else hit._replace(start=first, end=last))

    @staticmethod
    def _part_of_name(doc: Doc, classes: memoryview, start: int, end: int) -> bool:
        """Whether "International Organization" is the beginning of a name ("International Organization of Employers")."""
        if not all(classes[i] & CAPITAL for i in range(start, end)) or doc[start].is_upper:
            return False
        if end + 1 < len(doc) and doc[end].lower_ in _LINKS and classes[end + 1] & CAPITAL:
            return end - start > 1
        return end < len(doc) and doc[end].is_title and doc[end].is_alpha and doc[end].lower_ not in _LINKS

    def _acts(self, doc: Doc, start: int, end: int) -> bool:
        """Whether "United Nations" stands for the organization: not inside a longer name, no attribute of a thing."""
        after = doc[end] if end < len(doc) else None
        if after is not None and after.text[:1].isalpha():
            word = after.lower_
            # "las Naciones Unidas ayudan": only an English name can be an attribute of the noun behind it
            follows = (
                word in self.vocabulary.stops
                or word in self.vocabulary.conjunctions
                or self.vocabulary.grammar.order == "after"
            )
            if not follows or after.text[:1].isupper():
                return False
            if (
                word in _LINKS
                and end + 1 < len(doc)
                and doc[end + 1].text[:1].isupper()
                and word not in ("and", "y", "et", "e")
            ):
                return False
        if after is not None and (after.text[:1].isdigit() or after.text in ("'", "’", "'s", "’s", "-", "/")):
            return False
        before = start - 1
        if before >= 0 and doc[before].lower_ in ("the", "las", "los", "les", "as", "des", "aux", "das", "nas"):
            before -= 1
        elif before >= 0 and self.vocabulary.language == "en":
            return False
        if before >= 1 and doc[before].lower_ in ("of", "de"):
            owner = doc[before - 1].text
            return not owner[:1].isupper() and owner not in ("system", "sistema", "système", "organs", "bodies")
        return not (before >= 0 and doc[before].text[:1].isupper() and doc[before].is_alpha and before > 0)

    def _with_ordinal(self, doc: Doc, start: int, category: str) -> int:
        """The start moved over an ordinal before a named mechanism: "Seventh Bali Process Ministerial Conference"."""
        if start == 0 or category not in ("iscm.named", "iscm.gfmd", "iscm.idm", "other.imrf"):
            return start
        before = doc[start - 1]
        capital = before.text[:1].isupper() or self.vocabulary.language != "en"
        named = before.lower_ in self.vocabulary.ordinals and capital
        return start - 1 if named or _ORDINAL.match(before.text) else start

    @staticmethod
    def _with_acronym(doc: Doc, start: int, end: int, is_name: bool) -> int:
        """The end moved over "(IOM)" that follows a name, or over "(NGOs)" that stands for the words before it."""
        for close in range(end + 2, min(end + 5, len(doc))):
            if doc[close].text == ")":
                inner = doc[end + 1 : close].text
                fits = _ACRONYM.match(inner) and len(inner) <= 14
                return close + 1 if fits and (is_name or stands_for(inner, doc[start:end].text)) else end
        return end

    @staticmethod
    def _with_head_noun(classes: memoryview, end: int) -> int:
        """The end moved over the noun that a term directly modifies: "civil society" + "partners"."""
        best = end
        for position in range(end, min(end + 3, len(classes))):
            if classes[position] & (PLAIN | JOINT) != PLAIN:
                break
            if classes[position] & NOUN:
                best = position + 1
        return best
