"""From the blocks a file is laid out in to one normalised text.

Every parser of laid-out files (PDF, DOCX, HTML, Markdown, plain text) makes ``Block`` values; this module
joins them with a ``TextBuilder`` and keeps the way back. It also decides where soft-wrapped lines
belong together.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.parsing.text import TextBuilder, normalise
from corpus.sections import section_role
from corpus.types import OffsetMap, Span


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters of the raw file, taken over as they stand or changed (an entity).

    ``text`` stands at ``[start, end)`` of ``part``; see ``corpus.types.Anchor`` for what that counts.
    Where the two lengths differ, only the ends correspond; words with an empty place are the parser's.
    """

    text: str
    start: int
    end: int
    part: str = ""

    @property
    def exact(self) -> bool:
        """Whether it maps point for point."""
        return len(self.text) == self.end - self.start

    def cut(self, at: int) -> tuple[Chunk, Chunk]:
        """The chunk in two; both halves of one that does not map point for point keep its place."""
        left = self.start + at if self.exact else self.end
        right = self.start + at if self.exact else self.start
        return replace(self, text=self.text[:at], end=left), replace(self, text=self.text[at:], start=right)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of layout: a paragraph, a heading, a list item, a row of a table.

    ``heading`` is 0 for running text, 1 for a title, and counts up for headings below it.
    """

    chunks: tuple[Chunk, ...]
    heading: int = 0

    @property
    def words(self) -> str:
        """The block as it will stand in the text."""
        return normalise("".join(c.text for c in self.chunks))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the file itself marks as one; ``span`` covers its words in the text."""

    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class Joined:
    """The text of all blocks, the way back, and the headings in order."""

    text: str
    offsets: OffsetMap
    headings: tuple[Heading, ...]


class _MarkupBuilder(TextBuilder):
    """A ``TextBuilder`` that also takes characters written in another length than their own."""

    def add_changed(self, chunk: Chunk) -> None:
        words = normalise(chunk.text)
        if words and chunk.start == chunk.end:
            self.insert(words)
        elif words:
            self._word(words, chunk.part, chunk.start, chunk.end)
        elif chunk.text.isspace():
            self._space(chunk.part, chunk.start, chunk.end)


def join(blocks: Iterable[Block]) -> Joined:
    """One text out of ``blocks``, each on a line of its own; blocks without words leave no line."""
    builder = _MarkupBuilder()
    headings: list[Heading] = []
    for block in blocks:
        builder.end_block()
        start = builder.next_start
        for chunk in _composed(block.chunks):
            if chunk.exact:
                builder.add(chunk.text, chunk.part, chunk.start)
            else:
                builder.add_changed(chunk)
        if block.heading and len(builder) > start:
            headings.append(Heading(block.heading, Span(start, len(builder))))
    text, offsets = builder.build()
    return Joined(text, offsets, tuple(headings))


def _composed(chunks: tuple[Chunk, ...]) -> list[Chunk]:
    """The chunks, with accents that begin one moved to their letter at the end of the one before."""
    done: list[Chunk] = []
    for chunk in chunks:
        if not chunk.text:
            continue
        if not done or done[-1].part != chunk.part or not unicodedata.combining(chunk.text[0]):
            done.append(chunk)
            continue
        marks = next((i for i, c in enumerate(chunk.text) if not unicodedata.combining(c)), len(chunk.text))
        before, letter = done[-1].cut(len(done[-1].text) - 1)
        accents, after = chunk.cut(marks)
        accented = Chunk(letter.text + accents.text, letter.start, accents.end, chunk.part)
        done[-1:] = [c for c in (before, accented, after) if c.text]
    return done


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a raw text without its line break; ``start`` counts in ``part``."""

    text: str
    start: int
    part: str = ""

    @property
    def words(self) -> str:
        """The line without blanks around it."""
        return self.text.strip()

    def chunk(self) -> Chunk:
        """The whole line."""
        return Chunk(self.text, self.start, self.start + len(self.text), self.part)


# What begins a unit of a statute or a list. «§ 5, stk. 1» after a line break is a reference in a
# sentence, so a § needs its point; so does «Stk.», which lower case marks as a reference too.
STARTS_UNIT = re.compile(
    r"\s*(?:§{1,2}\s*\d{1,4}(?:\s?[a-zæøå])?\s*(?:[-–]\s*\d{1,4}(?:\s?[a-zæøå])?\s*)?\."
    r"|Stk\.\s*\d{1,3}\s*\.|\d{1,3}(?:\s?[a-zæøå])?\)|[a-zæøå]{1,2}\)|(?:Kapitel|Afsnit|Bilag)\s+[\dIVX]+\b"
    r"|[•·▪‣]\s)"
)
_SENTENCE_GOES_ON = re.compile(r"\s*[a-zæøå]")
_LONGEST_WRAPPED_LINE = 200  # a file with a longer line is not wrapped: each line is a block of its own
_USUAL_WRAPPED_LINE = 120  # nor is one whose long lines usually pass this
_NARROWEST_WIDTH = 50  # narrower text is a form or a list of names, whose line breaks mean something
_WIDTH_SHARE = 0.9  # lines are at least this long, but for the room the next word would have taken
_LONG_LINES = 0.9  # the quantile of line lengths that stands for the width


def wrap_width(lengths: Iterable[int]) -> int:
    """The width at which lines were wrapped, in characters; 0 where line breaks end blocks."""
    ordered = sorted(n for n in lengths if n)
    if not ordered or ordered[-1] > _LONGEST_WRAPPED_LINE:
        return 0
    width = ordered[math.ceil(_LONG_LINES * (len(ordered) - 1))]
    return width if _NARROWEST_WIDTH <= width <= _USUAL_WRAPPED_LINE else 0


def goes_on(previous: str, line: str, width: int) -> bool:
    """Whether ``line`` carries on the block of ``previous``, wrapped at ``width`` characters.

    A line break is soft if the sentence plainly goes on in lower case, or if the first word of the next
    line would not have fitted; otherwise somebody broke the line on purpose. A line that is wholly a
    known heading of a decision stands alone.
    """
    if not width or STARTS_UNIT.match(line):
        return False
    if _SENTENCE_GOES_ON.match(line):
        return True
    first_word = line.split(maxsplit=1)[0] if line.strip() else ""
    fitted = len(previous.strip()) + 1 + len(first_word) < _WIDTH_SHARE * width
    return not fitted and section_role(line.strip()) is None


def wrapped_blocks(lines: Iterable[Line], width: int) -> Iterator[Block]:
    """Blocks out of lines: a blank line, a unit of a statute and a purposeful line break part them."""
    chunks: list[Chunk] = []
    previous = ""
    for line in lines:
        if not line.words:
            if chunks:
                yield Block(tuple(chunks))
            chunks, previous = [], ""
            continue
        if chunks and not goes_on(previous, line.text, width):
            yield Block(tuple(chunks))
            chunks = []
        if chunks:
            chunks.append(blank_after(chunks[-1]))
        chunks.append(line.chunk())
        previous = line.text
    if chunks:
        yield Block(tuple(chunks))


def blank_after(chunk: Chunk) -> Chunk:
    """The line break after ``chunk`` read as a blank."""
    return Chunk("\n", chunk.end, chunk.end + 1, chunk.part)


def lines_of(text: str, part: str = "") -> Iterator[Line]:
    """The lines of a raw text with their places. Form feeds part lines too, as page ends do."""
    start = 0
    for raw in text.splitlines(keepends=True):
        yield Line(raw.rstrip("\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029"), start, part)
        start += len(raw)


def as_heading(block: Block, level: int) -> Block:
    """The block as a heading of ``level``."""
    return replace(block, heading=level)
