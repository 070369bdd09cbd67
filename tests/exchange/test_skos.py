"""The lexicons as SKOS and back."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.lexicon.entries import Entry, Lexicon, load_lexicon
from extractors.lexicon.language import Variant
from pipeline.errors import InputError
from pipeline.exchange import skos
from tests.golden_file import same_as_golden

rdflib = pytest.importorskip("rdflib", reason="the extra `exchange` is not installed")
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
SKOS = rdflib.Namespace(skos.NAMESPACES["skos"])
FORMS = ("turtle", "json-ld")
SMALL = """
group: iscm
entries:
  - id: sample-process
    label: Sample Process
    category: iscm.named
    section: References to ISCMs
    canonical: Sample Regional Process on "Migration"
    source: Sample Review, Annex
    variants:
      en: [Sample Process, 'sample consultation{,s}', {text: SRP, match: short}]
      es: [Proceso de Muestra]
      ar: [عملية]
  - id: sample-working-group
    label: Working group
    category: iscm.named
    section: References to ISCMs
    parent: sample-process
"""


@pytest.fixture
def small(tmp_path: Path) -> Lexicon:
    (tmp_path / "iscm.yaml").write_text(SMALL, encoding="utf-8")
    return load_lexicon(tmp_path)


def entries() -> st.SearchStrategy[Entry]:
    letters = st.characters(exclude_categories=["Cs", "Cc"])
    words = st.text(letters, min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
    variant: Any = st.builds(Variant, text=words, match=st.sampled_from(["phrase", "short"]))
    return st.builds(
        Entry,
        id=st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True),
        label=words,
        category=st.sampled_from(["iscm.named", "iscm.rcp", "other.iom"]),
        section=st.sampled_from(["References to ISCMs", "Other references"]),
        canonical=st.one_of(st.just(""), words),
        parent=st.sampled_from(["", "another-one"]),
        source=st.one_of(st.just(""), words),
        variants=st.dictionaries(st.sampled_from(["en", "es", "ar"]), st.lists(variant, max_size=3).map(tuple)),
    )


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=30)
@given(made=st.lists(entries(), max_size=4, unique_by=lambda entry: entry.id))
def test_reads_back(form: str, made: list[Entry]) -> None:
    lexicon = Lexicon(tuple(made), {}, {}, "0", {})
    assert skos.read(skos.write(lexicon, form), form) == skos.concepts(lexicon)


def test_golden(small: Lexicon) -> None:
    fixed = Lexicon(small.entries, {}, {}, "0", {})
    same_as_golden("exchange/lexicon.ttl", skos.write(fixed, "turtle"))
    same_as_golden("exchange/lexicon.jsonld", skos.write(fixed, "json-ld"))


def test_hierarchy(small: Lexicon) -> None:
    graph = skos.graph(small)
    concept = rdflib.URIRef("urn:gcmrefs:entry:sample-working-group")
    assert {str(iri) for iri in graph.objects(concept, SKOS.broader)} == {
        "urn:gcmrefs:category:iscm.named",
        "urn:gcmrefs:entry:sample-process",
    }
    category = rdflib.URIRef("urn:gcmrefs:category:iscm.named")
    assert str(graph.value(category, SKOS.topConceptOf)) == "urn:gcmrefs:scheme:iscm"


def test_alternations_are_spelled_out(small: Lexicon) -> None:
    concept = rdflib.URIRef("urn:gcmrefs:entry:sample-process")
    labels = {(str(label), label.language) for label in skos.graph(small).objects(concept, SKOS.altLabel)}
    assert labels == {
        ('Sample Regional Process on "Migration"', "en"),
        ("sample consultation", "en"),
        ("sample consultations", "en"),
        ("SRP", "en"),
        ("Proceso de Muestra", "es"),
        ("عملية", "ar"),
    }


@pytest.fixture(scope="module")
def ours() -> Any:
    return skos.graph(load_lexicon())


def test_own_lexicons_keep_the_rules_of_skos(ours: Any) -> None:
    """S9 and S13 of the SKOS Reference: schemes are no concepts, labels are disjoint; one prefLabel a language (S14)."""
    concepts = set(ours.subjects(rdflib.RDF.type, SKOS.Concept))
    assert len(concepts) >= len(load_lexicon().entries) and not concepts & set(
        ours.subjects(rdflib.RDF.type, SKOS.ConceptScheme)
    )
    for concept in concepts:
        preferred = list(ours.objects(concept, SKOS.prefLabel))
        assert len(preferred) == len({label.language for label in preferred}) == 1
        assert not set(preferred) & set(ours.objects(concept, SKOS.altLabel))
        assert ours.value(concept, SKOS.inScheme) and ours.value(concept, SKOS.notation)
    for broader in ours.objects(None, SKOS.broader):
        assert broader in concepts


def test_own_lexicons_read_back() -> None:
    data = skos.write(load_lexicon(), "turtle")
    assert skos.read(data, "turtle") == skos.concepts(load_lexicon())


def test_same_bytes_whatever_the_order(small: Lexicon) -> None:
    turned = Lexicon(tuple(reversed(small.entries)), {}, {}, small.version, {})
    for form in FORMS:
        assert skos.write(small, form) == skos.write(turned, form)


@pytest.mark.parametrize(
    ("data", "form", "problem"),
    [
        (b"<a> <b>", "turtle", "not turtle"),
        (b"{", "json-ld", "not json-ld"),
        (b'{"@context": "http://example.invalid/c", "@id": "urn:a"}', "json-ld", "context on the web"),
        (b'{"@context": [{}, "http://example.invalid/c"]}', "json-ld", "context on the web"),
        (b'{"@graph": [{"@context": "http://example.invalid/c"}]}', "json-ld", "context on the web"),
        (b'{"@context": {"@import": "http://example.invalid/c"}}', "json-ld", "context on the web"),
        (b'{"@context": {"a": {"@id": "urn:a", "@context": "http://example.invalid/c"}}}', "json-ld", "context on"),
    ],
)
def test_foreign(data: bytes, form: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        skos.read(data, form)


def test_json_ld_has_its_context_in_it(small: Lexicon) -> None:
    found = json.loads(skos.write(small, "json-ld"))
    assert found["@context"] == dict(skos.NAMESPACES)


def test_small_is_a_lexicon() -> None:
    assert len(yaml.safe_load(SMALL)["entries"]) == 2
