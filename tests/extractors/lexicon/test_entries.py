"""Lexicon files: what they may hold, and errors that name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.lexicon.entries import load_lexicon, schema
from extractors.lexicon.words import expand, untag
from extractors.lexicon.yaml_file import LexiconError

GOOD = """\
group: iscm
entries:
  - id: river-forum
    label: River Forum
    category: iscm.named
    section: References to ISCMs
    variants:
      en: [River Forum]
"""
BROKEN = {
    "unknown key": (GOOD + "    colour: blue\n", ":9:", "colour"),
    "unknown key in a variant": (GOOD.replace("[River Forum]", "[{text: River Forum, colour: blue}]"), ":8:", "colour"),
    "unknown key of the file": (GOOD + "extra: 1\n", ":9:", "extra"),
    "missing field": (GOOD.replace("    label: River Forum\n", ""), ":3:", "label"),
    "bad id": (GOOD.replace("river-forum", "River Forum!"), ":3:", "id"),
    "bad category": (GOOD.replace("iscm.named", "named"), ":5:", "category"),
    "unknown section": (GOOD.replace("References to ISCMs", "Rivers"), ":6:", "section"),
    "no language": (GOOD.replace("      en:", "      english:"), ":8:", "english"),
    "not YAML": (GOOD.replace("[River Forum]", "[River Forum"), ":", "not valid YAML"),
    "a list": ("- River Forum\n", ":1:", "group"),
    "no entries": ("group: iscm\n", ":", "entries"),
    "empty file": ("", ":1:", "group"),
    "id used twice": (GOOD + GOOD.split("entries:\n")[1], ":9:", "used twice"),
}


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "names.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", BROKEN)
def test_errors_name_file_and_line(name: str, tmp_path: Path) -> None:
    text, place, what = BROKEN[name]
    with pytest.raises(LexiconError) as caught:
        load_lexicon(folder(tmp_path, text))
    message = str(caught.value)
    assert message.startswith(f"names.yaml{place}") and what in message and "\n" not in message


def test_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no lexicon files"):
        load_lexicon(tmp_path)


def test_good_file(tmp_path: Path) -> None:
    lexicon = load_lexicon(folder(tmp_path, GOOD))
    assert [entry.label for entry in lexicon.entries] == ["River Forum"]
    assert next(one for one in lexicon.entries if one.id == "river-forum").variants["en"][0].text == "River Forum"


def test_version_changes_with_the_text(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    versions = {
        load_lexicon(folder(first, GOOD)).version,
        load_lexicon(folder(second, GOOD + "# one more line\n")).version,
    }
    assert len(versions) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("forum", ["forum"]),
        ("forum{,s}", ["forum", "forums"]),
        ("{a,b} forum{,s}", ["a forum", "a forums", "b forum", "b forums"]),
        ("{,sub}regional", ["regional", "subregional"]),
        ("a {,big }river", ["a river", "a big river"]),
    ],
)
def test_expand(text: str, expected: list[str]) -> None:
    assert list(expand(text)) == expected


@pytest.mark.parametrize(
    ("example", "text", "spans"),
    [
        ("with [[civil society]].", "with civil society.", ((5, 18),)),
        ("[[a]] and [[b]]", "a and b", ((0, 1), (6, 7))),
        ("nothing", "nothing", ()),
        ("[1] [[a]]", "[1] a", ((4, 5),)),
    ],
)
def test_untag(example: str, text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert untag(example) == (text, spans)


def test_schema_knows_every_key() -> None:
    entry = schema()["$defs"]["Entry"]
    assert {"id", "label", "category", "section", "variants", "negatives", "examples"} <= set(entry["properties"])
    assert entry["additionalProperties"] is False
