"""Documents that people send by browser: kept apart until somebody has read over what they show of themselves.

Nothing of it is read by a run before `take` has made it a document of the corpus.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from pipeline.cell import legible
from pipeline.corpus.add import ADDED, append, place_file
from pipeline.corpus.discovery import Document, discover
from pipeline.corpus.manifest import SUFFIXES, Source
from pipeline.errors import CorpusError, GcmrefsError, InputError
from pipeline.files import checksum, json_text, sha256, write_bytes, write_text
from pipeline.ingest.format import SUFFIXES as SUFFIX_OF
from pipeline.ingest.format import detect
from pipeline.settings import Limits

MOST_WAITING = 100
"""Uploads that may wait; more are refused until some are taken or thrown away."""
FACTS = ("title", "symbol", "iscm", "date", "language", "kind")
"""What of a manifest entry is asked for."""
_ID = 16
_NAME = 150


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits: `name` as it was sent, `by` whom, `facts` what it shows of itself (FACTS), `notes` what to know
    before it is taken, `problem` why it cannot be read."""

    upload_id: str
    name: str
    suffix: str
    size: int
    by: str = ""
    facts: Mapping[str, str] | None = None
    notes: tuple[str, ...] = ()
    problem: str = ""


class UploadFolder:
    """The uploads that wait in a folder, for the corpus in another one.

    uploads = UploadFolder(Path("outputs/store/uploads"), Path("corpus"))
    upload = uploads.keep(b"...", name="Declaration.pdf", by="Ana")
    uploads.take(upload.upload_id, {"title": "Declaration", "date": "2024-05"})
    """

    def __init__(self, folder: Path, corpus: Path) -> None:
        self._folder, self._corpus = folder, corpus

    def keep(self, data: bytes, *, name: str, by: str) -> Upload:
        """Keep a file that is a document by its name and by its bytes; the same bytes are kept once.

        Raises InputError for what is none, is too large, or is in the corpus already (under whatever name), and
        CorpusError when too many wait.
        """
        shown = safe_name(name)
        suffix = Path(shown).suffix.lower()
        if suffix not in SUFFIXES:
            raise InputError(shown, "not a document by its name", f"documents end in {', '.join(SUFFIXES[:-1])}")
        limits = Limits()
        if len(data) > limits.bytes:
            raise InputError(shown, f"larger than {limits.bytes // 1_000_000} MB", "set GCMREFS_MAX_BYTES higher")
        found = detect(data, name=shown, expanded_bytes=limits.expanded_bytes)
        if twin := self._twin(data):
            raise InputError(shown, f"the same file as {twin}, which is in the corpus", "nothing is to be done")
        waiting = {upload.upload_id: upload for upload in self.waiting()}
        upload_id = sha256(data)[:_ID]
        if upload_id in waiting:
            raise InputError(shown, f"waits already, as {waiting[upload_id].name}", "read its facts over below")
        if len(waiting) >= MOST_WAITING:
            raise CorpusError(f"{MOST_WAITING} documents wait already: add or throw away some of them first")
        upload = Upload(upload_id, shown, SUFFIX_OF[found.format], len(data), by, notes=found.warnings)
        self._folder.mkdir(parents=True, exist_ok=True)
        write_bytes(self.path(upload), data)
        self._write(upload)
        return upload

    def path(self, upload: Upload) -> Path:
        """Return where the file of an upload is, under a name of ours."""
        return self._folder / f"{upload.upload_id}{upload.suffix}"

    def describe(self, upload: Upload, facts: Mapping[str, str], problem: str = "") -> None:
        """Note what a document shows of itself, or why it cannot be read; nothing where it was thrown away meanwhile."""
        if not self.path(upload).is_file():
            return
        wanted = {name: str(facts.get(name, "")) for name in FACTS}
        self._write(replace(upload, facts=wanted, notes=(*upload.notes, *self._likely(wanted)), problem=problem))

    def waiting(self) -> list[Upload]:
        """Return what waits, by name; a note that is damaged is passed over."""
        out = []
        for path in self._folder.glob("*.json"):
            try:
                told = json.loads(path.read_text(encoding="utf-8"))
                upload = Upload(**{**told, "notes": tuple(told["notes"])})
            except (OSError, ValueError, TypeError, KeyError):
                continue
            if upload.upload_id == path.stem and self.path(upload).is_file():
                out.append(upload)
        return sorted(out, key=lambda upload: (upload.name.casefold(), upload.upload_id))

    def take(self, upload_id: str, facts: Mapping[str, str]) -> Source:
        """Make an upload a document of the corpus, with these facts, and return its entry of the manifest.

        Raises CorpusError for an unknown one, for facts that make no entry, and as `add.append` does.
        """
        upload = self._found(upload_id)
        taken = [document.slug for document in self._documents()]
        taken += [file.stem for file in (self._corpus / ADDED).glob("*")]
        slug, address = place_file(self._corpus, upload.name, upload.suffix, taken)
        told = {name: " ".join(facts.get(name, "").split()) for name in FACTS}
        try:
            source = Source.model_validate(
                {**told, "kind": told["kind"] or "other", "slug": slug, "addresses": (address,)}
            )
        except ValidationError as error:
            field = str(error.errors()[0]["loc"][0])
            remedy = {"date": "as 2024, 2024-05 or 2024-05-31", "language": "as two letters: en, es, fr, pt, ar"}
            raise CorpusError(
                f"{upload.name}: {field} “{told.get(field, '')}”: write it {remedy.get(field, 'anew')}"
            ) from None
        self._corpus.mkdir(parents=True, exist_ok=True)
        append(self._corpus, source, self.path(upload))
        self.discard(upload_id)
        return source

    def discard(self, upload_id: str) -> Upload:
        """Throw an upload away. Raises CorpusError for an unknown one."""
        upload = self._found(upload_id)
        for path in (self._folder / f"{upload_id}.json", self.path(upload)):
            path.unlink(missing_ok=True)
        return upload

    def _found(self, upload_id: str) -> Upload:
        found = next((upload for upload in self.waiting() if upload.upload_id == upload_id), None)
        if found is None:
            raise CorpusError("this document no longer waits: somebody added it, or threw it away")
        return found

    def _write(self, upload: Upload) -> None:
        write_text(self._folder / f"{upload.upload_id}.json", json_text(asdict(upload)))

    def _twin(self, data: bytes) -> str:
        """The slug of the document of the corpus that has these very bytes, "" for none."""
        same = (one for one in self._documents() if one.path.stat().st_size == len(data))
        digest = sha256(data)
        return next((one.slug for one in same if checksum(one.path) == digest), "")

    def _likely(self, facts: Mapping[str, str]) -> list[str]:
        """Notes on documents of the manifest that may be this one in another form."""
        sources = [document.source for document in self._documents()]
        same = {
            name: [
                one.slug for one in sources if facts[name] and getattr(one, name).casefold() == facts[name].casefold()
            ]
            for name in ("symbol", "title")
        }
        return [
            f"the same {name} as {slug}: where it is another copy of that text, both are kept and counted once"
            for name, slugs in same.items()
            for slug in slugs[:3]
        ]

    def _documents(self) -> Sequence[Document]:
        """The documents of the corpus, none where it has none yet or only the sample."""
        try:
            corpus = discover(self._corpus)
        except GcmrefsError:
            return ()
        return () if corpus.is_sample else corpus.documents


def safe_name(name: str) -> str:
    """Return a file's name without folders, control characters and what would read otherwise than it is written.

    >>> safe_name("C:\\\\papers\\\\..\\\\Déclaration.pdf"), safe_name("../../etc/passwd\\x00.txt")
    ('Déclaration.pdf', 'passwd�.txt')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(char if char.isprintable() else "\ufffd" for char in legible(" ".join(last.split())))
    stem, dot, suffix = shown.rpartition(".")
    return f"{stem[:_NAME]}{dot}{suffix[:10]}" if dot else shown[:_NAME]
