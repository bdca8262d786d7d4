"""The page of a source: opened at its words, its history, and the file it was read from."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.days import parse_day
from api.routes import Work
from api.web import pages, reading
from assistant import evidence
from assistant import history as histories
from corpus.errors import InputError, NotFoundError
from corpus.links import Change
from corpus.parsing.registry import MEDIA_TYPES, MediaType

# What a browser's own reader of PDF needs, and nothing else: it runs no script of the file.
_PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
# Files that a person can open; a record or mark-up is for programs.
_OPENABLE = frozenset(MediaType) - {MediaType.JSON, MediaType.XML}

router = APIRouter(include_in_schema=False)


@router.get("/kilde/{id}")
def source(request: Request, work: Work, id: str, fra: str = "", til: str = "", dato: str = "") -> Response:
    """A document with the words from ``fra`` to ``til`` marked, or opened at a provision by its id.

    ``dato`` is the day of the case: the page says whether the wording applied then.
    """
    document, span = evidence.open_at(work.store, id)
    as_of = parse_day(dato)
    view = evidence.open_document(work.store, document.id, as_of)
    start, end = (_offset(fra), _offset(til)) if fra or til else (span.start, span.end)
    words = evidence.open_text(work.store, document.id)
    evidence.open_text(work.store, document.id, start, end)  # refuses a range outside the text
    opened = reading.opened_provision(view, start) if end else ""
    kept_as = document.provenance.media_type
    return pages.render(
        "source.html",
        request,
        view=view,
        lines=reading.lines(view, words.text, start, end),
        contents=reading.contents(view),
        right_version=reading.version_on(view, view.validity.as_of),
        same_provision=opened,
        since=evidence.open_provision(work.store, f"{document.id}:{opened}", as_of).since if opened else None,
        dato=as_of,
        marked=start < end,
        is_pdf=kept_as == MediaType.PDF,
        has_file=kept_as in _OPENABLE,
        page=reading.page_at(view, start),
    )


@router.get("/kilde/{id}/fil")
def original(work: Work, id: str) -> Response:
    """The very bytes that a document was read from.

    Only PDF is shown by the browser, so that no mark-up of a source runs as part of this site; all else is
    handed over to be saved.
    """
    document = work.store.document(id)
    media_type = document.provenance.media_type
    if media_type not in _OPENABLE:
        raise NotFoundError(
            f"«{document.id}» er læst fra en fil for programmer, som ikke vises.", "Læs teksten på siden."
        )
    pdf = media_type == MediaType.PDF
    suffix = next(suffix for suffix, known in MEDIA_TYPES.items() if known == media_type)
    headers = {
        "Content-Disposition": f'{"inline" if pdf else "attachment"}; filename="{_file_name(id)}{suffix}"'
    }
    if pdf:
        headers["Content-Security-Policy"] = _PDF_POLICY
    return Response(
        work.store.raw(document.key),
        media_type=media_type if pdf else "application/octet-stream",
        headers=headers,
    )


@router.get("/historik/{id}")
def history(request: Request, work: Work, id: str, dato: str = "") -> Response:
    """A provision's line through time: each change with both wordings side by side."""
    as_of = parse_day(dato)
    view = histories.open_history(work.store, id, as_of or evidence.today())
    changed = [step for step in view.steps if step.change is not Change.SAME]
    return pages.render(
        "history.html",
        request,
        view=view,
        changed=changed,
        unchanged=len(view.steps) - len(changed),
        fictional=work.store.document(id.partition(":")[0]).metadata.fictional,
        dato=as_of,
    )


def _file_name(id: str) -> str:
    """An id as the name of a file: what a header and every file system takes."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "-_.") else "-" for char in id)


def _offset(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise InputError(
            f"Stedet «{written[:20]}» er ikke et tegns nummer i teksten.", "Åbn kilden fra en søgning."
        )
    return int(written)
