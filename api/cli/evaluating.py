"""What ``hjemmel evaluate`` does: one collection, some ways of searching, the standard measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from api.wiring import Workspace
from corpus.types import Kind
from index import fusion
from index.analysis import BEST, Analyzer
from index.evaluation import own_index, silver
from index.evaluation.beir import read_collection
from index.evaluation.collection_index import CollectionIndex
from index.evaluation.measures import evaluate as measure
from index.evaluation.runs import write_run
from index.evaluation.systems import DENSE_TOGETHER, LEXICAL_TOGETHER, together
from index.evaluation.types import CollectionQuery, Evaluation, Qrels, Run
from index.search import Searcher
from index.vector_cache import VectorCache


class CollectionLanguage(StrEnum):
    """Languages a collection with documents of its own may be in."""

    DANISH = "da"
    GERMAN = "de"
    ENGLISH = "en"


class Way(StrEnum):
    """Ways of searching that are measured beside each other."""

    LEXICAL = "lexical"
    DENSE = "dense"
    FUSED = "fused"
    GRAPH = "fused+graph"
    LAW = "fused+graph+law"  # with the law's words for everyday words
    RERANKED = "fused+graph+law+reranker"  # where the operator has set a model for it


@dataclass(frozen=True, slots=True)
class Measured:
    """One way of searching, measured. ``kind`` is set where rules and precedents are apart."""

    system: Way
    kind: Kind | None
    evaluation: Evaluation


def evaluate(
    work: Workspace, folder: Path, run_file: Path | None, language: CollectionLanguage
) -> list[Measured]:
    """Measure a collection; writes the fused ranking to ``run_file`` where one is named.

    Raises:
        InputError, NotFoundError: the folder is not a collection.
        IndexMissingError: judged are the index's own documents, and there is no index.
    """
    if own_index.is_own(folder):
        return _own(work, folder, run_file)
    collection = read_collection(folder)
    analyzer = Analyzer(BEST[language.value])
    encoder = work.encoder
    if encoder is None:
        index = CollectionIndex(collection, analyzer)
        systems = {Way.LEXICAL: LEXICAL_TOGETHER}
    else:
        with VectorCache(work.settings.vectors_folder, encoder.fingerprint, encoder.dimension) as cache:
            index = CollectionIndex(collection, analyzer, encoder, cache)
        systems = {
            Way.LEXICAL: LEXICAL_TOGETHER,
            Way.DENSE: DENSE_TOGETHER,
            Way.FUSED: together(fusion.DENSE_WEIGHT),
        }
    if run_file is not None:
        write_run(run_file, index.run(list(systems.values())[-1]))
    evaluations = index.evaluate(list(systems.values())).values()
    return [Measured(way, None, e) for way, e in zip(systems, evaluations, strict=True)]


def _own(work: Workspace, folder: Path, run_file: Path | None) -> list[Measured]:
    queries, qrels = own_index.read_cases(folder)
    own_index.check_known(work.searcher(), qrels)
    return _ways(work, queries, qrels, run_file)


def from_decisions(work: Workspace, run_file: Path | None) -> list[Measured]:
    """Measure on the decisions that are kept: their facts ask, the §§ that they cite answer.

    Raises:
        NotFoundError: no decision has both.
        IndexMissingError: there is no index.
    """
    queries, qrels = silver.from_decisions(work.store, work.searcher().snapshot)
    return _ways(work, queries, {Kind.RULE: qrels}, run_file)


def _ways(
    work: Workspace, queries: Sequence[CollectionQuery], qrels: Mapping[Kind, Qrels], run_file: Path | None
) -> list[Measured]:
    searcher = Searcher(work.store, work.searcher().snapshot, work.analyzer, work.encoder)
    searchers = {Way.LEXICAL: searcher.weighted(0.0, None)}
    if work.encoder is not None:
        searchers |= {
            Way.DENSE: searcher.weighted(1.0, None),
            Way.FUSED: searcher.weighted(searcher.dense_weight, None),
        }
    searchers[Way.GRAPH] = searcher
    searchers[Way.LAW] = Searcher(
        work.store, searcher.snapshot, work.analyzer, work.encoder, thesaurus=work.thesaurus
    )
    if work.reranker is not None:
        searchers[Way.RERANKED] = work.searcher()
    runs = own_index.runs({way.value: searcher for way, searcher in searchers.items()}, queries)
    if run_file is not None:
        best = list(searchers)[-1]
        # One file holds both lists: their ids differ, and each judgement is of one of them.
        merged: dict[str, dict[str, float]] = {}
        for (name, _), run in runs.items():
            if name == best:
                for query, scores in run.scores.items():
                    merged.setdefault(query, {}).update(scores)
        write_run(run_file, Run("hjemmel", merged))
    return [
        Measured(way, kind, measure(judged, runs[way.value, kind]))
        for kind, judged in qrels.items()
        for way in searchers
    ]


def record(name: str, measured: list[Measured]) -> dict[str, object]:
    """The measured means as JSON has them: every measure."""
    return {
        "collection": name,
        "systems": [
            {
                "system": row.system,
                "kind": row.kind,
                "queries": row.evaluation.queries,
                "measures": {m: round(row.evaluation.mean(m), 4) for m in row.evaluation.values},
            }
            for row in measured
        ],
    }
