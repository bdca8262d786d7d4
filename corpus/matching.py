"""Which units of one version are the same rule as which units of the next, judged by their words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.links import Ground, Unit
from corpus.types import Locator
from corpus.wording import Rarity


@dataclass(frozen=True, slots=True)
class Pair:
    """Two units that are the same rule."""

    old: Unit
    new: Unit
    likeness: float
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A unit of one version whose words stand in a unit of the other that has another counterpart."""

    part: Unit
    whole: Unit
    likeness: float


@dataclass(frozen=True, slots=True)
class Matching:
    """What was found between two lists of units. Repealed and omitted ones take no part in it."""

    pairs: dict[Locator, Pair]  # by the old locator
    splits: tuple[Part, ...]  # new parts of an old whole
    mergers: tuple[Part, ...]  # old parts of a new whole
    doubtful: dict[Locator, tuple[Locator, ...]]  # old units with several equally good candidates


# The least likeness for a pair, by how well the places fit. Tuned by reading pairs from lov om aktiv
# socialpolitik and serviceloven: below .5 two stk. in unrelated places share a subject, not a rule;
# in the same place half of that still is the old rule, written anew.
_LEAST_ANYWHERE = 0.5
_LEAST_IN_PLACE = 0.35
_LEAST_SAME_NUMBER = 0.2
# A text that stands almost whole in the one under its number has grown by a sentence, or lost one.
_ALMOST_WHOLE = 0.85
# What a fitting place adds to likeness when pairs compete.
_FOR_NUMBER, _FOR_PLACE = 0.12, 0.06
# Closer than this, two candidates in no fitting place are equally good: reforms repeat a rule in several
# chapters with a few words changed.
_TIE = 0.05
# A part has this share of its words from the whole; all parts together explain this share of the
# words that the whole's counterpart lacks.
_CONTAINED, _EXPLAINED = 0.6, 0.5
_COPIED = 1.5  # parts that hold this many times the words they hold together are copies of each other
_FEWEST_WORDS = 10  # shorter texts («Stk. 3 finder tilsvarende anvendelse.») are contained in anything
_RARE = 12  # a shingle in more texts than this proposes no candidates
_MOST_CANDIDATES = 6


def match(old: Sequence[Unit], new: Sequence[Unit], *, numbered: bool = True) -> Matching:
    """Match two lists of units in text order.

    Args:
        numbered: whether equal locators speak for a match; not in transitional rules, whose blocks
            count the amending acts that happen to be printed.
    """
    matcher = _Matcher(old, new, numbered)
    matcher.pair_equal(lambda unit: unit.words, Ground.EQUAL_WORDS)
    matcher.pair_equal(lambda unit: unit.masked, Ground.POINTERS_ONLY)
    matcher.pair_alike()
    if not numbered:  # transitional rules repeat each other's phrases: parts of them prove nothing
        return Matching(matcher.pairs, (), (), matcher.doubtful)
    splits = matcher.parts(matcher.free_new(), matcher.old, lambda p: (p.old, p.new))
    splits = matcher.without_copies(splits)
    in_splits = {s.whole.locator for s in splits}
    free_old = [u for u in matcher.free_old() if u.locator not in in_splits]
    mergers = matcher.parts(free_old, matcher.new, lambda p: (p.new, p.old))
    return Matching(matcher.pairs, tuple(splits), tuple(mergers), matcher.doubtful)


class _Matcher:
    """Pairs up the units of two lists step by step; a pair once made stands."""

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit], numbered: bool) -> None:
        self.old = [u for u in old if not u.empty]
        self.new = [u for u in new if not u.empty]
        self.pairs: dict[Locator, Pair] = {}
        self.doubtful: dict[Locator, tuple[Locator, ...]] = {}
        self._numbered = numbered
        self._rarity = Rarity.over(u.shingles for u in (*self.old, *self.new))
        self._taken: set[Locator] = set()
        self._votes: Counter[tuple[Locator, Locator]] = Counter()
        self._homes: set[tuple[Locator, Locator]] = set()
        self._settle_homes()

    def free_old(self) -> list[Unit]:
        return [u for u in self.old if u.locator not in self.pairs]

    def free_new(self) -> list[Unit]:
        return [u for u in self.new if u.locator not in self._taken]

    def _pair(self, a: Unit, b: Unit, *grounds: Ground, likeness: float = 1.0) -> None:
        self.pairs[a.locator] = Pair(a, b, likeness, grounds)
        self.doubtful.pop(a.locator, None)
        self._taken.add(b.locator)
        self._votes[a.home, b.home] += len(a.words)

    def _same_number(self, a: Unit, b: Unit) -> bool:
        return self._numbered and a.locator == b.locator

    def _in_place(self, a: Unit, b: Unit) -> bool:
        """Whether ``b`` stands in the § that most of the words of ``a``'s § went to."""
        return (a.home, b.home) in self._homes

    def _settle_homes(self) -> None:
        best: dict[Locator, tuple[int, Locator]] = {}
        for (a, b), weight in self._votes.items():
            if weight > best.get(a, (0, a))[0]:
                best[a] = (weight, b)
        self._homes = {(a, b) for a, (_, b) in best.items()}
        if self._numbered:  # a § none of whose words were found keeps its number, unless that is taken
            taken = {b for _, b in self._homes}
            there = {u.home for u in self.new} - taken
            self._homes |= {(a, a) for a in {u.home for u in self.old} - set(best) if a in there}

    def pair_equal(self, key: Callable[[Unit], tuple[str, ...]], ground: Ground) -> None:
        """Pair equal words: under the same number, then where one is left, in the place, in order."""
        sides: dict[tuple[str, ...], tuple[list[Unit], list[Unit]]] = {}
        for side, units in enumerate((self.free_old(), self.free_new())):
            for unit in units:
                sides.setdefault(key(unit), ([], []))[side].append(unit)
        several = []
        for a, b in sides.values():
            if not (a and b):
                continue
            self._pair_where(a, b, self._same_number, ground, Ground.SAME_NUMBER)
            if len(a) == len(b) == 1:
                self._pair(a[0], b[0], ground)
            elif a and b:
                several.append((a, b))
        self._settle_homes()
        for a, b in several:
            self._pair_where(a, b, self._in_place, ground, Ground.SAME_PLACE)
            if len(a) == len(b):
                for unit, other in zip(a, b, strict=True):
                    self._pair(unit, other, ground, Ground.ORDER)
            elif b:
                names = tuple(other.locator for other in b[:_MOST_CANDIDATES])
                self.doubtful.update({unit.locator: names for unit in a})
        self._settle_homes()

    def _pair_where(
        self, a: list[Unit], b: list[Unit], fits: Callable[[Unit, Unit], bool], *grounds: Ground
    ) -> None:
        """Pair and take out those of ``a`` that exactly one of ``b`` fits."""
        for unit in list(a):
            fitting = [other for other in b if fits(unit, other)]
            if len(fitting) == 1:
                self._pair(unit, fitting[0], *grounds)
                a.remove(unit)
                b.remove(fitting[0])

    def pair_alike(self) -> None:
        """Pair the rest by likeness, the best pair of all first; a tie in unrelated places is left."""
        found: list[tuple[float, int, Pair]] = []
        order = {u.locator: i for i, u in enumerate(self.new)}
        rivals: defaultdict[Locator, list[tuple[float, Unit]]] = defaultdict(list)
        free = _Postings(self.free_new(), lambda u: u.shingles)
        places: defaultdict[Locator, list[Unit]] = defaultdict(list)
        for unit in free.units:
            places[unit.home].append(unit)
        homes = dict(self._homes)
        for a in self.free_old():
            near = (*places[homes.get(a.home, a.home)], *(places[a.home] if self._numbered else ()))
            for b in {u.locator: u for u in (*free.best(a, self._rarity), *near)}.values():
                pair, score = self._judge(a, b)
                if pair:
                    found.append((score, -order[b.locator], pair))
                    rivals[a.locator].append((score, b))
        found.sort(key=lambda f: f[:2], reverse=True)
        for score, _, pair in found:
            a, b = pair.old, pair.new
            if a.locator in self.pairs or b.locator in self._taken:
                continue
            if pair.grounds == (Ground.LIKE_WORDS,):
                tied = [o for s, o in rivals[a.locator] if score - s < _TIE and o.locator not in self._taken]
                if len(tied) > 1:
                    self.doubtful[a.locator] = tuple(o.locator for o in tied)
                    continue
            self._pair(a, b, *pair.grounds, likeness=pair.likeness)

    def _judge(self, a: Unit, b: Unit) -> tuple[Pair | None, float]:
        """The pair with its score, where it is alike enough for how well the places fit."""
        number, place = self._same_number(a, b), self._in_place(a, b)
        least = _LEAST_ANYWHERE
        grounds = [Ground.LIKE_WORDS]
        if number:
            least = _LEAST_SAME_NUMBER if place else _LEAST_IN_PLACE
            grounds.append(Ground.SAME_NUMBER)
        elif place:
            least = _LEAST_IN_PLACE
            grounds.append(Ground.SAME_PLACE)
        likeness = self._rarity.likeness(a.shingles, b.shingles)
        fits = likeness >= least
        if not fits and number and min(len(a.masked), len(b.masked)) >= _FEWEST_WORDS:
            fits = self._rarity.containment(a.shingles, b.shingles) >= _ALMOST_WHOLE
        pair = Pair(a, b, likeness, tuple(grounds)) if fits else None
        return pair, likeness + _FOR_NUMBER * number + _FOR_PLACE * place

    def parts(
        self, units: Iterable[Unit], wholes: Iterable[Unit], sides: Callable[[Pair], tuple[Unit, Unit]]
    ) -> list[Part]:
        """Of ``units`` those whose words stand in a whole that its counterpart does not explain.

        ``sides``: of a pair, the unit on the side of the wholes and its counterpart.
        """
        known = {whole.locator: other for whole, other in map(sides, self.pairs.values())}
        left: dict[Locator, Counter[str]] = {}
        candidates = []
        for whole in wholes:
            rest = whole.shingles
            if (other := known.get(whole.locator)) is not None:
                rest = whole.shingles - other.shingles
            if rest:
                left[whole.locator] = rest
                candidates.append(whole)
        postings = _Postings(candidates, lambda u: left[u.locator])
        of_whole: defaultdict[Locator, list[Part]] = defaultdict(list)
        by_locator = {u.locator: u for u in candidates}
        for unit in units:
            best: Part | None = None
            for whole in postings.best(unit, self._rarity) if len(unit.masked) >= _FEWEST_WORDS else ():
                shared = self._rarity.overlap(unit.shingles, left[whole.locator])
                share = shared / self._rarity.size(unit.shingles)
                if share >= _CONTAINED and (best is None or share > best.likeness):
                    best = Part(unit, whole, share)
            if best:
                of_whole[best.whole.locator].append(best)
        return [
            part
            for where, found in of_whole.items()
            if self._explained(by_locator[where], left[where], found, where in known)
            for part in found
        ]

    def without_copies(self, splits: list[Part]) -> list[Part]:
        """Splits whose parts hold different words; where two hold the same ones, either may be meant."""
        of_whole: defaultdict[Locator, list[Part]] = defaultdict(list)
        for part in splits:
            of_whole[part.whole.locator].append(part)
        kept: list[Part] = []
        for where, found in of_whole.items():
            together: Counter[str] = Counter()
            apart = 0.0
            for part in found:
                shared = part.part.shingles & part.whole.shingles
                together |= shared
                apart += self._rarity.size(shared)
            if apart <= _COPIED * self._rarity.size(together):
                kept.extend(found)
            elif where not in self.pairs:
                self.doubtful[where] = tuple(p.part.locator for p in found)
        return kept

    def _explained(self, whole: Unit, left: Counter[str], found: list[Part], paired: bool) -> bool:
        """Whether the parts make up what is left of the whole, and more than one thing came of it."""
        together: Counter[str] = Counter()
        for part in found:
            together |= part.part.shingles
        enough = self._rarity.overlap(together, left) >= _EXPLAINED * self._rarity.size(left)
        return enough and len(found) + paired > 1 and len(whole.masked) >= _FEWEST_WORDS


class _Postings:
    """Units by the shingles they hold, to propose those that share rare ones."""

    def __init__(self, units: Sequence[Unit], shingles_of: Callable[[Unit], Counter[str]]) -> None:
        self.units = units
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, unit in enumerate(units):
            for shingle in shingles_of(unit):
                self._holders[shingle].append(number)

    def best(self, unit: Unit, rarity: Rarity) -> list[Unit]:
        """The units that share most of the rare shingles of ``unit``, best first."""
        found: Counter[int] = Counter()
        for shingle in unit.shingles:
            holders = self._holders.get(shingle, ())
            if len(holders) <= _RARE:
                weight = rarity.weights[shingle]
                for number in holders:
                    found[number] += weight  # type: ignore[assignment]
        return [self.units[number] for number, _ in found.most_common(_MOST_CANDIDATES)]
