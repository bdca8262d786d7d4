"""The citation graph at search time: who cites whom, and what that is worth.

An edge leads from a result (node) to a provision that its words cite. Decisions lead to the cited § in
every version of its act, so that the version in force on the day of a case is among them; a § leads to the
§§ of its own version. One step is taken from the best results, damped: rules that the best precedents cite
rise, precedents that cite the best rules rise, and §§ that belong together rise with each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.fusion import Scores
from index.table import NODE_SHIFT, Mask, Numbers

Nodes = Callable[[int], Numbers]  # neighbours of a result


@dataclass(frozen=True, slots=True)
class GraphWeights:
    """What one step along the graph is worth; see docs/evaluation.md for the measurements.

    ``cited``: to a rule, from the precedents that cite it. ``citing``: to a precedent, from the rules that
    it cites. ``kin``: to a §, from the §§ of its own act that it cites or that cite it. ``seeds``: results
    of each kind from which steps are taken. ``power``: the share of the best score, rules and precedents
    together, is raised to it, so that precedents far below the best rule move nothing;
    ``kin_power`` is the same within the rules.
    """

    cited: float = 0.35
    citing: float = 0.3
    kin: float = 0.1
    seeds: int = 10
    power: float = 6.0
    kin_power: float = 2.0


GRAPH_WEIGHTS = GraphWeights()


@dataclass(frozen=True, slots=True)
class Ranked:
    """Results of one kind with their scores."""

    nodes: Numbers
    scores: Scores


class Graph:
    """The edges of a snapshot.

    Args:
        sources, targets: one entry for each edge.
    """

    def __init__(self, sources: Numbers, targets: Numbers) -> None:
        order = np.lexsort((targets, sources))
        self._out = sources[order], targets[order]
        order = np.lexsort((sources, targets))
        self._in = targets[order], sources[order]

    def __len__(self) -> int:
        return len(self._out[0])

    @classmethod
    def load(cls, folder: Path) -> Graph:
        """Read the graph from ``folder``."""
        edges = np.load(folder / "edges.npy")
        return cls(edges[0], edges[1])

    def save(self, folder: Path) -> None:
        """Write the graph into ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "edges.npy", np.stack(self._out))

    def documents(self) -> tuple[Numbers, Numbers]:
        """Every edge as the document that cites and the document that is cited, by their numbers."""
        return self._out[0] >> NODE_SHIFT, self._out[1] >> NODE_SHIFT

    def cited_by(self, node: int) -> Numbers:
        """What a result cites."""
        return _neighbours(self._out, node)

    def citing(self, node: int) -> Numbers:
        """The results that cite a result."""
        return _neighbours(self._in, node)


@dataclass(frozen=True, slots=True)
class View:
    """The part of a graph that a search may see: the rules and the decisions it may answer with.

    ``rules`` and ``precedents`` mark documents of the table.
    """

    graph: Graph
    rules: Mask
    precedents: Mask

    def rules_cited(self, precedent: int) -> Numbers:
        """The rules in force that a decision cites."""
        return self._in(self.graph.cited_by(precedent), self.rules)

    def precedents_citing(self, rule: int) -> Numbers:
        """The decisions that cite a rule."""
        return self._in(self.graph.citing(rule), self.precedents)

    def kin(self, rule: int) -> Numbers:
        """The §§ of its own act that a § cites or that cite it."""
        both = np.union1d(self.graph.cited_by(rule), self.graph.citing(rule))
        own: Numbers = both[both >> NODE_SHIFT == rule >> NODE_SHIFT]
        return own

    def _in(self, nodes: Numbers, documents: Mask) -> Numbers:
        within: Numbers = nodes[documents[nodes >> NODE_SHIFT]]
        return within


def neighbours(view: View, rules: Ranked, precedents: Ranked, seeds: int) -> tuple[Numbers, Numbers]:
    """The rules and the precedents one step away from the best ``seeds`` of each kind."""
    top_rules, top_precedents = _top(rules, seeds), _top(precedents, seeds)
    cited = [view.rules_cited(p) for p in top_precedents] + [view.kin(r) for r in top_rules]
    citing = [view.precedents_citing(r) for r in top_rules]
    return _union(cited), _union(citing)


def raised(view: View, rules: Ranked, precedents: Ranked, weights: GraphWeights) -> tuple[Ranked, Ranked]:
    """Rules and precedents with what the other results lend them.

    Scores come as shares of the best score of either kind. A result lends its share, to the power of
    ``weights.power``, over the root of the number of its neighbours: who cites everything says little.
    """
    best = max(rules.scores.max(initial=0.0), precedents.scores.max(initial=0.0))
    if best <= 0:
        return rules, precedents
    rules, precedents = (Ranked(r.nodes, r.scores / best) for r in (rules, precedents))
    cited = _lent(precedents, view.rules_cited, rules.nodes, weights, weights.power)
    kin = _lent(rules, view.kin, rules.nodes, weights, weights.kin_power)
    citing = _lent(rules, view.precedents_citing, precedents.nodes, weights, weights.power)
    return (
        Ranked(rules.nodes, rules.scores + weights.cited * cited + weights.kin * kin),
        Ranked(precedents.nodes, precedents.scores + weights.citing * citing),
    )


def _lent(
    lenders: Ranked, neighbours_of: Nodes, nodes: Numbers, weights: GraphWeights, power: float
) -> Scores:
    """What the best lenders give to each of ``nodes``, which are sorted."""
    given = np.zeros(len(nodes))
    shares = dict(zip(lenders.nodes.tolist(), lenders.scores.tolist(), strict=True))
    for lender in _top(lenders, weights.seeds):
        near = neighbours_of(lender)
        if not len(near):
            continue
        here = np.isin(nodes, near)
        given[here] += shares[lender] ** power / np.sqrt(len(near))
    return given


def _top(ranked: Ranked, count: int) -> list[int]:
    """The best results, equal ones in the order of the index."""
    order = np.lexsort((ranked.nodes, -ranked.scores))[:count]
    return [int(node) for node in ranked.nodes[order]]


def _union(parts: list[Numbers]) -> Numbers:
    return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *parts])).astype(np.int64)


def _neighbours(edges: tuple[Numbers, Numbers], node: int) -> Numbers:
    keys, values = edges
    start, end = np.searchsorted(keys, node), np.searchsorted(keys, node, side="right")
    return np.unique(values[start:end])
