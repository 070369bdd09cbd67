"""The three questions on real documents: a handful of them, read once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import pipeline
from pipeline.explore import Results
from pipeline.run.run import run_corpus
from pipeline.settings import Settings

DOCUMENTS = (
    "un/A_RES_73_195.txt",
    "iscm/colombo-process-kathmandu-2018.en.txt",
    "iscm/khartoum-cairo-declaration-2025.en.txt",
    "iscm/midsa-windhoek-2010.en.txt",
    "iscm/bali-7th-som-2018.en.txt",
    "iscm/sacm-v-la-paz-2004.es.txt",
    "iscm/jvap-som-2018.en.txt",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Results:
    corpus = os.environ.get("GCMREFS_CORPUS")
    if not corpus:
        pytest.skip("needs real documents: set GCMREFS_CORPUS to their folder")
    place = tmp_path_factory.mktemp("real")
    (place / "corpus").mkdir()
    for name in DOCUMENTS:
        path = Path(corpus) / name
        if not path.is_file():
            pytest.skip(f"{path} is not there")
        shutil.copyfile(path, place / "corpus" / path.name)
    settings = Settings(corpus=place / "corpus", outputs=place / "outputs", database_url="")
    assert run_corpus(settings=settings, workers=1).exit_code == 0
    return pipeline.load(place / "outputs")


def test_the_documents_are_told_apart(data: Results) -> None:
    facts = data.documents.set_index("document")
    assert facts.loc["A_RES_73_195", "part"] == "Compact"
    assert set(facts.drop("A_RES_73_195").part) == {"declaration"}
    assert set(facts.index[facts.type == "RCP"]) == {
        "colombo-process-kathmandu-2018.en",
        "midsa-windhoek-2010.en",
        "sacm-v-la-paz-2004.es",
    }
    assert facts.loc["jvap-som-2018.en", "mechanism"] == "Rabat Process; Khartoum Process"


def test_declarations_that_name_diasporas_but_not_remittances(data: Results) -> None:
    declarations = data.only(part="declaration")
    diasporas = declarations.naming("stakeholder.diasporas").document
    remittances = declarations.naming("remittance", "remesa", "envois de fonds").document
    assert set(diasporas) == {"midsa-windhoek-2010.en"}  # Khartoum 2025 has ministers of diaspora affairs only
    assert set(remittances) == {"colombo-process-kathmandu-2018.en", "midsa-windhoek-2010.en"}
    assert diasporas[~diasporas.isin(remittances)].tolist() == []


def test_objectives_that_no_rcp_has_taken_up(data: Results) -> None:
    taken = data.uptake(by="type")
    rows = data.objectives[data.objectives.kind == "objective"]
    rcp = rows.document.isin(["colombo-process-kathmandu-2018.en", "midsa-windhoek-2010.en", "sacm-v-la-paz-2004.es"])
    assert set(taken[taken["RCP"] == 0].index) == set(range(1, 24)) - set(rows[rcp].number)
    assert taken.loc[12, "RCP"] == 0
    assert taken.loc[20, "RCP"] > 0


def test_role_of_the_private_sector(data: Results) -> None:
    role = data.profile("stakeholder.private_sector")
    assert role.loc["percent of paragraphs", "Compact"] > role.loc["percent of paragraphs", "declaration"] > 0
    assert role.loc["objectives", "Compact"].startswith("6 (")
    assert "recruiters" in role.loc["wordings", "Compact"]


def test_stakeholders_stand_under_the_objectives_of_the_compact(data: Results) -> None:
    table = data.only(part="Compact").co_occurrence(group="stakeholder")
    assert table.loc["Diasporas"].idxmax() == 19
    assert table.loc["Trade unions"].idxmax() == 6
    objectives = data.objectives[(data.objectives.document == "A_RES_73_195") & (data.objectives.kind == "objective")]
    about = objectives.groupby("unit").number.agg(set)
    named = data.references[data.references.category == "stakeholder.diasporas"].query("part == 'Compact'")
    under = {
        p: {o} if o == o else about.get(p, set())
        for p, o in zip(named.paragraph, named.objective.to_numpy(float, na_value=float("nan")), strict=True)
    }
    assert table.loc["Diasporas"].to_dict() == {n: sum(n in found for found in under.values()) for n in range(1, 24)}


def test_keyword_in_context_agrees_with_the_text(data: Results) -> None:
    lines = data.concordance("remittance", whole=False)
    searched = data.paragraphs[data.paragraphs.searched].text
    assert len(lines) == searched.str.count(r"(?i)\bremittance").sum()
