"""Passage and query vectors: one protocol, two engines.

``OnnxEncoder`` runs the embedded model and needs neither torch nor the network.
``index.sentence_transformer.SentenceTransformerEncoder`` runs any sentence-transformers model, by its name
on the hub or from a local folder. ``load_encoder`` chooses by a short specification.

Both clean every text, put the model's prefix before it, and read it in windows if it is longer than the
model takes (see ``index.windows``): the text's vector is then the mean of its windows' vectors, weighted
by their tokens and brought to length 1. So a long case description keeps all its words, at the price of
a vector that is less sharp; passages are better split before, with ``split_to_fit``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from tokenizers import Tokenizer

from index import model_folder
from index.encoding import Reading, Role, Vectors, WindowedEncoder, available_threads
from index.errors import EncoderError

E5_SMALL_LAW = "e5-small-law"
DEFAULT = E5_SMALL_LAW  # measured in docs/adaptation.md


class Encoder(Protocol):
    """Gives texts vectors whose inner product is their likeness in meaning."""

    @property
    def name(self) -> str:
        """The model's name for people."""

    @property
    def fingerprint(self) -> str:
        """Weights, tokenizer, pooling, prefixes and length: what an index must share with its queries."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (texts, dimension), each of length 1, in the order of ``texts``.

        Raises:
            InputError: a text is empty or far too long.
        """

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of queries; else as ``encode_passages``."""


def load_encoder(spec: str, data_folder: Path, threads: int | None = None) -> Encoder:
    """The encoder that ``spec`` names.

    Args:
        spec: ``"e5-small"`` or ``"e5-small-int8"`` (embedded; converted under ``data_folder / "models"``
            the first time), ``"e5-small-law"`` (the embedded one adapted to Danish law, the same way),
            ``"onnx:FOLDER"`` or ``"st:NAME_OR_FOLDER"``.
        data_folder: where the service keeps its data.
        threads: how many threads compute; all available cores by default.

    Raises:
        EncoderError: the specification is unknown or the model cannot be loaded.
    """
    kind, _, place = spec.partition(":")
    if spec in (model_folder.E5_SMALL, model_folder.E5_SMALL_INT8):
        return OnnxEncoder(model_folder.prepare_default_encoder(data_folder / "models", spec), threads)
    if spec == E5_SMALL_LAW:
        from index.adaptation.shipped import prepare_law_encoder

        return OnnxEncoder(prepare_law_encoder(data_folder / "models"), threads)
    if kind == "onnx" and place:
        return OnnxEncoder(Path(place), threads)
    if kind == "st" and place:
        from index.sentence_transformer import SentenceTransformerEncoder  # seconds to import

        return SentenceTransformerEncoder(place, threads)
    raise EncoderError(
        f"The encoder {spec!r} is unknown.",
        "Choose e5-small, e5-small-int8, e5-small-law, onnx:FOLDER or st:NAME_OR_FOLDER.",
    )


class OnnxEncoder(WindowedEncoder):
    """Runs a model folder with ONNX Runtime on the CPU: no torch, no network.

    The folder holds ``model.onnx`` (inputs ``input_ids`` and ``attention_mask``, int64; output one
    pooled vector a text), ``tokenizer.json`` and ``encoder.json``, as ``prepare_default_encoder`` writes
    them. Threads do not outlive a fork: load the encoder in the process that uses it.

    Raises:
        EncoderError: the folder is missing, changed or not such a model.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        import onnxruntime

        manifest = model_folder.load_manifest(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or available_threads()
        options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors only
        # Idle threads that spin take the cores from the rest of a shared machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_mem_pattern = False  # every batch has its own shape
        try:
            tokenizer = Tokenizer.from_file(str(folder / model_folder.TOKENIZER_FILE))
            self._session = onnxruntime.InferenceSession(
                folder / model_folder.ONNX_FILE, options, providers=["CPUExecutionProvider"]
            )
            (output,) = self._session.get_outputs()
            _, self.dimension = output.shape
        except Exception as error:  # both libraries raise bare or undocumented types
            raise EncoderError(
                f"{folder} holds no model with one vector a text: {error}.",
                "Run the set-up again, or name another folder.",
            ) from error
        self.name = manifest.name
        self._tokenizer = tokenizer
        self._reading = Reading(
            prefixes={Role.QUERY: manifest.query_prefix, Role.PASSAGE: manifest.passage_prefix},
            max_tokens=manifest.max_tokens,
            pooling=manifest.pooling,
        )
        self.budgets = self._reading.budgets(tokenizer)
        self.fingerprint = self._reading.fingerprint(manifest.weights)

    def _embed(self, texts: list[str], role: Role) -> Vectors:
        prefix = self._reading.prefixes[role]
        rows = [self._tokenizer.encode(prefix + text).ids for text in texts]
        ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
        mask = np.zeros_like(ids)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = row
            mask[number, : len(row)] = 1
        (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, np.float32)
