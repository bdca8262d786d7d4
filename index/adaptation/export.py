"""An adapted model in the form that serves: the layers that learnt in half precision, all else bit for bit.

What training did not touch keeps the codes of the published file. A matrix that changed is not rounded to
4 bits again: it changed by 0.3 to 3 % of its length, and the steps between the codes are coarser, so that
rounding takes nearly all of the change back (`docs/adaptation.md`).
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np

from index import e5_weights, model_folder
from index.e5_weights import E5Weights
from index.errors import EncoderError

ADAPTED_NAME = "e5-small-law"
_UNCHANGED = 1e-6  # a weight that moved less was not trained: single precision and back


def adapted_weights(folder: Path, base: E5Weights) -> E5Weights:
    """``base`` with the vectors and matrices of the sentence-transformers folder ``folder``.

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
        del matrices[ours]
        vectors[ours] = found.reshape(-1)
    return replace(base, vectors=vectors, matrices=matrices)


# Mean pooling does not use the pooler; some versions of transformers write position ids as a tensor.
_WITHOUT_USE = frozenset({"pooler.dense.weight", "pooler.dense.bias", "embeddings.position_ids"})


def write_encoder(weights: E5Weights, target: Path, name: str = ADAPTED_NAME) -> Path:
    """Publish ``weights`` as a folder for ``OnnxEncoder`` (``onnx:FOLDER``); the folder.

    The manifest's origin is a checksum over all weights and the vocabulary, so that an index knows them.

    Raises:
        EncoderError: the folder cannot be written.
    """
    manifest = model_folder.Manifest(
        name=name,
        max_tokens=weights.shape.positions,
        query_prefix=e5_weights.QUERY_PREFIX,
        passage_prefix=e5_weights.PASSAGE_PREFIX,
        pooling="mean",
        origin=f"{e5_weights.MODEL_NAME} adapted {checksum(weights)}",
    )
    return model_folder.publish(target, manifest, lambda draft: write_files(weights, draft))


def write_files(weights: E5Weights, draft: Path) -> None:
    """The model and the tokenizer of ``weights`` in a folder that is being made."""
    from index.e5_onnx import write_onnx  # onnx is only needed at set-up

    write_onnx(weights, draft / model_folder.ONNX_FILE)
    tokenizer = e5_weights.build_tokenizer(weights.vocabulary)
    tokenizer.save(str(draft / model_folder.TOKENIZER_FILE), pretty=False)


def checksum(weights: E5Weights) -> str:
    """sha256 over the vocabulary and every weight."""
    digest = hashlib.sha256("\0".join(weights.vocabulary.pieces).encode())
    digest.update(np.ascontiguousarray(weights.vocabulary.scores).tobytes())
    for name, vector in sorted(weights.vectors.items()):
        digest.update(name.encode() + np.ascontiguousarray(vector).tobytes())
    for name, matrix in sorted(weights.matrices.items()):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(matrix.codes).tobytes())
        digest.update(np.ascontiguousarray(matrix.scales).tobytes())
    return digest.hexdigest()
