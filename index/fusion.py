"""One order out of several ways to score: short pure functions over aligned arrays.

Every function takes one array of scores for each way of scoring, all over the same candidates in the
same order. ``NaN`` means that this way did not find the candidate: it then counts as little as the
worst that the way did find. ``align`` makes such arrays out of hit lists.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from corpus.errors import InputError

Key = TypeVar("Key", bound=Hashable)
Scores = NDArray[np.float64]

# Share of the cosine in a fused score of standardised candidates. On the training collection
# (aila2019-statutes-train) every weight from .1 to .5 raises AP, none significantly more than another: the
# middle of that range. docs/evaluation.md has the table, the test collections and what ten queries can tell.
DENSE_WEIGHT = 0.3
RRF_K = 60  # Cormack et al. 2009: the constant of their pilot study, flat between 10 and 100


def align(sources: Sequence[Mapping[Key, float]]) -> tuple[list[Key], list[Scores]]:
    """Candidates of all sources, each once, and one array of scores for each source."""
    keys = list(dict.fromkeys(key for source in sources for key in source))
    return keys, [np.array([source.get(key, np.nan) for key in keys], dtype=np.float64) for source in sources]


def min_max(scores: Scores) -> Scores:
    """Scores moved to 0..1 (Lee 1997, CombSUM's normalisation); 1 where all that were found are equal."""
    if np.isnan(scores).all():
        return np.zeros_like(scores)
    low, high = np.nanmin(scores), np.nanmax(scores)
    scaled = (scores - low) / (high - low) if high > low else np.ones_like(scores)
    return np.where(np.isnan(scores), 0.0, scaled)


def z_score(scores: Scores) -> Scores:
    """Standard deviations from the mean of what was found (Montague and Aslam 2001)."""
    if np.isnan(scores).all():
        return np.zeros_like(scores)
    spread = np.nanstd(scores)
    scaled = (scores - np.nanmean(scores)) / spread if spread > 0 else np.where(np.isnan(scores), np.nan, 0.0)
    return np.where(np.isnan(scores), np.nanmin(scaled), scaled)


def weighted_sum(normalised: Sequence[Scores], weights: Sequence[float]) -> Scores:
    """Sum of normalised scores, each times its weight (Fox and Shaw 1994, CombSUM with weights).

    Raises:
        InputError: not one weight, 0 or more, for each array.
    """
    if len(normalised) != len(weights) or not all(weight >= 0 for weight in weights):
        raise InputError(
            f"{len(normalised)} scores cannot be summed with the weights {list(weights)}.",
            "Give one weight of 0 or more for each.",
        )
    total = np.zeros_like(normalised[0]) if normalised else np.zeros(0)
    for scores, weight in zip(normalised, weights, strict=True):
        total = total + weight * scores
    return total


def reciprocal_rank(sources: Sequence[Scores], k: int = RRF_K) -> Scores:
    """Sum of 1 / (k + rank) over the sources that found a candidate (Cormack, Clarke, Büttcher 2009).

    Equal scores share the best of their ranks, so that no order of candidates decides.
    """
    total = np.zeros_like(sources[0]) if sources else np.zeros(0)
    for scores in sources:
        ranks = rankdata(-scores, method="min", nan_policy="omit")
        total = total + np.where(np.isnan(ranks), 0.0, 1.0 / (k + ranks))
    return total
