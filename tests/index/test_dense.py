"""Search by vectors: exact where that is quick, nearly exact above, always within the filter."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import dense
from index.dense import DenseIndex
from index.errors import IndexCorruptError, IndexMismatchError

DIMENSION = 32
COUNT = 3000


def clustered(count: int, seed: int = 7) -> NDArray[np.float32]:
    """Vectors of length 1 around 60 centres that share a direction, as sentence encoders give them."""
    fixed, random = np.random.default_rng(0), np.random.default_rng(seed)
    centres = fixed.standard_normal((60, DIMENSION)) + 2 * fixed.standard_normal(DIMENSION)
    rows = centres[random.integers(0, 60, count)] + 0.7 * random.standard_normal((count, DIMENSION))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def rows() -> NDArray[np.float32]:
    return clustered(COUNT)


@pytest.fixture(scope="module")
def queries() -> NDArray[np.float32]:
    return clustered(40, seed=8)


@pytest.fixture
def index(rows: NDArray[np.float32]) -> DenseIndex:
    built = DenseIndex(DIMENSION)
    built.add(np.arange(COUNT), rows)
    return built


@pytest.fixture
def coded(index: DenseIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DenseIndex:
    """An index over the size up to which all vectors are compared."""
    monkeypatch.setattr(dense, "EXACT_UP_TO", 500)
    monkeypatch.setattr(dense, "MIN_CANDIDATES", 100)
    index.save(tmp_path / "coded")
    loaded = DenseIndex.load(tmp_path / "coded")
    assert loaded._codes is not None
    return loaded


def best(
    rows: NDArray[np.float32], query: NDArray[np.float32], k: int, keep: NDArray[np.bool_] | None = None
) -> list[int]:
    """The ids of the nearest rows by comparing all."""
    scores = rows @ query
    if keep is not None:
        scores = np.where(keep, scores, -np.inf)
    return [int(i) for i in np.argsort(-scores)[:k]]


def recall(found: NDArray[np.int64], expected: list[list[int]]) -> float:
    return float(np.mean([len({*a.tolist()} & {*b}) / len(b) for a, b in zip(found, expected, strict=True)]))


def test_the_nearest_passages_come_best_first_with_their_cosine(
    index: DenseIndex, rows: NDArray[np.float32], queries: NDArray[np.float32]
) -> None:
    ids, scores = index.search(queries[0], 10)
    assert ids.tolist() == best(rows, queries[0], 10)
    np.testing.assert_allclose(scores, rows[ids] @ queries[0], atol=1e-5)
    assert (np.diff(scores) <= 0).all()


def test_several_queries_give_one_row_each(index: DenseIndex, queries: NDArray[np.float32]) -> None:
    ids, scores = index.search(queries, 5)
    assert ids.shape == scores.shape == (len(queries), 5)
    np.testing.assert_array_equal(ids[3], index.search(queries[3], 5)[0])


def test_more_than_there_is_gives_all(queries: NDArray[np.float32], rows: NDArray[np.float32]) -> None:
    small = DenseIndex(DIMENSION)
    small.add(np.arange(4), rows[:4])
    assert sorted(small.search(queries[0], 100)[0].tolist()) == [0, 1, 2, 3]


@pytest.mark.parametrize("k", [0, -1, 5])
def test_an_empty_index_finds_nothing(k: int, queries: NDArray[np.float32]) -> None:
    ids, scores = DenseIndex(DIMENSION).search(queries[0], k)
    assert len(ids) == len(scores) == 0


def test_no_queries_give_no_rows(index: DenseIndex, queries: NDArray[np.float32]) -> None:
    assert index.search(queries[:0], 5)[0].shape == (0, 5)


@pytest.mark.parametrize("share", [0.003, 0.1, 0.6, 1.0])
def test_only_kept_passages_are_found_and_exactly_the_nearest_of_them(
    share: float, index: DenseIndex, rows: NDArray[np.float32], queries: NDArray[np.float32]
) -> None:
    keep = np.random.default_rng(1).random(COUNT) < share
    for query in queries[:10]:
        hits = min(10, int(keep.sum()))
        assert index.search(query, 10, keep)[0].tolist() == best(rows, query, hits, keep)


def test_a_filter_that_keeps_nothing_finds_nothing(index: DenseIndex, queries: NDArray[np.float32]) -> None:
    assert index.search(queries[0], 10, np.zeros(COUNT, np.bool_))[0].shape == (0,)


def test_a_filter_that_ends_early_keeps_nothing_beyond_its_end(
    index: DenseIndex, rows: NDArray[np.float32], queries: NDArray[np.float32]
) -> None:
    short = np.ones(100, np.bool_)
    assert index.search(queries[0], 10, short)[0].tolist() == best(rows[:100], queries[0], 10)


def test_passages_may_get_their_vectors_in_any_order_and_some_none(
    rows: NDArray[np.float32], queries: NDArray[np.float32]
) -> None:
    index = DenseIndex(DIMENSION)
    index.add(np.array([7, 2]), rows[:2])
    index.add(np.array([40]), rows[2:3])
    expected = np.array([7, 2, 40])[np.argsort(-(rows[:3] @ queries[0]))]
    assert index.search(queries[0], 5)[0].tolist() == expected.tolist()
    keep = np.zeros(50, np.bool_)
    keep[[2, 3]] = True
    assert index.search(queries[0], 5, keep)[0].tolist() == [2]
    assert len(index) == 3


def test_vectors_come_back_as_given_and_nan_where_there_is_none(rows: NDArray[np.float32]) -> None:
    index = DenseIndex(DIMENSION)
    index.add(np.array([5, 1]), rows[:2])
    back = index.vectors(np.array([1, 3, 5, 99, -1]))
    np.testing.assert_array_equal(back[[0, 2]], rows[[1, 0]])
    assert np.isnan(back[[1, 3, 4]]).all()


def test_a_missing_vector_has_no_likeness_rather_than_none_at_all(rows: NDArray[np.float32]) -> None:
    index = DenseIndex(DIMENSION)
    index.add(np.array([1]), rows[:1])
    similar = index.similarities(rows[0], np.array([1, 0]))
    assert similar[0] == pytest.approx(1, abs=1e-5)
    assert np.isnan(similar[1])
    assert index.similarities(rows[0], np.array([], np.int64)).shape == (0,)


def test_codes_with_a_refine_find_what_comparing_all_finds(
    coded: DenseIndex, rows: NDArray[np.float32], queries: NDArray[np.float32]
) -> None:
    ids, scores = coded.search(queries, 10)
    assert recall(ids, [best(rows, query, 10) for query in queries]) >= 0.99
    np.testing.assert_allclose(scores[0], rows[ids[0]] @ queries[0], atol=1e-5)


@pytest.mark.parametrize("share", [0.01, 0.5])
def test_codes_hold_to_the_filter(
    share: float, coded: DenseIndex, rows: NDArray[np.float32], queries: NDArray[np.float32]
) -> None:
    keep = np.random.default_rng(1).random(COUNT) < share
    ids, _ = coded.search(queries, 10, keep)
    assert keep[ids].all()
    assert recall(ids, [best(rows, query, 10, keep) for query in queries]) >= 0.99


def test_codes_give_every_passage_when_all_are_asked_for(
    coded: DenseIndex, queries: NDArray[np.float32]
) -> None:
    assert sorted(coded.search(queries[0], COUNT + 1)[0].tolist()) == list(range(COUNT))


def test_an_index_grows_after_it_was_loaded_and_the_new_ones_are_found(
    coded: DenseIndex, tmp_path: Path, queries: NDArray[np.float32]
) -> None:
    coded.add(np.array([COUNT + 5]), queries[:1])
    assert coded.search(queries[0], 1)[0].tolist() == [COUNT + 5]
    coded.save(tmp_path / "grown")
    again = DenseIndex.load(tmp_path / "grown")
    assert len(again) == COUNT + 1
    assert again.search(queries[0], 1)[0].tolist() == [COUNT + 5]


@pytest.mark.parametrize("count", [0, 1, 200])
def test_a_saved_index_answers_as_before(
    count: int, tmp_path: Path, rows: NDArray[np.float32], queries: NDArray[np.float32]
) -> None:
    index = DenseIndex(DIMENSION)
    index.add(np.arange(count) * 3, rows[:count])
    index.save(tmp_path)
    loaded = DenseIndex.load(tmp_path)
    assert (len(loaded), loaded.dimension) == (count, DIMENSION)
    np.testing.assert_array_equal(loaded.search(queries, 5)[0], index.search(queries, 5)[0])


def test_saving_over_an_index_that_is_being_searched_disturbs_nobody(
    index: DenseIndex, tmp_path: Path, queries: NDArray[np.float32], rows: NDArray[np.float32]
) -> None:
    index.save(tmp_path)
    reader = DenseIndex.load(tmp_path)
    smaller = DenseIndex(DIMENSION)
    smaller.add(np.arange(3), rows[:3])
    smaller.save(tmp_path)
    assert reader.search(queries[0], 10)[0].tolist() == best(rows, queries[0], 10)
    assert len(DenseIndex.load(tmp_path)) == 3


@pytest.mark.parametrize("name", ["flat.faiss", "ids.npy", "rabitq.faiss"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
def test_a_damaged_file_is_refused_with_the_remedy(
    name: str, damage: str, coded: DenseIndex, tmp_path: Path
) -> None:
    path = tmp_path / "coded" / name
    if damage == "missing":
        if name == "rabitq.faiss":
            pytest.skip("without codes the index is a smaller one, and whole")
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[: 0 if damage == "empty" else path.stat().st_size // 2])
    with pytest.raises(IndexCorruptError, match="Build the index again"):
        DenseIndex.load(tmp_path / "coded")


def test_files_of_two_indexes_do_not_pass_for_one(index: DenseIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    np.save(tmp_path / "ids.npy", np.arange(5))
    with pytest.raises(IndexCorruptError, match="3000 vectors for 5 passages"):
        DenseIndex.load(tmp_path)


def test_vectors_of_another_model_are_refused(index: DenseIndex, queries: NDArray[np.float32]) -> None:
    with pytest.raises(IndexMismatchError, match="The query has 8 numbers, the index 32"):
        index.search(queries[0][:8], 3)
    with pytest.raises(IndexMismatchError, match="1 vectors of 32 numbers"):
        index.add(np.array([COUNT]), queries[:1, :8])


@pytest.mark.parametrize("ids", [[3], [-1], [COUNT, COUNT]])
def test_a_passage_has_one_vector_and_a_number_from_zero(ids: list[int], index: DenseIndex) -> None:
    with pytest.raises(ValueError, match="each may have one vector"):
        index.add(np.array(ids), clustered(len(ids)))
    assert len(index) == COUNT


def test_numbers_that_are_not_finite_are_refused(index: DenseIndex) -> None:
    broken = np.full(DIMENSION, np.nan, np.float32)
    with pytest.raises(ValueError, match="not finite"):
        index.search(broken, 3)
    with pytest.raises(ValueError, match="not finite"):
        index.add(np.array([COUNT]), broken[None])
