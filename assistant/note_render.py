"""The journal note as Markdown and as a Word file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from assistant.note import Block, BlockKind, NoteLanguage

# What Markdown gives a meaning, and the signs that begin a heading, a list or a quote at a line's start.
_MARKS = re.compile(r"([\\`*_\[\]<>|~$])")
_LINE_START = re.compile(r"(?m)^(\s*)(?:([#+=-])|(\d{1,9})([.)]))")
# XML 1.0 has no place for these; a case pasted from another program can hold them.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STYLES = {
    BlockKind.TITLE: "Title",
    BlockKind.HEADING: "Heading 1",
    BlockKind.SUBHEADING: "Heading 2",
    BlockKind.PARAGRAPH: "Normal",
    BlockKind.ITEM: "List Bullet",
    BlockKind.QUOTE: "Quote",
    BlockKind.OPEN: "Normal",
}
_LANGUAGES = {"da": "da-DK", "en": "en-GB"}
_OPEN_LINES = 3  # left empty under a heading that the caseworker fills
_QUOTE_INDENT = Cm(1)
_FONT_SIZE = Pt(11)


def to_markdown(blocks: Iterable[Block]) -> str:
    """The note in Markdown. Shown by a reader of it, every quote is verbatim: signs are escaped."""
    return "\n".join(_markdown(block) for block in blocks).replace("\n\n\n", "\n\n").strip() + "\n"


def to_docx(blocks: Iterable[Block], language: NoteLanguage = "da") -> bytes:
    """The note as a Word file, with Word's own headings so that it can be read by ear and by outline."""
    document = Document()
    document.core_properties.author = "Hjemmel"
    document.core_properties.comments = ""
    normal = document.styles["Normal"]
    normal.font.size = _FONT_SIZE
    fonts = normal.element.get_or_add_rPr()
    fonts.append(fonts.makeelement(qn("w:lang"), {qn("w:val"): _LANGUAGES[language]}))
    for block in blocks:
        if block.kind is BlockKind.TITLE:
            document.core_properties.title = block.text
        if block.kind is BlockKind.OPEN:
            for _ in range(_OPEN_LINES):
                document.add_paragraph("", style="Normal")
            continue
        text = _NOT_XML.sub("", block.text)
        if block.kind is BlockKind.ITEM and block.source:
            text = f"{text} ({_NOT_XML.sub('', block.source)})"
        paragraph = document.add_paragraph(text, style=_STYLES[block.kind])
        if block.kind is BlockKind.QUOTE:
            paragraph.paragraph_format.left_indent = _QUOTE_INDENT
            source = document.add_paragraph(f"– {_NOT_XML.sub('', block.source)}", style="Normal")
            source.paragraph_format.left_indent = _QUOTE_INDENT
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _markdown(block: Block) -> str:
    text, source = _escape(block.text), _escape(block.source)
    match block.kind:
        case BlockKind.TITLE:
            return f"# {_one_line(text)}\n"
        case BlockKind.HEADING:
            return f"\n## {_one_line(text)}\n"
        case BlockKind.SUBHEADING:
            return f"\n### {_one_line(text)}\n"
        case BlockKind.ITEM:
            return f"- {_one_line(text)}" + (f" ({_one_line(source)})" if source else "")
        case BlockKind.QUOTE:
            quoted = "\n>\n".join(f"> {line}" for line in text.split("\n"))
            return f"\n{quoted}\n>\n> – {_one_line(source)}\n"
        case BlockKind.OPEN:
            return "\n"
        case _:
            return f"\n{text}\n"


def _escape(text: str) -> str:
    return _LINE_START.sub(_escape_start, _MARKS.sub(r"\\\1", text))


def _escape_start(match: re.Match[str]) -> str:
    blank, sign, number, stop = match.groups()
    return f"{blank}\\{sign}" if sign else f"{blank}{number}\\{stop}"


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))
