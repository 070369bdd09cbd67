"""The lexicon: YAML files read, checked and made ready for matching."""
