"""Instructions of amending acts are read to the provisions that they touch."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.amendments import Action, covers_place, read_amendments
from corpus.claims import Relation
from corpus.identifiers import parse_locator
from corpus.pending import Reason, amendments_between, pending_amendments
from corpus.types import ActReference, Locator

HEAD = (
    "I lov om fiskekort, jf. lovbekendtgørelse nr. 1 af 1. januar 2010, som ændret ved lov nr. 60 af "
    "1. maj 2010, foretages følgende ændringer:\n"
)
BODY = "§ 1. Den, der fisker i søen, skal have kort.\n§ 2. Kortet koster 100 kr.\n§ 3. Søen kan lukkes."


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("instruction", "action", "targets"),
    [
        (
            "I § 8, stk. 2, 1. pkt., indsættes efter »opfyldes ved«: »kort eller«.",
            "changed",
            ["§ 8, stk. 2, 1. pkt."],
        ),
        ("I § 25, stk. 3, ændres »§ 4« til: »§ 5«.", "changed", ["§ 25, stk. 3"]),
        ("I § 3 a, stk. 1, udgår »og ruser«.", "changed", ["§ 3 a, stk. 1"]),
        ("§ 40 a, stk. 5, ophæves.", "repealed", ["§ 40 a, stk. 5"]),
        ("I § 28, stk. 2, ophæves 2. pkt.", "repealed", ["§ 28, stk. 2, 2. pkt."]),
        ("§§ 4-7 affattes således:\n§ 4. Nyt.", "rewritten", ["§ 4 - § 7"]),
        ("Efter § 13 f indsættes:\n§ 13 g. Nyt.\nStk. 2. Mere.", "inserted", ["§ 13 g"]),
        ("Efter § 13 indsættes i kapitel 2:\n»§ 13 a. Nyt.«", "inserted", ["§ 13 a"]),
        ("I § 16 indsættes som stk. 3:\nStk. 3. Nyt.", "inserted", ["§ 16, stk. 3"]),
        ("I § 3, stk. 1, indsættes som nr. 20:\n20) kommunen.", "inserted", ["§ 3, stk. 1, nr. 20"]),
        ("I § 9, stk. 1, indsættes som 2. pkt.:\nDette gælder ikke.", "inserted", ["§ 9, stk. 1, 2. pkt."]),
        ("I § 12 indsættes efter stk. 2 som nyt stykke:\nStk. 3. Nyt.", "inserted", ["§ 12, stk. 3"]),
        ("I § 7, stk. 4, der bliver stk. 5, ændres »kort« til: »bevis«.", "changed", ["§ 7, stk. 4"]),
        ("I § 2 og § 5, stk. 1, ændres »sø« til: »å«.", "changed", ["§ 2", "§ 5, stk. 1"]),
        ("Overskriften før § 36 affattes således:\nKort", "heading", ["§ 36"]),
    ],
)
def test_an_instruction_says_what_it_does_to_which_provisions(archive, instruction, action, targets) -> None:
    act = archive.amending(70, "2011-05-05", [f"{HEAD}1. {instruction}"])
    (claim,) = [c for c in archive.store.claims(act.key)[act.key] if c.relation is Relation.AMENDS]
    text = archive.store.text(act.key)
    found = read_amendments(text, archive.store.provisions(act.key), claim)
    assert found[0].action == action
    assert [str(t).replace(" - ", " - ") for t in found[0].targets] == targets
    assert found[0].place == Locator("1", 1, nr="1")
    assert found[0].span.of(text).endswith(instruction)


def test_a_renumbering_that_follows_is_an_instruction_of_its_own(archive) -> None:
    act = archive.amending(
        70, "2011-05-05", [f"{HEAD}1. § 25, stk. 2, ophæves.\nStk. 3-5 bliver herefter stk. 2-4."]
    )
    (claim,) = [c for c in archive.store.claims(act.key)[act.key] if c.relation is Relation.AMENDS]
    found = read_amendments(archive.store.text(act.key), archive.store.provisions(act.key), claim)
    assert [(a.action, str(a.targets[0])) for a in found] == [
        (Action.REPEALED, "§ 25, stk. 2"),
        (Action.RENUMBERED, "§ 25, stk. 3 - § 25, stk. 5"),
    ]


def test_quoted_words_are_no_targets(archive) -> None:
    act = archive.amending(70, "2011-05-05", [f"{HEAD}1. I § 2 ændres »§ 3, stk. 1« til: »§ 4 og § 5«."])
    (claim,) = [c for c in archive.store.claims(act.key)[act.key] if c.relation is Relation.AMENDS]
    (found,) = read_amendments(archive.store.text(act.key), archive.store.provisions(act.key), claim)
    assert [str(t) for t in found.targets] == ["§ 2"]


@pytest.mark.parametrize(
    ("target", "where", "touched"),
    [
        ("§ 2 affattes således:\n§ 2. Nyt.", "§ 2, stk. 1", True),
        ("I § 2, stk. 1, nr. 3, udgår »og«.", "§ 2", True),
        ("I § 2, stk. 1, nr. 3, udgår »og«.", "§ 2, stk. 1, nr. 3, litra a", True),
        ("I § 2, stk. 1, udgår »og«.", "§ 2, stk. 2", False),
        ("§§ 4-7 ophæves.", "§ 5 a, stk. 2", True),
        ("§§ 4-7 ophæves.", "§ 8", False),
        ("Overalt i loven ændres »kort« til: »bevis«.", "§ 9", True),
        ("Kapitel 3 ophæves.", "§ 9", False),
    ],
)
def test_a_provision_is_touched_by_what_holds_it_and_by_what_it_holds(
    archive, target, where, touched
) -> None:
    act = archive.amending(70, "2011-05-05", [f"{HEAD}1. {target}"])
    (claim,) = [c for c in archive.store.claims(act.key)[act.key] if c.relation is Relation.AMENDS]
    found = read_amendments(archive.store.text(act.key), archive.store.provisions(act.key), claim)
    assert found[0].touches(parse_locator(where)) is touched


def test_a_chapter_repealed_as_a_whole_touches_the_provisions_in_it(archive) -> None:
    act = archive.amending(70, "2011-05-05", [f"{HEAD}1. Kapitel 3 a ophæves."])
    (claim,) = [c for c in archive.store.claims(act.key)[act.key] if c.relation is Relation.AMENDS]
    (found,) = read_amendments(archive.store.text(act.key), archive.store.provisions(act.key), claim)
    assert found.touches(Locator("9"), "Kapitel 3 a Lukning")
    assert not found.touches(Locator("9"), "Kapitel 3 Lukning")


@pytest.mark.parametrize(
    ("place", "nr", "covered"),
    [
        ("", "7", True),
        ("§ 1", "7", True),
        ("§ 1, nr. 2, 4 og 7-9", "8", True),
        ("§ 1, nr. 2, 4 og 7-9", "3", False),
        ("§ 2", "7", False),
        ("§§ 1-3", "7", True),
    ],
)
def test_a_part_of_an_act_as_printed_covers_its_items(place, nr, covered) -> None:
    assert covers_place(place, Locator("1", 1, nr=nr)) is covered


def jf(tail: str) -> str:
    return f"Herved bekendtgøres lov om fiskekort, jf. lovbekendtgørelse nr. 1 af 1. januar 2010{tail}"


def test_an_amendment_signed_after_the_consolidation_is_flagged_where_it_touches(archive) -> None:
    version = archive.act(1, "2010-01-01", BODY)
    archive.amending(
        70,
        "2011-05-05",
        [
            f"{HEAD}1. I § 2 ændres »100 kr.« til: »125 kr.«\n2. § 3 ophæves.",
            "Stk. 1. Loven træder i kraft den 1. juli 2011, jf. dog stk. 2.\n"
            "Stk. 2. § 1, nr. 2, træder i kraft den 1. januar 2012.",
        ],
    )
    assert pending_amendments(archive.store, version, day("2011-05-04")) == ()
    found = pending_amendments(archive.store, version, day("2011-05-05"))
    assert [(p.act, p.reason, p.effect) for p in found] == [
        ("l70", Reason.SIGNED_LATER, day("2011-07-01")),
        ("l70", Reason.SIGNED_LATER, day("2012-01-01")),
    ]
    assert [p.touches(parse_locator("§ 2, stk. 1")) for p in found] == [True, False]
    assert not any(p.touches(parse_locator("§ 1")) for p in found)


def test_what_a_consolidation_took_in_is_not_pending_and_what_it_left_out_is(archive) -> None:
    archive.act(1, "2010-01-01", BODY)
    archive.amending(70, "2011-05-05", [f"{HEAD}1. I § 1 udgår »i«.\n2. I § 2 udgår »kr.«\n3. § 3 ophæves."])
    archive.amending(71, "2011-06-06", [f"{HEAD}1. § 1 ophæves."])
    preamble = jf(", med de ændringer, der følger af § 1, nr. 1, i lov nr. 70 af 5. maj 2011.") + (
        "\nDen ændring, der følger af § 1, nr. 2, i lov nr. 70 af 5. maj 2011, er ikke indarbejdet."
    )
    version = archive.act(2, "2012-01-01", BODY, preamble)
    found = pending_amendments(archive.store, version, day("2012-02-02"))
    assert [(p.act, p.amendment.place.nr, p.reason) for p in found if p.amendment] == [
        ("l70", "2", Reason.LEFT_OUT),
        ("l70", "3", Reason.NOT_NAMED),
        ("l71", "1", Reason.NOT_NAMED),
    ]


def test_amendments_to_an_earlier_consolidation_are_found_by_the_work(archive) -> None:
    archive.act(1, "2010-01-01", BODY)
    version = archive.act(2, "2012-01-01", BODY, jf("."))
    archive.amending(70, "2013-05-05", [f"{HEAD}1. § 3 ophæves."])
    assert [p.act for p in pending_amendments(archive.store, version, day("2014-01-01"))] == ["l70"]


def test_an_act_that_the_source_only_names_may_touch_everything(archive) -> None:
    named = ActReference("changed_by", citation="LOV nr 80 af 02/02/2011", date=day("2011-02-02"))
    later = ActReference("changed_by", citation="LBK nr 2 af 01/01/2012", date=day("2012-01-01"))
    version = archive.act(1, "2010-01-01", BODY, relations=(named, later))
    (found,) = pending_amendments(archive.store, version, day("2013-01-01"))
    assert (found.act, found.citation, found.reason) == (
        "",
        "lov nr. 80 af 2. februar 2011",
        Reason.NAMED_BY_SOURCE,
    )
    assert found.touches(parse_locator("§ 3"))


def test_decisions_and_undated_rules_have_no_pending_amendments(archive) -> None:
    decision = archive.decision("1-20", "2020-01-01", "Tekst.")
    undated = archive.act(1, None, BODY)
    for document in (decision, undated):
        assert pending_amendments(archive.store, document, day("2021-01-01")) == ()


def test_the_instructions_between_two_versions_are_those_that_the_new_one_took_in(archive) -> None:
    old = archive.act(1, "2010-01-01", BODY)
    archive.amending(70, "2011-05-05", [f"{HEAD}1. I § 1 udgår »i«.\n2. I § 2 udgår »kr.«"])
    archive.amending(71, "2011-06-06", [f"{HEAD}1. § 3 ophæves."])
    preamble = jf(", med de ændringer, der følger af § 1, nr. 1, i lov nr. 70 af 5. maj 2011.")
    new = archive.act(2, "2012-01-01", BODY, preamble)
    found = amendments_between(archive.store, old, new)
    assert [(act.id, a.place.nr) for act, a in found] == [("l70", "1")]


def test_where_a_version_lists_nothing_the_acts_signed_between_the_two_are_taken(archive) -> None:
    old = archive.act(1, "2010-01-01", BODY)
    archive.amending(70, "2011-05-05", [f"{HEAD}1. I § 1 udgår »i«."])
    archive.amending(71, "2013-06-06", [f"{HEAD}1. § 3 ophæves."])
    new = archive.act(2, "2012-01-01", BODY)
    assert [act.id for act, _ in amendments_between(archive.store, old, new)] == ["l70"]
