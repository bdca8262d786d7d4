"""Our own layout of a record, for a body's own decisions; ``records`` lists its keys."""

from __future__ import annotations

from corpus.errors import UnreadableError
from corpus.identifiers import slug_of
from corpus.parsing import front_matter
from corpus.parsing.assemble import guess_type
from corpus.parsing.records_fields import STATUSES, Fields, date_of, kind_of, listed, said, text_of
from corpus.parsing.records_published import structured
from corpus.structure import find_sections
from corpus.types import DocumentType, Metadata, ParsedDocument, Span, Status


def parse_own(fields: Fields, parser: str) -> ParsedDocument:
    """A record in our own layout.

    Raises:
        NoTextError: ``text`` holds no words.
        UnreadableError: ``type`` is none of the allowed words, or ``date`` is no date.
    """
    text, offsets = text_of(fields, wrapped=True)
    title, written = said(fields, "title"), said(fields, "date")
    type_ = _type(said(fields, "type")) or guess_type(title, text)
    date = date_of(written)
    if written and date is None:
        raise UnreadableError(
            f"Posten har «date: {written[:40]}», som ingen dato er.", "Skriv fx 2024-12-19."
        )
    metadata = Metadata(
        title=title,
        type=type_,
        kind=kind_of(type_),
        identifier=slug_of(said(fields, "id")),
        year=date.year if date else None,
        date=date,
        status=STATUSES.get(said(fields, "status").lower(), Status.UNKNOWN),
        url=said(fields, "url"),
        authority=said(fields, "authority"),
        journal_number=said(fields, "journal_number"),
        decision_number=said(fields, "decision_number"),
        outcomes=listed(fields, "outcomes"),
        subjects=listed(fields, "subjects"),
        legal_basis=listed(fields, "legal_basis"),
        fictional=fields.get("fictional") is True,
    )
    document = ParsedDocument(metadata, text, offsets, parser=parser)
    return structured(document, find_sections(text, Span(0, len(text))))


def _type(word: str) -> DocumentType | None:
    if not word:
        return None
    allowed = {**front_matter.TYPES, **{type_.value: type_ for type_ in DocumentType}}
    if word.lower() not in allowed:
        raise UnreadableError(
            f"Posten har «type: {word[:40]}», som ikke findes.",
            f"Skriv en af: {', '.join(front_matter.TYPES)}.",
        )
    return allowed[word.lower()]
