"""The adaptation that comes with the program: what it adds to the installed weights, made a model once."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index import e5_weights, model_folder
from index.adaptation.change import apply_change
from index.adaptation.export import write_files
from index.encoders import E5_SMALL_LAW

CHANGE = Path(__file__).parent / "weights" / "e5-small-law.safetensors"
_CONVERSION = 1  # counts the rules by which files are made from the change


def prepare_law_encoder(folder: Path) -> Path:
    """Make ``e5-small-law`` in ``folder``, unless it is there already; its folder, of 112 MB.

    Raises:
        EncoderError: the weights are not installed, are not those that were adapted, or the folder cannot be
            written.
    """
    change = hashlib.sha256(CHANGE.read_bytes()).hexdigest()
    manifest = model_folder.Manifest(
        name=E5_SMALL_LAW,
        max_tokens=e5_weights.MAX_TOKENS,
        query_prefix=e5_weights.QUERY_PREFIX,
        passage_prefix=e5_weights.PASSAGE_PREFIX,
        pooling="mean",
        origin=f"{e5_weights.SOURCE_CHECKSUM} adapted by {change} conversion {_CONVERSION}",
    )

    def write(draft: Path) -> None:
        write_files(apply_change(e5_weights.read_weights(), CHANGE), draft)

    return model_folder.publish(folder / E5_SMALL_LAW, manifest, write)
