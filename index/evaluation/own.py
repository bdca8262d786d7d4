"""Tables of what each step of the search adds over one's own index: ``python -m index.evaluation.own -h``."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from corpus.errors import HjemmelError
from corpus.store import Store
from corpus.types import Kind
from index import search
from index.analysis import Analyzer
from index.encoders import DEFAULT, load_encoder
from index.evaluation import own_index, silver
from index.evaluation.measures import evaluate
from index.evaluation.report import ablation_rows, ablation_table, current_commit, write_table
from index.graph import GRAPH_WEIGHTS
from index.search import Searcher
from index.snapshot import open_current
from index.thesaurus.expansion import Thesaurus

SHOWN = ("nDCG@10", "R@10", "AP", "RR", "Success@5", "Success@10")


def main() -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m index.evaluation.own", description=__doc__)
    parser.add_argument(
        "folder", type=Path, nargs="?", help="judged cases; without it the decisions themselves"
    )
    parser.add_argument("--data", type=Path, required=True, help="data folder with an index")
    parser.add_argument("--encoder", default=DEFAULT, help="encoder of the index, or none")
    parser.add_argument("--document", type=Path, help="Markdown file to write the table into")
    parser.add_argument("--table", default="own", help="name of the table's markers")
    options = parser.parse_args()
    try:
        _measure(options)
    except HjemmelError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _measure(options: argparse.Namespace) -> None:
    analyzer = Analyzer()
    encoder = None if options.encoder == "none" else load_encoder(options.encoder, options.data, 1)
    with Store(options.data / "corpus.db") as store:
        fingerprint = encoder.fingerprint if encoder else None
        snapshot = open_current(options.data / "index", analyzer.fingerprint, fingerprint)
        base = Searcher(store, snapshot, analyzer, encoder)
        law = Searcher(store, snapshot, analyzer, encoder, thesaurus=Thesaurus.embedded(analyzer))
        if options.folder:
            queries, judged = own_index.read_cases(options.folder)
        else:
            queries, qrels = silver.from_decisions(store, snapshot)
            judged = {Kind.RULE: qrels}
        runs = own_index.runs(ways(base, law, encoder is not None), queries)
    parts = [
        f"{len(queries)} cases, {snapshot.manifest.passages} passages, {snapshot.manifest.vectors} vectors."
    ]
    for kind, qrels in judged.items():
        evaluations = [evaluate(qrels, run, SHOWN) for (_, k), run in runs.items() if k is kind]
        parts.append(ablation_table(ablation_rows(evaluations, SHOWN, "nDCG@10"), SHOWN))
    table = "\n\n".join(parts)
    print(table)
    if options.document:
        given = [Path(a).name if "/" in a else a for a in sys.argv[1:]]
        command = shlex.join(["python", "-m", "index.evaluation.own", *given])
        write_table(
            options.document, options.table, table, command, current_commit(Path(search.__file__).parent)
        )


def ways(base: Searcher, law: Searcher, with_vectors: bool) -> Mapping[str, Searcher]:
    """What is compared: each step of the search added to the one before.

    ``law`` is the same search as ``base`` with a thesaurus: what is called «law's words».
    """
    words = {"words": base.weighted(0.0, None), "words, law's words": law.weighted(0.0, None)}
    if not with_vectors:
        return {
            **words,
            "words, graph": base.weighted(0.0, GRAPH_WEIGHTS),
            "words, graph, law's words": law.weighted(0.0, GRAPH_WEIGHTS),
        }
    return {
        **words,
        "meaning": base.weighted(1.0, None),
        "fused": base.weighted(base.dense_weight, None),
        "fused, graph": base,
        "fused, graph, law's words": law,
    }


if __name__ == "__main__":
    sys.exit(main())
