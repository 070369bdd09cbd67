from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.lexicon.terms import Near, Openings, Pattern, Patterned, blanked, expression, find, hidden, openings


@pytest.mark.parametrize(
    ("wording", "text", "expected"),
    [
        ("data shar*", "Data sharing", True),
        ("data shar*", "metadata sharing", False),
        ("capacity{-, }building", "capacity building", True),
        ("IDM", "idm", False),
        ("échange d'", "l’échange d’informations", True),
    ],
)
def test_expression(wording: str, text: str, expected: bool) -> None:
    assert bool(find([Near(all=((wording,),))], text)) is expected


@pytest.mark.parametrize(("within", "expected"), [(0, 2), (3, 2), (2, 0)])
def test_words_between(within: int, expected: int) -> None:
    found = find([Near(all=(("share",), ("data",)), within=within)], "We share a great many data.")
    assert len(found) == (expected if within != 2 else 0)


def test_nearest_pair_is_taken() -> None:
    text = "Data came. We share it with all but data and share."
    assert [text[s:e] for s, e in find([Near(all=(("share",), ("data",)), within=4)], text)] == ["data", "share"]


@given(st.text(max_size=60))
def test_blanked_keeps_the_length_and_leaves_nothing_to_find(text: str) -> None:
    out = blanked(("plan*",), text + " the plans")
    assert len(out) == len(text + " the plans")
    assert not expression(("plan*",)).search(out[-9:])


@given(
    wordings=st.lists(
        st.sampled_from(("plan*", "Action plan", "d'accord", "plan of action{,s}", "*plan", "x")), max_size=4
    ),
    text=st.lists(
        st.sampled_from(("plan", "planned", "Action", "action", "d'accord", "of", "actions", "airplan", "x-plan"))
    ),
)
def test_openings_find_what_the_expression_finds(wordings: list[str], text: list[str]) -> None:
    written, some = " ".join(text), tuple(wordings)
    expected = [hit.span() for hit in expression(some).finditer(written)]
    assert [hit.span() for hit in openings(some).finditer(written)] == expected


@pytest.mark.parametrize("made", [expression, openings])
def test_hidden_wordings_leave_the_rest_as_it_is(made: Callable[[tuple[str, ...]], Pattern | Openings]) -> None:
    assert hidden("The plans of action, and a plan.", made(("plan*", "action"))) == "The _____ of ______, and a ____."


def test_a_plain_wording_is_a_pattern_of_one_group() -> None:
    near = {"all": [["b"], ["c"]], "within": 3}
    made = Patterned.model_validate({"patterns": {"en": ["a", near]}, "denials": {"fr": ["d"]}})
    assert made.patterns == {"en": (Near(all=(("a",),)), Near(all=(("b",), ("c",)), within=3))}
    assert made.denials == {"fr": (Near(all=(("d",),)),)}
