"""Whether the service lives and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api import problems
from api.routes import Work
from api.schemas import Health
from corpus.errors import HjemmelError

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="The process lives")
def healthz() -> Health:
    """Always answers while the process runs; says nothing about the index."""
    return Health(status="ok")


@router.get("/readyz", summary="Searches can be answered", responses={503: {"model": Health}})
def readyz(work: Work, response: Response) -> Health:
    """Ready once a sound index is open and the store answers."""
    try:
        name = work.searcher().snapshot.manifest.name
        work.store.counts()
    except HjemmelError as error:
        response.status_code = 503
        return Health(status=problems.problem_of(error).code, detail=str(error))
    return Health(status="ready", detail=f"index {name}")
