"""A random model of the embedded one's architecture, small enough to be trained in a test."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.e5_weights import BLOCK, E5Weights, ModelShape, QuantizedTensor, Vocabulary

WORDS = (
    *("støj", "nabo", "leje", "hus", "plan", "møde", "frist"),
    *("klage", "afgørelse", "kommune", "borger", "støtte", "hegn", "have"),
)
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
HIDDEN, INNER, LAYERS = 32, 64, 3


def tiny_weights(seed: int = 5) -> E5Weights:
    """Random 4-bit weights; the vocabulary holds some words, all letters and pieces nothing uses."""
    chance = np.random.default_rng(seed)
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)] + list("æøå.,:§0123456789")
    pieces = (
        *SPECIAL,
        "▁",
        *letters,
        *(f"▁{word}" for word in WORDS),
        "▁unused",
        "ing",
        "▁query",
        "▁passage",
        "<mask>",
    )
    scores = np.array([0.0] * 4 + [-9.0] * (len(pieces) - 4), np.float32)
    scores[[pieces.index(f"▁{word}") for word in WORDS]] = -3.0
    scores[pieces.index("▁unused")] = -20.0

    def matrix(rows: int, columns: int) -> QuantizedTensor:
        count = rows * columns // BLOCK
        codes = chance.integers(0, 16, (count, BLOCK)).astype(np.uint8)
        scales = chance.uniform(0.01, 0.04, count).astype(np.float16).astype(np.float32)
        return QuantizedTensor(codes, scales)

    def vector(size: int, around: float = 0.0) -> NDArray[np.float32]:
        return (around + chance.normal(0, 0.02, size)).astype(np.float32)

    vectors = {
        "emb.pos": vector(64 * HIDDEN),
        "emb.type": vector(HIDDEN),
        "emb.ln.w": vector(HIDDEN, 1.0),
        "emb.ln.b": vector(HIDDEN),
    }
    matrices = {"emb.word": matrix(len(pieces), HIDDEN)}
    for layer in range(LAYERS):
        for part in ("q", "k", "v", "ao"):
            matrices[f"l{layer}.{part}.w"] = matrix(HIDDEN, HIDDEN)
            vectors[f"l{layer}.{part}.b"] = vector(HIDDEN)
        matrices[f"l{layer}.fi.w"], vectors[f"l{layer}.fi.b"] = matrix(INNER, HIDDEN), vector(INNER)
        matrices[f"l{layer}.fo.w"], vectors[f"l{layer}.fo.b"] = matrix(HIDDEN, INNER), vector(HIDDEN)
        for norm in ("aln", "oln"):
            vectors[f"l{layer}.{norm}.w"], vectors[f"l{layer}.{norm}.b"] = vector(HIDDEN, 1.0), vector(HIDDEN)
    shape = ModelShape(HIDDEN, LAYERS, 4, INNER, len(pieces), 64, 1)
    return E5Weights(shape, Vocabulary(pieces, scores, bos=0, pad=1, eos=2, unk=3), vectors, matrices, "tiny")
