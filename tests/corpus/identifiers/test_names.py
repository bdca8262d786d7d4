"""Official identifiers: what prints, parses back to the same value."""

import datetime as dt
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CitationError
from corpus.identifiers import (
    AccessionNumber,
    Celex,
    DecisionNumber,
    Ecli,
    Eli,
    Fob,
    LawReport,
    NameKind,
    OfficialName,
    parse_date,
    print_date,
    print_short_date,
)

DATES = st.dates(dt.date(1683, 1, 1), dt.date(2999, 12, 31))
YEARS = st.integers(1849, 2999)


@given(DATES)
def test_a_date_prints_and_parses_back_in_both_forms(date: dt.date) -> None:
    assert parse_date(print_date(date)) == date
    assert parse_date(print_short_date(date)) == date
    assert parse_date(date.isoformat()) == date


@pytest.mark.parametrize(
    "text",
    [
        "22. juni 2023",
        "22/06/2023",
        "22-06-2023",
        "22.06.2023",
        "22. jun. 2023",
        "den 22. juni 2023",
        "2023-06-22",
    ],
)
def test_every_usual_spelling_of_a_date_is_read(text: str) -> None:
    assert parse_date(text) == dt.date(2023, 6, 22)


@pytest.mark.parametrize("text", ["", "31. juni 2023", "22. junix 2023", "juni 2023", "22/13/2023", "i går"])
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(CitationError, match=r"22\. juni 2023"):
        parse_date(text)


ELIS = st.builds(
    Eli,
    st.sampled_from(["lta", "ltb", "ltc", "retsinfo", "mt", "fob"]),
    YEARS,
    st.integers(1, 99999),
    st.sampled_from(["", "xml", "pdf", "html", "json"]),
)


@given(ELIS)
def test_an_eli_parses_back_also_out_of_a_full_address(eli: Eli) -> None:
    assert Eli.parse(str(eli)) == eli
    assert Eli.parse(f"https://www.retsinformation.dk{eli}") == eli


def test_an_eli_names_the_same_document_in_every_format() -> None:
    assert Eli.parse("https://retsinformation.dk/eli/retsinfo/2013/9724/dan/xml") == Eli(
        "retsinfo", 2013, 9724, "xml"
    )
    assert Eli.parse("/eli/lta/2023/1031/pdf").slug == Eli.parse("/eli/lta/2023/1031").slug == "lta-2023-1031"


@given(
    st.builds(
        AccessionNumber,
        st.sampled_from(string.ascii_uppercase),
        st.integers(1000, 2999),
        st.integers(0, 99999),
        st.integers(0, 99).map("{:02d}".format),
    )
)
def test_an_accession_number_parses_back(number: AccessionNumber) -> None:
    assert AccessionNumber.parse(str(number)) == number


def test_an_accession_number_says_what_kind_of_document_it_names() -> None:
    number = AccessionNumber.parse("A20230103129")
    assert number == AccessionNumber("A", 2023, 1031, "29")
    assert number.kind is NameKind.LBK


@given(st.builds(OfficialName, st.sampled_from(NameKind), st.integers(1, 99999), DATES))
def test_an_official_name_parses_back_from_the_short_and_the_long_form(name: OfficialName) -> None:
    assert OfficialName.parse(str(name)) == name
    assert OfficialName.parse(name.long) == name


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("LBK nr 1031 af 22/06/2023", "lovbekendtgørelse nr. 1031 af 22. juni 2023"),
        ("LOV nr 1000 af 30/08/2015", "lov nr. 1000 af 30. august 2015"),
        ("BEK nr 1239 af 29/10/2025", "bekendtgørelse nr. 1239 af 29. oktober 2025"),
        ("lovbkg. nr. 1031 af 22.06.2023", "lovbekendtgørelse nr. 1031 af 22. juni 2023"),
    ],
)
def test_a_short_name_is_written_out_for_running_text(text: str, long: str) -> None:
    assert OfficialName.parse(text).long == long


@given(
    st.builds(
        DecisionNumber,
        st.integers(1, 9999),
        st.integers(1976, 2075),
        st.sampled_from(["", "A", "B", "SM", "Ø"]),
    )
)
def test_a_decision_number_parses_back_bare_and_with_its_word(number: DecisionNumber) -> None:
    assert DecisionNumber.parse(str(number)) == number
    assert DecisionNumber.parse(number.long) == number


@pytest.mark.parametrize("text", ["28-24", "64-13", "A-12-06", "B-5-07"])
def test_decision_numbers_print_as_they_are_printed(text: str) -> None:
    assert str(DecisionNumber.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("U 2010.415 H", "U 2010.415 H"),
        ("U2010.415H", "U 2010.415 H"),
        ("UfR 2010.415/1 Ø", "U 2010.415/1 Ø"),
        ("u 1999.12", "U 1999.12"),
    ],
)
def test_the_law_reports_are_read_in_their_usual_spellings(text: str, printed: str) -> None:
    assert str(LawReport.parse(text)) == printed
    assert LawReport.parse(printed) == LawReport.parse(text)


@given(
    st.builds(
        LawReport,
        st.integers(1867, 2099).filter(lambda y: y >= 1867),
        st.integers(1, 9999).map(str),
        st.sampled_from(["", "H", "Ø", "V", "SH"]),
    )
)
def test_a_law_report_parses_back(report: LawReport) -> None:
    assert LawReport.parse(str(report)) == report


@given(st.builds(Fob, st.integers(1955, 2054), st.integers(1, 999).map(str)))
def test_a_statement_of_the_ombudsman_parses_back(fob: Fob) -> None:
    assert Fob.parse(str(fob)) == fob


@pytest.mark.parametrize(
    ("text", "printed"),
    [("FOB 04.410", "FOB 2004.410"), ("FOB 2010 20-7", "FOB 2010 20-7"), ("FOB2021.22", "FOB 2021-22")],
)
def test_the_ombudsmans_reports_are_cited_by_the_custom_of_their_year(text: str, printed: str) -> None:
    assert str(Fob.parse(text)) == printed


@pytest.mark.parametrize("text", ["32004R0883", "62012CJ0131", "02004R0883-20190731", "12016E267"])
def test_a_celex_number_parses_back_or_is_refused(text: str) -> None:
    if text == "12016E267":  # a treaty article has three digits and is not taken for an act
        with pytest.raises(CitationError):
            Celex.parse(text)
    else:
        assert str(Celex.parse(f"CELEX {text}")) == text


def test_an_ecli_parses_back() -> None:
    assert str(Ecli.parse("ecli:eu:c:2014:317")) == "ECLI:EU:C:2014:317"


@pytest.mark.parametrize(
    "parse",
    [
        Eli.parse,
        AccessionNumber.parse,
        OfficialName.parse,
        DecisionNumber.parse,
        Celex.parse,
        Ecli.parse,
        LawReport.parse,
        Fob.parse,
    ],
)
@given(text=st.text(max_size=40))
def test_no_text_makes_a_parser_fail_otherwise_than_by_refusing(parse, text: str) -> None:  # type: ignore[no-untyped-def]
    try:
        value = parse(text)
    except CitationError:
        return
    assert parse(str(value)) == value
