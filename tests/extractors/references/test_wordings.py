"""Fixed wordings are found where spaCy's own PhraseMatcher finds them, and split words where letters make a word."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.attrs import ID
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extractors.references.hits import Findings, classify, first_piece, last_piece, pairs_of_pieces
from extractors.references.phrases import Wordings

_WORDS = ("a", "A", "b", "B", "cd", "Cd", "e")
_sequences = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)  # each makes a vocabulary of its own
@given(
    plain=st.lists(_sequences, max_size=6),
    cased=st.lists(_sequences, max_size=6),
    text=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12),
)
def test_wordings_are_those_of_the_phrase_matcher(
    plain: list[list[str]], cased: list[list[str]], text: list[str]
) -> None:
    vocab = spacy.blank("en").vocab
    wordings: Wordings[str] = Wordings()
    matchers = {False: PhraseMatcher(vocab, attr="LOWER"), True: PhraseMatcher(vocab, attr="ORTH")}
    for sequences, is_cased in ((plain, False), (cased, True)):
        for words in {tuple(words if is_cased else [w.lower() for w in words]) for words in sequences}:
            tokens = Doc(vocab, words=list(words))
            wordings.add(tokens, tokens.text, cased=is_cased)
            matchers[is_cased].add(tokens.text, [tokens])
    classify(vocab, wordings.classes)
    doc = Doc(vocab, words=text)
    found = wordings.find(doc, Findings())
    for is_cased, matcher in matchers.items():
        expected = {(vocab.strings[key], start, end) for key, start, end in matcher(doc)}
        assert expected <= set(found), is_cased
    assert len(found) == sum(len(matcher(doc)) for matcher in matchers.values())


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


@pytest.mark.parametrize("words", [[], ["e"]])
def test_a_text_without_wordings_has_none(words: list[str]) -> None:
    vocab = spacy.blank("en").vocab
    wordings: Wordings[str] = Wordings()
    classify(vocab, wordings.classes)
    assert wordings.find(Doc(vocab, words=words), Findings()) == []
