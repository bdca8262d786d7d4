"""Of all passages the few hundred that a search ranks: the best of either way of scoring, on one scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.types import Kind
from index.fusion import Scores, weighted_sum, z_score
from index.graph import Ranked
from index.pooling import DECAYS, pool
from index.snapshot import Snapshot
from index.table import Mask, Numbers, Places

CANDIDATES = 400  # of each way of scoring; see docs/evaluation.md

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages of one kind that either way of scoring found, and the results that they stand in.

    ``similar`` is the cosine of each passage, NaN where it has no vector.
    """

    passages: Numbers
    similar: Scores
    scores: Scores
    places: Places


class Scored:
    """One query over all passages of a snapshot.

    Args:
        snapshot: the index.
        terms: the query's terms with their weights.
        vector: the query's vector; ``None`` scores by words alone.
        dense_weight: share of the similarity in the fused score.
    """

    def __init__(
        self, snapshot: Snapshot, terms: Mapping[str, float], vector: Floats | None, dense_weight: float
    ) -> None:
        self._snapshot = snapshot
        self._vector = vector
        self._dense_weight = dense_weight
        self._lexical = snapshot.lexical.scores(terms)

    def candidates(self, filters: Mapping[Kind, tuple[Mask, Mask]]) -> dict[Kind, Candidates]:
        """The candidates of each kind, scored on one scale from 0, so that kinds can be compared.

        Args:
            filters: for each kind the documents and the passages that may answer.
        """
        ids = {kind: self._either_way(keep) for kind, (_, keep) in filters.items()}
        together = np.concatenate(list(ids.values()))
        similar = self._similar(together)
        scores = fused(self._lexical[together].astype(np.float64), similar, self._dense_weight)
        found, start = {}, 0
        for kind, (documents, _) in filters.items():
            part = slice(start, start := start + len(ids[kind]))
            places = self._snapshot.table.places(ids[kind], documents)
            found[kind] = Candidates(ids[kind], similar[part], scores[part], places)
        return found

    def joined(self, found: Candidates, nodes: Numbers, documents: Mask) -> Candidates:
        """The candidates with those of ``nodes`` that neither way found: they score nothing of their own."""
        new = np.setdiff1d(self._snapshot.table.passages_of(nodes), found.passages)
        passages = np.concatenate([found.passages, new])
        return Candidates(
            passages,
            np.concatenate([found.similar, self._similar(new)]),
            np.concatenate([found.scores, np.zeros(len(new))]),
            self._snapshot.table.places(passages, documents),
        )

    def _either_way(self, keep: Mask) -> Numbers:
        """The best passages by words and the best by meaning, each once."""
        ids = _best(np.where(keep, self._lexical, 0.0), CANDIDATES)
        if self._vector is not None:
            near, _ = self._snapshot.dense.search(self._vector, CANDIDATES, keep)
            ids = np.union1d(ids, near).astype(np.int64)
        return ids

    def _similar(self, passages: Numbers) -> Scores:
        if self._vector is None or not len(passages):
            return np.full(len(passages), np.nan)
        return self._snapshot.dense.similarities(self._vector, passages).astype(np.float64)


def pooled(kind: Kind, candidates: Candidates) -> Ranked:
    """The results that the candidates stand in."""
    places = candidates.places
    return Ranked(*pool(candidates.scores[places.which], places.nodes, DECAYS[kind]))


def fused(lexical: Scores, similar: Scores, dense_weight: float) -> Scores:
    """One score for each candidate, 0 for the worst: the standardised ways of scoring, weighted and summed.

    Args:
        lexical: scores by words.
        similar: cosines, NaN without a vector: there the words alone count.
    """
    words = z_score(lexical)
    meaning = np.where(np.isnan(similar), words, z_score(similar))
    total = weighted_sum([words, meaning], [1 - dense_weight, dense_weight])
    shifted: Scores = total - total.min(initial=np.inf) if len(total) else total
    return shifted


def _best(scores: Floats, k: int) -> npt.NDArray[np.int64]:
    """Positions of the ``k`` highest scores above 0, best first; ties in order of position."""
    k = min(k, len(scores))
    if k == 0:
        return np.zeros(0, dtype=np.int64)
    top = np.argpartition(-scores, k - 1)[:k]
    top = top[scores[top] > 0]
    return top[np.lexsort((top, -scores[top]))].astype(np.int64)
