"""Intervals follow from what texts say; claims that contradict each other are listed and decide nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.errors import NotFoundError
from corpus.store import Store
from corpus.timelines import store_validities, timeline_of, version_on
from corpus.types import DocumentType
from corpus.versions import Basis, Fault, Validity, timelines, validities

BODY = "§ 1. Den, der fisker i søen, skal have kort."


def jf(number: int, date: str) -> str:
    return f"Herved bekendtgøres lov om fiskekort, jf. lovbekendtgørelse nr. {number} af {date}."


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_each_consolidation_applies_until_the_next_one_is_signed(archive) -> None:
    archive.act(1, "2010-01-01", BODY)
    archive.act(2, "2012-01-01", BODY, jf(1, "1. januar 2010"))
    found = store_validities(archive.store)
    assert found["a1"] == Validity(
        day("2010-01-01"), day("2012-01-01"), "a2", Basis.SIGNED, Basis.NEXT_VERSION, "a2"
    )
    assert found["a2"].end is None
    assert found["a2"].ends is None
    assert not found["a1"].covers(day("2012-01-01"))
    assert found["a2"].covers(day("2012-01-01"))


def test_without_claims_titles_and_dates_still_chain(archive) -> None:
    archive.act(1, "2010-01-01", BODY)
    archive.act(2, "2012-01-01", BODY)
    found = validities(archive.store.documents())
    assert (found["a1"].end, found["a1"].replaced_by) == (day("2012-01-01"), "a2")


def test_a_changed_title_stays_one_work_where_the_preamble_links(archive) -> None:
    archive.act(1, "2010-01-01", BODY)
    new = archive.act(2, "2012-01-01", BODY, jf(1, "1. januar 2010"), title="Bekendtgørelse af lov om ruser")
    (timeline,) = timelines(archive.store.documents(), archive.store.claims())
    assert [v.id for v in timeline.versions] == ["a1", "a2"]
    assert timeline.consolidates == {"a2": "a1"}
    assert [v.id for v in timeline_of(archive.store, new).versions] == ["a1", "a2"]
    first = archive.store.document("a1")
    assert [v.id for v in timeline_of(archive.store, first).versions] == ["a1", "a2"]


def test_the_old_order_applies_until_the_new_one_takes_effect(archive) -> None:
    order = {"title": "Bekendtgørelse om ruser", "type": DocumentType.ORDER}
    archive.act(1, "2010-01-01", BODY, **order)
    archive.act(2, "2011-12-01", BODY + "\n§ 2. Bekendtgørelsen træder i kraft den 1. januar 2012.", **order)
    found = store_validities(archive.store)
    assert found["a1"].end == day("2012-01-01")
    assert (found["a2"].start, found["a2"].begins) == (day("2012-01-01"), Basis.COMMENCEMENT)


def test_an_order_repealed_under_another_title_ends_there_and_has_no_successor_of_its_own(archive) -> None:
    archive.act(1, "2010-01-01", BODY, title="Bekendtgørelse om ruser", type=DocumentType.ORDER)
    archive.act(
        2,
        "2011-12-01",
        BODY
        + "\n§ 2. Bekendtgørelsen træder i kraft den 1. januar 2012.\n"
        + "Stk. 2. Bekendtgørelse nr. 1 af 1. januar 2010 om ruser ophæves.",
        title="Bekendtgørelse om garn",
        type=DocumentType.ORDER,
    )
    found = store_validities(archive.store)["a1"]
    assert (found.end, found.ends, found.ended_by, found.replaced_by) == (
        day("2012-01-01"),
        Basis.REPEAL,
        "a2",
        "",
    )
    timeline = timeline_of(archive.store, archive.store.document("a1"))
    assert timeline.validity["a1"] == found


def test_an_act_that_ends_itself_or_that_the_source_ends_says_so(archive) -> None:
    archive.act(
        1,
        "2010-01-01",
        BODY + "\n§ 2. Loven ophæves den 1. juli 2011.",
        title="Lov om garn",
        type=DocumentType.ACT,
    )
    archive.act(2, "2010-01-01", BODY, title="Bekendtgørelse af lov om ål", ended=day("2011-05-01"))
    found = store_validities(archive.store)
    assert (found["a1"].end, found["a1"].ends) == (day("2011-07-01"), Basis.EXPIRY)
    assert (found["a2"].end, found["a2"].ends) == (day("2011-05-01"), Basis.SOURCE)


def test_a_new_act_consolidated_before_it_takes_effect_applies_from_then(archive) -> None:
    archive.act(
        1,
        "2010-06-01",
        BODY + "\n§ 2. Loven træder i kraft den 1. januar 2011.",
        title="Lov om fiskekort",
        type=DocumentType.ACT,
    )
    archive.act(2, "2010-09-01", BODY, "Herved bekendtgøres lov nr. 1 af 1. juni 2010 om fiskekort.")
    found = store_validities(archive.store)
    assert found["a2"].start == day("2011-01-01")
    assert found["a2"].begins is Basis.COMMENCEMENT


def test_a_version_kept_in_two_collections_ends_neither(archive) -> None:
    archive.act(1, "2010-01-01", BODY)
    archive.act(1, "2010-01-01", BODY, collection="egen", suffix="@egen")
    archive.act(2, "2012-01-01", BODY)
    found = store_validities(archive.store)
    assert {found["a1"].end, found["a1@egen"].end} == {day("2012-01-01")}


def test_a_claim_on_a_later_version_is_listed_and_not_followed(archive) -> None:
    archive.act(1, "2010-01-01", BODY, jf(2, "1. januar 2012"))
    archive.act(2, "2012-01-01", BODY, jf(1, "1. januar 2010"))
    (timeline,) = timelines(archive.store.documents(), archive.store.claims())
    assert [v.id for v in timeline.versions] == ["a1", "a2"]
    (conflict,) = timeline.conflicts
    assert (conflict.fault, conflict.document, conflict.other) == (Fault.LATER, "a1", "a2")
    assert "ikke er ældre" in conflict.message


def test_a_claim_with_another_date_is_listed_and_not_followed(archive) -> None:
    archive.act(1, "2010-01-01", BODY, title="Bekendtgørelse af lov om ål")
    archive.act(2, "2012-01-01", BODY, jf(1, "2. januar 2010"))
    found = timelines(archive.store.documents(), archive.store.claims())
    assert sorted(len(t.versions) for t in found) == [1, 1]
    (conflict,) = [c for t in found for c in t.conflicts]
    assert conflict.fault is Fault.OTHER_DATE


def test_two_versions_that_restate_the_same_one_are_listed(archive) -> None:
    archive.act(1, "2010-01-01", BODY)
    archive.act(2, "2012-01-01", BODY, jf(1, "1. januar 2010"))
    archive.act(3, "2013-01-01", BODY, jf(1, "1. januar 2010"))
    (timeline,) = timelines(archive.store.documents(), archive.store.claims())
    assert [(c.fault, c.document, c.other) for c in timeline.conflicts] == [(Fault.SHARED, "a3", "a2")]
    assert timeline.validity["a2"].end == day("2013-01-01")


def test_a_ring_of_undated_versions_is_named_and_none_is_put_in_order(archive) -> None:
    for number, other in ((1, 2), (2, 3), (3, 1)):
        archive.act(number, None, BODY, jf(other, "1. januar 2010"), year=2010)
    timeline = timeline_of(archive.store, archive.store.document("a1"))
    assert {v.start for v in timeline.validity.values()} == {None}
    (conflict,) = timeline.conflicts
    assert conflict.fault is Fault.CYCLE
    assert "sammenskriver hinanden" in conflict.message
    with pytest.raises(NotFoundError):
        version_on(timeline, day("2015-01-01"))


def test_a_day_before_the_first_version_says_which_is_the_first(archive) -> None:
    act = archive.act(1, "2010-01-01", BODY)
    with pytest.raises(NotFoundError, match=r"gælder fra 1. januar 2010.*3. marts 1999"):
        version_on(timeline_of(archive.store, act), day("1999-03-03"))


def test_a_day_after_the_end_says_when_that_was(archive) -> None:
    act = archive.act(1, "2010-01-01", BODY, ended=day("2011-05-01"))
    with pytest.raises(NotFoundError, match=r"ophørte 1. maj 2011"):
        version_on(timeline_of(archive.store, act), day("2012-01-01"))


def test_the_starter_consolidations_follow_each_other(fiction: Store) -> None:
    timeline = timeline_of(fiction, fiction.document("fiktiv-lbk-2021-9002"))
    assert [v.id for v in timeline.versions] == [
        "fiktiv-lbk-2019-9001",
        "fiktiv-lbk-2021-9002",
        "fiktiv-lbk-2023-9003",
    ]
    assert timeline.consolidates["fiktiv-lbk-2023-9003"] == "fiktiv-lbk-2021-9002"
    assert timeline.conflicts == ()
    assert version_on(timeline, day("2022-06-01")).id == "fiktiv-lbk-2021-9002"
