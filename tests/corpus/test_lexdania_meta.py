"""The ``Meta`` element of LexDania → metadata. The golden texts are fiction."""

from __future__ import annotations

import datetime as dt

from corpus.parsing.lexdania import parse
from corpus.types import ActReference, DocumentType, Kind, ParsedDocument, RawRecord, Status

_META = """<DocumentType>LBK H#LOKDOK03</DocumentType><Rank>A</Rank>
<AccessionNumber>A20310012329</AccessionNumber>
<DocumentTitle>Bekendtgørelse af lov om fyrpasning</DocumentTitle>
<Year>2031</Year><DiesSigni>2031-03-09</DiesSigni><DateOfSubmit id="submit_1" />
<EndDate REFid="submit_1">2032-01-01</EndDate><Status>Valid</Status><Number>123</Number>"""


def act(meta: str, preamble: str = "") -> ParsedDocument:
    data = (
        f"<Dokument><Meta>{meta}</Meta><DokumentIndhold><Indledning><Exitus><Linea><Char>{preamble}</Char>"
        "</Linea></Exitus></Indledning><Paragraf><Explicatus>§ 1.</Explicatus><Stk><Exitus><Linea>"
        "<Char>Fyret lyser.</Char></Linea></Exitus></Stk></Paragraf></DokumentIndhold></Dokument>"
    ).encode()
    return parse(RawRecord("fiktion.xml", data, "application/xml", ""))


def test_metadata_is_read_from_meta_and_the_address_follows_from_the_gazette() -> None:
    more = (
        "<PopularTitle>Fyrloven</PopularTitle>"
        "<JournalNumber>Fyrmin.,\\nFyrstyrelsen, j.nr. 7-31</JournalNumber>"
        "<Ministry>Fyrministeriet</Ministry><Subject>fyr</Subject>"
    )
    about = act(_META + more).metadata
    assert about.identifier == "lta-2031-123"
    assert about.eli == "/eli/lta/2031/123"
    assert about.url == "https://www.retsinformation.dk/eli/lta/2031/123"
    assert (about.type, about.kind, about.status) == (DocumentType.CONSOLIDATED_ACT, Kind.RULE, Status.VALID)
    assert (about.date, about.ended) == (dt.date(2031, 3, 9), None)
    assert about.title == "Bekendtgørelse af lov om fyrpasning"
    assert (about.popular_title, about.subjects) == ("Fyrloven", ("fyr",))
    assert about.journal_number == "Fyrmin., Fyrstyrelsen, j.nr. 7-31"


def test_the_date_marked_historic_is_when_it_ended_and_the_end_date_is_not() -> None:
    meta = _META.replace("Valid", "Historic") + "<DateOfHistoricMark>2031-05-06</DateOfHistoricMark>"
    about = act(meta).metadata
    assert (about.status, about.ended) == (Status.HISTORIC, dt.date(2031, 5, 6))


def test_later_amendments_and_the_version_consolidated_are_relations() -> None:
    meta = _META + (
        '<Change id="c1"/><Ref_Accn REFid="c1">A20310050030</Ref_Accn><Ref_Af REFid="c1">2031-06-01</Ref_Af>'
        '<Ref_Text REFid="c1">Lov om ændring af lov om fyrpasning</Ref_Text><AendresAf>'
        "<Dokument><KortNavn>LOV nr 500 af 01/06/2031 </KortNavn></Dokument>"
        "<Dokument><KortNavn>LOV nr 900 af 02/07/2031</KortNavn></Dokument></AendresAf>"
    )
    preamble = (
        "Herved bekendtgøres lov om fyrpasning, jf. lovbekendtgørelse nr. 12 af 1. juli 2029, med de "
        "ændringer, der følger af § 1 i lov nr. 40 af 3. marts 2030."
    )
    parsed = act(meta, preamble)
    assert parsed.preamble is not None
    assert parsed.preamble.of(parsed.text) == preamble
    assert parsed.metadata.relations == (
        ActReference(
            "changed_by",
            "Lov om ændring af lov om fyrpasning",
            "A20310050030",
            "LOV nr 500 af 01/06/2031",
            dt.date(2031, 6, 1),
        ),
        ActReference("changed_by", citation="LOV nr 900 af 02/07/2031", date=dt.date(2031, 7, 2)),
        ActReference(
            "consolidates", citation="lovbekendtgørelse nr. 12 af 1. juli 2029", date=dt.date(2029, 7, 1)
        ),
    )


def test_an_order_is_addressed_in_the_same_gazette_and_other_series_by_accession_number() -> None:
    order = _META.replace("LBK H#LOKDOK03", "BEK H#LOKDOK05").replace("<Rank>A<", "<Rank>B<")
    about = act(order).metadata
    assert (about.type, about.identifier) == (DocumentType.ORDER, "lta-2031-123")
    about = act(order.replace("<Rank>B<", "<Rank>X<")).metadata
    assert (about.identifier, about.eli) == ("accn-a20310012329", "")
    assert about.url == "https://www.retsinformation.dk/eli/accn/A20310012329"


def test_what_meta_does_not_say_stays_empty() -> None:
    about = act("<DocumentType>XYZ#1</DocumentType><DiesSigni>i går</DiesSigni><Year>31</Year>").metadata
    assert (about.type, about.date, about.year, about.identifier) == (DocumentType.OTHER, None, None, "")
    assert about.status is Status.UNKNOWN
