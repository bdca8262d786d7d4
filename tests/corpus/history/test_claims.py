"""What texts say of other documents is read as it is printed, and partial statements stay partial."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.claims import Claim, Relation
from corpus.types import DocumentType, StoredDocument

PREAMBLE = (
    "Herved bekendtgøres lov om fiskekort, jf. lovbekendtgørelse nr. 41 af 3. marts 2014, med de ændringer, "
    "der følger af § 1, nr. 2 og 4-6, i lov nr. 70 af 5. maj 2015 og lov nr. 71 af 6. maj 2015.\n"
    "Den ændring, der følger af § 1, nr. 3, i lov nr. 70 af 5. maj 2015, er ikke indarbejdet i denne "
    "lovbekendtgørelse, da den først træder i kraft den 1. januar 2017."
)


def claims_of(document: StoredDocument, archive, *relations: Relation) -> list[Claim]:
    return [c for c in archive.store.claims(document.key).get(document.key, ()) if c.relation in relations]


def test_a_preamble_names_the_version_it_restates_and_what_it_took_in_and_left_out(archive) -> None:
    act = archive.act(9, "2016-02-01", "§ 1. Loven gælder for fiskere.", PREAMBLE)
    (base,) = claims_of(act, archive, Relation.CONSOLIDATES)
    assert (base.number, base.year, base.date) == (41, 2014, dt.date(2014, 3, 3))
    taken = claims_of(act, archive, Relation.INCORPORATES)
    assert [(c.number, c.place) for c in taken] == [(70, "§ 1, nr. 2 og 4-6"), (71, "")]
    (left,) = claims_of(act, archive, Relation.OMITS)
    assert (left.number, left.place, left.day) == (70, "§ 1, nr. 3", dt.date(2017, 1, 1))
    text = archive.store.text(act.key)
    assert [c.span.of(text) for c in taken] == ["lov nr. 70 af 5. maj 2015", "lov nr. 71 af 6. maj 2015"]


@pytest.mark.parametrize(
    ("clause", "repealed", "day"),
    [
        ("Bekendtgørelse nr. 5 af 6. januar 2012 om fiskekort ophæves.", [5], None),
        ("Samtidig ophæves bekendtgørelse nr. 5 af 6. januar 2012 om fiskekort.", [5], None),
        ("Lov om fiskekort, jf. lovbekendtgørelse nr. 7 af 2. juni 2010, ophæves.", [7], None),
        ("Bekendtgørelse nr. 5 af 6. januar 2012 om garn ophæves den 1. maj 2013.", [5], dt.date(2013, 5, 1)),
        (
            "Bekendtgørelse nr. 5 af 6. januar 2012 om garn og bekendtgørelse nr. 6 af 7. januar 2012 om "
            "ruser ophæves.",
            [5, 6],
            None,
        ),
        ("§§ 2-7 i lov nr. 5 af 6. januar 2012 om fiskekort ophæves.", [], None),
        ("Lov nr. 5 af 6. januar 2012 om fiskekort, bortset fra § 1, ophæves.", [], None),
        ("De regler, der er fastsat i medfør af lov nr. 5 af 6. januar 2012, ophæves.", [], None),
        (
            "Afgørelser efter bekendtgørelse nr. 5 af 6. januar 2012 om fiskekort kan indbringes for nævnet.",
            [],
            None,
        ),
    ],
)
def test_only_what_is_repealed_as_a_whole_is_a_repeal(archive, clause, repealed, day) -> None:
    body = f"§ 1. Kort er påbudt.\n§ 2. Bekendtgørelsen træder i kraft den 1. april 2012.\nStk. 2. {clause}"
    order = archive.act(8, "2012-03-01", body, title="Bekendtgørelse om ruser", type=DocumentType.ORDER)
    found = claims_of(order, archive, Relation.REPEALS)
    assert [c.number for c in found] == repealed
    assert {c.day for c in found} <= {day}


def test_commencement_is_read_with_the_part_that_it_is_about(archive) -> None:
    act = archive.amending(
        70,
        "2015-05-05",
        [
            "I lov om fiskekort, jf. lovbekendtgørelse nr. 41 af 3. marts 2014, som ændret ved lov nr. 60 af "
            "1. maj 2014, foretages følgende ændringer:\n1. § 2 ophæves.\n2. I § 3 udgår »kun«.",
            "Stk. 1. Loven træder i kraft den 1. juli 2015, jf. dog stk. 2.\n"
            "Stk. 2. § 1, nr. 2, træder i kraft den 1. januar 2016.",
        ],
    )
    found = [(c.place, c.day) for c in claims_of(act, archive, Relation.COMMENCES)]
    assert found == [("", dt.date(2015, 7, 1)), ("§ 1, nr. 2,", dt.date(2016, 1, 1))]
    (amends,) = claims_of(act, archive, Relation.AMENDS)
    assert (amends.number, amends.year, amends.work, amends.place) == (41, 2014, "lov-om-fiskekort", "par-1")


def test_an_order_can_end_itself(archive) -> None:
    body = "§ 1. Kort er påbudt.\n§ 2. Bekendtgørelsen ophæves den 1. oktober 2012."
    order = archive.act(8, "2012-03-01", body, title="Bekendtgørelse om ruser", type=DocumentType.ORDER)
    assert [c.day for c in claims_of(order, archive, Relation.EXPIRES)] == [dt.date(2012, 10, 1)]


def test_decisions_make_no_claims(archive) -> None:
    decision = archive.decision("1-20", "2020-01-01", "Lov nr. 5 af 6. januar 2012 ophæves.")
    assert archive.store.claims(decision.key) == {}
