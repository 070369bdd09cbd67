"""Broken PDF files made readable again: a catalog and a page tree for the pages that are left."""

from __future__ import annotations

import re

_OBJECT = re.compile(rb"(?:^|\s)(\d{1,8})\s{1,9}(\d{1,5})\s{1,9}obj\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_BOX = re.compile(rb"/MediaBox\s*\[[^\]]{5,80}\]")
_HEAD = 4_000
"""Bytes at the start of an object in which its type must stand."""


def trimmed(data: bytes) -> bytes:
    """The file from its `%PDF-` header on: offsets inside count from there, whatever a mailer put before it."""
    at = data.find(b"%PDF-")
    return data[at:] if at > 0 else data


def rebuilt(data: bytes) -> bytes:
    """Append a catalog, page tree and trailer that name every page object found whole in a truncated file.

    Objects in compressed object streams are not seen. Pages come in the order of the file. Gives an empty result
    when no page object is left.
    """
    found = [(m.start(1), int(m[1]), int(m[2])) for m in _OBJECT.finditer(data)]
    pages: dict[int, int] = {}
    ends = [start for start, _, _ in found[1:]] + [len(data)]
    for (start, number, generation), end in zip(found, ends, strict=False):
        body = data[start : min(start + _HEAD, end)]
        if data.find(b"endobj", start, end) >= 0 and _PAGE.search(body.split(b"stream", 1)[0]):
            pages[number] = generation
    if not pages:
        return b""
    box = _BOX.search(data)
    root = max(number for _, number, _ in found) + 1
    kids = b" ".join(b"%d %d R" % page for page in pages.items())
    whole = data[: data.rfind(b"endobj") + len(b"endobj")]
    return b"".join(
        (
            whole,
            b"\n%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (root, root + 1),
            b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]%s>>\nendobj\n"
            % (root + 1, len(pages), kids, box[0] if box else b"/MediaBox[0 0 612 792]"),
            b"trailer\n<</Root %d 0 R/Size %d>>\n%%%%EOF\n" % (root, root + 2),
        )
    )
