"""Pages of HTML that need no network: templates that escape what stands in them, and what their security policy allows."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.translation.templates import mark_messages


def html_templates(folder: Path, finalize: Callable[[object], object] | None = None) -> Environment:
    """Return the templates of a folder: everything in them is escaped, an unknown name is an error; `finalize` sees every
    value before it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )
    mark_messages(environment, finalize or str)
    return environment


def policy_hash(text: str) -> str:
    """Return what a content security policy allows a script or style of this text by.

    >>> policy_hash("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
