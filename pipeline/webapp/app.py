"""The review as a web application: pages, who may see them, and what is shown when something is not there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from pipeline.errors import GcmrefsError
from pipeline.settings import Settings
from pipeline.translation import gettext, gettext_noop, use_language
from pipeline.webapp import language, view
from pipeline.webapp.pages import (
    codebook,
    corpus,
    decide,
    document,
    facts,
    files,
    group,
    health,
    item,
    lesson,
    lexicon,
    people,
    pictures,
    queue,
    runs,
    search,
    segmentation,
    sign_in,
    table,
)
from pipeline.webapp.security import HEADERS, SAFE_METHODS, Guard, Refusal
from pipeline.webapp.site import ReviewSite, open_site
from pipeline.webapp.visit import Interrupted, needs_run, open_visit, peer, session

ROUTERS = (
    *(queue.router, item.router, decide.router, pictures.router, document.router),
    *(facts.router, segmentation.router),
    *(group.router, table.router, lexicon.router, runs.router, search.router, people.router, files.router),
    *(lesson.router, codebook.router),
)
"""Pages that only a reviewer sees, of the last run; each names its own addresses."""
_SAID = {
    400: gettext_noop("The address or the form makes no sense."),
    404: gettext_noop("There is no such page, document or reference in the last run."),
    405: gettext_noop("There is nothing here to be changed in this way."),
    413: gettext_noop("That is too much for one form."),
    500: gettext_noop(
        "Something went wrong that nobody foresaw. Nothing was lost: decisions are written before a page is shown."
    ),
}


_TITLES = {
    400: gettext_noop("Bad Request"),
    403: gettext_noop("Forbidden"),
    404: gettext_noop("Not Found"),
    405: gettext_noop("Method Not Allowed"),
    409: gettext_noop("Conflict"),
    413: gettext_noop("Request Entity Too Large"),
    500: gettext_noop("Internal Server Error"),
}


def create_app(settings: Settings, *, password: str = "", user_header: str = "", hosts: Sequence[str] = ()) -> FastAPI:
    """Return the application over the last run in `settings.outputs`.

    `password` is asked beside a reviewer's name; with `user_header` the name comes from that header of a proxy on this
    machine instead. `hosts` are names by which it may be called besides those of the loopback interface.

    Without a finished run it has one page, which says how to come to one. Raises GcmrefsError when the store cannot be opened.
    """
    here = open_site(settings, password=password, user_header=user_header)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        warming = search.Warming(here)
        warming.start()
        yield
        warming.end()
        here.process.stop()
        here.engine.dispose()

    app = FastAPI(title="gcm-references", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.site = here
    app.include_router(sign_in.router)
    app.include_router(language.router)
    app.include_router(health.router)
    app.include_router(corpus.router, dependencies=[Depends(open_visit)])
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(open_visit), Depends(needs_run)])
    app.mount("/static", _Static(directory=view.FOLDER / "static"))
    app.add_middleware(Guard, hosts=tuple(hosts), refused=_refused(here))
    app.add_middleware(language.PageLanguage)
    app.add_exception_handler(HTTPException, _failed)
    app.add_exception_handler(RequestValidationError, _senseless)
    app.add_exception_handler(GcmrefsError, _wrong)
    app.add_exception_handler(Exception, _unforeseen)
    return app


class _Static(StaticFiles):
    """Style and scripts: a browser asks whether they changed, and mostly they did not."""

    def file_response(self, *args: object, **named: object) -> Response:
        response = super().file_response(*args, **named)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "no-cache"
        return response


def message(request: Request, status: int, text: str) -> Response:
    """Return a page that says what is wrong; somebody who is not signed in sees no more than that."""
    try:
        who = session(request)[0] if isinstance(getattr(request.app.state, "site", None), ReviewSite) else ""
    except KeyError:
        who = ""
    layout = "part.html" if request.headers.get("hx-request") == "true" else "base.html"
    title = gettext(_TITLES.get(status, HTTPStatus(status).phrase))
    return HTMLResponse(
        view.render("message.html", layout=layout, visit=None, reviewer=who, title=title, text=gettext(text)), status
    )


def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = error.headers or {}
    if error.status_code == 303:
        if request.headers.get("hx-request") == "true":
            return Response(status_code=204, headers={"HX-Redirect": headers["Location"]})
        return RedirectResponse(headers["Location"], 303)
    plain = error.detail == HTTPStatus(error.status_code).phrase
    if request.method not in SAFE_METHODS:
        here: ReviewSite = request.app.state.site
        told = f"{error.status_code} {request.url.path}"
        name, bound = session(request)
        here.record.note("refused", who=name, peer=peer(request), detail=told)
        if isinstance(error, Interrupted):
            layout = "part.html" if request.headers.get("hx-request") == "true" else "base.html"
            if name:
                return sign_in.offer_again(error.form, name, here.signer.token(bound), layout=layout, status=403)
            return sign_in.ask_name(request, "/", kept=error.form, problem=error.detail, layout=layout, status=403)
    return message(request, error.status_code, _SAID.get(error.status_code, error.detail) if plain else error.detail)


def _senseless(request: Request, error: Exception) -> Response:
    return message(request, 400, _SAID[400])


def _wrong(request: Request, error: Exception) -> Response:
    return message(request, 400, str(error))


def _unforeseen(request: Request, error: Exception) -> Response:
    with use_language(language.language_of(request)):
        answer = message(request, 500, _SAID[500])
    answer.headers.update(HEADERS)
    return answer


def _refused(here: ReviewSite) -> Refusal:
    """What the guard answers with: a page, and for writes a line in the audit log."""

    def answer(scope: Scope, status: int, text: str) -> ASGIApp:
        request = Request(scope)
        if request.method not in SAFE_METHODS:
            here.record.note("refused", peer=peer(request), detail=f"{status} {scope['path']}")
        title = gettext(_TITLES.get(status, HTTPStatus(status).phrase))
        body = view.render("message.html", layout="base.html", visit=None, reviewer="", title=title, text=gettext(text))
        return HTMLResponse(body, status)

    return answer
