"""The tables of the coverage report in words, for the page, a terminal, a CSV file or a printed file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from api.coverage_values import (
    Table,
    TableName,
    Value,
    ago,
    counted,
    dated,
    shaded,
    table_of,
    viewed,
)
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
            counted(a.decisions, Cell(Listing.ACT, a.work)),
            viewed(a.paragraphs, a.work),
            viewed(a.touched, a.work, "touched"),
            viewed(a.untouched, a.work, "untouched"),
            counted(a.changed, Cell(Listing.CHANGED, a.work)),
            dated(a.newest),
        )
        for a in found
    ]
    words = ("act", "decisions", "paragraphs", "touched", "untouched", "changed", "newest")
    return table_of(language, TableName.ACTS, words, rows)


def paragraphs(language: Language, act: ActMap) -> Table:
    """The map of an act: a row for each §, its decisions by age."""
    work = act.summary.work
    rows = [
        (
            Value(r.locator, _heading(language, r.heading, r.repealed), source=r.id, danish=True),
            *_ages(work, r.place, r.decisions, r.ages),
            counted(r.changed, Cell(Listing.CHANGED, work, r.place)),
            dated(r.newest),
        )
        for r in act.rows
    ]
    if act.elsewhere:
        rows.append(
            (
                Value(text(language, "coverage-elsewhere")),
                *_ages(work, ELSEWHERE, act.elsewhere, act.elsewhere_ages),
                counted(act.elsewhere_changed, Cell(Listing.CHANGED, work, ELSEWHERE)),
                dated(None),
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
    """The numbers behind the time line of an act: all its decisions by year, and those of each §."""
    work, span = act.summary.work, [year for year, _ in act.years]
    rows = [
        (
            Value(text(language, "coverage-whole-act")),
            *(shaded(count, Cell(Listing.ACT, work, year=year)) for year, count in act.years),
        )
    ]
    for row in act.rows:
        if row.decisions:
            counts = dict(row.years)
            rows.append(
                (
                    Value(row.locator, row.heading, source=row.id, danish=True),
                    *(shaded(counts.get(y, 0), Cell(Listing.ACT, work, row.place, year=y)) for y in span),
                )
            )
    columns = (text(language, "coverage-paragraph"), *map(str, span))
    return Table(None, text(language, "coverage-per-year"), columns, tuple(rows))


def changes(language: Language, counts: Iterable[ChangeCount], work: str | None = None) -> Table:
    """What became of the wordings that decisions cite."""
    rows = [
        (
            Value(text(language, f"coverage-change-{c.change}")),
            counted(c.decisions, Cell(Listing.CHANGED, work, change=c.change)),
            counted(c.places, Cell(Listing.CHANGED, work, change=c.change)),
        )
        for c in counts
    ]
    return table_of(language, TableName.CHANGED, ("change", "decisions", "places"), rows)


def changed_places(language: Language, found: Iterable[Place]) -> Table:
    """Each place that cites a changed wording, with what stands there now."""
    rows = [
        (
            _decision(place),
            Value(place.document.date.isoformat() if place.document.date else ""),
            Value(place.document.authority, danish=True),
            Value(place.cited_citation, source=place.cited, danish=True),
            Value(_change(language, place.change or Change.SAME)),
            dated(place.since),
            Value(", ".join(place.now)),
        )
        for place in found
    ]
    words = ("decision", "date", "authority", "cited", "change", "since", "now")
    return table_of(language, TableName.CHANGED, words, rows)


def listed(language: Language, found: Iterable[Place]) -> Table:
    """A list behind a number, with the words that cite; what does not apply to it stays empty."""
    rows = [
        (
            _decision(place),
            dated(place.document.date),
            Value(place.document.authority, danish=True),
            Value(place.words, danish=True),
            Value(place.cited_citation, source=place.cited, danish=True),
            Value(_change(language, place.change)),
            dated(place.since),
            Value(", ".join(place.now)),
            Value(text(language, f"coverage-reason-{place.reason}") if place.reason else ""),
        )
        for place in found
    ]
    words = ("document", "date", "authority", "words", "cited", "change", "since", "now", "reason")
    return table_of(language, None, words, rows, "coverage-list")


def unresolved(language: Language, counts: Iterable[NamedCount]) -> Table:
    """What decisions cite and the corpus does not hold."""
    rows = []
    for c in counts:
        cell = Cell(Listing.UNRESOLVED, reason=c.reason, name=c.name)
        rows.append(
            (
                Value(c.name or text(language, "coverage-unnamed"), danish=bool(c.name)),
                Value(text(language, f"coverage-reason-{c.reason}")),
                counted(c.decisions, cell),
                counted(c.places, cell),
            )
        )
    return table_of(language, TableName.UNRESOLVED, ("named", "reason", "decisions", "places"), rows)


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
                dated(s.since),
                counted(s.cited_by, cell),
                counted(s.after, cell),
            )
        )
    words = ("decision", "replaced", "set-aside", "since", "cited-by", "after")
    return table_of(language, TableName.SUPERSEDED, words, rows)


def authorities(language: Language, grid: Grid) -> Table:
    """Decisions by authority and year."""
    unnamed = text(language, "coverage-no-authority")
    return _grid(
        language,
        TableName.AUTHORITIES,
        grid,
        unnamed,
        lambda name: Cell(Listing.DECISIONS, authority=name, field=grid.held),
    )


def fields(language: Language, grid: Grid) -> Table:
    """Decisions by first subject and year."""
    unnamed = text(language, "coverage-no-field")
    return _grid(
        language,
        TableName.FIELDS,
        grid,
        unnamed,
        lambda name: Cell(Listing.DECISIONS, authority=grid.held, field=name),
    )


def sources(language: Language, found: Iterable[SourceAge]) -> Table:
    """How fresh each collection is for each type of document."""
    rows = []
    for s in found:
        cell = Cell(Listing.DOCUMENTS, collection=s.collection, type=s.type)
        rows.append(
            (
                Value(f"{s.collection}: {text(language, f'coverage-type-{s.type}')}"),
                counted(s.documents, cell),
                dated(s.newest, ago(language, s.newest)),
                dated(s.oldest),
                counted(s.undated, replace(cell, age=Age.UNDATED)),
                dated(s.first_read.date()),
                dated(s.last_read.date(), ago(language, s.last_read.date())),
            )
        )
    words = ("collection", "documents", "newest", "oldest", "undated", "first-read", "last-read")
    return table_of(language, TableName.SOURCES, words, rows)


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
    cell_of: Callable[[str], Cell],
) -> Table:
    """A grid; ``cell_of`` gives what a row opens by its name."""
    before = grid.years[0] - 1
    rows = []
    for r in grid.rows:
        cell = cell_of(r.name)
        rows.append(
            (
                Value(r.name or unnamed, danish=bool(r.name)),
                counted(r.total, cell),
                shaded(r.before, replace(cell, before=before)),
                *(
                    shaded(n, replace(cell, year=year), gap=n == 0 and bool(r.before or any(r.counts[:at])))
                    for at, (year, n) in enumerate(zip(grid.years, r.counts, strict=True))
                ),
                counted(r.undated, replace(cell, age=Age.UNDATED)),
            )
        )
    columns = (
        text(language, "coverage-authority" if name is TableName.AUTHORITIES else "coverage-field"),
        text(language, "coverage-total"),
        text(language, "coverage-before", year=before),
        *map(str, grid.years),
        text(language, "coverage-undated"),
    )
    return Table(name, text(language, f"coverage-part-{name}"), columns, tuple(rows))


def _ages(work: str, place: str, decisions: int, ages: Sequence[int]) -> tuple[Value, ...]:
    by_age = (shaded(n, Cell(Listing.ACT, work, place, age)) for age, n in zip(Age, ages, strict=True))
    return (shaded(decisions, Cell(Listing.ACT, work, place)), *by_age)


def _heading(language: Language, heading: str, repealed: bool) -> str:
    return text(language, "repealed") if repealed else heading


def _decision(place: Place) -> Value:
    document = place.document
    return Value(
        document.citation, source=document.id, span=place.span, danish=True, fictional=document.fictional
    )


def _change(language: Language, change: Change | None) -> str:
    return text(language, f"coverage-change-{change}") if change else ""
