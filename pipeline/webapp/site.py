"""What all pages share: the desk, who may come in, the names of the categories, and the audit log."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from pipeline.corpus.uploads import UploadFolder
from pipeline.review import ledger
from pipeline.review.answer import categories
from pipeline.review.desk import Desk
from pipeline.review.items import QueueKind
from pipeline.review.kinds import KIND_LABELS, objective_labels
from pipeline.settings import Settings
from pipeline.store import documents
from pipeline.webapp import signature
from pipeline.webapp.audit_log import Record
from pipeline.webapp.command_process import CommandProcess
from pipeline.webapp.search import index
from pipeline.webapp.security import Throttle
from pipeline.webapp.signature import Signer

KEY, RECORD, PAGES, UPLOADS = "review.key", "review.log", "pages", "uploads"
"""Names in `outputs/store/`: the signing key, the audit log, and the folders of page pictures and of what was sent."""
NAMES = 1_000
"""Names of a proxy that are remembered."""
REFRESH_SECONDS = 2.0
"""What other processes decided shows after at most this time; what was decided here shows at once."""


@dataclass(slots=True)
class ReviewSite:
    """One review: made at the start of the server, shared by all requests.

    `password` is asked beside the name ("" for none); `user_header` names the header in which a proxy on this machine
    says who somebody is ("" for none). `reading` are the ids of uploads that are being read.
    """

    settings: Settings
    engine: sa.Engine
    desk: Desk
    signer: Signer
    record: Record
    categories: Mapping[str, str]
    process: CommandProcess
    objectives: Mapping[str, str] = field(default_factory=objective_labels)
    password: str = ""
    user_header: str = ""
    throttle: Throttle = field(default_factory=Throttle)
    reading: set[str] = field(default_factory=set)
    _refreshed: float = field(default_factory=time.monotonic)
    _names: dict[str, str] = field(default_factory=dict)
    _blind: dict[str, Desk] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def desk_of(self, name: str) -> Desk:
        """Return what somebody may see: the desk of all, or of their own as long as they code something blind."""
        if not name or not self.desk.assignments.is_blind(name):
            self._blind.pop(name, None)
            return self.desk
        own = self._blind.get(name)
        if own is None:
            own = self._blind.setdefault(name, Desk(self.engine, self.desk.found, viewer=name, whole=self.desk))
        own.follow()
        return own

    def labels(self, kind: QueueKind = "reference") -> Mapping[str, str]:
        """Names of what stands as category in the queues of a kind."""
        known = {"reference": self.categories, "objective": self.objectives}
        return {**self.categories, **self.objectives, **KIND_LABELS} if kind == "all" else known.get(kind, KIND_LABELS)

    @property
    def folder(self) -> Path:
        """Where the review keeps what is its own."""
        return self.settings.outputs / "store"

    @property
    def pictures(self) -> Path:
        """Folder for `page_image.render` and `page_image.page_size`."""
        return self.folder / PAGES

    @property
    def uploads(self) -> UploadFolder:
        """The documents that were sent and wait."""
        return UploadFolder(self.folder / UPLOADS, self.settings.corpus)

    def spelled(self, name: str) -> str:
        """Return a name that a proxy gives as the ledger spells it, asked for once."""
        if name not in self._names and len(self._names) < NAMES:
            self._names[name] = ledger.spell_name(self.engine, name)
        return self._names.get(name, name)

    def refresh(self) -> None:
        """Take over what other processes decided, or a new run, when the last look was a while ago."""
        if time.monotonic() - self._refreshed < REFRESH_SECONDS or not self._turn.acquire(blocking=False):
            return
        try:
            self.desk.refresh()
            self._refreshed = time.monotonic()
        finally:
            self._turn.release()


def open_site(settings: Settings, *, password: str = "", user_header: str = "") -> ReviewSite:
    """Open the store of the last run for a review, or one without a run yet. Raises GcmrefsError when it cannot be opened."""
    engine = documents.connect(documents.address(settings))
    try:
        desk = Desk(engine, partial(index.find_paragraphs, engine), may_be_empty=True)
        folder = settings.outputs / "store"
        return ReviewSite(
            settings=settings,
            engine=engine,
            desk=desk,
            signer=Signer(signature.read_key(folder / KEY), password),
            record=Record(folder / RECORD),
            categories=categories(),
            process=CommandProcess(settings),
            password=password,
            user_header=user_header,
        )
    except BaseException:
        engine.dispose()
        raise
