"""Filters keep exactly what they name, however little that is, and never hide the other outcomes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from api.wiring import Workspace
from corpus.types import DocumentType, Kind, Metadata
from index.errors import IndexMismatchError, QueryError, QueryFault
from index.filters import facets, fields_of, restriction
from index.graph import Graph
from index.limits import MAX_FILTER_VALUES
from index.table import Table
from index.types import Query, SearchResults

CASE = "Borgeren udeblev fra en samtale og siger, at han var syg, men meldte ikke afbud."


def search(demo: Workspace, **filters: object) -> SearchResults:
    return demo.search(Query(CASE, top=200, **filters))  # type: ignore[arg-type]


def decided(demo: Workspace, results: SearchResults) -> set[str]:
    assert results.precedents
    return {r.document_id for r in results.precedents if not r.other_outcome}


def test_a_period_keeps_every_decision_of_its_days_and_no_other(demo: Workspace) -> None:
    first, last = dt.date(2021, 1, 1), dt.date(2021, 12, 31)
    found = decided(demo, search(demo, decided_from=first, decided_to=last))
    dates = {d.id: d.metadata.date for d in demo.store.documents(kinds=[Kind.PRECEDENT])}
    assert found == {id for id, day in dates.items() if day and first <= day <= last}


def test_a_period_of_one_day_finds_the_one_decision_of_that_day(demo: Workspace) -> None:
    day = demo.store.document("fiktiv-1-20").metadata.date
    found = decided(demo, search(demo, decided_from=day, decided_to=day))
    assert found == {"fiktiv-1-20"}


def test_a_filter_on_decisions_leaves_the_rules_and_their_order_as_they_are(
    demo: Workspace,
) -> None:
    rules = {r.id for r in search(demo).rules}
    assert rules
    assert {r.id for r in search(demo, authorities=("Et andet nævn",)).rules} <= rules
    assert search(demo, authorities=("Et andet nævn",)).precedents == ()
    assert [r.id for r in search(demo, outcomes=("stadfæstet",)).rules] == [r.id for r in search(demo).rules]


def test_an_authority_is_found_whatever_its_letters_are(demo: Workspace) -> None:
    found = decided(demo, search(demo, authorities=("fiktivt  KLAGENÆVN",)))
    assert len(found) == len(demo.store.documents(kinds=[Kind.PRECEDENT]))


def test_a_subject_keeps_what_is_filed_under_it_and_what_cites_its_rules(demo: Workspace) -> None:
    results = search(demo, fields=("byggetilladelse",))
    filed = {d.id for d in demo.store.documents() if "byggetilladelse" in d.metadata.subjects}
    assert {r.document_id for r in results.rules} <= filed
    assert {id for id in filed if demo.store.document(id).metadata.kind is Kind.PRECEDENT} <= decided(
        demo, results
    )
    for id in decided(demo, results) - filed:
        assert "byggeri" in demo.store.text(demo.store.document(id).key)


def test_an_act_is_a_field_by_its_title_and_brings_the_decisions_that_cite_it(demo: Workspace) -> None:
    results = search(demo, fields=("lov om tilladelse til byggeri (FIKTIV)",))
    assert {r.title for r in results.rules} == {"lov om tilladelse til byggeri (FIKTIV)"}
    assert "fiktiv-1-20" not in decided(demo, results)


def test_an_outcome_filter_still_shows_the_nearest_decision_of_every_other_outcome(demo: Workspace) -> None:
    results = search(demo, outcomes=("stadfæstet",))
    chosen = [r for r in results.precedents if not r.other_outcome]
    others = [r for r in results.precedents if r.other_outcome]
    assert chosen
    assert all("stadfæstet" in r.outcome for r in chosen)
    recorded = {o for d in demo.store.documents(kinds=[Kind.PRECEDENT]) for o in d.metadata.outcomes}
    assert {o for r in others for o in r.outcome} == recorded - {"stadfæstet"}
    assert all("stadfæstet" not in r.outcome for r in others)
    assert list(results.precedents) == chosen + others
    assert "outcome-filter" in results.notes
    everyone = [r.id for r in search(demo).precedents]
    for other in others:
        (label, *_) = other.outcome
        same = [r.id for r in search(demo).precedents if label in r.outcome]
        assert everyone.index(other.id) <= everyone.index(same[0])


def test_without_an_outcome_filter_nothing_is_marked(demo: Workspace) -> None:
    results = search(demo)
    assert not any(r.other_outcome for r in (*results.rules, *results.precedents))
    assert "outcome-filter" not in results.notes


def test_facets_count_authorities_and_fields_but_never_outcomes(demo: Workspace) -> None:
    known = facets(demo.searcher().snapshot.table)
    assert {f.value: f.documents for f in known.authorities} == {"Fiktivt Klagenævn": 51}
    subjects = {f.value: f.documents for f in known.fields}
    assert subjects["sagsindsigt"] >= 10
    assert "stadfæstet" in known.outcomes
    assert all(isinstance(outcome, str) for outcome in known.outcomes)
    assert known.decided_from is not None
    assert known.decided_to is not None
    assert known.decided_from < known.decided_to


def test_a_rule_is_filed_under_its_act_and_a_decision_under_its_subjects() -> None:
    rule = Metadata("Bekendtgørelse af lov om sne", DocumentType.CONSOLIDATED_ACT, Kind.RULE, ministry="M")
    assert fields_of(rule) == ("M", "lov om sne")
    decision = Metadata("Afgørelse 1", DocumentType.DECISION, Kind.PRECEDENT, subjects=("sne", "is"))
    assert fields_of(decision) == ("sne", "is")


def test_a_period_that_ends_before_it_begins_is_refused(demo: Workspace) -> None:
    with pytest.raises(QueryError) as refused:
        search(demo, decided_from=dt.date(2022, 1, 1), decided_to=dt.date(2021, 1, 1))
    assert refused.value.fault is QueryFault.PERIOD


def test_more_values_than_the_limit_are_refused(demo: Workspace) -> None:
    with pytest.raises(QueryError) as refused:
        search(demo, fields=tuple(map(str, range(MAX_FILTER_VALUES + 1))))
    assert refused.value.fault is QueryFault.FILTERS


def test_an_index_of_an_older_version_searches_but_refuses_to_filter(demo: Workspace, tmp_path: Path) -> None:
    snapshots = demo.settings.index_folder / "snapshots"
    source = next(snapshots.iterdir()) / "passages"
    for file in source.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    documents = tmp_path / "documents.jsonl"
    lines = [json.loads(line) for line in documents.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        del line["fields"], line["authority"], line["outcomes"]
    documents.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    table, graph = Table(tmp_path), Graph.load(source.parent / "graph")
    assert restriction(table, graph, Kind.RULE, Query(CASE)) is None
    with pytest.raises(IndexMismatchError):
        restriction(table, graph, Kind.RULE, Query(CASE, fields=("byggetilladelse",)))
