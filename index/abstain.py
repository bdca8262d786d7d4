"""When what was found is too far from the case to be shown without saying so.

Two signs, both of the best results of a kind: how near the nearest passage is in meaning, and how much of
the case's rare words one passage holds. They are added with weights that a logistic regression gave, and the
threshold was read off a table that ``python -m index.evaluation.abstention`` makes; docs/evaluation.md has
it, with the rule by which it was chosen. A note says that the evidence is weak; nothing is taken away.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.types import Kind
from index.analysis import Analyzer
from index.bm25 import lucene_idf
from index.query_terms import Frequencies
from index.types import Result

COVERAGE_WEIGHT = 0.1  # what full coverage adds to a cosine; from .05 to .1 tells apart about as well
MEASURED_AT = 1_000  # passages
LOOKED_AT = 5  # results of a kind whose passages are looked at


@dataclass(frozen=True, slots=True)
class Evidence:
    """How close the results of one kind come.

    ``cosine``: of the nearest passage; ``None`` without vectors. ``coverage``: the largest share of the
    rarity of the case's words that one best passage holds, 0 to 1.
    """

    cosine: float | None
    coverage: float


@dataclass(frozen=True, slots=True)
class Threshold:
    """Evidence below ``at`` is weak.

    ``least`` is for ``MEASURED_AT`` passages of the kind; a tenfold corpus raises it by ``growth``.
    """

    least: float
    growth: float

    def at(self, passages: int) -> float:
        """The threshold among so many passages: the best of more comes nearer to anything that is asked."""
        return self.least + self.growth * math.log10(max(passages, 1) / MEASURED_AT)


# By the model that gave the cosines: those of another mean something else. Of the right cases 5 % lie below.
THRESHOLDS: Mapping[str, Mapping[Kind, Threshold]] = {
    "e5-small-law": {Kind.RULE: Threshold(0.6677, 0.0251), Kind.PRECEDENT: Threshold(0.7463, 0.0251)},
    "e5-small": {Kind.RULE: Threshold(0.8435, 0.0159), Kind.PRECEDENT: Threshold(0.8972, 0.0159)},
}
# Without a cosine that was measured the share of rare words decides alone.
LEAST_COVERAGE: Mapping[Kind, float] = {Kind.RULE: 0.03, Kind.PRECEDENT: 0.15}


def evidence(case: str, results: Sequence[Result], analyzer: Analyzer, passages: Frequencies) -> Evidence:
    """The evidence of the best results for a case; none at all where there is no result.

    Args:
        passages: knows in how many passages of the index a term stands.
    """
    looked_at = results[:LOOKED_AT]
    cosines = [r.why.similarity for r in looked_at if r.why.similarity is not None]
    rarity = {
        term: lucene_idf(passages.document_frequency(term), passages.passages)
        for term in whole_words(case, analyzer)
    }
    total = sum(rarity.values())
    held = [
        sum(rarity[term] for term in rarity.keys() & set(analyzer.terms(r.passages[0].text)))
        for r in looked_at
        if r.passages
    ]
    return Evidence(max(cosines, default=None), max(held, default=0.0) / total if total else 0.0)


def whole_words(text: str, analyzer: Analyzer) -> set[str]:
    """The terms of the words that a text is about: no function words, no parts of compounds.

    Words that no passage holds are among them: what the corpus has never heard of is what it lacks.
    """
    return {
        token.term
        for token in analyzer.analyze(text)
        if not token.part and not analyzer.is_stop_word(text[token.start : token.end])
    }


def is_weak(kind: Kind, found: Evidence, encoder: str, passages: int) -> bool:
    """Whether the evidence is below what was measured to tell a case in the corpus from one that is not.

    Args:
        encoder: the name of the model that the cosine is of.
        passages: how many of this kind could have been found.
    """
    threshold = THRESHOLDS.get(encoder, {}).get(kind)
    if found.cosine is None or threshold is None:
        return found.coverage < LEAST_COVERAGE[kind]
    return strength(found.cosine, found.coverage) < threshold.at(passages)


def strength(cosine: float, coverage: float) -> float:
    """The two signs as one number."""
    return cosine + COVERAGE_WEIGHT * coverage
