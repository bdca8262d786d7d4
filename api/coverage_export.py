"""The coverage report as one HTML file to send and print: tables, picture, and the lists behind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api import coverage_plots, coverage_tables
from api.coverage_values import Table, TableName
from api.texts import Language, day, text
from assistant import coverage
from assistant.coverage import Report
from assistant.coverage_types import ActMap, Cell, PlaceList
from corpus.store import Store

_WEB = Path(__file__).parent / "web"
MAX_LISTED = 1000  # places printed of one list; the page has them all
_TEMPLATES = Environment(
    loader=FileSystemLoader(_WEB / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Behind:
    """A list behind numbers of the file, and the anchor that leads to it."""

    anchor: str
    heading: str
    listing: PlaceList


def write_html(language: Language, store: Store, found: Report, act: ActMap | None) -> str:
    """The whole report, or that of one act. It loads nothing from elsewhere."""
    tables = list(_tables(language, found, act))
    lists = _lists(store, found, tables)
    picture = coverage_plots.timeline(language, act).decode() if act and act.years else ""
    return _TEMPLATES.get_template("coverage_export.html").render(
        language=language,
        t=lambda key, **fill: text(language, key, **fill),
        day_of=lambda date: day(language, date),
        coverage=found.coverage,
        act=act,
        tables=tables,
        lists=lists,
        anchor_of=lambda value: _anchor(_whole(value.cell)),
        change_word=lambda change: text(language, f"coverage-change-{change}"),
        reason_word=lambda reason: text(language, f"coverage-reason-{reason}"),
        # From the XML declaration on, a picture inside a page is its own element alone.
        picture=Markup(picture[picture.find("<svg") :]),  # noqa: S704 - drawn here, its texts escaped
        styles=Markup("\n".join((_WEB / "static" / f).read_text() for f in ("page.css", "coverage.css"))),  # noqa: S704 - our own files
    )


def _tables(language: Language, found: Report, act: ActMap | None) -> Iterator[Table]:
    if act is not None:
        yield coverage_tables.paragraphs(language, act)
        yield coverage_tables.changes(language, act.changes, act.summary.work)
        yield coverage_tables.years(language, act)
        return
    for name in TableName:
        if name is TableName.CHANGED:
            yield coverage_tables.changes(language, found.coverage.changes)
        elif name is TableName.ACTS:
            yield coverage_tables.acts(language, [a for a in found.coverage.acts if a.decisions])
        elif name is not TableName.PARAGRAPHS:
            yield coverage_tables.table(language, name, found.coverage, None)


def _whole(cell: Cell) -> Cell:
    """The cell without its years and ages: a row has one list, in order of date."""
    return replace(cell, age=None, year=None, before=None)


def _anchor(cell: Cell) -> str:
    return f"l-{hashlib.sha256(repr(cell).encode()).hexdigest()[:12]}"


def _lists(store: Store, found: Report, tables: Iterable[Table]) -> list[Behind]:
    lists: dict[str, Behind] = {}
    for table in tables:
        for row in table.rows:
            for value in row:
                if value.cell is None or _anchor(_whole(value.cell)) in lists:
                    continue
                cell = _whole(value.cell)
                heading = f"{table.caption}: {row[0].text}"
                lists[_anchor(cell)] = Behind(_anchor(cell), heading, _all(store, found, cell))
    return list(lists.values())


def _all(store: Store, found: Report, cell: Cell) -> PlaceList:
    """A list up to ``MAX_LISTED`` places."""
    first = coverage.places(store, found, cell, 0, coverage.MAX_PLACES)
    places, after = list(first.places), first.next
    while after is not None and len(places) < MAX_LISTED:
        page = coverage.places(store, found, cell, after, coverage.MAX_PLACES)
        places += page.places
        after = page.next
    return replace(first, places=tuple(places), next=after)
