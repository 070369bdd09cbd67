"""Run after run gives what one run over everything gives, but for the marks of what is new and the run's own name."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

from pipeline.review import ledger
from pipeline.review.decision import Decision
from pipeline.settings import Settings
from pipeline.store import documents, findings
from pipeline.store.published import read
from tests.run import fake

TEXTS = {
    "a": "Lake Declaration\nWe agree to convene the forum with trade unions.\nobjective 7\n",
    "b": "We recommend that a forum meets.\nThe forum asks States to share data. objective 23\n",
    "c": "A note on the forum\nThe forum met.\n",
}


def go(place: Settings, names: str, *, is_decided: bool = False, force: bool = False) -> None:
    """A run over the documents of these names, the first reference of "b" rejected or not."""
    for name, text in TEXTS.items():
        file = place.corpus / f"{name}.txt"
        file.unlink(missing_ok=True)
        if name in names:
            file.write_text(text, encoding="utf-8")
    if is_decided:
        with documents.opened(documents.address(place)) as store:
            row = documents.stored_references(store, "b")[0]
            said = Decision(row.reference_id, "b", row.paragraph, "reject", "Ana", machine=row, text=row.quote)
            ledger.append(store, [replace(said, at="2030-01-02T03:04:05.000Z")])
    fake.run_corpus(settings=place, write=None, force=force)


def contents(place: Settings) -> dict[str, object]:
    """Everything that the last run shows, without what tells one run from another."""
    latest = place.outputs / "latest"
    out: dict[str, object] = {}
    for path in sorted(latest.rglob("*.csv")):
        rows = read(path).drop(columns=["new_in_run", "at"], errors="ignore")
        out[path.relative_to(latest).as_posix()] = (list(rows.columns), rows.values.tolist())
    for path in sorted([*latest.glob("word/*.docx"), *latest.glob("briefs/*.docx")]):
        with zipfile.ZipFile(path) as archive:
            out[path.relative_to(latest).as_posix()] = archive.read("word/document.xml")
    return out


def settings(place: Path) -> Settings:
    (place / "corpus").mkdir(parents=True)
    return Settings(corpus=place / "corpus", outputs=place / "outputs", database_url="", workers=1)


def test_arrivals_removals_and_decisions_in_any_order(tmp_path: Path) -> None:
    steps, once = settings(tmp_path / "steps"), settings(tmp_path / "once")
    go(steps, "ab")
    files = {path.name: path.stat().st_ino for path in (steps.outputs / "latest/word").glob("*")}
    go(steps, "abc")
    kept = {path.name: path.stat().st_ino for path in (steps.outputs / "latest/word").glob("*")}
    assert set(kept) == {*files, "c.docx"}
    assert {name: kept[name] for name in files} == files
    go(steps, "bc", is_decided=True)
    after = {path.name: path.stat().st_ino for path in (steps.outputs / "latest/word").glob("*")}
    assert after["c.docx"] == kept["c.docx"]
    assert after["b.docx"] != kept["b.docx"]
    go(once, "b")
    go(once, "bc", is_decided=True)
    assert contents(steps) == contents(once)


def test_what_was_kept_in_one_language_is_not_shown_in_another(tmp_path: Path) -> None:
    steps, once = settings(tmp_path / "steps"), settings(tmp_path / "once")
    go(steps, "abc")
    for place in (steps, once):
        go(place.model_copy(update={"language": "fr"}), "abc")
    assert contents(steps) == contents(once)
    assert "briefs/a.docx" in contents(once) and "word/a.docx" in contents(once)


def test_a_forced_run_keeps_nothing(tmp_path: Path) -> None:
    place = settings(tmp_path)
    go(place, "ab")
    file = place.outputs / "latest/word/a.docx"
    before, whole = file.stat().st_ino, contents(place)
    go(place, "ab", force=True)
    with documents.opened(documents.address(place)) as store:
        assert not findings.read_shelf(store, "recommendations")
    go(place, "abc")
    assert file.stat().st_ino != before
    go(place, "ab")
    assert contents(place) == whole
