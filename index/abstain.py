"""When what was found is too far from the case to be shown without saying so.

Three signs. Two are of the best results of a kind: how near the nearest passages are in meaning, and how much
of the case's rare words one passage holds. The third is of the case: how rare its words are in the corpus.
They are added with weights that were measured for each model, and the threshold was read off a table that
``python -m index.evaluation.abstention`` makes; docs/evaluation.md has it, with the rule by which it was
chosen. A note says that the evidence is weak; nothing is taken away.
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

MEASURED_AT = 1_000  # passages
LOOKED_AT = 5  # results of a kind whose passages are looked at


@dataclass(frozen=True, slots=True)
class Evidence:
    """How close the results of one kind come.

    ``cosine``: of the nearest passage among the first results; ``None`` without vectors. ``mean``: of the
    nearest passage of each of them. ``coverage``: the largest share of the
    rarity of the case's words that one best passage holds, 0 to 1. ``rarity``: of the case's words among all
    passages, on average, 0 to 1; 1 where no passage holds any of them.
    """

    cosine: float | None
    coverage: float
    rarity: float
    mean: float = 0.0


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


@dataclass(frozen=True, slots=True)
class Scale:
    """What a model's cosines mean for results of one kind: those of another model mean something else.

    ``mean``: share of the mean cosine of the first results beside that of the nearest. ``coverage``,
    ``rarity``: what a coverage of 1 adds, and a rarity of 1 takes away. ``threshold``: about one right case
    in twenty lies below.
    """

    mean: float
    coverage: float
    rarity: float
    threshold: Threshold


SCALES: Mapping[str, Mapping[Kind, Scale]] = {
    "e5-small-law": {
        Kind.RULE: Scale(0.0, 0.5, 0.75, Threshold(0.0156, 0.0899)),
        Kind.PRECEDENT: Scale(1.0, 0.8, 0.1, Threshold(0.5196, 0.0528)),
    },
    "e5-small": {
        Kind.RULE: Scale(0.0, 0.1, 0.0, Threshold(0.8435, 0.0159)),
        Kind.PRECEDENT: Scale(0.0, 0.1, 0.0, Threshold(0.8972, 0.0159)),
    },
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
    coverage = max(held, default=0.0) / total if total else 0.0
    greatest = len(rarity) * lucene_idf(0, passages.passages)
    return Evidence(
        max(cosines, default=None),
        coverage,
        total / greatest if greatest else 0.0,
        sum(cosines) / len(cosines) if cosines else 0.0,
    )


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
    scale = SCALES.get(encoder, {}).get(kind)
    if found.cosine is None or scale is None:
        return found.coverage < LEAST_COVERAGE[kind]
    return strength(found, scale) < scale.threshold.at(passages)


def strength(found: Evidence, scale: Scale) -> float:
    """The signs as one number."""
    near = scale.mean * found.mean + (1 - scale.mean) * (found.cosine or 0.0)
    return near + scale.coverage * found.coverage - scale.rarity * found.rarity
