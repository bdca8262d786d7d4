"""Adapting the embedded encoder to the law: pairs, training, a smaller vocabulary, a folder to serve."""
