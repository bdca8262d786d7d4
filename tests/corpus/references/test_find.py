"""Pointers are found as printed, each with its targets and the act that the words give it.

All acts here are invented.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identifiers import parse_slug
from corpus.references import (
    ActNames,
    ActTitle,
    MentionKind,
    Reference,
    Unit,
    aliases,
    complete,
    find,
)
from corpus.types import Locator

NAMES = ActNames.from_titles(
    [
        ActTitle("Bekendtgørelse af lov om fjordhaver", "Fjordhaveloven", "fjord"),
        ActTitle("Lov om fjordhaver og broer m.v.", "", "broer"),
        ActTitle("Bekendtgørelse af lov om æblehøst (æblehøstloven)", "", "apples"),
        ActTitle("Bekendtgørelse af tågelov", "", "fog"),
        ActTitle("Dragens lov", "", "dragon"),
        ActTitle("Lov om tang", "", "tang-a"),
        ActTitle("Bekendtgørelse om tang", "Tangloven", "tang-b"),
    ]
)


BROER = "lov om fjordhaver og broer mv."
AMENDING = "lov om ændring af lov om fjordhaver"
GMO = "forordningen om gmo-mærkning og -spor"
GDPR = "Europa-Parlamentets og Rådets forordning (EU) 2016/679"


def only(text: str) -> Reference:
    found = find(text, NAMES)
    assert len(found) == 1, [r.span.of(text) for r in found]
    return found[0]


def told(text: str) -> list[str]:
    """Span, targets and act of every reference, in one line each."""
    lines = []
    for found in find(text, NAMES):
        targets = " + ".join(str(target) for target in found.targets)
        act = found.act
        name = "" if act is None else act.name or str(act.official)
        lines.append(f"{found.span.of(text)} | {targets} | {name}")
    return lines


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("jf. § 36", ["par-36"]),
        ("efter § 40 a, stk. 5, nr. 2, litra b, 2. pkt., skal", ["par-40a.stk-5.nr-2.lit-b.pkt-2"]),
        ("jf. §§ 36, 37 og 39.", ["par-36", "par-37", "par-39"]),
        ("efter § 13, stk. 1 og 3, nævnte", ["par-13.stk-1", "par-13.stk-3"]),
        (
            "§§ 36, 37, stk. 2, og 39",
            ["par-36", "par-37.stk-2", "par-39"],
        ),
        (
            "efter § 13, stk. 2, nr. 1, og stk. 4, har",
            ["par-13.stk-2.nr-1", "par-13.stk-4"],
        ),
        ("i § 3, litra a, b og d", ["par-3.lit-a", "par-3.lit-b", "par-3.lit-d"]),
        ("efter § 4, stk. 2, 1. og 3. pkt.", ["par-4.stk-2.pkt-1", "par-4.stk-2.pkt-3"]),
        ("efter § 4, stk. 2, første og andet pkt.", ["par-4.stk-2.pkt-1", "par-4.stk-2.pkt-2"]),
        ("efter § 36 i, stk. 2", ["par-36i.stk-2"]),
        ("i § 6, stk. 1. litra a", ["par-6.stk-1.lit-a"]),
        ("efter paragraf 7 stk 3", ["par-7.stk-3"]),
        ("senest § 5 og 6 måneder efter", ["par-5"]),
        ("i stk. 1 og 2 nævnte", ["stk-1", "stk-2"]),
        ("jf. nr. 4", ["nr-4"]),
        ("Det i 1. pkt. nævnte", ["pkt-1"]),
        ("bilag 2, nr. 4, gælder", ["annex-2.nr-4"]),
    ],
)
def test_every_level_and_enumeration_is_read(text: str, targets: list[str]) -> None:
    assert [target.first for target in only(text).targets] == [parse_slug(slug) for slug in targets]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("jf. §§ 35-43", "par-35", "par-43"),
        ("jf. §§ 4 a - 4 c", "par-4a", "par-4c"),
        ("efter § 13, stk. 2, nr. 1-3", "par-13.stk-2.nr-1", "par-13.stk-2.nr-3"),
        ("jf. stk. 2-4", "stk-2", "stk-4"),
        ("efter § 2, 2.-4. pkt.", "par-2.pkt-2", "par-2.pkt-4"),
        ("i kapitel 3-7", "par-3", "par-7"),
    ],
)
def test_a_range_keeps_its_first_and_its_last(text: str, first: str, last: str) -> None:
    (target,) = only(text).targets
    assert target.is_range
    assert (target.first, target.last) == (parse_slug(first), parse_slug(last))


@pytest.mark.parametrize(
    ("text", "kind", "name", "works"),
    [
        ("efter denne lovs § 4", MentionKind.OWN, "lov", ()),
        ("efter § 4 i denne bekendtgørelse", MentionKind.OWN, "bekendtgørelse", ()),
        ("efter lovens § 4", MentionKind.DEFINITE, "loven", ()),
        ("jf. samme lovs § 4", MentionKind.SAME, "lov", ()),
        ("fjordhavelovens § 4", MentionKind.NAMED, "fjordhaveloven", ("fjord",)),
        ("efter tågeloven § 4", MentionKind.NAMED, "tågeloven", ("fog",)),
        ("efter § 4 i lov om fjordhaver", MentionKind.NAMED, "lov om fjordhaver", ("fjord",)),
        ("lov om fjordhaver og broer mv. § 4", MentionKind.NAMED, BROER, ("broer",)),
        ("dragens lovs § 4", MentionKind.NAMED, "dragens lov", ("dragon",)),
        ("ukendtlovens § 4", MentionKind.NAMED, "ukendtloven", ()),
        ("efter § 4 i lov om gåder, der", MentionKind.NAMED, "lov om gåder", ()),
        (f"§ 4 i {AMENDING}", MentionKind.NAMED, AMENDING, ()),
        ("FHL § 4", MentionKind.NAMED, "FHL", ()),
        ("lejekontraktens § 4", MentionKind.NAMED, "lejekontrakten", ()),
        ("efter § 4 i loven om fjordhaver", MentionKind.NAMED, "lov om fjordhaver", ("fjord",)),
        ("jf. bekendtgørelsen om tang, § 4", MentionKind.NAMED, "bekendtgørelse om tang", ("tang-b",)),
        ("efter forordningen om GMO-mærkning og -spor", MentionKind.NAMED, GMO, ()),
        ("efter artikel 267 TEUF", MentionKind.NAMED, "TEUF", ()),
        ("art. 6, stk. 1, litra f, GDPR", MentionKind.NAMED, "GDPR", ()),
    ],
)
def test_the_act_is_taken_as_the_text_names_it(
    text: str, kind: MentionKind, name: str, works: tuple[str, ...]
) -> None:
    act = only(text).act
    assert act is not None
    assert (act.kind, act.name, act.works) == (kind, name, works)


def test_an_unknown_title_ends_before_its_provision_and_before_the_next_act() -> None:
    assert told("direktivet om arbejdstid, artikel 3, og forordningen om tåge og dismængdeforordningen") == [
        "direktivet om arbejdstid, artikel 3 | § 3 | direktivet om arbejdstid",
        "forordningen om tåge |  | forordningen om tåge",
        "dismængdeforordningen |  | dismængdeforordningen",
    ]


def test_a_country_after_an_article_is_no_act() -> None:
    assert told("artikel 5 USA") == ["artikel 5 | § 5 | "]


def test_a_name_that_two_works_bear_stays_undecided() -> None:
    act = only("tanglovens § 4").act
    assert act is not None
    assert act.works == ("tang-a", "tang-b")


def test_the_version_named_after_a_title_belongs_to_the_mention() -> None:
    text = "§ 4, stk. 1, i lov om fjordhaver, jf. lovbekendtgørelse nr. 12 af 3. maj 2021, og"
    found = only(text)
    assert found.span.of(text).endswith("2021")
    assert found.act
    assert str(found.act.official) == "LBK nr 12 af 03/05/2021"


def test_pointers_in_a_row_share_the_act_named_before_or_after() -> None:
    assert told("fjordhavelovens § 3, § 4 (net) og § 5") == [
        "fjordhavelovens § 3 | § 3 | fjordhaveloven",
        "§ 4 | § 4 | fjordhaveloven",
        "§ 5 | § 5 | fjordhaveloven",
    ]
    assert told("I medfør af § 3, stk. 1, § 4 og § 5, stk. 2, i tågeloven") == [
        "§ 3, stk. 1 | § 3, stk. 1 | tågeloven",
        "§ 4 | § 4 | tågeloven",
        "§ 5, stk. 2, i tågeloven | § 5, stk. 2 | tågeloven",
    ]
    assert told("lov om fjordhaver, § 4 i tågeloven") == [
        "lov om fjordhaver |  | lov om fjordhaver",
        "§ 4 i tågeloven | § 4 | tågeloven",
    ]


def test_jf_shares_the_act_named_after_it_only_where_the_comma_says_so() -> None:
    assert told("efter § 3, jf. § 4 i tågeloven")[0] == "§ 3 | § 3 | "
    assert told("efter § 3, jf. § 4, i tågeloven")[0] == "§ 3 | § 3 | tågeloven"


def test_a_popular_name_given_in_the_text_is_known_from_there_on() -> None:
    text = "Lov om fjordhaver (herefter havneloven) gælder. Se havnelovens § 2."
    assert aliases(text, NAMES) == {"havneloven": ("fjord",)}
    act = find(text, NAMES)[1].act
    assert act is not None
    assert act.works == ("fjord",)
    learnt = ActNames.from_titles([], aliases(text, NAMES))
    assert learnt.works("Havneloven") == ("fjord",)


@pytest.mark.parametrize(
    ("text", "unit", "celex"),
    [
        ("artikel 12 i forordning (EF) nr. 883/2004", Unit.ARTICLE, "32004R0883"),
        ("forordning 1408/71, artikel 12", Unit.ARTICLE, "31971R1408"),
        (f"art. 6, stk. 1, litra f, i {GDPR}", Unit.ARTICLE, "32016R0679"),
        ("artikel 7 i direktiv 2004/38/EF", Unit.ARTICLE, "32004L0038"),
        ("artikel 7 i Rådets direktiv 93/13/EØF", Unit.ARTICLE, "31993L0013"),
        ("kapitel 2 i EF-forordning nr. 883/04", Unit.CHAPTER, "32004R0883"),
    ],
)
def test_acts_of_the_union_get_their_celex_number(text: str, unit: Unit, celex: str) -> None:
    found = only(text)
    assert found.unit is unit
    assert found.act
    assert str(found.act.celex) == celex


def test_decided_cases_are_found_each_by_its_own_number() -> None:
    text = (
        "principmeddelelse 28-24, 29-24 og A-12-06, U 2010.415 H, UfR 2011.1 Ø, FOB 2019-7,"
        " ECLI:EU:C:2014:317 og CELEX 62012CJ0131, 32016R0679. Gældende: 8-25: om tåge."
    )
    assert [str(found.cited) for found in find(text, NAMES)] == [
        *("28-24", "29-24", "A-12-06", "U 2010.415 H", "U 2011.1 Ø", "FOB 2019-7"),
        *("ECLI:EU:C:2014:317", "62012CJ0131", "32016R0679", "8-25"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "§ 36. Kommunen skal.",
        "§§ 20-31. (Ophævet)",
        "»§ 12 b. Kommunen skal",
        "Regler. Klage § 15. Nævnet behandler",
        "Stk. 2. Kommunen skal",
        "Kapitel 4\nRådighed",
        "Bilag 1\nSkema",
        "se (bilag 4), vedlagt bilag 5",
        "efter denne lov og loven og bekendtgørelsen",
        "sag nr. 4 og matr.nr. 7",
        "generel vejledning om reglerne",
        "i 2021-22 og 12-14 år",
        "kundenr. 132016R0679 og 32016R06791",
        "loven om, at alle skal med, og bekendtgørelsen om at vente",
        "reglerne i loven om barnets bedste og loven for perioder",
    ],
)
def test_printed_numbers_and_plain_words_are_no_references(text: str) -> None:
    assert find(text, NAMES) == ()


def test_a_paragraph_at_the_end_of_a_sentence_is_a_reference() -> None:
    assert told("efter § 15. Nævnet behandler") == ["§ 15 | § 15 | "]
    assert told("Stk. 1 finder anvendelse") == ["Stk. 1 | stk. 1 | "]


def test_a_relative_pointer_is_completed_by_the_place_where_it_stands() -> None:
    place = Locator("36", 2, "3")
    assert only("jf. stk. 4").is_relative
    assert complete(Locator("", stk=4), place) == Locator("36", 4)
    assert complete(Locator("", nr="1"), place) == Locator("36", 2, "1")
    assert complete(Locator("", pkt=2), place) == Locator("36", 2, "3", pkt=2)
    assert complete(Locator("7"), place) == Locator("7")


PIECES = (
    *(
        "§ ",
        "§§ ",
        "stk. ",
        "nr. ",
        "litra ",
        "1",
        "2 a",
        ". pkt.",
        ", ",
        " og ",
        "-",
        " i ",
        "lov om ",
        "lovens ",
    ),
    *(
        "fjordhaver",
        "jf. ",
        "artikel ",
        "forordning (EU) ",
        "2016/679",
        "principmeddelelse ",
        "28-24",
        "bilag ",
    ),
    *("\n", "(", "dragens lov", "samme ", "kapitel "),
)


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_gives_ordered_spans_that_slice_it(text: str) -> None:
    end = 0
    for found in find(text, NAMES):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.span.of(text).strip()
        end = found.span.end


@pytest.mark.parametrize(
    "piece",
    [
        "§",
        "§ 1, ",
        "§ 1 og ",
        "stk. 1, nr. 1, ",
        "lov om ",
        "a-",
        "(",
        "1.",
        "lov",
        "12-14: ",
        "Å",
        "lov om fjordhaver (",
    ],
)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        best = 1e9
        for _ in range(3):
            begin = time.process_time()
            find(text, NAMES)
            best = min(best, time.process_time() - begin)
        return best

    # A fourfold text takes four times as long; quadratic work would take sixteen, every time it is asked.
    assert any(seconds(40_000) < 9 * seconds(10_000) + 0.02 for _ in range(4))
