"""A result is worth the decaying sum of its passages."""

from __future__ import annotations

import numpy as np
import pytest

from index.pooling import pool


def test_further_passages_count_half_of_the_one_before() -> None:
    owners, totals = pool(np.array([1.0, 4.0, 2.0]), np.array([7, 7, 7]), decay=0.5)
    assert owners.tolist() == [7]
    assert totals[0] == pytest.approx(4 + 2 / 2 + 1 / 4)


def test_without_decay_the_best_passage_alone_counts() -> None:
    owners, totals = pool(np.array([3.0, 1.0, 2.0]), np.array([5, 2, 5]), decay=0.0)
    assert dict(zip(owners.tolist(), totals.tolist(), strict=True)) == {2: 1.0, 5: 3.0}


def test_a_passage_more_never_lowers_its_owner() -> None:
    chance = np.random.default_rng(5)
    scores, owners = chance.random(200), chance.integers(0, 20, 200)
    for cut in range(1, 200):
        fewer = dict(zip(*(a.tolist() for a in pool(scores[:cut], owners[:cut], 0.5)), strict=True))
        more = dict(zip(*(a.tolist() for a in pool(scores[: cut + 1], owners[: cut + 1], 0.5)), strict=True))
        assert all(more[owner] >= total for owner, total in fewer.items())


def test_many_weak_passages_stay_below_twice_the_best() -> None:
    _, totals = pool(np.full(1_000, 1.0), np.zeros(1_000, dtype=np.int64), 0.5)
    assert totals[0] <= 2.0


def test_no_passage_gives_no_result() -> None:
    owners, totals = pool(np.zeros(0), np.zeros(0, dtype=np.int64), 0.5)
    assert (len(owners), len(totals)) == (0, 0)
