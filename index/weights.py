"""What meaning and the law's words count in a search, by the model that reads the meaning.

A model that reads everyday words itself deserves more than one that does not, and leaves the law's words less
to do. Chosen in docs/evaluation.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """``dense``: share of the similarity in the fused score. ``law``: what a word of the law counts.

    A word of the case counts 1; ``law`` is that of the first word of an entry of the thesaurus.
    """

    dense: float
    law: float


MEASURED: Mapping[str, Weights] = {"e5-small-law": Weights(dense=0.8, law=0.25)}
OTHERS = Weights(dense=0.6, law=1.0)  # chosen with e5-small
LAW_BY_WORDS_ALONE = 1.0


def weights_of(encoder: str) -> Weights:
    """The weights for a model by its name."""
    return MEASURED.get(encoder, OTHERS)
