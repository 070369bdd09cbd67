"""References in a paragraph: exact wordings, open wordings, damaged words, short forms."""
