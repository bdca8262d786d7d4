"""The command that follows a provision through time."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from api.cli import standing
from api.cli.console import emit, out
from api.days import parse_day
from api.history_records import HistoryRecord
from api.settings import Settings
from api.texts import Language, day, text
from api.wiring import Workspace
from assistant.evidence import today
from assistant.history import HistoryStep, HistoryView, open_history
from assistant.lookup import provision_named
from corpus.links import Change
from corpus.wording import Edit

_STYLES = {Edit.EQUAL: "", Edit.DELETED: "red strike", Edit.INSERTED: "green underline"}
# Colour must not be the only sign: the words are bracketed as well.
_MARKS = {Edit.EQUAL: ("", ""), Edit.DELETED: ("[-", "-]"), Edit.INSERTED: ("{+", "+}")}


def history(
    context: typer.Context,
    provision: Annotated[
        str, typer.Argument(help="A provision's id, or a citation such as «§ 36, stk. 1, i lov om …».")
    ],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Say what it is on this day.")
    ] = None,
    all_steps: Annotated[bool, typer.Option("--all", help="Show the steps without a change too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")] = False,
) -> None:
    """Follow a provision through all versions of its act: reworded, moved, split, merged or repealed."""
    settings: Settings = context.obj.settings
    store = Workspace(settings).store
    asked = parse_day(as_of) or today()
    view = open_history(store, provision_named(store, provision, asked), asked)
    if as_json:
        emit(HistoryRecord.of(view))
        return
    _print(settings.language, view, all_steps)


def _print(language: Language, view: HistoryView, all_steps: bool) -> None:
    out.print(Text(view.citation, style="bold"))
    if view.now_summary:
        out.print(Text(text(language, "history-now", day=day(language, view.as_of)) + " " + view.now_summary))
    unchanged = 0
    for step in view.steps:
        if step.change is Change.SAME and not all_steps:
            unchanged += 1
            continue
        _step(language, step)
    if unchanged:
        out.print(Text(text(language, "history-unchanged", count=unchanged), style="dim"))
    for waiting in view.pending:
        standing.pending(language, waiting)
    for warning in view.warnings:
        out.print(Text(f"• {warning}", style="yellow"))


def _step(language: Language, step: HistoryStep) -> None:
    before, after = (" + ".join(w.locator for w in side) or "–" for side in (step.before, step.after))
    out.print()
    out.print(Text(f"{day(language, step.day)}: {before} → {after}. {step.summary}", style="bold"))
    out.print(Text(f"   {step.from_document} → {step.to_document} · {'; '.join(step.evidence)}", style="dim"))
    if step.difference:
        words = Text()
        for stretch in step.difference:
            opening, closing = _MARKS[stretch.edit]
            words.append("" if stretch.text[0] in ".,;:)" else " ")
            words.append(f"{opening}{stretch.text}{closing}", style=_STYLES[stretch.edit])
        out.print(Padding(words, (0, 0, 0, 3)))
    elif step.change is not Change.SAME:
        for wording in step.after or step.before:
            out.print(Padding(Text(f"«{wording.text}»"), (0, 0, 0, 3)))
    for instruction in step.instructions:
        out.print(Text(f"   {instruction.citation}, {instruction.place}", style="dim"))
