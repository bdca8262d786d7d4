"""What every engine shares: windows, batches of like length, pooling, the order of results."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.types import Span
from index.errors import EncoderError
from index.windows import TokenBudget, checked

Vectors = NDArray[np.float32]

# Tokens of one batch, padding included. Throughput on a CPU is the same from 150 to 4,800 tokens;
# attention's memory grows with it: 25 MB a layer at this size.
BATCH_TOKENS = 2048
# Windows held at a time: sorting so many by length leaves little padding.
BLOCK_WINDOWS = 1024


class Role(StrEnum):
    """What a text is to the search: many models read queries and passages differently."""

    QUERY = "query"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a model reads texts. ``max_tokens`` is ``None`` for a model that takes any length."""

    prefixes: dict[Role, str]
    max_tokens: int | None
    pooling: str

    def budgets(self, tokenizer: Tokenizer) -> dict[Role, TokenBudget] | None:
        """How much text fits, by role. ``tokenizer`` must belong to the caller: it is set not to cut."""
        if self.max_tokens is None:
            return None
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return {
            role: TokenBudget(tokenizer, self.max_tokens, prefix) for role, prefix in self.prefixes.items()
        }

    def fingerprint(self, weights: str) -> str:
        """What an index must share with the queries put to it. ``weights`` tells them and the tokenizer."""
        prefixes = ", ".join(f"{role} {prefix!r}" for role, prefix in sorted(self.prefixes.items()))
        length = f"{self.max_tokens} tokens" if self.max_tokens else "any length"
        return f"{weights}; pooling {self.pooling}; prefixes {prefixes}; {length}"


@dataclass(frozen=True, slots=True)
class _Window:
    text: int  # number of the text it belongs to
    words: str
    tokens: int


class WindowedEncoder(ABC):
    """Encodes texts of any length by an engine that takes texts of limited length."""

    name: str
    fingerprint: str
    dimension: int
    budgets: dict[Role, TokenBudget] | None  # None for a model that takes texts of any length

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, Role.PASSAGE)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, Role.QUERY)

    def split_to_fit(self, passage: str) -> list[Span]:
        """Spans of ``passage`` that the model takes whole; see ``TokenBudget.split``."""
        return self.budgets[Role.PASSAGE].split(passage) if self.budgets else [Span(0, len(passage))]

    @abstractmethod
    def _embed(self, texts: list[str], role: Role) -> Vectors:
        """Vectors of length 1 of texts that fit the model."""

    def _encode(self, texts: Sequence[str], role: Role) -> Vectors:
        sums = np.zeros((len(texts), self.dimension), np.float32)
        for block in self._blocks(texts, role):
            block.sort(key=lambda window: window.tokens)
            for batch in _batches(block):
                vectors = self._embed([window.words for window in batch], role)
                for window, vector in zip(batch, vectors, strict=True):
                    sums[window.text] += window.tokens * vector
        return self._normalised(sums)

    def _blocks(self, texts: Sequence[str], role: Role) -> Iterator[list[_Window]]:
        """The windows of all texts, some thousand at a time, so that memory does not grow with the list."""
        block: list[_Window] = []
        for number, text in enumerate(checked(texts)):
            if self.budgets:
                windows = self.budgets[role].windows(text)
                block += [_Window(number, span.of(text), tokens) for span, tokens in windows]
            else:
                block.append(_Window(number, text, len(text)))
            if len(block) >= BLOCK_WINDOWS:
                yield block
                block = []
        if block:
            yield block

    def _normalised(self, sums: Vectors) -> Vectors:
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        if not (np.isfinite(lengths).all() and (lengths > 0).all()):
            raise EncoderError(
                f"The model {self.name} gave a vector that is not a number or has no length.",
                "Its files may be damaged: set the model up again, or choose another.",
            )
        sums /= lengths
        return sums


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    """Runs of windows, sorted by length, that hold at most ``BATCH_TOKENS`` once padded."""
    batch: list[_Window] = []
    for window in windows:
        if batch and (len(batch) + 1) * window.tokens > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def available_threads() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
