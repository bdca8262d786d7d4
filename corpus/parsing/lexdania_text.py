"""Writing LexDania elements into one text: lines, footnotes, numbers and tables."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.parsing.lexdania_xml import Node, Tree
from corpus.parsing.text import TextBuilder, normalise
from corpus.types import Footnote, OffsetMap, Span

_MARK = re.compile(r"\s*(\d{1,3}\))\s*")  # a footnote's number, repeated where the same note applies again
_CLOSING = (".", ",", ";", ":", ")", "?", "!")  # these go on without a blank, whatever stood between
_LINE = frozenset({"Linea", "Char"})

Special = Callable[[Node], bool]  # takes an element over; False leaves it to the writer


class Writer:
    """Builds the text of one document; footnotes are taken out of it and kept.

    Places it gives out (``here``) are the end of what is written so far: ``trimmed`` makes a span of
    two of them that begins and ends with a word.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._builder = TextBuilder()
        self._footnotes: list[Footnote] = []
        self._marks: list[tuple[str, int]] = []
        self._open = False  # the block has words
        self._gap = False  # a blank is due before the next word
        self._after_number = False  # the block holds nothing but a printed number

    @property
    def here(self) -> int:
        """The end of what is written so far."""
        return len(self._builder)

    def new_block(self, *, after_number: bool = False) -> None:
        """What follows starts a block; where the block so far is only a printed number, by request."""
        if self._after_number and not after_number:
            self._gap = True
            return
        self._after_number = False
        self._builder.end_block()
        self._open = self._gap = False

    def number(self, node: Node | None) -> None:
        """A printed number («§ 36.», «Stk. 2.», «1)») at the start of a block of its own."""
        if node is None or not node.words:
            return
        self.new_block(after_number=True)
        self._inline(node)
        self._after_number = self._open
        self._gap = True

    def heading(self, node: Node) -> Span:
        """A heading as a block of its own, after its printed number where one stands there."""
        start = self.here
        self.new_block()
        for child in node.nodes():
            self._gap = True
            self._inline(child)
        self._text(node)
        self.new_block(after_number=True)
        return Span(start, self.here)

    def block(self, node: Node, special: Special | None = None) -> None:
        """An element as blocks: its text, and whatever ``special`` makes of elements inside it."""
        self.new_block()
        for child in node.children:
            if not isinstance(child, Node):
                self._gap = True
                self._add(child.text, child.start)
                continue
            if special and special(child):
                continue
            if child.tag in _LINE:
                self._gap = self._gap or child.tag == "Linea"
                self._inline(child)
            elif child.tag == "Nota":
                self._note(child)
            elif child.tag == "Explicatus":
                self.number(child)
            elif child.tag == "Rubrica":
                self.heading(child)
            elif child.tag == "Tr":
                self._row(child)
            else:
                self.block(child, special)
                self.new_block()

    def finish(self) -> tuple[str, OffsetMap, tuple[Footnote, ...]]:
        """The text, the way back and the footnotes in order.

        A footnote's number repeated without its words gets the words where only one note has the number.
        """
        text, offsets = self._builder.build()
        words: dict[str, set[str]] = {}
        for note in self._footnotes:
            words.setdefault(note.label, set()).add(note.text)
        repeated = [
            Footnote(label, next(iter(words[label])) if len(words.get(label, ())) == 1 else "", position)
            for label, position in self._marks
        ]
        notes = sorted([*self._footnotes, *repeated], key=lambda n: n.position)
        return text, self._tree.place_entities(offsets), tuple(notes)

    def _row(self, row: Node) -> None:
        """A row of a table is one block, so that what belongs together stays together."""
        self.new_block()
        for cell in row.nodes():
            for part in cell.nodes():
                for line in part.nodes():
                    self._gap = True
                    self._inline(line)
                self._text(part)
            self._text(cell)

    def _inline(self, node: Node) -> None:
        if node.tag == "Nota":
            self._note(node)
            return
        if node.tag == "Char" and "Superscript" in node.attributes.get("formaChar", ""):
            match = _MARK.fullmatch(node.words)
            if match:
                self._marks.append((match[1], self._position()))
                return
        for child in node.children:
            if isinstance(child, Node):
                self._inline(child)
            else:
                self._add(child.text, child.start)

    def _text(self, node: Node) -> None:
        """Text that stands directly in an element meant for elements only."""
        for child in node.children:
            if not isinstance(child, Node):
                self._gap = True
                self._add(child.text, child.start)

    def _note(self, node: Node) -> None:
        label = node.child_words("Explicatus")
        words = " ".join(w for child in node.nodes() if child.tag != "Explicatus" and (w := child.words))
        self._footnotes.append(Footnote(normalise(label), normalise(words), self._position()))

    def _position(self) -> int:
        return self.here if self._open or self._after_number else self._builder.next_start

    def _add(self, text: str, start: int) -> None:
        core = text.strip()
        if not core:
            self._builder.add(text, "", start)
            return
        if self._open and self._gap and not core.startswith(_CLOSING):
            waiting = self._builder.next_start > self.here
            if not waiting and not text[0].isspace():
                self._builder.insert(" ")
        self._builder.add(text, "", start)
        self._open = True
        self._gap = self._after_number = False


def trimmed(text: str, start: int, end: int) -> Span:
    """The span from ``start`` to ``end`` without blanks and line breaks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
