"""The pages of the review, one module a page."""
