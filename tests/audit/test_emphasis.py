from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.emphasis import Emphasis, Fragment, fragments
from pipeline.ingest import ingest
from pipeline.settings import Limits
from tests.audit import sample


def bold(found: list[Fragment], text: str) -> list[str]:
    return [text[a:b] for a, b in Emphasis(found).spans(text)]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("we thank **the Forum** here", "we thank the Forum here", ["the Forum"]),
        ("**one**, **two** and three", "one, two and three", ["one", "two"]),
        ("**one, two** and three", "one, two and three", ["one, two"]),
        ("5 ** 3 is no bold", "5 ** 3 is no bold", []),
        ("we __thank__ all of <b>you</b>", "we thank all of you", ["thank", "you"]),
    ],
)
def test_markdown(tmp_path: Path, source: str, text: str, expected: list[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(source, encoding="utf-8")
    assert bold(fragments(path, ingest(path), limits=Limits()), text) == expected


def test_html(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><p>we thank <strong>the <i>Forum</i></strong> and <span style='font-weight: bold'>you</span></p>"
                    "<script>var b = '<b>no</b>';</script></body></html>")  # fmt: skip
    found = fragments(path, ingest(path), limits=Limits())
    assert bold(found, "we thank the Forum") == ["the Forum"]


def test_word_runs_side_by_side_are_one_stretch(tmp_path: Path) -> None:
    path = sample.word(tmp_path / "a.docx")
    found = fragments(path, ingest(path), limits=Limits())
    assert bold(found, "international cooperation and cross-regional dialogue") == ["cross-regional dialogue"]


def test_pdf_fonts(tmp_path: Path) -> None:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    path = tmp_path / "a.pdf"
    SimpleDocTemplate(str(path)).build([Paragraph("we thank <b>the Forum</b> here", getSampleStyleSheet()["Normal"])])
    assert bold(fragments(path, ingest(path), limits=Limits()), "we thank the Forum here") == ["the Forum"]


def test_what_cannot_be_read_has_no_emphasis(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("**a** word", encoding="utf-8")
    document = ingest(path)
    path.unlink()
    assert fragments(path, document, limits=Limits()) == []


@given(st.lists(st.tuples(st.text(max_size=12), st.booleans()), max_size=8), st.text(max_size=40))
def test_spans_are_in_order_and_inside(found: list[tuple[str, bool]], text: str) -> None:
    spans = Emphasis([Fragment(*one) for one in found]).spans(text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
