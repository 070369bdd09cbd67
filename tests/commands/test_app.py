"""The command line: exit status, one line an error, formats, and a quick start."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from extractors.model import OBJECTIVE_COLUMNS, PARAGRAPH_COLUMNS, REFERENCE_COLUMNS
from pipeline import log
from pipeline.commands import app
from pipeline.commands.options import settings_of
from pipeline.commands.terminal import clean, fit_widths, table
from pipeline.corpus import add, describe
from pipeline.corpus.web import Answer
from pipeline.errors import Refused
from pipeline.export.csv import write
from pipeline.run import publish
from pipeline.translation import current_language
from tests import table_sample
from tests.run import fake


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in list(os.environ):
        if name.startswith("GCMREFS_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(log.LOGGER, "handlers", [])
    monkeypatch.setattr(publish, "write_tables", fake.write)
    monkeypatch.setattr(add, "_get", offline)
    files = {"a": "A forum, a forum\nobjective 7\n", "b": "=cmd forum\n", "bad": "encrypted\n", "worse": "crash\n"}
    for name, text in files.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    for name in ("one", "two"):
        (tmp_path / "corpus" / "fetched").mkdir(parents=True, exist_ok=True)
        (tmp_path / "corpus" / "fetched" / f"{name}.txt").write_text(f"{name} forum\n")
    (tmp_path / "corpus" / "manifest.yaml").write_text("sources:\n- slug: one\n- slug: two\n- slug: three\n")
    with fake.stages():
        yield tmp_path


def offline(address: str) -> Answer:
    raise Refused("no network")


def call(*words: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run `main` as the console script does; return (exit status, standard output, standard error)."""
    sys.argv = ["gcmrefs", *words]
    code = 0
    try:
        app.main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    out, err = capfd.readouterr()
    return code, out, err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("run", 0),
        ("extract a.txt", 0),
        ("extract a.txt bad.txt", 1),
        ("extract none.txt", 1),
        ("extract corpus", 1),
        ("extract", 2),
        ("extract a.txt --what poems", 2),
        ("extract a.txt --format xls", 2),
        ("extract a.txt --json --format csv", 2),
        ("extract a.txt --format table -o x.csv", 2),
        ("extract a.txt -o x.pdf", 2),
        ("extract a.txt --format xlsx", 2),
        ("extract a.txt --what paragraphs -o x.docx", 2),
        ("extract a.txt b.txt -o x.docx", 1),
        ("extract a.txt b.txt -o x.xlsx", 0),
        ("tables --document a", 2),
        ("tables -o x.xlsx", 2),
        ("tables --roles president", 2),
        ("tables --document a -o x.pdf", 2),
        ("tables --document a -o x.xlsx", 1),
        ("extract a.txt -o none/x.csv", 2),
        ("nonsense", 2),
        ("run --nonsense", 2),
        ("run --corpus none", 1),
        ("run --database-url nonsense", 1),
        ("corpus list", 0),
        ("corpus list --corpus none", 1),
        ("corpus check", 0),
        ("corpus add nowhere", 1),
        ("corpus add https://un.org/x.pdf", 0),
        ("corpus fetch one", 0),
        ("corpus fetch three", 0),
        ("corpus fetch nobody", 1),
        ("corpus fetch three --mirror corpus", 0),
        ("corpus fetch three --mirror none", 2),
        ("corpus watch", 0),
        ("corpus proposed", 0),
        ("corpus accept none", 1),
        ("corpus ignore none", 1),
        ("diff latest previous", 1),
        ("diff 1", 2),
        ("diff 1 2 -o x.doc", 2),
        ("tables", 1),
        ("--version", 0),
        ("--help", 0),
        ("corpus list -h", 0),
        ("-q run", 0),
        ("-v run", 0),
    ],
)
def test_exit_status_and_no_traceback(words: str, code: int, capfd: pytest.CaptureFixture[str]) -> None:
    found, _, err = call(*words.split(), capfd=capfd)
    assert (found, "Traceback" in err) == (code, False)
    if code == 1:
        assert all(line.startswith(("error: ", "warning: ")) for line in err.splitlines())
        assert err.startswith("error: ")


@pytest.mark.parametrize(
    ("what", "columns"),
    [("references", REFERENCE_COLUMNS), ("paragraphs", PARAGRAPH_COLUMNS), ("objectives", OBJECTIVE_COLUMNS)],
)
@pytest.mark.parametrize("to", ["file", "stdout"])
def test_csv_has_exactly_the_contracts_columns(
    what: str, columns: tuple[str, ...], to: str, place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    where = ["-o", "x.csv"] if to == "file" else ["--format", "csv"]
    code, out, _ = call("extract", "a.txt", "b.txt", "--what", what, *where, capfd=capfd)
    text = (place / "x.csv").read_text(encoding="utf-8") if to == "file" else out
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert (code, tuple(rows[0])) == (0, columns)
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_whole_numbers_have_no_fraction(capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call("extract", "a.txt", "--format", "csv", capfd=capfd)
    row = next(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert (row["page"], row["objective"], row["start"], row["occurrences"]) == ("1", "", "2", "2")


def test_failing_files_are_one_line_each_and_the_others_are_written(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ("extract", "bad.txt", "a.txt", "none.txt", "worse.txt", "b.txt", "-o", "x.jsonl")
    code, out, err = call(*words, capfd=capfd)
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "error: bad.txt: encrypted: give --password",
        "error: none.txt: no such file",
        "error: worse.txt: internal error: RuntimeError: never foreseen",
    ]
    rows = [json.loads(line) for line in (place / "x.jsonl").read_text().splitlines()]
    assert [row["document"] for row in rows] == ["a", "b"]


def test_a_password_opens_it(capfd: pytest.CaptureFixture[str]) -> None:
    assert call("extract", "bad.txt", "--password", "secret", capfd=capfd)[0] == 0


def test_json_report(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call("extract", "a.txt", "bad.txt", "--json", capfd=capfd)
    found = json.loads(out)
    assert (code, [d["document"] for d in found["documents"]]) == (1, ["a"])
    assert (len(found["references"]), found["failures"][0]["file"]) == (1, "bad.txt")


def test_files_of_one_stem_are_told_apart(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (place / "a.html").write_text("forum")
    _, out, _ = call("extract", "a.txt", "a.html", "a.txt", "--json", capfd=capfd)
    assert [d["document"] for d in json.loads(out)["documents"]] == ["a.txt", "a.html"]


def test_a_table_fits_and_names_what_it_shows(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call("extract", "a.txt", capfd=capfd)
    assert code == 0
    assert "§1" in out and "iscm.generic" in out and "1 references" in out
    assert max(map(len, out.splitlines())) <= 160


def test_run_twice_processes_nothing_the_second_time(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call("run", capfd=capfd)
    assert (code, "2 documents processed, 0 unchanged" in out) == (0, True)
    assert "Not fetched yet: 1 of the manifest (three). Get them: gcmrefs corpus fetch" in out
    code, out, _ = call("run", "--json", capfd=capfd)
    assert (code, json.loads(out)["processed"], json.loads(out)["unchanged"]) == (0, [], ["one", "two"])


def test_run_lists_failures(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (place / "corpus" / "fetched" / "two.txt").write_text("encrypted")
    code, out, err = call("run", capfd=capfd)
    assert (code, err) == (1, "failed: two: two.txt: encrypted: give --password\n")
    assert "1 documents processed, 0 unchanged, 1 failed" in out


def test_environment_and_options_name_the_places(
    place: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCMREFS_CORPUS", str(place / "corpus"))
    monkeypatch.setenv("GCMREFS_OUTPUTS", str(place / "from-env"))
    assert call("run", "--database-url", f"sqlite:///{place / 'own.db'}", capfd=capfd)[0] == 0
    assert (place / "own.db").exists() and (place / "from-env" / "latest" / "run.json").exists()
    assert call("run", "--outputs", str(place / "from-option"), capfd=capfd)[0] == 0
    assert (place / "from-option" / "latest" / "references.csv").exists()
    monkeypatch.setenv("GCMREFS_WORKERS", "many")
    code, _, err = call("run", capfd=capfd)
    assert (code, err.startswith("error: GCMREFS_WORKERS=many: ")) == (1, True)


def test_corpus_add_a_file_and_run_reads_it(
    place: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        describe,
        "described",
        lambda path: {"title": "T: 1", "iscm": "", "date": "2018", "language": "en"},
    )
    assert "slug" in call("corpus", "add", "--dry-run", "a.txt", capfd=capfd)[1]
    assert not (place / "corpus" / "added").exists()
    code, out, _ = call("corpus", "add", "a.txt", capfd=capfd)
    assert (code, (place / "corpus" / "added" / "a.txt").exists()) == (0, True)
    assert '"T: 1"' in out
    assert "3 documents processed" in call("run", capfd=capfd)[1]


def test_doctor_tells_what_is_broken(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call("doctor", "--corpus", "none", "--json", capfd=capfd)
    states = {row["check"]: row["state"] for row in json.loads(out)}
    assert (code, states["corpus"], states["python"], states["outputs"]) == (1, "broken", "ok", "ok")


def test_help_loads_no_heavy_library() -> None:
    heavy = {"spacy", "pandas", "pydantic", "sqlalchemy", "prefect", "httpx", "rich.progress"}
    code = f"import sys; from pipeline.commands import app; print(sorted({heavy!r} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_quiet_says_nothing_of_a_good_run_and_all_of_a_problem(capfd: pytest.CaptureFixture[str]) -> None:
    assert call("-q", "run", capfd=capfd) == (0, "", "")
    code, out, err = call("-q", "extract", "a.txt", "bad.txt", capfd=capfd)
    assert (code, "forum" in out, err.count("bad.txt")) == (1, True, 1)


def test_the_shell_is_told_how_to_complete() -> None:
    told = CliRunner().invoke(app.app, [], env={"_GCMREFS_COMPLETE": "source_bash"}, prog_name="gcmrefs")
    assert "--show-completion" in CliRunner().invoke(app.app, ["--help"]).output
    assert "_GCMREFS_COMPLETE" in told.output


def test_commands_are_those_of_the_contract() -> None:
    out = CliRunner().invoke(app.app, ["--help"]).output
    assert all(name in out for name in ("run", "extract", "corpus", "lexicon", "tables", "doctor"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [("a\nb", "a b"), ("\x1b[31mred", "[31mred"), (None, ""), (float("nan"), ""), (3, "3"), ("a\u202eb", "a b")],
)
def test_nothing_from_a_document_can_steer_the_terminal(value: object, shown: str) -> None:
    assert clean(value) == shown


@pytest.mark.parametrize("room", [20, 40, 80, 200])
def test_widths_fit(room: int) -> None:
    assert sum(fit_widths([30, 200, 90, 12], [False, True, True, False], room)) <= max(room, 24)


def test_lexicon_check_and_show(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call("lexicon", "check", capfd=capfd)
    assert (code, "entries, version" in out) == (0, True)
    _, out, _ = call("lexicon", "show", "Puebla", "--json", capfd=capfd)
    assert all("puebla" in json.dumps(entry).casefold() for entry in json.loads(out)) and json.loads(out)


def test_an_unknown_format_is_refused_in_one_line_that_names_those_that_exist(
    capfd: pytest.CaptureFixture[str],
) -> None:
    _, _, err = call("extract", "a.txt", "-o", "x.pdf", capfd=capfd)
    assert len(err.splitlines()) == 1
    assert all(suffix in err for suffix in (".csv", ".docx", ".json", ".jsonl", ".parquet", ".xlsx"))


def test_a_file_is_what_its_name_says(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    starts = {"xlsx": b"PK", "docx": b"PK", "parquet": b"PAR1", "json": b"{", "jsonl": b"{", "csv": b"\xef\xbb\xbf"}
    for form, start in starts.items():
        assert call("extract", "a.txt", "-o", f"x.{form}", capfd=capfd)[0] == 0
        assert (place / f"x.{form}").read_bytes().startswith(start)
    assert "forum" in " ".join(cell.text for cell in docx.Document(str(place / "x.docx")).tables[0].column_cells(0))
    assert "ISCM wordings" in openpyxl.load_workbook(place / "x.xlsx").sheetnames
    assert len(json.loads((place / "x.json").read_text("utf-8"))["references"]) == len(
        pd.read_parquet(place / "x.parquet")
    )


ROW = {
    "citation": "§22(b)",
    "category": "stakeholder.local_communities",
    "wording": "networks of local " * 3,
    "quote": "q " * 150,
}


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_narrow_terminal_keeps_paragraph_and_whole_wording(width: int) -> None:
    printed = Console(width=width, file=io.StringIO(), record=True)
    printed.print(table([ROW] * 3, list(ROW), width=width))
    lines = printed.export_text().splitlines()
    assert max(map(len, lines)) <= width and "§22(b)" in lines[2]
    folded = "".join(line.strip() + " " for line in lines[2:])
    assert folded.split().count("networks") == 9
    assert ("quote" in lines[0]) == (width >= 120)


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_tables_of_one_document_of_the_last_run(suffix: str, place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    latest = place / "outputs" / "latest"
    latest.mkdir(parents=True)
    for name in ("references", "paragraphs", "objectives"):
        write(latest / f"{name}.csv", getattr(table_sample, name)())
    (latest / "run.json").write_text(json.dumps(table_sample.RUN), encoding="utf-8")
    code, _, err = call("tables", "--document", "charter", "-o", f"x.{suffix}", capfd=capfd)
    assert (code, err) == (0, "")
    data = (place / f"x.{suffix}").read_bytes()
    texts = "".join(str(part) for part in zipped(data))
    assert "Charter of the Forum" in texts and "Compact on Moving Well" not in texts
    code, _, err = call("tables", "--document", "chart", "-o", f"x.{suffix}", capfd=capfd)
    assert code == 1 and "charter" in err


def zipped(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return [file.read(name).decode("utf-8", "replace") for name in file.namelist() if name.endswith(".xml")]


def test_outputs_remember_their_corpus(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Forgetting --corpus must not put other tables in place; a corpus that was moved is still the same."""
    (place / "other").mkdir()
    (place / "other" / "x.txt").write_text("x forum\n", encoding="utf-8")
    assert call("run", "--corpus", "other", capfd=capfd)[0] == 0
    code, out, err = call("run", capfd=capfd)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert f"give --corpus {place / 'other'}, other --outputs, or --replace" in err
    assert "x forum" in (place / "outputs" / "latest" / "references.csv").read_text(encoding="utf-8-sig")
    (place / "other").rename(place / "moved")
    assert call("run", "--corpus", "moved", capfd=capfd)[0] == 0
    assert call("run", "--replace", capfd=capfd)[0] == 0
    assert call("run", capfd=capfd)[0] == 0


@pytest.mark.parametrize(
    "words",
    ["run --corpus none", "tables", "diff latest previous", "review export -o x.xlsx", "tables --document a -o x.xlsx"],
)
def test_a_command_that_fails_makes_nothing(place: Path, capfd: pytest.CaptureFixture[str], words: str) -> None:
    before = sorted(path.name for path in place.iterdir())
    code, _, err = call(*words.split(), capfd=capfd)
    assert (code, err.count("\n")) == (1, 1)
    assert sorted(path.name for path in place.iterdir()) == before


def test_outputs_that_cannot_be_written_are_read(
    place: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("run", capfd=capfd)[0] == 0
    (place / "corpus" / "fetched" / "one.txt").write_text("one more forum\n", encoding="utf-8")
    assert call("run", capfd=capfd)[0] == 0
    monkeypatch.setattr(os, "access", lambda *words: False)
    before = sorted(path.name for path in (place / "outputs" / "store").iterdir())
    code, out, _ = call("diff", "previous", "latest", capfd=capfd)
    assert (code, "one" in out) == (0, True)
    assert sorted(path.name for path in (place / "outputs" / "store").iterdir()) == before


@pytest.mark.parametrize("setting", ["GCMREFS_MAX_PAGES=-5", "GCMREFS_MAX_SECONDS=soon", "GCMREFS_LOG=xml"])
def test_a_bad_setting_is_one_line(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv(*setting.split("="))
    code, _, err = call("run", capfd=capfd)
    code = code or call("extract", "a.txt", capfd=capfd)[0]
    assert code == 1
    assert "Traceback" not in err
    assert setting in err or "MAX" in setting


def test_every_address_refused_is_a_failure_and_no_address_is_told_once(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    manifest = 'sources:\n- slug: three\n- {slug: four, addresses: ["file:none.txt"]}\n'
    (place / "corpus" / "manifest.yaml").write_text(manifest, encoding="utf-8")
    code, _, err = call("corpus", "fetch", capfd=capfd)
    assert (code, err.count("no address known"), err.count("no such file")) == (1, 1, 1)
    code, _, err = call("corpus", "fetch", capfd=capfd)
    assert (code, err.count("no address known")) == (1, 0)


def test_the_log_tells_of_runs_good_and_bad(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("run", capfd=capfd)[0] == 0
    (place / "corpus" / "manifest.yaml").write_text("sourcs: []\n", encoding="utf-8")
    assert call("run", capfd=capfd)[0] == 1
    lines = (place / "outputs" / "logs" / "gcmrefs.log").read_text(encoding="utf-8").splitlines()
    assert [line.split()[1:4] for line in lines] == [
        ["info", "run", "began"], ["info", "run", "ended"], ["warning", "run", "failed"],
    ]  # fmt: skip
    assert "status=complete" in lines[1]
    assert "manifest.yaml:1" in lines[2]


def test_the_language_holds_until_the_command_has_ended() -> None:
    probe = typer.Typer()
    probe.callback(invoke_without_command=True)(app.top)

    @probe.command("tell")
    def tell() -> None:
        settings_of(language="fr")
        print(current_language())

    assert CliRunner().invoke(probe, ["tell"]).stdout == "fr\n"
    assert current_language() == "en"
