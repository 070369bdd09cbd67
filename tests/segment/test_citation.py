import random

import pytest

from pipeline.segment.citation import base, cite_paragraph, cite_paragraphs, order_key


@pytest.mark.parametrize(
    ("paragraph", "full", "short"),
    [
        ("47", "§47", "§47"),
        ("22(b)", "§22(b)", "§22b"),
        ("43(b)(iii)", "§43(b)(iii)", "§43biii"),
        ("17#2", "§17", "§17"),
        ("17#n1", "§17", "§17"),
        ("PP3", "PP3", "PP3"),
        ("¶12", "¶12", "¶12"),
        ("Annex II/8(h)", "Annex II/8(h)", "Annex II/8h"),
        ("H:Preamble", "heading “Preamble”", "heading “Preamble”"),
        ("H:" + "W" * 60, "heading “" + "W" * 60 + "”", None),
        ("H:" + "W" * 40 + ", " + "W" * 19, "heading “" + "W" * 40 + "...”", None),
        ("H:" + "W" * 40 + " " + "W" * 19 + " W", "heading “" + "W" * 40 + " " + "W" * 19 + "...”", None),
        ("H:" + "Long words " * 9, "heading “" + "Long words " * 5 + "Long...”", None),
        ("", "", ""),
    ],
)
def test_citation(paragraph: str, full: str, short: str | None) -> None:
    assert cite_paragraph(paragraph) == full
    assert short is None or cite_paragraph(paragraph, short=True) == short


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([], ""),
        (["47", "50", "47", "52"], "§47, 50, 52"),
        (["PP1", "OP2", "3", "3#2"], "PP1, OP2, §3"),
        (["H:Aims", "3", "4"], "§3, 4; heading “Aims”"),
        (["H:Aims", "H:Means"], "heading “Aims”; heading “Means”"),
        (["1", "¶2", "3"], "§1, ¶2, §3"),
    ],
)
def test_citations(paragraphs: list[str], expected: str) -> None:
    assert cite_paragraphs(paragraphs) == expected


@pytest.mark.parametrize(
    "ordered",
    [
        ["2", "10", "22", "22#2", "22(b)", "22(l)", "23"],
        ["2", "2(a)", "2(a bis)", "2(b)", "2 bis", "2 ter", "2 quater", "3"],
        ["1(a)", "1(h)", "1(i)", "1(j)", "1(v)", "1(z)", "1(aa)"],
        ["4(i)", "4(ii)", "4(iii)", "4(iv)", "4(v)", "4(vi)", "4(ix)", "4(x)", "4(xi)"],
        ["43(b)(i)", "43(b)(ii)", "43(b)(iv)", "43(c)(i)"],
        [
            "TITLE",
            "PP0",
            "PP2",
            "PP10",
            "OP1",
            "OP2",
            "1",
            "Annex I/1",
            "Annex II/1",
            "Annex II/8(h)",
            "BM1",
            "H:A",
            "H:B",
        ],
        ["¶1", "¶2", "¶11"],
        ["I.1", "I.2", "I.10", "II.1"],
        [
            "FM1",
            "PP1",
            "OP1",
            "1",
            "¶2",
            "Annex 2/1",
            "Annex X/1",
            "Annex XI/1",
            "Annex L/1",
            "Annex C/1",
            "A/OP1",
            "BM1",
            "H:A",
        ],
        ["4(a)", "4(i)", "4(iv)", "4(v)", "4(viii)", "4(ix)", "4(x)", "4(xl)", "4(xc)"],
        ["4(b)", "4(bb)", "4(bbb)", "4 ter"],
    ],
)
def test_order_key(ordered: list[str]) -> None:
    shuffled = random.Random(7).sample(ordered, len(ordered))
    assert sorted(shuffled, key=order_key) == ordered


@pytest.mark.parametrize(("paragraph", "expected"), [("17#2", "17"), ("H:Item #x", "H:Item #x"), ("¶1", "¶1")])
def test_base(paragraph: str, expected: str) -> None:
    assert base(paragraph) == expected
