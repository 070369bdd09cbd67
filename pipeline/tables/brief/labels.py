"""The brief's own words, in one place; what it quotes stays in the language of the document."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.translation import gettext_noop, ngettext_noop

HEADINGS: Mapping[str, str] = {
    "compact": gettext_noop("Position on the Global Compact"),
    "commitments": gettext_noop("Commitments and recommendations"),
    "passages": gettext_noop("What else it says"),
    "objectives": gettext_noop("Objectives, principles and themes of the Compact taken up"),
    "partners": gettext_noop("Partners and stakeholders"),
    "processes": gettext_noop("Mechanisms and processes it refers to"),
    "review": gettext_noop("What the machine is unsure of"),
}
"""Section of a brief -> its heading, in the order of the page."""
FACTS: Mapping[str, str] = {
    "issuer": gettext_noop("Issued by"),
    "kind": gettext_noop("Document"),
    "meeting": gettext_noop("Meeting"),
    "place": gettext_noop("Place"),
    "date": gettext_noop("Date"),
    "actor": gettext_noop("Who commits"),
    "source": gettext_noop("Source"),
    "footnote": gettext_noop("Cite as"),
    "base": gettext_noop("Base"),
}
"""Fact at the head of a brief -> what it is called."""
BASES: Mapping[str, str] = {
    "explicit": gettext_noop("named"),
    "structural": gettext_noop("under its heading"),
    "implied": gettext_noop("by subject"),
}
"""How a paragraph was found to be about something -> the same in a word or three."""
KINDS: Mapping[str, str] = {
    "objective": gettext_noop("Objective"),
    "principle": gettext_noop("Principle"),
    "theme": gettext_noop("Theme"),
}
ROLES: Mapping[str, str] = {
    "instrument": gettext_noop("instrument"),
    "outcome": gettext_noop("outcome document"),
    "account": gettext_noop("account of the meeting, not the text that was adopted"),
    "speech": gettext_noop("speech"),
    "report": gettext_noop("report"),
    "analysis": gettext_noop("analysis"),
    "draft": gettext_noop("draft"),
    "": gettext_noop("document whose role nothing tells"),
}
NO_COMPACT = gettext_noop("No paragraph names the Global Compact for Migration.")
NO_COMMITMENT = gettext_noop("No sentence binds or recommends in the words that the rules know.")
NOTHING = gettext_noop("None that the rules know.")
MORE = gettext_noop("and {number} more in {file}")
CUT_OFF = gettext_noop(
    "The text ends in the middle of a sentence: it may be incomplete, and what is “dropped” may stand in what is missing."
)
ACCOUNT = gettext_noop(
    "It is told by others than those who adopted it: wordings and paragraph numbers are not those of the adopted text, which "
    "may have more."
)
UNDATED = gettext_noop("compared with nothing: no date is known (set `date:` in the manifest, or in the review)")
UNKNOWN_ISSUER = gettext_noop("no mechanism of the lexicon issued it: it is compared with nothing")
EARLIER: Mapping[bool, tuple[str, str]] = {
    True: ngettext_noop(
        "against %(count)s earlier outcome document of the %(names)s, the last: %(last)s",
        "against %(count)s earlier outcome documents of the %(names)s, the last: %(last)s",
    ),
    False: ngettext_noop(
        "against %(count)s earlier report or account of the %(names)s, the last: %(last)s",
        "against %(count)s earlier reports and accounts of the %(names)s, the last: %(last)s",
    ),
}
"""Whether outcome documents are compared with -> the same of one and of several."""
MARKS: Mapping[str, str] = {
    "new": gettext_noop("new"),
    "resumed": gettext_noop("resumed"),
    "kept": gettext_noop("kept"),
    "dropped": gettext_noop("dropped"),
}
OTHER_LANGUAGE = gettext_noop(
    "; commitments are held against none: they are compared in one language, and no earlier document is in {}"
)
FIRST = gettext_noop("first document of this mechanism in the corpus")
NO_BASE = gettext_noop("compared with nothing: it is no outcome of a meeting")
DOUBTFUL: Mapping[str, str] = {
    "resolved": gettext_noop("a short form, read as the name before it"),
    "fuzzy": gettext_noop("damaged wording, {score:.0f} of 100 alike"),
}
"""How a reference was found that should be looked at -> why; other methods have their likeness only."""
UNLIKE = gettext_noop("{score:.0f} of 100 alike")
ONLY_NAMED = gettext_noop("named, without a position that the rules know")
JUDGED = gettext_noop("judged by its subject, {score:.0f} of 100")
OPEN_REVIEW = gettext_noop("{number} references to decide")
TITLE = gettext_noop("Brief")
TITLE_IN_WORD = gettext_noop("Brief of one document")
FOOT = gettext_noop(
    "Made by gcm-references from the text alone; quotes are in the language of the document, “...” marks words left out."
)
