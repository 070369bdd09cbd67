from typing import Any

import pandas as pd
import pytest

from extractors.model import OBJECTIVE_COLUMNS
from pipeline.extract.quote import plain
from pipeline.tables.brief import labels
from pipeline.tables.brief.briefs import build_brief, build_briefs
from pipeline.tables.brief.content import ROOM, Brief, BriefSection
from pipeline.tables.recommendations.recommendations import recommendations_table
from pipeline.tables.records import read_records
from pipeline.tables.registry import load_registry
from tests.tables.brief import sample
from tests.tables.mechanisms import sample as mechanisms


def section(brief: Brief, name: str) -> BriefSection:
    return next(section for section in brief.sections if section.name == name)


def told(brief: Brief, name: str) -> list[tuple[str, str, str]]:
    """(mark, text, places) of the lines of a section."""
    lines = section(brief, name).lines
    return [(line.mark, line.text, ", ".join(place.citation for place in line.places)) for line in lines]


def fact(brief: Brief, name: str) -> str:
    return next((fact.text for fact in brief.facts if fact.name == labels.FACTS[name]), "")


def test_the_head_says_what_it_is_and_what_it_is_compared_with() -> None:
    brief = sample.brief()
    assert (fact(brief, "meeting"), fact(brief, "place")) == ("Second Ministerial Meeting", "Lima, Peru")
    assert fact(brief, "date") == "3-4 May 2021 (2021-05-04)"
    expected = "against 1 earlier outcome document of the Regional Conference on Migration, the last: Cali Declaration (2019-05)"
    assert fact(brief, "base") == expected


def test_what_is_new_kept_and_dropped() -> None:
    brief = sample.brief()
    assert told(brief, "objectives") == [
        ("new", "Objective 20, Remittances", "§4"),
        ("kept", "Objective 9, Smuggling of migrants", "§2"),
        ("dropped", "Objective 4, Legal identity and documentation", "2019-05: §1"),
    ]
    assert told(brief, "partners") == [("new", "Civil society", "§2"), ("dropped", "Trade unions", "2019-05: §1")]
    assert told(brief, "processes") == [("new", "Global Forum on Migration and Development (GFMD)", "§3")]


def test_a_commitment_has_its_objective_partner_and_page() -> None:
    line = section(sample.brief(), "commitments").lines[0]
    assert plain(line.quote) == sample.PARAGRAPHS[2][3]
    assert [run.text for run in line.quote if run.is_bold] == ["commit to", "civil society"]
    assert line.notes == "objective 9 by subject; with Civil society; deadline: by 2025"
    assert line.places[0].url == f"{sample.ADDRESS}#page=3"


def test_commitments_are_new_or_those_that_the_meeting_before_had() -> None:
    assert told(sample.brief(), "commitments") == [("new", "commit", "§2"), ("dropped", "commit", "2019-05: §1")]
    alone = told(sample.brief(sample.NEW), "commitments")
    assert alone == [("", "commit", "§2")]


def test_who_only_reports_has_what_it_recommends() -> None:
    line = section(sample.brief(sample.NEW | {"role": "report"}), "commitments").lines[0]
    assert (line.text, line.notes) == ("commitment", "objective 9 by subject; with Civil society")


def test_the_position_on_the_compact() -> None:
    assert told(sample.brief(), "compact") == [("", "", "§4")]


def test_what_a_person_should_look_at_leads_into_the_review() -> None:
    lines = section(sample.brief(), "review").lines
    assert [line.text for line in lines] == [labels.CUT_OFF, "2 references to decide"]
    assert lines[1].places[0].url == "http://127.0.0.1:8350/document/new"


@pytest.mark.parametrize(
    ("documents", "base"),
    [
        ([sample.NEW], labels.FIRST),
        ([sample.NEW, sample.OLD | {"date": ""}], labels.FIRST),
        ([sample.NEW | {"date": ""}, sample.OLD], labels.UNDATED),
        ([sample.NEW, sample.OLD | {"date": "2022"}], labels.FIRST),
        ([sample.NEW, sample.OLD | {"date": "2021-05"}], labels.FIRST),
        ([sample.NEW, sample.OLD | {"work": "new"}], labels.FIRST),
        ([sample.NEW, sample.OLD | {"preferred": False}], labels.FIRST),
        ([sample.NEW, sample.OLD | {"role": "speech"}], labels.FIRST),
        ([sample.NEW | {"iscm": "A Lake Club"}, sample.OLD], labels.UNKNOWN_ISSUER),
        ([sample.NEW | {"role": "instrument"}, sample.OLD], labels.NO_BASE),
    ],
)
def test_what_is_no_earlier_document(documents: list[dict[str, Any]], base: str) -> None:
    brief = sample.brief(*documents)
    assert fact(brief, "base") == base
    assert {mark for name in ("objectives", "partners") for mark, _, _ in told(brief, name)} == {""}


def test_what_an_earlier_meeting_had_and_the_one_before_had_not_is_resumed() -> None:
    between = sample.OLD | {"document": "between", "work": "between", "date": "2020"}
    marks = {text: mark for mark, text, _ in told(sample.brief(sample.NEW, sample.OLD, between), "objectives")}
    assert marks == {"Objective 20, Remittances": "new", "Objective 9, Smuggling of migrants": "resumed"}


def test_the_brief_says_that_commitments_of_another_language_are_not_compared() -> None:
    assert fact(sample.brief(sample.NEW, sample.OLD | {"language": "es"}), "base").endswith(
        labels.OTHER_LANGUAGE.format("English")
    )


def test_reports_are_compared_with_where_there_is_no_outcome_document() -> None:
    assert "earlier report or account" in fact(sample.brief(sample.NEW, sample.OLD | {"role": "report"}), "base")


def sentences(*rows: tuple[str, str, str, str]) -> list[str]:
    """What the brief quotes of the new declaration, with these rows behind its own: first what is no commitment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sample, "PARAGRAPHS", [*sample.PARAGRAPHS, *rows])
        brief = sample.brief()
    return [plain(line.quote) for name in ("passages", "commitments") for line in section(brief, name).lines]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Ministers adopted the Lima plan on lists of names.", True),
        ("Ministers enjoyed the weather in the town of Lima very much.", False),
        ("The Minister of Peru said that they adopted the Lima plan on lists.", False),
    ],
)
def test_a_text_that_commits_to_little_is_told_by_its_other_sentences(text: str, is_told: bool) -> None:
    opening = sample.PARAGRAPHS[1][3]
    more = [("new", f"{n}", "paragraph", f"It was said that day {n} went by without any rain.") for n in (5, 6, 7)]
    shown = sentences(*more, ("new", "8", "paragraph", text))
    assert shown[0] == opening
    assert (text in shown) is is_told


def test_a_list_of_short_items_is_one_passage_with_its_lead() -> None:
    rows = [
        ("new", "5", "paragraph", "Ministers adopted the plan for these areas:"),
        ("new", "5(a)", "subparagraph", "Lists"),
        ("new", "5(b)", "subparagraph", "Letters;"),
    ]
    assert "Ministers adopted the plan for these areas: Lists; Letters;" in sentences(*rows)


def test_a_quote_that_ends_where_the_text_is_torn_off_is_marked() -> None:
    torn = "Ministers adopted the plan for all of the areas that were named on the list and that"
    assert f"{torn}..." in sentences(("new", "9", "paragraph", torn))
    for size, shown in ((60, torn[:59] + "x"), (61, torn[:60] + "x...")):
        assert shown in sentences(("new", "9", "paragraph", torn[: size - 1] + "x"))


def test_a_meeting_of_another_year_is_not_the_document_s_own() -> None:
    brief = sample.brief(date="2022-01-10")
    assert (fact(brief, "meeting"), fact(brief, "place"), fact(brief, "date")) == ("", "", "2022-01-10")


def test_a_run_makes_the_briefs_of_outcome_documents_and_of_what_is_told_of_meetings() -> None:
    speech = sample.OLD | {"role": "speech"}
    records = sample.records(sample.NEW, speech)
    briefs = build_briefs(records, load_registry(), [recommendations_table(records)])
    assert [brief.document for brief in briefs] == ["new"]
    assert [brief.document for brief in build_briefs(sample.records(), load_registry(), [])] == ["new", "old"]


def crowded(number: int) -> Brief:
    """The brief of a document with so many commitments, each of its own partner."""
    new = sample.NEW | {"document": "long"}
    numbers = range(10, number)
    paragraphs = [
        ("long", str(n), "paragraph", f"We commit to open office {n} with civil society of river {n} by 20{n}.")
        for n in numbers
    ]
    references = [("long", str(n), "stakeholder.civil_society", "civil society", "") for n in numbers]
    found, texts, _ = mechanisms.frames(paragraphs, references, [new])
    rows = [("long", str(n), "objective", n % 23 + 1, "implied", f"office {n}", 90.0, "") for n in numbers]
    about = pd.DataFrame(rows, columns=list(OBJECTIVE_COLUMNS))
    return build_brief(read_records(found, texts, about, [new]), load_registry(), "long")


def test_a_long_document_fills_the_room_of_two_pages_and_no_more() -> None:
    brief = crowded(99)
    used = sum(fact.height for fact in brief.facts) + sum(one.height for one in brief.sections)
    assert ROOM - 4 <= used <= ROOM
    commitments = section(brief, "commitments")
    assert commitments.left_out and len(commitments.lines) + commitments.left_out == 89


def passages(*texts: str) -> list[tuple[str, float]]:
    """The sentences with what each is worth that the brief of a text shows which binds nobody to anything."""
    new = sample.NEW | {"document": "told"}
    paragraphs = [("told", str(n), "paragraph", text) for n, text in enumerate(texts, 1)]
    found, rows, _ = mechanisms.frames(paragraphs, [], [new])
    about = pd.DataFrame([], columns=list(OBJECTIVE_COLUMNS))
    brief = build_brief(read_records(found, rows, about, [new]), load_registry(), "told")
    return [(plain(line.quote), line.rank) for line in section(brief, "passages").lines]


def test_the_first_four_sentences_say_what_a_text_is_that_binds_nobody() -> None:
    texts = [f"The weather by river number {n} was fine all day." for n in range(1, 8)]
    assert passages(*texts) == [(texts[0], 10.0), *((text, 0.5) for text in texts[1:4])]


def test_short_sentences_and_leads_are_no_passages() -> None:
    six, lead = "The weather there was very fine.", "These are the things that everybody saw there on the way:"
    assert [
        text for text, _ in passages("The weather was very fine.", six, lead, f"{lead[:-1]} of the long river:")
    ] == [
        six,
        f"{lead[:-1]} of the long river:",
    ]
