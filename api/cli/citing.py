"""The commands that resolve citations and list who cites."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from api.citation_records import CitedByResponse, CitedReferenceRecord, ResolveResponse
from api.cli.console import emit, out
from api.days import parse_day
from api.settings import Settings
from api.texts import Language, day, text
from api.wiring import Workspace
from assistant import citations
from assistant.citation_types import CitedBy, CitedReference, CitedTarget
from assistant.citations import MAX_CITED_CHARACTERS
from assistant.evidence import today
from corpus.errors import InputError
from corpus.references.resolved import LinkStatus
from corpus.types import Kind

INDENT = 3  # columns, of what stands under a reference

_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]


def cite(
    context: typer.Context,
    words: Annotated[
        str,
        typer.Argument(metavar="TEXT|-", help="A citation or a paragraph; - reads it from standard input."),
    ],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="Wording in force on this day, unless the text names a version."
        ),
    ] = None,
    as_json: _Json = False,
) -> None:
    """Find every reference in a text and open its provision, or say why not."""
    asked = parse_day(as_of) or today()
    settings: Settings = context.obj.settings
    found = citations.resolve_text(Workspace(settings).store, _read(words), asked)
    if as_json:
        emit(ResolveResponse(as_of=asked, references=[CitedReferenceRecord.of(r) for r in found]))
        return
    language = settings.language
    for reference in found:
        _reference(language, reference)
    if not found:
        out.print(text(language, "cite-none"))
        return
    targets = [target for reference in found for target in reference.targets]
    resolved = sum(target.status is LinkStatus.RESOLVED for target in targets)
    counts = {"found": len(found), "resolved": resolved, "targets": len(targets)}
    out.print(text(language, "cite-counted", day=day(language, asked), **counts), style="dim")


def cited_by(
    context: typer.Context,
    id: Annotated[str, typer.Argument(help="Id of a provision (with all below it) or of a document.")],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="Leave out what is later, and rules not in force on this day."
        ),
    ] = None,
    kind: Annotated[list[Kind] | None, typer.Option(help="Only from these kinds of documents.")] = None,
    top: Annotated[int, typer.Option(min=1, max=1000, help="Places to show.")] = 20,
    after: Annotated[str, typer.Option(help="Where the page before ended.")] = "",
    as_json: _Json = False,
) -> None:
    """List the documents and provisions that cite one, newest first, with the words that cite."""
    settings: Settings = context.obj.settings
    store = Workspace(settings).store
    view = citations.open_cited_by(store, id, kind or (), parse_day(as_of), after, top)
    if as_json:
        emit(CitedByResponse.of(view))
    else:
        _places(settings.language, view)


def _reference(language: Language, reference: CitedReference) -> None:
    out.print(Text(f"«{reference.words}»", style="bold"))
    for target in reference.targets:
        out.print(Padding(_target(language, target), (0, 0, 0, INDENT)))
    out.print()


def _target(language: Language, target: CitedTarget) -> Text:
    if target.status is not LinkStatus.RESOLVED:
        where = f"{target.printed}: " if target.printed else ""
        return Text(f"{where}{target.message}", style="yellow")
    lines = Text(target.citation, style="cyan")
    facts = [target.provisions[0] if target.provisions else target.document_id]
    if target.ground is not None:
        facts.append(text(language, f"cite-ground-{target.ground}"))
    if target.repealed:
        facts.append(text(language, "repealed"))
    if target.valid_until:
        facts.append(text(language, "valid-until", day=day(language, target.valid_until)))
    lines.append(f"\n{' · '.join(facts)}", style="dim")
    if target.text:
        span = target.text_span
        cut = span is not None and len(span) > len(target.text)
        lines.append(f"\n{target.text}{' …' if cut else ''}", style="default")
    return lines


def _places(language: Language, view: CitedBy) -> None:
    if not view.places:
        out.print(text(language, "cited-by-none", citation=view.citation), markup=False)
        return
    for place in view.places:
        out.print(Text(", ".join(filter(None, [place.locator, place.citation])), style="bold"))
        facts = [place.authority, day(language, place.date) if place.date else "", place.place]
        out.print(Padding(Text(" · ".join(filter(None, facts)), style="dim"), (0, 0, 0, INDENT)))
        out.print(Padding(Text(f"«{place.context}»"), (0, 0, 0, INDENT)))
        if not place.same_version:
            other = text(language, "cited-by-version", citation=place.cited_citation)
            out.print(Padding(Text(other, style="yellow"), (0, 0, 0, INDENT)))
    counts = {"total": view.total, "shown": len(view.places), "citation": view.citation}
    out.print(text(language, "cited-by-counted", **counts), style="dim", markup=False)
    if view.next:
        out.print(text(language, "cited-by-more", cursor=view.next), style="dim", markup=False)


def _read(words: str) -> str:
    """The argument, or standard input for ``-``, up to a little more than can be resolved."""
    if words != "-":
        return words
    data = sys.stdin.buffer.read(4 * MAX_CITED_CHARACTERS + 1)
    try:
        return data.decode(
            "utf-8-sig", errors="strict" if len(data) <= 4 * MAX_CITED_CHARACTERS else "ignore"
        )
    except UnicodeDecodeError:
        raise InputError("Teksten på standard input er ikke UTF-8.", "Gem den som UTF-8.") from None
