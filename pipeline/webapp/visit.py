"""A visit: one request of a reviewer whose name is known, with the form that was sent, checked to be one of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from pipeline.review.desk import Desk
from pipeline.review.ledger import NAME_LENGTH
from pipeline.translation import gettext, gettext_noop
from pipeline.webapp import view
from pipeline.webapp.security import FILES, SAFE_METHODS, is_loopback
from pipeline.webapp.site import ReviewSite

COOKIE = "gcmrefs_reviewer"
FIELDS = 2_000
"""Fields of one form: a table of rows to tick has many."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. `form` has the fields that were sent (the last of each name; `every` gives all), {} for a GET, `files`
    the files of a form that may carry some.

    `token` goes into each form as the hidden field `csrf` (the macro `csrf()` does it).
    """

    request: Request
    site: ReviewSite
    reviewer: str
    token: str
    sent: tuple[tuple[str, str], ...] = ()
    files: tuple[UploadFile, ...] = ()

    @property
    def desk(self) -> Desk:
        """What this reviewer may see; no page looks at another."""
        return self.site.desk_of(self.reviewer)

    @property
    def is_blind(self) -> bool:
        """Whether there is something that this reviewer must not see yet."""
        return self.site.desk.assignments.is_blind(self.reviewer)

    @property
    def form(self) -> Mapping[str, str]:
        return dict(self.sent)

    def every(self, name: str) -> list[str]:
        """Return all values of a field, as of boxes that were ticked."""
        return [value for key, value in self.sent if key == name]

    @property
    def is_enhanced(self) -> bool:
        """Tell whether the page asked by script for a part of itself."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def peer(self) -> str:
        return peer(self.request)

    def note(self, what: str, detail: str = "") -> None:
        """Write a line of the audit log."""
        self.site.record.note(what, who=self.reviewer, peer=self.peer, detail=detail)

    def page(self, template: str, *, status: int = 200, at: str = "", **names: object) -> HTMLResponse:
        """Return a page; only its `<title>` and `<main>` when it was asked for by script, then with address `at`."""
        layout = "part.html" if self.is_enhanced else "base.html"
        text = view.render(template, layout=layout, visit=self, **names)
        headers = {"HX-Push-Url": at} if at and self.is_enhanced else {}
        return HTMLResponse(text, status, headers)

    def go(self, address: str) -> Response:
        """Send the browser to another page of ours, after a form was taken."""
        return RedirectResponse(address, 303)


def peer(request: Request) -> str:
    """Return the address that a request came from."""
    return request.client.host if request.client else ""


def site_of(request: Request) -> ReviewSite:
    found: ReviewSite = request.app.state.site
    return found


def session(request: Request) -> tuple[str, str]:
    """Return who is there and what their forms are bound to; ("", "") for somebody who is not known.

    With a header of a proxy, the name in it counts and only from a peer on this machine.
    """
    here = site_of(request)
    if here.user_header:
        name = " ".join(request.headers.get(here.user_header, "").split())[:NAME_LENGTH]
        trusted = is_loopback(peer(request)) and name
        return (here.spelled(name), name) if trusted else ("", "")
    cookie = request.cookies.get(COOKIE, "")
    name = here.signer.reviewer(cookie) if cookie else ""
    return (name, cookie) if name else ("", "")


async def sent(request: Request) -> tuple[tuple[str, str], ...]:
    """Read the fields of a form; it can carry files only where its address is one of `security.FILES`."""
    form = await request.form(max_files=FILES.get(request.url.path, (0, 0))[0], max_fields=FIELDS)
    return tuple((name, value) for name, value in form.multi_items() if isinstance(value, str))


OUT_OF_DATE = gettext_noop("This form is out of date: open the page again and repeat it.")


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that was not taken for want of a name, kept so that nothing that was typed is lost."""

    address: str
    fields: tuple[tuple[str, str], ...]

    @property
    def back(self) -> str:
        """The page that the form stood on, as near as its address tells."""
        path, _, query = self.address.partition("?")
        return path.rpartition("/")[0] + (f"?{query}" if query else "") if path.startswith("/item/") else "/"

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What a person wrote or chose, to be read again before it is sent."""
        return [(name, value) for name, value in self.fields if name in TYPED and value.strip()]

    def __str__(self) -> str:
        return json.dumps([self.address, self.fields])


TYPED = ("category", "canonical", "words", "wording", "comment")
"""Fields of forms in which people write."""


def unsent_form(text: str) -> Unsent | None:
    """Read what `str` of an unsent form has written; None where it is none of ours."""
    try:
        address, fields = json.loads(text)
        kept = Unsent(str(address), tuple((str(name), str(value)) for name, value in fields if name != "csrf"))
    except (ValueError, TypeError, RecursionError):
        return None
    return kept if inside(kept.address) == kept.address and not kept.address.startswith("/sign-") else None


async def unsent(request: Request) -> Unsent:
    """Keep the form of a request."""
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Unsent(inside(address), tuple((name, value) for name, value in await sent(request) if name != "csrf"))


def inside(address: str) -> str:
    """Return an address if it leads to a page of ours, else the first page.

    >>> inside("/item/1?show=new"), inside("//example.org"), inside("https://example.org"), inside("/\\\\example.org")
    ('/item/1?show=new', '/', '/', '/')
    """
    ours = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if ours and address.isprintable() and address.isascii() and len(address) < 2_000 else "/"


class Interrupted(HTTPException):
    """A form came from somebody whose name is no longer known, or was made for another sign-in."""

    def __init__(self, form: Unsent, why: str) -> None:
        super().__init__(403, why)
        self.form = form


async def open_visit(request: Request) -> Visit:
    """Admit a reviewer: somebody unknown goes to the sign-in first, a write needs the token of a form of ours."""
    here = site_of(request)
    name, bound = session(request)
    if not name:
        if here.user_header:
            raise HTTPException(403, gettext("The proxy in front of this review did not say who you are."))
        if request.url.path in FILES and request.method not in SAFE_METHODS:
            raise HTTPException(
                403, gettext("Sign in first, then choose the files again: your name is no longer known.")
            )
        if request.method not in SAFE_METHODS:
            raise Interrupted(await unsent(request), gettext("Sign in first: your name is no longer known."))
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        raise HTTPException(303, headers={"Location": f"/sign-in?to={quote(target, safe='')}"})
    if request.method in SAFE_METHODS:
        return Visit(request, here, name, here.signer.token(bound))
    fields = await sent(request)
    if not here.signer.holds(dict(fields).get("csrf", ""), bound):
        if request.url.path in FILES:
            raise HTTPException(403, gettext(OUT_OF_DATE))
        raise Interrupted(await unsent(request), gettext(OUT_OF_DATE))
    form = await request.form()
    files = tuple(value for _, value in form.multi_items() if isinstance(value, UploadFile) and value.filename)
    return Visit(request, here, name, here.signer.token(bound), fields, files)


def needs_run(request: Request) -> None:
    """Send whoever asks for results to the page that says how to get some, as long as there was no run."""
    here = site_of(request)
    if not here.desk.run:
        here.desk.refresh()
    if not here.desk.run:
        raise HTTPException(303, headers={"Location": "/corpus"})


Visiting = Annotated[Visit, Depends(open_visit)]
"""What an endpoint takes: `def page(visit: Visiting) -> Response`."""
