"""The earlier documents of the mechanism that issued one: what is new in it, and what it leaves out, is told against these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.model import DocumentRow
from extractors.text.dates import is_same_day
from pipeline.tables.brief import labels
from pipeline.tables.registry import Mechanism, Registry
from pipeline.tables.sentences import Evidence
from pipeline.tables.speakers import SILENT
from pipeline.translation import LANGUAGE_NAMES, gettext, ngettext

UNCOMPARED = SILENT | {"instrument"}
"""Roles of documents that are compared with no earlier one: they are no outcome of a meeting, nor tell of one."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Documents before one of the same `mechanisms`, oldest first, one a work; `before` are those of the last meeting of
    them, and `words` say all of this to a reader."""

    mechanisms: tuple[Mechanism, ...]
    documents: tuple[str, ...]
    before: tuple[str, ...]
    words: str


def find_earlier(evidence: Evidence, document: str) -> Earlier:
    """Tell what a document is compared with: the outcome documents of its mechanism, where there are none its reports and
    accounts. One without a date is earlier than none, and none is earlier than it."""
    own, mechanisms = evidence.source.documents[document], evidence.issuers.get(document, ())
    if not mechanisms:
        return Earlier((), (), (), gettext(labels.UNKNOWN_ISSUER))
    if own.role in UNCOMPARED:
        return Earlier(mechanisms, (), (), gettext(labels.NO_BASE))
    if not own.date:
        return Earlier(mechanisms, (), (), gettext(labels.UNDATED))
    issued = dict.fromkeys(name for mechanism in mechanisms for name in evidence.mechanisms[mechanism.name])
    known = [evidence.source.documents[name] for name in issued if _is_earlier(evidence, name, own)]
    outcomes = [facts for facts in known if facts.role == "outcome"]
    of_work: dict[str, DocumentRow] = {}
    for facts in sorted(outcomes or known, key=lambda facts: _preference(facts, own.language)):
        of_work.setdefault(facts.work or facts.document, facts)
    ordered = sorted(of_work.values(), key=lambda facts: (facts.date, facts.document))
    before = [facts for facts in ordered if is_same_day(facts.date, ordered[-1].date)]
    words = _words(ordered, before, mechanisms, has_outcomes=bool(outcomes))
    if ordered and own.language not in {facts.language for facts in ordered}:
        words += gettext(labels.OTHER_LANGUAGE).format(gettext(LANGUAGE_NAMES.get(own.language, own.language)))
    return Earlier(
        mechanisms, tuple(facts.document for facts in ordered), tuple(facts.document for facts in before), words
    )


def find_related(documents: Iterable[DocumentRow], own: DocumentRow, known: Registry) -> set[str]:
    """The documents that the brief of one is made of: itself, and the works of its mechanism."""
    names = {mechanism.name for mechanism in known.issued_by(own)}
    return {own.document} | {
        facts.document
        for facts in documents
        if facts.preferred and any(mechanism.name in names for mechanism in known.issued_by(facts))
    }


def _is_earlier(evidence: Evidence, name: str, own: DocumentRow) -> bool:
    facts = evidence.source.documents[name]
    if not facts.date or not facts.preferred or name == own.document or (facts.work and facts.work == own.work):
        return False
    return evidence.voices[name] != "others" and facts.date < own.date and not is_same_day(facts.date, own.date)


def _preference(facts: DocumentRow, language: str) -> tuple[bool, bool, str]:
    return (facts.language != language, facts.language != "en", facts.document)


def _words(
    ordered: list[DocumentRow], before: list[DocumentRow], mechanisms: tuple[Mechanism, ...], *, has_outcomes: bool
) -> str:
    if not ordered:
        return gettext(labels.FIRST)
    last = "; ".join(f"{facts.title or facts.document} ({facts.date})" for facts in before)
    names = gettext(" and ").join(mechanism.label for mechanism in mechanisms)
    return ngettext(*labels.EARLIER[has_outcomes], len(ordered), names=names, last=last)
