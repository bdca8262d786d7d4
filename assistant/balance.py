"""Chooses the precedents of a brief so that both directions stay in sight.

The order is that of likeness, never of outcome. Nothing is tallied: the recorded outcomes of the decisions
shown stand beside each other, and where the decision nearest to the case went one way, the nearest that went
another way under a rule that bears on the case is shown too, and named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.types import Result

SHOWN = 5  # what a person reads; the counter-precedents come beside them
COUNTERS = 2  # one can be an odd case, two show a line
# A counter-precedent must be near the case: at least this share of the score of the nearest decision. Of the
# 15 nearest to each of the 40 starter cases .6 keeps 97 % of those judged relevant and two thirds of the
# others, which must then share a rule as well; .7 keeps 88 %.
NEAR_SHARE = 0.6


class Direction(StrEnum):
    """What a recorded outcome did with the decision or the claim that was tried."""

    STANDS = "stands"  # the decision or the claim that was tried stands
    CHANGES = "changes"  # it does not stand, wholly or in part
    NOT_TRIED = "not_tried"  # the matter was not tried


# The authorities' own words for the outcome, as corpus.outcomes and the sources give them.
_DIRECTIONS = {
    "stadfæstet": Direction.STANDS,
    "tiltrådt": Direction.STANDS,
    "ikke medhold": Direction.STANDS,
    "ingen kritik": Direction.STANDS,
    "frifundet": Direction.STANDS,
    "ændret": Direction.CHANGES,
    "ophævet": Direction.CHANGES,
    "hjemvist": Direction.CHANGES,
    "medhold": Direction.CHANGES,
    "delvis medhold": Direction.CHANGES,
    "kritik": Direction.CHANGES,
    "alvorlig kritik": Direction.CHANGES,
    "tilpligtet": Direction.CHANGES,
    "afvist": Direction.NOT_TRIED,
    "bortfaldet": Direction.NOT_TRIED,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A precedent that is shown, and whether it went another way than the nearest one."""

    result: Result
    counter: bool


def directions(outcome: Sequence[str]) -> frozenset[str]:
    """The ways that recorded outcomes point; an unknown word is a way of its own, none recorded no way."""
    return frozenset(_DIRECTIONS.get(said.casefold(), said.casefold()) for said in outcome)


def choose(
    ranked: Sequence[Result],
    rules_of: Callable[[str], frozenset[str]],
    rules: frozenset[str] = frozenset(),
    shown: int = SHOWN,
    also: frozenset[str] = frozenset(),
) -> tuple[Chosen, ...]:
    """The nearest precedents, and the nearest that went another way under rules that bear on the case.

    Args:
        ranked: precedents, nearest first.
        rules_of: the §§ that a decision, given by its document id, applies.
        rules: the §§ that were found for the case; those that the nearest decision applies bear on it too.
        shown: how many are shown whatever their outcome.
        also: document ids of those that are shown too, wherever they rank.
    """
    nearest = next((r for r in ranked if r.outcome), None)
    wanted = [r for r in ranked[shown:] if r.document_id in also]
    if nearest is None:
        return tuple(Chosen(r, False) for r in (*ranked[:shown], *wanted))
    way, bearing = directions(nearest.outcome), rules | rules_of(nearest.document_id)

    def counters(result: Result) -> bool:
        # A decision that went both ways is no counter-example to either.
        return (
            bool(result.outcome)
            and not directions(result.outcome) & way
            and result.score >= NEAR_SHARE * nearest.score
            and bool(bearing & rules_of(result.document_id))
        )

    first = [Chosen(r, counters(r)) for r in ranked[:shown]]
    missing = COUNTERS - sum(c.counter for c in first)
    further = [r for r in ranked[shown:] if counters(r)][: max(0, missing)]
    beyond = (r for r in ranked[shown:] if r in wanted or r in further)
    return (*first, *(Chosen(r, counters(r)) for r in beyond))
