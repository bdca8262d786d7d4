"""The page's routes: the case and its results, the source at its words, errors in the reader's language."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from api import messages, problems
from api.days import parse_day
from api.routes import Work
from api.texts import Language, day, number, text
from api.texts.page import EXAMPLES
from api.web import quotes, reading
from assistant import evidence
from assistant import history as histories
from corpus.errors import HjemmelError, InputError
from corpus.links import Change
from index.types import PassageHit, Query, Result

_HERE = Path(__file__).parent
TOP = 10  # results of each kind: what fits a reader's patience
WORDS = "ord"  # anchor of the words that a citation opens at
_FICTION = "(FIKTIV)"  # as titles and citations print it
_ONLY_FORM = "form"  # the language was switched before anything was searched

router = APIRouter(include_in_schema=False)


def _boxed(words: str, fictional: bool) -> Markup:
    """A title or citation with its mark of fiction made impossible to overlook; one is set where none is."""
    mark = Markup('<strong class="fiction">FIKTIV</strong>')
    if fictional and _FICTION not in words:
        words = f"{words} {_FICTION}"
    return escape(words).replace(escape(_FICTION), mark) if fictional else escape(words)


def _quote(result: Result, passage: PassageHit) -> quotes.Quote:
    """A passage of a result with the words it shares with the case emphasised."""
    return quotes.quote(passage.text, [word for term in result.why.terms for word in term.in_result])


TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["boxed"] = _boxed
TEMPLATES.filters["unboxed"] = lambda words: words.replace(_FICTION, "").strip()
TEMPLATES.globals["quote_of"] = _quote


def static_files() -> StaticFiles:
    """The style sheet and the script."""
    return StaticFiles(directory=_HERE / "static")


def wants_html(request: Request) -> bool:
    """Whether the request came from the page rather than from a program."""
    return not request.url.path.startswith(("/v1/", "/healthz", "/readyz", "/openapi.json"))


@router.get("/")
def start(request: Request) -> Response:
    """The empty page."""
    return _form(request)


@router.post("/")
def search(
    request: Request,
    work: Work,
    case: Annotated[str, Form()] = "",
    day: Annotated[str, Form()] = "",
    skift: Annotated[str, Form()] = "",
) -> Response:
    """The case again, with its results. By POST, so that the case is in no address and no log.

    ``skift`` is sent by the switch of language: what is in the form is kept, and what was searched for
    is searched for again.
    """
    if skift == _ONLY_FORM:
        return _form(request, case=case, day=day)
    try:
        as_of = parse_day(day)
        results = work.search(Query(text=case, top=TOP, as_of=as_of))
    except HjemmelError as error:
        return _form(request, problems.problem_of(error).status, case=case, day=day, error=error)
    return _form(request, case=case, day=day, results=results, dato=as_of)


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
    return render(
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
    )


@router.get("/historik/{id}")
def history(request: Request, work: Work, id: str, dato: str = "") -> Response:
    """A provision's line through time: each change with both wordings side by side."""
    as_of = parse_day(dato)
    view = histories.open_history(work.store, id, as_of or evidence.today())
    changed = [step for step in view.steps if step.change is not Change.SAME]
    return render(
        "history.html",
        request,
        view=view,
        changed=changed,
        unchanged=len(view.steps) - len(changed),
        fictional=work.store.document(id.partition(":")[0]).metadata.fictional,
        dato=as_of,
    )


def error_page(request: Request, error: HjemmelError) -> Response:
    """An error outside a search, in the reader's language."""
    told = messages.told(language_of(request), error)
    return render("error.html", request, problems.problem_of(error).status, error=told)


def language_of(request: Request) -> Language:
    """The language the address asks for, or else the configured one."""
    asked = request.query_params.get("sprog", "")
    return Language(asked) if asked in list(Language) else _configured(request)


def _configured(request: Request) -> Language:
    language: Language = request.app.state.workspace.settings.language
    return language


def _form(
    request: Request,
    status: int = 200,
    *,
    case: str = "",
    day: str = "",
    results: object = None,
    dato: dt.date | None = None,
    error: HjemmelError | None = None,
) -> Response:
    """The search page: the form, and below it the results, or examples where nothing was searched."""
    told = messages.told(language_of(request), error) if error else ""
    on_day = error is not None and messages.concerns_day(error)
    return render(
        "search.html",
        request,
        status,
        case=case,
        day=day,
        results=results,
        dato=dato,
        case_error="" if on_day else told,
        day_error=told if on_day else "",
    )


def render(template: str, request: Request, status: int = 200, **values: object) -> Response:
    """A page in the reader's language: its template filled in with the words and addresses it asks for."""
    language = language_of(request)
    html = TEMPLATES.get_template(template).render(
        t=lambda key, **fill: text(language, key, **fill),
        day_of=lambda date: day(language, date),
        number=lambda value: number(language, value),
        address=lambda path, **query: _address(request, language, path, **query),
        switch_address=_switched(request, language.other),
        language=language,
        other=language.other,
        other_name=text(language.other, "this-language"),
        examples=EXAMPLES,
        **values,
    )
    return HTMLResponse(html, status)


def _address(request: Request, language: Language, path: str, anchor: str = "", **query: object) -> str:
    """An address of the page in ``language``; parts of ``query`` that are ``None`` are left out."""
    if language is not _configured(request):
        query["sprog"] = language.value
    kept = {name: str(value) for name, value in query.items() if value is not None}
    return quote(path) + (f"?{urlencode(kept)}" if kept else "") + (f"#{anchor}" if anchor else "")


def _switched(request: Request, language: Language) -> str:
    """This very page in ``language``."""
    query = {name: value for name, value in request.query_params.items() if name != "sprog"}
    return _address(request, language, request.url.path, WORDS if "fra" in query else "", **query)


def _offset(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise InputError(
            f"Stedet «{written[:20]}» er ikke et tegns nummer i teksten.", "Åbn kilden fra en søgning."
        )
    return int(written)
