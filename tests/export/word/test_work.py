from pathlib import Path
from typing import Any

import docx
import pytest

from pipeline.export.word import work
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.table import Table
from tests import table_sample as sample


def tables(only: str = "", **changes: Any) -> dict[str, Table]:
    frames = [sample.references(**changes), sample.paragraphs(), sample.objectives()]
    if only:
        frames = [frame[frame["document"] == only] for frame in frames]
    return build_tables(Frames(*frames), labels=sample.LABELS)


def written(tmp_path: Path, only: str = "compact", **changes: Any) -> Any:
    paths = work.write_works(tmp_path / "word", tables(**changes), sample.RUN)
    return docx.Document(str(next(path for path in paths if path.stem == only)))


def headings(document: Any) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]


def test_a_work_has_the_four_sections_of_the_published_annex(tmp_path: Path) -> None:
    document = written(tmp_path)
    assert document.paragraphs[0].text == "C/1: Compact on Moving Well (2030-01-01)"
    assert document.core_properties.title == document.paragraphs[0].text
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
    ]


def test_wording_table(tmp_path: Path) -> None:
    rows = [[cell.text for cell in row.cells] for row in written(tmp_path).tables[0].rows]
    assert rows == [
        ["Reference / wording", "Paragraph"],
        ["State-led processes, platforms and forums"] * 2,
        ["Regional and global forums on migration", "§10"],
        ["Named forums"] * 2,
        ["Lake Process", "PP1, §10 ✓"],
    ]


def test_quotes_are_bullets_with_bold_wordings_and_citation(tmp_path: Path) -> None:
    bullets = [p for p in written(tmp_path).paragraphs if p.style.name == "List Bullet"]
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


def test_every_heading_stays_with_what_follows_it(tmp_path: Path) -> None:
    styles = written(tmp_path).styles
    assert all(styles[f"Heading {n}"].paragraph_format.keep_with_next for n in (1, 2, 3))


DOCUMENTS = [
    ("a.pdf", "A/RES/1", True, "en", "A_RES_1"),
    ("a.txt", "A/RES/1", False, "en", None),
    ("a.es", "A/RES/1", True, "es", "A_RES_1.es"),
    ("a.es2", "A/RES/1", True, "es", "A_RES_1.2"),
    ("b", "", True, "", "b"),
    ("../..", "", True, "", "work"),
]


def test_only_the_preferred_copy_of_a_work_has_a_file_named_after_the_work() -> None:
    run: Any = {
        "documents": [
            {"document": name, "work": of, "preferred": preferred, "language": language}
            for name, of, preferred, language, _ in DOCUMENTS
        ]
    }
    found = work.file_names(run, [name for name, *_ in DOCUMENTS])
    assert found == {name: file for name, *_, file in DOCUMENTS if file}


def test_a_document_without_references_has_no_file(tmp_path: Path) -> None:
    assert work.write_works(tmp_path / "word", tables("nowhere"), sample.RUN) == []
    assert not (tmp_path / "word").exists()


def test_the_file_of_one_document_has_its_cross_tables_behind(tmp_path: Path) -> None:
    one: Any = sample.RUN | {"documents": sample.RUN["documents"][:1]}
    document = docx.Document(str(work.write(tmp_path / "t.docx", tables("compact"), one)))
    heads = [text for style, text in headings(document) if style == "Heading 1"]
    assert heads[:3] == [
        "References to ISCMs",
        "References to IGOs",
        "References to various categories of non-State stakeholders",
    ]
    assert "Recommendations, means of implementation and partnerships" in heads[3:]
    assert document.sections[-1].page_width > document.sections[-1].page_height


def test_right_to_left_quotes_are_set_so(tmp_path: Path) -> None:
    arabic = next(p for p in written(tmp_path, "charter").paragraphs if "عملية" in p.text)
    assert arabic._p.xpath("./w:pPr/w:bidi")
    assert all(run.font.rtl for run in arabic.runs[1:-1])


@pytest.mark.parametrize("title", ["a\tb", "a\nb", "a\r\nb", "a & <b>", "x" * 3000])
def test_titles_with_odd_characters_are_read_back(title: str, tmp_path: Path) -> None:
    run: Any = sample.RUN | {"documents": [{**d, "title": title} for d in sample.RUN["documents"]]}
    paths = work.write_works(tmp_path / "word", tables(), run)
    assert " ".join(title.split()) in docx.Document(str(paths[0])).paragraphs[0].text


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    both = [work.write_works(tmp_path / f"{n}", tables(), sample.RUN) for n in range(2)]
    assert [path.read_bytes() for path in both[0]] == [path.read_bytes() for path in both[1]]


@pytest.mark.parametrize("text", ["a\x00b\x1b", "\ufffe", "<w:t>&amp;</w:t>"])
def test_text_that_xml_cannot_hold_is_written(text: str, tmp_path: Path) -> None:
    document = written(tmp_path, title=text, canonical=text, wording=text, quote=text)
    assert any("�" in p.text or "<w:t>" in p.text for p in document.paragraphs)
