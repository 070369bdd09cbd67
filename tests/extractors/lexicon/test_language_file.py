"""A language takes one YAML file and no code; so do a category and a term."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.lexicon.entries import load_lexicon
from extractors.lexicon.yaml_file import LexiconError, default_folder
from extractors.model import Paragraph
from pipeline.extract.references import mentions

ITALIAN = """
group: language
language: it
grammar:
  order: after
  levels: {bilateral: [bilaterale, bilaterali], regional: [regionale, regionali], global: [internazionale, internazionali]}
  level_nouns: [livello, livelli]
  level_openers: [a]
  conjunctions: [e, o]
  qualifiers: [esistenti]
  trimmed: [altri, altre]
  stops: [di, del, della, con, per, la, le, i, il]
  ordinals: [quarta]
  head_nouns: []
  topic: [migrazione, migranti]
  articles: [il, la, i, le]
entries:
  civil-society: {variants: [società civile], examples: ["con la [[società civile]]"]}
  cooperation-dialogue: {pairs: [{modifiers: ["@level"], heads: [cooperazione], minimum: 2}]}
"""
CATEGORY = """
group: movement
entries:
  - id: red-cross
    label: Red Cross and Red Crescent Movement
    category: stakeholder.red_cross
    section: References to various categories of non-State stakeholders
    variants: {en: ["International Red Cross and Red Crescent Movement"]}
    examples: {en: ["with the [[International Red Cross and Red Crescent Movement]]"]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "lexicons"
    shutil.copytree(default_folder(), place, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return place


def wordings(text: str, language: str, folder: Path) -> set[tuple[str, str]]:
    paragraph = Paragraph(1, "1", "paragraph", text)
    return {(m.category, text[m.start : m.end]) for _, m in mentions([paragraph], language, folder)}


def test_language(folder: Path) -> None:
    (folder / "languages" / "it.yaml").write_text(ITALIAN, encoding="utf-8")
    found = wordings("Con la società civile e la cooperazione bilaterale, regionale e internazionale.", "it", folder)
    assert found == {
        ("stakeholder.civil_society", "società civile"),
        ("other.cooperation_dialogue", "cooperazione bilaterale, regionale e internazionale"),
    }


def test_levels_are_those_of_the_same_folder(folder: Path) -> None:
    text = ITALIAN.replace("entries:\n", "entries:\n  regional-organizations: {variants: [organizzazioni regionali]}\n")
    (folder / "languages" / "it.yaml").write_text(text, encoding="utf-8")
    paragraph = Paragraph(1, "1", "paragraph", "Le organizzazioni regionali.")
    assert [m.level for _, m in mentions([paragraph], "it", folder)] == ["regional"]


def test_category(folder: Path) -> None:
    (folder / "movement.yaml").write_text(CATEGORY, encoding="utf-8")
    found = wordings("We thank the International Red Cross and Red Crescent Movement.", "en", folder)
    assert found == {("stakeholder.red_cross", "International Red Cross and Red Crescent Movement")}


def test_version_changes_with_any_file(folder: Path) -> None:
    before = load_lexicon(folder).version
    (folder / "movement.yaml").write_text(CATEGORY, encoding="utf-8")
    from extractors.lexicon.entries import _load

    _load.cache_clear()
    assert load_lexicon(folder).version != before


def test_unknown_entry_names_file_and_line(folder: Path) -> None:
    text = ITALIAN.replace("civil-society:", "no-such:")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "no-such" in row)
    (folder / "languages" / "it.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"it\.yaml:{line}: entries.no-such: no entry has the id 'no-such'"):
        load_lexicon(folder)


def test_language_without_grammar(folder: Path) -> None:
    (folder / "movement.yaml").write_text(CATEGORY.replace('{en: ["Int', '{xx: ["Int'), encoding="utf-8")
    with pytest.raises(
        LexiconError, match=r"movement\.yaml:8: entries\.0\.variants\.xx: no grammar for the language 'xx'"
    ):
        load_lexicon(folder)


SEGMENTATION = """
numbering:
  ordinals: [[primo, prima], [secondo, seconda]]
  articles: [articolo]
  paragraphs: [paragrafo]
  months: [[gennaio], [febbraio], [marzo], [aprile],
    [maggio], [giugno], [luglio], [agosto], [settembre], [ottobre], [novembre], [dicembre]]
  nouns: [fase]
sentences:
  pronouns: [noi]
  open: [di, della, con, per, tra]
pages:
  page: [pagina]
  page_links: [di]
  contents: [indice]
documents:
  annexes: [allegato]
  objectives: [obiettivo]
  signed: [firmato]
  organs: [L'Assemblea generale]
  acts: [Adotta]
  meetings: [seduta plenaria]
entries:
"""
READ = """
import json, sys
from extractors.text.dates import date_in
from pipeline.ingest.line import Ingested, Line
from pipeline.segment import split_paragraphs
texts = json.load(sys.stdin)
out = {
    name: [[p.paragraph, p.kind, p.text] for p in split_paragraphs(Ingested("a.txt", "", "text", tuple(map(Line, lines))))]
    for name, lines in texts.items()
}
print(json.dumps([out, date_in("Roma, 3 maggio 2021")]))
"""
ITALIAN_TEXTS = {
    "resolution": [
        "75/1. Cooperazione con le comunità",
        "L'Assemblea generale,",
        "Ricordando la sua risoluzione,",
        "1. Invita gli Stati a cooperare;",
        "2. Decide di restare investita della questione.",
        "12ª seduta plenaria",
        "Allegato II. Elenco degli organismi",
        "1. Gli organismi cooperano.",
    ],
    "sole act": ["L'Assemblea generale,", "Ricordando la Carta,", "Adotta la dichiarazione."],
    "articles": ["Articolo 1", "1. Le Parti cooperano.", "2. Si riuniscono.", "Articolo secondo", "1. Si consultano."],
    "declaration": [
        "Dichiarazione di Roma",
        "Roma, 3 maggio 2021",
        "Primo.- I ministri si sono riuniti.",
        "Secondo.- I ministri ringraziano gli Stati.",
        "Obiettivo 5: Rafforzare le vie",
        "I ministri cooperano con gli Stati per una migrazione ordinata e sicura tra",
        "Pagina 2 di 9",
        "Regioni vicine.",
        "(Firmato) Il Ministro",
    ],
}


def test_language_of_the_segmenter(folder: Path) -> None:
    """What counts, opens and closes the parts of a document is read from the language's file alone."""
    text = ITALIAN.replace("entries:\n", SEGMENTATION.lstrip())
    (folder / "languages" / "it.yaml").write_text(text, encoding="utf-8")
    (folder / "__init__.py").touch()
    run = subprocess.run(
        [sys.executable, "-c", READ],
        input=json.dumps(ITALIAN_TEXTS),
        capture_output=True,
        text=True,
        check=True,
        cwd=folder.parent,
        env={**os.environ, "PYTHONPATH": str(folder.parent)},
    )
    read, date = json.loads(run.stdout)
    assert [row[:2] for row in read["resolution"]] == [
        ["TITLE", "title"],
        ["PP0", "opening"],
        ["PP1", "preambular"],
        ["OP1", "paragraph"],
        ["OP2", "paragraph"],
        ["BM1", "backmatter"],
        ["H:Allegato II", "heading"],
        ["1", "paragraph"],
    ]
    assert [row[0] for row in read["sole act"]] == ["PP0", "PP1", "OP1"]
    assert [row[0] for row in read["articles"]] == [
        "TITLE",
        "Articolo 1/1",
        "Articolo 1/2",
        "H:Articolo secondo",
        "Articolo 2/1",
    ]
    assert [row[:2] for row in read["declaration"]] == [
        ["TITLE", "title"],
        ["FM1", "frontmatter"],
        ["1", "paragraph"],
        ["2", "paragraph"],
        ["H:Obiettivo 5: Rafforzare le vie", "heading"],
        ["¶1", "body"],
        ["furniture", "furniture"],
        ["BM1", "backmatter"],
    ]
    assert date == "2021-05-03"
