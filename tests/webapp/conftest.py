"""A review of two small declarations, and of documents that are out to break its pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI

from pipeline.review.desk import Desk
from pipeline.settings import Settings
from tests.review.corpus import ready
from tests.run import fake
from tests.webapp.browser import Browser, review

HOSTILE = "\n".join(
    (
        "<Script>Alert(1)</Script> \"Title\" &Amp; 'More'",
        '<script>alert(2)</script> the forum </p></main><img src=x onerror="alert(3)"> {{ 7 * 7 }} forum',
        "the \u202eforum\u2066 \x07 \U0001f600 forum' onmouseover='alert(4)",
        "]]> --> <!-- forum \ufdd0 \ufffe &#x3c;script&#x3e;",
    )
)


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    """Two declarations with eleven references."""
    return ready(tmp_path)


@pytest.fixture
def app(place: Settings) -> FastAPI:
    return review(place)


@pytest.fixture
def desk_of(app: FastAPI) -> Desk:
    held: Desk = app.state.site.desk
    return held


@pytest.fixture
def ana(app: FastAPI) -> Browser:
    return Browser(app, "Ana")


@pytest.fixture
def ben(app: FastAPI) -> Browser:
    return Browser(app, "Ben")


@pytest.fixture
def hostile(tmp_path: Path) -> Settings:
    """One document in which title, texts and wordings are written to break out of a page."""
    made = Settings(corpus=tmp_path / "bad", outputs=tmp_path / "bad outputs", database_url="", workers=1)
    made.corpus.mkdir()
    (made.corpus / "a'b\"&<i>.txt").write_text(HOSTILE, encoding="utf-8")
    fake.run_corpus(settings=made)
    return made
