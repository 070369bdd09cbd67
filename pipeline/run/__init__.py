"""One run over a corpus: what is to be done, done in processes, published."""
