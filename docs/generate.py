"""The pages of `docs/reference/`, made from the code: commands, columns, lexicon format, settings, categories.

`python docs/generate.py` writes them anew; a test compares the committed pages with a fresh generation.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

REFERENCE = ROOT / "docs" / "reference"
NOTE = "<!-- made by docs/generate.py: change the code, not this page -->"
STATUS_1: Mapping[str, str] = {
    "run": "a document failed, or a declared minimum was missed",
    "extract": "a file could not be read",
    "doctor": "something that a run needs is broken",
    "evaluate": "F1 is below `--min-f1`",
    "corpus watch": "no watched page could be looked at",
    "corpus check": "a file is not as it was fetched",
    "lexicon check": "an example fails",
    "review import": "a row was refused",
}
"""When a command that did its work still ends with status 1."""
ELSEWHERE: Sequence[tuple[str, str, str]] = (
    ("GCMREFS_GOLD", "", "folder or file of the hand-made truth, for `gcmrefs evaluate` and `make evaluate`"),
    (
        "GCMREFS_LEXICONS",
        "",
        "folder of your own lexicons: its entries add to the built-in ones; a whole set replaces them",
    ),
    ("GCMREFS_PREFECT_FILE", "`prefect.yaml`", "deployments and schedules of `make serve` (`python -m flows.deploy`)"),
    (
        "GCMREFS_NOTIFY",
        "",
        "webhook that is told of failures of commands that nobody watches and of `make serve`, there also of new documents "
        "(and there also a Prefect block)",
    ),
    ("GCMREFS_NOTIFY_SUCCESS", "", "`1`: commands that nobody watches tell their success, too"),
    ("GCMREFS_RUNNER", "`local`", "`dask`: documents over a Dask cluster, for `make serve`"),
    ("GCMREFS_DASK_ADDRESS", "", "address of the cluster; empty = two processes of its own"),
    ("GCMREFS_SLOW", "", "`1`: `make test` runs the slow tests too"),
    ("GCMREFS_CHROMIUM", "", "browser of the tests; default: the system's"),
)
"""Variables that are read where they are used: name, default, meaning."""


def main() -> None:
    """Write every page of the reference."""
    for name, page in PAGES.items():
        text = page()
        (REFERENCE / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}: {len(text.splitlines())} lines")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A Markdown table; bars inside cells are escaped."""
    yield f"| {' | '.join(headings)} |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield "| " + " | ".join(" ".join(str(cell).replace("|", "\\|").split()) for cell in row) + " |"
    yield ""


def joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


# commands -------------------------------------------------------------------------------------------------------------


def commands() -> str:
    """Every command with its arguments, options, defaults and exit status, from the command line itself."""
    from typer.main import get_command

    from pipeline.commands.app import app

    return joined(_commands(get_command(app)))


def _commands(top: Any) -> Iterator[str]:
    yield from ("# Commands", "", NOTE, "", f"{top.help}", "")
    yield from table(
        ["status", "meaning"],
        [
            (0, "done"),
            (1, "finished with failures, or stopped by one foreseen error, told in one line on standard error"),
            (2, "bad usage: an unknown command or option, or a value that does not fit"),
            (130, "interrupted"),
        ],
    )
    found = list(walk(top))
    yield from table(["command", "what"], [(f"[`gcmrefs {n}`](#{anchor(f'gcmrefs {n}')})", brief(c)) for n, c in found])
    for name, command in found:
        yield from (f"## gcmrefs {name}", "", " ".join((command.help or "").split()), "")
        if name in STATUS_1:
            yield from (f"Exit status 1 also when {STATUS_1[name]}.", "")
        shown = [p for p in command.params if not p.hidden and p.name != "help"]
        arguments = [p for p in shown if p.opts and not p.opts[0].startswith("-")]
        options = [p for p in shown if p not in arguments]
        usage = " ".join(f"[{p.metavar}]" if not p.required and "[" not in p.metavar else p.metavar for p in arguments)
        subcommand = " [COMMAND]" if getattr(command, "commands", None) else ""
        typed = f"gcmrefs {name}{' [OPTIONS]' if options else ''} {usage}{subcommand}"
        yield from ("```text", " ".join(typed.split()), "```", "")
        if arguments:
            yield from table(["argument", "what"], [(f"`{p.metavar}`", p.help or "") for p in arguments])
        if options:
            yield from table(
                ["option", "default", "what"],
                [(f"`{', '.join(p.opts)}{shape(p)}`", default(p), p.help or "") for p in options],
            )


def walk(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every command of the command line by its full name, groups that do something by themselves included."""
    for name, command in group.commands.items():
        if command.hidden:
            continue
        if not getattr(command, "commands", None) or getattr(command, "invoke_without_command", False):
            yield above + name, command
        if getattr(command, "commands", None):
            yield from walk(command, f"{above}{name} ")


def brief(command: Any) -> str:
    """The first sentence or paragraph of a command's help."""
    return " ".join((command.help or "").split("\n\n")[0].split())


def shape(option: Any) -> str:
    """What follows the option: " PATH", " references|paragraphs", or nothing for a switch."""
    if option.is_flag:
        return ""
    if option.metavar:
        return f" {option.metavar}"
    kinds = [option.type_descriptor.annotation, *get_args(option.type_descriptor.annotation)]
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, Enum):
            return " " + "|".join(str(member.value) for member in kind)
        if isinstance(kind, type) and kind in _SHAPES:
            return f" {_SHAPES[kind]}"
    return " TEXT"


_SHAPES: Mapping[type, str] = {Path: "PATH", int: "NUMBER", float: "NUMBER"}


def default(option: Any) -> str:
    """The default as it is typed; nothing for switches and for options that need none."""
    value = option.default.value if isinstance(option.default, Enum) else option.default
    told = "needed" if option.required else "" if value in (None, "", False) else f"`{value}`"
    return " ".join(filter(None, [told, f"[{option.envvar}]" if option.envvar else ""]))


def anchor(heading: str) -> str:
    """The anchor of a heading, as Markdown renderers make it.

    >>> anchor("gcmrefs corpus list"), anchor("`references.csv`, one row")
    ('gcmrefs-corpus-list', 'referencescsv-one-row')
    """
    kept = "".join(c for c in heading.lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


# columns --------------------------------------------------------------------------------------------------------------


def columns() -> str:
    """The columns of every file of results, from the lists and explanations in the code."""
    return joined(_columns())


def _columns() -> Iterator[str]:
    from extractors.model import DOCUMENT_COLUMNS, OBJECTIVE_COLUMNS, PARAGRAPH_COLUMNS, REFERENCE_COLUMNS
    from pipeline.explore.columns import COLUMNS
    from pipeline.review.apply import DECISION_COLUMNS
    from pipeline.tables.table import NEW, STATUS

    files = {
        "documents": ("one row a document, sorted by name", (*DOCUMENT_COLUMNS, NEW)),
        "references": ("one row a reference", (*REFERENCE_COLUMNS, NEW)),
        "paragraphs": ("every paragraph in the order of the document", PARAGRAPH_COLUMNS),
        "objectives": (
            "objectives, principles, themes, elements and SDG targets with their evidence",
            (*OBJECTIVE_COLUMNS, STATUS, NEW),
        ),
        "decisions": ("what analysts said, and what became of it", DECISION_COLUMNS),
    }
    yield from ("# Columns", "", NOTE, "")
    yield from (
        "All files are in `outputs/latest/`. CSV is UTF-8 with a byte order mark; a cell that a spreadsheet would run as a",
        "formula starts with an apostrophe. Missing values are empty.",
        "",
    )
    for name, (told, listed) in files.items():
        yield from (f"## {name}.csv", "", f"{told[:1].upper()}{told[1:]}.", "")
        yield from table(["column", "meaning"], [(f"`{column}`", COLUMNS[name][column]) for column in listed])
    yield from ("## Frames of `pipeline.load()`", "")
    yield from ("The frames have the columns above and these ([notebook](../how-to/notebook.md)).", "")
    for name, known in COLUMNS.items():
        own = set(files[name][1]) if name in files else set()
        rest = {column: meaning for column, meaning in known.items() if column not in own}
        if rest:
            yield from (f"### {name}", "")
            yield from table(["column", "meaning"], [(f"`{column}`", meaning) for column, meaning in rest.items()])
    yield from ("## Tables", "")
    yield from (
        "Each is `tables/NAME.csv`, a sheet of the workbook and a table of the report. Its last column, `new_in_run`, is yes",
        "where the run published before did not have the row: the row is the same where the columns named under *Same row*",
        "are, whatever its quote, page and counts.",
        "",
    )
    made = _tables()
    same = ((f"`{one.name}`", one.title, ", ".join(f"`{name}`" for name in one.identity)) for one in made)
    yield from table(["table", "title", "same row"], same)
    alike: dict[tuple[Any, ...], list[Any]] = {}
    for one in made:
        alike.setdefault((one.credit(), *_explained(one)), []).append(one)
    for (credit, *explained), group in alike.items():
        yield from (f"### {_heading(group)}", "", credit, "")
        yield from table(["column", "printed header", "meaning"], explained)


def _heading(group: Sequence[Any]) -> str:
    return ", ".join(one.name for one in group)


def _explained(one: Any) -> Iterator[tuple[str, str, str]]:
    from pipeline.tables.columns import meaning

    names = list(one.columns)
    numbered = [name for name in names if name.startswith("objective_") and name[10:].isdigit()]
    for name in names:
        if name not in numbered:
            yield f"`{name}`", one.header(name), meaning(one.name, name)
        elif name == numbered[0]:
            counted = "number of paragraphs" if "counts" in one.name else "paragraphs"
            yield f"`{name}` ... `{numbered[-1]}`", "1 ... 23", f"{counted} of that objective of the Global Compact"
    if one.name in _FURTHER:
        yield _FURTHER[one.name]


_MECHANISM = "one for each mechanism with documents in the corpus"
_FURTHER: Mapping[str, tuple[str, str, str]] = {
    "counts_by_category": ("*document*", "the document's short name", "references in it: one column a document"),
    "iscm_partnerships_by_category": ("*mechanism*", "its short name", f"paragraphs: {_MECHANISM}"),
    "iscm_profile_overview": ("*mechanism*", "its short name", f"yes, no, yes*, ✓ or empty: {_MECHANISM}"),
    "iscm_themes_principles_objectives_in_common": ("*mechanism*", "its short name", f"paragraphs: {_MECHANISM}"),
}
"""Columns that depend on what the corpus holds."""


_COMPACT, _ANALYSIS = "an invented compact", "an invented analysis"


def _tables() -> list[Any]:
    """Every table, without rows as far as there can be such: two invented documents bring forth those that need some."""
    from extractors.lexicon.compact import load_compact
    from extractors.lexicon.entries import load_lexicon
    from extractors.model import OBJECTIVE_COLUMNS, PARAGRAPH_COLUMNS, REFERENCE_COLUMNS
    from pipeline.tables.build import Frames, build_tables

    text = "Civil society (e.g. objectives 2, 19)."
    about = {"document": _ANALYSIS, "paragraph": "1", "kind": "paragraph", "text": text, "objective": None}
    listed = f"Elements and themes of the Compact. {load_compact().themes[0].titles['en']} Element (i)."
    lists = about | {"paragraph": "2", "text": listed}
    under = [
        {"document": _COMPACT, "paragraph": str(n), "kind": "paragraph", "text": "", "objective": n}
        for n in range(1, 24)
    ]
    named = {
        "reference_id": "1", "document": _ANALYSIS, "paragraph": "1", "paragraph_row": "1", "category": "stakeholder.civil_society",
        "wording": "Civil society", "start": 0, "end": 13, "occurrences": 1, "status": "machine", "language": "en",
    }  # fmt: skip
    made = build_tables(
        Frames(
            _frame([named], REFERENCE_COLUMNS),
            _frame([*under, about, lists], PARAGRAPH_COLUMNS),
            _frame([], OBJECTIVE_COLUMNS),
            documents=[{"document": name, "language": "en"} for name in (_COMPACT, _ANALYSIS)],
        ),
        labels=load_lexicon().labels(),
    )
    out = []
    for one in made.values():
        if one.name == "stakeholders_by_objective_differences":
            told = one.caption.replace(f"was found in {_COMPACT}", "was found in the text that it analyses")
        else:
            told = one.caption.replace(" 0 mechanisms", " mechanisms")
        spread = () if _COMPACT in one.spread else one.spread
        out.append(replace(one, spread=spread, caption=told))
    return out


def _frame(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> pd.DataFrame:
    whole = {"objective", "order", "page"}
    filled = [{name: row.get(name, None if name in whole else "") for name in names} for row in rows]
    return pd.DataFrame(filled, columns=list(names), dtype=object)


# lexicon --------------------------------------------------------------------------------------------------------------


def lexicon() -> str:
    """The fields of a lexicon file, from the models that check it."""
    return joined(_lexicon())


def _lexicon() -> Iterator[str]:
    from extractors.lexicon.categories import SECTIONS, Categories, Category
    from extractors.lexicon.entries import Addition, Entry, load_lexicon
    from extractors.lexicon.language import Additions, Grammar, LanguageFile, Pair, Variant, stages

    known = load_lexicon()
    yield from ("# Lexicon format", "", NOTE, "")
    yield from (
        "A lexicon is a YAML file in `lexicons/`. How to write one, with examples: `lexicons/README.md` and",
        "[a new term](../how-to/new-term.md). Editors that know JSON Schema check a file against `lexicons/schema.json` while it",
        "is typed. An unknown key is an error that names file and line.",
        "",
        f"There are {len(known.entries)} entries in {len(set(known.places.values()))} files, and grammars of "
        f"{len(known.grammars)} languages: {', '.join(sorted(known.grammars))}.",
        "",
        "## A file",
        "",
    )
    yield from table(
        ["key", "value"],
        [
            (
                "`group`",
                "`language` for a language file, `categories` and `compact` for the files of that name, else any name",
            ),
            ("`entries`", "list of entries, sorted by `id`"),
            ("`additions`", "list of additions to entries of any file"),
        ],
    )
    for heading, model, told in (
        ("An entry", Entry, "One named body, or one term, with all its wordings."),
        ("A variant", Variant, "A fixed wording. A plain text is a variant, too."),
        ("A pair", Pair, "An open wording by its parts: every coordination of them is found."),
        ("An addition", Addition, "What a file adds to an entry that stands anywhere, behind what it has."),
        ("A language file", LanguageFile, "A whole language in one file."),
        ("What it adds to an entry", Additions, "The values of one language."),
        ("A grammar", Grammar, "Words of one language that open wordings are made of."),
        *((name.capitalize(), model, told) for name, model, told in stages()),
        ("The file of categories", Categories, "The categories in the order of the tables, and their sections."),
        ("A category", Category, "One category of references."),
    ):
        yield from (f"## {heading}", "", told, "")
        yield from table(["key", "needed", "value", "default", "meaning"], _fields(model))
    yield from ("## Sections", "", *(f"- {section}" for section in SECTIONS.values()), "")


def _fields(model: Any) -> Iterator[tuple[str, ...]]:
    schema = model.model_json_schema(mode="validation")
    needed = set(schema.get("required", ()))
    for name, field in schema["properties"].items():
        given = field.get("default")
        shown = "" if given in (None, "", [], {}) else f"`{str(given).lower() if isinstance(given, bool) else given}`"
        yield (
            f"`{name}`",
            "yes" if name in needed else "no",
            _value(field),
            shown,
            field.get("description", ""),
        )


def _value(field: Mapping[str, Any]) -> str:
    """The kind of value: text, true or false, list of texts, by language ..."""
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2].lower()
    if "enum" in field:
        return " or ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    kind = field.get("type")
    if kind == "array":
        return f"list of {_value(field['items'])}"
    if kind == "object":
        inner = field.get("additionalProperties") or next(iter(field.get("patternProperties", {}).values()), {})
        return f"{_key(field)}: {_value(inner)}" if isinstance(inner, Mapping) and inner else "by name: any value"
    return {"string": "text", "integer": "number", "boolean": "`true` or `false`"}.get(str(kind), "any value")


def _key(field: Mapping[str, Any]) -> str:
    if "patternProperties" in field:
        return "by language"
    names = field.get("propertyNames", {})
    if "enum" in names:
        return ", ".join(f"`{name}`" for name in names["enum"])
    return "by language" if "pattern" in names else "by name"


# settings -------------------------------------------------------------------------------------------------------------


def settings() -> str:
    """Every environment variable with default and meaning, from the settings classes and the command line."""
    return joined(_settings())


def _settings() -> Iterator[str]:
    from pipeline.settings import Fetching, Limits, Settings

    yield from ("# Settings", "", NOTE, "")
    yield from ("Settings are environment variables. Where a command has an option for one, the option wins.", "")
    for heading, model, told in (
        ("Places", Settings, "Where things are."),
        ("Limits of a document", Limits, "A document that needs more is refused with one line that names the limit."),
        ("Fetching", Fetching, "How politely and how long `gcmrefs corpus fetch` and `watch` ask the web."),
    ):
        yield from (f"## {heading}", "", told, "")
        yield from table(["variable", "default", "meaning"], _variables(model))
    yield from ("## Others", "")
    rest = sorted([*ELSEWHERE, *_of_options()])
    yield from table(["variable", "default", "meaning"], [(f"`{name}`", given, told) for name, given, told in rest])


def _variables(model: Any) -> Iterator[tuple[str, str, str]]:
    prefix = model.PREFIX
    for name, field in model.model_fields.items():
        shown = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
        yield f"`{prefix}{name.upper()}`", f"`{shown}`" if shown else "", field.description or ""


def _of_options() -> Iterator[tuple[str, str, str]]:
    from typer.main import get_command

    from pipeline.commands.app import app

    for name, command in walk(get_command(app)):
        for option in command.params:
            if option.envvar:
                yield str(option.envvar), "", f"the same as `{option.opts[0]}` of `gcmrefs {name}`"


# categories -----------------------------------------------------------------------------------------------------------


def categories() -> str:
    """Every category with its name, its section and how many entries and languages it has."""
    return joined(_categories())


def _categories() -> Iterator[str]:
    from extractors.lexicon.categories import CATEGORIES, SECTIONS, category_label
    from extractors.lexicon.entries import load_lexicon

    known = load_lexicon()
    labels = known.labels()
    entries = Counter(entry.category for entry in known.entries)
    sections: dict[str, Counter[str]] = {}
    spoken: dict[str, set[str]] = {}
    for entry in known.entries:
        sections.setdefault(entry.category, Counter())[entry.section] += 1
        spoken.setdefault(entry.category, set()).update([*entry.variants, *entry.pairs])
    order = [*CATEGORIES, *sorted(set(entries) - set(CATEGORIES))]
    yield from ("# Categories", "", NOTE, "")
    yield from (
        f"{len(entries)} categories, {len(known.entries)} entries. A category is `group.name`; the section says in which of",
        "the published tables its references stand. A category of your own: [a new term](../how-to/new-term.md).",
        "",
    )
    for section in SECTIONS.values():
        own = [c for c in order if c in sections and sections[c].most_common(1)[0][0] == section]
        yield from (f"## {section}", "")
        yield from table(
            ["category", "name", "entries", "languages"],
            [(f"`{c}`", category_label(c, labels), entries[c], ", ".join(sorted(spoken[c]))) for c in own],
        )


PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands,
    "columns.md": columns,
    "lexicon.md": lexicon,
    "settings.md": settings,
    "categories.md": categories,
}

if __name__ == "__main__":
    main()
