"""How Prefect is set up: all its files inside the outputs, nothing sent out. It has to come before Prefect's first import."""

from __future__ import annotations

import os
from pathlib import Path


def environment(outputs: Path) -> dict[str, str]:
    """Return how Prefect is set up: its files inside the outputs, nothing sent out, nothing printed but errors.

    Starting its server takes more than Prefect's own 20 s on a busy machine, hence 90.
    """
    return {
        "PREFECT_HOME": str((outputs / ".prefect").absolute()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
        "DO_NOT_TRACK": "1",
    }


def configure(outputs: Path) -> None:
    """Set Prefect up (see `environment`), except where the caller's environment says otherwise."""
    for name, value in environment(outputs).items():
        os.environ.setdefault(name, value)
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
