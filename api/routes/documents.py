"""Documents, their words and their provisions over HTTP."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query

from api.document_records import (
    DocumentList,
    DocumentRecord,
    DocumentSummary,
    ProvisionRecord,
    TextRecord,
)
from api.routes import Work
from api.schemas import ProblemRecord
from assistant import evidence
from corpus.types import Kind

MAX_PAGE = 500

router = APIRouter(
    prefix="/v1",
    tags=["documents"],
    responses={404: {"model": ProblemRecord, "description": "No such document or provision."}},
)
AsOf = Annotated[dt.date | None, Query(description="Judge what is in force on this day; today if left out.")]


@router.get("/documents", summary="What is kept")
def documents(
    work: Work,
    kind: Kind | None = None,
    collection: str | None = None,
    after: Annotated[str, Query(description="`next` of the page before.")] = "",
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 50,
) -> DocumentList:
    """Current documents in order of id, a page at a time."""
    found = work.store.documents(
        kinds=[kind] if kind else [],
        collections=[collection] if collection else [],
        after=after,
        limit=limit + 1,
    )
    following = found[limit - 1].id if len(found) > limit else None
    return DocumentList(documents=[DocumentSummary.of(d) for d in found[:limit]], next=following)


@router.get("/documents/{id}", summary="One document")
def document(id: str, work: Work, as_of: AsOf = None) -> DocumentRecord:
    """Identity, validity, versions, outline and provenance; the words are at `/text`."""
    return DocumentRecord.of(evidence.open_document(work.store, id, as_of))


@router.get("/documents/{id}/text", summary="The words of a document")
def text(
    id: str,
    work: Work,
    start: Annotated[int, Query(ge=0, description="First code point.")] = 0,
    end: Annotated[
        int | None, Query(ge=0, description="Code point after the last; to the end if left out.")
    ] = None,
) -> TextRecord:
    """The normalised text, or the part of it between `start` and `end`, with its place in the raw file."""
    return TextRecord.of(evidence.open_text(work.store, id, start, end))


@router.get("/provisions/{id}", summary="One provision")
def provision(id: str, work: Work, as_of: AsOf = None) -> ProvisionRecord:
    """A §, stk., nr., litra or pkt. by its id, such as `lta-2023-1031:par-36.stk-1`."""
    return ProvisionRecord.of(evidence.open_provision(work.store, id, as_of))
