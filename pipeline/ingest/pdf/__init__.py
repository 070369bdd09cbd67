"""PDF pages to lines: characters to rows, columns, furniture, paragraphs."""
