"""Which versions of this project and of the libraries that shape its results are at work."""

from __future__ import annotations

import hashlib
import platform
from functools import lru_cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

LIBRARIES: tuple[str, ...] = ("spacy", "pdfplumber", "rapidfuzz", "pandas", "sqlalchemy", "python-docx", "xlsxwriter")
"""Libraries named in `run.json`: another version of one of them may change a table."""


def read_version(package: str = "gcm-references") -> str:
    """Return the installed version of a package, "" when it is not installed.

    >>> read_version("no-such-package")
    ''
    """
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def libraries() -> dict[str, str]:
    """Return the versions of Python and of every library that shapes the results, by name."""
    return {"python": platform.python_version(), **{name: read_version(name) for name in LIBRARIES}}


PACKAGES: tuple[str, ...] = ("extractors", "lexicons", "pipeline")
"""Packages whose files, code and data alike, decide what the tables hold."""


def build() -> str:
    """Return 16 hexadecimal digits that stand for every installed file of this project and the libraries' versions.

    Two equal builds give the same tables for the same documents, so that work can be told to be done already without
    loading anything.
    """
    return code(PACKAGES, LIBRARIES)


@lru_cache(maxsize=8)
def code(places: tuple[str, ...], used: tuple[str, ...] = ()) -> str:
    """Return 16 hexadecimal digits that change with any file of these places, or another version of a library they use.

    A place is a package, a folder or a file of this project, as `pipeline/ingest` or `extractors/model.py`; one that is
    not there counts as empty. A run skips work that was done with the same code, and no number kept by hand has to say
    that the code changed. Files are read once a process (some milliseconds).

    >>> code(("pipeline/cell.py",)) == code(("pipeline/files.py",))
    False
    """
    versions = [("python", platform.python_version()), *((name, read_version(name)) for name in sorted(used))]
    digest = hashlib.sha256(repr(versions).encode("utf-8"))
    for place in places:
        package, _, inner = place.partition("/")
        spec = find_spec(package)
        for root in map(Path, sorted(spec.submodule_search_locations or []) if spec else []):
            for path in [root / inner] if (root / inner).is_file() else sorted((root / inner).rglob("*")):
                if "__pycache__" not in path.parts and path.is_file():
                    name = f"{package}/{path.relative_to(root).as_posix()}"
                    digest.update(name.encode("utf-8") + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
