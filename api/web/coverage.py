"""The page of the coverage report: its parts, the map of an act, and the list behind each number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Request, Response

from api import coverage_plots, coverage_tables
from api.coverage_csv import write_csv
from api.coverage_named import named_table
from api.coverage_tables import Table, TableName
from api.days import parse_day
from api.routes import Work
from api.texts import Language, text
from api.web import pages
from assistant import coverage
from assistant.coverage import Report
from assistant.coverage_types import ELSEWHERE, ActMap, Age, Cell, Listing
from assistant.evidence import today
from corpus.errors import InputError
from corpus.identifiers import parse_provision_id, parse_slug
from corpus.links import Change
from corpus.references.resolved import Reason
from corpus.store import Store
from corpus.types import DocumentType

PAGE_ROWS = 40  # rows of a table on a page: some 110 kB where every cell links to an act with a long id
PAGE_PLACES = 50  # places of a list on a page
PARTS = tuple(name for name in TableName if name is not TableName.PARAGRAPHS)
_PATH = "/daekning"
T = TypeVar("T", bound=StrEnum)

# Names of the fields of a cell in an address of the page.
_NAMES = {
    "listing": "liste",
    "work": "lov",
    "place": "sted",
    "age": "alder",
    "change": "aendring",
    "reason": "grund",
    "name": "navn",
    "decision": "afgoerelse",
    "authority": "myndighed",
    "field": "emne",
    "year": "aar",
    "before": "foer",
    "collection": "samling",
    "type": "type",
}
_CODES: Mapping[str, type[StrEnum]] = {
    "listing": Listing,
    "age": Age,
    "change": Change,
    "reason": Reason,
    "type": DocumentType,
}
_NUMBERS = ("year", "before")

router = APIRouter(include_in_schema=False)
_Part = Annotated[str, Query(alias="del")]


@router.get(_PATH)
def overview(
    request: Request,
    work: Work,
    del_: _Part = "",
    dato: str = "",
    side: str = "",
    navn: str = "",
) -> Response:
    """A part of the report over the whole corpus, a page of its table at a time."""
    language, as_of = pages.language_of(request), parse_day(dato)
    found = coverage.report(work.store, as_of or today())
    part = _code(TableName, del_) if del_ else TableName.ACTS
    table = _part(language, work.store, found, part, navn)
    shown, page, count = _paged(table, side)
    return _render(
        request,
        "coverage.html",
        as_of,
        found=found.coverage,
        part=part,
        parts=PARTS,
        table=shown,
        page=page,
        pages=count,
        name=navn,
        title=text(language, f"coverage-part-{part}"),
        hint=text(language, f"coverage-hint-{part}"),
        part_name=lambda name: text(language, f"coverage-part-{name}"),
    )


@router.get(_PATH + "/lov/{id}")
def act(request: Request, work: Work, id: str, dato: str = "", side: str = "", vis: str = "") -> Response:
    """The map of an act: its §§ by number and age of decisions, and its time line."""
    language, as_of = pages.language_of(request), parse_day(dato)
    found = coverage.report(work.store, as_of or today())
    shown = coverage.act_map(work.store, found, id)
    only = _code(_Only, vis) if vis else _Only.ALL
    table, page, count = _paged(coverage_tables.paragraphs(language, _held_to(shown, only)), side)
    return _render(
        request,
        "coverage_act.html",
        as_of,
        act=shown,
        found=found.coverage,
        table=table,
        page=page,
        pages=count,
        only=only,
        onlies=[(name, text(language, f"coverage-only-{name}")) for name in _Only],
        years=coverage_tables.years(language, shown),
        changes=coverage_tables.changes(language, shown.changes, shown.summary.work),
        ages=[
            (text(language, f"coverage-short-{age}"), text(language, f"coverage-age-{age}")) for age in Age
        ],
    )


@router.get(_PATH + "/liste")
def listed(request: Request, work: Work, dato: str = "", side: str = "") -> Response:
    """The documents behind a number, each opened at the words that cite."""
    language, as_of = pages.language_of(request), parse_day(dato)
    cell = _cell(request.query_params)
    found = coverage.report(work.store, as_of or today())
    page = _number(side) if side else 1
    listing = coverage.places(work.store, found, cell, PAGE_PLACES * (page - 1), PAGE_PLACES)
    named = found.survey.works.get(coverage.act_named(found.survey, cell.work).id) if cell.work else None
    return _render(
        request,
        "coverage_list.html",
        as_of,
        listing=listing,
        cell=cell,
        place_word=str(parse_slug(cell.place)) if cell.place not in (None, ELSEWHERE) else "",
        held_to=_held_words(language, cell),
        act=named,
        page=page,
        pages=max(1, -(-listing.total // PAGE_PLACES)),
        first=PAGE_PLACES * (page - 1) + 1 if listing.places else 0,
        last=PAGE_PLACES * (page - 1) + len(listing.places),
        locator_of=lambda id: str(parse_provision_id(id)[1]),
        change_word=lambda change: text(language, f"coverage-change-{change}"),
        reason_word=lambda reason: text(language, f"coverage-reason-{reason}"),
    )


@router.get(_PATH + "/tabel.csv")
def csv_file(request: Request, work: Work, del_: _Part = "", lov: str = "", dato: str = "") -> Response:
    """A whole table as a CSV file."""
    found = coverage.report(work.store, parse_day(dato) or today())
    name = _code(TableName, del_) if del_ else TableName.ACTS
    table = named_table(pages.language_of(request), work.store, found, name, lov)
    headers = {"Content-Disposition": f'attachment; filename="daekning-{name}.csv"'}
    return Response(write_csv(table).encode(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get(_PATH + "/tidslinje.svg")
def timeline(request: Request, work: Work, lov: str, dato: str = "", tema: str = "") -> Response:
    """The time line of an act as a picture."""
    found = coverage.report(work.store, parse_day(dato) or today())
    theme = coverage_plots.DARK if tema == "moerk" else coverage_plots.LIGHT
    shown = coverage.act_map(work.store, found, lov)
    picture = coverage_plots.timeline(pages.language_of(request), shown, theme)
    return Response(picture, media_type="image/svg+xml")


class _Only(StrEnum):
    """Which §§ of a map are shown."""

    ALL = "all"
    TOUCHED = "touched"
    UNTOUCHED = "untouched"


def _held_to(act: ActMap, only: _Only) -> ActMap:
    if only is _Only.ALL:
        return act
    wanted = only is _Only.TOUCHED
    rows = tuple(r for r in act.rows if bool(r.decisions) is wanted and (wanted or not r.repealed))
    return replace(act, rows=rows, elsewhere=act.elsewhere if wanted else 0)


def _part(language: Language, store: Store, found: Report, part: TableName, name: str) -> Table:
    """The table of a part; of the changed wordings the counts, which open the places."""
    if part is TableName.CHANGED:
        return coverage_tables.changes(language, found.coverage.changes)
    if part is TableName.ACTS:
        wanted = name.casefold().strip()
        acts = [a for a in found.coverage.acts if wanted in a.title.casefold()]
        return coverage_tables.acts(language, acts)
    return named_table(language, store, found, part, "")


def _paged(table: Table, side: str) -> tuple[Table, int, int]:
    """The rows of one page, its number and the number of pages."""
    page = _number(side) if side else 1
    count = max(1, -(-len(table.rows) // PAGE_ROWS))
    return replace(table, rows=table.rows[PAGE_ROWS * (page - 1) : PAGE_ROWS * page]), page, count


def _render(request: Request, template: str, as_of: dt.date | None, **values: Any) -> Response:
    return pages.render(
        template,
        request,
        dato=as_of,
        cell_query=cell_query,
        standing_language=request.app.state.workspace.settings.language.value,
        here={k: v for k, v in request.query_params.items() if k not in ("side", "sprog")},
        path=request.url.path,
        **values,
    )


def cell_query(cell: Cell) -> dict[str, object]:
    """A cell as the parameters of an address of the page."""
    fields = ((short, getattr(cell, name)) for name, short in _NAMES.items())
    return {short: value for short, value in fields if value is not None}


def _cell(written: Mapping[str, str]) -> Cell:
    """The cell that an address names. Raises InputError where it names none."""
    given: dict[str, Any] = {name: written[short] for name, short in _NAMES.items() if short in written}
    given.setdefault("listing", Listing.DECISIONS.value)
    for name, codes in _CODES.items():
        if name in given:
            given[name] = _code(codes, given[name])
    for name in _NUMBERS:
        if name in given:
            given[name] = _number(given[name])
    return Cell(**given)


def _code(codes: type[T], written: str) -> T:
    try:
        return codes(written)
    except ValueError:
        raise InputError(
            f"«{written[:40]}» er ikke en af {', '.join(codes)}.", "Følg et link i dækningsrapporten."
        ) from None


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit() and 0 < len(written) < 7 and int(written)):
        raise InputError(f"«{written[:20]}» er ikke et sidetal eller et årstal.", "Skriv et helt tal fra 1.")
    return int(written)


def _held_words(language: Language, cell: Cell) -> list[str]:
    """What a list is held to, in words."""
    told = [
        text(language, "coverage-age", age=text(language, f"coverage-age-{cell.age}")) if cell.age else "",
        text(language, f"coverage-change-{cell.change}") if cell.change else "",
        cell.name or "",
        text(language, f"coverage-reason-{cell.reason}") if cell.reason else "",
        (cell.authority or text(language, "coverage-no-authority")) if cell.authority is not None else "",
        (cell.field or text(language, "coverage-no-field")) if cell.field is not None else "",
        str(cell.year) if cell.year is not None else "",
        text(language, "coverage-before", year=cell.before) if cell.before is not None else "",
        cell.collection or "",
        text(language, f"coverage-type-{cell.type}") if cell.type else "",
    ]
    return [words for words in told if words]
