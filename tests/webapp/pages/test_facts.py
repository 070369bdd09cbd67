"""What a document is, and how it is cut, decided on its page without scripts, and made by the next run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.review import ledger
from pipeline.review.desk import Desk
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from pipeline.webapp.pages.segmentation import split_places
from tests.review.corpus import filled
from tests.review.server import person, served
from tests.review.test_copies import add_copies
from tests.run import fake
from tests.webapp.browser import Browser, review

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium

HOME = "/document/alpha.en"


def run(made: Settings, desk: Desk) -> None:
    run_corpus(settings=made, write=lambda folder, *frames, **more: [], workers=1, may_replace=True)
    desk.refresh()


def facts_of(browser: Browser) -> dict[str, str]:
    """The facts on the page of the document, with what stands beside them."""
    section = next(e for e in browser.page.iter("section") if e.get("aria-labelledby") == "facts-title")
    terms, values = (["".join(e.itertext()).split() for e in section.iter(tag)] for tag in ("dt", "dd"))
    return {" ".join(term): " ".join(value) for term, value in zip(terms, values, strict=True)}


def test_facts_are_corrected_confirmed_and_taken_back(ana: Browser, desk_of: Desk, place: Settings) -> None:
    ana.open(HOME + "/facts").submit("/facts", date="2018-05", iscm="Alpha Dialogue", right="role", comment="printed")
    assert [(d.action, str(d.human)) for d in ledger.read(desk_of.engine)] == [
        ("edit", "date: 2018-05"), ("edit", "iscm: Alpha Dialogue"), ("accept", "role: outcome"),
    ]  # fmt: skip
    shown = facts_of(ana.open(HOME))
    assert shown["Date"] == "2018-05 decided by the next run" and shown["Language"] == "en"
    run(place, desk_of)
    assert facts_of(ana.open(HOME))["Date"] == "2018-05 decided"
    ana.open(HOME + "/facts").submit("/take-back")
    assert ledger.read(desk_of.engine)[-1].action == "undo" and ana.told == "Taken back."
    assert facts_of(ana.open(HOME))["Date"] == "2018-05 by the next run"
    run(place, desk_of)
    assert facts_of(ana.open(HOME))["Date"] == "–"


def test_a_fact_that_cannot_be_is_told_and_what_was_typed_stays(ana: Browser, desk_of: Desk) -> None:
    ana.open(HOME + "/facts").submit("/facts", date="in May", title="Another title")
    assert ana.status == 422 and "a date is written 2018, 2018-05 or 2018-05-31" in ana.text
    fields = {e.get("name"): e.get("value") for e in ana.page.iter("input")}
    assert (fields["date"], fields["title"]) == ("in May", "Another title") and ledger.read(desk_of.engine) == []


def test_two_analysts_who_differ_make_a_conflict_that_a_third_settles(
    ana: Browser, ben: Browser, desk_of: Desk
) -> None:
    ana.open(HOME + "/facts").submit("/facts", date="2018")
    old = ben.open(HOME + "/facts")
    assert "2018" in old.text
    ben.submit("/facts", date="2019")
    assert facts_of(ana.open(HOME))["Date"].endswith("conflict")
    assert "Date" in ana.open("/people").text
    number = str(ledger.read(desk_of.engine)[0].decision_id)
    told = {"csrf": ana.open(HOME + "/facts").token(), "decision": number}
    assert ana.post(HOME + "/settle", told).status_code == 403
    Browser(ana.app, "Cem").open(HOME + "/facts").submit("/settle")
    assert ledger.read(desk_of.engine)[-1].adjudicates and facts_of(ana.open(HOME))["Date"].startswith("2018 decided")


def test_a_value_that_changed_meanwhile_is_not_overwritten(ana: Browser, ben: Browser, desk_of: Desk) -> None:
    ben.open(HOME + "/facts")
    ana.open(HOME + "/facts").submit("/facts", date="2018")
    ben.submit("/facts", date="2019")
    assert ben.status == 409 and len(ledger.read(desk_of.engine)) == 1


def test_documents_of_a_work_are_named_with_it_and_taken_back_together(
    ana: Browser, desk_of: Desk, place: Settings
) -> None:
    ana.open("/document/beta.en/facts").submit("/facts", work="alpha.en")
    assert sorted(d.document for d in ledger.read(desk_of.engine)) == ["alpha.en", "beta.en"]
    run(place, desk_of)
    assert {row["work"] for row in desk_of.documents.values()} == {"alpha.en"}
    ana.open("/document/beta.en/facts").submit("/take-back")
    run(place, desk_of)
    assert {row["work"] for row in desk_of.documents.values()} == {"alpha.en", "beta.en"}


def cuts(browser: Browser) -> str:
    return " ".join(
        " ".join("".join(e.itertext()).split()) for e in browser.page.iter("section") if e.get("id") == "cuts"
    )


def test_a_paragraph_is_merged_split_and_renumbered_after_a_look(
    ana: Browser, ben: Browser, desk_of: Desk, place: Settings
) -> None:
    ana.open(HOME + "/cut?paragraph=2&operation=merge")
    assert "It takes effect by the next run" in ana.text and ledger.read(desk_of.engine) == []
    ana.submit("/cut", comment="one sentence")
    assert "merged with the one before by the next run" in cuts(ana)
    ana.open(HOME + "/cut?paragraph=1&operation=split&words=We+will+work&number=1+bis").submit("/cut")
    ana.open(HOME + "/cut?paragraph=3&operation=renumber&number=9(a)").submit("/cut")
    run(place, desk_of)
    assert [p.id for p in desk_of.passages("alpha.en").paragraphs] == ["TITLE", "1", "1 bis", "9(a)"]
    assert cuts(ana.open(HOME)).count(" made ") == 3
    ben.open(HOME).submit("/leave")
    assert "in conflict" in cuts(ben) and ben.told.startswith("Noted")
    Browser(ana.app, "Cem").open(HOME).submit("/settle")
    run(place, desk_of)
    assert [p.id for p in desk_of.passages("alpha.en").paragraphs] == ["TITLE", "1", "1 bis", "9(a)"]


def test_what_was_said_on_another_copy_names_it(tmp_path: Path) -> None:
    made = filled(tmp_path)
    add_copies(made)
    fake.run_corpus(settings=made)
    app = review(made)
    copy = next(slug for slug in app.state.site.desk.documents if slug.startswith("alpha-page"))
    ana = Browser(app, "Ana")
    ana.open(HOME + "/cut?paragraph=3&operation=renumber&number=4").submit("/cut")
    run(made, app.state.site.desk)
    assert "said on" not in cuts(ana.open(HOME))
    assert "said on alpha.en" in cuts(ana.open(f"/document/{copy}"))
    assert HOME in ana.links(HOME)
    ana.open(ana.open(HOME).links("/item/")[0]).submit("/accept")
    copies = ana.open(f"/document/{copy}").links("/item/")
    assert any("said on alpha.en" in ana.open(link).text for link in copies)


REFUSED = {
    "paragraph=2&operation=split&words=nowhere": (422, "does not stand in the paragraph"),
    "paragraph=2&operation=split&words=s": (422, "type more words"),
    "paragraph=2&operation=split": (422, "the second part begins with"),
    "paragraph=2&operation=renumber&number=%3Cb%3E": (422, "is no number of a paragraph"),
    "paragraph=2&operation=burn": (200, "Look at it merged"),
    "paragraph=99": (404, "no such paragraph"),
}


@pytest.mark.parametrize("query", REFUSED)
def test_what_cannot_be_cut_is_told(ana: Browser, query: str) -> None:
    status, text = REFUSED[query]
    ana.open(f"{HOME}/cut?{query}")
    assert ana.status == status and text in ana.text


def test_a_cut_of_a_text_that_changed_meanwhile_is_refused(ana: Browser, ben: Browser, desk_of: Desk) -> None:
    ben.open(HOME + "/cut?paragraph=2&operation=renumber&number=7")
    ana.open(HOME + "/cut?paragraph=2&operation=split&words=diasporas").submit("/cut")
    ben.submit("/cut")
    assert ben.status == 409 and len(ledger.read(desk_of.engine)) == 1


def test_places_of_a_split_are_offered_at_sentences_and_marks() -> None:
    text = "We met. 2. We rest; (b) we eat: el foro. ¿Y ahora? نعم؟ لا."
    starts = [place.words.split()[0] for place in split_places(text)]
    assert starts == ["2.", "We", "(b)", "el", "¿Y", "نعم؟", "لا."]


def test_it_works_in_a_browser_with_scripts_by_keyboard(place: Settings, chromium: Chromium) -> None:
    with served(place) as address, person(chromium, address) as page:
        page.goto(address + HOME)
        page.get_by_label("Merge, split or renumber §2").click()
        page.get_by_role("button", name="Look at it merged").click()
        page.get_by_role("button", name="Save").press("Enter")
        page.wait_for_selector("#cuts")
        assert "merged with the one before" in page.inner_text("#cuts")
        page.get_by_role("link", name="Correct or confirm these facts").click()
        page.get_by_label("Date", exact=False).and_(page.locator("input")).fill("2018-05")
        page.get_by_role("button", name="Save").press("Enter")
        page.wait_for_selector("text=Who said what")
        assert page.get_by_label("Date", exact=False).and_(page.locator("input")).input_value() == "2018-05"
