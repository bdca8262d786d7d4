"""What every page shares: its templates, the reader's language, addresses, and errors in that language."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from api import messages, problems
from api.texts import Language, day, number, text
from api.web import quotes
from api.why_words import words_in_common, words_of_the_law
from corpus.errors import HjemmelError
from index.types import PassageHit, Result

_HERE = Path(__file__).parent
WORDS = "ord"  # anchor of the words that a citation opens at
_FICTION = "(FIKTIV)"  # as titles and citations print it


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
TEMPLATES.globals["words_in_common"] = words_in_common
TEMPLATES.globals["words_of_the_law"] = words_of_the_law


def static_files() -> StaticFiles:
    """The style sheet and the script."""
    return StaticFiles(directory=_HERE / "static")


def wants_html(request: Request) -> bool:
    """Whether the request came from the page rather than from a program."""
    return not request.url.path.startswith(("/v1/", "/healthz", "/readyz", "/openapi.json"))


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


def render(template: str, request: Request, status: int = 200, **values: object) -> Response:
    """A page in the reader's language: its template filled in with the words and addresses it asks for."""
    language = language_of(request)
    html = TEMPLATES.get_template(template).render(
        t=lambda key, **fill: text(language, key, **fill),
        day_of=lambda date: day(language, date),
        number=lambda value: number(language, value),
        address=lambda path, anchor="", **query: _address(request, language, path, anchor, **query),
        switch_address=_switched(request, language.other),
        language=language,
        other=language.other,
        kept_language=[] if language is _configured(request) else [("sprog", language.value)],
        other_name=text(language.other, "this-language"),
        **values,
    )
    return HTMLResponse(html, status)


def address(request: Request, path: str, anchor: str = "", **query: object) -> str:
    """An address of the page in the reader's language; parts of ``query`` that are ``None`` are left out."""
    return _address(request, language_of(request), path, anchor, **query)


def _address(request: Request, language: Language, path: str, anchor: str = "", /, **query: object) -> str:
    """``path`` in ``language``; a reader may have put any name at all into ``query``."""
    if language is not _configured(request):
        query["sprog"] = language.value
    kept = {name: str(value) for name, value in query.items() if value is not None}
    return quote(path) + (f"?{urlencode(kept)}" if kept else "") + (f"#{anchor}" if anchor else "")


def _switched(request: Request, language: Language) -> str:
    """This very page in ``language``."""
    query = {name: value for name, value in request.query_params.items() if name != "sprog"}
    return _address(request, language, request.url.path, WORDS if "fra" in query else "", **query)
