"""The setting of a text: which act its words mean where they name none.

A statute means itself. An order means itself, and by «loven» the act it was issued under. A § of an
amending act means the act it amends. A transitional rule printed after a consolidated act means the
amending act it comes from. Decisions and guidance have no act of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from corpus.references.catalogue import Catalogue
from corpus.references.find import find
from corpus.references.types import ActMention, MentionKind, Reference
from corpus.types import DocumentType, Kind, Part, Provision, Span, StoredDocument

_AMENDED = "foretages følgende ændring"
_HEAD_REACH = 3000  # characters: the head of an amending § lists every act that amended its act before
_BLOCK_REACH = 700  # characters before a block of transitional rules in which its act is named
_EFTER = re.compile(r"\b(?:efter|i medfør af|i henhold til|til|under) ")


class Voice(StrEnum):
    """Whose words a text holds."""

    STATUTE = "statute"
    ORDER = "order"
    AMENDMENT = "amendment"
    OTHER = "other"  # decisions, guidance, whatever a user writes


_VOICES = {
    DocumentType.ACT: Voice.STATUTE,
    DocumentType.CONSOLIDATED_ACT: Voice.STATUTE,
    DocumentType.AMENDING_ACT: Voice.AMENDMENT,
    DocumentType.ORDER: Voice.ORDER,
    DocumentType.CIRCULAR: Voice.ORDER,
}
NAMING = frozenset({MentionKind.NAMED, MentionKind.NUMBER, MentionKind.UNION})


def voice_of(document: StoredDocument | None) -> Voice:
    """Whose words the document holds; a user's own text is no one's."""
    if document is None or document.metadata.kind is Kind.PRECEDENT:
        return Voice.OTHER
    if document.metadata.kind is Kind.AMENDMENT:
        return Voice.AMENDMENT
    return _VOICES.get(document.metadata.type, Voice.OTHER)


def enabling_mentions(
    document: StoredDocument, catalogue: Catalogue, references: Iterable[Reference]
) -> list[ActMention]:
    """The acts an order says it was issued under: those of its preamble, else of its title.

    Titles name it as «… efter lov om social service».
    """
    paragraphs = catalogue.outline(document).paragraphs
    first = paragraphs[0].span.start if paragraphs else 0
    preamble = [r.act for r in references if r.span.start < first and r.act and r.act.kind in NAMING]
    if preamble:
        return preamble
    title = document.metadata.title
    after = _EFTER.search(title)
    if after is None:
        return []
    return [r.act for r in find(title[after.end() :], catalogue.names) if r.act and r.act.kind in NAMING]


def amended_mentions(
    text: str, paragraphs: Iterable[Provision], references: Sequence[Reference]
) -> list[tuple[Span, ActMention]]:
    """The §§ of an amending act that change another act, each with that act as its head names it."""
    found: list[tuple[Span, ActMention]] = []
    for paragraph in paragraphs:
        head = text.find(
            _AMENDED, paragraph.span.start, min(paragraph.span.end, paragraph.span.start + _HEAD_REACH)
        )
        named = (
            r.act
            for r in references
            if r.act and r.act.kind in NAMING and paragraph.span.start <= r.span.start < head
        )
        if head >= 0 and (mention := next(named, None)):
            found.append((paragraph.span, mention))
    return found


def transitional_mentions(
    paragraphs: Iterable[Provision], references: Sequence[Reference]
) -> dict[int, ActMention]:
    """The amending act that each block of transitional rules comes from, by the block's number.

    It is named by number and date in the line before the block.
    """
    heads: dict[int, int] = {}
    for paragraph in paragraphs:
        if paragraph.locator.part is Part.TRANSITIONAL:
            heads.setdefault(paragraph.locator.block, paragraph.span.start)
    found: dict[int, ActMention] = {}
    for block, start in heads.items():
        for reference in references:
            if reference.span.start >= start:
                break
            if reference.act and reference.act.official and reference.span.start >= start - _BLOCK_REACH:
                found[block] = reference.act
    return found
