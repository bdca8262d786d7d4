"""A provision's line through time as it is shown: every step, its evidence in words, and what changed.

All wording is verbatim. Nothing here says what a change means for a case.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assistant.changes import summarise_fate, waiting_for
from assistant.types import Instruction
from assistant.wordings import Wording, instruction_of, printed_place, single_stk, wording_of
from corpus.errors import NotFoundError
from corpus.history import Fate, Line, Step, genealogy_of
from corpus.identifiers import cite_document, cite_provision, parse_provision_id, provision_id
from corpus.links import Change, Ground, Link
from corpus.pending import Pending, amendments_between
from corpus.store import Store
from corpus.versions import Basis, Validity
from corpus.wording import Stretch, diff


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One step between two versions.

    ``summary`` says what happened and ``evidence`` why we say so. ``difference`` compares the words of
    all provisions before with those of all after; empty where nothing changed or one side is empty.
    """

    day: dt.date | None
    from_document: str
    to_document: str
    change: Change
    summary: str
    evidence: tuple[str, ...]
    similarity: float
    before: tuple[Wording, ...]
    after: tuple[Wording, ...]
    difference: tuple[Stretch, ...]
    candidates: tuple[str, ...]
    instructions: tuple[Instruction, ...]
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The line of a provision; ``now`` is what it is in the version that applies on ``as_of``."""

    id: str
    citation: str
    followed: str  # the id of the unit that was followed: of a litra the nr. or stk. that holds it
    as_of: dt.date
    now: Fate | None
    now_summary: str
    steps: tuple[HistoryStep, ...]
    pending: tuple[Instruction, ...]
    warnings: tuple[str, ...]


def open_history(store: Store, identifier: str, as_of: dt.date) -> HistoryView:
    """The line through time of the provision with this id.

    Raises:
        CitationError: not the form of a provision's id.
        NotFoundError: no such document or provision; the message names versions that have it.
    """
    genealogy = genealogy_of(store)
    line = genealogy.line(identifier)
    document = store.document(line.document)
    try:
        now: Fate | None = genealogy.fate(identifier, as_of)
        summary = summarise_fate(now, line.locator) if now else ""
    except NotFoundError as error:  # no version applies on that day
        now, summary = None, error.what
    steps = tuple(_step(store, step) for step in line.steps)
    _, exact = parse_provision_id(identifier)
    return HistoryView(
        id=identifier,
        citation=cite_provision(document.metadata, exact, single_stk(store, document, line.locator)),
        followed=provision_id(document.id, line.locator),
        as_of=as_of,
        now=now,
        now_summary=summary,
        steps=steps,
        pending=tuple(instruction_of(store, p) for p in _pending(store, line, now, as_of)),
        warnings=tuple(c.message for c in line.timeline.conflicts),
    )


_SUMMARIES = {
    Change.SAME: "Uændret.",
    Change.REWORDED: "Ny ordlyd.",
    Change.MOVED: "Flyttet uden ændring af ordlyden.",
    Change.MOVED_REWORDED: "Flyttet og med ny ordlyd.",
    Change.SPLIT: "Delt i flere bestemmelser.",
    Change.MERGED: "Samlet af flere bestemmelser.",
    Change.NEW: "Ny bestemmelse.",
    Change.REPEALED: "Ophævet eller udgået.",
    Change.ABSENT: "Ikke gengivet i den nye udgave, men ikke ophævet.",
}
_GROUNDS = {
    Ground.EQUAL_WORDS: "ordene er de samme",
    Ground.POINTERS_ONLY: "kun numre i henvisninger er ændret",
    Ground.SAME_NUMBER: "samme nummer",
    Ground.SAME_HEADING: "samme overskrift",
    Ground.SAME_PLACE: "står i den paragraf, som resten blev flyttet til",
    Ground.ORDER: "en af flere ens bestemmelser, adskilt ved rækkefølgen",
    Ground.CONTAINED: "ordene findes i den anden bestemmelse",
    Ground.PRINTED_REPEALED: "den nye udgave angiver nummeret som ophævet",
    Ground.PRINTED_OMITTED: "den nye udgave udelader teksten",
    Ground.NOT_FOUND: "ingen bestemmelse i den anden udgave ligner tilstrækkeligt",
    Ground.SEVERAL_CANDIDATES: "flere bestemmelser ligner lige meget; ingen af dem er valgt",
    Ground.NUMBER_REUSED: "nummeret bruges nu til en anden regel",
}
_BASES = {
    Basis.UNDATED: "kilden angiver ingen dato",
    Basis.SIGNED: "fra underskriften",
    Basis.COMMENCEMENT: "fra den dag, teksten selv angiver",
    Basis.NEXT_VERSION: "afløst af en nyere udgave",
    Basis.REPEAL: "ophævet ved et andet dokument",
    Basis.EXPIRY: "ophørt ved egen bestemmelse",
    Basis.SOURCE: "markeret som historisk af kilden",
}


def evidence_of(link: Link) -> tuple[str, ...]:
    """Why a link holds, in Danish, the likeness given as a share of words."""
    said = []
    for ground in link.grounds:
        if ground is Ground.LIKE_WORDS:
            said.append(f"ordene ligner ({link.similarity:.2f} af 1)".replace(".", ","))
        else:
            said.append(_GROUNDS[ground])
    return tuple(said)


def explain_validity(validity: Validity) -> str:
    """What the two ends of an interval rest on, in Danish."""
    begins = _BASES[validity.begins]
    return begins if validity.ends is None else f"{begins}; {_BASES[validity.ends]}"


def _step(store: Store, step: Step) -> HistoryStep:
    old, new = store.document(step.old_document), store.document(step.new_document)
    before = tuple(wording_of(store, old, w) for w in step.link.old)
    after = tuple(wording_of(store, new, w) for w in step.link.new)
    changed = step.link.change is not Change.SAME
    instructions: tuple[Instruction, ...] = ()
    if changed:
        touched = (*step.link.old, *step.link.new)
        instructions = tuple(
            Instruction(
                act.id,
                cite_document(act.metadata),
                printed_place(a.place),
                a.span.of(store.text(act.key)),
                revision=act.revision,
                span=a.span,
            )
            for act, a in amendments_between(store, old, new)
            if a.targets and any(a.touches(w) for w in touched)
        )
    joined = ["\n".join(w.text for w in side) for side in (before, after)]
    return HistoryStep(
        day=step.day,
        from_document=old.id,
        to_document=new.id,
        change=step.link.change,
        summary=_SUMMARIES[step.link.change],
        evidence=(*evidence_of(step.link), *("en ændringslov nævner stedet",) * bool(instructions)),
        similarity=step.link.similarity,
        before=before,
        after=after,
        difference=diff(*joined) if changed and all(joined) and joined[0] != joined[1] else (),
        candidates=tuple(provision_id(new.id, w) for w in step.link.candidates),
        instructions=instructions,
        skipped=step.skipped,
    )


def _pending(store: Store, line: Line, now: Fate | None, as_of: dt.date) -> list[Pending]:
    """The amendments that the version of ``as_of`` does not show and that touch the provision there."""
    version = now.version if now else store.document(line.document)
    places = [parse_provision_id(p)[1] for p in now.provisions] if now else [line.locator]
    return waiting_for(store, version, places, as_of)
