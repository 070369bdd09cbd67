"""Open wordings: what a coordination names, in each language; one example a line, its mentions tagged."""

from __future__ import annotations

import pytest

from tests.extractors.tagged import tagged

LONG = "After days of talks in the towns by the river, and with thanks to all of them who came, we invite"
LARGO = "Tras días de largas conversaciones en los pueblos junto al río, y con gracias a todos los que vinieron,"
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
    ("iscm.generic", "We invite regional organizations, platforms, towns on migration."),
    ("iscm.generic", "We use [[regional processes, platforms]] and towns on migration."),
    ("iscm.generic", f"{LONG} [[regional platforms and processes on migration]]."),
    ("iscm.generic", "We invite [[regional processes]] and the platforms on migration."),
    ("iscm.generic", "We use [[regional big old green platforms]] for migrants."),
    ("iscm.generic", "We use regional big old green long platforms for migrants."),
    ("iscm.generic", "We use [[regional big old green interregional small round dark platforms]] for migrants."),
    ("iscm.generic", "We use [[regional migration platforms]]."),
    ("iscm.generic", "We use regional migration town platforms."),
    ("iscm.generic", "We use [[existing large, regional and global mechanisms]] for migrants."),
    ("iscm.generic", "We use existing transnational, regional and global mechanisms for migrants."),
    ("iscm.generic", "We use [[subregional green, regional and global platforms]] for migrants."),
    ("iscm.generic", "We use subregional hills, [[regional and global platforms]] for migrants."),
    ("iscm.generic", "We use subregional, walking, [[regional and global platforms]] for migrants."),
    ("iscm.generic", "We use [[subregional new platforms]] and regional and towns for migrants."),
    ("iscm.generic", "We use the [[regional relevant platforms]] for migrants."),
    ("iscm.generic", "We use regional and platforms for migrants."),
    ("iscm.generic", "We use [[existing mechanisms, platforms and frameworks]] on migration."),
    ("iscm.generic", "We use [[existing mechanisms and platforms]], towns for migrants."),
    ("iscm.generic", "We use [[existing mechanisms and platforms]] and the towns for migrants."),
    ("iscm.generic", "We use [[platforms at the regional and global levels]] for migrants."),
    ("iscm.generic", "We use [[platforms at both the regional and the global level]] for migrants."),
    ("iscm.generic", "We use platforms at the regional and global towns for migrants."),
    ("iscm.generic", "We use platforms at level regional for migrants."),
    ("iscm.generic", "We use [[regional platforms on international migration]]."),
    ("iscm.generic", "We use [[regional platforms]] on the old migration."),
    ("iscm.gfmd", "The [[GFMD]] has a [[civil society mechanism]]."),
    ("other.cooperation_dialogue", "We need bilateral and regional cooperation agreements."),
    ("other.cooperation_dialogue", "We need [[bilateral and regional cooperation]], agreements and roads."),
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
    ("stakeholder.trade_unions", "Vinieron organizaciones internacionales, [[centrales sindicales]] y otros."),
    ("stakeholder.employers", "Vinieron organizaciones internacionales y [[asociaciones de empleadores]]."),
    ("stakeholder.migrants", "Las [[organizaciones de migrantes]] ayudan."),
    ("iscm.generic", "Los [[procesos y las plataformas regionales]] sobre migración."),
    ("iscm.generic", f"{LARGO} los [[procesos y plataformas regionales y subregionales]] sobre migración."),
    ("iscm.generic", "Los [[existentes mecanismos regionales]] de migrantes."),
    ("iscm.generic", "Las [[plataformas grandes nuevas regionales]] sobre migración."),
    ("iscm.generic", "Las plataformas grandes nuevas verdes regionales sobre migración."),
    ("iscm.generic", "Las [[plataformas subregionales grandes nuevas regionales]] sobre migración."),
    ("iscm.generic", "Las [[plataformas regionales, grandes y subregionales]] sobre migración."),
    ("iscm.generic", "Las [[plataformas regionales y grandes subregionales]] sobre migración."),
    ("iscm.generic", "Las [[plataformas regionales]] y grandes sobre migración subregional."),
    ("iscm.generic", "Los procesos políticos regionales sobre migración."),
    ("iscm.generic", "Los procesos regionales y políticos subregionales sobre migración."),
    ("iscm.generic", "Las [[plataformas de trabajo regionales]] sobre migración."),
    ("iscm.generic", "Las plataformas de la regional sobre migración."),
    ("iscm.generic", "Las plataformas, regionales sobre migración."),
    ("iscm.generic", "Las [[plataformas pertinentes regionales]] sobre migración."),
    ("iscm.generic", "Las [[plataformas a nivel regional y mundial]] sobre migración."),
]
FRENCH = [
    ("iscm.generic", "Les [[processus et mécanismes régionaux et interrégionaux existants]] sur la migration."),
    ("other.cooperation_dialogue", "La [[coopération bilatérale, régionale et internationale]] croît."),
    ("other.cooperation_dialogue", "La coopération internationale croît."),
    ("igo.regional_organization", "Les [[organisations internationales et régionales]] aident."),
    ("iscm.generic", "Les [[plateformes aux niveaux régional et mondial]] sur la migration."),
    ("iscm.generic", "Les [[plateformes et les forums régionaux]] sur la migration."),
]
PORTUGUESE = [
    ("iscm.generic", "Os [[processos e mecanismos regionais e inter-regionais existentes]] sobre migração."),
    ("other.cooperation_dialogue", "A [[cooperação bilateral, regional e internacional]] cresce."),
    ("other.cooperation_dialogue", "A cooperação internacional cresce."),
    ("igo.regional_organization", "As [[organizações internacionais e regionais]] ajudam."),
    ("iscm.generic", "As [[plataformas em nível regional e mundial]] sobre migração."),
    ("iscm.generic", "Os [[foros e as plataformas regionais]] sobre migração."),
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


@pytest.mark.parametrize(
    ("opening", "words", "is_found"),
    [
        ("Migration", 58, True),  # 60 words from the head
        ("Migration", 59, False),
        ("Migration migration", 200, False),
        ("Migration migration migration", 355, True),  # three words of 360
        ("Migration migration migration", 356, False),
    ],
)
def test_how_far_a_word_of_migration_reaches(opening: str, words: int, is_found: bool) -> None:
    text = f"{opening}{' x' * words} [[regional platforms]]"
    assert (tagged(text, "iscm.generic") == text) is is_found
