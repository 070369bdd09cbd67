"""Fixed wordings are found in their capitals or in any, and split words where letters make a word."""

from __future__ import annotations

import numpy as np
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.attrs import ID
from spacy.tokens import Doc

from extractors.references.hits import classify, first_piece, last_piece, pairs_of_pieces
from extractors.references.nlp import reader
from extractors.references.wordings import Wordings, is_whole

_WORDS = ("a", "A", "b", "B", "cd", "Cd", "e")
_sequences = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)  # each makes a vocabulary of its own
@given(
    plain=st.lists(_sequences, max_size=6),
    cased=st.lists(_sequences, max_size=6),
    text=st.lists(st.sampled_from(_WORDS), max_size=12),
)
def test_every_wording_is_found_in_its_capitals(
    plain: list[list[str]], cased: list[list[str]], text: list[str]
) -> None:
    nlp = spacy.blank("xx")
    wordings: Wordings[tuple[bool, str]] = Wordings(nlp.vocab, nlp.tokenizer)
    expected = []
    lower = [word.lower() for word in text]
    for sequences, written, is_cased in ((plain, lower, False), (cased, text, True)):
        for words in {tuple(words if is_cased else [w.lower() for w in words]) for words in sequences}:
            value = (is_cased, " ".join(words))
            wordings.add(" ".join(words), value, cased=is_cased)
            places = range(len(text) - len(words) + 1)
            expected += [(value, n, n + len(words)) for n in places if tuple(written[n : n + len(words)]) == words]
    found = list(wordings.find(Doc(nlp.vocab, words=text)))
    assert sorted(found) == sorted(expected)
    assert [value[0] for value, _, _ in found] == sorted(value[0] for value, _, _ in found)


@settings(deadline=None)
@given(word=st.text("abcdefgh", min_size=2, max_size=12), data=st.data())
def test_a_word_split_in_two_is_never_missed(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 1))
    classes = np.array([first_piece([word[place:], "zz"]), last_piece(word[place:])], dtype=np.uint64)
    assert pairs_of_pieces(classes).tolist() == [True]


def test_words_are_classified_whether_known_before_or_not() -> None:
    vocab = spacy.blank("en").vocab
    assert vocab["early"].orth_ == "early"
    classify(vocab, lambda text: 1 if text == "early" else 2)
    classify(vocab, lambda text: 4 if text == "late" else 0)
    assert Doc(vocab, words=["early", "late", "other"]).to_array(ID).tolist() == [1, 6, 2]


@settings(deadline=None)
@given(
    word=st.text(st.characters(categories=("Lu", "Ll", "Lt", "Lm", "Lo")), min_size=1, max_size=8).filter(is_whole),
    language=st.sampled_from(("en", "fr", "ar")),
)
def test_no_tokenizer_cuts_what_is_whole(word: str, language: str) -> None:
    assert [token.text for token in reader(language).tokenizer(word)] == [word]
    assert [token.text for token in spacy.blank("xx").tokenizer(word)] == [word]
