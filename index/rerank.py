"""The best passages read once more beside the query: an optional second opinion on their order.

A reranker reads a query and a passage together, which tells more than two vectors do and costs a run of
the model for each pair. So it reads the first passages of each kind alone. It gives them an order; what
they are worth stays what the search found, dealt out anew in that order: citations and the standing of a
source weigh after it as they do without it.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.identifiers import work_title
from corpus.store import Store
from corpus.types import Kind, StoredDocument
from index.errors import RerankerError
from index.fusion import Scores
from index.sentence_transformer import from_disk_or_hub
from index.table import Numbers, Table
from index.windows import clean

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# Passages of each kind that are read again, which gives some ten results of each: what a person looks at.
# A pair of 512 tokens takes a model of 12 layers and 384 dimensions a quarter of a CPU second.
RERANKED = 20
# Pairs that a model reads at a time: on a CPU more are no faster, and hold more padding and more memory.
PAIRS_AT_ONCE = 8
# The longest piece that sentencepiece learns by default. What stands further on than the pieces that fit
# cannot be read, and taking it apart for every pair would cost more than the model.
MAX_CHARACTERS_OF_TOKEN = 16


class Reranker(Protocol):
    """Reads a query and a passage together.

    ``name`` is told with every answer that it had a part in.
    """

    @property
    def name(self) -> str: ...

    def relevance(self, query: str, passages: Sequence[str]) -> Scores:
        """How well each passage fits the query: a number for each, in their order, higher is better.

        Numbers of one call can be compared, and no others.

        Raises:
            RerankerError: the model gave something unusable.
        """


class CrossEncoderReranker:
    """Runs any sentence-transformers ``CrossEncoder`` by its name on the hub or from a local folder.

    A pair that is longer than the model reads is cut at the end of its longer half, so a short passage keeps
    all its words beside a long case, and each half at least half the room. Threads may share it: they take
    turns.

    Args:
        name_or_path: a model that is on disk is loaded without a call to the hub; another is fetched once,
            unless ``HF_HUB_OFFLINE`` forbids it.
        threads: how many threads compute; torch's own choice by default.
        device: ``"cpu"``, ``"cuda"``; the best there is by default.

    Raises:
        RerankerError: the model is not to be had, or does not score pairs.
    """

    def __init__(self, name_or_path: str, threads: int | None = None, device: str | None = None) -> None:
        self._name = Path(name_or_path).name if Path(name_or_path).is_dir() else name_or_path
        model = _load(name_or_path, device)
        _check_scores_pairs(self.name, model)
        if threads:
            import torch

            torch.set_num_threads(threads)
        self._model = model
        self._max_tokens = _room(model)
        if self._max_tokens is not None:
            model.max_seq_length = self._max_tokens
        self._turn = threading.Lock()  # the tokenizer is set to cut and pad at every call

    @property
    def name(self) -> str:
        """The model's name, or that of its folder."""
        return self._name

    def relevance(self, query: str, passages: Sequence[str]) -> Scores:
        """As ``Reranker.relevance``."""
        if not passages:
            return np.zeros(0)
        from torch import nn

        asked = self._readable(query)
        pairs = [(asked, self._readable(passage)) for passage in passages]
        with self._turn:
            scores: NDArray[Any] = self._model.predict(
                pairs,
                batch_size=PAIRS_AT_ONCE,
                show_progress_bar=False,
                activation_fn=nn.Identity(),  # a sigmoid makes equals of all that it rounds to 1
            )
        if not np.isfinite(scores).all():
            raise RerankerError(
                f"The reranker {self.name} gives numbers that cannot be compared.",
                "Choose another, or none: leave HJEMMEL_RERANKER empty.",
            )
        return np.asarray(scores, np.float64)

    def _readable(self, text: str) -> str:
        """The text as it is encoded elsewhere, without what stands too far on to be read."""
        cleaned = clean(text)
        if self._max_tokens is None:
            return cleaned
        return cleaned[: self._max_tokens * MAX_CHARACTERS_OF_TOKEN]


def dealt(scores: Scores, first: NDArray[np.int64], relevance: Scores) -> Scores:
    """The scores with those at ``first`` dealt out anew: the best to the most relevant, and so on.

    Args:
        scores: of all candidates.
        first: positions of those that were read again, best first.
        relevance: what the reranker gave each of ``first``; equally relevant ones keep their order.
    """
    order = np.argsort(-relevance, kind="stable")
    changed = scores.copy()
    changed[first[order]] = scores[first]
    return changed


def best_first(scores: Scores, count: int = RERANKED) -> NDArray[np.int64]:
    """Positions of the ``count`` best scores, best first; equal ones in order of position."""
    best: NDArray[np.int64] = np.argsort(-scores, kind="stable")[:count]
    return best


def words_of(store: Store, table: Table, nodes: Numbers, rows: Numbers) -> list[str]:
    """Passages as a reranker reads them: the title of the law or the decision, and the words.

    Args:
        nodes: the result that each passage stands in.
        rows: its row of the table.

    A passage whose document was erased meanwhile is empty: no search shows it.
    """
    held: dict[int, tuple[str, str] | None] = {}
    words = []
    for node, row in zip(nodes.tolist(), rows.tolist(), strict=True):
        key = table.document_of(node).key
        if key not in held:
            document = store.by_key(key)
            held[key] = (_title(document), store.text(key)) if document else None
        title_and_text = held[key]
        if title_and_text is None:
            words.append("")
            continue
        title, text = title_and_text
        words.append(f"{title}: {table.occurrence(row).span.of(text)}")
    return words


def _title(document: StoredDocument) -> str:
    title = document.metadata.title
    return work_title(title) if document.metadata.kind is Kind.RULE else title


def _load(name_or_path: str, device: str | None) -> CrossEncoder:
    try:
        from sentence_transformers import CrossEncoder

        loaded: CrossEncoder = from_disk_or_hub(CrossEncoder, name_or_path, device)
        return loaded
    except Exception as error:  # the library passes on whatever its many backends raise
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise RerankerError(
            f"The reranker {name_or_path!r} cannot be loaded: {reason}",
            "Check the name, let this machine reach the hub once, or copy the model's folder here and give "
            "its path. Search works without: leave HJEMMEL_RERANKER empty.",
        ) from error


def _check_scores_pairs(name: str, model: CrossEncoder) -> None:
    """Refuse a model that was not trained to give a pair one number.

    The library loads an encoder of single texts too, with a random head: its order would be chance.
    """
    remedy = "Choose a CrossEncoder made for ranking, or none: leave HJEMMEL_RERANKER empty."
    made = (getattr(model.config, "architectures", None) or [""])[0]
    if len(list(model)) == 1 and not made.endswith("ForSequenceClassification"):
        raise RerankerError(f"{name} is no reranker: it is a {made or 'model of no known kind'}.", remedy)
    if model.num_labels != 1:
        raise RerankerError(
            f"{name} gives a pair {model.num_labels} numbers, and a reranker gives one.", remedy
        )


def _room(model: CrossEncoder) -> int | None:
    """Tokens of a pair that the model can read; ``None``: any number.

    A model of the RoBERTa family counts positions from behind its padding, which its configuration does not
    tell: at its last two tokens it would fail.
    """
    limits = [model.max_seq_length or math.inf]
    for name, module in model.named_modules():
        if name.endswith("position_embeddings") and hasattr(module, "num_embeddings"):
            before = 0 if module.padding_idx is None else int(module.padding_idx) + 1
            limits.append(int(module.num_embeddings) - before)
    room = min(limits)
    # A tokenizer that knows no limit says so with a number of thirty digits.
    return None if room > 1_000_000 else int(room)
