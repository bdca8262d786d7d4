"""What references can lead to: the works, versions, numbers and names that the corpus holds."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from corpus.claims import Claim
from corpus.errors import CitationError
from corpus.identifiers import DecisionNumber, NameKind, OfficialName
from corpus.references.names import ActNames, ActTitle
from corpus.references.outline import Outline
from corpus.references.types import Undated
from corpus.types import DocumentType, Kind, Level, Provision, StoredDocument
from corpus.versions import Timeline, Validity, timelines

_OUTLINES_HELD = 48  # the largest acts take about 4 MB each as provisions
# The gazette's part A numbers these in one series a year; circulars and guidance have others.
_GAZETTE = frozenset({NameKind.LBK, NameKind.LOV, NameKind.BEK, NameKind.ANO})
_GAZETTE_TYPES = frozenset(
    {DocumentType.ACT, DocumentType.CONSOLIDATED_ACT, DocumentType.AMENDING_ACT, DocumentType.ORDER}
)
_SERIES = ("principafgørelse", "principmeddelelse")


class Shelf(Protocol):
    """What the catalogue needs of the store."""

    def documents(self) -> list[StoredDocument]: ...

    def provisions(self, key: int, level: Level | None = None) -> list[Provision]: ...

    def claims(self, key: int | None = None) -> dict[int, tuple[Claim, ...]]: ...


class Catalogue:
    """The works, versions, numbers and names of the current documents of a store, for several threads.

    Args:
        shelf: where the documents and their provisions are.
        learnt: names that texts give to works, with the ids of those works.
    """

    def __init__(self, shelf: Shelf, learnt: Mapping[str, Iterable[str]] | None = None) -> None:
        self._shelf = shelf
        self.documents = shelf.documents()
        self.by_id = {document.id: document for document in self.documents}
        self._claims = shelf.claims()
        # A work that changed its title goes by several ids; all of them lead to its one timeline.
        self._works: dict[str, Timeline] = {
            version.work_id: timeline
            for timeline in timelines(self.documents, self._claims)
            for version in timeline.versions
        }
        self._numbers: defaultdict[tuple[int, int, bool], list[StoredDocument]] = defaultdict(list)
        self._decisions: defaultdict[DecisionNumber, list[StoredDocument]] = defaultdict(list)
        for document in self.documents:
            self._enter(document)
        titles = [title for d in self.documents if (title := ActTitle.of(d.metadata))]
        self.titles = ActNames.from_titles(titles)
        self.names = ActNames.from_titles(titles, learnt) if learnt else self.titles
        self._learnt = {name: sorted(works) for name, works in (learnt or {}).items()}
        self._outlines: OrderedDict[int, Outline] = OrderedDict()
        self._lock = threading.Lock()

    def _enter(self, document: StoredDocument) -> None:
        meta = document.metadata
        year = meta.year or (meta.date.year if meta.date else None)
        if meta.kind is not Kind.PRECEDENT and meta.number.isdecimal() and year:
            self._numbers[int(meta.number), year, meta.type in _GAZETTE_TYPES].append(document)
        if meta.decision_number and (meta.fictional or any(w in meta.title.lower() for w in _SERIES)):
            try:
                self._decisions[DecisionNumber.parse(meta.decision_number)].append(document)
            except CitationError:
                return  # a number of another series, which no reference of this kind names

    def versions(self, work: str) -> tuple[StoredDocument, ...]:
        """The versions of a work in the order in which they apply."""
        timeline = self._works.get(work)
        return timeline.versions if timeline else ()

    def validity(self, document: StoredDocument) -> Validity:
        """When a document is the one to read; decisions and amending acts from their date on."""
        timeline = self._works.get(document.work_id)
        known = timeline.validity.get(document.id) if timeline else None
        return known or Validity(document.metadata.date, document.metadata.ended)

    def in_force(self, work: str, day: dt.date, collection: str = "") -> list[StoredDocument]:
        """The versions to read on ``day``: none, one, or several in doubt.

        One that is kept twice is taken from ``collection`` where it can be.
        """
        timeline = self._works.get(work)
        covering = timeline.on(day) if timeline else ()
        by_preference = sorted(covering, key=lambda d: (d.collection == collection, d.id))
        return sorted({_without_copy(d): d for d in by_preference}.values(), key=lambda d: d.id)

    def numbered(self, name: OfficialName, collection: str = "") -> StoredDocument | None:
        """The document with this number and date; None where it is not kept."""
        series = self._numbers.get((name.number, name.date.year, name.kind in _GAZETTE), ())
        dated = [d for d in series if d.metadata.date in (name.date, None)]
        return min(dated, key=lambda d: (d.collection != collection, d.id), default=None)

    def of_year(self, undated: Undated, collection: str = "") -> StoredDocument | None:
        """The document with this number of this year; None where the year is open, or it is not kept."""
        series = self._numbers.get((undated.number, undated.year or 0, undated.kind in _GAZETTE), ())
        return min(series, key=lambda d: (d.collection != collection, d.id), default=None)

    def decisions(self, number: DecisionNumber, fictional: bool) -> list[StoredDocument]:
        """The decisions with this number, one of several that are the same in two collections."""
        same = [d for d in self._decisions.get(number, ()) if d.metadata.fictional == fictional]
        return sorted({_without_copy(d): d for d in reversed(same)}.values(), key=lambda d: d.id)

    def outline(self, document: StoredDocument) -> Outline:
        """The provisions of a version; the last ones asked for are held."""
        with self._lock:
            held = self._outlines.get(document.key)
            if held is None:
                held = self._outlines[document.key] = Outline(self._shelf.provisions(document.key))
                if len(self._outlines) > _OUTLINES_HELD:
                    self._outlines.popitem(last=False)
            self._outlines.move_to_end(document.key)
            return held

    def works_named(self, works: Iterable[str], fictional: bool | None) -> tuple[str, ...]:
        """Of works that bear a name one id each, those of the text's own world where it has one.

        Real law is no law of fiction. None: the text is of no world.
        """
        found: dict[int, str] = {}
        for work in works:
            timeline = self._works.get(work)
            if timeline is not None and (
                fictional is None or any(d.metadata.fictional == fictional for d in timeline.versions)
            ):
                found.setdefault(id(timeline), work)
        return tuple(found.values())

    @property
    def rules_fingerprint(self) -> str:
        """Changes when a rule, a version or a name does: what was resolved before must be done again."""
        intervals = sorted(
            (version, str(validity))
            for timeline in self._works.values()
            for version, validity in timeline.validity.items()
        )
        more = repr((sorted(self._learnt.items()), intervals))
        return self._digest(lambda d: d.metadata.kind is not Kind.PRECEDENT, more)

    @property
    def titles_fingerprint(self) -> str:
        """Changes when a title does: what was learnt from texts must be learnt again."""
        return self._digest(lambda d: ActTitle.of(d.metadata) is not None)

    @property
    def cases_fingerprint(self) -> str:
        """Changes when a decision comes or goes."""
        return self._digest(lambda d: d.metadata.kind is Kind.PRECEDENT)

    def _digest(self, wanted: Callable[[StoredDocument], bool], more: str = "") -> str:
        digest = hashlib.sha256(more.encode())
        for document in self.documents:
            if wanted(document):
                digest.update(f"{document.key}\0{document.work_id}\0{document.metadata.title}\n".encode())
        return digest.hexdigest()


def _without_copy(document: StoredDocument) -> str:
    """The id without the mark of a second copy in another collection."""
    return document.id.partition("@")[0]
