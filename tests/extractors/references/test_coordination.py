"""Open wordings: what a coordination names, in each language; one example a line, its mentions tagged."""

from __future__ import annotations

import pytest

from tests.extractors.tagged import tagged

ENGLISH = [
    ("iscm.generic", "We invite [[subregional, regional and cross-regional processes, platforms]] and organizations on migration."),
    ("igo.regional_organization", "We invite [[subregional, regional and cross-regional processes, platforms and organizations]]."),
    ("iscm.generic", "We build on [[existing bilateral, subregional and regional platforms on migration]]."),
    ("iscm.generic", "[[State-led processes and platforms at the global and regional levels]] on migration."),
    ("iscm.generic", "Migrants need regional human rights mechanisms."),
    ("iscm.generic", "Migrants need online platforms and databases on migration."),
    ("other.cooperation_dialogue", "We need [[bilateral, regional and international cooperation]]."),
    ("other.cooperation_dialogue", "We need international cooperation."),
    ("other.cooperation_dialogue", "We need [[cross-regional dialogue]]."),
    ("igo.international_organization", "We thank [[international and regional organizations]]."),
    ("igo.regional_organization", "We thank international and [[regional organizations]]."),
    ("stakeholder.migrants", "We thank [[migrant and diaspora organizations]]."),
    ("stakeholder.diasporas", "We thank migrant and [[diaspora organizations]]."),
    ("stakeholder.local_communities", "We thank [[local authorities and communities]]."),
    ("stakeholder.local_communities", "We thank [[host countries and communities]]."),
    ("stakeholder.local_communities", "We thank [[local/regional authorities]] and/or others."),
    ("stakeholder.migrants", "We thank [[migrant/diaspora organizations]]."),
    ("iscm.gfmd", "The [[GFMD]] has [[business, civil society and mayors mechanisms]]."),
    ("iscm.gfmd", "The [[GFMD]] has a [[business / civil society / mayors mechanism]]."),
    ("igo.regional_organization", "We thank global and regional civil society organizations."),
    ("iscm.gfmd", "We have civil society and mayors mechanisms."),
    ("stakeholder.local_communities", "We thank the international community."),
]  # fmt: skip
SPANISH = [
    (
        "iscm.generic",
        "Los [[procesos, plataformas y mecanismos subregionales, regionales e interregionales]] sobre migración.",
    ),
    ("iscm.generic", "Los [[mecanismos regionales y bilaterales existentes]] en materia de migración."),
    ("other.cooperation_dialogue", "La [[cooperación bilateral, regional e internacional]] crece."),
    ("other.cooperation_dialogue", "La cooperación internacional crece."),
    ("igo.regional_organization", "Las [[organizaciones internacionales y regionales]] ayudan."),
    ("igo.regional_organization", "Las organizaciones internacionales y [[organizaciones regionales]] ayudan."),
    ("stakeholder.migrants", "Las [[organizaciones de migrantes]] ayudan."),
]
FRENCH = [
    ("iscm.generic", "Les [[processus et mécanismes régionaux et interrégionaux existants]] sur la migration."),
    ("other.cooperation_dialogue", "La [[coopération bilatérale, régionale et internationale]] croît."),
    ("other.cooperation_dialogue", "La coopération internationale croît."),
    ("igo.regional_organization", "Les [[organisations internationales et régionales]] aident."),
]
PORTUGUESE = [
    ("iscm.generic", "Os [[processos e mecanismos regionais e inter-regionais existentes]] sobre migração."),
    ("other.cooperation_dialogue", "A [[cooperação bilateral, regional e internacional]] cresce."),
    ("other.cooperation_dialogue", "A cooperação internacional cresce."),
    ("igo.regional_organization", "As [[organizações internacionais e regionais]] ajudam."),
]
CASES = [
    (language, category, example)
    for language, cases in (("en", ENGLISH), ("es", SPANISH), ("fr", FRENCH), ("pt", PORTUGUESE))
    for category, example in cases
]


@pytest.mark.parametrize(("language", "category", "example"), CASES)
def test_coordination(language: str, category: str, example: str) -> None:
    assert tagged(example, category, language) == example


@pytest.mark.parametrize("space", ["  ", "\u00a0", "\u2009"])
@pytest.mark.parametrize(("category", "example"), ENGLISH[:3])
def test_white_space_changes_nothing(category: str, example: str, space: str) -> None:
    spaced = example.replace(" ", space)
    assert tagged(spaced, category) == spaced
