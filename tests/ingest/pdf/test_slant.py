"""Text that leans a little is text of the page; what crosses it at an angle, as a stamp does, is not."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.pdf.sheet import HEIGHT, PLAIN, printed, read, texts

TOWNS = "The towns keep their boats by the river and their lamps by the door."


@pytest.mark.parametrize(
    ("degrees", "is_body"),
    [(0, True), (2, True), (-2, True), (5, True), (6, False), (-6, False), (20, False), (-40, False), (45, False)],
)
@pytest.mark.parametrize("turned", [0, 90])
def test_slant(tmp_path: Path, degrees: float, is_body: bool, turned: int) -> None:
    def draw(c: Canvas) -> None:
        for y, text, lean in ((300, TOWNS, 0), (500, "stamped", degrees)):
            c.saveState()
            c.translate(*((100, HEIGHT - y) if turned == 0 else (y, 100)))
            c.rotate(turned + lean)
            c.setFont(PLAIN, 10)
            c.drawString(0, 0, text)
            c.restoreState()

    assert texts(read(printed(tmp_path / "a.pdf", [draw])), "body") == [TOWNS, *(["stamped"] if is_body else [])]
