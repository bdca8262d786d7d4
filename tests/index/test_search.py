"""A search finds by words and by meaning, in the wording of the day, and says why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from api.settings import Settings
from api.wiring import Workspace
from corpus.types import Kind
from index.errors import QueryError
from index.types import Query

CASE = "Borgeren udeblev fra en samtale og siger, at han var syg, men meldte ikke afbud."


def test_why_names_words_that_stand_in_the_case_and_in_the_quote(demo: Workspace) -> None:
    for result in demo.search(Query(CASE)).rules:
        quoted = " ".join(p.text for p in result.passages)
        assert result.why.terms
        for term in result.why.terms:
            assert all(word in CASE for word in term.in_query)
            assert all(word in quoted for word in term.in_result)


def test_shares_of_the_matched_terms_are_shares(demo: Workspace) -> None:
    for result in demo.search(Query(CASE)).rules:
        assert all(0 < t.weight <= 1 for t in result.why.terms)
        assert sum(t.weight for t in result.why.terms) <= 1.0001


def test_similarity_is_the_cosine_of_the_best_passage(demo: Workspace) -> None:
    encoder = demo.encoder
    assert encoder is not None
    vector = encoder.encode_queries([CASE])[0]
    result = demo.search(Query(CASE, kinds=(Kind.RULE,), top=1)).rules[0]
    assert result.why.similarity is not None
    rows = encoder.encode_passages([f"{result.title}: {p.text}" for p in result.passages])
    assert result.why.similarity == pytest.approx(float((rows @ vector).max()), abs=0.05)


def test_what_has_no_word_in_common_is_found_by_meaning(demo: Workspace) -> None:
    case = "Damen på firs magter hverken støvsugeren eller gulvkluden mere."
    found = demo.search(Query(case, kinds=(Kind.PRECEDENT,), top=5)).precedents
    fields = [demo.store.document(r.document_id).metadata.subjects[0] for r in found]
    assert any("hjemmehjælp" in f.lower() or "hjælp" in f.lower() for f in fields)


def test_words_alone_search_without_vectors_and_say_so(tmp_path: Path) -> None:
    workspace = Workspace(Settings(data=tmp_path, encoder="none"))
    workspace.prepare_demo()
    found = workspace.search(Query(CASE))
    assert found.rules
    assert all(r.why.similarity is None for r in found.rules)
    assert "lexical-only" in found.notes
    workspace.close()


def test_the_answer_is_the_same_every_time(demo: Workspace) -> None:
    first = demo.search(Query(CASE))
    assert first == demo.search(Query(CASE))


def test_asking_for_fewer_results_gives_the_first_of_more(demo: Workspace) -> None:
    many = demo.search(Query(CASE, top=20))
    few = demo.search(Query(CASE, top=3))
    assert [r.id for r in few.rules] == [r.id for r in many.rules[:3]]
    assert [r.id for r in few.precedents] == [r.id for r in many.precedents[:3]]


def test_a_result_stands_once_with_its_best_passages_first(demo: Workspace) -> None:
    found = demo.search(Query(CASE, top=50))
    for results in (found.rules, found.precedents):
        ids = [r.id for r in results]
        assert len(ids) == len(set(ids))
        for result in results:
            scores = [p.score for p in result.passages]
            assert scores == sorted(scores, reverse=True)


def test_precedents_later_than_the_case_are_shown_and_said_to_be(demo: Workspace) -> None:
    found = demo.search(Query(CASE, as_of=dt.date(2019, 6, 1), top=50))
    assert any(r.date and r.date > dt.date(2019, 6, 1) for r in found.precedents)
    assert "later-precedents" in found.notes


def test_a_day_before_every_law_finds_no_rule_rather_than_a_later_one(demo: Workspace) -> None:
    found = demo.search(Query(CASE, as_of=dt.date(1950, 1, 1)))
    assert found.rules == ()
    assert {"no-rules", "none-in-force"} <= set(found.notes)


def test_a_collection_that_does_not_exist_is_refused_and_those_that_do_are_named(demo: Workspace) -> None:
    with pytest.raises(QueryError, match=r"ingen samling ved navn «findes-ikke»\. Vælg blandt: \w"):
        demo.search(Query(CASE, collections=("findes-ikke",)))


def test_the_state_of_the_corpus_comes_with_the_answer(demo: Workspace) -> None:
    state = demo.search(Query(CASE)).corpus
    assert state.passages == state.vectors > 300
    assert state.documents == state.precedents + 8
    assert state.rules < 8  # superseded consolidations are not in force


def test_a_decision_that_was_set_aside_is_flagged_and_ranks_below_its_score(demo: Workspace) -> None:
    case = demo.store.document("fiktiv-5-22")
    text = demo.store.text(case.key)[:1500]
    found = demo.search(Query(text, kinds=(Kind.PRECEDENT,), top=50)).precedents
    flagged = {r.id: r.in_force for r in found}
    assert flagged["fiktiv-5-22"] is False
    assert flagged["fiktiv-2-25"] is True
    by_id = {r.id: r for r in found}
    best = max(p.score for p in by_id["fiktiv-5-22"].passages)
    assert by_id["fiktiv-5-22"].score < sum(p.score for p in by_id["fiktiv-5-22"].passages)
    assert best > 0


def test_why_names_the_citations_that_case_and_result_share(demo: Workspace) -> None:
    case = "Kommunen trak i støtten efter § 15 i lov om hverdagsstøtte, fordi borgeren ikke mødte op."
    found = demo.search(Query(case, as_of=dt.date(2024, 5, 1), top=20))
    rules = {r.id: r.why.shared_citations for r in found.rules}
    assert rules["fiktiv-lbk-2023-9003:par-15"] == ("§ 15 i lov om hverdagsstøtte",)
    citing = [r for r in found.precedents if r.why.shared_citations]
    assert citing
    for result in citing:
        document = demo.store.document(result.document_id)
        assert "§ 1" in demo.store.text(document.key)
    assert all(not r.why.shared_citations for r in demo.search(Query(CASE)).rules)


def test_the_order_alone_is_the_order_of_the_search(demo: Workspace) -> None:
    query = Query(CASE, top=30)
    found = demo.search(query)
    order = demo.searcher().order(query)
    for kind, results in ((Kind.RULE, found.rules), (Kind.PRECEDENT, found.precedents)):
        assert order[kind] == [id for r in results for id in (r.id, *(other.id for other in r.also))]
        assert len(order[kind]) > 20


def test_a_provision_counts_by_its_best_passage_and_a_decision_by_all_that_were_found(
    demo: Workspace,
) -> None:
    found = demo.searcher().weighted(demo.searcher().dense_weight, None).search(Query(CASE, top=50))
    assert all(rule.score <= rule.passages[0].score + 1e-9 for rule in found.rules)
    assert any(len(rule.passages) > 1 for rule in found.rules)
    assert found.precedents[0].score > found.precedents[0].passages[0].score
