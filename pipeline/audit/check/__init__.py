"""Claims held against the text they are about."""
