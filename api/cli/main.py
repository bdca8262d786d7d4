"""The commands of ``hjemmel``."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from api import messages, problems
from api.cli import brief, checks, citing, console, coverage, evaluating, history, searching, serving, show
from api.cli.console import emit, err, out
from api.cli.evaluating import CollectionLanguage
from api.settings import LOOPBACK, Settings, load
from api.texts import Language
from api.texts import text as words
from api.wiring import Workspace
from corpus.errors import HjemmelError, InputError
from corpus.ingest import DEFAULT_COLLECTION, Summary
from corpus.store import Outcome

EXIT_PARTLY = 1  # the command went through, but some records failed
EXIT_STOPPED = 130  # as a shell reports Ctrl+C
# Some versions of Typer carry a copy of Click of their own; the base of its errors is reached by this one.
_CommandError: Any = typer.BadParameter.__mro__[2]

app = typer.Typer(
    name="hjemmel",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Find the rules and the precedents for a case in Danish law, with citations and without a verdict.",
)


@dataclass(slots=True)
class _State:
    """What the options before the command chose. ``main`` reads the language when a command has failed."""

    settings: Settings = field(default_factory=Settings.model_construct)

    @property
    def language(self) -> Language:
        return self.settings.language


Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on (HJEMMEL_PORT).")]


@app.callback()
def _options(
    context: typer.Context,
    data: Annotated[
        Path | None, typer.Option(help="Data folder (HJEMMEL_DATA; default hjemmel-data).")
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option(
            help="e5-small-law, e5-small, e5-small-int8, onnx:PATH, st:NAME_OR_PATH or none "
            "(HJEMMEL_ENCODER; default e5-small-law)."
        ),
    ] = None,
    language: Annotated[
        Language | None, typer.Option(help="Language of the output (HJEMMEL_LANGUAGE; default da).")
    ] = None,
) -> None:
    context.obj.settings = load(data=data, encoder=encoder, language=language)


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
    with console.reading(work.settings.language) as step:
        summary = work.ingest(paths, collection, step)
    if as_json:
        emit(_summary_record(summary))
    else:
        show.summary(work.settings.language, summary)
    if summary.failures:
        raise typer.Exit(EXIT_PARTLY)


@app.command()
def index(
    context: typer.Context,
    minutes: Annotated[
        float,
        typer.Option(min=0, help="Encode for so long at most, wordings in force first; run again to go on."),
    ] = math.inf,
    as_json: Json = False,
) -> None:
    """Build the index of everything stored and publish it; searches go on during the build."""
    work = _workspace(context)
    with console.building(work.settings.language) as step:
        manifest = work.index(step, minutes * 60)
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
        language = work.settings.language
        record["encoder"] = manifest.encoder_name or words(language, "no-encoder")
        out.print(words(language, "indexed", **record))


app.command()(searching.search)
app.command("show")(searching.show_)
app.command()(brief.brief)
app.command()(brief.note)
app.add_typer(brief.audit, name="audit")
app.command()(citing.cite)
app.command("cited-by")(citing.cited_by)
app.command()(history.history)
app.command()(coverage.coverage)


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
        out.print(words(work.settings.language, "erased", id=id, revisions=revisions), markup=False)


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on (HJEMMEL_HOST).")] = None,
    port: Port = None,
) -> None:
    """Serve the page and the HTTP interface."""
    settings = _settings(context)
    work = Workspace(settings)
    try:
        work.searcher()
    except HjemmelError as error:
        told = messages.told(settings.language, error)
        err.print(f"{words(settings.language, 'not-ready')}: {told}", style="yellow", markup=False)
    serving.serve(work, host or settings.host, port or settings.port)


@app.command()
def demo(
    context: typer.Context,
    port: Port = None,
    build_only: Annotated[
        bool, typer.Option("--build-only", help="Build the demo's index and stop.")
    ] = False,
) -> None:
    """Build the fictional starter corpus in a folder of its own and serve the page on this machine."""
    settings = _settings(context)
    settings = settings.model_copy(update={"data": settings.data / "demo"})
    work = Workspace(settings)
    with console.building(settings.language) as step:
        manifest = work.prepare_demo(step)
    counts = {"documents": manifest.documents, "passages": manifest.passages}
    out.print(words(settings.language, "demo", **counts))
    if not build_only:
        serving.serve(work, LOOPBACK, port or settings.port)


@app.command()
def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Check set-up, store, encoder and index, and say what to do about each fault."""
    settings = _settings(context)
    findings = checks.run(settings)
    if as_json:
        emit({"checks": [f.record() for f in findings], "ok": all(f.ok for f in findings)})
    else:
        show.findings(settings.language, findings)
    if not all(f.ok for f in findings):
        raise typer.Exit(EXIT_PARTLY)


@app.command()
def evaluate(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            help="Folder in BEIR layout; without corpus.jsonl it judges the index's own documents.",
        ),
    ] = None,
    from_decisions: Annotated[
        bool,
        typer.Option(
            "--from-decisions",
            help="Measure on the decisions kept: facts ask, references masked; what they cite answers.",
        ),
    ] = False,
    run: Annotated[Path | None, typer.Option(help="Write the fused ranking as a TREC run file.")] = None,
    collection_language: Annotated[
        CollectionLanguage, typer.Option(help="Language of a collection with documents of its own.")
    ] = CollectionLanguage.DANISH,
    as_json: Json = False,
) -> None:
    """Measure search by words, by meaning and fused, with trec_eval's measures."""
    work = _workspace(context)
    if from_decisions == (folder is not None):
        raise InputError(
            "Der skal måles på enten en mappe eller afgørelserne.", "Skriv DIR eller --from-decisions."
        )
    if folder is None:
        measured = evaluating.from_decisions(work, run)
    else:
        measured = evaluating.evaluate(work, folder, run, collection_language)
    if as_json:
        emit(evaluating.record(folder.name if folder else "decisions", measured))
    else:
        show.evaluations(work.settings.language, measured)


@app.command("version")
def version_() -> None:
    """Print the version."""
    out.print(version("hjemmel"))


def main() -> None:
    """Run the command line; errors of ours become one message and an exit code, never a traceback."""
    state = _State()
    try:
        code = app(standalone_mode=False, obj=state)
    except HjemmelError as error:
        _tell(state.language, error)
        code = problems.problem_of(error).exit_code
    except _CommandError as error:
        error.show()
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        err.print(words(state.language, "stopped"))
        code = EXIT_STOPPED
    except BrokenPipeError:
        sys.stderr.close()  # the reader (head, less) has gone: nothing to tell anyone
        code = 0
    raise SystemExit(code if isinstance(code, int) else 0)


def _tell(language: Language, error: HjemmelError) -> None:
    """The error in the reader's words, then in its own where those differ: they hold names and numbers."""
    title, told = messages.title(language, error), messages.told(language, error)
    rest = told.removeprefix(f"{title}.").strip()
    err.print(Text.assemble((f"{title}: ", "red"), rest))
    if told != str(error):
        err.print(str(error), style="dim", markup=False)


def _settings(context: typer.Context) -> Settings:
    state: _State = context.obj
    return state.settings


def _workspace(context: typer.Context) -> Workspace:
    return Workspace(_settings(context))


def _summary_record(summary: Summary) -> dict[str, object]:
    return {
        "read": summary.read,
        **{outcome.value: summary.outcomes[outcome] for outcome in Outcome},
        "failed": [{"address": f.address, "reason": f.reason, "remedy": f.remedy} for f in summary.failures],
        "warnings": [{"id": id, "warning": warning} for id, warning in summary.warnings],
    }
