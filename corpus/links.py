"""The vocabulary of genealogy: provisions as they are compared, and how two of them are related."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.types import Level, Locator, Provision
from corpus.wording import shingles, words, words_without_pointers


class Change(StrEnum):
    """What became of a provision from one version to the next."""

    SAME = "same"
    REWORDED = "reworded"
    MOVED = "moved"
    MOVED_REWORDED = "moved_reworded"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    REPEALED = "repealed"
    ABSENT = "absent"  # not printed in the new version though nothing repealed it


class Ground(StrEnum):
    """Why a link holds."""

    EQUAL_WORDS = "equal_words"
    POINTERS_ONLY = "pointers_only"  # only the numbers of provisions pointed to differ
    LIKE_WORDS = "like_words"  # see ``similarity``
    SAME_NUMBER = "same_number"
    SAME_HEADING = "same_heading"  # a heading that stands over this § alone, in both versions
    SAME_PLACE = "same_place"  # stands in the § that took the place of its own
    ORDER = "order"  # one of several with equal words, told apart by their order
    CONTAINED = "contained"  # a split or merger: the words of one are found in the other
    PRINTED_REPEALED = "printed_repealed"  # the new version prints «(Ophævet)» under the number
    PRINTED_OMITTED = "printed_omitted"  # the new version prints «(Udelades)» under the number
    NOT_FOUND = "not_found"  # no provision with enough of the words
    SEVERAL_CANDIDATES = "several_candidates"  # two are equally like it: see ``candidates``
    NUMBER_REUSED = "number_reused"  # its number now holds another rule


@dataclass(frozen=True, slots=True)
class Link:
    """One relation between provisions of two versions.

    ``old`` is empty for NEW, ``new`` for REPEALED and ABSENT; SPLIT has several ``new``, MERGED several
    ``old``. ``similarity`` from 0 to 1 is the weighted share of words in common.
    """

    change: Change
    old: tuple[Locator, ...]
    new: tuple[Locator, ...]
    similarity: float
    grounds: tuple[Ground, ...]
    candidates: tuple[Locator, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A provision as it is compared."""

    locator: Locator
    repealed: bool
    omitted: bool
    heading: str
    words: tuple[str, ...]
    masked: tuple[str, ...]
    shingles: Counter[str]

    @property
    def empty(self) -> bool:
        """Whether it is printed as repealed or omitted."""
        return self.repealed or self.omitted

    @property
    def home(self) -> Locator:
        """The § it stands in."""
        return Locator(self.locator.paragraph, part=self.locator.part, block=self.locator.block)


@dataclass(frozen=True, slots=True)
class Wording:
    """The provisions of one version, ready to be compared."""

    paragraphs: dict[Locator, Unit]
    stks: dict[Locator, Unit]
    nrs: dict[Locator, tuple[Unit, ...]]  # by the locator of their stk.


def read_wording(text: str, provisions: Iterable[Provision]) -> Wording:
    """The provisions of a version as compared: §§, stk. (a § without any counts as one) and nr."""
    paragraphs: dict[Locator, Unit] = {}
    stks: dict[Locator, Unit] = {}
    nrs: defaultdict[Locator, list[Unit]] = defaultdict(list)
    for provision in provisions:
        where = provision.locator
        if provision.level is Level.PARAGRAPH:
            paragraphs[where] = _unit(provision, text)
        elif provision.level is Level.STK:
            stks[where] = _unit(provision, text)
        elif provision.level is Level.NR:
            nrs[replace(where, nr=None)].append(_unit(provision, text))
    with_stk = {unit.home for unit in stks.values()}
    for where, unit in paragraphs.items():
        if where not in with_stk:
            stks[replace(where, stk=1) if where.paragraph else where] = replace(
                unit, locator=replace(where, stk=1) if where.paragraph else where
            )
    return Wording(paragraphs, stks, {k: tuple(v) for k, v in nrs.items()})


_OMITTED = ("udelades",)


def _unit(provision: Provision, text: str) -> Unit:
    body = provision.body.of(text)
    masked = words_without_pointers(body)
    spoken = words(body)
    return Unit(
        provision.locator,
        provision.repealed,
        spoken == _OMITTED,
        provision.heading,
        spoken,
        masked,
        shingles(masked),
    )
