"""Passages by the likeness of their vectors, over FAISS.

Exact wherever that is quick: up to ``EXACT_UP_TO`` vectors to look at, all are compared. Above, RaBitQ
codes (one bit a dimension; Gao & Long, SIGMOD 2024) choose candidates and the vectors themselves order
them. A filter counts before this choice, so a selective one is always exact: graph and cluster indexes
lose half their recall there.
"""

from __future__ import annotations

import os
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import IndexCorruptError, IndexMismatchError

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]

# One thread compares 100,000 vectors of 384 numbers in some 6 ms; twice as many are felt.
EXACT_UP_TO = 100_000
# Candidates a wanted hit. On 200,000 clustered vectors (tests/benchmarks/bench_dense.py) recall is over
# .998 for 10 to 400 hits, in 5 to 9 ms of one core instead of 15; with 10 a hit it is .991 for 100 hits.
CANDIDATES_PER_HIT = 20
MIN_CANDIDATES = 1000  # fewer spare no time worth having
TRAINING_ROWS = 100_000  # RaBitQ learns only the mean of the vectors; also how many are coded at a time

_FLAT, _CODES, _IDS = "flat.faiss", "rabitq.faiss", "ids.npy"
_NO_ROW = -1


class DenseIndex:
    """Vectors of passages, each known by the passage's number. A passage may have none yet.

    Vectors have length 1, so their inner product is the cosine. One object may be searched by many
    threads; ``add`` and ``save`` need it alone.

    Args:
        dimension: length of a vector.
    """

    def __init__(self, dimension: int) -> None:
        self._flat: faiss.IndexFlat = faiss.IndexFlatIP(dimension)
        self._codes: faiss.Index | None = None  # made by ``save``; until then search is exact
        # Both have room to spare at their ends, so that growing takes linear time.
        self._ids: Ids = np.empty(0, np.int64)  # row → passage
        self._rows: Ids = np.empty(0, np.int64)  # passage → row
        self._in_order = True  # row and passage number are the same: nothing needs translating
        self._mapped = False

    def __len__(self) -> int:
        """Number of passages that have a vector."""
        return int(self._flat.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._flat.d)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add the vectors of the passages ``ids``, shape (passages, dimension), each of length 1.

        Until the next ``save`` makes new codes, search compares all vectors.

        Raises:
            IndexMismatchError: the vectors have another dimension than the index.
            ValueError: a number is negative or has a vector already, or a vector is not finite.
        """
        rows = np.ascontiguousarray(vectors, np.float32)
        numbers = np.asarray(ids, np.int64)
        if rows.shape != (len(numbers), self.dimension):
            raise IndexMismatchError(
                f"{len(numbers)} vectors of {self.dimension} numbers are needed, got the shape {rows.shape}.",
                "Use the encoder the index was built with, or build it again.",
            )
        if not np.isfinite(rows).all():
            raise ValueError("a vector holds a number that is not finite")
        known = self._row_of(numbers) != _NO_ROW
        if known.any() or numbers.min(initial=0) < 0 or len(np.unique(numbers)) < len(numbers):
            raise ValueError("passage numbers must be 0 or more, and each may have one vector")
        if self._mapped:  # a mapped file cannot grow
            self._flat, self._mapped = _copied(self._flat), False
        self._number(len(self), numbers)
        self._flat.add(rows)
        self._codes = None

    def search(self, query: Vectors, k: int, keep: Mask | None = None) -> tuple[Ids, Vectors]:
        """The ``k`` passages nearest to a query, best first.

        Args:
            query: one vector, shape (dimension,), or several, shape (queries, dimension).
            k: how many; fewer come back if there are fewer.
            keep: by passage number, which may be found; all by default.

        Returns:
            Passage numbers and cosines, shape (hits,) or (queries, hits).

        Raises:
            IndexMismatchError: the query has another dimension than the index.
            ValueError: the query is not finite.
        """
        queries = np.ascontiguousarray(np.atleast_2d(query), np.float32)
        if len(self) and queries.shape[1] != self.dimension:
            raise IndexMismatchError(
                f"The query has {queries.shape[1]} numbers, the index {self.dimension}.",
                "Use the encoder the index was built with, or build it again.",
            )
        if not np.isfinite(queries).all():
            raise ValueError("a query holds a number that is not finite")
        kept = None if keep is None else self._kept_rows(keep)
        reachable = len(self) if kept is None else int(np.count_nonzero(kept))
        hits = max(0, min(k, reachable))
        if hits == 0 or len(queries) == 0:
            shape = (*np.shape(query)[:-1], hits)
            return np.empty(shape, np.int64), np.empty(shape, np.float32)
        scores, rows = self._nearest(queries, hits, kept, reachable)
        numbers = self._ids[rows]
        return (numbers[0], scores[0]) if np.ndim(query) == 1 else (numbers, scores)

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors of passages, shape (ids, dimension); a row of NaN where a passage has none."""
        rows = self._row_of(np.asarray(ids, np.int64))
        known = rows != _NO_ROW
        found = np.full((len(rows), self.dimension), np.nan, np.float32)
        if known.any():
            found[known] = self._flat.reconstruct_batch(rows[known])
        return found

    def similarities(self, query: Vectors, ids: Ids) -> Vectors:
        """Cosine of one query vector to each passage; NaN where a passage has no vector."""
        similar: Vectors = self.vectors(ids) @ np.asarray(query, np.float32)
        return similar

    def save(self, folder: Path) -> None:
        """Write the index to ``folder``, each file whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._codes is None and len(self) > EXACT_UP_TO:
            self._codes = _coded(self._flat)
        _write(folder / _FLAT, self._flat)
        if self._codes is not None:
            _write(folder / _CODES, self._codes)
        else:
            (folder / _CODES).unlink(missing_ok=True)
        draft = folder / f"{_IDS}.new"
        with draft.open("wb") as file:
            np.save(file, self._ids[: len(self)])
        draft.replace(folder / _IDS)

    @classmethod
    def load(cls, folder: Path) -> DenseIndex:
        """Open a saved index. The files are mapped, not read: memory is used as searches touch it.

        Raises:
            IndexCorruptError: a file is missing or damaged, or they do not belong together.
        """
        remedy = "Build the index again."
        try:
            flat = _mapped(folder / _FLAT)
            codes = _mapped(folder / _CODES) if (folder / _CODES).exists() else None
            ids = np.load(folder / _IDS)
        except (OSError, EOFError, RuntimeError, ValueError) as error:
            raise IndexCorruptError(f"The vectors in {folder} cannot be read: {error}.", remedy) from error
        if not isinstance(flat, faiss.IndexFlat) or flat.ntotal != len(ids):
            raise IndexCorruptError(f"{folder} holds {flat.ntotal} vectors for {len(ids)} passages.", remedy)
        if codes is not None and (codes.ntotal, codes.d) != (flat.ntotal, flat.d):
            raise IndexCorruptError(f"The codes in {folder} belong to other vectors.", remedy)
        index = cls(flat.d)
        index._flat, index._codes, index._mapped = flat, codes, True
        index._number(0, ids)
        return index

    def _number(self, first_row: int, ids: Ids) -> None:
        """Give the rows from ``first_row`` on the passage numbers ``ids``."""
        rows = np.arange(first_row, first_row + len(ids))
        self._ids = _with_room(self._ids, first_row + len(ids))
        self._ids[rows] = ids
        self._rows = _with_room(self._rows, int(ids.max(initial=-1)) + 1)
        self._rows[ids] = rows
        self._in_order = self._in_order and bool((ids == rows).all())

    def _row_of(self, ids: Ids) -> Ids:
        """The rows of passages; ``_NO_ROW`` for one that has no vector."""
        within = (ids >= 0) & (ids < len(self._rows))
        rows = np.full(len(ids), _NO_ROW, np.int64)
        rows[within] = self._rows[ids[within]]
        return rows

    def _kept_rows(self, keep: Mask) -> Mask:
        """The filter by row. Numbers beyond the end of ``keep`` are not kept."""
        mask = np.asarray(keep, np.bool_)
        if len(mask) < len(self._rows):
            mask = np.pad(mask, (0, len(self._rows) - len(mask)))
        return mask[: len(self)] if self._in_order else mask[self._ids[: len(self)]]

    def _nearest(self, queries: Vectors, hits: int, kept: Mask | None, reachable: int) -> tuple[Vectors, Ids]:
        """Cosines and rows of the nearest, shape (queries, hits)."""
        # FAISS holds bare pointers: ``bits`` and ``selector`` must live until the search is done.
        bits = None if kept is None or reachable == len(self) else np.packbits(kept, bitorder="little")
        selector = None if bits is None else faiss.IDSelectorBitmap(bits.size, faiss.swig_ptr(bits))
        if self._codes is None or reachable <= EXACT_UP_TO:
            exact = faiss.SearchParameters()
            exact.sel = selector
            scores, rows = self._flat.search(queries, hits, params=exact)
            return scores, rows
        coarse = faiss.RaBitQSearchParameters()
        coarse.sel = selector
        refine = faiss.IndexRefineSearchParameters()
        refine.k_factor = min(reachable, max(hits * CANDIDATES_PER_HIT, MIN_CANDIDATES)) / hits
        rotated = faiss.SearchParametersPreTransform()
        rotated.index_params = coarse
        refine.base_index_params = rotated
        scores, rows = faiss.IndexRefine(self._codes, self._flat).search(queries, hits, params=refine)
        return scores, rows


def _coded(flat: faiss.IndexFlat) -> faiss.Index:
    """RaBitQ codes of all vectors, rotated at random (by a fixed seed).

    The method's guarantee needs the rotation: a bit says little about a dimension that hardly varies.
    Without it, recall@100 on ``bench_dense`` falls from .998 to .72.
    """
    rows = faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d).reshape(flat.ntotal, flat.d)
    codes = faiss.index_factory(flat.d, f"RR{flat.d},RaBitQ", faiss.METRIC_INNER_PRODUCT)
    step = max(1, flat.ntotal // TRAINING_ROWS)  # a sample at even steps has the mean of the whole
    codes.train(np.ascontiguousarray(rows[::step]))
    for start in range(0, flat.ntotal, TRAINING_ROWS):  # each part is copied to be rotated
        codes.add(rows[start : start + TRAINING_ROWS])
    return codes


def _copied(flat: faiss.IndexFlat) -> faiss.IndexFlat:
    """The same vectors in memory of their own."""
    own = faiss.IndexFlatIP(flat.d)
    if flat.ntotal:
        own.add(flat.reconstruct_n(0, flat.ntotal))
    return own


def _with_room(numbers: Ids, size: int) -> Ids:
    """The array at ``size`` or longer, filled with ``_NO_ROW``; at least doubled where it must grow."""
    if size <= len(numbers):
        return numbers
    longer = np.full(max(size, 2 * len(numbers)), _NO_ROW, np.int64)
    longer[: len(numbers)] = numbers
    return longer


def _mapped(path: Path) -> faiss.Index:
    return faiss.read_index(os.fspath(path), faiss.IO_FLAG_MMAP_IFC)


def _write(path: Path, index: faiss.Index) -> None:
    """Write beside and rename: whoever has the old file mapped keeps it."""
    draft = path.with_name(f"{path.name}.new")
    faiss.write_index(index, os.fspath(draft))
    draft.replace(path)
