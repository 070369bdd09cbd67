"""Measurements of the project beside what it is built on: `python -m benchmarks`."""
