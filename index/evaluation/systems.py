"""Ways of ordering a collection's documents, made of the scores that our own indexes give.

What is pooled of passages is the best of them. ``NaN`` means not found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from index.fusion import Scores, min_max, reciprocal_rank, weighted_sum, z_score

CANDIDATES = 400  # passages of each way of scoring that are fused; as many as a search takes
# Statutes want the best stretch, judgments several: see the table of powers in docs/evaluation.md
STRETCH_POWER = 4.0


@dataclass(frozen=True, slots=True)
class LongScores:
    """What a query of several stretches (``index.stretches``) scores besides, one row for each document.

    ``documents``: BM25 of the whole document by the variant for long queries. ``stretches[d, s]``: the best
    BM25 score of document ``d``'s passages for stretch ``s`` by the same variant, 0 where they hold none of
    its words. ``cosines[d, s]``: the largest cosine; ``None`` without an encoder.
    """

    documents: Scores
    stretches: Scores
    cosines: Scores | None = None


@dataclass(frozen=True, slots=True)
class QueryScores:
    """What one query scores. ``owners[i]`` is the document of passage ``i``.

    Raw scores, so that every system starts from the same: BM25 of passages, BM25 of whole documents,
    cosine of passages. ``long`` is ``None`` for a short query, which is one stretch.
    """

    passages: Scores
    documents: Scores
    cosines: Scores
    owners: NDArray[np.int64]
    long: LongScores | None = None


@dataclass(frozen=True, slots=True)
class System:
    """A named way from the scores of a query to one score for each document."""

    name: str
    order: Callable[[QueryScores], Scores]


def pooled(scores: Scores, owners: NDArray[np.int64], documents: int) -> Scores:
    """The best score of each document's passages."""
    best = np.full(documents, np.nan)
    np.fmax.at(best, owners, scores)
    return best


def best_only(scores: Scores, count: int) -> Scores:
    """The ``count`` best scores; the others as not found. Equal scores in order of position."""
    order = np.argsort(-scores, kind="stable")[:count]  # NaN sorts last
    kept = np.full_like(scores, np.nan)
    kept[order] = scores[order]
    return kept


def lexical_passages(query: QueryScores) -> Scores:
    """BM25 of passages, pooled."""
    return pooled(_found(query.passages), query.owners, len(query.documents))


def lexical_documents(query: QueryScores) -> Scores:
    """BM25 of whole documents."""
    return _found(query.documents)


def lexical_together(query: QueryScores) -> Scores:
    """BM25 of a document as a whole with that of its best passage, or of what it has for the stretches."""
    if query.long is None:
        parts = [query.documents, np.nan_to_num(lexical_passages(query))]
    else:
        parts = [query.long.documents, power_mean(query.long.stretches)]
    total = weighted_sum([z_score(part) for part in parts], [1.0] * len(parts))
    return np.where(query.documents > 0, total, np.nan)


def dense_together(query: QueryScores) -> Scores:
    """Cosine of the best passage to the query, or, of a long one, to the stretch that it comes nearest to."""
    if query.long is None or query.long.cosines is None:
        return dense(query)
    nearest: Scores = np.max(query.long.cosines, axis=1)
    return nearest


def fused_together(query: QueryScores, weight: float) -> Scores:
    """``lexical_together`` and ``dense_together``, standardised over the documents and summed.

    ``weight`` is the share of the cosine.
    """
    lexical, near = lexical_together(query), dense_together(query)
    fused = weighted_sum([z_score(lexical), z_score(near)], [1 - weight, weight])
    return np.where(np.isnan(lexical) & np.isnan(near), np.nan, fused)


def dense(query: QueryScores) -> Scores:
    """Cosine of passages, pooled."""
    return pooled(query.cosines, query.owners, len(query.documents))


def rrf(query: QueryScores) -> Scores:
    """Both rankings of passages, pooled and mixed by rank with equal say."""
    fused = reciprocal_rank([lexical_passages(query), dense(query)])
    return np.where(fused > 0, fused, np.nan)


def fused_passages(
    query: QueryScores, normalise: Callable[[Scores], Scores], weight: float, candidates: int = CANDIDATES
) -> Scores:
    """The way a search goes: the candidates of either way, scored by both, summed, pooled.

    ``weight`` is the share of the cosine.
    """
    lexical, cosines = _found(query.passages), query.cosines
    either = ~np.isnan(best_only(lexical, candidates)) | ~np.isnan(best_only(cosines, candidates))
    fused = np.full(len(lexical), np.nan)
    sources = [normalise(query.passages[either]), normalise(cosines[either])]
    fused[either] = weighted_sum(sources, [1 - weight, weight])
    return pooled(fused, query.owners, len(query.documents))


def fused_documents(
    query: QueryScores, normalise: Callable[[Scores], Scores], weight: float, whole: bool
) -> Scores:
    """Both ways pooled first, then summed over the documents. ``whole``: BM25 of whole documents."""
    lexical = query.documents if whole else lexical_passages(query)
    lexical = np.nan_to_num(lexical, nan=0.0)  # a document without a word of the query scores 0
    return weighted_sum([normalise(lexical), normalise(dense(query))], [1 - weight, weight])


NORMALISERS: dict[str, Callable[[Scores], Scores]] = {"z-score": z_score, "min-max": min_max}


def passage_fusion(normaliser: str, weight: float, candidates: int = CANDIDATES) -> System:
    """``fused_passages`` as a system."""
    order = partial(fused_passages, normalise=NORMALISERS[normaliser], weight=weight, candidates=candidates)
    name = f"{normaliser} sum of passages, dense weight {weight:g}"
    return System(name if candidates == CANDIDATES else f"{name}, {candidates} candidates", order)


def document_fusion(normaliser: str, weight: float, whole: bool) -> System:
    """``fused_documents`` as a system."""
    order = partial(fused_documents, normalise=NORMALISERS[normaliser], weight=weight, whole=whole)
    unit = "whole documents" if whole else "pooled documents"
    return System(f"{normaliser} sum of {unit}, dense weight {weight:g}", order)


def together(weight: float) -> System:
    """``fused_together`` as a system."""
    name = f"z-score sum of documents, passages and stretches, dense weight {weight:g}"
    return System(name, partial(fused_together, weight=weight))


SINGLE = (
    System("lexical, best passage", lexical_passages),
    System("lexical, whole document", lexical_documents),
    System("dense, best passage", dense),
)
LEXICAL_TOGETHER = System("lexical, document, passage and stretch", lexical_together)
DENSE_TOGETHER = System("dense, passage and stretch", dense_together)
RRF = System("reciprocal rank, unweighted", rrf)


def power_mean(stretches: Scores, power: float = STRETCH_POWER) -> Scores:
    """For each document the power mean of its scores for the stretches, which are in its row.

    Between their mean (power 1: a document that answers a little to everything) and their maximum (one that
    answers to a single stretch).
    """
    most = float(stretches.max(initial=0.0)) or 1.0
    means: Scores = np.mean((stretches / most) ** power, axis=1) ** (1 / power)
    return means


def _found(lexical: Scores) -> Scores:
    """BM25 scores with 0 (no word of the query) as not found."""
    return np.where(lexical > 0, lexical, np.nan)
