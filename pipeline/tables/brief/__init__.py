"""The brief of one document: what it says, what is new in it, whom it names, and where each line stands."""
