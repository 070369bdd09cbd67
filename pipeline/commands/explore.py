"""The command `gcmrefs explore`: a notebook over the results, on this computer only."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import Outputs, leave, settings_of
from pipeline.errors import GcmrefsError
from pipeline.extras import missing_extra

HOST = "127.0.0.1"
Port = Annotated[int | None, typer.Option("--port", min=1024, max=65535, help="Default: the first free one from 2718.")]


def open_notebook(
    notebook: Annotated[
        str, typer.Argument(metavar="NOTEBOOK", help="explore, first_look, or a marimo file of your own.")
    ] = "explore",
    edit: Annotated[bool, typer.Option("--edit", help="Change the notebook, not only use it.")] = False,
    port: Port = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    outputs: Outputs = None,
) -> None:
    """Open the results in a notebook: filters, keyword in context, charts, and pandas. Only this computer can reach it.

    The printed address holds a token that the notebook asks for, because a notebook runs code. Ctrl+C ends it.
    """
    path = find_notebook(notebook)
    if find_spec("marimo") is None:
        raise missing_extra("marimo", "explore")
    if port is not None and not _free(port):
        raise GcmrefsError(f"--port {port}: in use: give another one")
    settings = settings_of(None, outputs)
    words = arguments(path, is_editable=edit, port=port, has_browser=not no_browser)
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(words[0], words, environment(settings.outputs))
    else:
        leave(subprocess.call(words, env=environment(settings.outputs)))


def arguments(path: Path, *, is_editable: bool, port: int | None, has_browser: bool) -> list[str]:
    """Return the command that serves a notebook on the loopback address, behind a token, without update checks."""
    words = [
        sys.executable,
        "-m",
        "marimo",
        "--yes",
        "edit" if is_editable else "run",
        str(path),
        "--host",
        HOST,
        "--token",
    ]
    words += ["--no-sandbox", "--skip-update-check"] if is_editable else ["--no-sandbox"]
    words += [] if has_browser else ["--headless"]
    return words + ([] if port is None else ["--port", str(port)])


def environment(outputs: Path) -> dict[str, str]:
    """Return the environment of the notebook: the results as an absolute path, no update check, no trace exporter.

    Without PYTHONHASHSEED, because marimo makes the token of `run` with Python's secret hash seed.
    """
    fixed = {"GCMREFS_OUTPUTS": str(outputs.absolute()), "MARIMO_SKIP_UPDATE_CHECK": "1", "MARIMO_TRACING": "false"}
    return {name: value for name, value in os.environ.items() if name != "PYTHONHASHSEED"} | fixed


def find_notebook(notebook: str) -> Path:
    """Return the file of a notebook: a path, or the name of one that comes with the project. GcmrefsError for neither."""
    own = {path.stem: path for path in sorted(folder().glob("*.py"))}
    if notebook in own:
        return own[notebook]
    path = Path(notebook)
    if path.suffix == ".py" and path.is_file():
        return path.absolute()
    known = ", ".join(own) or f"none, because {folder()} is not there: use a copy of the sources"
    raise GcmrefsError(f"{notebook}: no such notebook: give a file or one of these: {known}")


def folder() -> Path:
    """The notebooks that come with the project."""
    return Path(__file__).resolve().parent.parent / "explore" / "notebooks"


def _free(port: int) -> bool:
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
