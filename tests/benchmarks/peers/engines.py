"""The peers that are libraries, and Hjemmel itself: each builds over documents and ranks them for a query."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import bm25s
import faiss
import numpy as np
import snowballstemmer
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index import fusion
from index.analysis import BEST, Analyzer
from index.encoders import Encoder
from index.evaluation.collection_index import CollectionIndex
from index.evaluation.collection_passages import cut
from index.evaluation.own_index import DEPTH as OWN_DEPTH
from index.evaluation.own_index import query_of
from index.evaluation.systems import LEXICAL_TOGETHER, System, together
from index.evaluation.types import CollectionDocument, CollectionQuery
from index.search import Searcher
from index.vector_cache import VectorCache
from tests.benchmarks.peers.tasks import Task

DEPTH = 1000  # documents of a ranking, as TREC measures them
K1, B = 1.5, 0.75  # the values of most libraries, and those that both peers have by default
SNOWBALL = {"da": "danish", "de": "german", "en": "english"}

# The ways in which Hjemmel searches a test collection, as ``hjemmel evaluate`` does.
HJEMMEL_WORDS: System = LEXICAL_TOGETHER
HJEMMEL_FUSED: System = together(fusion.DENSE_WEIGHT)

Ranking = Mapping[str, float]  # score by document id; higher is better


class Peer(Protocol):
    """A way of searching."""

    def build(self) -> None:
        """Make the index."""

    def search(self, query: CollectionQuery) -> Ranking:
        """The best ``DEPTH`` documents that were found at all."""


def document_text(document: CollectionDocument) -> str:
    """What a peer reads of a document: its title and its text."""
    return f"{document.title}\n{document.text}" if document.title else document.text


def best(ids: Sequence[str], scores: NDArray[np.float64]) -> dict[str, float]:
    """The best ``DEPTH`` documents with a score other than 0."""
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return {ids[i]: float(scores[i]) for i in order if scores[i] != 0}


class Words:
    """Splits and stems as bm25s does by default: words of two letters or more, its stop words, Snowball."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._stem = snowballstemmer.stemmer(SNOWBALL[language]).stemWords

    def __call__(self, texts: Sequence[str]) -> list[list[str]]:
        """The stems of each text."""
        found: list[list[str]] = bm25s.tokenize(
            list(texts), stopwords=self._language, stemmer=self._stem, return_ids=False, show_progress=False
        )
        return found


class Bm25s:
    """bm25s over whole documents."""

    def __init__(self, task: Task) -> None:
        self._documents = task.collection.documents
        self._words = Words(task.language)

    def build(self) -> None:
        """As ``Peer.build``."""
        self._ids = [d.id for d in self._documents]
        self._index = bm25s.BM25(method="lucene", k1=K1, b=B)
        self._index.index(self._words([document_text(d) for d in self._documents]), show_progress=False)

    def search(self, query: CollectionQuery) -> Ranking:
        """As ``Peer.search``."""
        known = [word for word in self._words([query.text])[0] if word in self._index.vocab_dict]
        if not known:
            return {}
        return best(self._ids, self._index.get_scores(known).astype(np.float64))


class RankBm25:
    """rank-bm25's BM25Okapi over the same words."""

    def __init__(self, task: Task) -> None:
        self._documents = task.collection.documents
        self._words = Words(task.language)

    def build(self) -> None:
        """As ``Peer.build``."""
        self._ids = [d.id for d in self._documents]
        self._index = BM25Okapi(self._words([document_text(d) for d in self._documents]), k1=K1, b=B)

    def search(self, query: CollectionQuery) -> Ranking:
        """As ``Peer.search``."""
        return best(self._ids, self._index.get_scores(self._words([query.text])[0]))


class Dense:
    """The bundled encoder and an exact FAISS index over passages; a document is as good as its best one.

    The passages and their vectors are Hjemmel's own, encoded before and counted apart.
    """

    def __init__(self, task: Task, encoder: Encoder, cache: VectorCache) -> None:
        self._task = task
        self._encoder = encoder
        self._cache = cache

    def build(self) -> None:
        """As ``Peer.build``."""
        found = cut(self._task.collection)
        known, rows = self._cache.get([p.key for p in found.passages])
        assert known.all(), "encode the passages first"
        self._ids = [self._task.collection.documents[owner].id for owner in found.owners]
        self._index = faiss.IndexFlatIP(self._encoder.dimension)
        self._index.add(rows)

    def search(self, query: CollectionQuery) -> Ranking:
        """As ``Peer.search``."""
        vector = self._encoder.encode_queries([query.text])
        # Several passages of one document may come before the next document.
        cosines, numbers = self._index.search(vector, self._index.ntotal)
        ranking: dict[str, float] = {}
        for cosine, number in zip(cosines[0].tolist(), numbers[0].tolist(), strict=True):
            ranking.setdefault(self._ids[number], cosine)
            if len(ranking) == DEPTH:
                break
        return ranking


class Rrf:
    """Two peers mixed by rank with equal say, without weights (Cormack, Clarke, Büttcher 2009)."""

    def __init__(self, first: Peer, second: Peer) -> None:
        self._peers = first, second

    def build(self) -> None:
        """As ``Peer.build``."""
        for peer in self._peers:
            peer.build()

    def search(self, query: CollectionQuery) -> Ranking:
        """As ``Peer.search``."""
        ids, scores = fusion.align([peer.search(query) for peer in self._peers])
        return best(ids, fusion.reciprocal_rank(scores))


class HjemmelCollection:
    """Hjemmel over a test collection, the way its evaluation goes."""

    def __init__(
        self, task: Task, system: System, encoder: Encoder | None = None, cache: VectorCache | None = None
    ) -> None:
        self._task = task
        self._system = system
        self._encoder = encoder
        self._cache = cache

    def build(self) -> None:
        """As ``Peer.build``."""
        analyzer = Analyzer(BEST[self._task.language])
        self._index = CollectionIndex(
            self._task.collection, analyzer, self._encoder, self._cache, encode_missing=False
        )

    def search(self, query: CollectionQuery) -> Ranking:
        """As ``Peer.search``."""
        return self._index.run(self._system, [query]).scores[query.id]


class HjemmelOwn:
    """Hjemmel over its own index: the product's search, with the reasons that it gives for each result."""

    def __init__(self, task: Task, open_searcher: Callable[[], Searcher]) -> None:
        self._kind = task.kind
        self._open = open_searcher

    def build(self) -> None:
        """As ``Peer.build``; the index was built before, and is counted apart."""
        self._searcher = self._open()

    def search(self, query: CollectionQuery) -> Ranking:
        """As ``Peer.search``."""
        results = self._searcher.search(query_of(query, OWN_DEPTH))
        ranked = [r for r in (*results.rules, *results.precedents) if r.kind is self._kind]
        return {r.id: float(len(ranked) - rank) for rank, r in enumerate(ranked)}
