"""What ``hjemmel evaluate`` does: one collection, three ways of searching, the standard measures."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from api.wiring import Workspace
from index.analysis import Analyzer, AnalyzerConfig
from index.evaluation import own_index
from index.evaluation.beir import read_collection
from index.evaluation.collection_index import CollectionIndex
from index.evaluation.measures import evaluate as measure
from index.evaluation.runs import write_run
from index.evaluation.systems import SINGLE, passage_fusion
from index.evaluation.types import Evaluation, Run
from index.search import DENSE_WEIGHT
from index.vector_cache import VectorCache


class Language(StrEnum):
    """Languages a collection may be in."""

    DANISH = "da"
    GERMAN = "de"
    ENGLISH = "en"


FUSED = "fused"
LEXICAL, _, DENSE = SINGLE


def evaluate(work: Workspace, folder: Path, run_file: Path | None, language: Language) -> list[Evaluation]:
    """Measure a collection; writes the fused ranking to ``run_file`` where one is named.

    Raises:
        InputError, NotFoundError: the folder is not a collection.
        IndexMissingError: judged are the index's own documents, and there is no index.
    """
    if own_index.is_own(folder):
        return _own(work, folder, run_file)
    collection = read_collection(folder)
    analyzer = Analyzer(AnalyzerConfig(language.value))
    encoder = work.encoder
    if encoder is None:
        index = CollectionIndex(collection, analyzer)
        systems = [LEXICAL]
    else:
        with VectorCache(work.settings.vectors_folder, encoder.fingerprint, encoder.dimension) as cache:
            index = CollectionIndex(collection, analyzer, encoder, cache)
        systems = [LEXICAL, DENSE, passage_fusion("z-score", DENSE_WEIGHT)]
    if run_file is not None:
        write_run(run_file, index.run(systems[-1]))
    return list(index.evaluate(systems).values())


def _own(work: Workspace, folder: Path, run_file: Path | None) -> list[Evaluation]:
    queries, qrels = own_index.read_cases(folder)
    own_index.check_known(work.searcher(), qrels)
    searchers = {"lexical": work.searcher(dense_weight=0.0)}
    if work.encoder is not None:
        searchers |= {"dense": work.searcher(dense_weight=1.0), FUSED: work.searcher()}
    runs = own_index.runs(searchers, queries)
    if run_file is not None:
        best = FUSED if FUSED in searchers else "lexical"
        # One file holds both lists: their ids differ, and each judgement is of one of them.
        merged: dict[str, dict[str, float]] = {}
        for (name, _), run in runs.items():
            if name == best:
                for query, scores in run.scores.items():
                    merged.setdefault(query, {}).update(scores)
        write_run(run_file, Run("hjemmel", merged))
    return [measure(judged, runs[name, kind]) for kind, judged in qrels.items() for name in searchers]


def record(name: str, measured: list[Evaluation]) -> dict[str, object]:
    """The measured means as JSON has them."""
    return {
        "collection": name,
        "systems": [
            {
                "system": e.run,
                "queries": e.queries,
                "measures": {m: round(e.mean(m), 4) for m in e.values},
            }
            for e in measured
        ],
    }
