"""Who cites a provision is found along its line: under its new number, and not under a number used again."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from assistant.citations import open_cited_by, resolve_text
from assistant.lookup import provision_named
from corpus.errors import CitationError
from corpus.history import genealogy_of
from corpus.ingest import ingest
from corpus.types import Locator


def test_citations_of_a_moved_provision_follow_it_and_those_of_its_old_number_do_not(lake) -> None:
    lake.decision("5-11", "2011-03-03", "Prisen følger af § 2 i lov om fiskekort.")
    lake.decision("6-12", "2012-03-03", "Søen blev lukket efter § 2 i lov om fiskekort.")
    lake.decision("7-12", "2012-04-04", "Prisen følger af § 3 i lov om fiskekort.")
    store = lake.linked()
    assert [p.document_id for p in open_cited_by(store, "a3:par-3").places] == ["d7-12", "d5-11"]
    assert [p.document_id for p in open_cited_by(store, "a1:par-2").places] == ["d7-12", "d5-11"]
    assert [p.document_id for p in open_cited_by(store, "a3:par-2").places] == ["d6-12"]


def test_the_number_and_version_cited_stand_with_each_place(lake) -> None:
    lake.decision("5-11", "2011-03-03", "Prisen følger af § 2 i lov om fiskekort.")
    (place,) = open_cited_by(lake.linked(), "a3:par-3").places
    assert place.cited == ("a1:par-2",)
    assert place.cited_citation == "§ 2 i lov om fiskekort, jf. lovbekendtgørelse nr. 1 af 1. januar 2010"
    assert not place.same_version


@pytest.mark.parametrize(
    ("here", "where", "there", "found"),
    [
        ("a1", Locator("2"), "a3", (Locator("3"),)),
        ("a3", Locator("3"), "a1", (Locator("2"),)),
        ("a1", Locator("2", 1, pkt=1), "a2", (Locator("3", 1, pkt=1),)),
        ("a2", Locator("4"), "a3", ()),
        ("a3", Locator("2"), "a1", ()),
        ("a2", Locator("2"), "a2", (Locator("2"),)),
    ],
)
def test_a_provision_is_found_in_another_version_or_nowhere(lake, here, where, there, found) -> None:
    store = lake.store
    genealogy = genealogy_of(store)
    assert genealogy.counterparts(store.document(here), where, store.document(there)) == found


def test_a_version_without_a_date_is_compared_by_number_alone(lake) -> None:
    undated = lake.act(9, None, "§ 2. Fiskekort kan fås hos den stedlige fiskemester i åbningstiden.")
    genealogy = genealogy_of(lake.store)
    assert genealogy.counterparts(lake.store.document("a1"), Locator("2"), undated) == (Locator("2"),)


def test_a_number_printed_twice_is_undecided_and_both_places_are_named_by_their_ids(
    world, tmp_path: Path
) -> None:
    printed = [
        ("1", "§ 1. Kort."),
        ("2", "§ 2. Prisen er 100 kr."),
        ("2", "§ 2. Den træder i kraft i morgen."),
    ]
    record = {
        "id": "2010:1",
        "title": "Bekendtgørelse af lov om fiskekort",
        "short_name": "LBK nr 1 af 01/01/2010",
        "issued_date": "2010-01-01",
        "provisions": [
            {"provision_ref": f"1:{n}", "chapter": "1", "section": n, "content": text} for n, text in printed
        ],
    }
    lines = tmp_path / "acts.jsonl"
    lines.write_text(json.dumps(record), encoding="utf-8")
    ingest([lines], world.store)
    day = dt.date(2011, 1, 1)
    (reference,) = resolve_text(world.store, "§ 2 i lov om fiskekort", day)
    (target,) = reference.targets
    ids = [candidate.id for candidate in target.candidates]
    assert len(ids) == len(set(ids)) == 2
    assert all(f"[{id}]" in target.message for id in ids)
    with pytest.raises(CitationError) as refused:
        provision_named(world.store, "§ 2 i lov om fiskekort", day)
    assert all(id in refused.value.remedy for id in ids)
    assert provision_named(world.store, ids[1], day) == ids[1]
