"""What became of each §, from where the words of its stk. went."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.links import Change, Ground, Link, Unit, Wording
from corpus.types import Locator, Part
from corpus.wording import Rarity

# A § is a part of a split, or went into a merger, where this share of its words did.
_MOST = 0.5
# A § that keeps its number is still the same § with this share of its words; another one needs more.
_SOME, _ENOUGH = 0.15, 0.3
# A § that kept its number, none of whose stk. were found, is still that § written anew if this alike:
# below it pairs read in the two test acts had no more than their subject in common.
_LEAST_ANEW = 0.12


def align_paragraphs(old: Wording, new: Wording, stks: Iterable[Link]) -> Iterator[Link]:
    """Links between the §§ of two versions, in the order of the old text, then what is new."""
    flow = _Flow(old, new, stks)
    headings = _only_headings(old) & _only_headings(new)
    rarity = Rarity.over(u.shingles for w in (old, new) for u in w.paragraphs.values())
    reached: set[Locator] = set()
    merged: set[Locator] = set()
    for where, unit in old.paragraphs.items():
        if where in merged:
            continue
        there = new.paragraphs.get(where)
        targets = flow.targets(where)
        if unit.empty:
            yield empty_link(unit, there)
            continue
        if not targets and there and there.omitted:
            yield Link(Change.ABSENT, (where,), (), 0.0, (Ground.PRINTED_OMITTED,))
            continue
        if not targets and there and where.part is Part.MAIN and not there.empty:
            headed = (where, unit.heading) in headings and unit.heading == there.heading
            anew = headed or rarity.likeness(unit.shingles, there.shingles) >= _LEAST_ANEW
            targets = [where] if anew and not flow.sources(where) else []
        if not targets:
            grounds = [Ground.NOT_FOUND]
            if there and where.part is Part.MAIN:
                grounds.append(Ground.PRINTED_REPEALED if there.repealed else Ground.NUMBER_REUSED)
            yield Link(Change.REPEALED, (where,), (), 0.0, tuple(grounds))
            continue
        reached.update(targets)
        sources = flow.sources(targets[0])
        if len(targets) > 1 or len(sources) > 1:
            change = Change.SPLIT if len(targets) > 1 else Change.MERGED
            olds = (where,) if change is Change.SPLIT else tuple(sources)
            merged.update(olds)
            yield Link(change, olds, tuple(targets), flow.share(olds, targets), (Ground.CONTAINED,))
            continue
        other = new.paragraphs[targets[0]]
        moved, equal = has_moved(where, other.locator), unit.words == other.words
        likeness = 1.0 if equal else round(rarity.likeness(unit.shingles, other.shingles), 3)
        ground = Ground.EQUAL_WORDS if equal else Ground.LIKE_WORDS
        if not equal and unit.masked == other.masked:
            ground = Ground.POINTERS_ONLY
        grounds = [ground] if moved or where.part is not Part.MAIN else [ground, Ground.SAME_NUMBER]
        if (other.locator, unit.heading) in headings and not moved:
            grounds.append(Ground.SAME_HEADING)
        change = (Change.MOVED if moved else Change.SAME) if equal else Change.REWORDED
        if moved and not equal:
            change = Change.MOVED_REWORDED
        yield Link(change, (where,), (other.locator,), likeness, tuple(grounds))
    for where, unit in new.paragraphs.items():
        if where not in reached and not unit.empty:
            yield Link(Change.NEW, (), (where,), 0.0, (Ground.NOT_FOUND,))


def has_moved(old: Locator, new: Locator) -> bool:
    """Whether a provision stands elsewhere; transitional rules keep their § while acts before them go."""
    if old.part is new.part is Part.TRANSITIONAL:
        return replace(old, block=0) != replace(new, block=0)
    return old != new


def empty_link(unit: Unit, there: Unit | None) -> Link:
    """What became of a number that was printed without a rule: it still is, or is no longer printed."""
    ground = Ground.PRINTED_REPEALED if unit.repealed else Ground.PRINTED_OMITTED
    if there is not None and there.empty:
        return Link(Change.SAME, (unit.locator,), (unit.locator,), 1.0, (ground,))
    return Link(Change.REPEALED, (unit.locator,), (), 0.0, (ground,))


def _only_headings(wording: Wording) -> set[tuple[Locator, str]]:
    """The §§ that stand alone under their heading."""
    count = Counter(unit.heading for unit in wording.paragraphs.values())
    return {
        (where, u.heading) for where, u in wording.paragraphs.items() if u.heading and count[u.heading] == 1
    }


class _Flow:
    """How many words went from each old § to each new one."""

    def __init__(self, old: Wording, new: Wording, stks: Iterable[Link]) -> None:
        self._old = {where: len(unit.words) or 1 for where, unit in old.paragraphs.items()}
        self._new = {where: len(unit.words) or 1 for where, unit in new.paragraphs.items()}
        self._out: defaultdict[Locator, Counter[Locator]] = defaultdict(Counter)
        self._in: defaultdict[Locator, Counter[Locator]] = defaultdict(Counter)
        for link in stks:
            if Ground.PRINTED_REPEALED in link.grounds:
                continue
            for a in link.old:
                for b in link.new:
                    words = min(len(old.stks[a].words), len(new.stks[b].words))
                    self._out[old.stks[a].home][new.stks[b].home] += words
                    self._in[new.stks[b].home][old.stks[a].home] += words

    def targets(self, where: Locator) -> list[Locator]:
        """The §§ that took over ``where``, the main one first; several: each consists mostly of it."""
        out = self._out.get(where, Counter())
        mostly = [b for b, words in out.most_common() if words >= _MOST * self._new[b]]
        if len(mostly) > 1:
            return [b for b, words in out.most_common() if words >= _ENOUGH * self._new[b]]
        for b, words in out.most_common():
            share = max(words / self._old[where], words / self._new[b])
            if share >= (_SOME if b == where else _ENOUGH):
                return [b]
        return []

    def sources(self, where: Locator) -> list[Locator]:
        """The §§ that went into ``where``; several: each went there for the most part."""
        into = self._in.get(where, Counter())
        mostly = [a for a, words in into.items() if words >= _MOST * self._old[a]]
        return sorted(a for a in mostly if len(self.targets(a)) == 1)

    def share(self, olds: Iterable[Locator], news: Iterable[Locator]) -> float:
        """The share of the words of ``olds`` that ``news`` hold."""
        olds, news = list(olds), list(news)
        words = sum(self._out[a][b] for a in olds for b in news)
        return round(min(1.0, words / sum(self._old[a] for a in olds)), 3)
