import datetime as dt
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard

from corpus.errors import NoTextError, UnreadableError, UnsupportedError
from corpus.parsing import records
from corpus.parsing.text import normalise
from corpus.types import DocumentType, Kind, Level, ParsedDocument, Part, RawRecord, SectionRole, Status

SHARED = Path(__file__).parents[2].parent / "shared" / "corpus"


def parse(fields: Any) -> ParsedDocument:
    data = fields if isinstance(fields, bytes) else json.dumps(fields, ensure_ascii=False).encode()
    return records.parse(RawRecord("fyr.jsonl#1", data, "application/json", "0"))


def law(*provisions: tuple[str, str], **fields: str) -> dict[str, Any]:
    """A record of a statute: pairs of chapter (or nothing) and content."""
    entries = [
        {"provision_ref": "x", "section": "999", "content": content}
        | ({"chapter": chapter} if chapter else {})
        for chapter, content in provisions
    ]
    return {
        "id": "2031:1234",
        "type": "statute",
        "title": "Bekendtgørelse af lov om fyr\\n(fyrloven)",
        "short_name": "LBK H#LOKDOK03",
        "status": "in_force",
        "issued_date": "2031-05-06",
        "url": "https://www.retsinformation.dk/eli/lta/2031/1234/xml",
        "description": "Source. DocumentId=X; AccessionNumber=A20310123429; NFC.",
        "provisions": entries,
        "definitions": [],
    } | fields


def decision(source: str, text: str, **fields: Any) -> dict[str, Any]:
    return {"_id": "fyr-1", "_source": f"DK/{source}", "title": "Fyrsagen", "text": text} | fields


def paragraphs(document: ParsedDocument) -> list[tuple[str, Part, int]]:
    return [(p.locator.paragraph, p.locator.part, p.locator.block) for p in document.walk(Level.PARAGRAPH)]


def raw_words(document: ParsedDocument, fields: Any) -> None:
    """Every exact anchor leads back to the same words of the JSON value it names."""
    for anchor in document.offsets.anchors:
        value = fields
        for key in anchor.part.split("/")[1:]:
            value = value[int(key)] if isinstance(value, list) else value[key]
        if anchor.exact:
            raw = value[anchor.raw_start : anchor.raw_end]
            pairs = zip(raw, document.text[anchor.start : anchor.end], strict=True)
            assert all(a == b or (a.isspace() and b.isspace()) for a, b in pairs)


def test_a_statute_by_paragraphs_becomes_provisions_with_the_way_back() -> None:
    fields = law(("1", "§ 1. Fyret  lyser.\u00a0Stk. 2. Det tuder."), ("2a", "§ 2. (Ophævet)"))
    document = parse(fields)
    assert document.text == "§ 1. Fyret lyser. Stk. 2. Det tuder.\n§ 2. (Ophævet)"
    assert [str(p.locator) for p in document.provisions] == [
        "§ 1",
        "§ 1, stk. 1",
        "§ 1, stk. 2",
        "§ 2",
        "§ 2, stk. 1",
    ]
    assert [p.chapter for p in document.walk(Level.PARAGRAPH)] == ["Kapitel 1", "Kapitel 2 a"]
    raw_words(document, fields)


def test_what_a_statute_says_of_itself_is_read_and_its_status_is_not_believed() -> None:
    metadata = parse(law(("1", "§ 1. Fyret lyser."))).metadata
    assert metadata.title == "Bekendtgørelse af lov om fyr (fyrloven)"
    assert (metadata.type, metadata.kind) == (DocumentType.CONSOLIDATED_ACT, Kind.RULE)
    assert (metadata.identifier, metadata.number, metadata.year) == ("lta-2031-1234", "1234", 2031)
    assert (metadata.eli, metadata.accession_number) == ("/eli/lta/2031/1234", "A20310123429")
    assert metadata.date == dt.date(2031, 5, 6)
    assert metadata.status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("short_name", "type_", "kind"),
    [
        ("LOV H#LOKDOK 01", DocumentType.ACT, Kind.RULE),
        ("LOV Æ#LOKDOK02", DocumentType.AMENDING_ACT, Kind.AMENDMENT),
        ("BEK H#LOKDOK04", DocumentType.ORDER, Kind.RULE),
        ("BEK Æ#LOKDOK05", DocumentType.ORDER, Kind.AMENDMENT),
        ("ukendt", DocumentType.OTHER, Kind.RULE),
    ],
)
def test_the_short_name_tells_the_type(short_name: str, type_: DocumentType, kind: Kind) -> None:
    metadata = parse(law(("1", "§ 1. Fyret lyser."), short_name=short_name)).metadata
    assert (metadata.type, metadata.kind) == (type_, kind)


def test_entries_after_the_last_chapter_are_transitional_and_restart_in_blocks() -> None:
    document = parse(
        law(
            ("1", "§ 1. Fyret lyser."),
            ("2", "§ 2. Loven gælder."),
            ("", "§ 9. Loven træder i kraft."),
            ("", "§ 10. Den gælder både."),
            ("", "§ 3. En anden lov træder i kraft."),
        )
    )
    assert paragraphs(document) == [
        ("1", Part.MAIN, 0),
        ("2", Part.MAIN, 0),
        ("9", Part.TRANSITIONAL, 1),
        ("10", Part.TRANSITIONAL, 1),
        ("3", Part.TRANSITIONAL, 2),
    ]


def test_an_act_without_chapters_has_transitional_rules_only_where_numbers_begin_again() -> None:
    document = parse(law(("", "§ 1. Fyret lyser."), ("", "§ 2. Slut."), ("", "§ 1. En anden lov.")))
    assert paragraphs(document) == [("1", Part.MAIN, 0), ("2", Part.MAIN, 0), ("1", Part.TRANSITIONAL, 1)]


def test_the_printed_number_wins_and_one_printed_twice_is_told() -> None:
    document = parse(law(("1", "§ 3. Et."), ("1", "§ 4."), ("1", "§ 4. To."), ("2", "5 a. Tre.")))
    assert paragraphs(document) == [
        ("3", Part.MAIN, 0),
        ("4", Part.MAIN, 0),
        ("4", Part.MAIN, 1),
        ("5 a", Part.MAIN, 0),
    ]
    assert document.warnings == ("§ 4 er trykt mere end én gang.",)


def test_an_entry_without_a_printed_number_takes_the_source_number_that_follows_on() -> None:
    fields = law(("1", "§ 3. Et."), ("1", "(Ophævet)."), ("1", "§ 5. To."))
    fields["provisions"][1]["section"] = "4"
    assert [p for p, _, _ in paragraphs(parse(fields))] == ["3", "4", "5"]
    fields["provisions"][1]["section"] = "9"
    document = parse(fields)
    assert [p for p, _, _ in paragraphs(document)] == ["3", "5"]
    assert "uden nummer" in document.warnings[0]
    assert "(Ophævet)." in document.text


@pytest.mark.parametrize(
    ("label", "numbers"),
    [
        ("§§ 2-4.", ["2", "3", "4"]),
        ("§§ 2 og 3", ["2", "3"]),
        ("§ 2 a-§ 3.", ["2 a", "3"]),
        ("§ § 2-2 b.", ["2", "2 a", "2 b"]),
        ("§ 2 A.", ["2 A"]),
    ],
)
def test_a_run_of_paragraphs_gives_each_its_provision(label: str, numbers: list[str]) -> None:
    document = parse(law(("1", f"{label} (Ophævet)")))
    assert [p for p, _, _ in paragraphs(document)] == numbers
    assert all(p.repealed for p in document.walk(Level.PARAGRAPH))


def test_a_statute_as_a_tree_becomes_the_same_provisions() -> None:
    fields = {
        "number": 77,
        "date": "2031-02-03T00:00:00",
        "title": "Bekendtgørelse af lov om fyr",
        "chapters": [
            {
                "number": 1,
                "title": "Formål",
                "paragraphs": [
                    {
                        "reference": "§ 1",
                        "texts": [
                            {"type": "plain", "text": "Loven gælder", "reference": None},
                            {"type": "list", "text": "fyr og", "reference": "1)"},
                            {"type": "list", "text": "både.", "reference": "2)"},
                        ],
                        "sections": [
                            {"reference": "Stk. 2", "texts": [{"type": "plain", "text": "Ikke biler."}]}
                        ],
                    }
                ],
            }
        ],
    }
    document = parse(fields)
    assert document.text == "Kapitel 1\nFormål\n§ 1. Loven gælder\n1) fyr og\n2) både.\nStk. 2. Ikke biler."
    assert [str(p.locator) for p in document.provisions] == [
        "§ 1",
        "§ 1, stk. 1",
        "§ 1, stk. 1, nr. 1",
        "§ 1, stk. 1, nr. 2",
        "§ 1, stk. 2",
    ]
    assert document.provisions[0].chapter == "Kapitel 1 Formål"
    assert document.metadata.identifier == "lta-2031-77"
    raw_words(document, fields)


def test_a_decision_of_the_appeals_board_has_sections_outcome_and_metadata() -> None:
    fields = decision(
        "Ankestyrelsen",
        "Principmeddelelsen fastslår En vagt må sove.\n\nDen konkrete afgørelse Vi stadfæster afgørelsen.",
        decision_number="28-31",
        journal_number="31-68374",
        paragraph="§ 47, stk. 1 § 50, stk. 1",
        categories=["Fyrloven", "Gældende", "Kommunal"],
        status="Gældende",
        date="2031-12-19",
    )
    document = parse(fields)
    metadata = document.metadata
    assert (metadata.identifier, metadata.authority) == ("ast-28-31", "Ankestyrelsen")
    assert (metadata.type, metadata.kind) == (DocumentType.DECISION, Kind.PRECEDENT)
    assert metadata.legal_basis == ("§ 47, stk. 1", "§ 50, stk. 1")
    assert metadata.subjects == ("Fyrloven", "Kommunal")
    assert (metadata.status, metadata.outcomes) == (Status.VALID, ("stadfæstet",))
    assert [s.role for s in document.sections] == [SectionRole.SUMMARY, SectionRole.OUTCOME]
    raw_words(document, fields)


def test_an_order_in_running_text_gets_its_provisions_and_its_official_address() -> None:
    document = parse(
        decision(
            "Retsinformation",
            "Bekendtgørelse om fyr\n2031-03-26\n2031-03-27\nBekendtgørelse om fyr\nI medfør af § 4:\n"
            "Kapitel 1\n§ 1.\nFyret lyser.\nStk. 2.\nDet tuder.\n§ 2.\nSlut.\nBilag 1\nSatser",
            title="Bekendtgørelse om fyr",
            document_type="BEK H#LOKDOK04",
            accession_number="B20310040405",
            url="https://www.retsinformation.dk/eli/accn/B20310040405",
            year="2031",
            number="404",
            status="Historic",
        )
    )
    assert [str(p.locator) for p in document.walk(Level.STK)] == ["§ 1, stk. 1", "§ 1, stk. 2", "§ 2, stk. 1"]
    assert document.provisions[-1].span.of(document.text) == "Bilag 1\nSatser"
    assert document.preamble is not None
    assert document.preamble.of(document.text) == "I medfør af § 4:"
    assert (document.metadata.identifier, document.metadata.status) == ("lta-2031-404", Status.HISTORIC)
    assert document.metadata.date == dt.date(2031, 3, 26)


def test_documents_outside_the_gazette_go_by_their_accession_number() -> None:
    document = parse(
        decision(
            "SKAT",
            "RESUME:\nSagen angik et fyr.\nSvar\nNej",
            document_type="AFG",
            document_type_raw="AFG#LOKDOK23",
            accession_number="X20310919601",
            eli_uri="/eli/retsinfo/2031/9196",
            administrative_authority="Skatterådet",
            signature_date="2031-12-16",
            publication_date="2032-02-12",
            references=["Bekendtgørelse af lov om fyr"],
            year=2032,
            number=9196,
        )
    )
    metadata = document.metadata
    assert (metadata.identifier, metadata.eli) == ("accn-x20310919601", "/eli/retsinfo/2031/9196")
    assert (metadata.date, metadata.published) == (dt.date(2031, 12, 16), dt.date(2032, 2, 12))
    assert (metadata.outcomes, metadata.legal_basis) == (("nej",), ("Bekendtgørelse af lov om fyr",))


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-12-19", dt.date(2024, 12, 19)),
        ("05.03.2026", dt.date(2026, 3, 5)),
        ("2026013009", dt.date(2026, 1, 30)),
        ("2023-09-21T00:00:00", dt.date(2023, 9, 21)),
        ("22. juni 2023", dt.date(2023, 6, 22)),
        ("31.02.2026", None),
        ("snart", None),
    ],
)
def test_dates_are_read_in_every_form_met(written: str, date: dt.date | None) -> None:
    assert parse(decision("CourtOfAppeal", "DOM\nafsagt", date=written)).metadata.date == date


def test_the_label_over_a_supervision_decision_is_its_outcome() -> None:
    document = parse(
        decision(
            "DTIL",
            "Fyrsagen\r\n\r\nDato: 01-02-2031\nAfgørelse\nIngen kritik\nJournalnummer: 2031-1\n"
            "Resume\nFyret.\n1. Afgørelse\nIntet.",
            case_number="2031-1",
        )
    )
    assert document.metadata.outcomes == ("ingen kritik",)
    assert [s.role for s in document.sections] == [
        SectionRole.OTHER,
        SectionRole.SUMMARY,
        SectionRole.OUTCOME,
    ]
    assert document.metadata.identifier == "dtil-fyr-1"


def test_our_own_layout_carries_what_a_body_knows_of_its_decision() -> None:
    document = parse(
        {
            "id": "Fyr 7/31",
            "title": "Afslag på olie",
            "text": "Sagsfremstilling\nHavnen søgte.\nAfgørelse\nAfslag.",
            "type": "afgørelse",
            "date": "2031-04-05",
            "authority": "Lygte Kommune",
            "url": "https://lygte.example/7",
            "outcomes": ["afslag"],
            "status": "gældende",
            "fictional": True,
        }
    )
    metadata = document.metadata
    assert (metadata.identifier, metadata.authority) == ("fyr-7-31", "Lygte Kommune")
    assert metadata.outcomes == ("afslag",)
    assert (metadata.kind, metadata.fictional, metadata.status) == (Kind.PRECEDENT, True, Status.VALID)
    assert [s.role for s in document.sections] == [SectionRole.FACTS, SectionRole.OUTCOME]


def test_title_and_text_alone_make_a_document() -> None:
    document = parse({"title": "Notat", "text": "Fyret\u0000 lyser."})
    assert (document.text, document.metadata.type) == ("Fyret lyser.", DocumentType.OTHER)


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"{", UnreadableError, "JSON"),
        (b"\xff\xfe", UnreadableError, "UTF-8"),
        (b"[1]", UnreadableError, "objekt"),
        (b"[" * 100_000, UnreadableError, "JSON"),
        ({"title": "Kun titel"}, UnsupportedError, "«text»"),
        ({"titel": "x", "tekst": 1}, UnsupportedError, "«title» og «text»"),
        ({"title": "x", "text": " \n "}, NoTextError, "«text»"),
        ({"title": "x", "text": "y", "type": "digt"}, UnreadableError, "«type: digt»"),
        ({"title": "x", "text": "y", "date": "i går"}, UnreadableError, "i går"),
        ({"provisions": [{"content": 7}, "x"]}, NoTextError, "provisions"),
        ({"chapters": []}, NoTextError, "chapters"),
    ],
)
def test_a_bad_record_is_refused_with_what_is_wrong(data: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words.replace("[", r"\[")):
        parse(data)


@pytest.mark.parametrize("odd", [None, 7, [], {}, "", True])
def test_odd_values_in_optional_fields_do_no_harm(odd: Any) -> None:
    for fields in (law(("1", "§ 1. Fyret.")), decision("Ankestyrelsen", "Afgørelse\nNej.")):
        for key in [*fields, "decision_number", "categories", "paragraph", "date", "year", "eli_uri"]:
            if key not in ("text", "title", "provisions", "_source"):
                assert parse({**fields, key: odd}).text


def _shared_records() -> Iterator[tuple[str, Any]]:
    files = sorted((SHARED / "decisions_json").glob("*/*.json"))
    for path in [*files, SHARED / "barselsloven_json" / "eli-lta-2023-1180.json"]:
        yield path.name, json.loads(path.read_bytes())
    with (SHARED / "dk_social_law.jsonl.zst").open("rb") as packed:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(packed), encoding="utf-8")
        for number, line in enumerate(lines, 1):
            if number % 10 == 0:  # a tenth, to keep the test short
                yield f"dk_social_law#{number}", json.loads(line)


def _words_of(fields: Any) -> str:
    if "text" in fields:
        return str(fields["text"])
    return " ".join(p["content"] for p in fields.get("provisions", ()))


@pytest.mark.shared
def test_real_records_keep_every_word_and_lead_back_to_it() -> None:
    if not SHARED.is_dir():
        pytest.skip("the real legal texts are not beside the checkout")
    levels: Counter[Level] = Counter()
    read = 0
    for name, fields in _shared_records():
        document = parse(fields)
        read += 1
        raw_words(document, fields)
        squeezed = "".join(document.text.split())
        assert "chapters" in fields or squeezed == "".join(normalise(_words_of(fields)).split()), name
        assert len({p.locator for p in document.provisions}) == len(document.provisions), name
        assert document.metadata.identifier, name
        levels.update(p.level for p in document.provisions)
    assert read > 100
    assert all(levels[level] for level in Level)
