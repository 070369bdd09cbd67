"""Whether the review answers, for whoever watches over it: a container, a proxy, a monitor."""

from __future__ import annotations

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from pipeline.webapp.security import HEALTH
from pipeline.webapp.visit import site_of

router = APIRouter()


@router.get(HEALTH)
def answer(request: Request) -> PlainTextResponse:
    """Say `ok` where the store answers, and 503 where it does not; asked of nobody who they are, and not noted in the log."""
    try:
        with site_of(request).engine.connect() as connection:
            connection.execute(sa.select(1))
    except sa.exc.SQLAlchemyError:
        return PlainTextResponse("the store does not answer\n", 503)
    return PlainTextResponse("ok\n")
