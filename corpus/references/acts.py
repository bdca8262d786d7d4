"""Which act a reference means: named, own, enabling, amended, or the one that its context decides."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from corpus.references.catalogue import Catalogue
from corpus.references.find import find
from corpus.references.resolved import Act, Ground, Reason
from corpus.references.setting import (
    NAMING,
    Voice,
    amended_mentions,
    enabling_mentions,
    transitional_mentions,
    voice_of,
)
from corpus.references.types import ActMention, MentionKind, Reference, Undated, Unit
from corpus.types import DocumentType, Locator, Part, Provision, Span, StoredDocument

T = TypeVar("T")
K = TypeVar("K")
_STATUTES = (DocumentType.ACT, DocumentType.CONSOLIDATED_ACT, DocumentType.AMENDING_ACT)
_ORDERS = (DocumentType.ORDER,)
_BY_AMENDMENT = re.compile(r"\b(?:affattet|ændret|indsat|ophævet|indsættes|ophæves) ved $")
_BY_REACH = 16  # the longest of these words
_LATEST = re.compile(r"\bsenest bekendtgjort\b", re.IGNORECASE)
_CASE = re.compile(r"\bSag nr\. ?\d{1,3}, (?=j\.|tidligere\b)")  # «Sag nr. 2, tidligere principmeddelelse …»
_SHOWN = 80  # characters of a name kept
_LOOK_BACK = 40  # acts named before in one line; a line that names more is a list, which decides nothing


def unique(items: Iterable[T], key: Callable[[T], K]) -> list[T]:
    """The items without those whose key came before."""
    return list({key(item): item for item in items}.values())


class ActReader:
    """Reads, in text order, which act each reference of one text means."""

    def __init__(
        self,
        text: str,
        references: Sequence[Reference],
        catalogue: Catalogue,
        document: StoredDocument | None,
        day: dt.date | None,
    ) -> None:
        self._text = text
        self._catalogue = catalogue
        self._document = document
        self._day = day
        self._collection = document.collection if document else ""
        self._voice = voice_of(document)
        self._outline = catalogue.outline(document) if document else None
        self._lines = [0, *(index + 1 for index, letter in enumerate(text) if letter == "\n")]
        self._memo: dict[Span, Act] = {}
        self._pins = self._versions_named(references)
        self._pinned = {work: unique(pins, key=lambda m: m.official) for work, pins in self._pins.items()}
        self._naming = [(r.span.start, r) for r in references if r.act is not None and r.act.kind in NAMING]
        self._starts = [start for start, _ in self._naming]
        self._with_paragraph: defaultdict[tuple[Unit, str], dict[str, Act]] = defaultdict(dict)
        paragraphs = self._outline.paragraphs if self._outline else []
        self._amended: list[tuple[Span, ActMention]] = []
        self._blocks: dict[int, ActMention] = {}
        self._enabling: list[ActMention] = []
        if self._voice is Voice.AMENDMENT:
            self._amended = amended_mentions(text, paragraphs, references)
        elif self._voice is Voice.STATUTE:
            self._blocks = transitional_mentions(paragraphs, references)
        elif self._voice is Voice.ORDER and document is not None:
            self._enabling = enabling_mentions(document, catalogue, references)
        else:
            self._learn_context(references)

    @property
    def is_context(self) -> bool:
        """Whether the text has no act of its own, so that its context must tell."""
        return self._voice is Voice.OTHER

    def act_of(self, reference: Reference) -> Act:
        """The act that ``reference``, which is no case, means."""
        mention = reference.act
        if mention is None:
            return self._implied(reference)
        if mention.kind in NAMING:
            return self._named(mention)
        offset = reference.span.start
        if mention.kind is MentionKind.SAME:
            before = self._named_before(offset)
            return before[-1] if before else Act(mention.name, reason=Reason.NO_ACT)
        if mention.kind is MentionKind.OWN and self._owns(mention.name):
            return self._own_words(offset) or Act(mention.name, reason=Reason.NO_ACT)
        return self._definite(reference, mention)

    def own_place(self, offset: int) -> Provision | None:
        """The provision in which a pointer at ``offset`` stands, where that is what it continues."""
        if self._outline is None or self.is_context or self._amended_at(offset):
            return None
        return self._outline.at(offset)

    def own(self, offset: int) -> Act | None:
        """The act whose words stand at ``offset``; None where the text has none of its own."""
        if self._document is None or self.is_context:
            return None
        if amended := self._amended_at(offset):
            return amended
        title = self._document.metadata.title[:_SHOWN]
        return Act(title, self._document.work_id, self._document, Ground.OWN)

    # Implied acts

    def _implied(self, reference: Reference) -> Act:
        offset = reference.span.start
        if self.is_context:
            return self._by_context(reference)
        return self._own_words(offset) or Act("", reason=Reason.NO_ACT)

    def _own_words(self, offset: int) -> Act | None:
        """The act that speaks at ``offset``: in a transitional rule the amending act it comes from.

        «som affattet ved denne lovs § 1» is always said by an amending act, wherever it is printed.
        """
        if self._outline is not None and self._voice is Voice.STATUTE:
            place = self._outline.at(offset)
            if place is not None and place.locator.part is Part.TRANSITIONAL:
                mention = self._blocks.get(place.locator.block)
                return self._named(mention) if mention else None
            if _BY_AMENDMENT.search(self._text, max(0, offset - _BY_REACH), offset):
                return None
        return self.own(offset)

    def printed_in_block(self, reference: Reference) -> Provision | None:
        """The transitional rule in which ``reference`` stands, where it points to a § of the same block."""
        if reference.act is not None and reference.act.kind is not MentionKind.OWN:
            return None
        if self._outline is None or self._voice is not Voice.STATUTE:
            return None
        place = self._outline.at(reference.span.start)
        if place is None or place.locator.part is not Part.TRANSITIONAL:
            return None
        block = place.locator
        heads = (Locator(loc.paragraph, part=block.part, block=block.block) for loc in reference.locators)
        return place if all(self._outline.look_up(head).found for head in heads) else None

    def _amended_at(self, offset: int) -> Act | None:
        for span, mention in self._amended:
            if span.start <= offset < span.end:
                act = self._named(mention)
                return replace(act, ground=Ground.AMENDED) if act.version else act
        return None

    def _owns(self, head: str) -> bool:
        """Whether «denne lov» or «bekendtgørelsen» can mean the text itself."""
        if self._voice is Voice.ORDER:
            return not head.startswith("lov")
        return self._voice is not Voice.OTHER and head.startswith("lov")

    def _definite(self, reference: Reference, mention: ActMention) -> Act:
        """«lovens § 4»: the own act, the enabling act, or the one act of that sort that was named."""
        offset, head = reference.span.start, mention.name
        before = [act for act in self._named_before(offset) if _is_sort(act, head)]
        if self._owns(head):
            own = self._own_words(offset)
            return self._one_of([*([own] if own else []), *before], head, own.ground if own else None)
        if self._voice is Voice.ORDER and head.startswith("lov"):
            enabling = [act for m in self._enabling if _is_sort(act := self._named(m), head)]
            return self._one_of([*enabling, *before], head, Ground.ENABLING)
        if self.is_context:
            return self._by_context(reference, head)
        return self._one_of(before, head, Ground.CONTEXT)

    def _one_of(self, acts: Sequence[Act], name: str, ground: Ground | None) -> Act:
        """The one act of ``acts``; where several remain, none."""
        different = unique(acts, key=lambda act: act.key)
        if len(different) == 1:
            (act,) = different
            return replace(act, ground=ground) if act.version and act.ground is not Ground.NAMED else act
        if not different:
            return Act(name, reason=Reason.NO_ACT)
        return Act(name, reason=Reason.TWO_ACTS, candidates=tuple(different))

    # Context of decisions, guidance and users' texts

    def _learn_context(self, references: Sequence[Reference]) -> None:
        """Note which § is cited with which act anywhere in the text or in its recorded legal basis."""
        basis = self._document.metadata.legal_basis if self._document else ()
        recorded = [r for line in basis for r in find(line, self._catalogue.names)]
        for reference, read in (
            *((r, self._named) for r in references),
            *((r, self._read) for r in recorded),
        ):
            if reference.act is None or reference.act.kind not in NAMING:
                continue
            act = read(reference.act)
            for locator in reference.locators:
                self._with_paragraph[reference.unit, locator.paragraph][self._work_of(act)] = act

    def _by_context(self, reference: Reference, head: str = "") -> Act:
        """The act of a pointer in a text without an act of its own.

        The acts cited with the very § count before those merely named in the line, and where the two
        disagree nothing is chosen.
        """
        if reference.unit is Unit.ANNEX:  # nothing tells an annex of an act from an exhibit of the case
            return Act(head, reason=Reason.NO_ACT)
        name = head or ""
        paragraphs = {locator.paragraph for locator in reference.locators}
        cited = [
            act
            for paragraph in sorted(paragraphs)
            for act in self._with_paragraph.get((reference.unit, paragraph), {}).values()
        ]
        line = self._named_before(reference.span.start)
        if head:
            cited, line = ([a for a in acts if _is_sort(a, head)] for acts in (cited, line))
        cited, line = (unique(acts, key=self._work_of) for acts in (cited, line))
        both = [act for act in cited if any(self._work_of(act) == self._work_of(other) for other in line)]
        applied = [act for act in cited if act.work in self._applied] if not line else []
        for acts in (both, applied):
            if len(acts) == 1:
                return self._one_of([self._at(acts[0], reference.span.start)], name, Ground.CONTEXT)
        if not cited and not line:
            cited = [act for act in self._all_named if not head or _is_sort(act, head)]
            if len(cited) != 1:
                return Act(name, reason=Reason.NO_ACT, candidates=tuple(cited))
        different = unique([*cited, *line], key=self._work_of)
        return self._one_of([self._at(act, reference.span.start) for act in different], name, Ground.CONTEXT)

    @cached_property
    def _all_named(self) -> list[Act]:
        return unique((self._named(r.act) for _, r in self._naming if r.act), key=self._work_of)

    def _work_of(self, act: Act) -> str:
        """What tells two acts apart here: versions of a work of which the text names several are one act."""
        return act.work if len(self._pinned.get(act.work, ())) > 1 else act.key

    def _at(self, act: Act, offset: int) -> Act:
        """The act in the version that holds at ``offset``, where the text names several of its work."""
        if len(self._pinned.get(act.work, ())) < 2:
            return act
        return replace(self._pinned_at(act.work, offset, act.name), name=act.name)

    def _named_before(self, offset: int) -> list[Act]:
        """The acts named in the line of ``offset`` before it, in order."""
        line = self._lines[bisect_right(self._lines, offset) - 1]
        low, high = bisect_right(self._starts, line - 1), bisect_right(self._starts, offset - 1)
        near = self._naming[max(low, high - _LOOK_BACK) : high]
        acts = [self._named(r.act) for _, r in near if r.act is not None]
        # The last of equals keeps its place: «samme lov» means what was named last.
        return list(reversed(unique(reversed(acts), key=lambda act: act.key)))

    # Named acts

    def _versions_named(self, references: Iterable[Reference]) -> dict[str, list[ActMention]]:
        """The mentions that name a version, in text order by the work's id.

        A decision or an order that names a version once means it wherever it names the work. Statutes
        name old versions in their transitional rules, which says nothing of the rest.
        """
        pinned: defaultdict[str, list[ActMention]] = defaultdict(list)
        if self._voice in (Voice.OTHER, Voice.ORDER):
            for reference in references:
                mention = reference.act
                if mention is not None and mention.official and len(mention.works) == 1:
                    pinned[mention.works[0]].append(mention)
        return dict(pinned)

    @cached_property
    def _cases(self) -> list[int]:
        """Where each line begins, and each case of a line that runs through several."""
        return sorted({*self._lines, *(match.start() for match in _CASE.finditer(self._text))})

    @cached_property
    def _applied(self) -> dict[str, ActMention]:
        """The version of a work that a decision gives as the one it applied, by the work's id."""
        found = {}
        for work, pins in self._pins.items():
            latest = [pin for pin in pins if _LATEST.search(pin.span.of(self._text))]
            if len(unique(latest, key=lambda m: m.official)) == 1:
                found[work] = latest[0]
        return found

    def _pinned_at(self, work: str, offset: int, name: str) -> Act:
        """The version that a text which names several means at ``offset``.

        The one that its line or its case names; where none is named there the one that the text gives as the
        latest. Decisions that write several cases together name the version of each with the case.
        """
        case = bisect_right(self._cases, offset)
        here = [p for p in self._pins[work] if bisect_right(self._cases, p.span.start) == case]
        if not here and work in self._applied:
            here = [self._applied[work]]
        pins = unique(here or self._pinned[work], key=lambda m: m.official)
        versions = tuple(self._numbered(pin, (work,)) for pin in pins)
        if len(versions) == 1:
            return versions[0]
        return Act(name, work, reason=Reason.TWO_ACTS, candidates=versions)

    def _named(self, mention: ActMention) -> Act:
        if mention.span not in self._memo:
            self._memo[mention.span] = self._read(mention)
        return self._memo[mention.span]

    def _read(self, mention: ActMention) -> Act:
        name = mention.name or (mention.official.long if mention.official else "")
        name = name if mention.celex is None else f"{name} ({mention.celex})"
        if mention.kind is MentionKind.UNION:
            return Act(name, reason=Reason.NOT_KEPT)
        if mention.undated is not None:
            return self._undated(mention.undated, name)
        works = self._works(mention)
        if mention.official is not None:
            return self._numbered(mention, works)
        if not works:
            return Act(name, reason=Reason.UNKNOWN_WORK)
        if len(works) > 1:
            return Act(name, reason=Reason.TWO_ACTS, candidates=tuple(self._on_day(w, name) for w in works))
        (work,) = works
        pinned = self._pinned.get(work, [])
        if len(pinned) == 1:
            return replace(self._numbered(pinned[0], works), name=name)
        if len(pinned) > 1:
            return replace(self._pinned_at(work, mention.span.start, name), name=name)
        return self._on_day(work, name)

    def _works(self, mention: ActMention) -> tuple[str, ...]:
        fictional = self._document.metadata.fictional if self._document else None
        return self._catalogue.works_named(mention.works, fictional)

    def _numbered(self, mention: ActMention, works: tuple[str, ...]) -> Act:
        """The version that the text names; where its number is another act's, neither is chosen."""
        assert mention.official is not None
        printed = mention.official.long
        name = f"{mention.name}, {printed}" if mention.name else printed
        document = self._catalogue.numbered(mention.official, self._collection)
        if document is None:
            reason = Reason.UNKNOWN_VERSION if works else Reason.UNKNOWN_WORK
            return Act(name, works[0] if len(works) == 1 else "", reason=reason)
        found = Act(name, document.work_id, document, Ground.NAMED)
        if works and not any(document in self._catalogue.versions(work) for work in works):
            candidates = (found, *(self._on_day(work, mention.name) for work in works))
            return Act(name, reason=Reason.TWO_ACTS, candidates=candidates)
        return found

    def _undated(self, undated: Undated, name: str) -> Act:
        """The version with a number of a year. A number alone may be any year's: nothing is chosen."""
        if undated.year is None:
            return Act(name, reason=Reason.NO_YEAR)
        document = self._catalogue.of_year(undated, self._collection)
        if document is None:
            return Act(name, reason=Reason.UNKNOWN_WORK)
        return Act(name, document.work_id, document, Ground.NAMED)

    def _on_day(self, work: str, name: str) -> Act:
        versions = self._catalogue.in_force(work, self._day, self._collection) if self._day else []
        acts = tuple(Act(name, work, version, Ground.IN_FORCE) for version in versions)
        if len(acts) == 1:
            return acts[0]
        return Act(name, work, reason=Reason.TWO_ACTS if acts else Reason.NO_VERSION, candidates=acts)


def _is_sort(act: Act, head: str) -> bool:
    """Whether an act is what ``head`` says: a «lov», a «bekendtgørelse», a «forordning»."""
    if act.version is not None:
        kinds = _STATUTES if head.startswith("lov") else _ORDERS if head.startswith("bekendt") else ()
        return act.version.metadata.type in kinds
    name = act.name.lower()
    stem = head[:5] if not head.startswith("lov") else "lov"
    return stem in name if stem != "lov" else name.endswith(("lov", "loven")) or name.startswith("lov")
