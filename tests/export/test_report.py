import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.export import report
from pipeline.tables import build
from tests import table_sample as sample


def page(tmp_path: Path, run: dict[str, Any] | None = None, **changes: Any) -> str:
    built = build(sample.references(**changes), sample.paragraphs(), sample.objectives(), labels=sample.LABELS)
    return report.write(tmp_path / "r.html", built, sample.RUN if run is None else run).read_text(encoding="utf-8")


def first(node: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = node.css_first(selector)
    assert found is not None, selector
    return found


def test_cards_count_what_the_tables_hold(tmp_path: Path) -> None:
    tree = LexborHTMLParser(page(tmp_path))
    cards = {first(card, "dt").text(): first(card, "dd").text() for card in tree.css(".cards div")}
    assert cards == {
        "Documents": "2", "Paragraphs": "9", "References": "11", "ISCMs": "4", "IGOs": "1", "Stakeholders": "6",
        "Other references": "0", "Reviewed": "3", "Failed": "1",
    }  # fmt: skip


def test_wordings_are_marked_in_quotes(tmp_path: Path) -> None:
    tree = LexborHTMLParser(page(tmp_path))
    assert [mark.text() for mark in tree.css("#stakeholder mark")] == [
        "trade unions", "cities", "cities", "cities", "cities", "trade unions", "النقابات",
    ]  # fmt: skip


def test_problems_are_shown(tmp_path: Path) -> None:
    items = [item.text() for item in LexborHTMLParser(page(tmp_path)).css(".problems li")]
    assert items == [
        "failed lost: lost.pdf: encrypted: give --password",
        "not fetched later: no file in the corpus yet",
        "warning compact: odd",
    ]


EVIL = '"></td><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_nothing_of_the_data_is_markup(tmp_path: Path) -> None:
    run = sample.RUN | {
        "run_id": EVIL,
        "status": EVIL,
        "failures": [{"document": EVIL, "problem": EVIL}],
        "versions": {EVIL: EVIL},
    }
    text = page(
        tmp_path, run, title=EVIL, wording=EVIL, canonical=EVIL, quote=f"x {EVIL} y", document=EVIL, section="igo"
    )
    tree = LexborHTMLParser(text)
    assert len(tree.css("script")) == 1
    assert not tree.css("img, iframe, object, embed, form, a:not([href^='#'])")
    assert EVIL in first(tree, "#igo mark").text()
    assert not any(name.startswith("on") for node in tree.css("*") for name in node.attributes)


def test_the_page_asks_for_nothing_and_allows_only_its_own_script(tmp_path: Path) -> None:
    text = page(tmp_path)
    policy = first(LexborHTMLParser(text), "meta[http-equiv]").attributes["content"] or ""
    assert "default-src 'none'" in policy and "unsafe" not in policy
    script, style = (first(LexborHTMLParser(text), name).text() for name in ("script", "style"))
    assert f"script-src '{report._hash(script)}'" in policy
    assert f"style-src '{report._hash(style)}'" in policy
    assert not re.search(r"https?://|url\(|@import|\bstyle=", text)


def test_a_long_table_is_shortened_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = page(tmp_path)
    monkeypatch.setattr(report, "SIZE_LIMIT", len(whole.encode()) - 1)
    text = page(tmp_path)
    assert len(text) < len(whole)
    assert re.search(r"The first (\d+) of (\d+) rows; all of them are in tables/\w+\.csv\.", text)


def test_very_many_rows_stay_below_three_megabytes(tmp_path: Path) -> None:
    built = build(sample.references(), sample.paragraphs(), sample.objectives(), labels={})
    one = built["iscm_wordings"]
    built["iscm_wordings"] = replace(one, frame=pd.concat([one.frame] * 9_000, ignore_index=True))
    assert report.write(tmp_path / "r.html", built, {}).stat().st_size < 3_000_000


def test_without_a_run_and_rows_there_is_still_a_page(tmp_path: Path) -> None:
    nothing = [frame.head(0) for frame in (sample.references(), sample.paragraphs(), sample.objectives())]
    text = report.write(tmp_path / "r.html", build(*nothing, labels={}), {}).read_text(encoding="utf-8")
    assert "No rows." in text and "None" not in first(LexborHTMLParser(text), "body").text()
