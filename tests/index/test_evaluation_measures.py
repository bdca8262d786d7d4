"""Measures against values worked out by hand, on judgements small enough to check on paper."""

from __future__ import annotations

import math

import pytest

from corpus.errors import InputError
from index.evaluation.measures import evaluate
from index.evaluation.types import Qrels, Run

# Query 1 finds its two relevant documents at ranks 1 and 3; query 2 finds its only one at rank 2.
QRELS = Qrels({"q1": {"a": 1, "c": 1}, "q2": {"b": 1}})
RUN = Run("by hand", {"q1": {"a": 9.0, "x": 8.0, "c": 7.0, "y": 6.0}, "q2": {"x": 2.0, "b": 1.0}})


@pytest.mark.parametrize(
    ("measure", "first", "second"),
    [
        ("nDCG@10", (1 + 1 / math.log2(4)) / (1 + 1 / math.log2(3)), 1 / math.log2(3)),
        ("R@10", 1.0, 1.0),
        ("R@100", 1.0, 1.0),
        ("R@1", 0.5, 0.0),
        ("AP", (1 + 2 / 3) / 2, 1 / 2),
        ("AP@10", (1 + 2 / 3) / 2, 1 / 2),
        ("RR", 1.0, 1 / 2),
        ("P@10", 2 / 10, 1 / 10),
        # q1: nothing above a, one not relevant document above c: (1 + (1 - 1/2)) / 2.
        # q2: one not relevant document above b, of one relevant: 1 - 1/1.
        ("Bpref", 0.75, 0.0),
    ],
)
def test_a_measure_has_the_value_worked_out_by_hand(measure: str, first: float, second: float) -> None:
    evaluation = evaluate(QRELS, RUN, [measure])
    assert evaluation.of(measure) == pytest.approx({"q1": first, "q2": second})
    assert evaluation.mean(measure) == pytest.approx((first + second) / 2)


def test_a_grade_above_one_gains_more() -> None:
    qrels = Qrels({"q": {"a": 2, "b": 1}})
    run = Run("upside down", {"q": {"b": 2.0, "a": 1.0}})
    expected = (1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3))
    assert evaluate(qrels, run, ["nDCG@10"]).mean("nDCG@10") == pytest.approx(expected)


def test_a_judged_query_missing_from_the_run_counts_as_zero() -> None:
    evaluation = evaluate(QRELS, Run("half", {"q1": RUN.scores["q1"]}))
    assert evaluation.queries == 2
    assert evaluation.of("RR") == {"q1": 1.0, "q2": 0.0}
    assert evaluation.mean("RR") == 0.5


def test_a_query_that_found_nothing_counts_as_zero() -> None:
    evaluation = evaluate(QRELS, Run("silent", {"q1": RUN.scores["q1"], "q2": {}}))
    assert evaluation.of("AP")["q2"] == 0.0


def test_a_run_without_any_judged_query_is_zero_throughout() -> None:
    evaluation = evaluate(QRELS, Run("elsewhere", {"q9": {"a": 1.0}}))
    assert {m: evaluation.mean(m) for m in evaluation.values} == dict.fromkeys(evaluation.values, 0.0)


def test_a_query_without_judgements_is_left_out() -> None:
    run = Run("more", {**RUN.scores, "q3": {"a": 1.0}})
    assert evaluate(QRELS, run, ["AP"]).of("AP").keys() == {"q1", "q2"}


def test_bpref_sees_unlisted_documents_also_where_the_run_found_few_of_them() -> None:
    # One unlisted document stands above both relevant ones, the collection holds more: 1 - 1/2 each.
    qrels = Qrels({"q": {"a": 1, "b": 1}})
    run = Run("one above", {"q": {"x": 3.0, "a": 2.0, "b": 1.0}})
    assert evaluate(qrels, run, ["Bpref"]).mean("Bpref") == pytest.approx(0.5)


def test_equal_scores_rank_by_id() -> None:
    run = Run("tie", {"q2": {"b": 1.0, "a": 1.0}})
    assert run.ranking("q2") == ["a", "b"]
    assert evaluate(QRELS, run, ["RR"]).of("RR")["q2"] == 0.5


def test_scores_that_differ_only_beyond_single_precision_keep_their_order() -> None:
    run = Run("close", {"q2": {"x": 1.0, "b": 1.0 + 1e-12}})
    assert evaluate(QRELS, run, ["RR"]).of("RR")["q2"] == 1.0


def test_a_score_that_is_no_number_is_refused() -> None:
    with pytest.raises(InputError, match="not-a-number"):
        Run("broken", {"q": {"a": math.nan}})


@pytest.mark.parametrize("name", ["nonsense", "nDCG@@", "", "ERR@10"])
def test_an_unknown_measure_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(InputError, match=r"Known: nDCG@10"):
        evaluate(QRELS, RUN, [name])


def test_a_measure_that_was_not_computed_is_named() -> None:
    with pytest.raises(InputError, match=r"'RR' was not computed .* Computed: AP\."):
        evaluate(QRELS, RUN, ["AP"]).mean("RR")


def test_judgements_without_a_query_are_refused() -> None:
    with pytest.raises(InputError, match="no judged query"):
        evaluate(Qrels({}), RUN)
