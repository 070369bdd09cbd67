"""Briefs of documents, from the rows of a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from extractors.model import DocumentRow
from extractors.text.dates import is_same_day
from pipeline.cell import legible
from pipeline.extract.quote import plain
from pipeline.tables.brief import labels
from pipeline.tables.brief.content import ROOM, Brief, BriefFact, BriefSection, fit, safe_address
from pipeline.tables.brief.earlier import UNCOMPARED, Earlier, find_earlier, find_related
from pipeline.tables.brief.passages import passages_section
from pipeline.tables.brief.sections import (
    BriefReader,
    BriefSources,
    commitments_section,
    compact_section,
    objectives_section,
    partners_section,
    processes_section,
    review_section,
)
from pipeline.tables.commitments.commitments import commitments_table
from pipeline.tables.footnotes import cite
from pipeline.tables.mechanisms import meetings
from pipeline.tables.mechanisms.partnerships import find_partnerships, partnerships_table
from pipeline.tables.mechanisms.positions import Position, positions_of, read_position
from pipeline.tables.recommendations.recommendations import recommendations_table
from pipeline.tables.records import Records
from pipeline.tables.registry import TYPES, Mechanism, Registry
from pipeline.tables.sentences import Evidence
from pipeline.tables.speakers import voice
from pipeline.tables.table import Table
from pipeline.translation import LANGUAGE_NAMES, gettext

COMPACT_SINCE = "2016-09-19"
"""Day of A/RES/71/1, which decided that there be a Compact: a text from before cannot name it."""
_FEW = 4
"""Commitments below which a brief shows what else the document says."""


def is_briefed(evidence: Evidence, document: str) -> bool:
    """Whether a run makes a brief of a document: an outcome document, or what is told of a mechanism's meeting."""
    facts = evidence.source.documents[document]
    is_told = bool(evidence.issuers[document]) and facts.role not in UNCOMPARED
    return facts.preferred and (facts.role == "outcome" or is_told)


def build_briefs(records: Records, known: Registry, tables: Iterable[Table], *, review: str = "") -> list[Brief]:
    """Make the brief of every document that `is_briefed`, from the rows and tables of a run; `review` is the address of
    the review, with "/" at its end."""
    evidence = Evidence(records, known)
    sources = BriefSources(evidence, tables)

    def earlier(own: DocumentRow) -> set[str]:
        """The documents that a brief can be made of beside its own."""
        names = (name for mechanism in evidence.issuers[own.document] for name in evidence.mechanisms[mechanism.name])
        every = (records.documents[name] for name in names)
        known = {f.document for f in every if f.preferred and (f.date <= own.date or is_same_day(f.date, own.date))}
        return known - {own.document}

    return [
        records.findings.of("brief", name, partial(_brief, sources, name, review), earlier(facts))
        for name, facts in records.documents.items()
        if is_briefed(evidence, name)
    ]


def build_brief(records: Records, known: Registry, document: str, *, review: str = "") -> Brief:
    """Make the brief of one document, of any kind, against what `records` have of its mechanism.

    Only the tables that it shows are built, and only of the documents of that mechanism.
    """
    related = find_related(records.documents.values(), records.documents[document], known)
    evidence = Evidence(records.only(lambda facts: facts.document in related), known)
    mine = Evidence(records.only(lambda facts: facts.document == document), known)
    tables = [
        commitments_table(evidence),
        recommendations_table(mine.source),
        partnerships_table(mine, find_partnerships(mine)),
    ]
    return _brief(BriefSources(evidence, tables), document, review)


def _brief(sources: BriefSources, document: str, review: str) -> Brief:
    evidence = sources.evidence
    facts, earlier = evidence.source.documents[document], find_earlier(evidence, document)
    body = " ".join(facts.iscm.split())
    issuer = next(iter(earlier.mechanisms), None) or Mechanism("", body, body, "", "", "", (), False, "")
    said_by = None if earlier.mechanisms else voice(facts)
    positions = positions_of(evidence, document) if earlier.mechanisms else ()
    position = next(iter(positions), None) or read_position(evidence, document, issuer, meetings.vocabulary(), said_by)
    reader = BriefReader(sources, document, earlier, review)
    commitments = commitments_section(reader)
    sections = [commitments]
    compact = compact_section(reader, position)
    if compact.lines or not facts.date or facts.date >= COMPACT_SINCE[: len(facts.date)]:
        sections.insert(0, compact)
    if sum(line.mark != "dropped" for line in commitments.lines) < _FEW:
        shown = [plain(line.quote) for section in sections for line in section.lines if line.quote]
        sections.append(passages_section(reader, shown))
    sections += [objectives_section(reader), partners_section(reader), processes_section(reader)]
    sections.append(review_section(reader))
    title = " ".join(legible(facts.title or document).split())
    head = _facts(reader, position, earlier)
    room = ROOM - sum(fact.height for fact in head)
    return Brief(document, title, head, fit([_torn(reader, one) for one in sections if one.lines or one.note], room))


def _torn(reader: BriefReader, section: BriefSection) -> BriefSection:
    """The section with an ellipsis behind each quote that ends where the text is torn off."""
    lines = (replace(line, quote=reader.mark_torn(line.quote)) if line.quote else line for line in section.lines)
    return replace(section, lines=tuple(lines)) if reader.torn else section


def _facts(reader: BriefReader, position: Position, earlier: Earlier) -> tuple[BriefFact, ...]:
    """The head of the brief. A meeting of another year than the document's is one that it recalls, and none of its own."""
    facts = reader.facts
    named = [
        f"{one.name}{f', {gettext(TYPES[one.type]).lower()}' if one.type in TYPES else ''}"
        for one in earlier.mechanisms
    ]
    role = gettext(labels.ROLES.get(facts.role, facts.role))
    kind = ", ".join(
        filter(None, [*map(gettext, position.kinds), role, gettext(LANGUAGE_NAMES.get(facts.language, facts.language))])
    )
    is_of_date = not (position.held and facts.date) or facts.date[:4] in position.held
    held = position.held if is_of_date else ""
    told = {
        "issuer": "; ".join(named) or " ".join(facts.iscm.split()),
        "kind": kind,
        "meeting": position.meeting if is_of_date else "",
        "place": position.place if is_of_date else "",
        "date": f"{held} ({facts.date})" if held and facts.date else held or facts.date,
        "actor": reader.actor,
        "source": facts.url,
        "footnote": cite(facts).printed,
        "base": earlier.words,
    }
    return tuple(
        BriefFact(
            gettext(labels.FACTS[name]), legible(" ".join(text.split())), safe_address(text) if name == "source" else ""
        )
        for name, text in told.items()
        if text
    )
