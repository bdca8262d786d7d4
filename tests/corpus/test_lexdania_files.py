"""LexDania files: the way back to the raw file, what is refused, and the official files themselves.

The golden texts are fiction.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from corpus.errors import NoTextError, TooLargeError, UnreadableError, UnsupportedError
from corpus.parsing.lexdania import parse
from corpus.parsing.lexdania_xml import Chunk, Node, decode, read_tree
from corpus.parsing.limits import Limits
from corpus.types import Level, Locator, ParsedDocument, Provision, RawRecord, Span

_BLANKS = {code: " " for code in range(0x3001) if chr(code).isspace()}


def record(xml: str | bytes) -> RawRecord:
    return RawRecord("fiktion.xml", xml if isinstance(xml, bytes) else xml.encode(), "application/xml", "")


def document(words: str, before: str = "", after: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Dokument><Meta><DocumentTitle>Fyr</DocumentTitle></Meta>'
        f"<DokumentIndhold>{before}<Paragraf><Explicatus>§ 1.</Explicatus><Stk><Exitus><Linea><Char>{words}"
        f"</Char></Linea></Exitus></Stk></Paragraf>{after}</DokumentIndhold></Dokument>"
    )


def first_stk(parsed: ParsedDocument) -> Provision:
    return next(parsed.walk(Level.STK))


def words_of(parsed: ParsedDocument) -> str:
    return first_stk(parsed).span.of(parsed.text)


def prove_way_back(parsed: ParsedDocument, raw: str) -> None:
    """Every exact anchor shows the same characters on both sides; blanks of all kinds are one blank."""
    for anchor in parsed.offsets.anchors:
        if anchor.exact:
            there = raw[anchor.raw_start : anchor.raw_end].translate(_BLANKS)
            assert there == parsed.text[anchor.start : anchor.end]
    starts = [a.start for a in parsed.offsets.anchors]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "utf-16", "utf-16-le", "windows-1252"]
)
def test_places_lead_back_to_the_raw_file_in_every_encoding(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding.removesuffix("-le")
    xml = document("Ærø fyr passes på åen.")
    xml = xml.replace('encoding="utf-8"', f'encoding="{declared}"')
    data = xml.encode(encoding)
    parsed = parse(record(data))
    raw = decode(data)
    assert raw == xml
    prove_way_back(parsed, raw)
    (place,) = parsed.offsets.to_raw(first_stk(parsed).span)
    assert raw[place.start : place.end] == "Ærø fyr passes på åen."


def test_an_entity_leads_back_to_all_of_its_characters() -> None:
    xml = document("Tran &amp; olie &#x3C; 5 &#230;sker.")
    parsed = parse(record(xml))
    assert words_of(parsed) == "Tran & olie < 5 æsker."
    prove_way_back(parsed, xml)
    at = parsed.text.index("<")
    (place,) = parsed.offsets.to_raw(Span(at, at + 1))
    assert xml[place.start : place.end] == "&#x3C;"


def test_an_accent_written_apart_is_composed_and_leads_back() -> None:
    xml = document("A\u030aen og a&#778;len.")
    parsed = parse(record(xml))
    assert words_of(parsed) == "Åen og ålen."
    at = parsed.text.index("å")
    (place,) = parsed.offsets.to_raw(Span(at, at + 1))
    assert xml[place.start : place.end] == "a&#778;"


def test_verbatim_sections_of_xml_are_text() -> None:
    xml = document("<![CDATA[Tran & olie]]> lyser.")
    parsed = parse(record(xml))
    assert words_of(parsed) == "Tran & olie lyser."
    prove_way_back(parsed, xml)


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ("<!DOCTYPE Dokument SYSTEM 'x.dtd'>", "DOCTYPE"),
        ("<!DOCTYPE d [<!ENTITY a 'b'>]>", "DOCTYPE"),
    ],
)
def test_a_document_type_declaration_is_refused(head: str, named: str) -> None:
    xml = document("").replace("?>\n", f"?>\n{head}", 1)
    with pytest.raises(UnreadableError, match=named):
        parse(record(xml))


def test_a_truncated_file_is_refused_with_the_line() -> None:
    xml = document("Lyset.")
    with pytest.raises(UnreadableError, match=r"linje 2.*Hent filen igen"):
        parse(record(xml[: len(xml) // 2]))


@pytest.mark.parametrize("data", [b"", b" \n "])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(NoTextError):
        parse(record(data))


def test_a_document_without_words_is_refused() -> None:
    with pytest.raises(NoTextError):
        parse(record("<Dokument><Meta/><DokumentIndhold><Indledning/></DokumentIndhold></Dokument>"))


@pytest.mark.parametrize("encoding", ["klingon-8", "us-ascii"])
def test_a_declared_encoding_that_does_not_fit_is_refused(encoding: str) -> None:
    xml = document("Æbler").replace('encoding="utf-8"', f'encoding="{encoding}"')
    with pytest.raises(UnreadableError, match=encoding):
        parse(record(xml))


def test_xml_of_another_kind_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="<html>"):
        parse(record("<html><body>Fyret</body></html>"))


def test_nesting_beyond_the_limit_is_refused() -> None:
    with pytest.raises(TooLargeError, match="200"):
        read_tree("<a>" * 201 + "</a>" * 201)


def test_nesting_up_to_the_limit_is_walked() -> None:
    deep = document("Lyset.", "<Bog>" * 150, "</Bog>" * 150)
    assert words_of(parse(record(deep))) == "Lyset."


def test_a_file_over_the_limit_of_bytes_is_refused() -> None:
    with pytest.raises(TooLargeError, match="100 byte"):
        parse(record(document("")), Limits(record_bytes=100))


def _printed(node: Node) -> str:
    """All text of the document in print order, without metadata and footnotes."""
    bits: list[str] = []
    for child in node.children:
        if isinstance(child, Chunk):
            bits.append(child.text)
        elif child.tag not in ("Meta", "Nota") and "Superscript" not in child.attributes.get("formaChar", ""):
            bits.append(_printed(child))
    return "".join(bits)


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", text) if c.isalnum() or c in "§%»«")


@pytest.fixture(scope="module")
def official(shared: Path) -> list[tuple[str, str, ParsedDocument]]:
    """Name, decoded raw file and parsed document of each official file."""
    files = sorted((shared / "corpus").glob("lexdania_*/**/*.xml"))
    if not files:
        pytest.skip("the official LexDania files are not beside this checkout")
    data = [(path.stem, path.read_bytes()) for path in files]
    return [(name, decode(raw), parse(record(raw))) for name, raw in data]


@pytest.mark.shared
def test_official_files_keep_every_word_and_lead_back(
    official: list[tuple[str, str, ParsedDocument]],
) -> None:
    for name, raw, parsed in official:
        prove_way_back(parsed, raw)
        assert unicodedata.is_normalized("NFC", parsed.text)
        assert _letters(parsed.text) == _letters(_printed(read_tree(raw).root)), name
        assert all(0 <= note.position <= len(parsed.text) and note.label for note in parsed.footnotes)


@pytest.mark.shared
def test_official_files_have_provisions_inside_each_other_each_with_an_address_of_its_own(
    official: list[tuple[str, str, ParsedDocument]],
) -> None:
    for name, _, parsed in official:
        assert parsed.metadata.identifier
        assert parsed.provisions or parsed.sections
        spans = {p.locator: p.span for p in parsed.provisions}
        assert len(spans) == len({locator.slug for locator in spans}) == len(parsed.provisions), name
        for provision in parsed.provisions:
            words = provision.span.of(parsed.text)
            assert words, (name, provision.locator)
            assert words == words.strip()
            assert provision.body in provision.span
            locator = provision.locator
            if locator.stk is not None:
                whole = Locator(locator.paragraph, part=locator.part, block=locator.block)
                assert provision.span in spans[whole]
