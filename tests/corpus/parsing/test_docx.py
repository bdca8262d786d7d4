"""DOCX: what Word shows, in order, and what it keeps elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from corpus.errors import UnreadableError
from corpus.parsing import docx as parser
from corpus.parsing.registry import MediaType
from corpus.types import ParsedDocument, Span
from tests.corpus.parsing.conftest import record

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def parsed(build: Callable[[Any], None]) -> ParsedDocument:
    document = docx.Document()
    build(document)
    return parser.parse(record(saved(document), MediaType.DOCX))


def add(document: Any, inside: str) -> None:
    document.element.body.insert(-1, parse_xml(f"<w:p {NS}>{inside}</w:p>"))


def run(words: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def test_tracked_insertions_are_text_and_deletions_are_not() -> None:
    def build(document: Any) -> None:
        deleted, inserted = run("ikke ", "delText"), run("altid ")
        add(document, f"{run('Det er ')}<w:del>{deleted}</w:del><w:ins>{inserted}</w:ins>{run('lovligt.')}")

    assert parsed(build).text == "Det er altid lovligt."


def test_a_row_of_a_table_is_one_block_in_its_place() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Satser fremgår her.")
        table = document.add_table(rows=2, cols=2)
        for cell, words in zip(table._cells, ("Ydelse", "Beløb", "Færge", "120 kr."), strict=True):
            cell.text = words
        document.add_paragraph("Satserne reguleres.")

    assert parsed(build).text.split("\n") == [
        "Satser fremgår her.",
        "Ydelse Beløb",
        "Færge 120 kr.",
        "Satserne reguleres.",
    ]


def test_a_line_break_in_a_paragraph_parts_blocks_and_keeps_the_way_back() -> None:
    document = parsed(lambda d: d.add_paragraph("§ 1. Alle må sejle.\nStk. 2. Ingen må svømme."))
    assert document.text.split("\n") == ["§ 1. Alle må sejle.", "Stk. 2. Ingen må svømme."]
    start = document.text.index("Ingen")
    (there,) = document.offsets.to_raw(Span(start, start + 5))
    assert (there.part, there.start) == ("paragraph:1", start)


def test_footnotes_are_kept_apart_at_their_place() -> None:
    document = docx.Document()
    reference = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    add(document, f"{run('Efter loven')}{reference}{run(' kan der klages.')}")
    notes = (
        f'<w:footnotes {NS}><w:footnote w:id="7"><w:p>{run("Lov nr. 5.")}</w:p></w:footnote></w:footnotes>'
    )
    part = docx.opc.part.Part(
        docx.opc.packuri.PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        notes.encode(),
        document.part.package,
    )
    document.part.relate_to(part, FOOTNOTES)
    found = parser.parse(record(saved(document), MediaType.DOCX))
    assert found.text == "Efter loven kan der klages."
    assert [(n.label, n.text) for n in found.footnotes] == [("1", "Lov nr. 5.")]
    assert found.text[: found.footnotes[0].position] == "Efter loven"


def test_numbers_that_word_makes_are_warned_of() -> None:
    numbered = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
    document = parsed(lambda d: add(d, numbered + run("råd og vejledning")))
    assert document.text == "råd og vejledning"
    assert any(w.startswith("1 afsnit har numre") for w in document.warnings)


def test_a_table_of_contents_is_left_out_with_a_warning() -> None:
    def build(document: Any) -> None:
        document.styles.add_style("toc 1", 1)
        document.add_paragraph("Formål ... 1", style="toc 1")
        document.add_heading("Formål", level=1)
        document.add_paragraph("Alle må sejle.")

    document = parsed(build)
    assert document.text == "Formål\nAlle må sejle."
    assert any("indholdsfortegnelse" in w for w in document.warnings)


def test_a_style_based_on_a_heading_is_a_heading() -> None:
    def build(document: Any) -> None:
        style = document.styles.add_style("Afsnitstitel", 1)
        style.base_style = document.styles["Heading 2"]
        for title, words in (("Begrundelse", "Fordi det følger af loven."), ("Afgørelse", "Klagen afvises.")):
            document.add_paragraph(title, style=style)
            document.add_paragraph(words)

    assert [s.title for s in parsed(build).sections] == ["Begrundelse", "Afgørelse"]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('Boksens ord.')}</w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    alternate = f"<w:r><mc:AlternateContent {mc}>{both}</mc:AlternateContent></w:r>"
    document = parsed(lambda d: add(d, run("Før boksen.") + alternate))
    assert document.text == "Før boksen.\nBoksens ord."


def test_no_entity_of_a_hostile_file_is_expanded() -> None:
    data = saved(docx.Document())
    hostile = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/document.xml":
                head, _, rest = body.partition(b"?>")
                body = (
                    head
                    + b"?>"
                    + hostile
                    + rest.replace(b"<w:body>", b"<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p>")
                )
            new.writestr(name, body)
    with pytest.raises(UnreadableError, match="dokumenttype"):
        parser.parse(record(buffer.getvalue(), MediaType.DOCX))
