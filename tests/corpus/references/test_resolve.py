"""Each reference leads to the work, version and provision that the text means, or says why it does not.

The rows on the starter corpus were drawn at random from it and labelled by reading.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest

from corpus.identifiers import provision_id
from corpus.references.catalogue import Catalogue
from corpus.references.resolve import Resolved, resolve
from corpus.references.resolved import Ground, LinkStatus, Reason, Resolution
from corpus.store import Store
from corpus.structure import find_provisions
from corpus.types import DocumentType, Kind, Level, Locator, Metadata, Provision, Span, StoredDocument

if TYPE_CHECKING:
    from .conftest import Shelf

LBK_2019, LBK_2021, LBK_2023 = "fiktiv-lbk-2019-9001", "fiktiv-lbk-2021-9002", "fiktiv-lbk-2023-9003"
HELP, BUILDING, FILES = "fiktiv-lov-2018-9010", "fiktiv-lov-2018-9020", "fiktiv-lov-2018-9030"
BUILDING_ORDER, SUMMONS_ORDER = "fiktiv-bek-2020-9102", "fiktiv-bek-2022-9101"


def places(resolution: Resolution) -> list[str]:
    """The ids it leads to: of the document, of the provision, or of both ends of a range."""
    if resolution.document is None or resolution.status is not LinkStatus.RESOLVED:
        return []
    ends = [p for p in (resolution.first, resolution.last) if p]
    return [provision_id(resolution.document.id, p.locator) for p in ends] or [resolution.document.id]


def resolved_in(store: Store, document: StoredDocument | str) -> list[tuple[str, Resolved]]:
    """Every reference of a stored document with its words."""
    kept = store.document(document) if isinstance(document, str) else document
    text = store.text(kept.key)
    return [(r.reference.span.of(text), r) for r in resolve(text, Catalogue(store), kept)]


def written(store: Store, text: str, day: str = "2024-03-01") -> list[Resolution]:
    """What the references of a user's text come to, target by target."""
    found = resolve(text, Catalogue(store), day=dt.date.fromisoformat(day))
    return [resolution for resolved in found for resolution in resolved.resolutions]


IN_STARTER = [
    (
        "«lovens» in an order is the act it was issued under, in the version it names",
        SUMMONS_ORDER,
        "lovens § 9, stk. 4",
        [[f"{LBK_2021}:par-9.stk-4"]],
    ),
    ("«lovens» in another order", BUILDING_ORDER, "lovens § 14", [[f"{BUILDING}:par-14"]]),
    (
        "the enabling clause",
        BUILDING_ORDER,
        "§ 23 i lov om tilladelse til byggeri, jf. lov nr. 9020 af 15. november 2018",
        [[f"{BUILDING}:par-23"]],
    ),
    (
        "a bare § in a consolidated act is its own",
        LBK_2023,
        "§§ 15 eller 16",
        [[f"{LBK_2023}:par-15"], [f"{LBK_2023}:par-16"]],
    ),
    (
        "the same words in the version before are that version's",
        LBK_2021,
        "§§ 14 eller 15",
        [[f"{LBK_2021}:par-14"], [f"{LBK_2021}:par-15"]],
    ),
    (
        "a relative stk. is completed by its own §",
        LBK_2023,
        "stk. 1, nr. 1",
        [[f"{LBK_2023}:par-4.stk-1.nr-1"]],
    ),
    (
        "chapters are ranges of §§",
        LBK_2023,
        "kapitel 3 og 4",
        [[f"{LBK_2023}:par-8", f"{LBK_2023}:par-13"], [f"{LBK_2023}:par-14", f"{LBK_2023}:par-19"]],
    ),
    (
        "another act in force on the act's own day",
        HELP,
        "§ 22 i lov om sagsindsigt og god sagsbehandling",
        [[f"{FILES}:par-22"]],
    ),
    (
        "a version named by a decision",
        "fiktiv-2-19",
        "§ 13, stk. 1, i lov om hverdagsstøtte, jf. lovbekendtgørelse nr. 9001 af 1. marts 2019",
        [[f"{LBK_2019}:par-13.stk-1"]],
    ),
    (
        "an old version named by a later decision",
        "fiktiv-2-21",
        "§ 14, stk. 1, i lov om hverdagsstøtte, jf. lovbekendtgørelse nr. 9001 af 1. marts 2019",
        [[f"{LBK_2019}:par-14.stk-1"]],
    ),
    (
        "a bare § in a decision that names one act with it",
        "fiktiv-2-24",
        "§ 22, stk. 2",
        [[f"{FILES}:par-22.stk-2"]],
    ),
    ("an implicit stk. 1", "fiktiv-6-24", "§ 21, nr. 3", [[f"{BUILDING}:par-21.stk-1.nr-3"]]),
    (
        "«§ 9. Stk. 1, nr. 1» continues the § named in the line",
        "fiktiv-1-21",
        "Stk. 1, nr. 1",
        [[f"{HELP}:par-9.stk-1.nr-1"]],
    ),
    (
        "what stands before «samt» belongs to the act in front",
        "fiktiv-6-22",
        "§§ 9, 10 og 14",
        [[f"{LBK_2021}:par-9"], [f"{LBK_2021}:par-10"], [f"{LBK_2021}:par-14"]],
    ),
    (
        "what stands after «samt» belongs to the order behind",
        "fiktiv-6-22",
        "§ 7, stk. 2, i bekendtgørelse nr. 9101 af 10. januar 2022",
        [[f"{SUMMONS_ORDER}:par-7.stk-2"]],
    ),
]


@pytest.mark.parametrize(
    ("document", "words", "expected"), [row[1:] for row in IN_STARTER], ids=[r[0] for r in IN_STARTER]
)
def test_a_reference_of_the_starter_corpus_leads_where_a_reader_is_led(
    fiction: Store, document: str, words: str, expected: list[list[str]]
) -> None:
    found = [r for w, r in resolved_in(fiction, document) if w == words]
    assert found
    assert [places(r) for r in found[0].resolutions] == expected


def test_nothing_of_the_starter_corpus_is_led_to_a_provision_that_is_not_there(fiction: Store) -> None:
    catalogue, seen = Catalogue(fiction), 0
    for document in catalogue.documents:
        for resolved in resolve(fiction.text(document.key), catalogue, document):
            for resolution in resolved.resolutions:
                if resolution.first and resolution.document:
                    stored = fiction.provision(resolution.document.key, resolution.first.locator.slug)
                    assert stored == resolution.first
                    seen += 1
    assert seen > 300


def test_the_acts_title_at_its_own_head_is_no_reference(fiction: Store) -> None:
    for act in (LBK_2023, HELP, SUMMONS_ORDER):
        assert resolved_in(fiction, act)[0][1].reference.span.start > 40


WRITTEN = [
    (
        "the version of the day",
        "§ 15, stk. 1, i lov om hverdagsstøtte",
        "2024-03-01",
        f"{LBK_2023}:par-15.stk-1",
    ),
    (
        "the version of an earlier day",
        "§ 15, stk. 1, i lov om hverdagsstøtte",
        "2022-05-01",
        f"{LBK_2021}:par-15.stk-1",
    ),
    ("the first day of a version", "hverdagsstøttelovens § 15", "2023-07-01", f"{LBK_2023}:par-15"),
    ("the last day of a version", "hverdagsstøttelovens § 15", "2023-06-30", f"{LBK_2021}:par-15"),
    (
        "a version named goes before the day",
        "§ 10, stk. 3, i lov om hverdagsstøtte, jf. lovbekendtgørelse nr. 9001 af 1. marts 2019",
        "2024-03-01",
        f"{LBK_2019}:par-10.stk-3",
    ),
    (
        "a number and a date alone",
        "§ 9 a i lovbekendtgørelse nr. 9002 af 1. marts 2021",
        "2024-03-01",
        f"{LBK_2021}:par-9a",
    ),
    (
        "the abbreviations of a journal note",
        "LBK nr 9002 af 01/03/2021, § 9 a",
        "2024-03-01",
        f"{LBK_2021}:par-9a",
    ),
    ("a number of a year", "§ 9 a i lovbekendtgørelse nr. 9002/2021", "2024-03-01", f"{LBK_2021}:par-9a"),
    ("a number from a year", "LBK nr. 9002 fra 2021, § 9 a", "2024-03-01", f"{LBK_2021}:par-9a"),
    ("an act and no provision", "lov om tilladelse til byggeri", "2024-03-01", BUILDING),
    ("an act before the §", "hverdagsstøtteloven, § 19", "2024-03-01", f"{LBK_2023}:par-19"),
]


@pytest.mark.parametrize(("text", "day", "place"), [row[1:] for row in WRITTEN], ids=[r[0] for r in WRITTEN])
def test_what_a_user_writes_leads_to_the_wording_of_the_day(
    fiction: Store, text: str, day: str, place: str
) -> None:
    (resolution,) = written(fiction, text, day)
    assert places(resolution) == [place]


LEADS_NOWHERE = [
    ("a § that never existed", "§ 99 i hverdagsstøtteloven", Reason.NO_PROVISION),
    ("a stk. that never existed", "§ 15, stk. 9, i hverdagsstøtteloven", Reason.NO_PROVISION),
    (
        "a § that a later version has",
        "§ 24 i lovbekendtgørelse nr. 9001 af 1. marts 2019",
        Reason.NO_PROVISION,
    ),
    ("the end of a range that is not there", "§§ 20-80 i hverdagsstøtteloven", Reason.NO_PROVISION),
    ("a chapter that is not there", "kapitel 40 i hverdagsstøtteloven", Reason.NO_PROVISION),
    ("an article of an act that has §§", "artikel 5 i lov om hverdagsstøtte", Reason.NO_PROVISION),
    ("an act that nobody knows", "§ 5 i lov om flyvende tæpper", Reason.UNKNOWN_WORK),
    ("a name that nobody bears", "tæppelovens § 5", Reason.UNKNOWN_WORK),
    (
        "a version that is not kept",
        "lov om hverdagsstøtte, jf. lovbekendtgørelse nr. 8999 af 1. marts 2011, § 5",
        Reason.UNKNOWN_VERSION,
    ),
    (
        "a number with another date",
        "lov om hverdagsstøtte, jf. lovbekendtgørelse nr. 9002 af 2. marts 2021, § 5",
        Reason.UNKNOWN_VERSION,
    ),
    ("a number without a year", "§ 11 i bekendtgørelse nr. 9101", Reason.NO_YEAR),
    ("a number of another year", "§ 11 i bekendtgørelse nr. 9101/2021", Reason.UNKNOWN_WORK),
    ("no act at all", "§ 15, stk. 1", Reason.NO_ACT),
    ("no § at all", "stk. 2", Reason.NO_PLACE),
    ("Union law", "artikel 6 i forordning (EU) 2016/679", Reason.NOT_KEPT),
    ("a decision that is not kept", "principmeddelelse 99-24", Reason.NOT_KEPT),
    ("a law report", "U 2010.415 H", Reason.NOT_KEPT),
    ("an ECLI", "ECLI:EU:C:2014:317", Reason.NOT_KEPT),
]


@pytest.mark.parametrize(
    ("text", "reason"), [row[1:] for row in LEADS_NOWHERE], ids=[r[0] for r in LEADS_NOWHERE]
)
def test_what_leads_nowhere_says_why_and_leads_nowhere(fiction: Store, text: str, reason: Reason) -> None:
    found = written(fiction, text)
    assert {r.reason for r in found} == {reason}
    assert all(r.first is None and r.status is not LinkStatus.RESOLVED for r in found)


def test_a_day_before_the_first_version_has_no_version(fiction: Store) -> None:
    (resolution,) = written(fiction, "§ 15 i hverdagsstøtteloven", "1990-01-01")
    assert (resolution.reason, resolution.document) == (Reason.NO_VERSION, None)


def test_a_number_that_is_another_acts_than_the_name_says_is_undecided_and_both_are_named(
    fiction: Store,
) -> None:
    (resolution,) = written(
        fiction, "§ 4 i lov om tilladelse til byggeri, jf. lovbekendtgørelse nr. 9002 af 1. marts 2021"
    )
    assert resolution.status is LinkStatus.AMBIGUOUS
    assert set(resolution.candidates) == {BUILDING, LBK_2021}


def test_a_bare_paragraph_after_two_acts_is_undecided_and_both_are_named(fiction: Store) -> None:
    *_, last = written(
        fiction, "Efter hverdagsstøttelovens § 5 og § 3 i lov om tilladelse til byggeri gælder også § 7."
    )
    assert last.reason is Reason.TWO_ACTS
    assert set(last.candidates) == {LBK_2023, BUILDING}


# A small world: an act in two versions, an order under two acts, an amending act.

FISHING = "Bekendtgørelse af lov om fiskekort"
FISHING_TEXT = """§ 1. Fiskekort gives af kommunen.
Stk. 2. Kortet gælder et år, jf. dog § 3.
§ 2. Afslag gives skriftligt. Det begrundes.
Stk. 2. Fristen efter 2. pkt. i stk. 1 er en uge.
§ 3. Den, der efter § 2, jf. stk. 3, i lov om både har båd, er fritaget. Lovens § 1 gælder.
"""


def one(store: Store, document: StoredDocument, words: str) -> Resolution:
    """The one target of the reference with these words."""
    (found,) = [r for w, r in resolved_in(store, document) if w == words]
    (resolution,) = found.resolutions
    return resolution


def test_a_row_shares_the_act_that_stands_at_its_end(shelf: Shelf) -> None:
    boats = shelf.rule(
        "b1",
        "Bekendtgørelse af lov om både",
        1,
        "2015-01-01",
        "§ 1. Både.\n§ 2. Har man båd.\nStk. 2. Ro.\nStk. 3. Sejl.\n",
    )
    act = shelf.rule("a2", FISHING, 2, "2016-01-01", FISHING_TEXT)
    assert places(one(shelf.store, act, "§ 2")) == [f"{boats.id}:par-2"]
    assert places(one(shelf.store, act, "stk. 3")) == [f"{boats.id}:par-2.stk-3"]


def test_lovens_after_another_act_in_the_same_line_is_undecided_unless_one_fits(shelf: Shelf) -> None:
    shelf.rule(
        "b1",
        "Bekendtgørelse af lov om både",
        1,
        "2015-01-01",
        "§ 1. Både.\n§ 2. Har man båd.\nStk. 2. Ro.\nStk. 3. Sejl.\n",
    )
    act = shelf.rule("a2", FISHING, 2, "2016-01-01", FISHING_TEXT)
    resolution = one(shelf.store, act, "Lovens § 1")
    assert resolution.status is LinkStatus.AMBIGUOUS
    assert set(resolution.candidates) == {"a2", "b1"}


def test_a_paragraph_that_one_of_two_acts_lacks_is_the_others(shelf: Shelf) -> None:
    shelf.rule("b1", "Bekendtgørelse af lov om både", 1, "2015-01-01", "§ 1. Både.\n")
    text = "§ 1. Som i lov om både, jf. lovens § 2.\n§ 2. Kort.\n"
    act = shelf.rule("a2", FISHING, 2, "2016-01-01", text)
    resolution = one(shelf.store, act, "lovens § 2")
    assert (places(resolution), resolution.ground) == (["a2:par-2"], Ground.ONLY_FIT)


def test_an_order_under_two_acts_leaves_loven_undecided(shelf: Shelf) -> None:
    shelf.rule("b1", "Bekendtgørelse af lov om både", 1, "2015-01-01", "§ 1. Både.\n§ 2. Ro.\n")
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk.\n§ 2. Kort.\n")
    order = shelf.rule(
        "o3",
        "Bekendtgørelse om søkort",
        3,
        "2017-01-01",
        "I medfør af § 1 i lov om både og § 2 i lov om fiskekort:\n§ 1. Efter lovens § 2 gives søkort.\n",
        DocumentType.ORDER,
    )
    resolution = one(shelf.store, order, "lovens § 2")
    assert (resolution.reason, set(resolution.candidates)) == (Reason.TWO_ACTS, {"a2", "b1"})


def test_an_order_without_a_preamble_takes_its_act_from_its_title(shelf: Shelf) -> None:
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk.\n§ 2. Kort.\n")
    order = shelf.rule(
        "o3",
        "Bekendtgørelse om gebyrer efter lov om fiskekort",
        3,
        "2017-01-01",
        "§ 1. Gebyr for kort efter lovens § 2 er 10 kr., jf. § 1.\n",
        DocumentType.ORDER,
    )
    assert one(shelf.store, order, "lovens § 2").ground is Ground.ENABLING
    assert places(one(shelf.store, order, "§ 1")) == ["o3:par-1"]


def test_an_amending_act_means_the_act_that_its_paragraph_changes(shelf: Shelf) -> None:
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk.\n§ 2. Kort.\n")
    text = (
        "§ 1. I lov om fiskekort, jf. lovbekendtgørelse nr. 2 af 1. januar 2016, "
        "foretages følgende ændringer:\n"
        "1. I § 2 ændres »Kort« til: »Fiskekort, jf. § 5«.\n"
        "§ 2. Loven træder i kraft den 1. maj 2017, jf. dog stk. 2.\n"
        "Stk. 2. § 1 gælder fra den 1. juni 2017.\n"
    )
    law = shelf.rule(
        "l4", "Lov om ændring af lov om fiskekort", 4, "2017-04-01", text, DocumentType.AMENDING_ACT
    )
    amended = one(shelf.store, law, "§ 2")
    assert (places(amended), amended.ground) == (["a2:par-2"], Ground.AMENDED)
    assert one(shelf.store, law, "§ 5").reason is Reason.NO_PROVISION
    assert places(one(shelf.store, law, "§ 1")) == ["l4:par-1"]
    assert places(one(shelf.store, law, "stk. 2")) == ["l4:par-2.stk-2"]


def test_a_transitional_rule_speaks_for_the_amending_act_it_comes_from(shelf: Shelf) -> None:
    law = "§ 1. Der ændres:\n1) Kort,\n2) Fisk.\n§ 2. Ikraft.\n"
    shelf.rule("l4", "Lov om ændring af lov om fiskekort", 4, "2017-04-01", law, DocumentType.AMENDING_ACT)
    heading = "Lov nr. 4 af 1. april 2017 indeholder følgende bestemmelse:"
    text = (
        "§ 1. Fisk.\n§ 2. Kort, jf. § 1.\n"
        f"{heading}\n"
        "§ 2. Loven træder i kraft den 1. maj 2017. § 2, som affattet ved denne lovs § 1, nr. 1, venter.\n"
    )
    act = shelf.rule("a5", FISHING, 5, "2018-01-01", text, more=(shelf.transitional(text, heading, 1),))
    assert places(one(shelf.store, act, "denne lovs § 1, nr. 1")) == ["l4:par-1.stk-1.nr-1"]
    assert places(one(shelf.store, act, "§ 2")) == ["a5:trans-1.par-2"]
    assert places(one(shelf.store, act, "§ 1")) == ["a5:par-1"]


def test_a_number_printed_twice_is_undecided_and_both_places_are_named(shelf: Shelf) -> None:
    text = "§ 1. Fisk.\n§ 2. Kort, jf. § 3.\n§ 3. Frist.\n§ 3. Gebyr."
    span = Span(text.rindex("§ 3."), len(text))
    again = Provision(Locator("3", block=1), Level.PARAGRAPH, span, span)
    act = shelf.rule("a5", FISHING, 5, "2018-01-01", text, more=(again,))
    resolution = one(shelf.store, act, "§ 3")
    assert resolution.reason is Reason.TWO_PROVISIONS
    assert resolution.candidates == ("a5:par-3", "a5:again-1.par-3")


def test_a_decision_that_names_a_version_once_means_it_wherever_it_names_the_act(shelf: Shelf) -> None:
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk.\n§ 2. Kort.\n")
    shelf.rule("a5", FISHING, 5, "2018-01-01", "§ 1. Fisk.\n§ 2. Nye kort.\n")
    decision = shelf.decision(
        "d1",
        "2019-01-01",
        "Vi anvender lov om fiskekort, jf. lovbekendtgørelse nr. 2 af 1. januar 2016.\n"
        "Efter lov om fiskekort § 2 gives kort.",
    )
    assert places(one(shelf.store, decision, "lov om fiskekort § 2")) == ["a2:par-2"]


def test_a_decision_of_several_cases_means_in_each_the_version_named_with_it(shelf: Shelf) -> None:
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk.\n§ 2. Kort.\n")
    shelf.rule("a5", FISHING, 5, "2018-01-01", "§ 1. Fisk.\n§ 2. Nye kort.\n")
    decision = shelf.decision(
        "d1",
        "2019-01-01",
        "Meddelelsen samler praksis efter § 2 om kort.\n"
        "Lov om fiskekort, senest bekendtgjort i lovbekendtgørelse nr. 5 af 1. januar 2018.\n"
        "Sag nr. 1, j.nr. 19-1 Efter § 2, stk. 1, gives kort. Sag nr. 2, tidligere principmeddelelse 4-17"
        " Anvendt blev lov om fiskekort – lovbekendtgørelse nr. 2 af 1. januar 2016 - § 2."
        " Efter § 2, 1. pkt., fik hun afslag.\n"
        "Efter lov om fiskekort § 2 gives i øvrigt kort.",
    )
    for words, place in (
        ("§ 2", "a5:par-2"),
        ("lov om fiskekort – lovbekendtgørelse nr. 2 af 1. januar 2016 - § 2", "a2:par-2"),
        ("§ 2, 1. pkt.", "a2:par-2.stk-1"),
        ("lov om fiskekort § 2", "a5:par-2"),
    ):
        assert places(one(shelf.store, decision, words)) == [place], words


def test_two_versions_named_for_one_case_leave_the_version_undecided(shelf: Shelf) -> None:
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk.\n§ 2. Kort.\n")
    shelf.rule("a5", FISHING, 5, "2018-01-01", "§ 1. Fisk.\n§ 2. Nye kort.\n")
    decision = shelf.decision(
        "d1",
        "2019-01-01",
        "Lov om fiskekort, jf. lovbekendtgørelse nr. 2 af 1. januar 2016, og lov om fiskekort, jf."
        " lovbekendtgørelse nr. 5 af 1. januar 2018. Efter lov om fiskekort § 2 gives kort.",
    )
    found = one(shelf.store, decision, "lov om fiskekort § 2")
    assert (found.reason, set(found.candidates)) == (Reason.TWO_ACTS, {"a2", "a5"})


def test_a_decision_by_its_number_is_found_and_names_itself_nowhere_else(shelf: Shelf) -> None:
    shelf.decision("ast-7-24", "2024-01-01", "Om kort.", "7-24")
    later = shelf.decision("ast-8-24", "2024-02-01", "Se principmeddelelse 7-24 og 6-24.", "8-24")
    found = [r for _, resolved in resolved_in(shelf.store, later) for r in resolved.resolutions]
    assert [places(r) for r in found] == [["ast-7-24"], []]


def test_real_law_is_never_led_to_fiction(shelf: Shelf) -> None:
    metadata = Metadata(
        "Lov om fiskekort (FIKTIV)", DocumentType.ACT, Kind.RULE, date=dt.date(2016, 1, 1), fictional=True
    )
    shelf.put("f1", "§ 1. Fisk.", metadata, tuple(find_provisions("§ 1. Fisk.", Span(0, 10))))
    words = "Efter § 1 i lov om fiskekort gives kort."
    real = shelf.decision("d1", "2019-01-01", words)
    invented = shelf.decision("d2", "2019-01-01", words + " ", fictional=True)
    assert places(one(shelf.store, real, "§ 1 i lov om fiskekort")) == []
    assert places(one(shelf.store, invented, "§ 1 i lov om fiskekort")) == ["f1:par-1"]


HOSTILE = [
    ("a paragraph of bare pointers", "§ 5, stk. 2. " * 3_800),
    ("a paragraph of acts", "lov om hverdagsstøtte " * 2_200),
    ("acts and pointers by turns", "efter § 7 og lov om hverdagsstøtte, lovens § 4, stk. 2, " * 900),
    ("relative pointers in one line", "§ 5 jf. stk. 3, jf. " * 2_500),
    ("one endless list", "§§ " + "5, " * 16_000),
    ("signs alone", "§" * 50_000),
    ("open brackets", "(§ 1 " * 10_000),
    ("line breaks", "§ 5\n" * 12_000),
    ("NULs and joiners", "§\x00 5\u200b i lov om\u2028hverdagsstøtte " * 1_000),
]


@pytest.mark.parametrize("text", [row[1] for row in HOSTILE], ids=[r[0] for r in HOSTILE])
def test_a_hostile_page_is_answered(fiction: Store, text: str) -> None:
    catalogue = Catalogue(fiction)
    start = time.process_time()
    for _ in resolve(text, catalogue, day=dt.date(2024, 3, 1)):
        pass
    assert time.process_time() - start < 60  # quadratic work would take far longer
