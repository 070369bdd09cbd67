"""The phrases of a sentence that say by what means: from "by ...ing", "through" to a purpose or the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.lexicon.terms import Pattern, expression, hidden, words_of
from extractors.text.normalization import normalize
from pipeline.extract.quote import Span
from pipeline.tables.recommendations.words import Template

_STOP = re.compile(r";|\.$|:$")


@dataclass(frozen=True, slots=True)
class Means:
    """The words of a language that open a phrase about means and end it."""

    opens: Pattern
    ends: Pattern
    blocked: Pattern

    def phrases(self, text: str) -> tuple[Span, ...]:
        """The phrases about means: from "by ...ing", "through" to a purpose, a semicolon or the end of the sentence."""
        normalized = normalize(text)
        plain = hidden(normalized.text, self.blocked).rstrip()
        out: list[Span] = []
        for match in self.opens.finditer(plain):
            if out and match.start() < out[-1][1]:
                continue
            stops = [m.start() for p in (_STOP, self.ends) for m in [p.search(plain, match.end())] if m]
            phrase = plain[match.start() : min(stops, default=len(plain))].rstrip(" ,")
            if len(phrase) > match.end() - match.start():
                out.append((match.start(), match.start() + len(phrase)))
        return tuple(normalized.source(start, end) for start, end in out)


def means_of(data: Template, language: str) -> Means:
    """The words about means of a language."""
    return Means(*(expression(words_of(words, language)) for words in (data.means, data.ends, data.no_means)))
