from __future__ import annotations

import pytest

from pipeline.segment.quotation import quoted


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        ("1. It reads: | “1. To walk. | “2. To rest.” | 2. They left.", [1, 2]),
        ("1. It reads: | “1. To walk. | 2. To rest.” | 2. They left.", [1, 2]),
        ("1. Il dit : | « 1. Marcher. | 2. Se reposer. » | 2. Ils partent.", [1, 2]),
        ('1. It reads: | "1. To walk. | 2. To rest."; | 2. They left.', [1, 2]),
        ("1. Dice: | «Andar. | Parar». | 2. Salieron.", [1, 2]),
        ("“(a) To walk.” | They left.", [0]),
        ("“Walking” is good. | “Resting” is better.", []),
        ("“For a region of walkers” | They left.", []),
        ("“1. Nobody closed this. | 2. They left. | 3. They ate.", [0]),
        ("“They “walked” and | rested.” | They left.", [0, 1]),
        ("“They walked." + " | They ate." * 58 + " | They left.”", [*range(60)]),
        ("“They walked." + " | They ate." * 59 + " | They left.”", []),
        ("They met.” | “They walked. | They left.”", [1, 2]),
    ],
)
def test_quoted(texts: str, places: list[int]) -> None:
    assert sorted(quoted(texts.split(" | "))) == places
