"""Citations over HTTP: resolve them, and find who cites."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query

from api.citation_records import CitedByResponse, CitedReferenceRecord, ResolveRequest, ResolveResponse
from api.routes import Work
from api.schemas import ProblemRecord
from assistant import citations
from assistant.evidence import today
from corpus.types import Kind

MAX_PAGE = 200

router = APIRouter(prefix="/v1", tags=["citations"])
_Kinds = Annotated[list[Kind] | None, Query(description="Only from these kinds of documents.")]
_AsOf = Annotated[
    dt.date | None, Query(description="Leave out what is later, and rules not in force on this day.")
]
_After = Annotated[str, Query(description="`next` of the page before.")]
_Limit = Annotated[int, Query(ge=1, le=MAX_PAGE)]
_NOT_FOUND: dict[int | str, dict[str, object]] = {
    404: {"model": ProblemRecord, "description": "No such document or provision."}
}


@router.post("/citations:resolve", summary="What a text cites")
def resolve(request: ResolveRequest, work: Work) -> ResolveResponse:
    """Each reference of a citation or a paragraph with its provision on the day, or why it has none."""
    day = request.as_of or today()
    found = citations.resolve_text(work.store, request.text, day)
    return ResolveResponse(as_of=day, references=[CitedReferenceRecord.of(r) for r in found])


@router.get("/provisions/{id}/cited-by", summary="Who cites a provision", responses=_NOT_FOUND)
def provision_cited_by(
    id: str, work: Work, kind: _Kinds = None, as_of: _AsOf = None, after: _After = "", limit: _Limit = 50
) -> CitedByResponse:
    """Places that cite it, what stands below it or a range around it, in any version; newest first."""
    return CitedByResponse.of(citations.open_cited_by(work.store, id, kind or (), as_of, after, limit))


@router.get("/documents/{id}/cited-by", summary="Who cites a document", responses=_NOT_FOUND)
def document_cited_by(
    id: str, work: Work, kind: _Kinds = None, as_of: _AsOf = None, after: _After = "", limit: _Limit = 50
) -> CitedByResponse:
    """Places that cite a decision or any version of an act, or anything in it; newest first."""
    return CitedByResponse.of(citations.open_cited_by(work.store, id, kind or (), as_of, after, limit))
