"""How Prefect is set up: all its files inside the outputs, nothing sent out. It has to come before Prefect's first import."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.extras import has_library, missing_extra
from pipeline.log import LOGGER


def environment(outputs: Path) -> dict[str, str]:
    """Return how Prefect is set up: its files inside the outputs, nothing sent out, nothing printed; the facts of our log
    stand in its pages, too, at the run that they belong to.

    Prefect's own server reports its use to its makers, unless `PREFECT_SERVER_ANALYTICS_ENABLED` says no; its second page in the
    browser (under /v2) asks a host of theirs for its configuration even so, and its first one asks nobody: that one is shown.
    Its files go where it can write, for an installed package need not be such a place. Starting the server takes more than
    Prefect's own 20 s on a busy machine, hence 90.
    """
    return {
        "PREFECT_HOME": str((outputs / ".prefect").absolute()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_UI_STATIC_DIRECTORY": str((outputs / ".prefect" / "ui").absolute()),
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_EXTRA_LOGGERS": LOGGER.name,
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_CLI_PROMPT": "false",
        "DO_NOT_TRACK": "1",
    }


def configure(outputs: Path) -> None:
    """Set Prefect up (see `environment`), except where the caller's environment says otherwise.

    Raises GcmrefsError, and makes nothing, where Prefect is not installed.
    """
    if not has_library("prefect"):
        raise missing_extra("prefect")
    for name, value in environment(outputs).items():
        os.environ.setdefault(name, value)
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
