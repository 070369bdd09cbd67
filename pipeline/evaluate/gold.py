"""Gold files: hand-made truth as CSV, read and checked. The format is described at the end of `docs/accuracy.md`.

What a file holds is told by its name (`<slug>.references.csv`, `.paragraphs.csv`, `.objectives.csv`, `.borderline.csv`,
`.published.csv`; `<slug>` is the document) or, for any other name, by its columns.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractors.model import OBJECTIVE_COLUMNS, PARAGRAPH_COLUMNS, REFERENCE_COLUMNS
from pipeline.cell import restored
from pipeline.errors import GcmrefsError

Kind: TypeAlias = Literal["references", "borderline", "published", "paragraphs", "objectives"]
MOST_BYTES = 20_000_000
"""Size from which a CSV file is not read as gold."""
_CATEGORY = r"^[a-z]+\.[a-z_]+(\s*\|\s*[a-z]+\.[a-z_]+)*$"


class _GoldRow(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    line: int
    document: str = ""


class GoldReferenceRow(_GoldRow):
    """A true reference. Several categories parted by `|` are accepted one as well as the other; the first one counts."""

    paragraph: str = Field(min_length=1)
    category: str = Field(pattern=_CATEGORY)
    wording: str = Field(min_length=1)

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.category.split("|"))


class GoldBorderlineRow(_GoldRow):
    """A judgement call, which counts neither way under any category, or a trap (`kind` or `lean`), which must not be found."""

    paragraph: str = Field(min_length=1)
    category: str
    wording: str = Field(min_length=1)
    decision: Literal["include", "exclude", ""] = ""
    kind: Literal["judgement", "trap", "generic", ""] = ""
    lean: str = ""

    @property
    def is_trap(self) -> bool:
        return self.lean == "trap" or self.kind in ("trap", "generic")


class GoldPublishedRow(_GoldRow):
    """A row of a published analysis after checking: what it printed, and what the document really has, and where."""

    category: str = Field(pattern=_CATEGORY)
    wording: str = Field(min_length=1)
    paragraph: str
    status: Literal["ok", "wording_differs", "wrong_paragraph", "not_found"]
    true_paragraph: str
    true_wording: str


class GoldParagraphRow(_GoldRow):
    """A true paragraph: its official id ("" where it has none) and its text, of which the first words are compared."""

    paragraph: str
    text: str


class GoldObjectiveRow(_GoldRow):
    """An objective, principle or theme that a paragraph takes up, by name (`explicit`) or in its own words."""

    paragraph: str = Field(min_length=1)
    kind: Literal["objective", "principle", "theme", "element", "sdg_target", "compact", "paragraph"]
    number: str
    mention: Literal["explicit", "structural", "implied"]
    evidence: str = ""


Row: TypeAlias = GoldReferenceRow | GoldBorderlineRow | GoldPublishedRow | GoldParagraphRow | GoldObjectiveRow

_MODELS: Mapping[Kind, type[_GoldRow]] = {
    "published": GoldPublishedRow,
    "borderline": GoldBorderlineRow,
    "objectives": GoldObjectiveRow,
    "paragraphs": GoldParagraphRow,
    "references": GoldReferenceRow,
}
"""In the order in which a file's columns are tried."""
NEEDED: Mapping[Kind, frozenset[str]] = {
    kind: frozenset(name for name, cell in model.model_fields.items() if cell.is_required()) - {"line"}
    for kind, model in _MODELS.items()
}
_JUDGING = frozenset({"decision", "kind", "lean"})
"""Columns of which a file has at least one when it is taken for borderline rows without its name saying so."""
_ANNOTATOR = frozenset("canonical note json_index char_start char_end n_occurrences reasoning".split())
_READ_PAST: Mapping[Kind, frozenset[str]] = {
    "published": frozenset(
        "section subsection paragraph_printed source quote_start note paragraph_match diff_in diff_kind row_id quote_id "
        "bold_count seed_line quote".split()
    ),
    "borderline": _ANNOTATOR,
    "objectives": frozenset({"label", "note", *OBJECTIVE_COLUMNS}),
    "paragraphs": frozenset({"n", "cite_id", "part", "level", "note", *PARAGRAPH_COLUMNS}),
    "references": frozenset({"in_ipd", "ipd_section", *_ANNOTATOR, *REFERENCE_COLUMNS}),
}
"""Columns that a gold file may have and that are not compared: the annotator's notes, and those of our own tables, so that a
corrected `references.csv` can serve as gold."""
_ALIASES: Mapping[Kind, Mapping[str, str]] = {
    "paragraphs": {"id": "paragraph", "first_10_words": "text"},
    "objectives": {"basis": "mention", "wording": "evidence"},
}


@dataclass(frozen=True, slots=True)
class GoldFile:
    """A gold file that was read. `name` is its path below the folder that was given, `slug` the document that its name
    says, "" for none, `sha256` that of its bytes."""

    path: Path
    name: str
    kind: Kind
    slug: str
    sha256: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """All gold files in the order of their names, and the names of CSV files that are no gold."""

    files: tuple[GoldFile, ...]
    passed_over: tuple[str, ...]


def read(places: Sequence[Path]) -> Gold:
    """Read the gold files among the CSV files of these folders (with all below), and these files.

    Raises GcmrefsError, naming file and line, when a place is not there, a file that its name or the caller declares as
    gold has missing or unknown columns, a cell breaks the format, or there is no gold at all.
    """
    files: list[GoldFile] = []
    passed: list[str] = []
    seen: set[Path] = set()
    for place in sorted(places, key=lambda place: place.is_dir()):
        if not place.exists():
            raise GcmrefsError(f"{place}: no such file or folder: give the gold data by --gold")
        for path in _csv_files(place):
            name = path.name if path == place else path.relative_to(place).as_posix()
            if path.resolve() in seen:
                continue
            seen.add(path.resolve())
            made = _file(path, name, is_declared=path == place)
            if made is None:
                passed.append(name)
            else:
                files.append(made)
    if not files:
        told = ", ".join(str(place) for place in places)
        raise GcmrefsError(
            f"{told}: no gold file: name one <document>.references.csv with paragraph, category, wording"
        )
    return Gold(tuple(sorted(files, key=lambda file: file.name)), tuple(sorted(passed)))


def _csv_files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    found = (path for path in place.rglob("*.csv") if path.is_file())
    return sorted(path for path in found if not any(p.startswith(".") for p in path.relative_to(place).parts))


def _file(path: Path, name: str, *, is_declared: bool) -> GoldFile | None:
    stem, _, ending = path.name.removesuffix(".csv").rpartition(".")
    named: Kind | None = next((kind for kind in _MODELS if stem and kind == ending), None)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise GcmrefsError(f"{path}: {size} bytes: gold files have {MOST_BYTES} at most: split it")
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise GcmrefsError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        if named or is_declared:
            line = data[: error.start].count(b"\n") + 1
            raise GcmrefsError(f"{path}:{line}: not UTF-8: save it as CSV UTF-8") from None
        return None
    records = _records(path, text, is_strict=bool(named) or is_declared)
    header = tuple(cell.strip() for cell in records[0][1]) if records else ()
    kind = named or _kind_of(header)
    if kind is None and not is_declared:
        return None
    if kind is None or named:
        _check_header(path, named or _nearest(header), header)
    assert kind is not None
    rows = tuple(_row(path, line, kind, header, cells) for line, cells in records[1:] if any(cells))
    return GoldFile(path, name, kind, stem if named else "", hashlib.sha256(data).hexdigest(), rows)


def _records(path: Path, text: str, *, is_strict: bool) -> list[tuple[int, list[str]]]:
    """Each record with the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    out: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            out.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        if is_strict:
            raise GcmrefsError(f"{path}:{line}: not valid CSV: {error}") from None
        return []
    return out


def _names(kind: Kind, header: Sequence[str]) -> list[str]:
    aliases = _ALIASES.get(kind, {})
    return [aliases[name] if name in aliases and aliases[name] not in header else name for name in header]


def _known(kind: Kind) -> frozenset[str]:
    return frozenset(_MODELS[kind].model_fields) - {"line"} | _READ_PAST[kind]


def _kind_of(header: Sequence[str]) -> Kind | None:
    for kind in _MODELS:
        names = _names(kind, header)
        if kind == "borderline" and not _JUDGING & set(names):
            continue
        if NEEDED[kind] <= set(names) <= _known(kind) and len(set(names)) == len(names):
            return kind
    return None


def _nearest(header: Sequence[str]) -> Kind:
    """The kind that a file given by its name was probably meant to be: most of its columns, fewest missing."""
    return max(_MODELS, key=lambda kind: len(_known(kind) & set(header)) - 2 * len(NEEDED[kind] - set(header)))


def _check_header(path: Path, kind: Kind, header: Sequence[str]) -> None:
    names = _names(kind, header)
    if missing := sorted(NEEDED[kind] - set(names)):
        raise GcmrefsError(f"{path}:1: missing column: {', '.join(missing)}: {kind} gold needs {_needs(kind)}")
    if unknown := [name for name in names if name not in _known(kind)]:
        raise GcmrefsError(
            f"{path}:1: unknown column: {', '.join(unknown)[:200]}: remove it, or put its text in `note`"
        )
    if len(set(names)) < len(names):
        raise GcmrefsError(f"{path}:1: a column is given twice: {', '.join(names)[:200]}")


def _needs(kind: Kind) -> str:
    return ", ".join(sorted(NEEDED[kind]))


def _row(path: Path, line: int, kind: Kind, header: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(header):
        raise GcmrefsError(f"{path}:{line}: {len(cells)} cells under {len(header)} columns: check commas and quotes")
    model = _MODELS[kind]
    values = dict(zip(_names(kind, header), (restored(cell.strip()) for cell in cells), strict=True))
    try:
        row = model.model_validate({k: v for k, v in values.items() if k in model.model_fields} | {"line": line})
    except ValidationError as error:
        first = error.errors()[0]
        told = f"{first['loc'][0]}: {str(first['input'])[:60]!r}: {first['msg']}"
        raise GcmrefsError(f"{path}:{line}: {told}") from None
    return row  # type: ignore[return-value]
