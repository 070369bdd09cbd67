"""Text before matching: normalized with a map back to the printed words, and ids."""
