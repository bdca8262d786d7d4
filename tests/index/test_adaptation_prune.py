"""A smaller vocabulary reads what it was counted on in the same pieces, and everything else somehow."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import zstandard
from numpy.typing import NDArray

from corpus.errors import InputError
from index.adaptation import export
from index.adaptation.prune import (
    distinct_words,
    everyday_words,
    kept_pieces,
    prune,
    read_texts,
    share_read_alike,
)
from index.e5_weights import E5Weights, build_tokenizer
from index.encoders import OnnxEncoder
from tests.index.tiny_model import tiny_weights

LAW = "Kommunalbestyrelsen træffer afgørelse om støtte til husleje, jf. § 81, når borgeren søger om det."
COUNTED = [LAW, "The council may grant housing aid.", "Die Gemeinde gewährt Wohngeld."]


@pytest.fixture(scope="module")
def kept(weights: E5Weights) -> NDArray[np.int64]:
    """The pieces of the embedded model that three sentences need."""
    return kept_pieces(weights.vocabulary, distinct_words(COUNTED))


@pytest.fixture(scope="module")
def pruned(weights: E5Weights, kept: NDArray[np.int64]) -> E5Weights:
    return prune(weights, kept)


def test_counted_texts_are_read_in_the_same_pieces(weights: E5Weights, pruned: E5Weights) -> None:
    before, after = build_tokenizer(weights.vocabulary), build_tokenizer(pruned.vocabulary)
    for text in COUNTED:
        for prefix in ("query: ", "passage: "):
            assert before.encode(prefix + text).tokens == after.encode(prefix + text).tokens
    assert share_read_alike(before, after, COUNTED) == 1.0


def test_a_text_that_was_not_counted_is_read_in_smaller_pieces_and_none_is_unknown(
    weights: E5Weights, pruned: E5Weights
) -> None:
    before, after = build_tokenizer(weights.vocabulary), build_tokenizer(pruned.vocabulary)
    text = "Uventede ordsammensætninger: Муниципалитет 市政府 ½ §§"
    whole, smaller = before.encode(text), after.encode(text)
    assert len(smaller.ids) > len(whole.ids)
    assert smaller.tokens.count("<unk>") <= whole.tokens.count("<unk>")
    assert 0 < share_read_alike(before, after, [text]) < 1


def test_every_character_that_had_a_piece_still_has_one(weights: E5Weights, pruned: E5Weights) -> None:
    single = {piece for piece in weights.vocabulary.pieces if len(piece) == 1}
    assert single <= set(pruned.vocabulary.pieces)
    assert len(pruned.vocabulary.pieces) < len(weights.vocabulary.pieces) / 10


def test_each_piece_keeps_its_row_and_its_likelihood(
    weights: E5Weights, pruned: E5Weights, kept: NDArray[np.int64]
) -> None:
    hidden = weights.shape.hidden
    before = weights.matrix("emb.word", weights.shape.vocabulary, hidden)
    np.testing.assert_array_equal(pruned.matrix("emb.word", len(kept), hidden), before[kept])
    np.testing.assert_array_equal(pruned.vocabulary.scores, weights.vocabulary.scores[kept])
    assert pruned.vocabulary.scores.min() == weights.vocabulary.scores.min()
    for name in ("bos", "eos", "pad", "unk"):
        old, new = getattr(weights.vocabulary, name), getattr(pruned.vocabulary, name)
        assert pruned.vocabulary.pieces[new] == weights.vocabulary.pieces[old]


def test_the_pruned_model_gives_counted_texts_the_same_vectors(
    pruned: E5Weights,
    encoder: OnnxEncoder,
    tmp_path: Path,
    cosines: Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.float32]],
) -> None:
    folder = export.write_encoder(pruned, tmp_path / "pruned")
    smaller = OnnxEncoder(folder, threads=1)
    assert cosines(smaller.encode_passages(COUNTED), encoder.encode_passages(COUNTED)).min() > 0.99999
    assert cosines(smaller.encode_queries(COUNTED), encoder.encode_queries(COUNTED)).min() > 0.99999
    assert sum(path.stat().st_size for path in folder.iterdir()) < 30e6


@pytest.mark.parametrize("kept", [[], [0, 1, 2], [0, 1, 2, 3, 9_999]])
def test_a_vocabulary_without_special_pieces_or_with_strange_ones_is_refused(kept: Sequence[int]) -> None:
    with pytest.raises(InputError, match="make no vocabulary"):
        prune(tiny_weights(), np.array(kept, np.int64))


def test_words_are_what_blanks_divide() -> None:
    assert distinct_words(["jf. § 81\nog", "og § 9"]) == {"jf.", "§", "81", "og", "9"}


def test_everyday_words_of_the_languages_of_the_law_stay() -> None:
    words = everyday_words()
    assert {"bolig", "Bolig", "husbanken", "hyresgäst", "miete", "tenant"} <= words


def test_json_lines_give_every_string_in_them_and_other_files_their_lines(tmp_path: Path) -> None:
    records = [{"titel": "Lov", "dele": [{"tekst": "§ 1. Fisk.", "nr": 1}, None]}, {"titel": "Lov to"}]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    packed, plain = tmp_path / "law.jsonl.zst", tmp_path / "law.txt"
    packed.write_bytes(zstandard.compress(lines.encode()))
    plain.write_text("§ 1. Fisk.\n§ 2. Kort.\n", encoding="utf-8")
    assert list(read_texts(packed)) == ["Lov", "§ 1. Fisk.", "Lov to"]
    assert [line.strip() for line in read_texts(plain)] == ["§ 1. Fisk.", "§ 2. Kort."]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", b"{broken"),
        ("a.txt", b"\xff\xfe\x00"),
        ("a.jsonl.zst", b"not packed"),
        ("missing.txt", None),
    ],
)
def test_a_file_that_cannot_be_read_is_named(name: str, content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=f"{name} cannot be read"):
        list(read_texts(tmp_path / name))
