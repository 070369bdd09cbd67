from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from pipeline.export.word import document as word
from pipeline.tables.build import Frames, build_tables
from tests import table_sample as sample


def written(tmp_path: Path, only: str = "", **changes: Any) -> Any:
    frames = [sample.references(**changes), sample.paragraphs(), sample.objectives()]
    if only:
        frames = [frame[frame["document"] == only] for frame in frames]
    return docx.Document(
        str(word.write(tmp_path / "t.docx", build_tables(Frames(*frames), labels=sample.LABELS), sample.RUN))
    )


def headings(document: Any) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]


def test_one_document_has_the_four_sections_of_the_published_analysis(tmp_path: Path) -> None:
    document = written(tmp_path, "compact")
    assert document.paragraphs[1].text == "C/1: Compact on Moving Well (2030-01-01)"
    assert headings(document) == [
        ("Heading 1", "References to ISCMs"),
        ("Heading 2", "Regional and global forums on migration"),
        ("Heading 2", "Lake Process (LP)"),
        ("Heading 1", "References to IGOs"),
        ("Heading 2", "Lake office"),
        ("Heading 1", "References to various categories of non-State stakeholders"),
        ("Heading 2", "Trade unions"),
        ("Heading 2", "Local authorities and communities"),
        ("Heading 2", "Non-State stakeholders by objective"),
        ("Heading 1", "Other references"),
        ("Heading 1", "Inter-State consultation mechanisms on migration"),
        ("Heading 2", "Entry points for ISCMs"),
        ("Heading 2", "Recommendations, means of implementation and partnerships"),
    ]


def test_wording_table(tmp_path: Path) -> None:
    rows = [[cell.text for cell in row.cells] for row in written(tmp_path, "compact").tables[0].rows]
    assert rows == [
        ["Reference / wording", "Paragraph"],
        ["State-led processes, platforms and forums"] * 2,
        ["Regional and global forums on migration", "§10"],
        ["Named forums"] * 2,
        ["Lake Process", "PP1, §10 ✓"],
    ]


def test_quotes_are_bullets_with_bold_wordings_and_citation(tmp_path: Path) -> None:
    bullets = [p for p in written(tmp_path, "compact").paragraphs if p.style.name == "List Bullet"]
    assert [p.text for p in bullets][-3:] == [
        "“We thank cities and trade unions...” (§9)",
        "“We invite cities again, and cities of the coast.” (§9)",
        "“- cities are listed here, and the Lake Office” (§11) ✎",
    ]
    assert [[run.text for run in p.runs if run.bold] for p in bullets][-3:] == [
        ["cities"],
        ["cities", "cities"],
        ["cities"],
    ]


def test_several_documents_are_listed_and_follow_each_other(tmp_path: Path) -> None:
    document = written(tmp_path)
    assert [text for style, text in headings(document) if style == "Heading 1"] == [
        "Documents",
        "Inter-State consultation mechanisms on migration",
        "C/1: Compact on Moving Well (2030-01-01)",
        "Charter of the Forum",
    ]
    assert [cell.text for cell in document.tables[0].rows[2].cells] == ["Charter of the Forum", "1", "0", "2", "0", "3"]


def test_failures_are_named(tmp_path: Path) -> None:
    text = "\n".join(p.text for p in written(tmp_path).paragraphs)
    assert "Not complete: lost: lost.pdf: encrypted: give --password (failed)." in text


def test_right_to_left_quotes_are_set_so(tmp_path: Path) -> None:
    document = written(tmp_path, "charter")
    arabic = next(p for p in document.paragraphs if "عملية" in p.text)
    assert arabic._p.xpath("./w:pPr/w:bidi")
    assert all(run.font.rtl for run in arabic.runs[1:-1])


@pytest.mark.parametrize(
    ("longest", "shown", "said"),
    [
        (100, 2, ""),
        (3, 1, "Of 2 documents with references, the wordings and quotes of the first 1 follow"),
        (0, 1, "Of 2"),
    ],
)
def test_a_long_file_is_cut_between_documents_and_says_so(longest: int, shown: int, said: str, tmp_path: Path) -> None:
    tables = build_tables(Frames(sample.references(), sample.paragraphs(), sample.objectives()), labels=sample.LABELS)
    document = docx.Document(str(word.write(tmp_path / "t.docx", tables, sample.RUN, longest=longest)))
    heads = [text for style, text in headings(document) if style == "Heading 1"]
    assert heads[2:] == ["C/1: Compact on Moving Well (2030-01-01)", "Charter of the Forum"][:shown]
    lines = [p.text for p in document.paragraphs if "reference_tables.xlsx" in p.text]
    assert len(lines) == bool(said) and all(line.startswith(said) for line in lines)
    assert [row.cells[0].text for row in document.tables[0].rows][1:] == [
        sample.TITLES[n] for n in ("compact", "charter")
    ]


@pytest.mark.parametrize("title", ["a\tb", "a\nb", " a ", "a\r\nb", "a & <b>"])
def test_titles_with_odd_spaces_are_read_back(title: str, tmp_path: Path) -> None:
    tables = build_tables(Frames(sample.references(), sample.paragraphs(), sample.objectives()), labels=sample.LABELS)
    described = [{**d, "title": title} for d in sample.RUN["documents"]]
    counted = tables["counts_by_document"]
    rows = tuple(replace(row, title=title) for row in counted.rows)
    changed = tables | {"counts_by_document": replace(counted, rows=rows)}
    document = docx.Document(str(word.write(tmp_path / "t.docx", changed, sample.RUN | {"documents": described})))
    assert any(title.replace("\r", "\n") in text for style, text in headings(document) if style == "Heading 1")


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    tables = build_tables(Frames(sample.references(), sample.paragraphs(), sample.objectives()), labels=sample.LABELS)
    assert len({word.write(tmp_path / f"{n}.docx", tables, sample.RUN).read_bytes() for n in range(2)}) == 1


@pytest.mark.parametrize("text", ["a\x00b\x1b", "\ufffe", "<w:t>&amp;</w:t>"])
def test_text_that_xml_cannot_hold_is_written(text: str, tmp_path: Path) -> None:
    document = written(tmp_path, title=text, canonical=text, wording=text, quote=text)
    assert any("�" in p.text or "<w:t>" in p.text for p in document.paragraphs)
