"""A decision: what an analyst said about a reference, against which text and which machine value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from extractors.model import Reference
from extractors.text.identity import identify_reference

Action = Literal["accept", "reject", "edit", "add", "comment", "undo"]
Origin = Literal["web", "import", "python"]
VERDICTS: frozenset[str] = frozenset({"accept", "reject", "edit", "add"})
"""Actions that say what a table should show; comments and undos do not."""
ACTIONS: tuple[str, ...] = get_args(Action)
REJECTED = ("rejected",)
"""The outcome of a rejection; every other outcome is the key of a value."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a reference says: this category and these words in this paragraph; `start`/`end` are offsets into its text.

    `paragraph` is an official id without suffix (`47`, `22(b)`), `canonical` the named body or "", `paragraph_row` the
    id with suffix of the text that the offsets count in ("" in decisions of releases that did not note it).
    """

    paragraph: str
    category: str
    wording: str
    start: int
    end: int
    canonical: str = ""
    paragraph_row: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two values the same: all but the place inside the paragraph, which moves with the text.

        >>> Value("47", "iscm.rcp", "the  Process", 3, 14).key == Value("47", "iscm.rcp", "the process", 9, 20).key
        True
        """
        return (self.paragraph, self.category, squashed(self.wording), self.canonical)


def value_of(row: Reference) -> Value:
    """Return what a row of `references.csv` says."""
    return Value(
        paragraph=row.paragraph,
        category=row.category,
        wording=row.wording,
        start=row.start,
        end=row.end,
        canonical=row.canonical,
        paragraph_row=row.paragraph_row,
    )


def empty_reference(name: str = "", document: str = "", paragraph_row: str = "") -> Reference:
    """Return the row of a reference that only people found; its place, words and category are still to be set.

    >>> empty_reference("r1").extractor
    'analyst'
    """
    return Reference(
        reference_id=name,
        document=document,
        title="",
        iscm="",
        language="",
        paragraph="",
        paragraph_row=paragraph_row,
        citation="",
        heading="",
        objective=None,
        category="",
        section="",
        wording="",
        canonical="",
        level="",
        quote="",
        occurrences=1,
        start=0,
        end=0,
        page=None,
        regions="",
        extractor="analyst",
        rule="review",
        method="exact",
        score=100.0,
    )


def reference_id(document: str, value: Value) -> str:
    """Return the id that the machine would give this value, so that an added reference and a later find of it meet."""
    return identify_reference(document, value.paragraph, value.category, value.wording)


def squashed(wording: str) -> str:
    """Return a wording as wordings are compared; imported here, for a run without changes only looks at the ledger."""
    from extractors.text.normalization import squash

    return squash(wording)


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the ledger; never changed or removed once written.

    `machine` is the row of `references.csv` that was shown (None for a reference that only people found), `human` the
    value that replaces it (edit) or stands alone (add, and verdicts on what was added), `text` the paragraph's text at
    the time. `adjudicates` settles what was said before; `undoes` is the line that an undo takes back. `decision_id` is
    0 until it is written, `at` is UTC (`2018-12-19T15:00:00.000Z`), or "" until then.
    """

    reference_id: str
    document: str
    paragraph: str
    action: Action
    by: str
    machine: Reference | None = None
    human: Value | None = None
    text: str = ""
    comment: str = ""
    adjudicates: bool = False
    undoes: int | None = None
    origin: Origin = "python"
    at: str = ""
    decision_id: int = 0

    @property
    def is_verdict(self) -> bool:
        return self.action in VERDICTS

    @property
    def value(self) -> Value | None:
        """What the table should show after this verdict; None for a rejection."""
        if self.action == "reject":
            return None
        return self.human or (value_of(self.machine) if self.machine is not None else None)

    @property
    def outcome(self) -> tuple[str, ...]:
        """What two analysts agree or disagree about."""
        value = self.value
        return REJECTED if value is None else value.key
