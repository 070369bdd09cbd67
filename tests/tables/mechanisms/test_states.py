import pytest

from pipeline.tables.mechanisms.states import listed_states, states_table
from tests.tables.mechanisms import sample as sample

FIVE = "Chile, Peru, Ecuador, Guyana and Suriname"


@pytest.mark.parametrize(
    ("text", "language", "lists"),
    [
        (f"Delegations of {FIVE} took part.", "en", [["Chile", "Peru", "Ecuador", "Guyana", "Suriname"]]),
        ("Chile and Peru took part.", "en", []),
        (
            "NIGER, NIGERIA, GUINEA-BISSAU, GUINEA, EQUATORIAL GUINEA",
            "en",
            [["Niger", "Nigeria", "Guinea-Bissau", "Guinea", "Equatorial Guinea"]],
        ),
        (
            "Alemania, Francia, España, Marruecos y Túnez",
            "es",
            [["Germany", "France", "Spain", "Morocco", "Tunisia"]],
        ),
        (
            "الأردن وتونس، مصر، لبنان، العراق، قطر، عمان",
            "ar",
            [["Jordan", "Egypt", "Lebanon", "Iraq", "Qatar", "Oman"]],
        ),
        (f"{FIVE}. " + "Much else was said here of many things. " * 3 + "Mali spoke.", "en", 1),
    ],
)
def test_lists_of_states(text: str, language: str, lists: object) -> None:
    found = [[one.state for one in run] for run in listed_states(text, language)]
    assert (len(found) if isinstance(lists, int) else found) == lists


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        (f"The Member Countries {FIVE} met in the capital.", "member"),
        (f"The meeting was attended by {FIVE}.", "participant"),
        (f"The participation, as observers, of {FIVE} was welcomed.", "observer"),
        (f"Trade with {FIVE} has grown.", None),
    ],
)
def test_what_a_list_lists(sentence: str, relation: str | None) -> None:
    paragraphs = [*sample.PARAGRAPHS, ("rcm", "9", "paragraph", sentence)]
    rows = states_table(sample.evidence(paragraphs)).frame
    assert set(rows["relation"]) == ({relation} if relation else set())
    assert set(rows["state"]) == ({"Chile", "Peru", "Ecuador", "Guyana", "Suriname"} if relation else set())


def test_a_member_is_no_mere_participant_and_a_speech_lists_nobody() -> None:
    paragraphs = [
        *sample.PARAGRAPHS,
        ("rcm", "8", "paragraph", f"The Member Countries are {FIVE}."),
        ("rcm", "9", "paragraph", f"The meeting was attended by {FIVE}."),
    ]
    rows = states_table(sample.evidence(paragraphs)).frame
    assert set(rows["relation"]) == {"member"} and set(rows["further"]) == {1}
    spoken = [{**d, "role": "speech"} for d in sample.DOCUMENTS]
    assert not len(states_table(sample.evidence(paragraphs, documents=spoken)).frame)
