import pandas as pd

from extractors.lexicon.compact import compact
from pipeline.tables.mechanisms.areas import areas, focus_table, registry_table
from pipeline.tables.registry import registry
from tests.tables.mechanisms import sample as sample


def test_registry_counts_and_quotes() -> None:
    table = registry_table(sample.evidence()).frame.set_index("acronym")
    assert (table.loc["RCM", "issued"], table.loc["RCM", "count"]) == (1, 2)
    assert table.loc["RCM", "citation"] == "¶1" and table.loc["RCM", "document"] == "review"
    assert table.loc["MIDSA", "quote"] == ""
    assert (table["annex5"] == "yes").sum() == 30


def test_areas_printed_and_in_texts() -> None:
    table = focus_table(sample.evidence()).frame
    rows = {(r.area, r.short): (r.basis, r.origin) for r in table.itertuples()}
    note = "GRCP 7 background note, Annex 2"
    assert rows["Migration and development", "South American Conference on Migration"] == ("printed", note)
    assert rows["Irregular migration and mixed migration flows", "Regional Conference on Migration"] == ("text", "")
    assert ("Migration and development", "Regional Conference on Migration") not in rows
    assert set(table["sdg"]) == {""}
    assert all(quote for quote, basis in zip(table["quote"], table["basis"], strict=True) if basis != "printed")


def test_the_cell_of_a_printed_table_is_the_evidence() -> None:
    row = "T1/R4"
    cells = [("review", f"{row}/C1", "cell", "Migrant Rights"), ("review", f"{row}/C4", "cell", "AFML SACM")]
    evidence = sample.evidence(cells, [("review", f"{row}/C4", "iscm.named", "SACM", sample.SACM)])
    table = focus_table(evidence).frame.set_index(["area", "short"])
    found = table.loc["Migrant rights", "South American Conference on Migration"]
    assert (found["document"], found["paragraph"], found["quote"]) == ("review", "T1/R4/C4", "AFML SACM")


def test_every_area_has_a_theme_and_prints_known_mechanisms() -> None:
    known = areas().areas
    assert {area.theme for area in known} <= {theme.number for theme in compact().themes}
    ids = {mechanism.id for mechanism in registry().mechanisms.values()}
    assert {one for area in known for one in area.printed} <= ids
    assert sum(len(area.printed) for area in known) == 89


def test_further_counts_the_paragraphs_beyond_the_one_quoted() -> None:
    texts = [("rcm", str(n), "paragraph", "Labour migration was discussed.") for n in range(3)]
    for count, further in ((1, None), (2, 1), (3, 2)):
        table = focus_table(sample.evidence(texts[:count], [])).frame
        row = table[(table["area"] == "Labour migration") & (table["document"] == "rcm")].iloc[0]
        assert (row["citation"], None if pd.isna(row["further"]) else row["further"]) == ("§0", further)


def test_the_name_of_an_organization_tells_no_area() -> None:
    unhcr = "United Nations High Commissioner for Refugees"
    text = [("rcm", "1", "paragraph", f"Observers came from the {unhcr}.")]
    table = focus_table(sample.evidence(text, [("rcm", "1", "igo.un_system", unhcr, unhcr)])).frame
    assert "rcm" not in set(table["document"])
