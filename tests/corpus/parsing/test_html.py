"""HTML: the text that a page shows, with its place."""

from __future__ import annotations

import pytest

from corpus.parsing import html
from corpus.parsing.registry import MediaType
from corpus.types import ParsedDocument, Span
from tests.corpus.parsing.conftest import grows_no_faster_than_its_input, record


def parsed(page: str) -> ParsedDocument:
    return html.parse(record(page.encode(), MediaType.HTML))


def lines(page: str) -> list[str]:
    return parsed(page).text.split("\n")


def test_an_entity_leads_back_to_the_whole_entity() -> None:
    page = "<p>K&oslash;benhavn&#58; &#xA7;&nbsp;1</p>"
    document = parsed(page)
    assert document.text == "København: § 1"
    (there,) = document.offsets.to_raw(Span(0, len(document.text)))
    assert page[there.start : there.end] == "K&oslash;benhavn&#58; &#xA7;&nbsp;1"
    (letter,) = document.offsets.to_raw(Span(1, 2))
    assert page[letter.start : letter.end] == "&oslash;"


def test_an_accent_written_as_an_entity_joins_its_letter() -> None:
    assert parsed("<p>A&#778;rhus og b<b>a&#778;d</b></p>").text == "Århus og båd"


def test_what_only_looks_like_markup_is_text() -> None:
    assert lines("<p>Er 5 < 6 & 7 > 3? R&D-loven &# &ukendt;</p>") == [
        "Er 5 < 6 & 7 > 3? R&D-loven &# &ukendt;"
    ]


def test_a_sign_in_a_quoted_attribute_ends_no_tag() -> None:
    assert lines('<p title="a > b">Ord</p><p title=it\'s>Mere</p>') == ["Ord", "Mere"]


def test_scripts_remarks_and_navigation_are_no_text() -> None:
    page = "<nav>Forside</nav><script>'</p>'</script><!-- <p>Nej</p> --><p>Ja</p><style>p {}</style>"
    document = parsed(page)
    assert document.text == "Ja"
    assert document.warnings == ("Navigation på 7 tegn er udeladt af teksten.",)


def test_navigation_that_is_never_closed_costs_no_text() -> None:
    assert lines("<nav>Forside<p>Lovens tekst.</p>") == ["Forside", "Lovens tekst."]


def test_a_script_that_is_never_closed_is_named() -> None:
    assert any("<script>" in w for w in parsed("<p>Ord</p><script>x = 1").warnings)


def test_a_row_is_one_block_and_a_layout_table_is_none() -> None:
    assert lines("<table><tr><th>Ydelse<th>Beløb<tr><td>Færge<td> 120 kr. </table>") == [
        "Ydelse Beløb",
        "Færge 120 kr.",
    ]
    assert lines("<table><tr><td>Menu<td><h1>Lov</h1><p>§ 1. Ord.<p>§ 2. Ord.</table>") == [
        "Menu",
        "Lov",
        "§ 1. Ord.",
        "§ 2. Ord.",
    ]


def test_a_table_in_a_cell_keeps_the_order() -> None:
    page = "<table><tr><td>Før<table><tr><td>A<td>B</table>Efter</table>Sidst"
    assert lines(page) == ["Før", "A B", "Efter", "Sidst"]


def test_the_numbers_of_an_ordered_list_are_shown_without_an_origin() -> None:
    document = parsed("<ol start=3><li>råd<li><p>hjælp</p></ol><ul><li>punkt</ul>")
    assert document.text.split("\n") == ["3. råd", "4. hjælp", "punkt"]
    assert document.offsets.to_raw(Span(0, 2)) == ()


def test_the_paragraph_classes_of_the_official_pages_are_headings() -> None:
    document = parsed(
        '<p class="Titel2">Lov om færger</p><p class="Kapitel">Kapitel 1</p>'
        '<p class="KapitelOverskrift2">Sejlads</p><p class="ParagrafGruppeOverskrift">Hvem</p>'
        '<p class="Paragraf"><span class="ParagrafNr">§ 1.</span> Alle må sejle.</p>'
    )
    assert document.metadata.title == "Lov om færger"
    assert {(p.chapter, p.heading) for p in document.provisions} == {("Kapitel 1 Sejlads", "Hvem")}


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("iso-8859-15", "iso8859-15")],
)
def test_the_encoding_that_a_page_names_is_used(declared: str, encoding: str) -> None:
    page = f'<meta charset="{declared}"><p>Støtte på 5 € til børn</p>'
    assert html.parse(record(page.encode(encoding), MediaType.HTML)).text == "Støtte på 5 € til børn"


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<!--",
        "<!-->",
        '<a b=">" ',
        "<a '",
        "<![CDATA[",
        "&#",
        "<table><tr><td>",
        "<script>",
        "</",
        "<!",
    ],
)
def test_hostile_pages_take_no_more_than_linear_time(piece: str) -> None:
    assert grows_no_faster_than_its_input(html.parse, "<p>Ord</p>", piece)
