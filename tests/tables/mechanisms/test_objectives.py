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


@pytest.mark.parametrize(
    ("text", "wording", "score", "is_taken_up"),
    [
        ("We fight the irregular migration of our time.", "irregular migration", 90, True),
        ("We fight the irregular migration of our time.", "irregular migration", 60, False),
        ("Ministers of Diaspora of Chile, Peru, Ecuador, Guyana and Mali met.", "Diaspora", 90, False),
        ("We thank the International Organization for Migration (IOM) again.", "Migration", 90, False),
    ],
)
def test_names_are_not_taken_up(text: str, wording: str, score: int, is_taken_up: bool) -> None:
    paragraphs = [("rcm", "2", "paragraph", text)]
    references = [("rcm", "2", "other.iom", sample.IOM, sample.IOM)] if sample.IOM in text else []
    found = [("rcm", "2", "objective", 9, "implied", wording, score, "")]
    assert bool(addressed(sample.evidence(paragraphs, references, about=found))) is is_taken_up


def test_speeches_take_nothing_up() -> None:
    spoken = [{**d, "role": "speech"} for d in sample.DOCUMENTS]
    assert addressed(sample.evidence(documents=spoken)) == []
