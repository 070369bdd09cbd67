"""YAML becomes the data that its library makes of it, or one line that says why not."""

from __future__ import annotations

import pytest
import yaml

from extractors.lexicon.yaml_file import LexiconError, YamlFile


@pytest.mark.parametrize(
    "text",
    [
        "",
        "~",
        "a: 1",
        "1: x\ntrue: [1.5, no, 2018-01-01, '1']",
        "- [1, {x: {y: z}}]\n- t",
        "<<: {a: 1}\nb: 2",
        "a: &x 1\nb: *x",
    ],
)
def test_data_is_that_of_the_library(text: str) -> None:
    assert repr(YamlFile.parse(text, "a.yaml").data) == repr(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2", "a.yaml:2: a: key given twice"),
        ("a: &x [1]\nb: *x", "a.yaml:1: anchors and aliases are not used"),
        ("? [1]\n: 2", "found unhashable key"),
        ("a: !!python/name:os.system", "could not determine a constructor"),
        ("[" * 5000, "a.yaml:"),
    ],
)
def test_what_is_no_plain_data_is_told(text: str, problem: str) -> None:
    with pytest.raises(LexiconError, match=problem.replace("[", r"\[")):
        YamlFile.parse(text, "a.yaml")
