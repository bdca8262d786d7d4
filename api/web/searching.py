"""The search page: the case and its results, a case out of a file, what narrows it, and what is marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from api import messages, problems
from api.case_files import CASE_LIMITS, read_case_bytes
from api.routes import Work
from api.texts import Language, text
from api.texts.page import EXAMPLES
from api.web import filters, marks, pages
from api.web.asked import Asked, AskedForm, FieldDayError
from api.wiring import Workspace
from assistant.evidence import today
from assistant.found import told_of
from corpus.errors import HjemmelError
from corpus.parsing.limits import MEBIBYTE
from corpus.privacy.pseudonyms import pseudonymise
from index.errors import QueryError, QueryFault
from index.limits import MAX_QUERY_CHARACTERS
from index.types import SearchResults

PATH = "/"
_ONLY_FORM = "form"  # the language was switched before anything was searched
# What a browser offers when a file is picked; any other name is still read by its ending, or refused.
ACCEPTED = ".pdf,.docx,.txt,.md,.html"
# Which field a fault of a query is told beside; any other concerns the case itself.
_FIELDS = {QueryFault.DATE: "day", QueryFault.PERIOD: "til", QueryFault.FILTERS: "narrow"}

router = APIRouter(include_in_schema=False)


@router.get(PATH)
def start(request: Request, work: Work) -> Response:
    """The empty page."""
    return _form(request, work, Asked())


@router.post(PATH)
def search(
    request: Request,
    work: Work,
    asked: AskedForm,
    fil: Annotated[UploadFile | None, File()] = None,
    laes: Annotated[str, Form()] = "",
    skift: Annotated[str, Form()] = "",
    fjern: Annotated[str, Form()] = "",
) -> Response:
    """The case again, with its results. By POST, so that the case is in no address and no log.

    A file is read into the field of the case, to be seen and corrected before anything is searched, and is
    not kept. ``skift`` is sent by the switch of language: what is in the form is kept, and what was searched
    for is searched for again. ``fjern`` is the filter to search again without.
    """
    if fil is not None and fil.filename:
        return _with_file(request, work, asked, fil)
    if laes:
        return _form(request, work, asked, 422, errors={"file": _words(request, "file-none")})
    if skift == _ONLY_FORM:
        return _form(request, work, asked)
    if fjern:
        asked = filters.without(asked, fjern)
    try:
        asked = filters.known(work, asked)
        results = work.search(asked.query())
    except HjemmelError as error:
        errors = {_field(error): _told(pages.language_of(request), error)}
        return _form(request, work, asked, problems.problem_of(error).status, errors=errors)
    return _form(request, work, asked, results=results)


def _with_file(request: Request, work: Workspace, asked: Asked, file: UploadFile) -> Response:
    name = (file.filename or "")[-80:]
    try:
        words = read_case_bytes(name, file.file.read())
    except HjemmelError as error:
        told = f"{name}: {messages.told(pages.language_of(request), error)}"
        return _form(request, work, asked, problems.problem_of(error).status, errors={"file": told})
    # What was typed stays: it is the reader who knows which of the two is wanted.
    both = "\n\n".join(part for part in (asked.case.strip(), words.strip()) if part)
    asked = replace(asked, case=both)
    errors = {}
    if len(both) > MAX_QUERY_CHARACTERS:
        language = pages.language_of(request)
        errors["case"] = text(language, QueryFault.TOO_LONG, length=len(both), limit=MAX_QUERY_CHARACTERS)
    return _form(request, work, asked, errors=errors, read=name)


def _form(
    request: Request,
    work: Workspace,
    asked: Asked,
    status: int = 200,
    *,
    results: SearchResults | None = None,
    errors: Mapping[str, str] | None = None,
    read: str = "",
) -> Response:
    """The search page: the form, and below it the results, or examples where nothing was searched.

    ``errors`` are told beside the parts of the form that they name; ``read`` is the file just read.
    """
    language = pages.language_of(request)
    return pages.render(
        "search.html",
        request,
        status,
        asked=asked,
        results=results,
        since=told_of(work.store, results) if results else {},
        dato=asked.as_of() if results else None,
        errors=errors or {},
        read=read,
        choices=filters.choices(work, asked),
        chips=filters.chips(language, asked) if results else [],
        marked=marks.named(work.store, asked.marked, results),
        replaced=_replaced(language, asked.case) if results else [],
        examples=EXAMPLES,
        accepted=ACCEPTED,
        file_limit=CASE_LIMITS.record_bytes,
        file_limit_megabytes=CASE_LIMITS.record_bytes // MEBIBYTE,
        printed_on=today(),
    )


def _replaced(language: Language, case: str) -> list[str]:
    """What personal data the search was made without: «2 telefonnumre»."""
    found = {(r.kind, r.pseudonym) for r in pseudonymise(case).replacements}
    counts = Counter(kind for kind, _ in found)
    return [
        text(language, f"replaced-{kind}-{'one' if count == 1 else 'many'}", count=count)
        for kind, count in counts.items()
    ]


def _field(error: HjemmelError) -> str:
    """The part of the form that an error is told beside."""
    if isinstance(error, FieldDayError | filters.UnknownValueError):
        return error.field
    return _FIELDS.get(error.fault, "case") if isinstance(error, QueryError) else "case"


def _told(language: Language, error: HjemmelError) -> str:
    if isinstance(error, filters.UnknownValueError):
        near = ", ".join(f"«{name}»" for name in error.near)
        hint = text(language, "filter-near", names=near) if near else text(language, "filter-pick")
        return f"{text(language, 'filter-unknown', value=error.value)} {hint}"
    return messages.told(language, error)


def _words(request: Request, key: str) -> str:
    return text(pages.language_of(request), key)
