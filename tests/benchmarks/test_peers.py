"""The comparison with peers compares like with like: the same documents, the same words, the same vectors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.wiring import Workspace
from corpus.types import Kind
from index.encoders import Encoder, OnnxEncoder
from index.evaluation.collection_passages import cut, encode
from index.evaluation.report import AblationRow
from index.evaluation.types import Collection, CollectionDocument, CollectionQuery, Qrels
from index.model_folder import prepare_default_encoder, prepare_trainable_encoder
from index.types import Query
from index.vector_cache import VectorCache
from tests.benchmarks import bench_peers
from tests.benchmarks.peers import stack
from tests.benchmarks.peers.engines import (
    HJEMMEL_FUSED,
    HJEMMEL_WORDS,
    Bm25s,
    Dense,
    HjemmelCollection,
    HjemmelOwn,
    Peer,
    RankBm25,
    Ranking,
    Rrf,
    Words,
)
from tests.benchmarks.peers.measuring import measure
from tests.benchmarks.peers.tasks import Task, own_documents, read_task

DOCUMENTS = (
    CollectionDocument("hegn", "Hegn i skel", "Naboen satte et plankeværk i skellet uden at spørge."),
    CollectionDocument(
        "leje", "Husleje", "Kommunen betaler huslejen for en borger, der har mistet sit arbejde."
    ),
    CollectionDocument("støj", "Støj om natten", "Varmepumpen støjer, så beboerne ikke kan sove."),
    CollectionDocument("tom", "", ""),
)
QUERIES = (
    CollectionQuery("q-hegn", "Må en nabo sætte plankeværker i skel?"),
    CollectionQuery("q-leje", "Hun mistede arbejdet og kan ikke betale husleje."),
    CollectionQuery("q-støj", "Pumpen larmer om natten, og varmepumpens støj holder dem vågne."),
)
ANSWERS = {"q-hegn": "hegn", "q-leje": "leje", "q-støj": "støj"}
TASK = Task(
    "lille",
    "da",
    Collection("lille", DOCUMENTS, QUERIES, Qrels({query: {d: 1} for query, d in ANSWERS.items()})),
)


class Fixed:
    """A peer that always finds the same."""

    def __init__(self, ranking: Ranking) -> None:
        self._ranking = ranking
        self.built = 0
        self.asked: list[str] = []

    def build(self) -> None:
        self.built += 1

    def search(self, query: CollectionQuery) -> Ranking:
        self.asked.append(query.id)
        return self._ranking


@pytest.fixture(scope="module")
def encoder(model_data: Path) -> Encoder:
    return OnnxEncoder(prepare_default_encoder(model_data / "models"), threads=1)


@pytest.fixture(scope="module")
def cache(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorCache]:
    with VectorCache(tmp_path_factory.mktemp("vectors"), encoder.fingerprint, encoder.dimension) as opened:
        encode(cut(TASK.collection).passages, encoder, opened)
        yield opened


def best_of(peer: Peer) -> dict[str, str]:
    """What a peer finds first for each query."""
    peer.build()
    found = {query.id: peer.search(query) for query in QUERIES}
    return {query: max(ranking, key=lambda d: ranking[d]) for query, ranking in found.items()}


def test_unweighted_rrf_is_the_sum_of_reciprocal_ranks() -> None:
    mixed = Rrf(Fixed({"a": 9.0, "b": 5.0}), Fixed({"b": 0.9, "c": 0.8}))
    mixed.build()
    assert mixed.search(QUERIES[0]) == pytest.approx({"b": 1 / 62 + 1 / 61, "a": 1 / 61, "c": 1 / 62})
    assert list(mixed.search(QUERIES[0])) == ["b", "a", "c"]


def test_every_peer_finds_what_a_plain_case_asks_for(encoder: Encoder, cache: VectorCache) -> None:
    words, dense = Bm25s(TASK), Dense(TASK, encoder, cache)
    peers: dict[str, Peer] = {
        "bm25s": words,
        "rank-bm25": RankBm25(TASK),
        "dense": dense,
        "rrf": Rrf(words, dense),
        "words": HjemmelCollection(TASK, HJEMMEL_WORDS),
        "fused": HjemmelCollection(TASK, HJEMMEL_FUSED, encoder, cache),
    }
    assert {name: best_of(peer) for name, peer in peers.items()} == dict.fromkeys(peers, ANSWERS)


def test_both_libraries_read_the_same_stems() -> None:
    assert Words("da")(["Borgerne udeblev fra samtalerne", "og"]) == [["borg", "udeblev", "samtal"], []]


@pytest.mark.parametrize("make", [Bm25s, RankBm25])
def test_a_query_without_a_known_word_finds_nothing(make: type[Bm25s]) -> None:
    peer = make(TASK)
    peer.build()
    assert peer.search(CollectionQuery("q", "xyzzy")) == {}
    assert peer.search(CollectionQuery("q", "og")) == {}


def test_dense_ranks_a_document_by_its_best_passage_and_none_without_words(
    encoder: Encoder, cache: VectorCache
) -> None:
    peer = Dense(TASK, encoder, cache)
    peer.build()
    ranking = peer.search(QUERIES[0])
    assert sorted(ranking) == ["hegn", "leje", "støj"]
    text = "Hegn i skel: Naboen satte et plankeværk i skellet uden at spørge."
    cosine = float(encoder.encode_queries([QUERIES[0].text])[0] @ encoder.encode_passages([text])[0])
    assert ranking["hegn"] == pytest.approx(cosine, abs=0.01)


def test_a_peer_is_asked_until_there_are_timings_enough() -> None:
    peer = Fixed({"hegn": 1.0})
    figures = measure(peer, TASK, timed=7)
    assert peer.built == 1
    assert peer.asked == ["q-hegn"] + ["q-hegn", "q-leje", "q-støj"] * 3  # the first one warms up
    assert len(figures.wall) == len(figures.cpu) == 9
    assert figures.found == {query: {"hegn": 1.0} for query in ANSWERS}


def test_the_starter_cases_are_asked_of_the_same_documents_as_hjemmel_searches(demo: Workspace) -> None:
    known = {d.id for kind in Kind for d in own_documents(demo.store, kind)}
    asked = Query("Borgeren udeblev fra samtalen, og kommunen vil standse hjælpen.", top=200)
    found = demo.search(asked)
    assert {r.id for r in (*found.rules, *found.precedents)} <= known
    for name in ("starter-rules", "starter-precedents"):
        task = read_task(name, Path("unused"), demo.store)
        ids = {d.id for d in task.collection.documents}
        assert all(grades.keys() <= ids for grades in task.collection.qrels.grades.values())
        peer = HjemmelOwn(task, demo.searcher)
        peer.build()
        ranking = peer.search(task.judged()[0])
        assert ranking
        assert ranking.keys() <= ids


def test_a_document_of_the_starter_corpus_has_its_words_under_its_title(demo: Workspace) -> None:
    by_id = {d.id: d for d in own_documents(demo.store, Kind.RULE)}
    found = demo.search(Query("Borgeren udeblev fra samtalen", top=1)).rules[0]
    document = by_id[found.id]
    assert document.title.startswith(found.title)
    assert all(passage.text in document.text for passage in found.passages)


def test_the_table_marks_the_best_and_compares_with_ours() -> None:
    def row(name: str, value: float) -> AblationRow:
        return AblationRow(name, dict.fromkeys(bench_peers.MEASURES, value))

    costs: dict[str, Any] = {"cpu": [4.0, 2.0, 3.0], "wall": [1.0], "build": 0.25, "peak": 123.4}
    lines = bench_peers.table(
        {"a": row("a", 0.5), "ours": row("ours", 0.7504)}, {"a": costs, "ours": costs}, "ours"
    ).splitlines()
    assert lines[2] == "| a | 0.500 | 0.500 | 0.500 |  | 3.0 | 4.0 | 1.0 | 0.2 | 123 |"
    assert lines[3].startswith("| ours | **0.750** | **0.750** | **0.750** |  |")
    assert len({line.count("|") for line in lines}) == 1


def test_the_high_time_is_one_that_was_measured() -> None:
    assert bench_peers.high([float(n) for n in range(100, 0, -1)]) == 95.0
    assert bench_peers.high([3.0]) == 3.0


def test_an_unknown_task_is_named_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench_peers.main(["legalquad-dk"]) == 1
    assert "'legalquad-dk'. Choose of: legalquad-de" in capsys.readouterr().err


@pytest.mark.parametrize("care", [stack.DEFAULT, stack.CAREFUL])
def test_the_stack_finds_what_a_plain_case_asks_for(
    care: stack.Care, model_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not stack.is_installed():
        pytest.skip("Haystack is not installed: pip install -e '.[peers]'")
    monkeypatch.setenv("HAYSTACK_TELEMETRY_ENABLED", "False")
    model = prepare_trainable_encoder(model_data / "models")
    assert best_of(stack.Haystack(TASK, model, care)) == ANSWERS
