"""Slow tests run only when asked for, so that the suite stays a matter of minutes; a browser for those that need one."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# the tests start interpreters by the dozen: without what is compiled kept, each would compile the project anew
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
settings.register_profile("gcmrefs", deadline=None, derandomize=True)  # the same cases for everyone
settings.register_profile("search", deadline=None)  # pytest --hypothesis-profile=search: other cases each time
settings.load_profile("gcmrefs")
SWITCH = "GCMREFS_SLOW"
BROWSER = "GCMREFS_CHROMIUM"
LONG = tuple(
    f"tests/{name}"
    for name in (
        "tables/test_evidence.py", "webapp/test_without_terminal.py", "flows/", "test_docs.py", "ingest/test_hostile.py",
        "test_readme.py", "explore/notebooks/", "exchange/test_docs.py", "run/test_kill.py", "run/test_code.py",
    )
)  # fmt: skip
"""Files of half a minute and more: they come first, so that no process is left with one when the others have ended."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium: the one that GCMREFS_CHROMIUM names, else the system's; without any the test is skipped."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    named = os.environ.get(BROWSER) or shutil.which("chromium") or shutil.which("chromium-browser")
    if not named:
        pytest.skip(f"no Chromium found: install Debian's chromium, or set {BROWSER} to the path of one")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=named, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def at_hand() -> Iterator[None]:
    """This process reads the documents itself: another, within limits, takes seconds to start for every folder.

    For tests of what comes of the documents; the processes have tests of their own (ingest/test_bounded.py, run/test_pool.py).
    """
    with pytest.MonkeyPatch.context() as patch:
        for module in ("pipeline.ingest.bounded", "pipeline.corpus.describe"):
            patch.setattr(f"{module}.is_bounded", lambda: True)
        for module in ("pipeline.run.work", "pipeline.run.loose_files"):
            patch.setattr(f"{module}.hands_for", lambda *sizes, **more: 0)
        yield


@pytest.fixture(scope="module")
def csv_only() -> Iterator[None]:
    """Runs in this process write their CSV files alone: workbook, Word, charts and page take most of a small run's time."""
    from pipeline.export import csv

    def write(out: Path, tables: dict[str, Any], *frames: Any) -> list[Path]:
        (out / "tables").mkdir()
        whole = dict(zip(("references", "paragraphs", "objectives"), frames, strict=False))
        whole |= {f"tables/{name}": table for name, table in tables.items()}
        return [csv.write(out / f"{name}.csv", one) for name, one in whole.items()]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.export.write_all", write)
        yield


@pytest.fixture
def chat() -> Iterator[tuple[str, list[str]]]:
    """The address of a server that stands for a chat's, and what it was told."""
    told: list[str] = []

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *given: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Chat) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", told
        server.shutdown()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a PostgreSQL server of this module's own; without the libraries for it the tests are skipped."""
    pytest.importorskip("psycopg", reason="PostgreSQL: install the extra postgres")
    pgserver = pytest.importorskip("pgserver", reason="PostgreSQL: install the extra postgres with pgserver")
    folder = tmp_path_factory.mktemp("postgres")
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    server = pgserver.get_server(folder / "data")
    yield server.get_uri()
    server.cleanup()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the long files first, and skip tests marked `slow` unless the environment asks for them."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))
    if os.environ.get(SWITCH) == "1":
        return
    skip = pytest.mark.skip(reason=f"slow: set {SWITCH}=1 to run it")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)
