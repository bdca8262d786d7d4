"""A smaller vocabulary: nine tenths of the embedded model are rows for pieces of a hundred languages.

Which pieces stay is counted, not judged: those that the tokenizer uses for any word of the texts given,
every single character, and the special ones. A text whose pieces all stay is read as before, piece by
piece: the best segmentation of a unigram model is still the best of fewer. Any other text is read in
smaller pieces, and none becomes unreadable that was not, since every character stays.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import wordfreq
import zstandard
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.errors import InputError
from index import e5_weights
from index.e5_weights import E5Weights, QuantizedTensor, Vocabulary

# Everyday words beside those of law: what citizens and caseworkers write, here and in the countries whose
# law is searched too. The lists are of the `wordfreq` package.
WORD_LISTS = ("da", "nb", "sv", "is", "fi", "de", "en")
_MOST_WORDS = 200_000  # of each list; what is rarer is read in pieces that commoner words use
_WORDS_AT_ONCE = 50_000
_SPACE = "▁"  # marks the beginning of a word in a piece


def everyday_words() -> set[str]:
    """The words of ``WORD_LISTS`` in lower case and capitalised: a sentence may begin with any."""
    words = {word for language in WORD_LISTS for word in wordfreq.top_n_list(language, _MOST_WORDS)}
    return words | {word.capitalize() for word in words}


def distinct_words(texts: Iterable[str]) -> set[str]:
    """The different words of ``texts``, as blanks divide them: no piece crosses a blank."""
    words: set[str] = set()
    for text in texts:
        words.update(text.split())
    return words


def used_pieces(tokenizer: Tokenizer, words: Iterable[str]) -> set[int]:
    """Ids of the pieces that the tokenizer reads ``words`` in."""
    used: set[int] = set()
    ordered = sorted(words)  # the tokenizer keeps what it met last: neighbours share their pieces
    for start in range(0, len(ordered), _WORDS_AT_ONCE):
        for reading in tokenizer.encode_batch_fast(ordered[start : start + _WORDS_AT_ONCE]):
            used.update(reading.ids)
    return used


def kept_pieces(vocabulary: Vocabulary, words: Iterable[str]) -> NDArray[np.int64]:
    """Ids of the pieces to keep, ascending, so that the special ones keep their places in front.

    The least likely piece is among them: the penalty for an unknown character is reckoned from it.
    """
    tokenizer = e5_weights.build_tokenizer(vocabulary)
    prefixes = (e5_weights.QUERY_PREFIX.strip(), e5_weights.PASSAGE_PREFIX.strip())
    kept = used_pieces(tokenizer, {*words, *prefixes})
    kept |= {vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk}
    kept.add(int(np.argmin(vocabulary.scores)))
    kept |= {
        number
        for number, piece in enumerate(vocabulary.pieces)
        if len(piece.removeprefix(_SPACE)) <= 1 or (piece[0] == "<" and piece[-1] == ">")
    }
    return np.array(sorted(kept), np.int64)


def prune(weights: E5Weights, kept: NDArray[np.int64]) -> E5Weights:
    """The model with the pieces ``kept``, renumbered in their order; no other weight changes.

    Raises:
        InputError: a special piece is not among them, or a piece is not in the vocabulary.
    """
    old = weights.vocabulary
    places = {int(number): place for place, number in enumerate(kept)}
    special = (old.bos, old.eos, old.pad, old.unk)
    if not places or max(places) >= len(old.pieces) or not places.keys() >= {*special}:
        raise InputError(
            f"{len(places)} pieces of {len(old.pieces)} make no vocabulary.",
            "Keep pieces of this model, <s>, </s>, <pad> and <unk> among them.",
        )
    bos, eos, pad, unk = (places[number] for number in special)
    vocabulary = Vocabulary(
        tuple(old.pieces[number] for number in kept), old.scores[kept], bos=bos, eos=eos, pad=pad, unk=unk
    )
    shape = weights.shape
    table = weights.matrices["emb.word"]
    words = QuantizedTensor(
        table.codes.reshape(shape.vocabulary, shape.hidden)[kept].reshape(-1, table.codes.shape[1]),
        table.scales.reshape(shape.vocabulary, -1)[kept].reshape(-1),
    )
    return replace(
        weights,
        shape=replace(shape, vocabulary=len(kept)),
        vocabulary=vocabulary,
        matrices={**weights.matrices, "emb.word": words},
    )


def share_read_alike(before: Tokenizer, after: Tokenizer, texts: Sequence[str]) -> float:
    """The share of the words of ``texts``, each counted as often as it stands, read in the same pieces."""
    same = total = 0
    for text in texts:
        words = text.split()
        pairs = zip(before.encode_batch(words), after.encode_batch(words), strict=True)
        same += sum(a.tokens == b.tokens for a, b in pairs)
        total += len(words)
    return same / total if total else 1.0


def read_texts(path: Path) -> Iterator[str]:
    """The text of a file a line at a time; of JSON lines (``.jsonl``, ``.jsonl.zst``) every string value.

    Raises:
        InputError: the file cannot be read, or is not what its name says.
    """
    try:
        with path.open("rb") as file:
            plain: Any = file
            if path.suffix == ".zst":
                plain = zstandard.ZstdDecompressor().stream_reader(file)
            with io.TextIOWrapper(plain, encoding="utf-8") as lines:
                for line in lines:
                    if ".jsonl" in path.suffixes:
                        yield from _strings(json.loads(line))
                    else:
                        yield line
    except (OSError, ValueError, zstandard.ZstdError) as error:
        raise InputError(f"{path} cannot be read: {error}.", "Name texts or JSON lines in UTF-8.") from error


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
