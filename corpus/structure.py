"""Running text → structure: the sentences of a text, the roles of a decision's headings."""

from __future__ import annotations

from corpus.sections import section_role
from corpus.sentences import sentences

__all__ = ["section_role", "sentences"]
