"""Words of legal text as they are compared: tokens, likeness of two texts, and a readable difference."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from corpus.types import Span

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_PIECE = re.compile(r"\w+(?:[.,]\d+)*|[^\w\s]")
_LABEL = r"\d{1,4}(?: ?[a-zæøå](?![\wæøå]))?"
_MORE = rf"(?:(?: ?[-–] ?|, | og | eller |,? samt ){_LABEL}(?!\w)){{0,30}}"
# A pointer by number; the numbers change when provisions move though the rule stays the same.
_POINTER = re.compile(
    rf"§+ ?{_LABEL}{_MORE}|\b(?:stk|nr|kapitel|kap|pkt)\.? ?{_LABEL}{_MORE}"
    r"|\blitra [a-zæøå]\b|\b\d{1,2}\. pkt\b",
    re.IGNORECASE,
)
_SIGN = " § "


def words(text: str) -> tuple[str, ...]:
    """The words and numbers of ``text`` in lower case; punctuation and layout make no difference."""
    return tuple(_WORD.findall(text.casefold()))


def words_without_pointers(text: str) -> tuple[str, ...]:
    """As ``words``, with every pointer to a provision («§ 14, stk. 2») replaced by one sign."""
    masked = _POINTER.sub(_SIGN, text)
    return tuple(w for w in re.findall(r"\w+(?:[.,]\d+)*|§", masked.casefold()))


def shingles(tokens: tuple[str, ...]) -> Counter[str]:
    """Single words and pairs of neighbours, with their counts."""
    found = Counter(tokens)
    found.update(f"{a} {b}" for a, b in pairwise(tokens))
    return found


@dataclass(frozen=True, slots=True)
class Rarity:
    """How telling each shingle is: the logarithm of how few texts hold it (inverse document frequency).

    Lowest, at about 0.7, for what stands in every text.
    """

    weights: dict[str, float]

    @classmethod
    def over(cls, texts: Iterable[Counter[str]]) -> Rarity:
        """Counted over the texts that are compared with each other; these are all it can weigh."""
        frequency: Counter[str] = Counter()
        number = 0
        for text in texts:
            frequency.update(text.keys())
            number += 1
        weight = {n: math.log(1 + (number + 1) / n) for n in set(frequency.values())}
        return cls({shingle: weight[n] for shingle, n in frequency.items()})

    def size(self, text: Counter[str]) -> float:
        """The summed weight of a text."""
        weights = self.weights
        return sum(weights[s] * n for s, n in text.items())

    def overlap(self, a: Counter[str], b: Counter[str]) -> float:
        """The summed weight of what two texts share."""
        if len(a) > len(b):
            a, b = b, a
        weights = self.weights
        return sum(weights[s] * min(n, b[s]) for s, n in a.items() if s in b)

    def likeness(self, a: Counter[str], b: Counter[str]) -> float:
        """Weighted Dice coefficient: 0 nothing in common, 1 the same words in the same pairs."""
        total = self.size(a) + self.size(b)
        return 2 * self.overlap(a, b) / total if total else 1.0

    def containment(self, a: Counter[str], b: Counter[str]) -> float:
        """The share of the smaller text that the other holds."""
        smaller = min(self.size(a), self.size(b))
        return self.overlap(a, b) / smaller if smaller else 1.0


class Edit(StrEnum):
    """What became of a stretch of words."""

    EQUAL = "equal"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of words of one kind.

    ``span`` counts code points in the old text for EQUAL and DELETED, in the new one for INSERTED;
    ``text`` is verbatim. For EQUAL the new text may differ in blanks and line breaks only.
    """

    edit: Edit
    span: Span
    text: str


# Beyond this many words on both sides together a difference is not readable, and takes seconds.
_LONGEST_DIFFERENCE = 20_000


def diff(old: str, new: str) -> tuple[Stretch, ...]:
    """The difference between two wordings word by word, in reading order.

    Joined without the INSERTED stretches it holds every word of ``old`` in order, without the DELETED
    ones every word of ``new``. Texts longer than 20,000 words together come back as one deletion and
    one insertion.
    """
    a, b = (list(_PIECE.finditer(text)) for text in (old, new))
    if len(a) + len(b) > _LONGEST_DIFFERENCE:
        return tuple(s for s in (_stretch(Edit.DELETED, old, a), _stretch(Edit.INSERTED, new, b)) if s)
    matcher = SequenceMatcher(None, [m.group() for m in a], [m.group() for m in b], autojunk=False)
    found: list[Stretch] = []
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            pieces = [_stretch(Edit.EQUAL, old, a[a0:a1])]
        else:
            pieces = [_stretch(Edit.DELETED, old, a[a0:a1]), _stretch(Edit.INSERTED, new, b[b0:b1])]
        found.extend(p for p in pieces if p)
    return tuple(found)


def _stretch(edit: Edit, text: str, pieces: list[re.Match[str]]) -> Stretch | None:
    if not pieces:
        return None
    span = Span(pieces[0].start(), pieces[-1].end())
    return Stretch(edit, span, span.of(text))
