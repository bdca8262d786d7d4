"""The judged cases over real law read as such, and the maker of a collection finds what judgments cite."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.types import Kind
from index.adaptation.written import read_written
from index.evaluation import own_index

from .cited_statutes import cited

HERE = Path(__file__).parent
_PROVISION = re.compile(r"lta-\d{4}-\d+:par-\d+[a-z]?")


@pytest.mark.parametrize(("folder", "count"), [("lay_cases", 36), ("lay_cases_fresh", 12)])
def test_every_lay_case_is_long_dated_and_judged(folder: str, count: int) -> None:
    queries, judged = own_index.read_cases(HERE / folder)
    grades = judged[Kind.RULE].grades
    assert len(queries) == len(grades) == count
    assert judged.keys() == {Kind.RULE}
    for query in queries:
        assert own_index.query_of(query, 10).as_of is not None
        assert 40 < len(query.text.split()) < 110
        assert not re.search(r"§|loven\b|\d{6}", query.text), "a layman names no law, and no one by number"
        assert all(_PROVISION.fullmatch(id) for id in grades[query.id])


@pytest.mark.parametrize("folder", ["municipal_cases", "municipal_cases_sealed"])
def test_every_municipal_case_is_dated_graded_and_of_a_register(folder: str) -> None:
    queries, judged = own_index.read_cases(HERE / folder)
    grades = judged[Kind.RULE].grades
    assert len(queries) == len(grades) == 40
    assert judged.keys() == {Kind.RULE}
    for query in queries:
        assert own_index.query_of(query, 10).as_of is not None
        assert query.extra["register"] in ("caseworker", "citizen")
        assert not re.search(r"\d{6}-?\d{4}", query.text), "no one by number"
        assert all(_PROVISION.fullmatch(id) for id in grades[query.id])
        assert 1 <= sum(grade == 2 for grade in grades[query.id].values()) <= 3
    assert sum(query.extra["register"] == "citizen" for query in queries) == 20


@pytest.mark.parametrize("folder", ["municipal_cases_blind", "municipal_cases_last"])
def test_every_blind_case_is_dated_graded_and_names_no_law(folder: str) -> None:
    queries, judged = own_index.read_cases(HERE / folder)
    grades = judged[Kind.RULE].grades
    assert len(queries) == len(grades) == 80
    assert judged.keys() == {Kind.RULE}
    for query in queries:
        assert own_index.query_of(query, 10).as_of is not None
        assert not re.search(r"§|\d{6}-?\d{4}", query.text), "no law and no one by number"
        assert all(_PROVISION.fullmatch(id) for id in grades[query.id])
        assert 2 in grades[query.id].values()
        assert len(grades[query.id]) <= 6


def test_no_judged_case_is_among_those_that_the_encoder_learnt_from() -> None:
    learnt = {" ".join(text.text.lower().split()) for text in read_written()}
    for folder in HERE.glob("*_cases*"):
        if (folder / "queries.jsonl").exists():
            queries, _ = own_index.read_cases(folder)
            assert not {" ".join(query.text.lower().split()) for query in queries} & learnt


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("convicted under Section 302 read with Section 34 of the Indian Penal Code", {"S2", "S6"}),
        ("offences under Sections 147, 148 and 323 I.P.C.", {"S21", "S15", "S19"}),
        ("a petition under Article 226 of the Constitution; Art. 14 was invoked", {"S1", "S3"}),
        ("Section 482 of the Code of Criminal Procedure", {"S23"}),
        ("Section 302 of some other Act", set()),
        ("in 1973 the accused was 302 miles away", set()),
    ],
)
def test_statutes_are_told_by_number_and_act(text: str, ids: set[str]) -> None:
    assert cited(text) == ids
