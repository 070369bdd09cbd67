from pipeline.tables.commitments.standing import Said, standings

LISTS = "We commit to share all our lists with the towns of the lake."
COUNTERS = "We invite the Chair to open many counters in spring."


def told(*documents: tuple[str, list[str]], dates: list[list[str]] | None = None) -> list[tuple[str, str, str, str]]:
    """(document, kind, words, held against) of every standing; each document of a date of its own unless told."""
    said = [Said(n, *one) for n, one in enumerate((name, words) for name, texts in documents for words in texts)]
    series = [dates or [[name] for name, _ in documents]]
    return [
        (said[s.number].document, s.kind, said[s.number].words, s.other.document if s.other else s.document)
        for s in standings(said, series)
    ]


def test_new_repeated_and_dropped() -> None:
    almost = LISTS.replace("the towns", "towns")
    assert told(("a", [LISTS, COUNTERS]), ("b", [almost]), ("c", [COUNTERS])) == [
        ("a", "dropped", COUNTERS, "b"),
        ("b", "repeated", almost, "a"),
        ("b", "dropped", almost, "c"),
        ("c", "repeated", COUNTERS, "a"),
    ]


def test_a_commitment_of_none_before_is_new() -> None:
    assert ("b", "new", COUNTERS, "a") in told(("a", [LISTS]), ("b", [COUNTERS]))


def test_documents_of_one_meeting_are_not_held_against_each_other() -> None:
    assert told(("a", [LISTS]), ("b", [COUNTERS]), dates=[["a", "b"]]) == []


def test_the_first_document_has_no_standing() -> None:
    assert told(("a", [LISTS])) == []
