import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.export.page.passages import QuoteTexts, cut
from pipeline.extract import quote
from pipeline.extract.quote import Run, Runs


def passages(*texts: str, paragraph: str = "9") -> QuoteTexts:
    rows = [("a", f"{paragraph}#{n}" if n > 1 else paragraph, text) for n, text in enumerate(texts, 1)]
    return QuoteTexts.of(pd.DataFrame(rows, columns=["document", "paragraph", "text"]))


TEXT = "We met. We also thank the Forum, launched in 2007, and all cities. We will meet again."


def quoted(text: str, *wordings: str, limit: int = 320) -> Runs:
    return quote.runs(text, [span for wording in wordings for span in quote.occurrences(text, wording)], limit)


@pytest.mark.parametrize(
    ("wordings", "limit"), [(["Forum"], 45), (["We"], 400), (["met", "again"], 20), (["Forum", "cities"], 60)]
)
def test_a_quote_is_found_and_put_together_again(wordings: list[str], limit: int) -> None:
    known, runs = passages(TEXT), quoted(TEXT, *wordings, limit=limit)
    found = known.find("a", "9", runs)
    assert found is not None
    assert cut(TEXT, found.kept, found.is_dotted) == quote.plain(runs)
    assert [TEXT[start:end] for start, end in found.marks] == [run.text for run in runs if run.is_bold]


def test_the_whole_paragraph_has_the_same_words_marked() -> None:
    known, runs = passages(TEXT), quoted(TEXT, "Forum", limit=45)
    found = known.find("a", "9", runs)
    assert found is not None
    whole = known.whole(found)
    assert quote.plain(whole) == TEXT and [run.text for run in whole if run.is_bold] == ["Forum"]
    all_of_it = known.find("a", "9", quoted(TEXT, "Forum"))
    assert all_of_it is not None
    longer = known.whole(all_of_it)
    assert longer == () if all_of_it.kept == ((0, len(TEXT)),) else quote.plain(longer) == TEXT


@pytest.mark.parametrize(
    ("document", "paragraph", "text"),
    [("b", "9", "We met."), ("a", "10", "We met."), ("a", "9", "We never met."), ("a", "9", "")],
)
def test_what_is_not_in_the_paragraph_is_not_found(document: str, paragraph: str, text: str) -> None:
    assert passages(TEXT).find(document, paragraph, (Run(text, False),)) is None


def test_texts_are_kept_once_and_lists_of_paragraphs_are_looked_through() -> None:
    known = passages("One Forum.", "Another Forum.")
    for paragraph in ("9", "8; 9#2", "9#2"):
        assert known.find("a", paragraph, quoted("Another Forum.", "Forum")) is not None
    assert known.texts == ["Another Forum."]


def test_letters_that_a_browser_counts_twice_are_left_to_plain_text() -> None:
    assert passages("The \U0001f30d Forum.").find("a", "9", quoted("The \U0001f30d Forum.", "Forum")) is None


@given(st.text("ab .,\n;«»…", min_size=3, max_size=200), st.data())
def test_any_quote_comes_back_as_it_was(text: str, data: st.DataObject) -> None:
    text = text.strip()
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    span = (start, data.draw(st.integers(start + 1, len(text))))
    runs = quote.runs(text, [span], data.draw(st.integers(5, 80)))
    found = passages(text).find("a", "9", runs)
    assume(found is not None)
    assert found is not None
    assert cut(text, found.kept, found.is_dotted) == quote.plain(runs)
    assert [text[a:b] for a, b in found.marks] == [run.text for run in runs if run.is_bold]
