"""Works chain their consolidations, and citations follow Danish custom."""

import datetime as dt
from dataclasses import replace

import pytest

from corpus.identifiers import cite_document, cite_provision, official_id, slug_of, work_id, work_title
from corpus.identifiers.cite import genitive
from corpus.types import DocumentType, Kind, Locator, Metadata, Part

T = DocumentType


@pytest.mark.parametrize(
    ("title", "work"),
    [
        ("Bekendtgørelse af lov om aktiv socialpolitik", "lov om aktiv socialpolitik"),
        ("Bekendtgørelse af lov om aktiv\\n socialpolitik\\n", "lov om aktiv socialpolitik"),
        ("Lov om fjordhaver", "lov om fjordhaver"),
        ("Bekendtgørelse af forvaltningsloven", "forvaltningsloven"),
        ("Bekendtgørelse for Færøerne af lov om pas", "lov om pas for Færøerne"),
        ("Bekendtgørelse om særlig støtte", "bekendtgørelse om særlig støtte"),
        ("Lov om fjordhaver (FIKTIV)", "lov om fjordhaver (FIKTIV)"),
        ("SU-loven", "SU-loven"),
        ("", ""),
    ],
)
def test_the_title_of_a_work_has_no_consolidation_wrapper(title: str, work: str) -> None:
    assert work_title(title) == work


def _work(title: str, type: DocumentType, fictional: bool = False) -> str:
    return work_id(Metadata(title, type, Kind.RULE, fictional=fictional))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lov om fjordhaver m.v.", "Bekendtgørelse af lov om fjordhaver mv."),
        ("Lov om fjordhaver", "Bekendtgørelse af lov om fjordhaver (fjordhaveloven)"),
        ("Fjordlov", "Bekendtgørelse af fjordloven"),
        ("Fjordlov for Grønland", "Bekendtgørelse af fjordlov for Grønland"),
    ],
)
def test_an_act_and_its_consolidations_are_one_work(one: str, other: str) -> None:
    assert _work(one, T.ACT) == _work(other, T.CONSOLIDATED_ACT) != ""


def test_works_that_differ_have_different_ids() -> None:
    ids = {
        _work("Lov om fjordhaver", T.ACT),
        _work("Lov om fjordhaver (FIKTIV)", T.ACT),
        _work("Bekendtgørelse om fjordhaver", T.ORDER),
        _work("Bekendtgørelse for Grønland af lov om fjordhaver", T.CONSOLIDATED_ACT),
    }
    assert len(ids) == 4
    assert _work("Lov om fjordhaver", T.ACT, fictional=True) == _work("Lov om fjordhaver (FIKTIV)", T.ACT)


@pytest.mark.parametrize(
    ("title", "type"),
    [
        ("Lov om ændring af lov om fjordhaver", T.AMENDING_ACT),
        ("Lov om ændring af lov om fjordhaver", T.ACT),
        ("Afgørelse", T.DECISION),
        ("Dom", T.JUDGMENT),
        ("Vejledning om fjordhaver", T.GUIDANCE),
        ("§§ --", T.ACT),
    ],
)
def test_a_document_without_versions_belongs_to_no_chain(title: str, type: DocumentType) -> None:
    assert _work(title, type) == ""


def test_a_long_title_gives_a_short_id_that_still_tells_works_apart() -> None:
    long = "Lov om " + "fjordhaver og " * 40
    one, other = _work(long + "broer", T.ACT), _work(long + "moler", T.ACT)
    assert one != other
    assert len(one) <= 120


def test_ids_are_safe_in_addresses() -> None:
    assert slug_of("Lov om Æbler, ørne & åer (§ 3)") == "lov-om-aebler-oerne-aaer-3"


LBK = Metadata(
    "Bekendtgørelse af lov om aktiv socialpolitik",
    T.CONSOLIDATED_ACT,
    Kind.RULE,
    number="1031",
    year=2023,
    date=dt.date(2023, 6, 22),
    eli="/eli/lta/2023/1031",
    accession_number="A20230103129",
)
ORDER = Metadata(
    "Bekendtgørelse om særlig støtte efter § 34 i lov om aktiv socialpolitik",
    T.ORDER,
    Kind.RULE,
    number="BEK 1239",
    date=dt.date(2025, 10, 29),
)


@pytest.mark.parametrize(
    ("locator", "single", "cited"),
    [
        (Locator("36", 1), False, "§ 36, stk. 1, i lov om aktiv socialpolitik"),
        (Locator("36", 1), True, "§ 36 i lov om aktiv socialpolitik"),
        (Locator("36"), False, "§ 36 i lov om aktiv socialpolitik"),
        (Locator("36", 1, "2", pkt=1), True, "§ 36, nr. 2, 1. pkt., i lov om aktiv socialpolitik"),
        (
            Locator("2", 2, part=Part.TRANSITIONAL, block=3),
            False,
            "§ 2, stk. 2, i overgangsbestemmelserne (nr. 3) til lov om aktiv socialpolitik",
        ),
        (Locator("", part=Part.ANNEX, block=1), False, "bilag 1 til lov om aktiv socialpolitik"),
    ],
)
def test_a_provision_is_cited_with_a_comma_before_i_only_after_a_comma(
    locator: Locator, single: bool, cited: str
) -> None:
    assert cite_provision(LBK, locator, single) == f"{cited}, jf. lovbekendtgørelse nr. 1031 af 22. juni 2023"


def test_an_act_not_consolidated_is_cited_by_number_before_its_subject() -> None:
    act = Metadata("Lov om fjordhaver", T.ACT, Kind.RULE, number="550", date=dt.date(2022, 5, 3))
    assert cite_provision(act, Locator("4"), False) == "§ 4 i lov nr. 550 af 3. maj 2022 om fjordhaver"
    named = replace(act, title="Barnets lov")
    assert cite_document(named) == "barnets lov, lov nr. 550 af 3. maj 2022"


def test_an_executive_order_is_cited_by_number_before_its_subject() -> None:
    cited = "§ 3 i bekendtgørelse nr. 1239 af 29. oktober 2025 om særlig støtte"
    assert cite_provision(ORDER, Locator("3"), False) == f"{cited} efter § 34 i lov om aktiv socialpolitik"


DAY = dt.date(2020, 1, 2)


def _decision(
    title: str = "", authority: str = "", number: str = "", date: dt.date | None = None
) -> Metadata:
    return Metadata(
        title,
        T.DECISION,
        Kind.PRECEDENT,
        authority=authority,
        decision_number=number,
        date=date,
        journal_number="7",
    )


def _guidance(title: str, **known: object) -> Metadata:
    return replace(Metadata(title, T.GUIDANCE, Kind.RULE), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("metadata", "cited"),
    [
        (_decision("", "Ankestyrelsen", "28-24"), "Ankestyrelsens principmeddelelse 28-24"),
        (_decision("", "Ankestyrelsen", "64-13"), "Ankestyrelsens principafgørelse 64-13"),
        (
            _decision("Om principafgørelse 1-20", "Ankestyrelsen", "1-20"),
            "Ankestyrelsens principafgørelse 1-20",
        ),
        (_decision("", "Æblenævnet", "no number"), "Æblenævnets afgørelse no number"),
        (
            _decision("Kendelse om æbler", "Æblenævnet", date=DAY),
            "Æblenævnets kendelse af 2. januar 2020 (j.nr. 7)",
        ),
        (_decision("Om æbler"), "Om æbler"),
        (
            Metadata("Sag 7", T.JUDGMENT, Kind.PRECEDENT, authority="Østre Landsret", date=DAY),
            "Østre Landsrets dom af 2. januar 2020",
        ),
        (
            _guidance("Vejledning om æbler", number="4", date=DAY),
            "vejledning nr. 4 af 2. januar 2020 om æbler",
        ),
        (_guidance("Cirkulære om æbler", number="4", year=1999), "cirkulære nr. 4 fra 1999 om æbler"),
        (_guidance("Håndbog om æbler"), "håndbog om æbler"),
    ],
)
def test_each_type_of_document_is_cited_by_its_own_custom(metadata: Metadata, cited: str) -> None:
    assert cite_document(metadata) == cited


def test_a_fictional_document_says_so_once() -> None:
    assert (
        cite_document(replace(ORDER, title="Bekendtgørelse om æbler (FIKTIV)", fictional=True)).count(
            "(FIKTIV)"
        )
        == 1
    )
    assert cite_document(replace(LBK, fictional=True)).endswith("(FIKTIV)")


def test_a_document_is_named_by_the_most_official_id_it_has() -> None:
    assert official_id(LBK) == "lta-2023-1031"
    assert official_id(replace(LBK, eli="")) == "a20230103129"
    assert official_id(_decision("", "Ankestyrelsen", "28-24")) == "ankestyrelsen-28-24"
    assert official_id(ORDER) == ""


def test_the_genitive_of_a_name_in_s_is_an_apostrophe() -> None:
    assert genitive("Aarhus") == "Aarhus'"
    assert genitive("") == ""
