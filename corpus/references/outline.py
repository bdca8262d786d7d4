"""The provisions of one version, arranged so that a printed pointer can be looked up in them.

A pointer is held to what the version prints. What stands there twice is undecided, and what does not
stand there is told with the deepest part of the pointer that does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.types import Level, Locator, Part, Provision

_CHAPTER = re.compile(r"kap(?:itel|\.) ?(?P<number>\d+(?: ?[a-zæøå](?!\w))?|[IVXL]+(?!\w))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """What a pointer comes to in a version.

    ``found`` holds one provision, or several where the version prints the number more than once.
    ``stands`` is the deepest part of the pointer that exists; None where not even its § does.
    """

    found: tuple[Provision, ...] = ()
    stands: Locator | None = None


class Outline:
    """Looks up pointers in the provisions of one version.

    Args:
        provisions: in text order, as the store gives them.
    """

    def __init__(self, provisions: Iterable[Provision]) -> None:
        self._ordered = list(provisions)
        self._by_locator = {p.locator: index for index, p in enumerate(self._ordered)}
        self._starts = [p.span.start for p in self._ordered]
        self._paragraphs: defaultdict[str, list[Locator]] = defaultdict(list)
        self._chapters: defaultdict[str, dict[str, list[Provision]]] = defaultdict(dict)
        self._below: set[Locator] = set()  # provisions that have sentences of their own
        self._stks: defaultdict[Locator, int] = defaultdict(int)
        for provision in self._ordered:
            self._enter(provision)

    def _enter(self, provision: Provision) -> None:
        locator = provision.locator
        if provision.level is Level.PARAGRAPH and locator.part is Part.MAIN:
            self._paragraphs[locator.paragraph.casefold()].append(locator)
            if match := _CHAPTER.match(provision.chapter):
                named = self._chapters[_plain(match["number"])]
                named.setdefault(provision.chapter, []).append(provision)
        elif provision.level is Level.STK:
            self._stks[replace(locator, stk=None)] += 1
        elif provision.level is Level.PKT:
            self._below.add(replace(locator, pkt=None))

    @property
    def paragraphs(self) -> list[Provision]:
        """The §§ of every part in text order."""
        return [p for p in self._ordered if p.level is Level.PARAGRAPH]

    def at(self, offset: int) -> Provision | None:
        """The deepest provision whose words stand at ``offset``; None outside of all."""
        # What is deeper stands later in text order, so the first met going back is the deepest.
        for index in range(bisect_right(self._starts, offset) - 1, -1, -1):
            provision = self._ordered[index]
            if offset < provision.span.end:
                return provision
            if provision.level is Level.PARAGRAPH:
                return None
        return None

    def look_up(self, locator: Locator) -> Place:
        """The provision that ``locator`` points to as printed: an implicit stk. 1 need not be named."""
        if locator.part is not Part.MAIN or locator.block or not locator.paragraph:
            return self._below_head(locator, replace(locator, stk=None, nr=None, litra=None, pkt=None))
        heads = self._paragraphs.get(locator.paragraph.casefold(), [])
        exact = [head for head in heads if head.paragraph == locator.paragraph]
        places = [self._below_head(locator, head) for head in exact or heads]
        found = tuple(provision for place in places for provision in place.found)
        if found or not places:
            return Place(found, locator if found else None)
        return places[0]

    def between(self, first: Provision, last: Provision) -> list[Provision]:
        """The provisions of one level from ``first`` to ``last``, both included, in text order."""
        low, high = self._by_locator[first.locator], self._by_locator[last.locator]
        return [p for p in self._ordered[low : high + 1] if p.level is first.level]

    def chapter(self, number: str) -> list[list[Provision]]:
        """The §§ of each chapter with this number; more than one where the numbers begin anew."""
        return list(self._chapters.get(_plain(number), {}).values())

    def single_stk(self, locator: Locator) -> bool:
        """Whether the § has one stk. only, so that a lawyer cites it without «stk. 1»."""
        return self._stks[replace(locator, stk=None, nr=None, litra=None, pkt=None)] <= 1

    def _below_head(self, asked: Locator, head: Locator) -> Place:
        if head not in self._by_locator:
            return Place()
        reached = head
        stk = asked.stk
        if stk is None and (asked.nr or asked.litra or asked.pkt) and self._stks[head] == 1:
            stk = 1
        for name, value in (("stk", stk), ("nr", asked.nr), ("litra", asked.litra), ("pkt", asked.pkt)):
            if value is None:
                continue
            step = self._step(reached, name, value)
            if step is None:
                return Place((), reached)
            reached = step
        return Place((self._ordered[self._by_locator[reached]],), reached)

    def _step(self, reached: Locator, name: str, value: str | int) -> Locator | None:
        step = replace(reached, **{name: value})  # type: ignore[arg-type]
        if step in self._by_locator:
            return step
        if name == "pkt" and value == 1 and reached not in self._below:
            return reached  # one sentence: it is the whole unit
        if name == "litra" and isinstance(value, str):
            other = replace(reached, litra=value.swapcase())
            return other if other in self._by_locator else None
        return None


def rank(paragraph: str) -> int:
    """A number that sorts § labels as they stand in an act: 9, 9 a, 9 b, 10. 0 for what is none."""
    match = re.match(r"(\d+) ?([a-zæøå]?)", paragraph.lower())
    return int(match[1]) * 64 + (ord(match[2]) % 64 if match[2] else 0) if match else 0


def _plain(number: str) -> str:
    return number.replace(" ", "").casefold()
