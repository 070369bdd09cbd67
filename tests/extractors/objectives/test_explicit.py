"""Explicit mentions: one line a case; what stands for what, and what must not be taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.lexicon.compact import load_compact
from extractors.objectives.anchors import load_anchors
from extractors.objectives.explicit import explicits

GCM = "Global Compact for Safe, Orderly and Regular Migration"


def found(text: str, language: str = "en", kind: str = "objective") -> list[int | str]:
    """The numbers of one kind, each once, in order of place."""
    return list(dict.fromkeys(m.number for m in explicits(language).find([text])[0] if m.kind == kind))


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("Objective 5: Enhance availability and flexibility of pathways for regular migration", 5),
        ("OBJECTIVE 5 – Enhance availability and flexibility of pathways for regular migration", 5),
        ("Objective 8: Save liv", 8),
        ("Objective 8: Save li", None),
        ("Objective 8", None),
        ("Objective 6: Enhance availability and flexibility of pathways for regular migration", None),
        ("Objectives 5 and 8: Enhance availability and flexibility of pathways for regular migration", None),
        ("Enhance availability and flexibility of pathways for regular migration", None),
        ("", None),
    ],
)
def test_a_heading_prints_the_number_and_title_of_one_objective(heading: str, number: int | None) -> None:
    assert explicits("en").title_of(heading) == number


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("Objective 5 of the GCM", "en", [5]),
        ("objectives 5 and 6 of the Global Compact", "en", [5, 6]),
        ("GCM objectives 2, 5–7", "en", [2, 5, 6, 7]),
        ("objectives 1 to 3 of the Global Compact for Migration", "en", [1, 2, 3]),
        (f"guided by the {GCM}, in particular objective 23", "en", [23]),
        ("the Global Compact, notably objectives 1, 3 and 17 and SDG target 10.7", "en", [1, 3, 17]),
        (f"the {GCM} and its objectives (2) and (7)", "en", [2, 7]),
        ("Objective 8: Save lives and establish coordinated international efforts", "en", [8]),
        ("objectives 7 and 10 others of the GCM", "en", [7]),
        ("objectives 1 (data), 3 (information) and 17 (narratives) of the GCM", "en", [1, 3, 17]),
        ("objectives 5 and 6, as well as objective 23, of the Global Compact", "en", [5, 6, 23]),
        ("the Global Compacts on Refugees and for Safe, Orderly and Regular Migration: objective 8", "en", [8]),
        ("le Pacte mondial sur les migrations et l’objectif 23 du Pacte", "fr", [23]),
        ("los objetivos 5, 6 y 23 del Pacto Mundial para la Migración Segura, Ordenada y Regular", "es", [5, 6, 23]),
        ("objetivos 1 a 3 del Pacto Mundial sobre Migración", "es", [1, 2, 3]),
        ("les objectifs 2 et 5 à 7 du Pacte mondial sur les migrations", "fr", [2, 5, 6, 7]),
        ("os objetivos 1 a 3 do Pacto Global para uma Migração Segura, Ordenada e Regular", "pt", [1, 2, 3]),
        ("الهدف 23 من الاتفاق العالمي من أجل الهجرة الآمنة والمنظمة والنظامية", "ar", [23]),
        ("Strengthen the transnational response to the smuggling of migrants", "en", [9]),
    ],
)
def test_objectives(text: str, language: str, numbers: list[int]) -> None:
    assert found(text, language) == numbers


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("objective 23", "en"),
        ("the Marrakesh Action Plan 2018–2020, in particular objective 3", "en"),
        (f"the {GCM}; objective 3 of the Action Plan", "en"),
        ("objective 3 of the Global Compact on Refugees", "en"),
        ("objective 8 of the Sustainable Development Goals and the GCM", "en"),
        (f"Goal 8 and the {GCM}", "en"),
        (f"the 23 objectives of the {GCM}", "en"),
        (f"objective 24 of the {GCM}", "en"),
        (f"objective 1.2 of the {GCM}", "en"),
        (f"Figure 5: progress on the {GCM} objectives 4", "en"),
        ("Objective 1: Maximise the positive impact of regular migration for development", "en"),
        (f"the {GCM} promotes safe, orderly and regular migration in the context of international migration", "en"),
        ("el Objetivo 8 de Desarrollo Sostenible y el PMM", "es"),
        ("l'objectif 8 de développement durable", "fr"),
    ],
)
def test_not_the_compacts_objectives(text: str, language: str) -> None:
    assert found(text, language) == []


BARE = "Progress on objective 7 was uneven."


@pytest.mark.parametrize(
    ("before", "text", "heading", "numbers"),
    [
        ([f"Recalling the {GCM},"], BARE, "", [7]),
        ([f"Recalling the {GCM} and the Rabat Action Plan,"], BARE, "", []),
        (["Recalling the Rabat Action Plan,", f"Noting the {GCM},"], BARE, "", [7]),
        ([f"Recalling the {GCM},", "Noting the Rabat Action Plan,"], BARE, "", []),
        ([f"Recalling the {GCM},", "Noting the Rabat Action Plan,"], BARE, "The Global Compact", [7]),
        ([f"Recalling the {GCM},"], BARE, "The Rabat Action Plan", []),
        ([f"Recalling the {GCM},", "Noting the Rabat Action Plan,"], "Round table (objectives 2, 5, 6)", "", [2, 5, 6]),
        ([f"Recalling the {GCM},", "Noting the Rabat Action Plan,"], "Round table (objectives 2 and 18)", "", [2, 18]),
        ([f"Recalling the {GCM},", "Objective 1: Enlarge trade in goods and services"], BARE, "", []),
        (["Recalling the Rabat Action Plan,"], "Round table (objectives 2, 5, 6 and 18)", "", []),
        ([f"Noting the {GCM} and the 2030 Agenda,"], BARE, "", [7]),
    ],
)
def test_a_bare_number_belongs_to_what_is_named_nearest(
    before: list[str], text: str, heading: str, numbers: list[int]
) -> None:
    texts = [*before, text]
    mentions = explicits("en").find(texts, [*[""] * len(before), heading])[-1]
    assert [m.number for m in mentions if m.kind == "objective"] == numbers


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("paragraphs 47, 50 and 52 of the Global Compact for Migration", ["47", "50", "52"]),
        ("the Global Compact for Migration (paras. 47 and 22 (b) and (c))", ["47", "22(b)", "22(c)"]),
        ("paragraph 43 (b) (iii) of the Marrakech Compact", ["43(b)(iii)"]),
        ("paragraphs 15 (a) to (c) of the Marrakech Compact", ["15(a)", "15(b)", "15(c)"]),
        ("paragraphs 48 to 50 of the Marrakech Compact", ["48", "49", "50"]),
        ("paragraph 3 of the present resolution and the Marrakech Compact", []),
        ("the Marrakech Compact, and paragraph 5 above", []),
        ("paragraph 16 of its resolution 71/280 on the Marrakech Compact", []),
        ("see GCM, paras. 24 and 49(b)", ["24", "49(b)"]),
        ("paragraph 55 of the Marrakech Compact", []),
        ("paragraphs 47 and 50", []),
    ],
)
def test_paragraphs(text: str, ids: list[str]) -> None:
    assert found(text, kind="paragraph") == ids


@pytest.mark.parametrize(
    ("text", "language", "ids"),
    [
        ("el párrafo 22 a) y b) del Pacto de Marrakech", "es", ["22(a)", "22(b)"]),
        ("los párrafos 22, apartados a) a c), y 48 del Pacto de Marrakech", "es", ["48", "22(a)", "22(b)", "22(c)"]),
        ("les alinéas a) et c) du paragraphe 22 du Pacte de Marrakech", "fr", ["22(a)", "22(c)"]),
        ("parágrafo 22, alíneas a) e b), do Pacto Global para a Migração", "pt", ["22(a)", "22(b)"]),
        ("subparagraphs (a) and (b) of paragraph 22 of the Marrakech Compact", "en", ["22(a)", "22(b)"]),
        ("الفقرة 22 (أ) و (ب) من الاتفاق العالمي من أجل الهجرة الآمنة والمنظمة والنظامية", "ar", ["22(أ)", "22(ب)"]),
    ],
)
def test_letters_of_paragraphs_in_the_form_of_each_language(text: str, language: str, ids: list[str]) -> None:
    assert found(text, language, "paragraph") == ids


@pytest.mark.parametrize(
    ("text", "language", "targets"),
    [
        ("SDG target 10.7", "en", ["10.7"]),
        ("targets 8.7, 8.8 and 10.c of the 2030 Agenda", "en", ["8.7", "8.8", "10.c"]),
        ("la meta 10.7 de los Objetivos de Desarrollo Sostenible", "es", ["10.7"]),
        ("la cible 10.7 des ODD", "fr", ["10.7"]),
        ("Goal 8, target 20.1 and a target of 3.5 per cent", "en", []),
        ("a growth target 3.5 per cent", "en", []),
        ("target 1.2 of the Strategic Plan", "en", []),
    ],
)
def test_sdg_targets(text: str, language: str, targets: list[str]) -> None:
    assert found(text, language, "sdg_target") == targets


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("a whole-of-government and whole-of-society approach", "en", [9, 10]),
        ("child-sensitive and gender-responsive approaches", "en", [8, 7]),
        ("the principle of national sovereignty", "en", [3]),
        ("un enfoque pangubernamental y pansocial", "es", [9, 10]),
        ("une approche mobilisant l'ensemble des pouvoirs publics et l'ensemble de la société", "fr", [9, 10]),
        (
            f"the {GCM} and its guiding principles: people-centred, international cooperation, human rights",
            "en",
            [1, 2, 6],
        ),
        ("migration and the 2030 Agenda for Sustainable Development", "en", [5]),
        ("child-sensitive policies and the whole of government", "en", []),
        ("Paris Principles and the Guiding Principles on Business and Human Rights", "en", []),
        ("space and the 2030 Agenda for Sustainable Development", "en", []),
    ],
)
def test_principles(text: str, language: str, numbers: list[int]) -> None:
    assert found(text, language, "principle") == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("the session on “Irregular migration and regular pathways, including decent work, labour mobility”", [2]),
        ("Contributions of migrants and diasporas to all dimensions of sustainable development", [4]),
        ("respect for the human rights of all migrants, and for irregular migration and regular pathways", []),
        ("all forms of discrimination, including racism, xenophobia and intolerance against migrants", []),
    ],
)
def test_themes(text: str, numbers: list[int]) -> None:
    assert found(text, kind="theme") == numbers


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        (f"the {GCM} (GCM) and the GCM", "en", [f"{GCM} (GCM)", "GCM"]),
        (f"the {GCM}. This Compact, the Compact with Africa", "en", [GCM, "Compact"]),
        ("the Global Compact on Refugees and the United Nations Global Compact", "en", []),
        ("el Pacto Mundial para la Migración Segura, Ordenada y Regular (PMM)", "es",
         ["Pacto Mundial para la Migración Segura, Ordenada y Regular (PMM)"]),
        ("GCM models of the atmosphere", "en", []),
    ],
)  # fmt: skip
def test_names(text: str, language: str, names: list[str]) -> None:
    mentions = explicits(language).find([text])[0]
    assert [text[m.start : m.end] for m in mentions if m.kind == "compact"] == names


@pytest.mark.parametrize("objective", load_compact().objectives, ids=lambda o: str(o.number))
def test_every_title_is_found_as_printed_and_in_capitals(objective: object) -> None:
    for language, title in objective.titles.items():  # type: ignore[attr-defined]
        for text in (title, title.upper(), f"“{title}”"):
            assert found(text, language) == [objective.number], title  # type: ignore[attr-defined]


@given(st.lists(st.integers(1, 23), min_size=1, max_size=6, unique=True))
def test_any_list_is_read_whole(numbers: list[int]) -> None:
    listed = ", ".join(map(str, numbers[:-1])) + (" and " if numbers[1:] else "") + str(numbers[-1])
    noun = "objectives" if numbers[1:] else "objective"
    assert set(found(f"We recall {noun} {listed} of the {GCM}.")) == set(numbers)


@given(st.text(max_size=200))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for m in explicits("en").find([text, f"{text} objective 5 of the GCM"])[1]:
        assert 0 <= m.start < m.end <= len(text) + 25


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt", "ar"])
def test_names_are_found_where_they_begin_as_by_trying_every_place(language: str) -> None:
    anchors = load_anchors(language)
    for text in (
        "The GCM, the Plan of action and this Plan",
        "el Pacto Mundial para la Migración y una resolución",
        "İ plan",
    ):
        for finder in (anchors._names, anchors._pointed, anchors._other):
            everywhere = [hit.span() for hit in finder._expression.finditer(text)]
            assert [hit.span() for hit in finder.finditer(text)] == everywhere


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("the plan of action", "plan"),
        ("the Plan OF Action", "plan"),
        ("the global compact on refugees", "plan"),
        ("the GLOBAL COMPACT ON REFUGEES", "plan"),
        (f"the {GCM}", "compact"),
        ("the Compact", "short"),
    ],
)
def test_documents_are_told_apart_in_any_case(text: str, whose: str) -> None:
    assert [anchor.whose for anchor in load_anchors("en").find(text)] == [whose]
