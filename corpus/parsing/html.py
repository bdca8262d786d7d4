"""HTML: the text that a page shows, in blocks, each character with its place in the raw file.

Headings are ``h1`` to ``h6`` and the paragraph classes of retsinformation.dk. A row of a table is one
block, unless its cells hold several blocks themselves: then the table is layout, and each block stands
alone. The numbers of an ordered list are shown by the browser and stand nowhere in the file; they
are put in without an origin. Scripts, styles and navigation are left out, navigation with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.parsing.assemble import assemble
from corpus.parsing.blocks import Block, Chunk
from corpus.parsing.decode import decode
from corpus.parsing.html_tokens import Token, TokenKind, attributes, characters, tokens
from corpus.types import ParsedDocument, RawRecord

PARSER = "html/1"

_NEVER_SHOWN = frozenset(
    {"script", "style", "template", "iframe", "noembed", "noframes", "svg", "textarea", "select"}
)
_NAVIGATION = frozenset({"nav", "button", "menu"})
_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|br|caption|center|dd|details|dir|div|dl|dt|fieldset|figcaption"
    r"|figure|footer|form|h[1-6]|head|header|hgroup|hr|html|legend|li|main|ol|p|pre|search|section|summary"
    r"|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
# The classes of paragraphs in the pages of retsinformation.dk, whose headings are no h1 to h6.
_HEADING_CLASSES = {
    "titel": 1,
    "titel2": 1,
    "afsnit": 2,
    "afsnitoverskrift": 2,
    "kapitel": 2,
    "kapiteloverskrift": 2,
    "kapiteloverskrift2": 2,
    "paragrafgruppeoverskrift": 3,
}
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_-]{1,40})", re.I
)
_CHARSET_WITHIN = 4096  # bytes; the standard asks for the first 1024


def parse(record: RawRecord) -> ParsedDocument:
    """The document in an HTML file.

    Raises:
        NoTextError: the page shows no text.
        UnreadableError: the bytes are no text in an encoding that can be told.
    """
    declared = _CHARSET.search(record.data[:_CHARSET_WITHIN])
    decoded = decode(record.data, declared[1].decode("ascii") if declared else "")
    page = _Page(decoded.text, _NAVIGATION)
    page.read()
    if page.skipping in _NAVIGATION:  # never closed: rather its text twice than the page lost
        page = _Page(decoded.text, frozenset())
        page.read()
    warnings = list(decoded.warnings)
    if page.navigation:
        warnings.append(f"Navigation på {page.navigation} tegn er udeladt af teksten.")
    if page.skipping:
        warnings.append(f"Elementet <{page.skipping}> er ikke afsluttet; hvad der følger, er udeladt.")
    return assemble(page.blocks, address=record.address, parser=PARSER, title=page.title, warnings=warnings)


@dataclass(slots=True)
class _Table:
    """An open table: the blocks of the open row, one list a cell."""

    cells: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    """Lays the tokens of one page out in blocks."""

    raw: str
    hidden: frozenset[str]
    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    navigation: int = 0  # characters left out
    skipping: str = ""  # the open element that is left out
    _depth: int = 0  # how often it stands in itself
    _chunks: list[Chunk] = field(default_factory=list)
    _heading: int = 0
    _tables: list[_Table] = field(default_factory=list)
    _lists: list[int | None] = field(default_factory=list)  # the next number; None for bullets
    _in_title: bool = False

    def read(self) -> None:
        for token in tokens(self.raw):
            if self.skipping:
                self._skip(token)
            elif token.kind is TokenKind.TEXT:
                self._chunks.extend(characters(self.raw, token.start, token.end))
            elif token.kind is TokenKind.START:
                self._start(token)
            else:
                self._end(token.name)
        self._end_block()
        while self._tables:
            self._end_row()
            self._tables.pop()

    def _skip(self, token: Token) -> None:
        if token.kind is TokenKind.TEXT:
            self.navigation += (token.end - token.start) * (self.skipping in self.hidden)
        elif token.name == self.skipping:
            self._depth += 1 if token.kind is TokenKind.START else -1
            if not self._depth:
                self.skipping = ""

    def _start(self, token: Token) -> None:
        name = token.name
        if name in _NEVER_SHOWN or name in self.hidden:
            if not self.raw.endswith("/>", token.start, token.end):
                self.skipping, self._depth = name, 1
            return
        if not _BLOCK.fullmatch(name):
            return
        if name == "br" and self._heading:
            self._chunks.append(Chunk(" ", token.start, token.start))
            return
        self._end_block()
        if name in _HEADINGS:
            self._heading = _HEADINGS[name]
        elif name == "p":
            classes = attributes(self.raw[token.start : token.end]).get("class", "").lower().split()
            self._heading = next((_HEADING_CLASSES[c] for c in classes if c in _HEADING_CLASSES), 0)
        elif name == "title":
            self._in_title = True
        elif name == "table":
            self._tables.append(_Table())
        elif name == "tr":
            self._end_row()
        elif name in ("td", "th") and self._tables:
            self._tables[-1].cells.append([])
        elif name in ("ol", "ul"):
            self._lists.append(_first_number(self.raw[token.start : token.end]) if name == "ol" else None)
        elif name == "li" and self._lists and (number := self._lists[-1]) is not None:
            self._chunks += [Chunk(f"{number}.", token.end, token.end), Chunk(" ", token.end, token.end)]
            self._lists[-1] = number + 1

    def _end(self, name: str) -> None:
        if not _BLOCK.fullmatch(name):
            return
        self._end_block()
        if name == "tr":
            self._end_row()
        elif name == "table" and self._tables:
            self._end_row()
            self._tables.pop()
        elif name in ("ol", "ul") and self._lists:
            self._lists.pop()

    def _end_block(self) -> None:
        block = Block(tuple(self._chunks), self._heading)
        printed = any(c.end > c.start and not c.text.isspace() for c in self._chunks)
        if self._in_title:
            self.title, self._in_title = self.title or block.words, False
        elif printed:
            self._emit(block)
        # The number of an item whose words stand in a paragraph of their own waits for them.
        self._chunks = [] if printed else [c for c in self._chunks if c.start == c.end]
        self._heading = 0

    def _emit(self, block: Block) -> None:
        cells = self._tables[-1].cells if self._tables else []
        if cells:
            cells[-1].append(block)
        else:
            self.blocks.append(block)

    def _end_row(self) -> None:
        """One block of a row of single cells, and the blocks of cells that hold several as they are."""
        if not self._tables or not self._tables[-1].cells:
            return
        cells, self._tables[-1].cells = self._tables[-1].cells, []
        outer = self._tables[-2].cells if len(self._tables) > 1 else []
        target = outer[-1] if outer else self.blocks
        if any(len(cell) > 1 or any(b.heading for b in cell) for cell in cells):
            target.extend(block for cell in cells for block in cell)
        elif any(cells):
            target.append(Block(tuple(_in_a_row(cells))))


def _in_a_row(cells: list[list[Block]]) -> Iterator[Chunk]:
    place = -1
    for block in (block for cell in cells for block in cell):
        if place >= 0:
            yield Chunk(" ", place, place)
        yield from block.chunks
        place = block.chunks[-1].end


def _first_number(tag: str) -> int | None:
    """Where an ordered list begins to count; None for letters and Roman numbers, which are not put in."""
    found = attributes(tag)
    if found.get("type", "1") != "1":
        return None
    start = found.get("start", "1")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1
