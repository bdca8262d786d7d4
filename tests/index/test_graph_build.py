"""Stored citations become edges between the results of an index, in every version of the cited act."""

from __future__ import annotations

from api.wiring import Workspace
from corpus.types import Kind
from index.graph_build import counterpart, likeness


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OLD = words("ejeren skal holde hegnet i god stand hele året")


def test_a_paragraph_that_kept_number_and_words_is_its_own_counterpart() -> None:
    wording = {"par-4": OLD | {"rundt"}, "par-9": OLD}
    assert counterpart("par-4", OLD, wording) == "par-4"


def test_a_paragraph_with_a_new_number_is_found_by_its_words() -> None:
    wording = {"par-4": words("hunde må ikke gå løse"), "par-5": OLD}
    assert counterpart("par-4", OLD, wording) == "par-5"


def test_a_repealed_paragraph_has_no_counterpart() -> None:
    assert counterpart("par-4", OLD, {"par-4": words("hunde må ikke gå løse i haven")}) is None
    assert counterpart("par-4", OLD, {}) is None


def test_nothing_is_like_nothing() -> None:
    assert likeness(frozenset(), frozenset()) == 0.0


def test_decisions_lead_to_rules_and_rules_to_rules_of_their_own_act(demo: Workspace) -> None:
    snapshot = demo.searcher().snapshot
    table = snapshot.table
    from_decisions = 0
    for number, document in enumerate(table.documents):
        for node in table.nodes_in(number):
            cited = [table.document_of(int(n)) for n in snapshot.graph.cited_by(node)]
            assert all(d.kind is Kind.RULE for d in cited)
            if document.kind is Kind.RULE:
                assert {d.id for d in cited} <= {document.id}
            from_decisions += bool(cited) and document.kind is Kind.PRECEDENT
    assert from_decisions > 40  # of 51


def test_an_edge_of_a_decision_reaches_more_than_one_version(demo: Workspace) -> None:
    snapshot = demo.searcher().snapshot
    table = snapshot.table
    works = [
        [demo.store.document(table.document_of(int(n)).id).work_id for n in snapshot.graph.cited_by(node)]
        for number, document in enumerate(table.documents)
        if document.kind is Kind.PRECEDENT
        for node in table.nodes_in(number)
    ]
    assert any(len(cited) > len(set(cited)) for cited in works)
