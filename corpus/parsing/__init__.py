"""Bytes to text, structure and offset map: one module a format."""
