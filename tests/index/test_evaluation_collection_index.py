"""A small fictional collection searched by our own retrieval, from its files to its measures."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.analysis import Analyzer, AnalyzerConfig
from index.evaluation import collection_index
from index.evaluation.case_rarity import CaseRarity
from index.evaluation.collection_index import CollectionIndex
from index.evaluation.collection_passages import cut, document_text
from index.evaluation.measures import evaluate
from index.evaluation.systems import DENSE_TOGETHER, LEXICAL_TOGETHER, RRF, SINGLE, passage_fusion, together
from index.evaluation.types import Collection, CollectionDocument, CollectionQuery, Qrels
from index.vector_cache import VectorCache

LEXICAL, WHOLE, DENSE = SINGLE
LONG = " ".join(f"Klageren oplyste i skrivelse nummer {i}, at sagen stadig verserede." for i in range(60))
COLLECTION = Collection(
    "små sager",
    (
        CollectionDocument(
            "hegn", "hegn i skel", "Naboen havde sat et plankeværk i skel.\nDet skulle fjernes."
        ),
        CollectionDocument("hund", "", "Hunden gøede om natten, og naboen klagede over støj."),
        CollectionDocument("lang", "", f"{LONG} Til sidst blev bindingsværket fredet."),
        CollectionDocument("tom", "", " \n "),
    ),
    (
        CollectionQuery("q-hegn", "et plankeværk i skel"),
        CollectionQuery("q-fred", "bindingsværk fredet"),
        CollectionQuery("q-larm", "larm"),
        CollectionQuery("q-tom", "xyz"),
        CollectionQuery("uden dom", "plankeværk"),
    ),
    Qrels({"q-hegn": {"hegn": 1}, "q-fred": {"lang": 1}, "q-larm": {"hund": 1}, "q-tom": {"tom": 1}}),
)


class MeaningEncoder:
    """An encoder that knows one thing: larm means støj."""

    name = "meaning"
    fingerprint = "meaning/1"
    dimension = 16

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        return np.array([self._vector(text) for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self._vector(text) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
        noise = np.random.default_rng(seed).normal(0, 0.05, self.dimension)
        noise[0] = 1.0 if "støj" in text or "larm" in text else 0.0
        noise[1] = 0.5
        return (noise / np.linalg.norm(noise)).astype(np.float32)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(AnalyzerConfig(language="da"))


@pytest.fixture(scope="module")
def index(analyzer: Analyzer, tmp_path_factory: pytest.TempPathFactory) -> CollectionIndex:
    encoder = MeaningEncoder()
    with VectorCache(tmp_path_factory.mktemp("v"), encoder.fingerprint, encoder.dimension) as cache:
        return CollectionIndex(COLLECTION, analyzer, encoder, cache)


def test_a_long_document_is_cut_and_every_word_stays() -> None:
    found = cut(COLLECTION)
    assert found.owners.tolist() == [0, 1, *[2] * (len(found.passages) - 2)]
    assert len(found.passages) > 4
    joined = " ".join(p.text for p, owner in zip(found.passages, found.owners, strict=True) if owner == 2)
    assert joined == document_text(COLLECTION.documents[2])


def test_the_title_is_context_of_the_passage() -> None:
    assert [p.context for p in cut(COLLECTION).passages[:2]] == ["hegn i skel", ""]


def test_lines_of_a_document_stay_apart() -> None:
    assert document_text(COLLECTION.documents[0]).split("\n")[1] == "Det skulle fjernes."


def test_the_right_document_is_found_by_its_words(index: CollectionIndex) -> None:
    for system in (LEXICAL, WHOLE):
        run = index.run(system)
        assert run.ranking("q-hegn")[0] == "hegn"
        assert run.ranking("q-fred")[0] == "lang"
        assert run.ranking("q-larm") == []


def test_the_right_document_is_found_by_its_meaning(index: CollectionIndex) -> None:
    for system in (DENSE, RRF, passage_fusion("z-score", 0.3)):
        assert index.run(system).ranking("q-larm")[0] == "hund"


def test_a_long_query_is_also_scored_by_its_stretches(index: CollectionIndex) -> None:
    about_nothing = "Her står noget om slet ingenting af det, som sagen handler om. " * 20
    query = CollectionQuery("lang", about_nothing + "Naboen havde sat et plankeværk i skel.")
    (short,) = index.scores([CollectionQuery("kort", "plankeværk i skel")])
    (long,) = index.scores([query])
    assert short.long is None
    assert long.long is not None
    assert long.long.cosines is not None
    assert long.long.stretches.shape == long.long.cosines.shape
    assert long.long.stretches.shape[0] == len(COLLECTION.documents) == len(long.long.documents)
    # the one stretch about a fence finds what stands first in the collection, the others nothing
    best = np.unravel_index(np.argmax(long.long.stretches), long.long.stretches.shape)
    assert best == (0, long.long.stretches.shape[1] - 1)
    assert np.argmax(long.long.documents) == 0
    for system in (LEXICAL_TOGETHER, DENSE_TOGETHER, together(0.3)):
        assert index.run(system, [query]).ranking("lang")


def test_what_every_case_says_does_not_set_one_apart(index: CollectionIndex) -> None:
    told = "Naboen havde sat et plankeværk i skel. Hunden gøede og larmede om natten. " * 9
    query = CollectionQuery("lang", told)
    cases = CaseRarity(["Et plankeværk i skel.", "Om plankeværk.", "Plankeværk."] * 30, Analyzer())
    assert (cases.passages, cases.document_frequency("plankeværk"), cases.document_frequency("hund")) == (
        90, 90, 0,
    )  # fmt: skip
    (plain,) = index.scores([query])
    (apart,) = CollectionIndex(COLLECTION, Analyzer(), cases=cases).scores([query])
    assert plain.long is not None
    assert apart.long is not None
    fence = [document.id for document in COLLECTION.documents].index("hegn")
    share = [long.documents[fence] / long.documents.max() for long in (plain.long, apart.long)]
    assert share[1] < share[0]


def test_a_document_without_words_is_never_found_and_counts_as_zero(index: CollectionIndex) -> None:
    evaluation = index.evaluate([LEXICAL])[LEXICAL.name]
    assert evaluation.of("RR") == {"q-hegn": 1.0, "q-fred": 1.0, "q-larm": 0.0, "q-tom": 0.0}


def test_queries_without_judgements_are_not_run(index: CollectionIndex) -> None:
    assert index.run(DENSE).scores.keys() == COLLECTION.qrels.grades.keys()


@pytest.mark.parametrize("at_once", [1, 3])
def test_measuring_a_few_queries_at_a_time_changes_nothing(
    index: CollectionIndex, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    systems = [LEXICAL, DENSE, passage_fusion("min-max", 0.2)]
    whole = {s.name: evaluate(COLLECTION.qrels, index.run(s)).values for s in systems}
    monkeypatch.setattr(collection_index, "QUERIES_AT_ONCE", at_once)
    assert {name: e.values for name, e in index.evaluate(systems).items()} == whole


def test_a_passage_is_encoded_once(analyzer: Analyzer, tmp_path: Path) -> None:
    encoder = MeaningEncoder()
    with VectorCache(tmp_path, encoder.fingerprint, encoder.dimension) as cache:
        first = CollectionIndex(COLLECTION, analyzer, encoder, cache)
        count = len(encoder.encoded)
        again = CollectionIndex(COLLECTION, analyzer, encoder, cache)
    assert count == first.passages == first.vectors == again.vectors
    assert len(encoder.encoded) == count
    assert "hegn i skel: Naboen havde sat et plankeværk i skel.\nDet skulle fjernes." in encoder.encoded


def test_passages_without_a_vector_are_still_found_by_their_words(analyzer: Analyzer, tmp_path: Path) -> None:
    encoder = MeaningEncoder()
    with VectorCache(tmp_path, encoder.fingerprint, encoder.dimension) as cache:
        index = CollectionIndex(COLLECTION, analyzer, encoder, cache, encode_missing=False)
    assert index.vectors == 0
    assert index.run(passage_fusion("z-score", 0.3)).ranking("q-hegn")[0] == "hegn"
    assert index.run(DENSE).ranking("q-hegn") == []


def test_without_an_encoder_the_words_alone_are_searched(analyzer: Analyzer) -> None:
    index = CollectionIndex(COLLECTION, analyzer)
    assert index.run(passage_fusion("z-score", 0.3)).ranking("q-fred")[0] == "lang"
