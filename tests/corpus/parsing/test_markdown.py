"""Markdown: marks are no text, every other character keeps its place."""

from __future__ import annotations

import pytest

from corpus.parsing import markdown
from corpus.parsing.registry import MediaType
from corpus.types import ParsedDocument, Span
from tests.corpus.parsing.conftest import grows_no_faster_than_its_input, record


def parsed(text: str) -> ParsedDocument:
    return markdown.parse(record(text.encode(), MediaType.MARKDOWN))


def lines(text: str) -> list[str]:
    return parsed(text).text.split("\n")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Et **fedt** og et *skråt* ord", "Et fedt og et skråt ord"),
        ("Et __fedt__ og et _skråt_ ord", "Et fedt og et skråt ord"),
        ("**Fedt og\nover linjen**", "Fedt og over linjen"),
        ("***Begge*** dele og `kode`", "Begge dele og kode"),
        ("Se [lovens § 5](https://lov.example/5) nu", "Se lovens § 5 nu"),
        ("Se [**fed** tekst](a.md) nu", "Se fed tekst nu"),
        ("Se <https://lov.example/a_b> nu", "Se https://lov.example/a_b nu"),
        ("![Et billede](b.png) her", "Et billede her"),
        (r"Ikke \*skråt\* her", "Ikke *skråt* her"),
        ("Ord<!-- en\nbemærkning --> videre", "Ord videre"),
        ("> Citeret\n> videre", "Citeret videre"),
    ],
)
def test_marks_are_no_text(written: str, read: str) -> None:
    assert parsed(written).text == read


@pytest.mark.parametrize(
    "words",
    [
        "2 * 3 * 4 og 5*6*7",
        "filen_med_navn og snake_case_ord",
        "en fodnote*) her",
        "[navn](udeladt) fik afslag",
        "5 < 6 og a > b",
        "<!-- aldrig afsluttet",
    ],
)
def test_signs_that_mark_nothing_stay(words: str) -> None:
    assert parsed(words).text == words


def test_soft_line_breaks_join_and_units_of_a_statute_part() -> None:
    text = (
        "§ 1. Støtte gives\nefter ansøgning, jf.\n§ 5, stk. 2.\n**Stk. 2.** Støtten\nomfatter\n"
        "1) råd\n2) hjælp\na) i hjem"
    )
    assert lines(text) == [
        "§ 1. Støtte gives efter ansøgning, jf. § 5, stk. 2.",
        "Stk. 2. Støtten omfatter",
        "1) råd",
        "2) hjælp",
        "a) i hjem",
    ]


def test_bullets_go_and_printed_numbers_stay() -> None:
    assert lines("- første\n- anden\n\n1. ét\n2. to\n* tredje") == [
        "første",
        "anden",
        "1. ét",
        "2. to",
        "tredje",
    ]


def test_a_hard_line_break_parts_blocks() -> None:
    assert lines("Linje et  \nlinje to\\\nlinje tre") == ["Linje et", "linje to", "linje tre"]


def test_the_cells_of_a_table_row_stand_in_one_block() -> None:
    assert lines("| Ydelse | Beløb |\n|---|---:|\n| Færge | 120 kr. |") == ["Ydelse Beløb", "Færge 120 kr."]


def test_rules_and_fences_are_no_text() -> None:
    assert lines("Før\n\n---\n\n```\nsom *det* står\n```\nefter\n\n* * *") == [
        "Før",
        "som *det* står",
        "efter",
    ]


def test_headings_give_title_and_sections_at_any_level() -> None:
    document = parsed(
        "# Sag om færge #\n\n## Begrundelse\n\nFordi.\n\n### Kommunens frist\n\nSen.\n\n## Afgørelse\n\nNej."
    )
    assert document.metadata.title == "Sag om færge"
    assert [(s.role.value, s.title) for s in document.sections] == [
        ("reasoning", "Begrundelse"),
        ("reasoning", "Kommunens frist"),
        ("outcome", "Afgørelse"),
    ]


def test_an_underlined_title_is_a_title() -> None:
    assert parsed("Lov om færger\n=====\n\n§ 1. Alle må sejle.").metadata.title == "Lov om færger"


def test_a_heading_inside_a_paragraph_of_a_statute_takes_nothing_away() -> None:
    document = parsed(
        "# Lov om færger\n\n§ 1. Alle må sejle.\n\n### Bemærk\n\nStk. 2. Ingen må svømme.\n\n§ 2. Slut."
    )
    slugs = {p.locator.slug for p in document.provisions}
    assert {"par-1", "par-1.stk-2", "par-2"} <= slugs


def test_a_file_without_a_title_is_named_by_its_file_name() -> None:
    raw = record("§ 1. Alle.".encode(), MediaType.MARKDOWN, "arkiv/lov_om_ting.md#3")
    assert markdown.parse(raw).metadata.title == "lov om ting"


def test_words_after_marks_and_front_matter_lead_back() -> None:
    text = "---\ntype: lov\n---\n# Lov om **ting**\r\n\r\n§ 1. Den *gode* ting."
    document = parsed(text)
    start = document.text.index("gode ting")
    there = document.offsets.to_raw(Span(start, start + len("gode ting")))
    assert [text[r.start : r.end] for r in there] == ["gode", " ting"]


@pytest.mark.parametrize(
    "piece", ["*a ", "**", "_", "[a", "[a](b.c", "<!--", "> ", "| ", "- ", " ", "`", "\\", "<http://", "(§ 1"]
)
def test_hostile_text_takes_no_more_than_linear_time(piece: str) -> None:
    assert grows_no_faster_than_its_input(markdown.parse, "Ord ", piece)
