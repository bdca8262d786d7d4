"""PDF: pages, hyphens, running heads, locks, and silence about the library's own messages."""

from __future__ import annotations

import io
import logging
import re

import pypdf
import pytest

from corpus.errors import EncryptedError
from corpus.parsing import pdf
from corpus.parsing.registry import MediaType
from corpus.types import ParsedDocument, Span
from tests.corpus.parsing.conftest import pdf_of, record

WORDS = "Kommunen skal vurdere borgerens forhold, før den træffer en afgørelse om ydelsen."


def parsed(pages: list[list[str]], **layout: object) -> ParsedDocument:
    return pdf.parse(record(pdf_of(pages, **layout), MediaType.PDF))  # type: ignore[arg-type]


def locked(data: bytes, user: str, algorithm: str = "RC4-128") -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user_password=user, owner_password="ejer", algorithm=algorithm)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_each_page_knows_its_words_and_each_word_its_page() -> None:
    document = parsed([["§ 1. Første side."], ["§ 2. Anden side."]])
    assert [p.span.of(document.text) for p in document.pages] == ["§ 1. Første side.", "§ 2. Anden side."]
    start = document.text.index("Anden")
    (there,) = document.offsets.to_raw(Span(start, start + 5))
    assert there.part == "page:2"


def test_a_word_hyphenated_at_a_line_end_is_whole_again() -> None:
    document = parsed([["Sagen blev sendt til kommunal-", "bestyrelsen i går."]])
    assert document.text == "Sagen blev sendt til kommunalbestyrelsen i går."
    start = document.text.index("kommunalbestyrelsen")
    there = document.offsets.to_raw(Span(start, start + len("kommunalbestyrelsen")))
    assert [raw.end - raw.start for raw in there] == [len("kommunal"), len("bestyrelsen")]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("Lov om syge-", "og barselsdagpenge", "syge- og barselsdagpenge"),
        ("Sagen om ind-", "eller udflytning", "ind- eller udflytning"),
        ("Dommen fra EU-", "retten er endelig", "EU-retten"),
        ("Reglen om tids-", "til- og frakobling", "tids- til- og frakobling"),
    ],
)
def test_a_hyphen_that_belongs_to_the_words_stays(above: str, below: str, joined: str) -> None:
    assert joined in parsed([[above, below]]).text


def test_running_heads_and_page_numbers_are_left_out_and_named() -> None:
    pages = [[f"§ {n}. {WORDS}"] for n in range(1, 5)]
    document = parsed(pages, head="Lovtidende A 2031", foot=True)
    assert "Lovtidende" not in document.text
    assert "Side" not in document.text
    assert any("Lovtidende A 2031" in w for w in document.warnings)


def test_a_number_at_the_edge_of_a_page_that_does_not_count_up_is_text() -> None:
    pages = [["§ 1. Reglerne finder anvendelse på ydelser, der udbetales efter stk. 1, nr."], ["6."], [WORDS]]
    assert "nr. 6." in parsed(pages, width=150).text.replace("\n", " ")


def test_a_line_repeated_on_two_pages_only_stays() -> None:
    document = parsed([["Fælles linje", f"§ {n}. {WORDS}"] for n in (1, 2)])
    assert document.text.count("Fælles linje") == 2


def test_a_repealed_paragraph_at_the_top_of_every_page_is_no_running_head() -> None:
    document = parsed([["§ 9. (Ophævet)", WORDS] for _ in range(4)])
    assert document.text.count("§ 9. (Ophævet)") == 4


def test_a_sentence_that_runs_over_a_page_break_stays_in_one_block() -> None:
    first = ["§ 1. Kommunen skal vurdere borgerens forhold, før den træffer en"]
    document = parsed([first, ["afgørelse om ydelsen."]], width=180)
    assert "træffer en afgørelse" in document.text


def test_a_page_without_text_is_named() -> None:
    document = parsed([[WORDS], []])
    assert any("1 af 2 sider er uden tekst (side 2)" in w for w in document.warnings)
    assert [p.number for p in document.pages] == [1, 2]


def test_a_file_locked_against_printing_only_is_read() -> None:
    data = locked(pdf_of([[WORDS]]), user="")
    assert pdf.parse(record(data, MediaType.PDF)).text == WORDS


def test_a_file_that_needs_a_password_is_refused() -> None:
    with pytest.raises(EncryptedError, match="adgangskode"):
        pdf.parse(record(locked(pdf_of([[WORDS]]), user="hemmelig"), MediaType.PDF))


def test_a_title_of_the_properties_serves_where_the_text_has_none() -> None:
    assert parsed([["§ 1. Alle må sejle."]]).metadata.title == "Egenskabernes titel"


def test_messages_of_the_library_reach_neither_screen_nor_log(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    data = pdf_of([[WORDS]])
    broken = re.sub(rb"startxref\n\d+", b"startxref\n7", data)
    assert broken != data
    document = pdf.parse(record(broken, MediaType.PDF))
    assert document.text == WORDS
    assert any("standarden" in w for w in document.warnings)
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
    assert logging.getLogger("pypdf").propagate
    assert logging.getLogger("pypdf").handlers == []
