"""One word for one thing: what names may be, so that a reader who knows a word knows it everywhere."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("pipeline", "extractors", "flows", "gcmrefs")
NO_NOUNS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools"}
BOOLEAN = ("is_", "has_", "can_", "may_", "are_")
OUTSIDE = {
    "pipeline.review.decision: Decision.adjudicates",  # a column of the ledger
    "pipeline.review.answer: AnswerWords.adjudicates",
    "extractors.model: DocumentRow.preferred",  # columns of documents.csv
    "extractors.model: DocumentRow.ocr",
    "pipeline.export.run_facts: DocumentFacts.preferred",
    "pipeline.export.run_facts: DocumentFacts.new_in_run",
    "pipeline.corpus.manifest: Source.preferred",  # key of the manifest
    "pipeline.corpus.proposals: Proposed.ignored",  # key of proposals.yaml
    "extractors.lexicon.entries: Entry.extend",  # keys of the lexicon
    "extractors.lexicon.language: Pair.topic",
    "pipeline.tables.mechanisms.partnerships: Relation.alone",
    "pipeline.tables.registry: Mechanism.annex5",  # fact of the lexicon
    "pipeline.settings: Settings.footnotes",  # GCMREFS_FOOTNOTES
    "pipeline.settings: Settings.review_only",
    "pipeline.settings: Fetching.robots",  # GCMREFS_FETCH_ROBOTS
}
"""Names that stand in files, addresses or the environment, and so cannot follow the code."""


@cache
def trees() -> dict[str, ast.Module]:
    paths = (p for name in PACKAGES for p in sorted((ROOT / name).rglob("*.py")) if "notebooks" not in p.parts)
    return {_module(path): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _bound(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Parameters of a function and of the lambdas in it, and what it assigns."""
    names = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    return names | {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _shadows(tree: ast.Module) -> Iterator[str]:
    """Locals with the name of a function, class or import of their module."""
    own: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            own.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            own.update((alias.asname or alias.name).partition(".")[0] for alias in node.names)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from sorted(f"{node.name}: {name}" for name in _bound(node) & own)


def _functions_of_module(name: str, tree: ast.Module) -> Iterator[str]:
    """Functions named like their module, `extract.extract`."""
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    yield from (node.name for node in functions if node.name == name.rpartition(".")[2])


def _booleans(name: str, tree: ast.Module) -> Iterator[str]:
    """Fields that are true or false and public functions that answer yes or no, without a word that says so.

    A function may also begin with a verb ("holds", "goes_on").
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and ast.unparse(field.annotation) in ("bool", "bool | None"):
                    title = f"{node.name}.{ast.unparse(field.target)}"
                    if not title.rpartition(".")[2].startswith(BOOLEAN) and f"{name}: {title}" not in OUTSIDE:
                        yield title
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.returns is not None:
            verb = node.name.partition("_")[0].endswith("s") and not node.name.endswith("ss")
            if ast.unparse(node.returns) == "bool" and not (node.name.startswith(BOOLEAN) or verb):
                yield node.name


RULES = {
    "shadows": lambda name, tree: _shadows(tree),
    "module": _functions_of_module,
    "booleans": _booleans,
}


@pytest.mark.parametrize("rule", RULES)
def test_names(rule: str) -> None:
    assert {name: found for name, tree in trees().items() if (found := list(RULES[rule](name, tree)))} == {}


def test_a_class_has_a_name_of_its_own() -> None:
    modules = defaultdict(set)
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                modules[node.name].add(name)
    assert {name: places for name, places in modules.items() if len(places) > 1} == {}


def test_a_module_is_a_noun_of_what_it_holds() -> None:
    assert [name for name in trees() if name.rpartition(".")[2] in NO_NOUNS] == []


def test_the_root_of_the_pipeline_stays_small() -> None:
    assert len([path for path in (ROOT / "pipeline").glob("*.py") if path.name != "__init__.py"]) <= 8


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("shadows", "from a import b\ndef f(b): pass"),
        ("shadows", "def g(): pass\ndef f():\n    g = 1"),
        ("shadows", "import json\ndef f(rows):\n    return [json for json in rows]"),
        ("module", "def here(): pass"),
        ("booleans", "class A:\n    bold: bool"),
        ("booleans", "def empty(a) -> bool: pass"),
        ("booleans", "class A:\n    @property\n    def lost(self) -> bool: pass"),
    ],
)
def test_what_is_found(rule: str, source: str) -> None:
    assert list(RULES[rule]("pipeline.here", ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        "from a import b\ndef f(c):\n    return c.b",
        "class A:\n    is_bold: bool\n    def has_rows(self) -> bool: pass\n    def holds(self) -> bool: pass",
        "def read_here(): pass",
    ],
)
def test_what_is_right(source: str) -> None:
    assert [found for rule in RULES.values() for found in rule("pipeline.here", ast.parse(source))] == []
