import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import html5lib
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.export.markup import policy_hash
from pipeline.export.page import report, sheets
from pipeline.export.pictures import figures
from pipeline.tables.build import Frames, build_tables
from tests import table_sample as sample


def page(tmp_path: Path, run: dict[str, Any] | None = None, **changes: Any) -> str:
    references, paragraphs = sample.references(**changes), sample.paragraphs()
    built = build_tables(Frames(references, paragraphs, sample.objectives()), labels=sample.LABELS)
    shown = sample.RUN if run is None else run
    return report.write(
        tmp_path / "r.html", built, shown, figures.draw(built), references=references, paragraphs=paragraphs
    ).read_text(encoding="utf-8")


def first(node: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = node.css_first(selector)
    assert found is not None, selector
    return found


def test_cards_count_what_the_tables_hold(tmp_path: Path) -> None:
    tree = LexborHTMLParser(page(tmp_path))
    cards = {first(card, "dt").text(): first(card, "dd").text() for card in tree.css(".cards div")}
    assert cards == {
        "Documents": "2", "Paragraphs": "9", "References": "11", "ISCMs": "4", "IGOs": "1", "Stakeholders": "6",
        "Other references": "0", "Decided": "4", "Failed": "1",
    }  # fmt: skip


def test_wordings_are_marked_in_quotes(tmp_path: Path) -> None:
    tree = LexborHTMLParser(page(tmp_path))
    assert [mark.text() for mark in tree.css("#stakeholder td > mark, #stakeholder .q mark")] == [
        "trade unions", "cities", "cities", "cities", "cities", "trade unions", "النقابات",
    ]  # fmt: skip


def test_problems_are_shown(tmp_path: Path) -> None:
    items = [item.text() for item in LexborHTMLParser(page(tmp_path)).css(".problems li")]
    assert items == [
        "failed lost: lost.pdf: encrypted: give --password",
        "not fetched 1 document of the manifest (later): gcmrefs corpus fetch gets them",
        "warning compact: odd",
    ]


EVIL = '"></td></script><!--<script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u2066\u2028]]>&amp;'


def test_nothing_of_the_data_is_markup(tmp_path: Path) -> None:
    run = sample.RUN | {
        "run_id": EVIL,
        "status": EVIL,
        "failures": [{"document": EVIL, "problem": EVIL}],
        "versions": {EVIL: EVIL},
        "changes": {
            "before": EVIL,
            "counts": {"references_gained": 1, "paragraphs_changed": 1},
            "references": [{"change": "gained", "document": EVIL, "quote": EVIL, "wording": EVIL}],
            "texts": [{"change": "changed", "document": EVIL, "before": EVIL, "after": f"x {EVIL} y"}],
        },
    }
    text = page(
        tmp_path, run, title=EVIL, wording=EVIL, canonical=EVIL, quote=f"x {EVIL} y", document=EVIL, section="igo",
        method=EVIL, status="accepted",
    )  # fmt: skip
    tree = LexborHTMLParser(text)
    assert len(tree.css("script:not([type])")) == 1 == len(tree.css("script[type]"))
    assert not tree.css("img, iframe, object, embed, form, a:not([href^='#'], [href^='http'])")
    assert EVIL in first(tree, "#igo mark").text() and EVIL in first(tree, "#review mark").text()
    assert not any(name.startswith("on") for node in tree.css("*") for name in node.attributes)


def test_data_cannot_end_its_element(tmp_path: Path) -> None:
    references, paragraphs = sample.references(), sample.paragraphs()
    paragraphs["text"] = [text + f" {EVIL}" for text in paragraphs["text"]]
    built = build_tables(Frames(references, paragraphs, sample.objectives()), labels={})
    one = built["stakeholder_quotes"]
    built["stakeholder_quotes"] = replace(one, rows=one.rows * 20)
    path = report.write(tmp_path / "r.html", built, sample.RUN, references=references, paragraphs=paragraphs)
    tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
    assert len(tree.css("script")) == 2 and not tree.css("img")
    data = json.loads(first(tree, "#data").text())
    assert "stakeholder_quotes" in data["tables"]
    assert data["texts"] and all(text.endswith(EVIL) for text in data["texts"])


def test_words_that_run_from_right_to_left_stay_in_their_place(tmp_path: Path) -> None:
    tree = LexborHTMLParser(page(tmp_path, sample.RUN | {"run_id": EVIL, "status": EVIL}))
    assert EVIL in first(tree, ".run bdi").text()
    assert all(EVIL not in (node.text(deep=False) or "") for node in tree.css("p, li, summary, a, label"))
    assert all(cell.attributes.get("dir") == "auto" for cell in tree.css("#stakeholder td:not(.n)"))


@pytest.mark.parametrize("evil", [{}, {"title": EVIL, "wording": EVIL, "quote": EVIL, "status": "rejected"}])
def test_the_page_is_html_without_an_error(tmp_path: Path, evil: dict[str, str]) -> None:
    run = sample.RUN | {"changes": {"before": "a", "counts": {"documents_new": 1}, "documents": [{"document": EVIL}]}}
    html5lib.HTMLParser(strict=True).parse(page(tmp_path, run, **evil))


def test_ids_stand_once(tmp_path: Path) -> None:
    ids = [node.attributes["id"] for node in LexborHTMLParser(page(tmp_path)).css("[id]")]
    assert len(ids) == len(set(ids))


def test_the_page_asks_for_nothing_and_allows_only_its_own_script(tmp_path: Path) -> None:
    text = page(tmp_path)
    policy = first(LexborHTMLParser(text), "meta[http-equiv]").attributes["content"] or ""
    assert "default-src 'none'" in policy and "unsafe" not in policy
    script, style = (first(LexborHTMLParser(text), name).text() for name in ("script:not([type])", "style"))
    assert f"script-src '{policy_hash(script)}'" in policy
    assert f"style-src '{policy_hash(style)}'" in policy
    links = re.compile(r'<a href="https?://[^"<>]*" rel="noopener noreferrer" target="_blank">|"review":"http://[^"]*"')
    assert not re.search(r"https?://|url\(|@import|\bstyle=", links.sub("", text))


URLS = [
    ("https://un.org/a.pdf", "pdf", "https://un.org/a.pdf#page=5"),
    ("http://un.org/a", "html", "http://un.org/a"),
    ("javascript:alert(1)", "html", ""),
    ("https://x/' onclick='1", "html", ""),
]


@pytest.mark.parametrize(("url", "form", "expected"), URLS)
def test_rows_lead_to_the_source_at_its_page_and_to_the_review(
    url: str, form: str, expected: str, tmp_path: Path
) -> None:
    documents = [{**d, "url": url, "format": form} for d in sample.RUN["documents"]]
    frames = Frames(sample.references(), sample.paragraphs(), sample.objectives(), documents)
    path = report.write(tmp_path / "r.html", build_tables(frames), sample.RUN | {"documents": documents})
    row = first(LexborHTMLParser(path.read_text(encoding="utf-8")), "[data-name=iscm_quotes] tbody tr")
    links = {link.text(): link.attributes["href"] for link in row.css("a")}
    assert links.pop("review") == f"{sheets.REVIEW}compact"
    assert list(links.values()) == ([expected] if expected else [])


def test_one_document_has_its_own_cards_and_charts(tmp_path: Path) -> None:
    data = json.loads(first(LexborHTMLParser(page(tmp_path)), "#data").text())
    compact, charter = (data["documents"][name] for name in ("compact", "charter"))
    cards = [int(first(card, "dd").text()) for card in LexborHTMLParser(page(tmp_path)).css(".cards div")]
    assert [a + b for a, b in zip(compact["sums"], charter["sums"], strict=True)] == cards[:8]
    assert sum(number for *_, number in compact["along"]["counts"]) == compact["sums"][2]
    cells = [int(cell.text() or 0) for cell in LexborHTMLParser(page(tmp_path)).css("#chart-heatmap text.v")]
    both = [compact["heat"].get(str(n), 0) + charter["heat"].get(str(n), 0) for n in range(len(cells))]
    assert both == cells and sum(cells) > 0


def test_a_long_table_is_shortened_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "HEAD", 1)
    whole = page(tmp_path)
    monkeypatch.setattr(report, "SIZE_LIMIT", len(whole.encode()) - 1)
    text = page(tmp_path)
    assert len(text) < len(whole)
    assert re.search(r"The first (\d+) of (\d+) rows; all of them are in tables/\w+\.csv\.", text)


def test_very_many_rows_stay_below_three_megabytes(tmp_path: Path) -> None:
    built = build_tables(Frames(sample.references(), sample.paragraphs(), sample.objectives()), labels={})
    one = built["iscm_wordings"]
    built["iscm_wordings"] = replace(one, rows=one.rows * 9_000)
    assert report.write(tmp_path / "r.html", built, {}).stat().st_size < 3_000_000


def test_without_a_run_and_rows_there_is_still_a_page(tmp_path: Path) -> None:
    nothing = [frame.head(0) for frame in (sample.references(), sample.paragraphs(), sample.objectives())]
    text = report.write(tmp_path / "r.html", build_tables(Frames(*nothing), labels={}), {}).read_text(encoding="utf-8")
    assert "No rows." in text and "None" not in first(LexborHTMLParser(text), "body").text()


def test_a_table_has_a_most_of_rows_and_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_ROWS", 3)
    monkeypatch.setattr(sheets, "_WIDEST", 3)
    text = page(tmp_path)
    assert "The first 3 of 6 rows; all of them are in tables/stakeholder_quotes.csv." in text
    assert "The 1 columns with the lowest sums are only in tables/counts_by_category.csv." in text
    heads = LexborHTMLParser(text).css("[data-name=counts_by_category] th")
    assert [head.text(strip=True) for head in heads] == ["Category", "Total", "document compact"]


def test_quotes_show_their_whole_paragraph(tmp_path: Path) -> None:
    tree = LexborHTMLParser(page(tmp_path))
    quoted = {first(cell, ".q").text(): first(cell, "details p").text() for cell in tree.css("#stakeholder td:has(.q)")}
    assert quoted["We thank cities and trade unions..."] == "We thank cities and trade unions. We thank nobody else."


def test_every_row_says_how_to_cite_it(tmp_path: Path) -> None:
    tree = LexborHTMLParser(page(tmp_path))
    rows = tree.css("[data-name=stakeholder_quotes] tbody tr")
    cited = [first(row, "details.cite p").text() for row in rows]
    assert len(cited) == len(rows) and cited[0].startswith("“Compact on Moving Well”, n.d., para. 9")


def test_what_analysts_decided_is_marked_and_listed(tmp_path: Path) -> None:
    tree = LexborHTMLParser(page(tmp_path))
    marks = {cell.text() for cell in tree.css("td[data-label=Mark]")}
    assert marks == {"✓ accepted", "✎ edited", "✎ added"}
    rows = [[cell.text() for cell in row.css("td")][:4] for row in tree.css("[data-name=decisions] tbody tr")]
    assert ["rejected", "compact", "Trade unions", "trade unions"] in rows and len(rows) == 4
    told = first(tree, "#making").text()
    assert "4 of 12 references (33 %) were decided about by an analyst." in told and "they kept 67 %" in told


def test_it_says_what_changed_or_why_it_does_not(tmp_path: Path) -> None:
    def said(changes: Any) -> str:
        return first(LexborHTMLParser(page(tmp_path, sample.RUN | {"changes": changes})), "#changes").text()

    assert "no earlier run" in said(None)
    assert "No document, reference or text" in said({"before": "a", "counts": {}})
    changes = {"before": "a", "counts": {"references_gained": 2, "references_lost": 1}}
    assert "Since run a: 2 references gained, 1 reference lost." in said(changes)


def test_markup_and_script_agree_on_the_first_rows() -> None:
    script = (report._TEMPLATES / "report.js").read_text(encoding="utf-8")
    assert f"const HEAD = {sheets.HEAD}," in script
