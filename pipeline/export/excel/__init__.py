"""`reference_tables.xlsx`."""
