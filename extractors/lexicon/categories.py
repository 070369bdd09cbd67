"""The categories of references: their names, their order, and the section of the published table each belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SECTIONS: Mapping[str, str] = {
    "iscm": "References to ISCMs",
    "igo": "References to IGOs",
    "stakeholder": "References to various categories of non-State stakeholders",
    "other": "Other references",
}
"""The four sections of the published analysis; the keys are the groups of the categories that belong there."""


LISTED_BY_WORDING = frozenset({"iscm.generic", "other.cooperation_dialogue"})


LISTED_BY_NAME = frozenset({"iscm.named"})


CATEGORIES: Mapping[str, str] = {
    "iscm.rcp": "Regional consultative processes on migration",
    "iscm.irf": "Interregional forums on migration",
    "iscm.global_process": "Global processes on migration",
    "iscm.generic": "State-led processes, platforms and forums",
    "iscm.gfmd": "Global Forum on Migration and Development",
    "iscm.idm": "International Dialogue on Migration",
    "iscm.named": "Named ISCMs",
    "igo.international_organization": "International organizations",
    "igo.regional_organization": "Regional and subregional organizations",
    "igo.un_regional_commission": "United Nations regional economic commissions",
    "igo.financial_institution": "Financial institutions",
    "igo.ifi": "International financial institutions",
    "igo.un_system": "United Nations system",
    "stakeholder.civil_society": "Civil society",
    "stakeholder.trade_unions": "Trade unions",
    "stakeholder.local_communities": "Local authorities and communities",
    "stakeholder.private_sector": "Private sector",
    "stakeholder.employers": "Employers",
    "stakeholder.diasporas": "Diasporas",
    "stakeholder.migrants": "Migrant organizations",
    "stakeholder.academia": "Academia",
    "stakeholder.parliamentarians": "Parliamentarians",
    "stakeholder.nhri": "National human rights institutions",
    "stakeholder.media": "Media",
    "stakeholder.faith_based": "Faith-based organizations",
    "stakeholder.philanthropy": "Philanthropic organizations",
    "other.cooperation_dialogue": "International cooperation and dialogue on migration",
    "other.iom": "International Organization for Migration",
    "other.un_network": "United Nations Network on Migration",
    "other.gmg": "Global Migration Group",
    "other.imrf": "International Migration Review Forum",
    "other.un_hld": "United Nations High-level Dialogue on International Migration and Development",
    "other.micic": "Migrants in Countries in Crisis (MICIC) Initiative",
}
"""The categories in the order of the tables, with their names; others follow by id."""


_ACRONYMS = frozenset(
    ["gfmd", "gmg", "idm", "ifi", "igo", "imrf", "iom", "irf", "iscm", "micic", "ngo", "nhri", "rcp", "sdg", "un"]
)


def category_label(category: str, labels: Mapping[str, str]) -> str:
    """The human name of a category: from `labels`, else the usual one, else the id made readable.

    >>> category_label("stakeholder.media", {"stakeholder.media": "The media"}), category_label("other.un_youth", {})
    ('The media', 'UN youth')
    """
    known = labels.get(category) or CATEGORIES.get(category)
    if known:
        return known
    words = [w.upper() if w in _ACRONYMS else w for w in category.rpartition(".")[2].split("_") if w]
    text = " ".join(words) or category
    return text[:1].upper() + text[1:]


def section_of(row: Mapping[str, Any]) -> str:
    """The section that the row names, else the one of its category's group."""
    for key, title in SECTIONS.items():
        if row["section"] in (key, title):
            return key
    group = row["category"].partition(".")[0]
    return group if group in SECTIONS else "other"
