"""How long the genealogy of a corpus takes: reading, chaining, aligning, and one line of a provision.

Usage: ``python tests/benchmarks/bench_history.py FILE [FILE ...]``, for example a ``.jsonl.zst`` of acts.
Files are read into a temporary store. With ``--store PATH`` an existing store is timed instead; its kept
alignments are used, so the aligning is timed only for pairs that it has not seen.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from assistant.changes import changed_since
from corpus.history import Genealogy
from corpus.identifiers import provision_id
from corpus.ingest import ingest
from corpus.kept_alignments import keep_histories
from corpus.store import Store
from corpus.timelines import distinct_versions
from corpus.types import Level, Part
from corpus.versions import Timeline, timelines

SEED = 1
LINES = 50
CHANGES = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--store", type=Path)
    options = parser.parse_args()
    if not options.files and options.store is None:
        parser.error("name files to read, or a store")
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(options.store or Path(folder) / "corpus.db") as store,
    ):
        if options.files:
            start = time.perf_counter()
            summary = ingest(options.files, store)
            say(f"read {summary.read} documents", start)
        measure(store)


def measure(store: Store) -> None:
    start = time.perf_counter()
    chains = timelines(store.documents(), store.claims())
    say(f"chained {sum(len(t.versions) for t in chains)} versions of {len(chains)} works", start)
    conflicts = Counter(c.fault for t in chains for c in t.conflicts)
    ends = Counter(v.ends or "open" for t in chains for v in t.validity.values())
    print(f"  conflicts {dict(conflicts)}; ends {dict(ends)}")
    several = [t for t in chains if len(distinct_versions(t)) > 1]
    start = time.perf_counter()
    pairs = keep_histories(store)
    say(f"aligned {pairs} pairs of neighbouring versions", start)
    times = lines(store, several)
    if times:
        middle, last = statistics.median(times), max(times)
        print(
            f"one line of a provision: median {middle * 1e3:.0f} ms, slowest of {len(times)} {last * 1e3:.0f} ms"
        )
    for name in ("first", "again"):  # the first pass reads each work anew
        times = sorted(changes(store, several))
        if times:
            middle, most = (times[int(len(times) * share)] * 1e3 for share in (0.5, 0.95))
            print(
                f"changed_since, {name}: p50 {middle:.1f} ms, p95 {most:.1f} ms,"
                f" slowest of {len(times)} {times[-1] * 1e3:.0f} ms"
            )


def changes(store: Store, chains: list[Timeline]) -> list[float]:
    """Seconds for what has changed since the wording of some provisions drawn at random."""
    draw = random.Random(SEED)
    times: list[float] = []
    while chains and len(times) < CHANGES:
        timeline = draw.choice(chains)
        version = draw.choice(timeline.versions)
        provisions = [p for p in store.provisions(version.key) if p.locator.part is Part.MAIN]
        if not provisions or version.metadata.date is None:
            continue
        identifier = provision_id(version.id, draw.choice(provisions).locator)
        day = timeline.validity[version.id].start or version.metadata.date
        start = time.perf_counter()
        changed_since(store, identifier, day)
        times.append(time.perf_counter() - start)
    return times


def lines(store: Store, chains: list[Timeline]) -> list[float]:
    """Seconds for the line of some stk. drawn at random, alignments being kept."""
    draw = random.Random(SEED)
    times = []
    for _ in range(LINES if chains else 0):
        version = draw.choice(draw.choice(chains).versions)
        stks = store.provisions(version.key, Level.STK)
        if not stks or version.metadata.date is None:
            continue
        start = time.perf_counter()
        Genealogy(store).line(provision_id(version.id, draw.choice(stks).locator))
        times.append(time.perf_counter() - start)
    return times


def say(what: str, start: float) -> None:
    print(f"{what} in {time.perf_counter() - start:.1f} s")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
