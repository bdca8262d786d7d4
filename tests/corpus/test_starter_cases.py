"""The starter corpus's cases: lay words, and judgements that lead to what was in force on their date."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from corpus.sources.starter import CASES, PARTS, folder
from corpus.types import Locator

CASES_PER_FIELD, FIELDS, DATED_CASES = 8, 5, 6
WORDS = range(30, 121)
MOST_JUDGED = 4  # provisions, and decisions, of one case
ALWAYS = dt.date.max  # the date of a case that names none: what is in force now

# Words of the acts that a citizen or a busy caseworker would not type.
STATUTORY_WORDS = re.compile(
    r"udebliv|dagsats|afbud|indkald|rehabilitering|kvalitetsstandard|dispensation|lovliggør|sagsindsigt"
    r"|klagevejledning|fuldmagt|partshør|påbud|rimelig grund|erstatningsbesøg|hjemvis|§|\bstk\b",
    re.IGNORECASE,
)


def _lines(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def _day(matter: str, key: str, otherwise: dt.date) -> dt.date:
    found = re.search(rf"(?m)^{key}: (\S+)$", matter)
    return dt.date.fromisoformat(found[1]) if found else otherwise


with folder() as _starter:
    ROOT = _starter
ACTS, DECISIONS = (
    {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / part).glob("*.md")} for part in PARTS
)
QUERIES = {query["_id"]: query for query in map(json.loads, _lines(f"{CASES}/queries.jsonl"))}
HEADER, *QRELS = (line.split("\t") for line in _lines(f"{CASES}/qrels.tsv"))
TWINS = [line.split("\t")[:2] for line in _lines("twins.tsv")[1:]]


def _judged(query: str) -> dict[str, int]:
    return {document: int(grade) for q, document, grade in QRELS if q == query}


def _date(query: str) -> dt.date:
    return dt.date.fromisoformat(QUERIES[query].get("as_of", ALWAYS.isoformat()))


def test_there_are_eight_cases_in_each_field_and_six_have_a_date_of_their_own() -> None:
    fields = [query.rsplit("-", 1)[0] for query in QUERIES]
    assert len(_lines(f"{CASES}/queries.jsonl")) == len(QUERIES) == CASES_PER_FIELD * FIELDS
    assert {fields.count(field) for field in fields} == {CASES_PER_FIELD}
    assert sum("as_of" in query for query in QUERIES.values()) == DATED_CASES


def test_every_judgement_belongs_to_a_case_and_none_stands_twice() -> None:
    assert HEADER == ["query-id", "corpus-id", "score"]
    assert {query for query, _, _ in QRELS} == set(QUERIES)
    assert len({(query, document) for query, document, _ in QRELS}) == len(QRELS)


@pytest.mark.parametrize("query", QUERIES)
def test_a_case_is_short_and_in_lay_words(query: str) -> None:
    text = QUERIES[query]["text"]
    assert len(text.split()) in WORDS
    assert STATUTORY_WORDS.findall(text) == []


@pytest.mark.parametrize("query", QUERIES)
def test_a_case_has_a_governing_provision_and_a_closest_precedent(query: str) -> None:
    judged = _judged(query)
    provisions = [grade for document, grade in judged.items() if ":" in document]
    decisions = [grade for document, grade in judged.items() if ":" not in document]
    for grades in (provisions, decisions):
        assert 1 <= len(grades) <= MOST_JUDGED
        assert 2 in grades
        assert set(grades) <= {1, 2}


@pytest.mark.parametrize("query", QUERIES)
def test_a_judged_provision_exists_and_was_in_force_on_the_date_of_the_case(query: str) -> None:
    for document in _judged(query):
        if ":" not in document:
            continue
        act, slug = document.split(":")
        printed = re.sub(r"(?<=\d)(?=[a-z])", " ", slug.removeprefix("par-"))
        assert f"\n§ {printed}. " in ACTS[act]
        assert Locator(printed).slug == slug
        assert _day(ACTS[act], "dato", ALWAYS) <= _date(query) <= _day(ACTS[act], "ophørt", ALWAYS)


@pytest.mark.parametrize("query", QUERIES)
def test_a_judged_decision_exists_and_is_not_younger_than_the_case(query: str) -> None:
    for document in _judged(query):
        if ":" not in document:
            assert _day(DECISIONS[document], "dato", ALWAYS) <= _date(query)


@pytest.mark.parametrize("query", QUERIES)
def test_where_the_closest_precedent_has_a_twin_the_twin_is_judged_too(query: str) -> None:
    judged = _judged(query)
    for pair in TWINS:
        for closest, twin in (pair, pair[::-1]):
            known = _day(DECISIONS[twin], "dato", ALWAYS) <= _date(query)
            assert twin in judged or not known or judged.get(closest) != 2
