"""What a source weighs before a word of the case is read: authority, standing, time."""

from __future__ import annotations

import datetime as dt

from corpus.types import DocumentType, Kind
from index.table import IndexedDocument

# Of the score of a decision that was set aside or issued anew: enough to stand below its own new edition,
# whose words are the same, and too little to hide it.
SET_ASIDE_SHARE = 0.9
# Of the score of a rule below the acts: an order repeats its act's words nearer to the case, yet the act is
# the basis to decide on. Small, so that words decide first; see docs/evaluation.md.
ORDER_SHARE = 0.8
GUIDANCE_SHARE = 0.7  # circulars, guidance and what has no known rank
_ACTS = frozenset({DocumentType.ACT, DocumentType.CONSOLIDATED_ACT})


def standing(document: IndexedDocument, day: dt.date) -> float:
    """What a source weighs: acts before orders before guidance, decisions that stand before others."""
    if document.kind is Kind.PRECEDENT:
        return SET_ASIDE_SHARE if in_force(document, day) is False else 1.0
    if document.type is DocumentType.ORDER:
        return ORDER_SHARE
    return 1.0 if document.type in _ACTS else GUIDANCE_SHARE


def in_force(document: IndexedDocument, day: dt.date) -> bool | None:
    """Whether the document is the version in force on ``day``; ``None`` where no date tells."""
    if document.historic:
        return False
    if document.valid_from is None and document.valid_until is None:
        return None
    start, end = day_of(document.valid_from), day_of(document.valid_until)
    if document.kind is Kind.PRECEDENT:
        return end is None or day < end
    return (start is None or start <= day) and (end is None or day < end)


def day_of(text: str | None) -> dt.date | None:
    """A day as the table holds it."""
    return dt.date.fromisoformat(text) if text else None
