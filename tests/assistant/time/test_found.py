"""Beside a search result stands what has changed since its wording, and what took its place."""

from __future__ import annotations

import datetime as dt

from assistant.found import NOTHING, told_of
from corpus.types import Kind, StoredDocument
from index.types import CorpusState, Result, SearchResults, Why

DAY, NOW = dt.date(2011, 5, 5), dt.date(2015, 1, 1)


def result(id: str, document: StoredDocument) -> Result:
    meta = document.metadata
    return Result(
        id,
        meta.kind,
        document.id,
        meta.title,
        meta.title,
        "",
        "",
        meta.date,
        None,
        (),
        (),
        Why(),
        1.0,
        "standard",
    )


def results(*found: Result) -> SearchResults:
    state = CorpusState("s", DAY, 1, 1, 1, 1, 0, "none", None)
    rules, precedents = ([r for r in found if r.kind is kind] for kind in (Kind.RULE, Kind.PRECEDENT))
    return SearchResults(tuple(rules), tuple(precedents), state)


def test_a_rule_read_as_of_a_day_says_where_it_stands_now(lake) -> None:
    store = lake.linked()
    found = results(*(result(f"a1:par-{n}", store.document("a1")) for n in "12"))
    told = told_of(store, found, NOW)
    kept, moved = told["a1:par-1"].since, told["a1:par-2"].since
    assert kept is not None
    assert moved is not None
    assert kept.text == ""
    assert moved.text == "Flyttet til § 3 og med ny ordlyd i udgaven fra 1. januar 2014."
    assert (moved.as_of, moved.until, moved.now) == (DAY, NOW, ("a3:par-3",))


def test_a_decision_says_what_took_its_place_before_what_it_cites(lake) -> None:
    old = lake.decision("5-11", "2011-03-03", "Prisen følger af § 2 i lov om fiskekort.")
    citing = lake.decision("6-11", "2011-03-03", "Prisen følger af § 2 i lov om fiskekort.")
    lake.decision("9-14", "2014-05-05", "Denne principmeddelelse afløser principmeddelelse 5-11.")
    store = lake.linked()
    told = told_of(store, results(result(old.id, old), result(citing.id, citing)), NOW)
    assert told[old.id].superseded
    assert told[old.id].standing.startswith("Genudgivet eller afløst som")
    assert not told[citing.id].superseded
    assert told[citing.id].standing.startswith("Henviser til ordlyd, der er ændret")


def test_of_what_was_erased_since_the_index_was_built_nothing_is_told(lake) -> None:
    store, act = lake.linked(), lake.store.document("a1")
    gone = result("a9:par-1", act)
    assert told_of(store, results(gone), NOW) == {"a9:par-1": NOTHING}
