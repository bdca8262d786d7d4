"""What references can lead to: the works, versions, numbers and names that the corpus holds."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from corpus.errors import CitationError
from corpus.identifiers import DecisionNumber, NameKind, OfficialName
from corpus.references.names import ActNames, ActTitle
from corpus.references.outline import Outline
from corpus.types import DocumentType, Kind, Level, Provision, StoredDocument
from corpus.versions import Validity, validities

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


class Catalogue:
    """The works, versions, numbers and names of the current documents of a store.

    Args:
        shelf: where the documents and their provisions are.
        learnt: names that texts give to works, with the ids of those works.
    """

    def __init__(self, shelf: Shelf, learnt: Mapping[str, Iterable[str]] | None = None) -> None:
        self._shelf = shelf
        self.documents = shelf.documents()
        self.by_id = {document.id: document for document in self.documents}
        self.intervals: dict[str, Validity] = validities(self.documents)
        self._works: defaultdict[str, list[StoredDocument]] = defaultdict(list)
        self._numbers: defaultdict[tuple[int, int, bool], list[StoredDocument]] = defaultdict(list)
        self._decisions: defaultdict[DecisionNumber, list[StoredDocument]] = defaultdict(list)
        for document in self.documents:
            self._enter(document)
        titles = [title for d in self.documents if (title := ActTitle.of(d.metadata))]
        self.titles = ActNames.from_titles(titles)
        self.names = ActNames.from_titles(titles, learnt) if learnt else self.titles
        self._learnt = {name: sorted(works) for name, works in (learnt or {}).items()}
        self._outlines: OrderedDict[int, Outline] = OrderedDict()

    def _enter(self, document: StoredDocument) -> None:
        meta = document.metadata
        if meta.kind is Kind.RULE:
            self._works[document.work_id].append(document)
        year = meta.year or (meta.date.year if meta.date else None)
        if meta.kind is not Kind.PRECEDENT and meta.number.isdecimal() and year:
            self._numbers[int(meta.number), year, meta.type in _GAZETTE_TYPES].append(document)
        if meta.decision_number and (meta.fictional or any(w in meta.title.lower() for w in _SERIES)):
            try:
                self._decisions[DecisionNumber.parse(meta.decision_number)].append(document)
            except CitationError:
                return  # a number of another series, which no reference of this kind names

    def versions(self, work: str) -> list[StoredDocument]:
        """The versions of a work, oldest first."""
        return sorted(self._works.get(work, ()), key=lambda d: (d.metadata.date or dt.date.min, d.id))

    def in_force(self, work: str, day: dt.date, collection: str = "") -> StoredDocument | None:
        """The version to read on ``day``; one kept twice is taken from ``collection`` where it can be."""
        covering = [
            d for d in self.versions(work) if d.metadata.date is not None and self.intervals[d.id].covers(day)
        ]
        return min(covering, key=lambda d: (d.collection != collection, d.id), default=None)

    def numbered(self, name: OfficialName, collection: str = "") -> StoredDocument | None:
        """The document with this number and date; None where it is not kept."""
        series = self._numbers.get((name.number, name.date.year, name.kind in _GAZETTE), ())
        dated = [d for d in series if d.metadata.date in (name.date, None)]
        return min(dated, key=lambda d: (d.collection != collection, d.id), default=None)

    def decisions(self, number: DecisionNumber, fictional: bool) -> list[StoredDocument]:
        """The decisions with this number, one of several that are the same in two collections."""
        same = [d for d in self._decisions.get(number, ()) if d.metadata.fictional == fictional]
        return sorted({d.id.partition("@")[0]: d for d in reversed(same)}.values(), key=lambda d: d.id)

    def outline(self, document: StoredDocument) -> Outline:
        """The provisions of a version; the last ones asked for are held."""
        held = self._outlines.get(document.key)
        if held is None:
            held = self._outlines[document.key] = Outline(self._shelf.provisions(document.key))
            if len(self._outlines) > _OUTLINES_HELD:
                self._outlines.popitem(last=False)
        self._outlines.move_to_end(document.key)
        return held

    def works_named(self, works: Iterable[str], fictional: bool) -> tuple[str, ...]:
        """Of works that bear a name those of the text's own world: real law is no law of fiction."""
        return tuple(
            w for w in works if any(d.metadata.fictional == fictional for d in self._works.get(w, ()))
        )

    @property
    def rules_fingerprint(self) -> str:
        """Changes when a rule, a version or a name does: what was resolved before must be done again."""
        return self._digest(
            lambda d: d.metadata.kind is not Kind.PRECEDENT, repr(sorted(self._learnt.items()))
        )

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
