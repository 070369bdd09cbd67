"""What the lexicon can learn from a decision: an addition to an entry, what it would change in the corpus, and its file.

A rejection teaches words that block an entry, what an analyst added teaches a wording. Nothing is learned by itself: an
analyst chooses the words, sees what they would gain and lose, and has them written to the lexicons of one's own.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from extractors.lexicon.entries import Addition, Entry, load_lexicon
from extractors.lexicon.words import expand
from extractors.lexicon.yaml_file import OWN, LexiconError, YamlFile
from extractors.model import Reference
from pipeline.errors import GcmrefsError
from pipeline.files import write_text
from pipeline.ingest.bounded import run_bounded
from pipeline.review.decision import squashed
from pipeline.settings import Limits
from pipeline.translation import gettext

LEARNED = "learned.yaml"
"""The file of one's own lexicons that lessons go to."""
LONGEST = 300
"""Characters of a wording or an example."""
_WORDS = re.compile(r"[^\s,;:.()\[\]“”«»\"!?؟،؛]+")
_WIDER = ((1, 0), (0, 1), (1, 1), (2, 0), (0, 2))
"""Words before and behind a wording, of the wordings that could block it, the likeliest first."""

Part = Literal["negatives", "variants"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Words that block an entry (`negatives`) or a wording that it gets (`variants`), with a sentence that shows it; in the
    example of a variant the wording stands in [[ ]]. `source` says on whose decision it rests."""

    entry: str
    part: Part
    language: str
    text: str
    example: str = ""
    source: str = ""

    @property
    def addition(self) -> dict[str, object]:
        """The addition as a file holds it."""
        shown = "examples" if self.part == "variants" else "counter_examples"
        told: dict[str, object] = {"entry": self.entry, "language": self.language, "source": self.source}
        return {**told, self.part: [self.text], **({shown: [self.example]} if self.example else {})}


@dataclass(frozen=True, slots=True)
class LearnedFile:
    """The file of lessons before and after one more."""

    path: Path
    before: str
    after: str

    @property
    def difference(self) -> list[str]:
        """The lines of a unified diff, without its head."""
        lines = difflib.unified_diff(self.before.splitlines(), self.after.splitlines(), n=2, lineterm="")
        return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@dataclass(frozen=True, slots=True)
class LessonEffect:
    """What a lesson would change: references gained and lost in the documents that have its words (`searched` of them), and
    the examples of its entry that would no longer hold."""

    gained: tuple[Reference, ...]
    lost: tuple[Reference, ...]
    searched: int
    broken: tuple[str, ...]


def suggest_blocking_words(text: str, start: int, end: int, language: str) -> list[str]:
    """Return wordings around a wrongly found one that could block it there and not elsewhere: a word or two more, not all of
    them so common that they would block it everywhere.

    >>> suggest_blocking_words("and the Forum Hotel of Lima", 8, 13, "en")
    ['Forum Hotel', 'the Forum Hotel', 'Forum Hotel of']
    """
    grammar = load_lexicon().grammars.get(language)
    common = {word for word in (*grammar.conjunctions, *grammar.trimmed) if word} if grammar else set()
    before = [found.span() for found in _WORDS.finditer(text, 0, start) if found.end() <= start]
    behind = [found.span() for found in _WORDS.finditer(text, end)]
    out = []
    for left, right in _WIDER:
        if left <= len(before) and right <= len(behind):
            low = before[-left][0] if left else start
            high = behind[right - 1][1] if right else end
            words = " ".join(text[low:high].split())
            more = f"{text[low:start]} {text[end:high]}".casefold().split()
            if not common.issuperset(more) and not re.search(r"[.;:!?؟]\s", words):
                out.append(words)
    return list(dict.fromkeys(out))


def suggest_entries(category: str, canonical: str = "") -> list[Entry]:
    """Return the entries that a wording of a category can belong to: those of the named body, else all of the category."""
    entries = [entry for entry in load_lexicon().entries if entry.category == category]
    return [entry for entry in entries if canonical and entry.canonical == canonical] or entries


def draft_lesson(lesson: Lesson, folder: Path) -> LearnedFile:
    """Return the file of lessons in `folder` with one more at its end; nothing is written.

    Raises GcmrefsError for a lesson that says nothing, is known already, or cannot be put into the file.
    """
    entry = load_lexicon().by_id.get(lesson.entry)
    if entry is None:
        raise GcmrefsError(f"{lesson.entry or 'no entry'}: the lexicon has no such entry")
    if not lesson.text.strip() or not squashed(lesson.text):
        raise GcmrefsError(gettext("say which words"))
    if max(len(lesson.text), len(lesson.example)) > LONGEST:
        raise GcmrefsError(f"words and example have at most {LONGEST} characters each")
    if lesson.text in _known(entry, lesson):
        raise GcmrefsError(gettext("%(entry)s: “%(text)s” is there already", entry=lesson.entry, text=lesson.text))
    path = folder / LEARNED
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    told = yaml.safe_dump([lesson.addition], allow_unicode=True, sort_keys=False, width=LONGEST * 2)
    lines = "".join(f"  {line}\n" for line in told.splitlines())
    after = (before.rstrip("\n") + "\n" if before.strip() else "group: learned\nadditions:\n") + lines
    _check(path, before, after)
    return LearnedFile(path, before, after)


def _known(entry: Entry, lesson: Lesson) -> Iterator[str]:
    if lesson.part == "negatives":
        yield from entry.negatives.get(lesson.language, ())
    else:
        yield from (variant.text for variant in entry.variants.get(lesson.language, ()))


def _check(path: Path, before: str, after: str) -> None:
    """Refuse a file in which the lesson would not stand behind the others: its list of additions is not its end."""
    try:
        counts = [
            len((YamlFile.parse(text or "additions: []", path.name).data or {})["additions"])
            for text in (before, after)
        ]
        Addition.model_validate(YamlFile.parse(after, path.name).data["additions"][-1])
    except (LexiconError, KeyError, TypeError, ValueError) as error:
        raise GcmrefsError(f"{path}: lessons cannot be added: {str(error).splitlines()[0]}: correct the file") from None
    if counts[1] != counts[0] + 1:
        raise GcmrefsError(f"{path}: lessons cannot be added: let its list of additions stand at its end")


def write_lesson(drafted: LearnedFile) -> None:
    """Write the file, where it is still the one that was drafted upon. Raises GcmrefsError where another lesson came."""
    now = drafted.path.read_text(encoding="utf-8") if drafted.path.is_file() else ""
    if now != drafted.before:
        raise GcmrefsError(f"{drafted.path.name} has changed meanwhile: look again")
    drafted.path.parent.mkdir(parents=True, exist_ok=True)
    write_text(drafted.path, drafted.after)


def measure_lesson(
    store: str, slugs: Sequence[str], lesson: Lesson, drafted: LearnedFile, *, searched_with: str = ""
) -> LessonEffect:
    """Search the documents that have the words of a lesson with and without it, in a process of its own.

    `store` is the address of the store that holds the paragraphs of the documents `slugs`, and their references as the
    lexicon of version `searched_with` gave them, which are taken where that is still the lexicon. Raises GcmrefsError where
    the process takes too long or ends by itself.
    """
    is_current = searched_with == load_lexicon().version
    with tempfile.TemporaryDirectory(prefix="gcmrefs-lesson-") as place:
        trial = Path(place) / "lexicons"
        if drafted.path.parent.is_dir():
            shutil.copytree(drafted.path.parent, trial)
        trial.mkdir(exist_ok=True)
        (trial / LEARNED).write_text(drafted.after, encoding="utf-8")
        order = (store, tuple(slugs), lesson, str(trial), is_current)
        return run_bounded(_search, *order, name="what would change", limits=Limits())


def _search(store: str, slugs: Sequence[str], lesson: Lesson, trial: str, is_current: bool) -> LessonEffect:
    """The work of `measure_lesson`, in a process where a change of the environment is nobody else's."""
    from extractors.references.examples import cases, outcome
    from pipeline.extract.references import find_references
    from pipeline.store import documents

    wanted = [squashed(words) for words in expand(lesson.text)]
    now: dict[str, tuple[Reference, ...]] = {}
    then: dict[str, tuple[Reference, ...]] = {}
    own = os.environ.get(OWN, "")
    engine = documents.connect(store, is_reading=True)
    try:
        for facts in documents.described(engine, slugs):
            slug, language = str(facts["document"]), str(facts["language"])
            if language != lesson.language:
                continue
            paragraphs = documents.stored_paragraphs(engine, slug)
            if not any(words in text for text in (squashed(one.text) for one in paragraphs) for words in wanted):
                continue
            for folder, held in ((own, now), (trial, then)):
                if held is now and is_current:
                    held[slug] = documents.stored_references(engine, slug)
                    continue
                os.environ[OWN] = folder
                held[slug] = find_references(
                    paragraphs, document=slug, title=str(facts["title"]), language=language, iscm=str(facts["iscm"])
                )
        os.environ[OWN] = trial
        entry = load_lexicon().by_id[lesson.entry]
        broken = [outcome(entry, language, text) for language, text in cases(entry) if language == lesson.language]
    finally:
        os.environ[OWN] = own
        engine.dispose()
    return LessonEffect(
        tuple(_missing(then, now)), tuple(_missing(now, then)), len(now), tuple(str(one) for one in broken if one)
    )


def _missing(these: dict[str, tuple[Reference, ...]], those: dict[str, tuple[Reference, ...]]) -> Iterator[Reference]:
    """The references of these that those have not."""
    for slug, references in these.items():
        known = {one.reference_id for one in those[slug]}
        yield from (one for one in references if one.reference_id not in known)
