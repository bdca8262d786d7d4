"""One immutable segment of the lexical index: which passages hold which terms, as plain arrays.

Terms stand sorted by their UTF-8 bytes in one long byte string with offsets; term number t has its
postings at ``starts[t]:starts[t + 1]``: passages in rising order, the occurrences in each field, and the
ready-made BM25 impact (Lin and Trotman, «Anytime Ranking for Impact-Ordered Indexes», 2015, and bm25s
call this eager scoring), so that a search only multiplies and adds. All arrays are memory-mapped from
``.npy`` files.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Floats, Scoring, length_norm, saturation
from index.errors import IndexCorruptError

_CHUNK = 4_000_000  # postings worked on at a time: bounds memory to some tens of megabytes
_SMALL = 4096  # bytes: one page
_ARRAYS = ("table", "offsets", "starts", "rows", "frequencies", "lengths", "impacts")
_FACTS = "segment.json"


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A run of passages. Rows count from 0 in each segment.

    ``table`` and ``offsets``: the sorted terms. ``starts`` (terms + 1), ``rows`` and ``frequencies``
    (postings × fields): the postings. ``lengths`` (passages × fields): number of terms. ``impacts``:
    ``saturation`` of each posting under ``scoring`` and the ``pivots``, the usual lengths.
    """

    table: NDArray[np.uint8]
    offsets: NDArray[np.int64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    frequencies: NDArray[np.uint16]
    lengths: NDArray[np.uint32]
    impacts: Floats
    scoring: Scoring
    pivots: tuple[float, ...]
    folder: Path | None = None  # where it is kept, once saved

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def vocabulary(self) -> list[bytes]:
        """The terms in order, in UTF-8."""
        data, ends = self.table.tobytes(), self.offsets.tolist()
        return [data[a:b] for a, b in pairwise(ends)]

    def find(self, term: bytes) -> tuple[int, int]:
        """Where the postings of ``term`` begin and end; (0, 0) where no passage holds it."""
        table, offsets = self.table.data, self.offsets.data
        low, high = 0, len(offsets) - 1
        while low < high:
            middle = (low + high) // 2
            if bytes(table[offsets[middle] : offsets[middle + 1]]) < term:
                low = middle + 1
            else:
                high = middle
        if low == len(offsets) - 1 or bytes(table[offsets[low] : offsets[low + 1]]) != term:
            return 0, 0
        return int(self.starts[low]), int(self.starts[low + 1])

    def scored(self, scoring: Scoring, pivots: tuple[float, ...]) -> Segment:
        """The same postings with the impacts of another variant; itself where nothing changes."""
        if scoring.k1 == self.scoring.k1 and scoring.fields == self.scoring.fields and pivots == self.pivots:
            return self
        return with_impacts(
            (self.table, self.offsets),
            self.starts,
            self.rows,
            self.frequencies,
            self.lengths,
            scoring,
            pivots,
        )

    def save(self, folder: Path) -> None:
        """Write the arrays into a new ``folder``; files of a saved segment are linked, not copied."""
        folder.mkdir(parents=True)
        for name in (*(f"{name}.npy" for name in _ARRAYS), _FACTS):
            if self.folder is not None:
                try:
                    os.link(self.folder / name, folder / name)
                    continue
                except OSError:  # another file system, or one without links
                    pass
            if name == _FACTS:
                facts = {"scoring": asdict(self.scoring), "pivots": self.pivots}
                (folder / name).write_text(json.dumps(facts), encoding="utf-8")
            else:
                np.save(folder / name, getattr(self, name.removesuffix(".npy")))

    @staticmethod
    def load(folder: Path, scoring: Scoring) -> Segment:
        """Map a saved segment into memory.

        Raises:
            IndexCorruptError: a file is missing, cut short or does not fit the others.
        """
        try:
            facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            arrays: dict[str, Any] = {name: _map(folder / f"{name}.npy") for name in _ARRAYS}
            pivots = tuple(float(pivot) for pivot in facts["pivots"])
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise IndexCorruptError(
                f"the lexical segment {folder.name} cannot be read ({error}).", "Build the index again."
            ) from error
        segment = Segment(**arrays, scoring=scoring, pivots=pivots, folder=folder)
        if facts.get("scoring") != json.loads(json.dumps(asdict(scoring))) or not _fits(segment):
            raise IndexCorruptError(
                f"the files of the lexical segment {folder.name} do not belong together.",
                "Build the index again.",
            )
        return segment


def _map(path: Path) -> NDArray[Any]:
    """A saved array, mapped unless it is so small that reading it costs less (an empty one cannot be)."""
    array: NDArray[Any] = np.load(path, mmap_mode="r" if path.stat().st_size > _SMALL else None)
    return array


def _fits(segment: Segment) -> bool:
    postings = len(segment.rows)
    return (
        len(segment.offsets) == len(segment.starts)
        and int(segment.starts[-1]) == postings == len(segment.impacts) == len(segment.frequencies)
        and int(segment.offsets[-1]) == len(segment.table)
        and segment.lengths.shape[1] == len(segment.scoring.fields) == segment.frequencies.shape[1]
    )


def means(lengths: Iterable[NDArray[np.uint32]], passages: int | None = None) -> tuple[float, ...]:
    """The mean length of each field over all passages, or over ``passages`` where some are empty rows."""
    found = list(lengths)
    count = sum(map(len, found)) if passages is None else passages
    totals = np.sum([length.sum(axis=0, dtype=np.int64) for length in found], axis=0)
    return tuple(float(total) / max(count, 1) for total in totals)


def merge(
    segments: Sequence[Segment],
    placed: Sequence[NDArray[np.int64]],
    passages: int,
    scoring: Scoring,
    pivots: tuple[float, ...],
) -> Segment:
    """One segment out of several.

    Args:
        placed: for each segment the new row of each of its rows, rising; -1 drops its postings.
        passages: number of rows of the new segment.
    """
    kept = [new[segment.rows] >= 0 for segment, new in zip(segments, placed, strict=True)]
    found = [
        np.bincount(
            np.repeat(np.arange(len(s.starts) - 1), np.diff(s.starts))[keep], minlength=len(s.starts) - 1
        )
        for s, keep in zip(segments, kept, strict=True)
    ]
    names = [segment.vocabulary for segment in segments]
    terms = sorted(
        {t for listed, df in zip(names, found, strict=True) for t, n in zip(listed, df, strict=True) if n}
    )
    number = {term: i for i, term in enumerate(terms)}
    targets = [np.array([number.get(term, -1) for term in listed], dtype=np.int64) for listed in names]
    counts = np.zeros(len(terms), dtype=np.int64)
    for target, df in zip(targets, found, strict=True):
        counts[target[df > 0]] += df[df > 0]
    starts = np.concatenate(([0], np.cumsum(counts)))
    rows = np.empty(starts[-1], dtype=np.int32)
    frequencies = np.empty((int(starts[-1]), len(scoring.fields)), dtype=np.uint16)
    lengths = np.zeros((passages, len(scoring.fields)), dtype=np.uint32)
    free = starts[:-1].copy()  # where the next posting of each term goes
    for segment, new, keep, target, df in zip(segments, placed, kept, targets, found, strict=True):
        held = df > 0
        begins = np.cumsum(df) - df
        into = np.repeat(free[target[held]] - begins[held], df[held]) + np.arange(int(df.sum()))
        rows[into] = new[segment.rows[keep]]
        frequencies[into] = segment.frequencies[keep]
        free[target[held]] += df[held]
        lengths[new[new >= 0]] = segment.lengths[new >= 0]
    return with_impacts(table_of(terms), starts, rows, frequencies, lengths, scoring, pivots)


def table_of(terms: Iterable[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Sorted terms as one byte string, and where each begins and the last ends."""
    listed = list(terms)
    ends = np.cumsum([0, *map(len, listed)], dtype=np.int64)
    return np.frombuffer(b"".join(listed), dtype=np.uint8), ends


def with_impacts(
    vocabulary: tuple[NDArray[np.uint8], NDArray[np.int64]],
    starts: NDArray[np.int64],
    rows: NDArray[np.int32],
    frequencies: NDArray[np.uint16],
    lengths: NDArray[np.uint32],
    scoring: Scoring,
    pivots: tuple[float, ...],
) -> Segment:
    """A segment of these postings, with the impacts worked out. ``vocabulary``: see ``table_of``."""
    impacts = np.empty(len(rows), dtype=np.float32)
    norms = [
        length_norm(lengths[:, f], pivots[f], field.b) / np.float32(field.weight)
        for f, field in enumerate(scoring.fields)
    ]
    for start in range(0, len(rows), _CHUNK):
        part = slice(start, start + _CHUNK)
        total = np.zeros(len(rows[part]), dtype=np.float32)
        for f, norm in enumerate(norms):
            total += frequencies[part, f] / norm[rows[part]]
        impacts[part] = saturation(total, scoring.k1)
    return Segment(*vocabulary, starts, rows, frequencies, lengths, impacts, scoring, pivots)
