"""Plain text and Markdown to lines."""
