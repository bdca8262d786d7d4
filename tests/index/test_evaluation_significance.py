"""Tests of chance, on differences few enough to count all sign changes by hand."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.errors import InputError
from index.evaluation.significance import compare, confidence_interval, permutation_p
from index.evaluation.types import Evaluation


def _evaluation(name: str, values: list[float]) -> Evaluation:
    return Evaluation(name, {"AP": {f"q{i}": value for i, value in enumerate(values)}})


def test_wins_losses_ties_and_means_are_counted() -> None:
    result = compare(_evaluation("a", [0.1, 0.5, 0.3, 0.2]), _evaluation("b", [0.3, 0.4, 0.3, 0.4]), "AP")
    assert (result.wins, result.losses, result.ties, result.queries) == (2, 1, 1, 4)
    assert result.baseline_mean == pytest.approx(0.275)
    assert result.run_mean == pytest.approx(0.35)
    assert result.difference == pytest.approx(0.075)
    assert result.low <= result.difference <= result.high


def test_the_permutation_test_counts_the_sign_changes_that_are_as_extreme() -> None:
    # Of the 2**4 signings of 1, 2, 3, 4 only "all plus" and "all minus" sum to 10 or -10.
    assert permutation_p(np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(2 / 16)
    # 1, 2, 4 with -3 sum to 4: |sum| >= 4 in 10 of the 16 signings.
    sums = [a * 1 + b * 2 + c * 3 + d * 4 for a in (1, -1) for b in (1, -1) for c in (1, -1) for d in (1, -1)]
    expected = sum(abs(s) >= 4 for s in sums) / 16
    assert permutation_p(np.array([1.0, 2.0, -3.0, 4.0])) == pytest.approx(expected)


def test_one_query_that_differs_among_many_proves_nothing() -> None:
    assert permutation_p(np.array([0.7] + [0.0] * 199)) == 1.0


def test_the_t_test_has_the_value_of_the_formula() -> None:
    # Differences 1, 2, 3: mean 2, s = 1, t = 2 * sqrt(3); two-sided p for 2 degrees of freedom in
    # closed form: 1 - t / sqrt(2 + t**2).
    result = compare(_evaluation("a", [0.0, 0.0, 0.0]), _evaluation("b", [1.0, 2.0, 3.0]), "AP")
    t = 2 * 3**0.5
    assert result.p_t == pytest.approx(1 - t / (2 + t**2) ** 0.5)


def test_equal_runs_do_not_differ() -> None:
    result = compare(_evaluation("a", [0.2, 0.7]), _evaluation("b", [0.2, 0.7]), "AP")
    assert (result.difference, result.low, result.high) == (0.0, 0.0, 0.0)
    assert (result.p_permutation, result.p_t, result.ties) == (1.0, 1.0, 2)


def test_a_clear_difference_over_many_queries_is_significant_and_noise_is_not() -> None:
    noise = np.random.default_rng(1).normal(0, 1, 400)
    assert permutation_p(noise - noise.mean()) > 0.9
    assert permutation_p(noise + 0.5) < 0.001
    low, high = confidence_interval(noise + 0.5)
    assert 0 < low < 0.5 + noise.mean() < high


def test_the_same_comparison_comes_out_the_same_twice() -> None:
    values = np.random.default_rng(2).normal(0.02, 0.2, 300)
    assert confidence_interval(values) == confidence_interval(values)
    assert permutation_p(values) == permutation_p(values)


def test_runs_over_different_queries_are_refused() -> None:
    with pytest.raises(InputError, match=r"different queries \(2 and 3, 2 in common\)"):
        compare(_evaluation("a", [0.1, 0.2]), _evaluation("b", [0.1, 0.2, 0.3]), "AP")


def test_a_single_query_cannot_be_compared() -> None:
    with pytest.raises(InputError, match="1 judged queries"):
        compare(_evaluation("a", [0.1]), _evaluation("b", [0.2]), "AP")
