"""A run over the sample gives the bytes that it gave when somebody last looked: what only moves code changes none."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pipeline.export.brief import markdown
from pipeline.run.briefing import brief_document
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from pipeline.store.published import read
from tests.golden_file import same_as_golden

pytestmark = pytest.mark.usefixtures("at_hand")
SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"


@pytest.fixture(scope="module")
def latest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outputs = tmp_path_factory.mktemp("outputs")
    settings = Settings(corpus=SAMPLE, outputs=outputs, database_url="", workers=1)
    return run_corpus(settings=settings).latest


def test_every_csv_file_is_the_same_to_the_byte(latest: Path) -> None:
    """One digest a file, and of the rows of the stages one a document too, so that a difference names where it is; what
    it is, `gcmrefs run --corpus corpus/sample` shows, once before the change and once behind it."""
    digests: dict[str, bytes] = {}
    for path in sorted(latest.rglob("*.csv")):
        name = path.relative_to(latest).as_posix()
        digests[name] = path.read_bytes()
        if name in ("paragraphs.csv", "references.csv", "objectives.csv"):
            for document, rows in read(path).groupby("document"):
                digests[f"{name} of {document}"] = repr(rows.values.tolist()).encode()
    lines = "".join(f"{hashlib.sha256(data).hexdigest()[:16]}  {name}\n" for name, data in digests.items())
    same_as_golden("sample_outputs.txt", lines.encode())


@pytest.mark.parametrize(
    "work", ["sample-clause-declaration.en", "sample-declaracion.es", "sample-numbered-declaration.en"]
)
def test_every_outcome_document_has_its_brief(work: str, latest: Path) -> None:
    documents = read(latest / "documents.csv")
    name = next(name for name in documents["document"][documents["preferred"] == "yes"] if name.startswith(work))
    assert all((latest / "briefs" / f"{name}{suffix}").is_file() for suffix in (".docx", ".html"))
    brief, _ = brief_document(latest.parent, name)
    same_as_golden(f"briefs/{work}.md", markdown.render(brief).encode())
