"""Which document a gold file is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import GcmrefsError
from pipeline.evaluate.assignment import assign
from pipeline.evaluate.gold import read
from pipeline.evaluate.readings import documents
from tests.evaluate.sample import Shelf, reading

ONE = reading("one.en", {"1": "The Forum met.", "2": "We thank diasporas."})
TWO = reading("two.en", {"1": "We thank diasporas.", "2": "The Forum met."})
REFERENCES = "paragraph,category,wording\n1,iscm.gfmd,the forum\n2,stakeholder.diasporas,Diasporas\n"


def gold(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def places(folder: Path, shelf: Shelf, **given: str) -> dict[str, list[tuple[str, str]]]:
    assigned = assign(read([folder]), shelf, {(folder / name).resolve(): told for name, told in given.items()})
    return {name: [(part.file.name, part.how) for part in parts] for name, parts in assigned.parts.items()}


def test_by_name_without_reading(tmp_path: Path) -> None:
    gold(tmp_path, "two.en.references.csv", REFERENCES)
    shelf = Shelf([ONE, TWO])
    assert places(tmp_path, shelf) == {"two.en": [("two.en.references.csv", "name")]}
    assert shelf.asked == []


def test_by_content(tmp_path: Path) -> None:
    gold(tmp_path, "truth.csv", REFERENCES)
    assert places(tmp_path, Shelf([TWO, ONE])) == {"one.en": [("truth.csv", "content")]}


def test_slow_forms_are_read_only_when_no_quick_one_fits(tmp_path: Path) -> None:
    gold(tmp_path, "truth.csv", REFERENCES)
    scan = reading("scan", {"1": "The Forum met.", "2": "We thank diasporas."}, form=".pdf")
    shelf = Shelf([scan, ONE])
    assert list(places(tmp_path, shelf)) == ["one.en"] and shelf.asked == ["one.en"]
    assert list(places(tmp_path, Shelf([scan, TWO]))) == ["scan"]


def test_by_column_and_by_the_callers_word(tmp_path: Path) -> None:
    text = "document,paragraph,category,wording\none.en,1,x.y,forum\ntwo.en,1,x.y,diasporas\nnone,1,x.y,z\n"
    gold(tmp_path, "truth.csv", text)
    shelf = Shelf([ONE, TWO])
    assert places(tmp_path, shelf) == {"one.en": [("truth.csv", "column")], "two.en": [("truth.csv", "column")]}
    assert assign(read([tmp_path]), shelf).unused == ("truth.csv: the corpus has no document none",)
    assert list(places(tmp_path, shelf, **{"truth.csv": "two.en"})) == ["two.en"]
    with pytest.raises(GcmrefsError, match="no document three in the corpus"):
        places(tmp_path, shelf, **{"truth.csv": "three"})


def test_none_fits_and_two_fit(tmp_path: Path) -> None:
    path = gold(tmp_path, "truth.csv", REFERENCES)
    assert "no document has its rows" in assign(read([tmp_path]), Shelf([TWO])).unused[0]
    again = reading("again.en", {"1": "The Forum met.", "2": "We thank diasporas."})
    with pytest.raises(GcmrefsError, match=r"fits one\.en, again\.en alike"):
        assign(read([tmp_path]), Shelf([ONE, again]))
    path.write_text("paragraph,category,wording\nH:Forum,iscm.gfmd,the forum\n", encoding="utf-8")
    assert "no document has its rows" in assign(read([tmp_path]), Shelf([ONE])).unused[0], "headings prove nothing"


def test_a_document_that_cannot_be_read_is_not_it(tmp_path: Path) -> None:
    gold(tmp_path, "truth.csv", REFERENCES)
    again = reading("again.en", {"1": "The Forum met.", "2": "We thank diasporas."})
    assert list(places(tmp_path, Shelf([ONE, again], unreadable=["again.en"]))) == ["one.en"]


def test_forms_of_one_document() -> None:
    forms = [reading(f"a.{form}", {}, form=f".{form}") for form in ("txt", "docx", "pdf")]
    found = documents(Shelf([*forms, reading("b.en", {})]))
    assert found == {"a": ("a.pdf", "a.docx", "a.txt"), "b.en": ("b.en",)}
