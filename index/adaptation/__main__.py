"""Adapts the embedded encoder to a corpus, step by step: ``python -m index.adaptation -h``."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from corpus.errors import HjemmelError
from corpus.store import Store
from index import e5_weights
from index.adaptation import export, held_out, prune
from index.adaptation import train as training
from index.adaptation.change import apply_change, write_change
from index.adaptation.collect import collect
from index.adaptation.everyday import everyday_pairs
from index.adaptation.own import Indexed, own_transfer
from index.adaptation.pairs import Origin, read_pairs, sample, split, write_pairs
from index.adaptation.transfer import as_table, sampled, transfer
from index.adaptation.written import WRITTEN, read_written, written_pairs
from index.analysis import BEST, Analyzer, AnalyzerConfig
from index.encoders import load_encoder
from index.evaluation.beir import read_collection
from index.model_folder import prepare_trainable_encoder
from index.thesaurus.entries import embedded

# What was measured (docs/adaptation.md): all cases, and beside them the law's words and everyday ones.
LIMITS = {
    Origin.CASE: 20_000,
    Origin.REFERENCE: 2_000,
    Origin.HEADING: 256,
    Origin.ENABLING: 100,
    Origin.WORDING: 100,
    Origin.EVERYDAY: 2_600,
}
# Everyday questions are made of the same list whatever the work: held out, they would tell nothing.
HELD_OUT_LIMITS = {Origin.REFERENCE: 300, Origin.HEADING: 100, Origin.ENABLING: 100, Origin.WORDING: 100}
HELD_OUT_SEED = 7  # any fixed number: every encoder must answer the same questions


def main(given: Sequence[str] | None = None) -> int:
    """Run one step; the exit code."""
    options = _parser().parse_args(given)
    try:
        options.step(options)
    except HjemmelError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _pairs(options: argparse.Namespace) -> None:
    texts = read_written(options.written)
    with Store(options.data / "corpus.db") as store:
        found = [*collect(store), *everyday_pairs(store, embedded(), Analyzer())]
        found += written_pairs(store, texts, lambda: load_encoder(options.encoder, options.data))
    write_pairs(found, options.pairs)
    parts = split(found)
    for origin in Origin:
        counts = [sum(p.origin is origin for p in part) for part in (found, parts.training, parts.held_out)]
        print(f"{origin}: {counts[0]} pairs, {counts[1]} to train on, {counts[2]} held out")


def _train(options: argparse.Namespace) -> None:
    recipe = training.Recipe(**{f.name: getattr(options, f.name) for f in fields(training.Recipe)})
    found = read_pairs(options.pairs)
    pairs = [
        pair for pair in split(found).training if pair.origin is not Origin.CASE or not options.all_cases
    ]
    if options.all_cases:
        pairs += [pair for pair in found if pair.origin is Origin.CASE]
    pairs = sample(pairs, LIMITS, recipe.seed)
    folder = options.folder or prepare_trainable_encoder(options.data / "models")
    adapted = training.adapt(folder, pairs, recipe, options.threads, _say, options.device)
    adapted.save(options.out, options.share)


def _say(step: int, steps: int, loss: float) -> None:
    print(f"step {step} of {steps}, loss {loss:.3f}", flush=True)


def _export(options: argparse.Namespace) -> None:
    base = e5_weights.read_weights()
    adapted = export.adapted_weights(options.folder, base) if options.folder else base
    pieces = None
    if not options.whole_vocabulary:
        words = prune.distinct_words(_texts(options)) | prune.everyday_words()
        pieces = prune.kept_pieces(base.vocabulary, words)
    if options.change:
        write_change(base, adapted, options.change, pieces)
        print(f"{options.change}: {options.change.stat().st_size / 1e6:.1f} MB")
        # What is served is made of the file, so that what is measured is what the file gives.
        _publish(apply_change(base, options.change), options)
    else:
        _publish(adapted if pieces is None else prune.prune(adapted, pieces), options)


def _apply(options: argparse.Namespace) -> None:
    _publish(apply_change(e5_weights.read_weights(), options.change), options)


def _publish(weights: e5_weights.E5Weights, options: argparse.Namespace) -> None:
    target = export.write_encoder(weights, options.out, options.name)
    size = sum(path.stat().st_size for path in target.iterdir())
    print(f"{target}: {len(weights.vocabulary.pieces)} pieces, {size / 1e6:.1f} MB")


def _texts(options: argparse.Namespace) -> Iterator[str]:
    """All texts of the store, and of the files named."""
    with Store(options.data / "corpus.db") as store:
        for document in store.documents():
            yield document.metadata.title
            yield store.text(document.key)
    for path in options.texts:
        yield from prune.read_texts(path)


def _compare(options: argparse.Namespace) -> None:
    parts = split(read_pairs(options.pairs))
    asked = sample(parts.held_out, HELD_OUT_LIMITS, HELD_OUT_SEED)
    others = sorted({pair.passage for pair in parts.training})
    chance = random.Random(HELD_OUT_SEED)  # noqa: S311 - a draw to repeat, not a secret
    distractors = chance.sample(others, min(held_out.DISTRACTORS, len(others)))
    before, after = (
        held_out.reciprocal_ranks(load_encoder(spec, options.data, options.threads), asked, distractors)
        for spec in (options.before, options.after)
    )
    print("| pairs | questions | before | after | difference |\n| --- | ---: | ---: | ---: | ---: |")
    for gain in held_out.gains(asked, before, after):
        difference = f"{gain.after - gain.before:+.3f} ({gain.low:+.3f} … {gain.high:+.3f}), p {gain.p:.3f}"
        print(f"| {gain.origin} | {gain.questions} | {gain.before:.3f} | {gain.after:.3f} | {difference} |")


def _transfer(options: argparse.Namespace) -> None:
    collection = sampled(read_collection(options.folder), options.share)
    before, after = (
        load_encoder(spec, options.data, options.threads) for spec in (options.before, options.after)
    )
    analyzer = Analyzer(BEST.get(options.language, AnalyzerConfig(options.language)))
    print(as_table(transfer(collection, analyzer, before, after, options.data / "vectors")))


def _own(options: argparse.Namespace) -> None:
    before = Indexed(options.data, load_encoder(options.before, options.data, options.threads))
    after = Indexed(options.other, load_encoder(options.after, options.other, options.threads))
    print(as_table(own_transfer(before, after, options.cases)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index.adaptation", description=__doc__)
    steps = parser.add_subparsers(required=True, metavar="STEP")

    pairs = _step(steps, "pairs", _pairs, "draw training pairs out of a linked corpus")
    pairs.add_argument("pairs", type=Path, help="file to write, JSON lines")
    pairs.add_argument("--written", type=Path, default=WRITTEN, help="folder of cases written for provisions")
    pairs.add_argument("--encoder", default="e5-small", help="finds the passage that answers, and wrong ones")

    train = _step(steps, "train", _train, "train on them")
    train.add_argument("pairs", type=Path, help="file of pairs")
    train.add_argument("out", type=Path, help="sentence-transformers folder to write")
    train.add_argument(
        "--folder", type=Path, help="model to start from; by default the embedded one, converted"
    )
    train.add_argument("--share", type=float, default=1.0, help="share of the change that is kept, 0 to 1")
    train.add_argument("--threads", type=int, default=1, help="the same number gives the same weights")
    train.add_argument("--device", default="cpu", help="where to train, as torch calls it: cpu, cuda")
    train.add_argument(
        "--all-cases", action="store_true", help="learn from the held-out works' cases too: for the last run"
    )
    for field in fields(training.Recipe):
        kind = field.default.__class__
        option = f"--{field.name.replace('_', '-')}"
        if kind is bool:
            train.add_argument(option, action=argparse.BooleanOptionalAction, default=field.default)
        else:
            train.add_argument(option, type=kind, default=field.default)

    out = _step(steps, "export", _export, "write the folder that serves, with a smaller vocabulary")
    out.add_argument("out", type=Path, help="folder to write, for --encoder onnx:FOLDER")
    out.add_argument("--folder", type=Path, help="adapted folder; without it the embedded model is pruned")
    out.add_argument("--change", type=Path, help="file for the adaptation alone, to be shipped and applied")
    out.add_argument("--texts", type=Path, nargs="+", default=[], help="more texts whose pieces stay")
    out.add_argument("--whole-vocabulary", action="store_true", help="prune nothing")
    out.add_argument("--name", default=export.ADAPTED_NAME, help="name in the manifest")

    apply = _step(steps, "apply", _apply, "make the folder that serves out of a file of --change")
    apply.add_argument("change", type=Path, help="the file")
    apply.add_argument("out", type=Path, help="folder to write, for --encoder onnx:FOLDER")
    apply.add_argument("--name", default=export.ADAPTED_NAME, help="name in the manifest")

    compare = _step(steps, "compare", _compare, "ask two encoders for the passages of held-out pairs")
    compare.add_argument("pairs", type=Path, help="file of pairs")
    compare.add_argument("after", help="encoder: onnx:FOLDER or st:FOLDER")
    compare.add_argument("--before", default="e5-small", help="encoder it is compared with")
    compare.add_argument("--threads", type=int, default=1)

    abroad = _step(steps, "transfer", _transfer, "rank a test collection by two encoders")
    abroad.add_argument("folder", type=Path, help="the collection, a folder in BEIR layout")
    abroad.add_argument("after", help="encoder: onnx:FOLDER or st:FOLDER")
    abroad.add_argument("--before", default="e5-small", help="encoder it is compared with")
    abroad.add_argument("--language", default="da", help="language of the collection: da, de or en")
    abroad.add_argument("--share", type=float, default=1.0, help="rank a random share of the documents")
    abroad.add_argument("--threads", type=int, default=1)

    own = _step(steps, "own", _own, "search one's own index by two encoders, each with its index")
    own.add_argument("other", type=Path, help="data folder with the same store, indexed by AFTER")
    own.add_argument("after", help="encoder: onnx:FOLDER or st:FOLDER")
    own.add_argument("--cases", type=Path, help="judged cases; without them the decisions themselves")
    own.add_argument("--before", default="e5-small", help="encoder that --data is indexed by")
    own.add_argument("--threads", type=int, default=1)
    return parser


def _step(
    steps: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: object,
    description: str,
) -> argparse.ArgumentParser:
    step = steps.add_parser(name, help=description, description=description)
    step.add_argument("--data", type=Path, required=True, help="data folder: corpus.db and models")
    step.set_defaults(step=run)
    return step


if __name__ == "__main__":
    sys.exit(main())
