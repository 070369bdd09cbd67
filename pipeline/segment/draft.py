"""The list of paragraphs while it is being made: keeps order, unique ids and the notes with their paragraph."""

from __future__ import annotations

from collections import Counter

from extractors.model import Kind, Paragraph
from pipeline.segment.block import Block


class Draft:
    """Collects paragraphs in reading order; `add` returns the id given, with a `#n` suffix where an id comes again."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self._times: Counter[str] = Counter()
        self._callers: dict[str, str] = {}
        self._last = "FM"

    def add(
        self,
        paragraph: str,
        kind: Kind,
        block: Block,
        *,
        path: tuple[str, ...] = (),
        objective: int | None = None,
        suffix: str = "",
    ) -> str:
        """Appends one paragraph and returns its base id; a base id that was used before gets the suffix `#2`, `#3`."""
        paragraph = " ".join(paragraph.split())
        if not suffix:
            self._times[paragraph] += 1
            times = self._times[paragraph]
            suffix = f"#{times}" if times > 1 else ""
        self.paragraphs.append(
            Paragraph(
                order=len(self.paragraphs) + 1,
                paragraph=paragraph,
                kind=kind,
                text=block.text,
                suffix=suffix,
                heading_path=path,
                objective=objective,
                words=block.words,
                page_number=block.page,
            )
        )
        if kind not in ("furniture", "note"):
            self._last = paragraph
            for mark in block.notes:
                self._callers[mark] = paragraph
        return paragraph

    def aside(self, block: Block) -> None:
        """Appends a footnote under the paragraph that calls it, or furniture under an id of its own."""
        if block.role == "note":
            caller = self._callers.get(block.note, self._last)
            self._times[f"{caller} note"] += 1
            path = (f"footnote {block.note}",) if block.note else ()
            self.add(caller, "note", block, path=path, suffix=f"#n{self._times[f'{caller} note']}")
        else:
            self._times["furniture"] += 1
            self.add("furniture", "furniture", block, suffix=f"#{self._times['furniture']}")

    def tally(self, name: str) -> int:
        """Counts up the counter `name` and returns its new value (for `FM1`, `PP2`, `¶3` ...)."""
        self._times[f"tally {name}"] += 1
        return self._times[f"tally {name}"]

    def tally_of(self, name: str) -> int:
        """The value of the counter `name`, not counted up."""
        return self._times[f"tally {name}"]
