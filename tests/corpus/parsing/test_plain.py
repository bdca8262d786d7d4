"""Plain text: encodings, line breaks, and what is refused."""

from __future__ import annotations

import codecs
import datetime as dt

import pytest

from corpus.errors import NoTextError, UnreadableError
from corpus.parsing import plain
from corpus.parsing.blocks import goes_on, wrap_width
from corpus.parsing.registry import MediaType
from corpus.types import DocumentType, ParsedDocument, Span
from tests.corpus.parsing.conftest import record

WORDS = "Kommunalbestyrelsen på Ærø skal høre borgeren, før den træffer afgørelse."


def parsed(data: bytes | str) -> ParsedDocument:
    return plain.parse(record(data.encode() if isinstance(data, str) else data, MediaType.PLAIN))


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        WORDS.encode("cp1252"),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("utf-16-le"),
        codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"),
    ],
    ids=["utf-8", "utf-8-sig", "cp1252", "utf-16-le", "utf-16-be", "utf-16 unmarked", "utf-32"],
)
def test_danish_letters_survive_every_encoding_that_can_be_told(data: bytes) -> None:
    assert parsed(data).text == WORDS


@pytest.mark.parametrize("encoding", ["cp865", "mac-roman"])
def test_old_code_pages_are_refused_rather_than_misread(encoding: str) -> None:
    with pytest.raises(UnreadableError, match="UTF-8"):
        parsed(WORDS.encode(encoding))


def test_a_damaged_byte_in_utf_8_is_named_by_its_place() -> None:
    data = WORDS.encode()
    cut = data.index(b"\xc3\xb8") + 1
    with pytest.raises(UnreadableError, match=f"byte {cut} af {len(data) - 1}"):
        parsed(data[:cut] + data[cut + 1 :])


def test_a_file_read_as_windows_1252_says_so() -> None:
    assert parsed(WORDS.encode("cp1252")).warnings == ("Filen er ikke UTF-8 og er læst som Windows-1252.",)


def test_nul_is_left_out_with_a_warning() -> None:
    document = parsed(WORDS.replace("høre", "hø\0re"))
    assert document.text == WORDS
    assert document.warnings == ("1 NUL-tegn er udeladt af teksten.",)


def test_decomposed_letters_are_composed_and_lead_back_to_both_signs() -> None:
    document = parsed("Ha\u030andbogen på A\u030arhus' ø")
    assert document.text == "Håndbogen på Århus' ø"
    (there,) = document.offsets.to_raw(Span(1, 2))
    assert (there.start, there.end) == (1, 3)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", codecs.BOM_UTF8, b"\0\0\0\0"])
def test_an_empty_file_is_refused_as_empty(data: bytes) -> None:
    with pytest.raises(NoTextError, match="tom"):
        parsed(data)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 tekst", b"\x89PNG\r\n", bytes(range(256)) * 4, b"a\x01b\x02c" * 50]
)
def test_binary_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        parsed(data)


def test_wrapped_lines_join_and_purposeful_breaks_part() -> None:
    text = (
        "Lov om støtte\n\n"
        "§ 1. Kommunalbestyrelsen yder støtte til borgere, der bor på øen hele året, og\n"
        "som ikke selv kan dække udgifterne, jf. dog reglerne om formue i lovens\n"
        "§ 5, stk. 2.\n"
        "Stk. 2. Støtten omfatter\n"
        "1) råd og\n"
        "2) hjælp.\n"
        "Bemærkning\n"
        "Reglerne er nye.\n"
    )
    assert parsed(text).text.split("\n") == [
        "Lov om støtte",
        "§ 1. Kommunalbestyrelsen yder støtte til borgere, der bor på øen hele året, og som ikke selv kan "
        "dække udgifterne, jf. dog reglerne om formue i lovens § 5, stk. 2.",
        "Stk. 2. Støtten omfatter",
        "1) råd og",
        "2) hjælp.",
        "Bemærkning",
        "Reglerne er nye.",
    ]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    text = "\n".join([WORDS * 4, WORDS, "og mere."])
    assert len(parsed(text).text.split("\n")) == 3


@pytest.mark.parametrize(
    ("lengths", "width"), [([80, 79, 78, 40], 80), ([30, 20], 0), ([80, 300], 0), ([], 0), ([150] * 9, 0)]
)
def test_the_width_is_that_of_the_long_lines(lengths: list[int], width: int) -> None:
    assert wrap_width(lengths) == width


def test_nothing_goes_on_where_lines_are_not_wrapped() -> None:
    assert not goes_on("Kommunen", "og borgeren", 0)


RULES = (
    "\n\n§ 1. Kommunen yder tilskud til både.\n\n§ 2. Tilskuddet er 500 kr.\n\n§ 3. Loven gælder fra juli."
)


@pytest.mark.parametrize(
    ("head", "title", "type"),
    [
        ("Lov nr. 77 af 4. maj 2024 om bådpladser", "Lov om bådpladser", DocumentType.ACT),
        ("Lov nr. 77 af 4. maj 2024 om ændring af lov om både", None, DocumentType.AMENDING_ACT),
        ("Bekendtgørelse nr. 77 af 4. maj 2024 om både", "Bekendtgørelse om både", DocumentType.ORDER),
        ("Bekendtgørelse om både\n\nBEK nr 77 af 04/05/2024 Gældende", "Bekendtgørelse om både", None),
        ("Lov om både\n\nLov nr. 77 af 4. maj 2024", "Lov om både", DocumentType.ACT),
    ],
)
def test_a_rule_says_its_number_and_date_in_its_title_or_one_of_its_first_lines(
    head: str, title: str | None, type: DocumentType | None
) -> None:
    metadata = parsed(head + RULES).metadata
    assert (metadata.number, metadata.year, metadata.date) == ("77", 2024, dt.date(2024, 5, 4))
    assert metadata.title == (title or "Lov om ændring af lov om både")
    assert metadata.type is (type or DocumentType.ORDER)


@pytest.mark.parametrize(
    "text",
    [
        "Afgørelse om både\n\nLov nr. 77 af 4. maj 2024\n\nSagsfremstilling\n\nA.\n\nAfgørelse\n\nAfslag.",
        "Lov om både\n\nHerved bekendtgøres lov om både, jf. lov nr. 77 af 4. maj 2024 om skibe." + RULES,
        "Lov om både" + RULES + "\n\nA.\n\nB.\n\nLov nr. 77 af 4. maj 2024",
    ],
    ids=["a decision that prints the act it applies", "an act that names another", "a line at the end"],
)
def test_the_number_of_another_act_is_not_its_own(text: str) -> None:
    metadata = parsed(text).metadata
    assert (metadata.number, metadata.date) == ("", None)
