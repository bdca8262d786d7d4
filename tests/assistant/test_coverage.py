"""What decisions touch is counted as the texts say it, and how a decision ended is never among it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from api.settings import Settings
from api.wiring import Workspace
from assistant import coverage, coverage_types
from assistant.coverage import Report, UnknownActError, act_map, places, report
from assistant.coverage_counts import age_of
from assistant.coverage_types import ELSEWHERE, Age, Cell, Listing
from corpus.errors import InputError
from corpus.links import Change
from corpus.references.resolved import Reason
from corpus.store import Store
from corpus.types import DocumentType

DAY = dt.date(2025, 12, 31)
SUPPORT = "fiktiv-lov-om-hverdagsstoette"
BUILDING = "fiktiv-bekendtgoerelse-om-behandling-af-byggesager"


@pytest.fixture
def found(demo: Workspace) -> Report:
    return report(demo.store, DAY)


def who(demo: Workspace, found: Report, **held: object) -> set[str]:
    """Ids of the documents behind a cell."""
    listed = places(demo.store, found, Cell(**held), limit=coverage.MAX_PLACES)  # type: ignore[arg-type]
    assert listed.next is None
    assert listed.documents == len({p.document.id for p in listed.places})
    return {p.document.id for p in listed.places}


def test_an_order_has_the_decisions_that_its_paragraphs_are_named_in(demo: Workspace, found: Report) -> None:
    # Read by hand: the heads «Retsgrundlag» of the five decisions that name bekendtgørelse nr. 9102.
    shown = act_map(demo.store, found, BUILDING)
    assert {r.locator: r.decisions for r in shown.rows if r.decisions} == {
        "§ 3": 1, "§ 4": 1, "§ 6": 1, "§ 8": 1, "§ 9": 1, "§ 10": 2, "§ 11": 1,
    }  # fmt: skip
    assert (shown.summary.paragraphs, shown.summary.touched, shown.summary.untouched) == (12, 7, 5)
    assert shown.years == ((2020, 1), (2021, 0), (2022, 1), (2023, 1), (2024, 1), (2025, 1))
    assert who(demo, found, listing=Listing.ACT, work=BUILDING, place="par-10") == {
        "fiktiv-3-24", "fiktiv-5-23",
    }  # fmt: skip


def test_decisions_on_older_wordings_stand_at_the_paragraph_where_these_are_today(
    demo: Workspace, found: Report
) -> None:
    # What was § 14 in 2019 and 2021 is § 15 since 1 July 2023, reworded each time.
    shown = act_map(demo.store, found, SUPPORT)
    row = next(r for r in shown.rows if r.locator == "§ 15")
    assert (row.decisions, row.changed, row.ages) == (10, 7, (1, 2, 4, 3, 0, 0))
    assert who(demo, found, listing=Listing.CHANGED, work=SUPPORT, place="par-15") == {
        "fiktiv-1-20", "fiktiv-2-19", "fiktiv-2-21", "fiktiv-3-21", "fiktiv-5-19", "fiktiv-5-22",
        "fiktiv-6-22",
    }  # fmt: skip
    assert {r.locator for r in shown.rows if r.decisions} == {
        "§ 9", "§ 11", "§ 13", "§ 14", "§ 15", "§ 17", "§ 18",
    }  # fmt: skip


def test_a_wording_that_is_gone_is_told_with_the_day_and_stands_at_no_paragraph(
    demo: Workspace, found: Report
) -> None:
    gone = places(demo.store, found, Cell(Listing.CHANGED, SUPPORT, change=Change.REPEALED)).places
    # § 10, stk. 3, was repealed on 1 March 2021; decision 1-20 rests on it.
    (old,) = [p for p in gone if p.document.id == "fiktiv-1-20"]
    assert (old.cited, old.since, old.now) == ("fiktiv-lbk-2019-9001:par-10.stk-3", dt.date(2021, 3, 1), ())
    assert "fiktiv-1-20" in who(demo, found, listing=Listing.CHANGED, work=SUPPORT, place=ELSEWHERE)


def test_an_earlier_day_shows_the_version_of_that_day_and_no_later_decision(demo: Workspace) -> None:
    then = report(demo.store, dt.date(2022, 12, 31))
    shown = act_map(demo.store, then, SUPPORT)
    assert shown.summary.document == "fiktiv-lbk-2021-9002"
    # 2-21 weighs two versions against each other: which of them its bare § 12 means is not guessed.
    assert {r.locator: (r.decisions, r.changed) for r in shown.rows if r.decisions} == {
        "§ 9": (2, 0), "§ 10": (2, 0), "§ 12": (3, 0), "§ 13": (2, 0), "§ 14": (7, 4),
    }  # fmt: skip
    assert (then.coverage.decisions, then.coverage.later) == (28, 23)


def test_every_number_is_that_of_the_list_behind_it(demo: Workspace, found: Report) -> None:
    checked = 0
    for act in found.coverage.acts:
        assert len(who(demo, found, listing=Listing.ACT, work=act.work)) == act.decisions
        assert len(who(demo, found, listing=Listing.CHANGED, work=act.work)) == act.changed
        for row in act_map(demo.store, found, act.work).rows:
            for age, count in zip(Age, row.ages, strict=True):
                cell = {"listing": Listing.ACT, "work": act.work, "place": row.place, "age": age}
                assert len(who(demo, found, **cell)) == count
                checked += bool(count)
    assert checked > 90
    for change in found.coverage.changes:
        listed = places(demo.store, found, Cell(Listing.CHANGED, change=change.change), limit=200)
        assert (listed.documents, listed.total) == (change.decisions, change.places)
    for named in found.coverage.unresolved:
        listed = places(demo.store, found, Cell(Listing.UNRESOLVED, reason=named.reason, name=named.name))
        assert (listed.documents, listed.total) == (named.decisions, named.places)
    for grid, field in ((found.coverage.authorities, "authority"), (found.coverage.fields, "field")):
        for line in grid.rows:
            assert len(who(demo, found, listing=Listing.DECISIONS, **{field: line.name})) == line.total
            for year, count in zip(grid.years, line.counts, strict=True):
                held = {"listing": Listing.DECISIONS, "year": year, field: line.name}
                assert len(who(demo, found, **held)) == count
    for source in found.coverage.sources:
        held = {"listing": Listing.DOCUMENTS, "collection": source.collection, "type": source.type}
        assert len(who(demo, found, **held)) == source.documents


def test_the_words_of_every_place_stand_at_its_span(demo: Workspace, found: Report) -> None:
    checked = 0
    for listing in (Listing.ACT, Listing.UNRESOLVED):
        after: int | None = 0
        while after is not None:
            page = places(demo.store, found, Cell(listing), after, 100)
            for place in page.places:
                assert place.span is not None
                assert place.words
                text = demo.store.text(demo.store.document(place.document.id).key)
                assert place.words == text[place.span.start : place.span.end]
                checked += 1
            after = page.next
    assert checked > 200


def test_pages_of_a_list_hold_each_place_once_and_the_newest_first(demo: Workspace, found: Report) -> None:
    cell = Cell(Listing.ACT, SUPPORT)
    whole = places(demo.store, found, cell, limit=200).places
    paged: list[coverage_types.Place] = []
    after: int | None = 0
    while after is not None:
        page = places(demo.store, found, cell, after, 7)
        paged += page.places
        after = page.next
    assert tuple(paged) == whole
    days = [p.document.date or dt.date.min for p in whole]
    assert all(a >= b for a, b in pairwise(days))


def test_what_is_not_kept_is_told_as_it_was_named(found: Report) -> None:
    named = {(u.name, u.reason): u.decisions for u in found.coverage.unresolved if u.name}
    assert named[("lov nr. 9011 af 15. december 2020", Reason.UNKNOWN_WORK)] == 2


def test_sources_tell_their_newest_document_and_when_they_were_read(demo: Workspace, found: Report) -> None:
    decisions = next(s for s in found.coverage.sources if s.type is DocumentType.DECISION)
    assert (decisions.collection, decisions.documents, decisions.newest) == (
        "fiktiv", 51, dt.date(2025, 11, 20),
    )  # fmt: skip
    read = [d.provenance.ingested_at for d in demo.store.documents()]
    assert min(read) <= decisions.first_read <= decisions.last_read <= max(read)


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (dt.date(2025, 12, 31), Age.UNDER_1),
        (dt.date(2025, 1, 1), Age.UNDER_1),
        (dt.date(2024, 12, 31), Age.UNDER_3),
        (dt.date(2023, 1, 1), Age.UNDER_3),
        (dt.date(2022, 12, 31), Age.UNDER_5),
        (dt.date(2016, 1, 1), Age.UNDER_10),
        (dt.date(2015, 12, 31), Age.OLDER),
        (None, Age.UNDATED),
    ],
)
def test_the_age_of_a_decision_is_counted_in_whole_years(day: dt.date | None, age: Age) -> None:
    assert age_of(day, DAY) is age


@pytest.mark.parametrize("asked", [SUPPORT, "fiktiv-lbk-2019-9001", "Lov om hverdagsstøtte"])
def test_an_act_is_found_by_its_id_a_versions_id_and_its_title(found: Report, asked: str) -> None:
    assert coverage.act_named(found.survey, asked).id == SUPPORT


def test_an_unknown_act_is_refused_with_names_like_it(demo: Workspace, found: Report) -> None:
    with pytest.raises(UnknownActError, match="«lov om hverdagstøtter»") as caught:
        act_map(demo.store, found, "lov om hverdagstøtter")
    assert caught.value.near == (SUPPORT,)


@pytest.mark.parametrize(("after", "limit"), [(-1, 10), (0, 0), (0, coverage.MAX_PLACES + 1)])
def test_a_page_out_of_range_is_refused(demo: Workspace, found: Report, after: int, limit: int) -> None:
    with pytest.raises(InputError, match="200"):
        places(demo.store, found, Cell(Listing.DECISIONS), after, limit)


def test_a_day_before_any_danish_law_is_refused(demo: Workspace) -> None:
    with pytest.raises(InputError, match="1683"):
        report(demo.store, dt.date(1682, 12, 31))


def test_a_report_is_held_until_the_store_changes(small: Workspace, tmp_path: Path) -> None:
    first = report(small.store, DAY)
    assert report(small.store, DAY) is first
    (tmp_path / "new.md").write_text(decision("9-25", "2025-06-01", "§ 2 i lov om kanaler"), "utf-8")
    small.ingest([tmp_path / "new.md"])
    grown = report(small.store, DAY).coverage
    assert (grown.decisions, grown.unlinked) == (first.coverage.decisions + 1, 1)
    small.index()
    assert report(small.store, DAY).coverage.unlinked == 0


ACT = """---
type: lov
titel: Lov om kanaler (FIKTIV)
nummer: 9500
år: 2019
dato: 2019-01-01
id: fiktiv-lov-2019-9500
fiktiv: ja
---

# Lov om kanaler (FIKTIV)

§ 1. Kanaler renses hvert forår.

§ 2. Den, der ejer en slusevagt, passer slusen.

§ 3. (Ophævet)
"""


def decision(number: str, date: str, words: str, outcome: str = "hjemvist", more: str = "") -> str:
    return f"""---
type: principmeddelelse
titel: Principmeddelelse {number} om kanaler (FIKTIV)
afgørelsesnummer: {number}
dato: {date}
myndighed: Kanalnævnet
udfald: {outcome}
emner: kanaler
id: fiktiv-k-{number}
fiktiv: ja
{more}---

# Principmeddelelse {number} om kanaler (FIKTIV)

## Begrundelse

{words}.
"""


DECISIONS = (
    ("1-20", "2020-02-01", "Efter § 1 i lov om kanaler skal kanalen renses"),
    ("2-21", "2021-02-01", "Som i principmeddelelse 1-20 gælder § 1 i lov om kanaler"),
    ("3-22", "2022-02-01", "Denne principmeddelelse afløser principmeddelelse 1-20"),
    ("4-23", "2023-02-01", "Som i principmeddelelse 1-20 gælder også § 1 i lov om kanaler"),
)


def canals(folder: Path, outcome: str) -> Workspace:
    """A small world of fiction: one act, and decisions of which one replaces another."""
    folder.mkdir()
    (folder / "lov.md").write_text(ACT, "utf-8")
    for number, date, words in DECISIONS:
        (folder / f"{number}.md").write_text(decision(number, date, words, outcome), "utf-8")
    work = Workspace(Settings(data=folder.with_name(f"{folder.name}-data"), encoder="none"))
    assert not work.ingest([folder]).failures
    work.index()
    return work


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Workspace]:
    work = canals(tmp_path / "small", "hjemvist")
    yield work
    work.close()


def test_a_replaced_decision_that_others_cite_is_told_with_who_cites_it_since(small: Workspace) -> None:
    found = report(small.store, DAY)
    (gone,) = found.coverage.superseded
    assert gone.decision.id == "fiktiv-k-1-20"
    assert (gone.replaced, gone.set_aside, gone.since) == (("fiktiv-k-3-22",), (), dt.date(2022, 2, 1))
    # 3-22, which replaces it, names it too and is not among those that rely on it.
    assert (gone.cited_by, gone.after) == (2, 1)
    listed = places(small.store, found, Cell(Listing.SUPERSEDED, decision="fiktiv-k-1-20")).places
    assert [(p.document.id, p.after) for p in listed] == [("fiktiv-k-4-23", True), ("fiktiv-k-2-21", False)]
    assert all("1-20" in p.words for p in listed)


def test_a_decision_is_not_replaced_before_the_day_of_the_one_that_replaces_it(small: Workspace) -> None:
    assert report(small.store, dt.date(2022, 1, 31)).coverage.superseded == ()


def test_a_repealed_paragraph_is_no_gap(small: Workspace) -> None:
    shown = act_map(small.store, report(small.store, DAY), "lov om kanaler")
    assert [(r.locator, r.repealed, r.decisions) for r in shown.rows] == [
        ("§ 1", False, 3), ("§ 2", False, 0), ("§ 3", True, 0),
    ]  # fmt: skip
    assert (shown.summary.paragraphs, shown.summary.untouched) == (2, 1)


def test_an_empty_store_has_an_empty_report(tmp_path: Path) -> None:
    with Store(tmp_path / "corpus.db") as store:
        found = report(store, DAY).coverage
    assert (found.decisions, found.acts, found.superseded, found.sources) == (0, (), (), ())


# No statistic of how decisions ended

_ENDED = re.compile(
    r"outcome|udfald|result|verdict|upheld|rejected|medhold|stadf|hjemvi|granted|denied", re.I
)


def test_no_field_of_the_report_speaks_of_how_decisions_ended() -> None:
    fields = {
        f"{name}.{field.name}"
        for name, cls in vars(coverage_types).items()
        if dataclasses.is_dataclass(cls)
        for field in dataclasses.fields(cls)
    }
    assert len(fields) > 60
    assert [name for name in fields if _ENDED.search(name)] == []


def test_the_report_is_the_same_however_the_decisions_ended(tmp_path: Path) -> None:
    told = []
    for outcome in ("hjemvist", "medhold"):
        work = canals(tmp_path / outcome, outcome)
        found = report(work.store, DAY)
        cells = [Cell(listing) for listing in Listing]
        told.append(
            (
                dataclasses.replace(found.coverage, sources=()),  # they hold when files were read
                act_map(work.store, found, "lov om kanaler"),
                [places(work.store, found, cell) for cell in cells],
            )
        )
        work.close()
    assert told[0] == told[1]
