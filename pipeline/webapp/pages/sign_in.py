"""Who reviews: a name, and a password where one was set; kept in a signed cookie."""

from __future__ import annotations

import math

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.review.ledger import NAME_LENGTH, spell_name
from pipeline.webapp import view
from pipeline.webapp.signature import COOKIE_SECONDS, is_same
from pipeline.webapp.visit import COOKIE, peer, sent, session, site_of

router = APIRouter()
VISITOR = "visitor"
"""What the form of somebody unknown is bound to."""


@router.get("/sign-in")
def ask(request: Request, to: str = "/") -> Response:
    """Ask who is there; whoever is known goes on."""
    if session(request)[0]:
        return RedirectResponse(inside(to), 303)
    return _form(request, to)


@router.post("/sign-in")
async def take(request: Request) -> Response:
    """Take a name (and the password); a wrong password is counted, and the next try has to wait."""
    here, who = site_of(request), peer(request)
    form = dict(await sent(request))
    if here.user_header:
        raise HTTPException(403, "Names come from the proxy in front of this review.")
    if not here.signer.holds(form.get("csrf", ""), VISITOR):
        raise HTTPException(403, "This form is out of date: open the page again and repeat it.")
    to, name = inside(form.get("to", "/")), " ".join(view.legible_text(form.get("name", "")).split())
    if not name or len(name) > NAME_LENGTH:
        return _form(request, to, name=name[:NAME_LENGTH], problem=f"Give a name of 1 to {NAME_LENGTH} characters.")
    if here.password:
        wait = here.throttle.wait(who)
        if wait:
            problem = f"Too many wrong passwords: wait {math.ceil(wait)} seconds."
            return _form(request, to, name=name, problem=problem, status=429)
        if not is_same(form.get("password", ""), here.password):
            here.throttle.fail(who)
            await run_in_threadpool(here.record.note, "wrong password", who=name, peer=who)
            return _form(request, to, name=name, problem="The password is wrong.", status=403)
        here.throttle.succeed(who)
    name = await run_in_threadpool(spell_name, here.engine, name)
    await run_in_threadpool(here.record.note, "sign in", who=name, peer=who)
    answer = RedirectResponse(to, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, here.signer.cookie(name), COOKIE_SECONDS, httponly=True, samesite="strict", secure=secure)
    return answer


@router.post("/sign-out")
async def leave(request: Request) -> Response:
    """Forget the name in this browser."""
    here = site_of(request)
    name, bound = session(request)
    form = dict(await sent(request))
    if name and not here.signer.holds(form.get("csrf", ""), bound):
        raise HTTPException(403, "This form is out of date: open the page again and repeat it.")
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def inside(address: str) -> str:
    """Return an address if it leads to a page of ours, else the first page.

    >>> inside("/item/1?show=new"), inside("//example.org"), inside("https://example.org"), inside("/\\\\example.org")
    ('/item/1?show=new', '/', '/', '/')
    """
    ours = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if ours and address.isprintable() and address.isascii() and len(address) < 2_000 else "/"


def _form(request: Request, to: str, *, name: str = "", problem: str = "", status: int = 200) -> Response:
    here = site_of(request)
    names = {"to": inside(to), "name": name, "problem": problem, "length": NAME_LENGTH}
    known = sorted(here.desk.reviewers()) if not here.password else []
    text = view.render(
        "sign_in.html",
        layout="base.html",
        visit=None,
        reviewer="",
        token=here.signer.token(VISITOR),
        password=bool(here.password),
        known=known,
        **names,
    )
    return HTMLResponse(text, status)
