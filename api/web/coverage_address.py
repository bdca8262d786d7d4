"""What an address of the coverage report asks for, and the address of each of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from fastapi import Request, Response

from api.coverage_values import Table
from api.days import parse_day
from api.texts import Language, text
from api.web import pages
from assistant.coverage_types import Age, Cell, Listing
from corpus.errors import InputError
from corpus.links import Change
from corpus.references.resolved import Reason
from corpus.types import DocumentType

PATH = "/daekning"
PAGE_ROWS = 40  # rows of a table on a page: some 110 kB where every cell links to an act with a long id
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
_KEPT = {*_NAMES.values(), "del", "vis", "dato"}  # what the links of a page keep of its address


def render(request: Request, template: str, **values: Any) -> Response:
    """A page of the report with what all of them need: addresses of cells, and of this page's own parts."""
    return pages.render(
        template,
        request,
        dato=parse_day(request.query_params.get("dato", "")),
        cell_query=cell_query,
        standing_language=request.app.state.workspace.settings.language.value,
        here={k: v for k, v in request.query_params.items() if k in _KEPT},
        path=request.url.path,
        **values,
    )


def cell_query(cell: Cell) -> dict[str, object]:
    """A cell as the parameters of an address of the page."""
    fields = ((short, getattr(cell, name)) for name, short in _NAMES.items())
    return {short: value for short, value in fields if value is not None}


def cell_of(written: Mapping[str, str]) -> Cell:
    """The cell that an address names. Raises InputError where it names none."""
    given: dict[str, Any] = {name: written[short] for name, short in _NAMES.items() if short in written}
    given.setdefault("listing", Listing.DECISIONS.value)
    for name, codes in _CODES.items():
        if name in given:
            given[name] = code(codes, given[name])
    for name in _NUMBERS:
        if name in given:
            given[name] = number(given[name])
    return Cell(**given)


def code(codes: type[T], written: str) -> T:
    """One of a set of codes. Raises InputError."""
    try:
        return codes(written)
    except ValueError:
        raise InputError(
            f"«{written[:40]}» er ikke en af {', '.join(codes)}.", "Følg et link i dækningsrapporten."
        ) from None


def number(written: str) -> int:
    """The number of a page, or a year. Raises InputError."""
    if not (written.isascii() and written.isdigit() and 0 < len(written) < 7 and int(written)):
        raise InputError(f"«{written[:20]}» er ikke et sidetal eller et årstal.", "Skriv et helt tal fra 1.")
    return int(written)


def paged(table: Table, side: str) -> tuple[Table, int, int]:
    """The rows of one page, its number and the number of pages."""
    page = number(side) if side else 1
    count = max(1, -(-len(table.rows) // PAGE_ROWS))
    return replace(table, rows=table.rows[PAGE_ROWS * (page - 1) : PAGE_ROWS * page]), page, count


def held_words(language: Language, cell: Cell) -> list[str]:
    """What a list is held to besides its act and its place, in words."""
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
