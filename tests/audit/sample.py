"""Analyses of the sample documents in layouts of their own, and the sample texts that they are checked against."""

from __future__ import annotations

from pathlib import Path

from docx import Document

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
RESOLUTION = SAMPLE / "sample-resolution.en.txt"
DECLARATION = SAMPLE / "sample-declaracion.es.txt"

MARKDOWN = """\
# Who is named in the Sample Framework

The Sample Framework invites regional bodies (Objectives 1 and 2). Trade unions are to hold courses (para. 5 (a)), and
philanthropic foundations pay for them (para. 5(c)). The New York Declaration, paragraph 7, is another text.

| Wording | Where |
|---|---|
| trade unions | § 5a |
| national human rights institution | § 5d |
| local authorities | § 4c |
| Global Forum on Migration and Development | § 4ci |

## Mechanisms

* "It builds on **existing bilateral, subregional and regional platforms on migration**..." (para. 1)
* "Exchange lessons in **settings** such as the **Colombo Process** and the **Rabat Process**" (para. 5h)
* "We invite **subregional, regional and cross-regional processes, platforms and organisations**" (para. 6)
* A remark of ours, which quotes nothing at all and stands here only to be left out (para. 6)
"""

SPANISH = """\
Actores mencionados en la declaración

Autoridades locales

- «... de los sindicatos, de los empleadores y de las **autoridades locales**» (párrafo 6)
- «Convocar a las organizaciones de migrantes y a las **diásporas**» (párrafo 7 b)
- «Informar al **Foro de Examen de la Migración Internacional**» (párrafo 7 c)
"""


def word(path: Path) -> Path:
    """Write an analysis in Word: a real table with bare numbers under "Paragraphs", and bold words in runs."""
    document = Document()
    document.add_heading("References to ISCMs", 1)
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("Wording", "Remark", "Paragraphs"), strict=True):
        cell.text = text
    for row in (
        ("State-led initiatives on international migration", "once", "1"),
        ("International Migration Review Forum", "", "2, 3"),
        ("UN HLD", "abbreviated", "2"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Dialogue", 2)
    item = document.add_paragraph(style="List Bullet")
    item.add_run("“We will strengthen bilateral, regional and international cooperation and ")
    item.add_run("cross-regional").bold = True
    item.add_run(" dialogue").bold = True
    item.add_run(", knowing that goodwill alone is not enough.” [§3]")
    document.save(str(path))
    return path
