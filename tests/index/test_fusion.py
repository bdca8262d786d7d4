"""Fusion against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from corpus.errors import InputError
from index.fusion import align, min_max, reciprocal_rank, weighted_sum, z_score

NAN = np.nan
FINITE = arrays(np.float64, st.integers(1, 20), elements=st.integers(-1000, 1000).map(float))


def test_hit_lists_are_aligned_over_all_candidates() -> None:
    keys, (lexical, dense) = align([{"a": 3.0, "b": 1.0}, {"c": 0.9, "a": 0.8}])
    assert keys == ["a", "b", "c"]
    np.testing.assert_array_equal(lexical, [3.0, 1.0, NAN])
    np.testing.assert_array_equal(dense, [0.8, NAN, 0.9])


def test_min_max_moves_scores_to_zero_and_one() -> None:
    np.testing.assert_allclose(min_max(np.array([2.0, 6.0, 3.0])), [0.0, 1.0, 0.25])


def test_z_score_counts_standard_deviations() -> None:
    # mean 4, variance (4 + 0 + 4) / 3
    np.testing.assert_allclose(
        z_score(np.array([2.0, 4.0, 6.0])), np.array([-2.0, 0.0, 2.0]) / (8 / 3) ** 0.5
    )


def test_a_candidate_not_found_counts_as_the_worst_found() -> None:
    np.testing.assert_allclose(min_max(np.array([2.0, NAN, 6.0])), [0.0, 0.0, 1.0])
    np.testing.assert_allclose(z_score(np.array([2.0, NAN, 6.0])), [-1.0, -1.0, 1.0])


def test_a_single_hit_is_better_than_none() -> None:
    np.testing.assert_array_equal(min_max(np.array([0.3, NAN])), [1.0, 0.0])
    np.testing.assert_array_equal(z_score(np.array([0.3, NAN])), [0.0, 0.0])


def test_a_source_that_found_nothing_weighs_nothing() -> None:
    nothing = np.array([NAN, NAN])
    np.testing.assert_array_equal(min_max(nothing), [0.0, 0.0])
    np.testing.assert_array_equal(z_score(nothing), [0.0, 0.0])
    np.testing.assert_allclose(reciprocal_rank([nothing, np.array([1.0, 2.0])]), [1 / 62, 1 / 61])


def test_the_weighted_sum_weighs() -> None:
    fused = weighted_sum([np.array([1.0, 0.0]), np.array([0.5, 1.0])], [0.75, 0.25])
    np.testing.assert_allclose(fused, [0.875, 0.25])


def test_reciprocal_rank_adds_over_the_sources_that_found_a_candidate() -> None:
    fused = reciprocal_rank([np.array([9.0, 8.0, NAN]), np.array([0.1, 0.7, 0.4])])
    np.testing.assert_allclose(fused, [1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 62])


def test_equal_scores_share_the_best_rank() -> None:
    np.testing.assert_allclose(reciprocal_rank([np.array([1.0, 2.0, 2.0])], k=0), [1 / 3, 1.0, 1.0])


def test_nothing_fused_is_nothing() -> None:
    keys, sources = align([{}, {}])
    assert keys == []
    assert weighted_sum([min_max(s) for s in sources], [0.5, 0.5]).size == 0
    assert weighted_sum([z_score(s) for s in sources], [0.5, 0.5]).size == 0
    assert reciprocal_rank(sources).size == 0


@pytest.mark.parametrize("weights", [[1.0], [1.0, 1.0, 1.0], [1.0, -0.1], [1.0, NAN]])
def test_weights_that_do_not_fit_are_refused(weights: list[float]) -> None:
    with pytest.raises(InputError, match="one weight of 0 or more"):
        weighted_sum([np.array([1.0]), np.array([2.0])], weights)


@given(FINITE)
def test_normalising_keeps_the_order(scores: np.ndarray) -> None:
    for normalise in (min_max, z_score):
        np.testing.assert_array_equal(
            np.argsort(normalise(scores), kind="stable"), np.argsort(scores, kind="stable")
        )


@given(FINITE, st.integers(1, 50), st.integers(-500, 500))
def test_normalising_forgets_scale_and_offset(scores: np.ndarray, scale: int, offset: int) -> None:
    for normalise in (min_max, z_score):
        np.testing.assert_allclose(normalise(scale * scores + offset), normalise(scores), atol=1e-6)


@given(FINITE)
def test_reciprocal_rank_sees_ranks_only(scores: np.ndarray) -> None:
    np.testing.assert_array_equal(reciprocal_rank([scores]), reciprocal_rank([scores**3]))
