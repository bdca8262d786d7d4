"""The HTTP application: versioned JSON under ``/v1``, health, and the page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib.metadata import version

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser

from api import problems
from api.case_files import CASE_LIMITS
from api.routes import brief, citations, coverage, documents, health, history, search
from api.schemas import ProblemRecord
from api.web import brief as brief_pages
from api.web import comparing, pages, searching, sources
from api.web import coverage as coverage_pages
from api.web import note as note_pages
from api.wiring import Workspace
from corpus.errors import HjemmelError, InputError, NotFoundError, TooLargeError
from corpus.parsing.limits import show_bytes

_MOST_DRAINED = 10  # times the limit: what is longer is cut off, whatever the browser shows
MAX_BODY_BYTES = 1_000_000  # 50,000 characters of a case need at most 600 kB, escaped
# The page loads nothing from elsewhere and runs no inline script, so nothing else may run there.
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self';"
    " img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
_DESCRIPTION = (
    "Finds the rules that govern a case and the earlier decisions most like it in Danish law, with"
    " citations that open at the exact words, for a person to weigh. It gives no verdict."
)


def create_app(workspace: Workspace) -> FastAPI:
    """The application over one data folder. It closes the workspace when it shuts down."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        workspace.close()

    app = FastAPI(
        title="Hjemmel",
        version=version("hjemmel"),
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        responses={
            422: {"model": ProblemRecord, "description": "The input cannot be used."},
            503: {"model": ProblemRecord, "description": "No index, or the store cannot be used."},
        },
    )
    app.state.workspace = workspace
    # A case is never written to disk, not even while it is being read out of a file.
    MultiPartParser.spool_max_size = CASE_LIMITS.record_bytes + MAX_BODY_BYTES
    app.include_router(search.router)
    app.include_router(brief.router)
    app.include_router(documents.router)
    app.include_router(history.router)
    app.include_router(citations.router)
    app.include_router(coverage.router)
    app.include_router(health.router)
    app.include_router(searching.router)
    app.include_router(sources.router)
    app.include_router(comparing.router)
    app.include_router(brief_pages.router)
    app.include_router(note_pages.router)
    app.include_router(coverage_pages.router)
    app.mount("/static", pages.static_files(), name="static")
    app.add_exception_handler(HjemmelError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.middleware("http")(_guard)
    return app


async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse bodies over the limit before they are kept, and send the security headers."""
    length = request.headers.get("content-length", "0")
    takes_file = request.url.path == searching.PATH
    limit = MAX_BODY_BYTES + (CASE_LIMITS.record_bytes if takes_file else 0)
    if "chunked" in request.headers.get("transfer-encoding", "") or not length.isdigit():
        response = await _on_error(request, InputError("the request has no length.", "Send Content-Length."))
    elif int(length) > limit:
        if takes_file and int(length) <= _MOST_DRAINED * limit:
            # A browser shows an answer only once it has sent all that it meant to.
            async for _ in request.stream():
                pass
        response = await _on_error(request, _too_large(request, int(length), limit))
    else:
        response = await call_next(request)
    if request.url.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-cache")  # kept, and asked about before each use
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _too_large(request: Request, length: int, limit: int) -> TooLargeError:
    """Worded for a person in Danish, as all input is, and for a program in English."""
    if pages.wants_html(request):
        return TooLargeError(
            f"Det, der blev sendt, fylder {show_bytes(length)}, og grænsen er {show_bytes(limit)}.",
            "Del filen, eller forkort sagen til de vigtige oplysninger.",
        )
    return TooLargeError(
        f"the request has {length:,} bytes; the limit is {limit:,}.",
        "Shorten the case to the facts that matter.",
    )


async def _on_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HjemmelError):
        raise error
    if pages.wants_html(request):
        return pages.error_page(request, error)
    return _problem(error)


async def _on_invalid(request: Request, error: Exception) -> Response:
    """Requests that do not fit the schema: the fields, without echoing what was sent."""
    if not isinstance(error, RequestValidationError):
        raise error
    faults = "; ".join(
        f"{'.'.join(str(p) for p in e['loc'] if p != 'body') or 'body'}: {e['msg']}" for e in error.errors()
    )
    return await _on_error(
        request, InputError(f"the request does not fit: {faults}.", "See /openapi.json for its form.")
    )


async def _on_http(request: Request, error: Exception) -> Response:
    """What the framework refuses by itself: a body that is no JSON, an address or a method there is not."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        found = InputError(f"{request.url.path} takes no {request.method}.", "See /openapi.json.")
        return JSONResponse(
            problems.body(found) | {"status": error.status_code},
            error.status_code,
            error.headers,
            problems.MEDIA_TYPE,
        )
    if error.status_code == HTTPStatus.NOT_FOUND:
        return await _on_error(request, NotFoundError("Siden findes ikke.", "Gå til forsiden."))
    return await _on_error(
        request, InputError("the body cannot be read as JSON in UTF-8.", "See /openapi.json for its form.")
    )


def _problem(error: HjemmelError) -> JSONResponse:
    return JSONResponse(
        problems.body(error), problems.problem_of(error).status, media_type=problems.MEDIA_TYPE
    )
