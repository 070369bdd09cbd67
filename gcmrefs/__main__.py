"""`python -m gcmrefs`: the command line."""

from pipeline.commands.app import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
