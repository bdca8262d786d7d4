"""The page's routes: the case and its results, the source at its words, errors in the reader's language."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api import problems
from api.routes import Work
from api.web import reading
from api.web.texts import EXAMPLES, Language, has, text
from assistant import evidence
from corpus.errors import CitationError, HjemmelError
from corpus.identifiers import parse_date, print_date
from index.errors import QueryError
from index.types import Query

_HERE = Path(__file__).parent
TOP = 10  # results of each kind: what fits a reader's patience

router = APIRouter(include_in_schema=False)
_templates = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def static_files() -> StaticFiles:
    """The style sheet and the script."""
    return StaticFiles(directory=_HERE / "static")


def wants_html(request: Request) -> bool:
    """Whether the request came from the page rather than from a program."""
    return not request.url.path.startswith(("/v1/", "/healthz", "/readyz", "/openapi.json"))


@router.get("/")
def start(request: Request) -> Response:
    """The empty page."""
    return _render("search.html", request, case="", day="", results=None, error="")


@router.post("/")
def search(
    request: Request, work: Work, case: Annotated[str, Form()] = "", day: Annotated[str, Form()] = ""
) -> Response:
    """The case again, with its results. By POST, so that the case is in no address and no log."""
    try:
        results = work.search(Query(text=case, top=TOP, as_of=_parse_day(day)))
    except HjemmelError as error:
        message = _message(language_of(request), error)
        status = problems.problem_of(error).status
        return _render("search.html", request, status, case=case, day=day, results=None, error=message)
    return _render("search.html", request, case=case, day=day, results=results, error="")


@router.get("/kilde/{id}")
def source(request: Request, work: Work, id: str, fra: int | None = None, til: int | None = None) -> Response:
    """A document with the words from ``fra`` to ``til`` marked, or opened at a provision by its id."""
    document, span = evidence.open_at(work.store, id)
    view = evidence.open_document(work.store, document.id)
    start, end = (span.start, span.end) if fra is None or til is None else (fra, til)
    words = evidence.open_text(work.store, document.id)
    evidence.open_text(work.store, document.id, start, end)  # refuses a range outside the text
    return _render("source.html", request, view=view, lines=reading.lines(view, words.text, start, end))


def error_page(request: Request, error: HjemmelError) -> Response:
    """An error outside a search, in the reader's language."""
    status = problems.problem_of(error).status
    return _render("error.html", request, status, error=_message(language_of(request), error))


def language_of(request: Request) -> Language:
    """The language the address asks for; Danish otherwise."""
    return Language.EN if request.query_params.get("sprog") == Language.EN else Language.DA


def _render(template: str, request: Request, status: int = 200, **values: object) -> Response:
    language = language_of(request)
    suffix = "?sprog=en" if language is Language.EN else ""

    def t(key: str, **fill: object) -> str:
        return text(language, key, **fill)

    def day_of(day: dt.date | None) -> str:
        if day is None:
            return "–"
        return print_date(day) if language is Language.DA else day.isoformat()

    html = _templates.get_template(template).render(
        t=t,
        has=has,
        day_of=day_of,
        language=language,
        home=f"/{suffix}",
        suffix=suffix,
        and_suffix=suffix.replace("?", "&"),
        other=f"{request.url.path if request.method == 'GET' else '/'}"
        + ("" if language is Language.EN else "?sprog=en"),
        examples=EXAMPLES[language],
        **values,
    )
    return HTMLResponse(html, status)


def _parse_day(day: str) -> dt.date | None:
    return parse_date(day) if day.strip() else None


def _message(language: Language, error: HjemmelError) -> str:
    """An error in the reader's words; what only an operator can mend says who must act."""
    if isinstance(error, QueryError) and has(error.fault):
        return text(language, error.fault, **error.values)
    if isinstance(error, CitationError) and "dat" in error.what.lower():
        return text(language, "problem-bad-date")
    problem = problems.problem_of(error)
    if has(f"problem-{problem.code}"):
        return text(language, f"problem-{problem.code}")
    return text(language, "problem-unavailable" if problem.status >= 500 else "problem-bad-input")
