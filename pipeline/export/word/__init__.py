"""The Word files: `reference_tables.docx` (cross_tables) and one file a work in `word/` (work)."""
