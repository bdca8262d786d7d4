"""Training pairs: a text that asks and the passage that answers it, kept apart by work, and in batches.

``index.adaptation.collect`` draws them out of the corpus. Works are kept apart by ``is_held_out``, a rule
over the work's id, so that another corpus splits the same way.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from corpus.errors import InputError

HELD_OUT_SHARE = 10  # one work in so many is never trained on


class Origin(StrEnum):
    """What makes a text ask for a passage."""

    REFERENCE = "reference"
    HEADING = "heading"
    ENABLING = "enabling"
    WORDING = "wording"
    EVERYDAY = "everyday"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and the passage that answers it, as ``index.build`` gives passages to the encoder.

    ``target`` is the § without its version (work and slug): two pairs with one target never share a
    batch, since each would count the other's passage as wrong.
    """

    query: str
    passage: str
    origin: Origin
    query_work: str
    passage_work: str
    target: str
    negatives: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """Pairs to train on, and pairs whose passages and works training never sees."""

    training: tuple[Pair, ...]
    held_out: tuple[Pair, ...]


def is_held_out(work_id: str) -> bool:
    """Whether a work is kept from training: one in ten, by a checksum of its id."""
    return hashlib.sha256(work_id.encode()).digest()[0] % HELD_OUT_SHARE == 0


def split(pairs: Iterable[Pair]) -> Split:
    """Pairs by the works of both sides; a pair that crosses the border is dropped.

    A passage that training sees under another work (an act that succeeded another) is not held out.
    """
    training: list[Pair] = []
    held_out: list[Pair] = []
    for pair in pairs:
        sides = {is_held_out(pair.query_work), is_held_out(pair.passage_work)}
        if len(sides) == 1:
            (held_out if sides.pop() else training).append(pair)
    seen = {_words_of(pair.passage) for pair in training}
    return Split(tuple(training), tuple(p for p in held_out if _words_of(p.passage) not in seen))


def _words_of(passage: str) -> str:
    return passage.partition(": ")[2]


def sample(pairs: Sequence[Pair], limits: dict[Origin, int], seed: int) -> list[Pair]:
    """At most so many pairs of each origin, shuffled; an origin without a limit gives none."""
    chance = random.Random(seed)  # noqa: S311 - a draw to repeat, not a secret
    chosen: list[Pair] = []
    for origin, limit in sorted(limits.items()):
        of_origin = [pair for pair in pairs if pair.origin is origin]
        chosen += chance.sample(of_origin, min(limit, len(of_origin)))
    chance.shuffle(chosen)
    return chosen


def batches(pairs: Sequence[Pair], size: int) -> list[list[Pair]]:
    """Pairs in batches of ``size`` in which no target and no question stands twice.

    Pairs are taken in their order; one that clashes waits for the next batch that has room. The last
    batches may be smaller; one of a single pair teaches nothing and is dropped.
    """
    made: list[list[Pair]] = []
    taken: list[set[str]] = []
    first_open = 0
    for pair in pairs:
        number = first_open
        while number < len(made) and (
            len(made[number]) >= size or {pair.target, pair.query, pair.passage} & taken[number]
        ):
            number += 1
        if number == len(made):
            made.append([])
            taken.append(set())
        made[number].append(pair)
        taken[number] |= {pair.target, pair.query, pair.passage}
        while first_open < len(made) and len(made[first_open]) >= size:
            first_open += 1
    return [batch for batch in made if len(batch) > 1]


def write_pairs(pairs: Iterable[Pair], path: Path) -> None:
    """Write pairs as JSON lines."""
    lines = (json.dumps(asdict(pair), ensure_ascii=False) for pair in pairs)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read_pairs(path: Path) -> list[Pair]:
    """Pairs as ``write_pairs`` wrote them.

    Raises:
        InputError: the file cannot be read, or a line of it is no pair.
    """
    found: list[Pair] = []
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                values = {"negatives": (), **json.loads(line)}
                negatives = tuple((target, passage) for target, passage in values["negatives"])
                found.append(Pair(**{**values, "origin": Origin(values["origin"]), "negatives": negatives}))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Name a file of pairs.") from error
    except (ValueError, TypeError, KeyError) as error:
        number = len(found) + 1
        raise InputError(f"{path}, line {number}, is no pair: {error}.", "Make the pairs again.") from error
    return found
