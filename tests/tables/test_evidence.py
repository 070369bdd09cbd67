"""Every table rests on its evidence: each quote stands in the paragraph that its row cites, and no work counts twice."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest

from extractors.text.normalization import squash
from pipeline.export.run_facts import RunFacts
from pipeline.extract import quote
from pipeline.extract.quote import Runs
from pipeline.run.run import run_corpus
from pipeline.segment.citation import base
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.table import Table
from tests.tables import sample

Rows = pd.DataFrame
_LEFT_OUT = re.compile(r"\.{3}|…| · ")
_COLUMNS = 20
_PROOFS = (
    ("document", "paragraph", "quote"),
    ("document", "paragraph", "action"),
    ("found_document", "found_quote"),
    ("documents_read", "outcomes"),
)
"""Columns that prove a row; a fact of the lexicon has no paragraph, and that nobody says a thing rests on all that was read."""
_KNOWN = frozenset({"iscms_by_type_and_region"})
"""Tables of facts of the lexicon, each with its source."""


def unfounded(tables: Mapping[str, Table], paragraphs: pd.DataFrame) -> Iterator[str]:
    """The rows whose quote, piece by piece, does not stand in the paragraphs of the document that it cites."""
    texts: dict[tuple[str, str], str] = {}
    for document, paragraph, text in paragraphs[["document", "paragraph", "text"]].itertuples(index=False, name=None):
        key = (document, base(paragraph))
        texts[key] = texts.get(key, "") + " " + text
    for table in tables.values():
        rich = [f.name for f in fields(table.row) if f.type == "Runs"]
        for row in table.rows if rich else ():
            for name in rich:
                prefix = name.removesuffix("quote")
                prefix = prefix if hasattr(row, f"{prefix}document") else ""
                document, cited = (str(getattr(row, prefix + part, "")) for part in ("document", "paragraph"))
                if document == "lexicon":
                    continue
                places = [cited] if (document, base(cited)) in texts else cited.split("; ")
                stated = squash(" ".join(_of_row(texts, document, base(one)) for one in places))
                shown: Runs = getattr(row, name)
                pieces = [squash(piece) for piece in _LEFT_OUT.split(quote.plain(shown))]
                if not all(piece in stated for piece in pieces if piece):
                    yield f"{table.name}: {document} {cited}: {quote.plain(shown)[:120]}"


def _of_row(texts: Mapping[tuple[str, str], str], document: str, place: str) -> str:
    """The text of a paragraph; of a cell, that of its row, which is cited by its first cell."""
    row = re.fullmatch(r"(.*T\d+/R\d+/C)\d+", place)
    places = [f"{row[1]}{column}" for column in range(1, _COLUMNS)] if row else [place]
    return " ".join(texts.get((document, one), "") for one in places)


def unproven(tables: Mapping[str, Table]) -> Iterator[str]:
    """The rows of facts and quotes without a document, its paragraph or the words that say so.

    A row may say that nothing is known: a question that is not stated, a mechanism of the lexicon that no text names, and
    of "printed and found" the side that is missing.
    """
    for table in tables.values():
        for row in table.rows if table.kind in ("listing", "quotes") else ():
            proofs = [[getattr(row, name, "") for name in names] for names in _PROOFS]
            is_silent = getattr(row, "answer", "") == "not stated" or (table.name in _KNOWN and not row.document)  # type: ignore[attr-defined]
            if not is_silent and not any(all(proof) for proof in proofs):
                yield f"{table.name}: {row}"[:200]


def counted_twice(tables: Mapping[str, Table], documents: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """The documents that a table of facts takes from a work beside another copy in the same language."""
    works = {str(d["document"]): (d.get("work"), d.get("language")) for d in documents if d.get("work")}
    for table in tables.values():
        if table.name != "counts_by_document" and "document" in table.columns:
            used = {row.document for row in table.rows if row.document in works}  # type: ignore[attr-defined]
            counts = Counter(works[name] for name in used)
            yield from (f"{table.name}: {name}" for name in sorted(used) if counts[works[name]] > 1)


def test_every_row_has_evidence() -> None:
    assert list(unproven(sample.tables())) == []


def test_every_quote_stands_in_its_paragraph() -> None:
    assert list(unfounded(sample.tables(), sample.run().paragraphs)) == []


def test_a_quote_that_stands_nowhere_is_told() -> None:
    assert list(unfounded(sample.tables(), sample.run().paragraphs.assign(text="Other words.")))


@pytest.mark.parametrize("twins", [("txt",), ("docx", "html")])
def test_copies_of_a_work_change_no_count(twins: Sequence[str]) -> None:
    run = sample.run()

    def copied(frame: pd.DataFrame) -> pd.DataFrame:
        copies = [frame.assign(document=frame["document"] + f".{twin}") for twin in twins]
        return pd.concat([frame, *copies], ignore_index=True)

    copies = [{**d, "document": f"{d['document']}.{twin}", "preferred": False} for d in run.documents for twin in twins]
    frames = Frames(copied(run.references), copied(run.paragraphs), copied(run.objectives), [*run.documents, *copies])
    together = build_tables(frames, labels={}, lexicon=sample.lexicon())
    for name, table in sample.tables().items():
        if name != "counts_by_document":
            assert together[name].rows == table.rows, name


@pytest.mark.parametrize(("roles", "quoted"), [({"analysis"}, {"rcm"}), ({"instrument", ""}, {"plan", "sacm"})])
def test_reference_tables_quote_documents_of_the_roles_that_are_asked_for(roles: set[str], quoted: set[str]) -> None:
    run = sample.run()
    documents = [{**d, "role": "analysis" if d["document"] == "rcm" else ""} for d in run.documents]
    frames = Frames(run.references, run.paragraphs, run.objectives, documents)
    tables = build_tables(frames, labels={}, lexicon=sample.lexicon(), roles=roles)
    own = {name for name in tables if name.endswith("_wordings")}
    assert {row.document for name in own for row in tables[name].rows} & {"rcm", "plan", "sacm"} == quoted  # type: ignore[attr-defined]


@pytest.mark.timeout(1200)  # all documents are read
def test_the_tables_of_the_real_corpus_rest_on_their_evidence(tmp_path: Path) -> None:
    corpus = os.environ.get("GCMREFS_CORPUS")
    if not corpus:
        pytest.skip("set GCMREFS_CORPUS to the folder with the real documents")
    frames: list[Frames] = []

    def write(
        _: Path, references: Rows, paragraphs: Rows, objectives: Rows, *, run: RunFacts, **_more: object
    ) -> Sequence[Path]:
        frames.append(Frames(references, paragraphs, objectives, run["documents"]))
        return ()

    run_corpus(corpus, tmp_path, workers=1, write=write)
    tables = build_tables(frames[0])
    assert list(unfounded(tables, frames[0].paragraphs)) == []
    assert list(unproven(tables)) == []
    assert list(counted_twice(tables, frames[0].documents)) == []
