"""BM25: the formulas, each with its source.

S. Robertson and H. Zaragoza, «The Probabilistic Relevance Framework: BM25 and Beyond», Foundations and
Trends in Information Retrieval 3(4), 2009: weighted fields (BM25F) in § 3.6. A score is a sum over query
terms of rarity (idf) times ``saturation``; ``Scoring`` chooses the variant.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# Short provisions want a low k1, long judgments a high b. nDCG@10 with k1 .6/.9/1.2/1.5 at b .75: ObliQA
# (13,012 provisions, 500 questions) .706/.698/.687/.680; LegalQuAD (200 judgments, 200 questions)
# .859/.861/.862/.859. With b .5 and k1 .9: .696 and .845; with b .9: .681 and .869.
K1 = 0.9
B = 0.75
# rank-bm25's own constant: what a term in more than half of all passages is still worth.
OKAPI_EPSILON = 0.25


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a passage that is searched. ``weight``: how much more an occurrence here counts.

    ``b``: how much length counts against it, from 0 (not at all) to 1 (in full proportion).
    """

    name: str
    weight: float = 1.0
    b: float = B


@dataclass(frozen=True, slots=True)
class Scoring:
    """A variant of BM25.

    ``k1`` says how soon more occurrences of a term stop counting. ``idf`` chooses rarity: ``lucene`` is
    never negative; ``okapi`` is the one of the rank-bm25 library, there for comparison, with its factor
    k1 + 1 that raises all scores alike.
    """

    fields: tuple[Field, ...]
    k1: float = K1
    idf: Literal["lucene", "okapi"] = "lucene"


BODY = Scoring((Field("body"),))
OKAPI = Scoring((Field("body"),), k1=1.5, idf="okapi")


def lucene_idf(df: int, passages: int) -> float:
    """Rarity as Apache Lucene's BM25Similarity has it: ln(1 + (N - df + ½) / (df + ½)), above 0."""
    return math.log1p((passages - df + 0.5) / (df + 0.5))


def okapi_idf(df: int, passages: int) -> float:
    """Rarity after Robertson and Spärck Jones: ln((N - df + ½) / (df + ½)), below 0 for common terms."""
    return math.log((passages - df + 0.5) / (df + 0.5))


def floored_okapi_idf(df: int, passages: int, average: float) -> float:
    """``okapi_idf``, but what is below 0 becomes a share of the average idf, as in rank-bm25's BM25Okapi.

    ``average`` is the mean of ``okapi_idf`` over the vocabulary, negative values included.
    """
    idf = okapi_idf(df, passages)
    return idf if idf >= 0 else OKAPI_EPSILON * average


def length_norm(lengths: NDArray[np.uint32], pivot: float, b: float) -> Floats:
    """What occurrences in a field of each length are divided by: 1 at the pivot (usual) length."""
    norm: Floats = (1 - b + b * lengths.astype(np.float32) / np.float32(pivot or 1.0)).astype(np.float32)
    # b = 1 and an empty field: there is no occurrence to divide
    return np.maximum(norm, np.finfo(np.float32).tiny)


def saturation(frequency: Floats, k1: float) -> Floats:
    """tf / (k1 + tf): rises to 1 ever more slowly with each occurrence. ``frequency`` is length-normed."""
    found: Floats = frequency / (np.float32(k1) + frequency)
    return found
