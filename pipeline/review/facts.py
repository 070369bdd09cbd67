"""What analysts say of a document itself: its title, date, mechanism, role, work and language, over manifest and text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from extractors.model import BODY_KINDS, ROLES, Paragraph
from pipeline.corpus.manifest import Source
from pipeline.errors import GcmrefsError
from pipeline.review.decision import Action, Decision, Facts, Kind, Origin, facts_of
from pipeline.review.kinds import identify_facts
from pipeline.review.standing import Standing, standings
from pipeline.translation import gettext, gettext_noop

KIND: Kind = "document"
FIELDS: Mapping[str, str] = {
    "title": gettext_noop("Title"),
    "date": gettext_noop("Date"),
    "iscm": gettext_noop("ISCM"),
    "role": gettext_noop("Role"),
    "work": gettext_noop("Work"),
    "language": gettext_noop("Language"),
}
"""The facts that can be decided, with what people call them."""
MAY_BE_EMPTY: frozenset[str] = frozenset({"date", "iscm"})
"""Facts that a document may lack; an analyst can say that the machine's guess is none."""
LONGEST = 300


class DecidedSource(Source):
    """What is known of a document before it is read, with the analysts' word over the manifest's.

    `decided` are the facts that analysts gave ("" where they said that there is none), `listed` the entry without them.
    """

    decided: Mapping[str, str]
    listed: Source

    def facts(self) -> tuple[str, ...]:
        """The manifest's facts and the analysts'; that there is none is a fact, too."""
        return (*super().facts(), *filter(self.lacks, FIELDS))

    def lacks(self, fact: str) -> bool:
        return self.decided.get(fact) == ""

    def __str__(self) -> str:
        """The facts that were decided, with what the manifest says otherwise: `date; role (manifest: speech)`."""
        other = {name: getattr(self.listed, name) for name, value in self.decided.items()}
        told = ((name, other[name] if other[name] != value else "") for name, value in self.decided.items())
        return "; ".join(f"{name} (manifest: {listed})" if listed else name for name, listed in told)


def apply_facts(source: Source, decided: Mapping[str, str]) -> Source:
    """Put the analysts' word over the manifest's and over what the text will show: later, signed, and taken back any time.

    A value that cannot be one (written by a program) is passed over.

    >>> told = apply_facts(Source(slug="a", date="2018", language="fr"), {"date": "2019-03", "iscm": ""})
    >>> told.date, told.language, str(told)
    ('2019-03', 'fr', 'date (manifest: 2018); iscm')
    """
    listed = source.listed if isinstance(source, DecidedSource) else source
    values = {name: decided[name] for name in FIELDS if name in decided and not problem_of(name, decided[name])}
    if not values:
        return listed
    known = {name: getattr(listed, name) for name in Source.model_fields}
    return DecidedSource.model_construct(**known | values, decided=values, listed=listed)


def problem_of(field: str, value: str) -> str:
    """Say why a fact cannot have this value, "" when it can.

    >>> problem_of("date", "May 2018"), problem_of("date", "2018-05"), problem_of("role", "")
    ('a date is written 2018, 2018-05 or 2018-05-31', '', 'a document has a role')
    """
    if field not in FIELDS:
        return gettext("%(field)s: a document has no such fact", field=field)
    if not value:
        return (
            "" if field in MAY_BE_EMPTY else gettext("a document has a %(field)s", field=gettext(FIELDS[field]).lower())
        )
    if len(value) > LONGEST or not value.isprintable():
        return gettext("at most %(n)s characters on one line", n=LONGEST)
    wanted, problem = _FORMS.get(field, (bool, ""))
    return "" if wanted(value) else gettext(problem)


def _is_date(value: str) -> bool:
    found = re.fullmatch(r"\d{4}(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", value)
    return found is not None


_FORMS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "date": (_is_date, gettext_noop("a date is written 2018, 2018-05 or 2018-05-31")),
    "language": (re.compile(r"[a-z]{2}").fullmatch, gettext_noop("a language is two letters: en, fr, es, pt, ar")),
    "role": (lambda value: value in ROLES, gettext_noop("a role is one of those listed")),
}


def decide_fact(
    document: Mapping[str, Any],
    field: str,
    value: str,
    *,
    by: str,
    paragraphs: Sequence[Paragraph] = (),
    manifest: str = "",
    action: Action = "edit",
    comment: str = "",
    adjudicates: bool = False,
    origin: Origin = "python",
) -> Decision:
    """Return the decision that a fact of a document has this value.

    `document` is its row of `documents.csv` or of the store, `paragraphs` are its text, by which it is found when its file
    has another name or format; `manifest` is what the manifest says of it. A value that is shown already is an acceptance:
    it stays, whatever the machine finds later. Raises GcmrefsError for a value that cannot be one.
    """
    value = " ".join(value.split())
    if problem := problem_of(field, value):
        raise GcmrefsError(f"{document['document']}: {problem}")
    shown = str(document.get(field) or "")
    machine = facts_of({field: shown}, {"field": field} | ({"manifest": manifest} if manifest else {}))
    is_same = value == shown
    slug = str(document["document"])
    return Decision(
        identify_facts(KIND, slug, "", machine),
        slug,
        "",
        "accept" if is_same and action == "edit" else action,
        by,
        kind=KIND,
        machine=machine,
        human=machine.changed({field: value}),
        text=max((p.text for p in paragraphs if p.kind in BODY_KINDS), key=len, default=""),
        comment=comment.strip(),
        adjudicates=adjudicates,
        origin=origin,
    )


def field_of(decision: Decision) -> str:
    """The fact that a decision is about."""
    value = decision.human or decision.machine
    return value.get("field") if isinstance(value, Facts) else ""


def facts_standing(decisions: Iterable[Decision]) -> dict[str, dict[str, Standing]]:
    """Return, by document and field, where the facts stand of which anybody spoke."""
    out: dict[str, dict[str, Standing]] = {}
    for stood in standings(one for one in decisions if one.kind == KIND).values():
        field = next(filter(None, map(field_of, stood.decisions)), "")
        out.setdefault(stood.document, {})[field] = stood
    return out


def decided_facts(decisions: Iterable[Decision]) -> dict[str, dict[str, str]]:
    """Return, by document, the facts that count: the last word of the analysts, none where they disagree."""
    out: dict[str, dict[str, str]] = {}
    for slug, fields in facts_standing(decisions).items():
        for field, stood in fields.items():
            value = stood.deciding.facts if stood.deciding else None
            if value is not None:
                out.setdefault(slug, {})[field] = value.get(field)
    return out
