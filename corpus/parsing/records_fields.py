"""Reading the fields of a JSON record, whatever its source left out or wrote differently."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.errors import CitationError, NoTextError
from corpus.identifiers import AccessionNumber, Eli, parse_date
from corpus.parsing.blocks import join, lines_of, wrap_width, wrapped_blocks
from corpus.parsing.text import normalise
from corpus.types import DocumentType, Kind, OffsetMap, Status

Fields = Mapping[str, Any]

ADDRESS = "https://www.retsinformation.dk"
GAZETTES = {"A": "lta", "B": "lta", "C": "ltc"}  # by the first letter of the accession number

_TYPES = {
    "LBK": DocumentType.CONSOLIDATED_ACT,
    "LOV": DocumentType.ACT,
    "BEK": DocumentType.ORDER,
    "ANO": DocumentType.ORDER,
    "ANG": DocumentType.ORDER,  # an order that puts an act into force in Greenland
    "CIR": DocumentType.CIRCULAR,
    "CIS": DocumentType.CIRCULAR,
    "VEJ": DocumentType.GUIDANCE,
    "SKR": DocumentType.GUIDANCE,
    "KEN": DocumentType.DECISION,
    "AFG": DocumentType.DECISION,
    "DOM": DocumentType.JUDGMENT,
}
PRECEDENTS = frozenset({DocumentType.DECISION, DocumentType.JUDGMENT})
STATUSES = {
    "gældende": Status.VALID,
    "valid": Status.VALID,
    "historisk": Status.HISTORIC,
    "historic": Status.HISTORIC,
}
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{2})?")  # 2026013009: with the hour


def said(fields: Fields, *keys: str) -> str:
    """The first of ``keys`` that holds words or a number, normalised; empty if none does.

    Some sources write a line break as the two characters ``\\n``; it counts as a blank.
    """
    for key in keys:
        value = fields.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool):
            words = normalise(str(value).replace("\\n", " "))
            if words:
                return words
    return ""


def listed(fields: Fields, *keys: str) -> tuple[str, ...]:
    """The words of the first of ``keys`` that holds a list or a word."""
    for key in keys:
        value = fields.get(key)
        if isinstance(value, list):
            words = [normalise(v) for v in value if isinstance(v, str)]
            if any(words):
                return tuple(dict.fromkeys(w for w in words if w))
        elif isinstance(value, str) and normalise(value):
            return (normalise(value),)
    return ()


def date_of(words: str) -> dt.date | None:
    """The date that a source writes, in any of the forms met; ``None`` where it is none."""
    compact = _COMPACT_DATE.fullmatch(words)
    try:
        if compact:
            return dt.date(int(compact[1]), int(compact[2]), int(compact[3]))
        return parse_date(words.partition("T")[0])
    except (ValueError, CitationError):
        return None


def type_of(short_name: str) -> DocumentType | None:
    """The type that a short name of the register («BEK H#LOKDOK04») stands for."""
    type_ = _TYPES.get(short_name[:3].upper())
    if type_ is DocumentType.ACT and amends(short_name):
        return DocumentType.AMENDING_ACT
    return type_


def amends(short_name: str) -> bool:
    """Whether the short name is that of a document that only amends another."""
    return "Æ" in short_name.partition("#")[0]


def kind_of(type_: DocumentType, short_name: str = "") -> Kind:
    """What the document is to a caseworker."""
    if type_ in PRECEDENTS:
        return Kind.PRECEDENT
    amending = type_ is DocumentType.AMENDING_ACT or amends(short_name)
    return Kind.AMENDMENT if amending else Kind.RULE


def accession_of(words: str) -> str:
    """The accession number in ``words``, or empty."""
    match = re.search(r"\b[A-Z][12]\d{10}\b", words)
    return str(AccessionNumber.parse(match.group())) if match else ""


def eli_of(address: str, accession: str, year: int | None, number: str) -> Eli | None:
    """The document's ELI from its address, or from the gazette that its accession number names."""
    try:
        eli = Eli.parse(address)
        return Eli(eli.medium, eli.year, eli.number)
    except CitationError:
        gazette = GAZETTES.get(accession[:1])
        return Eli(gazette, year, int(number)) if gazette and year and number.isdecimal() else None


def year_of(words: str) -> int | None:
    """A year of four digits, or ``None``."""
    return int(words) if words.isdecimal() and len(words) == 4 else None


def text_of(fields: Fields, *, wrapped: bool) -> tuple[str, OffsetMap]:
    """The text of a record that holds it in ``text``.

    Args:
        fields: the record.
        wrapped: whether lines may have been wrapped at a width; they are then joined again.

    Raises:
        NoTextError: it holds no words.
    """
    words = fields["text"]
    lines = list(lines_of(words, "/text"))
    width = wrap_width(len(line.words) for line in lines) if wrapped else 0
    joined = join(wrapped_blocks(lines, width))
    if not joined.text:
        raise NoTextError("Posten har ingen ord i «text».", "Hent den igen fra kilden.")
    return joined.text, joined.offsets


def mappings(value: object) -> Iterator[tuple[int, Fields]]:
    """The objects in a list, with their places."""
    for index, item in enumerate(value if isinstance(value, Sequence) else ()):
        if isinstance(item, Mapping):
            yield index, item
