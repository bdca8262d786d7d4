"""The commands that search, and open what a search found."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from api.cli import show
from api.cli.console import emit, err, out
from api.days import parse_day
from api.document_records import DocumentRecord, ProvisionRecord, TextRecord
from api.search_records import SearchResponse
from api.texts import text as words
from api.wiring import Workspace
from assistant import evidence
from assistant.found import told_of
from corpus.errors import InputError
from corpus.types import Kind
from index.limits import MAX_QUERY_CHARACTERS, check
from index.types import Query

_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
_AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Wording in force on this day (2024-03-01 or 1. marts 2024)."
    ),
]


def search(
    context: typer.Context,
    text: Annotated[
        str, typer.Argument(metavar="TEXT|-", help="The case in plain words; - reads it from standard input.")
    ],
    kind: Annotated[list[Kind] | None, typer.Option(help="Only rules or only precedents.")] = None,
    as_of: _AsOf = None,
    top: Annotated[int, typer.Option(help="Results of each kind.")] = 10,
    collection: Annotated[list[str] | None, typer.Option(help="Search in this collection only.")] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="Id of a document or provision not to find.")
    ] = None,
    authority: Annotated[list[str] | None, typer.Option(help="Decisions of this authority only.")] = None,
    decided_from: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Decisions of this day or later only.")
    ] = None,
    decided_to: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Decisions of this day or earlier only.")
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option(help="Filed under this subject, ministry or act only.")
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(help="Decisions with this recorded outcome; the best of each other one is still shown."),
    ] = None,
    as_json: _Json = False,
) -> None:
    """Find the rules that govern a case and the decisions most like it."""
    query = Query(
        text=_read(text),
        kinds=tuple(kind or (Kind.RULE, Kind.PRECEDENT)),
        top=top,
        as_of=parse_day(as_of),
        collections=tuple(collection or ()),
        exclude=tuple(exclude or ()),
        authorities=tuple(authority or ()),
        decided_from=parse_day(decided_from),
        decided_to=parse_day(decided_to),
        fields=tuple(field or ()),
        outcomes=tuple(outcome or ()),
    )
    check(query)  # before a model is loaded for it
    work = Workspace(context.obj.settings)
    results = work.search(query)
    told = told_of(work.store, results)
    if as_json:
        emit(SearchResponse.of(results, told))
        return
    show.results(work.settings.language, results, told)
    if work.is_stale():
        err.print(words(work.settings.language, "stale"), style="yellow")


def show_(
    context: typer.Context,
    id: Annotated[str, typer.Argument(help="Id of a document or a provision, as a search prints it.")],
    as_of: _AsOf = None,
    text: Annotated[bool, typer.Option("--text", help="The whole text of the document.")] = False,
    as_json: _Json = False,
) -> None:
    """Open a document or a provision."""
    work, day = Workspace(context.obj.settings), parse_day(as_of)
    if ":" in id and ":section-" not in id:
        view = evidence.open_provision(work.store, id, day)
        if as_json:
            emit(ProvisionRecord.of(view))
        else:
            show.provision(work.settings.language, view)
        return
    document_id = id.partition(":")[0]
    if text:
        opened = evidence.open_text(work.store, document_id)
        if as_json:
            emit(TextRecord.of(opened))
        else:
            out.print(opened.text, markup=False)
        return
    document = evidence.open_document(work.store, document_id, day)
    if as_json:
        emit(DocumentRecord.of(document))
    else:
        show.document(work.settings.language, document)


def _read(text: str) -> str:
    """The argument, or standard input for ``-`` up to what can be searched and a little more."""
    if text != "-":
        return text
    data = sys.stdin.buffer.read(4 * MAX_QUERY_CHARACTERS + 1)
    try:
        return data.decode(
            "utf-8-sig", errors="strict" if len(data) <= 4 * MAX_QUERY_CHARACTERS else "ignore"
        )
    except UnicodeDecodeError:
        raise InputError("Sagen på standard input er ikke UTF-8.", "Gem den som UTF-8.") from None
