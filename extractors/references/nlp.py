"""The spaCy pipelines: a blank tokenizer per language and our components on it; no model is needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from spacy.attrs import (
    IS_ASCII,
    IS_BRACKET,
    IS_CURRENCY,
    IS_DIGIT,
    IS_LEFT_PUNCT,
    IS_PUNCT,
    IS_QUOTE,
    IS_RIGHT_PUNCT,
    IS_SPACE,
    LIKE_EMAIL,
    LIKE_URL,
)
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import get_lang_class

from extractors.lexicon.entries import load_lexicon
from extractors.lexicon.vocabulary import Vocabulary, load_vocabulary
from extractors.references.coordination import Coordination
from extractors.references.hits import findings
from extractors.references.phrases import Phrases
from extractors.references.repair import Repair
from extractors.text import arabic

_INFIXES = (
    r"\.\.+",
    r"(?<=[a-zà-ÿ])\.(?=[A-ZÀ-Ý])",
    r"(?<=[^\W\d_]),(?=[^\W\d_])",
    r"(?<=\w)[:;](?=\w)",
    r"(?<=[^\W\d_])/(?=[^\W\d_])",
    r"(?<=[^\W\d_])[(\[](?=\w)",
    r"(?<=\w)[)\]](?=[\w/(\[])",
    r"(?<=\w)--+(?=\w)",
    r'(?<=\w)["](?=\w)',
    r"(?<=[^\W\d_])'(?=[^\W\d_])",
)
_NAMES_JOINED = re.compile(r"(?<=[^\W\d_])-(?=[A-ZÀ-Ý])")
"""A hyphen between two names: "UNHCR-IOM", "Union européenne-Union africaine"."""
SPANS = "gcmrefs_spans"
"""The component that shows the hits as spaCy's spans; who reads `findings` can do without."""
_MARKS = (
    IS_BRACKET, IS_CURRENCY, IS_DIGIT, IS_LEFT_PUNCT, IS_PUNCT, IS_QUOTE, IS_RIGHT_PUNCT, IS_SPACE, LIKE_EMAIL, LIKE_URL,
)  # fmt: skip
"""What spaCy asks of each new word, and no word of letters is."""
Value = TypeVar("Value")
_made: dict[tuple[str, str], Language] = {}
_readers: dict[tuple[str, str], Language] = {}
_words: dict[tuple[str, str], Vocabulary] = {}


def words_of(language: str, folder: Path | None = None) -> Vocabulary:
    """The vocabulary of one language, made once per lexicon and shared by all components."""
    lexicon = load_lexicon(folder)
    key = (language, lexicon.version)
    if key not in _words:
        _words[key] = load_vocabulary(lexicon, language)
    return _words[key]


@Language.factory("gcmrefs_phrases", default_config={"folder": ""})
def _phrases(nlp: Language, name: str, language: str, folder: str) -> Phrases:
    return Phrases(nlp, words_of(language, Path(folder) if folder else None))


@Language.factory("gcmrefs_coordination", default_config={"folder": ""})
def _coordination(nlp: Language, name: str, language: str, folder: str) -> Coordination:
    return Coordination(words_of(language, Path(folder) if folder else None))


@Language.factory("gcmrefs_repair", default_config={"folder": ""})
def _repair(nlp: Language, name: str, language: str, folder: str) -> Repair:
    words = words_of(language, Path(folder) if folder else None)
    return Repair(nlp, words, nlp.get_pipe("gcmrefs_phrases"), nlp.get_pipe("gcmrefs_coordination"))  # type: ignore[arg-type]


@Language.component(SPANS)
def _spans(doc: Doc) -> Doc:
    doc.spans["references"] = [
        Span(doc, hit.start, hit.end, label=hit.entry.category, span_id=hit.rule) for hit in findings(doc).kept
    ]
    return doc


def reader(language: str, folder: Path | None = None) -> Language:
    """The tokenizer that a language is read with, made once per lexicon: references and objectives share it, so that each
    word is looked at once."""
    key = (language, load_lexicon(folder).version)
    if key not in _readers:
        wordings = [*words_of(language, folder).wordings]
        nlp = tokenizer(language, {word for text in wordings for word in text.split() if "-" in word})
        if language == "ar":
            arabic.prepare(nlp, wordings)
        _readers[key] = nlp
    return _readers[key]


def _bare(code: str) -> Language:
    """spaCy's language with our joints inside words and without its special cases: they take a third of a second to load,
    and one of them ("don't") anywhere in a text turns the tokenizer's cache off for the rest of it."""
    known = get_lang_class(code)
    defaults = type("Defaults", (known.Defaults,), {"tokenizer_exceptions": {}, "infixes": _INFIXES})
    bare: type[Language] = type(known.__name__, (known,), {"Defaults": defaults})
    nlp = bare()
    getters: dict[int, Callable[[str], bool]] = nlp.vocab.lex_attr_getters  # type: ignore[attr-defined]
    getters[IS_ASCII] = str.isascii  # as spaCy's own, which looks at one letter after the other
    getters |= {mark: _outside_letters(getters[mark], False) for mark in _MARKS if mark in getters}
    return nlp


def _outside_letters(function: Callable[[str], Value], of_letters: Value) -> Callable[[str], Value]:
    """The function, which says `of_letters` of a word that is letters only, without being asked: nearly all words are."""
    return lambda word: of_letters if word.isalpha() else function(word)


def tokenizer(language: str, hyphenated: Iterable[str] = ()) -> Language:
    """A blank pipeline whose tokenizer keeps hyphenated words whole ("cross-regional", "State-led").

    A hyphen between two names parts them, but not in the words of `hyphenated`.
    """
    nlp = _bare("en" if language == "en" else "xx")
    tokens: Any = nlp.tokenizer
    infixes, whole = tokens.infix_finditer, frozenset(map(str.lower, hyphenated))

    def parts(word: str) -> list[re.Match[str]]:
        if word.isalpha():
            return []
        joints = () if "-" not in word or word.lower() in whole else _NAMES_JOINED.finditer(word)
        return sorted([*infixes(word), *joints], key=re.Match.start)

    tokens.infix_finditer = parts
    for name in ("prefix_search", "suffix_search", "url_match"):
        setattr(tokens, name, _outside_letters(getattr(tokens, name), None))
    tokens.max_cache_size = 250_000
    nlp.max_length = 50_000_000
    return nlp


def pipeline(language: str, folder: Path | None = None) -> Language:
    """Tokenizer and components for one language, made once per lexicon; spans go to the group "references".

    >>> doc = pipeline("en")("with civil society and States")
    >>> [span.text for span in doc.spans["references"]]
    ['civil society']
    """
    lexicon = load_lexicon(folder)
    key = (language, lexicon.version)
    if key not in _made:
        nlp = reader(language, folder)
        config = {"language": language, "folder": str(folder or "")}
        nlp.add_pipe("gcmrefs_phrases", config=config)
        nlp.add_pipe("gcmrefs_coordination", config=config)
        if language != "ar":  # one letter apart are two good words: "الإقليمي", "الإقليمية"
            nlp.add_pipe("gcmrefs_repair", config=config)
        nlp.add_pipe(SPANS)
        _made[key] = nlp
    return _made[key]
