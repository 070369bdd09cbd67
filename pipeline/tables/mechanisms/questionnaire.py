"""The questionnaire of the Review, answered from the documents: yes and no only with a quote, else not stated."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from extractors.lexicon.language import Language
from extractors.lexicon.terms import Near, Patterned, Words, blanked, expression, find, flattened
from extractors.lexicon.yaml_file import default_folder, read_yaml
from pipeline.extract.quote import Runs, Span
from pipeline.segment.citation import cite_paragraphs
from pipeline.tables.mechanisms.meetings import FOLDER
from pipeline.tables.mechanisms.objectives import Address, quoted
from pipeline.tables.mechanisms.partnerships import Partnership
from pipeline.tables.mechanisms.positions import Position
from pipeline.tables.registry import Mechanism
from pipeline.tables.sentences import Evidence, Sentence
from pipeline.tables.table import Table, listing, matrix

SOURCE = "ISCM Review 2019, Annex 3"
NOT_STATED = "not stated"
_FEW_WORDS = 8
_CLOSE = 3


class Question(Patterned):
    """One question: `patterns` answer it with yes, `denials` with no; what stands in `negatives` is passed over, and a
    sentence with a word of `unsure` ("should") answers nothing but a denial.

    from_     another table that has the answer (`from` in the file)
    compact   "required": only paragraphs that name the Global Compact count
    figures   figures of the Review that show the answers
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str = Field(pattern=r"^[a-z_]+$")
    number: str
    label: str
    text: str
    part: str
    from_: Literal["", "positions", "meeting", "themes", "principles", "objectives", "partnerships"] = Field(
        default="", alias="from"
    )
    compact: Literal["noted", "required"] = "noted"
    figures: tuple[int, ...] = ()
    negatives: Words = Field(default_factory=dict)
    unsure: Words = Field(default_factory=dict)
    examples: Words = Field(default_factory=dict)
    counter_examples: Words = Field(default_factory=dict)


class Questions(BaseModel):
    """Everything in `lexicons/tables/questions.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    negations: Words
    wishes: Words
    contrasts: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ProfileAnswer:
    """The answer of one mechanism to one question; without a quote it is always "not stated".

    `compact` tells that the quoted paragraph names the Global Compact, `own` that it is the mechanism's own document,
    `further` is the number of further passages that answer the question.
    """

    mechanism: Mechanism
    question: Question
    answer: str
    quote: Runs = ()
    document: str = ""
    paragraph: str = ""
    own: bool = True
    compact: bool = False
    further: int = 0


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """The answer of a mechanism to a question, with its passage."""

    iscm: str
    short: str
    question_number: str
    question: str
    answer: str
    compact: str
    said_by: str
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

    question_number: str
    label: str
    iscms: int
    cells: Mapping[str, str]


def questions(folder: Path | None = None) -> Questions:
    """Read and check `profile/questions.yaml` of a lexicon folder (by default the one that comes with the package).

    Raises LexiconError with file and line for broken YAML, unknown keys and missing fields.
    """
    return read_yaml((folder or default_folder()) / FOLDER / "questions.yaml", Questions)


def version(folder: Path | None = None) -> str:
    """A digest of all files of the profile folder: the answers may change when it does."""
    digest = hashlib.sha256()
    for path in sorted(((folder or default_folder()) / FOLDER).glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def reply(question: Question, text: str, language: str, negations: Words) -> tuple[str, tuple[Span, ...]]:
    """What a sentence answers to a question: "yes", "no" or "" (nothing), and the words that do.

    A sentence that denies in words the question does not know ("did not discuss an action plan") answers nothing.

    >>> q = {q.id: q for q in questions().questions}["action_plan"]
    >>> reply(q, "The Process adopted an action plan.", "en", questions().negations)
    ('yes', ((23, 34),))
    """
    denials = _of(question.denials, language)
    spans = find(denials, text)
    if spans:
        return "no", spans
    if expression(_words(question.unsure, language)).search(flattened(text).text):
        return "", ()
    shown = blanked(_words(question.negatives, language), text)
    spans = find(_of(question.patterns, language), shown)
    if not spans:
        return "", ()
    low, high = spans[0][0], spans[-1][1]
    before = " ".join(text[:low].split()[-_CLOSE:])
    denied = expression(_words(negations, language)).search(flattened(f"{before} {text[low:high]}").text)
    return ("", ()) if denied else ("yes", spans)


def profile(
    evidence: Evidence,
    found: Sequence[Position],
    addresses: Sequence[Address],
    partnered: Sequence[Partnership],
    data: Questions | None = None,
) -> list[ProfileAnswer]:
    """Every question for every mechanism that has a document or of which a document of others answers one."""
    known = data or questions()
    answers: dict[tuple[str, str], list[ProfileAnswer]] = {}

    def note(answer: ProfileAnswer) -> None:
        if answer.quote:
            answers.setdefault((answer.mechanism.name, answer.question.id), []).append(answer)

    for question in known.questions:
        if question.from_ in ("positions", "meeting"):
            for position in found:
                note(_from_position(evidence, question, position))
        elif question.from_ == "partnerships":
            for item in partnered:
                if item.partner.id == question.id and item.relation == "partnership":
                    note(_from_partnership(evidence, question, item))
        elif question.from_:
            for answer in _from_addresses(evidence, question, addresses):
                note(answer)
    asked = [question for question in known.questions if question.patterns or question.denials]
    for document in evidence.source.paragraphs:
        for answer in _from_sentences(evidence, document, asked, known):
            note(answer)
    named = {name for name, _ in answers} | set(evidence.mechanisms)
    mechanisms = sorted((evidence.known.mechanisms[n] for n in named), key=lambda m: m.label.casefold())
    return [
        _best(answers.get((mechanism.name, question.id), []), mechanism, question)
        for mechanism in mechanisms
        for question in known.questions
    ]


def profile_table(evidence: Evidence, answers: Sequence[ProfileAnswer]) -> Table:
    """One row for each mechanism and question."""
    rows = [
        ProfileRow(
            iscm=a.mechanism.name,
            short=a.mechanism.label,
            question_number=a.question.number,
            question=a.question.text,
            answer=a.answer,
            compact="yes" if a.compact else "",
            said_by="" if not a.quote else "own document" if a.own else "document of others",
            document=a.document,
            citation=cite_paragraphs(a.paragraph.split("; "), evidence.source.short) if a.paragraph else "",
            quote=a.quote,
            further=a.further or None,
            page=evidence.source.page(a.document, a.paragraph.split("; ")[0]),
            paragraph=a.paragraph,
            url=evidence.source.link(a.document, a.paragraph),
        )
        for a in answers
    ]
    return listing(
        "iscm_profile",
        "ISCM profile",
        "The questionnaire of the Review, answered from the documents of the corpus: one row for each mechanism and "
        "question. “yes” and “no” stand only where the quoted passage says so; “not stated” is no “no”.",
        ProfileRow,
        rows,
        source=SOURCE,
        group="iscm",
        brief="short question_number question answer said_by document citation quote",
        headers={"compact": "Names the Global Compact"},
    )


def overview_table(answers: Sequence[ProfileAnswer], data: Questions | None = None) -> Table:
    """The answers at a glance: one row for each question, one column for each mechanism."""
    labels = list(dict.fromkeys(a.mechanism.label for a in answers))
    cells = {(a.question.id, a.mechanism.label): _short(a) for a in answers}
    stated = {(a.question.id, a.mechanism.label) for a in answers if a.quote}
    rows = [
        OverviewRow(
            question.number,
            question.label,
            sum((question.id, label) in stated for label in labels),
            {label: cells.get((question.id, label), "") for label in labels},
        )
        for question in (data or questions()).questions
    ]
    return matrix(
        "iscm_profile_overview",
        "ISCM profile at a glance",
        "yes, no, ✓ = stated (see the profile for the words), empty = not stated; “yes*”: the passage does not name the "
        "Global Compact.",
        OverviewRow,
        rows,
        labels,
        headers={
            "label": "Question",
            "iscms": "ISCMs that state it",
        },
        section="mechanisms",
        source=SOURCE,
    )


def _short(answer: ProfileAnswer) -> str:
    if not answer.quote:
        return ""
    if answer.answer in ("yes", "no"):
        return answer.answer + ("" if answer.compact or answer.answer == "no" else "*")
    return answer.answer if answer.question.from_ in ("themes", "principles", "objectives") else "✓"


def _of(patterns: object, language: str) -> tuple[Near, ...]:
    """The patterns of a language, else of English."""
    found: dict[Language, tuple[Near, ...]] = patterns  # type: ignore[assignment]
    return found.get(language) or found.get("en") or ()


def _words(words: Words, language: str) -> tuple[str, ...]:
    return words.get(language) or ()


def _from_sentences(
    evidence: Evidence, document: str, asked: Sequence[Question], known: Questions
) -> list[ProfileAnswer]:
    """The answers of all sentences of a document."""
    out = []
    for sentence in evidence.sentences_of(document):
        if not sentence.others_act and len(sentence.words.split()) >= _FEW_WORDS:
            text = sentence.unnamed
            for question in asked:
                out += _from_sentence(evidence, question, sentence, text, known)
    return out


def _from_sentence(
    evidence: Evidence, question: Question, sentence: Sentence, text: str, known: Questions
) -> list[ProfileAnswer]:
    """The answers of a sentence; `text` is the sentence without the names of the mechanisms that it is about."""
    if (question.compact == "required" and not sentence.compact) or sentence.words.rstrip().endswith("?"):
        return []
    if not sentence.own and expression(_words(known.wishes, sentence.language)).search(flattened(sentence.words).text):
        return []
    answer, spans = reply(question, text, sentence.language, known.negations)
    contrast = expression(_words(known.contrasts, sentence.language))
    return [
        ProfileAnswer(
            mechanism,
            question,
            answer,
            evidence.quoted(sentence, spans),
            sentence.document,
            sentence.paragraph,
            sentence.own,
            sentence.compact,
        )
        for mechanism in sentence.about
        if answer and sentence.speaks_of(mechanism, sentence.start + spans[0][0], contrast)
    ]


def _from_position(evidence: Evidence, question: Question, position: Position) -> ProfileAnswer:
    if not position.kinds or not position.compact:
        return ProfileAnswer(position.mechanism, question, NOT_STATED)
    meeting = ", ".join(part for part in (position.meeting, position.place, position.held) if part)
    said = "yes" if question.from_ == "positions" else meeting
    return ProfileAnswer(
        position.mechanism,
        question,
        said or NOT_STATED,
        position.quote if said else (),
        position.document,
        "; ".join(position.paragraphs),
        compact=True,
    )


def _from_partnership(evidence: Evidence, question: Question, item: Partnership) -> ProfileAnswer:
    at = item.sentence.start
    named = (item.reference.start - at, item.reference.end - at)
    return ProfileAnswer(
        item.mechanism,
        question,
        "yes",
        evidence.quoted(item.sentence, [*item.spans, named]),
        item.sentence.document,
        item.sentence.paragraph,
        item.sentence.own,
        item.sentence.compact,
    )


def _from_addresses(evidence: Evidence, question: Question, addresses: Sequence[Address]) -> list[ProfileAnswer]:
    """The numbers that a mechanism's documents address, with the surest passage as quote."""
    kind = question.from_.removesuffix("s")
    out: dict[str, list[Address]] = {}
    for address in addresses:
        if address.kind == kind:
            out.setdefault(address.mechanism.name, []).append(address)
    answers = []
    for found in out.values():
        best = min((a.rows[0] for a in found), key=lambda row: (row.basis != "explicit", -row.score))
        document, paragraph = best.document, best.paragraph
        text = " ".join(evidence.source.texts.get((document, paragraph), []))
        answers.append(
            ProfileAnswer(
                found[0].mechanism,
                question,
                ", ".join(a.number for a in found),
                quoted(evidence, best),
                document,
                paragraph,
                compact=evidence.names_compact(document, paragraph, text),
                further=sum(len(a.rows) for a in found) - 1,
            )
        )
    return answers


def _best(found: Sequence[ProfileAnswer], mechanism: Mechanism, question: Question) -> ProfileAnswer:
    """The answer with the best passage: one that names the Compact, then the mechanism's own, then the first."""
    if not found:
        return ProfileAnswer(mechanism, question, NOT_STATED)
    first = min(enumerate(found), key=lambda item: (not item[1].compact, not item[1].own, item[0]))[1]
    passages = {(a.document, a.paragraph) for a in found} - {(first.document, first.paragraph)}
    return ProfileAnswer(
        first.mechanism,
        first.question,
        first.answer,
        first.quote,
        first.document,
        first.paragraph,
        first.own,
        first.compact,
        first.further or len(passages),
    )
