"""Citations carry from the best results to what they cite and to what cites them, one step, damped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.graph import GRAPH_WEIGHTS, Graph, Ranked, View, neighbours, raised
from index.table import NODE_SHIFT

ACT, OLD_ACT, LIKE, UNLIKE = 0, 1, 2, 3  # documents: a version in force, an older one, two decisions


def node(document: int, result: int = 0) -> int:
    return document << NODE_SHIFT | result


def ranked(scores: dict[int, float]) -> Ranked:
    nodes = sorted(scores)
    return Ranked(np.array(nodes), np.array([scores[n] for n in nodes]))


def score(found: Ranked, wanted: int) -> float:
    return float(found.scores[found.nodes == wanted][0])


@pytest.fixture
def view() -> View:
    edges = [
        (node(LIKE), node(ACT, 2)),
        (node(LIKE), node(OLD_ACT, 2)),
        (node(UNLIKE), node(ACT, 3)),
        (node(ACT, 1), node(ACT, 4)),
    ]
    sources, targets = np.array(edges).T
    documents: NDArray[np.bool_] = np.array([True, False, False, False])
    return View(Graph(sources, targets), documents, np.array([False, False, True, True]))


RULES = {node(ACT, n): s for n, s in ((1, 8.0), (2, 5.0), (3, 5.0), (4, 4.0))}


def test_what_a_like_precedent_cites_rises_above_its_equal(view: View) -> None:
    precedents = ranked({node(LIKE): 10.0, node(UNLIKE): 3.0})
    rules, _ = raised(view, ranked(RULES), precedents, GRAPH_WEIGHTS)
    assert score(rules, node(ACT, 2)) > score(rules, node(ACT, 3)) + 0.3


def test_precedents_far_below_the_best_rule_move_next_to_nothing(view: View) -> None:
    precedents = ranked({node(LIKE): 3.0, node(UNLIKE): 3.0})
    rules, _ = raised(view, ranked(RULES), precedents, GRAPH_WEIGHTS)
    assert score(rules, node(ACT, 2)) == pytest.approx(5 / 8, abs=0.005)


def test_precedents_that_cite_the_best_rule_rise(view: View) -> None:
    rules = ranked({**RULES, node(ACT, 2): 12.0})
    _, precedents = raised(view, rules, ranked({node(LIKE): 5.0, node(UNLIKE): 5.0}), GRAPH_WEIGHTS)
    assert score(precedents, node(LIKE)) > score(precedents, node(UNLIKE))


def test_a_paragraph_that_the_best_one_cites_rises_with_it(view: View) -> None:
    nothing = Ranked(np.zeros(0, dtype=np.int64), np.zeros(0))
    rules, _ = raised(view, ranked(RULES), nothing, replace(GRAPH_WEIGHTS, kin=0.5))
    assert score(rules, node(ACT, 4)) > 4 / 8
    assert score(rules, node(ACT, 3)) == pytest.approx(5 / 8)


def test_no_result_is_lowered(view: View) -> None:
    precedents = ranked({node(LIKE): 9.0, node(UNLIKE): 9.0})
    rules, after = raised(view, ranked(RULES), precedents, GRAPH_WEIGHTS)
    assert all(score(rules, n) >= s / 9 for n, s in RULES.items())
    assert (after.scores >= 1.0).all()


def test_what_may_not_be_seen_lends_nothing(view: View) -> None:
    blind = replace(view, precedents=np.zeros(4, dtype=np.bool_))
    cited, citing = neighbours(blind, ranked(RULES), _none(), seeds=10)
    assert node(LIKE) not in citing
    assert node(ACT, 2) not in cited


def test_a_version_that_is_not_in_force_is_no_neighbour(view: View) -> None:
    cited, _ = neighbours(view, _none(), ranked({node(LIKE): 1.0}), seeds=10)
    assert cited.tolist() == [node(ACT, 2)]


def test_nothing_found_stays_nothing(view: View) -> None:
    rules, precedents = raised(view, _none(), _none(), GRAPH_WEIGHTS)
    assert (len(rules.nodes), len(precedents.nodes)) == (0, 0)


def test_a_graph_comes_back_from_disk_as_it_was(view: View, tmp_path: Path) -> None:
    view.graph.save(tmp_path / "graph")
    loaded = Graph.load(tmp_path / "graph")
    assert len(loaded) == len(view.graph)
    assert loaded.citing(node(ACT, 2)).tolist() == [node(LIKE)]
    assert loaded.cited_by(node(LIKE)).tolist() == [node(ACT, 2), node(OLD_ACT, 2)]


def _none() -> Ranked:
    return Ranked(np.zeros(0, dtype=np.int64), np.zeros(0))
