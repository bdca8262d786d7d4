"""A complete stack of another house: Haystack, with its in-memory store, retrievers and joiner.

An extra of its own installs it: ``pip install -e '.[peers]'``. It is run with the same weights as Hjemmel's
encoder, through Haystack's own embedders, which run sentence-transformers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from index.e5_weights import PASSAGE_PREFIX, QUERY_PREFIX
from index.evaluation.types import CollectionDocument, CollectionQuery
from tests.benchmarks.peers.engines import DEPTH, Ranking, document_text
from tests.benchmarks.peers.tasks import Task

MODULES = ("haystack", "haystack_integrations.components.embedders.sentence_transformers")


@dataclass(frozen=True, slots=True)
class Care:
    """How a pipeline is set up. ``None`` leaves Haystack's default."""

    top_k: int | None = None
    join_mode: str | None = None
    query_prefix: str = ""
    passage_prefix: str = ""


DEFAULT = Care()
# What the documentation of Haystack and of the model would lead a careful reader to.
CAREFUL = Care(100, "reciprocal_rank_fusion", QUERY_PREFIX, PASSAGE_PREFIX)


def is_installed() -> bool:
    """Whether the stack can be imported."""
    try:
        return all(find_spec(module) is not None for module in MODULES)
    except ModuleNotFoundError:  # a parent package is missing
        return False


class Haystack:
    """BM25 and embedding retrievers over an in-memory store, joined; documents split by the default splitter."""

    def __init__(self, task: Task, model: Path, care: Care) -> None:
        self._documents = task.collection.documents
        self._model = str(model)
        self._care = care

    def build(self) -> None:
        """As ``Peer.build``, encoding included."""
        from haystack import Pipeline
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersTextEmbedder,
        )

        care = self._care
        store = InMemoryDocumentStore()
        store.write_documents(self._embedded())
        chosen = {} if care.top_k is None else {"top_k": care.top_k}
        joined = {} if care.join_mode is None else {"join_mode": care.join_mode}
        pipeline = Pipeline()
        embedder = SentenceTransformersTextEmbedder(
            model=self._model, prefix=care.query_prefix, progress_bar=False
        )
        pipeline.add_component("embedder", embedder)
        pipeline.add_component("meaning", InMemoryEmbeddingRetriever(store, **chosen))
        pipeline.add_component("words", InMemoryBM25Retriever(store, **chosen))
        pipeline.add_component("joiner", DocumentJoiner(**joined))
        pipeline.connect("embedder.embedding", "meaning.query_embedding")
        pipeline.connect("words", "joiner")
        pipeline.connect("meaning", "joiner")
        self._pipeline = pipeline

    def search(self, query: CollectionQuery) -> Ranking:
        """As ``Peer.search``: a document stands where its first passage does."""
        asked = {"embedder": {"text": query.text}, "words": {"query": query.text}}
        found = self._pipeline.run(asked)["joiner"]["documents"]
        ids = list(dict.fromkeys(passage.meta["document"] for passage in found))[:DEPTH]
        return {id: float(len(ids) - rank) for rank, id in enumerate(ids)}

    def _embedded(self) -> Sequence[Any]:
        from haystack import Document
        from haystack.components.preprocessors import DocumentSplitter
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
        )

        whole = [Document(content=document_text(d), meta={"document": d.id}) for d in _named(self._documents)]
        passages = DocumentSplitter().run(documents=whole)["documents"]
        embedder = SentenceTransformersDocumentEmbedder(
            model=self._model, prefix=self._care.passage_prefix, progress_bar=False
        )
        embedded: Sequence[Any] = embedder.run(documents=passages)["documents"]
        return embedded


def _named(documents: Sequence[CollectionDocument]) -> Sequence[CollectionDocument]:
    """The documents that hold words: the splitter leaves out the others with a warning each."""
    return [d for d in documents if document_text(d).strip()]
