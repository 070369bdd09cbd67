"""Exact wordings: case, negatives, names around them, what belongs to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extractors.tagged import tagged

NAMES = [
    "the [[River Forum on Walking]] met",
    "the River forum on walking met",
    "the [[River Forum on Walking (RFW)]] met, and the [[RFW]] left",
    "the [[River Forum on Walking]] (the place to be) met",
    "the [[River Forum on Walking]] (2044) met",
    "the [[River Forum on Walking]] (held in May 2044) met",
    "rfw is no acronym",
    "the [[Lake Forum]] met",
    "the Lake Forum of Anglers met",
    "the Lake Forum of Anglers met the [[Lake Forum]]",
    "the [[Hill Process]] met",
    "the [[Hill process]] met",
    "the [[hill process]] and the [[Hill-Process]] met",
    "the [[RFW]]-[[RFW]] meeting, a [[Lake Forum]]-[[Lake Forum]] meeting and RFW-led work",
    "the [[Seventh Hill Process]] met",
    "the [[7th Hill Process]] met",
    "the [[VII Hill Process]] met",
    "seven Hill [[Hill Process]] meetings",
    "the Upper-Hill Processing plant",
    "“[[Lake Forum]]”, ([[Lake Forum]]); [[Lake Forum]].",
    "the\u00a0[[Lake\u00a0Forum]]\u00a0met",
    "the [[Lake  Forum]] met",
    "the [[Lake Forum]]’s chair",
    "[[Seventh Hill Process]] met",
    "the seventh [[Hill Process]] met",
    "the [[River Forum on Walking (ABCDEFGHIJKLMN)]] met",
    "the [[River Forum on Walking]] (ABCDEFGHIJKLMNO) met",
    "the [[River Forum on Walking]] (R F W) met",
    "the [[River Forum on Walking (RF & W)]] met",
    "the [[Hill Process (HP)]]",
]
TERMS = [
    "with [[walkers]] and others",
    "with a [[walker]]",
    "With [[Walkers]]",
    "with [[WALKERS]]",
    "with [[walker(s)]], [[walker(s) organizations]]",
    "with [[walker organizations]]",
    "with [[walkers groups]] and networks",
    "with [[walkers]] of all groups",
    "with sleep walkers",
    "with sleep walkers and [[walkers]]",
    "with firewalkers and walkersby",
    "with [[walkers]]1, and others",
    "the [[walking clubs]]",
    "with [[walkers big old groups]]",
    "with [[walkers]] big old new groups",
    "with [[walkers big groups]] of all",
    "with [[walkers]] and groups",
    "with [[walkers]] Groups",
    "the Walkers Union",
    "the [[Walkers]] of Peace",
    "the [[WALKERS]] Union",
    "the Walking Clubs of Peace",
    "the [[Walking Clubs]] of peace",
    "the [[WALKING CLUBS]] of Peace",
    "the [[walking Clubs]] of Peace",
    "the [[Walking Clubs]] of",
    "the Walking Clubs Bank",
    "the [[Walking clubs]] Bank",
    "the [[Walking Clubs]] 7",
]
ORGANIZATIONS = [
    "with [[path organizations]]",
    "the [[Path Organization]] met",
    "the Path Organization of Walkers met",
    "the Path Organization for Rest met",
    "the [[path organization]] of Walkers met",
    "the [[Path Organizations]] of the river",
]
UNITED_NATIONS = [
    ("en", "the [[United Nations]]"),
    ("en", "the [[United Nations]] and Peace help"),
    ("en", "the [[United Nations]] of old help"),
    ("en", "the United Nations of Peace help"),
    ("en", "the United Nations charter"),
    ("en", "[[United Nations]] and others help"),
    ("en", "we, United Nations, help"),
    ("en", "the [[United Nations]], a body"),
    ("en", "the United Nations-led work"),
    ("en", "the United Nations' work"),
    ("en", "the United Nations 2030 plans"),
    ("en", "the Charter of the United Nations"),
    ("en", "the staff of the [[United Nations]]"),
    ("en", "of the [[United Nations]]"),
    ("es", "las [[Naciones Unidas]] y Paz ayudan"),
    ("es", "[[Naciones Unidas]] y otros ayudan"),
    ("es", "las Naciones Unidas de Paz"),
    ("es", "la Carta de las Naciones Unidas"),
    ("es", "el apoyo de las [[Naciones Unidas]]"),
    ("es", "la Nueva Naciones Unidas, que ayuda"),
    ("fr", "l'appui des [[Nations Unies]]"),
    ("fr", "la Charte des Nations Unies"),
    ("pt", "a Carta das Nações Unidas"),
    ("pt", "o apoio das [[Nações Unidas]]"),
]


@pytest.mark.parametrize("example", NAMES)
def test_names(example: str, small: Path) -> None:
    assert tagged(example, "iscm.named", folder=small) == example


@pytest.mark.parametrize("example", TERMS)
def test_terms(example: str, small: Path) -> None:
    assert tagged(example, "stakeholder.migrants", folder=small) == example


@pytest.mark.parametrize("example", ORGANIZATIONS)
def test_part_of_a_name(example: str, small: Path) -> None:
    assert tagged(example, "igo.international_organization", folder=small) == example


@pytest.mark.parametrize(("language", "example"), UNITED_NATIONS)
def test_where_the_united_nations_act(language: str, example: str) -> None:
    assert tagged(example, "igo.un_system", language) == example


@pytest.mark.parametrize("example", ["au [[Forum du fleuve]]", "la [[River Forum on Walking]]", "la walkers du fleuve"])
def test_names_of_other_languages_are_found_and_words_are_not(example: str, small: Path) -> None:
    assert tagged(example, "iscm.named", "fr", small) == example
    assert tagged(example, "stakeholder.migrants", "fr", small) == example.replace("[[", "").replace("]]", "")


@pytest.mark.parametrize(
    ("category", "example"),
    [
        ("other.iom", "the [[International Organization for Migration (IOM)]] and [[IOM]]"),
        ("iscm.gfmd", "the Global Forum on Remittances, Investment and Development"),
        ("iscm.gfmd", "the [[Global Forum on Migration and Development (GFMD)]]"),
        ("iscm.idm", "an international dialogue on migration"),
        ("iscm.idm", "the [[IOM International Dialogue on Migration]]"),
        ("iscm.rcp", "due process, in the process of migration"),
        ("stakeholder.local_communities", "the capacities of all"),
        ("igo.un_system", "the United Nations Convention on trade and the Charter of the United Nations"),
        ("igo.international_organization", "the International Organization of Employers"),
        ("iscm.named", "the [[Seventh Bali Process Ministerial Conference]]"),
    ],
)
def test_rules_hold_in_the_projects_lexicon(category: str, example: str) -> None:
    assert tagged(example, category) == example
