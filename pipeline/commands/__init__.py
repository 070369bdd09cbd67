"""The command line: `gcmrefs`, one module a command."""
