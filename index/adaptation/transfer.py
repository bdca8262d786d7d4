"""Does an adapted encoder still rank what it never saw? Two encoders over one test collection, paired."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import InputError
from index.analysis import Analyzer
from index.encoders import Encoder
from index.evaluation.collection_index import CollectionIndex
from index.evaluation.significance import Comparison, compare
from index.evaluation.systems import SINGLE, System, passage_fusion
from index.evaluation.types import Collection, Evaluation, Qrels
from index.fusion import DENSE_WEIGHT
from index.vector_cache import VectorCache

MEASURES = ("nDCG@10", "R@10", "AP")
SAMPLE_SEED = 11  # any fixed number: every encoder must rank the same documents
_DENSE = next(system for system in SINGLE if system.name.startswith("dense"))


@dataclass(frozen=True, slots=True)
class Transfer:
    """What changed on one collection: a comparison for each way of ranking and each measure."""

    collection: str
    queries: int
    documents: int
    changes: tuple[tuple[str, Comparison], ...]  # name of the way of ranking, after against before


def sampled(collection: Collection, share: float, seed: int = SAMPLE_SEED) -> Collection:
    """A random ``share`` of the documents, and the queries all of whose relevant documents are among them.

    Raises:
        InputError: ``share`` is not above 0 and at most 1, or no query is left.
    """
    if not 0 < share <= 1:
        raise InputError(f"The share {share} of the documents is none.", "Give a number above 0, at most 1.")
    if share == 1:
        return collection
    chance = random.Random(seed)  # noqa: S311 - a draw to repeat, not a secret
    ids = sorted(document.id for document in collection.documents)
    kept = set(chance.sample(ids, max(1, round(share * len(ids)))))
    grades = {
        query: {document: grade for document, grade in judged.items() if document in kept}
        for query, judged in collection.qrels.grades.items()
        if kept.issuperset(collection.qrels.relevant(query))
    }
    if not grades:
        raise InputError(f"No query of {collection.name} keeps its answers.", "Take a larger share.")
    return replace(
        collection,
        name=f"{collection.name} (share {share:g})",
        documents=tuple(document for document in collection.documents if document.id in kept),
        queries=tuple(query for query in collection.queries if query.id in grades),
        qrels=Qrels(grades),
    )


def transfer(
    collection: Collection, analyzer: Analyzer, before: Encoder, after: Encoder, vectors: Path
) -> Transfer:
    """Rank ``collection`` by either encoder, alone and fused with words as a search fuses them.

    Args:
        vectors: folder in which vectors of passages are kept, for each encoder its own.
    """
    systems = (_DENSE, passage_fusion("z-score", DENSE_WEIGHT))
    was, now = (_evaluate(collection, analyzer, encoder, vectors, systems) for encoder in (before, after))
    changes = tuple(
        (system.name, compare(was[system.name], now[system.name], measure))
        for system in systems
        for measure in MEASURES
    )
    return Transfer(collection.name, len(collection.qrels.grades), len(collection.documents), changes)


def _evaluate(
    collection: Collection, analyzer: Analyzer, encoder: Encoder, vectors: Path, systems: Sequence[System]
) -> dict[str, Evaluation]:
    cache = VectorCache(vectors, encoder.fingerprint, encoder.dimension)
    try:
        return CollectionIndex(collection, analyzer, encoder, cache).evaluate(systems, MEASURES)
    finally:
        cache.close()


def as_table(found: Transfer) -> str:
    """The changes as a Markdown table."""
    lines = [
        f"{found.collection}: {found.queries} judged queries, {found.documents} documents.",
        "",
        "| ranking | measure | before | after | difference |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for name, c in found.changes:
        chance = "p < 0.001" if c.p_permutation < 0.001 else f"p {c.p_permutation:.3f}"
        difference = f"{c.difference:+.3f} ({c.low:+.3f} … {c.high:+.3f}), {chance}"
        lines.append(f"| {name} | {c.measure} | {c.baseline_mean:.3f} | {c.run_mean:.3f} | {difference} |")
    return "\n".join(lines)
