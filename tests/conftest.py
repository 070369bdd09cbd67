"""Slow tests run only when asked for, so that the suite stays a matter of minutes."""

from __future__ import annotations

import os

import pytest

SWITCH = "GCMREFS_SLOW"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip tests marked `slow` unless the environment asks for them."""
    if os.environ.get(SWITCH) == "1":
        return
    skip = pytest.mark.skip(reason=f"slow: set {SWITCH}=1 to run it")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)
