"""What may become of the process that PDFium works in: it dies, it hangs, or it says what nobody asked for."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection

KIND = "GCMREFS_TEST_WILD"


def serve(descriptor: int, memory: int) -> None:
    """Stand in for `pdfium.serve`."""
    line = Connection(descriptor)
    line.recv_bytes()
    kind = os.environ[KIND]
    if kind == "dies":
        os._exit(3)
    if kind == "hangs":
        time.sleep(60)
    line.send_bytes(b"1")
    line.send_bytes({"raves": b"not JSON", "lies": b'{"odd": "", "pieces": 7}', "lists": b"[]"}[kind])
    line.send_bytes(bytes(80))
    time.sleep(60)
