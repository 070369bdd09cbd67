"""Line numbers in the margin of drafts: every line or every fifth, through the text or anew on each page; they say nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.line import Line
from pipeline.ingest.piece import moved

_LEFT = re.compile(r"\s*(\d{1,4})(?=\s|\Z)")
_RIGHT = re.compile(r"(?<!\s)\s{3,}(\d{1,4})\s*\Z")
_EVERY_LINE, _EVERY_FIFTH = 8, 3
"""Numbers in one run from which they can be line numbers."""
_SENTENCE_END = frozenset(".;:!?…؟؛")


def margin_numbers(texts: Sequence[str]) -> dict[int, tuple[int, int]]:
    """The line numbers of a text: the place of each line that has one, with start and end of the number in it.

    Numbers of every line are told from those of paragraphs by lines that go on with a sentence; those of every fifth by
    the lines between them.

    >>> margin_numbers(["We the", "States", "met in", "the city", "5 of the", "river", "and ate", "there", "and", "10 left",
    ...                 "to go", "home", "and", "rest", "15 a lot"])
    {4: (0, 1), 9: (0, 2), 14: (0, 2)}
    """
    for side in (_LEFT.match, _RIGHT.search):
        numbers = [(at, found) for at, text in enumerate(texts) if (found := side(text))]
        places = _every_line(numbers, texts) or _every_fifth(numbers)
        if places:
            return {at: found.span(1) for at, found in numbers if at in places}
    return {}


def _every_line(numbers: Sequence[tuple[int, re.Match[str]]], texts: Sequence[str]) -> set[int]:
    runs = [run for run in _runs(numbers, step=1, least=1, most=3) if len(run) * 4 >= (run[-1] - run[0] + 1) * 3]
    places = {at for run in runs for at in run}
    inside = sum(_goes_on(texts[at - 1], texts[at]) for at in places if at)
    return places if max(map(len, runs), default=0) >= _EVERY_LINE and inside * 4 >= len(places) else set()


def _every_fifth(numbers: Sequence[tuple[int, re.Match[str]]]) -> set[int]:
    fifth = [(at, found) for at, found in numbers if int(found[1]) % 5 == 0]
    runs = _runs(fifth, step=5, least=2, most=7)
    places = {at for run in runs for at in run}
    is_sparse = len(numbers) <= 2 * len(places)
    # two are enough where they stand on the fifth and the tenth line
    is_run = max(map(len, runs), default=0) >= _EVERY_FIFTH or runs[:1] == [[4, 9]]
    return places if is_sparse and is_run else set()


def _runs(numbers: Sequence[tuple[int, re.Match[str]]], *, step: int, least: int, most: int) -> list[list[int]]:
    """Runs of lines whose numbers go up by `step` with `least` to `most` lines from one to the next."""
    runs: list[list[int]] = []
    value = place = 0
    for at, found in numbers:
        number = int(found[1])
        if runs and number == value + step and least <= at - place <= most:
            runs[-1].append(at)
        elif number == step:
            runs.append([at])
        else:
            continue
        value, place = number, at
    return runs


def _goes_on(before: str, text: str) -> bool:
    """Whether a line goes on with the sentence of the one before it, numbers aside."""
    first = next((c for c in text if c.isalpha()), "")
    if first.lower() != first.upper():
        return first.islower()
    return bool(first) and before.rstrip()[-1:] not in _SENTENCE_END


def without_line_numbers(lines: Sequence[Line]) -> list[Line]:
    """The printed lines of a document without numbers in their margin; a line that is nothing else is left out."""
    body = [at for at, line in enumerate(lines) if line.role == "body"]
    found = margin_numbers([lines[at].text for at in body])
    out = list(lines)
    for index, (_, end) in found.items():
        line = lines[body[index]]
        text = line.text[end:].lstrip()
        shift = len(line.text) - len(text)
        words = tuple(w._replace(start=w.start - shift, end=w.end - shift) for w in line.words if w.start >= shift)
        out[body[index]] = replace(line, text=text, words=words, bold_spans=moved(line.bold_spans, -shift))
    return [line for line in out if line.text or line.mark or line.role != "body"]
