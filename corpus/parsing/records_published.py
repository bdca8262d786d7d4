"""Decisions, orders and guidance as their authorities publish them, with the text in one string."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from corpus.identifiers import slug_of
from corpus.outcomes import recorded_outcomes
from corpus.parsing.assemble import guess_type
from corpus.parsing.records_fields import (
    ADDRESS,
    PRECEDENTS,
    STATUSES,
    Fields,
    accession_of,
    date_of,
    eli_of,
    kind_of,
    listed,
    said,
    text_of,
    type_of,
    year_of,
)
from corpus.structure import find_provisions, find_sections, headings_over
from corpus.types import (
    ActReference,
    DocumentType,
    Level,
    Metadata,
    ParsedDocument,
    Part,
    Provision,
    Section,
    SectionRole,
    Span,
    Status,
)
from corpus.units import trimmed

# What a source publishes where its records do not say the type, and whose they are.
_SOURCES = {
    "Ankestyrelsen": (DocumentType.DECISION, "Ankestyrelsen"),
    "CourtOfAppeal": (DocumentType.JUDGMENT, ""),
    "DTIL": (DocumentType.DECISION, "Datatilsynet"),
    "KFST": (DocumentType.DECISION, "Konkurrence- og Forbrugerstyrelsen"),
    "Skattestyrelsen-Vejledning": (DocumentType.GUIDANCE, "Skattestyrelsen"),
}
_FROM_PAGES = frozenset({"CourtOfAppeal", "KFST"})  # their text was taken from PDF, line by line
_TYPE_WORDS = {
    "dom": DocumentType.JUDGMENT,
    "kendelse": DocumentType.JUDGMENT,
    "afgørelse": DocumentType.DECISION,
    "bindende svar": DocumentType.DECISION,
}
_WITH_PROVISIONS = frozenset(
    {
        DocumentType.ACT,
        DocumentType.CONSOLIDATED_ACT,
        DocumentType.ORDER,
        DocumentType.CIRCULAR,
    }
)
_ANNEX = re.compile(r"^[»\"]?Bilag(?: \d{1,3}(?: ?[a-z])?)?$", re.MULTILINE)
_APPEALS_BOARD = "Ankestyrelsen"
_REGISTER = "retsinfo"  # documents outside the gazette go by their accession number
_PRESS_BOARD = re.compile(r"Pressenævnets? .{0,20}?(\d{4}-\d{2,3}-\d{3,5}|\d{4}-\d{4,6})")
_RULES_PARTED = re.compile(r"\s+(?=§)")
_HEAD_LIMIT = 4_000  # the head of a record, with its labels and dates, is far shorter
_JOURNAL = re.compile(r"^(?:.*?\bj\. ?nr\.:?|J\.nr\.:?)\s*", re.IGNORECASE)

# Lines of a tax ruling: the label and its value are run together.
_TAX_LINE = re.compile(
    r"^(SKM-nummer|Myndighed|Sagsnummer|Dokument type"
    r"|Dato for afsagt dom/kendelse/afgørelse/styresignal)(.+)$",
    re.MULTILINE,
)
_ENGLISH_DATE = re.compile(r"(\d{2}) ([A-Z][a-z]{2}) (\d{4})")
_ENGLISH_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_DATE_LINE = re.compile(r"\n(\d{4}-\d{2}-\d{2})\n")
_CONCERNS = re.compile(r"\n([A-Z][12]\d{10})\n(\d{4}-\d{2}-\d{2})\n([^\n]{3,300})")
_SUPERVISION_LABEL = re.compile(
    r"^(Ingen kritik|Kritik|Alvorlig kritik|Påbud|Forbud|Advarsel)$", re.MULTILINE
)
_SUPERVISION_HEAD = re.compile(r"^Journalnummer:[^\n]*\n", re.MULTILINE)


def parse_published(fields: Fields, parser: str) -> ParsedDocument:
    """A record as its authority publishes it.

    Raises:
        NoTextError: ``text`` holds no words.
    """
    source = said(fields, "_source").rpartition("/")[2]
    text, offsets = text_of(fields, wrapped=source in _FROM_PAGES)
    document = ParsedDocument(_metadata(fields, text), text, offsets, parser=parser)
    sections = _sections(text, fields) if document.metadata.type in PRECEDENTS else ()
    return structured(document, sections)


def structured(document: ParsedDocument, sections: tuple[Section, ...]) -> ParsedDocument:
    """The document with its provisions and preamble, or a decision with ``sections`` and its outcomes."""
    text, metadata = document.text, document.metadata
    if metadata.type in PRECEDENTS:
        outcomes = metadata.outcomes or recorded_outcomes(text, sections)
        return replace(document, sections=sections, metadata=replace(metadata, outcomes=outcomes))
    if metadata.type not in _WITH_PROVISIONS:
        return document
    start = _body_start(text, metadata.title)
    provisions = tuple(_provisions(text, start))
    if not provisions:
        return replace(document, warnings=("Der er ikke fundet nogen paragraffer i teksten.",))
    preamble = trimmed(text, Span(start, headings_over(text, start, provisions[0].span.start)[0]))
    return replace(document, provisions=provisions, preamble=preamble if len(preamble) else None)


def _provisions(text: str, start: int) -> Iterator[Provision]:
    """The provisions of the document, and those of its annexes, which begin below its last §."""
    whole = find_provisions(text, Span(start, len(text)))
    last = max((p.span.start for p in whole if p.level is Level.PARAGRAPH), default=len(text))
    annexes = [match.start() for match in _ANNEX.finditer(text, last)]
    if not annexes:
        yield from whole
        return
    yield from find_provisions(text, trimmed(text, Span(start, annexes[0])))
    for block, (begin, end) in enumerate(pairwise([*annexes, len(text)]), 1):
        yield from find_provisions(text, trimmed(text, Span(begin, end)), Part.ANNEX, block)


def _body_start(text: str, title: str) -> int:
    """Where the document itself begins: after the last print of its title in the head of the record."""
    at = text.rfind(f"\n{title}\n", 0, _HEAD_LIMIT) if title else -1
    if at >= 0:
        return at + len(title) + 2
    return len(title) + 1 if title and text.startswith(f"{title}\n") else 0


def _sections(text: str, fields: Fields) -> tuple[Section, ...]:
    """The sections, with the labels and dates that a source prints before the decision set apart."""
    head = 0
    if supervision := _SUPERVISION_HEAD.search(text, 0, _HEAD_LIMIT):
        head = supervision.end()
    elif _PRESS_BOARD.search(said(fields, "title")):
        head = _body_start(text, said(fields, "title"))
    found = find_sections(text, Span(head, len(text)))
    if not head:
        return found
    if found and not found[0].title and not supervision:
        # The press board prints its summary, without a heading, before the facts.
        found = (replace(found[0], role=SectionRole.SUMMARY), *found[1:])
    return (Section(SectionRole.OTHER, "", trimmed(text, Span(0, head))), *found)


def _metadata(fields: Fields, text: str) -> Metadata:
    source = said(fields, "_source").rpartition("/")[2]
    default_type, default_authority = _SOURCES.get(source, (DocumentType.OTHER, ""))
    short_name = said(fields, "document_type_raw", "document_type")
    title = said(fields, "title")
    tax = {m[1]: m[2] for m in _TAX_LINE.finditer(text, 0, _HEAD_LIMIT)}
    tax = tax if "SKM-nummer" in tax else {}
    type_ = (
        type_of(short_name)
        or _TYPE_WORDS.get(tax.get("Dokument type", "").lower())
        or (default_type if default_type is not DocumentType.OTHER else guess_type(title, text))
    )
    press = _PRESS_BOARD.search(title)
    authority = said(fields, "authority", "administrative_authority", "court") or tax.get("Myndighed", "")
    published, signed = _dates(fields, text, tax)
    found = Metadata(
        title=title,
        type=type_,
        kind=kind_of(type_, short_name),
        number=said(fields, "number"),
        year=signed.year if signed and type_ in PRECEDENTS else year_of(said(fields, "year")),
        date=signed,
        published=published,
        status=STATUSES.get(said(fields, "status").lower(), Status.UNKNOWN),
        accession_number=accession_of(said(fields, "accession_number")),
        url=said(fields, "url"),
        authority=authority or ("Pressenævnet" if press else default_authority),
        ministry=said(fields, "ministry"),
        journal_number=_journal_number(fields, tax, press),
        decision_number=said(fields, "decision_number") or tax.get("SKM-nummer", ""),
        outcomes=_printed_outcomes(source, title, text),
        subjects=tuple(
            word for word in listed(fields, "categories", "subjects") if word.lower() not in STATUSES
        ),
        legal_basis=_legal_basis(fields),
        relations=tuple(
            ActReference("concerns", m[3], accession_of(m[1]), date=date_of(m[2]))
            for m in _CONCERNS.finditer(text, 0, _HEAD_LIMIT)
        ),
    )
    return _addressed(found, fields, source)


def _addressed(found: Metadata, fields: Fields, source: str) -> Metadata:
    """With the official identifier and address of the document, else one from the source's own id."""
    address = said(fields, "eli_uri") or found.url
    eli = eli_of(address, found.accession_number, found.year, found.number)
    if source == _APPEALS_BOARD and found.decision_number:
        return replace(found, identifier=slug_of(f"ast {found.decision_number}"))
    if eli and eli.medium != _REGISTER:
        return replace(found, identifier=eli.slug, eli=str(eli), url=f"{ADDRESS}{eli}")
    if found.accession_number:
        identifier = slug_of(f"accn {found.accession_number}")
        return replace(found, identifier=identifier, eli=str(eli) if eli else "")
    own = said(fields, "_id").removeprefix(f"DK-{source}-")
    return replace(found, identifier=slug_of(f"{source} {own}") if own else "")


def _dates(fields: Fields, text: str, tax: dict[str, str]) -> tuple[dt.date | None, dt.date | None]:
    """When the document was published and when it was signed or decided."""
    given = date_of(said(fields, "date"))
    signed = date_of(said(fields, "signature_date"))
    if signed:
        return date_of(said(fields, "publication_date")) or given, signed
    decided = _ENGLISH_DATE.match(tax.get("Dato for afsagt dom/kendelse/afgørelse/styresignal", ""))
    if decided:
        month = _ENGLISH_MONTHS.find(decided[2]) // len(decided[2]) + 1
        return given, date_of(f"{decided[3]}-{month:02d}-{decided[1]}")
    if said(fields, "_source").endswith("/Retsinformation"):  # its «date» is when the record was changed
        first = _DATE_LINE.search(text, 0, _HEAD_LIMIT)
        return None, (date_of(first[1]) if first else None) or given
    return None, given


def _journal_number(fields: Fields, tax: dict[str, str], press: re.Match[str] | None) -> str:
    written = said(fields, "journal_number", "case_number", "court_case_number")
    if written:
        return _JOURNAL.sub("", written)
    return tax.get("Sagsnummer", "") or (press[1] if press else "")


def _legal_basis(fields: Fields) -> tuple[str, ...]:
    """The rules named in the metadata, as printed: «§ 47, stk. 1 § 50, stk. 1» are two."""
    paragraph = said(fields, "paragraph")
    if paragraph:
        return tuple(dict.fromkeys(_RULES_PARTED.split(paragraph)))
    return listed(fields, "references", "legal_basis")


def _printed_outcomes(source: str, title: str, text: str) -> tuple[str, ...]:
    """The outcome that a source prints as a label of its own over the decision, or in its title."""
    if source == "DTIL":
        head = _SUPERVISION_HEAD.search(text, 0, _HEAD_LIMIT)
        found = _SUPERVISION_LABEL.findall(text, 0, head.start()) if head else []
        return tuple(dict.fromkeys(label.lower() for label in found))
    if source == "KFST" and re.search(r"\ber godkendt\b|^Godkendelse\b", title):
        return ("godkendt",)
    return ()
