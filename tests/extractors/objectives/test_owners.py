"""Whose numbers a text names: the Compact's, another plan's, or nobody's; invented documents of several paragraphs."""

from __future__ import annotations

from extractors.objectives.explicit import explicits
from tests.golden_file import same_as_golden

DOCUMENTS = {
    "the Compact is named": """
The Global Compact for Migration has objectives; objective 5 and target 8.8 count, as does paragraph 3.
Objectives 2, 5 and 40 are met, and objectives 41, 42 and 5 are not.
Objective 3 of the Lake Action Plan, objective 4 of the present resolution, objective 6 above and objective 7 of the GCM.
Objective 8 (GCM), objective 9 (SDGs), GCM objective 10, SDG objective 11, the 2030 Agenda objective 12 and objectives 13.
The Compact, in its seventh objective, speaks; the third objective is another. The Compact. In its second objective.
Sustainable Development Goals: objectives 1, 2 and 3, and objectives 4 and 23.
All objectives of the Compact, and all 23 objectives, count.
The GCM Thematic Session met, GCM Objective 5 too; the Global Compact on Refugees and its objective 2.
Paragraphs 12 to 14, 22 (a), (b) and (d), 48 (a) to (c) and 99 of the Global Compact; paragraph 4 of the annex.
Paragraph 5 million, paragraph 16 of the Compact per cent, target 10 per cent and targets 10.7, 8.99 and 3.c of the Goals.
Target 4.3 of the Lake Strategy, target 4.3 of the Goals and the Lake Strategy, and target 4.b.
The 2030 Agenda and the Lake Plan are plans. Objective 14 is of them.
As objective 2 of the long and very old and very great and good of all the world Compact says, we go.
Objective 15 of the Compact, and objective 16 of the, we say, Compact. Objective 17 of Lake men.
""",
    "nothing is named": """
Objective 5 is to walk; the GCM is a machine of the river house and of many others in the towns of the lake.
Objectives 1, 2, 3, 4, 5, 6 and 7 are all of ours.
The GCM and objective 8 of it. GCM objective 6 too.
Objective 1: Enlarge the river. Objective 2: Narrow the lake.
""",
    "own objectives beside the Compact": """
Objective 1: Enlarge the river house.
Objective 5: Enlarge trade of all. Objective 6: Facilitate fair and ethical recruitment. Objective 7 - Fair recruitment.
We welcome the Global Compact for Safe, Orderly and Regular Migration.
Objective 2 is ours, objective 22 is not, and objectives 2, 3, 4, 5 and 6 are many.
The Lake Plan of Action is good.
Objective 4 is its own.
""",
    "human rights": """
Migrants have rights under the Convention on the Rights of the Child and the Universal Declaration of Human Rights.
The Convention on the Rights of the Child is old.
""",
}
SPANISH = """
El Pacto Mundial para la Migración y sus objetivos 5 y 23; el objetivo 4 de la Agenda 2030.
El objetivo 8 del Plan de Acción, el objetivo 9 del Pacto y el párrafo 16 del Pacto Mundial.
El segundo objetivo del Pacto y el párrafo 22 a) y b); la meta 10.7 de los Objetivos de Desarrollo Sostenible.
Objetivo 6: Facilitar la contratación equitativa y ética. Todos los objetivos del Pacto Mundial.
"""


def test_owners_are_the_golden_ones() -> None:
    rows: list[str] = []
    for language, name, document in [*(("en", *pair) for pair in DOCUMENTS.items()), ("es", "en español", SPANISH)]:
        texts = document.strip().split("\n")
        for under in ("", "Objectives of the Global Compact for Migration", "The Lake Plan of Action"):
            rows.append(f"# {name}{f', under: {under}' if under else ''}")
            for text, found in zip(texts, explicits(language).find(texts, [under] * len(texts)), strict=True):
                shown = [f"{m.kind} {m.number} {text[m.start : m.end]!r} {m.score:g}" for m in found]
                rows.append(
                    f"{text}\n  " + "\n  ".join(shown) if not under else f"  {[f'{m.kind} {m.number}' for m in found]}"
                )
    same_as_golden("extractors/owners.txt", ("\n".join(rows) + "\n").encode())
