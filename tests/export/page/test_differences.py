from typing import Any

from pipeline.export.page.differences import difference
from pipeline.extract.quote import plain


def run(before: str, after: str) -> dict[str, Any]:
    text = {"document": "a", "paragraph": "1", "change": "changed", "before": before, "after": after}
    return {"changes": {"before": "r1", "counts": {"paragraphs_changed": 1}, "texts": [text]}}


def bold(before: str, after: str) -> tuple[list[str], list[str]]:
    found = difference(run(before, after))
    assert found is not None
    *_, old, new = found.parts[0].rows[0]
    return [r.text for r in old if r.is_bold], [r.text for r in new if r.is_bold]


def test_words_that_changed_are_marked_on_their_side() -> None:
    assert bold("the old Forum met", "the new Forum met") == (["old"], ["new"])
    assert bold("the Forum", "the whole Forum") == ([], ["whole "])
    assert bold("", "new text") == ([], [])


def test_a_long_text_is_shown_around_its_first_change() -> None:
    words = "word " * 400
    found = difference(run(f"{words}old {words}", f"{words}new {words}"))
    assert found is not None
    old, new = found.parts[0].rows[0][-2:]
    assert plain(old).startswith("…") and plain(old).endswith("…") and len(plain(old)) < 310
    assert ([r.text for r in old if r.is_bold], [r.text for r in new if r.is_bold]) == (["old"], ["new"])


def test_counts_in_words() -> None:
    found = difference({"changes": {"before": "r1", "counts": {"documents_new": 1, "references_lost": 2}}})
    assert found is not None and found.counts == (("document new", 1), ("references lost", 2))


def test_nothing_to_say() -> None:
    assert difference({}) is None and difference({"changes": None}) is None
    assert difference({"changes": {"before": "r1", "counts": {}}}) is None
