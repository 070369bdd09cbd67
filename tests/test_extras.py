"""The line that installs an extra is right for how this copy was installed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.extras import EXTRA_OF, install_line, line_for

ROOT = Path(__file__).parent.parent
WHEEL = {"url": "file:///tmp/gcm_references-0.1.0-py3-none-any.whl", "archive_info": {}}
CLONE = {"url": "file:///srv/gcm-references", "dir_info": {"editable": True}}


@pytest.mark.parametrize(
    ("extra", "told", "installer", "prefix", "line"),
    [
        ("review", {}, "pip", "/venv", "/venv/bin/python -m pip install 'gcm-references[review]'"),
        ("review", {}, "uv", "/venv", "uv pip install --python /venv/bin/python 'gcm-references[review]'"),
        ("ocr", {}, "pip", "/root/.local/share/pipx/venvs/x", "pipx install --force 'gcm-references[ocr]'"),
        ("ocr", {}, "uv", "/root/.local/share/uv/tools/x", "uv tool install --force 'gcm-references[ocr]'"),
        ("ocr", {}, "uv", "/root/.cache/uv/archive-v0/x", "uvx --from 'gcm-references[ocr]' gcmrefs ..."),
        ("dask", WHEEL, "pip", "/venv", f"/venv/bin/python -m pip install 'gcm-references[dask] @ {WHEEL['url']}'"),
        ("notebooks", CLONE, "pip", "/srv/gcm-references/.venv", "make setup"),
        ("ocr", CLONE, "pip", "/srv/gcm-references/.venv", "make ocr"),
        ("postgres", CLONE, "uv", "/srv/gcm-references/.venv", "make extra EXTRA=postgres"),
    ],
)
def test_line(extra: str, told: dict[str, object], installer: str, prefix: str, line: str) -> None:
    assert line_for(extra, told, installer, prefix, f"{prefix}/bin/python") == line


@pytest.mark.parametrize(
    ("prefix", "line"),
    [
        ("/root/.local/share/pipx/venvs/x", "pipx install --force 'gcm-references[charts,review,ocr]'"),
        ("/root/.local/share/uv/tools/x", "uv tool install --force 'gcm-references[charts,review,ocr]'"),
        ("/root/.cache/uv/archive-v0/x", "uvx --from 'gcm-references[charts,review,ocr]' gcmrefs ..."),
        ("/venv", "python -m pip install 'gcm-references[ocr]'"),
    ],
)
def test_what_is_there_stays(prefix: str, line: str) -> None:
    """pipx and uv make an environment anew: one extra more would take away those of before."""
    assert line_for("ocr", {}, "pip", prefix, "python", ["charts", "review"]) == line


def test_this_copy_knows_its_line() -> None:
    assert install_line("review").startswith("make ")


def test_every_extra_that_is_named_is_there() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(EXTRA_OF.values()) == set(extras) - {"all"}
    assert extras["all"] == [f"gcm-references[{','.join(name for name in extras if name != 'all')}]"]
