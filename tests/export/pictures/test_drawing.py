import re
from itertools import pairwise

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.pictures.drawing import Drawing, bar, line, shade, steps, text

EVIL = "</svg><script>alert(1)</script>\"'&"


def test_words_are_escaped_everywhere() -> None:
    body = text(1, 2, EVIL) + bar(0, 0, 1, 1, "k1", EVIL) + line("M0 0", "l", 2, EVIL)
    drawing = Drawing(10, 10, body)
    for page in (drawing.inline("a", EVIL, EVIL), drawing.standalone(EVIL, EVIL)):
        assert "<script" not in page and page.count("</svg>") == 1
        html5lib.HTMLParser(strict=True).parseFragment(page)


def test_a_file_has_every_look_that_it_needs() -> None:
    page = Drawing(10, 10, text(0, 0, "a") + bar(0, 0, 1, 1, "s3")).standalone("t", "d")
    looks = set(re.findall(r'class="(\w+)"', page))
    assert looks and all(f".{look}{{" in page for look in looks)


@pytest.mark.parametrize(("value", "highest", "step"), [(0, 9, 0), (1, 9, 1), (9, 9, 5), (5, 9, 3), (3, 0, 5)])
def test_shades(value: int, highest: int, step: int) -> None:
    assert shade(value, highest) == step


@given(st.integers(0, 10**9), st.integers(1, 12))
def test_an_axis_starts_at_0_and_stays_in_range(highest: int, most: int) -> None:
    found = steps(highest, most)
    assert found[0] == 0 and found[-1] <= highest and len(found) <= most + 1
    assert len({two - one for one, two in pairwise(found)}) <= 1
