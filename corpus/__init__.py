"""What the law says: bytes from a source to text, structure and identity, kept in one store."""
