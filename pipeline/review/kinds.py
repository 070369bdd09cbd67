"""What can be decided besides references: for each kind its table, what makes a row the same one, and what can be edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from extractors.text.identity import make_identity
from pipeline.review.decision import Facts, Kind, Value, facts_of, reference_id, squashed
from pipeline.translation import gettext, gettext_noop


@dataclass(frozen=True, slots=True)
class Decidable:
    """One kind: `table` is the file whose rows they are, `label` what people call them.

    `identity` are the columns that make a row the same one between runs, formats and names of files; unlike the identity
    of the table it leaves out what is decided, so that a corrected answer is still the answer to its question. `fields`
    are the columns that an analyst can edit, the first the one that says most; `told` those that a row is called by, and
    `evidence` the one with the words that show it; `choices` are all that a field can say.
    """

    kind: Kind
    table: str
    label: str
    identity: tuple[str, ...]
    fields: tuple[str, ...]
    told: tuple[str, ...]
    evidence: str = "quote"
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def problem_of(self, name: str, text: str) -> str:
        """Say why a field cannot say this, "" where it can."""
        if name not in self.fields:
            return gettext("%(name)s: cannot be edited; what can: %(fields)s", name=name, fields=", ".join(self.fields))
        allowed = self.choices.get(name, ())
        is_one = not allowed or text in allowed
        return "" if is_one else gettext("“%(text)s”: one of %(choices)s", text=text, choices=", ".join(allowed))


def _table(kind: Kind, table: str, label: str, identity: str, edited: str, told: str) -> Decidable:
    return Decidable(kind, table, label, tuple(identity.split()), tuple(edited.split()), tuple(told.split()))


_OBJECTIVES = Decidable(
    "objective",
    "objectives",
    gettext_noop("Objectives"),
    ("document", "paragraph", "kind", "number"),
    ("number",),
    ("wording",),
    "wording",
)
TABLES: Mapping[Kind, Decidable] = {
    one.kind: one
    for one in (
        _table(
            "commitments",
            "commitments",
            gettext_noop("Commitments"),
            "document paragraph quote",
            "force actor addressee objectives deadline due",
            "quote",
        ),
        _table(
            "recommendations",
            "recommendations",
            gettext_noop("Recommendations"),
            "document paragraph recommendation",
            "means partnerships partners objective",
            "recommendation",
        ),
        _table(
            "partnerships",
            "iscm_partnerships",
            gettext_noop("Partnerships"),
            "iscm document paragraph wording relation",
            "partner canonical",
            "short partner relation",
        ),
        _table(
            "positions",
            "iscm_positions",
            gettext_noop("Positions"),
            "iscm document",
            "position meeting place held compact",
            "short position meeting",
        ),
        _table(
            "profile",
            "iscm_profile",
            gettext_noop("Profile answers"),
            "iscm question_number",
            "answer detail compact",
            "short question answer",
        ),
        _table(
            "entry_points",
            "entry_points",
            gettext_noop("Entry points"),
            "document paragraph",
            "engagement focus level roles",
            "action",
        ),
        _table("areas", "iscm_areas_of_focus", gettext_noop("Areas of focus"), "iscm area", "sdg theme", "short area"),
    )
}
"""The tables whose rows can be decided, by kind, in the order in which a reviewer is offered them."""
CLAIMS = replace(
    _table(
        "claim",
        "claims",
        gettext_noop("Audit claims"),
        "document kind wording quote paragraph_printed",
        "verdict paragraph_true wording_true note",
        "wording paragraph_printed verdict",
    ),
    evidence="wording_true",
    choices={"verdict": ("ok", "wrong_paragraph", "wording_differs", "not_found", "debatable")},
)
"""Claims of published analyses, which `gcmrefs audit` checks: rows of what it writes, of no table of a run."""
DECIDABLE: Mapping[Kind, Decidable] = {"objective": _OBJECTIVES, **TABLES, "claim": CLAIMS}
"""All kinds that a reviewer decides item by item, besides references."""

_WITHOUT_TABLE: Mapping[str, tuple[str, ...]] = {
    "document": ("document", "field"),
    "segmentation": ("document", "operation", "about", "ordinal"),
}
"""What makes the other decisions ones about the same thing: a fact of a document, a change of one paragraph."""


KIND_LABELS: Mapping[str, str] = {
    "reference": gettext_noop("References"),
    **{kind: one.label for kind, one in DECIDABLE.items()},
}
"""What a reviewer can choose from."""


@lru_cache(maxsize=1)
def objective_labels() -> Mapping[str, str]:
    """Return what a paragraph can take up of the Compact, as `objective.7`, with its number and title.

    >>> objective_labels()["principle.2"]
    'Guiding principle 2: International cooperation'
    """
    from pipeline.tables.mechanisms.objectives import KINDS, names

    titled = sorted(names().items(), key=lambda one: one[0][0] != "objective")
    labels = {f"{kind}.{number}": f"{KINDS[kind]} {number}: {title}" for (kind, number), title in titled}
    return MappingProxyType({**labels, "compact": gettext_noop("The Compact by name")})


def split_facts(known: Decidable, cells: Mapping[str, str], beside: Iterable[str] | None = None) -> Facts:
    """Return the cells of a row as a value: what makes it the same row and what can be edited, the rest (or those named)
    beside them."""
    names = [name for name in dict.fromkeys((*known.identity, *known.fields)) if name not in ("document", "paragraph")]
    rest = [name for name in cells if name not in names] if beside is None else beside
    return facts_of({name: cells[name] for name in names}, {name: cells[name] for name in rest})


def identify_facts(kind: Kind, document: str, paragraph: str, facts: Facts) -> str:
    """Return the id of what a value of a kind is about: the same in every run, whatever is decided of it.

    >>> from pipeline.review.decision import facts_of
    >>> asked = {"iscm": "Colombo Process", "question_number": "7"}
    >>> one = identify_facts("profile", "a", "3", facts_of(asked | {"answer": "yes"}))
    >>> one == identify_facts("profile", "b", "9", facts_of(asked | {"answer": "no"}))
    True
    """
    place, cells = {"document": document, "paragraph": paragraph}, facts.cells
    known = DECIDABLE.get(kind)
    names = known.identity if known else _WITHOUT_TABLE.get(kind, ("document", "paragraph"))
    return make_identity(kind, *(place[name] if name in place else squashed(cells.get(name, "")) for name in names))


def identify_value(kind: Kind, document: str, paragraph: str, value: Value | Facts) -> str:
    """Return the id of what says this, whatever its kind; a reference's value names its own paragraph."""
    if isinstance(value, Value):
        return reference_id(document, value)
    return identify_facts(kind, document, paragraph, value)
