"""The questionnaire of the Review, answered from the documents: yes, partly and no only with a quote, else not stated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from extractors.lexicon.terms import expression
from pipeline.extract import quote as quotes
from pipeline.extract.quote import Runs
from pipeline.segment.citation import base
from pipeline.tables.mechanisms.objectives import Address, certainty, quoted
from pipeline.tables.mechanisms.partnerships import Partnership
from pipeline.tables.mechanisms.positions import Position
from pipeline.tables.mechanisms.questions import Question, Questions, State, has_any, read_questions, reply
from pipeline.tables.mechanisms.states import UNHEARD
from pipeline.tables.printed.lists import PrintedFact
from pipeline.tables.registry import Mechanism
from pipeline.tables.sentences import LISTED, SPOKEN, Evidence, Sentence, joined

NOT_STATED: State = "not stated"
_FEW_WORDS = 8
_ADDRESS = re.compile(r"(?:https?://|www\.)[^;()]+")
"""A printed address; the lines of a narrow column break it."""


@dataclass(frozen=True, slots=True)
class ProfileAnswer:
    """The answer of one mechanism to one question; without a quote it is always "not stated".

    `detail` are the words of an answer that is no yes or no (a meeting, numbers), `is_on_compact` tells that the quoted paragraph
    names the Global Compact, `is_own` that it is the mechanism's own document, `further` is the number of further passages.
    """

    mechanism: Mechanism
    question: Question
    state: State = NOT_STATED
    detail: str = ""
    quote: Runs = ()
    document: str = ""
    paragraph: str = ""
    is_own: bool = True
    is_on_compact: bool = False
    further: int = 0


@dataclass(frozen=True, slots=True)
class ProfileSources:
    """What other tables have found, from which some questions are answered."""

    positions: Sequence[Position] = ()
    addresses: Sequence[Address] = ()
    partnerships: Sequence[Partnership] = ()
    printed: Sequence[PrintedFact] = ()


def profile(evidence: Evidence, sources: ProfileSources, data: Questions | None = None) -> list[ProfileAnswer]:
    """Every question for every mechanism of the Review's Annex 5, and for the others that issued a document and of which
    one answers a question."""
    known = data or read_questions()
    answers: dict[tuple[str, str], list[ProfileAnswer]] = {}
    for answer in _all(evidence, sources, known):
        if answer.quote and answer.mechanism.type in answer.question.types:
            answers.setdefault((answer.mechanism.name, answer.question.id), []).append(answer)
    named = {name for name, _ in answers} & set(evidence.mechanisms)
    mechanisms = [m for m in evidence.known.mechanisms.values() if m.annex5 or (m.name in named and m.type != "global")]
    if not evidence.mechanisms and not answers:
        return []
    return [
        _best(answers.get((mechanism.name, question.id), []), mechanism, question)
        for mechanism in sorted(mechanisms, key=lambda m: m.label.casefold())
        for question in known.questions
    ]


def _all(evidence: Evidence, sources: ProfileSources, known: Questions) -> Iterator[ProfileAnswer]:
    on_compact = [p for p in sources.positions if p.kinds and p.is_on_compact and is_heard(evidence, p.document)]
    for question in known.questions:
        if question.from_ in ("positions", "link", "meeting"):
            yield from (_from_position(evidence, question, position) for position in on_compact)
        elif question.from_ == "partnerships":
            for item in sources.partnerships:
                if item.partner.id == question.id:
                    yield _from_partnership(evidence, question, item)
        elif question.from_:
            documents = {position.document for position in on_compact}
            yield from _from_addresses(evidence, question, sources.addresses, documents)
        if question.from_ in ("positions", "link"):
            yield from _from_printed(evidence, question, sources.printed)
    asked = [question for question in known.questions if question.patterns or question.denials]
    for document in evidence.source.paragraphs:
        if is_heard(evidence, document):
            make = partial(_from_sentences, evidence, document, asked, known)
            yield from evidence.source.findings.of("answers", document, make)


def is_heard(evidence: Evidence, document: str) -> bool:
    """Whether a document can answer for a mechanism: speeches and drafts never do, instruments of others neither."""
    role = evidence.source.documents[document].role
    return role not in UNHEARD and (role != "instrument" or bool(evidence.issuers.get(document)))


def _from_sentences(
    evidence: Evidence, document: str, asked: Sequence[Question], known: Questions
) -> list[ProfileAnswer]:
    """The answers of all sentences of a document."""
    out: list[ProfileAnswer] = []
    leads: dict[str, tuple[str, str]] = {}
    for sentence in evidence.sentences_of(document):
        leads = leads or _leads(evidence, document)
        if sentence.words.rstrip().endswith("?"):
            continue
        if sentence.text in leads and not sentence.is_own:
            out += _from_list(evidence, sentence, leads[sentence.text], asked, known)
        if not sentence.is_others_act and len(sentence.words.split()) >= _FEW_WORDS:
            text = sentence.unnamed
            for question in asked:
                out += _from_sentence(evidence, question, sentence, text, known)
    return out


def _leads(evidence: Evidence, document: str) -> dict[str, tuple[str, str]]:
    """The items of lists, each with the paragraph above the list and its text: "in the following ways:"."""
    out: dict[str, tuple[str, str]] = {"": ("", "")}
    lead = ("", "")
    for row in evidence.source.paragraphs[document]:
        if row.kind in LISTED and lead[1]:
            out[row.text] = lead
        elif row.kind in SPOKEN:
            lead = (row.paragraph, row.text) if row.text.rstrip().endswith(":") else ("", "")
    return out


def _from_list(
    evidence: Evidence, sentence: Sentence, lead: tuple[str, str], asked: Sequence[Question], known: Questions
) -> Iterator[ProfileAnswer]:
    """Answers of an item of a list that names mechanisms, where the words above the list answer the question for them:
    "The Compact has had an impact on the work of ISCMs in the following ways: reflected in their work (e.g. ...)"."""
    place, text = lead
    compact = evidence.names_compact(sentence.document, place, text)
    for start, end in quotes.sentences(text)[-1:]:
        if not has_any(known.follows, sentence.language, text[start:end]):
            return
        for question in asked:
            state, spans = reply(question, text[start:end], sentence.language, known)
            if not state or (question.compact == "required" and not compact):
                continue
            shown = evidence.source.cut(text, [(start + s, start + e) for s, e in spans], quotes.LIMIT)
            item = evidence.quoted(sentence, [])
            for mechanism in sentence.about:
                yield ProfileAnswer(
                    mechanism,
                    question,
                    state,
                    "",
                    joined([shown, item]),
                    sentence.document,
                    "; ".join(dict.fromkeys([base(place), sentence.paragraph])),
                    False,
                    compact,
                )


def _from_sentence(
    evidence: Evidence, question: Question, sentence: Sentence, text: str, known: Questions
) -> Iterator[ProfileAnswer]:
    """The answers of a sentence; `text` is the sentence without the names of the mechanisms that it is about."""
    if question.compact == "required" and not sentence.is_on_compact:
        return
    state, spans = reply(question, text, sentence.language, known, is_own=sentence.is_own)
    if not state:
        return
    if state == "yes" and question.compact == "asked" and not sentence.is_on_compact:
        state = "partly"
    contrast = expression(known.contrasts.get(sentence.language, ()))
    for mechanism in sentence.about:
        if sentence.speaks_of(mechanism, sentence.start + spans[0][0], contrast):
            yield ProfileAnswer(
                mechanism,
                question,
                state,
                "",
                evidence.quoted(sentence, spans),
                sentence.document,
                sentence.paragraph,
                sentence.is_own,
                sentence.is_on_compact,
            )


def _from_position(evidence: Evidence, question: Question, position: Position) -> ProfileAnswer:
    facts = evidence.source.documents[position.document]
    meeting = ", ".join(part for part in (position.meeting, position.place, position.held) if part)
    details = {"positions": "", "link": facts.url or facts.title, "meeting": meeting}
    detail = details[question.from_]
    is_stated = bool(detail) or question.from_ == "positions"
    of_meeting = question.from_ == "meeting"
    shown = position.meeting_quote if of_meeting else position.quote
    return ProfileAnswer(
        position.mechanism,
        question,
        NOT_STATED if not is_stated else "yes" if position.meeting or not of_meeting else "partly",
        detail,
        shown if is_stated else (),
        position.document,
        "; ".join(position.meeting_paragraphs if of_meeting else position.paragraphs),
        is_on_compact=True,
    )


def _from_printed(evidence: Evidence, question: Question, facts: Iterable[PrintedFact]) -> Iterator[ProfileAnswer]:
    """The mechanisms that an analysis lists among those with a position, and the document or address that it prints; what
    stands under a heading of its own comes before what a table without one has."""
    for fact in sorted(facts, key=lambda fact: fact.head.kind != "heading"):
        mechanism = evidence.known.mechanisms.get(fact.item)
        if fact.list != "positions" or not mechanism:
            continue
        row, head = fact.paragraph, fact.head
        address = _ADDRESS.search(row.text) if question.from_ == "link" else None
        if question.from_ == "link" and not address:
            continue
        shown = [evidence.source.cut(row.text, list(fact.spans), quotes.LIMIT)]
        if head is not row:
            shown.insert(0, evidence.source.cut(head.text, [], quotes.LIMIT))
        yield ProfileAnswer(
            mechanism,
            question,
            "yes",
            "".join(address[0].split()) if address else "",
            joined(shown),
            row.document,
            "; ".join(dict.fromkeys(base(one.paragraph) for one in (head, row))),
            False,
            any(evidence.names_compact(one.document, one.paragraph, one.text) for one in (head, row)),
        )


def _from_partnership(evidence: Evidence, question: Question, item: Partnership) -> ProfileAnswer:
    at = item.sentence.start
    named = (item.reference.start - at, item.reference.end - at)
    return ProfileAnswer(
        item.mechanism,
        question,
        "yes" if item.sentence.is_on_compact else "partly",
        item.reference.canonical,
        evidence.quoted(item.sentence, [*item.spans, named]),
        item.sentence.document,
        item.sentence.paragraph,
        item.sentence.is_own,
        item.sentence.is_on_compact,
    )


def _from_addresses(
    evidence: Evidence, question: Question, addresses: Sequence[Address], documents: set[str]
) -> Iterator[ProfileAnswer]:
    """The numbers that a mechanism's positions on the Compact take up: those named or headed, then those judged by subject,
    marked; the quote is the surest passage."""
    kind = question.from_.removesuffix("s")
    taken: dict[str, list[Address]] = {}
    for address in addresses:
        rows = tuple(row for row in address.rows if row.document in documents)
        if address.kind == kind and rows:
            one = Address(address.mechanism, kind, address.number, rows)
            taken.setdefault(address.mechanism.name, []).append(one)
    for stated in taken.values():
        best = min((a.rows[0] for a in stated), key=certainty)
        sure = [a.number for a in stated if a.rows[0].basis != "implied"]
        judged = [a.number for a in stated if a.rows[0].basis == "implied"]
        parts = [", ".join(sure), f"implied: {', '.join(judged)}" if judged else ""]
        text = " ".join(evidence.source.texts.get((best.document, best.paragraph), []))
        yield ProfileAnswer(
            stated[0].mechanism,
            question,
            "yes" if sure else "partly",
            "; ".join(part for part in parts if part),
            quoted(evidence, best),
            best.document,
            best.paragraph,
            is_on_compact=evidence.names_compact(best.document, best.paragraph, text),
            further=sum(len(a.rows) for a in stated) - 1,
        )


def _best(answers: Sequence[ProfileAnswer], mechanism: Mechanism, question: Question) -> ProfileAnswer:
    """The answer with the best passage: a whole one before "partly", one that names the Compact, then the mechanism's own,
    then the first."""
    if not answers:
        return ProfileAnswer(mechanism, question)
    first = min(
        enumerate(answers),
        key=lambda item: (item[1].state == "partly", not item[1].is_on_compact, not item[1].is_own, item[0]),
    )[1]
    passages = {(a.document, a.paragraph) for a in answers} - {(first.document, first.paragraph)}
    return ProfileAnswer(
        first.mechanism,
        first.question,
        first.state,
        first.detail,
        first.quote,
        first.document,
        first.paragraph,
        first.is_own,
        first.is_on_compact,
        first.further or len(passages),
    )
