"""A search says when nothing comes sufficiently close, and by a measured threshold."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from api.texts import CATALOGUE
from api.wiring import Workspace
from corpus.types import Kind
from index.abstain import LEAST_COVERAGE, SCALES, Evidence, evidence, is_weak, strength, whole_words
from index.analysis import Analyzer
from index.encoders import DEFAULT
from index.evaluation import own_index
from index.evaluation.abstention import Seen, elsewhere, judged, rows, table
from index.types import Query

STARTER_CASES = Path(__file__).parents[2] / "corpus" / "starter" / "cases"
OFF_TOPIC = Path(__file__).parents[1] / "golden" / "off_topic.jsonl"
CASE = "Borgeren udeblev fra en samtale og siger, at han var syg, men meldte ikke afbud."


def test_most_cases_of_other_fields_get_a_note_for_the_decisions_found(demo: Workspace) -> None:
    texts = [json.loads(line)["text"] for line in OFF_TOPIC.read_text(encoding="utf-8").splitlines()]
    assert len(texts) >= 60
    noted = [demo.search(Query(text)).notes for text in texts]
    assert sum("weak-precedents" in notes for notes in noted) / len(texts) > 0.9
    assert sum("weak-rules" in notes for notes in noted) / len(texts) > 0.6


def test_few_cases_whose_answer_is_found_get_a_note(demo: Workspace) -> None:
    queries, qrels = own_index.read_cases(STARTER_CASES)
    wrongly = 0
    for case in queries:
        answer = demo.search(own_index.query_of(case, 10))
        for kind, results in ((Kind.RULE, answer.rules), (Kind.PRECEDENT, answer.precedents)):
            right = {r.id for r in results} & set(qrels[kind].relevant(case.id))
            wrongly += bool(right) and f"weak-{kind}s" in answer.notes
    assert wrongly / (2 * len(queries)) < 0.05


def test_a_note_takes_no_result_away(demo: Workspace) -> None:
    answer = demo.search(Query("Hvilken rødvin passer til vildsvin, og hvor længe skal den iltes?"))
    assert "weak-precedents" in answer.notes
    assert len(answer.precedents) == 10


def test_where_nothing_is_found_the_note_is_that_and_no_other(demo: Workspace) -> None:
    notes = demo.search(Query(CASE, as_of=dt.date(1950, 1, 1))).notes
    assert "no-rules" in notes
    assert "weak-rules" not in notes


def test_every_note_of_weak_evidence_has_words_in_both_languages() -> None:
    for kind in (Kind.RULE, Kind.PRECEDENT):
        danish, english = CATALOGUE[f"note-weak-{kind}s"]
        assert "tilstrækkelig nær" in danish
        assert "sufficiently close" in english


def test_words_that_the_corpus_has_never_heard_of_count_against_coverage(demo: Workspace) -> None:
    lexical = demo.searcher().snapshot.lexical
    results = demo.search(Query(CASE)).precedents
    plain = evidence(CASE, results, demo.analyzer, lexical)
    strange = evidence(CASE + " Kvaksalveriet forsteg sig i ravnekrogen.", results, demo.analyzer, lexical)
    assert 0 < strange.coverage < plain.coverage <= 1
    assert plain.cosine == max(r.why.similarity or 0 for r in results[:5])
    assert plain.mean == pytest.approx(sum(r.why.similarity or 0 for r in results[:5]) / 5)


def test_no_result_is_no_evidence(demo: Workspace) -> None:
    assert evidence(CASE, (), demo.analyzer, demo.searcher().snapshot.lexical).coverage == 0


def test_words_that_no_passage_holds_are_as_rare_as_words_can_be(demo: Workspace) -> None:
    lexical = demo.searcher().snapshot.lexical
    known, strange = (
        evidence(text, (), demo.analyzer, lexical).rarity
        for text in ("Borgeren udeblev fra en samtale.", "Kvaksalveriet forsteg sig i ravnekrogen.")
    )
    assert 0 < known < strange == pytest.approx(1)


def test_function_words_and_parts_of_compounds_are_not_what_a_case_is_about() -> None:
    assert whole_words("Hun fik kontanthjælp og ikke andet.", Analyzer()) >= {"kontanthjælp"}
    assert not whole_words("Hun fik kontanthjælp.", Analyzer()) & {"hun", "hjælp", "kontant"}


@pytest.mark.parametrize("kind", [Kind.RULE, Kind.PRECEDENT])
def test_without_a_cosine_that_was_measured_the_words_decide(kind: Kind) -> None:
    least = LEAST_COVERAGE[kind]
    assert is_weak(kind, Evidence(None, least - 0.01, 0.5), DEFAULT, 1000)
    assert not is_weak(kind, Evidence(None, least, 0.5), DEFAULT, 1000)
    assert not is_weak(kind, Evidence(0.1, least, 0.5), "en anden model", 1000)
    assert is_weak(kind, Evidence(0.1, least, 0.5), DEFAULT, 1000)


def test_nearness_and_shared_words_are_evidence_and_strange_words_are_against_it() -> None:
    scale = SCALES[DEFAULT][Kind.RULE]
    found = strength(Evidence(0.5, 0.2, 0.5), scale)
    assert strength(Evidence(0.6, 0.2, 0.5), scale) > found
    assert strength(Evidence(0.5, 0.3, 0.5), scale) > found
    assert strength(Evidence(0.5, 0.2, 0.6), scale) < found
    decisions = SCALES[DEFAULT][Kind.PRECEDENT]
    near, nearer = (strength(Evidence(0.5, 0.2, 0.5, mean), decisions) for mean in (0.3, 0.4))
    assert near < nearer


def test_among_more_passages_the_nearest_must_come_nearer() -> None:
    scale = SCALES[DEFAULT][Kind.RULE]
    edge = scale.threshold.at(5_000) + scale.rarity * 0.5
    found = Evidence(edge, 0.0, 0.5)
    assert not is_weak(Kind.RULE, found, DEFAULT, 500)
    assert is_weak(Kind.RULE, found, DEFAULT, 500_000)


def test_the_table_counts_what_each_threshold_would_note() -> None:
    seen = [Seen("answer", 0.9, True, False), Seen("answer", 0.8, True, False)]
    seen += [Seen("removed", 0.86, False, True), Seen("elsewhere", 0.7, False, True)]
    found = rows(seen)
    first, last, used = found[0], found[-2], found[-1]
    assert (first.threshold, first.coverage, first.elsewhere_noted) == (0.8, 0.75, 1.0)
    assert first.precision == pytest.approx(2 / 3)
    assert (last.threshold, last.right_noted, last.removed_noted) == (pytest.approx(0.85), 0.5, 0.0)
    assert (used.coverage, used.precision, used.right_noted) == (0.5, 1.0, 0.0)
    assert table(found).splitlines()[-1].startswith("| in use | 0.500 | 1.000 | 0.000 |")


def test_removing_the_answer_leaves_no_wanted_document_to_be_found(demo: Workspace) -> None:
    asked = list(judged(STARTER_CASES))
    removed = [each for each in asked if each.source == "removed"]
    assert len(removed) == len(asked) / 2
    answer = next(each for each in asked if each.source == "answer")
    wanted = set().union(*answer.wanted.values())
    found = demo.search(removed[0].query)
    assert wanted
    assert not wanted & {r.id for r in (*found.rules, *found.precedents)}
    assert all(each.wanted == {} for each in elsewhere(OFF_TOPIC))
