"""A corpus is started anywhere, and an entry goes as it came: nothing else moves, no file is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.corpus.discovery import discover
from pipeline.corpus.manifest import read_manifest
from pipeline.corpus.remove import remove_source
from pipeline.corpus.start import shipped_corpus, start_corpus
from pipeline.errors import CorpusError

MANIFEST = """\
# the head
sources:
  # the first
  - slug: one
    addresses: ["file:added/one.txt"]

  # the second
  - slug: two   # kept

watch:
  - {slug: w, address: "https://example.org/"}
"""


def test_a_corpus_is_started_with_the_known_documents_and_the_sample(tmp_path: Path) -> None:
    start_corpus(tmp_path / "new")
    known = read_manifest(shipped_corpus() / "manifest.yaml")
    assert read_manifest(tmp_path / "new" / "corpus" / "manifest.yaml") == known
    found = discover(tmp_path / "new" / "corpus")
    assert found.is_sample
    assert len(found.missing) == len(known.sources)
    assert "gcmrefs run" in (tmp_path / "new" / "README.md").read_text(encoding="utf-8")


def test_an_empty_one_has_nothing_but_a_manifest(tmp_path: Path) -> None:
    start_corpus(tmp_path, is_empty=True)
    assert read_manifest(tmp_path / "corpus" / "manifest.yaml").sources == ()
    assert sorted(path.name for path in (tmp_path / "corpus").iterdir()) == ["manifest.yaml"]


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(CorpusError, match="there already"):
        start_corpus(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "added").mkdir()
    (tmp_path / "added" / "one.txt").write_text("one", encoding="utf-8")
    (tmp_path / "manifest.yaml").write_text(MANIFEST, encoding="utf-8")
    return tmp_path


def test_an_entry_goes_and_its_file_is_kept(corpus: Path) -> None:
    removal = remove_source(corpus, "one")
    text = (corpus / "manifest.yaml").read_text(encoding="utf-8")
    assert text == MANIFEST.replace('  - slug: one\n    addresses: ["file:added/one.txt"]\n\n', "")
    assert removal.kept == corpus / "fetched" / "versions" / "one" / "removed-one.txt"
    assert removal.kept.read_text(encoding="utf-8") == "one"


def test_the_last_entry_leaves_a_valid_manifest(corpus: Path) -> None:
    for slug in ("two", "one"):
        remove_source(corpus, slug)
    manifest = read_manifest(corpus / "manifest.yaml")
    assert (manifest.sources, [watch.slug for watch in manifest.watch]) == ((), ["w"])


def test_a_file_that_a_person_put_elsewhere_stays(corpus: Path) -> None:
    (corpus / "mine").mkdir()
    (corpus / "added" / "one.txt").rename(corpus / "mine" / "one.txt")
    text = MANIFEST.replace("added/one.txt", "mine/one.txt")
    (corpus / "manifest.yaml").write_text(text, encoding="utf-8")
    removal = remove_source(corpus, "one")
    assert (removal.kept, removal.is_read) == (corpus / "mine" / "one.txt", True)


@pytest.mark.parametrize("text", ["sources: [{slug: one}]\n", "sources:\n  - slug: two\n"])
def test_what_cannot_be_taken_out_is_said(corpus: Path, text: str) -> None:
    (corpus / "manifest.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"do it by hand|no such entry"):
        remove_source(corpus, "one")
    assert (corpus / "manifest.yaml").read_text(encoding="utf-8") == text
