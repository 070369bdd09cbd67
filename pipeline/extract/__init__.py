"""From the bytes of one document to its rows; what finds things in a paragraph is in `extractors`."""
