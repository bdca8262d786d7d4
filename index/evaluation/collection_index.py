"""A test collection searched by our own retrieval: the same passages, analyser, indexes and fusion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analysis import Analyzer
from index.dense import DenseIndex
from index.encoders import Encoder
from index.evaluation.collection_passages import CollectionPassages, cut, document_text, encode
from index.evaluation.measures import STANDARD_MEASURES, evaluate
from index.evaluation.systems import LongScores, QueryScores, System, pooled
from index.evaluation.types import Collection, CollectionQuery, Evaluation, Qrels, Run
from index.fusion import Scores
from index.lexical import LONG_QUERIES, LexicalBuilder, LexicalIndex, query_terms
from index.query_terms import DEFAULT_POLICY, Frequencies, QueryPolicy
from index.stretches import stretches
from index.vector_cache import VectorCache

DEPTH = 1000  # documents of a ranking that are measured, as TREC does
QUERIES_AT_ONCE = 100  # rankings held at a time: 100 of 1,000 documents take some 20 MB a system
ROWS_AT_ONCE = 8192
# In a query of several stretches most words are beside the point: rare ones count for more than in BM25.
LONG_POLICY = replace(DEFAULT_POLICY, rarity=1.0)


class CollectionIndex:
    """The indexes of one collection, in memory.

    Args:
        collection: what is searched.
        analyzer: of the collection's language.
        encoder: gives passages and queries vectors; ``None`` leaves every cosine unknown.
        cache: where the vectors of passages are kept; needed with an encoder.
        encode_missing: encode what the cache does not know; otherwise those passages have no cosine.
        cases: knows how rare a term is among cases: what is common there sets no case apart, however rare
            it is in the collection. By default the collection's own passages tell.
    """

    def __init__(
        self,
        collection: Collection,
        analyzer: Analyzer,
        encoder: Encoder | None = None,
        cache: VectorCache | None = None,
        encode_missing: bool = True,
        cases: Frequencies | None = None,
    ) -> None:
        self.collection = collection
        self._analyzer = analyzer
        self._encoder = encoder
        self._cases = cases
        self._cut = cut(collection)
        self._by_passage = _lexical(analyzer, [(p.context, p.text) for p in self._cut.passages])
        self._by_document = _lexical(analyzer, [(d.title, document_text(d)) for d in collection.documents])
        self._dense: DenseIndex | None = None
        self.vectors = 0  # passages that have a vector
        if encoder is not None and cache is not None:
            if encode_missing:
                encode(self._cut.passages, encoder, cache)
            self._dense, self.vectors = _dense(self._cut, cache, encoder.dimension)

    @property
    def passages(self) -> int:
        """Number of passages."""
        return len(self._cut.passages)

    def scores(self, queries: Sequence[CollectionQuery]) -> Iterator[QueryScores]:
        """The scores of each query, in order."""
        every = np.arange(self.passages, dtype=np.int64)
        vectors: Sequence[NDArray[np.float32] | None] = [None] * len(queries)
        if self._encoder is not None and self._dense is not None:
            vectors = list(self._encoder.encode_queries([query.text for query in queries]))
        for query, vector in zip(queries, vectors, strict=True):
            cosines: Scores = np.full(self.passages, np.nan)
            if vector is not None and self._dense is not None:
                cosines = self._dense.similarities(vector, every).astype(np.float64)
            parts = stretches(query.text)
            yield QueryScores(
                passages=self._lexical_scores(self._by_passage, query.text),
                documents=self._lexical_scores(self._by_document, query.text),
                cosines=cosines,
                owners=self._cut.owners,
                long=self._long_scores(query.text, parts) if len(parts) > 1 else None,
            )

    def run(self, system: System, queries: Sequence[CollectionQuery] | None = None) -> Run:
        """What ``system`` finds for ``queries``, by default for all judged ones."""
        chosen = self.judged() if queries is None else queries
        found = {
            query.id: self._ranking(system.order(scores))
            for query, scores in zip(chosen, self.scores(chosen), strict=True)
        }
        return Run(system.name, found)

    def evaluate(
        self, systems: Sequence[System], measures: Sequence[str] = STANDARD_MEASURES
    ) -> dict[str, Evaluation]:
        """Measure all systems over the judged queries, some queries at a time."""
        values: dict[str, dict[str, dict[str, float]]] = {s.name: {m: {} for m in measures} for s in systems}
        judged = self.judged()
        for start in range(0, len(judged), QUERIES_AT_ONCE):
            batch = judged[start : start + QUERIES_AT_ONCE]
            qrels = Qrels({query.id: self.collection.qrels.grades[query.id] for query in batch})
            rankings: dict[str, dict[str, dict[str, float]]] = {system.name: {} for system in systems}
            for query, scores in zip(batch, self.scores(batch), strict=True):
                for system in systems:
                    rankings[system.name][query.id] = self._ranking(system.order(scores))
            for name, found in rankings.items():
                for measure, per_query in evaluate(qrels, Run(name, found), measures).values.items():
                    values[name][measure].update(per_query)
        return {name: Evaluation(name, per_measure) for name, per_measure in values.items()}

    def judged(self) -> list[CollectionQuery]:
        """The queries that have judgements, in the collection's order."""
        return [query for query in self.collection.queries if query.id in self.collection.qrels.grades]

    def _long_scores(self, text: str, parts: Sequence[str]) -> LongScores:
        """What a query of several stretches scores, document by document."""
        documents, passages = self._for_long_queries
        by_words = [self._lexical_scores(passages, part, LONG_POLICY) for part in parts]
        return LongScores(
            self._lexical_scores(documents, text, LONG_POLICY),
            np.nan_to_num(self._by_owner(by_words)),
            self._cosines(parts),
        )

    @cached_property
    def _for_long_queries(self) -> tuple[LexicalIndex, LexicalIndex]:
        """The documents and the passages, scored by the variant for long queries."""
        return self._by_document.rescored(LONG_QUERIES), self._by_passage.rescored(LONG_QUERIES)

    def _by_owner(self, scores: Sequence[Scores]) -> Scores:
        """Scores of passages, pooled: a row for each document, a column for each of ``scores``."""
        count = len(self.collection.documents)
        return np.stack([pooled(each, self._cut.owners, count) for each in scores], axis=1)

    def _cosines(self, parts: Sequence[str]) -> Scores | None:
        """The largest cosine of each document to each part of a query."""
        if self._encoder is None or self._dense is None:
            return None
        every = np.arange(self.passages, dtype=np.int64)
        vectors = self._encoder.encode_queries(list(parts))
        return self._by_owner([self._dense.similarities(v, every).astype(np.float64) for v in vectors])

    def _lexical_scores(self, index: LexicalIndex, text: str, policy: QueryPolicy = DEFAULT_POLICY) -> Scores:
        terms = query_terms(text, self._analyzer, index, policy, self._cases)
        return index.scores(terms).astype(np.float64)

    def _ranking(self, scores: Scores) -> dict[str, float]:
        """The best documents that were found at all, by id."""
        order = np.argsort(-scores, kind="stable")[:DEPTH]
        documents = self.collection.documents
        return {documents[i].id: float(scores[i]) for i in order if not np.isnan(scores[i])}


def _lexical(analyzer: Analyzer, texts: Sequence[tuple[str, str]]) -> LexicalIndex:
    builder = LexicalBuilder(analyzer)
    for context, text in texts:
        builder.add(context, text)
    return builder.build()


def _dense(found: CollectionPassages, cache: VectorCache, dimension: int) -> tuple[DenseIndex, int]:
    index = DenseIndex(dimension)
    keys = [passage.key for passage in found.passages]
    for start in range(0, len(keys), ROWS_AT_ONCE):
        mask, rows = cache.get(keys[start : start + ROWS_AT_ONCE])
        index.add(start + np.flatnonzero(mask), rows[mask])
    return index, len(index)
