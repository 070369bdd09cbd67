"""From an analyst's answer about an item to a line of the ledger, with the reasons for a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal, TypedDict

from extractors.model import SEARCHED_KINDS
from extractors.text.normalization import squash
from pipeline.errors import GcmrefsError
from pipeline.review.apply import propose_value
from pipeline.review.attachment import Passages
from pipeline.review.decision import Decision, FactRow, Facts, Origin, Value, facts_of, reference_id, value_of
from pipeline.review.desk import Desk
from pipeline.review.items import Item
from pipeline.review.kinds import DECIDABLE, identify_facts, objective_labels
from pipeline.segment.citation import base
from pipeline.translation import gettext

Answer = Literal["accept", "reject", "edit", "comment", "unsure", "skip", "flag"]


class AnswerWords(TypedDict, total=False):
    """What an answer can say besides the action, as `make_decision` takes it."""

    category: str
    wording: str
    span: tuple[int, int]
    canonical: str | None
    comment: str
    adjudicates: bool
    values: Mapping[str, str]


def categories() -> Mapping[str, str]:
    """Return the categories that a reference can have, with their names, in the order of the tables."""
    from extractors.lexicon.categories import CATEGORIES, category_label
    from extractors.lexicon.entries import load_lexicon

    labels = load_lexicon().labels()
    return {
        category: category_label(category, labels) for category in (*CATEGORIES, *sorted(set(labels) - {*CATEGORIES}))
    }


def make_decision(
    desk: Desk,
    item: Item,
    action: Answer,
    *,
    by: str,
    category: str = "",
    wording: str = "",
    span: tuple[int, int] | None = None,
    canonical: str | None = None,
    comment: str = "",
    adjudicates: bool = False,
    origin: Origin = "python",
    values: Mapping[str, str] = MappingProxyType({}),
) -> Decision:
    """Return the decision that says this of an item; what is left empty of an edit stays as it is shown.

    `span` are offsets into the paragraph that holds the words now shown, `wording` are words looked for in the paragraph,
    nearest to where the shown ones stand. An edit that changes nothing is an acceptance. `values` are the fields of what
    is no reference, `category` its objective (`objective.7`, `7`).

    Raises GcmrefsError for an unknown category, words that do not stand in the paragraph, or a document that is gone.
    """
    slug = item.row.document
    passages = desk.passages(slug) if slug or item.facts is None else Passages(())
    paragraph = (item.machine or item.row).paragraph
    decision = Decision(
        reference_id=item.reference_id,
        document=slug,
        paragraph=paragraph,
        action=action,
        by=by,
        machine=item.machine if item.facts is None else item.found.facts if item.found else None,
        text=passages.text(paragraph) or "",
        comment=comment.strip(),
        adjudicates=adjudicates,
        origin=origin,
        kind=item.kind,
    )
    if item.facts is not None:
        return _decide_facts(decision, item, item.facts.facts, dict(values), category)
    shown = value_of(item.row)
    if action == "edit":
        value = _edited(slug, passages, shown, category, wording, span, canonical)
        same = item.machine is not None and value.key == value_of(item.machine).key
        return replace(decision, action="accept") if same else replace(decision, human=value)
    if action == "accept" and (item.machine is None or shown.key != value_of(item.machine).key):
        return replace(decision, human=shown)
    return replace(decision, human=shown) if item.machine is None and action == "reject" else decision


def _decide_facts(decision: Decision, item: Item, shown: Facts, values: dict[str, str], category: str) -> Decision:
    """The decision about anything but a reference: its fields as shown, with the values given."""
    machine = item.found.facts if item.found is not None else None
    if decision.action == "edit" and item.facts is not None:
        value = shown.changed(_checked(item.facts, values, category))
        same = machine is not None and value.key == machine.key
        return replace(decision, action="accept") if same else replace(decision, human=value)
    is_changed = machine is None or shown.key != machine.key
    stands = (decision.action == "accept" and is_changed) or (decision.action == "reject" and machine is None)
    return replace(decision, human=shown) if stands else decision


def _checked(shown: FactRow, values: dict[str, str], category: str) -> dict[str, str]:
    """The fields that an edit gives, spaces squeezed. Raises GcmrefsError for one that the kind has not, or no objective."""
    if shown.kind == "objective":
        return objective_named(category or values.get("number", ""), shown.facts.get("kind"))
    known = DECIDABLE[shown.kind]
    if category:
        raise GcmrefsError(f"{known.label} have no category")
    said = {name: " ".join(text.split()) for name, text in values.items()}
    for name, text in said.items():
        if problem := known.problem_of(name, text):
            raise GcmrefsError(problem)
    return said


def objective_named(text: str, kind: str = "objective") -> dict[str, str]:
    """Return kind and number of what somebody names: `objective.7`, or `7` of the kind at hand.

    Raises GcmrefsError for what the Compact has not.

    >>> objective_named("12"), objective_named("principle.2")
    ({'kind': 'objective', 'number': '12'}, {'kind': 'principle', 'number': '2'})
    """
    wanted = " ".join(text.split()).casefold()
    for name in (wanted, f"{kind}.{wanted}"):
        if name in objective_labels():
            named, _, number = name.partition(".")
            return {"kind": named, "number": number}
    raise GcmrefsError(gettext("“%(text)s”: no objective, principle, theme or element of the Compact", text=text))


def add_objective(
    desk: Desk,
    slug: str,
    paragraph_id: str,
    objective: str,
    *,
    by: str,
    wording: str = "",
    comment: str = "",
    origin: Origin = "python",
) -> Decision:
    """Return the decision that a paragraph takes up an objective (`7`, `principle.2`) that is not found there; `wording` are
    the words that show it.

    What the machine has is accepted instead. Raises GcmrefsError for an unknown document, paragraph or objective, and words
    that do not stand there.
    """
    passages = desk.passages(slug)
    named = passages.named(base(paragraph_id))
    text = passages.text(named) if named else None
    if text is None:
        raise GcmrefsError(f"{slug}: no paragraph {paragraph_id}")
    words = " ".join(wording.split())
    if squash(words) not in squash(text):
        raise _absent(slug, named, wording)
    beside = {"basis": "implied", "wording": words, "score": "100", "reasons": "an analyst"}
    facts = facts_of(objective_named(objective), beside)
    name = identify_facts("objective", slug, named, facts)
    held = desk.get(name)
    if held is not None and held.found is not None:
        return make_decision(desk, held, "accept", by=by, comment=comment, origin=origin)
    return Decision(
        name,
        slug,
        named,
        "add",
        by,
        human=facts,
        text=text,
        comment=comment.strip(),
        origin=origin,
        kind="objective",
    )


def _edited(
    slug: str,
    passages: Passages,
    shown: Value,
    category: str,
    wording: str,
    span: tuple[int, int] | None,
    canonical: str | None,
) -> Value:
    if category and category not in categories():
        raise GcmrefsError(f"{category}: no such category")
    wanted = replace(shown, category=category or shown.category)
    if canonical is not None:
        wanted = replace(wanted, canonical=" ".join(canonical.split()))
    if span is not None:
        place = passages.locate(shown)
        if place is None:
            raise GcmrefsError(
                gettext(
                    "“%(wording)s” no longer stands in %(place)s: add it anew",
                    wording=shown.wording,
                    place=shown.paragraph,
                )
            )
        return _selected(slug, place[0].id, passages, span, wanted.category, wanted.canonical)
    if not wording.strip():
        return wanted
    place = passages.locate(replace(wanted, wording=" ".join(wording.split())))
    if place is None:
        raise _absent(slug, shown.paragraph, wording)
    return propose_value(slug, *place, wanted.category, wanted.canonical)


def _selected(
    slug: str, paragraph_id: str, passages: Passages, span: tuple[int, int], category: str, canonical: str
) -> Value:
    paragraph = next((p for p in passages.paragraphs if p.id == paragraph_id), None)
    if paragraph is None or paragraph.kind not in SEARCHED_KINDS:
        raise GcmrefsError(f"{slug}: no paragraph {paragraph_id}")
    try:
        return propose_value(slug, paragraph, *span, category, canonical)
    except ValueError as error:
        raise GcmrefsError(str(error)) from None


def make_addition(
    desk: Desk,
    slug: str,
    paragraph_id: str,
    category: str,
    *,
    by: str,
    span: tuple[int, int] | None = None,
    wording: str = "",
    canonical: str = "",
    comment: str = "",
    origin: Origin = "python",
) -> Decision:
    """Return the decision that adds a reference that the machine has not found: words of a paragraph, by place or by text.

    What the machine (or somebody else) has already is accepted instead. Raises GcmrefsError for an unknown document,
    paragraph or category, and words that do not stand there.
    """
    passages = desk.passages(slug)
    if category not in categories():
        raise GcmrefsError(f"{category or 'no category'}: no such category")
    if span is not None:
        value = _selected(slug, paragraph_id, passages, span, category, " ".join(canonical.split()))
    else:
        named = passages.named(base(paragraph_id))
        if not named:
            raise GcmrefsError(f"{slug}: no paragraph {paragraph_id}")
        wanted = Value(named, category, " ".join(wording.split()), 0, 1, " ".join(canonical.split()))
        place = passages.locate(wanted) if wanted.wording else None
        if place is None:
            raise _absent(slug, wanted.paragraph, wording)
        value = propose_value(slug, *place, category, wanted.canonical)
    name = reference_id(slug, value)
    held = desk.get(name)
    if held is not None and held.machine is not None:
        return make_decision(desk, held, "accept", by=by, comment=comment, origin=origin)
    return Decision(
        reference_id=name,
        document=slug,
        paragraph=value.paragraph,
        action="add",
        by=by,
        human=value,
        text=passages.text(value.paragraph) or "",
        comment=comment.strip(),
        origin=origin,
    )


def _absent(slug: str, paragraph: str, wording: str) -> GcmrefsError:
    place = f"{slug} §{paragraph}"
    return GcmrefsError(
        gettext("%(place)s: “%(wording)s” does not stand in this paragraph", place=place, wording=wording)
    )
