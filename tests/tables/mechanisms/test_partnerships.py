from extractors.lexicon.categories import CATEGORIES
from pipeline.tables.mechanisms.partnerships import matrix_table, partners, partnerships, partnerships_table
from tests.tables.mechanisms import sample as sample


def test_relations() -> None:
    found = {
        (i.mechanism.acronym, i.partner.id, i.sentence.paragraph): i.relation for i in partnerships(sample.evidence())
    }
    assert found["RCM", "partners_igos", "2"] == "partnership"
    assert found["RCM", "partners_civil_society", "3"] == "named"
    assert found["RCM", "partners_iscms", "3"] == "self"
    assert not any(paragraph.startswith("review") for _, _, paragraph in found)


def test_own_name_is_in_no_table() -> None:
    evidence = sample.evidence()
    found = partnerships(evidence)
    table = partnerships_table(evidence, found).frame
    assert set(table["partner"]) == {
        "Intergovernmental organizations",
        "Non-governmental and civil society organizations",
    }
    matrix = matrix_table(found).frame
    assert dict(zip(matrix["label"], matrix["total"], strict=True))["Other ISCMs"] == 0
    assert matrix["total"].sum() == 1


def test_every_category_of_the_file_exists() -> None:
    listed = [category for partner in partners().partners for category in partner.categories]
    assert set(listed) <= set(CATEGORIES)
    assert len(listed) == len(set(listed))


def test_what_another_body_did_is_no_partnership_of_the_mechanism() -> None:
    texts = [
        ("rcm", str(n), "paragraph", f"{who} outlined a partnership with trade unions.")
        for n, who in enumerate(("We", "The IOM"))
    ]
    unions = [("rcm", str(n), "stakeholder.trade_unions", "trade unions", "") for n in range(2)]
    found = partnerships(sample.evidence(texts, [*unions, ("rcm", "1", "other.iom", "IOM", sample.IOM)]))
    assert [item.relation for item in found if item.reference.wording == "trade unions"] == ["partnership", "named"]
