"""The words of a language stand in its file: no regular expression of a reader or matcher holds any."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.lexicon.language import language_files
from extractors.lexicon.yaml_file import default_folder

ROOT = Path(__file__).parents[2]
MODULES = [
    *sorted(
        path.relative_to(ROOT).as_posix()
        for folder in ("extractors", "pipeline/segment", "pipeline/ingest")
        for path in (ROOT / folder).rglob("*.py")
    ),
    "pipeline/extract/quote.py",
    "pipeline/corpus/describe.py",
]
MARKUP = {
    "extractors/lexicon/terms.py": "conjunctions after which a wording may have a comma",
    "extractors/references/phrases.py": "signs that make an ordinal of a figure",
    "pipeline/corpus/describe.py": "titles that office programs give to files",
    "pipeline/ingest/format.py": "elements and headers of file formats",
    "pipeline/ingest/html/counters.py": "functions of style sheets",
    "pipeline/ingest/html/nesting.py": "elements of HTML",
    "pipeline/ingest/html/page.py": "classes and properties that web pages are marked up with",
    "pipeline/ingest/html/reader.py": "properties of style sheets, names of anchors that word processors write",
    "pipeline/ingest/pdf/legible.py": "names of symbol fonts",
    "pipeline/ingest/pdf/reader.py": "titles that office programs give to files",
    "pipeline/ingest/pdf/rows.py": "names of fonts",
    "pipeline/ingest/text/markdown.py": "elements of HTML",
}
"""Modules whose expressions read the markup of files, and what the letters in them are."""
SIGNS = frozenset(
    # ids of our own, symbols of United Nations documents and bodies, addresses, letters that are numbers
    "TITLE CCPR CEDAW CERD FCCC UNEP ivxlc IVXLC ivxl www https RES CONF DEC".split()
)
NO_LETTERS = re.compile(
    r"\(\?P?[<=(][\w!=]*[>)]?|\(\?[aiLmsux-]+[:)]|\\[A-Za-z](?:[0-9a-f]{4})?|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[\d,]*\}"
)
"""Names of groups, flags, escapes, classes of characters, counts."""


def expressions(source: str) -> Iterator[tuple[int, str]]:
    """The texts of a module that are regular expressions or parts of one, with their lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            parts: list[ast.AST] = list(node.args[:1])
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            parts = [node.value]
        else:
            continue
        for part in parts:
            for constant in ast.walk(part):
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                    text = constant.value
                    if isinstance(node, ast.Call) or re.search(r"\(\?|\\[swdbWDZA]|\|", text):
                        yield constant.lineno, text


def words_in(source: str) -> list[tuple[int, str]]:
    """The words that the regular expressions of a module hold: words of the languages, and any of four letters or more."""
    known = {
        word.casefold() for _, language in language_files(default_folder()) for word in spoken(language.model_dump())
    }
    found = {
        (line, word): None
        for line, text in expressions(source)
        for word in re.findall(r"[^\W\d_]{3,}", NO_LETTERS.sub(" ", text))
        if word not in SIGNS and (len(word) > 3 or word.casefold() in known)
    }
    return list(found)


def spoken(value: object) -> Iterator[str]:
    """Every word of the lists of a language file."""
    if isinstance(value, str):
        yield from re.findall(r"[^\W\d_]+", value)
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from spoken(inner)


@pytest.mark.parametrize("module", [module for module in MODULES if module not in MARKUP])
def test_no_words_in_expressions(module: str) -> None:
    assert words_in((ROOT / module).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("module", MARKUP)
def test_markup_is_still_read(module: str) -> None:
    """A module that holds no words any more needs no leave."""
    assert words_in((ROOT / module).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source, words",
    [
        ('A = re.compile(r"(?:Annex|Anexo)\\s+\\d")', ["Annex", "Anexo"]),
        ('A = re.compile(r"(?P<word>\\w+)\\s(?:and|y)\\Z")', ["and"]),
        ('_PAGE = r"(?:page|página)"', ["page", "página"]),
        ('A = re.compile(rf"(?i:{ANNEX})\\s*[A-ZÀ-Ý]{{2,}}(?P<number>\\d)")', []),
        ('A = "a message that says nothing wrong"', []),
    ],
)
def test_words_are_seen(source: str, words: list[str]) -> None:
    assert [word for _, word in words_in(source)] == words
