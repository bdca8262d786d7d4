"""A decision becomes a case: its facts without references ask, what it cites answers."""

from __future__ import annotations

import re

import pytest

from api.wiring import Workspace
from corpus.errors import NotFoundError
from corpus.types import Kind
from index.evaluation import own_index, silver
from index.types import Query


def test_every_decision_with_facts_and_known_citations_asks_once(demo: Workspace) -> None:
    queries, qrels = silver.from_decisions(demo.store, demo.searcher().snapshot)
    assert len(queries) == len(qrels.grades) > 40
    assert all(grades for grades in qrels.grades.values())


def test_no_reference_is_left_in_a_query(demo: Workspace) -> None:
    queries, _ = silver.from_decisions(demo.store, demo.searcher().snapshot)
    assert not [q.id for q in queries if re.search(r"§ ?\d|stk\. \d", q.text)]


def test_answers_are_in_force_on_the_day_of_the_decision(demo: Workspace) -> None:
    snapshot = demo.searcher().snapshot
    queries, qrels = silver.from_decisions(demo.store, snapshot)
    for query in queries:
        day = demo.store.document(query.id).metadata.date
        assert day is not None
        mask = snapshot.table.documents_where(Kind.RULE, day, (), frozenset())
        in_force = {d.id for d, kept in zip(snapshot.table.documents, mask, strict=True) if kept}
        assert {a.partition(":")[0] for a in qrels.grades[query.id]} <= in_force


def test_a_decision_never_finds_itself(demo: Workspace) -> None:
    queries, _ = silver.from_decisions(demo.store, demo.searcher().snapshot)
    query = queries[0]
    asked = Query(query.text, kinds=(Kind.PRECEDENT,), exclude=tuple(query.extra["exclude"]))  # type: ignore[arg-type]
    assert query.id not in [r.id for r in demo.search(asked).precedents]


def test_citations_of_other_decisions_bring_no_answer_out_of_the_first_five(demo: Workspace) -> None:
    queries, qrels = silver.from_decisions(demo.store, demo.searcher().snapshot)
    with_graph = demo.searcher()
    ways = {"graph": with_graph, "none": with_graph.weighted(0.4, None)}
    runs = own_index.runs(ways, queries[:15])

    def hits(way: str) -> int:
        run = runs[way, Kind.RULE]
        return sum(bool(set(run.ranking(q.id)[:5]) & set(qrels.relevant(q.id))) for q in queries[:15])

    assert hits("graph") >= hits("none")


def test_without_decisions_it_is_said_what_is_lacking(
    demo: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silver, "LEAST_FACTS", 10**9)
    with pytest.raises(NotFoundError, match="section of facts"):
        silver.from_decisions(demo.store, demo.searcher().snapshot)
