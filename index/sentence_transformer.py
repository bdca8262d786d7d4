"""Any sentence-transformers model as an encoder. Importing this module imports neither torch nor it."""

from __future__ import annotations

import contextlib
import hashlib
import math
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from tokenizers import Tokenizer

from index import e5_weights
from index.encoding import Reading, Role, Vectors, WindowedEncoder
from index.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Model = TypeVar("Model")


class SentenceTransformerEncoder(WindowedEncoder):
    """Runs any sentence-transformers model by its name on the hub or from a local folder.

    Prefixes are the prompts in the model's configuration (``query``, and ``passage`` or ``document``);
    a model of the e5 family without them gets e5's. A model that is on disk is loaded without a call to
    the hub; one that is not is fetched once, unless ``HF_HUB_OFFLINE`` forbids it.

    Raises:
        EncoderError: the model is not to be had, or is not such a model.
    """

    def __init__(self, name_or_path: str, threads: int | None = None, device: str | None = None) -> None:
        model = load_sentence_transformer(name_or_path, device)
        if threads:
            import torch

            torch.set_num_threads(threads)
        self._model = model
        self.name = Path(name_or_path).name if Path(name_or_path).is_dir() else name_or_path
        limit = model.max_seq_length
        self._reading = Reading(
            prefixes=_prefixes(self.name, model.prompts),
            max_tokens=None if limit is None or math.isinf(limit) else int(limit),
            pooling=" + ".join(map(_described, list(model)[1:])),
        )
        tokenizer = _own_tokenizer(self.name, model)
        self.budgets = self._reading.budgets(tokenizer)
        tokenizer_checksum = hashlib.sha256(tokenizer.to_str().encode()).hexdigest()
        self.fingerprint = self._reading.fingerprint(
            f"weights {_weights_checksum(model)}; tokenizer {tokenizer_checksum}"
        )
        self.dimension = self._embed(["prøve"], Role.PASSAGE).shape[1]

    def _embed(self, texts: list[str], role: Role) -> Vectors:
        encode = self._model.encode_query if role is Role.QUERY else self._model.encode_document
        vectors = encode(
            texts,
            prompt=self._reading.prefixes[role],
            batch_size=len(texts),
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        return np.asarray(vectors, np.float32)


def load_sentence_transformer(name_or_path: str, device: str | None) -> SentenceTransformer:
    try:
        from sentence_transformers import SentenceTransformer

        return from_disk_or_hub(SentenceTransformer, name_or_path, device)
    except Exception as error:  # the library passes on whatever its many backends raise
        raise _not_loadable(name_or_path, error) from error


def from_disk_or_hub(load: Callable[..., Model], name_or_path: str, device: str | None) -> Model:
    """The model that ``load`` makes, without a call to the hub where it is on disk.

    Raises:
        Exception: what the library passes on from its many backends.
    """
    import huggingface_hub.constants

    with _quiet():
        try:
            return load(name_or_path, device=device, local_files_only=True)
        except Exception:
            local = Path(name_or_path).exists() or name_or_path.startswith((".", "/", "~"))
            if local or huggingface_hub.constants.HF_HUB_OFFLINE:
                raise
        return load(name_or_path, device=device)


def _not_loadable(name_or_path: str, error: Exception) -> EncoderError:
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return EncoderError(
        f"The sentence-transformers model {name_or_path!r} cannot be loaded: {reason}",
        "Check the name, let this machine reach the hub once, or copy the model's folder here and give "
        "its path. The embedded model e5-small needs no download.",
    )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' bars and notices off the terminal while a model loads."""
    from huggingface_hub.utils.tqdm import (
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
    )
    from transformers.utils import logging as transformers

    verbosity = transformers.get_verbosity()
    bars, hub_bars = transformers.is_progress_bar_enabled(), not are_progress_bars_disabled()
    transformers.set_verbosity_error()  # type: ignore[no-untyped-call]
    transformers.disable_progress_bar()  # type: ignore[no-untyped-call]
    disable_progress_bars()
    try:
        yield
    finally:
        transformers.set_verbosity(verbosity)
        if bars:
            transformers.enable_progress_bar()  # type: ignore[no-untyped-call]
        if hub_bars:
            enable_progress_bars()


def _prefixes(name: str, prompts: Mapping[str, str | None]) -> dict[Role, str]:
    """The prefixes of a model: its own prompts first, e5's where the name says e5."""
    query = prompts.get("query") or ""
    passage = prompts.get("passage") or prompts.get("document") or ""
    # The instruct models of the family want an instruction, which their configuration gives.
    if not (query or passage) and re.search(r"\be5\b", name) and "instruct" not in name:
        query, passage = e5_weights.QUERY_PREFIX, e5_weights.PASSAGE_PREFIX
    return {Role.QUERY: query, Role.PASSAGE: passage}


def _weights_checksum(model: Any) -> str:
    """sha256 over all weights as they stand in memory, whatever files they came from."""
    import torch

    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(f"{key} {tensor.dtype} {tuple(tensor.shape)}".encode())
        digest.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy())
    return digest.hexdigest()


def _own_tokenizer(name: str, model: SentenceTransformer) -> Tokenizer:
    """A copy of the model's tokenizer: the model's own is set to cut and pad."""
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", model.tokenizer)
    if not isinstance(tokenizer, Tokenizer):
        raise EncoderError(
            f"The model {name} has no fast tokenizer, so long texts cannot be split for it.",
            "Choose a model with a tokenizer.json.",
        )
    return Tokenizer.from_str(tokenizer.to_str())


def _described(module: Any) -> str:
    """A module that follows the transformer: its kind and its settings."""
    settings = module.get_config_dict() if hasattr(module, "get_config_dict") else {}
    return f"{type(module).__name__} {sorted(settings.items())}"
