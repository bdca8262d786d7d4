"""The passages of a snapshot and the places where they stand, as plain arrays.

One row of ``occurrences`` is one place: columns DOCUMENT, START, END, PAGE (0: none), UNIT, RESULT and
LOCATOR; the last three number entries of ``strings``. Rows are sorted by passage; ``pointers[i]`` to
``pointers[i + 1]`` are those of passage ``i``.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.types import DocumentType, Kind, Span
from index.passages import Located
from index.types import Occurrence

DOCUMENT, START, END, PAGE, UNIT, RESULT, LOCATOR = range(7)
NODE_SHIFT = 32  # a node numbers a result: its document, then its RESULT string
NODE_MASK = (1 << NODE_SHIFT) - 1
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """What a search must know of a document without asking the store."""

    key: int  # the store's number of the revision
    id: str
    kind: Kind
    collection: str
    date: str | None  # ISO dates
    valid_from: str | None
    valid_until: str | None
    type: DocumentType = DocumentType.OTHER
    historic: bool = False  # a decision that its authority no longer stands by
    authority: str = ""
    fields: tuple[str, ...] = ()  # what its source files it under: subjects, ministry, title of the work
    outcomes: tuple[str, ...] = ()  # as the authority recorded them


@dataclass(frozen=True, slots=True)
class Places:
    """Places of some passages: which of them, in which row of the table, and in which result (node)."""

    which: Numbers
    rows: Numbers
    nodes: Numbers


class TableBuilder:
    """Collects passages; the same content met again becomes one more occurrence."""

    def __init__(self) -> None:
        self.documents: list[IndexedDocument] = []
        self.keys: dict[str, int] = {}
        self._rows: list[tuple[int, ...]] = []
        self._strings: dict[str, int] = {}
        self._nodes: set[int] = set()

    def add(self, document: IndexedDocument) -> None:
        """Start a document: the passages added next stand in it."""
        self.documents.append(document)

    def place(self, located: Located) -> bool:
        """Add one passage of the document last started. True: its content was not met before."""
        new = located.passage.key not in self.keys
        passage = self.keys.setdefault(located.passage.key, len(self.keys))
        o = located.occurrence
        document = len(self.documents) - 1
        # Ids begin with the document's: without it the versions of a work share their strings.
        prefix = self.documents[document].id
        words = (o.unit_id.removeprefix(prefix), o.result_id.removeprefix(prefix), o.locator)
        texts = [self._strings.setdefault(word, len(self._strings)) for word in words]
        self._nodes.add(document << NODE_SHIFT | texts[1])
        self._rows.append((passage, document, o.span.start, o.span.end, o.page or 0, *texts))
        return new

    def node(self, document: int, result: str) -> int | None:
        """The number of a result, ``result`` being its id without the document's; None: it has no passage."""
        string = self._strings.get(result)
        node = None if string is None else document << NODE_SHIFT | string
        return node if node in self._nodes else None

    def save(self, folder: Path) -> None:
        """Write the table into ``folder``."""
        rows = np.array(self._rows, dtype=np.int32).reshape(-1, 8)
        rows = rows[np.argsort(rows[:, 0], kind="stable")]
        pointers = np.searchsorted(rows[:, 0], np.arange(len(self.keys) + 1)).astype(np.int32)
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "occurrences.npy", np.ascontiguousarray(rows[:, 1:]))
        np.save(folder / "pointers.npy", pointers)
        nodes = node_of(rows[:, 1 + DOCUMENT], rows[:, 1 + RESULT])
        order = np.argsort(nodes, kind="stable")
        np.save(folder / "nodes.npy", nodes[order])
        np.save(folder / "node_passages.npy", rows[order, 0])
        blobs = [s.encode() for s in self._strings]
        np.save(folder / "string_ends.npy", np.cumsum([len(b) for b in blobs], dtype=np.int64))
        (folder / "strings.bin").write_bytes(b"".join(blobs))
        with (folder / "documents.jsonl").open("w", encoding="utf-8") as file:
            for document in self.documents:
                file.write(json.dumps(asdict(document), ensure_ascii=False) + "\n")


class Table:
    """A saved table, memory-mapped."""

    def __init__(self, folder: Path) -> None:
        self._occurrences = np.load(folder / "occurrences.npy", mmap_mode="r")
        self._pointers = np.load(folder / "pointers.npy", mmap_mode="r")
        self._nodes = np.load(folder / "nodes.npy", mmap_mode="r")
        self._node_passages = np.load(folder / "node_passages.npy", mmap_mode="r")
        self._ends = np.load(folder / "string_ends.npy", mmap_mode="r")
        self._strings = (folder / "strings.bin").read_bytes()
        with (folder / "documents.jsonl").open(encoding="utf-8") as file:
            plain = [json.loads(line) for line in file]
        self.documents = [_document(each) for each in plain]
        self.filed = all("fields" in each for each in plain)  # false where an older version built it
        self._passage_of_row = np.repeat(
            np.arange(len(self), dtype=np.int32), np.diff(np.asarray(self._pointers))
        )

    def __len__(self) -> int:
        return len(self._pointers) - 1

    def documents_where(
        self, kind: Kind, as_of: dt.date, collections: tuple[str, ...], exclude: frozenset[str]
    ) -> Mask:
        """The documents a search may answer with: of this kind, and for rules the version in force.

        A rule without a date is kept: nothing says that it did not apply.
        """
        day = as_of.isoformat()
        return np.array(
            [
                d.kind is kind
                and (not collections or d.collection in collections)
                and d.id not in exclude
                and (
                    kind is not Kind.RULE
                    or (
                        (d.valid_from is None or d.valid_from <= day)
                        and (d.valid_until is None or day < d.valid_until)
                    )
                )
                for d in self.documents
            ],
            dtype=np.bool_,
        )

    def passages_in(self, documents: Mask) -> Mask:
        """The passages that stand in at least one of ``documents``."""
        keep = np.zeros(len(self), dtype=np.bool_)
        if len(documents):
            keep[self._passage_of_row[documents[self._occurrences[:, DOCUMENT]]]] = True
        return keep

    def places(self, passages: Numbers, documents: Mask) -> Places:
        """Where ``passages`` stand within ``documents``."""
        starts = np.asarray(self._pointers)[passages].astype(np.int64)
        counts = np.asarray(self._pointers)[passages + 1] - starts
        which = np.repeat(np.arange(len(passages)), counts)
        rows = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(len(which))
        kept = documents[self._occurrences[rows, DOCUMENT]]
        which, rows = which[kept], rows[kept]
        nodes = node_of(self._occurrences[rows, DOCUMENT], self._occurrences[rows, RESULT])
        return Places(which, rows, nodes)

    def passages_of(self, nodes: Numbers) -> Numbers:
        """The passages of some results, each once."""
        starts = np.searchsorted(self._nodes, nodes)
        ends = np.searchsorted(self._nodes, nodes, side="right")
        parts = [self._node_passages[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
        found: Numbers = np.unique(np.concatenate(parts)).astype(np.int64) if parts else np.zeros(0, np.int64)
        return found

    def nodes_in(self, document: int) -> list[int]:
        """The results of a document: its §§, or a decision itself."""
        start, end = np.searchsorted(self._nodes, [document << NODE_SHIFT, (document + 1) << NODE_SHIFT])
        return [int(node) for node in np.unique(self._nodes[start:end])]

    def occurrence(self, row: int) -> Occurrence:
        """One place of a passage."""
        fields = np.asarray(self._occurrences[row]).tolist()
        document = self.documents[fields[DOCUMENT]].id
        return Occurrence(
            "",
            document,
            document + self._string(fields[UNIT]),
            document + self._string(fields[RESULT]),
            self._string(fields[LOCATOR]),
            Span(fields[START], fields[END]),
            fields[PAGE] or None,
        )

    def document_of(self, node: int) -> IndexedDocument:
        """The document that a result stands in, or is."""
        return self.documents[node >> NODE_SHIFT]

    def result_id(self, node: int) -> str:
        """The id of a result: of a § or of a decision."""
        return self.document_of(node).id + self._string(node & NODE_MASK)

    def _string(self, number: int) -> str:
        start = int(self._ends[number - 1]) if number else 0
        return self._strings[start : int(self._ends[number])].decode()


def node_of(document: npt.NDArray[np.int32], result: npt.NDArray[np.int32]) -> Numbers:
    """The numbers of results: ``document`` counts the table's documents, ``result`` its strings."""
    return (document.astype(np.int64) << NODE_SHIFT) | result.astype(np.int64)


def _document(plain: dict[str, Any]) -> IndexedDocument:
    lists = {name: tuple(plain.get(name, ())) for name in ("fields", "outcomes")}
    return IndexedDocument(
        **{**plain, **lists, "kind": Kind(plain["kind"]), "type": DocumentType(plain["type"])}
    )
