"""How long the coverage report takes on a data folder: python tests/benchmarks/bench_coverage.py DATA [YYYY-MM-DD]

Prints seconds of wall and CPU for the first report of a process, for one more day, for a report that is
held, and for the slowest map, list and CSV file; then peak memory.
"""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from api.coverage_csv import write_csv
from api.coverage_named import named_table
from api.coverage_values import TableName
from api.texts import Language
from assistant.coverage import act_map, places, report
from assistant.coverage_types import Cell, Listing
from corpus.store import Store

T = TypeVar("T")


def timed(name: str, work: Callable[[], T]) -> T:
    wall, cpu = time.perf_counter(), time.process_time()
    made = work()
    print(f"{name:<28} {time.perf_counter() - wall:8.3f} {time.process_time() - cpu:8.3f}")
    return made


def main(data: Path, day: dt.date) -> None:
    with Store(data / "corpus.db") as store:
        print(f"{'':<28} {'wall s':>8} {'CPU s':>8}")
        found = timed("first report", lambda: report(store, day))
        timed("another day", lambda: report(store, day - dt.timedelta(365)))
        timed("held report", lambda: report(store, day))
        largest = max(found.coverage.acts, key=lambda a: a.paragraphs)
        timed(f"map of {largest.paragraphs} §§", lambda: act_map(store, found, largest.work))
        timed("50 places of all", lambda: places(store, found, Cell(Listing.UNRESOLVED)))
        timed(
            "CSV of changed wordings",
            lambda: write_csv(named_table(Language.DA, store, found, TableName.CHANGED, "")),
        )
        kept = found.coverage
        print(
            f"{kept.decisions} decisions, {len(kept.acts)} acts, {len(found.survey.touches)} touches,",
            end=" ",
        )
        print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), dt.date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else dt.date.today())  # noqa: DTZ011
