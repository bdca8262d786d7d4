"""Speed and recall of the dense index against comparing all vectors.

Run: ``python tests/benchmarks/bench_dense.py [--count 200000]`` (one thread). The vectors are made up:
clusters of 50 around centres that share a direction, with variances that fall with the dimension's
number, as they do in e5 vectors of Danish law (their mean cosine, too, is .84).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex

DIMENSION = 384
CLUSTER = 50
QUERIES = 100


def vectors(count: int, centres: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """Vectors of length 1 around ``centres``."""
    random = np.random.default_rng(seed)
    noise = random.standard_normal((count, DIMENSION), np.float32) * spread()
    rows = centres[random.integers(0, len(centres), count)] + 0.7 * noise
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def spread() -> NDArray[np.float32]:
    """Standard deviation of each dimension, scaled so that the vectors' mean cosine is about .84."""
    falling = np.arange(1, DIMENSION + 1, dtype=np.float32) ** -0.5
    return falling * np.float32(0.36) / np.linalg.norm(falling)


def recall(found: NDArray[np.int64], exact: NDArray[np.int64]) -> float:
    """Share of the exact hits that were found."""
    return float(np.mean([len(np.intersect1d(a, b)) / len(b) for a, b in zip(found, exact, strict=True)]))


def main() -> None:
    """Build, save, load and search; print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200_000)
    count = parser.parse_args().count
    faiss.omp_set_num_threads(1)
    random = np.random.default_rng(0)
    shape = (count // CLUSTER, DIMENSION)
    centres = random.standard_normal(shape, np.float32) * spread()
    centres += np.float32(DIMENSION**-0.5)
    rows, queries = vectors(count, centres, 1), vectors(QUERIES, centres, 2)
    print(f"{count:,} vectors, mean cosine {float((rows[:1000] @ rows[1000:2000].T).mean()):.2f}")
    exact = DenseIndex(DIMENSION)
    exact.add(np.arange(count), rows)
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        exact.save(Path(folder))  # the codes that it makes are for the one that is loaded
        print(f"saved in {time.perf_counter() - started:.1f} s")
        loaded = DenseIndex.load(Path(folder))
        exact = DenseIndex(DIMENSION)
        exact.add(np.arange(count), rows)
        print("| k | kept | exact ms | served ms | recall |\n| --- | --- | --- | --- | --- |")
        for k in (10, 100, 400):
            for share in (1.0, 0.6, 0.3, 0.01):
                keep = None if share == 1 else random.random(count) < share
                wanted, slow = search(exact, queries, k, keep)
                found, fast = search(loaded, queries, k, keep)
                print(f"| {k} | {share:.0%} | {slow:.1f} | {fast:.1f} | {recall(found, wanted):.4f} |")


def search(
    index: DenseIndex, queries: NDArray[np.float32], k: int, keep: NDArray[np.bool_] | None
) -> tuple[NDArray[np.int64], float]:
    """The hits of all queries, searched one by one, and CPU milliseconds a query."""
    index.search(queries[0], k, keep)
    started = time.process_time()
    hits = [index.search(query, k, keep)[0] for query in queries]
    return np.stack(hits), 1000 * (time.process_time() - started) / len(queries)


if __name__ == "__main__":
    main()
