"""The lexical index: scores like the reference libraries, and the same in however many steps it is built."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from corpus.errors import InputError
from index.analysis import Analyzer
from index.bm25 import BODY, OKAPI, Field, Scoring
from index.errors import IndexCorruptError, QueryError
from index.lexical import PASSAGES, LexicalBuilder, LexicalIndex, passage_terms

Terms = list[str]


@cache
def passages(count: int = 400, seed: int = 7) -> list[Terms]:
    """Made-up passages whose words are as unevenly common as those of a language."""
    random = np.random.default_rng(seed)
    words = np.minimum(random.zipf(1.3, size=count * 30), 400)
    cuts = np.sort(random.integers(0, len(words), size=count - 1))
    return [[f"ord{n}" for n in part] for part in np.split(words, cuts)]


def bodies(texts: list[Terms]) -> list[tuple[Terms]]:
    return [(text,) for text in texts]


QUERY = ["ord1", "ord2", "ord9", "ord9", "ord57", "ord400", "unknown"]
WEIGHTED = {"ord1": 1.0, "ord9": 0.5, "ord57": 2.0, "ord200": 1.0}


def test_okapi_scores_equal_those_of_rank_bm25_with_its_floor_for_common_terms() -> None:
    texts = [text or ["ord3"] for text in passages()]
    reference = BM25Okapi(texts)
    assert reference.idf["ord1"] == pytest.approx(reference.epsilon * reference.average_idf)  # floored
    ours = LexicalIndex.build(bodies(texts), OKAPI).scores(Counter(QUERY))
    np.testing.assert_allclose(ours, reference.get_scores(QUERY), rtol=1e-5, atol=1e-6)


def test_lucene_scores_equal_those_of_bm25s() -> None:
    texts = [text or ["ord3"] for text in passages()]
    reference = bm25s.BM25(method="lucene", k1=BODY.k1, b=BODY.fields[0].b)
    reference.index(texts, show_progress=False)
    known = [term for term in QUERY if term != "unknown"]
    ours = LexicalIndex.build(bodies(texts), BODY).scores(Counter(QUERY))
    np.testing.assert_allclose(ours, reference.get_scores(known), rtol=1e-5, atol=1e-6)


def test_a_score_worked_out_by_hand() -> None:
    index = LexicalIndex.build([(["a", "a", "b"],), (["b"],)], BODY)
    norm = BODY.k1 * (1 - 0.75 + 0.75 * 3 / 2)
    assert index.scores({"a": 1.0}) == pytest.approx([np.log(2) * 2 / (2 + norm), 0.0])


def test_fields_are_weighed_before_they_are_added_up() -> None:
    scoring = Scoring((Field("context", weight=0.5, b=0.0), Field("body", weight=1.0, b=0.0)), k1=1.0)
    index = LexicalIndex.build([(["x"], ["x", "x"]), (["x"], []), ([], ["y"])], scoring)
    idf = np.log1p(1.5 / 2.5)
    assert index.scores({"x": 1.0}) == pytest.approx([idf * 2.5 / 3.5, idf * 0.5 / 1.5, 0.0])


def test_the_contributions_of_the_terms_add_up_to_the_score() -> None:
    index = LexicalIndex.build(bodies(passages()), BODY)
    scores = index.scores(WEIGHTED)
    for row in (int(scores.argmax()), 0, 17, 399):
        shares = index.term_contributions(row, WEIGHTED)
        assert sum(shares.values()) == pytest.approx(scores[row], rel=1e-5)
        assert set(shares) == set(WEIGHTED) & set(passages()[row])


def test_the_best_come_first_and_ties_in_the_order_of_rows() -> None:
    index = LexicalIndex.build(bodies([["a"], ["b", "a"], ["a"], ["c"]]), BODY)
    rows, scores = index.search({"a": 1.0}, 2)
    assert rows.tolist() == [0, 2]
    assert scores[0] == scores[1] > 0


def test_more_results_than_passages_gives_all_that_hold_a_term() -> None:
    rows, _ = LexicalIndex.build(bodies([["a"], ["b"], ["a"]]), BODY).search({"a": 1.0}, 1000)
    assert sorted(rows.tolist()) == [0, 2]


@pytest.mark.parametrize("terms", [{}, {"unknown": 1.0}, {"ord1": 0.0}, {"": 1.0}])
def test_no_terms_find_nothing(terms: dict[str, float]) -> None:
    index = LexicalIndex.build(bodies(passages()), BODY)
    rows, scores = index.search(terms, 10)
    assert len(rows) == len(scores) == 0
    assert not index.scores(terms).any()


def test_a_filter_keeps_only_what_it_names_with_the_same_scores() -> None:
    index = LexicalIndex.build(bodies(passages()), BODY)
    keep = np.arange(400) % 7 == 3
    rows, scores = index.search(WEIGHTED, 400, keep)
    every = index.scores(WEIGHTED)
    assert set(rows.tolist()) == set(np.flatnonzero(keep & (every > 0)).tolist())
    np.testing.assert_array_equal(scores, every[rows])


def test_a_filter_of_another_length_is_refused() -> None:
    with pytest.raises(InputError, match="one value for each row"):
        LexicalIndex.build(bodies(passages()), BODY).search(WEIGHTED, 5, np.ones(3, dtype=bool))


def test_no_results_cannot_be_asked_for() -> None:
    with pytest.raises(QueryError, match="at least 1"):
        LexicalIndex.build(bodies(passages()), BODY).search(WEIGHTED, 0)


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    empty = LexicalIndex.build([])
    assert len(empty) == 0
    assert empty.search({"a": 1.0}, 3)[0].tolist() == []
    empty.save(tmp_path / "empty")
    grown = LexicalIndex.load(tmp_path / "empty").add([(["titel"], ["a", "b"], []), ([], ["b"], [])])
    assert grown.search({"a": 1.0}, 3)[0].tolist() == [0]
    np.testing.assert_allclose(
        grown.scores({"b": 1.0}),
        LexicalIndex.build([(["titel"], ["a", "b"], []), ([], ["b"], [])]).scores({"b": 1.0}),
    )


def pinned(index: LexicalIndex, like: LexicalIndex) -> LexicalIndex:
    """``index`` reckoned with the usual lengths of ``like``."""
    segments = tuple(segment.scored(like.scoring, like.pivots) for segment in index.segments)
    return LexicalIndex(segments, like.scoring, like.pivots, index.deleted)


def test_adding_in_steps_gives_the_scores_of_building_at_once() -> None:
    texts = bodies(passages())
    grown = LexicalIndex.build(texts[:300], BODY).add(texts[300:310]).add(texts[310:390]).add(texts[390:])
    assert len(grown.segments) > 1
    whole = pinned(LexicalIndex.build(texts, BODY), grown)
    np.testing.assert_allclose(grown.scores(WEIGHTED), whole.scores(WEIGHTED), rtol=1e-5)
    assert grown.pivots == pytest.approx(LexicalIndex.build(texts, BODY).pivots, rel=0.05)


def test_deleting_gives_the_scores_of_an_index_that_never_held_them() -> None:
    texts = bodies(passages())
    gone = [0, 5, 6, 250, 399]
    index = LexicalIndex.build(texts[:200], BODY).add(texts[200:290]).add(texts[290:]).delete(gone)
    left = [text for row, text in enumerate(texts) if row not in gone]
    never = pinned(LexicalIndex.build(left, BODY), index)
    scores = index.scores(WEIGHTED)
    assert index.passages == 395
    assert not scores[gone].any()
    np.testing.assert_allclose(np.delete(scores, gone), never.scores(WEIGHTED), rtol=1e-5)
    assert index.term_contributions(5, WEIGHTED) == {}


def test_okapi_counts_its_average_over_what_is_left() -> None:
    texts = bodies([text or ["ord3"] for text in passages()])
    index = LexicalIndex.build(texts[:250], OKAPI).add(texts[250:]).delete([1, 2, 300])
    left = [text for row, text in enumerate(texts) if row not in (1, 2, 300)]
    never = pinned(LexicalIndex.build(left, OKAPI), index)
    np.testing.assert_allclose(
        np.delete(index.scores(WEIGHTED), [1, 2, 300]), never.scores(WEIGHTED), rtol=1e-4
    )


def test_compacting_renumbers_the_rows_and_keeps_their_order() -> None:
    texts = bodies(passages())
    index = LexicalIndex.build(texts[:300], BODY).add(texts[300:]).delete([2, 3, 310])
    compacted, renumbered = index.compact()
    assert len(compacted) == compacted.passages == 397
    assert renumbered[[2, 3, 310]].tolist() == [-1, -1, -1]
    kept = renumbered >= 0
    np.testing.assert_allclose(
        pinned(compacted, index).scores(WEIGHTED)[renumbered[kept]], index.scores(WEIGHTED)[kept], rtol=1e-5
    )


def test_an_older_index_goes_on_finding_what_a_newer_one_has_deleted() -> None:
    old = LexicalIndex.build(bodies([["a"], ["b"]]), BODY)
    old.delete([0]).add(bodies([["a"]]))
    assert old.search({"a": 1.0}, 5)[0].tolist() == [0]


def test_a_row_that_is_not_there_cannot_be_deleted_or_explained() -> None:
    index = LexicalIndex.build(bodies([["a"]]), BODY)
    for row in (-1, 1):
        with pytest.raises(InputError, match="0"):
            index.delete([row])
        with pytest.raises(InputError, match="no row"):
            index.term_contributions(row, {"a": 1.0})


def test_a_passage_needs_every_field() -> None:
    with pytest.raises(InputError, match="context, body, parts"):
        LexicalIndex.build([(["a"],)])


def test_what_is_saved_is_found_again(tmp_path: Path) -> None:
    texts = bodies(passages())
    index = LexicalIndex.build(texts[:300], BODY).add(texts[300:340]).delete([7])
    index.save(tmp_path / "a")
    again = LexicalIndex.load(tmp_path / "a")
    np.testing.assert_array_equal(again.scores(WEIGHTED), index.scores(WEIGHTED))
    assert isinstance(again.segments[0].rows, np.memmap)
    more = again.add(texts[340:350])
    more.save(tmp_path / "b")
    same = [(tmp_path / name / "000" / "rows.npy").stat().st_ino for name in ("a", "b")]
    assert same[0] == same[1]  # linked, not copied
    np.testing.assert_array_equal(LexicalIndex.load(tmp_path / "b").scores(WEIGHTED), more.scores(WEIGHTED))


def test_a_folder_in_use_is_not_overwritten(tmp_path: Path) -> None:
    index = LexicalIndex.build(bodies([["a"]]), BODY)
    index.save(tmp_path / "a")
    with pytest.raises(InputError, match="not empty"):
        index.save(tmp_path / "a")


@pytest.mark.parametrize("name", ["lexical.json", "deleted.npy", "000/rows.npy", "000/segment.json"])
@pytest.mark.parametrize("damage", ["missing", "cut", "other"])
def test_a_damaged_index_says_so(tmp_path: Path, name: str, damage: str) -> None:
    folder = tmp_path / "a"
    LexicalIndex.build(bodies(passages()), BODY).save(folder)
    path = folder / name
    data = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "other":
        path.write_bytes(b"{}")
    with pytest.raises(IndexCorruptError, match="Build the index again"):
        LexicalIndex.load(folder)


def test_other_weights_need_no_new_analysis() -> None:
    fields = [(text[:3], text[3:], text[1:9:3]) for text in passages()]
    other = Scoring((Field("context", 2.0, 0.0), Field("body", 1.0, 0.4), Field("parts", 0.1)), k1=2.0)
    np.testing.assert_allclose(
        LexicalIndex.build(fields).rescored(other).scores(WEIGHTED),
        LexicalIndex.build(fields, other).scores(WEIGHTED),
        rtol=1e-5,
    )
    with pytest.raises(InputError, match="fields"):
        LexicalIndex.build(fields).rescored(BODY)


def test_a_large_index_is_built_in_chunks_without_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = LexicalIndex.build(bodies(passages()), BODY)
    monkeypatch.setattr("index.inversion.CHUNK_TERMS", 1000)
    chunked = LexicalIndex.build(bodies(passages()), BODY)
    assert len(chunked.segments) == 1
    np.testing.assert_allclose(chunked.scores(WEIGHTED), whole.scores(WEIGHTED), rtol=1e-5)


def test_many_small_additions_leave_few_segments() -> None:
    index = LexicalIndex.build(bodies(passages()), BODY)
    for row in range(40):
        index = index.add(bodies([passages()[row]]))
    assert len(index) == 440
    assert len(index.segments) <= 7


def test_passages_are_built_from_text_with_one_analyser() -> None:
    builder = LexicalBuilder(Analyzer())
    builder.add("Lov om prøveordninger. Rådighed", "Modtageren skal møde til samtalen.")
    builder.add("", "Kontanthjælpsmodtagere kan udeblive.")
    assert len(builder) == 2
    index = builder.build()
    assert index.scoring == PASSAGES
    assert index.search({"rådighed": 1.0}, 5)[0].tolist() == [0]
    assert set(index.search({"modtage": 1.0}, 5)[0].tolist()) == {0, 1}
    assert index.document_frequency("modtage") == 2


def test_the_word_itself_outranks_the_same_word_inside_another() -> None:
    builder = LexicalBuilder(Analyzer())
    builder.add("", "Kontanthjælpsmodtageren får afslag.")
    builder.add("", "Den, der er modtager, får afslag.")
    assert builder.build().search({"modtage": 1.0}, 2)[0].tolist() == [1, 0]


def test_new_passages_join_by_the_terms_of_their_fields() -> None:
    builder = LexicalBuilder(Analyzer())
    builder.add("Lov om prøver", "Prøven bestås.")
    index = builder.build().add([passage_terms(Analyzer(), "Lov om prøver", "Prøvetiden udløber.")])
    assert index.search({"prøvetid": 1.0}, 5)[0].tolist() == [1]


WORDS = st.lists(st.sampled_from("abcde"), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=6), st.sets(st.integers(0, 17)))
def test_any_steps_of_adding_and_deleting_leave_what_a_plain_count_finds(
    first: list[Terms], then: list[Terms], gone: set[int]
) -> None:
    texts = first + then
    deleted = sorted(row for row in gone if row < len(texts))
    index = LexicalIndex.build(bodies(first), BODY).add(bodies(then)).delete(deleted)
    for term in "abc":
        holding = {row for row, text in enumerate(texts) if term in text and row not in deleted}
        assert set(index.search({term: 1.0}, 99)[0].tolist()) == holding
        assert index.document_frequency(term) == len(holding)
    compacted, renumbered = index.compact()
    found = compacted.search({"a": 1.0}, 99)[0].tolist()
    old = {row for row, text in enumerate(texts) if "a" in text and row not in deleted}
    assert set(found) == {int(renumbered[row]) for row in old}
