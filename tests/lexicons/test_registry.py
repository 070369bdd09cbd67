"""The registry of mechanisms and organizations is complete, sorted and without ambiguity."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.lexicon.categories import SECTIONS
from extractors.lexicon.entries import Entry
from extractors.lexicon.words import expand, untag

LEXICONS = Path(__file__).parents[2] / "lexicons"
OWN = ("iscm", "regional_organizations", "un_system")
ANNEX_5 = {
    "RCP": """almaty-process arcp caribbean-migration-consultations colombo-process eastern-partnership-panel igad-rcp
        midcas midcom midsa midwa ocam pidc prague-process rcm sacm""",
    "IRF": """abu-dhabi-dialogue acp-eu-dialogue asem-conference bali-process budapest-process dialogue-5-plus-5
        eu-celac-dialogue fibemyd igc khartoum-process pan-african-forum-on-migration rabat-process riam""",
    "global": "gfmd idm",
}
LEFT_OUT = ("General Assembly", "Security Council", "Secretary-General", "Human Rights Council", "United Nations")


def data(name: str) -> dict[str, Any]:
    loaded = yaml.safe_load((LEXICONS / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def entries(name: str) -> list[Entry]:
    return [Entry.model_validate(raw) for raw in data(name)["entries"]]


ALL = {name: entries(name) for name in OWN}
COMPACT = data("compact")


@pytest.mark.parametrize("name", OWN)
def test_entries_are_sorted_and_ids_unique(name: str) -> None:
    ids = [entry.id for entry in ALL[name]]
    assert ids == sorted(set(ids))
    assert data(name)["group"] == name


@pytest.mark.parametrize(("kind", "count"), [("RCP", 15), ("IRF", 13), ("global", 2)])
def test_every_mechanism_of_annex_5(kind: str, count: int) -> None:
    listed = {e.id for e in ALL["iscm"] if e.facts.get("annex5") and e.facts["type"] == kind}
    assert listed == set(ANNEX_5[kind].split())
    assert len(listed) == count


def test_every_mechanism_says_whether_it_is_listed_and_what_it_is() -> None:
    for entry in ALL["iscm"]:
        assert isinstance(entry.facts["annex5"], bool), entry.id
        assert entry.facts["type"] in {*ANNEX_5, "meeting"}, entry.id
        assert entry.facts["region"] and entry.facts["focus"], entry.id


@pytest.mark.parametrize("entry", [e for found in ALL.values() for e in found], ids=lambda e: e.id)
def test_entry_has_canonical_source_and_marked_examples(entry: Entry) -> None:
    assert entry.canonical and entry.source and entry.section in SECTIONS.values()
    assert set(entry.examples) <= set(entry.variants)
    assert any(entry.examples.values())
    for example in (e for texts in entry.examples.values() for e in texts):
        assert untag(example)[1], example
    assert not any("[[" in e for texts in entry.counter_examples.values() for e in texts)


def test_no_wording_stands_in_two_entries_of_a_category() -> None:
    owners: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for entry in (e for found in ALL.values() for e in found):
        for language, variants in entry.variants.items():
            for wording in (w for v in variants for w in expand(v.text)):
                owners[entry.category, language, wording].add(entry.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt", "ar"])
def test_no_wording_twice_in_one_entry(language: Any) -> None:
    for entry in (e for found in ALL.values() for e in found):
        count = Counter(w for v in entry.variants.get(language, ()) for w in expand(v.text))
        assert not [w for w, n in count.items() if n > 1], entry.id


def test_short_forms_have_a_full_name_to_lean_on() -> None:
    for entry in (e for found in ALL.values() for e in found):
        for language, variants in entry.variants.items():
            full = [v for v in variants if v.match == "phrase"]
            assert full, f"{entry.id}: {language} has short forms only"


@pytest.mark.parametrize("wording", LEFT_OUT)
def test_principal_organs_and_office_holders_are_left_out(wording: str) -> None:
    named = {w for found in ALL.values() for e in found for v in e.variants.get("en", ()) for w in expand(v.text)}
    assert wording not in named


@pytest.mark.parametrize(("part", "key", "count"), [
    ("objectives", "number", 23),
    ("principles", "number", 10),
    ("themes", "number", 6),
    ("elements", "letter", 24),
])  # fmt: skip
def test_compact_is_complete(part: str, key: str, count: int) -> None:
    keys = [item[key] for item in COMPACT[part]]
    assert keys == (list("abcdefghijklmnopqrstuvwx") if key == "letter" else list(range(1, count + 1)))


def test_compact_titles_in_every_language() -> None:
    for item in (*COMPACT["objectives"], *COMPACT["principles"]):
        assert set(item["titles"]) == {"en", "es", "fr", "pt", "ar"}
        assert all(item["titles"].values())
    for language in ("en", "es", "fr", "pt", "ar"):
        titles = [item["titles"][language] for item in COMPACT["objectives"]]
        assert len(set(titles)) == 23
        assert COMPACT["names"][language]


def test_every_element_has_a_theme_and_every_theme_elements() -> None:
    assert Counter(e["theme"] for e in COMPACT["elements"]) == {1: 3, 2: 4, 3: 7, 4: 4, 5: 4, 6: 2}
