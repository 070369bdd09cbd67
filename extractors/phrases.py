"""Exact wordings: names and terms of the lexicon, each with its own case rule, and the negatives that block them."""

from __future__ import annotations

import re
from collections import defaultdict

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
        self._words: dict[int, tuple[str, str]] = {}
        grouped: dict[tuple[bool, str], list[Phrase]] = defaultdict(list)
        for phrase in vocabulary.phrases:
            grouped[(phrase.cased, phrase.text)].append(phrase)
        for (cased, text), phrases in grouped.items():
            name = f"{'cased' if cased else 'plain'}:{text}"
            self._phrases[nlp.vocab.strings.add(name)] = phrases
            (self._cased if cased else self._plain).add(name, [nlp.tokenizer(text)])
        roles = (
            ("head", frozenset(vocabulary.rules_by_head)),
            ("modifier", vocabulary.modifiers | vocabulary.qualifiers),
            ("topic", vocabulary.topic),
            ("level_noun", frozenset(vocabulary.grammar.level_nouns)),
        )
        for role, words in roles:
            for word in words:
                name = f"{role}:{word}"
                self._words[nlp.vocab.strings.add(name)] = (role, word)
                self._plain.add(name, [nlp.tokenizer(word)])

    def __call__(self, doc: Doc) -> Doc:
        found = findings(doc)
        negatives, words, heads, topic = found.negatives, self._words, found.heads, found.topic
        by_start, by_end = found.by_start, found.by_end
        names: dict[int, int] = {}
        raw: list[tuple[Phrase, int, int]] = []
        for key, start, end in (*self._plain(doc), *self._cased(doc)):
            role = words.get(key)
            if role is not None:
                if role[0] == "head":
                    heads.append(start)
                elif role[0] == "topic":
                    topic.append(start)
                elif role[0] == "level_noun":
                    found.level_nouns.append(start)
                else:
                    modifier = Modifier(start, end, role[1])
                    held = by_end.get(end)
                    if held is None or held.start > start:
                        by_end[end] = modifier
                    held = by_start.get(start)
                    if held is None or held.end < end:
                        by_start[start] = modifier
                continue
            for phrase in self._phrases[key]:
                if phrase.role == "negative":
                    negatives.setdefault(phrase.entry.id, []).append((start, end, phrase.text))
                else:
                    raw.append((phrase, start, end))
                    if phrase.cased and phrase.role == "variant":
                        names.update((token, max(end - start, names.get(token, 0))) for token in range(start, end))
        for phrase, start, end in raw:
            self._take(doc, found, phrase, start, end, negatives, names)
        return doc

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
        return end < len(doc) and doc[end].is_title and doc[end].is_alpha and not doc[end].is_stop

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
        return not (
            before >= 0
            and doc[before].text[:1].isupper()
            and doc[before].is_alpha
            and before > 0
            and not doc[before].is_sent_start
        )

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
