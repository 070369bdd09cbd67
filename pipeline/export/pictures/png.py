"""The size of a PNG, read from its first chunks: no picture library is needed to place one."""

from __future__ import annotations

import struct
from typing import NamedTuple

_METRE = 39.3701
"""Inches in a metre."""


class Pixels(NamedTuple):
    """Width and height in pixels, and the dots an inch that the file asks for (96 where it does not say)."""

    width: int
    height: int
    dots: float


def pixels(data: bytes) -> Pixels:
    """Read the chunks `IHDR` and `pHYs` of a PNG (PNG 1.2, 4.1.1 and 4.2.4.2)."""
    width, height = struct.unpack(">II", data[16:24])
    dots, at = 96.0, 8
    while at + 8 <= len(data) and data[at + 4 : at + 8] != b"IDAT":
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"pHYs" and data[at + 16] == 1:
            dots = struct.unpack(">I", data[at + 8 : at + 12])[0] / _METRE
        at += 12 + length
    return Pixels(width, height, dots)
