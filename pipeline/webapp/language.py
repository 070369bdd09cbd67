"""The language of the pages: the one chosen on a page, kept in a cookie, else the one that the browser asks for."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline.translation import LANGUAGES, choose_language, use_language
from pipeline.webapp.signature import COOKIE_SECONDS
from pipeline.webapp.visit import inside

LANGUAGE_COOKIE = "gcmrefs_language"
router = APIRouter()


class PageLanguage:
    """Has every request answered in the language of who asks."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with use_language(language_of(HTTPConnection(scope)) if scope["type"] == "http" else "en"):
            await self._app(scope, receive, send)


def language_of(request: HTTPConnection) -> str:
    """Return the language that somebody chose, or that the browser asks for."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else choose_language(request.headers.get("accept-language", ""))


@router.get("/language")
def choose(request: Request, to: str = "") -> Response:
    """Keep a language in this browser and show the page again on which it was chosen."""
    came_from = urlsplit(request.headers.get("referer", ""))
    here = came_from.netloc.casefold() == request.headers.get("host", "").casefold()
    back = inside(came_from.path + (f"?{came_from.query}" if came_from.query else "")) if here else "/"
    answer = RedirectResponse(back, 303)
    if to in LANGUAGES:
        secure = request.url.scheme == "https"
        answer.set_cookie(LANGUAGE_COOKIE, to, COOKIE_SECONDS, httponly=True, samesite="lax", secure=secure)
    return answer
