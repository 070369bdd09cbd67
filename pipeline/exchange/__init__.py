"""Exchange formats: what a run found, for other people's tools; one module a format, each reads back what it writes."""
