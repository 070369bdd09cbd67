"""What the core does without: which extra brings a library, and the line that installs it for how this copy was installed."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import GcmrefsError

NAME = "gcm-references"
_BROUGHT: Mapping[str, str] = {
    "charts": "vl_convert",
    "parquet": "pyarrow",
    "fetch": "httpx httpcore stamina protego feedparser",
    "schedule": "prefect",
    "review": "fastapi starlette uvicorn python_multipart openpyxl",
    "notebooks": "marimo altair jupytext",
    "exchange": "rdflib cassis",
    "ocr": "ocrmypdf",
    "dask": "prefect_dask",
    "postgres": "psycopg",
}
EXTRA_OF: Mapping[str, str] = {name: extra for extra, names in _BROUGHT.items() for name in names.split()}
"""The extra that brings each library that is imported only where it is needed."""
LOCKED = frozenset({"charts", "parquet", "fetch", "schedule", "review", "notebooks", "exchange"})
"""Extras that `make setup` installs."""


def has_library(library: str) -> bool:
    """Whether a library of an extra is there, without importing it."""
    return find_spec(library) is not None


def missing_extra(library: str, use: str = "") -> GcmrefsError:
    """Return the error to raise where a library of an extra is not there: what needs it, and the line that installs it."""
    told = f"{use}: " if use else ""
    return GcmrefsError(f"{told}{library} is not installed: {install_line(EXTRA_OF[library.partition('.')[0]])}")


def install_line(extra: str) -> str:
    """Return the command that adds an extra to this copy: a clone, or an install by pip, pipx or uv.

    A distribution that was installed from a file or an address names it, for no registry need have one of this name.
    """
    from importlib import metadata

    try:
        distribution = metadata.distribution(NAME)
        told = json.loads(distribution.read_text("direct_url.json") or "{}")
        installer = (distribution.read_text("INSTALLER") or "").strip()
    except (metadata.PackageNotFoundError, ValueError):
        told, installer = {}, ""
    there = [name for name, libraries in _BROUGHT.items() if all(map(has_library, libraries.split()))]
    return line_for(extra, told, installer, sys.prefix, sys.executable, there)


def line_for(
    extra: str, told: Mapping[str, object], installer: str, prefix: str, python: str, there: Iterable[str] = ()
) -> str:
    """Return the command for what an install says of itself (`told` is its `direct_url.json`).

    pipx and uv make the environment of a tool anew: their commands name the extras that are `there` as well, which would be
    gone otherwise.

    >>> line_for("review", {}, "pip", "/home/a/.local/pipx/venvs/gcm-references", "python", ["charts"])
    "pipx install --force 'gcm-references[charts,review]'"
    """
    url, parts = str(told.get("url", "")), Path(prefix).parts
    is_tool = "pipx" in parts or "uv" in parts
    names = ",".join([*there, extra] if is_tool else [extra])
    wanted = shlex.quote(f"{NAME}[{names}]" + (f" @ {url}" if url else ""))
    if told.get("dir_info"):
        if extra in LOCKED:
            return "make setup"
        return "make ocr" if extra == "ocr" else f"make extra EXTRA={extra}"
    if "pipx" in parts:
        return f"pipx install --force {wanted}"
    if "uv" in parts and "tools" in parts:
        return f"uv tool install --force {wanted}"
    if "uv" in parts:
        return f"uvx --from {wanted} gcmrefs ..."
    if installer == "uv":
        return f"uv pip install --python {shlex.quote(python)} {wanted}"
    return f"{shlex.quote(python) if os.name == 'posix' else python} -m pip install {wanted}"
