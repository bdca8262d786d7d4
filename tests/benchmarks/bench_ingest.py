"""How fast documents are read and kept: python tests/benchmarks/bench_ingest.py [PATH …]

Each line is a process of its own, so that its peak memory is its own: importing the parsers alone, reading the
files without parsing them, parsing, ingesting into a new store, and ingesting the same files again. Times are
CPU time of one thread; ``wall`` also counts waiting for the disk. The last lines compare steps of this very
run, so that they hold on another machine. Without paths the real legal texts beside the checkout are read,
or else the fictional starter corpus.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from corpus.errors import HjemmelError
from corpus.ingest import ingest
from corpus.parsing import registry
from corpus.sources import folder, starter
from corpus.store import Store
from corpus.types import RawRecord

SHARED = Path(__file__).parents[2].parent / "shared" / "corpus"
REAL = ("lexdania_acts", "lexdania_decisions", "decisions_json", "dk_social_law.jsonl.zst")
MEGABYTE = 1_000_000
_KIBIBYTES = 1024 if sys.platform != "darwin" else 1  # the unit of ru_maxrss

Count = tuple[int, int]  # records and their bytes


def load(paths: Sequence[Path], store: Path) -> Count:
    """Nothing but the imports."""
    return 0, 0


def read(paths: Sequence[Path], store: Path) -> Count:
    """Bytes from the disk, unpacked and cut into records."""
    sizes = [len(item.data) for item in folder.read(paths) if isinstance(item, RawRecord)]
    return len(sizes), sum(sizes)


def parse(paths: Sequence[Path], store: Path) -> Count:
    """``read``, and every record parsed; the documents are let go at once."""
    count = size = 0
    for item in folder.read(paths):
        if isinstance(item, RawRecord):
            count, size = count + 1, size + len(item.data)
            try:
                registry.parse(item)
            except HjemmelError as error:
                print(f"{item.address}: {error}", file=sys.stderr)
    return count, size


def keep(paths: Sequence[Path], store: Path) -> Count:
    """``hjemmel ingest``: parsed, and each document written in a transaction of its own."""
    sizes: list[int] = []
    with Store(store) as kept:
        ingest(paths, kept, progress=lambda _, size: sizes.append(size))
    return len(sizes), sum(sizes)


STEPS: dict[str, Callable[[Sequence[Path], Path], Count]] = {
    "load": load,
    "read": read,
    "parse": parse,
    "ingest": keep,
    "ingest again": keep,
}


def measured(step: str, paths: Sequence[Path], store: Path) -> dict[str, float]:
    """One step in a process of its own."""
    words = [sys.executable, __file__, "--step", step, "--store", str(store), *map(str, paths)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def run(step: str, paths: Sequence[Path], store: Path) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    records, size = STEPS[step](paths, store)
    print(
        json.dumps(
            {
                "records": records,
                "megabytes": size / MEGABYTE,
                "cpu": time.process_time() - cpu,
                "wall": time.perf_counter() - wall,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBIBYTES / MEGABYTE,
            }
        )
    )


def report(paths: Sequence[Path]) -> None:
    with tempfile.TemporaryDirectory() as place:
        store = Path(place) / "corpus.db"
        results = {step: measured(step, paths, store) for step in STEPS}
        kept = sum(file.stat().st_size for file in Path(place).iterdir()) / MEGABYTE
    print("| step | records | MB | CPU s | wall s | records/s | MB/s | peak MB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for step, r in results.items():
        rate = r["cpu"] or 1.0
        print(
            f"| {step} | {r['records']:,} | {r['megabytes']:.1f} | {r['cpu']:.1f} | {r['wall']:.1f} | "
            f"{r['records'] / rate:,.0f} | {r['megabytes'] / rate:.1f} | {r['peak']:.0f} |"
        )
    parsing, keeping = results["parse"]["cpu"] - results["read"]["cpu"], results["ingest"]["cpu"]
    storing = keeping - results["parse"]["cpu"]
    print(
        f"\nparsing : storing = 1 : {storing / parsing:.2f} (CPU). Again with nothing changed: "
        f"{results['ingest again']['cpu'] / keeping:.1%} of the first time.\n"
        f"The store holds {kept:.1f} MB, {kept / results['ingest']['megabytes']:.2f} of the bytes read.",
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("paths", nargs="*", type=Path)
    options.add_argument("--step", choices=STEPS)
    options.add_argument("--store", type=Path)
    given = options.parse_args()
    if given.step:
        run(given.step, given.paths, given.store)
        return
    with ExitStack() as stack:
        paths = given.paths or [SHARED / name for name in REAL if (SHARED / name).exists()]
        if not paths:
            paths = [stack.enter_context(starter.folder()) / part for part in starter.PARTS]
        report(paths)


if __name__ == "__main__":
    main()
