"""A provision's line through time over HTTP."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query

from api.history_records import HistoryRecord
from api.routes import Work
from api.schemas import ProblemRecord
from assistant import history
from assistant.evidence import today

router = APIRouter(prefix="/v1", tags=["documents"])


@router.get(
    "/provisions/{id}/history",
    summary="A provision's line through time",
    responses={404: {"model": ProblemRecord, "description": "No such document or provision."}},
)
def provision_history(
    id: str,
    work: Work,
    as_of: Annotated[
        dt.date | None, Query(description="Say what the provision is on this day; today if left out.")
    ] = None,
) -> HistoryRecord:
    """Every step between the versions that are kept, with its grounds and a difference word by word."""
    return HistoryRecord.of(history.open_history(work.store, id, as_of or today()))
