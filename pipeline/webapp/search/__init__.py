"""Full-text search over all paragraphs."""
