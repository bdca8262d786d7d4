"""Plain text: lines to blocks.

A blank line, a unit of a statute («§ 5.», «Stk. 2.», «1)», «a)») and a line break made on purpose end a
block; lines that were wrapped at a width are joined again (see ``blocks.goes_on``).
"""

from __future__ import annotations

from corpus.parsing.assemble import assemble
from corpus.parsing.blocks import lines_of, wrap_width, wrapped_blocks
from corpus.parsing.decode import decode
from corpus.types import ParsedDocument, RawRecord

PARSER = "plain/1"


def parse(record: RawRecord) -> ParsedDocument:
    """The document in a plain text file.

    Raises:
        NoTextError: the file holds nothing but blanks.
        UnreadableError: the bytes are no text in an encoding that can be told.
    """
    decoded = decode(record.data)
    lines = list(lines_of(decoded.text))
    width = wrap_width(len(line.words) for line in lines)
    return assemble(
        list(wrapped_blocks(lines, width)), address=record.address, parser=PARSER, warnings=decoded.warnings
    )
