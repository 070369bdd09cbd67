"""Libraries of the extra `exchange`: loaded when a format needs them, one clear line when they are not installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pipeline.errors import GcmrefsError


def library(name: str, form: str) -> Any:
    """Return an imported module.

    Raises GcmrefsError when it is not installed.

    >>> library("json", "skos").dumps([])
    '[]'
    """
    try:
        return import_module(name)
    except ImportError:
        package = {"cassis": "dkpro-cassis"}.get(name, name)
        raise GcmrefsError(f"{form}: {package} is not installed: pip install 'gcm-references[exchange]'") from None
