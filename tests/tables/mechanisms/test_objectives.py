from pipeline.tables.mechanisms.objectives import addressed, addressed_table, common_table
from tests.tables.mechanisms import sample as sample


def test_the_surest_passage_is_quoted() -> None:
    evidence = sample.evidence()
    table = addressed_table(evidence, addressed(evidence, sample.frames()[2])).frame
    rows = {(r.short, r.kind, r.number): (r.basis, r.count, r.citation) for r in table.itertuples()}
    assert rows["Regional Conference on Migration", "Objective", "23"] == ("explicit", 2, "§1")
    assert rows["Regional Conference on Migration", "Theme", "2"] == ("implied", 1, "§2")
    assert len(rows) == 3  # SDG targets are neither


def test_in_common() -> None:
    evidence = sample.evidence()
    table = common_table(evidence, addressed(evidence, sample.frames()[2]))
    rows = {(r.kind, r.number): (r.iscms, r.all) for r in table.frame.itertuples()}
    assert rows["Objective", "23"] == (1, "")
    assert rows["Objective", "1"] == (0, "")
    assert set(table.headers.values()) >= {"Regional Conference on Migration", "South American Conference on Migration"}
    both = sample.frames()[2].replace({"number": {6: 23}})
    alike = common_table(evidence, addressed(evidence, both)).frame
    assert list(alike[alike["all"] == "all"]["number"]) == ["23"]
