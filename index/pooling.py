"""From the scores of passages to the scores of results: what a § or a decision is worth as a whole."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from corpus.types import Kind
from index.fusion import Scores

# What each further passage of a result counts against the one before it. A decision states the facts in one
# section and weighs them in another: what is hit twice is hit less by chance. A § counts by its best passage
# alone: long ones would win by length. docs/evaluation.md compares both.
DECAYS: Mapping[Kind, float] = {Kind.RULE: 0.0, Kind.PRECEDENT: 0.5}

Numbers = NDArray[np.int64]


def pool(scores: Scores, owners: Numbers, decay: float) -> tuple[Numbers, Scores]:
    """Each owner once, in order of number, with the decaying sum of its passages' scores.

    Args:
        scores: of each passage, 0 or more: a passage more then never lowers its owner.
        owners: the owner of each passage.

    The sum is at most 1 / (1 - decay) times the best passage, so that length alone does not win.
    """
    order = np.lexsort((-scores, owners))
    sorted_owners = owners[order]
    different, starts, counts = np.unique(sorted_owners, return_index=True, return_counts=True)
    rank = np.arange(len(order)) - np.repeat(starts, counts)
    weighted = scores[order] * np.power(float(decay), rank)
    totals = np.add.reduceat(weighted, starts) if len(starts) else np.zeros(0)
    return different, totals
