"""The brief and the journal note over HTTP."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.brief_records import BriefAsked, BriefRecord, NoteAsked, NoteFormat
from api.routes import Work

MEDIA_TYPES = {
    NoteFormat.MARKDOWN: "text/markdown; charset=utf-8",
    NoteFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FILE_NAMES = {NoteFormat.MARKDOWN: "journalnotat.md", NoteFormat.DOCX: "journalnotat.docx"}

router = APIRouter(prefix="/v1", tags=["brief"])


@router.post("/brief", summary="Rules, conditions, precedents and gaps of a case")
def brief(asked: BriefAsked, work: Work) -> BriefRecord:
    """What a person needs to decide well, and not the decision.

    Every quote is verbatim and opens at `/v1/documents/{document_id}/text`. Conditions are never ticked and
    outcomes never counted. The case is not stored; the audit log keeps a keyed digest of it.
    """
    return BriefRecord.of(work.brief(asked.request()))


@router.post(
    "/note",
    summary="A draft of the journal note",
    response_class=Response,
    responses={200: {"content": {media: {} for media in MEDIA_TYPES.values()}}},
)
def note(asked: NoteAsked, work: Work) -> Response:
    """Facts, rules, practice, the caseworker's own considerations, and an empty conclusion."""
    written = work.note(asked.request(), asked.note(), asked.format)
    name = FILE_NAMES[asked.format]
    return Response(
        written,
        media_type=MEDIA_TYPES[asked.format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
