"""One step of the comparison, done and measured in a process of its own."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from api.settings import Settings
from api.wiring import Workspace
from index.encoders import Encoder, load_encoder
from index.evaluation.collection_passages import cut, encode
from index.model_folder import (
    E5_SMALL,
    E5_SMALL_TRAINABLE,
    prepare_default_encoder,
    prepare_trainable_encoder,
)
from index.search import Searcher
from index.vector_cache import VectorCache
from tests.benchmarks.peers.engines import (
    HJEMMEL_FUSED,
    HJEMMEL_WORDS,
    Bm25s,
    Dense,
    HjemmelCollection,
    HjemmelOwn,
    Peer,
    RankBm25,
    Rrf,
)
from tests.benchmarks.peers.stack import CAREFUL, DEFAULT, Haystack
from tests.benchmarks.peers.tasks import Task, read_task

TIMED = 40  # timings at least: where queries are few, each is asked several times
HAYSTACK, HAYSTACK_CAREFUL = "Haystack, default settings", "Haystack, set up with care"
WORDS, FUSED, GRAPH = "Hjemmel, words", "Hjemmel, fused", "Hjemmel, fused, citations"
DENSE, RRF = "dense alone", "bm25s and dense, unweighted RRF"
PEERS = ("bm25s", "rank-bm25", DENSE, RRF, WORDS, FUSED, GRAPH, HAYSTACK, HAYSTACK_CAREFUL)
OPTIONAL = frozenset({HAYSTACK, HAYSTACK_CAREFUL})
WITH_VECTORS = frozenset({DENSE, RRF, FUSED, GRAPH})  # of passages that were encoded before


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are kept: ``models`` between runs, ``work`` for one run."""

    collections: Path
    models: Path
    work: Path

    @property
    def encoder(self) -> str:
        """The specification of the bundled encoder, converted."""
        return f"onnx:{self.models / E5_SMALL}"

    def workspace(self, encoder: str) -> Workspace:
        """Hjemmel over the starter corpus."""
        return Workspace(Settings(data=self.work / "starter", encoder=encoder, threads=1))


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one peer on one task. Seconds and milliseconds; CPU time is of all threads."""

    build: float  # CPU seconds, without the vectors that several peers share
    peak: float  # MiB of the whole process
    wall: tuple[float, ...]  # milliseconds a query
    cpu: tuple[float, ...]
    found: dict[str, dict[str, float]] = field(default_factory=dict)


def convert(places: Places) -> dict[str, object]:
    """Convert the bundled encoder for both engines, unless that is done."""
    prepare_default_encoder(places.models)
    prepare_trainable_encoder(places.models)
    return {}


def encode_passages(places: Places, name: str) -> dict[str, object]:
    """Encode the passages of a task once for all peers that use them."""
    with ExitStack() as opened:
        task = _task(places, name, opened)
        wanted = cut(task.collection).passages
        encoder = load_encoder(places.encoder, places.work, 1)
        cache = opened.enter_context(_cache(places, encoder))
        begun = time.process_time()
        encode(wanted, encoder, cache)
        return {"seconds": time.process_time() - begun, "passages": len(wanted)}


def index_starter(places: Places) -> dict[str, object]:
    """Ingest and index the starter corpus once for Hjemmel's own search, encoding included."""
    work = places.workspace(places.encoder)
    assert work.encoder is not None  # loading it is no part of building
    begun = time.process_time()
    work.prepare_demo()
    seconds = time.process_time() - begun
    work.close()
    return {"seconds": seconds}


def measure_peer(places: Places, name: str, peer_name: str) -> dict[str, object]:
    """Build a peer, ask it every judged query, and say what it found, how long it took and what it held."""
    with ExitStack() as opened:
        task = _task(places, name, opened)
        peer = _peer(places, task, peer_name, opened)
        return asdict(measure(peer, task))


def measure(peer: Peer, task: Task, timed: int = TIMED) -> Figures:
    """The figures of a peer in this process."""
    begun = time.process_time()
    peer.build()
    build = time.process_time() - begun
    queries = task.judged()
    peer.search(queries[0])  # fetches what is mapped, compiles what compiles
    wall: list[float] = []
    cpu: list[float] = []
    found: dict[str, dict[str, float]] = {}
    while len(wall) < timed:
        for query in queries:
            begun_wall, begun = time.perf_counter(), time.process_time()
            ranking = peer.search(query)
            wall.append(1000 * (time.perf_counter() - begun_wall))
            cpu.append(1000 * (time.process_time() - begun))
            found[query.id] = dict(ranking)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figures(build, peak, tuple(wall), tuple(cpu), found)


def applicable(name: str, task: Task) -> bool:
    """Whether a peer can be asked on a task: citations are known of the starter corpus alone."""
    return name != GRAPH or task.kind is not None


def _task(places: Places, name: str, opened: ExitStack) -> Task:
    work = places.workspace("none")
    opened.callback(work.close)
    return read_task(name, places.collections, work.store)


def _cache(places: Places, encoder: Encoder) -> VectorCache:
    return VectorCache(places.work / "vectors", encoder.fingerprint, encoder.dimension)


def _peer(places: Places, task: Task, name: str, opened: ExitStack) -> Peer:
    """The peer of this name, with what it needs loaded."""
    if name in (HAYSTACK, HAYSTACK_CAREFUL):
        care = DEFAULT if name == HAYSTACK else CAREFUL
        return Haystack(task, places.models / E5_SMALL_TRAINABLE, care)
    if name in (WORDS, FUSED, GRAPH) and task.kind is not None:
        return HjemmelOwn(task, partial(_searcher, places, name, opened))
    without: dict[str, Callable[[], Peer]] = {
        "bm25s": lambda: Bm25s(task),
        "rank-bm25": lambda: RankBm25(task),
        WORDS: lambda: HjemmelCollection(task, HJEMMEL_WORDS),
    }
    if name in without:
        return without[name]()
    encoder = load_encoder(places.encoder, places.work, 1)
    cache = opened.enter_context(_cache(places, encoder))
    dense = Dense(task, encoder, cache)
    if name == FUSED:
        return HjemmelCollection(task, HJEMMEL_FUSED, encoder, cache)
    return Rrf(Bm25s(task), dense) if name == RRF else dense


def _searcher(places: Places, name: str, opened: ExitStack) -> Searcher:
    work = places.workspace("none" if name == WORDS else places.encoder)
    opened.callback(work.close)
    searcher = work.searcher()
    if name == WORDS:
        return searcher.weighted(0.0, None)
    return searcher.weighted(searcher.dense_weight, None) if name == FUSED else searcher
