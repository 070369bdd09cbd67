from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.lexicon.entries import load_lexicon
from pipeline.extract import quote
from pipeline.tables.commitments.commitments import CommitmentRow, commitments_table
from pipeline.tables.commitments.deadline import deadline_in
from pipeline.tables.commitments.words import operative_words
from pipeline.tables.records import read_records
from pipeline.tables.registry import load_registry
from pipeline.tables.sentences import Evidence
from pipeline.tables.table import Table
from tests.listing_sample import Found, Text, frames

RCM = "Regional Conference on Migration (RCM or Puebla Process)"


def made(texts: Sequence[Text], found: Sequence[Found] = (), language: str = "en", role: str = "outcome") -> Table:
    paragraphs, references, objectives = frames(texts, found, language=language)
    documents = [{"document": "plan", "language": language, "role": role, "iscm": RCM, "date": "2018-01-02"}]
    known = load_registry(load_lexicon())
    return commitments_table(Evidence(read_records(references, paragraphs, objectives, documents), known))


def rows(*texts: str, language: str = "en", role: str = "outcome") -> list[CommitmentRow]:
    body: list[Text] = [(f"¶{n}", "body", None, text) for n, text in enumerate(texts, 1)]
    return [row for row in made(body, language=language, role=role).rows if isinstance(row, CommitmentRow)]


@pytest.mark.parametrize(
    ("language", "text", "verb", "actor", "addressee"),
    [
        ("en", "In Fir, the Ministers and Leaders agreed to act.", "agreed to", "the Ministers and Leaders", ""),
        ("en", "Ministers met, and urged all member States to open counters.", "urged", "Ministers", "all member States"),
        ("en", "Ministers recommended that members review the list.", "recommended", "Ministers", "members"),
        ("en", "Ministers met. Member States should open counters.", "should", "Ministers", "Member States"),
        ("en", "We, the Leaders of the Lakes, met. States: we invite the Chair to write.", "invite", "the Leaders", "the Chair"),
        ("en", "We encourage further dialogue between the Banks and Funds.", "encourage", "We", ""),
        ("en", "We must open counters.", "must", "We", ""),
        ("es", "Los Ministros hablaron. Asimismo, instaron a los países a actuar.", "instaron", "Los Ministros", "los países"),
        ("es", "Las Partes solicitaron a la Secretaría que actúe.", "solicitaron", "Las Partes", "la Secretaría"),
        ("fr", "Nous, chefs d’État, invitons les États à agir.", "invitons", "chefs d’État", "les États"),
        ("pt", "Os Ministros convidaram os Estados a abrir guichês.", "convidaram", "Os Ministros", "os Estados"),
        ("ar", "ندعو الدول إلى فتح المكاتب في الصباح.", "ندعو", "", "الدول"),
    ],
)  # fmt: skip
def test_verb_actor_and_addressee(language: str, text: str, verb: str, actor: str, addressee: str) -> None:
    row = rows(text, language=language)[-1]
    assert (row.verb, row.actor, row.addressee) == (verb, actor, addressee)


def test_the_organ_that_opens_a_resolution_decides() -> None:
    texts: list[Text] = [
        ("PP0", "opening", None, "The Lake Assembly,"),
        ("PP1", "preambular", None, "Deciding to open counters,"),
        ("OP1", "paragraph", None, "Notes the report, and requests the Secretary-General to write;"),
    ]
    (row,) = made(texts, role="instrument").rows
    assert isinstance(row, CommitmentRow)
    assert (row.actor, row.force, row.verb, row.addressee) == (
        "The Lake Assembly",
        "request",
        "requests",
        "the Secretary-General",
    )


@pytest.mark.parametrize(
    ("language", "text", "printed", "iso"),
    [
        ("en", "open counters by 2030.", "by 2030", "2030"),
        ("en", "open counters no later than 1 June 2026.", "no later than 1 June 2026", "2026-06-01"),
        ("en", "open counters by the end of May 2027.", "by the end of May 2027", "2027-05"),
        ("en", "open counters within the next two years.", "within the next two years", ""),
        ("en", "report to the Assembly at its seventy-fourth session.", "at its seventy-fourth session", ""),
        ("en", "open counters under the 2030 Agenda, by 20 experts.", "", ""),
        ("es", "abrir ventanillas a más tardar en junio de 2026.", "a más tardar en junio de 2026", "2026-06"),
        ("es", "abrir en un plazo no mayor de sesenta días.", "en un plazo no mayor de sesenta días", ""),
        ("fr", "ouvrir des guichets d’ici à 2030.", "d’ici à 2030", "2030"),
        ("pt", "abrir guichês até 2030.", "até 2030", "2030"),
        ("ar", "فتح المكاتب بحلول عام 2030.", "بحلول عام 2030", "2030"),
    ],
)
def test_deadline(language: str, text: str, printed: str, iso: str) -> None:
    due = deadline_in(text, language)
    assert (due.printed, due.iso) == (printed, iso)


@pytest.mark.parametrize(("role", "count"), [("outcome", 1), ("instrument", 1), ("account", 0), ("speech", 0), ("", 0)])
def test_only_outcomes_and_instruments_commit(role: str, count: int) -> None:
    assert len(rows("We agree to open counters.", role=role)) == count


def test_an_item_has_the_force_and_the_verb_of_its_lead() -> None:
    (row,) = rows("In this regard, Ministers agreed:", "To open counters in every town within 60 days.")
    assert (row.force, row.verb, row.actor, row.lead) == (
        "decide",
        "agreed",
        "Ministers",
        "In this regard, Ministers agreed:",
    )
    assert (row.deadline, quote.plain(row.quote)) == (
        "within 60 days",
        "To open counters in every town within 60 days.",
    )


def test_verbs_and_partners_are_bold_and_the_sentence_is_whole() -> None:
    text = "They met. We commit to open counters with the IOM" + " and all of the others" * 40 + "."
    table = made([("¶1", "body", None, text)], [("¶1", "other.iom", "IOM", "International Organization for Migration")])
    (row,) = table.rows
    assert isinstance(row, CommitmentRow)
    assert [run.text for run in row.quote if run.is_bold] == ["commit to", "IOM"]
    assert quote.plain(row.quote) == text.removeprefix("They met. ")
    assert row.partners == "International Organization for Migration"


TEXTS = [
    text
    for force in operative_words().forces
    for texts in (*force.examples.values(), *force.counter_examples.values())
    for text in texts
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4), st.sampled_from(["en", "es", "fr", "pt", "ar"]))
def test_every_quote_stands_in_its_paragraph_and_every_id_once(parts: list[str], language: str) -> None:
    text = " ".join(parts)
    found = rows(text, text, language=language)
    assert all(quote.plain(row.quote) in text for row in found)
    assert len({row.commitment_id for row in found}) == len(found)
