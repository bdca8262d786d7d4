"""A reranker gives the best passages another order, and nothing else changes."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from api.cli.evaluating import CollectionLanguage, Way, evaluate
from api.settings import Settings
from api.wiring import Workspace
from assistant.audit import AuditLog
from assistant.brief import Briefer, BriefRequest
from assistant.compare import Matcher
from assistant.generators.extractive import Extractive
from index.errors import RerankerError
from index.fusion import Scores
from index.rerank import RERANKED, CrossEncoderReranker, Reranker, best_first, dealt
from index.search import Searcher
from index.types import Query, SearchResults
from tests.index.tiny_reranker import MAX_TOKENS, write_reranker

CASE = "Borgeren udeblev fra en samtale og siger, at han var syg, men meldte ikke afbud."
DAY = dt.date(2025, 6, 1)


class Recorder:
    """A reranker by a rule of the test, which keeps what it was given."""

    def __init__(self, relevance_of: dict[str, float] | None = None) -> None:
        self._relevance_of = relevance_of or {}
        self.read: list[tuple[str, tuple[str, ...]]] = []

    @property
    def name(self) -> str:
        return "recorder"

    def relevance(self, query: str, passages: Sequence[str]) -> Scores:
        self.read.append((query, tuple(passages)))
        return np.array([self._relevance_of.get(passage, 0.0) for passage in passages])


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> CrossEncoderReranker:
    return CrossEncoderReranker(str(write_reranker(tmp_path_factory.mktemp("tiny"))), threads=1)


def found_by(demo: Workspace, reranker: Reranker | None, query: Query) -> SearchResults:
    snapshot = demo.searcher().snapshot
    return Searcher(demo.store, snapshot, demo.analyzer, demo.encoder, reranker=reranker).search(query)


def test_the_answer_names_the_model_that_had_a_part_in_it(demo: Workspace) -> None:
    query = Query(CASE, as_of=DAY, top=2)
    assert found_by(demo, Recorder(), query).corpus.reranker == "recorder"
    assert found_by(demo, None, query).corpus.reranker == ""


def test_a_brief_names_it_too(demo: Workspace, tmp_path: Path) -> None:
    searcher = Searcher(
        demo.store, demo.searcher().snapshot, demo.analyzer, demo.encoder, reranker=Recorder()
    )
    matcher = Matcher(demo.analyzer, demo.encoder)
    briefer = Briefer(demo.store, searcher, matcher, Extractive(), AuditLog(tmp_path / "audit.db"))
    assert briefer.brief(BriefRequest(CASE, DAY)).trace.reranker == "recorder"


def test_scores_are_dealt_out_in_the_order_of_the_reranker() -> None:
    scores = np.array([0.1, 0.9, 0.5, 0.7, 0.0])
    first = best_first(scores, 3)
    assert first.tolist() == [1, 3, 2]
    assert dealt(scores, first, np.array([-1.0, 4.0, 2.0])).tolist() == [0.1, 0.5, 0.7, 0.9, 0.0]


def test_equally_relevant_passages_keep_their_order() -> None:
    scores = np.array([0.1, 0.9, 0.5, 0.7, 0.7])
    first = best_first(scores, 4)
    assert first.tolist() == [1, 3, 4, 2]
    assert dealt(scores, first, np.zeros(4)).tolist() == scores.tolist()


def test_a_reranker_without_an_opinion_changes_no_answer(demo: Workspace) -> None:
    query = Query(CASE, as_of=DAY)
    read, plain = found_by(demo, Recorder(), query), found_by(demo, None, query)
    assert (read.rules, read.precedents) == (plain.rules, plain.precedents)
    assert read.notes == plain.notes


def test_the_best_passages_of_each_kind_are_read_with_their_titles(demo: Workspace) -> None:
    reranker = Recorder()
    found = found_by(demo, reranker, Query(CASE, as_of=DAY))
    (asked, rules), (asked_too, precedents) = reranker.read
    assert asked == asked_too == CASE
    assert len(rules) == len(precedents) == RERANKED
    best = found.precedents[0]
    assert f"{best.title}: {best.passages[0].text}" in precedents
    assert any(passage.endswith(f": {found.rules[0].passages[0].text}") for passage in rules)


def test_what_the_reranker_puts_first_rises_within_its_kind(demo: Workspace) -> None:
    query = Query(CASE, as_of=DAY, top=20)
    reranker = Recorder()
    before = found_by(demo, reranker, query)
    first = {p.text for p in before.precedents[0].passages}
    last = next(p for p in reversed(reranker.read[1][1]) if not any(p.endswith(text) for text in first))
    after = found_by(demo, Recorder({last: 1.0}), query)

    def rank(results: SearchResults) -> int:
        return [any(last.endswith(p.text) for p in r.passages) for r in results.precedents].index(True)

    assert rank(before) > 0
    assert rank(after) == 0
    scores = [r.score for r in after.precedents]
    assert scores == sorted(scores, reverse=True)


def test_a_reranker_moves_results_and_brings_in_none_that_may_not_answer(demo: Workspace) -> None:
    query = Query(CASE, as_of=dt.date(2019, 1, 1), top=200)
    reranker = Recorder()
    before = found_by(demo, reranker, query)
    backwards = {passage: float(n) for _, read in reranker.read for n, passage in enumerate(read)}
    after = found_by(demo, Recorder(backwards), query)
    assert [r.id for r in after.rules] != [r.id for r in before.rules]
    assert all(r.in_force is not False for r in after.rules)
    known = {r.id for r in before.rules}
    assert {r.id for r in after.rules[:10]} <= known


def test_other_weights_keep_the_reranker(demo: Workspace) -> None:
    reranker = Recorder()
    base = Searcher(demo.store, demo.searcher().snapshot, demo.analyzer, demo.encoder, reranker=reranker)
    base.weighted(0.0, None).search(Query(CASE, as_of=DAY))
    assert len(reranker.read) == 2  # once for each kind


def test_a_model_scores_pairs_as_its_library_does(tiny: CrossEncoderReranker, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder
    from torch import nn

    model = CrossEncoder(str(write_reranker(tmp_path)), device="cpu")
    passages = ["støj nabo", "leje hus plan", "klage"]
    pairs = [("nabo klage", passage) for passage in passages]
    wanted = model.predict(pairs, activation_fn=nn.Identity(), show_progress_bar=False)
    scores = tiny.relevance("nabo klage", passages)
    np.testing.assert_allclose(scores, wanted, rtol=1e-4, atol=1e-5)
    assert len(set(scores.tolist())) == 3
    assert scores.dtype == np.float64


def test_no_passages_are_no_work(tiny: CrossEncoderReranker) -> None:
    assert tiny.relevance("nabo", []).shape == (0,)


@pytest.mark.parametrize("roberta", [False, True])
def test_a_long_case_is_cut_and_a_short_passage_beside_it_is_not(roberta: bool, tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(write_reranker(tmp_path, roberta=roberta)))
    case = "støj nabo " * 3_000
    one, other = reranker.relevance(case, ["klage over frist for leje", "klage over frist for hegn"])
    assert one != other
    assert reranker.relevance(case + "hegn", ["klage"]) == reranker.relevance(case, ["klage"])
    long = "leje " * 5_000
    assert np.isfinite(reranker.relevance(long, [long, ""])).all()


def test_a_case_with_signs_that_no_tokenizer_takes_is_read(tiny: CrossEncoderReranker) -> None:
    odd = "nabo\x00 klage \ud800 støj"
    assert np.isfinite(tiny.relevance(odd, [odd, "nabo"])).all()


def test_threads_take_turns(tiny: CrossEncoderReranker) -> None:
    texts = [" ".join(["nabo"] * n) for n in range(1, MAX_TOKENS)]
    alone = tiny.relevance("klage", texts)
    found: list[Scores] = []
    threads = [
        threading.Thread(target=lambda: found.append(tiny.relevance("klage", texts))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    for scores in found:
        np.testing.assert_allclose(scores, alone, rtol=1e-4, atol=1e-5)


def test_an_encoder_of_single_texts_is_refused(trainable: Path) -> None:
    with pytest.raises(RerankerError, match="is no reranker: it is a BertModel"):
        CrossEncoderReranker(str(trainable))


def test_a_model_that_classifies_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RerankerError, match="gives a pair 3 numbers"):
        CrossEncoderReranker(str(write_reranker(tmp_path, labels=3)))


@pytest.mark.parametrize("place", ["nobody/no-such-reranker", "./no-such-folder"])
def test_a_model_that_is_not_here_is_named_with_the_remedy(place: str) -> None:
    with pytest.raises(RerankerError, match=f"{place}.*copy the model's folder here"):
        CrossEncoderReranker(place)


def test_numbers_that_cannot_be_compared_are_refused(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = write_reranker(tmp_path)
    weights = load_file(folder / "model.safetensors")
    weights["classifier.bias"][:] = float("nan")
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(RerankerError, match="cannot be compared"):
        CrossEncoderReranker(str(folder)).relevance("nabo", ["klage"])


ACT = "# Lov om stiger\n\n§ 1. Kommunen dækker udgiften til en stige.\n\n§ 2. En nabo kan klage over støj.\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an act that is stored and indexed by its words, and a tiny reranker beside it."""
    folder = tmp_path_factory.mktemp("small")
    write_reranker(folder / "reranker")
    (folder / "lov.md").write_text(ACT)
    work = Workspace(Settings(data=folder / "data", encoder="none"))
    work.ingest([folder / "lov.md"])
    work.index()
    work.close()
    return folder


def opened(small: Path, reranker: str) -> Workspace:
    return Workspace(Settings(data=small / "data", encoder="none", reranker=reranker))


def test_the_setting_turns_it_on_and_a_search_answers(small: Path) -> None:
    work = opened(small, str(small / "reranker"))
    assert len(work.search(Query("nabo klage støj udgiften")).rules) == 2
    assert isinstance(work.reranker, CrossEncoderReranker)
    work.close()
    assert opened(small, "").reranker is None


def test_an_evaluation_measures_the_search_with_the_reranker_beside_the_one_without(
    small: Path, tmp_path: Path
) -> None:
    with_it, without = opened(small, str(small / "reranker")), opened(small, "")
    wanted = without.search(Query("klage over støj")).rules[0].id
    (tmp_path / "queries.jsonl").write_text(
        '{"_id": "a", "text": "klage over støj"}\n{"_id": "b", "text": "udgiften til en stige"}\n'
    )
    (tmp_path / "qrels.tsv").write_text(f"a\t{wanted}\t1\nb\t{wanted}\t1\n")
    plain = evaluate(without, tmp_path, None, CollectionLanguage.DANISH)
    beside = evaluate(with_it, tmp_path, None, CollectionLanguage.DANISH)
    assert [m.system for m in beside] == [*(m.system for m in plain), Way.RERANKED]
    assert [m.evaluation.values for m in beside[:-1]] == [m.evaluation.values for m in plain]
    assert plain[-1].evaluation.of("RR")["a"] == 1.0
    with_it.close()
    without.close()
