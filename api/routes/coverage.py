"""The coverage report over HTTP: the report, and what stands behind each of its cells."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query

from api.coverage_records import CoverageResponse, PlacesResponse
from api.routes import Work
from api.schemas import ProblemRecord
from assistant import coverage
from assistant.coverage import MAX_PLACES
from assistant.coverage_types import ELSEWHERE, Age, Cell, Listing
from assistant.evidence import today
from corpus.links import Change
from corpus.references.resolved import Reason
from corpus.types import DocumentType

router = APIRouter(prefix="/v1", tags=["coverage"])
_AsOf = Annotated[
    dt.date | None, Query(description="Report on this day; today if left out. Later decisions are left out.")
]
_After = Annotated[int, Query(ge=0, description="`next` of the page before.")]
_Limit = Annotated[int, Query(ge=1, le=MAX_PLACES)]
_ACT = "Id of an act or of one of its versions, or its title."
_NOT_FOUND: dict[int | str, dict[str, object]] = {
    404: {"model": ProblemRecord, "description": "No such act on that day."}
}


@router.get("/coverage", summary="What the decisions cover", responses=_NOT_FOUND)
def report(
    work: Work,
    act: Annotated[str | None, Query(alias="work", description=f"Add the map of this act. {_ACT}")] = None,
    as_of: _AsOf = None,
    authority: Annotated[str | None, Query(description="Hold `fields` to decisions of this.")] = None,
    field: Annotated[str | None, Query(description="Hold `authorities` to decisions of this.")] = None,
    after: _After = 0,
    limit: _Limit = 50,
) -> CoverageResponse:
    """Acts and their §§ by number and age of decisions, changed wordings, gaps and the age of sources."""
    found = coverage.held(coverage.report(work.store, as_of or today()), authority, field)
    shown = coverage.act_map(work.store, found, act) if act is not None else None
    return CoverageResponse.of(found.coverage, shown, after, limit)


@router.get("/coverage/places", summary="What stands behind a cell of the report", responses=_NOT_FOUND)
def places(
    work: Work,
    listing: Annotated[Listing, Query(description="What to list.")],
    act: Annotated[str | None, Query(alias="work", description=_ACT)] = None,
    place: Annotated[
        str | None, Query(description=f"`place` of a § on the map, or `{ELSEWHERE}`.", max_length=100)
    ] = None,
    age: Age | None = None,
    change: Change | None = None,
    reason: Reason | None = None,
    name: Annotated[str | None, Query(description="An act as decisions name it.")] = None,
    decision: Annotated[str | None, Query(description="Id of a decision that others cite.")] = None,
    authority: str | None = None,
    field: Annotated[str | None, Query(description="First subject of the decisions.")] = None,
    year: int | None = None,
    before: Annotated[int | None, Query(description="This year and all before it.")] = None,
    collection: str | None = None,
    type: DocumentType | None = None,
    as_of: _AsOf = None,
    after: _After = 0,
    limit: _Limit = 50,
) -> PlacesResponse:
    """Documents with date and authority and, where the cell counts citations, the words that cite."""
    cell = Cell(
        listing,
        act,
        place,
        age,
        change,
        reason,
        name,
        decision,
        authority,
        field,
        year,
        before,
        collection,
        type,
    )
    found = coverage.report(work.store, as_of or today())
    return PlacesResponse.of(coverage.places(work.store, found, cell, after, limit))
