"""Who reviews: a name, and a password where one was set; kept in a signed cookie."""

from __future__ import annotations

import math

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.review.ledger import NAME_LENGTH, spell_name
from pipeline.translation import gettext, ngettext
from pipeline.webapp import view
from pipeline.webapp.signature import COOKIE_SECONDS, is_same
from pipeline.webapp.visit import COOKIE, OUT_OF_DATE, Unsent, inside, peer, sent, session, site_of, unsent_form

router = APIRouter()
VISITOR = "visitor"
"""What the form of somebody unknown is bound to."""


@router.get("/sign-in")
def ask(request: Request, to: str = "/") -> Response:
    """Ask who is there; whoever is known goes on."""
    if session(request)[0]:
        return RedirectResponse(inside(to), 303)
    return ask_name(request, to)


@router.post("/sign-in")
async def take(request: Request) -> Response:
    """Take a name (and the password); a wrong password is counted, and the next try has to wait."""
    here, who = site_of(request), peer(request)
    form = dict(await sent(request))
    if here.user_header:
        raise HTTPException(403, gettext("Names come from the proxy in front of this review."))
    if not here.signer.holds(form.get("csrf", ""), VISITOR):
        raise HTTPException(403, gettext(OUT_OF_DATE))
    kept = unsent_form(form.get("kept", ""))
    to, name = inside(form.get("to", "/")), " ".join(view.legible_text(form.get("name", "")).split())
    if not name or len(name) > NAME_LENGTH:
        return ask_name(
            request,
            to,
            name=name[:NAME_LENGTH],
            kept=kept,
            problem=gettext("Give a name of 1 to %(n)s characters.", n=NAME_LENGTH),
        )
    if here.password:
        wait = here.throttle.wait(who)
        if wait:
            problem = ngettext(
                "Too many wrong passwords: wait %(count)s second.",
                "Too many wrong passwords: wait %(count)s seconds.",
                math.ceil(wait),
            )
            return ask_name(request, to, name=name, kept=kept, problem=problem, status=429)
        if not is_same(form.get("password", ""), here.password):
            here.throttle.fail(who)
            await run_in_threadpool(here.record.note, "wrong password", who=name, peer=who)
            return ask_name(request, to, name=name, kept=kept, problem=gettext("The password is wrong."), status=403)
        here.throttle.succeed(who)
    name = await run_in_threadpool(spell_name, here.engine, name)
    await run_in_threadpool(here.record.note, "sign in", who=name, peer=who)
    secure, cookie = request.url.scheme == "https", here.signer.cookie(name)
    answer = offer_again(kept, name, here.signer.token(cookie)) if kept else RedirectResponse(to, 303)
    answer.set_cookie(COOKIE, cookie, COOKIE_SECONDS, httponly=True, samesite="strict", secure=secure)
    return answer


@router.post("/sign-out")
async def leave(request: Request) -> Response:
    """Forget the name in this browser."""
    here = site_of(request)
    name, bound = session(request)
    form = dict(await sent(request))
    if name and not here.signer.holds(form.get("csrf", ""), bound):
        raise HTTPException(403, gettext(OUT_OF_DATE))
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def offer_again(kept: Unsent, name: str, token: str, *, layout: str = "base.html", status: int = 200) -> Response:
    """Show a form that was not taken, with what was typed, to be sent again by one press or left."""
    text = view.render("unsent.html", layout=layout, visit=None, reviewer=name, kept=kept, token=token)
    return HTMLResponse(text, status)


def ask_name(
    request: Request,
    to: str,
    *,
    name: str = "",
    kept: Unsent | None = None,
    problem: str = "",
    status: int = 200,
    layout: str = "base.html",
) -> Response:
    """Show the form of the sign-in; `kept` is a form that was not taken and is offered again afterwards."""
    here = site_of(request)
    names = {"to": inside(to), "name": name, "problem": problem, "length": NAME_LENGTH}
    known = sorted(here.desk.reviewers()) if not here.password else []
    text = view.render(
        "sign_in.html",
        layout=layout,
        visit=None,
        reviewer="",
        kept=kept,
        token=here.signer.token(VISITOR),
        password=bool(here.password),
        known=known,
        **names,
    )
    return HTMLResponse(text, status)
