"""Prefect flows: thin wrappers over the pipeline's functions; the only package that imports Prefect."""
