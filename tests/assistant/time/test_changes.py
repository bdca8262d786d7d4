"""What has changed since a wording was read is said in words, with what no version shows yet."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.changes import changed_since
from assistant.evidence import open_provision
from corpus.errors import CitationError, NotFoundError
from corpus.links import Change

THEN, NOW = dt.date(2011, 6, 1), dt.date(2015, 1, 1)


@pytest.mark.parametrize(
    ("provision", "change", "now", "danish", "english"),
    [
        ("a1:par-1", Change.SAME, ("a3:par-1",), "", ""),
        (
            "a1:par-2",
            Change.MOVED_REWORDED,
            ("a3:par-3",),
            "Flyttet til § 3 og med ny ordlyd i udgaven fra 1. januar 2014.",
            "Moved to § 3 and reworded in the version of 2014-01-01.",
        ),
        (
            "a2:par-3",
            Change.REWORDED,
            ("a3:par-3",),
            "Ny ordlyd i § 3 i udgaven fra 1. januar 2014.",
            "Reworded in § 3 in the version of 2014-01-01.",
        ),
        (
            "a1:par-3",
            Change.REPEALED,
            (),
            "Ophævet i udgaven fra 1. januar 2014.",
            "Repealed in the version of 2014-01-01.",
        ),
        ("a3:par-3", Change.SAME, ("a3:par-3",), "", ""),
    ],
)
def test_a_change_is_told_in_both_languages_and_nothing_where_there_is_none(
    lake, provision, change, now, danish, english
) -> None:
    changed = changed_since(lake.store, provision, THEN, NOW)
    assert (changed.change, changed.now) == (change, now)
    assert (changed.text, changed.english) == (danish, english)
    assert changed.pending == ()


def test_a_change_later_than_the_day_asked_for_does_not_count(lake) -> None:
    changed = changed_since(lake.store, "a1:par-2", THEN, dt.date(2013, 1, 1))
    assert (changed.change, changed.now) == (Change.MOVED, ("a2:par-3",))
    assert changed.text == "Samme ordlyd, men flyttet til § 3 i udgaven fra 1. januar 2012."


def test_a_sentence_of_a_litra_follows_the_unit_that_holds_it(lake) -> None:
    assert changed_since(lake.store, "a1:par-2.stk-1", THEN, NOW).now == ("a3:par-3.stk-1",)


def test_an_amendment_that_is_not_consolidated_is_quoted_with_its_place(lake) -> None:
    act = lake.amending(70, "2014-09-09", "I § 3 ændres »125 kr.« til: »150 kr.«")
    changed = changed_since(lake.store, "a1:par-2", THEN, NOW)
    (quote,) = changed.quotes
    assert (quote.document_id, quote.locator) == ("l70", "§ 1, nr. 1")
    assert quote.text == quote.span.of(lake.store.text(act.key))
    assert "150 kr." in quote.text
    assert changed_since(lake.store, "a1:par-1", THEN, NOW).pending == ()


def test_an_amendment_that_the_wording_of_the_day_lacked_is_named_though_consolidated_since(lake) -> None:
    lake.amending(60, "2011-05-05", "I § 2 ændres »100 kr.« til: »110 kr.«")
    assert [p.act_id for p in changed_since(lake.store, "a1:par-2", THEN, NOW).pending] == ["l60"]
    assert changed_since(lake.store, "a1:par-2", dt.date(2011, 5, 4), NOW).pending == ()


def test_what_neither_version_shows_is_named_once(world) -> None:
    world.act(1, "2010-01-01", "§ 1. Den, der fisker i søen, skal have et gyldigt fiskekort fra kommunen.")
    world.amending(70, "2011-05-05", "§ 1 ophæves.")
    assert len(changed_since(world.store, "a1:par-1", THEN, NOW).pending) == 1


def test_a_provision_view_carries_its_change_and_an_amendments_none(lake) -> None:
    lake.amending(70, "2014-09-09", "§ 2 ophæves.")
    view = open_provision(lake.store, "a2:par-2", dt.date(2013, 1, 1))
    assert view.since is not None
    assert [p.act_id for p in view.since.pending] == ["l70"]
    assert open_provision(lake.store, "l70:par-1").since is None


def test_a_version_without_a_date_has_no_place_in_the_row_and_that_is_said(lake) -> None:
    lake.act(9, None, "§ 1. Fiskekort kan fås hos den stedlige fiskemester i åbningstiden.")
    changed = changed_since(lake.store, "a9:par-1", THEN, NOW)
    assert changed.change is None
    assert "ingen dato" in changed.text
    assert changed.english


def test_a_new_version_is_seen_by_the_next_question(lake) -> None:
    assert changed_since(lake.store, "a3:par-2", NOW, NOW).text == ""
    lake.act(4, "2014-06-01", "§ 1. Den, der fisker i søen med stang eller snøre, skal have et gyldigt kort.")
    assert changed_since(lake.store, "a3:par-2", NOW, NOW).change is Change.REPEALED


@pytest.mark.parametrize("bad", ["", "§ 2", "a1", "a1:", "a1:hvad", "a1:par-2;--", ":par-2"])
def test_nonsense_is_refused_in_danish(lake, bad) -> None:
    with pytest.raises(CitationError, match="bestemmelse"):
        changed_since(lake.store, bad, THEN, NOW)


def test_a_provision_that_only_another_version_has_is_pointed_to(lake) -> None:
    with pytest.raises(NotFoundError, match=r"har ingen § 4.*a2:par-4, a3:par-4"):
        changed_since(lake.store, "a1:par-4", THEN, NOW)
    with pytest.raises(NotFoundError, match="Ingen kendt udgave har den"):
        changed_since(lake.store, "a1:par-99", THEN, NOW)
    with pytest.raises(NotFoundError, match="intet dokument «a8»"):
        changed_since(lake.store, "a8:par-1", THEN, NOW)


def test_what_is_gone_without_a_word_is_not_called_repealed(lake) -> None:
    lake.act(4, "2014-06-01", "§ 1. Den, der fisker i søen med stang eller snøre, skal have et gyldigt kort.")
    told = changed_since(lake.store, "a3:par-2", NOW, NOW).text
    assert told == "Genfindes ikke i udgaven fra 1. juni 2014: ophævet eller skrevet helt om."


def test_a_work_whose_last_version_has_ended_is_said_to_have_ended(lake) -> None:
    lake.act(3, "2014-01-01", "§ 1. Fiskekort udstedes af kommunen.", ended=dt.date(2014, 7, 1))
    changed = changed_since(lake.store, "a1:par-1", THEN, NOW)
    assert (changed.change, changed.day, changed.now) == (Change.REPEALED, dt.date(2014, 7, 1), ())
    assert changed.text == "Den sidste udgave af lov om fiskekort i samlingen ophørte den 1. juli 2014."
