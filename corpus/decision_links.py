"""Which decisions took the place of others: reissued, replaced or set aside, as the decisions say.

What a text states is followed where its number leads to exactly one decision. A decision marked as
historic that states nothing is linked to a later valid one of the same authority whose text is nearly
the same, where there is exactly one.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.derived import Held, keep_derived, read_derived
from corpus.errors import CitationError
from corpus.identifiers import DecisionNumber
from corpus.store import Store
from corpus.types import Kind, Span, Status, StoredDocument
from corpus.wording import words


class LinkKind(StrEnum):
    """What another decision is to this one."""

    REPLACED_BY = "replaced_by"
    REPLACES = "replaces"
    SETS_ASIDE = "sets_aside"
    SET_ASIDE_BY = "set_aside_by"


_OTHER_WAY = {
    LinkKind.REPLACED_BY: LinkKind.REPLACES,
    LinkKind.REPLACES: LinkKind.REPLACED_BY,
    LinkKind.SETS_ASIDE: LinkKind.SET_ASIDE_BY,
    LinkKind.SET_ASIDE_BY: LinkKind.SETS_ASIDE,
}


@dataclass(frozen=True, slots=True)
class DecisionLink:
    """One decision's relation to another, with the words that say so.

    ``document`` is the id of the other decision, empty where none or several with its ``number`` are
    kept; then ``candidates`` names them. ``source`` and ``span`` are the document and the place that
    state the link; ``span`` is None where likeness alone (``likeness``, 0 to 1) speaks for it.
    """

    kind: LinkKind
    number: str
    document: str
    source: str
    span: Span | None
    likeness: float | None = None
    candidates: tuple[str, ...] = ()


_NUMBER = r"(?:[A-ZÆØÅ]{1,3}-)?[1-9]\d{0,3}-\d{2}(?![\d-])"
_REISSUED = re.compile(
    rf"tidligere offentliggjort som (?P<old>{_NUMBER})[^\n]{{0,80}}?genudgivet som (?P<new>{_NUMBER})"
)
# The head of a list runs to its first entry; it must say that the entries no longer hold.
_LIST = re.compile(
    r"\b[Kk]asserede: ?(?P<head>[^\n:]{0,300}?(?:historisk|kassere|ikke længere)[^\n:]{0,120}):"
)
_LIST_END = re.compile(r"\n|\bGældende: |\bVejledninger\b|\bFølgende princip")
_ENTRY = re.compile(
    rf"(?<![\w-])(?P<bare>{_NUMBER})(?=: )|Ankestyrelsens princip\w+ (?P<named>{_NUMBER})(?=[.:])"
)
_TAKES_PLACE = re.compile(
    rf"\b(?:afløser|erstatter) (?:SM |(?:Ankestyrelsens )?princip(?:meddelelse|afgørelse)(?:rne|r)? )?"
    rf"(?P<numbers>{_NUMBER}(?:(?:, | og ){_NUMBER}){{0,20}})"
)
_GIVES_PLACE = re.compile(
    r"\b(?:afløst|erstattet|erstattes|afløses) af "
    r"(?:SM |(?:Ankestyrelsens )?princip(?:meddelelse|afgørelse) )?"
    rf"(?P<numbers>{_NUMBER})"
)
_NO_LONGER = re.compile(
    r"\b(?:[Aa]fgørelse|[Pp]rincip(?:meddelelse|afgørelse)|SM) "
    rf"(?P<numbers>{_NUMBER}(?:(?:, | og ){_NUMBER}){{0,20}})"
    r" er (?:derfor |dermed |herefter |således )?ikke længere (?:et )?(?:udtryk for|gældende)"
)
# A decision that speaks of a reissue or a list of others does so near its beginning or its end.
_LONGEST_LIST = 60_000


RULES = 2  # raised whenever the same text would be read otherwise; what is kept then expires
_NAME = "decision-links"
_BATCH = 500  # decisions read between two writes


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a text states: the relation of ``owner`` to ``other``, and where."""

    kind: LinkKind
    owner: str
    other: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one decision's text says of decisions, and the marks by which its text is found again."""

    statements: tuple[_Statement, ...]
    runs: frozenset[int]


def decision_links(store: Store) -> dict[str, tuple[DecisionLink, ...]]:
    """The links of every decision that has any, by document id. Nothing is guessed.

    What was read from each decision is kept in the store, so that only new ones are read.
    """
    return _LINKS.of(store)


def _all_links(store: Store) -> dict[str, tuple[DecisionLink, ...]]:
    decisions = store.documents(kinds=[Kind.PRECEDENT])
    readings = _readings(store, decisions)
    numbered: defaultdict[tuple[str, bool], list[StoredDocument]] = defaultdict(list)
    for decision in decisions:
        if number := _canonical(decision.metadata.decision_number):
            numbered[number, decision.metadata.fictional].append(decision)
    found: defaultdict[str, dict[DecisionLink, None]] = defaultdict(dict)
    for decision in decisions:
        for said in readings[decision.key].statements:
            _add(found, numbered, decision, said)
    for old, new, likeness in _alike(decisions, readings, found):
        for kind, here, there in (
            (LinkKind.REPLACED_BY, old, new),
            (LinkKind.REPLACES, new, old),
        ):
            number = _canonical(there.metadata.decision_number)
            link = DecisionLink(kind, number, there.id, here.id, None, likeness)
            found[here.id][link] = None
    return {name: tuple(links) for name, links in sorted(found.items())}


_LINKS = Held(_all_links)


def _readings(store: Store, decisions: Sequence[StoredDocument]) -> dict[int, _Reading]:
    """What each decision says, by the store's number of its revision: as kept, or read and kept."""
    readings = {key: _load(data) for key, data in read_derived(store, _NAME, RULES).items()}
    missing = [d for d in decisions if d.key not in readings]
    for start in range(0, len(missing), _BATCH):
        fresh: dict[int, bytes] = {}
        for decision in missing[start : start + _BATCH]:
            text = store.text(decision.key)
            known = decision.metadata.status is not Status.UNKNOWN
            reading = _Reading(tuple(_statements(text, decision)), _runs(text) if known else frozenset())
            readings[decision.key], fresh[decision.key] = reading, _dump(reading)
        keep_derived(store, _NAME, RULES, fresh)
    return readings


def _dump(reading: _Reading) -> bytes:
    said = [[s.kind, s.owner, s.other, s.span.start, s.span.end] for s in reading.statements]
    return json.dumps([said, sorted(reading.runs)], separators=(",", ":")).encode()


def _load(data: bytes) -> _Reading:
    said, runs = json.loads(data)
    statements = (_Statement(LinkKind(k), owner, other, Span(*span)) for k, owner, other, *span in said)
    return _Reading(tuple(statements), frozenset(runs))


_SINGLE = (
    (_TAKES_PLACE, LinkKind.REPLACES),
    (_GIVES_PLACE, LinkKind.REPLACED_BY),
    (_NO_LONGER, LinkKind.SETS_ASIDE),
)


def _statements(text: str, decision: StoredDocument) -> Iterator[_Statement]:
    own = _canonical(decision.metadata.decision_number)
    for match in _REISSUED.finditer(text):
        yield _Statement(LinkKind.REPLACED_BY, match["old"], match["new"], Span(*match.span()))
    for head in _LIST.finditer(text):
        end = _LIST_END.search(text, head.end())
        stop = min(end.start() if end else len(text), head.end() + _LONGEST_LIST)
        for entry in _ENTRY.finditer(text, head.end(), stop):
            other = entry["bare"] or entry["named"]
            yield _Statement(LinkKind.SETS_ASIDE, own, other, Span(*entry.span()))
    for pattern, kind in _SINGLE:
        for match in pattern.finditer(text):
            for number in re.finditer(_NUMBER, match["numbers"]):
                yield _Statement(kind, own, number.group(), Span(*match.span()))


def _add(
    found: Mapping[str, dict[DecisionLink, None]],
    numbered: Mapping[tuple[str, bool], Sequence[StoredDocument]],
    source: StoredDocument,
    said: _Statement,
) -> None:
    """Note a statement on both decisions that it is about."""
    owner, other = _canonical(said.owner), _canonical(said.other)
    if not owner or not other or owner == other:
        return
    owners, others = (_resolve(numbered, n, source) for n in (owner, other))
    for relation, heres, number, theres in (
        (said.kind, owners, other, others),
        (_OTHER_WAY[said.kind], others, owner, owners),
    ):
        if len(heres) != 1:
            continue
        single = theres[0].id if len(theres) == 1 else ""
        several = tuple(d.id for d in theres) if len(theres) > 1 else ()
        link = DecisionLink(relation, number, single, source.id, said.span, None, several)
        known = {(k.kind, k.number) for k in found[heres[0].id]}
        if (relation, number) not in known:
            found[heres[0].id][link] = None


def _resolve(
    numbered: Mapping[tuple[str, bool], Sequence[StoredDocument]], number: str, source: StoredDocument
) -> list[StoredDocument]:
    """The decisions with this number; the source itself, or those of its collection, before others."""
    found = list(numbered.get((number, source.metadata.fictional), ()))
    for nearer in (
        [d for d in found if d.id == source.id],
        [d for d in found if d.collection == source.collection],
    ):
        if nearer:
            return nearer
    return found


def _canonical(number: str) -> str:
    try:
        return str(DecisionNumber.parse(number)) if number else ""
    except CitationError:
        return ""


# Texts are compared by runs of eight words, of which one in sixteen is kept by its checksum: enough to
# find a text again in thousands, and small enough to hold them all.
_RUN, _KEPT_RUNS = 8, 16
# The three reissued decisions of 2026 share .95 to 1.0 of their runs with the first issue; no other two of
# 16 real decisions share .06, and no two of the 51 fictional ones, some of them near twins in law, .12.
_NEARLY_THE_SAME = 0.85
_FEWEST_RUNS = 5


def _alike(
    decisions: Sequence[StoredDocument],
    readings: Mapping[int, _Reading],
    found: Mapping[str, dict[DecisionLink, None]],
) -> Iterator[tuple[StoredDocument, StoredDocument, float]]:
    """Historic decisions without a stated successor, each with its only later near-copy that is valid."""
    historic = [
        d
        for d in decisions
        if d.metadata.status is Status.HISTORIC
        and not any(k.kind in (LinkKind.REPLACED_BY, LinkKind.SET_ASIDE_BY) for k in found.get(d.id, ()))
    ]
    if not historic:
        return
    runs = {d.id: readings[d.key].runs for d in decisions}
    holders: defaultdict[int, list[StoredDocument]] = defaultdict(list)
    for decision in decisions:
        if decision.metadata.status is Status.VALID:
            for run in runs[decision.id]:
                holders[run].append(decision)
    for old in historic:
        mine = runs[old.id]
        if len(mine) < _FEWEST_RUNS:
            continue
        likely = {d.id: d for run in mine for d in holders.get(run, ())}
        alike = [
            (d, likeness)
            for d in likely.values()
            if _may_replace(d, old)
            and (likeness := 2 * len(mine & runs[d.id]) / (len(mine) + len(runs[d.id]))) >= _NEARLY_THE_SAME
        ]
        if len(alike) == 1:
            yield old, alike[0][0], round(alike[0][1], 3)


def _may_replace(new: StoredDocument, old: StoredDocument) -> bool:
    a, b = new.metadata, old.metadata
    return bool(
        new.id != old.id
        and a.authority == b.authority
        and a.fictional == b.fictional
        and a.date
        and b.date
        and b.date <= a.date
    )


def _runs(text: str) -> frozenset[int]:
    tokens = words(text)
    sums = (
        zlib.crc32(" ".join(tokens[i : i + _RUN]).encode()) for i in range(max(1, len(tokens) - _RUN + 1))
    )
    return frozenset(s for s in sums if s % _KEPT_RUNS == 0)
