"""A Markdown page as the tests read it: its code blocks, the commands in them, its headings and its links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
HEREDOC = re.compile(r"cat > (\S+) <<'(\w+)'")
NOT_RUN = ("starts a server", "needs the network", "needs the extra", "after a change")
"""Comments that tell a reader, and the tests, that a command is only checked to be a valid one."""


@dataclass(frozen=True, slots=True)
class Command:
    """One line of a shell block; `text` is what a heredoc writes into a file."""

    line: str
    comment: str = ""
    text: str = ""

    @property
    def runs(self) -> bool:
        return not self.comment.startswith(NOT_RUN)


@dataclass(frozen=True, slots=True)
class Block:
    """A code block with what is printed below it, where a block of text follows directly."""

    kind: str
    text: str
    printed: str = ""

    @property
    def commands(self) -> list[Command]:
        return list(_commands(self.text)) if self.kind == "sh" else []


def pages() -> list[Path]:
    return sorted((ROOT / "docs").rglob("*.md"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(text: str) -> list[Block]:
    """The code blocks of a page in order.

    >>> [(b.kind, b.printed) for b in blocks("```sh\\nls\\n```\\n\\n```text\\na\\n```\\n\\nMore.\\n\\n```python\\n1\\n```\\n")]
    [('sh', 'a\\n'), ('python', '')]
    """
    found = list(FENCE.finditer(text))
    out = []
    for n, block in enumerate(found):
        after = found[n + 1] if n + 1 < len(found) else None
        follows = after is not None and after[1] == "text" and not text[block.end() : after.start()].strip()
        if block[1] != "text":
            out.append(Block(block[1], block[2], after[2] if after is not None and follows else ""))
    return out


def _commands(text: str) -> Iterator[Command]:
    lines = iter(text.splitlines())
    for line in lines:
        heredoc = HEREDOC.fullmatch(line.strip())
        if heredoc:
            body = []
            for inner in lines:
                if inner == heredoc[2]:
                    break
                body.append(inner)
            yield Command(line.strip(), text="\n".join(body) + "\n")
            continue
        shown, _, comment = line.partition(" #")
        if shown.strip() and not shown.lstrip().startswith("#"):
            yield Command(shown.strip(), comment.strip())


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, numbered where a heading comes again, as Markdown renderers make them.

    >>> sorted(anchors("# A b\\n\\n## `x.csv`\\n\\n## A b\\n"))
    ['a-b', 'a-b-1', 'xcsv']
    """
    times: Counter[str] = Counter()
    out = set()
    for heading in HEADING.findall(FENCE.sub("", text)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.replace("`", ""))
        slug = "".join(c for c in plain.strip().lower() if c.isalnum() or c in " -_").replace(" ", "-")
        out.add(f"{slug}-{times[slug]}" if times[slug] else slug)
        times[slug] += 1
    return out


def links(text: str) -> list[str]:
    """The links of a page that lead to files of ours or to headings."""
    return [link for link in LINK.findall(FENCE.sub("", text)) if not re.match(r"[a-z]+:", link)]


def agrees(shown: str, printed: str) -> bool:
    """Tell whether what a page shows is what was printed: `...` stands for anything, spaces and rules do not count.

    >>> agrees("a  b\\n...\\nd", "a b\\nc\\nc\\nd\\n"), agrees("a ... c", "a b c"), agrees("a", "b")
    (True, True, False)
    """
    pattern = ""
    for line in _lines(shown):
        if line == "...":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += ".*?".join(map(re.escape, re.split(r" ?\.\.\. ?", line))) + "\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _lines(printed))) is not None


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line and set(line) - {"─"}]
