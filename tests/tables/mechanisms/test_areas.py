import pandas as pd

from extractors.lexicon.compact import load_compact
from pipeline.tables.focus import areas
from pipeline.tables.mechanisms.areas import focus_table, registry_table
from pipeline.tables.printed.lists import printed_facts
from tests.tables.mechanisms import sample as sample


def test_registry_counts_and_quotes() -> None:
    table = registry_table(sample.evidence()).frame.set_index("acronym")
    assert (table.loc["RCM", "issued"], table.loc["RCM", "count"]) == (1, 2)
    assert table.loc["RCM", "citation"] == "¶1" and table.loc["RCM", "document"] == "review"
    assert table.loc["MIDSA", "quote"] == ""
    assert (table["annex5"] == "yes").sum() == 30


ROW = "T1/R4"
PRINTED = [
    ("review", "H:1", "heading", "Annex 2. ISCM areas of focus"),
    *(("review", f"T1/R1/C{n}", "cell", text) for n, text in ((1, "Area of focus"), (4, "ISCM"))),
    *(("review", f"{ROW}/C{n}", "cell", text) for n, text in ((1, "Migrant Rights"), (4, "AFML SACM"))),
]


def test_an_area_that_a_list_prints_has_the_list_as_evidence() -> None:
    evidence = sample.evidence(PRINTED, [])
    table = focus_table(evidence, printed_facts(evidence.source, evidence.known)).frame.set_index(["area", "short"])
    found = table.loc["Migrant rights", "South American Conference on Migration"]
    assert (found["document"], found["paragraph"], found["quote"]) == ("review", "T1/R4/C4", "AFML SACM")
    assert (found["basis"], found["origin"]) == ("printed", "A review, T1/R4/C4")


def test_areas_of_texts() -> None:
    table = focus_table(sample.evidence(), []).frame
    rows = {(r.area, r.short): (r.basis, r.origin) for r in table.itertuples()}
    assert rows["Irregular migration and mixed migration flows", "Regional Conference on Migration"] == ("text", "")
    assert ("Migration and development", "Regional Conference on Migration") not in rows
    assert set(table["sdg"]) == {""}
    assert all(table["quote"])


def test_every_area_has_a_theme() -> None:
    assert {area.theme for area in areas().areas} <= {theme.number for theme in load_compact().themes}


def test_further_counts_the_paragraphs_beyond_the_one_quoted() -> None:
    texts = [("rcm", str(n), "paragraph", "Labour migration was discussed.") for n in range(3)]
    for count, further in ((1, None), (2, 1), (3, 2)):
        table = focus_table(sample.evidence(texts[:count], []), []).frame
        row = table[(table["area"] == "Labour migration") & (table["document"] == "rcm")].iloc[0]
        assert (row["citation"], None if pd.isna(row["further"]) else row["further"]) == ("§0", further)


def test_the_name_of_an_organization_tells_no_area() -> None:
    unhcr = "United Nations High Commissioner for Refugees"
    text = [("rcm", "1", "paragraph", f"Observers came from the {unhcr}.")]
    table = focus_table(sample.evidence(text, [("rcm", "1", "igo.un_system", unhcr, unhcr)]), []).frame
    assert "rcm" not in set(table["document"])


def test_titles_of_offices_conventions_and_themes_tell_no_area() -> None:
    theme = (
        "Irregular migration and regular pathways, including decent work, labour mobility and other relevant measures"
    )
    texts = [
        "We, the Ministers responsible for Migration and Development, met.",
        "We recall the Convention on the Protection of the Rights of All Migrant Workers.",
        f"We spoke at Thematic Session 6, which focused on “{theme}”.",
        "We spoke about remittances.",
    ]
    rows = [("rcm", str(n), "paragraph", text) for n, text in enumerate(texts)]
    evidence = sample.evidence(rows, [], about=[("rcm", "2", "theme", 2, "explicit", theme, 90.0, "")])
    table = focus_table(evidence, []).frame
    assert set(table["area"][table["document"] == "rcm"]) == {"Remittances"}
