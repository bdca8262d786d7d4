"""The tables of the coverage report in words, ready for the page, a terminal, a CSV file or a printed file.

A value knows what it opens: a cell of the report, a map of an act, or a document at its words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.texts import Language, text
from assistant.coverage_types import (
    ELSEWHERE,
    ActMap,
    ActSummary,
    Age,
    Cell,
    ChangeCount,
    Coverage,
    Grid,
    Listing,
    NamedCount,
    Place,
    SourceAge,
    SupersededDecision,
)
from corpus.links import Change
from corpus.types import Span

_SHADES = (1, 2, 4, 8)  # a shade begins at each of these: numbers of decisions on one § grow like this
_GAP = "–"


class TableName(StrEnum):
    """The tables that can be asked for by name."""

    ACTS = "acts"
    PARAGRAPHS = "paragraphs"
    CHANGED = "changed"
    UNRESOLVED = "unresolved"
    SUPERSEDED = "superseded"
    AUTHORITIES = "authorities"
    FIELDS = "fields"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a table.

    ``note`` stands below it in small print. At most one of ``cell``, ``act`` (id of an act) and ``source``
    (id of a document or provision, with ``span``) says what it opens. ``shade`` 0 to 4 is its place in a
    heat map; ``gap`` marks a hole in a grid; ``danish`` a text that is Danish in every language.
    """

    text: str
    note: str = ""
    cell: Cell | None = None
    act: str = ""
    source: str = ""
    span: Span | None = None
    shade: int | None = None
    gap: bool = False
    danish: bool = False
    fictional: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, the words of its columns and its rows; the first value of a row names it."""

    name: TableName
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def shade(count: int) -> int:
    """The shade of a number of decisions: 0 for none, 4 for eight and more."""
    return sum(count >= step for step in _SHADES)


def acts(language: Language, found: Iterable[ActSummary]) -> Table:
    """The acts with the number of their §§ that decisions touch."""
    rows = [
        (
            Value(
                a.title,
                "" if a.in_force is not False else text(language, "coverage-not-in-force"),
                act=a.work,
                danish=True,
                fictional=a.fictional,
            ),
            _count(a.decisions, Cell(Listing.ACT, a.work)),
            _count(a.paragraphs),
            _count(a.touched),
            _count(a.untouched),
            _count(a.changed, Cell(Listing.CHANGED, a.work)),
            _day(a.newest),
        )
        for a in found
    ]
    words = ("act", "decisions", "paragraphs", "touched", "untouched", "changed", "newest")
    return _table(language, TableName.ACTS, words, rows)


def paragraphs(language: Language, act: ActMap) -> Table:
    """The map of an act: a row for each §, its decisions by age."""
    work = act.summary.work
    rows = [
        (
            Value(r.locator, _heading(language, r.heading, r.repealed), source=r.id, danish=True),
            *_ages(work, r.place, r.decisions, r.ages),
            _count(r.changed, Cell(Listing.CHANGED, work, r.place)),
            _day(r.newest),
        )
        for r in act.rows
    ]
    if act.elsewhere:
        rows.append(
            (
                Value(text(language, "coverage-elsewhere")),
                *_ages(work, ELSEWHERE, act.elsewhere, act.elsewhere_ages),
                _count(act.elsewhere_changed, Cell(Listing.CHANGED, work, ELSEWHERE)),
                _day(None),
            )
        )
    columns = (
        text(language, "coverage-paragraph"),
        text(language, "coverage-decisions"),
        *(text(language, f"coverage-short-{age}") for age in Age),
        text(language, "coverage-changed"),
        text(language, "coverage-newest"),
    )
    return Table(TableName.PARAGRAPHS, text(language, "coverage-part-paragraphs"), columns, tuple(rows))


def years(language: Language, act: ActMap) -> Table:
    """The numbers behind the time line of an act."""
    rows = [
        (Value(str(year)), _count(count, Cell(Listing.ACT, act.summary.work, year=year)))
        for year, count in act.years
    ]
    return _table(language, TableName.PARAGRAPHS, ("year", "decisions"), rows, "coverage-per-year")


def changes(language: Language, counts: Iterable[ChangeCount], work: str | None = None) -> Table:
    """What became of the wordings that decisions cite."""
    rows = [
        (
            Value(text(language, f"coverage-change-{c.change}")),
            _count(c.decisions, Cell(Listing.CHANGED, work, change=c.change)),
            _count(c.places, Cell(Listing.CHANGED, work, change=c.change)),
        )
        for c in counts
    ]
    return _table(language, TableName.CHANGED, ("change", "decisions", "places"), rows)


def changed_places(language: Language, found: Iterable[Place]) -> Table:
    """Each place that cites a changed wording, with what stands there now."""
    rows = [
        (
            _decision(place),
            Value(place.document.date.isoformat() if place.document.date else ""),
            Value(place.document.authority, danish=True),
            Value(place.cited_citation, source=place.cited, danish=True),
            Value(text(language, f"coverage-change-{place.change or Change.SAME}")),
            _day(place.since),
            Value(", ".join(place.now)),
        )
        for place in found
    ]
    words = ("decision", "date", "authority", "cited", "change", "since", "now")
    return _table(language, TableName.CHANGED, words, rows)


def unresolved(language: Language, counts: Iterable[NamedCount]) -> Table:
    """What decisions cite and the corpus does not hold."""
    rows = []
    for c in counts:
        cell = Cell(Listing.UNRESOLVED, reason=c.reason, name=c.name)
        rows.append(
            (
                Value(c.name or text(language, "coverage-unnamed"), danish=bool(c.name)),
                Value(text(language, f"coverage-reason-{c.reason}")),
                _count(c.decisions, cell),
                _count(c.places, cell),
            )
        )
    return _table(language, TableName.UNRESOLVED, ("named", "reason", "decisions", "places"), rows)


def superseded(language: Language, found: Iterable[SupersededDecision]) -> Table:
    """Decisions that no longer stand and that others cite."""
    rows = []
    for s in found:
        cell = Cell(Listing.SUPERSEDED, decision=s.decision.id)
        rows.append(
            (
                Value(
                    s.decision.citation,
                    source=s.decision.id,
                    danish=True,
                    fictional=s.decision.fictional,
                ),
                Value(", ".join(s.replaced)),
                Value(", ".join(s.set_aside)),
                _day(s.since),
                _count(s.cited_by, cell),
                _count(s.after, cell),
            )
        )
    words = ("decision", "replaced", "set-aside", "since", "cited-by", "after")
    return _table(language, TableName.SUPERSEDED, words, rows)


def authorities(language: Language, grid: Grid) -> Table:
    """Decisions by authority and year."""
    unnamed = text(language, "coverage-no-authority")
    return _grid(
        language,
        TableName.AUTHORITIES,
        grid,
        unnamed,
        lambda name, year, before: Cell(Listing.DECISIONS, authority=name, year=year, before=before),
    )


def fields(language: Language, grid: Grid) -> Table:
    """Decisions by first subject and year."""
    unnamed = text(language, "coverage-no-field")
    return _grid(
        language,
        TableName.FIELDS,
        grid,
        unnamed,
        lambda name, year, before: Cell(Listing.DECISIONS, field=name, year=year, before=before),
    )


def sources(language: Language, found: Iterable[SourceAge]) -> Table:
    """How fresh each collection is for each type of document."""
    rows = [
        (
            Value(f"{s.collection}: {text(language, f'coverage-type-{s.type}')}"),
            _count(s.documents, Cell(Listing.DOCUMENTS, collection=s.collection, type=s.type)),
            _day(s.newest),
            _day(s.oldest),
            _count(s.undated),
            _day(s.first_read.date()),
            _day(s.last_read.date()),
        )
        for s in found
    ]
    words = ("collection", "documents", "newest", "oldest", "undated", "first-read", "last-read")
    return _table(language, TableName.SOURCES, words, rows)


def table(
    language: Language,
    name: TableName,
    coverage: Coverage,
    act: ActMap | None,
    changed: Sequence[Place] = (),
) -> Table:
    """A table by its name; ``act`` is needed for PARAGRAPHS and ``changed`` holds the rows of CHANGED."""
    match name:
        case TableName.ACTS:
            return acts(language, coverage.acts)
        case TableName.PARAGRAPHS:
            assert act is not None, "the map of an act needs the act"
            return paragraphs(language, act)
        case TableName.CHANGED:
            return changed_places(language, changed)
        case TableName.UNRESOLVED:
            return unresolved(language, coverage.unresolved)
        case TableName.SUPERSEDED:
            return superseded(language, coverage.superseded)
        case TableName.AUTHORITIES:
            return authorities(language, coverage.authorities)
        case TableName.FIELDS:
            return fields(language, coverage.fields)
        case TableName.SOURCES:
            return sources(language, coverage.sources)


def _grid(
    language: Language,
    name: TableName,
    grid: Grid,
    unnamed: str,
    cell: Callable[[str, int | None, int | None], Cell],
) -> Table:
    before = grid.years[0] - 1
    rows = [
        (
            Value(r.name or unnamed, danish=bool(r.name)),
            _count(r.total, cell(r.name, None, None)),
            _shaded(r.before, cell(r.name, None, before)),
            *(
                _shaded(n, cell(r.name, year, None), gap=n == 0 and bool(r.before or any(r.counts[:at])))
                for at, (year, n) in enumerate(zip(grid.years, r.counts, strict=True))
            ),
            _count(r.undated),
        )
        for r in grid.rows
    ]
    columns = (
        text(language, "coverage-authority" if name is TableName.AUTHORITIES else "coverage-field"),
        text(language, "coverage-total"),
        text(language, "coverage-before", year=before),
        *map(str, grid.years),
        text(language, "coverage-undated"),
    )
    return Table(name, text(language, f"coverage-part-{name}"), columns, tuple(rows))


def _ages(work: str, place: str, decisions: int, ages: Sequence[int]) -> tuple[Value, ...]:
    counted = (_shaded(n, Cell(Listing.ACT, work, place, age)) for age, n in zip(Age, ages, strict=True))
    return (_shaded(decisions, Cell(Listing.ACT, work, place)), *counted)


def _heading(language: Language, heading: str, repealed: bool) -> str:
    return text(language, "repealed") if repealed else heading


def _decision(place: Place) -> Value:
    document = place.document
    return Value(
        document.citation, source=document.id, span=place.span, danish=True, fictional=document.fictional
    )


def _count(count: int, cell: Cell | None = None) -> Value:
    return Value(str(count), cell=cell if count else None, number=True)


def _shaded(count: int, cell: Cell, gap: bool = False) -> Value:
    if gap:
        return Value(_GAP, shade=0, gap=True, number=True)
    return Value(str(count), cell=cell if count else None, shade=shade(count), number=True)


def _day(day: dt.date | None) -> Value:
    """A day of a table: ISO 8601, which sorts and is read the same in both languages."""
    return Value(day.isoformat() if day else "", number=True)


def _table(
    language: Language,
    name: TableName,
    words: Sequence[str],
    rows: Sequence[tuple[Value, ...]],
    caption: str = "",
) -> Table:
    columns = tuple(text(language, f"coverage-{word}") for word in words)
    return Table(name, text(language, caption or f"coverage-part-{name}"), columns, tuple(rows))
