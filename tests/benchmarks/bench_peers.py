"""Hjemmel beside its peers in one run: quality and latency on the same collections and the same machine.

``python -m tests.benchmarks.bench_peers [TASK …] [--document docs/performance.md]``

Peers: bm25s and rank-bm25 with Snowball stems, the bundled encoder alone (exact FAISS), both mixed by
unweighted reciprocal rank, and a complete stack, Haystack, with the same encoder weights. Haystack is an extra
(``pip install -e '.[peers]'``); without it its rows are left out, and the table says so. Each peer runs in a
process of its own on one thread, so that its peak memory is its own, and CPU time is what a query takes on a
machine that does nothing else. What is encoded is encoded in this run.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.errors import HjemmelError, NotFoundError
from index.evaluation.measures import evaluate
from index.evaluation.report import AblationRow, ablation_rows, current_commit, write_table
from index.evaluation.types import Evaluation, Run

ROOT = Path(__file__).parents[2]
COLLECTIONS = ROOT.parent / "shared" / "bench"
MEASURES = ("nDCG@10", "R@10", "AP")
HEADS = (
    *MEASURES,
    "nDCG@10 less ours",
    "CPU ms p50",
    "CPU ms p95",
    "wall ms p50",
    "build, CPU s",
    "peak MiB",
)
TASKS = ("legalquad-de", "aila2019-statutes-train", "starter-rules", "starter-precedents")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison, or one step of it for the process that compares; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(given)
    try:
        if options.step:
            _step(options)
            return 0
        with TemporaryDirectory(prefix="peers-") as temporary:
            models = options.models or Path(temporary, "models")
            for task in _run(options, models, Path(temporary), given):
                print(task, flush=True)
    except HjemmelError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(options: argparse.Namespace, models: Path, work: Path, given: Sequence[str]) -> Iterator[str]:
    """Each task's table, written into the document as it grows."""

    def step(*names: str) -> dict[str, Any]:
        return _in_process(options.collections, models, work, names)

    from tests.benchmarks.peers.measuring import OPTIONAL, PEERS, WITH_VECTORS, Places, applicable
    from tests.benchmarks.peers.stack import is_installed
    from tests.benchmarks.peers.tasks import NAMES, STARTER, read_task

    unknown = [name for name in options.tasks if name not in NAMES]
    if unknown:
        raise NotFoundError(f"There is no task {unknown[0]!r}.", f"Choose of: {', '.join(NAMES)}.")
    step("convert")
    installed = is_installed()
    own = 0.0  # CPU seconds of Hjemmel's own index over the starter corpus
    places = Places(options.collections, models, work)
    for name in options.tasks:
        if name in STARTER and not own:
            own = step("starter")["seconds"]
        workspace = places.workspace("none")
        task = read_task(name, options.collections, workspace.store)
        workspace.close()
        encoded = step("encode", name)
        sizes = (
            f"{name}: {len(task.judged())} judged queries, {len(task.collection.documents)} documents, "
            f"{encoded['passages']} passages, encoded in {encoded['seconds']:.0f} CPU s."
        )
        rows: dict[str, dict[str, Any]] = {}
        evaluations: dict[str, Evaluation] = {}
        asked = [p for p in PEERS if applicable(p, task) and (installed or p not in OPTIONAL)]
        ours = max(asked, key=lambda p: (p.startswith("Hjemmel"), asked.index(p)))
        for peer in asked:
            print(f"{name}: {peer}", file=sys.stderr, flush=True)
            rows[peer] = figures = step("peer", name, peer)
            if name in STARTER and peer.startswith("Hjemmel"):
                figures["build"] += own
            elif peer in WITH_VECTORS:
                figures["build"] += encoded["seconds"]
            evaluations[peer] = evaluate(task.collection.qrels, Run(peer, figures.pop("found")), MEASURES)
            # Written after each peer: the slow ones come last, and what is measured is not lost with them.
            text = f"{sizes}\n\n{table(_judged(evaluations, ours), rows, ours)}"
            if not installed:
                text += "\n\nHaystack was not installed: `pip install -e '.[peers]'`."
            if options.document:
                shown = [Path(a).name if "/" in a and not a.startswith("docs/") else a for a in given]
                command = shlex.join(["python", "-m", "tests.benchmarks.bench_peers", *shown])
                write_table(options.document, f"peers-{name}", text, command, current_commit(ROOT))
        yield text


def _judged(evaluations: Mapping[str, Evaluation], ours: str) -> dict[str, AblationRow]:
    """The quality of each peer, compared with ours once that is measured."""
    first = [evaluations[ours]] if ours in evaluations else []
    rows = ablation_rows([*first, *evaluations.values()], MEASURES, "nDCG@10")[len(first) :]
    return {row.name: row for row in rows} if first else {r.name: replace(r, comparison=None) for r in rows}


def table(judged: Mapping[str, AblationRow], figures: Mapping[str, Mapping[str, Any]], ours: str) -> str:
    """A Markdown table, one row a peer; the best value of each measure in bold.

    Args:
        judged: the quality of each peer, compared with the peer ``ours``.
        figures: ``wall``, ``cpu`` (milliseconds), ``build`` (seconds) and ``peak`` (MiB) of each.
    """
    best = {m: max(round(row.means[m], 3) for row in judged.values()) for m in MEASURES}
    lines = [f"| | {' | '.join(HEADS)} |", f"| --- |{' ---: |' * len(HEADS)}"]
    for peer, row in judged.items():
        quality = [
            f"**{row.means[m]:.3f}**" if round(row.means[m], 3) == best[m] else f"{row.means[m]:.3f}"
            for m in MEASURES
        ]
        c = row.comparison
        less = ""
        if c is not None and peer != ours:
            chance = f"p {c.p_permutation:.3f}" if c.p_permutation >= 0.001 else "p < 0.001"
            less = f"{c.difference:+.3f}, {chance}"
        f = figures[peer]
        costs = [
            f"{statistics.median(f['cpu']):.1f}",
            f"{high(f['cpu']):.1f}",
            f"{statistics.median(f['wall']):.1f}",
            f"{f['build']:.1f}",
            f"{f['peak']:.0f}",
        ]
        lines.append(f"| {peer} | {' | '.join([*quality, less, *costs])} |")
    return "\n".join(lines)


def high(values: Sequence[float]) -> float:
    """The 95th percentile: the least value that 95 % of the values are not above."""
    ordered = sorted(values)
    return ordered[-(-95 * len(ordered) // 100) - 1]


def _in_process(collections: Path, models: Path, work: Path, names: Sequence[str]) -> dict[str, Any]:
    """A step in a fresh process on one thread, without a network."""
    out = work / "step.json"
    out.unlink(missing_ok=True)
    environment = os.environ | {
        "OMP_NUM_THREADS": "1",
        "OMP_WAIT_POLICY": "PASSIVE",
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_OFFLINE": "1",
        "HAYSTACK_TELEMETRY_ENABLED": "False",
        "PYTHONPATH": str(ROOT),
    }
    places = ["--collections", collections, "--models", models, "--work", work]
    command = [sys.executable, "-m", "tests.benchmarks.bench_peers", *map(str, places), "--step", *names]
    subprocess.run(command, env=environment, check=True, stdout=sys.stderr)
    result: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return result


def _step(options: argparse.Namespace) -> None:
    from tests.benchmarks.peers import measuring

    places = measuring.Places(options.collections, options.models, options.work)
    kind, *names = options.step
    steps = {
        "convert": measuring.convert,
        "starter": measuring.index_starter,
        "encode": measuring.encode_passages,
        "peer": measuring.measure_peer,
    }
    result = steps[kind](places, *names)  # type: ignore[operator]
    (options.work / "step.json").write_text(json.dumps(result), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_peers", description=__doc__)
    parser.add_argument(
        "tasks", nargs="*", default=list(TASKS), help=f"by default {', '.join(TASKS)}; also obliqa-test"
    )
    parser.add_argument(
        "--collections", type=Path, default=COLLECTIONS, help="folder of the test collections"
    )
    parser.add_argument("--models", type=Path, help="where converted models are kept between runs")
    parser.add_argument("--document", type=Path, help="Markdown file to write the tables into")
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
