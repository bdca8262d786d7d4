"""The page of the journal note: what goes in, own words, and the draft as it will be written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.brief_records import NoteFormat
from api.routes import Work
from api.routes.brief import FILE_NAMES, MEDIA_TYPES
from api.web import pages
from api.web.asked import Asked, AskedForm
from api.web.brief import ONLY_FORM, Own, long_words, refused
from assistant.brief_types import Brief
from assistant.note import Block, BlockKind, NoteRequest, write_note
from assistant.note_render import to_docx, to_markdown
from corpus.errors import HjemmelError

PATH = "/notat"

router = APIRouter(include_in_schema=False)


@router.get(PATH)
def start(request: Request) -> Response:
    """The form alone: where one comes to by an address, a case is still to be described."""
    return _page(request, Asked())


@router.post(PATH)
def note(
    request: Request,
    work: Work,
    asked: AskedForm,
    egne: Own = "",
    hensyn: Own = "",
    valgt: Own = "",
    som: Annotated[str, Form()] = "",
    skift: Own = "",
) -> Response:
    """The draft of a note, shown or as a file. By POST, so that the case is in no address and no log.

    ``egne`` was noted before decisions were shown, ``hensyn`` are the main considerations. ``valgt`` says
    that the marks are the whole choice: at first a kind of which nothing is marked goes in as a whole.
    ``som`` asks for a file.
    """
    if skift == ONLY_FORM:
        return _page(request, asked, own_view=egne, considerations=hensyn, exact=bool(valgt))
    language = pages.language_of(request)
    errors = long_words(language, egne=egne, hensyn=hensyn)
    if errors:
        return _page(
            request, asked, 422, own_view=egne, considerations=hensyn, exact=bool(valgt), errors=errors
        )
    try:
        made = work.brief_for_note(asked.brief_request(egne))
    except HjemmelError as error:
        status, told = refused(language, error)
        return _page(
            request, asked, status, own_view=egne, considerations=hensyn, exact=bool(valgt), errors=told
        )
    picked = asked.marked if valgt else _picked(made, asked.marked)
    wanted = NoteRequest("" if made.withheld else egne, hensyn, picked, asked.opened, exact=True)
    blocks = write_note(made, wanted, dt.datetime.now(dt.UTC))
    if som in list(NoteFormat):
        return _file(NoteFormat(som), blocks)
    shown = {*(r.provision_id for r in made.rules), *(p.document_id for p in made.precedents)}
    return pages.render(
        "note.html",
        request,
        asked=asked,
        made=made,
        errors={},
        own_view=egne,
        considerations=hensyn,
        exact=True,
        picked=picked,
        carried=[id for id in asked.marked if id not in shown],
        fictional=any(r.fictional for r in made.rules) or any(p.fictional for p in made.precedents),
        blocks=_grouped(blocks),
    )


def _picked(made: Brief, marked: tuple[str, ...]) -> tuple[str, ...]:
    """What goes into the first draft: what is marked, and all of a kind of which nothing is."""
    rules = tuple(r.provision_id for r in made.rules)
    decisions = tuple(p.document_id for p in made.precedents)
    return tuple(id for ids in (rules, decisions) for id in (tuple(i for i in ids if i in marked) or ids))


def _grouped(blocks: Iterable[Block]) -> list[list[Block]]:
    """The blocks with neighbouring items of a list together."""
    return [list(group) for _, group in groupby(blocks, key=lambda block: block.kind is BlockKind.ITEM)]


def _file(form: NoteFormat, blocks: Iterable[Block]) -> Response:
    written = to_docx(blocks) if form is NoteFormat.DOCX else to_markdown(blocks).encode()
    disposition = f'attachment; filename="{FILE_NAMES[form]}"'
    return Response(written, media_type=MEDIA_TYPES[form], headers={"Content-Disposition": disposition})


def _page(
    request: Request,
    asked: Asked,
    status: int = 200,
    *,
    own_view: str = "",
    considerations: str = "",
    exact: bool = False,
    errors: Mapping[str, str] | None = None,
) -> Response:
    """The form, without a draft."""
    return pages.render(
        "note.html",
        request,
        status,
        asked=asked,
        made=None,
        own_view=own_view,
        considerations=considerations,
        exact=exact,
        fictional=False,
        errors=dict(errors or {}),
    )
