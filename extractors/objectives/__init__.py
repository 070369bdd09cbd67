"""Which objectives, principles and themes a paragraph names or is about."""
