import pytest

from pipeline.tables.mechanisms.objectives import addressed, addressed_table, common_table
from tests.tables.mechanisms import sample as sample


def test_the_surest_passage_is_quoted() -> None:
    evidence = sample.evidence()
    table = addressed_table(evidence, addressed(evidence)).frame
    rows = {(r.short, r.kind, r.number): (r.basis, r.count, r.citation) for r in table.itertuples()}
    assert rows["Regional Conference on Migration", "Objective", "23"] == ("explicit", 2, "§1")
    assert rows["Regional Conference on Migration", "Theme", "2"] == ("implied", 1, "§2")
    assert len(rows) == 3  # SDG targets are neither


def test_in_common() -> None:
    evidence = sample.evidence()
    table = common_table(evidence, addressed(evidence))
    rows = {(r.kind, r.number): (r.iscms, r.all) for r in table.frame.itertuples()}
    assert rows["Objective", "23"] == (1, "")
    assert rows["Objective", "1"] == (0, "")
    assert set(table.columns) >= {"Regional Conference on Migration", "South American Conference on Migration"}
    both = sample.frames()[2].replace({"number": {6: 23}}).itertuples(index=False, name=None)
    shared = sample.evidence(about=list(both))
    alike = common_table(shared, addressed(shared)).frame
    assert list(alike[alike["all"] == "all"]["number"]) == ["23"]


@pytest.mark.parametrize(
    ("rows", "quoted"),
    [
        ([("2", "implied", 99), ("1", "explicit", 50), ("3", "structural", 99)], "§1"),
        ([("3", "implied", 90), ("1", "implied", 70), ("2", "implied", 95)], "§2"),
        ([("2", "structural", 90), ("1", "structural", 90)], "§2"),
    ],
)
def test_the_strongest_passage_is_quoted(rows: list[tuple[str, str, int]], quoted: str) -> None:
    found = [("rcm", paragraph, "objective", 5, basis, "", score, "") for paragraph, basis, score in rows]
    evidence = sample.evidence(about=found)
    table = addressed_table(evidence, addressed(evidence)).frame
    texts = {f"§{paragraph}": text for document, paragraph, _, text in sample.PARAGRAPHS if document == "rcm"}
    assert list(table["citation"]) == [quoted]
    assert list(table["quote"]) == [texts[quoted]]
