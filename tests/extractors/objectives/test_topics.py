"""Topic terms: the file, what a term says alone and in company."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.lexicon.yaml_file import LexiconError, default_folder
from extractors.objectives.topics import FILE, THRESHOLD, _name_around, load_topics, topics_of, unfold
from extractors.references.nlp import tokenizer
from extractors.text.normalization import normalize


def numbers(text: str, language: str = "en", *, about: bool = False, kind: str = "objective") -> set[int | str]:
    found = topics_of(language).find(normalize(text).text, about=about)
    return {f.number for f in found if f.kind == kind and f.score >= THRESHOLD}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Improve the collection and analysis of migration data", "en", {1}),
        ("address the root causes of irregular migration", "en", {2}),
        ("pre-departure training for migrants", "en", {3}),
        ("birth registration of migrants' children", "en", {4}),
        ("regular pathways, including family reunification", "en", {5}),
        ("prohibit recruitment fees charged to migrants", "en", {6}),
        ("migrants in situations of vulnerability", "en", {7}),
        ("search and rescue of migrants at sea", "en", {8}),
        ("des régimes d'exemption de visa pour les migrants", "fr", {5}),
        ("des postes frontaliers communs pour les migrants", "fr", {11}),
        ("la transférabilité des connaissances des migrants", "fr", set()),
        ("la inserción socioeconómica de las personas migrantes", "es", {16}),
        ("a isenção de vistos para os migrantes", "pt", {5}),
        ("prosecute migrant smugglers", "en", {9}),
        ("protect victims of trafficking in persons", "en", {10}),
        ("strengthen integrated border management", "en", {11}),
        ("individual assessments and referral mechanisms for migrants", "en", {12}),
        ("alternatives to the detention of migrants", "en", {13}),
        ("consular assistance to nationals abroad", "en", {14}),
        ("access of migrants to health care", "en", {15}),
        ("integration of migrants in host societies", "en", {16}),
        ("combat xenophobia and racism against migrants", "en", {17}),
        ("mutual recognition of migrants' qualifications", "en", {18}),
        ("the contribution of migrants to their communities", "en", {19}),
        ("lower the cost of remittances", "en", {20}),
        ("readmission and reintegration of returning migrants", "en", {21}),
        ("portability of social security of migrants", "en", {22}),
        ("cooperation among countries of origin, transit and destination", "en", {23}),
        ("vías regulares y reunificación familiar", "es", {5}),
        ("la trata de personas", "es", {10}),
        ("envois de fonds des migrants", "fr", {20}),
        ("gestion des frontières", "fr", {11}),
        ("o combate à xenofobia contra migrantes", "pt", {17}),
        ("التحويلات", "ar", {20}),
    ],
)
def test_each_objective_by_its_terms(text: str, language: str, expected: set[int]) -> None:
    assert expected <= numbers(text, language, about=True)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the General Assembly takes note of the report of the Secretary-General", "en"),
        ("safe, orderly and regular migration", "en"),
        ("without prejudice to the rights of States in the field of migration", "en"),
        ("protection of migrants' personal data", "en"),
        ("drug trafficking and arms smuggling", "en"),
        ("the right to leave any country, including his own, and to return to his country", "en"),
        ("the Global Forum on Migration and Development", "en"),
        ("una migración segura, ordenada y regular", "es"),
    ],
)
def test_formulas_say_nothing(text: str, language: str) -> None:
    assert numbers(text, language, about=True) == set()


def test_plain_terms_need_a_text_about_migration() -> None:
    assert numbers("a visa is needed for cruise passengers") == set()
    assert numbers("a visa is needed for migrants") == {5}
    assert numbers("a visa is needed for cruise passengers", about=True) == {5}


def test_a_list_of_agreements_takes_up_none_of_their_topics() -> None:
    protocol = "the Protocol against the Smuggling of Migrants by Land, Sea and Air"
    assert 9 in numbers(f"Promote ratification of {protocol}")
    assert (
        numbers(f"the Convention on Torture, the Covenant on Civil Rights, the Slavery Convention and {protocol}")
        == set()
    )


def test_a_gap_ends_with_the_clause() -> None:
    assert 15 in numbers("equal access of all migrants to public services")
    assert 15 not in numbers("Access to justice is a right of migrants. Services of interpreters are paid for.")


def test_masked_places_are_no_evidence() -> None:
    text = "the title “remittances” of migrants"
    place = (text.index("remittances"), text.index("remittances") + len("remittances"))
    assert [f for f in topics_of("en").find(text, about=True, masked=[place]) if f.number == 20] == []


def test_unfold_alternatives_inside_alternatives() -> None:
    assert sorted(unfold("{safe,dign{o,os}} return{,s}")) == sorted(
        ["safe return", "safe returns", "digno return", "digno returns", "dignos return", "dignos returns"]
    )


def test_every_topic_of_the_compact_has_terms() -> None:
    known = {(t.kind, t.number) for t in load_topics().topics}
    wanted: set[tuple[str, int | str]] = {("objective", n) for n in range(1, 24)} | {
        ("principle", n) for n in range(1, 11)
    }
    wanted |= {("theme", n) for n in range(1, 7)} | {("element", letter) for letter in "abcdefghijklmnopqrstuvwx"}
    assert known == wanted


def test_no_topic_twice() -> None:
    keys = [(t.kind, t.number) for t in load_topics().topics]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    strong:", "    strogn:", "unknown key"),
        ("kind: objective", "kind: goal", "kind"),
        ("group: topics", "group: [topics", "not valid YAML"),
    ],
)
def test_mistakes_are_told_with_file_and_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    shutil.copytree(default_folder() / "topics", tmp_path / "topics")
    path = tmp_path / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"objective_terms\.yaml:\d+: .*{message}"):
        load_topics(tmp_path)


@given(st.text(max_size=300))
def test_findings_lie_inside_any_text(text: str) -> None:
    clean = normalize(text).text
    for finding in topics_of("en").find(clean, about=True):
        assert 0 <= finding.start < finding.end <= len(clean)
        assert 0 < finding.score <= 100


def test_a_list_of_capitals_is_no_name_without_end() -> None:
    doc = tokenizer("en")("Forum " * 1_000)
    assert _name_around(doc, 500, 501, frozenset()) == (440, 561)
