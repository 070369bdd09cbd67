"""Pictures of pages with the matched words marked, drawn in a confined process."""
