"""`python -m gcmrefs`: the command line."""

from __future__ import annotations

import gc

COLLECT_AFTER = (25_000, 10, 10)
"""How often Python looks for unused cycles: far less than it does by itself, for libraries and lexicons stay, and looking
through them again and again took a fifth of the time of a command. Processes apart do as this one."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(*COLLECT_AFTER)
    from pipeline.commands.app import main as run

    run()


if __name__ == "__main__":
    main()
