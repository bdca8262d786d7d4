"""The commands of ``hjemmel``."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from click.exceptions import ClickException

from api import problems
from api.cli import checks, console, evaluating, show
from api.cli.console import emit, err, out
from api.cli.evaluating import Language
from api.schemas import DocumentRecord, ProvisionRecord, SearchResponse, TextRecord
from api.settings import LOOPBACK, Settings
from api.wiring import Workspace
from assistant import evidence
from corpus.errors import HjemmelError, InputError
from corpus.identifiers import parse_date
from corpus.ingest import DEFAULT_COLLECTION, Summary
from corpus.store import Outcome
from corpus.types import Kind
from index.search import MAX_QUERY_CHARACTERS
from index.types import Query

EXIT_PARTLY = 1  # the command went through, but some records failed

app = typer.Typer(
    name="hjemmel",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Find the rules and the precedents for a case in Danish law, with citations and without a verdict.",
)


@dataclass(slots=True)
class _State:
    """What the options before the command chose."""

    settings: Settings


Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Wording in force on this day (2024-03-01 or 1. marts 2024)."
    ),
]


@app.callback()
def _options(
    context: typer.Context,
    data: Annotated[
        Path | None, typer.Option(help="Data folder (HJEMMEL_DATA; default hjemmel-data).")
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option(
            help="e5-small, onnx:PATH, st:NAME_OR_PATH or none (HJEMMEL_ENCODER; default e5-small)."
        ),
    ] = None,
) -> None:
    chosen = {name: value for name, value in (("data", data), ("encoder", encoder)) if value is not None}
    context.obj = _State(Settings(**chosen))  # type: ignore[arg-type]


@app.command()
def ingest(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files or folders to read.")],
    collection: Annotated[str, typer.Option(help="Collection the documents belong to.")] = DEFAULT_COLLECTION,
    as_json: Json = False,
) -> None:
    """Read law and decisions into the store: XML, JSON lines (.zst), PDF, DOCX, HTML, Markdown, text.

    One bad file never stops the others; each is named with its reason at the end, and the exit code is 1.
    """
    work = _workspace(context)
    with console.reading() as step:
        summary = work.ingest(paths, collection, step)
    if as_json:
        emit(_summary_record(summary))
    else:
        show.summary(summary)
    if summary.failures:
        raise typer.Exit(EXIT_PARTLY)


@app.command()
def index(context: typer.Context, as_json: Json = False) -> None:
    """Build the index of everything stored and publish it; searches go on during the build."""
    work = _workspace(context)
    with console.building() as step:
        manifest = work.index(step)
    record: dict[str, object] = {
        "snapshot": manifest.name,
        "documents": manifest.documents,
        "passages": manifest.passages,
        "vectors": manifest.vectors,
        "encoder": manifest.encoder_name,
    }
    if as_json:
        emit(record)
    else:
        out.print(
            f"Index {manifest.name}: {manifest.documents} documents, {manifest.passages} passages,"
            f" {manifest.vectors} with a vector ({manifest.encoder_name or 'lexical only'})."
        )


@app.command()
def search(
    context: typer.Context,
    text: Annotated[
        str, typer.Argument(metavar="TEXT|-", help="The case in plain words; - reads it from standard input.")
    ],
    kind: Annotated[list[Kind] | None, typer.Option(help="Only rules or only precedents.")] = None,
    as_of: AsOf = None,
    top: Annotated[int, typer.Option(help="Results of each kind.")] = 10,
    collection: Annotated[list[str] | None, typer.Option(help="Search in this collection only.")] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="Id of a document or provision not to find.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Find the rules that govern a case and the decisions most like it."""
    query = Query(
        text=_read(text),
        kinds=tuple(kind or (Kind.RULE, Kind.PRECEDENT)),
        top=top,
        as_of=_date(as_of),
        collections=tuple(collection or ()),
        exclude=tuple(exclude or ()),
    )
    work = _workspace(context)
    results = work.search(query)
    if as_json:
        emit(SearchResponse.of(results))
        return
    show.results(results)
    if work.is_stale():
        err.print("The store has changed since the index was built: run `hjemmel index`.", style="yellow")


@app.command("show")
def show_(
    context: typer.Context,
    id: Annotated[str, typer.Argument(help="Id of a document or a provision, as a search prints it.")],
    as_of: AsOf = None,
    text: Annotated[bool, typer.Option("--text", help="The whole text of the document.")] = False,
    as_json: Json = False,
) -> None:
    """Open a document or a provision."""
    work, day = _workspace(context), _date(as_of)
    if ":" in id and ":section-" not in id:
        view = evidence.open_provision(work.store, id, day)
        if as_json:
            emit(ProvisionRecord.of(view))
        else:
            show.provision(view)
        return
    document_id = id.partition(":")[0]
    if text:
        words = evidence.open_text(work.store, document_id)
        if as_json:
            emit(TextRecord.of(words))
        else:
            out.print(words.text, markup=False)
        return
    document = evidence.open_document(work.store, document_id, day)
    if as_json:
        emit(DocumentRecord.of(document))
    else:
        show.document(document)


@app.command()
def erase(
    context: typer.Context,
    id: Annotated[str, typer.Argument(help="Id of the document.")],
    reason: Annotated[str, typer.Option(help="Why; kept with the id and the day.")],
    as_json: Json = False,
) -> None:
    """Remove a document, all its revisions and its raw bytes, and publish an index without it."""
    work = _workspace(context)
    revisions = work.erase(id, reason)
    if as_json:
        emit({"id": id, "revisions": revisions})
    else:
        out.print(f"Erased {id}: {revisions} revision(s). No search finds it from now on.")


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on (HJEMMEL_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (HJEMMEL_PORT).")] = None,
) -> None:
    """Serve the page and the HTTP interface."""
    settings = _settings(context)
    work = Workspace(settings)
    try:
        work.searcher()
    except HjemmelError as error:
        err.print(f"Not ready to search yet: {error}", style="yellow", markup=False)
    _serve(work, host or settings.host, port or settings.port)


@app.command()
def demo(
    context: typer.Context,
    port: Annotated[int | None, typer.Option(help="Port to listen on (HJEMMEL_PORT).")] = None,
    build_only: Annotated[
        bool, typer.Option("--build-only", help="Build the demo's index and stop.")
    ] = False,
) -> None:
    """Build the fictional starter corpus in a folder of its own and serve the page on this machine."""
    settings = _settings(context)
    settings = settings.model_copy(update={"data": settings.data / "demo"})
    work = Workspace(settings)
    with console.building() as step:
        manifest = work.prepare_demo(step)
    out.print(
        f"Fictional starter corpus: {manifest.documents} documents, {manifest.passages} passages."
        " Nothing in it is law."
    )
    if not build_only:
        _serve(work, LOOPBACK, port or settings.port)


@app.command()
def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Check set-up, store, encoder and index, and say what to do about each fault."""
    findings = checks.run(_settings(context))
    if as_json:
        emit({"checks": [f.record() for f in findings], "ok": all(f.ok for f in findings)})
    else:
        show.findings(findings)
    if not all(f.ok for f in findings):
        raise typer.Exit(EXIT_PARTLY)


@app.command()
def evaluate(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="Folder in BEIR layout; without corpus.jsonl it judges the index's own documents.",
        ),
    ],
    run: Annotated[Path | None, typer.Option(help="Write the fused ranking as a TREC run file.")] = None,
    language: Annotated[
        Language, typer.Option(help="Language of a collection with documents of its own.")
    ] = Language.DANISH,
    as_json: Json = False,
) -> None:
    """Measure search by words, by meaning and fused, with trec_eval's measures."""
    measured = evaluating.evaluate(_workspace(context), folder, run, language)
    if as_json:
        emit(evaluating.record(folder.name, measured))
    else:
        show.evaluations(measured)


@app.command("version")
def version_() -> None:
    """Print the version."""
    out.print(version("hjemmel"))


def main() -> None:
    """Run the command line; errors of ours become one message and an exit code, never a traceback."""
    try:
        code = app(standalone_mode=False)
    except HjemmelError as error:
        err.print(f"[red]{problems.problem_of(error).title}:[/red] ", end="")
        err.print(str(error), markup=False)
        code = problems.problem_of(error).exit_code
    except ClickException as error:
        error.show()
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        err.print("Stopped.")
        code = 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader (head, less) has gone: nothing to tell anyone
        code = 0
    raise SystemExit(code if isinstance(code, int) else 0)


def _settings(context: typer.Context) -> Settings:
    state: _State = context.obj
    return state.settings


def _workspace(context: typer.Context) -> Workspace:
    return Workspace(_settings(context))


def _serve(work: Workspace, host: str, port: int) -> None:
    from api.app import create_app

    shown = f"[{host}]" if ":" in host else host
    out.print(f"Hjemmel: http://{shown}:{port}/   (stop with Ctrl+C)")
    if host not in (LOOPBACK, "::1", "localhost"):
        err.print("Listening beyond this machine. There is no log-in yet: put one in front.", style="yellow")
    # Access logs would hold addresses of what was opened; the case itself is never in an address.
    uvicorn.run(create_app(work), host=host, port=port, log_level="warning", access_log=False)


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
        raise InputError("the case on standard input is not UTF-8.", "Save it as UTF-8.") from None


def _date(text: str | None) -> dt.date | None:
    return parse_date(text) if text is not None else None


def _summary_record(summary: Summary) -> dict[str, object]:
    return {
        "read": summary.read,
        **{outcome.value: summary.outcomes[outcome] for outcome in Outcome},
        "failed": [{"address": f.address, "reason": f.reason, "remedy": f.remedy} for f in summary.failures],
        "warnings": [{"id": id, "warning": warning} for id, warning in summary.warnings],
    }
