"""Analyses of the sample documents in several layouts: a Word table, Markdown, Spanish."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.audit import Audit, audit_analysis
from pipeline.audit.claims import summary
from pipeline.errors import InputError
from tests.audit import sample


def verdicts(found: Audit) -> list[tuple[str, str, str, str, str]]:
    keys = ("kind", "wording", "paragraph_printed", "status", "paragraph_true")
    return [tuple(str(row[key]) for key in keys) for row in found.rows()]  # type: ignore[misc]


def written(folder: Path, text: str, name: str = "analysis.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_markdown(tmp_path: Path) -> None:
    found = audit_analysis(written(tmp_path, sample.MARKDOWN), sample.RESOLUTION)
    platforms = "existing bilateral, subregional and regional platforms on migration"
    processes = "subregional, regional and cross-regional processes, platforms and organisations"
    assert verdicts(found) == [
        ("table", "trade unions", "§ 5a", "ok", "5(a)"),
        ("table", "national human rights institution", "§ 5d", "wording_differs", "5(d)"),
        ("table", "local authorities", "§ 4c", "ok", "4(c)(ii)"),
        ("table", "Global Forum on Migration and Development", "§ 4ci", "wrong_paragraph", "OP3"),
        ("quote", platforms, "1", "ok", "1"),
        ("quote", "settings", "5h", "wrong_paragraph", "5(i)"),
        ("quote", "Colombo Process", "5h", "wrong_paragraph", "5(i)"),
        ("quote", "Rabat Process", "5h", "wrong_paragraph", "5(i)"),
        ("quote", processes, "6", "wording_differs", "6"),
    ]
    told = [(row["wording"], row["printed"], row["status"]) for row in found.narrative_rows()]
    assert ("Trade unions", "5 (a)", "ok") in told
    assert ("philanthropic foundations", "5(c)", "wrong_paragraph") in told
    assert not [row for row in told if row[1] == "7"], "another text's paragraph is no claim"


def test_notes_say_what_is_wrong(tmp_path: Path) -> None:
    rows = {
        (r["wording"], r["paragraph_printed"]): r
        for r in audit_analysis(written(tmp_path, sample.MARKDOWN), sample.RESOLUTION).rows()
    }
    assert "one level too high" in rows["local authorities", "§ 4c"]["note"]
    assert "singular or plural" in rows["national human rights institution", "§ 5d"]["note"]
    assert "Global Forum on Remittances" in rows["Global Forum on Migration and Development", "§ 4ci"]["note"]
    assert "5(i) word for word" in rows["Rabat Process", "5h"]["note"]


def test_word(tmp_path: Path) -> None:
    found = audit_analysis(sample.word(tmp_path / "analysis.docx"), sample.SAMPLE / "sample-resolution.en.docx")
    assert verdicts(found) == [
        ("table", "State-led initiatives on international migration", "1", "ok", "1"),
        ("table", "International Migration Review Forum", "2", "ok", "2"),
        ("table", "International Migration Review Forum", "3", "not_found", ""),
        ("table", "UN HLD", "2", "wording_differs", "2"),
        ("quote", "cross-regional dialogue", "§3", "wording_differs", "3"),
    ]
    assert "“goodwill” where the text has “good will”" in found.rows()[-1]["note"]


def test_spanish(tmp_path: Path) -> None:
    found = audit_analysis(written(tmp_path, sample.SPANISH, "analisis.txt"), sample.DECLARATION)
    assert verdicts(found) == [
        ("quote", "autoridades locales", "6", "ok", "6"),
        ("quote", "diásporas", "7 b)", "ok", "7(b)"),
        ("quote", "Foro de Examen de la Migración Internacional", "7 c)", "wrong_paragraph", "7(a)"),
    ]


def test_without_bold_words_the_heading_tells_what_a_quote_is_for(tmp_path: Path) -> None:
    found = audit_analysis(written(tmp_path, sample.SPANISH.replace("**", ""), "analisis.txt"), sample.DECLARATION)
    assert found.rows()[0]["wording"] == "autoridades locales"
    assert [row["status"] for row in found.rows()] == ["ok", "ok", "wrong_paragraph"]


@pytest.mark.parametrize(
    ("printed", "status", "note"),
    [
        ("§5(i)", "ok", ""),
        ("§5I", "ok", "capital I"),
        ("§51", "wrong_paragraph", "no paragraph 51"),
        ("§5z", "wrong_paragraph", "no such part"),
        ("§99", "wrong_paragraph", "no paragraph 99"),
    ],
)
def test_signs_that_look_alike(tmp_path: Path, printed: str, status: str, note: str) -> None:
    text = f'- "Exchange lessons in settings such as the **Colombo Process** and the Rabat Process." ({printed})\n'
    row = audit_analysis(written(tmp_path, text), sample.RESOLUTION).rows()[0]
    assert (row["status"], row["paragraph_true"]) == (status, "5(i)")
    assert note in row["note"]


def test_missed_are_the_references_of_the_same_categories(tmp_path: Path) -> None:
    found = audit_analysis(written(tmp_path, "References\n\nlocal governments and authorities §1\n"), sample.RESOLUTION)
    assert {row["category"] for row in found.missed_rows()} == {"stakeholder.local_communities"}
    assert [row["paragraph"] for row in found.missed_rows()] == ["PP4", "4(c)(ii)", "4(c)(ii)"]
    cited = audit_analysis(written(tmp_path, "References\n\nlocal authorities §4c\n"), sample.RESOLUTION)
    assert [row["paragraph"] for row in cited.missed_rows()] == ["PP4"]


def test_a_text_that_claims_nothing(tmp_path: Path) -> None:
    found = audit_analysis(written(tmp_path, "A letter.\n\nIt cites nothing.\n"), sample.RESOLUTION)
    assert found.claims == ()
    assert summary(found).endswith("makes no claim that cites a paragraph of sample-resolution.en.txt.")


def test_what_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(InputError, match=r"a\.pdf"):
        audit_analysis(path, sample.RESOLUTION)


def test_a_long_quotation_is_bounded(tmp_path: Path) -> None:
    path = written(tmp_path, f'- "{"the network will assist them and " * 8000}" (§6)\n')
    assert len(audit_analysis(path, sample.RESOLUTION).claims) <= 1
