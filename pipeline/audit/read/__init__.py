"""A published analysis to its claims."""
