"""One document from its bytes to its references: the work that a run does for each file, without any store."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from extractors.model import BODY_KINDS, OBJECTIVE_COLUMNS, ObjectiveRow, Paragraph, ParagraphRow, Reference, WordBox
from extractors.text.dates import iso_date
from extractors.text.identity import Field, make_identity
from extractors.text.shingles import TextSketch, sketch_text
from pipeline.errors import GcmrefsError
from pipeline.extract.front import Front, read_front
from pipeline.files import json_text, write_text
from pipeline.settings import Limits, Settings
from pipeline.version import build, code

if TYPE_CHECKING:
    from pipeline.segment.correction import Correction

READING_CODE: tuple[str, ...] = (
    "pipeline/ingest",
    "pipeline/segment",
    "pipeline/extract/document.py",
    "extractors/model.py",
    "extractors/text",
    "extractors/lexicon",
    *(f"extractors/objectives/{name}.py" for name in ("anchors", "explicit", "number_lists", "principles", "titles")),
    "lexicons/compact.yaml",
    "lexicons/languages",
)
"""What a document's paragraphs depend on: the stages that read and split it, and what these import."""

READING_LIBRARIES: tuple[str, ...] = (
    "charset-normalizer", "numpy", "pdfminer.six", "pdfplumber", "py3langid", "pypdfium2", "selectolax",
)  # fmt: skip

SEARCHING_CODE: tuple[str, ...] = ("extractors", "lexicons", "pipeline/extract")
"""What is found in the paragraphs depends on, beside how they were read."""

FOUND = frozenset({"references", "objectives"})
"""The kinds of rows that are searched for in paragraphs."""
SEARCHING_LIBRARIES: tuple[str, ...] = ("numpy", "rapidfuzz", "spacy")


class Described(Protocol):
    """What is known of a document before it is read: an entry of the manifest, or what a file's name tells."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def iscm(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def language(self) -> str: ...
    def facts(self) -> tuple[str, ...]: ...
    def lacks(self, fact: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Named:
    """A document of which nothing is known but a name."""

    slug: str
    title: str = ""
    iscm: str = ""
    date: str = ""
    language: str = ""

    def facts(self) -> tuple[str, ...]:
        return ()

    def lacks(self, fact: str) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Versions:
    """What tells whether work has to be done again: the versions of reading, and of the lexicon and its finders."""

    parser: str
    searching: Mapping[str, str]


def check_lexicon() -> str:
    """Return the lexicon's version; raises GcmrefsError when one of its files breaks the format."""
    from extractors.lexicon.entries import load_lexicon
    from extractors.lexicon.yaml_file import LexiconError

    try:
        return load_lexicon().version
    except LexiconError as error:
        raise GcmrefsError(str(error)) from None


def search_versions() -> Mapping[str, str]:
    """Return the versions that a reference depends on; work done with others is done again.

    Raises GcmrefsError when a lexicon file breaks the format.
    """
    searched = " with footnotes" if Settings().footnotes else ""
    return {"lexicon": check_lexicon(), "extractors": code(SEARCHING_CODE, SEARCHING_LIBRARIES) + searched}


def find_versions() -> Versions:
    """Return the versions of reading and searching as they are now; raises what `search_versions` raises."""
    from extractors.lexicon.yaml_file import own_version

    searching = search_versions()
    return Versions(code(READING_CODE, READING_LIBRARIES) + own_version(), searching)


def read_versions(cache: Path) -> Versions:
    """Return what `find_versions` does; the seconds that this takes are needed only after code or data changed.

    They depend on nothing but the installed files and libraries, so that they are kept in `cache` (a JSON file) under
    the hash of these. A cache that cannot be read or written only costs time. Raises what `find_versions` raises.
    """
    from extractors.lexicon.yaml_file import own_version

    now = f"{build()} footnotes={Settings().footnotes} lexicons={own_version()}"
    try:
        kept = json.loads(cache.read_text(encoding="utf-8"))
        if kept["build"] == now:
            return Versions(str(kept["parser"]), {str(name): str(value) for name, value in kept["versions"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = None
    known = find_versions()
    text = json_text({"build": now, "parser": known.parser, "versions": dict(known.searching)})
    with suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        write_text(cache, text)
    return known


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document as paragraphs, with what it says of itself: all that a search for references needs, whatever the
    lexicon. `body` is the issuing body, `date` ISO (possibly only a year or month), `url` where it says it came from;
    `corrected` and `lost_corrections` name the analysts' corrections of its paragraphs that were made, and that were not."""

    sha256: str
    title: str
    body: str
    date: str
    language: str
    format: str
    pages: int
    is_recognized: bool
    warnings: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    url: str = ""
    corrected: tuple[str, ...] = ()
    lost_corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Processed:
    """What one document yields; `date` is ISO (possibly only a year or month), `seconds` is the time it took.

    `front` is what its head says of it, `sketch` tells how much of its text stands in another document.
    """

    document: str
    sha256: str
    title: str
    iscm: str
    date: str
    language: str
    format: str
    pages: int
    is_recognized: bool
    paragraphs: tuple[Paragraph, ...]
    references: tuple[Reference, ...]
    objectives: tuple[ObjectiveRow, ...]
    warnings: tuple[str, ...] = ()
    doubtful: tuple[Reference, ...] = ()
    front: Front = field(default_factory=Front)
    sketch: TextSketch = field(default_factory=TextSketch, repr=False)
    parsed: Parsed | None = field(default=None, compare=False, repr=False)
    seconds: float = field(default=0.0, compare=False)


def work_key(
    sha256: str,
    source: Described,
    parser: str,
    versions: Mapping[str, str],
    corrections: Sequence[Correction] = (),
) -> str:
    """Return the id of a piece of work; work whose id is that of the last good run need not be done again.

    It stands for the document's bytes, the versions of parser, lexicon and extractors, the language, whatever else the
    manifest or an analyst says that shows in the tables, and the corrections of its paragraphs. An empty version means
    "unknown": the result is "", which equals no stored id, so that the work is done.
    """
    known = (parser, *versions.values())
    if not versions or not all(known):
        return ""
    return make_identity(sha256, parser, source.language, dict(versions), source.facts(), *_told(corrections))


def parse_key(sha256: str, source: Described, parser: str, corrections: Sequence[Correction] = ()) -> str:
    """Return the id of a document's paragraphs, "" when the parser's version is unknown: then they are read anew.

    It leaves the lexicon out, so that another lexicon searches the stored paragraphs and reads no file.
    """
    return make_identity(sha256, parser, source.language, *_told(corrections)) if parser else ""


def _told(corrections: Sequence[Correction]) -> list[list[str | int]]:
    return [list(astuple(correction)) for correction in corrections]


def parse(
    source: Described,
    path: Path,
    *,
    limits: Limits | None = None,
    password: str = "",
    processes: int = 1,
    progress: Callable[[int, int], None] | None = None,
    is_checked: bool = False,
    corrections: Sequence[Correction] = (),
) -> Parsed:
    """Read one document and split it into paragraphs; the costly half of `process_document`.

    The language is the manifest's word, else the file's own where the text agrees, else the detector's. `is_checked`
    reads each page of a PDF with a second library too; `corrections` are made to the paragraphs as they were cut. Raises
    InputError when the file cannot be read.
    """
    from pipeline.ingest import read_document
    from pipeline.ingest.language import agreed, detect, sample
    from pipeline.segment import split_paragraphs
    from pipeline.segment.correction import correct_paragraphs

    limits = limits or Limits()
    ingested = read_document(
        path, limits=limits, password=password, processes=processes, progress=progress, is_checked=is_checked
    )
    said = ingested.metadata
    language, warning = source.language, ""
    if not language:
        text = sample(ingested.lines)
        language, warning = agreed(said.get("language", ""), text)
        language = language or detect(text)
    cut = correct_paragraphs(split_paragraphs(ingested, language=language), corrections, language=language)
    return Parsed(
        sha256=ingested.sha256,
        title=said.get("title", "") or _title(cut.paragraphs),
        body=said.get("body", ""),
        date=iso_date(said.get("date", "")),
        language=language,
        format=ingested.format,
        pages=ingested.pages,
        is_recognized=ingested.is_recognized,
        warnings=(*ingested.warnings, *filter(None, [warning, _loss(len(cut.lost))])),
        paragraphs=cut.paragraphs,
        url=next((u for key in ("url", "source") if (u := _address(said.get(key, "")))), ""),
        corrected=cut.applied,
        lost_corrections=cut.lost,
    )


def process_document(
    path: Path | str,
    source: Described | None = None,
    *,
    limits: Limits | None = None,
    password: str = "",
    processes: int = 1,
    progress: Callable[[int, int], None] | None = None,
    parsed: Parsed | None = None,
    wanted: Collection[str] = FOUND,
    is_checked: bool = False,
    corrections: Sequence[Correction] = (),
) -> Processed:
    """Read, split and search one document; with `parsed` (its paragraphs of an earlier run) only search it.

    The manifest's word goes before the file's own metadata, and that before what the text shows: the title falls back
    on the title paragraph and then on the file's name. `processes` recognize the pages of a scan; `progress` is told
    (pages read, pages). `wanted` says which kinds are searched for: the others are empty. `is_checked` reads each page
    of a PDF with a second library too; `corrections` change how the text is cut (`parsed` has them already). Without a
    `source` the document is named after its file, without `limits` those of the settings are used.

    Where it may cost much, a process of its own does it, which is ended when it takes longer than `limits.seconds` or more
    memory than `limits.memory`.

    Raises InputError when the file cannot be read within its limits, GcmrefsError when a lexicon file breaks the format.

        done = process_document("declaration.pdf")
        [(r.citation, r.category, r.wording) for r in done.references]
    """
    from pipeline.ingest.bounded import run_bounded

    path = Path(path)
    source, limits = source or Named(path.stem), limits or Limits()
    if _may_outlive(path, parsed):
        return run_bounded(
            process_document, path, source, name=path.name, limits=limits, progress=progress,
            words={
                "limits": limits, "password": password, "processes": processes, "parsed": parsed, "wanted": wanted,
                "is_checked": is_checked, "corrections": corrections,
            },
        )  # fmt: skip
    # imported only by the process that does the work: it takes seconds, which the limit would not count
    from pipeline.extract.references import find_references
    from pipeline.ingest.language import speaks_of_migration

    check_lexicon()
    started = time.perf_counter()
    read = parsed or parse(
        source,
        path,
        limits=limits,
        password=password,
        processes=processes,
        progress=progress,
        is_checked=is_checked,
        corrections=corrections,
    )
    title = source.title or read.title or path.stem
    iscm = source.iscm or ("" if source.lacks("iscm") else read.body)
    found: list[Reference] = []
    objectives: list[ObjectiveRow] = []
    for language, paragraphs in _spoken(read.paragraphs, read.language):
        if "references" in wanted:
            found += find_references(
                paragraphs,
                document=source.slug,
                title=title,
                iscm=iscm,
                language=language,
                ocr=read.is_recognized,
                doubtful=True,
            )
        if "objectives" in wanted:
            from pipeline.extract.objectives import find_objectives

            objectives += find_objectives(paragraphs, document=source.slug, language=language)
    if len({reference.language for reference in found}) > 1:
        order = {one.paragraph: one.order for one in reversed(read.paragraphs)}
        found.sort(key=lambda reference: order.get(reference.paragraph, 0))
    references = tuple(reference for reference in found if not reference.is_doubtful)
    warnings = list(read.warnings)
    if not read.paragraphs:
        warnings.append("no text found")
    elif (
        "references" in wanted
        and not references
        and speaks_of_migration([one.text for one in read.paragraphs], read.language)
    ):
        warnings.append(f"no reference found, although the text speaks of migration: is its language {read.language}?")
    if twice := len(references) - len({r.reference_id for r in references}):
        warnings.append(f"{twice} references share an id with another")
    front = read_front(source.title or read.title, iscm, read.paragraphs, read.format)
    return Processed(
        document=source.slug,
        sha256=read.sha256,
        title=title,
        iscm=iscm,
        date=source.date or ("" if source.lacks("date") else read.date or front.adopted),
        language=read.language,
        format=read.format,
        pages=read.pages,
        is_recognized=read.is_recognized,
        paragraphs=read.paragraphs,
        references=references,
        objectives=tuple(objectives),
        warnings=tuple(warnings),
        doubtful=tuple(reference for reference in found if reference.is_doubtful),
        front=front,
        sketch=sketch_text(one.text for one in read.paragraphs if one.kind in BODY_KINDS),
        parsed=read,
        seconds=time.perf_counter() - started,
    )


def _may_outlive(path: Path, parsed: Parsed | None) -> bool:
    """Whether a document could cost more than its limits in this process."""
    from pipeline.ingest.bounded import SMALL, is_bounded, is_small

    if is_bounded():
        return False
    return not is_small(path) if parsed is None else sum(len(one.text) for one in parsed.paragraphs) > SMALL


def reference_row(reference: Reference) -> dict[str, Field]:
    """Return a reference as a row of `references.csv`."""
    return {name.name: getattr(reference, name.name) for name in fields(reference)}


def objective_row(row: ObjectiveRow) -> dict[str, Field]:
    """Return what a paragraph takes up as a row of `objectives.csv`, before anything is decided of it."""
    return {name: getattr(row, name) for name in OBJECTIVE_COLUMNS}


def make_paragraph_row(document: str, paragraph: Paragraph) -> ParagraphRow:
    """Return a paragraph as `paragraphs.csv` has it: headings joined by " > ", regions by ";"."""
    return ParagraphRow(
        document=document,
        order=paragraph.order,
        paragraph=paragraph.id,
        citation=paragraph.citation,
        kind=paragraph.kind,
        heading_path=" > ".join(paragraph.heading_path),
        objective=paragraph.objective,
        page=paragraph.page,
        regions=";".join(str(region) for region in paragraph.regions),
        text=paragraph.text,
    )


def paragraph_row(document: str, paragraph: Paragraph) -> dict[str, Field]:
    """Return a paragraph as a row of `paragraphs.csv`."""
    row = make_paragraph_row(document, paragraph)
    return {name.name: getattr(row, name.name) for name in fields(row)}


def pack(words: Sequence[WordBox]) -> bytes:
    """Return word boxes as a few bytes a word (compressed JSON, hundredths of a point); b"" for none."""
    if not words:
        return b""
    flat = [[w.start, w.end, w.page, *(round(value * 100) for value in w[3:])] for w in words]
    return zlib.compress(json.dumps(flat, separators=(",", ":")).encode("ascii"))


def unpack(packed: bytes) -> tuple[WordBox, ...]:
    """Return the word boxes of `pack`, to the hundredth of a point."""
    if not packed:
        return ()
    flat = json.loads(zlib.decompress(packed))
    return tuple(WordBox(start, end, page, *(v / 100 for v in box)) for start, end, page, *box in flat)


def _spoken(paragraphs: Sequence[Paragraph], language: str) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
    """The paragraphs of each language of a document, in order; nearly always there is one language."""
    from pipeline.ingest.language import by_paragraph

    spoken = by_paragraph([one.text for one in paragraphs], language)
    for own in dict.fromkeys([language, *spoken]):
        yield own, tuple(paragraph for spoke, paragraph in zip(spoken, paragraphs, strict=True) if spoke == own)


def _address(text: str) -> str:
    """The first http(s) address of a text, "" for none."""
    return next((word for word in text.split() if word.startswith(("http://", "https://"))), "")


def _loss(count: int) -> str:
    return f"{count} correction{'s' if count > 1 else ''} of its paragraphs no longer attach" if count else ""


def _title(paragraphs: Sequence[Paragraph]) -> str:
    return next((" ".join(p.text.split())[:300] for p in paragraphs if p.kind == "title"), "")
