import pytest

from extractors.lexicon.categories import CATEGORIES
from extractors.lexicon.words import untag
from pipeline.tables.edges import relation_of
from pipeline.tables.mechanisms.partnerships import (
    PartnershipRow,
    find_partnerships,
    matrix_table,
    partnerships_table,
    read_partner_words,
    relate,
)
from tests.tables.mechanisms import sample as sample

WORDS = read_partner_words()
EXAMPLES = [
    (relation.name if is_right else "", language, example)
    for relation in WORDS.relations
    for is_right, lists in ((True, relation.examples), (False, relation.counter_examples))
    for language, texts in lists.items()
    for example in texts
]


@pytest.mark.parametrize(("expected", "language", "example"), EXAMPLES)
def test_examples_of_relations(expected: str, language: str, example: str) -> None:
    text, spans = untag(example)
    found = relate(text, spans, language, WORDS)
    assert [found[span][0].name if span in found else "" for span in spans] == [expected]


@pytest.mark.parametrize(
    ("expected", "language", "example"),
    [
        ("criticizes" if is_right else "names", language, example)
        for is_right, lists in ((True, WORDS.criticism.examples), (False, WORDS.criticism.counter_examples))
        for language, texts in lists.items()
        for example in texts
    ],
)
def test_examples_of_criticism(expected: str, language: str, example: str) -> None:
    text, spans = untag(example)
    assert relation_of(text, spans, language) == expected


def test_every_relation_has_examples_in_its_languages() -> None:
    for relation in WORDS.relations:
        assert set(relation.before) - {"ar"} <= set(relation.examples), relation.id
        assert relation.counter_examples, relation.id


def test_partners_are_told_from_those_who_are_named() -> None:
    found = {
        (i.mechanism.acronym, i.partner.id, i.sentence.paragraph): i.relation
        for i in find_partnerships(sample.evidence())
    }
    assert found == {("RCM", "partners_igos", "2"): "in partnership"}


def test_table_and_matrix() -> None:
    evidence = sample.evidence()
    found = find_partnerships(evidence)
    table = partnerships_table(evidence, found)
    row = table.rows[0]
    assert isinstance(row, PartnershipRow)
    assert (row.partner, row.relation, row.said_by, row.citation) == (
        "Intergovernmental organizations", "in partnership", "itself", "§2",
    )  # fmt: skip
    assert matrix_table(table.rows).frame["total"].sum() == 1


def test_every_category_of_the_file_exists() -> None:
    listed = [category for partner in WORDS.partners for category in partner.categories]
    assert set(listed) <= set(CATEGORIES)
    assert len(listed) == len(set(listed))


def partners_in(text: str, document: str = "review", *named: tuple[str, str, str]) -> list[tuple[str, str]]:
    """The mechanisms and partners of a sentence, for names given as category, wording, canonical."""
    references = [(document, "¶1", *one) for one in named]
    evidence = sample.evidence([(document, "¶1", "body", text)], references)
    return [(item.mechanism.acronym, item.reference.wording) for item in find_partnerships(evidence)]


SACM = ("iscm.named", "South American Conference on Migration", sample.SACM)
PUEBLA = ("iscm.named", "Puebla Process", sample.RCM)
UNICEF = ("igo.un_system", "UNICEF", "United Nations Children's Fund (UNICEF)")
IOM = ("other.iom", "IOM", sample.IOM)


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        (
            "The South American Conference on Migration met the Puebla Process and runs partnerships with bodies such as UNICEF.",
            (SACM, PUEBLA, UNICEF),
            [("SACM", "UNICEF")],
        ),
        ("UNICEF met the Puebla Process and runs partnerships with IOM.", (UNICEF, PUEBLA, IOM), []),
        ("Furthermore, the representative of the Puebla Process works with IOM.", (PUEBLA, IOM), [("RCM", "IOM")]),
        ("The Puebla Process met. It also works with IOM.", (PUEBLA, IOM), [("RCM", "IOM")]),
        ("Forms differ, such as the active participation of UNICEF (Puebla Process).", (UNICEF, PUEBLA), [("RCM", "UNICEF")]),
        ("Two bodies (e.g. the Puebla Process) worked through their technical secretariat, IOM.", (PUEBLA, IOM), [("RCM", "IOM")]),
    ],
)  # fmt: skip
def test_a_text_of_others_speaks_of_its_subject(
    text: str, named: tuple[tuple[str, str, str], ...], expected: list[tuple[str, str]]
) -> None:
    assert partners_in(text, "review", *named) == expected


def test_what_another_body_did_is_no_partnership_of_the_mechanism() -> None:
    unions = ("stakeholder.trade_unions", "trade unions", "")
    assert partners_in("We have a partnership with trade unions.", "rcm", unions) == [("RCM", "trade unions")]
    assert partners_in("The IOM outlined a partnership with trade unions.", "rcm", unions, IOM) == []
    assert partners_in("The IOM took part as observer.", "rcm", IOM) == [("RCM", "IOM")]


@pytest.mark.parametrize(
    ("role", "title", "expected"),
    [
        ("outcome", "Declaration", ["itself"]),
        ("report", "Report", ["its account"]),
        ("account", "The forum met (the process's own page)", ["its account"]),
        ("account", "The forum met (press account)", []),
        ("speech", "Opening remarks", []),
        ("analysis", "A study", []),
    ],
)
def test_who_says_it(role: str, title: str, expected: list[str]) -> None:
    documents = [{"document": "d", "title": title, "iscm": sample.RCM, "language": "en", "role": role}]
    text = [("d", "¶1", "body", "We act in partnership with the IOM.")]
    evidence = sample.evidence(text, [("d", "¶1", "other.iom", "IOM", sample.IOM)], documents)
    table = partnerships_table(evidence, find_partnerships(evidence)).frame
    assert list(table["said_by"]) == expected
