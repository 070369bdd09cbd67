"""The notebooks that `gcmrefs explore` opens."""
