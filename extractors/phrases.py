"""Exact wordings: names and terms of the lexicon, each with its own case rule, and the negatives that block them."""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extractors.findings import Blocked, Findings, Hit, Modifier, findings
from extractors.vocabulary import Phrase, Vocabulary

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
    """spaCy component: finds every variant, short form and negative, and the grammar words that open wordings need."""

    def __init__(self, nlp: Language, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._cased = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._plain = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._phrases: dict[int, list[Phrase]] = defaultdict(list)
        self._words: dict[int, str] = {}
        grouped: dict[tuple[bool, str], list[Phrase]] = defaultdict(list)
        for phrase in vocabulary.phrases:
            grouped[(phrase.cased, phrase.text)].append(phrase)
        for (cased, text), phrases in grouped.items():
            name = f"{'cased' if cased else 'plain'}:{text}"
            self._phrases[nlp.vocab.strings.add(name)] = phrases
            (self._cased if cased else self._plain).add(name, [nlp.tokenizer(text)])
        roles: dict[str, list[str]] = defaultdict(list)
        for role, words in (
            ("head", frozenset(vocabulary.rules_by_head)),
            ("modifier", vocabulary.modifiers | vocabulary.qualifiers),
            ("topic", vocabulary.topic),
            ("level_noun", frozenset(vocabulary.grammar.level_nouns)),
        ):
            for word in words:
                tokens = nlp.tokenizer(word)
                if len(tokens) == 1:
                    roles[tokens[0].lower_].append(role)
                elif role == "modifier":
                    name = f"modifier:{word}"
                    self._words[nlp.vocab.strings.add(name)] = word
                    self._plain.add(name, [tokens])
        self._roles = {nlp.vocab.strings.add(word): tuple(found) for word, found in roles.items()}
        # a flag is computed once for each word of the vocabulary, and read for a whole text at once
        self._flag = nlp.vocab.add_flag(lambda text: text.lower() in roles)

    def __call__(self, doc: Doc) -> Doc:
        found = findings(doc)
        self._read_words(doc, found)
        negatives = found.negatives
        names: dict[int, int] = {}
        raw: list[tuple[Phrase, int, int]] = []
        for key, start, end in (*self._plain(doc), *self._cased(doc)):
            word = self._words.get(key)
            if word is not None:
                found.add(Modifier(start, end, word))
                continue
            for phrase in self._phrases[key]:
                if phrase.role == "negative":
                    negatives.setdefault(phrase.entry.id, []).append((start, end, phrase.text))
                else:
                    raw.append((phrase, start, end))
                    if phrase.cased and phrase.role == "variant":
                        for token in range(start, end):
                            names[token] = max(end - start, names.get(token, 0))
        for phrase, start, end in raw:
            self._take(doc, found, phrase, start, end, negatives, names)
        return doc

    def _read_words(self, doc: Doc, found: Findings) -> None:
        """Notes where the words stand that open wordings are made of."""
        places = np.flatnonzero(doc.to_array(self._flag))
        if not len(places):
            return
        keys = found.lower(doc)[places].tolist()
        strings, all_roles = doc.vocab.strings, self._roles
        for token, key in zip(places.tolist(), keys, strict=True):
            for role in all_roles[key]:
                if role == "modifier":
                    found.add(Modifier(token, token + 1, strings[key]))
                elif role == "head":
                    found.heads.append(token)
                elif role == "topic":
                    found.topic.append(token)
                else:
                    found.level_nouns.append(token)

    def _take(
        self,
        doc: Doc,
        found: Findings,
        phrase: Phrase,
        start: int,
        end: int,
        negatives: dict[str, list[tuple[int, int, str]]],
        names: dict[int, int],
    ) -> None:
        entry = phrase.entry
        hit = Hit(start, end, entry, f"{entry.id}/{phrase.text}", "exact")
        for low, high, text in negatives.get(entry.id, ()):
            if low < end and start < high:
                found.blocked.append(Blocked(hit, f"negative: {text}"))
                return
        if phrase.role == "short":
            found.short.append(hit)
            return
        if not phrase.cased:
            inside = names.get(start, 0) > end - start and names.get(end - 1, 0) > end - start
            if inside or (not entry.facts.get("in_names") and self._part_of_name(doc, start, end)):
                found.blocked.append(Blocked(hit, "part of a name"))
                return
        if entry.facts.get("actor_only") and not self._acts(doc, start, end):
            found.blocked.append(Blocked(hit, "part of a name or attribute"))
            return
        if phrase.cased:
            start, end = self._with_ordinal(doc, start, entry.category), self._with_acronym(doc, end)
        elif entry.extend:
            end = self._with_head_noun(doc, end)
        found.hits.append(hit._replace(start=start, end=end))

    @staticmethod
    def _part_of_name(doc: Doc, start: int, end: int) -> bool:
        """Whether "International Organization" is the beginning of a name ("International Organization of Employers")."""
        if not all(doc[i].text[:1].isupper() for i in range(start, end)) or doc[start].is_upper:
            return False
        if end + 1 < len(doc) and doc[end].lower_ in _LINKS and doc[end + 1].text[:1].isupper():
            return end - start > 1
        return end < len(doc) and doc[end].is_title and doc[end].is_alpha and doc[end].lower_ not in _LINKS

    def _acts(self, doc: Doc, start: int, end: int) -> bool:
        """Whether "United Nations" stands for the organization: not inside a longer name, no attribute of a thing."""
        after = doc[end] if end < len(doc) else None
        if after is not None and after.text[:1].isalpha():
            word = after.lower_
            follows = word in self.vocabulary.stops or word in self.vocabulary.conjunctions
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
        if before >= 1 and doc[before].lower_ in ("of", "de", "des", "das"):
            owner = doc[before - 1].text
            return not owner[:1].isupper() and owner not in ("system", "sistema", "système", "organs", "bodies")
        if before >= 0 and doc[before].lower_ == "des":
            return before < 1 or not doc[before - 1].text[:1].isupper()
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
    def _with_acronym(doc: Doc, end: int) -> int:
        """The end moved over "(IOM)" that follows a name; nothing longer than an acronym is taken."""
        if end + 2 < len(doc) and doc[end].text == "(":
            for close in range(end + 2, min(end + 5, len(doc))):
                if doc[close].text == ")":
                    inner = doc[end + 1 : close].text
                    return close + 1 if _ACRONYM.match(inner) and len(inner) <= 14 else end
        return end

    def _with_head_noun(self, doc: Doc, end: int) -> int:
        """The end moved over the noun that a term directly modifies: "civil society" + "partners"."""
        vocabulary = self.vocabulary
        best = end
        for position in range(end, min(end + 3, len(doc))):
            word = doc[position]
            if (
                not word.is_alpha
                or not word.is_lower
                or word.lower_ in vocabulary.stops
                or word.lower_ in vocabulary.conjunctions
            ):
                break
            if word.lower_ in vocabulary.head_nouns:
                best = position + 1
        return best
