"""Is the difference between two runs more than chance? Paired over queries.

Sources: Smucker, Allan and Carterette 2007 (randomisation and t-test agree, sign and rank tests do
not); Sakai 2006 (bootstrap).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from corpus.errors import InputError
from index.evaluation.types import Evaluation

RESAMPLES = 9999  # smallest p that can be seen is 1e-4
CONFIDENCE = 0.95
SEED = 20070  # any fixed number: a report must come out the same twice
BATCH = 256  # resamples at a time: bounds memory to 2,048 bytes a query
EQUAL = 1e-9  # a difference below this is a tie; measures are sums of floats


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run against a baseline in one measure. Differences are run minus baseline."""

    measure: str
    baseline: str
    run: str
    queries: int
    baseline_mean: float
    run_mean: float
    difference: float
    low: float  # confidence interval of the mean difference
    high: float
    p_permutation: float  # two-sided; 1.0 where no query differs
    p_t: float
    wins: int
    losses: int
    ties: int


def compare(baseline: Evaluation, run: Evaluation, measure: str) -> Comparison:
    """Compare two evaluations of the same queries.

    Raises:
        InputError: the runs were judged on different queries, or on fewer than two.
    """
    before, after = baseline.of(measure), run.of(measure)
    if before.keys() != after.keys():
        raise InputError(
            f"{baseline.run!r} and {run.run!r} were judged on different queries "
            f"({len(before)} and {len(after)}, {len(before.keys() & after.keys())} in common).",
            "Evaluate both with the same qrels.",
        )
    queries = sorted(before)
    if len(queries) < 2:
        raise InputError(f"There are {len(queries)} judged queries.", "A comparison needs two at least.")
    first = np.array([before[q] for q in queries], dtype=np.float64)
    second = np.array([after[q] for q in queries], dtype=np.float64)
    difference = second - first
    low, high = confidence_interval(difference)
    wins, losses = int((difference > EQUAL).sum()), int((difference < -EQUAL).sum())
    return Comparison(
        measure=measure,
        baseline=baseline.run,
        run=run.run,
        queries=len(queries),
        baseline_mean=float(first.mean()),
        run_mean=float(second.mean()),
        difference=float(difference.mean()),
        low=low,
        high=high,
        p_permutation=permutation_p(difference),
        p_t=t_p(difference),
        wins=wins,
        losses=losses,
        ties=len(queries) - wins - losses,
    )


def permutation_p(difference: NDArray[np.float64]) -> float:
    """Two-sided p of the paired randomisation test: exact where there are few queries."""
    if _constant_zero(difference):
        return 1.0
    result = stats.permutation_test(
        (difference,),
        _distance,
        permutation_type="samples",
        alternative="greater",
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=BATCH,
        rng=np.random.default_rng(SEED),
    )
    return float(result.pvalue)


def t_p(difference: NDArray[np.float64]) -> float:
    """Two-sided p of the paired t-test."""
    if np.ptp(difference) <= EQUAL:  # no spread: t is 0/0, or infinite
        return 1.0 if _constant_zero(difference) else 0.0
    return float(stats.ttest_1samp(difference, 0.0).pvalue)


def confidence_interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """Percentile bootstrap interval of the mean over queries."""
    if np.ptp(values) <= EQUAL:
        return float(values.mean()), float(values.mean())
    result = stats.bootstrap(
        (values,),
        _mean,
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=BATCH,
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(SEED),
    )
    return float(result.confidence_interval.low), float(result.confidence_interval.high)


def _mean(values: NDArray[np.float64], axis: int = -1) -> NDArray[np.float64]:
    return np.asarray(values.mean(axis=axis))


def _distance(values: NDArray[np.float64], axis: int = -1) -> NDArray[np.float64]:
    return np.abs(_mean(values, axis))


def _constant_zero(difference: NDArray[np.float64]) -> bool:
    return bool(np.all(np.abs(difference) <= EQUAL))
