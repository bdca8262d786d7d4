"""From the words in which people tell of their lives to the words of the law."""
