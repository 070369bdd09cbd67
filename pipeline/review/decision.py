"""A decision: what an analyst said about something published, against which text and which machine value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args, overload

from extractors.model import Reference, Status
from extractors.text.identity import identify_reference

Action = Literal["accept", "reject", "edit", "add", "comment", "unsure", "skip", "flag", "undo"]
Kind = Literal[
    "reference",
    "objective",
    "commitments",
    "recommendations",
    "partnerships",
    "positions",
    "profile",
    "entry_points",
    "areas",
    "document",
    "segmentation",
    "claim",
]
"""What can be decided: references, objectives of paragraphs, rows of tables, facts of documents, their paragraphs, and the
verdicts of an audit."""
KINDS: tuple[Kind, ...] = get_args(Kind)
Origin = Literal["web", "import", "python"]
VERDICTS: frozenset[str] = frozenset({"accept", "reject", "edit", "add"})
"""Actions that say what a table should show; comments, marks and undos do not."""
MARKS: frozenset[str] = frozenset({"unsure", "skip", "flag"})
"""Actions that decide nothing: somebody else should look, not now, and to be talked about."""
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


@dataclass(frozen=True, slots=True)
class Facts:
    """What anything but a reference says, field by field in the order of its table; `items` is what is decided on.

    `beside` is what stood beside it when it was shown (evidence, page, score): kept to be read again, never compared.
    """

    items: tuple[tuple[str, str], ...]
    beside: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """What makes two values the same; spacing does not.

        >>> facts_of({"answer": "yes "}, {"page": "3"}).key == facts_of({"answer": "yes"}, {"page": "4"}).key
        True
        """
        return tuple((name, " ".join(text.split())) for name, text in self.items)

    @property
    def cells(self) -> dict[str, str]:
        """All fields; what is decided on comes before what stood beside it."""
        return dict((*self.beside, *self.items))

    def get(self, name: str) -> str:
        """Return a field, "" where there is none."""
        return self.cells.get(name, "")

    def changed(self, values: Mapping[str, str]) -> Facts:
        """Return the same with other values in fields that it has.

        >>> facts_of({"answer": "yes", "detail": ""}).changed({"answer": "no", "other": "x"}).items
        (('answer', 'no'), ('detail', ''))
        """
        return Facts(tuple((name, values.get(name, text)) for name, text in self.items), self.beside)

    def __str__(self) -> str:
        return "; ".join(f"{name}: {text}" for name, text in self.key if text)


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row that is no reference, as it is shown."""

    kind: Kind
    reference_id: str
    document: str
    paragraph: str
    facts: Facts
    status: Status = "machine"

    def changed(self, value: Value | Facts, status: Status) -> FactRow:
        """Return the row with other values in its fields."""
        items = dict(value.items) if isinstance(value, Facts) else {}
        return replace(self, facts=self.facts.changed(items), status=status)

    def over(self, row: FactRow) -> FactRow:
        """Return another row of the same id with what this one says."""
        return row.changed(self.facts, self.status)


def facts_of(items: Mapping[str, str], beside: Mapping[str, str] | None = None) -> Facts:
    """Return fields, in the order given, as a value that can be decided on."""
    return Facts(tuple(items.items()), tuple((beside or {}).items()))


@overload
def said_by(row: Reference | FactRow) -> Value | Facts: ...
@overload
def said_by(row: None) -> None: ...
def said_by(row: Reference | FactRow | None) -> Value | Facts | None:
    """Return what a row of any kind says."""
    return row.facts if isinstance(row, FactRow) else value_of(row) if row is not None else None


def value_of(row: Reference) -> Value:
    """Return what a row of `references.csv` says."""
    return Value(
        row.paragraph, row.category, row.wording, row.start, row.end, row.canonical, paragraph_row=row.paragraph_row
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


@lru_cache(maxsize=4096)
def squashed(wording: str) -> str:
    """Return a wording as wordings are compared; imported here, for a run without changes only looks at the ledger."""
    from extractors.text.normalization import squash

    return squash(wording)


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the ledger; never changed or removed once written.

    `machine` is what was shown as the machine's (a row of `references.csv`, `Facts` for every other kind; None for what
    only people found), `human` the value that replaces it (edit) or stands alone (add, and verdicts on what was added),
    `text` the paragraph's text at the time. `reference_id` is the id of what is decided on, whatever its kind.
    `adjudicates` settles what was said before; `undoes` is the line that an undo takes back. `decision_id` is 0 until it
    is written, `at` is UTC (`2018-12-19T15:00:00.000Z`), or "" until then.
    """

    reference_id: str
    document: str
    paragraph: str
    action: Action
    by: str
    machine: Reference | Facts | None = None
    human: Value | Facts | None = None
    text: str = ""
    comment: str = ""
    adjudicates: bool = False
    undoes: int | None = None
    origin: Origin = "python"
    at: str = ""
    decision_id: int = 0
    kind: Kind = "reference"

    @property
    def is_verdict(self) -> bool:
        return self.action in VERDICTS

    @property
    def reference(self) -> Reference | None:
        """The machine's row where a reference was decided on."""
        return self.machine if isinstance(self.machine, Reference) else None

    @property
    def value(self) -> Value | Facts | None:
        """What the table should show after this verdict; None for a rejection."""
        if self.action == "reject":
            return None
        return self.human or (value_of(self.machine) if isinstance(self.machine, Reference) else self.machine)

    @property
    def words(self) -> Value | None:
        """What the table should show of a reference after this verdict; None for a rejection."""
        return value if isinstance(value := self.value, Value) else None

    @property
    def facts(self) -> Facts | None:
        """What the table should show of anything but a reference after this verdict; None for a rejection."""
        return value if isinstance(value := self.value, Facts) else None

    @property
    def outcome(self) -> tuple[object, ...]:
        """What two analysts agree or disagree about."""
        value = self.value
        return REJECTED if value is None else value.key
