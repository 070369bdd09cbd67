import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.corpus.manifest import Source
from pipeline.extract.document import paragraph_row, process_document, reference_row
from pipeline.tables.printed.objectives import claims, claims_table
from pipeline.tables.records import read_records
from pipeline.tables.registry import load_registry
from pipeline.tables.sentences import Evidence
from tests.tables.mechanisms import sample as sample


def found(text: str, *references: tuple[str, str]) -> list[tuple[str, tuple[int, ...]]]:
    rows = [("review", "¶1", category, wording, "") for category, wording in references]
    evidence = sample.evidence([("review", "¶1", "body", text)], rows)
    return [(claim.category, claim.printed) for claim in claims(evidence)]


CIVIL, UNIONS = ("stakeholder.civil_society", "civil society"), ("stakeholder.trade_unions", "trade unions")


@pytest.mark.parametrize(
    ("text", "references", "expected"),
    [
        ("civil society (Objectives 2, 3, 12)", [CIVIL], [(CIVIL[0], (2, 3, 12))]),
        ("civil society (CSO) (Objectives 2 and 16)", [CIVIL], [(CIVIL[0], (2, 16))]),
        (
            "civil society (Objective 2), trade unions (Objective 3)",
            [CIVIL, UNIONS],
            [(CIVIL[0], (2,)), (UNIONS[0], (3,))],
        ),
        ("civil society meets. The ministers (Objective 2)", [CIVIL], []),
        ("civil society (Objectives 2, 99)", [CIVIL], [(CIVIL[0], (2,))]),
        ("civil society (§ 2)", [CIVIL], []),
    ],
)
def test_claims(text: str, references: list[tuple[str, str]], expected: list[Any]) -> None:
    assert found(text, *references) == expected


def test_no_table_without_an_analysed_text() -> None:
    evidence = sample.evidence(
        [("review", "¶1", "body", "civil society (Objective 2)")], [("review", "¶1", *CIVIL, "")]
    )
    assert claims(evidence) and claims_table(evidence, claims(evidence)) is None


def test_differences() -> None:
    references, paragraphs, objectives = sample.frames(
        [
            ("review", "¶1", "body", "civil society (Objectives 2, 3)"),
            *(("rcm", str(n), "paragraph", "civil society") for n in range(1, 12)),
        ],
        [("review", "¶1", *CIVIL, ""), ("rcm", "3", *CIVIL, ""), ("rcm", "7", *CIVIL, "")],
    )
    under = [None, *range(1, 12)]
    placed = references.assign(objective=[None, 3, 7])
    evidence = Evidence(
        read_records(placed, paragraphs.assign(objective=under), objectives, sample.DOCUMENTS), load_registry()
    )
    table = claims_table(evidence, claims(evidence))
    assert table is not None
    cells = table.frame.iloc[0]
    assert tuple(cells[["printed", "found", "only_printed", "only_found", "where"]]) == (
        "2, 3",
        "3, 7",
        "2",
        "7",
        "7: §7",
    )


def test_claims_of_the_published_analysis() -> None:
    gold, corpus = os.environ.get("GCMREFS_GOLD"), os.environ.get("GCMREFS_CORPUS")
    if not gold or not corpus:
        pytest.skip("set GCMREFS_GOLD and GCMREFS_CORPUS to the folders with the published analysis and the documents")
    truth = pd.read_csv(Path(gold) / "ipd_narrative.csv", dtype=str, keep_default_na=False)
    wanted = {
        claim.removeprefix("objectives that mention "): tuple(int(n) for n in printed.split(", "))
        for claim, printed in zip(truth["claim"], truth["printed"], strict=True)
        if claim.startswith("objectives that mention ")
    }
    read = process_document(Path(corpus) / "iom" / "ipd_references_analysis.txt", Source(slug="ipd"))
    references = pd.DataFrame([reference_row(r) for r in read.references])
    paragraphs = pd.DataFrame([paragraph_row("ipd", p) for p in read.paragraphs])
    nothing = pd.DataFrame(columns=["document", "paragraph", "kind", "number", "basis", "wording", "score"])
    evidence = Evidence(read_records(references, paragraphs, nothing), load_registry())
    assert {claim.category: claim.printed for claim in claims(evidence)} == wanted
