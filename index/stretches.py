"""A long query as stretches: runs of whole sentences that are each about one thing.

A case of five hundred words tells of many things, and a rule answers to one of them. Scored as a whole, the
words of all the others speak for rules that hold a little of everything. The best of its stretches says how
near a passage comes to the one thing that it could be about.
"""

from __future__ import annotations

import re

# Words from which a stretch is full. On the AILA statutes (train) every length from 15 to 120 raised AP
# of words alone, from .133 to between .144 and .155: the middle, about two sentences of a court.
STRETCH = 60
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+|\n+")


def stretches(text: str, words: int = STRETCH) -> list[str]:
    """``text`` in order as runs of whole sentences, each of ``words`` words or a little more.

    What is left at the end stays a stretch of its own. A text of one stretch comes back as it is.
    """
    found: list[list[str]] = [[]]
    for sentence in _SENTENCE_END.split(text):
        if len(found[-1]) >= words:
            found.append([])
        found[-1].extend(sentence.split())
    return [" ".join(stretch) for stretch in found] if len(found) > 1 else [text]
