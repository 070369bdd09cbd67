"""Of which mechanisms a sentence of others speaks."""

from __future__ import annotations

import re

import pytest

from pipeline.tables.registry import load_registry
from pipeline.tables.sentences import Sentence
from tests.tables.mechanisms import sample

NAMES = ("Bali Process", "Colombo Process", "Prague Process", "Budapest Process", "Khartoum Process")
REPORT = {"document": "r", "title": "Report", "iscm": "", "language": "en", "role": "report", "date": "2020"}


def spoken(text: str, kind: str = "paragraph") -> list[str]:
    """The mechanisms of each sentence that is about any."""
    wordings = load_registry().wordings
    references = [("r", "1", "iscm.named", name, wordings[name.casefold()]) for name in NAMES if name in text]
    evidence = sample.evidence([("r", "1", kind, text)], references, [REPORT], about=[])
    return [", ".join(one.name for one in sentence.about) for sentence in evidence.sentences_of("r")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"The {NAMES[0]} met civil society.", 1),
        ("The " + ", the ".join(NAMES[:4]) + " met.", 1),
        ("The " + ", the ".join(NAMES) + " met.", 0),
        (f"The {NAMES[0]} met. " + "The weather was fine. ", 1),
        (f"The {NAMES[0]} met " + "x" * 877 + ".", 1),
        (f"The {NAMES[0]} met " + "x" * 879 + ".", 0),
        ("Nobody met.", 0),
    ],
)
def test_a_sentence_of_others_speaks_of_one_to_four_mechanisms_in_900_characters(text: str, count: int) -> None:
    assert len(spoken(text)) == count


def test_only_spoken_paragraphs_are_read() -> None:
    assert spoken(f"The {NAMES[0]} met.", "note") == [] and len(spoken(f"The {NAMES[0]} met.", "body")) == 1


MECHANISM = load_registry().mechanisms[load_registry().wordings["bali process"]]


@pytest.mark.parametrize(
    ("text", "at", "since", "is_spoken_of"),
    [
        ("The Bali Process met civil society.", 21, 4, True),
        ("The Bali Process met.", 4, 4, True),
        ("The Bali Process met.", 3, 4, False),
        ("Some met civil society (e.g. Bali Process).", 9, 29, True),
        ("Some (all) met civil society, as did Bali Process.", 15, 37, False),
        ("Some met civil society; others did (e.g. Bali Process).", 9, 41, False),
        ("Some: they met civil society, states (e.g. Bali Process).", 15, 43, False),
        ("Some: they met civil society (e.g. Bali Process).", 15, 35, True),
        ("Some met civil society while others (e.g. Bali Process) did not.", 9, 42, False),
    ],
)
def test_what_a_sentence_of_others_says_of_a_mechanism(text: str, at: int, since: int, is_spoken_of: bool) -> None:
    told = ("r", "1", text, 0, len(text), "en", "others", False, False, (MECHANISM,), (since,), ())
    assert Sentence(*told).speaks_of(MECHANISM, at, re.compile("while")) is is_spoken_of  # type: ignore[arg-type]
    own = Sentence(*told[:6], "itself", *told[7:])  # type: ignore[arg-type]
    assert own.speaks_of(MECHANISM, 0)
