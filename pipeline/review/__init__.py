"""The review: what analysts decide about references, kept apart from what the machine found."""
