"""Search over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes import Work
from api.search_records import FacetsRecord, SearchRequest, SearchResponse
from assistant.found import told_of
from index.filters import facets as facets_of

router = APIRouter(prefix="/v1", tags=["search"])


@router.post("/search", summary="Rules and precedents for a case")
def search(request: SearchRequest, work: Work) -> SearchResponse:
    """Find the rules that govern a case and the decisions most like it, each best first.

    A result's passages are verbatim; its `span` opens at `/v1/documents/{document_id}/text`. Each says what
    has changed since the wording shown, up to today, and what took the place of a decision.
    """
    results = work.search(request.query())
    return SearchResponse.of(results, told_of(work.store, results))


@router.get("/facets", summary="What a search can be filtered by")
def facets(work: Work) -> FacetsRecord:
    """Authorities, fields and outcomes of the index, and the days between which its decisions were made.

    Outcomes come without numbers: how often each occurred is no guide to a case.
    """
    return FacetsRecord.of(facets_of(work.searcher().snapshot.table))
