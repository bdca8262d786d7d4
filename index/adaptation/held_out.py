"""How well an encoder finds the passages of held-out pairs: the check at home, before any collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.errors import InputError
from index.adaptation.pairs import Origin, Pair
from index.encoders import Encoder
from index.evaluation.significance import confidence_interval, permutation_p

DISTRACTORS = 600  # passages of training works that are ranked among the held-out ones
_RANKS = 10  # a passage below the tenth place counts as not found


@dataclass(frozen=True, slots=True)
class Gain:
    """The reciprocal rank at ten of one encoder against another's, over the same questions."""

    origin: str
    questions: int
    before: float
    after: float
    low: float  # 95 % interval of the mean difference
    high: float
    p: float


def reciprocal_ranks(
    encoder: Encoder, pairs: Sequence[Pair], distractors: Sequence[str] = ()
) -> NDArray[np.float64]:
    """1 / rank of each pair's passage among all passages, 0 below the tenth place.

    Other passages that answer the same question (its text stands in several pairs) do not push it down.

    Raises:
        InputError: no pairs.
    """
    if not pairs:
        raise InputError("No pairs are held out.", "Take a corpus with more works: one in ten is held out.")
    passages = list(dict.fromkeys([*(pair.passage for pair in pairs), *distractors]))
    places = {passage: number for number, passage in enumerate(passages)}
    answers: dict[str, set[int]] = {}
    for pair in pairs:
        answers.setdefault(pair.query, set()).add(places[pair.passage])
    questions = list(answers)
    likeness = encoder.encode_queries(questions) @ encoder.encode_passages(passages).T
    rows = {question: number for number, question in enumerate(questions)}
    found = np.zeros(len(pairs))
    for number, pair in enumerate(pairs):
        row, own = likeness[rows[pair.query]], places[pair.passage]
        others = list(answers[pair.query])
        rank = 1 + int((row > row[own]).sum()) - int((row[others] > row[own]).sum())
        found[number] = 1 / rank if rank <= _RANKS else 0.0
    return found


def gains(pairs: Sequence[Pair], before: NDArray[np.float64], after: NDArray[np.float64]) -> tuple[Gain, ...]:
    """What changed, for all pairs and for each origin that has two or more."""
    origins = Counter(pair.origin for pair in pairs)
    rows = {"all": np.ones(len(pairs), bool)}
    for origin in Origin:
        if 1 < origins[origin] < len(pairs):
            rows[origin] = np.array([pair.origin is origin for pair in pairs])
    return tuple(_gain(name, before[chosen], after[chosen]) for name, chosen in rows.items())


def _gain(origin: str, before: NDArray[np.float64], after: NDArray[np.float64]) -> Gain:
    low, high = confidence_interval(after - before)
    return Gain(
        str(origin),
        len(before),
        float(before.mean()),
        float(after.mean()),
        low,
        high,
        permutation_p(after - before),
    )
