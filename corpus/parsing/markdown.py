"""Markdown: the part of it that legal texts use, read line by line so that every character keeps its place.

Front matter is told in ``front_matter``. Of the rest these marks are known, and none of them is text:

* ``#`` to ``######`` before a heading (and ``===`` under one): ``# `` the title, ``## `` a chapter
  («Kapitel 1 Formål») or a section of a decision, ``### `` a heading over a §;
* ``**``, ``__``, ``*``, ``_`` and `` ` `` around words; ``[words](address)``, ``![words](address)``
  and ``<https://…>``; a backslash before a mark; ``<!-- remarks -->``, which may run over lines;
* ``>`` before quoted lines; ``-``, ``*`` and ``+`` before list items; ``---`` as a rule; the ``|``
  of a table row and the row of dashes under its head; `` ``` `` around verbatim lines.

«1)», «1.» and «a)» before a list item are printed numbers and stay. Lines of a paragraph belong
together until a blank line, a heading, a list item, a line that begins with «§ 5.», «Stk. 2.», «1)» or «a)»,
or after two blanks or a backslash at a line's end. A library that knows all of Markdown gives lines but
not characters, so the way back to the exact words would be lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.parsing import front_matter
from corpus.parsing.assemble import assemble
from corpus.parsing.blocks import STARTS_UNIT, Block, Chunk, Line, blank_after, lines_of
from corpus.parsing.decode import decode
from corpus.types import ParsedDocument, RawRecord

PARSER = "markdown/1"

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*$")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?=\S)")
_NUMBERED = re.compile(r"[ \t]*\d{1,3}\.[ \t]+\S")
_CELL = re.compile(r"(?:[^|\\]|\\.)+")  # an escaped bar belongs to the cell
_RULE_MARKS = 3
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
# An address has one of these; «[navn](udeladt)» is text of an anonymised decision, no link.
_ADDRESS = r"\((?=[^()\s]{0,2000}?[./#:])[^()\s]{1,2000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)"
_INLINE = re.compile(
    rf"(?P<escape>\\)(?=[!-/:-@\[-`{{-~])[^\n]|(?P<open>!?\[)(?=[^\[\]]{{1,1000}}\]{_ADDRESS})"
    rf"|(?P<close>\]{_ADDRESS})|(?P<left><)https?://[^<>\s]{{1,2000}}(?P<right>>)"
    r"|(?P<mark>\*{1,3}|_{1,3}|`{1,3})"
)


def parse(record: RawRecord) -> ParsedDocument:
    """The document in a Markdown file.

    Raises:
        NoTextError: there is nothing but front matter and blanks.
        UnreadableError: the bytes are no text, or the front matter is not as it should be.
    """
    decoded = decode(record.data)
    matter = front_matter.read(decoded.text)
    lines = [line for line in lines_of(_without_remarks(decoded.text)) if line.start >= matter.end]
    return assemble(
        list(_blocks(lines)),
        address=record.address,
        parser=PARSER,
        matter=matter,
        warnings=decoded.warnings,
    )


def _without_remarks(text: str) -> str:
    """The text with remarks made NUL, which no text keeps; not cut, so that the rest keeps its place."""
    bits: list[str] = []
    here = 0
    while (start := text.find("<!--", here)) >= 0 and (end := text.find("-->", start)) >= 0:
        bits += [text[here:start], "\n".join("\0" * len(s) for s in text[start : end + 3].split("\n"))]
        here = end + 3
    return "".join([*bits, text[here:]])


def _blocks(lines: list[Line]) -> Iterator[Block]:
    paragraph: list[Line] = []
    verbatim = False
    for line in lines:
        if _FENCE.match(line.text):
            yield from _paragraph(paragraph)
            paragraph, verbatim = [], not verbatim
            continue
        if verbatim:
            yield Block((line.chunk(),))
            continue
        line = _without(_QUOTE, line)
        heading = _HEADING.match(line.text)
        if heading:
            yield from _paragraph(paragraph)
            paragraph = []
            yield _inline([_open_ended(line, heading.end())], len(heading[1]))
        elif paragraph and _UNDERLINE.match(line.text):
            yield from _paragraph(paragraph, heading=1)
            paragraph = []
        elif _is_layout(line.words):
            yield from _paragraph(paragraph)
            paragraph = []
        elif line.words.startswith("|"):
            yield from _paragraph(paragraph)
            paragraph = []
            yield _row(line)
        elif _begins(paragraph, line):
            yield from _paragraph(paragraph)
            paragraph = [_without(_BULLET, line)]
        else:
            paragraph.append(line)
    yield from _paragraph(paragraph)


def _begins(paragraph: list[Line], line: Line) -> bool:
    """Whether the line begins a block of its own."""
    return bool(
        not paragraph
        or STARTS_UNIT.match(line.text.lstrip(" \t*_"))
        or _BULLET.match(line.text)
        or _NUMBERED.match(line.text)
        or paragraph[-1].text.endswith(("  ", "\\"))
    )


def _is_layout(words: str) -> bool:
    """A blank line, a remark, a rule, or the dashes under a table's head."""
    kinds = set(words) - set(" \t\0")
    rule = len(kinds) == 1 and kinds <= set("-*_") and sum(map(words.count, kinds)) >= _RULE_MARKS
    return not kinds or rule or (kinds <= set("|-:") and {"|", "-"} <= kinds)


def _open_ended(line: Line, start: int) -> Line:
    """The words of a heading from ``start`` on, without marks that close it (``## Regler ##``)."""
    words = line.text[start:].rstrip()
    bare = words.rstrip("#")
    return Line(bare if not bare or bare[-1] in " \t" else words, line.start + start, line.part)


def _without(pattern: re.Pattern[str], line: Line) -> Line:
    match = pattern.match(line.text)
    return Line(line.text[match.end() :], line.start + match.end(), line.part) if match else line


def _row(line: Line) -> Block:
    """A table row without its bars; a blank stands between the cells."""
    chunks: list[Chunk] = []
    for cell in _CELL.finditer(line.text):
        if chunks:
            chunks.append(Chunk(" ", chunks[-1].end, chunks[-1].end, line.part))
        chunks += _inline([Line(cell[0], line.start + cell.start(), line.part)]).chunks
    return Block(tuple(chunks))


def _paragraph(lines: list[Line], heading: int = 0) -> Iterator[Block]:
    if lines:
        yield _inline(lines, heading)


def _inline(lines: list[Line], heading: int = 0) -> Block:
    """Lines of one block without the marks inside them."""
    chunks: list[Chunk] = []
    for line in lines:
        if chunks:
            chunks.append(blank_after(chunks[-1]))
        chunks.append(line.chunk())
    if chunks[-1].text.endswith("\\"):
        chunks[-1] = chunks[-1].cut(len(chunks[-1].text) - 1)[0]
    kept = _kept("".join(c.text for c in chunks))
    return Block(tuple(_cut(chunks, kept)), heading)


def _cut(chunks: list[Chunk], kept: list[tuple[int, int]]) -> Iterator[Chunk]:
    """The ranges ``kept`` of the chunks laid end to end."""
    index, base = 0, 0
    for start, end in kept:
        while start < end:
            chunk = chunks[index]
            stop = min(end, base + len(chunk.text))
            if start < stop:
                yield chunk.cut(stop - base)[0].cut(start - base)[1]
                start = stop
            if stop == base + len(chunk.text):
                index, base = index + 1, stop


def _kept(text: str) -> list[tuple[int, int]]:
    """The ranges of ``text`` that are not marks, in order."""
    dropped: list[tuple[int, int]] = []
    open_marks: list[tuple[str, tuple[int, int]]] = []
    waiting: Counter[str] = Counter()
    open_links = 0
    for match in _INLINE.finditer(text):
        kind = match.lastgroup
        if kind == "right":
            dropped += [match.span("left"), match.span("right")]
        elif kind == "escape":
            dropped.append(match.span("escape"))
        elif kind == "open":
            open_links += 1
            dropped.append(match.span())
        elif kind == "close" and open_links:
            open_links -= 1
            dropped.append(match.span())
        elif kind == "mark":
            mark = match["mark"]
            before = text[max(match.start() - 1, 0) : match.start()]
            after = text[match.end() : match.end() + 1]
            if waiting[mark] and not before.isspace() and not after.isalnum():
                while open_marks:
                    other, span = open_marks.pop()
                    waiting[other] -= 1
                    if other == mark:
                        dropped += [span, match.span()]
                        break
            elif after and not after.isspace() and not before.isalnum():
                open_marks.append((mark, match.span()))
                waiting[mark] += 1
    kept: list[tuple[int, int]] = []
    here = 0
    for start, end in sorted(dropped):
        kept.append((here, start))
        here = end
    return [*kept, (here, len(text))]
