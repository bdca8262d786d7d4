"""What has changed since the wording that was read, in words, and not what that means for a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.types import ChangedSince
from assistant.wordings import instruction_of, provision_at, today
from corpus.errors import NotFoundError
from corpus.history import Fate, Genealogy, genealogy_of
from corpus.identifiers import parse_provision_id, print_date, work_title
from corpus.links import Change, Ground
from corpus.pending import Pending, pending_amendments
from corpus.store import Store
from corpus.types import Locator, StoredDocument
from corpus.versions import Timeline

# What became of a provision, in Danish and in English. {here}: where it stood; {there}: where it stands in
# the other version; {since}: the version in which it last changed, by the first day on which that is the one
# to read. A consolidation takes up changes that applied before it, so no sentence says «gælder fra».
_TOLD = {
    Change.SAME: ("Samme ordlyd i {here}.", "Same wording in {here}."),
    Change.REWORDED: ("Ny ordlyd i {there}{since}.", "Reworded in {there}{since}."),
    Change.MOVED: ("Samme ordlyd, men flyttet til {there}{since}.", "Same wording, moved to {there}{since}."),
    Change.MOVED_REWORDED: (
        "Flyttet til {there}{comma} og med ny ordlyd{since}.",
        "Moved to {there} and reworded{since}.",
    ),
    Change.SPLIT: ("Delt mellem {there}{since}.", "Split between {there}{since}."),
    Change.MERGED: (
        "Samlet med andre bestemmelser i {there}{since}.",
        "Merged with other provisions in {there}{since}.",
    ),
    Change.NEW: ("Findes ikke i den udgave; indsat{since}.", "Not in that version; inserted{since}."),
    Change.REPEALED: (
        "Genfindes ikke{since}: ophævet eller skrevet helt om.",
        "Not found{since}: repealed, or written anew as a whole.",
    ),
    Change.ABSENT: (
        "Ikke gengivet i den udgave, men ikke ophævet.",
        "Not printed in that version, but not repealed.",
    ),
}
_PRINTED_REPEALED = ("Ophævet{since}.", "Repealed{since}.")
_SEVERAL = (
    "Genfindes ikke med sikkerhed{since}: flere bestemmelser ligner lige meget, og ingen af dem er valgt.",
    "Not found for certain{since}: several provisions are equally like it, and none of them is chosen.",
)
_ENDED = (
    "Den sidste udgave af {title} i samlingen ophørte den {day}.",
    "The last version kept of {title} ended on {day}.",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A fate in words. ``fate`` is None where no version applies on the day; ``told`` then says why."""

    change: Change | None
    day: dt.date | None
    now: tuple[str, ...]
    told: str
    english: str
    fate: Fate | None


def changed_since(
    store: Store, provision_id: str, as_of: dt.date, now: dt.date | None = None
) -> ChangedSince:
    """What has become of a provision since its wording in the version that its id names.

    Args:
        provision_id: ``lta-2023-1031:par-36.stk-1``; of a litra or a sentence the nr. or stk. is followed.
        as_of: the day whose wording is read; amendments that it lacked on that day are among ``pending``.
        now: the day up to which changes count, today where ``None``; never before ``as_of``.

    Raises:
        CitationError: not the form of a provision's id.
        NotFoundError: no such document or provision; the message names versions that have it.
    """
    until = max(now or today(), as_of)
    genealogy = genealogy_of(store)
    document, where = genealogy.opened(provision_id)
    outcome = outcome_on(genealogy, provision_id, until)
    told, english = outcome.told, outcome.english
    if outcome.change is Change.SAME:
        told = english = ""
    waiting = waiting_for(store, document, [where], as_of)
    if outcome.fate is not None:
        places = [parse_provision_id(p)[1] for p in outcome.now]
        waiting += waiting_for(store, outcome.fate.version, places, until)
    pending = dict.fromkeys(instruction_of(store, p) for p in _each_once(waiting))
    return ChangedSince(
        provision_id, as_of, until, outcome.change, outcome.day, outcome.now, told, english, tuple(pending)
    )


def outcome_on(genealogy: Genealogy, identifier: str, day: dt.date) -> Outcome:
    """What a provision is in the version that applies on ``day``, in words.

    Raises:
        CitationError: not the form of a provision's id.
        NotFoundError: no such document or provision.
    """
    document, where = genealogy.opened(identifier)
    try:
        fate = genealogy.fate(identifier, day)
    except NotFoundError as error:
        ended = _end(genealogy.timeline(document), day)
        if ended is None:
            return Outcome(None, None, (), error.what, "Not known: no version is known to apply.", None)
        title = work_title(document.metadata.title)
        told = _ENDED[0].format(title=title, day=print_date(ended))
        return Outcome(
            Change.REPEALED, ended, (), told, _ENDED[1].format(title=title, day=ended.isoformat()), None
        )
    told, english = (_tell(fate, where, danish) for danish in (True, False))
    return Outcome(fate.change, fate.day, fate.provisions, told, english, fate)


def summarise_fate(fate: Fate, locator: Locator) -> str:
    """What a provision that stood at ``locator`` is in another version, in one Danish sentence."""
    return _tell(fate, locator, danish=True)


def waiting_for(
    store: Store, version: StoredDocument, places: Iterable[Locator], day: dt.date
) -> list[Pending]:
    """The amendments signed by ``day`` that the version does not show and that touch one of ``places``."""
    chapters = {where: _chapter(store, version, where) for where in places}
    return [
        p
        for p in (pending_amendments(store, version, day) if chapters else ())
        if any(p.touches(where, chapter) for where, chapter in chapters.items())
    ]


def _tell(fate: Fate, here: Locator, danish: bool) -> str:
    there = (" og " if danish else " and ").join(str(parse_provision_id(p)[1]) for p in fate.provisions)
    comma = "," if danish and ", " in there else ""
    since = ""
    if fate.day:
        since = f" i udgaven fra {print_date(fate.day)}" if danish else f" in the version of {fate.day}"
    if comma and fate.change is not Change.MOVED_REWORDED:
        since = since and f",{since}"
    return _words(fate)[not danish].format(here=here, there=there, since=since, comma=comma)


def _words(fate: Fate) -> tuple[str, str]:
    """The sentence for a fate; of a provision that is gone the one for the ground of that."""
    grounds = {ground for step in fate.steps for ground in step.link.grounds if not step.link.new}
    if fate.change is Change.REPEALED and Ground.PRINTED_REPEALED in grounds:
        return _PRINTED_REPEALED
    if fate.change is Change.REPEALED and Ground.SEVERAL_CANDIDATES in grounds:
        return _SEVERAL
    return _TOLD[fate.change]


def _end(timeline: Timeline, day: dt.date) -> dt.date | None:
    """The day on which the work ended, where all its versions had ended by ``day``."""
    ends = [timeline.validity[v.id].end for v in timeline.versions if v.metadata.date]
    known = [end for end in ends if end is not None and end <= day]
    return max(known) if known and len(known) == len(ends) else None


def _chapter(store: Store, version: StoredDocument, where: Locator) -> str:
    try:
        return provision_at(store, version, where).chapter
    except NotFoundError:  # the version has lost the text of it
        return ""


def _each_once(pending: Iterable[Pending]) -> list[Pending]:
    """An instruction that neither version shows is named once, as of the later one."""
    kept = {(p.act or p.citation, p.amendment.place if p.amendment else None): p for p in pending}
    return sorted(kept.values(), key=lambda p: (p.signed or dt.date.min, p.act))
