"""Search over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes import Work
from api.schemas import SearchRequest, SearchResponse

router = APIRouter(prefix="/v1", tags=["search"])


@router.post("/search", summary="Rules and precedents for a case")
def search(request: SearchRequest, work: Work) -> SearchResponse:
    """Find the rules that govern a case and the decisions most like it, each best first.

    A result's passages are verbatim; its `span` opens at `/v1/documents/{document_id}/text`.
    """
    return SearchResponse.of(work.search(request.query()))
