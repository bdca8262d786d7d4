"""Does an adapted encoder help one's own search? Two indexes over the same store, one for each encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.store import Store
from corpus.types import Kind
from index.adaptation.transfer import MEASURES, Transfer
from index.analysis import Analyzer
from index.encoders import Encoder
from index.evaluation import own_index, silver
from index.evaluation.measures import evaluate
from index.evaluation.own import ways
from index.evaluation.significance import compare
from index.evaluation.types import CollectionQuery, Evaluation, Qrels
from index.search import Searcher
from index.snapshot import open_current
from index.thesaurus.expansion import Thesaurus

_WORDS = "words"  # begins the names of the rankings that no encoder touches


@dataclass(frozen=True, slots=True, eq=False)
class Indexed:
    """A data folder with an index, and the encoder that the index was made with."""

    data: Path
    encoder: Encoder


def own_transfer(before: Indexed, after: Indexed, cases: Path | None = None) -> Transfer:
    """What changed over judged cases, or without them over the decisions themselves (silver).

    Raises:
        NotFoundError: no case or no decision can be asked.
        IndexMissingError: a folder has no index.
        IndexMismatchError: the index was made with another encoder.
    """
    was, now = _evaluate(before, cases), _evaluate(after, cases)
    changes = tuple(
        (f"{way}, {kind}s", compare(was[way, kind], now[way, kind], measure))
        for way, kind in was
        if not way.startswith(_WORDS)
        for measure in MEASURES
    )
    questions = max(evaluation.queries for evaluation in was.values())
    with Store(before.data / "corpus.db") as store:
        documents = sum(store.counts().values())
    return Transfer(cases.name if cases else "silver", questions, documents, changes)


def _evaluate(indexed: Indexed, cases: Path | None) -> dict[tuple[str, Kind], Evaluation]:
    analyzer = Analyzer()
    with Store(indexed.data / "corpus.db") as store:
        snapshot = open_current(indexed.data / "index", analyzer.fingerprint, indexed.encoder.fingerprint)
        questions: Sequence[CollectionQuery]
        judged: Mapping[Kind, Qrels]
        if cases:
            questions, judged = own_index.read_cases(cases)
        else:
            questions, qrels = silver.from_decisions(store, snapshot)
            judged = {Kind.RULE: qrels}
        searcher = Searcher(store, snapshot, analyzer, indexed.encoder)
        law = Searcher(store, snapshot, analyzer, indexed.encoder, thesaurus=Thesaurus.embedded(analyzer))
        runs = own_index.runs(ways(searcher, law, with_vectors=True), questions)
    return {(way, k): evaluate(judged[k], run, MEASURES) for (way, k), run in runs.items() if k in judged}
