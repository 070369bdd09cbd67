import pytest

from pipeline.extract import quote
from pipeline.tables.recommendations.recommendations import RecommendationRow, recommendations_table
from tests.listing_sample import Found, Text, frames, records


def table(
    texts: list[Text], found: list[Found] | None = None, language: str = "en", role: str = "outcome"
) -> list[dict[str, object]]:
    made = recommendations_table(records(frames(texts, found or (), language=language), language, role))
    assert (made.kind, made.row) == ("listing", RecommendationRow)
    assert [quote.plain(cell) for cell in made.rich["quote"]] == list(made.frame["quote"])
    return [{str(k): v for k, v in row.items()} for row in made.frame.to_dict("records")]


def body(*texts: str, kind: str = "body") -> list[Text]:
    return [(f"¶{n}", kind, None, text) for n, text in enumerate(texts, 1)]


def cells(*rows: tuple[str, ...], name: str = "T1") -> list[Text]:
    return [
        (f"{name}/R{r}/C{c}", "cell", None, text)
        for r, row in enumerate(rows, 1)
        for c, text in enumerate(row, 1)
        if text
    ]


@pytest.mark.parametrize(
    ("language", "text", "force"),
    [
        ("en", "States should open more counters.", "recommendation"),
        ("en", "We will open more counters.", "commitment"),
        ("en", "Members agreed to open more counters.", "commitment"),
        ("en", "The Chair invited members to share lists.", "recommendation"),
        ("en", "It commits itself to open counters, and we commit to close them.", "commitment"),
        ("en", "Experts were invited. The list was long.", ""),
        ("en", "The counters opened in May.", ""),
        ("es", "Los países acordaron abrir más ventanillas.", "commitment"),
        ("es", "Recomendamos abrir más ventanillas.", "recommendation"),
        ("fr", "Les États devraient ouvrir plus de guichets.", "recommendation"),
        ("fr", "Nous nous engageons à ouvrir des guichets.", "commitment"),
        ("pt", "Os Estados deveriam abrir mais guichês.", "recommendation"),
        ("pt", "Comprometemo-nos a abrir guichês.", "commitment"),
        ("de", "States should open counters.", ""),
    ],
)
def test_force(language: str, text: str, force: str) -> None:
    assert [row["force"] for row in table(body(text), language=language)] == ([force] if force else [])


@pytest.mark.parametrize(
    ("role", "text", "count"),
    [
        ("outcome", "Ministers agreed to open counters.", 1),
        ("report", "Ministers agreed to open counters.", 0),
        ("report", "States should open counters.", 1),
        ("", "States should open counters.", 1),
        ("speech", "We must open counters.", 0),
        ("analysis", "States should open counters.", 0),
        ("account", "States should open counters.", 0),
        ("outcome", "Prime Minister Brown urged members to open counters.", 0),
    ],
)
def test_only_documents_in_their_own_voice_recommend(role: str, text: str, count: int) -> None:
    assert len(table(body(text), role=role)) == count


def test_objective_is_that_of_the_sentence() -> None:
    text = "We intend to reduce the cost of remittances of migrants. We plan to prevent trafficking in persons."
    assert [(r["objective"], r["objective_basis"]) for r in table(body(text))] == [(20, "implied"), (10, "implied")]


@pytest.mark.parametrize(
    ("language", "text", "means"),
    [
        ("en", "States should act by sharing lists and opening counters.", "by sharing lists and opening counters"),
        ("en", "States should act, including through fairs, in order to help.", "including through fairs"),
        ("en", "States should act through fairs; they should also wait.", "through fairs"),
        ("en", "States should act by, for example, opening counters.", "by, for example, opening counters"),
        ("en", "The list should be read by the Chair.", ""),
        ("en", "The talks through which we should agree are late.", ""),
        ("es", "Se debe actuar mediante ferias a fin de ayudar.", "mediante ferias"),
        ("fr", "Il faut agir, notamment en ouvrant des guichets.", "notamment en ouvrant des guichets"),
        ("fr", "Il faut agir en tant que voisins.", ""),
        ("pt", "É necessário agir por meio de feiras.", "por meio de feiras"),
    ],
)
def test_means(language: str, text: str, means: str) -> None:
    assert [row["means"] for row in table(body(text), language=language)] == [means]


def test_partnerships_are_those_of_the_sentence() -> None:
    texts = body("Unions met. States should invite cities and the Lake Process. Banks may come.")
    found = [
        ("¶1", "stakeholder.trade_unions", "Unions", ""),
        ("¶1", "stakeholder.local_communities", "cities", ""),
        ("¶1", "iscm.named", "Lake Process", "Lake Process (LP)"),
        ("¶1", "other.imrf", "States", ""),
    ]
    row = table(texts, found)[0]
    assert (row["partnerships"], row["partners"]) == (
        "cities; Lake Process",
        "Local authorities and communities; Lake Process (LP)",
    )
    assert row["recommendation"] == "States should invite cities and the Lake Process."


def test_words_that_bind_and_partners_are_bold() -> None:
    made = recommendations_table(
        records(frames(body("States should help cities."), [("¶1", "stakeholder.local_communities", "cities", "")]))
    )
    assert [run.text for run in made.rich["quote"][0] if run.is_bold] == ["should", "cities"]


def test_items_below_leading_words_are_recommendations() -> None:
    texts: list[Text] = [
        ("4", "paragraph", None, "We agree to:"),
        ("4(a)", "subparagraph", None, "Open counters by hiring clerks;"),
        ("4(b)", "subparagraph", None, "Fairness."),
        ("5", "paragraph", None, "Open doors are welcome."),
    ]
    rows = table(texts)
    assert [(r["paragraph"], r["basis"], r["lead"], r["means"]) for r in rows] == [
        ("4(a)", "list", "We agree to:", "by hiring clerks")
    ]


LEADS = "The following recommendations were adopted."


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            (
                "Members agreed:",
                "Establish counters in town.",
                "1. Share lists with all.",
                "The day ended.",
                "Share all the rest too.",
            ),
            ["¶2", "¶3"],
        ),
        ((LEADS, "Establish counters in town.", "A break was made.", "• Share lists with all."), ["¶2", "¶4"]),
        ((LEADS, "Counters in town are old."), []),
        (("Members met:", "Share lists with all."), []),
    ],
)
def test_unnumbered_lists(texts: tuple[str, ...], found: list[str]) -> None:
    assert [row["paragraph"] for row in table(body(*texts)) if row["basis"] == "list"] == found


def test_a_list_ends_with_its_heading() -> None:
    texts = frames(body(LEADS, "Share lists with all."))
    texts[0].loc[1, "heading_path"] = "Another part"
    assert recommendations_table(records(texts)).frame.empty


@pytest.mark.parametrize("kind", ["preambular", "heading", "title", "frontmatter", "note", "furniture"])
def test_preambles_and_headings_recommend_nothing(kind: str) -> None:
    assert table(body("States should open counters.", kind=kind)) == []


HEADS = [
    ("Recommendations/Actionable commitment", "Means of implementation", "Partnerships"),
    ("Recommendation", "Implementation", "Partners"),
    ("Recomendaciones / compromisos", "Medios de implementación", "Alianzas"),
    ("Recommandations", "Moyens de mise en œuvre", "Partenariats"),
    ("Recomendações", "Meios de implementação", "Parcerias"),
    ("RECOMENDATIONS", "Means of implementaton", "PARTNERSHIP"),
]


@pytest.mark.parametrize("head", HEADS)
def test_own_table_is_read_as_printed(head: tuple[str, ...]) -> None:
    rows = table(cells(head, ("• Open counters", "Clerks should be hired.", "Cities, unions")))
    assert [(r["recommendation"], r["means"], r["partnerships"], r["basis"]) for r in rows] == [
        ("Open counters", "Clerks should be hired.", "Cities, unions", "table")
    ]
    assert rows[0]["citation"] == "T1/R2/C1, T1/R2/C2, T1/R2/C3"


def test_columns_are_told_by_their_header_and_may_stand_below_a_title() -> None:
    rows = table(
        cells(("Action group three",), ("No.", "Partners", "Recommendation"), ("1", "Cities", "Open counters"))
    )
    assert [(r["recommendation"], r["partnerships"], r["means"]) for r in rows] == [("Open counters", "Cities", "")]


def test_other_tables_are_not_read() -> None:
    assert table(cells(("Objective", "Action"), ("Data", "States should open counters."))) == []


def test_a_row_that_heads_a_group_is_no_recommendation() -> None:
    rows = table(cells(("Recommendation", "Means"), ("Regional level", ""), ("Open counters", "Clerks")))
    assert [r["recommendation"] for r in rows] == ["Open counters"]


def test_a_table_goes_on_after_a_page_break_but_not_after_text() -> None:
    first = cells(("Recommendation", "Means"), ("Open counters", "Clerks"))
    second = cells(("", "More clerks"), ("Share lists", "Post"), name="T2")
    rows = table([*first, ("furniture#1", "furniture", None, "Page 2"), *second])
    assert [(r["recommendation"], r["means"]) for r in rows] == [
        ("Open counters", "Clerks"),
        ("Open counters", "More clerks"),
        ("Share lists", "Post"),
    ]
    assert len(table([*first, *body("A word between."), *second])) == 1


def test_a_header_repeated_on_the_next_page_is_no_row() -> None:
    head = ("Recommendation", "Means")
    rows = table([*cells(head, ("Open counters", "Clerks"), head, ("Share lists", "Post"))])
    assert [r["recommendation"] for r in rows] == ["Open counters", "Share lists"]


def test_nothing_gives_an_empty_table() -> None:
    assert table([]) == []


def test_a_quote_of_a_long_sentence_is_cut_at_twice_the_usual_length() -> None:
    more = ", ".join(f"and of port number {n}" for n in range(60))
    (row,) = table(body(f"States should open more counters {more}."))
    assert str(row["quote"]).startswith("States should open more counters and of port number 0, ")
    assert 1.5 * quote.LIMIT < len(str(row["quote"])) <= 2 * quote.LIMIT
