"""Measures ways of searching on a test collection: ``python -m index.evaluation FOLDER --help``."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import HjemmelError, NotFoundError
from index.analysis import BEST, Analyzer, AnalyzerConfig
from index.encoders import Encoder, load_encoder
from index.evaluation.beir import read_collection
from index.evaluation.case_rarity import rarity_among
from index.evaluation.collection_index import CollectionIndex
from index.evaluation.measures import STANDARD_MEASURES, evaluate
from index.evaluation.report import (
    ablation_rows,
    ablation_table,
    comparison_html,
    current_commit,
    write_table,
)
from index.evaluation.runs import write_run
from index.evaluation.systems import (
    DENSE_TOGETHER,
    LEXICAL_TOGETHER,
    RRF,
    SINGLE,
    System,
    document_fusion,
    passage_fusion,
    together,
)
from index.fusion import DENSE_WEIGHT
from index.vector_cache import VectorCache

SHOWN = ("nDCG@10", "R@100", "AP", "RR", "P@10", "Bpref", "R@10", "AP@10")
COMPARED = "nDCG@10"
WEIGHTS = (0.1, 0.2, 0.3, 0.5)
LEXICAL_ONLY = "none"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(given)
    try:
        _measure(options, given)
    except HjemmelError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def systems(weights: Sequence[float], depths: Sequence[int], with_vectors: bool) -> list[System]:
    """What is compared; the first is what the others are compared with.

    ``depths``: how many candidates of either way to fuse at the default weight; replaces ``weights``.
    """
    if not with_vectors:
        return [*SINGLE[:2], LEXICAL_TOGETHER]
    if depths:
        return [SINGLE[0], *(passage_fusion("z-score", DENSE_WEIGHT, depth) for depth in depths)]
    fused = [passage_fusion(name, weight) for name in ("z-score", "min-max") for weight in weights]
    pooled = [
        document_fusion("z-score", weight, whole=whole) for whole in (False, True) for weight in weights
    ]
    return [
        *SINGLE,
        LEXICAL_TOGETHER,
        DENSE_TOGETHER,
        RRF,
        *(together(weight) for weight in weights),
        *fused,
        *pooled,
    ]


def _measure(options: argparse.Namespace, given: Sequence[str]) -> None:
    chosen = systems(options.weights, options.depths, options.encoder != LEXICAL_ONLY)
    pair = (chosen[0], _named(chosen, options.system))
    collection = read_collection(options.folder, options.split)
    analyzer = Analyzer(_analysis(options.language, options.analysis))
    encoder: Encoder | None = None
    cache: VectorCache | None = None
    if options.encoder != LEXICAL_ONLY:
        encoder = load_encoder(options.encoder, options.data, options.threads)
        cache = VectorCache(options.data / "vectors", encoder.fingerprint, encoder.dimension)
    cases = rarity_among(options.cases, analyzer) if options.cases else None
    try:
        index = CollectionIndex(
            collection, analyzer, encoder, cache, encode_missing=not options.known_vectors, cases=cases
        )
    finally:
        if cache is not None:
            cache.close()
    evaluations = list(index.evaluate(chosen, STANDARD_MEASURES).values())
    table = ablation_table(ablation_rows(evaluations, SHOWN, COMPARED), SHOWN)
    about = (
        f"{collection.name}: {len(index.judged())} judged queries, {len(collection.documents)} documents, "
        f"{index.passages} passages, {index.vectors} of them with a vector."
    )
    print(f"{about}\n\n{table}")
    if options.document:
        command = shlex.join(["python", "-m", "index.evaluation", *_without_places(given)])
        commit = current_commit(Path(__file__).parent)
        write_table(
            options.document, options.table or collection.name, f"{about}\n\n{table}", command, commit
        )
    if options.runs or options.report:
        _write_runs(options, index, pair)


def _analysis(language: str, choice: str) -> AnalyzerConfig:
    """The analysis chosen for a language: the one that measured best, dictionary forms or stems."""
    if choice == "best":
        return BEST.get(language, AnalyzerConfig(language))
    stems = choice == "stems"
    return AnalyzerConfig(language, lemmas=not stems, compounds=not stems, stems=stems)


def _write_runs(options: argparse.Namespace, index: CollectionIndex, pair: tuple[System, System]) -> None:
    """Two systems as TREC files, and side by side as a page."""
    runs = [index.run(system) for system in pair]
    if options.runs:
        for number, run in enumerate(runs):
            write_run(options.runs / f"{index.collection.name}-{number}.trec", run)
    if options.report:
        qrels = index.collection.qrels
        before, after = [(run, evaluate(qrels, run)) for run in runs]
        page = comparison_html(index.collection, before, after, COMPARED)
        options.report.parent.mkdir(parents=True, exist_ok=True)
        options.report.write_text(page, encoding="utf-8")


def _named(chosen: Sequence[System], name: str | None) -> System:
    """The system of this name; without a name the one that ``hjemmel evaluate`` runs, or the last."""
    by_name = {system.name: system for system in chosen}
    if name is None:
        return by_name.get(together(DENSE_WEIGHT).name, chosen[-1])
    if name not in by_name:
        raise NotFoundError(f"There is no system {name!r}.", f"Choose one of: {'; '.join(by_name)}.")
    return by_name[name]


def _without_places(given: Sequence[str]) -> list[str]:
    """The arguments with paths shortened to their last part: a document is read on other machines."""
    return [Path(argument).name if "/" in argument else argument for argument in given]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m index.evaluation", description="Measure ways of searching on a test collection."
    )
    parser.add_argument("folder", type=Path, help="the collection, a folder in BEIR layout")
    parser.add_argument("--split", help="which qrels/SPLIT.tsv to read, where there are several")
    parser.add_argument("--language", default="da", help="language of the collection: da, de or en")
    parser.add_argument(
        "--analysis", choices=("best", "lemmas", "stems"), default="best", help="how words become terms"
    )
    parser.add_argument(
        "--cases",
        type=Path,
        help="folder in BEIR layout of cases that tell how rare a word of a long query is",
    )
    parser.add_argument("--encoder", default="e5-small", help=f"encoder, or {LEXICAL_ONLY}")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where models and vectors are kept")
    parser.add_argument("--threads", type=int, help="threads of the encoder; by default every core")
    parser.add_argument(
        "--known-vectors", action="store_true", help="encode no passage that has no vector yet"
    )
    parser.add_argument(
        "--weights", type=float, nargs="+", default=list(WEIGHTS), help="dense weights to try"
    )
    parser.add_argument(
        "--depths", type=int, nargs="+", default=[], help="compare numbers of candidates instead"
    )
    parser.add_argument("--document", type=Path, help="Markdown file to write the table into")
    parser.add_argument("--table", help="name of the table's markers; by default the collection's name")
    parser.add_argument("--system", help="the system that --runs and --report set against the first")
    parser.add_argument("--runs", type=Path, help="folder to write TREC run files to")
    parser.add_argument("--report", type=Path, help="HTML file to write the comparison to")
    return parser


if __name__ == "__main__":
    sys.exit(main())
