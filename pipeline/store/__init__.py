"""What is kept between runs: documents, runs, and the published folder."""
