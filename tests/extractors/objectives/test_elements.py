import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.objectives.elements import find_elements

LIST = ["Element (a): X.", "Elemento (b): Y.", "Élément (c): Z."]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Element (i): rights", "i"),
        ("ELEMENT (U) and element (x)", "ux"),
        ("the element (y) of none", ""),
        ("an element of (a)", ""),
        ("supplement (a)", ""),
    ],
)
def test_named_beside_a_list_of_elements(text: str, letters: str) -> None:
    assert "".join(one.letter for one in find_elements([*LIST, text])[-1]) == letters


def test_two_letters_are_of_any_list() -> None:
    assert find_elements(LIST[:2]) == [(), ()]


@given(st.text(max_size=40))
def test_offsets_are_those_of_the_text(text: str) -> None:
    whole = f"{text} element (d) {text}"
    assert [whole[one.start : one.end] for one in find_elements([*LIST, whole])[-1] if one.letter == "d"][:1] == [
        "element (d)"
    ]
