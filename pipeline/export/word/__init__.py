"""`reference_tables.docx`."""
