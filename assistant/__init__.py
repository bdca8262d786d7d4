"""What to lay before the caseworker: evidence and citations, without a verdict."""
