"""What was encoded is kept through crashes, damage and other processes, and never grows in memory."""

from __future__ import annotations

import hashlib
import multiprocessing
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import InputError
from index import vector_cache
from index.errors import IndexCorruptError, IndexMismatchError
from index.vector_cache import VectorCache

DIMENSION = 8


def _keys(*texts: str) -> list[str]:
    return [hashlib.sha256(text.encode()).hexdigest() for text in texts]


def _rows(count: int, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[VectorCache]:
    with VectorCache(tmp_path, "e5/1", DIMENSION) as opened:
        yield opened


def test_an_empty_cache_knows_nothing(cache: VectorCache) -> None:
    mask, rows = cache.get(_keys("a", "b"))
    assert mask.tolist() == [False, False]
    assert rows.shape == (2, DIMENSION)
    assert not rows.any()
    assert len(cache) == 0


def test_what_was_put_is_got_in_the_order_asked_for(cache: VectorCache) -> None:
    rows = _rows(3)
    cache.put(_keys("a", "b", "c"), rows)
    mask, got = cache.get(_keys("c", "x", "a", "c"))
    assert mask.tolist() == [True, False, True, True]
    np.testing.assert_allclose(got, [rows[2], np.zeros(DIMENSION), rows[0], rows[2]], atol=5e-4)
    assert got.dtype == np.float32


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_what_is_known_can_be_asked_without_the_rows(
    cache: VectorCache, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(vector_cache, "CHUNK", chunk)
    cache.put(_keys("a", "b"), _rows(2))
    assert cache.known(_keys("x", "a", "b", "y", "a")).tolist() == [False, True, True, False, True]
    assert cache.known([]).shape == (0,)


def test_no_keys_give_no_rows(cache: VectorCache) -> None:
    cache.put([], np.zeros((0, DIMENSION), np.float32))
    mask, rows = cache.get([])
    assert mask.shape == (0,)
    assert rows.shape == (0, DIMENSION)


def test_it_survives_closing(tmp_path: Path) -> None:
    rows = _rows(2)
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        cache.put(_keys("a", "b"), rows)
        before = cache.get(_keys("a", "b"))[1]
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        mask, after = cache.get(_keys("a", "b"))
        assert mask.all()
        np.testing.assert_array_equal(after, before)


def test_a_known_key_is_stored_once_and_keeps_its_row(cache: VectorCache) -> None:
    first, second = _rows(2, seed=1), _rows(3, seed=2)
    cache.put(_keys("a", "b"), first)
    cache.put(_keys("b", "c", "c"), second)
    assert len(cache) == 3
    _, got = cache.get(_keys("a", "b", "c"))
    np.testing.assert_allclose(got, [first[0], first[1], second[1]], atol=5e-4)


def test_encoders_do_not_share_vectors(tmp_path: Path, cache: VectorCache) -> None:
    cache.put(_keys("a"), _rows(1))
    with VectorCache(tmp_path, "e5/2", DIMENSION) as other:
        assert not other.get(_keys("a"))[0].any()


def test_another_dimension_of_the_same_encoder_is_refused(tmp_path: Path, cache: VectorCache) -> None:
    with pytest.raises(IndexMismatchError, match="made anew"):
        VectorCache(tmp_path, "e5/1", DIMENSION + 1)


def test_an_unreadable_header_is_refused(tmp_path: Path, cache: VectorCache) -> None:
    (cache.folder / "cache.json").write_text("{", encoding="utf-8")
    with pytest.raises(IndexCorruptError, match="not readable"):
        VectorCache(tmp_path, "e5/1", DIMENSION)


@pytest.mark.parametrize("kept", range(0, 3 * (32 + 4), 7))
def test_keys_cut_off_anywhere_lose_only_the_rows_behind_the_cut(tmp_path: Path, kept: int) -> None:
    rows = _rows(3)
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        cache.put(_keys("a", "b", "c"), rows)
        with (cache.folder / "keys.bin").open("r+b") as handle:
            handle.truncate(kept)
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        mask, _ = cache.get(_keys("a", "b", "c"))
        assert mask.tolist() == [i < kept // 36 for i in range(3)]
        cache.put(_keys("a", "b", "c"), rows)
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        mask, got = cache.get(_keys("a", "b", "c"))
        assert mask.all()
        np.testing.assert_allclose(got, rows, atol=5e-4)


@pytest.mark.parametrize("kept", [0, 1, 16, 31, 47])
def test_vectors_cut_off_anywhere_lose_only_the_rows_behind_the_cut(tmp_path: Path, kept: int) -> None:
    rows = _rows(3)
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        cache.put(_keys("a", "b", "c"), rows)
        with (cache.folder / "vectors.bin").open("r+b") as handle:
            handle.truncate(kept)
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        assert cache.get(_keys("a", "b", "c"))[0].tolist() == [i < kept // 16 for i in range(3)]
        cache.put(_keys("b", "c", "a"), rows[[1, 2, 0]])
        np.testing.assert_allclose(cache.get(_keys("a", "b", "c"))[1], rows, atol=5e-4)


def test_a_row_whose_bytes_changed_counts_as_missing_and_can_be_put_again(tmp_path: Path) -> None:
    rows = _rows(2)
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        cache.put(_keys("a", "b"), rows)
        with (cache.folder / "vectors.bin").open("r+b") as handle:
            handle.seek(3)
            handle.write(b"\x00\x01\x02")
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        mask, got = cache.get(_keys("a", "b"))
        assert mask.tolist() == [False, True]
        assert not got[0].any()
        cache.put(_keys("a"), rows[:1])
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        assert cache.get(_keys("a", "b"))[0].all()


def test_files_that_shrink_under_an_open_cache_are_told(cache: VectorCache) -> None:
    cache.put(_keys("a"), _rows(1))
    (cache.folder / "vectors.bin").write_bytes(b"")
    with pytest.raises(IndexCorruptError, match="shrank"):
        cache.get(_keys("a"))


@pytest.mark.parametrize("merge_at", [1, 2, 5, 1000])
def test_many_puts_are_all_found_however_often_keys_are_sorted_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, merge_at: int
) -> None:
    monkeypatch.setattr(vector_cache, "MERGE_AT", merge_at)
    rows, keys = _rows(40), _keys(*(f"text {i}" for i in range(40)))
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        for start in range(0, 40, 3):
            cache.put(keys[start : start + 3], rows[start : start + 3])
        mask, got = cache.get(keys)
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        again = cache.get(keys)
    assert mask.all()
    np.testing.assert_allclose(got, rows, atol=5e-4)
    np.testing.assert_array_equal(again[1], got)


@pytest.mark.parametrize("merge_at", [1, 1000])
def test_keys_that_end_in_zeros_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, merge_at: int
) -> None:
    monkeypatch.setattr(vector_cache, "MERGE_AT", merge_at)
    keys = ["ab" + "00" * 31, "ab00cd" + "00" * 29, "00" * 32]
    rows = _rows(3)
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        cache.put(keys, rows)
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        mask, got = cache.get([*keys, "ab" + "00" * 30 + "01"])
    assert mask.tolist() == [True, True, True, False]
    np.testing.assert_allclose(got[:3], rows, atol=5e-4)


def test_two_open_caches_add_to_each_other(tmp_path: Path) -> None:
    rows = _rows(3)
    with VectorCache(tmp_path, "e5/1", DIMENSION) as one, VectorCache(tmp_path, "e5/1", DIMENSION) as other:
        one.put(_keys("a"), rows[:1])
        other.put(_keys("a", "b"), rows[:2])
        one.put(_keys("c"), rows[2:])
        mask, got = one.get(_keys("a", "b", "c"))
        assert mask.all()
        np.testing.assert_allclose(got, rows, atol=5e-4)
        assert len(one) == 3


def _put_many(root: Path, worker: int) -> None:
    with VectorCache(root, "e5/1", DIMENSION) as cache:
        for i in range(20):
            cache.put(_keys(f"{worker} {i}", f"shared {i}"), _rows(2, seed=i))


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_put_many, args=(tmp_path, worker)) for worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    with VectorCache(tmp_path, "e5/1", DIMENSION) as cache:
        assert len(cache) == 60
        mask, got = cache.get(_keys(*(f"shared {i}" for i in range(20))))
        assert mask.all()
        np.testing.assert_allclose(got, [_rows(2, seed=i)[1] for i in range(20)], atol=5e-4)


def test_threads_that_write_at_once_lose_nothing(cache: VectorCache) -> None:
    def work(worker: int) -> None:
        for i in range(20):
            cache.put(_keys(f"{worker} {i}"), _rows(1, seed=i))

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cache) == 60
    assert cache.get(_keys(*(f"{w} {i}" for w in range(3) for i in range(20))))[0].all()


@pytest.mark.parametrize("key", ["", "abc", "zz" * 32, "ab" * 31, "ab" * 33])
def test_a_key_that_is_no_sha256_is_refused(cache: VectorCache, key: str) -> None:
    with pytest.raises(InputError, match="not a sha256"):
        cache.get([key])


def test_rows_of_another_shape_are_refused(cache: VectorCache) -> None:
    with pytest.raises(InputError, match=r"rows of shape \(1, 8\), got \(2, 8\)"):
        cache.put(_keys("a"), _rows(2))


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e6])
def test_numbers_that_cannot_be_kept_are_refused(cache: VectorCache, value: float) -> None:
    rows = _rows(1)
    rows[0, 0] = value
    with pytest.raises(InputError, match="not finite"):
        cache.put(_keys("a"), rows)
    assert len(cache) == 0


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be used"):
        VectorCache(tmp_path / "file", "e5/1", DIMENSION)


def test_half_precision_moves_a_cosine_by_less_than_a_thousandth(tmp_path: Path) -> None:
    rows = np.random.default_rng(3).normal(size=(200, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    keys = _keys(*(str(i) for i in range(200)))
    with VectorCache(tmp_path, "e5/1", 384) as cache:
        cache.put(keys, rows)
        _, kept = cache.get(keys)
    assert np.abs(kept @ rows.T - rows @ rows.T).max() < 5e-4


def test_what_is_forgotten_stands_in_no_file_and_is_unknown_to_every_reader(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(3, 8)).astype(np.float32)
    names = [hashlib.sha256(bytes([n])).hexdigest() for n in range(3)]
    with VectorCache(tmp_path, "encoder", 8) as cache:
        cache.put(names, rows)
        secret = np.ascontiguousarray(rows[1], dtype="<f2").tobytes()
        assert cache.forget([names[1], hashlib.sha256(b"never kept").hexdigest()]) == 1
        assert cache.known(names).tolist() == [True, False, True]
        everything = b"".join(p.read_bytes() for p in cache.folder.iterdir())
        assert secret not in everything
        assert bytes.fromhex(names[1]) not in everything
        cache.put([names[1]], rows[1:2])
        assert cache.known(names).all()
    with VectorCache(tmp_path, "encoder", 8) as again:
        assert again.known(names).all()
