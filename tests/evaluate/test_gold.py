"""Gold files: what they are taken for, and one line with file and line for every mistake."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from extractors.model import REFERENCE_COLUMNS
from pipeline.errors import GcmrefsError
from pipeline.evaluate.gold import GoldBorderlineRow, GoldReferenceRow, read
from pipeline.export.csv import write

REFERENCES = "paragraph,category,wording\n1,iscm.gfmd,the Forum\n"


@pytest.mark.parametrize(
    ("name", "text", "kind", "slug"),
    [
        ("a.en.references.csv", REFERENCES, "references", "a.en"),
        ("whatever.csv", REFERENCES, "references", ""),
        ("b.csv", "paragraph,category,wording,decision\n1,x.y,z,exclude\n", "borderline", ""),
        ("b.borderline.csv", "paragraph,category,wording\n1,x.y,z\n", "borderline", "b"),
        ("p.csv", "n,id,text\n1,22(b),We\n", "paragraphs", ""),
        ("p.csv", "id,first_10_words\n22(b),We\n", "paragraphs", ""),
        ("o.csv", "kind,number,mention,paragraph,evidence\nobjective,2,implied,1,x\n", "objectives", ""),
        (
            "objectives.csv",
            "document,paragraph,kind,number,basis,wording,score\nd,1,theme,2,implied,x,90\n",
            "objectives",
            "",
        ),
        ("i.csv", "category,wording,paragraph,status,true_paragraph,true_wording\na.b,x,1,ok,1,x\n", "published", ""),
    ],
)
def test_kinds(tmp_path: Path, name: str, text: str, kind: str, slug: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (file,) = read([tmp_path]).files
    assert (file.kind, file.slug, len(file.rows)) == (kind, slug, 1)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.references.csv", "paragraph,category\n1,x.y\n", "a.references.csv:1: missing column: wording"),
        ("a.references.csv", "paragraph,category,wording,worded\n", "a.references.csv:1: unknown column: worded"),
        ("a.references.csv", REFERENCES + "2,Forum,x\n", "a.references.csv:3: category: 'Forum'"),
        ("a.references.csv", REFERENCES + "2,x.y\n", "a.references.csv:3: 2 cells under 3 columns"),
        ("a.references.csv", REFERENCES + '2,x.y,"a\nb"\n,x.y,c\n', "a.references.csv:5: paragraph: ''"),
        ("a.references.csv", REFERENCES + '2,x.y,"a" b\n', "a.references.csv:3: not valid CSV"),
        ("a.references.csv", "", "a.references.csv:1: missing column: category, paragraph, wording"),
        ("a.references.csv", "paragraph,category,wording,wording\n", "a.references.csv:1: a column is given twice"),
        ("a.objectives.csv", "kind,number,mention,paragraph\ngoal,1,implied,2\n", "a.objectives.csv:2: kind: 'goal'"),
    ],
)
def test_mistakes(tmp_path: Path, name: str, text: str, problem: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(GcmrefsError) as caught:
        read([tmp_path])
    assert problem in str(caught.value) and "\n" not in str(caught.value)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.references.csv").write_bytes(REFERENCES.encode() + "2,x.y,r\xe9fugi\xe9s\n".encode("latin-1"))
    with pytest.raises(GcmrefsError, match=r"a\.references\.csv:3: not UTF-8"):
        read([tmp_path])


def test_other_tables_are_passed_over_unless_given(tmp_path: Path) -> None:
    (tmp_path / "a.references.csv").write_text("\ufeff" + REFERENCES, encoding="utf-8")
    other = tmp_path / "notes" / "printed.csv"
    other.parent.mkdir()
    other.write_text("paragraph,category,wording,printed\n1,x.y,z,2\n", encoding="utf-8")
    found = read([tmp_path])
    assert ([file.name for file in found.files], found.passed_over) == (["a.references.csv"], ("notes/printed.csv",))
    with pytest.raises(GcmrefsError, match=r"printed\.csv:1: unknown column: printed"):
        read([tmp_path, other])


def test_a_corrected_table_of_our_own_is_gold(tmp_path: Path) -> None:
    values = {"document": "d", "paragraph": "1", "category": "x.y", "wording": "- cities"}
    table = pd.DataFrame([{name: values.get(name, "") for name in REFERENCE_COLUMNS}])
    write(tmp_path / "references.csv", table)
    (row,) = read([tmp_path]).files[0].rows
    assert isinstance(row, GoldReferenceRow) and (row.document, row.wording) == ("d", "- cities")


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(GcmrefsError, match="no such file or folder"):
        read([tmp_path / "gold"])
    with pytest.raises(GcmrefsError, match="no gold file"):
        read([tmp_path])


def test_rows() -> None:
    either = GoldReferenceRow(
        line=2, paragraph="22(d)", category="stakeholder.trade_unions | stakeholder.migrants", wording="x"
    )
    assert either.categories == ("stakeholder.trade_unions", "stakeholder.migrants")
    assert [
        GoldBorderlineRow(line=2, paragraph="1", category="", wording="x", kind=k).is_trap
        for k in ("trap", "generic", "judgement")
    ] == [
        True,
        True,
        False,
    ]
    assert GoldBorderlineRow(line=2, paragraph="1", category="", wording="x", lean="trap").is_trap
