"""Which versions of this project and of the libraries that shape its results are at work."""

from __future__ import annotations

import platform
from importlib import metadata

LIBRARIES: tuple[str, ...] = ("spacy", "pdfplumber", "rapidfuzz", "pandas", "sqlalchemy", "python-docx", "xlsxwriter")
"""Libraries named in `run.json`: another version of one of them may change a table."""


def version(package: str = "gcm-references") -> str:
    """Return the installed version of a package, "" when it is not installed.

    >>> version("no-such-package")
    ''
    """
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def libraries() -> dict[str, str]:
    """Return the versions of Python and of every library that shapes the results, by name."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}
