"""Which titles of objectives and themes a text prints: whole, set off, with small differences."""

from __future__ import annotations

import pytest

from extractors.lexicon.compact import load_compact
from extractors.lexicon.words import untag
from extractors.objectives.titles import Titles
from tests.extractors.tagged import spans

PATHWAYS = "[[Enhance availability and flexibility of pathways for regular migration]]"
MISSING = "[[Save lives and establish coordinated international efforts on missing migrants]]"
RETURN = "[[Cooperate in facilitating safe and dignified return and readmission, as well as sustainable reintegration]]"
RIGHTS = "[[human rights of all migrants, social inclusion, cohesion, and all forms of discrimination]]"
IRREGULAR = "[[irregular migration and regular pathways]]"


def plain(text: str) -> str:
    return untag(text)[0]


SET_OFF = [
    (PATHWAYS, ["objective 5"]),
    (f"5. {PATHWAYS}.", ["objective 5"]),
    (f"(b) {PATHWAYS} (2018)", ["objective 5"]),
    (f"(bb) {plain(PATHWAYS)}", []),
    (f"{plain(PATHWAYS)} we do", []),
    (f'They read "{PATHWAYS}" aloud', ["objective 5"]),
    (f'They read " {PATHWAYS} . " aloud', ["objective 5"]),
    (f'They read "{plain(PATHWAYS)} aloud', []),
    (f'They read {plain(PATHWAYS)}" aloud', []),
    (f"under 5: {PATHWAYS} we act", ["objective 5"]),
    (f'under 5 - "{PATHWAYS} we act', ["objective 5"]),
    (f"under 15: {plain(PATHWAYS)} we act", []),
    (f"under 6: {plain(PATHWAYS)} we act", []),
    (f'They read "{PATHWAYS}" and "{MISSING}" aloud', ["objective 5", "objective 8"]),
]
DIFFERENCES = [
    ("[[Enhance availability and flexibility of pathway for regular migrations]]", ["objective 5"]),
    ("Enhance availability and flexibility of pathways to regular migration", []),
    ("Availability and flexibility of pathways for regular migration", []),
    ("Enhance availability and flexibility of pathways for regular mobility", []),
    ("Pathways for regular migration", []),
    ("[[Save lives and establish co-ordinated international efforts on missing migrants]]", ["objective 8"]),
    ("[[Save lives and establish coordinated and international efforts on missing migrants]]", ["objective 8"]),
    ("[[Save lives and establish coordinated efforts on missing migrants]]", ["objective 8"]),
    ("[[Save lives and establish coordinated international efforts on missing]] people", []),
    ("Save lives and set up coordinated international efforts on missing migrants", []),
    (RETURN, ["objective 21"]),
    (RETURN.replace("sustainable", "lasting"), ["objective 21"]),
    (RETURN.replace("sustainable ", ""), ["objective 21"]),
    (RETURN.replace("sustainable", "very sustainable"), ["objective 21"]),
    (plain(RETURN).replace("safe and dignified", "good and lasting"), []),
    (plain(RETURN).replace("as well as sustainable", "and so on to lasting"), []),
]
THEMES = [
    (f"The {RIGHTS} were discussed", ["theme 1"]),
    ("The [[human rights of all migrants, social inclusion and cohesion]] were discussed", ["theme 1"]),
    ("The human rights of all migrants, and inclusion were discussed", []),
    (f"The {plain(IRREGULAR)} of migrants were discussed", []),
    (f"The theme was {IRREGULAR}", ["theme 2"]),
    (f'They read "{IRREGULAR}" for migrants', ["theme 2"]),
    (f'They read " {IRREGULAR}" for migrants', ["theme 2"]),
    ("The theme was irregular migration, regular pathways", []),
    ("[[Contributions of migrants and diasporas to all dimensions of sustainable development]] count", ["theme 4"]),
    ("Contributions of migrants and diasporas to all dimensions of development count", []),
    (
        "[[Smuggling of migrants, trafficking in persons and contemporary forms of slavery, including appropriate "
        "identification]] count",
        ["theme 6"],
    ),
    ("Smuggling of migrants, trafficking in persons and slavery count", []),
    (
        "[[Addressing drivers of migration, including adverse effects of climate change, natural disasters and "
        "human-made crises, through protection]] count",
        ["theme 5"],
    ),
    ("Adverse effects of climate change, natural disasters and human-made crises, through protection count", []),
]


@pytest.mark.parametrize(("example", "numbers"), [*SET_OFF, *DIFFERENCES, *THEMES])
def test_titles(example: str, numbers: list[str]) -> None:
    found = Titles(load_compact(), "en").find(plain(example))
    assert [f"{quoted.kind} {quoted.number}" for quoted in found] == numbers
    assert not numbers or [(quoted.start, quoted.end) for quoted in found] == spans(example)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Aumentar la disponibilidad y flexibilidad de las vías de migración regular", "es"),
        ("Enhance availability and flexibility of pathways for regular migration", "es"),
        ("Faire en sorte que les filières de migration régulière soient accessibles et plus souples", "fr"),
    ],
)
def test_titles_are_found_in_the_language_and_in_english(text: str, language: str) -> None:
    quoted = Titles(load_compact(), language).find(text)
    assert [(q.kind, q.number, q.start, q.end, q.coverage) for q in quoted] == [("objective", 5, 0, len(text), 1.0)]
