"""The lexical index: BM25 over immutable segments that share their statistics.

A passage is known by its row, its number in the order in which passages were added. Adding makes a new
small segment, deleting marks rows, and either gives a new index while searches hold the old one. Rarity
is counted over all passages that are not deleted, so that it does not matter in how many steps an index
was built. Only the usual lengths (``pivots``) wait: they follow when the means have moved by
``PIVOT_DRIFT``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from corpus.errors import InputError
from index.analysis import Analyzer
from index.bm25 import Field, Floats, Scoring, floored_okapi_idf, lucene_idf, okapi_idf
from index.errors import IndexCorruptError, QueryError, QueryFault
from index.inversion import Inverter
from index.postings import Segment, means, merge
from index.query_terms import QueryPolicy, query_terms

__all__ = ["PASSAGES", "LexicalBuilder", "LexicalIndex", "QueryPolicy", "passage_terms", "query_terms"]

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]

# Context is a work's title, chapter and heading: what a passage is about, but shared by the whole work, so
# that it helps to find the work and not the § in it. Any weight from ¼ to 4 gave the same order on the
# six Danish decisions and the AILA statutes it was tried on. The parts of compounds have a field of their
# own: nDCG@10 on LegalQuAD .871 with ¼, .861 with 1, and where the questions had their compounds taken
# apart as a layman may write them, .828, .830, and .735 without parts.
PASSAGES = Scoring((Field("context", weight=0.5, b=0.3), Field("body"), Field("parts", weight=0.25)))
# For queries of several stretches over whole judgments and statutes: more occurrences go on counting, and
# length counts against them in full. Chosen on two sets made of judgments: see docs/evaluation.md
LONG_QUERIES = replace(
    PASSAGES, fields=(PASSAGES.fields[0], *(replace(f, b=1.0) for f in PASSAGES.fields[1:])), k1=2.5
)
FORMAT = 1
# A new segment swallows its neighbour while that is at most so many times as large: about
# log2(passages / smallest addition) segments remain, and each passage is rewritten as often.
MERGE_RATIO = 2
PIVOT_DRIFT = 0.05  # share by which the mean length may move; changes scores by less than 3 %
_FACTS = "lexical.json"
_DELETED = "deleted.npy"


@dataclass(frozen=True, eq=False)
class LexicalIndex:
    """Scores passages by the terms they share with a query. Immutable; threads may share it."""

    segments: tuple[Segment, ...]
    scoring: Scoring
    pivots: tuple[float, ...]
    deleted: Rows  # sorted rows

    @classmethod
    def build(cls, passages: Iterable[Sequence[Sequence[str]]], scoring: Scoring = PASSAGES) -> LexicalIndex:
        """An index of passages given as the terms of each field of ``scoring``, in its order."""
        inverter = Inverter(scoring)
        for fields in passages:
            inverter.add(fields)
        return _index_of(inverter.segment(), scoring)

    def __len__(self) -> int:
        """Number of rows, deleted ones included."""
        return sum(map(len, self.segments))

    @property
    def passages(self) -> int:
        """Number of passages that can be found."""
        return len(self) - len(self.deleted)

    def scores(self, terms: Mapping[str, float]) -> Floats:
        """The BM25 score of every row for weighted query terms; 0 for what holds none of them."""
        weighted = [(term.encode(), weight) for term, weight in terms.items() if weight]
        places = [[segment.find(term) for term, _ in weighted] for segment in self.segments]
        frequencies = [self._frequency(of_term) for of_term in zip(*places, strict=True)]
        factors = np.array(
            [
                weight * self._idf(df) if df else 0.0
                for (_, weight), df in zip(weighted, frequencies, strict=True)
            ],
            dtype=np.float32,
        )
        parts = [
            _segment_scores(segment, found, factors)
            for segment, found in zip(self.segments, places, strict=True)
        ]
        scores: Floats = np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)
        scores[self.deleted] = 0.0
        return scores

    def search(self, terms: Mapping[str, float], k: int, keep: Mask | None = None) -> tuple[Rows, Floats]:
        """The ``k`` best rows that hold a term and are kept, best first, ties in order of rows.

        Args:
            terms: query terms with their weights, as from ``query_terms``.
            k: how many at most; a larger number than there are gives all.
            keep: for each row whether it may be found; ``None`` keeps all.

        Raises:
            QueryError: ``k`` is below 1.
            InputError: ``keep`` does not have one value for each row.
        """
        if k < 1:
            raise QueryError(QueryFault.TOP, f"{k} results were asked for.", "Ask for at least 1.", value=k)
        if keep is not None and keep.shape != (len(self),):
            raise InputError(
                f"The filter has the shape {keep.shape}; the index has {len(self)} rows.",
                "Give one value for each row.",
            )
        scores = self.scores(terms)
        if keep is not None:
            scores[~keep] = 0.0
        return _best(scores, k)

    def term_contributions(self, row: int, terms: Mapping[str, float]) -> dict[str, float]:
        """What each query term that the passage holds adds to its score; the sum is its score."""
        segment, local = self._locate(row)
        found: dict[str, float] = {}
        if _holds(self.deleted, row):
            return found
        for term, weight in terms.items():
            places = [each.find(term.encode()) for each in self.segments]
            start, end = places[self.segments.index(segment)]
            at = start + int(np.searchsorted(segment.rows[start:end], local))
            if weight and at < end and segment.rows[at] == local:
                found[term] = weight * self._idf(self._frequency(places)) * float(segment.impacts[at])
        return found

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands."""
        return self._frequency([segment.find(term.encode()) for segment in self.segments])

    def add(self, passages: Iterable[Sequence[Sequence[str]]]) -> LexicalIndex:
        """An index with more passages after those of this one. Rows stay what they are."""
        inverter = Inverter(self.scoring, self.pivots if self.passages else None)
        for fields in passages:
            inverter.add(fields)
        if not len(inverter):
            return self
        added = inverter.segment()
        segments = [*self.segments, added]
        while len(segments) > 1 and len(segments[-2]) <= MERGE_RATIO * len(segments[-1]):
            segments[-2:] = [self._merged(segments[:-2], segments[-2:], added.pivots)]
        return replace(self, segments=tuple(segments), pivots=added.pivots)._repivoted()

    def delete(self, rows: Iterable[int]) -> LexicalIndex:
        """An index that no longer finds these rows. The rows keep their numbers until ``compact``.

        Raises:
            InputError: there is no such row.
        """
        gone = np.unique(np.fromiter(rows, dtype=np.int64))
        if len(gone) and not 0 <= gone[0] <= gone[-1] < len(self):
            raise InputError(
                f"Rows {gone[0]} to {gone[-1]} cannot be deleted.",
                f"The index has the rows 0 to {len(self) - 1}.",
            )
        return replace(self, deleted=np.union1d(self.deleted, gone))._repivoted()

    def compact(self) -> tuple[LexicalIndex, Rows]:
        """One segment without the deleted rows, and the new number of every row (-1: deleted)."""
        live = np.ones(len(self), dtype=bool)
        live[self.deleted] = False
        renumbered = np.where(live, np.cumsum(live) - 1, -1)
        bounds = np.cumsum([0, *map(len, self.segments)])
        placed = [renumbered[a:b] for a, b in pairwise(bounds)]
        segment = merge(self.segments, placed, self.passages, self.scoring, self.pivots)
        pivots = means([segment.lengths])
        return _index_of(segment.scored(self.scoring, pivots), self.scoring), renumbered

    def rescored(self, scoring: Scoring) -> LexicalIndex:
        """The same passages under other weights, k1, b or idf.

        Raises:
            InputError: the fields are not the same.
        """
        if [f.name for f in scoring.fields] != [f.name for f in self.scoring.fields]:
            raise InputError("The fields of an index cannot be changed.", "Build it with the other fields.")
        segments = tuple(segment.scored(scoring, self.pivots) for segment in self.segments)
        return replace(self, segments=tuple(replace(s, scoring=scoring) for s in segments), scoring=scoring)

    def save(self, folder: Path) -> None:
        """Write the index into a new or empty folder. Segments that are on disk already are linked.

        Raises:
            InputError: the folder holds something.
        """
        if folder.exists() and any(folder.iterdir()):
            raise InputError(f"The folder {folder} is not empty.", "Save into a new folder.")
        folder.mkdir(parents=True, exist_ok=True)
        for number, segment in enumerate(self.segments):
            segment.save(folder / f"{number:03}")
        np.save(folder / _DELETED, self.deleted)
        facts = {"format": FORMAT, "segments": len(self.segments), "pivots": self.pivots}
        (folder / _FACTS).write_text(json.dumps(facts | {"scoring": asdict(self.scoring)}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open a saved index; its arrays are mapped into memory, not read.

        Raises:
            IndexCorruptError: a file is missing or damaged, or another version wrote it.
        """
        try:
            facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            if facts["format"] != FORMAT:
                raise ValueError(f"format {facts['format']}, this program reads {FORMAT}")
            written = facts["scoring"]
            fields = tuple(Field(**field) for field in written["fields"])
            scoring = Scoring(fields, written["k1"], written["idf"])
            deleted = np.load(folder / _DELETED)
            pivots = tuple(float(pivot) for pivot in facts["pivots"])
            count = int(facts["segments"])
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise IndexCorruptError(
                f"the lexical index cannot be read ({error}).", "Build the index again."
            ) from error
        segments = tuple(Segment.load(folder / f"{number:03}", scoring) for number in range(count))
        return cls(segments, scoring, pivots, deleted)

    @cached_property
    def _average_okapi_idf(self) -> float:
        """Mean ``okapi_idf`` over the vocabulary: only the okapi variant asks for it."""
        frequencies: defaultdict[bytes, int] = defaultdict(int)
        gone = self._deleted_by_segment
        for segment, deleted in zip(self.segments, gone, strict=True):
            dead = np.isin(segment.rows, deleted)
            of_rows = np.repeat(np.arange(len(segment.starts) - 1), np.diff(segment.starts))[~dead]
            found = np.bincount(of_rows, minlength=len(segment.starts) - 1)
            for term, df in zip(segment.vocabulary, found.tolist(), strict=True):
                frequencies[term] += df
        idfs = [okapi_idf(df, self.passages) for df in frequencies.values() if df]
        return sum(idfs) / len(idfs) if idfs else 0.0

    def _idf(self, df: int) -> float:
        if self.scoring.idf == "lucene":
            return lucene_idf(df, self.passages)
        return (self.scoring.k1 + 1) * floored_okapi_idf(df, self.passages, self._average_okapi_idf)

    def _frequency(self, places: Sequence[tuple[int, int]]) -> int:
        total = 0
        for segment, gone, (start, end) in zip(self.segments, self._deleted_by_segment, places, strict=True):
            total += end - start
            if len(gone) and end > start:
                total -= int(np.isin(gone, segment.rows[start:end], assume_unique=True).sum())
        return total

    @cached_property
    def _starts(self) -> Rows:
        return np.cumsum([0, *map(len, self.segments)], dtype=np.int64)

    @cached_property
    def _deleted_by_segment(self) -> list[Rows]:
        cuts = np.searchsorted(self.deleted, self._starts)
        return [
            self.deleted[a:b] - start for (a, b), start in zip(pairwise(cuts), self._starts[:-1], strict=True)
        ]

    def _locate(self, row: int) -> tuple[Segment, int]:
        if not 0 <= row < len(self):
            raise InputError(f"There is no row {row}.", f"The index has {len(self)} rows, counted from 0.")
        number = int(np.searchsorted(self._starts, row, side="right")) - 1
        return self.segments[number], row - int(self._starts[number])

    def _merged(
        self, before: Sequence[Segment], joined: Sequence[Segment], pivots: tuple[float, ...]
    ) -> Segment:
        """Neighbouring segments as one; deleted rows stay, without postings."""
        start = sum(map(len, before))
        placed, row = [], 0
        for segment in joined:
            rows = np.arange(row, row + len(segment), dtype=np.int64)
            gone = np.isin(rows + start, self.deleted, assume_unique=True)
            placed.append(np.where(gone, -1, rows))
            row += len(segment)
        return merge(joined, placed, row, self.scoring, pivots)

    def _repivoted(self) -> LexicalIndex:
        """The same index with the usual lengths brought up to date, if they have moved enough."""
        lengths = [
            np.delete(segment.lengths, gone, axis=0)
            for segment, gone in zip(self.segments, self._deleted_by_segment, strict=True)
        ]
        now = means(lengths)
        moved = max(abs(new - old) / (old or 1.0) for new, old in zip(now, self.pivots, strict=True))
        if moved <= PIVOT_DRIFT:
            return self
        segments = tuple(segment.scored(self.scoring, now) for segment in self.segments)
        return replace(self, segments=segments, pivots=now)


class LexicalBuilder:
    """Collects passages for a new index, in the order of their rows.

    Args:
        analyzer: turns texts into terms.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._inverter = Inverter(PASSAGES)

    def __len__(self) -> int:
        return len(self._inverter)

    def add(self, context: str, text: str) -> None:
        """Add a passage: see ``passage_terms``."""
        self._inverter.add(passage_terms(self._analyzer, context, text))

    def build(self) -> LexicalIndex:
        """The index of what was added. The builder is empty afterwards."""
        return _index_of(self._inverter.segment(), PASSAGES)


def passage_terms(analyzer: Analyzer, context: str, text: str) -> tuple[list[str], list[str], list[str]]:
    """The fields of ``PASSAGES``: what ``LexicalIndex.add`` takes for a passage."""
    return analyzer.terms(context), *analyzer.words_and_parts(text)


def _index_of(segment: Segment, scoring: Scoring) -> LexicalIndex:
    return LexicalIndex((segment,), scoring, segment.pivots, np.zeros(0, dtype=np.int64))


def _segment_scores(segment: Segment, places: Sequence[tuple[int, int]], factors: Floats) -> Floats:
    """Impacts times factors, summed by row: one sparse matrix of the query's terms times a vector."""
    sizes = [end - start for start, end in places]
    if not any(sizes):
        return np.zeros(len(segment), dtype=np.float32)
    rows = np.concatenate([segment.rows[start:end] for start, end in places])
    impacts = np.concatenate([segment.impacts[start:end] for start, end in places])
    columns = np.cumsum([0, *sizes])
    matrix = sparse.csc_array((impacts, rows, columns), shape=(len(segment), len(places)))
    scores: Floats = matrix @ factors
    return scores


def _best(scores: Floats, k: int) -> tuple[Rows, Floats]:
    """Rows of the ``k`` highest scores other than 0, best first, ties in order of rows."""
    found = np.flatnonzero(scores)
    if len(found) > k:
        floor = np.partition(scores[found], len(found) - k)[len(found) - k]
        found = found[scores[found] >= floor]
    order = np.lexsort((found, -scores[found]))[:k]
    return found[order].astype(np.int64), scores[found[order]]


def _holds(rows: Rows, row: int) -> bool:
    at = int(np.searchsorted(rows, row))
    return at < len(rows) and int(rows[at]) == row
