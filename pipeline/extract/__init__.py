"""From the bytes of one document to its paragraphs, references and objectives."""
