"""The looks of cells in the workbook of tables."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook


@dataclass(frozen=True, slots=True)
class SheetFormats:
    """The looks of cells."""

    text: Format
    right_to_left: Format
    number: Format
    count: Format
    header: Format
    upright: Format
    title: Format
    caption: Format
    heading: Format
    strong: Format
    bold: Format
    plain: Format
    link: Format


def make_formats(book: Workbook) -> SheetFormats:
    """Add the looks to a new book."""
    face = {"font_name": "Calibri", "font_size": 10}
    base = face | {"valign": "top", "bottom": 1, "bottom_color": "#D0D7E5"}
    blue = {"font_name": "Calibri", "bold": True, "font_color": "#1F3864"}
    head = base | {"bold": True, "bg_color": "#D9E2F3", "border": 1, "border_color": "#8EA9DB", "text_wrap": True}
    return SheetFormats(
        text=book.add_format(base | {"text_wrap": True}),
        right_to_left=book.add_format(base | {"text_wrap": True, "reading_order": 2, "align": "right"}),
        number=book.add_format(base | {"align": "center"}),
        count=book.add_format(base | {"align": "center", "num_format": "0;-0;;@", "text_wrap": True}),
        header=book.add_format(head),
        upright=book.add_format(head | {"rotation": 90, "valign": "bottom", "text_wrap": False}),
        title=book.add_format(blue | {"font_size": 16}),
        caption=book.add_format(blue | {"font_size": 14, "text_wrap": True, "valign": "top"}),
        heading=book.add_format(blue | {"font_size": 12, "bottom": 1}),
        strong=book.add_format(base | {"bold": True, "text_wrap": True}),
        bold=book.add_format(face | {"bold": True, "font_color": "#1F3864"}),
        plain=book.add_format(face),
        link=book.add_format(base | {"font_color": "#1F3864", "underline": 1, "text_wrap": True}),
    )
