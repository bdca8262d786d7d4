"""DOCX: the paragraphs of a Word file in reading order, tables row by row, footnotes kept apart.

The text of ``paragraph:N`` is what Word shows, with a line break for a break and a tab for a tab: tracked
insertions are in it, tracked deletions are not. Paragraphs are counted through the body, tables, content
controls and text boxes included. A table of contents is left out, since its headings follow.

Numbers that Word makes itself (automatic numbering of §§, lists and headings) do NOT stand in the file's
text and therefore not in ours: a warning says so.
"""

from __future__ import annotations

import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from docx import Document
from lxml import etree

from corpus.errors import (
    EncryptedError,
    HjemmelError,
    NoTextError,
    TooLargeError,
    UnreadableError,
    UnsupportedError,
)
from corpus.parsing.assemble import assemble
from corpus.parsing.blocks import Block, Chunk
from corpus.parsing.limits import DEFAULT_LIMITS, Limits, show_bytes
from corpus.parsing.text import normalise
from corpus.types import Anchor, Footnote, OffsetMap, ParsedDocument, RawRecord

PARSER = "docx/1"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Word files and of encrypted new ones
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 0x1

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _T, _TBL, _TR, _TC, _VAL = (f"{_W}{name}" for name in ("p", "t", "tbl", "tr", "tc", "val"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted and moved text, properties, and the second copy of a drawing for old readers.
_SKIPPED = {
    _FALLBACK,
    *(f"{_W}{n}" for n in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr")),
}
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NOTES = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}
_FIRST_OUTLINE = 2  # Word's first outline level stands under the title
_TOC = -1


def parse(record: RawRecord, limits: Limits = DEFAULT_LIMITS) -> ParsedDocument:
    """The document in a DOCX file.

    Raises:
        EncryptedError: it needs a password.
        NoTextError: it holds no text.
        TooLargeError: it unpacks to more than the limits allow.
        UnsupportedError: it is a Word file of before 2007.
        UnreadableError: it is no DOCX, or a broken one.
    """
    _check_package(record.data, limits)
    try:
        package = Document(BytesIO(record.data))
        reader = _Reader(_heading_levels(package.styles.element))
        blocks = list(reader.blocks(package.element.body))
        doctype = package.element.getroottree().docinfo.internalDTD
        notes = {kind: _notes(package.part, kind) for kind in set(_NOTES.values())} if reader.notes else {}
        title = normalise(package.core_properties.title or "")
    except HjemmelError:
        raise
    except Exception as error:  # a broken package raises whatever its broken part leads to
        raise UnreadableError(
            f"DOCX-filen er beskadiget ({type(error).__name__}).",
            "Åbn den i Word, og gem den på ny som .docx.",
        ) from None
    if doctype is not None:
        raise UnreadableError(
            "DOCX-filen erklærer en dokumenttype, hvad Word aldrig gør.", "Gem den på ny i Word."
        )
    document = assemble(blocks, address=record.address, parser=PARSER, title=title, warnings=reader.warnings)
    footnotes = _placed(reader.notes, notes, document.offsets)
    return replace(document, footnotes=footnotes)


def _check_package(data: bytes, limits: Limits) -> None:
    """Refuse what is no package, is locked, or would unpack beyond the limits; nothing is unpacked."""
    if not data:
        raise NoTextError("DOCX-filen er tom.", "Kontrollér, at den er hentet helt.")
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise EncryptedError("DOCX-filen er beskyttet med adgangskode.", "Gem en kopi uden adgangskode.")
        raise UnsupportedError("Filen er i Words gamle format (.doc).", "Gem den som .docx.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableError(
            "Filen er ikke en hel DOCX-fil.", "Hent den igen, eller gem den på ny i Word."
        ) from None
    if any(e.flag_bits & _ENCRYPTED_FLAG for e in entries):
        raise EncryptedError("DOCX-filen er pakket med adgangskode.", "Gem en kopi uden adgangskode.")
    if len(entries) > limits.unpack_entries:
        raise TooLargeError(
            f"DOCX-filen rummer {len(entries)} filer, og grænsen er {limits.unpack_entries}.",
            "Del dokumentet, eller hæv grænsen `unpack_entries`.",
        )
    unpacked = sum(e.file_size for e in entries)
    if unpacked > limits.unpacked_bytes:
        limit = show_bytes(limits.unpacked_bytes)
        raise TooLargeError(
            f"DOCX-filen fylder {show_bytes(unpacked)} udpakket, og grænsen er {limit}.",
            "Del dokumentet, eller hæv grænsen `unpacked_bytes`.",
        )
    if unpacked > max(limits.unpack_ratio_from, limits.unpack_ratio * len(data)):
        ratio = unpacked // len(data)
        raise TooLargeError(
            f"DOCX-filen fylder {ratio} gange mere udpakket, og grænsen er {limits.unpack_ratio}.",
            "Gem den på ny i Word, eller hæv grænsen `unpack_ratio`.",
        )


@dataclass(slots=True)
class _Note:
    """A reference to a footnote at ``offset`` of the text of a paragraph."""

    kind: str
    id: str
    part: str
    offset: int


@dataclass(slots=True)
class _Reader:
    """Walks the body and counts the paragraphs."""

    levels: dict[str, int]
    notes: list[_Note] = field(default_factory=list)
    _paragraphs: int = 0
    _numbered: int = 0
    _contents: int = 0

    @property
    def warnings(self) -> list[str]:
        found = []
        if self._numbered:
            found.append(
                f"{self._numbered} afsnit har numre eller punkttegn fra Word, som ikke er i teksten."
            )
        if self._contents:
            found.append(f"En indholdsfortegnelse på {self._contents} linjer er udeladt af teksten.")
        return found

    def blocks(self, parent: Any) -> Iterator[Block]:
        """The blocks of an element of the body, in order."""
        for child in parent:
            if child.tag in _SKIPPED or not isinstance(child.tag, str):
                continue
            if child.tag == _P:
                yield from self._paragraph(child)
            elif child.tag == _TR:
                yield self._row(child)
            else:  # a table, a content control, tracked changes around whole paragraphs
                yield from self.blocks(child)

    def _row(self, row: Any) -> Block:
        """A row of a table is one block: its cells in order, a blank between them."""
        chunks: list[Chunk] = []
        for block in self.blocks(row):
            if chunks:
                last = chunks[-1]
                chunks.append(Chunk(" ", last.end, last.end, last.part))
            chunks.extend(block.chunks)
        return Block(tuple(chunks))

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        self._paragraphs += 1
        part = f"paragraph:{self._paragraphs}"
        text = self._text(paragraph, part)
        properties = paragraph.find(f"{_W}pPr")
        level = self._level(properties)
        if level == _TOC:
            self._contents += 1
            return
        if text.strip() and properties is not None and properties.find(f"{_W}numPr") is not None:
            self._numbered += 1
        if level:
            yield Block((Chunk(text, 0, len(text), part),), level)
        else:
            start = 0
            for line in text.split("\n"):
                yield Block((Chunk(line, start, start + len(line), part),))
                start += len(line) + 1
        for box in _text_boxes(paragraph):
            yield from self.blocks(box)

    def _level(self, properties: Any) -> int:
        if properties is None:
            return 0
        outline = properties.find(f"{_W}outlineLvl")
        if outline is not None:
            return _outline_level(outline)
        style = properties.find(f"{_W}pStyle")
        return self.levels.get(style.get(_VAL), 0) if style is not None else 0

    def _text(self, paragraph: Any, part: str) -> str:
        bits: list[str] = []
        for element in _inside(paragraph):
            if element.tag == _T:
                bits.append(element.text or "")
            elif element.tag in _SIGNS:
                bits.append(_SIGNS[element.tag])
            elif element.tag in _NOTES:
                place = sum(map(len, bits))
                self.notes.append(_Note(_NOTES[element.tag], element.get(f"{_W}id"), part, place))
        return "".join(bits)


def _inside(parent: Any) -> Iterator[Any]:
    """The elements of a paragraph in order, without what is skipped and without paragraphs of its own."""
    for child in parent:
        if child.tag not in _SKIPPED and child.tag != _P:
            yield child
            yield from _inside(child)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(f"{_W}txbxContent"):
        inner = next((a for a in box.iterancestors() if a.tag in (_P, _FALLBACK)), None)
        if inner is paragraph:
            yield box


def _heading_levels(styles: Any) -> dict[str, int]:
    """The heading level of each paragraph style, its own or that of the style it is based on."""
    own: dict[str, int] = {}
    based_on: dict[str, str] = {}
    for style in styles.iter(f"{_W}style"):
        identity = style.get(f"{_W}styleId") or ""
        name = (style.find(f"{_W}name").get(_VAL) if style.find(f"{_W}name") is not None else "").lower()
        parent = style.find(f"{_W}basedOn")
        based_on[identity] = parent.get(_VAL) if parent is not None else ""
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        kind, _, number = name.partition(" ")
        if name == "title":
            own[identity] = 1
        elif kind == "heading" and number.isdigit():
            own[identity] = int(number) - 1 + _FIRST_OUTLINE
        elif kind == "toc":
            own[identity] = _TOC
        elif outline is not None:
            own[identity] = _outline_level(outline)
    return {identity: _inherited(identity, own, based_on) for identity in based_on}


def _inherited(identity: str, own: dict[str, int], based_on: dict[str, str]) -> int:
    seen: set[str] = set()
    while identity and identity not in own and identity not in seen:
        seen.add(identity)
        identity = based_on.get(identity, "")
    return own.get(identity, 0)


def _outline_level(element: Any) -> int:
    value = element.get(_VAL) or ""
    # 9 is Word's «body text».
    return int(value) + _FIRST_OUTLINE if value.isdigit() and int(value) < 9 else 0


def _notes(part: Any, kind: str) -> dict[str, str]:
    """The words of each note by its id."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            root = etree.fromstring(relation.target_part.blob, parser)
            return {note.get(f"{_W}id"): _words(note) for note in root}
    return {}


def _words(note: Any) -> str:
    return normalise(" ".join("".join(t.text or "" for t in p.iter(_T)) for p in note.iter(_P)))


def _placed(
    references: list[_Note], notes: dict[str, dict[str, str]], offsets: OffsetMap
) -> tuple[Footnote, ...]:
    """The footnotes in order, labelled as Word numbers them, at their place in the text."""
    by_part: dict[str, list[Anchor]] = {}
    for anchor in offsets.anchors:
        by_part.setdefault(anchor.part, []).append(anchor)
    found: list[Footnote] = []
    for number, reference in enumerate(references, 1):
        anchors = by_part.get(reference.part, [])
        index = bisect_right(anchors, reference.offset, key=lambda a: a.raw_start) - 1
        if index < 0 and not anchors:
            continue
        anchor = anchors[max(index, 0)]
        position = min(anchor.start + max(reference.offset - anchor.raw_start, 0), anchor.end)
        words = notes.get(reference.kind, {}).get(reference.id, "")
        found.append(Footnote(str(number), words, position))
    return tuple(found)
