"""`gcmrefs evaluate`: how well what is found agrees with hand-made truth."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import (
    Corpus,
    Database,
    Json,
    Outputs,
    check_output,
    leave,
    say,
    settings_of,
    write_output,
)
from pipeline.commands.terminal import clean
from pipeline.files import json_text

if TYPE_CHECKING:
    from pipeline.evaluate.comparison import Comparison
    from pipeline.evaluate.evaluation import Evaluation, Scope
    from pipeline.settings import Settings

VARIABLE = "GCMREFS_GOLD"


class RowKind(StrEnum):
    figures = "figures"
    disagreements = "disagreements"
    changes = "changes"


def measure_accuracy(
    gold: Annotated[
        list[str] | None,
        typer.Option(
            "--gold",
            metavar="DIR|FILE[=DOCUMENT]",
            help="Gold files, or folders of them [GCMREFS_GOLD]; DOCUMENT is what a file is for. Repeatable.",
        ),
    ] = None,
    decisions: Annotated[
        bool, typer.Option("--decisions", help="Take what analysts decided as truth, and read nothing.")
    ] = False,
    corpus: Corpus = None,
    run: Annotated[str, typer.Option("--run", metavar="RUN", help="Judge what this run showed, read nothing.")] = "",
    compare: Annotated[
        str, typer.Option("--compare", metavar="RUN", help="Also show what changed against this run.")
    ] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write .md, .csv or .json there.")] = None,
    what: Annotated[RowKind, typer.Option("--what", help="Which rows a .csv holds.")] = RowKind.figures,
    min_f1: Annotated[
        float, typer.Option("--min-f1", min=0, max=1, help="Exit 1 when the references' F1 is below.")
    ] = 0.0,
    outputs: Outputs = None,
    database_url: Database = None,
    as_json: Json = False,
) -> None:
    """Show precision, recall and F1 against hand-made truth, how sure they are, and every row that disagrees.

    Only documents that gold names are read. Runs are named as in `gcmrefs diff`.
    """
    if decisions:
        _judge_decisions(settings_of(corpus, outputs, database_url), output, as_json=as_json)
        return
    from pipeline import evaluate as evaluation
    from pipeline.evaluate.comparison import compare as compared
    from pipeline.evaluate.readings import Readings
    from pipeline.extract.document import check_lexicon
    from pipeline.store import changes, documents

    places, given = _places(gold or [os.environ.get(VARIABLE, "")])
    check_output(output, ".md", ".csv", ".json")
    if what is RowKind.changes and not compare:
        raise typer.BadParameter("--what changes: say against which run by --compare RUN")
    settings = settings_of(corpus, outputs, database_url)
    true = evaluation.read(places)
    check_lexicon()
    with ExitStack() as stack:
        opened = stack.enter_context(documents.opened(documents.address(settings))) if run or compare else None
        readings: Readings
        if run and opened is not None:
            run_id = changes.resolve(opened, run)
            readings, made = evaluation.RunReadings(opened, run_id), {"run": run_id}
        else:
            readings = evaluation.CorpusReadings(settings.corpus)
            made = versions()
        found = evaluation.evaluate_readings(true, readings, given=given, versions=made, scope=scope())
        comparison = None
        if compare and opened is not None:
            earlier = changes.resolve(opened, compare)
            comparison = compared(found, evaluation.RunReadings(opened, earlier), earlier)
    if output is not None:
        _write(output, what, found, comparison)
    if as_json:
        say(_whole(found, comparison))
    elif output is None:
        from pipeline.commands.evaluation_screen import show

        show(found, comparison)
    else:
        from pipeline.commands.evaluation_screen import brief

        brief(found)
    if true.passed_over and not as_json:
        print(f"passed over, no gold columns: {clean(', '.join(true.passed_over))}", file=sys.stderr)
    for warning in found.warnings:
        print(f"warning: {clean(warning)}", file=sys.stderr)
    leave(_below(found, min_f1))


def _judge_decisions(settings: Settings, output: Path | None, *, as_json: bool) -> None:
    """Show the figures of what was decided, or write them as .csv."""
    import pandas as pd

    from pipeline.commands.evaluation_screen import show_decisions
    from pipeline.evaluate.decisions import judge_decisions
    from pipeline.evaluate.figures import FIGURE_COLUMNS
    from pipeline.export.csv import encode
    from pipeline.review.desk import Desk
    from pipeline.store import documents

    check_output(output, ".csv")
    with documents.opened(documents.address(settings), is_reading=True) as engine:
        found = judge_decisions(Desk(engine))
    rows = [one.as_dict() for one in (*([found.all] if found.all else []), *found.groups)]
    if output is not None:
        write_output(output, b"".join(encode(pd.DataFrame(rows, columns=list(FIGURE_COLUMNS)))))
    if as_json:
        say({"truth": found.warning, "figures": rows})
    else:
        show_decisions(found)


def _places(values: list[str]) -> tuple[list[Path], dict[Path, str]]:
    """Folders and files, and for which document a file is, where `FILE=DOCUMENT` says it."""
    places: list[Path] = []
    given: dict[Path, str] = {}
    for value in values:
        path, sign, document = value.rpartition("=")
        if sign and not Path(value).exists():
            if not document or not Path(path).is_file():
                raise typer.BadParameter(f"{value}: no such folder, and no FILE=DOCUMENT: {path} is no file")
            given[Path(path).resolve()] = document
            value = path
        if not value:
            raise typer.BadParameter(f"give the gold data by --gold DIR or {VARIABLE}")
        places.append(Path(value))
    return places, given


def versions() -> dict[str, str]:
    """Return the versions that the figures depend on."""
    from pipeline.extract.document import find_versions
    from pipeline.version import read_version

    known = find_versions()
    return {"gcm-references": read_version(), "parser": known.parser, **known.searching}


def scope() -> Scope:
    """Return the categories and languages that the lexicon knows, so that those without gold can be named."""
    from extractors.lexicon.entries import load_lexicon
    from pipeline.evaluate.evaluation import Scope

    lexicon = load_lexicon()
    return Scope(tuple(sorted({entry.category for entry in lexicon.entries})), tuple(sorted(lexicon.grammars)))


def _whole(found: Evaluation, comparison: Comparison | None) -> dict[str, object]:
    return {**found.as_dict(), "comparison": comparison.as_dict() if comparison else None}


def _write(path: Path, what: RowKind, found: Evaluation, comparison: Comparison | None) -> None:
    ending = path.suffix.lower()
    if ending == ".md":
        from pipeline.evaluate.report import page

        data = page(found, comparison).encode("utf-8")
    elif ending == ".json":
        data = json_text(_whole(found, comparison)).encode("utf-8")
    else:
        data = _csv(what, found, comparison)
    write_output(path, data)


def _csv(what: RowKind, found: Evaluation, comparison: Comparison | None) -> bytes:
    import pandas as pd

    from pipeline.evaluate.comparison import COMPARISON_COLUMNS
    from pipeline.evaluate.evaluation import DISAGREEMENT_COLUMNS
    from pipeline.evaluate.figures import FIGURE_COLUMNS
    from pipeline.export.csv import encode

    rows: list[Mapping[str, object]]
    if what is RowKind.figures:
        rows, columns = [figure.as_dict() for figure in found.figures], FIGURE_COLUMNS
    elif what is RowKind.disagreements:
        columns = tuple(name for name in DISAGREEMENT_COLUMNS if name != "quote")
        rows = [{name: row[name] for name in columns} for row in found.disagreements]
    else:
        columns = COMPARISON_COLUMNS
        rows = [dict(row) for row in comparison.rows] if comparison else []
    return b"".join(encode(pd.DataFrame(rows, columns=list(columns))))


def _below(found: Evaluation, least: float) -> int:
    """Exit status: 1 when the references' F1 is below the minimum, or there is none to hold against it."""
    figure = found.one("references", "overlap")
    f1 = figure.f1 if figure else None
    if least and (f1 is None or f1 < least):
        told = "no reference was judged" if f1 is None else f"F1 {f1:.4f}"
        print(f"minimum missed: {told} < {least}", file=sys.stderr)
        return 1
    return 0
