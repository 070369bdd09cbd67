"""The lexicon of one language made ready for matching: phrases by rule, open wordings by head, grammar words by role."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from extractors.lexicon.entries import Entry, Lexicon
from extractors.lexicon.language import Grammar, Pair
from extractors.lexicon.words import expand, respelled
from extractors.text.arabic import fold, forms
from extractors.text.normalization import without_accents

ARTICLE = "\u0627\u0644"
"""The Arabic article, written together with its word."""
_LONG_NAME = 4
"""Words from which a name needs no capitals to be one; a mechanism, named by common words, has one more."""
_MECHANISMS = ("iscm.", "other.")
_SEGMENT = re.compile(r"[(),]| or ")
_COMMON_NOUNS = frozenset(
    [
        "Process",
        "Dialogue",
        "Initiative",
        "Conference",
        "Proceso",
        "Diálogo",
        "Iniciativa",
        "Conferencia",
        "Processus",
        "Conférence",
        "Processo",
        "Conferência",
    ]
)
COMMON_ADJECTIVES = frozenset(["Regional", "International", "Global", "Ministerial"])
_LEVEL_KEYS = ("bilateral", "subregional", "regional", "cross-regional", "global")


@dataclass(frozen=True)
class Phrase:
    """One wording to find exactly; one that holds a capital letter is case-sensitive."""

    text: str
    entry: Entry
    role: str  # variant, short, negative
    is_name: bool = False  # the lexicon writes it with capitals

    @property
    def is_cased(self) -> bool:
        return self.text != self.text.lower()

    @cached_property
    def rule(self) -> str:
        """How references cite it."""
        return f"{self.entry.id}/{self.text}"


@dataclass(frozen=True)
class Rule:
    """One open wording of an entry with its lists expanded; `name` is how references cite it."""

    name: str
    entry: Entry
    pair: Pair
    heads: frozenset[str]
    modifiers: frozenset[str]
    alone: frozenset[str]
    qualifiers: frozenset[str]
    not_with: frozenset[str]
    not_among: frozenset[str]
    not_before: frozenset[str]


@dataclass(frozen=True)
class Vocabulary:
    """Everything that matching in one language needs; made once per lexicon version."""

    language: str
    grammar: Grammar
    phrases: tuple[Phrase, ...]
    rules: tuple[Rule, ...]
    rules_by_head: Mapping[str, tuple[Rule, ...]]
    modifiers: frozenset[str]
    levels: Mapping[str, str]
    conjunctions: frozenset[str]
    qualifiers: frozenset[str]
    trimmed: frozenset[str]
    stops: frozenset[str]
    ordinals: frozenset[str]
    head_nouns: frozenset[str]
    topic: frozenset[str]
    short_nouns: Mapping[str, tuple[str, ...]]
    nouns_of: Mapping[str, frozenset[str]]
    determiners: frozenset[str]
    contractions: frozenset[str]
    turns: frozenset[str]
    links: frozenset[str]
    definers: tuple[tuple[str, ...], ...]
    fillers: frozenset[str]
    words: frozenset[str] = field(default=frozenset())

    @cached_property
    def noun_of(self) -> dict[str, str]:
        """By lower-case form the noun that can stand for a body: "forums" is a form of "forum"."""
        return {form.lower(): noun for noun, found in self.short_nouns.items() for form in found}

    @cached_property
    def small_nouns(self) -> frozenset[str]:
        """The forms of these nouns that count in lower case."""
        return frozenset(form for found in self.short_nouns.values() for form in found if form == form.lower())

    @cached_property
    def names(self) -> frozenset[tuple[str, str]]:
        """Every wording that counts by itself, with the id of its entry."""
        return frozenset((phrase.text, phrase.entry.id) for phrase in self.phrases if phrase.role == "variant")

    @property
    def wordings(self) -> Iterator[str]:
        """Every wording and grammar word that is searched."""
        yield from (phrase.text for phrase in self.phrases)
        yield from (*self.modifiers, *self.qualifiers, *self.head_nouns, *self.topic, *self.rules_by_head)


def _spelled(text: str, spellings: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    return (spelled for plain in expand(text) for spelled in respelled(plain, spellings))


def _all(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(w.lower()) for text in texts for w in expand(text))


def _forms(text: str, entry: Entry) -> tuple[str, ...]:
    """A name as it stands, and as it is also written.

    In capitals as titles print it (with and without accents); a long name in any capitals: "international organization for
    migration"; a mechanism with its common noun in lower case, with a hyphen, or small as a whole: "Bali process",
    "Bali-Process", "bali process", "proceso de Puebla".
    """
    words = text.split()
    if len(words) < 2 or text == text.lower():
        return (text,)
    out = [text, text.upper(), without_accents(text.upper())]
    long = _LONG_NAME + entry.category.startswith("iscm.")
    if len(words) >= long and entry.canonical and not (entry.facts.get("actor_only") or entry.facts.get("capitals")):
        out.append(text.lower())
    if entry.category.startswith("iscm."):
        if words[-1] in _COMMON_NOUNS and words[0] not in COMMON_ADJECTIVES and words[0][:1].isupper():
            out.append(" ".join([*words[:-1], words[-1].lower()]))
            if len(words) == 2:
                out += ["-".join(words), text.lower()]
        elif words[0] in _COMMON_NOUNS and len(words) <= 4 and words[-1][:1].isupper():
            out.append(" ".join([words[0].lower(), *words[1:]]))
    return tuple(dict.fromkeys(out))


def _level_words(modifiers: tuple[str, ...], levels: Mapping[str, str]) -> frozenset[str]:
    out: set[str] = set()
    for modifier in modifiers:
        if modifier == "@level":
            out.update(levels)
        elif modifier.startswith("@"):
            out.update(word for word, level in levels.items() if level == modifier[1:])
        else:
            out.update(fold(w.lower()) for w in expand(modifier))
    return frozenset(out)


def load_vocabulary(lexicon: Lexicon, language: str) -> Vocabulary:
    """Gathers the phrases and rules of one language; a language without a grammar uses that of English.

    Names are also searched in the other languages of the lexicon when they hold a capital letter and are no acronym:
    a French text may name the "Bali Process" as the Bali Process.
    """
    grammar = lexicon.grammars.get(language) or lexicon.grammars["en"]
    levels = {fold(word.lower()): level for level in _LEVEL_KEYS for word in grammar.levels.get(level, ())}
    phrases: dict[tuple[str, str, str], Phrase] = {}
    rules: list[Rule] = []
    for entry in lexicon.entries:
        for source in dict.fromkeys((language, "en")):
            spellings = lexicon.grammars[source].spellings if source in lexicon.grammars else ()
            for variant in entry.variants.get(source, ()):
                for text in _spelled(variant.text, spellings):
                    foreign = source != language
                    if foreign and (text == text.lower() or variant.match == "short" or entry.facts.get("actor_only")):
                        continue
                    role = "short" if variant.match == "short" else "variant"
                    for form in (*_forms(text, entry), *forms(text)):
                        phrases.setdefault((form, entry.id, role), Phrase(form, entry, role, text != text.lower()))
            for negative in entry.negatives.get(source, ()):
                for text in _spelled(negative, spellings):
                    phrases.setdefault((text, entry.id, "negative"), Phrase(text, entry, "negative"))
        for number, pair in enumerate(entry.pairs.get(language, ()), 1):
            rules.append(
                Rule(
                    name=f"{entry.id}/pair{number}",
                    entry=entry,
                    pair=pair,
                    heads=_all(pair.heads),
                    modifiers=_level_words(pair.modifiers, levels),
                    alone=_all(pair.alone),
                    qualifiers=_all(pair.qualifiers),
                    not_with=_all(pair.not_with),
                    not_among=_all(pair.not_among),
                    not_before=_all(pair.not_before),
                )
            )
    by_head: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        for head in rule.heads:
            by_head[head].append(rule)
    modifiers = frozenset(m for rule in rules for m in rule.modifiers) | frozenset(levels)
    words = {
        word
        for phrase in phrases.values()
        if phrase.role == "variant"
        for word in phrase.text.lower().split()
        if len(word) >= 5
    }
    words.update(w for w in (*by_head, *modifiers, *_all(grammar.qualifiers)) if len(w) >= 5)
    return Vocabulary(
        language=language,
        grammar=grammar,
        phrases=tuple(phrases.values()),
        rules=tuple(rules),
        rules_by_head={head: tuple(found) for head, found in by_head.items()},
        modifiers=modifiers,
        levels=levels,
        conjunctions=_all(grammar.conjunctions),
        qualifiers=_all(grammar.qualifiers),
        trimmed=_all(grammar.trimmed),
        stops=_all(grammar.stops),
        ordinals=_all(grammar.ordinals),
        head_nouns=_all(grammar.head_nouns),
        topic=_all(grammar.topic),
        short_nouns={noun: tuple(map(fold, found)) for noun, found in grammar.short_nouns.items()},
        nouns_of=_short_nouns_of(lexicon, grammar),
        determiners=_all((*grammar.determiners, *grammar.contractions)),
        contractions=_all(grammar.contractions),
        turns=_all(grammar.turns),
        links=_all(grammar.links),
        definers=tuple(tuple(fold(text.lower()).split()) for text in grammar.definers),
        fillers=_all(grammar.fillers),
        words=frozenset(words),
    )


def _short_nouns_of(lexicon: Lexicon, grammar: Grammar) -> dict[str, frozenset[str]]:
    """By entry id of a named mechanism the nouns that can stand for it: those at the head of its names in English."""
    nouns = {form: noun for noun in grammar.short_nouns for form in (noun, f"{noun}s", f"{noun}es")}
    links = frozenset(lexicon.grammars["en"].links)
    out: dict[str, frozenset[str]] = {}
    for entry in lexicon.entries:
        if entry.canonical and entry.category.startswith(_MECHANISMS):
            heads = frozenset(nouns[word] for word in _head_words(links, entry.label, entry.canonical) if word in nouns)
            if heads:
                out[entry.id] = heads
    return out


def _head_words(links: Set[str], *names: str) -> Iterator[str]:
    """The last word before the topic of each name: "Regional Conference on Migration (Puebla Process)" has two."""
    for segment in _SEGMENT.split(" or ".join(names)):
        before = takewhile(lambda word: word not in links, segment.split())
        yield from [word.lower() for word in before][-1:]
