"""`gcmrefs exchange`: folders of files from the tables of the last run."""

import csv
import hashlib
import json
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractors.model import PARAGRAPH_COLUMNS, Paragraph, Reference
from pipeline.cell import neutralised
from pipeline.commands import exchange
from pipeline.commands.app import app
from pipeline.errors import GcmrefsError
from pipeline.exchange.folder import LIST, export, export_lexicons, file_name
from pipeline.exchange.formats import FORMATS
from pipeline.extract.document import paragraph_row, reference_row
from pipeline.extras import install_line
from pipeline.store import latest, published
from tests.exchange.made import reference, small

SECOND = Paragraph(1, "1", "paragraph", "=1+1, the “forum”\nstays")


def outputs(place: Path, *, references: bool = True) -> Path:
    """The folder of a run over two documents, as the tables are written; the second starts like a formula."""
    folder = place / latest.LATEST
    folder.mkdir(parents=True)
    first = small()
    other = reference("b", SECOND, 11, 16, objective=None, status="edited")
    units = [paragraph_row("sample", p) for p in first.paragraphs]
    units.insert(3, paragraph_row("sample", Paragraph(99, "furniture", "furniture", "page 1", suffix="#1")))
    units.append(paragraph_row("b", SECOND))
    rows = [reference_row(r) for r in (*first.references, other)] if references else []
    put(folder / "paragraphs.csv", PARAGRAPH_COLUMNS, units)
    put(folder / "references.csv", [field.name for field in fields(Reference)], rows)
    names = ("title", "iscm", "date", "language", "kind", "format")
    told = [{"document": "sample", **{name: getattr(first, name) for name in names}}]
    told.append({"document": "b", **dict.fromkeys(names, ""), "language": "en"})
    (folder / "run.json").write_text(json.dumps({"documents": told}), encoding="utf-8")
    return place


def put(path: Path, columns: Any, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            cells = (row[name] for name in columns)
            writer.writerow(["" if c is None else neutralised(c) if isinstance(c, str) else c for c in cells])


def test_documents_are_those_of_the_tables(tmp_path: Path) -> None:
    first, second = published.documents(outputs(tmp_path))
    assert first == small()
    assert (second.slug, second.paragraphs[0].text, second.references[0].status) == ("b", SECOND.text, "edited")


def test_only_those_named(tmp_path: Path) -> None:
    assert [d.slug for d in published.documents(outputs(tmp_path), ["b"])] == ["b"]
    with pytest.raises(GcmrefsError, match="nowhere: no document of the last run; it has sample, b"):
        list(published.documents(tmp_path, ["nowhere"]))


def test_no_run(tmp_path: Path) -> None:
    with pytest.raises(GcmrefsError, match="no finished run: run gcmrefs run first"):
        list(published.documents(tmp_path))


def test_document_without_references(tmp_path: Path) -> None:
    assert [len(d.references) for d in published.documents(outputs(tmp_path, references=False))] == [0, 0]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("references.csv", "reference_id,", "other,"),
        ("references.csv", ",100.0,", ",high,"),
        ("references.csv", "\nb2,sample,", "\nb2,elsewhere,"),
        ("paragraphs.csv", "document,order", "document,place"),
        ("paragraphs.csv", "sample,1,", "sample,first,"),
    ],
)
def test_tables_of_something_else(tmp_path: Path, name: str, old: str, new: str) -> None:
    path = outputs(tmp_path) / latest.LATEST / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(GcmrefsError, match="run gcmrefs tables"):
        list(published.documents(tmp_path))


@pytest.mark.parametrize("form", FORMATS)
def test_export(tmp_path: Path, form: str) -> None:
    if form == "cas":
        pytest.importorskip("cassis", reason="the extra `exchange` is not installed")
    source, folder = outputs(tmp_path / "outputs"), tmp_path / "out"
    files = list(export(form, published.documents(source), folder, check=True))
    names = {file.name for file in files}
    assert {f"sample{FORMATS[form].suffix}", f"b{FORMATS[form].suffix}"} <= names
    assert {path.name for path in folder.iterdir()} == names | {LIST}
    listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
    assert listed["format"] == form
    for row in listed["files"]:
        assert row["sha256"] == hashlib.sha256((folder / row["file"]).read_bytes()).hexdigest()
    for file, document in zip(files, published.documents(source), strict=False):
        assert FORMATS[form].same((folder / file.name).read_bytes(), document)
    assert list(export(form, published.documents(source), tmp_path / "again")) == files


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_lexicons(tmp_path: Path) -> None:
    pytest.importorskip("rdflib", reason="the extra `exchange` is not installed")
    from extractors.lexicon.entries import load_lexicon

    (tmp_path / "lexicon").mkdir()
    from tests.exchange.test_skos import SMALL

    (tmp_path / "lexicon" / "iscm.yaml").write_text(SMALL, encoding="utf-8")
    files = list(export_lexicons(load_lexicon(tmp_path / "lexicon"), tmp_path / "skos", check=True))
    assert [file.name for file in files] == ["lexicons.ttl", "lexicons.jsonld"]


def test_what_is_no_longer_there_is_removed(tmp_path: Path) -> None:
    source, folder = outputs(tmp_path / "outputs"), tmp_path / "out"
    list(export("akomantoso", published.documents(source), folder))
    list(export("akomantoso", published.documents(source, ["b"]), folder))
    assert {path.name for path in folder.iterdir()} == {"b.xml", LIST}


def test_list_that_names_files_elsewhere_removes_none_of_them(tmp_path: Path) -> None:
    source, folder, mine = outputs(tmp_path / "outputs"), tmp_path / "out", tmp_path / "mine.txt"
    mine.write_text("mine")
    folder.mkdir()
    bad = [{"file": "../mine.txt"}, {"file": str(mine)}, {"file": ".."}, {"file": ""}]
    (folder / LIST).write_text(json.dumps({"files": bad}))
    list(export("akomantoso", published.documents(source), folder))
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("name", ["notes.txt", LIST])
def test_folder_of_something_else_is_refused(tmp_path: Path, name: str) -> None:
    source, folder = outputs(tmp_path / "outputs"), tmp_path / "out"
    folder.mkdir()
    (folder / name).write_text("mine")
    with pytest.raises(GcmrefsError, match="holds other files"):
        list(export("akomantoso", published.documents(source), folder))
    assert (folder / name).read_text() == "mine"


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(GcmrefsError, match="out: cannot be used"):
        list(export("akomantoso", [small()], tmp_path / "out"))


@pytest.mark.parametrize(
    "slug", ["../../etc/passwd", "..", ".hidden", "-rf", "a/b", "a b", "", "x" * 300, "دبي", "con\x00", "C:\\a"]
)
def test_file_name_stays_in_the_folder(slug: str) -> None:
    name = file_name(slug)
    assert name == Path(name).name and name.isprintable() and not name.startswith((".", "-"))
    assert 0 < len(name) <= 140
    assert name != file_name(slug + "x")


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["exchange", *words])


def test_command(tmp_path: Path) -> None:
    source = outputs(tmp_path / "outputs")
    done = run("webannotation", "--outputs", str(source), "--check", "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert [file["document"] for file in found["files"]] == ["sample", "b"]
    assert (source / "exchange" / "webannotation" / "sample.jsonld").is_file()


def test_command_says_what_is_left_out(tmp_path: Path) -> None:
    pytest.importorskip("cassis", reason="the extra `exchange` is not installed")
    done = run("cas", "--outputs", str(outputs(tmp_path)), "-o", str(tmp_path / "out"), "--document", "sample")
    assert done.exit_code == 0
    assert "warning: sample: 1 references do not stand in its text and are left out" in done.output


def test_command_wants_a_known_format(tmp_path: Path) -> None:
    assert run("zip").exit_code == 2
    assert run("skos", "--document", "a").exit_code == 2


@pytest.mark.parametrize(("form", "module"), [("skos", "rdflib"), ("cas", "cassis")])
def test_missing_library_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str, module: str) -> None:
    source = outputs(tmp_path)
    monkeypatch.setitem(sys.modules, module, None)
    done = run(form, "--outputs", str(source))
    assert isinstance(done.exception, GcmrefsError)
    assert str(done.exception) == f"{form}: {module} is not installed: {install_line('exchange')}"
    assert not (source / "exchange").exists()


def test_every_format_is_a_choice() -> None:
    assert {form.value for form in exchange.Form} == {*FORMATS, "skos"}
