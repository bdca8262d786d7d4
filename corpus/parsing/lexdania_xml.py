"""LexDania XML to a light tree in which every piece of text knows its place in the raw file.

Read with expat, because it alone tells the place of each piece. Documents of the official register have
no document type declaration, so one that has is refused: nothing can be expanded or fetched.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from corpus.errors import NoTextError, TooLargeError, UnreadableError
from corpus.parsing.limits import show_bytes
from corpus.types import Anchor, OffsetMap

MAX_DEPTH = 200  # acts reach 20; each level costs a few stack frames when the tree is walked
_LONGEST_JOINED = 4_096  # bounds the copying when a hostile file spells a text accent by accent
_KEEPS_BLANKS = frozenset({"Char", "Explicatus"})  # between other elements blanks are only layout

# The longer mark first: the UTF-32 mark begins with the UTF-16 mark.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._:-]{1,40})["']""")
_DECLARATION_BYTES = 256


@dataclass(slots=True)
class Chunk:
    """Text that stands at ``start`` (in characters) of the decoded raw file."""

    text: str
    start: int


@dataclass(slots=True)
class Node:
    """An element."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | Chunk] = field(default_factory=list)

    def nodes(self, *tags: str) -> Iterator[Node]:
        """Its child elements, of these tags where any are given."""
        return (c for c in self.children if isinstance(c, Node) and (not tags or c.tag in tags))

    def first(self, tag: str) -> Node | None:
        """Its first child element of this tag."""
        return next(self.nodes(tag), None)

    def chunks(self) -> Iterator[Chunk]:
        """All text in it, in order."""
        for child in self.children:
            if isinstance(child, Chunk):
                yield child
            else:
                yield from child.chunks()

    @property
    def words(self) -> str:
        """All text in it without blanks at its ends, lines joined by a blank."""
        bits = []
        for child in self.children:
            bits.append(child.text if isinstance(child, Chunk) else child.words_inside())
        return " ".join("".join(bits).split())

    def words_inside(self) -> str:
        """Its text, set off by blanks unless it runs within a line."""
        text = "".join(c.text if isinstance(c, Chunk) else c.words_inside() for c in self.children)
        return text if self.tag == "Char" else f" {text} "

    def child_words(self, tag: str) -> str:
        """The words of its first child of this tag; empty where there is none."""
        node = self.first(tag)
        return node.words if node else ""


@dataclass(frozen=True, slots=True)
class Tree:
    """A document's root, and where the characters end that the raw file writes as entities."""

    root: Node
    entities: dict[int, int]  # place of the "&" in the decoded raw file: place after the ";"

    def place_entities(self, offsets: OffsetMap) -> OffsetMap:
        """``offsets`` with each character that stands for an entity led back to the whole entity."""
        if not self.entities:
            return offsets
        return OffsetMap(tuple(piece for anchor in offsets.anchors for piece in self._place(anchor)))

    def _place(self, anchor: Anchor) -> Iterator[Anchor]:
        # What follows an entity in the raw file never adjoins its "&", so it is always an anchor's last.
        end = self.entities.get(anchor.raw_end - 1)
        if end is None:
            yield anchor
            return
        if anchor.exact and len(range(anchor.start, anchor.end)) > 1:
            cut, raw_cut = anchor.end - 1, anchor.raw_end - 1
            yield replace(anchor, end=cut, raw_end=raw_cut)
            anchor = replace(anchor, start=cut, raw_start=raw_cut)
        yield replace(anchor, raw_end=end, exact=False)


def decode(data: bytes) -> str:
    """The characters of a raw XML file without its byte-order mark: what its offsets count.

    Raises:
        NoTextError: the file is empty.
        UnreadableError: the bytes do not fit the encoding that the file declares.
    """
    if not data.strip():
        raise NoTextError("XML-filen er tom.", "Kontrollér, at den er hentet helt.")
    encoding, skipped = _encoding(data)
    try:
        return data[skipped:].decode(encoding)
    except LookupError:
        raise UnreadableError(
            f"XML-filen oplyser tegnsættet «{encoding}», som ikke kendes.", "Gem den i UTF-8."
        ) from None
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"XML-filen er ikke {encoding}, som den oplyser: byte {error.start + skipped + 1} af {len(data)} "
            "kan ikke læses.",
            "Hent filen igen, eller gem den i UTF-8.",
        ) from None


def _encoding(data: bytes) -> tuple[str, int]:
    """The encoding, and the bytes of the mark before the text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    for start, encoding in _UNMARKED:
        if data.startswith(start):
            return encoding, 0
    match = _DECLARED.match(data[:_DECLARATION_BYTES].lstrip())
    declared = match[1].decode("ascii") if match else "utf-8"
    # A declaration that can be read byte by byte is not written in two-byte characters, whatever it says.
    return ("utf-8" if declared.lower().startswith(("utf-16", "utf-32", "ucs-")) else declared), 0


def read_tree(text: str) -> Tree:
    """The tree of a decoded XML document.

    Raises:
        UnreadableError: it is not well-formed (the line is named), or declares a document type.
        TooLargeError: elements lie deeper in each other than 200 levels.
    """
    return _Reader(text).read()


class _Reader:
    """Takes expat's events and builds the tree."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Decoded before it is parsed, so that one way of counting serves every encoding.
        self._data = text.encode("utf-8", "replace")
        self._ascii = text.isascii()
        self._byte = self._character = 0  # the same place, counted both ways
        self._top = Node("")
        self._path = [self._top]
        self._verbatim = False
        self._entities: dict[int, int] = {}
        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartCdataSectionHandler = self._start_verbatim
        parser.EndCdataSectionHandler = self._end_verbatim
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EntityDeclHandler = self._refuse_entity
        self._parser = parser

    def read(self) -> Tree:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            raise UnreadableError(
                f"XML-filen er ikke hel: linje {error.lineno}, tegn {error.offset + 1} "
                f"({expat.ErrorString(error.code)}).",
                "Hent filen igen.",
            ) from None
        root = next(self._top.nodes(), None)
        assert root is not None  # expat refuses a document without an element
        return Tree(root, self._entities)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._path) > MAX_DEPTH:
            raise TooLargeError(
                f"XML-filen har mere end {MAX_DEPTH} niveauer (linje {self._parser.CurrentLineNumber}).",
                "Kontrollér, at det er et dokument fra Retsinformation.",
            )
        node = Node(name, attributes)
        self._path[-1].children.append(node)
        self._path.append(node)

    def _end(self, _name: str) -> None:
        self._path.pop()

    def _characters(self, data: str) -> None:
        node = self._path[-1]
        if data.isspace() and node.tag not in _KEEPS_BLANKS:
            return
        start = self._place()
        if not self._verbatim and self._data[self._byte] == ord("&"):
            self._entities[start] = self._text.index(";", start) + 1
        last = node.children[-1] if node.children else None
        # An accent that was written apart belongs to the letter before it, or it could not be composed.
        if (
            isinstance(last, Chunk)
            and unicodedata.combining(data[0])
            and last.start + len(last.text) == start
            and len(last.text) < _LONGEST_JOINED
        ):
            last.text += data
        else:
            node.children.append(Chunk(data, start))

    def _place(self) -> int:
        """Where the event stands, in characters; each byte of the file is decoded once for it."""
        byte = self._parser.CurrentByteIndex
        passed = self._data[self._byte : byte]
        self._character += len(passed) if self._ascii else len(passed.decode("utf-8"))
        self._byte = byte
        return self._character

    def _start_verbatim(self) -> None:
        self._verbatim = True

    def _end_verbatim(self) -> None:
        self._verbatim = False

    def _refuse_doctype(self, name: str, *_: object) -> None:
        raise UnreadableError(
            f"XML-filen har en dokumenttypeerklæring (<!DOCTYPE {name[:40]}>), og den læses ikke af "
            "sikkerhedsgrunde.",
            "Fjern erklæringen, eller hent dokumentet fra Retsinformation.",
        )

    def _refuse_entity(self, name: str, *_: object) -> None:
        raise UnreadableError(
            f"XML-filen erklærer entiteten «{name[:40]}», og den læses ikke af sikkerhedsgrunde.",
            "Fjern erklæringen, eller hent dokumentet fra Retsinformation.",
        )


def check_size(size: int, limit: int) -> None:
    """Raise ``TooLargeError`` where ``size`` bytes pass ``limit``."""
    if size > limit:
        raise TooLargeError(
            f"XML-filen fylder {show_bytes(size)}, og grænsen er {show_bytes(limit)}.",
            "Del dokumentet, eller hæv grænsen `record_bytes`.",
        )
