"""A tiny random model is trained, rounded, pruned and published, and answers as the trained one does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import InputError
from index.adaptation import export, held_out
from index.adaptation.change import apply_change, write_change
from index.adaptation.pairs import Origin, Pair
from index.adaptation.train import Adapted, Recipe, adapt
from index.e5_weights import E5Weights, read_weights, write_sentence_transformers_folder
from index.encoders import OnnxEncoder
from index.errors import EncoderError
from index.sentence_transformer import SentenceTransformerEncoder
from tests.index.tiny_model import LAYERS, WORDS, tiny_weights

RECIPE = Recipe(layers=1, batch=7, learning_rate=5e-3, scale=20.0, max_tokens=32, bfloat16=False)


@pytest.fixture(scope="module")
def base() -> E5Weights:
    return tiny_weights()


@pytest.fixture(scope="module")
def folder(base: E5Weights, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tiny")
    write_sentence_transformers_folder(base, made)
    return made


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    """Each word asks for the word after it: what a random model cannot know."""
    shifted = [*WORDS[1:], WORDS[0]]
    one_round = [
        Pair(asked, answer, Origin.REFERENCE, "lov-a", "lov-a", f"lov-a:{number}")
        for number, (asked, answer) in enumerate(zip(WORDS, shifted, strict=True))
    ]
    return one_round * 20


@pytest.fixture(scope="module")
def adapted(folder: Path, pairs: list[Pair]) -> Adapted:
    return adapt(folder, pairs, RECIPE)


@pytest.fixture(scope="module")
def trained(adapted: Adapted, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("trained")
    adapted.save(target)
    return target


def test_questions_find_their_passages_after_training(folder: Path, trained: Path, pairs: list[Pair]) -> None:
    asked = pairs[: len(WORDS)]
    before, after = (
        held_out.reciprocal_ranks(SentenceTransformerEncoder(str(place), threads=1), asked)
        for place in (folder, trained)
    )
    gain = held_out.gains(asked, before, after)[0]
    assert gain.after > gain.before + 0.2
    assert gain.low > 0


def test_only_the_last_layers_learn(base: E5Weights, trained: Path) -> None:
    after = export.adapted_weights(trained, base)
    assert all(after.matrices[name] is base.matrices[name] for name in after.matrices)
    moved = base.matrices.keys() - after.matrices.keys()
    assert moved == {f"l{LAYERS - 1}.{part}.w" for part in ("q", "k", "v", "ao", "fi", "fo")}
    for name, vector in base.vectors.items():
        assert np.array_equal(vector, after.vectors[name]) is not name.startswith(f"l{LAYERS - 1}."), name


def test_the_same_seed_gives_the_same_weights(folder: Path, pairs: list[Pair], adapted: Adapted) -> None:
    again = adapt(folder, pairs, RECIPE)
    assert again.losses == adapted.losses
    first, second = dict(adapted.model.named_parameters()), dict(again.model.named_parameters())
    assert all(bool((first[name] == second[name]).all()) for name in adapted.before)


def test_half_of_the_change_lies_halfway_and_none_of_it_is_the_model_before(
    base: E5Weights, trained: Path, adapted: Adapted, tmp_path: Path
) -> None:
    for share in (0.0, 0.5):
        adapted.save(tmp_path / str(share), share)
    whole, half, none = (
        export.adapted_weights(place, base) for place in (trained, tmp_path / "0.5", tmp_path / "0.0")
    )
    name = f"l{LAYERS - 1}.fi.b"
    middle = (base.vectors[name] + whole.vectors[name]) / 2
    np.testing.assert_allclose(half.vectors[name], middle, atol=1e-6)
    assert none.matrices == base.matrices


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_beyond_the_change_is_refused(share: float, adapted: Adapted, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="from 0 to 1"):
        adapted.save(tmp_path / "none", share)


def test_the_published_folder_answers_as_the_trained_model(
    base: E5Weights, trained: Path, tmp_path: Path
) -> None:
    texts = ["støj fra nabo", "klage over afgørelse", "hegn i have", "møde om plan og støtte"]
    target = export.write_encoder(export.adapted_weights(trained, base), tmp_path / "served")
    served, exact = OnnxEncoder(target, threads=1), SentenceTransformerEncoder(str(trained), threads=1)
    for role in ("encode_passages", "encode_queries"):
        cosines = (getattr(served, role)(texts) * getattr(exact, role)(texts)).sum(axis=1)
        assert cosines.min() >= 0.9995


def test_the_published_folder_is_known_by_its_weights(base: E5Weights, trained: Path, tmp_path: Path) -> None:
    before = OnnxEncoder(export.write_encoder(base, tmp_path / "m"), threads=1).fingerprint
    changed = export.adapted_weights(trained, base)
    after = OnnxEncoder(export.write_encoder(changed, tmp_path / "m"), threads=1).fingerprint
    assert before != after
    assert export.checksum(base) in before


def test_the_file_of_a_change_makes_the_adapted_model_out_of_the_published_one(
    base: E5Weights, trained: Path, tmp_path: Path
) -> None:
    whole = export.adapted_weights(trained, base)
    pieces = np.array([*range(len(base.vocabulary.pieces) - 4), len(base.vocabulary.pieces) - 1])
    write_change(base, whole, tmp_path / "change.safetensors", pieces)
    made = apply_change(base, tmp_path / "change.safetensors")
    assert len(made.vocabulary.pieces) == len(pieces)
    for name, vector in whole.vectors.items():
        before = base.matrix(name, -1, 32).reshape(-1) if name in base.matrices else base.vectors[name]
        moved = np.linalg.norm(vector - before)
        assert np.linalg.norm(made.vectors[name] - vector) <= 0.01 * moved + 1e-6, name


def test_a_change_that_belongs_to_other_weights_is_refused(base: E5Weights, tmp_path: Path) -> None:
    write_change(base, base, tmp_path / "change.safetensors")
    with pytest.raises(EncoderError, match=r"belongs to weights tiny….*other"):
        apply_change(replace(base, checksum="other"), tmp_path / "change.safetensors")
    assert apply_change(base, tmp_path / "change.safetensors").matrices == base.matrices


def test_a_file_that_is_no_change_is_refused(base: E5Weights, tmp_path: Path) -> None:
    (tmp_path / "odd").write_bytes(b"weights")
    for name in ("odd", "missing"):
        with pytest.raises(EncoderError, match="holds no adaptation"):
            apply_change(base, tmp_path / name)


def test_a_folder_of_another_model_is_refused(tmp_path: Path) -> None:
    write_sentence_transformers_folder(tiny_weights(), tmp_path)
    with pytest.raises(EncoderError, match="another architecture"):
        export.adapted_weights(tmp_path, read_weights())


def test_embeddings_that_changed_are_refused(base: E5Weights, tmp_path: Path) -> None:
    other = replace(base, matrices={**base.matrices, "emb.word": tiny_weights(6).matrices["emb.word"]})
    write_sentence_transformers_folder(other, tmp_path)
    with pytest.raises(EncoderError, match="embeddings"):
        export.adapted_weights(tmp_path, base)


def test_a_folder_without_a_model_is_refused(base: E5Weights, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="holds no adapted model"):
        export.adapted_weights(tmp_path, base)


def test_pairs_that_make_no_batch_are_refused(folder: Path, pairs: list[Pair]) -> None:
    with pytest.raises(InputError, match="1 pairs make no batch"):
        adapt(folder, pairs[:1], RECIPE)


def test_more_layers_than_the_model_has_cannot_learn(folder: Path, pairs: list[Pair]) -> None:
    with pytest.raises(EncoderError, match="has 3 layers, 9 should learn"):
        adapt(folder, pairs, replace(RECIPE, layers=9))


@pytest.mark.parametrize("wrong", [{"layers": 0}, {"batch": 1}, {"learning_rate": 0.0}, {"scale": -1.0}])
def test_a_recipe_that_cannot_train_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError, match=next(iter(wrong))):
        Recipe(**wrong)  # type: ignore[arg-type]


def test_another_answer_to_the_same_question_pushes_none_down() -> None:
    class Fixed:
        """Vectors by hand: the question is nearest to b, then a, then c."""

        name = fingerprint = "fixed"
        dimension = 2

        def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return np.array([[1, 0]] * len(texts), np.float32)

        def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            places = {"a": [0.8, 0.6], "b": [1, 0], "c": [0, 1]}
            return np.array([places[text] for text in texts], np.float32)

    asked = [Pair("q", p, Origin.REFERENCE, "w", "w", p) for p in ("a", "b")]
    assert held_out.reciprocal_ranks(Fixed(), asked, ["c"]).tolist() == [1, 1]
    assert held_out.reciprocal_ranks(Fixed(), asked[:1], ["b", "c"]).tolist() == [0.5]
    with pytest.raises(InputError, match="No pairs are held out"):
        held_out.reciprocal_ranks(Fixed(), [])
