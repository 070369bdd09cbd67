import pandas as pd

from extractors.lexicon.compact import compact
from pipeline.tables.mechanisms.areas import areas, focus_table, registry_table
from tests.tables.mechanisms import sample as sample


def test_registry_counts_and_quotes() -> None:
    table = registry_table(sample.evidence()).frame.set_index("acronym")
    assert (table.loc["RCM", "issued"], table.loc["RCM", "count"]) == (1, 2)
    assert table.loc["RCM", "citation"] == "¶1" and table.loc["RCM", "document"] == "review"
    assert table.loc["MIDSA", "quote"] == ""
    assert (table["annex5"] == "yes").sum() == 30


def test_areas_from_lexicon_and_text() -> None:
    table = focus_table(sample.evidence()).frame
    rows = {(r.area, r.short): r.basis for r in table.itertuples()}
    assert rows["Migration and development", "Regional Conference on Migration"] == "lexicon"
    assert rows["Irregular migration and mixed migration flows", "Regional Conference on Migration"] == "text"
    assert rows["Labour migration", "South American Conference on Migration"] == "text"
    assert set(table["sdg"]) == {""}
    assert all(quote for quote, basis in zip(table["quote"], table["basis"], strict=True) if basis != "lexicon")


def test_every_area_has_a_theme_and_no_focus_is_in_two() -> None:
    known = areas().areas
    assert {area.theme for area in known} <= {theme.number for theme in compact().themes}
    focus = [word for area in known for word in area.focus]
    assert len(focus) == len(set(focus))


def test_further_counts_the_paragraphs_beyond_the_one_quoted() -> None:
    texts = [("rcm", str(n), "paragraph", "Labour migration was discussed.") for n in range(3)]
    for count, further in ((1, None), (2, 1), (3, 2)):
        table = focus_table(sample.evidence(texts[:count], [])).frame
        row = table[(table["area"] == "Labour migration") & (table["document"] == "rcm")].iloc[0]
        assert (row["citation"], None if pd.isna(row["further"]) else row["further"]) == ("§0", further)
