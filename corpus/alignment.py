"""Where each provision of a version went in the next one, with the evidence for it.

Stk. are matched first, by their words (``matching``). What happened to a § follows from its stk.
(``flow``), what happened to a nr. is looked for inside its stk. Two equally good candidates are named
and neither is chosen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.flow import align_paragraphs, empty_link, has_moved
from corpus.links import Change, Ground, Link, Unit, Wording
from corpus.matching import Matching, Pair, match
from corpus.types import Locator, Part

RULES = 7  # raised whenever two texts would be aligned, or the result kept, otherwise; what is kept expires


def align(old: Wording, new: Wording) -> tuple[Link, ...]:
    """Links between all provisions of two neighbouring versions: §§, then stk., then nr."""
    stks: list[Link] = []
    for part in Part:
        a = [u for u in old.stks.values() if u.locator.part is part]
        b = [u for u in new.stks.values() if u.locator.part is part]
        if a or b:
            stks.extend(_links(a, b, match(a, b, numbered=part is Part.MAIN)))
    paragraphs = tuple(align_paragraphs(old, new, stks))
    stks = _follow_paragraphs(stks, paragraphs, old)
    nrs: list[Link] = []
    for stk in stks:
        if len(stk.old) == len(stk.new) == 1:
            nrs.extend(_align_nrs(old.nrs.get(stk.old[0], ()), new.nrs.get(stk.new[0], ()), stk))
    return (*paragraphs, *stks, *nrs)


def _follow_paragraphs(stks: list[Link], paragraphs: Sequence[Link], old: Wording) -> list[Link]:
    """The stk. links, in which the only stk. of a § that was written anew goes where its § went."""
    only = Counter(unit.home for unit in old.stks.values())
    gone = {link.old[0] for link in stks if link.change is Change.REPEALED and not link.candidates}
    fresh = {link.new[0] for link in stks if link.change is Change.NEW}
    anew: dict[Locator, Link] = {}
    for link in paragraphs:
        if link.change is Change.REWORDED and only[link.old[0]] == 1:
            a, b = replace(link.old[0], stk=1), replace(link.new[0], stk=1)
            if a in gone and b in fresh:
                anew[a] = replace(link, old=(a,), new=(b,))
    kept = (anew.get(k.old[0], k) if k.old else k for k in stks)
    taken = {link.new[0] for link in anew.values()}
    return [k for k in kept if k.change is not Change.NEW or k.new[0] not in taken]


def _links(old: Sequence[Unit], new: Sequence[Unit], found: Matching) -> Iterator[Link]:
    """The matching as links, in the order of the old text, then what is new."""
    splits: defaultdict[Locator, list[Unit]] = defaultdict(list)
    mergers: defaultdict[Locator, list[Unit]] = defaultdict(list)
    for part in found.splits:
        splits[part.whole.locator].append(part.part)
    for part in found.mergers:
        mergers[part.whole.locator].append(part.part)
    there = {u.locator: u for u in new}
    units = Counter(u.home for u in new)
    # A § that is printed as repealed is one unit, whatever stk. it had.
    ended = {u.home for u in new if u.repealed and units[u.home] == 1}
    reached: set[Locator] = {p.part.locator for p in found.splits}
    merged_old = {p.part.locator for p in found.mergers}
    for unit in old:
        pair = found.pairs.get(unit.locator)
        if pair:
            reached.add(pair.new.locator)
            yield _pair_link(pair, splits.get(unit.locator, []), mergers.get(pair.new.locator, []))
        elif unit.locator in splits:
            targets = tuple(u.locator for u in splits[unit.locator])
            yield Link(Change.SPLIT, (unit.locator,), targets, 1.0, (Ground.CONTAINED,))
        elif unit.empty:
            yield empty_link(unit, there.get(unit.locator))
        elif unit.locator not in merged_old:
            yield _gone(unit, there, found, ended)
    for unit in new:
        if unit.locator in mergers and unit.locator not in reached:
            sources = tuple(u.locator for u in mergers[unit.locator])
            yield Link(Change.MERGED, sources, (unit.locator,), 1.0, (Ground.CONTAINED,))
        elif unit.locator not in reached and not unit.empty:
            yield Link(Change.NEW, (), (unit.locator,), 0.0, (Ground.NOT_FOUND,))


def _pair_link(pair: Pair, more_new: list[Unit], more_old: list[Unit]) -> Link:
    old, new = pair.old.locator, pair.new.locator
    if more_new or more_old:
        return Link(
            Change.SPLIT if more_new else Change.MERGED,
            (old, *(u.locator for u in more_old)),
            (new, *(u.locator for u in more_new)),
            round(pair.likeness, 3),
            (*pair.grounds, Ground.CONTAINED),
        )
    equal = pair.old.words == pair.new.words
    moved = has_moved(old, new)
    change = Change.SAME
    if not equal:
        change = Change.MOVED_REWORDED if moved else Change.REWORDED
    elif moved:
        change = Change.MOVED
    return Link(change, (old,), (new,), 1.0 if equal else round(pair.likeness, 3), pair.grounds)


def _gone(unit: Unit, there: dict[Locator, Unit], found: Matching, ended: set[Locator]) -> Link:
    """What became of a unit without a counterpart; ``ended`` are the §§ printed as repealed."""
    other = there.get(unit.locator)
    if other is not None and other.omitted:
        return Link(Change.ABSENT, (unit.locator,), (), 0.0, (Ground.PRINTED_OMITTED,))
    grounds = [Ground.NOT_FOUND]
    if candidates := found.doubtful.get(unit.locator, ()):
        grounds = [Ground.SEVERAL_CANDIDATES]
    elif other is not None and unit.locator.part is Part.MAIN:
        grounds.append(Ground.PRINTED_REPEALED if other.repealed else Ground.NUMBER_REUSED)
    elif other is None and unit.home in ended and unit.locator.nr is None:
        grounds.append(Ground.PRINTED_REPEALED)
    return Link(Change.REPEALED, (unit.locator,), (), 0.0, tuple(grounds), candidates)


def _align_nrs(old: Sequence[Unit], new: Sequence[Unit], stk: Link) -> Iterator[Link]:
    """The nr. of a stk. and of its successor; their numbers count within the stk."""
    if not old and not new:
        return
    if stk.old != stk.new:  # let equal numbers meet although the stk. has moved
        here, home = stk.old[0], stk.new[0]
        old = [replace(u, locator=replace(home, nr=u.locator.nr)) for u in old]
        for link in _links(old, new, match(old, new)):
            back = tuple(replace(here, nr=w.nr) for w in link.old)
            change = {Change.SAME: Change.MOVED, Change.REWORDED: Change.MOVED_REWORDED}.get(
                link.change, link.change
            )
            yield replace(link, old=back, change=change)
    else:
        yield from _links(old, new, match(old, new))
