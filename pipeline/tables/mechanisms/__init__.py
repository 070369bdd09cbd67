"""What the documents of the mechanisms say: positions, what they take up, profile, partners, areas of focus."""
