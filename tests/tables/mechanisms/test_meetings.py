import pytest

from pipeline.tables.mechanisms import meetings

WORDS = meetings.vocabulary()


@pytest.mark.parametrize(
    ("language", "text", "place", "held"),
    [
        ("en", "The Forum was convened in Apia, Samoa on 20 – 22 June 2017.", "Apia, Samoa", "20 – 22 June 2017"),
        ("en", "BALI, INDONESIA, 23 MARCH 2016", "BALI, INDONESIA", "23 MARCH 2016"),
        ("en", "It took place in Lima, Peru, March 3rd and 4th, 2000, with guests.", "Lima, Peru", "March 3rd and 4th, 2000"),
        ("es", "reunidos en la ciudad de Lima, los días 9, 10 y 11 de mayo de 2011", "Lima", "9, 10 y 11 de mayo de 2011"),
        ("fr", "REUNIS à Rome le 27 novembre 2014", "Rome", "27 novembre 2014"),
        ("pt", "reunidos em Lisboa, a 16 de novembro de 2018", "Lisboa", "16 de novembro de 2018"),
        ("en", "The Ministers thanked the Government of Thailand.", "", ""),
        ("en", "Founded in November 2000, the Forum is a platform.", "", ""),
        ("en", "It was convened in Apia, Samoa on 20 ? 22 June 2017.", "Apia, Samoa", "20 ? 22 June 2017"),
        ("en", "Posted on: Wednesday, 9 August 2017", "", ""),
    ],
)  # fmt: skip
def test_place_and_date(language: str, text: str, place: str, held: str) -> None:
    dated = meetings.dates(text, WORDS)
    found = meetings.place(text, language, WORDS, dated)
    assert (found.text if found else "", dated[0].text if dated else "") == (place, held)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We met at the Sixth Ministerial Conference of the Lake Process.", "Sixth Ministerial Conference of the Lake Process"),
        ("en", "The 26th Regular Annual Meeting began.", "26th Regular Annual Meeting"),
        ("en", "The second Ministerial-level Lake Process was held in May.", "second Ministerial-level Lake Process"),
        ("en", "THE REPORT The third Ministerial-level (Lake Process) was held.", "third Ministerial-level (Lake Process)"),
        ("es", "XI CONFERENCIA LACUSTRE SOBRE MIGRACION", "XI CONFERENCIA LACUSTRE SOBRE MIGRACION"),
        ("en", "The Senior Officials' Meeting ended.", "Senior Officials' Meeting"),
        ("en", "I co-chaired the meeting with care.", ""),
        ("en", "The meeting ended.", ""),
    ],
)  # fmt: skip
def test_name(language: str, text: str, expected: str) -> None:
    found = meetings.name(text, language, WORDS, ["Lake Process", "Conferencia Lacustre sobre Migración"])
    assert (found.text if found else "") == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [("en", "RECALLING the meeting of 2006", True), ("fr", "RÉAFFIRMANT la Déclaration", True), ("es", "Reunidos en Lima", False)],
)  # fmt: skip
def test_recalls(language: str, text: str, expected: bool) -> None:
    assert meetings.recalls(text, language, WORDS) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Lake Process met", "the ############ met"),
        ("LAKE PROCESS", "############"),
        ("Lake Process, Lake Process", "############, ############"),
        ("xLake Process", "xLake Process"),
        ("Lake Processes and the Lake Process", "#### Processes and the ############"),
        ("the Lake met", "the #### met"),
        ("İ Lake Process", "İ Lake Process"),
    ],
)
def test_names_of_the_mechanism_are_masked_letter_for_letter(text: str, expected: str) -> None:
    assert meetings._masked(text, ("Lake", "Lake Process", "")).replace(meetings._OWN, "#") == expected
