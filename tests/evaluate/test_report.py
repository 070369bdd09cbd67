"""The page and the terminal: the same every time, nothing of a document gets through as markup, and it fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.evaluation_screen import show
from pipeline.evaluate import Evaluation, evaluate_readings, read, report
from pipeline.evaluate.comparison import compare
from pipeline.evaluate.evaluation import Scope
from pipeline.evaluate.report import between, page, ratio, weakness, words
from tests.evaluate.sample import Shelf, reading, ref, row
from tests.golden_file import same_as_golden

HOSTILE = "[x](javascript:alert) | <script>`a` \x1b[31m"
TEXTS = {
    "1": "The Global Forum met with the media and the private sector of all States that take part, for long.",
    "2": f"We thank {HOSTILE}.",
}
REFERENCES = f"""paragraph,category,wording
1,iscm.gfmd,Global Forum
1,stakeholder.media,the media
1,stakeholder.private_sector,private sector
2,stakeholder.academia,"{HOSTILE}"
"""
PUBLISHED = """category,wording,paragraph,status,true_paragraph,true_wording
iscm.gfmd,the Forum,1,wording_differs,1,Global Forum
iscm.gfmd,Forum,2,not_found,,
"""
OBJECTIVES = "kind,number,mention,paragraph,evidence\nobjective,23,implied,1,take part\ntheme,3,implied,2,thank\n"
SCOPE = Scope(("iscm.gfmd", "iscm.irf", "stakeholder.media"), ("en", "pt"))


@pytest.fixture
def found(tmp_path: Path) -> Evaluation:
    files = {
        "a.en.references.csv": REFERENCES,
        "a.en.published.csv": PUBLISHED,
        "a.en.objectives.csv": OBJECTIVES,
        "a.en.paragraphs.csv": "paragraph,text\n1,The Global Forum\n3,Last\n",
        "b.en.references.csv": "paragraph,category,wording\n1,x.y,z\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    rows = [
        ref("1", "iscm.gfmd", "Global Forum"),
        ref("1", "stakeholder.media", "media"),
        ref("2", "iscm.generic", HOSTILE),
    ]
    objectives = [row("1", "objective", "23"), row("1", "theme", "4")]
    forms = [reading(f"a.en.{form}", TEXTS, rows, objectives, form=f".{form}") for form in ("pdf", "txt")]
    return evaluate_readings(read([tmp_path]), Shelf(forms), versions={"parser": "3"}, scope=SCOPE)


def test_page_has_the_left_out_figures_of_the_judge(found: Evaluation) -> None:
    text = page(found)
    assert "| left out | resolutions |" in text and "| in sample | resolutions |" in text


def test_page_is_the_golden_one(found: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "_trained", lambda: "(figures of the training)")
    same_as_golden("accuracy.md", page(found).encode("utf-8"))


def test_page_holds_no_markup_of_a_document(found: Evaluation) -> None:
    text = page(found)
    assert "<script" not in text and "\x1b" not in text and "](javascript" not in text.replace("\\]", "")
    for block in text.split("\n\n"):
        rows = [line.replace("\\|", "").count("|") for line in block.splitlines() if line.startswith("|")]
        assert len(set(rows)) <= 1, block


def test_forms_count_once(found: Evaluation) -> None:
    one = found.one("references", "overlap")
    assert one is not None and one.support == 4
    assert [f.name for f in found.some("references", "overlap", "form")] == ["a.en.pdf", "a.en.txt"]
    assert [(judged.reading.document, judged.is_counted) for judged in found.judged] == [
        ("a.en.pdf", True),
        ("a.en.txt", False),
    ]


def test_disagreements_are_named(found: Evaluation) -> None:
    told = [(r["what"], r["verdict"], r["paragraph"], r["group"], r["note"]) for r in found.disagreements]
    assert told == [
        ("references", "wording", "1", "stakeholder.media", ""),
        ("references", "missed", "1", "stakeholder.private_sector", ""),
        ("references", "missed", "2", "stakeholder.academia", "found as iscm.generic"),
        ("references", "spurious", "2", "iscm.generic", ""),
        ("paragraphs", "missed", "3", "paragraph ids", "no such paragraph"),
        ("paragraphs", "spurious", "2", "paragraph ids", ""),
        ("objectives", "missed", "2", "implied theme 3", ""),
        ("objectives", "spurious", "1", "implied theme 4", ""),
    ]
    assert "media and the private sector" in found.disagreements[1]["quote"]


def test_what_is_weak_is_told_from_the_figures(found: Evaluation) -> None:
    weak = weakness(found)
    assert (weak.unlabelled, weak.languages) == (("iscm.irf",), ("pt",))
    assert [f.name for f in weak.few][:2] == ["iscm.gfmd", "stakeholder.academia"]
    assert weak.worst == (("iscm.generic", 1), ("stakeholder.academia", 1), ("stakeholder.private_sector", 1))
    assert weak.objectives == (("theme 3", 1), ("theme 4", 1))


def test_warnings(found: Evaluation, tmp_path: Path) -> None:
    assert found.warnings == ("b.en.references.csv: the corpus has no document b.en",)
    assert found.gold.passed_over == ("notes.csv",)
    again = evaluate_readings(
        read([tmp_path]),
        Shelf([reading("a.en", TEXTS), reading("b.en", {"1": "z"}, objectives=None)], unreadable=["a.en"]),
    )
    assert again.warnings == ("a.en: not judged: a.en: encrypted: give --password",)


def test_objectives_of_a_run_that_are_no_longer_kept(tmp_path: Path) -> None:
    (tmp_path / "a.objectives.csv").write_text(OBJECTIVES, encoding="utf-8")
    found = evaluate_readings(read([tmp_path]), Shelf([reading("a", TEXTS, objectives=None)]))
    assert found.figures == () and "no longer kept" in found.warnings[0]
    assert page(found) and found.as_dict()["figures"] == []


def test_terminal_fits_100_columns(
    found: Evaluation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = Shelf([reading("a.en.pdf", TEXTS, [ref("1", "iscm.gfmd", "Global Forum")])])
    show(found, compare(found, earlier, "20260101T000000.000Z-abcd"))
    out = capsys.readouterr().out
    assert max(len(line.rstrip()) for line in out.splitlines()) <= 100
    assert "In-sample" in out and "gained" in out and "\x1b" not in out
    assert "found as iscm.generic" in " ".join(out.split())


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, "–"), (1.0, "1.00"), (0.9999, "0.999"), (0.9966, "0.997"), (0.994, "0.99"), (0.0, "0.00")],
)
def test_ratio(value: float | None, told: str) -> None:
    assert ratio(value) == told


@pytest.mark.parametrize(
    ("interval", "told"),
    [(None, "–"), ((0.4385, 1.0), "0.43–1.00"), ((0.29, 0.57), "0.29–0.57"), ((0.0, 0.991), "0.00–1.00")],
)
def test_ends_are_rounded_outwards(interval: tuple[float, float] | None, told: str) -> None:
    assert between(interval) == told


def test_long_wordings_are_cut_and_addresses_are_no_links() -> None:
    assert words("see https://example.org") == "see https\\://example.org"
    assert words("a" * 100) == "a" * 59 + "…"
