"""Which parser reads which media type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from corpus.errors import TooLargeError, UnsupportedError
from corpus.parsing import docx, html, lexdania, markdown, pdf, plain, records
from corpus.parsing.limits import DEFAULT_LIMITS, Limits, show_bytes
from corpus.types import ParsedDocument, RawRecord


class MediaType(StrEnum):
    """The media types that are read."""

    XML = "application/xml"  # LexDania, or a page in XHTML
    JSON = "application/json"  # one record
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    HTML = "text/html"
    MARKDOWN = "text/markdown"
    PLAIN = "text/plain"


MEDIA_TYPES: Mapping[str, MediaType] = {
    ".xml": MediaType.XML,
    ".json": MediaType.JSON,
    ".pdf": MediaType.PDF,
    ".docx": MediaType.DOCX,
    ".html": MediaType.HTML,
    ".htm": MediaType.HTML,
    ".xhtml": MediaType.HTML,
    ".md": MediaType.MARKDOWN,
    ".markdown": MediaType.MARKDOWN,
    ".txt": MediaType.PLAIN,
    ".text": MediaType.PLAIN,
}

# Who is believed where two sources hold the same document: the official mark-up, then what was derived
# from it with its structure, then the layouts, those with marks of structure before those without.
_ORDER = (
    lexdania.PARSER,
    records.PARSER,
    markdown.PARSER,
    html.PARSER,
    docx.PARSER,
    pdf.PARSER,
    plain.PARSER,
)
VERSIONS = frozenset(_ORDER)

_XHTML = re.compile(rb"<(?:!DOCTYPE\s+html|html)[\s>]", re.IGNORECASE)
_ROOT_WITHIN = 1024  # bytes; declarations and remarks before the root element are shorter


def parse(record: RawRecord, limits: Limits = DEFAULT_LIMITS) -> ParsedDocument:
    """The document in ``record``, by the parser of its media type.

    Raises:
        UnsupportedError: no parser takes the media type.
        TooLargeError: over one of the limits.
        UnreadableError: the bytes are not what the media type says; see the parser.
    """
    if len(record.data) > limits.record_bytes:
        raise too_large(len(record.data), limits)
    try:
        media_type = MediaType(record.media_type)
    except ValueError:
        raise UnsupportedError(
            f"Medietypen «{record.media_type}» kan ikke læses.", f"Brug en af: {', '.join(MediaType)}."
        ) from None
    if media_type is MediaType.XML and _XHTML.search(record.data[:_ROOT_WITHIN]):
        media_type = MediaType.HTML
    return _PARSERS[media_type](record, limits)


def precedence(parser: str) -> int:
    """How far a document read by ``parser`` goes before others of the same identifier; 0 if unknown."""
    names = [version.partition("/")[0] for version in reversed(_ORDER)]
    name = parser.partition("/")[0]
    return names.index(name) + 1 if name in names else 0


def too_large(size: int, limits: Limits) -> TooLargeError:
    """The error for a record of ``size`` bytes, over ``record_bytes``."""
    return TooLargeError(
        f"Dokumentet fylder {show_bytes(size)}, og grænsen er {show_bytes(limits.record_bytes)}.",
        "Del det, eller hæv grænsen `record_bytes`.",
    )


_Parser = Callable[[RawRecord, Limits], ParsedDocument]
_PARSERS: Mapping[MediaType, _Parser] = {
    MediaType.XML: lexdania.parse,
    MediaType.JSON: lambda record, _: records.parse(record),
    MediaType.PDF: pdf.parse,
    MediaType.DOCX: docx.parse,
    MediaType.HTML: lambda record, _: html.parse(record),
    MediaType.MARKDOWN: lambda record, _: markdown.parse(record),
    MediaType.PLAIN: lambda record, _: plain.parse(record),
}
