"""The lexicons as SKOS: a concept scheme for each group, categories as top concepts, entries under them.

Every wording of an entry is an altLabel in its language (alternations spelled out); what an entry says itself, with its
alternations, stands beside it as `gcmrefs:variant` or `gcmrefs:shortForm`, so that it reads back. Patterns, negatives
and examples are rules of matching, not labels, and are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from extractors.lexicon.entries import Entry, Lexicon
from extractors.lexicon.words import expand
from pipeline.errors import InputError
from pipeline.exchange.document import IRI, library, quoted
from pipeline.files import json_text

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

JsonLd: TypeAlias = "dict[str, JsonLd] | list[JsonLd] | str | int | float | bool | None"
NAMESPACES: Mapping[str, str] = {
    "dct": "http://purl.org/dc/terms/",
    "gcmrefs": f"{IRI}:term:",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_FIELDS = ("category", "section", "canonical", "parent", "source")
_MATCHES = {"phrase": "variant", "short": "shortForm"}


@dataclass(frozen=True, slots=True)
class Concept:
    """What reads back of a lexicon entry; `variants` are sorted triples of language, text and kind of match."""

    id: str
    label: str
    category: str
    section: str
    canonical: str
    parent: str
    source: str
    variants: tuple[tuple[str, str, str], ...]


def concepts(lexicon: Lexicon) -> tuple[Concept, ...]:
    """Return the entries of a lexicon as `read` gives them, sorted by id."""
    return tuple(sorted((_concept(entry) for entry in lexicon.entries), key=lambda concept: concept.id))


def _concept(entry: Entry) -> Concept:
    spoken = {(language, v.text, v.match) for language, variants in entry.variants.items() for v in variants}
    fields = {name: getattr(entry, name) for name in _FIELDS}
    return Concept(id=entry.id, label=entry.label, **fields, variants=tuple(sorted(spoken)))


def graph(lexicon: Lexicon) -> Graph:
    """Return the lexicon as an rdflib graph. Raises GcmrefsError when rdflib is not installed."""
    rdflib = library("rdflib", "skos")
    out: Graph = rdflib.Graph()
    for prefix, namespace in NAMESPACES.items():
        out.bind(prefix, namespace, override=True, replace=True)
    for subject, predicate, value in _triples(lexicon):
        prefix, _, name = predicate.partition(":")
        term = rdflib.URIRef(value) if isinstance(value, str) else rdflib.Literal(value[0], lang=value[1] or None)
        out.add((rdflib.URIRef(subject), rdflib.URIRef(NAMESPACES[prefix] + name), term))
    return out


Term = str | tuple[str, str]
"""The IRI of a thing, or a literal with its language ("" for none)."""


def _triples(lexicon: Lexicon) -> Iterator[tuple[str, str, Term]]:
    skos, labels = NAMESPACES["skos"], _labels(lexicon)
    sections = {entry.category.partition(".")[0]: entry.section for entry in reversed(lexicon.entries)}
    for group, section in sections.items():
        scheme = _iri("scheme", group)
        yield scheme, "rdf:type", f"{skos}ConceptScheme"
        yield scheme, "dct:title", (section, "en")
        yield scheme, "dct:hasVersion", (lexicon.version, "")
    for category, label in labels.items():
        concept, scheme = _iri("category", category), _iri("scheme", category.partition(".")[0])
        yield concept, "rdf:type", f"{skos}Concept"
        yield concept, "skos:notation", (category, "")
        yield concept, "skos:prefLabel", (label, "en")
        yield concept, "skos:inScheme", scheme
        yield concept, "skos:topConceptOf", scheme
        yield scheme, "skos:hasTopConcept", concept
    for entry in lexicon.entries:
        yield from _entry_triples(entry)


def _entry_triples(entry: Entry) -> Iterator[tuple[str, str, Term]]:
    concept = _iri("entry", entry.id)
    yield concept, "rdf:type", f"{NAMESPACES['skos']}Concept"
    yield concept, "skos:notation", (entry.id, "")
    yield concept, "skos:prefLabel", (entry.label, "en")
    yield concept, "skos:inScheme", _iri("scheme", entry.category.partition(".")[0])
    yield concept, "skos:broader", _iri("category", entry.category)
    if entry.parent:
        yield concept, "skos:broader", _iri("entry", entry.parent)
    if entry.source:
        yield concept, "dct:source", (entry.source, "")
    for name in ("section", "canonical"):
        if getattr(entry, name):
            yield concept, f"gcmrefs:{name}", (getattr(entry, name), "en")
    alternatives = {(entry.canonical, "en")} if entry.canonical else set()
    for language, variants in entry.variants.items():
        for variant in variants:
            yield concept, f"gcmrefs:{_MATCHES[variant.match]}", (variant.text, language)
            alternatives |= {(wording, language) for wording in expand(variant.text) if wording}
    # a label is either preferred or alternative (SKOS Reference, S13)
    for wording, language in sorted(alternatives - {(entry.label, "en")}):
        yield concept, "skos:altLabel", (wording, language)


def _labels(lexicon: Lexicon) -> dict[str, str]:
    from extractors.lexicon.categories import category_label

    known = lexicon.labels()
    return {category: category_label(category, known) for category in sorted({e.category for e in lexicon.entries})}


def _iri(kind: str, name: str) -> str:
    return f"{IRI}:{kind}:{quoted(name)}"


def write(lexicon: Lexicon, form: str) -> bytes:
    """Return a lexicon as `turtle` or `json-ld`, UTF-8; the same lexicon gives the same bytes."""
    made = graph(lexicon)
    if form == "turtle":
        return bytes(made.serialize(format="turtle", encoding="utf-8"))
    text = made.serialize(format="json-ld", context=dict(NAMESPACES))
    return json_text(_sorted(json.loads(text))).encode("utf-8")


def _sorted(value: JsonLd) -> JsonLd:
    """JSON-LD without the order that the graph happened to be in; none of its lists means one."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


def read(data: bytes, form: str, *, name: str = "lexicons") -> tuple[Concept, ...]:
    """Return the entries of a graph that `write` made, sorted by id.

    Raises InputError for what cannot be parsed and for JSON-LD whose context is an address: it would be fetched.
    """
    rdflib = library("rdflib", "skos")
    found: Graph = rdflib.Graph()
    try:
        if form == "json-ld" and _fetches(json.loads(data)):
            raise InputError(name, "names a context on the web", "write it again with gcmrefs exchange skos")
        found.parse(data=data, format=form)
    except InputError:
        raise
    except Exception as error:  # the parsers raise whatever comes up
        problem = " ".join(str(error).split())[:200]
        raise InputError(name, f"not {form} ({problem})", "write it again with gcmrefs exchange skos") from None
    return tuple(sorted(_concepts(found, rdflib), key=lambda concept: concept.id))


def _fetches(value: JsonLd) -> bool:
    """Whether a context anywhere in a JSON-LD value is an address or imports one."""
    if isinstance(value, list):
        return any(map(_fetches, value))
    if not isinstance(value, dict):
        return False
    context = value.get("@context")
    contexts = context if isinstance(context, list) else [context]
    return "@import" in value or any(isinstance(one, str) for one in contexts) or any(map(_fetches, value.values()))


def _concepts(found: Graph, rdflib: ModuleType) -> Iterator[Concept]:
    def term(name: str) -> URIRef:
        prefix, _, local = name.partition(":")
        iri: URIRef = rdflib.URIRef(NAMESPACES[prefix] + local)
        return iri

    def text(subject: Node, name: str) -> str:
        return str(found.value(subject, term(name)) or "")

    entry, category = f"{IRI}:entry:", f"{IRI}:category:"
    for subject in set(found.subjects(term("skos:notation"))):
        if not str(subject).startswith(entry):
            continue
        broader = sorted(map(str, found.objects(subject, term("skos:broader"))))
        spoken = {
            (str(getattr(value, "language", None) or ""), str(value), match)
            for match, name in _MATCHES.items()
            for value in found.objects(subject, term(f"gcmrefs:{name}"))
        }
        yield Concept(
            id=text(subject, "skos:notation"),
            label=text(subject, "skos:prefLabel"),
            category="".join(iri.removeprefix(category) for iri in broader if iri.startswith(category)),
            section=text(subject, "gcmrefs:section"),
            canonical=text(subject, "gcmrefs:canonical"),
            parent="".join(iri.removeprefix(entry) for iri in broader if iri.startswith(entry)),
            source=text(subject, "dct:source"),
            variants=tuple(sorted(spoken)),
        )
