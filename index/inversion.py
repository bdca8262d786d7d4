"""Passages, term by term, turned into postings."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.errors import InputError
from index.bm25 import Scoring
from index.postings import Segment, means, merge, table_of, with_impacts

MAX_FREQUENCY = 65_535  # occurrences are kept in 16 bits; BM25 has long stopped counting there
CHUNK_TERMS = 16_000_000  # inverted at a time: bounds memory to about 1 GB


class Inverter:
    """Collects passages for a segment, in the order of their rows.

    Args:
        scoring: the fields and how they are weighed.
        pivots: usual lengths to reckon with; by default the means of what is added.
    """

    def __init__(self, scoring: Scoring, pivots: tuple[float, ...] | None = None) -> None:
        self._scoring = scoring
        self._pivots = pivots
        self._segments: list[Segment] = []
        self._clear()

    def __len__(self) -> int:
        return sum(map(len, self._segments)) + len(self._lengths) // len(self._scoring.fields)

    def add(self, fields: Sequence[Sequence[str]]) -> None:
        """Add a passage by the terms of each field.

        Raises:
            InputError: not one sequence of terms for each field.
        """
        if len(fields) != len(self._scoring.fields):
            raise InputError(
                f"A passage of {len(fields)} fields was given; the index has {len(self._scoring.fields)}: "
                f"{', '.join(field.name for field in self._scoring.fields)}.",
                "Give each of them, an empty one where the passage has none.",
            )
        for tokens, terms in zip(self._tokens, fields, strict=True):
            tokens.extend(map(self._numbers.__getitem__, terms))
            self._lengths.append(len(terms))
        if sum(map(len, self._tokens)) >= CHUNK_TERMS:
            self._flush()

    def segment(self) -> Segment:
        """The postings of what was added. The inverter is empty afterwards."""
        if self._lengths or not self._segments:
            self._flush()
        segments, self._segments = self._segments, []
        pivots = self._pivots or means([segment.lengths for segment in segments])
        if len(segments) == 1:
            return segments[0].scored(self._scoring, pivots)
        starts = np.cumsum([0, *map(len, segments)])
        placed = [np.arange(start, start + len(s)) for start, s in zip(starts[:-1], segments, strict=True)]
        return merge(segments, placed, int(starts[-1]), self._scoring, pivots)

    def _flush(self) -> None:
        lengths = np.array(self._lengths, dtype=np.uint32).reshape(-1, len(self._scoring.fields))
        tokens = [np.array(numbers, dtype=np.int64) for numbers in self._tokens]
        pivots = self._pivots or means([lengths])
        self._segments.append(_invert(list(self._numbers), tokens, lengths, self._scoring, pivots))
        self._clear()

    def _clear(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._tokens: list[array[int]] = [array("q") for _ in self._scoring.fields]
        self._lengths: array[int] = array("q")


def _invert(
    terms: Sequence[str],
    tokens: Sequence[NDArray[np.int64]],
    lengths: NDArray[np.uint32],
    scoring: Scoring,
    pivots: tuple[float, ...],
) -> Segment:
    """Sort all occurrences by term, passage and field, and count those that are alike.

    ``tokens``: for each field the numbers of its terms in ``terms``, passage after passage; ``lengths``:
    how many of them belong to each passage (passages × fields).
    """
    encoded = [term.encode() for term in terms]
    order = sorted(range(len(encoded)), key=encoded.__getitem__)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    passages, fields = lengths.shape
    every = np.arange(passages, dtype=np.int64)
    codes = np.concatenate(
        [
            (rank[numbers] * passages + np.repeat(every, lengths[:, f])) * fields + f
            for f, numbers in enumerate(tokens)
        ]
    )
    codes.sort()
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    counts = np.diff(first, append=len(codes))
    codes = codes[first]
    places = codes // fields  # term and passage
    opens = np.diff(places, prepend=-1) != 0
    frequencies = np.zeros((int(opens.sum()), fields), dtype=np.uint16)
    frequencies[np.cumsum(opens) - 1, codes % fields] = np.minimum(counts, MAX_FREQUENCY)
    places = places[opens]
    starts = np.searchsorted(places, np.arange(len(terms) + 1, dtype=np.int64) * passages)
    rows = (places % max(passages, 1)).astype(np.int32)
    vocabulary = table_of(encoded[i] for i in order)
    return with_impacts(vocabulary, starts.astype(np.int64), rows, frequencies, lengths, scoring, pivots)
