"""Every example of every lexicon entry gives the references that it marks, and the lexicons keep their own rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.lexicon.categories import SECTIONS
from extractors.lexicon.entries import Entry, load_lexicon
from extractors.lexicon.words import expand, untag
from extractors.model import Paragraph
from extractors.references.examples import gaps
from pipeline.extract.references import mentions

LEXICONS = Path(__file__).parents[2] / "lexicons"
LANGUAGES = ("en", "es", "fr", "pt", "ar")
CATEGORIES = frozenset(
    """iscm.rcp iscm.irf iscm.global_process iscm.generic iscm.gfmd iscm.idm iscm.named
    igo.international_organization igo.regional_organization igo.un_regional_commission igo.financial_institution igo.ifi
    igo.un_system
    stakeholder.civil_society stakeholder.trade_unions stakeholder.local_communities stakeholder.private_sector
    stakeholder.employers stakeholder.diasporas stakeholder.migrants stakeholder.academia stakeholder.parliamentarians
    stakeholder.nhri stakeholder.media stakeholder.faith_based stakeholder.philanthropy
    other.cooperation_dialogue other.iom other.un_network other.gmg other.imrf other.un_hld other.micic""".split()
)
NEVER = {
    "en": "the community of States; the international community; all relevant stakeholders; social dialogue; "
    "the General Assembly; the Secretary-General; the Human Rights Council; the Committee on Migrant Workers; "
    "the Special Rapporteur on the human rights of migrants; the Charter of the United Nations; due process; "
    "the United Nations Convention against Corruption; the Commission on Population and Development; "
    "States Members of the United Nations; capacities",
    "es": "la comunidad internacional; todas las partes interesadas; el diálogo social; la Asamblea General; "
    "el Secretario General; el Consejo de Derechos Humanos; la Carta de las Naciones Unidas; la Comisión de Población y Desarrollo; "
    "la vida privada",
    "fr": "la communauté internationale; toutes les parties prenantes; le dialogue social; l'Assemblée générale; "
    "le Secrétaire général; le Conseil des droits de l'homme; la Charte des Nations Unies; la Commission de la condition de la femme; "
    "les mesures entreprises",
    "pt": "a comunidade internacional; todas as partes interessadas; o diálogo social; a Assembleia Geral; "
    "o Secretário-Geral; o Conselho de Direitos Humanos; a Carta das Nações Unidas; a vida privada",
    "ar": "المجتمع الدولي; لجنة السكان والتنمية; "
    "جميع الجهات المعنية; الحوار الاجتماعي; الجمعية العامة للأمم المتحدة; الأمين العام للأمم المتحدة; "
    "مجلس حقوق الإنسان; ميثاق الأمم المتحدة",
}


def found(text: str, language: str, entry: str) -> list[tuple[int, int]]:
    """The spans that an entry gets in a document of one paragraph."""
    paragraph = Paragraph(order=1, paragraph="1", kind="paragraph", text=text)
    return [(m.start, m.end) for _, m in mentions([paragraph], language) if m.rule.startswith(f"{entry}/")]


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(entry.id, language, text, id=f"{entry.id}-{language}-{number}")
        for entry in load_lexicon().entries
        for language, texts in getattr(entry, kind).items()
        for number, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(("entry", "language", "example"), cases("examples"))
def test_example(entry: str, language: str, example: str) -> None:
    text, marked = untag(example)
    assert [text[slice(*span)] for span in found(text, language, entry)] == [text[slice(*span)] for span in marked]
    assert found(text, language, entry) == list(marked)


@pytest.mark.parametrize(("entry", "language", "example"), cases("counter_examples"))
def test_counter_example(entry: str, language: str, example: str) -> None:
    assert [example[slice(*span)] for span in found(example, language, entry)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_never_a_reference(language: str) -> None:
    for text in NEVER[language].split("; "):
        paragraph = Paragraph(order=1, paragraph="1", kind="paragraph", text=text)
        assert [m.rule for _, m in mentions([paragraph], language)] == [], text


@pytest.mark.parametrize("entry", load_lexicon().entries, ids=lambda e: e.id)
def test_entry_has_an_example_in_every_language_and_a_counter_example(entry: Entry) -> None:
    assert entry.section in SECTIONS.values() and entry.source
    assert set(entry.examples) >= set(entry.variants) | set(entry.pairs)
    assert all(untag(text)[1] for texts in entry.examples.values() for text in texts)
    assert any(entry.counter_examples.values())
    assert not any("[[" in text for texts in entry.counter_examples.values() for text in texts)


def test_no_entry_lacks_a_language_without_a_reason() -> None:
    assert [str(gap) for gap in gaps(load_lexicon())] == []


def test_a_missing_language_is_told_unless_a_reason_is_given() -> None:
    entry = next(one for one in load_lexicon().entries if one.id == "united-nations-arabic")
    silent = entry.model_copy(update={"facts": {"no_wording": {"en": "stands elsewhere"}}})
    assert [gap.language for gap in gaps(replace(load_lexicon(), entries=(silent,)))] == ["es", "fr", "pt"]


@pytest.mark.parametrize("path", sorted(LEXICONS.glob("*.yaml")), ids=lambda p: p.stem)
def test_entries_are_sorted(path: Path) -> None:
    entries = yaml.safe_load(path.read_text(encoding="utf-8")).get("entries", [])
    assert [entry["id"] for entry in entries] == sorted(entry["id"] for entry in entries)


def test_every_category_has_an_entry() -> None:
    assert {entry.category for entry in load_lexicon().entries} >= CATEGORIES


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_wording_in_two_entries_of_a_category_nor_twice_in_one(language: Any) -> None:
    owners: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in load_lexicon().entries:
        for variant in entry.variants.get(language, ()):
            for wording in expand(variant.text):
                owners[entry.category, wording].append(entry.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_short_lower_case_word_and_no_stray_brace(language: Any) -> None:
    for entry in load_lexicon().entries:
        wordings = [w for v in entry.variants.get(language, ()) for w in expand(v.text)]
        assert not [w for w in wordings if w.islower() and " " not in w and len(w) < 4], entry.id
        assert not [w for w in wordings if "{" in w or "}" in w or w != w.strip()], entry.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_negative_is_a_wording_of_its_own_entry(language: Any) -> None:
    for entry in load_lexicon().entries:
        wordings = Counter(w for v in entry.variants.get(language, ()) for w in expand(v.text))
        negatives = {w for text in entry.negatives.get(language, ()) for w in expand(text)}
        assert not negatives & set(wordings), entry.id
