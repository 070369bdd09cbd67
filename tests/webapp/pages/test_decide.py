"""What a reviewer does: each form, followed as a browser without JavaScript follows it, and what the ledger then says."""

from __future__ import annotations

import pytest

from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.review.decision import Decision
from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.settings import Settings
from pipeline.webapp.pages.decide import category_of
from tests.review.corpus import named
from tests.webapp.browser import Browser, review


def written(held: Desk) -> list[Decision]:
    return ledger.read(held.engine)


def test_a_queue_is_worked_through_without_javascript(ana: Browser, desk_of: Desk) -> None:
    ana.open("/?document=beta.en")
    ana.open(ana.links("/item/")[0])
    assert ana.heading == "Local authorities §1"
    ana.submit("/accept")
    assert (ana.heading, ana.status) == ("private sector §1", 200)
    assert ana.told == "Accepted. Next: private sector, §1."
    ana.submit("/reject")
    assert ana.heading == "International Organization for Migration §2"
    ana.submit("/accept")
    assert ana.path == "/?document=beta.en&said=accept"
    assert "Nothing here" in ana.text
    assert [(d.action, d.by, d.origin, d.human) for d in written(desk_of)] == [
        ("accept", "Ana", "web", None),
        ("reject", "Ana", "web", None),
        ("accept", "Ana", "web", None),
    ]
    assert written(desk_of)[0].text == "1. Local authorities and the private sector are partners."
    assert written(desk_of)[0].machine == desk_of.item(written(desk_of)[0].reference_id).machine


@pytest.mark.parametrize(
    ("typed", "category"),
    [
        ("stakeholder.diasporas", "stakeholder.diasporas"),
        ("dias", "stakeholder.diasporas"),
        ("Trade Unions", "stakeholder.trade_unions"),
        ("  media ", "stakeholder.media"),
    ],
)
def test_a_few_letters_change_the_category(ana: Browser, desk_of: Desk, typed: str, category: str) -> None:
    name = named(desk_of, "civil society")
    ana.open(f"/item/{name}").submit("/category", category=typed)
    assert ana.told.startswith("Corrected. Next: ")
    (decision,) = written(desk_of)
    assert (decision.action, decision.human and decision.human.category) == ("edit", category)
    assert decision.human and decision.human.wording == "civil society"
    assert desk_of.item(name).status == "edited"
    assert "The machine said" in ana.open(f"/item/{name}").text


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("", "Choose a category."), ("zzz", "no such category"), ("region", "could be: ")],
)
def test_a_category_that_is_none_is_asked_again(ana: Browser, desk_of: Desk, typed: str, problem: str) -> None:
    ana.open(f"/item/{named(desk_of, 'civil society')}").submit("/category", category=typed)
    assert ana.status == 422
    assert problem in ana.text
    assert ana.heading == "civil society §1"
    assert [d.get("id") for d in ana.page.iter("details") if d.get("open") is not None] == ["open-category"]
    assert written(desk_of) == []


def test_category_of_refuses_what_could_be_several() -> None:
    with pytest.raises(GcmrefsError, match="could be: Media, Mediators"):
        category_of("medi", {"a.media": "Media", "a.mediators": "Mediators"})


@pytest.mark.parametrize(
    ("filled", "wording"),
    [
        ({"first": "5", "last": "6"}, "civil society"),
        ({"first": "4", "last": "6"}, "thank civil society"),
        ({"first": "6", "last": "6", "words": "society"}, "society"),
        ({"words": "the  Private sector"}, "the private sector"),
        ({"words": "", "first": "8", "last": "10"}, "the private sector"),
    ],
)
def test_other_words(ana: Browser, desk_of: Desk, filled: dict[str, str], wording: str) -> None:
    ana.open(f"/item/{named(desk_of, 'civil society')}").submit("/span", **filled)
    (decision,) = written(desk_of)
    value = decision.value
    assert value is not None
    assert value.wording == wording
    assert decision.text[value.start : value.end] == wording
    assert decision.action == ("accept" if wording == "civil society" else "edit")


@pytest.mark.parametrize(
    ("filled", "problem"),
    [
        ({"first": "4", "last": "3"}, "The first word comes before the last"),
        ({"first": "1", "last": "400"}, "The first word comes before the last"),
        ({"words": "trade unions"}, "does not stand in this paragraph"),
        ({"first": "x", "words": ""}, "Say which words."),
    ],
)
def test_words_that_do_not_stand_there(ana: Browser, desk_of: Desk, filled: dict[str, str], problem: str) -> None:
    ana.open(f"/item/{named(desk_of, 'civil society')}").submit("/span", **filled)
    assert (ana.status, problem in ana.text, written(desk_of)) == (422, True, [])


def test_a_note_stays_on_its_reference(ana: Browser, desk_of: Desk) -> None:
    ana.open(f"/item/{named(desk_of, 'civil society')}").submit("/comment", comment="Only <b>NGOs</b>?")
    assert (ana.heading, ana.told) == ("civil society §1", "Note saved. Now: civil society, §1.")
    assert "Ana noted “Only <b>NGOs</b>?”" in ana.text
    ana.submit("/comment", comment=" ")
    assert (ana.status, "a comment is empty" in ana.text, len(written(desk_of))) == (422, True, 1)


def test_undo_takes_back_the_last_word_and_shows_what_it_was_about(ana: Browser, ben: Browser, desk_of: Desk) -> None:
    name = named(desk_of, "civil society")
    ana.open(f"/item/{name}").submit("/accept")
    ben.open(f"/item/{named(desk_of, 'diasporas')}").submit("/accept")
    ana.submit("/undo")
    assert (ana.heading, ana.told) == ("civil society §1", "Taken back. Now: civil society, §1.")
    assert desk_of.item(name).status == "machine"
    assert "taken back" in ana.text
    ana.submit("/undo")
    assert ana.told == "There is nothing of yours to take back."
    assert [d.action for d in written(desk_of)] == ["accept", "accept", "undo"]


def test_nobody_takes_back_what_another_said(ana: Browser, ben: Browser, desk_of: Desk) -> None:
    name = named(desk_of, "civil society")
    ana.open(f"/item/{name}").submit("/accept")
    number = str(written(desk_of)[0].decision_id)
    ben.open(f"/item/{name}")
    assert "Take back" not in ben.text
    ben.submit("/undo", decision=number)
    assert (ben.status, "only Ana can take it back" in ben.text) == (400, True)
    assert desk_of.item(name).status == "accepted"


def test_a_conflict_shows_both_reasons_and_is_settled(ana: Browser, ben: Browser, desk_of: Desk) -> None:
    name = named(desk_of, "civil society")
    ana.open(f"/item/{name}").submit("/category", category="media")
    ana.open(f"/item/{name}").submit("/comment", comment="They mean newspapers")
    ben.open(f"/item/{name}").submit("/reject", comment="Too vague")
    assert ben.told.startswith("Noted, but nothing is settled by it")
    cleo = Browser(ana.app, "Cleo").open("/?show=conflict")
    cleo.open(cleo.links("/item/")[0])
    assert all(text in cleo.text for text in ("Analysts disagree", "They mean newspapers", "Too vague"))
    cleo.submit("/adjudicate")
    assert (cleo.status, "Choose which side is right." in cleo.text) == (422, True)
    side = next(d for d in written(desk_of) if d.by == "Ana")
    cleo.submit("/adjudicate", choice=str(side.decision_id), comment="Newspapers it is")
    assert (cleo.path, cleo.told[:8]) == ("/?show=conflict&said=settle", "Settled.")
    item = desk_of.item(name)
    assert (item.has_conflict, item.row.category, item.row.wording) == (
        False,
        "stakeholder.media",
        "civil society",
    )
    last = written(desk_of)[-1]
    assert (last.adjudicates, last.by, last.comment) == (True, "Cleo", "Newspapers it is")


@pytest.mark.parametrize("ruled", ["accept", "reject", "span"])
def test_each_side_of_a_conflict_can_win(ana: Browser, ben: Browser, desk_of: Desk, ruled: str) -> None:
    name = named(desk_of, "civil society")
    ana.open(f"/item/{name}").submit("/span" if ruled == "span" else "/accept", **{"words": "society"})
    ben.open(f"/item/{name}").submit("/reject")
    winner = written(desk_of)[1 if ruled == "reject" else 0]
    Browser(ana.app, "Cleo").open(f"/item/{name}").submit("/adjudicate", choice=str(winner.decision_id))
    item = desk_of.item(name)
    status = {"accept": "accepted", "reject": "rejected", "span": "edited"}[ruled]
    assert (item.has_conflict, item.status) == (False, status)
    assert item.row.wording == ("society" if ruled == "span" else "civil society")


@pytest.mark.parametrize(
    ("settlers", "by", "status"),
    [
        ("", "Ana", 403),
        ("", "Cleo", 200),
        ("anyone", "Ana", 200),
        ("cléo, Dan", "Ana", 403),
        ("cléo, Dan", "Cleo", 200),
    ],
)
def test_who_may_settle_is_a_setting(place: Settings, settlers: str, by: str, status: int) -> None:
    app = review(place.model_copy(update={"settlers": settlers}))
    name = named(app.state.site.desk, "civil society")
    Browser(app, "Ana").open(f"/item/{name}").submit("/accept")
    Browser(app, "Ben").open(f"/item/{name}").submit("/reject")
    (first, _) = written(app.state.site.desk)
    judge = Browser(app, by).open(f"/item/{name}")
    assert ("Settle the conflict" in judge.text) is (status == 200)
    judge.submit("/adjudicate", choice=str(first.decision_id))
    assert (judge.status, app.state.site.desk.item(name).has_conflict) == (status, status != 200)


def test_a_name_stays_when_only_the_category_changes(ana: Browser, desk_of: Desk) -> None:
    name = named(desk_of, "Colombo Process")
    ana.open(f"/item/{name}").submit("/category", category="iscm.generic")
    item = desk_of.item(name)
    assert item.machine is not None
    assert (item.row.category, item.row.canonical) == ("iscm.generic", item.machine.canonical)
    assert item.row.canonical
    ana.open(f"/item/{name}").submit("/category", category="iscm.generic", canonical="")
    assert desk_of.item(name).row.canonical == ""


def test_unsure_skipped_and_flagged(ana: Browser, ben: Browser, desk_of: Desk) -> None:
    one, two, three = (item.reference_id for item in desk_of.items(Queue())[:3])
    ana.open(f"/item/{one}").submit("/comment", comment="Which forum?")
    ana.submit("/unsure")
    assert (ana.told[:30], ana.path[:22]) == ("Left to others, under “Unsure”", f"/item/{two}")
    ana.submit("/skip")
    assert ana.path.startswith(f"/item/{three}")
    ana.submit("/flag")
    assert (ana.told.partition(".")[0], ana.path[:22]) == ("Flagged", f"/item/{three}")
    ben.open("/?show=unsure")
    assert ben.links(f"/item/{one}") and "1 note" in ben.text
    assert not ana.open("/?show=all&without=Ana").links(f"/item/{two}")
    assert ben.open("/?show=all&without=Ben").links(f"/item/{two}")
    ana.open(f"/item/{three}").submit("/flag")
    assert (ana.told.partition(".")[0], desk_of.count(Queue("flagged"))) == ("Flagged no more", 0)
    ben.open(f"/item/{one}").submit("/accept")
    assert desk_of.count(Queue("unsure")) == 0


def test_accepting_what_another_corrected_agrees_with_the_correction(ana: Browser, ben: Browser, desk_of: Desk) -> None:
    name = named(desk_of, "civil society")
    ana.open(f"/item/{name}").submit("/category", category="media")
    ben.open(f"/item/{name}").submit("/accept")
    item = desk_of.item(name)
    assert (item.has_conflict, item.status, item.row.category) == (False, "edited", "stakeholder.media")


def test_who_looked_before_another_corrected_decides_on_what_they_saw(
    ana: Browser, ben: Browser, desk_of: Desk
) -> None:
    name = named(desk_of, "civil society")
    ben.open(f"/item/{name}")
    cleo = Browser(ana.app, "Cleo").open(f"/item/{name}")
    ana.open(f"/item/{name}").submit("/category", category="media")
    dan = Browser(ana.app, "Dan").open(f"/item/{name}")
    ana.open(f"/item/{name}").submit("/category", category="academia")
    ben.submit("/accept")
    assert desk_of.item(name).has_conflict
    cleo.submit("/span", words="society")
    last = written(desk_of)[-1].value
    assert last and (last.category, last.wording) == ("stakeholder.civil_society", "society")
    dan.submit("/accept")
    assert (dan.status, "look again" in dan.text, len(written(desk_of))) == (409, True, 4)


def add(browser: Browser, **filled: str) -> Browser:
    data = {"csrf": browser.token(), "paragraph": "3", "category": "stakeholder.diasporas", "to": "item"} | filled
    browser._take(browser.client.post("/document/alpha.en/add", data=data))
    return browser


def test_words_are_added_by_place_or_by_text(ana: Browser, desk_of: Desk) -> None:
    text = desk_of.passages("alpha.en").text("3")
    start = text.index("took part")
    add(ana, start=str(start), end=str(start + len("took part")))
    assert (ana.heading, ana.told) == ("took part §3", "Added. Next: took part, §3.")
    add(ana, wording="Process met", category="media", comment="why not")
    assert desk_of.item(written(desk_of)[1].reference_id).status == "added"
    assert [d.action for d in written(desk_of)] == ["add", "add"]
    ana.submit("/reject")
    assert desk_of.item(written(desk_of)[1].reference_id).status == "rejected"


def test_what_the_machine_has_is_accepted_instead(ana: Browser, desk_of: Desk) -> None:
    name = named(desk_of, "Colombo Process")
    item = desk_of.item(name)
    add(ana, wording="Colombo Process", category=item.row.category, canonical=item.row.canonical)
    assert [(d.action, d.reference_id) for d in written(desk_of)] == [("accept", name)]


@pytest.mark.parametrize(
    ("filled", "problem"),
    [
        ({"wording": "nowhere to be found"}, "does not stand in this paragraph"),
        ({"wording": "took part", "category": "zzz"}, "no such category"),
        ({"wording": "took part", "paragraph": "99"}, "no paragraph 99"),
        ({"start": "5", "end": "100000"}, "select some words"),
        ({"start": "5", "end": "5"}, "select some words"),
        ({"start": "-5", "end": "9"}, "does not stand in this paragraph"),
        ({"start": "9" * 40, "end": "9" * 41}, "does not stand in this paragraph"),
    ],
)
def test_an_addition_that_cannot_stand(ana: Browser, desk_of: Desk, filled: dict[str, str], problem: str) -> None:
    add(ana, **filled)
    assert (ana.status, problem in ana.text, written(desk_of)) == (400, True, [])


def test_a_script_gets_the_next_reference_at_once(ana: Browser, desk_of: Desk) -> None:
    first, second = (item.reference_id for item in desk_of.items(Queue(document="beta.en"))[:2])
    ana.open(f"/item/{first}?document=beta.en")
    answer = ana.post(f"/item/{first}/accept?document=beta.en", {"csrf": ana.token()}, **{"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-push-url"]) == (200, f"/item/{second}?document=beta.en")
    assert answer.text.startswith("<title>private sector, §1")
    assert "<header" not in answer.text
    assert 'data-said="Accepted. Next: private sector, §1."' in answer.text
