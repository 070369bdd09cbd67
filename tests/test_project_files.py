"""The project's own files agree with each other: one version, and templates that their host can read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from pipeline.commands.app import app

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TEMPLATES = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


def test_the_version_is_written_in_one_place() -> None:
    assert CliRunner().invoke(app, ["--version"]).output.strip() == PROJECT["version"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == PROJECT["version"], "CITATION.cff follows pyproject.toml"
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[:2] == ["Unreleased", PROJECT["version"]]


def test_the_licence_is_that_of_the_package() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith(f"{PROJECT['license']} License")
    assert PROJECT["authors"][0]["name"] in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_an_issue_form_has_what_its_host_needs(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    if path.name == "config.yml":
        assert isinstance(form["blank_issues_enabled"], bool)
        return
    assert {"name", "description", "body"} <= set(form)
    ids = [part["id"] for part in form["body"]]
    assert len(ids) == len(set(ids))
    assert all(
        part["type"] in {"textarea", "input", "dropdown"} and part["attributes"]["label"] for part in form["body"]
    )


def test_the_workflow_names_what_is_there() -> None:
    """Three systems, every supported Python, and only targets, files and commands of this project."""
    flow = yaml.safe_load((ROOT / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8"))
    matrix = flow["jobs"]["test"]["strategy"]["matrix"]
    assert [name.partition("-")[0] for name in matrix["os"]] == ["ubuntu", "macos", "windows"]
    assert f">={matrix['python'][0]}" == PROJECT["requires-python"]
    steps = [step for job in flow["jobs"].values() for step in job["steps"]]
    assert all(len({"uses", "run"} & set(step)) == 1 for step in steps)
    lines = [line.strip() for step in steps for line in step.get("run", "").splitlines()]
    targets = {word for line in lines if line.startswith("make ") for word in line.split()[1:]}
    assert targets == {"lint", "docs", "setup", "site"}
    assert all(re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE) for target in targets)
    commands = {match[1] for line in lines if (match := re.search(r"gcmrefs (\w+)", line))}
    assert {command.name or command.callback.__name__ for command in app.registered_commands} >= commands
