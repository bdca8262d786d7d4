"""Statutes as JSON, split by §: the register's whole body of law, and barselsloven as a tree.

What the register's records say of status and § number is not used: the status is wrong for most, and
the number is printed in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.errors import NoTextError
from corpus.parsing.lexdania_numbers import paragraph_numbers
from corpus.parsing.records_fields import (
    ADDRESS,
    Fields,
    accession_of,
    date_of,
    eli_of,
    kind_of,
    mappings,
    said,
    type_of,
    year_of,
)
from corpus.parsing.text import TextBuilder
from corpus.structure import find_provisions, read_label, read_paragraph
from corpus.types import (
    DocumentType,
    Kind,
    Locator,
    Metadata,
    OffsetMap,
    ParsedDocument,
    Part,
    Provision,
    Span,
)
from corpus.units import Context

_CHAPTER = re.compile(r"(\d{1,3}|[IVXLC]{1,7})\s?([a-zæøå]?)")
_BARE_NUMBER = re.compile(r"(\d{1,4}(?:\s?[a-zæøå](?!\w))?)\.?(?=\s|$)")
# Blocks for numbers printed twice in the act itself; see ``Locator``.
_FIRST_SPARE = 1
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
# How far ahead the row of §§ is looked for again; at most two §§ stand quoted together in 702 documents.
_QUOTED_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class _Entry:
    """A § of the record: its place, its numbers, where its words begin, and its chapter."""

    span: Span
    numbers: tuple[str, ...]
    body_start: int
    chapter: str

    @property
    def order(self) -> tuple[int, int]:
        return _order(self.numbers[0])


@dataclass(slots=True)
class _Place:
    """Where the walk stands: the part, its block, and the §§ it has met there."""

    part: Part = Part.MAIN
    block: int = 0
    last: tuple[int, int] = (0, 0)
    spare: int = _FIRST_SPARE
    seen: set[Locator] = field(default_factory=set)


def parse_split(fields: Fields, parser: str) -> ParsedDocument:
    """A statute whose §§ are the entries of ``provisions``.

    Raises:
        NoTextError: no entry holds words.
    """
    entries = list(mappings(fields.get("provisions")))
    builder = TextBuilder()
    spans: list[tuple[Span, Fields]] = []
    for index, entry in entries:
        content = entry.get("content")
        builder.end_block()
        start = builder.next_start
        if isinstance(content, str):
            builder.add(content, f"/provisions/{index}/content")
        if len(builder) > start:
            spans.append((Span(start, len(builder)), entry))
    text, offsets = builder.build()
    if not text:
        raise NoTextError("Loven har ingen tekst i «provisions».", "Hent den igen fra kilden.")
    warnings: list[str] = []
    return ParsedDocument(
        _metadata(fields),
        text,
        offsets,
        provisions=tuple(_provisions(text, spans, warnings)),
        parser=parser,
        warnings=tuple(warnings),
    )


def _provisions(text: str, spans: list[tuple[Span, Fields]], warnings: list[str]) -> Iterator[Provision]:
    entries = list(_entries(text, spans, warnings))
    chaptered = [i for i, entry in enumerate(entries) if entry.chapter]
    # Entries after the last chapter are rules of amending acts; an act without chapters has them
    # where its numbers begin again.
    first_transitional = chaptered[-1] + 1 if chaptered else len(entries)
    quoted = _quoted(entries[:first_transitional]) if chaptered else set()
    place = _Place()
    for index, entry in enumerate(entries):
        if index in quoted:
            warnings.append(f"§ {entry.numbers[0]} står uden for rækken: den citeres fra en anden lov.")
            continue
        restarts = entry.order <= place.last
        begins = index == first_transitional or (restarts and not chaptered and entry.order <= (1, 1))
        if begins or (restarts and place.part is Part.TRANSITIONAL):
            place = _Place(Part.TRANSITIONAL, place.block + 1 if place.part is Part.TRANSITIONAL else 1)
        place.last = max(place.last, _order(entry.numbers[-1]))
        locators = [_claim(number, place, warnings) for number in entry.numbers]
        yield from read_paragraph(text, entry.span, entry.body_start, locators, Context(entry.chapter))


def _entries(text: str, spans: list[tuple[Span, Fields]], warnings: list[str]) -> Iterator[_Entry]:
    """The entries that have a number."""
    last = (0, 0)
    for index, (span, entry) in enumerate(spans):
        numbers, body_start = _printed_numbers(text, span)
        if not numbers:
            following = spans[index + 1][0] if index + 1 < len(spans) else None
            numbers = _given_number(text, entry, last, following)
            warnings.append(
                f"§ {numbers[0]} er trykt uden nummer; nummeret er kildens."
                if numbers
                else f"En paragraf er trykt uden nummer: «{span.of(text)[:60]}»."
            )
        if numbers:
            last = _order(numbers[-1])
            yield _Entry(span, numbers, body_start, _chapter(entry))


def _quoted(entries: Sequence[_Entry]) -> set[int]:
    """The entries outside the row of §§: what an amendment in the act inserts into another act.

    One that fills a gap in the row is the act's own, which the record has put in the wrong place.
    """
    found: set[int] = set()
    row: list[tuple[int, int]] = []
    last = (0, 0)
    for index, entry in enumerate(entries):
        after = [e.order for e in entries[index + 1 : index + 1 + _QUOTED_AT_MOST]]
        below = entry.order < last and any(order > last for order in after)
        # One § quoted below a gap says nothing of the § above the gap: more must go on under it than over it.
        above = 2 * sum(last < order < entry.order for order in after) > len(after)
        if below or above:
            found.add(index)
        else:
            row += (_order(number) for number in entry.numbers)
            last = row[-1]
    row.sort()
    return {index for index in found if not _fills_gap(row, entries[index].order)}


def _fills_gap(row: Sequence[tuple[int, int]], order: tuple[int, int]) -> bool:
    """Whether the sorted ``row`` misses the § and it follows straight on one in it: 34 a → 34 b or 35."""
    at = bisect_left(row, order)
    if at == 0 or row[at : at + 1] == [order]:
        return False
    (number, letter), (last, last_letter) = order, row[at - 1]
    return (number == last and letter == last_letter + 1) or (number == last + 1 and letter <= 1)


def _claim(number: str, place: _Place, warnings: list[str]) -> Locator:
    """The locator of a §, in a block of its own where the number was printed before."""
    locator = Locator(number, part=place.part, block=place.block)
    if locator in place.seen:
        warnings.append(f"{locator} er trykt mere end én gang.")
        locator = Locator(number, part=place.part, block=place.spare)
        place.spare += 1
    place.seen.add(locator)
    return locator


def _printed_numbers(text: str, span: Span) -> tuple[tuple[str, ...], int]:
    """The numbers an entry is printed under, and where its words begin."""
    numbers, start = read_label(text, span)
    bare = None if numbers else _BARE_NUMBER.match(text, span.start, span.end)
    return (paragraph_numbers(bare[1]).values, bare.end()) if bare else (numbers, start)


def _given_number(text: str, entry: Fields, last: tuple[int, int], following: Span | None) -> tuple[str, ...]:
    """The source's number of an entry printed without any («(Ophævet).»), if its neighbours bear it out."""
    given = paragraph_numbers(said(entry, "section")).values
    after = _printed_numbers(text, following)[0] if following else ()
    fits = given and last < _order(given[0]) and (not after or _order(given[-1]) < _order(after[0]))
    return given if fits else ()


def _order(number: str) -> tuple[int, int]:
    """What §§ are sorted by; the last letters of the Danish alphabet are not the last of Unicode's."""
    digits, _, letter = number.partition(" ")
    return int(digits), _LETTERS.find(letter.lower()) + 1 if letter else 0


def _chapter(entry: Fields) -> str:
    match = _CHAPTER.fullmatch(said(entry, "chapter"))
    return f"Kapitel {match[1]}{' ' if match[2] else ''}{match[2]}" if match else ""


def _metadata(fields: Fields) -> Metadata:
    year, _, number = said(fields, "id").partition(":")
    accession = accession_of(said(fields, "description"))
    short_name, title = said(fields, "short_name"), said(fields, "title")
    type_ = type_of(short_name) or DocumentType.OTHER
    url = said(fields, "url")
    eli = eli_of(url, accession, year_of(year), number)
    return Metadata(
        title=title,
        type=type_,
        kind=kind_of(type_, short_name),
        identifier=eli.slug if eli else "",
        number=number,
        year=year_of(year),
        date=date_of(said(fields, "issued_date")),
        accession_number=accession,
        eli=str(eli) if eli else "",
        url=f"{ADDRESS}{eli}" if eli else url,
    )


def parse_tree(fields: Fields, parser: str) -> ParsedDocument:
    """A statute as a tree of ``chapters``, ``paragraphs`` and ``sections``, with printed numbers apart.

    Raises:
        NoTextError: the tree holds no words.
    """
    builder = TextBuilder()
    for at, chapter in mappings(fields.get("chapters")):
        builder.end_block()
        if said(chapter, "number"):
            builder.insert(f"Kapitel {said(chapter, 'number')}")
        builder.end_block()
        _write(builder, chapter, "title", f"/chapters/{at}")
        for number, paragraph in mappings(chapter.get("paragraphs")):
            pointer = f"/chapters/{at}/paragraphs/{number}"
            _write_unit(builder, paragraph, pointer)
            for stk, section in mappings(paragraph.get("sections")):
                _write_unit(builder, section, f"{pointer}/sections/{stk}")
    text, offsets = builder.build()
    if not text:
        raise NoTextError("Loven har ingen tekst i «chapters».", "Hent den igen fra kilden.")
    return ParsedDocument(
        _tree_metadata(fields),
        text,
        OffsetMap(offsets.anchors),
        provisions=find_provisions(text, Span(0, len(text))),
        parser=parser,
    )


def _write_unit(builder: TextBuilder, unit: Fields, pointer: str) -> None:
    """A § or stk. with its printed number, which the source keeps without the point."""
    builder.end_block()
    if said(unit, "reference"):
        builder.add(str(unit["reference"]), f"{pointer}/reference")
        builder.insert(".")
    for index, piece in mappings(unit.get("texts")):
        if piece.get("type") == "list" or index:
            builder.end_block()
        elif said(unit, "reference") and said(piece, "text"):
            builder.insert(" ")
        _write(builder, piece, "reference", f"{pointer}/texts/{index}")
        if said(piece, "reference") and said(piece, "text"):
            builder.insert(" ")
        _write(builder, piece, "text", f"{pointer}/texts/{index}")


def _write(builder: TextBuilder, fields: Fields, key: str, pointer: str) -> None:
    value = fields.get(key)
    if isinstance(value, str):
        builder.add(value, f"{pointer}/{key}")


def _tree_metadata(fields: Fields) -> Metadata:
    date, number, title = date_of(said(fields, "date")), said(fields, "number"), said(fields, "title")
    year = date.year if date else None
    eli = eli_of("", "A", year, number)
    consolidated = title.lower().startswith(("bekendtgørelse af lov", "lovbekendtgørelse"))
    return Metadata(
        title=title,
        type=DocumentType.CONSOLIDATED_ACT if consolidated else DocumentType.ACT,
        kind=Kind.RULE,
        identifier=eli.slug if eli else "",
        number=number,
        year=year,
        date=date,
        eli=str(eli) if eli else "",
        url=f"{ADDRESS}{eli}" if eli else "",
    )
