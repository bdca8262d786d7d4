"""Pooling and fusing of one query's scores, worked out by hand on five passages of three documents."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.evaluation.systems import (
    DENSE_TOGETHER,
    LEXICAL_TOGETHER,
    RRF,
    SINGLE,
    LongScores,
    QueryScores,
    best_only,
    document_fusion,
    passage_fusion,
    pooled,
    power_mean,
    together,
)

NAN = np.nan
OWNERS = np.array([0, 0, 1, 2, 2])
QUERY = QueryScores(
    passages=np.array([4.0, 1.0, 2.0, 0.0, 0.0]),
    documents=np.array([3.0, 5.0, 0.0]),
    cosines=np.array([0.80, 0.70, 0.90, NAN, 0.80]),
    owners=OWNERS,
)
# The same query as two stretches, of which one is nearest to the second document.
STRETCHED = QueryScores(
    passages=QUERY.passages,
    documents=QUERY.documents,
    cosines=QUERY.cosines,
    owners=OWNERS,
    long=LongScores(
        documents=np.array([2.0, 3.0, 0.0]),
        stretches=np.array([[1.0, 1.0], [0.0, 2.0], [0.0, 0.0]]),
        cosines=np.array([[0.80, 0.70], [0.75, 0.95], [0.80, 0.60]]),
    ),
)
LEXICAL, WHOLE, DENSE = (system.order for system in SINGLE)


def test_a_document_is_as_good_as_its_best_passage() -> None:
    np.testing.assert_array_equal(pooled(QUERY.cosines, OWNERS, 4), [0.8, 0.9, 0.8, NAN])


def test_only_the_best_candidates_are_kept_and_ties_go_to_the_first() -> None:
    np.testing.assert_array_equal(best_only(QUERY.cosines, 2), [0.8, NAN, 0.9, NAN, NAN])
    np.testing.assert_array_equal(best_only(QUERY.cosines, 9), QUERY.cosines)


def test_a_document_without_a_word_of_the_query_is_not_found_lexically() -> None:
    np.testing.assert_array_equal(LEXICAL(QUERY), [4.0, 2.0, NAN])
    np.testing.assert_array_equal(WHOLE(QUERY), [3.0, 5.0, NAN])
    np.testing.assert_array_equal(DENSE(QUERY), [0.8, 0.9, 0.8])


def test_reciprocal_ranks_add_up_over_documents() -> None:
    # lexical ranks 1, 2, none; dense ranks 2, 1, 2
    expected = [1 / 61 + 1 / 62, 1 / 62 + 1 / 61, 1 / 62]
    np.testing.assert_allclose(RRF.order(QUERY), expected)


def test_passages_are_fused_before_they_are_pooled() -> None:
    # min-max lexical: 1, .25, .5, 0, 0; cosines: .5, 0, 1, 0 (unknown), .5
    fused = passage_fusion("min-max", 0.5).order(QUERY)
    np.testing.assert_allclose(fused, [0.75, 0.75, 0.25])


def test_only_candidates_of_either_way_are_fused() -> None:
    # One each: passage 0 lexically, passage 2 by its cosine. Over these two the scores are 1, 0 and 0, 1.
    fused = passage_fusion("min-max", 0.25, candidates=1).order(QUERY)
    np.testing.assert_allclose(fused, [0.75, 0.25, NAN])


def test_documents_are_pooled_before_they_are_fused() -> None:
    # pooled lexical 4, 2, 0 → 1, .5, 0; pooled cosines .8, .9, .8 → 0, 1, 0
    np.testing.assert_allclose(document_fusion("min-max", 0.5, whole=False).order(QUERY), [0.5, 0.75, 0.0])
    # whole documents 3, 5, 0 → .6, 1, 0
    np.testing.assert_allclose(document_fusion("min-max", 0.5, whole=True).order(QUERY), [0.3, 1.0, 0.0])


def _z(values: list[float]) -> np.ndarray:
    found = np.array(values)
    return np.asarray((found - found.mean()) / found.std())


def test_a_document_counts_as_a_whole_and_by_its_best_passage() -> None:
    whole, best = _z([3, 5, 0]), _z([4, 2, 0])
    np.testing.assert_allclose(LEXICAL_TOGETHER.order(QUERY), [*(whole + best)[:2], NAN])


def test_of_a_long_query_a_document_counts_as_a_whole_and_by_what_it_has_for_the_stretches() -> None:
    # one stretch of two answered by 2 is worth a little less than both by 2, far more than both by 1
    whole, nearest = _z([2, 3, 0]), _z([1, 2 * 0.5**0.25, 0])
    np.testing.assert_allclose(LEXICAL_TOGETHER.order(STRETCHED), [*(whole + nearest)[:2], NAN])


@pytest.mark.parametrize(("power", "expected"), [(1.0, [2.0, 2.0, 0.0]), (200.0, [2.0, 4.0, 0.0])])
def test_the_power_lies_between_the_mean_of_the_stretches_and_the_best(
    power: float, expected: list[float]
) -> None:
    found = power_mean(np.array([[2.0, 2.0], [0.0, 4.0], [0.0, 0.0]]), power)
    np.testing.assert_allclose(found * 4, expected, rtol=0.01)  # scores count against the best of all


def test_no_document_has_a_word_of_any_stretch() -> None:
    np.testing.assert_array_equal(power_mean(np.zeros((2, 3))), [0.0, 0.0])


def test_a_stretch_has_a_meaning_of_its_own() -> None:
    np.testing.assert_allclose(DENSE_TOGETHER.order(QUERY), [0.8, 0.9, 0.8])
    np.testing.assert_allclose(DENSE_TOGETHER.order(STRETCHED), [0.8, 0.95, 0.8])


def test_words_and_meaning_are_weighed_over_the_documents() -> None:
    # what has no word of the query scores as little as the least that has one
    words = LEXICAL_TOGETHER.order(STRETCHED)[:2]
    words = (words - words.mean()) / words.std()
    meaning = DENSE_TOGETHER.order(STRETCHED)
    expected = 0.7 * np.array([*words, words.min()]) + 0.3 * (meaning - meaning.mean()) / meaning.std()
    np.testing.assert_allclose(together(0.3).order(STRETCHED), expected)


def test_together_without_vectors_orders_by_words_alone() -> None:
    assert STRETCHED.long is not None
    long = replace(STRETCHED.long, cosines=None)
    blind = QueryScores(QUERY.passages, QUERY.documents, np.full(5, NAN), OWNERS, long)
    found = together(0.5).order(blind)
    assert np.argsort(-found).tolist() == np.argsort(-LEXICAL_TOGETHER.order(blind)).tolist()
    assert np.isnan(found[2])


@pytest.mark.parametrize("normaliser", ["z-score", "min-max"])
def test_weight_zero_orders_like_the_lexical_index_alone(normaliser: str) -> None:
    fused = passage_fusion(normaliser, 0.0).order(QUERY)
    assert np.argsort(-fused).tolist() == [0, 1, 2]


@pytest.mark.parametrize("normaliser", ["z-score", "min-max"])
def test_without_any_vector_fusion_orders_like_the_lexical_index_alone(normaliser: str) -> None:
    blind = QueryScores(QUERY.passages, QUERY.documents, np.full(5, NAN), OWNERS)
    fused = passage_fusion(normaliser, 0.5).order(blind)
    assert fused[0] > fused[1]
    assert np.isnan(fused[2])


def test_names_tell_systems_apart() -> None:
    systems = [
        *SINGLE,
        RRF,
        LEXICAL_TOGETHER,
        DENSE_TOGETHER,
        *(together(w) for w in (0.1, 0.15, 0.2)),
        *(passage_fusion(n, w) for n in ("z-score", "min-max") for w in (0.1, 0.15, 0.2)),
        *(document_fusion("z-score", 0.1, whole=whole) for whole in (True, False)),
    ]
    assert len({system.name for system in systems}) == len(systems)
