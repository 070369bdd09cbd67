"""Short names: what the document defines, the head nouns of bodies that it named, and the short forms of the lexicon."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from spacy.tokens import Doc

from extractors.lexicon.vocabulary import Vocabulary
from extractors.references.definitions import Definitions
from extractors.references.head_nouns import HeadNouns
from extractors.references.hits import Hit, findings
from extractors.references.passage import Passage, Site


class ShortForms:
    """The short names of one document; `resolve` is called with its passages in order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._definitions = Definitions(vocabulary)
        self._head_nouns = HeadNouns(vocabulary)
        self._named: set[str] = set()

    def resolve(self, doc: Doc, site: Callable[[int], Site] = lambda token: Site(), text: str = "") -> list[Hit]:
        """The short names of a passage that stand for a single body, as hits of method "resolved".

        Definitions come first, then head nouns, then the lexicon's own short forms. `site` tells where a token stands in
        the document, `text` is that of `doc` before its letters were folded.

        >>> from extractors.references.nlp import pipeline, words_of
        >>> doc = pipeline("en")("The Colombo Process (CP) met. The CP and the Process agreed.")
        >>> [str(doc[hit.start : hit.end]) for hit in ShortForms(words_of("en")).resolve(doc)]
        ['CP', 'the Process', 'CP']
        """
        passage = Passage(doc, findings(doc), self._vocabulary, site, text)
        taken = np.zeros(len(doc), dtype=bool)
        for hit in passage.names:
            # "the RCP" is the process that the document calls so; "RCPs" are all of them
            is_open = hit.entry.category == "iscm.rcp" and doc[hit.start : hit.end].text.isupper()
            taken[hit.start : hit.end] = not is_open
        out = list(self._definitions.resolve(passage, taken))
        for hit in self._head_nouns.resolve(passage, taken):
            taken[hit.start : hit.end] = True
            out.append(hit)
        out += list(self._of_lexicon(passage, out))
        self._named.update(hit.entry.id for hit in passage.names)
        return out

    def _of_lexicon(self, passage: Passage, resolved: Sequence[Hit]) -> Iterator[Hit]:
        """The lexicon's short forms: an acronym needs its body to be named anywhere, other words need it named before."""
        rivals: dict[tuple[int, int], set[str]] = {}
        for hit in passage.found.short:
            rivals.setdefault((hit.start, hit.end), set()).add(hit.entry.id)
        taken = {token for hit in resolved for token in range(hit.start, hit.end)}
        firsts = {hit.entry.id: hit.end for hit in reversed(passage.names)}
        for hit in passage.found.short:
            text = passage.doc[hit.start : hit.end].text
            is_acronym = " " not in text and text != text.lower()
            limit = len(passage.doc) if is_acronym else hit.start
            named = {e for e in rivals[hit.start, hit.end] if e in self._named or firsts.get(e, limit + 1) <= limit}
            if named == {hit.entry.id} and taken.isdisjoint(range(hit.start, hit.end)):
                yield hit._replace(method="resolved", rule=hit.rule)
