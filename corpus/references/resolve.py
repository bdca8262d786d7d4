"""Lead each reference of a text to work, version and provision, or say why it cannot be led there.

Never a guess: where two candidates remain, both are named and neither is chosen.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.identifiers import DecisionNumber, provision_id
from corpus.references.acts import ActReader, unique
from corpus.references.catalogue import Catalogue
from corpus.references.find import find
from corpus.references.lending import lend
from corpus.references.outline import Outline
from corpus.references.resolved import Act, Ground, LinkStatus, Reason, Resolution
from corpus.references.types import Reference, Target, Unit, complete
from corpus.types import Locator, Provision, StoredDocument

_CANDIDATES_NAMED = 5  # more than anyone would choose between
_LOOK_BACK = 40  # §§ pointed to in one line; a line with more is a list, which decides nothing


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reference with what each of its targets comes to, in the order printed."""

    reference: Reference
    resolutions: tuple[Resolution, ...]


def resolve(
    text: str, catalogue: Catalogue, document: StoredDocument | None = None, day: dt.date | None = None
) -> Iterator[Resolved]:
    """The references of ``text`` in text order, each resolved.

    Args:
        text: normalised; the whole text of ``document`` where that is given.
        document: whose words they are; None for what a user writes.
        day: the day by which versions are chosen; the document's own date where left out.
    """
    if day is None and document is not None:
        # A new act speaks from the day on which it takes effect, together with what it was passed with.
        day = catalogue.validity(document).start or document.metadata.date
    references = lend(text, find(text, catalogue.names))
    if document is not None:
        references = tuple(r for r in references if r.span.start >= _title_end(text, document))
    resolver = _Resolver(text, references, catalogue, document, day)
    return (Resolved(reference, resolver.resolve(reference)) for reference in references)


class _Resolver:
    """Resolves the references of one text in text order."""

    def __init__(
        self,
        text: str,
        references: tuple[Reference, ...],
        catalogue: Catalogue,
        document: StoredDocument | None,
        day: dt.date | None,
    ) -> None:
        self._catalogue = catalogue
        self._document = document
        self._day = day
        self._fictional = document.metadata.fictional if document else None
        self._acts = ActReader(text, references, catalogue, document, day)
        self._lines = [0, *(index + 1 for index, letter in enumerate(text) if letter == "\n")]
        self._line = -1
        self._pointed: deque[tuple[Act, Locator]] = deque(maxlen=_LOOK_BACK)  # §§ pointed to in this line

    def resolve(self, reference: Reference) -> tuple[Resolution, ...]:
        line = bisect_right(self._lines, reference.span.start)
        if line != self._line:
            self._line = line
            self._pointed.clear()
        if reference.cited is not None:
            return (self._case(reference),)
        if reference.is_relative and reference.act is None:
            return self._relative(reference)
        if reference.targets and (place := self._acts.printed_in_block(reference)):
            own = self._acts.own(reference.span.start)
            assert own is not None
            inside = [_in_block(target, place.locator) for target in reference.targets]
            return tuple(self._target(own, target, reference.unit) for target in inside)
        act = self._acts.act_of(reference)
        if not reference.targets:
            return (self._whole(act, reference.unit),)
        self._pointed += [
            (act, t.last or t.first) for t in reference.targets if reference.unit is Unit.PARAGRAPH
        ]
        return tuple(self._target(act, target, reference.unit) for target in reference.targets)

    def _case(self, reference: Reference) -> Resolution:
        cited = reference.cited
        found: list[StoredDocument] = []
        if isinstance(cited, DecisionNumber):
            worlds = (True, False) if self._fictional is None else (self._fictional,)
            found = [d for fictional in worlds for d in self._catalogue.decisions(cited, fictional)]
        name = cited.long if isinstance(cited, DecisionNumber) else str(cited)
        base = Resolution(LinkStatus.UNRESOLVED, reference.unit, self._day, name=name)
        if len(found) == 1:
            return replace(base, status=LinkStatus.RESOLVED, document=found[0], ground=Ground.NUMBER)
        if found:
            return replace(
                base,
                status=LinkStatus.AMBIGUOUS,
                reason=Reason.TWO_ACTS,
                candidates=tuple(d.id for d in found),
            )
        return replace(base, reason=Reason.NOT_KEPT)

    def _relative(self, reference: Reference) -> tuple[Resolution, ...]:
        """«stk. 2» belongs to the provision it stands in; in a decision to the one § its line has named."""
        offset = reference.span.start
        place = self._acts.own_place(offset)
        act = self._acts.own(offset) if place else None
        where = place.locator if place else None
        if place is None and self._acts.is_context:
            named = unique(self._pointed, key=lambda item: (item[0].key, item[1].paragraph))
            if len(named) == 1:
                act, where = named[0][0], self._pointed[-1][1]
        if act is None or where is None:
            base = Resolution(LinkStatus.UNRESOLVED, reference.unit, self._day, reason=Reason.NO_PLACE)
            return tuple(replace(base, target=target) for target in reference.targets)
        targets = [_completed(target, where) for target in reference.targets]
        return tuple(self._target(act, target, reference.unit) for target in targets)

    def _whole(self, act: Act, unit: Unit) -> Resolution:
        return self._of_act(act, unit, None)

    def _of_act(self, act: Act, unit: Unit, target: Target | None) -> Resolution:
        """A resolution as far as the act goes."""
        base = Resolution(LinkStatus.RESOLVED, unit, self._day, target, ground=act.ground, name=act.name)
        if act.candidates:
            named = tuple(candidate.label for candidate in act.candidates[:_CANDIDATES_NAMED])
            status = LinkStatus.AMBIGUOUS if act.reason is Reason.TWO_ACTS else LinkStatus.UNRESOLVED
            return replace(base, status=status, reason=act.reason, candidates=named)
        if act.version is None:
            return replace(base, status=LinkStatus.UNRESOLVED, reason=act.reason or Reason.UNKNOWN_WORK)
        return replace(base, document=act.version)

    def _target(self, act: Act, target: Target, unit: Unit) -> Resolution:
        if act.candidates and act.reason is Reason.TWO_ACTS:
            act = self._only_fit(act, target, unit)
        base = self._of_act(act, unit, target)
        if base.document is None:
            return base
        outline = self._catalogue.outline(base.document)
        if unit is Unit.CHAPTER:
            return self._chapter(base, outline, target)
        if unit is Unit.ARTICLE:
            return _missing(base)
        first = outline.look_up(target.first)
        last = outline.look_up(target.last) if target.last else None
        for place in (first, *((last,) if last else ())):
            if len(place.found) > 1:
                ids = tuple(provision_id(base.document.id, p.locator) for p in place.found)
                return replace(
                    base,
                    status=LinkStatus.AMBIGUOUS,
                    reason=Reason.TWO_PROVISIONS,
                    candidates=ids[:_CANDIDATES_NAMED],
                )
            if not place.found:
                return _missing(base)
        return _between(base, first.found[0], last.found[0] if last else None)

    def _only_fit(self, act: Act, target: Target, unit: Unit) -> Act:
        """The one candidate that has the provision, where all of them can be looked into."""
        if unit not in (Unit.PARAGRAPH, Unit.CHAPTER) or any(c.version is None for c in act.candidates):
            return act
        fitting = [c for c in act.candidates if self._fits(c, target, unit)]
        if len(fitting) != 1:
            return act
        return replace(fitting[0], ground=Ground.ONLY_FIT)

    def _fits(self, act: Act, target: Target, unit: Unit) -> bool:
        assert act.version is not None
        outline = self._catalogue.outline(act.version)
        ends = [target.first, *([target.last] if target.last else [])]
        if unit is Unit.CHAPTER:
            return all(outline.chapter(end.paragraph) for end in ends)
        return all(outline.look_up(end).found for end in ends)

    def _chapter(self, base: Resolution, outline: Outline, target: Target) -> Resolution:
        """A chapter as the range of its §§."""
        assert base.document is not None
        ends: list[list[Provision]] = []
        for locator in (target.first, target.last or target.first):
            chapters = outline.chapter(locator.paragraph)
            if len(chapters) > 1:
                ids = tuple(provision_id(base.document.id, c[0].locator) for c in chapters)
                return replace(
                    base,
                    status=LinkStatus.AMBIGUOUS,
                    reason=Reason.TWO_PROVISIONS,
                    candidates=ids[:_CANDIDATES_NAMED],
                )
            if not chapters:
                return _missing(base)
            ends.append(chapters[0])
        return _between(base, ends[0][0], ends[1][-1])


def _title_end(text: str, document: StoredDocument) -> int:
    """Where the text's own title ends, which points nowhere; 0 where the text does not begin with it."""
    line = text.partition("\n")[0]
    return len(line) if line.strip().casefold() == document.metadata.title.strip().casefold() else 0


def _missing(base: Resolution) -> Resolution:
    return replace(base, status=LinkStatus.UNRESOLVED, reason=Reason.NO_PROVISION)


def _between(base: Resolution, first: Provision, last: Provision | None) -> Resolution:
    """Resolved; a range that runs backwards is no range of the version («§§ 5-2»)."""
    if last is not None and last.span.start < first.span.start:
        return _missing(base)
    return replace(base, first=first, last=last)


def _in_block(target: Target, place: Locator) -> Target:
    first, last = (
        end and replace(end, part=place.part, block=place.block) for end in (target.first, target.last)
    )
    assert first is not None
    return Target(first, last)


def _completed(target: Target, place: Locator) -> Target:
    last = complete(target.last, place) if target.last else None
    return Target(complete(target.first, place), last)
