"""The page of the coverage report: its parts, the list behind each number, and what can be taken along."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api import coverage_map, coverage_plots, coverage_tables
from api.coverage_csv import write_csv
from api.coverage_export import write_html
from api.coverage_named import all_places, named_table
from api.coverage_values import Table, TableName
from api.days import parse_day
from api.routes import Work
from api.texts import Language, text
from api.web import coverage_act, pages
from api.web.coverage_address import PATH, cell_of, code, held_words, number, paged, render
from assistant import coverage
from assistant.coverage import Report
from assistant.coverage_types import ELSEWHERE
from assistant.evidence import today
from corpus.identifiers import cite_document, parse_provision_id, parse_slug, work_title
from corpus.store import Store

PAGE_PLACES = 50  # places of a list on a page
PARTS = tuple(name for name in TableName if name is not TableName.PARAGRAPHS)

router = APIRouter(include_in_schema=False)
router.include_router(coverage_act.router)
_Part = Annotated[str, Query(alias="del")]


@router.get(PATH)
def overview(
    request: Request,
    work: Work,
    del_: _Part = "",
    dato: str = "",
    side: str = "",
    navn: str = "",
    myndighed: str = "",
    emne: str = "",
) -> Response:
    """A part of the report over the whole corpus, a page of its table at a time.

    ``navn`` holds the acts to a part of their name, ``myndighed`` the fields to an authority, ``emne`` the
    authorities to a field.
    """
    language = pages.language_of(request)
    found = coverage.report(work.store, parse_day(dato) or today())
    found = coverage.held(found, myndighed or None, emne or None)
    part = code(TableName, del_) if del_ else TableName.ACTS
    table = _part(language, work.store, found, part, navn)
    shown, page, count = paged(table, side)
    return render(
        request,
        "coverage.html",
        found=found.coverage,
        part=part,
        parts=PARTS,
        table=shown,
        page=page,
        pages=count,
        name=navn,
        totals=coverage_map.totals(language, found),
        held=_choices(found, part),
        title=text(language, f"coverage-part-{part}"),
        hint=text(language, f"coverage-hint-{part}"),
        part_name=lambda name: text(language, f"coverage-part-{name}"),
    )


@router.get(PATH + "/liste")
def listed(request: Request, work: Work, dato: str = "", side: str = "") -> Response:
    """The documents behind a number, each with the words in it that cite and opened at them."""
    language = pages.language_of(request)
    cell = cell_of(request.query_params)
    found = coverage.report(work.store, parse_day(dato) or today())
    page = number(side) if side else 1
    listing = coverage.places(work.store, found, cell, PAGE_PLACES * (page - 1), PAGE_PLACES)
    named = found.survey.works.get(coverage.act_named(found.survey, cell.work).id) if cell.work else None
    gone = work.store.document(cell.decision).metadata if cell.decision else None
    return render(
        request,
        "coverage_list.html",
        title=text(language, f"coverage-listed-{cell.listing}"),
        listing=listing,
        documents=[(d, list(here)) for d, here in groupby(listing.places, key=lambda p: p.document)],
        place_word=str(parse_slug(cell.place)) if cell.place not in (None, ELSEWHERE) else "",
        elsewhere=cell.place == ELSEWHERE,
        held_to=held_words(language, cell),
        decision=cite_document(gone) if gone else "",
        fictional=gone.fictional if gone else False,
        act=named,
        act_title=work_title(named.shown.metadata.title) if named else "",
        page=page,
        pages=max(1, -(-listing.total // PAGE_PLACES)),
        first=PAGE_PLACES * (page - 1) + 1 if listing.places else 0,
        last=PAGE_PLACES * (page - 1) + len(listing.places),
        locator_of=lambda id: str(parse_provision_id(id)[1]),
        change_word=lambda change: text(language, f"coverage-change-{change}"),
        reason_word=lambda reason: text(language, f"coverage-reason-{reason}"),
    )


@router.get(PATH + "/tabel.csv")
def csv_file(
    request: Request,
    work: Work,
    del_: _Part = "",
    lov: str = "",
    dato: str = "",
    myndighed: str = "",
    emne: str = "",
) -> Response:
    """A whole table as a CSV file."""
    language = pages.language_of(request)
    found = coverage.report(work.store, parse_day(dato) or today())
    name = code(TableName, del_) if del_ else TableName.ACTS
    found = coverage.held(found, myndighed or None, emne or None)
    table = named_table(language, work.store, found, name, lov)
    return _attached(write_csv(table).encode(), "text/csv; charset=utf-8", f"daekning-{name}.csv")


@router.get(PATH + "/liste.csv")
def csv_list(request: Request, work: Work, dato: str = "") -> Response:
    """The whole list behind a number as a CSV file."""
    cell = cell_of(request.query_params)
    found = coverage.report(work.store, parse_day(dato) or today())
    table = coverage_tables.listed(pages.language_of(request), all_places(work.store, found, cell))
    return _attached(
        write_csv(table).encode(), "text/csv; charset=utf-8", f"daekning-liste-{cell.listing}.csv"
    )


@router.get(PATH + "/rapport.html")
def html_file(request: Request, work: Work, lov: str = "", dato: str = "") -> Response:
    """The report, or that of one act, as one file to send and print."""
    found = coverage.report(work.store, parse_day(dato) or today())
    act = coverage.act_map(work.store, found, lov) if lov else None
    written = write_html(pages.language_of(request), work.store, found, act)
    name = f"daekning-{found.coverage.as_of.isoformat()}.html"
    return _attached(written.encode(), "text/html; charset=utf-8", name)


@router.get(PATH + "/kort.png")
def png_file(request: Request, work: Work, lov: str = "", dato: str = "") -> Response:
    """The heat map of an act with its time line, or of authorities by year, as a picture to put in a text."""
    language = pages.language_of(request)
    found = coverage.report(work.store, parse_day(dato) or today())
    if lov:
        picture = coverage_plots.act_picture(language, coverage.act_map(work.store, found, lov))
    else:
        picture = coverage_plots.overview_picture(language, found.coverage)
    return _attached(picture, "image/png", f"daekning-{found.coverage.as_of.isoformat()}.png")


def _attached(data: bytes, media_type: str, name: str) -> Response:
    return Response(
        data, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _part(language: Language, store: Store, found: Report, part: TableName, name: str) -> Table:
    """The table of a part; of the changed wordings the counts, which open the places."""
    if part is TableName.CHANGED:
        return coverage_tables.changes(language, found.coverage.changes)
    if part is TableName.ACTS:
        wanted = name.casefold().strip()
        acts = [a for a in found.coverage.acts if wanted in a.title.casefold()]
        return coverage_tables.acts(language, acts)
    return named_table(language, store, found, part, "")


def _choices(found: Report, part: TableName) -> dict[str, Any] | None:
    """What a grid can be held to: the name of the choice in an address, its names and the one chosen."""
    facts, told = found.survey.decisions.values(), found.coverage
    match part:
        case TableName.FIELDS:
            key, names, chosen = "myndighed", {d.authority for d in facts}, told.fields.held
        case TableName.AUTHORITIES:
            key, names, chosen = "emne", {d.field for d in facts}, told.authorities.held
        case _:
            return None
    label = "coverage-authority" if key == "myndighed" else "coverage-field"
    return {"key": key, "label": label, "names": sorted(names - {""}), "chosen": chosen}
