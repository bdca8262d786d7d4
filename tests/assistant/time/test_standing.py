"""A decision shows what took its place, and what has become of the wording that it applied."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.evidence import open_document
from assistant.standing import own_references, standing
from corpus.decision_links import LinkKind
from corpus.links import Change
from corpus.types import Status

DAY = dt.date(2015, 1, 1)


def test_a_reference_leads_to_the_wording_applied_and_says_what_became_of_it(lake) -> None:
    decision = lake.decision("5-11", "2011-03-03", "Prisen følger af § 2 i lov om fiskekort.")
    (reference,) = own_references(lake.linked(), decision, DAY)
    assert reference.provisions == ("a1:par-2",)
    assert (reference.change, reference.now) == (Change.MOVED_REWORDED, ("a3:par-3",))
    assert reference.since == "Flyttet til § 3 og med ny ordlyd i udgaven fra 1. januar 2014."


def test_a_version_that_the_text_names_goes_before_the_day_of_the_decision(lake) -> None:
    text = "Prisen følger af § 3 i lov om fiskekort, jf. lovbekendtgørelse nr. 2 af 1. januar 2012."
    decision = lake.decision("5-14", "2014-03-03", text)
    references = own_references(lake.linked(), decision, DAY)
    assert [r.provisions for r in references] == [("a2:par-3",)]


def test_a_provision_cited_twice_is_one_reference_with_two_places(lake) -> None:
    text = "Efter § 1 i lov om fiskekort kræves kort. Kravet i § 1 i lov om fiskekort gælder også børn."
    decision = lake.decision("6-11", "2011-03-03", text)
    (reference,) = own_references(lake.linked(), decision, DAY)
    assert len(reference.spans) == 2
    assert {span.of(text) for span in reference.spans} == {reference.words}
    assert reference.since == "Samme ordlyd i § 1."


def test_a_range_names_what_changed_in_it(lake) -> None:
    decision = lake.decision("7-12", "2012-03-03", "Se §§ 1-3 i lov om fiskekort.")
    (reference,) = own_references(lake.linked(), decision, DAY)
    assert reference.provisions == ("a2:par-1", "a2:par-2", "a2:par-3")
    assert reference.change is Change.REWORDED
    assert reference.since == "Ny ordlyd i § 3 i udgaven fra 1. januar 2014."


def test_a_decision_on_changed_wording_says_so_and_one_on_kept_wording_does_not(lake) -> None:
    changed = lake.decision("5-11", "2011-03-03", "Prisen følger af § 2 i lov om fiskekort.")
    kept = lake.decision("6-11", "2011-03-03", "Kravet om kort følger af § 1 i lov om fiskekort.")
    store = lake.linked()
    said = "Henviser til ordlyd, der er ændret eller ophævet siden: § 2 i lov om fiskekort."
    assert standing(store, changed, DAY) == said
    assert standing(store, changed, dt.date(2011, 5, 5)) == ""
    assert standing(store, kept, DAY) == ""


def test_a_decision_that_was_set_aside_says_by_which_and_when(lake) -> None:
    old = lake.decision("5-11", "2011-03-03", "Prisen følger af § 2 i lov om fiskekort.")
    new = lake.decision(
        "9-14",
        "2014-05-05",
        "Praksis Kasserede: Følgende afgørelser er kasserede og gælder ikke længere: 5-11: Prisen.",
    )
    store = lake.linked()
    assert standing(store, old, DAY) == "Kasseret ved Fiskenævnets principmeddelelse 9-14 af 5. maj 2014."
    assert standing(store, new, DAY) == ""
    view = open_document(store, old.id, DAY)
    assert view.superseded
    (related,) = view.related
    assert (related.kind, related.document_id, related.source) == (LinkKind.SET_ASIDE_BY, "d9-14", "d9-14")
    assert related.span is not None
    assert related.words == related.span.of(store.text(new.key))
    assert [r.text for r in open_document(store, new.id, DAY).related] == ["Kasserer 5-11"]
    assert not open_document(store, new.id, DAY).superseded


def test_a_decision_that_is_not_kept_is_named_by_its_number_alone(lake) -> None:
    new = lake.decision("9-14", "2014-05-05", "Den afløser principmeddelelse 77-11.")
    (related,) = open_document(lake.store, new.id, DAY).related
    assert (related.number, related.document_id, related.citation) == ("77-11", "", "")


def test_a_historic_decision_without_a_successor_is_flagged(lake) -> None:
    old = lake.decision("5-11", "2011-03-03", "Sagen om prisen.", Status.HISTORIC)
    assert standing(lake.linked(), old, DAY) == "Kilden markerer afgørelsen som historisk."
    assert open_document(lake.store, old.id, DAY).superseded


def test_a_decision_that_cites_one_set_aside_shows_it_at_the_reference(lake) -> None:
    lake.decision("5-11", "2011-03-03", "Sagen om prisen.")
    lake.decision("9-14", "2014-05-05", "Denne principmeddelelse afløser principmeddelelse 5-11.")
    citing = lake.decision(
        "8-12", "2012-05-05", "Som i Ankestyrelsens principafgørelse 5-11 gives der afslag."
    )
    references = own_references(lake.linked(), citing, DAY)
    assert [(r.document_id, r.since, r.now) for r in references] == [
        ("d5-11", "Genudgivet eller afløst som 9-14.", ("d9-14",))
    ]


def test_decisions_that_each_say_they_replace_the_other_do_not_trap_the_reader(lake) -> None:
    one = lake.decision("1-13", "2013-01-01", "Denne afløser principmeddelelse 2-13.")
    two = lake.decision("2-13", "2013-01-01", "Denne afløser principmeddelelse 1-13.")
    store = lake.linked()
    for decision, other in ((one, "2-13"), (two, "1-13")):
        assert other in standing(store, decision, DAY)
        assert {r.number for r in open_document(store, decision.id, DAY).related} == {other}


def test_an_erased_successor_leaves_no_trace(lake) -> None:
    old = lake.decision("5-11", "2011-03-03", "Sagen om prisen.")
    lake.decision("9-14", "2014-05-05", "Denne principmeddelelse afløser principmeddelelse 5-11.")
    assert standing(lake.linked(), old, DAY).startswith("Genudgivet eller afløst som")
    lake.store.erase("d9-14", "prøve")
    assert standing(lake.store, old, DAY) == ""


def test_references_that_lead_nowhere_are_counted(lake) -> None:
    text = "Se § 88 i lov om fiskekort, § 2 i lov om fuglevildt og § 1 i lov om fiskekort."
    decision = lake.decision("5-11", "2011-03-03", text)
    lake.linked()
    view = open_document(lake.store, decision.id, DAY)
    assert [r.provisions for r in view.references] == [("a1:par-1",)]
    assert view.unresolved == 2


@pytest.mark.parametrize("id", ["a1", "l1"])
def test_rules_and_amending_acts_have_no_standing(lake, id) -> None:
    lake.amending(1, "2011-05-05", "§ 1 ophæves.")
    view = open_document(lake.linked(), id, DAY)
    assert (view.standing, view.superseded, view.related, view.references) == ("", False, (), ())
