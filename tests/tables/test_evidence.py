"""Every table rests on its evidence: each quote stands in the paragraph that its row cites, and no work counts twice."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest

from extractors.model import OBJECTIVE_COLUMNS, REFERENCE_COLUMNS
from extractors.text.normalization import squash
from pipeline.extract import quote
from pipeline.extract.document import objective_row, paragraph_row, reference_row
from pipeline.extract.quote import Runs
from pipeline.run.loose_files import extract_files
from pipeline.segment.citation import base
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.table import Table
from tests.tables import sample

_LEFT_OUT = re.compile(r"\.{3}|…| · ")


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
                prefix = "found_" if name == "found_quote" else ""
                document, cited = (str(getattr(row, prefix + part, "")) for part in ("document", "paragraph"))
                if document == "lexicon":
                    continue
                places = [cited] if (document, base(cited)) in texts else cited.split("; ")
                stated = squash(" ".join(texts.get((document, base(one)), "") for one in places))
                shown: Runs = getattr(row, name)
                pieces = [squash(piece) for piece in _LEFT_OUT.split(quote.plain(shown))]
                if not all(piece in stated for piece in pieces if piece):
                    yield f"{table.name}: {document} {cited}: {quote.plain(shown)[:120]}"


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


def test_every_quote_of_the_real_corpus_stands_in_its_paragraph() -> None:
    corpus = os.environ.get("GCMREFS_CORPUS")
    if not corpus:
        pytest.skip("set GCMREFS_CORPUS to the folder with the real documents")
    paths = sorted(path for path in Path(corpus, "iscm").iterdir() if path.suffix == ".txt")[::4]
    done = extract_files([*paths, Path(corpus, "iom", "ipd_references_analysis.txt")], workers=1).done
    frames = Frames(
        pd.DataFrame([reference_row(r) for one in done for r in one.references], columns=list(REFERENCE_COLUMNS)),
        pd.DataFrame([paragraph_row(one.document, p) for one in done for p in one.paragraphs]),
        pd.DataFrame([objective_row(o) for one in done for o in one.objectives], columns=list(OBJECTIVE_COLUMNS)),
        [{"document": one.document, "language": one.language, "title": one.title} for one in done],
    )
    assert list(unfounded(build_tables(frames), frames.paragraphs)) == []
