"""Results that say the same in the same words, folded into one: the same rule in an act and in its order, a
decision kept from two sources.

Nothing is lost: the first of them in rank stands for all and names the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

# Share of two texts' runs of words that both hold. Two decisions of one board with the same standing reasons,
# but facts of their own, share far less; a § that was copied with another number shares all.
ALIKE = 0.9
RUN = 4  # words: single words are shared by texts that say opposite things
# Share of the longer text's letters that the shorter must have: below ``ALIKE``, as words differ in length.
ALIKE_LENGTH = 0.85
ALIKE_WORDS = 0.7  # the same of their different words: texts that share nine runs in ten share far more
MOST_NAMED = 5  # others that a result names

# The printed number and the sign that a text is fiction are not what it says.
_PRINTED = re.compile(r"^\s*§+\s*\d+\s*(?:[a-zæøå]\b)?\s*\.\s*")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A result and those below it with the same words, by their numbers (nodes)."""

    node: int
    score: float
    also: tuple[int, ...] = ()


def fold(ranked: Iterable[tuple[int, float]], words_of: Callable[[int], str], top: int) -> list[Folded]:
    """The first ``top`` results that say something of their own, best first.

    Args:
        ranked: results with their scores, best first.
        words_of: the text of a result; "" where it is gone, which is like nothing.
    """
    kept: list[tuple[int, float, _Words]] = []
    also: dict[int, list[int]] = {}
    for node, score in ranked:
        words = _Words(words_of(node))
        twin = next((other for other, _, theirs in kept if words.same_as(theirs)), None)
        if twin is not None:
            also[twin].append(node)
            continue
        if len(kept) == top:
            break
        kept.append((node, score, words))
        also[node] = []
    return [Folded(node, score, tuple(also[node][:MOST_NAMED])) for node, score, _ in kept]


class _Words:
    """A text to be compared: taken apart only if another has about its length, since few have."""

    def __init__(self, text: str) -> None:
        self._text = _PRINTED.sub("", text)

    def same_as(self, other: _Words) -> bool:
        """Whether both say the same in the same words."""
        shorter, longer = sorted((len(self._text), len(other._text)))
        if not shorter or shorter < ALIKE_LENGTH * longer:
            return False
        ours, theirs = self._different, other._different
        if len(ours & theirs) < ALIKE_WORDS * len(ours | theirs):
            return False
        ours, theirs = self._runs, other._runs
        return bool(ours) and len(ours & theirs) >= ALIKE * len(ours | theirs)

    @cached_property
    def _different(self) -> frozenset[str]:
        """The different words, cut at blanks alone: a look at them spares most pairs the next."""
        return frozenset(self._text.split())

    @cached_property
    def _runs(self) -> frozenset[str]:
        """Every run of ``RUN`` words; a shorter text is one run."""
        words = _WORD.findall(self._text.casefold())
        if not words:
            return frozenset()
        return frozenset(map(" ".join, zip(*(words[i:] for i in range(min(RUN, len(words)))), strict=False)))
