"""Damaged documents end in lines or in one clear error; harmless changes of how a document is written change no word."""

from __future__ import annotations

import html
import io
import random
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.ingest import read_document
from pipeline.segment import split_paragraphs

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
NAMES = ("sample-resolution.en", "sample-declaracion.es", "sample-numbered-declaration.en")
SECONDS = 20
Change = Callable[[bytes, random.Random], bytes]


def page(name: str) -> bytes:
    """A sample as a web page: a paragraph for each block, lettered points as a list, a table at its end."""
    blocks = re.split(r"\n\s*\n", (SAMPLE / f"{name}.txt").read_text(encoding="utf-8"))
    body = "".join(f"<p>{html.escape(' '.join(block.split()))}</p>\n" for block in blocks if block.strip())
    table = "<table><tr><th>Body</th><th>Year</th></tr><tr><td>Port</td><td>2044</td></tr></table>"
    rows = "<table><tr><td>(a)</td><td>to meet;</td></tr><tr><td>(b)</td><td>to report.</td></tr></table>"
    return f"<!DOCTYPE html><html><body><h1>Title</h1>{body}{rows}<ul><li>one</li></ul>{table}</body></html>".encode()


def data_of(name: str, kind: str) -> bytes:
    return page(name) if kind == "html" else (SAMPLE / f"{name}.{kind}").read_bytes()


def flipped(data: bytes, dice: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(dice.randint(1, 40)):
        out[dice.randrange(len(out))] = dice.randrange(256)
    return bytes(out)


def cut(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data))
    return data[:start] + data[start + dice.randint(1, len(data) // 4) :]


def doubled(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data))
    return data[:start] + data[start : start + 5000] * dice.randint(2, 6) + data[start:]


def shuffled(data: bytes, dice: random.Random) -> bytes:
    """Tags (or lines) in another order: what no writer makes, and every parser has to live with."""
    parts = re.split(rb"(?=<)" if b"<" in data else rb"(?<=\n)", data)
    start = dice.randrange(len(parts))
    some = parts[start : start + 60]
    dice.shuffle(some)
    return b"".join([*parts[:start], *some, *parts[start + 60 :]])


def renumbered(data: bytes, dice: random.Random) -> bytes:
    """Other figures in attributes and text: spans of columns, levels, numbers of lists, codes of characters."""
    odd = [b"0", b"-1", b"99999999999999999999", b"1e9", b"x", b"", "٣".encode(), "²".encode()]
    return re.sub(rb"\d+", lambda found: dice.choice(odd) if dice.random() < 0.05 else found[0], data)


DAMAGES: tuple[Change, ...] = (flipped, cut, doubled, shuffled, renumbered)


def in_document(change: Change, data: bytes, dice: random.Random) -> bytes:
    """The change in the parts of a Word package, which is zipped again so that it reaches the reader."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            wanted = part in ("word/document.xml", "word/styles.xml", "word/numbering.xml")
            new.writestr(part, change(content, dice) if wanted and content else content)
    return out.getvalue()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("kind", ["txt", "html", "docx", "pdf"])
@pytest.mark.parametrize("change", DAMAGES, ids=lambda change: change.__name__)
def test_damage_ends_in_lines_or_in_one_error(tmp_path: Path, kind: str, change: Change) -> None:
    dice = random.Random(f"{kind} {change.__name__}")
    path = tmp_path / f"a.{kind}"
    for turn in range(4 if kind == "pdf" else 12):
        data = data_of(NAMES[turn % len(NAMES)], kind)
        inside = kind == "docx" and turn % 4
        path.write_bytes(in_document(change, data, dice) if inside else change(data, dice))
        started = time.monotonic()
        try:
            document = read_document(path)
            split_paragraphs(document)
        except InputError as error:
            message = str(error)
            assert message.startswith("a.") and "\n" not in message and "Traceback" not in message
            assert kind == "pdf" or "cannot be read as" not in message  # our own readers know what is wrong
        else:
            assert all(0 <= a < b <= len(line.text) for line in document.lines for a, b in line.bold_spans)
        assert time.monotonic() - started < SECONDS


def in_spans(data: bytes, dice: random.Random) -> bytes:
    """Words in elements of their own, comments and white space between tags, tags in capitals."""
    text = data.decode()
    text = re.sub(
        r"(?<=[ >])([A-Za-z]{4,})(?=[ <])", lambda m: f"<span>{m[1]}</span>" if dice.random() < 0.3 else m[1], text
    )
    text = re.sub(r"</p>\n", lambda m: dice.choice(["</p>\n\n  ", "</P><!-- x -->", "\n</p>"]), text)
    return text.replace("<body>", "<body><script>var a = 'p';</script><div class=page><div>").encode()


def unclosed(data: bytes, dice: random.Random) -> bytes:
    return re.sub(rb"</(?:p|li|td|tr|th)>", lambda m: b"" if dice.random() < 0.5 else m[0], data)


def as_latin(data: bytes, dice: random.Random) -> bytes:
    text = data.decode().replace("<html>", "<html><meta charset=iso-8859-1>")
    return text.encode() if dice.random() < 0.5 else text.encode("cp1252", "xmlcharrefreplace")


def respaced(data: bytes, dice: random.Random) -> bytes:
    text = data.decode().replace("\n", dice.choice(["\r\n", "  \n", "\n"]))
    return text.encode(dice.choice(["utf-8", "utf-8-sig", "utf-16"]))


def in_runs(data: bytes, dice: random.Random) -> bytes:
    """Runs split, inserted by a tracked change, or moved here from a place that is still in the file."""

    def split(found: re.Match[bytes]) -> bytes:
        start, text, end = found[1], found[2], found[3]
        at = dice.randrange(len(text) + 1)
        if any(byte > 0x7F for byte in text) or b"&" in text:
            return found[0]
        space = b'<w:t xml:space="preserve">'
        run = b"<w:r>" + start + space + text[:at] + end + b"<w:bookmarkStart/><w:r>" + start + space + text[at:] + end
        gone = b"<w:moveFrom><w:r><w:t>" + text + b"</w:t></w:r></w:moveFrom>"
        return dice.choice([run, b"<w:ins>" + run + b"</w:ins>", gone + b"<w:moveTo>" + run + b"</w:moveTo>"])

    run = rb"<w:r(?: [^>]*)?>((?:<w:rPr>(?:(?!</w:r>).)*?</w:rPr>)?)<w:t(?: [^>]*)?>([^<]*)(</w:t></w:r>)"
    return re.sub(run, split, data, flags=re.S) if b"<w:body>" in data else data


def in_controls(data: bytes, dice: random.Random) -> bytes:
    def wrapped(found: re.Match[bytes]) -> bytes:
        return b"<w:sdt><w:sdtContent>" + found[0] + b"</w:sdtContent></w:sdt>" if dice.random() < 0.5 else found[0]

    return (
        re.sub(rb"<w:p(?: [^>]*)?>(?:(?!</w:p>).)*</w:p>", wrapped, data, flags=re.S) if b"<w:body>" in data else data
    )


def with_junk(data: bytes, dice: random.Random) -> bytes:
    return b"junk\n" * dice.randint(0, 100) + data + b"\njunk" * dice.randint(0, 50)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("kind", "change"),
    [("html", in_spans), ("html", unclosed), ("html", as_latin), ("txt", respaced), ("docx", in_runs),
     ("docx", in_controls), ("pdf", with_junk)],
)  # fmt: skip
def test_harmless_changes_lose_and_double_no_word(tmp_path: Path, kind: str, change: Change, name: str) -> None:
    dice = random.Random(f"{name} {change.__name__}")
    path = tmp_path / f"a.{kind}"
    data = data_of(name, kind)
    path.write_bytes(data)
    before = words(path)
    for _ in range(1 if kind == "pdf" else 3):
        path.write_bytes(in_document(change, data, dice) if kind == "docx" else change(data, dice))
        assert words(path) == before
    assert len(before) > 100


def words(path: Path) -> list[str]:
    return [word for line in read_document(path).lines for word in f"{line.mark} {line.text}".split()]
