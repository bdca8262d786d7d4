"""An adapted model in the form that serves: the layers that learnt rounded anew, all else bit for bit.

What training did not touch keeps the codes of the published file. A matrix that changed is rounded in
blocks of 32 weights: to 8 bits, since rounding it to 4 again would cost more than adapting gained, or to
4 where every megabyte counts.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import e5_weights, model_folder
from index.e5_weights import BLOCK, EIGHT_BITS, FOUR_BITS, E5Weights, QuantizedTensor
from index.errors import EncoderError

ADAPTED_NAME = "e5-small-law"
# How far below the largest weight of a block its range may end, when 4 bits are shared out: the best is
# kept. A little clipping of the largest weight brings all others nearer.
_CLIPPINGS = np.linspace(0.7, 1.0, 13, dtype=np.float32)
_UNCHANGED = 1e-6  # a weight that moved less was not trained: single precision and back


def adapted_weights(folder: Path, base: E5Weights, bits: int = EIGHT_BITS) -> E5Weights:
    """``base`` with the vectors and matrices of the sentence-transformers folder ``folder``.

    Args:
        bits: 8 or 4, of the matrices that changed.

    Raises:
        EncoderError: the folder holds no such model, or its embeddings differ from those of ``base``.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        state = load_file(folder / "model.safetensors")
    except (OSError, SafetensorError) as error:
        raise EncoderError(f"{folder} holds no adapted model: {error}.", "Name the folder of one.") from error
    vectors = dict(base.vectors)
    matrices = dict(base.matrices)
    names = e5_weights.transformers_names(base.shape)
    if state.keys() - names.values() - _WITHOUT_USE or names.values() - state.keys():
        raise EncoderError(
            f"{folder} holds another architecture than {e5_weights.MODEL_NAME}.",
            "Adapt the folder that `python -m index.adaptation train` starts from.",
        )
    for ours, theirs in names.items():
        found = np.asarray(state[theirs], np.float32)
        if ours not in base.matrices:
            vectors[ours] = found.reshape(-1)
            continue
        same_size = base.matrices[ours].codes.size == found.size
        if same_size and np.abs(found - base.matrix(ours, *found.shape)).max() < _UNCHANGED:
            continue
        if ours.startswith("emb."):
            raise EncoderError(
                f"The embeddings in {folder} are not those of the embedded model.",
                "Adapt with embeddings frozen: the vocabulary is pruned from the published table.",
            )
        matrices[ours] = quantized(found, bits)
    return replace(base, vectors=vectors, matrices=matrices)


# Mean pooling does not use the pooler; some versions of transformers write position ids as a tensor.
_WITHOUT_USE = frozenset({"pooler.dense.weight", "pooler.dense.bias", "embeddings.position_ids"})


def quantized(matrix: NDArray[np.float32], bits: int) -> QuantizedTensor:
    """The matrix in blocks of 32 weights with the scale that errs least (squared)."""
    blocks = matrix.reshape(-1, BLOCK)
    zero_point = 1 << (bits - 1)
    tiny = np.finfo(np.float32).tiny
    # The negative end of the codes reaches one step farther: the largest weight is put there.
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=1)[:, None], axis=1)[:, 0]
    best = np.full(len(blocks), np.inf, np.float32)
    scales = np.zeros(len(blocks), np.float32)
    codes = np.zeros(blocks.shape, np.uint8)
    for clipping in _CLIPPINGS if bits == FOUR_BITS else _CLIPPINGS[-1:]:
        scale = largest * clipping / -zero_point
        scale = np.where(np.abs(scale) < tiny, tiny, scale)
        # A scale in half precision, as in the published file, keeps the file small when it is packed.
        scale = scale.astype(np.float16).astype(np.float32)
        scale = np.where(scale == 0, np.float32(2**-24), scale)
        tried = np.clip(np.rint(blocks / scale[:, None]) + zero_point, 0, 2 * zero_point - 1)
        error = (((tried - zero_point) * scale[:, None] - blocks) ** 2).sum(axis=1)
        better = error < best
        best[better], scales[better], codes[better] = error[better], scale[better], tried[better]
    return QuantizedTensor(codes, scales, bits)


def write_encoder(weights: E5Weights, target: Path, name: str = ADAPTED_NAME) -> Path:
    """Publish ``weights`` as a folder for ``OnnxEncoder`` (``onnx:FOLDER``); the folder.

    The manifest's origin is a checksum over all weights and the vocabulary, so that an index knows them.

    Raises:
        EncoderError: the folder cannot be written.
    """
    from index.e5_onnx import write_onnx

    def write(draft: Path) -> None:
        write_onnx(weights, draft / model_folder.ONNX_FILE)
        tokenizer = e5_weights.build_tokenizer(weights.vocabulary)
        tokenizer.save(str(draft / model_folder.TOKENIZER_FILE), pretty=False)

    manifest = model_folder.Manifest(
        name=name,
        max_tokens=weights.shape.positions,
        query_prefix=e5_weights.QUERY_PREFIX,
        passage_prefix=e5_weights.PASSAGE_PREFIX,
        pooling="mean",
        origin=f"{e5_weights.MODEL_NAME} adapted {checksum(weights)}",
    )
    return model_folder.publish(target, manifest, write)


def checksum(weights: E5Weights) -> str:
    """sha256 over the vocabulary and every weight."""
    digest = hashlib.sha256("\0".join(weights.vocabulary.pieces).encode())
    digest.update(np.ascontiguousarray(weights.vocabulary.scores).tobytes())
    for name, vector in sorted(weights.vectors.items()):
        digest.update(name.encode() + np.ascontiguousarray(vector).tobytes())
    for name, matrix in sorted(weights.matrices.items()):
        digest.update(f"{name} {matrix.bits}".encode())
        digest.update(np.ascontiguousarray(matrix.codes).tobytes())
        digest.update(np.ascontiguousarray(matrix.scales).tobytes())
    return digest.hexdigest()
