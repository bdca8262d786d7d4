"""How the command line speaks: tables and progress for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pydantic import BaseModel
from pydantic_core import to_jsonable_python
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from api.texts import Language, text

out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False)


def emit(record: BaseModel | dict[str, object]) -> None:
    """One JSON document on standard output, Danish letters as they are."""
    plain = record.model_dump(mode="json") if isinstance(record, BaseModel) else to_jsonable_python(record)
    sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def reading(language: Language) -> Iterator[Callable[[str, int], None]]:
    """Progress of an ingest: records, bytes and time, on standard error."""
    columns = (
        SpinnerColumn(),
        TextColumn(text(language, "reading")),
        TextColumn("{task.fields[records]}"),
        DownloadColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("", total=None, records="", rate="–")
        records = size = 0

        def step(_: str, read: int) -> None:
            nonlocal records, size
            records, size = records + 1, size + read
            elapsed = progress.tasks[0].elapsed or 0
            rate = text(language, "documents-rate", rate=f"{records / elapsed:.0f}") if elapsed > 1 else "–"
            counted = text(language, "documents-read", count=records)
            progress.update(task, completed=size, records=counted, rate=rate)

        yield step


@contextmanager
def building(language: Language) -> Iterator[Callable[[str, int, int], None]]:
    """Progress of an index build: one bar a stage, with its rate and the time left, on standard error."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn(text(language, "left")),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        tasks: dict[str, TaskID] = {}
        begun: dict[str, int] = {}

        def step(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(text(language, f"stage-{stage}"), total=of, rate="")
                begun[stage] = done
            elapsed = progress.tasks[progress.task_ids.index(tasks[stage])].elapsed or 0
            rate = f"{(done - begun[stage]) / elapsed:.0f}/s" if elapsed > 1 else ""
            progress.update(tasks[stage], completed=done, total=of, rate=rate)

        yield step
