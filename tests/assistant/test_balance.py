"""Which precedents a brief shows: the nearest, and beside them those that went another way."""

from __future__ import annotations

from assistant.balance import choose, directions
from corpus.types import Kind
from index.types import Result, Why


def decision(name: str, score: float, *outcome: str) -> Result:
    return Result(
        id=name, kind=Kind.PRECEDENT, document_id=name, title=name, citation=name, url="", authority="",
        date=None, in_force=None, outcome=outcome, passages=(), why=Why(), score=score, collection="x",
    )  # fmt: skip


def same_rule(_: str) -> frozenset[str]:
    return frozenset({"lta-1:par-1"})


def names(ranked: list[Result], shown: int = 2) -> list[tuple[str, bool]]:
    return [(c.result.id, c.counter) for c in choose(ranked, same_rule, shown=shown)]


def test_a_decision_that_went_another_way_is_shown_though_it_ranks_below() -> None:
    ranked = [decision(n, 1.0, "stadfæstet") for n in "abc"] + [decision("d", 0.8, "ophævet")]
    assert names(ranked) == [("a", False), ("b", False), ("d", True)]


def test_the_order_is_that_of_likeness_whatever_the_outcomes() -> None:
    ranked = [decision("a", 1, "ophævet"), decision("b", 0.9, "stadfæstet"), decision("c", 0.8, "ophævet")]
    assert names(ranked, 3) == [("a", False), ("b", True), ("c", False)]


def test_a_decision_that_is_asked_for_is_shown_in_its_place_and_named_as_what_it_is() -> None:
    ranked = [decision("a", 1, "ophævet"), decision("b", 0.9, "ophævet"), decision("c", 0.8, "stadfæstet")]
    ranked += [decision("d", 0.7, "ophævet"), decision("e", 0.1, "stadfæstet")]
    chosen = choose(ranked, same_rule, shown=1, also=frozenset({"d", "e"}))
    assert [(c.result.id, c.counter) for c in chosen] == [
        ("a", False),
        ("c", True),
        ("d", False),
        ("e", False),
    ]


def test_no_more_counter_precedents_are_fetched_than_a_person_reads() -> None:
    ranked = [decision("a", 1, "ophævet"), *(decision(n, 0.9, "stadfæstet") for n in "bcdef")]
    assert names(ranked, 1) == [("a", False), ("b", True), ("c", True)]


def test_a_decision_far_from_the_case_is_no_counter_precedent() -> None:
    assert names([decision("a", 1, "ophævet"), decision("b", 0.3, "stadfæstet")], 1) == [("a", False)]


def test_a_decision_under_other_rules_is_no_counter_precedent() -> None:
    ranked = [decision("a", 1, "ophævet"), decision("b", 0.9, "stadfæstet")]
    chosen = choose(ranked, lambda name: frozenset({name}), shown=2)
    assert [c.counter for c in chosen] == [False, False]


def test_a_rule_found_for_the_case_makes_a_counter_precedent_of_a_decision_under_it() -> None:
    ranked = [decision("a", 1, "ophævet"), decision("b", 0.9, "stadfæstet")]
    chosen = choose(ranked, lambda name: frozenset({name}), frozenset({"b"}), shown=2)
    assert [c.counter for c in chosen] == [False, True]


def test_a_decision_that_went_both_ways_is_a_counter_example_to_neither() -> None:
    ranked = [decision("a", 1, "stadfæstet"), decision("b", 0.9, "stadfæstet", "hjemvist")]
    assert names(ranked) == [("a", False), ("b", False)]


def test_decisions_without_a_recorded_outcome_are_shown_and_named_nothing() -> None:
    assert names([decision("a", 1), decision("b", 0.9)]) == [("a", False), ("b", False)]


def test_words_for_an_outcome_that_nobody_listed_are_a_way_of_their_own() -> None:
    assert directions(("Godkendt",)) != directions(("afslag",))
    assert directions(("Stadfæstet",)) == directions(("tiltrådt",))


def test_nothing_found_is_nothing_shown() -> None:
    assert choose([], same_rule) == ()
