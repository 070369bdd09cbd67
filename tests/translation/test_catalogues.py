"""The catalogues have every message of code and templates, whole, in every language, and what is read is what was written."""

from __future__ import annotations

import ast
import io
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
import yaml
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from extractors.lexicon.categories import load_categories
from extractors.lexicon.compact import load_compact
from pipeline.review.excel.write import ANSWERS
from pipeline.review.kinds import DECIDABLE, KIND_LABELS
from pipeline.translation import DOMAIN, FOLDER, LANGUAGES, read_labels
from pipeline.webapp.view import METHODS, STATES

ROOT = Path(__file__).parent.parent.parent
CODES = sorted(set(LANGUAGES) - {"en"})
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_noop": None, "ngettext_noop": (1, 2)}
_TYPOGRAPHY = {
    "fr": re.compile(r"(?<![\s\u00a0\u202f])[;?!»]|«(?!\u00a0)| [:;?!»]|'"),
    "es": re.compile(r"\s[:;?!]|« | »"),
}


@cache
def messages() -> frozenset[tuple[str, ...]]:
    """Every message that stands in the code or a template, with its plural."""
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    options = {one["pattern"]: {k: str(v) for k, v in one.items() if k not in ("method", "pattern")} for one in said}
    found = extract_from_dir(
        ROOT / "pipeline", [(one["pattern"], one["method"]) for one in said], options, keywords=KEYWORDS
    )
    return frozenset((text,) if isinstance(text, str) else tuple(text) for _, _, text, _, _ in found)


@cache
def catalogue(code: str) -> Catalog:
    with (FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, code)


def _placeholders(text: str) -> list[str]:
    braces = [name for _, name, _, _ in Formatter().parse(text) if name] if "{" in text else []
    return sorted([*re.findall(r"%\(\w+\)s|%%", text), *braces])


@pytest.mark.parametrize("code", CODES)
def test_every_message_and_no_other_stands_in_the_catalogue(code: str) -> None:
    written = {one.id if isinstance(one.id, tuple) else (one.id,) for one in catalogue(code) if one.id}
    assert not messages() - written, "run: make messages, and translate what is new"
    assert not written - messages(), "run: make messages"


@pytest.mark.parametrize("code", CODES)
def test_every_message_is_translated_with_the_same_values_in_it(code: str) -> None:
    for one in catalogue(code):
        if not one.id:
            continue
        ids = one.id if isinstance(one.id, tuple) else (one.id,)
        texts = one.string if isinstance(one.string, tuple) else (one.string,)
        assert not one.fuzzy and all(texts) and len(texts) == len(ids), one.id
        for text in texts:
            assert _placeholders(text) in (_placeholders(ids[0]), _placeholders(ids[-1])), (one.id, text)
            assert re.findall(r"<[^>]+>", text) == re.findall(r"<[^>]+>", ids[-1]), (one.id, text)
            assert text[:1].isspace() == ids[-1][:1].isspace() or ids[-1][0] in ";:", (one.id, text)


@pytest.mark.parametrize("code", CODES)
def test_what_is_read_is_what_was_written(code: str) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue(code))
    held = FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.mo"
    assert held.read_bytes() == made.getvalue(), "run: make messages"


@pytest.mark.parametrize("code", CODES)
def test_texts_follow_the_typography_of_their_language(code: str) -> None:
    texts = [
        text
        for one in catalogue(code)
        if one.id
        for text in ([one.string] if isinstance(one.string, str) else one.string)
    ]
    plain = (re.sub(r"<[^>]+>|%\(\w+\)s|`[^`]*`|\{[^}]*\}", "x", text) for text in texts)
    assert [text for text in plain if _TYPOGRAPHY[code].search(text)] == []


@pytest.mark.parametrize("code", CODES)
def test_messages_in_attributes_can_stand_there(code: str) -> None:
    marked = re.compile(r'="\{\{ _\("([^"]+)"')
    named = {
        text for path in (ROOT / "pipeline").rglob("templates/*") for text in marked.findall(path.read_text("utf-8"))
    }
    assert named
    for one in catalogue(code):
        if one.id in named:
            assert '"' not in str(one.string) and "<" not in str(one.string), one.id


def test_templates_mark_no_text_that_is_only_known_when_the_page_is_made() -> None:
    for path in sorted((ROOT / "pipeline").rglob("templates/*")):
        if path.suffix in (".html", ".j2"):
            assert not re.findall(r"\b_\((?![\"'])", path.read_text("utf-8")), path


@pytest.mark.parametrize("code", CODES)
def test_the_lexicon_names_its_categories_and_the_compact_in_every_language(code: str) -> None:
    known, compact = load_categories(), load_compact()
    wanted = [one.label for one in known.categories] + list(known.sections.values())
    wanted += [one.label for one in (*compact.objectives, *compact.themes)] + [one.label for one in compact.elements]
    wanted += [one.titles["en"] for one in (*compact.objectives, *compact.principles)]
    assert [label for label in wanted if label not in read_labels(code)] == []
    assert read_labels(code)["Objective 23"] == {"fr": "Objectif 23", "es": "Objetivo 23"}[code]


def _labels(known: object) -> Iterator[str]:
    """Every label of a file of the lexicon, at whatever depth."""
    if isinstance(known, dict):
        yield from (str(known["label"]) for _ in [0] if known.get("label"))
        yield from (label for value in known.values() for label in _labels(value))
    elif isinstance(known, list):
        yield from (label for value in known for label in _labels(value))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["partnerships", "positions", "commitments"])
def test_labels_of_tables_are_translated(name: str, code: str) -> None:
    """A label that the lexicon gains stands in `pipeline/translation/codes.py`, too."""
    labels = set(_labels(yaml.safe_load((ROOT / "lexicons" / "tables" / f"{name}.yaml").read_text("utf-8"))))
    known = read_labels(code)
    assert labels and [label for label in sorted(labels) if not (catalogue(code).get(label) or label in known)] == []


@pytest.mark.parametrize("code", CODES)
def test_codes_of_what_is_reviewed_are_translated(code: str) -> None:
    wanted = {choice for one in DECIDABLE.values() for choices in one.choices.values() for choice in choices}
    wanted |= {*STATES, *METHODS, *KIND_LABELS.values(), *ANSWERS}
    assert [text for text in sorted(wanted) if not catalogue(code).get(text)] == []


def test_no_message_stands_inside_an_f_string() -> None:
    """pybabel does not look into f-strings before Python 3.12: a message there is never collected."""
    calls = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "pipeline").rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("gettext", "ngettext")
        if isinstance(call.args[0], ast.Constant)
    ]
    assert calls == []
