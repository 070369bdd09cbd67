"""The questions that analysts ask: filters, keyword in context, counts, comparisons, profiles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.explore import Results, keywords
from pipeline.explore.concordance import find_in_context, pattern
from pipeline.explore.keywords import characteristic


def test_declarations_that_name_diasporas_but_not_remittances(data: Results) -> None:
    declarations = data.only(part="declaration")
    diasporas = declarations.naming("stakeholder.diasporas").document
    remittances = declarations.naming("remittance", "remesa", "envois de fonds").document
    assert diasporas[~diasporas.isin(remittances)].tolist() == ["colombo", "plan"]


def test_objectives_that_no_rcp_has_taken_up(data: Results) -> None:
    taken = data.uptake(by="type")
    assert set(range(1, 24)) - set(taken[taken["RCP"] == 0].index) == {6, 18, 20}
    assert taken.loc[[6, 11, 20], ["RCP", "IRF", "global"]].values.tolist() == [[1, 0, 0], [0, 1, 0], [1, 1, 0]]


def test_role_of_the_private_sector(data: Results) -> None:
    role = data.profile("stakeholder.private_sector", by="part")
    assert role.columns.tolist() == ["Compact", "declaration", "other"]
    assert role.loc["documents"].tolist() == [1, 1, 0]
    assert role.loc["of documents"].tolist() == [1, 4, 1]
    assert role.loc["paragraphs"].tolist() == [2, 1, 0]
    assert role.loc["wordings", "Compact"] == "private sector (3)"
    assert role.loc["objectives"].tolist() == ["6 (2), 19", "6, 18", ""]
    assert role.loc["named beside", "Compact"] == "Diasporas, Trade unions"


def test_words_around_are_those_of_the_sentence_without_the_name(
    data: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keywords, "_SURE", 0.0)
    around = data.profile("stakeholder.private_sector").loc["words around (en)"]
    assert around["Compact"] == "recruitment"
    assert data.profile("stakeholder.private_sector", language="es").loc["words around (es)", "Compact"] == ""


@pytest.mark.parametrize(
    ("facts", "documents"),
    [
        ({"type": "RCP"}, ["colombo", "sacm"]),
        ({"mechanism": "Khartoum Process"}, ["plan"]),
        ({"mechanism": ["Rabat Process"]}, ["rabat", "plan"]),
        ({"language": ["es", "fr"]}, ["sacm", "rabat"]),
        ({"language": [], "type": "IRF"}, ["rabat", "plan"]),
        ({"year": 2018, "part": "Compact"}, ["compact"]),
        ({"year": 1900}, []),
        ({"language": "pt"}, []),
    ],
)
def test_only(data: Results, facts: dict[str, Any], documents: list[str]) -> None:
    kept = data.only(**facts)
    assert kept.documents.document.tolist() == documents
    for frame in (kept.references, kept.paragraphs, kept.objectives):
        assert set(frame.document) <= set(documents)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (lambda d: d.only(colour="red"), "'colour' is no column of documents; there are: document, work"),
        (lambda d: d.only(language="xx"), "'xx' is no language; there are: en, es, fr"),
        (lambda d: d.only(type=["RCP", "RPC"]), "'RPC' is no type (did you mean 'RCP'?)"),
        (lambda d: d.only(mechanism="Rabat Proces"), "did you mean 'Rabat Process'?"),
        (lambda d: d.naming("stakeholder.diaspora"), "is no category (did you mean 'stakeholder.diasporas'?)"),
        (lambda d: d.compare(by="foo"), "'foo' is no column of documents; there are: document"),
        (lambda d: d.compare(by="symbol"), "'symbol' is no column"),
        (lambda d: d.compare(["colombo", "nowhere"]), "'nowhere' is no document; there are: compact, colombo"),
        (lambda d: d.compare(columns="labels"), "did you mean 'label'?"),
        (lambda d: d.uptake(by="colour"), "'colour' is no column of documents"),
        (lambda d: d.uptake("element"), "'element' is no kind; there are: objective, principle, theme"),
        (lambda d: d.uptake(count="words"), "'words' is no count; there are: documents, mechanisms, paragraphs"),
        (lambda d: d.uptake(basis="guessed"), "'guessed' is no basis; there are: explicit, structural, implied"),
        (lambda d: d.co_occurrence(group="states"), "'states' is no group"),
        (lambda d: d.co_occurrence(rows="foo"), "'foo' is no column of references"),
        (lambda d: d.mention_matrix(count="words"), "'words' is no count"),
        (lambda d: d.profile("private sector"), "'private sector' is no category"),
        (lambda d: d.profile("stakeholder.media", by="foo"), "'foo' is no column"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_arguments_are_told_what_there_is(data: Results, question: Callable[[Results], Any], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        question(data)


@pytest.mark.parametrize(
    ("terms", "whole", "text", "found"),
    [
        (["diaspora"], False, "Diasporas, a diaspora", ["Diasporas", "diaspora"]),
        (["diaspora"], True, "Diasporas, a diaspora", ["diaspora"]),
        (["IOM"], False, "IOM's, iom, axIOM", ["IOM"]),
        (["private sector"], False, "private\n sectors", ["private\n sectors"]),
        (["d*spora"], True, "diaspora despora", ["diaspora", "despora"]),
        (["sub-regional"], False, "sub‑regional", ["sub‑regional"]),
        (["l'eau"], False, "l’eau", ["l’eau"]),
        (["migrant", "migrants"], False, "migrants", ["migrants"]),
        (["هجرة"], False, "والهجرة", ["والهجرة"]),
        (["c++"], True, "c++ and c", ["c++"]),
        (["(a|b)*"], False, "aaaa (a|b)x", ["(a|b)x"]),
        (["dia\u0301spora"], False, "diáspora", ["diáspora"]),
    ],
)
def test_terms(terms: list[str], whole: bool, text: str, found: list[str]) -> None:
    assert pattern(terms, whole).findall(text) == found


@pytest.mark.parametrize("terms", [[], [""], ["*"], [" * "], ["x" * 201], ["*a" * 5]])
def test_no_term_is_an_error(terms: list[str]) -> None:
    with pytest.raises(ValueError, match="one or more terms"):
        pattern(terms)


def test_concordance_shows_both_sides_and_only_searched_text(data: Results) -> None:
    lines = data.concordance("private sector", width=30)
    first = lines[lines.document == "colombo"].iloc[0]
    assert (first.left, first.keyword, first.right) == (
        "=Ministers ask the",
        "private sector",
        "for skills partnerships.",
    )
    assert (first.citation, first.type) == ("§2", "RCP")
    assert "FM1" not in set(data.concordance("diaspora").paragraph)


words = st.text(alphabet="ab é'-’.\n*(", min_size=1, max_size=12)


@given(st.lists(words, max_size=8), words, st.integers(1, 40), st.booleans())
def test_keyword_stands_where_the_concordance_says(texts: list[str], term: str, width: int, whole: bool) -> None:
    columns = ("document", "citation", "mechanism", "type", "part", "language", "paragraph")
    frame = pd.DataFrame(
        {"text": texts, **dict.fromkeys(columns, "x"), **dict.fromkeys(("year", "objective", "page"), 1)}
    )
    if not term.strip("* \n"):
        return
    for row in find_in_context(frame, [term], width, whole).itertuples():
        assert any(text[row.start :].startswith(row.keyword) for text in texts)
        assert len(row.left) <= width
        assert len(row.right) <= width


@pytest.mark.parametrize(
    ("terms", "documents"),
    [
        (["stakeholder.trade_unions"], ["compact"]),
        (["stakeholder.media"], []),
        (["remittance"], ["compact"]),
        (["stakeholder.trade_unions", "remesa"], ["compact", "sacm"]),
    ],
)
def test_naming(data: Results, terms: list[str], documents: list[str]) -> None:
    assert data.naming(*terms).document.tolist() == documents


def test_by_objective_follows_the_heading_and_else_the_subject(data: Results) -> None:
    rows = data.by_objective()
    private = rows[rows.category == "stakeholder.private_sector"]
    assert list(zip(private.document, private.objective, strict=True)) == [
        ("compact", 19), ("compact", 6), ("compact", 6), ("colombo", 18), ("colombo", 6)
    ]  # fmt: skip
    assert list(rows.columns) == list(data.references.columns)


def test_co_occurrence_counts_paragraphs(data: Results) -> None:
    table = data.co_occurrence("label", "objective", group="stakeholder")
    assert list(table.columns) == list(range(1, 24))
    assert table.loc["Private sector"].to_dict() == dict.fromkeys(range(1, 24), 0) | {6: 2, 18: 1, 19: 1}
    pairs = data.co_occurrence("label", "label", group="stakeholder")
    assert pairs.loc["Private sector", "Trade unions"] == pairs.loc["Trade unions", "Private sector"] == 1
    assert pairs.loc["Private sector", "Private sector"] == 3


@pytest.mark.parametrize(
    ("count", "compact", "rabat"),
    [("references", 3, 0), ("paragraphs", 2, 0), ("documents", 1, 0), ("occurrences", 3, 0)],
)
def test_mention_matrix(data: Results, count: Any, compact: int, rabat: int) -> None:
    table = data.mention_matrix(count=count)
    assert table.index.tolist() == data.documents.document.tolist()
    assert (table.loc["compact", "Private sector"], table.loc["rabat", "Private sector"]) == (compact, rabat)


def test_a_joint_document_counts_for_each_mechanism(data: Results) -> None:
    table = data.mention_matrix("mechanism", "label", "documents")
    assert table.loc[["Khartoum Process", "Rabat Process"], "Diasporas"].tolist() == [1, 2]
    assert table.index[-1] == ""
    assert data.uptake(by="type", count="mechanisms").loc[11, "IRF"] == 2
    assert data.uptake(by="type", count="documents").loc[11, "IRF"] == 1


def test_uptake_by_basis_and_kind(data: Results) -> None:
    assert data.uptake(basis="explicit")["RCP"].sum() == 1
    assert data.uptake(basis=["explicit", "implied"])["RCP"].sum() == 3
    assert data.uptake("principle").loc[2].to_dict() == {
        "label": "International cooperation", "RCP": 1, "IRF": 0, "global": 0
    }  # fmt: skip


def test_compare_gives_percent_of_paragraphs(data: Results) -> None:
    shares = data.compare(["colombo", "rabat"])
    assert shares.loc["Diasporas"].tolist() == [50.0, 100.0]
    assert shares.loc["Private sector"].tolist() == [50.0, 0.0]
    assert data.compare("part", group="stakeholder").columns.tolist() == ["Compact", "declaration", "other"]


@pytest.mark.parametrize("by", ["part", "type", "mechanism", "year", "language", "document", "region"])
def test_every_fact_of_a_document_can_be_compared_by(data: Results, by: str) -> None:
    assert not data.compare(by).empty
    assert not data.mention_matrix(by).empty
    assert not data.profile("stakeholder.diasporas", by).empty
    assert len(data.uptake(by=by)) == 23


def test_characteristic_words() -> None:
    assert characteristic(Counter(recruitment=9, migration=9), Counter(migration=90, recruitment=1)) == ["recruitment"]
    assert characteristic(Counter(), Counter(migration=9)) == []
    assert characteristic(Counter(migration=9), Counter()) == []


def test_nothing_is_changed_by_a_question(data: Results) -> None:
    before = {name: getattr(data, name).copy() for name in Results.__slots__}
    data.only(type="RCP").profile("stakeholder.diasporas")
    data.by_objective()
    data.compare()
    for name, frame in before.items():
        pd.testing.assert_frame_equal(frame, getattr(data, name))
