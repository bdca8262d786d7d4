"""The command that reports what the decisions kept cover."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table as Shown
from rich.text import Text

from api import coverage_plots, coverage_tables
from api.cli.console import emit, err, out
from api.coverage_csv import write_csv
from api.coverage_export import write_html
from api.coverage_named import named_table
from api.coverage_records import CoverageResponse
from api.coverage_values import Table, TableName
from api.days import parse_day
from api.settings import Settings
from api.texts import Language, day, text
from api.wiring import Workspace
from assistant import coverage as covering
from assistant.coverage import Report
from assistant.coverage_types import ActMap
from assistant.evidence import today
from corpus.errors import InputError

ROWS_SHOWN = 15  # rows of each table in a terminal; --csv and --json have them all
_NARROWEST, _NAME = 10, 16  # columns of a terminal that a text keeps, and that the name of a row keeps


def coverage(
    context: typer.Context,
    work: Annotated[
        str | None, typer.Option(help="The map of this act: its id, the id of a version, or its title.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Report on this day; later decisions are left out."),
    ] = None,
    table: Annotated[
        TableName | None,
        typer.Option(help="Only this table (--csv: acts, or with --work paragraphs, if left out)."),
    ] = None,
    authority: Annotated[
        str | None, typer.Option(help="Hold the table of fields to decisions of this authority.")
    ] = None,
    field: Annotated[
        str | None, typer.Option(help="Hold the table of authorities to decisions of this field.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print one table as CSV instead of text.")] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report with its lists to one HTML file.")
    ] = None,
    png: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a heat map, of an act with its time line.")
    ] = None,
) -> None:
    """Report which provisions decisions touch, what has changed under them, and where there are gaps."""
    if as_json and as_csv:
        raise InputError("Der kan skrives enten JSON eller CSV.", "Vælg --json eller --csv.")
    settings: Settings = context.obj.settings
    language = settings.language
    asked = parse_day(as_of) or today()
    store = Workspace(settings).store
    found = covering.held(covering.report(store, asked), authority, field)
    act = covering.act_map(store, found, work) if work is not None else None
    chosen = table or (TableName.PARAGRAPHS if act else TableName.ACTS)
    if found.coverage.unlinked:
        waiting = text(language, "coverage-unlinked", count=found.coverage.unlinked)
        err.print(waiting, style="yellow", markup=False)
    if html is not None:
        _write(language, html, write_html(language, store, found, act).encode())
    if png is not None:
        draw = (
            coverage_plots.act_picture(language, act)
            if act
            else coverage_plots.overview_picture(language, found.coverage)
        )
        _write(language, png, draw)
    if as_json:
        emit(CoverageResponse.of(found.coverage, act))
    elif as_csv:
        _print_csv(write_csv(named_table(language, store, found, chosen, work or "")))
    elif table is not None:
        _print(language, named_table(language, store, found, chosen, work or ""))
    elif html is None and png is None:
        _report(language, found, act)


def _report(language: Language, found: Report, act: ActMap | None) -> None:
    """The report for people: of an act its map, else every table of the corpus, each cut short."""
    if act is not None:
        out.print(Text(act.summary.citation, style="bold"))
        touched = coverage_tables.paragraphs(language, act)
        _print(language, touched)
        _print(language, coverage_tables.changes(language, act.changes))
        return
    counts = {"decisions": found.coverage.decisions, "undated": found.coverage.undated}
    told = text(
        language,
        "coverage-counted",
        day=day(language, found.coverage.as_of),
        later=found.coverage.later,
        **counts,
    )
    out.print(Text(told))
    for name in TableName:
        if name is TableName.CHANGED:
            _print(language, coverage_tables.changes(language, found.coverage.changes))
        elif name is not TableName.PARAGRAPHS:
            _print(language, coverage_tables.table(language, name, found.coverage, None))


def _print(language: Language, table: Table) -> None:
    shown = Shown(title=Text(table.caption), title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for number, column in enumerate(table.columns):
        counted = all(row[number].number for row in table.rows)
        # Headings fold before numbers do, and the name of a row never vanishes.
        longest = max((len(row[number].text) for row in table.rows), default=0)
        shown.add_column(
            Text(column),
            justify="right" if counted and number else "left",
            overflow="fold",
            min_width=longest if counted and number else _NARROWEST if number else _NAME,
        )
    limit = None if table.name is TableName.PARAGRAPHS else ROWS_SHOWN
    for row in table.rows[:limit]:
        shown.add_row(*(Text(value.text) for value in row))
    out.print(shown)
    if limit is not None and len(table.rows) > limit:
        more = text(language, "coverage-more", count=len(table.rows) - limit)
        out.print(Text(more, style="dim"))


def _print_csv(written: str) -> None:
    """On standard output as UTF-8, whatever the terminal's encoding: it is mostly sent to a file."""
    out.file.write(written)


def _write(language: Language, path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(
            f"Filen {path} kan ikke skrives: {error.strerror}.", "Vælg et andet sted."
        ) from error
    err.print(text(language, "coverage-written", path=path), markup=False)
