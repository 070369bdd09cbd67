"""The brief's own words, in one place; what it quotes stays in the language of the document."""

from __future__ import annotations

from collections.abc import Mapping

HEADINGS: Mapping[str, str] = {
    "compact": "Position on the Global Compact",
    "commitments": "Commitments and recommendations",
    "passages": "What else it says",
    "objectives": "Objectives, principles and themes of the Compact taken up",
    "partners": "Partners and stakeholders",
    "processes": "Mechanisms and processes it refers to",
    "review": "What the machine is unsure of",
}
"""Section of a brief -> its heading, in the order of the page."""
FACTS: Mapping[str, str] = {
    "issuer": "Issued by",
    "kind": "Document",
    "meeting": "Meeting",
    "place": "Place",
    "date": "Date",
    "actor": "Who commits",
    "source": "Source",
    "footnote": "Cite as",
    "base": "Base",
}
"""Fact at the head of a brief -> what it is called."""
BASES: Mapping[str, str] = {"explicit": "named", "structural": "under its heading", "implied": "by subject"}
"""How a paragraph was found to be about something -> the same in a word or three."""
KINDS: Mapping[str, str] = {"objective": "Objective", "principle": "Principle", "theme": "Theme"}
ROLES: Mapping[str, str] = {
    "instrument": "instrument",
    "outcome": "outcome document",
    "account": "account of the meeting, not the text that was adopted",
    "speech": "speech",
    "report": "report",
    "analysis": "analysis",
    "draft": "draft",
    "": "document whose role nothing tells",
}
LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Spanish", "fr": "French", "pt": "Portuguese", "ar": "Arabic"}
NO_COMPACT = "No paragraph names the Global Compact for Migration."
NO_COMMITMENT = "No sentence binds or recommends in the words that the rules know."
NOTHING = "None that the rules know."
MORE = "and {number} more in {file}"
CUT_OFF = "The text ends in the middle of a sentence: it may be incomplete, and what is “dropped” may stand in what is missing."
ACCOUNT = (
    "It is told by others than those who adopted it: wordings and paragraph numbers are not those of the adopted text, which "
    "may have more."
)
UNDATED = "compared with nothing: no date is known (set `date:` in the manifest, or in the review)"
UNKNOWN_ISSUER = "no mechanism of the lexicon issued it: it is compared with nothing"
EARLIER: Mapping[tuple[bool, bool], str] = {
    (True, False): "earlier outcome document",
    (True, True): "earlier outcome documents",
    (False, False): "earlier report or account",
    (False, True): "earlier reports and accounts",
}
"""Whether outcome documents are compared with, and whether several -> what they are called."""
OTHER_LANGUAGE = (
    "; commitments are held against none: they are compared in one language, and no earlier document is in {}"
)
FIRST = "first document of this mechanism in the corpus"
NO_BASE = "compared with nothing: it is no outcome of a meeting"
DOUBTFUL: Mapping[str, str] = {
    "resolved": "a short form, read as the name before it",
    "fuzzy": "damaged wording, {score:.0f} of 100 alike",
}
"""How a reference was found that should be looked at -> why; other methods have their likeness only."""
UNLIKE = "{score:.0f} of 100 alike"
ONLY_NAMED = "named, without a position that the rules know"
JUDGED = "judged by its subject, {score:.0f} of 100"
OPEN_REVIEW = "{number} references to decide"
TITLE = "Brief"
TITLE_IN_WORD = "Brief of one document"
FOOT = "Made by gcm-references from the text alone; quotes are in the language of the document, “...” marks words left out."
