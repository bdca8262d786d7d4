"""Results that say the same in the same words, folded into one: the same rule in an act and in its order, a
decision kept from two sources.

Nothing is lost: the first of them in rank stands for all and names the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

# Share of two texts' runs of words that both hold. Two decisions of one board with the same standing reasons,
# but facts of their own, share far less; a § that was copied with another number shares all.
ALIKE = 0.9
RUN = 4  # words: single words are shared by texts that say opposite things
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
    kept: list[Folded] = []
    runs: dict[int, frozenset[tuple[str, ...]]] = {}
    also: dict[int, list[int]] = {}
    for node, score in ranked:
        of_node = _runs(words_of(node))
        twin = _twin(of_node, runs)
        if twin is not None:
            also[twin].append(node)
            continue
        if len(kept) == top:
            break
        kept.append(Folded(node, score))
        runs[node], also[node] = of_node, []
    return [Folded(f.node, f.score, tuple(also[f.node][:MOST_NAMED])) for f in kept]


def _twin(of_node: frozenset[tuple[str, ...]], runs: Mapping[int, frozenset[tuple[str, ...]]]) -> int | None:
    """The first kept result whose words are the same."""
    for kept, others in runs.items():
        if of_node and len(of_node & others) >= ALIKE * len(of_node | others):
            return kept
    return None


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of ``RUN`` words; a shorter text is one run."""
    words = _WORD.findall(_PRINTED.sub("", text).casefold())
    if not words:
        return frozenset()
    return frozenset(tuple(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1)))
