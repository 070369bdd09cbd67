"""What `corpus add` proposes from a document itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractors.text.dates import date_in
from pipeline.corpus.describe import described


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("adopted on 19 December 2018", "2018-12-19"),
        ("December 19, 2018", "2018-12-19"),
        ("Geneva, 10-11 October 2017", "2017-10-11"),
        ("October 10–11, 2017", "2017-10-11"),
        ("Quito, 21 y 22 de septiembre de 2009", "2009-09-22"),
        ("le 1er décembre 2014", "2014-12-01"),
        ("15 de março de 2018", "2018-03-15"),
        ("2019-02-03", "2019-02-03"),
        ("32 December 2018", ""),
        ("2019-13-03", ""),
        ("in 2018", ""),
    ],
)
def test_dates(text: str, expected: str) -> None:
    assert date_in(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "un/A_RES_73_195.docx",
            {"symbol": "A/RES/73/195", "kind": "resolution", "date": "2018-12-19", "language": "en"},
        ),
        ("iscm/almaty-ministerial-2013.en.txt", {"date": "2013-06-05", "language": "en"}),
        ("iscm/rcm-viii-cancun-2003.es.txt", {"kind": "declaration", "date": "2003-05-30", "language": "es"}),
    ],
)
def test_real_documents(name: str, expected: dict[str, str]) -> None:
    folder = os.environ.get("GCMREFS_CORPUS")
    if not folder:
        pytest.skip("set GCMREFS_CORPUS to the folder with the documents")
    found = described(Path(folder) / name)
    assert {key: found[key] for key in expected} == expected
    assert found["title"]
