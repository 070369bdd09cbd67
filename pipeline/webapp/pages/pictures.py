"""Pictures of pages, and the boxes of words upon them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, Response

from extractors.model import Region
from pipeline.errors import GcmrefsError
from pipeline.translation import gettext
from pipeline.webapp import view
from pipeline.webapp.pages.item import item_of
from pipeline.webapp.pictures import page_image
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
WIDTHS = (900, 1_600)
"""Pixels of a page picture: beside the text, and large."""
KEPT = "private, max-age=86400"
"""A picture is of bytes that its address names, so a browser may keep it for a day."""


def source(visit: Visit, slug: str) -> tuple[Path, str]:
    """Return a document's file and its sum. Raises a 404 for an unknown document, and where the file changed or is gone."""
    facts = visit.desk.documents.get(slug)
    sha256 = str(facts["sha256"]) if facts else ""
    path = page_image.source_file(visit.site.settings, slug, sha256) if facts else None
    if path is None:
        raise HTTPException(
            404, gettext("The file of this document is not there, or is no longer the one that was read.")
        )
    return path, sha256


@router.get("/document/{slug}/page/{number}.png")
def picture(visit: Visiting, slug: str, number: int, width: int = WIDTHS[0]) -> Response:
    """Return a page as a picture; `width` is one of WIDTHS."""
    path, sha256 = source(visit, slug)
    if width not in WIDTHS:
        raise HTTPException(404)
    try:
        painted = page_image.render(path, number, width=width, folder=visit.site.pictures, sha256=sha256)
    except GcmrefsError as error:
        raise HTTPException(404, str(error)) from None
    return FileResponse(painted, media_type="image/png", headers={"Cache-Control": KEPT})


@router.get("/item/{reference_id}/page/{number}.svg")
def boxes(visit: Visiting, reference_id: str, number: int, whole: bool = False) -> Response:
    """Return the boxes of a reference's words on a page as a picture to lay over it; with `whole` the page as well."""
    item = item_of(visit, reference_id)
    regions = page_image.parse_regions(item.row.regions)
    return draw_boxes(visit, item.row.document, number, regions, has_page=whole)


def draw_boxes(visit: Visit, slug: str, number: int, regions: Sequence[Region], *, has_page: bool = False) -> Response:
    """Draw boxes in the size of a page. Raises a 404 where the page cannot be shown."""
    path, sha256 = source(visit, slug)
    try:
        size = page_image.page_size(path, number, folder=visit.site.pictures, sha256=sha256)
    except GcmrefsError as error:
        raise HTTPException(404, str(error)) from None
    page_address = f"/document/{slug}/page/{number}.png?v={sha256[:12]}&width={WIDTHS[1]}" if has_page else ""
    frames = page_image.boxes(regions, number, size, margin=2.0)
    text = view.render("boxes.svg", size=size, boxes=frames, picture=page_address)
    return Response(text, media_type="image/svg+xml")
