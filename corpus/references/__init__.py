"""References: pointers to the law and to decisions, found in legal text."""

from corpus.references.find import aliases, find
from corpus.references.names import ActNames, ActTitle
from corpus.references.types import ActMention, Cited, MentionKind, Reference, Target, Unit, complete

__all__ = [
    "ActMention",
    "ActNames",
    "ActTitle",
    "Cited",
    "MentionKind",
    "Reference",
    "Target",
    "Unit",
    "aliases",
    "complete",
    "find",
]
