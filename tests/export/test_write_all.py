import hashlib
from pathlib import Path

import pytest

from pipeline.export import write_all
from pipeline.store.published import read
from pipeline.tables.build import Frames, build_tables
from tests import table_sample as sample


def written(folder: Path) -> dict[str, str]:
    folder.mkdir()
    frames = (sample.references(), sample.paragraphs(), sample.objectives())
    paths = write_all(folder, build_tables(Frames(*frames), labels=sample.LABELS), *frames, sample.RUN)
    assert sorted(paths) == sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_same_input_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(tmp_path / "a")
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert written(tmp_path / "b") == first


def test_files(tmp_path: Path) -> None:
    names = {name for name in written(tmp_path / "a") if "/" not in name}
    assert names == {
        "references.csv",
        "paragraphs.csv",
        "objectives.csv",
        "references.parquet",
        "reference_tables.xlsx",
        "reference_tables.docx",
        "report.html",
    }


def test_offsets_count_in_the_text_that_csv_gives_back(tmp_path: Path) -> None:
    written(tmp_path / "a")
    references = read(tmp_path / "a" / "references.csv")
    paragraphs = read(tmp_path / "a" / "paragraphs.csv")
    texts: dict[tuple[str, str], list[str]] = {}
    for row in paragraphs.itertuples():
        texts.setdefault((str(row.document), str(row.paragraph).partition("#")[0]), []).append(str(row.text))
    for row in references.itertuples():
        found = [text[int(str(row.start)) : int(str(row.end))] for text in texts[str(row.document), str(row.paragraph)]]
        assert row.wording in found
