"""Works and roles of a run: in documents.csv, references.csv and run.json, from the first run and after the manifest's word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.model import DOCUMENT_COLUMNS
from pipeline.settings import Settings
from pipeline.store.published import read
from tests.run import fake

TEXT = "a forum for the states of the region that\n" + "\n".join(
    f"meet {n * 'x'} to talk of labour {n * 'y'}" for n in range(30)
)
MANIFEST = """
sources:
- {slug: b, role: report, addresses: ["https://example.org/b.txt", "file:b.txt"]}
- {slug: c, work: two, kind: plan, addresses: ["file:c.txt"]}
"""


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in (("b", TEXT), ("a", TEXT), ("c", "a forum of its own")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return Settings(corpus=folder, outputs=tmp_path / "outputs", database_url="", workers=1)


def test_works_and_roles_are_published_and_follow_the_manifest(place: Settings) -> None:
    def shown() -> list[list[str]]:
        fake.run_corpus(settings=place)
        latest = place.outputs / "latest"
        rows, references = read(latest / "documents.csv"), read(latest / "references.csv")
        facts = json.loads((latest / "run.json").read_text(encoding="utf-8"))["documents"]
        assert tuple(rows.columns) == (*DOCUMENT_COLUMNS, "new_in_run")
        assert [str(one["work"]) for one in sorted(facts, key=lambda one: str(one["document"]))] == list(rows.work)
        works = dict(zip(rows.document, zip(rows.work, rows.role, strict=True), strict=True))
        for one in references.itertuples():
            assert (one.work, one.role) == works[one.document]
        return rows[["document", "work", "role", "preferred", "url", "file"]].values.tolist()

    assert shown() == [
        ["a", "a", "", "yes", "", "a.txt"],
        ["b", "a", "", "no", "", "b.txt"],
        ["c", "c", "", "yes", "", "c.txt"],
    ]
    (place.corpus / "manifest.yaml").write_text(MANIFEST, encoding="utf-8")
    assert shown() == [
        ["a", "a", "report", "yes", "", "a.txt"],
        ["b", "a", "report", "no", "https://example.org/b.txt", "b.txt"],
        ["c", "two", "outcome", "yes", "", "c.txt"],
    ]
