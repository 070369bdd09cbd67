"""Short forms: "the network", "the Forum", "RCM" stand for a body that was named in full before.

They are resolved only to a unique antecedent in scope; otherwise they stay unresolved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Doc

from extractors.findings import Hit


def resolve(
    doc: Doc,
    hits: Sequence[Hit],
    short: Sequence[Hit],
    known: Sequence[Hit],
    scope: Callable[[int], str],
) -> list[Hit]:
    """The short forms of `short` that have one antecedent, as hits of method "resolved".

    `hits` are the full names in this text, `known` those in the text before it; `scope` tells the numbered paragraph of
    a token. An acronym needs its body to be named in full anywhere in the document. A noun with an article ("the
    Forum") needs it named before, and no other body that the same noun could stand for: first the paragraph is
    searched, then the text before.
    """
    if not short:
        return []
    meant = {hit.entry.id for hit in short}
    hits = [hit for hit in hits if hit.entry.id in meant]
    known = [hit for hit in known if hit.entry.id in meant]
    named = {hit.entry.id for hit in (*hits, *known)}
    rivals: dict[tuple[int, int], set[str]] = {}
    for hit in short:
        rivals.setdefault((hit.start, hit.end), set()).add(hit.entry.id)
    out: list[Hit] = []
    for hit in short:
        text = doc[hit.start : hit.end].text
        acronym = " " not in text and text != text.lower()
        possible = rivals[(hit.start, hit.end)] & named
        if hit.entry.id not in possible:
            continue
        if acronym:
            if len(possible) == 1:
                out.append(hit._replace(method="resolved", rule=f"{hit.entry.id}/{text}"))
            continue
        if (
            hit.end < len(doc)
            and doc[hit.end].is_alpha
            and (doc[hit.end].is_title or doc[hit.end].lower_ in ("on", "of", "for"))
        ):
            continue
        before = [h for h in hits if h.entry.id in possible and h.end <= hit.start]
        here = {h.entry.id for h in before if scope(h.start) == scope(hit.start)}
        earlier = {h.entry.id for h in before} | ({h.entry.id for h in known} & possible)
        antecedents = here if len(here) == 1 else earlier
        if antecedents == {hit.entry.id}:
            out.append(hit._replace(method="resolved", rule=f"{hit.entry.id}/{text}"))
    return out
