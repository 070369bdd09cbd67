"""Every kind of bad input ends in one clear line or in the right text, in bounded time and memory."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

READS = "documents read"
MEMORY_MB, SECONDS = 1000, 30

KINDS = [
    ("zero bytes", "zero_byte.txt", "empty file"),
    ("zero bytes", "zero_byte.pdf", "empty file"),
    ("an image under the name of a document", "image_named.pdf", "not a PDF: looks like PNG"),
    ("a zip that is no document", "not_a_docx.docx", "not a Word document: looks like a zip archive"),
    ("entities that expand", "docx_entity_expansion.docx", "declares XML entities"),
    ("a zip bomb", "zip_bomb_200MB.docx", "expands to more than 150 MB"),
    ("text under the name of a PDF", "plain_text_named.pdf", READS),
    ("bytes that are no text", "binary_garbage_inside.txt", READS),
    ("UTF-16 without a mark", "utf16_be_nobom.txt", READS),
    ("UTF-16 with a mark", "utf16_le_bom.txt", READS),
    ("a mark and carriage returns", "utf8_bom_crlf.txt", READS),
    ("scripts", "scripts.html", READS),
    ("junk before the header", "leading_junk.pdf", READS),
    ("pages turned", "rotated_90.pdf", READS),
    ("an owner password only", "encrypted_owner_only.pdf", READS),
    ("a user password", "encrypted_user_password.pdf", "encrypted"),
    ("blank pages", "blank_pages_no_text.pdf", "no text layer"),
    ("cut short", "truncated.pdf", ""),
    ("a page tree too deep", "deep_page_tree_5000.pdf", ""),
    ("a page tree that holds itself", "recursive_page_tree.pdf", ""),
    ("a form that draws itself", "recursive_form_xobject.pdf", ""),
    ("a stream that expands", "flate_bomb_100MB.pdf", ""),
]

CHILD = """
import json, resource, sys
from pathlib import Path
from pipeline.errors import InputError
from pipeline.ingest import read_document
try:
    found = read_document(Path(sys.argv[1]), password=sys.argv[2])
    out = {"text": " ".join(f"{line.mark} {line.text}" for line in found.lines), "warnings": found.warnings}
except InputError as error:
    out = {"error": str(error)}
out["mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps(out))
"""


def read(name: str, password: str = "") -> dict[str, str]:
    """Reads one hostile file in a process of its own, so that its memory and its end can be measured."""
    if not (corpus := os.environ.get("GCMREFS_CORPUS")):
        pytest.skip("set GCMREFS_CORPUS to the folder of real documents (the hostile ones are beside it)")
    path = Path(corpus).parent / "hostile" / name
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), password], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    found: dict[str, str] = json.loads(done.stdout)
    assert time.monotonic() - started < SECONDS
    assert int(found["mb"]) < MEMORY_MB
    return found


@pytest.mark.parametrize(("kind", "name", "expected"), KINDS, ids=[name for _, name, _ in KINDS])
def test_bad_input_ends_well(kind: str, name: str, expected: str) -> None:
    found = read(name)
    if expected == READS:
        assert "inter-state consultation mechanisms" in found["text"].lower(), kind
    else:
        line = found.get("error", "")
        assert expected in line or "text" in found, kind
        assert "\n" not in line and (not line or line.startswith(f"{name}: ")), kind
        assert not expected or line, kind


def test_scripts_leave_no_text() -> None:
    text = read("scripts.html")["text"]
    for hidden in ("exists only in a script", "document.write", "HIDDEN", "COMMENT", "JavaScript", "onerror", "cookie"):
        assert hidden not in text


def test_the_same_text_under_every_encoding_is_the_same() -> None:
    texts = {read(name)["text"] for name in ("utf16_be_nobom.txt", "utf16_le_bom.txt", "utf8_bom_crlf.txt")}
    assert texts == {read("plain_text_named.pdf")["text"]}


def test_the_password_opens() -> None:
    assert "inter-state consultation mechanisms" in read("encrypted_user_password.pdf", "gcm-user")["text"].lower()


@pytest.mark.slow
def test_many_pages_stay_small() -> None:
    assert "text" in read("pages_300.pdf")
