"""The folder `outputs/latest/`: written beside, put in place in one step, with a short history in `outputs/runs/`."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import GcmrefsError
from pipeline.files import json_text, write_text

LATEST = "latest"
HISTORY = "runs"
OWNER = "store/corpus.json"
KEPT = 5
"""Runs of which `run.json` and `references.csv` are kept, so that two can be compared."""


def clean(outputs: Path) -> None:
    """Remove what a killed run left behind; a `latest` caught between two renames is put back."""
    for previous in sorted(outputs.glob(".previous-*")):
        if not (outputs / LATEST).exists():
            previous.rename(outputs / LATEST)
        else:
            shutil.rmtree(previous, ignore_errors=True)
    for staging in outputs.glob(".staging-*"):
        shutil.rmtree(staging, ignore_errors=True)


def make_staging(outputs: Path, run_id: str) -> Path:
    """Make the empty folder in which a run writes its files before they become `latest`."""
    folder = outputs / f".staging-{run_id}"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def replace(outputs: Path, folder: Path) -> Path:
    """Make `folder` the new `outputs/latest` in one step and remove the old one; return the new place.

    Where the system can exchange two folders (Linux) there is no moment without a `latest`; elsewhere there is one
    between two renames, which `clean` repairs.
    """
    target = outputs / LATEST
    if not target.exists():
        folder.rename(target)
        return target
    if _exchange(folder, target):
        shutil.rmtree(folder, ignore_errors=True)
        return target
    previous = outputs / folder.name.replace(".staging-", ".previous-")
    target.rename(previous)
    folder.rename(target)
    shutil.rmtree(previous, ignore_errors=True)
    return target


def _exchange(one: Path, other: Path) -> bool:
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return bool(call(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def read_run(folder: Path) -> Mapping[str, Any]:
    """Return the `run.json` of a folder that a run wrote. Raises OSError, or ValueError where it is broken."""
    run: Mapping[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return run


def read(outputs: Path) -> Mapping[str, Any] | None:
    """Return `latest/run.json`, None when there is none or one of the files that it lists is gone."""
    folder = outputs / LATEST
    try:
        run = read_run(folder)
        whole = all((folder / name).is_file() for name in run["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return run if whole else None


def note_corpus(outputs: Path, corpus: Path) -> None:
    """Note of which corpus the tables in `latest` are, beside the store, for these outputs may be moved with their corpus."""
    place = outputs / OWNER
    place.parent.mkdir(parents=True, exist_ok=True)
    write_text(place, json_text({"corpus": str(corpus.resolve())}))


def noted_corpus(outputs: Path) -> Path | None:
    """Return the corpus that the tables in `latest` are of, None where none is noted."""
    try:
        return Path(json.loads((outputs / OWNER).read_text(encoding="utf-8"))["corpus"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def check_corpus(outputs: Path, corpus: Path, slugs: Collection[str]) -> None:
    """Refuse a run that would put the tables of one corpus in place of those of another.

    Another is a folder that is not the one noted. One that was moved is the same: the noted folder is gone, and documents of
    `latest` are in the new one; tables of nothing but the sample may go. Raises GcmrefsError with the ways out.
    """
    run, noted = read(outputs), noted_corpus(outputs)
    if run is None or noted is None or run.get("sample") or noted == corpus.resolve():
        return
    known = {str(document["document"]) for document in run.get("documents", ())}
    if noted.is_dir() or not known & set(slugs):
        ways = f"--corpus {noted}, other --outputs, or --replace"
        raise GcmrefsError(f"{outputs / LATEST}: tables of another corpus, {len(known)} documents: give {ways}")


def remember(outputs: Path, run_id: str, run: Mapping[str, Any], folder: Path | None) -> None:
    """Keep a run's `run.json` and, from the folder it wrote, `references.csv`; forget all but the last runs."""
    kept = outputs / HISTORY / run_id
    kept.mkdir(parents=True, exist_ok=True)
    write_text(kept / "run.json", json_text(run))
    if folder is not None and (folder / "references.csv").is_file():
        shutil.copyfile(folder / "references.csv", kept / "references.csv")
    for old in sorted(path for path in (outputs / HISTORY).iterdir() if path.is_dir())[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
