"""The questionnaire as tables: every answer of every mechanism, and all of them at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from pipeline.extract.quote import Runs
from pipeline.segment.citation import cite_paragraphs
from pipeline.tables.mechanisms.questionnaire import ProfileAnswer
from pipeline.tables.mechanisms.questions import Question, read_questions
from pipeline.tables.sentences import Evidence
from pipeline.tables.table import NOT_STATED, Table, listing, matrix
from pipeline.translation import gettext, gettext_noop

SOURCE = "ISCM Review 2019, Annex 3"
_OTHERS: Mapping[str, str] = {"analysis": "an analysis", "report": "a report", "account": "an account of others"}


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """The answer of a mechanism to a question, with its passage."""

    IDENTITY: ClassVar[str] = "iscm question_number answer"

    iscm: str
    short: str
    question_number: str
    question: str
    answer: str
    detail: str
    compact: str
    said_by: str
    date: str
    document: str
    citation: str
    quote: Runs
    further: int | None
    page: int | None
    paragraph: str
    url: str


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A question: the answer of each mechanism in a word."""

    IDENTITY: ClassVar[str] = "question_number"

    question_number: str
    label: str
    iscms: int
    cells: Mapping[str, str]


def profile_table(evidence: Evidence, answers: Sequence[ProfileAnswer]) -> Table:
    """One row for each mechanism and question."""
    source = evidence.source
    rows = [
        ProfileRow(
            iscm=a.mechanism.name,
            short=a.mechanism.label,
            question_number=a.question.number,
            question=a.question.text,
            answer=a.state,
            detail=a.detail,
            compact="yes" if a.is_on_compact else "",
            said_by=_speaker(evidence, a),
            date=source.documents[a.document].date if a.quote else "",
            document=a.document,
            citation=cite_paragraphs(a.paragraph.split("; "), source.short) if a.paragraph else "",
            quote=a.quote,
            further=a.further or None,
            page=source.page(a.document, a.paragraph.split("; ")[0]),
            paragraph=a.paragraph,
            url=source.link(a.document, a.paragraph.split("; ")[0]),
        )
        for a in answers
    ]
    return listing(
        "iscm_profile",
        gettext("ISCM profile"),
        gettext(
            "The questionnaire of the Review, answered from the documents of the corpus: one row for each "
            "mechanism and question. “yes”, “partly” and “no” stand only where the quoted passage says so; "
            "“partly”: planned, suggested, or said in general and not of the Global Compact that the question is "
            "about; “not stated” is no “no”."
        ),
        ProfileRow,
        rows,
        source=SOURCE,
        group="iscm",
        brief="short question_number question answer detail said_by date document citation quote",
        headers={"compact": gettext_noop("Names the Global Compact")},
    )


def _speaker(evidence: Evidence, answer: ProfileAnswer) -> str:
    """Who says so: the mechanism itself, its account, an analysis ..."""
    if not answer.quote:
        return ""
    if answer.is_own:
        return evidence.voices[answer.document]
    return _OTHERS.get(evidence.source.documents[answer.document].role, "document of others")


def overview_table(answers: Iterable[object]) -> Table:
    """The answers at a glance: one row for each question, one column for each mechanism of which anything is stated.

    `answers` are rows of `profile_table`.
    """
    stated = [row for row in answers if isinstance(row, ProfileRow) and row.answer != NOT_STATED]
    labels = list(dict.fromkeys(row.short for row in stated))
    cells = {(row.question_number, row.short): row.detail or row.answer for row in stated}
    rows = [
        OverviewRow(
            question.number,
            question.label,
            sum((question.number, label) in cells for label in labels),
            {label: _short(question, cells.get((question.number, label), "")) for label in labels},
        )
        for question in read_questions().questions
    ]
    return matrix(
        "iscm_profile_overview",
        gettext("ISCM profile at a glance"),
        gettext(
            "yes, partly, no, ✓ = stated (see the profile for the words), empty = not stated. Mechanisms of "
            "which nothing is stated have no column."
        ),
        OverviewRow,
        rows,
        labels,
        headers={
            "label": gettext_noop("Question"),
            "iscms": gettext_noop("ISCMs that state it"),
        },
        section="mechanisms",
        source=SOURCE,
    )


def _short(question: Question, stated: str) -> str:
    return "✓" if stated and question.from_ in ("link", "meeting") else stated
