from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.export import csv
from pipeline.store.published import read


def test_bytes(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": ["x", None, "=1", 'say "hi", now'], "n": [1, None, 3.0, 97.5]})
    written = csv.write(tmp_path / "t.csv", frame).read_bytes()
    assert written == '\ufeffa,n\nx,1\n,\n\'=1,3\n"say ""hi"", now",97.5\n'.encode()


def test_an_empty_frame_is_its_header(tmp_path: Path) -> None:
    frame = pd.DataFrame(columns=["a", "b"])
    assert csv.write(tmp_path / "t.csv", frame).read_text(encoding="utf-8-sig") == "a,b\n"
    assert list(read(tmp_path / "t.csv").columns) == ["a", "b"]


@pytest.mark.parametrize("text", ["NA", "null", "a\rb", "a\r\nb", " a ", "1e5", "007", "\ufeffx", "“q”", "a\tb"])
def test_text_is_read_back_as_it_was(text: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [text], "b": ["end"]})
    assert read(csv.write(tmp_path / "t.csv", frame)).iloc[0].tolist() == [text, "end"]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"])) | st.sampled_from(["-1", "=x", "'", "\n"]),
        min_size=1,
    )
)
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    frame = pd.DataFrame({"a": cells, "z": "."})
    assert read(csv.write(path, frame))["a"].tolist() == cells


def test_rows_are_written_as_a_frame_of_them_is() -> None:
    rows = [["a", 1, None, True, 2.5], ["=b", 2, 'c"d', False, 3.0]]
    columns = ["one", "two", "three", "four", "five"]
    assert b"".join(csv.encode_rows(columns, rows)) == b"".join(csv.encode(pd.DataFrame(rows, columns=columns)))
