"""The lexical index beside rank-bm25 and bm25s: python tests/benchmarks/bench_lexical.py [PASSAGES ...]

Every line compares engines in one run on the same passages and queries, so that ratios hold on another
machine. Passages are drawn from Zipf's law; queries hold 8 and 150 different terms drawn as they occur in
passages, without the commonest, as ``query_terms`` leaves them. Where Danish social law lies beside the
checkout (shared/corpus/dk_social_law.jsonl.zst), its §§ are analysed and searched too.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import bm25s
import numpy as np
import zstandard
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index.analysis import Analyzer
from index.bm25 import BODY
from index.lexical import LexicalBuilder, LexicalIndex, passage_terms, query_terms

SIZES = (10_000, 100_000, 1_000_000)
WORDS, MEAN_LENGTH = 300_000, 60
COMMON = 60  # the commonest words, left out of queries: each in over 10 % of passages
QUERY_SIZES = (8, 150)
QUERIES = 20
RANK_BM25_LIMIT = 100_000  # passages: above, it takes minutes for a query and more memory than is usual
ADDED = 1000
LAW = Path(__file__).parents[2].parent / "shared" / "corpus" / "dk_social_law.jsonl.zst"


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Mean CPU time of ``work``."""
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


def zipf_passages(count: int, seed: int = 1) -> list[list[str]]:
    random = np.random.default_rng(seed)
    law = np.cumsum(1 / (np.arange(WORDS) + 2.7))  # Mandelbrot's shift, as in running text
    lengths = random.poisson(MEAN_LENGTH, count)
    drawn = np.searchsorted(law, random.random(int(lengths.sum())) * law[-1])
    names = np.array([f"ord{n}" for n in range(WORDS)], dtype=object)
    return [part.tolist() for part in np.split(names[drawn], np.cumsum(lengths)[:-1])]


def zipf_queries(passages: Sequence[Sequence[str]], size: int, seed: int = 2) -> list[list[str]]:
    random = np.random.default_rng(seed)
    common = {f"ord{n}" for n in range(COMMON)}
    found = []
    for _ in range(QUERIES):
        words: dict[str, None] = {}
        while len(words) < size:
            words.update(dict.fromkeys(passages[int(random.integers(len(passages)))][:10]))
            words = {word: None for word in words if word not in common}
        found.append(list(words)[:size])
    return found


def compare(count: int) -> None:
    passages = zipf_passages(count)
    print(f"\n{count:,} passages, {sum(map(len, passages)):,} terms")
    ours: list[LexicalIndex] = []
    build = seconds(lambda: ours.append(LexicalIndex.build(((p,) for p in passages), BODY)))
    index = ours[0]
    sparse_matrix = bm25s.BM25(method="lucene", k1=BODY.k1, b=BODY.fields[0].b)
    theirs = seconds(lambda: sparse_matrix.index(passages, show_progress=False))
    print(f"  build: ours {build:.1f} s, bm25s {theirs:.1f} s ({theirs / build:.1f} times ours)")
    more = zipf_passages(ADDED, seed=3)
    print(f"  add {ADDED}: {seconds(lambda: index.add((p,) for p in more)):.2f} s; ", end="")
    print(f"delete {ADDED}: {seconds(lambda: index.delete(range(ADDED))):.3f} s; ", end="")
    print(f"{sum(len(s.rows) for s in index.segments):,} postings")
    with TemporaryDirectory() as folder:
        index.save(Path(folder) / "index")
        opened = [LexicalIndex.load(Path(folder) / "index")]
        loading = seconds(lambda: LexicalIndex.load(Path(folder) / "index"))
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.npy"))
        print(f"  on disk {size / 1e6:.0f} MB, opened in {loading * 1e3:.1f} ms")
        counted = BM25Okapi(passages) if count <= RANK_BM25_LIMIT else None
        for terms in QUERY_SIZES:
            _compare_queries(opened[0], sparse_matrix, counted, zipf_queries(passages, terms))
    print(f"  most memory so far {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


def _compare_queries(
    index: LexicalIndex, sparse_matrix: bm25s.BM25, counted: BM25Okapi | None, queries: list[list[str]]
) -> None:
    weighted = [dict.fromkeys(query, 1.0) for query in queries]
    np.testing.assert_allclose(
        index.scores(weighted[0]), sparse_matrix.get_scores(queries[0]), rtol=1e-4, atol=1e-5
    )
    for query, terms in zip(queries, weighted, strict=True):  # fetch the mapped pages, compile what compiles
        sparse_matrix.get_scores(query)
        index.scores(terms)
    ours = seconds(lambda: [index.search(terms, 1000) for terms in weighted]) / len(queries)
    theirs = seconds(lambda: [_top(sparse_matrix.get_scores(query)) for query in queries]) / len(queries)
    line = f"  {len(queries[0])} terms, best 1000: ours {ours * 1e3:.1f} ms, "
    line += f"bm25s {theirs * 1e3:.1f} ms ({theirs / ours:.1f} times ours)"
    if counted is not None:
        slow = seconds(lambda: _top(counted.get_scores(queries[0])))
        line += f", rank-bm25 {slow * 1e3:.0f} ms ({slow / ours:.0f} times ours)"
    print(line)


def _top(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """The same work as a search: the best 1000 in order."""
    best = np.argpartition(scores, -1000)[-1000:]
    return best[np.argsort(-scores[best], kind="stable")]


def danish_law() -> None:
    """Analysis and search of real §§: each different text once."""
    texts: dict[str, str] = {}
    with LAW.open("rb") as raw:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), "utf-8"):
            act = json.loads(line)
            texts.update((p["content"], act["title"]) for p in act["provisions"])
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    analyzer = Analyzer()
    cold = seconds(lambda: [analyzer.words_and_parts(text) for text in texts])
    warm = seconds(lambda: [analyzer.words_and_parts(text) for text in texts])
    print(f"\nDanish social law: {len(texts):,} different §§, {megabytes:.0f} MB")
    print(f"  analysis: {megabytes / cold:.1f} MB/s with no word known, {megabytes / warm:.1f} MB/s after")
    builder = LexicalBuilder(analyzer)

    def build() -> LexicalIndex:
        for text, title in texts.items():
            builder.add(title, text)
        return builder.build()

    built: list[LexicalIndex] = []
    building = seconds(lambda: built.append(build()))
    index = built[0]
    listed = list(texts)
    cases = [" ".join(listed[i : i + 3])[:3000] for i in range(0, len(listed), len(listed) // QUERIES)]
    terms = [query_terms(case, analyzer, index) for case in cases]
    asking = seconds(lambda: [query_terms(case, analyzer, index) for case in cases]) / len(cases)
    searching = seconds(lambda: [index.search(t, 1000) for t in terms]) / len(cases)
    mean = sum(map(len, terms)) / len(terms)
    print(
        f"  build {building:.1f} s; a case of {mean:.0f} terms: {asking * 1e3:.1f} ms to choose them, ",
        end="",
    )
    print(f"{searching * 1e3:.1f} ms to search")
    new = [passage_terms(analyzer, texts[text], text) for text in listed[:ADDED]]
    print(f"  add {ADDED} §§: {seconds(lambda: index.add(new)):.2f} s")


def main(sizes: Sequence[int]) -> None:
    """Print every comparison."""
    for size in sizes:
        compare(size)
    if LAW.exists():
        danish_law()
    else:
        print("\nDanish social law is not beside the checkout; that part was left out.")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or SIZES)
