"""The map of an act as tiles, a § each, under its chapters; and the numbers that a report begins with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from api.coverage_values import TableName, Value, dated, shade
from api.texts import Language, text
from assistant import coverage
from assistant.coverage import Report
from assistant.coverage_types import ActMap, Cell, Listing, ParagraphRow


@dataclass(frozen=True, slots=True)
class Tile:
    """A § of the map: its number of decisions, the year of the newest, and those on a changed wording.

    ``cell`` is what it opens, None where no decision touches it. ``shade`` 0 to 4 tells the number again.
    """

    locator: str
    decisions: int
    newest: int | None
    changed: int
    shade: int
    repealed: bool
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class Total:
    """A number with its name. It opens what its value opens, or else the ``part`` of the report."""

    name: str
    value: Value
    part: TableName | None = None


def chapters(act: ActMap) -> list[tuple[str, list[Tile]]]:
    """The tiles of an act in its own order, under the chapter printed before them; empty where none is."""
    grouped = groupby(act.rows, key=lambda row: row.chapter)
    return [(chapter, [_tile(act.summary.work, row) for row in rows]) for chapter, rows in grouped]


def _tile(work: str, row: ParagraphRow) -> Tile:
    return Tile(
        row.locator,
        row.decisions,
        row.newest.year if row.newest else None,
        row.changed,
        shade(row.decisions),
        row.repealed,
        Cell(Listing.ACT, work, row.place) if row.decisions else None,
    )


def totals(language: Language, found: Report) -> list[Total]:
    """What an adviser looks at first, over the whole corpus; each number opens its list or its part."""
    return [Total(text(language, key), value, part) for key, value, part in _totals(found)]


def _totals(found: Report) -> Iterator[tuple[str, Value, TableName | None]]:
    told = found.coverage
    untouched, paragraphs = sum(a.untouched for a in told.acts), sum(a.paragraphs for a in told.acts)
    newest = max((s.newest for s in told.sources if s.newest), default=None)
    read = max((s.last_read for s in told.sources), default=None)
    yield "coverage-decisions", _opened(found, Cell(Listing.DECISIONS)), None
    yield "coverage-on-changed", _opened(found, Cell(Listing.CHANGED)), None
    yield "coverage-superseded-cited", Value(str(len(told.superseded))), TableName.SUPERSEDED
    yield "coverage-with-unresolved", _opened(found, Cell(Listing.UNRESOLVED)), None
    yield "coverage-untouched-of", Value(f"{untouched} / {paragraphs}"), TableName.ACTS
    yield "coverage-newest-document", dated(newest), TableName.SOURCES
    yield "coverage-last-read", dated(read.date() if read else None), TableName.SOURCES


def _opened(found: Report, cell: Cell) -> Value:
    documents, _ = coverage.counted(found, cell)
    return Value(str(documents), cell=cell if documents else None)
