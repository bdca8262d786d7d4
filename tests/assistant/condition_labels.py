"""Provisions of real law whose conditions were labelled by hand, and the measures taken on them.

``tests/golden/conditions.jsonl`` holds addresses, offsets and kinds only; the texts are read beside the
checkout. Offsets count from the start of the provision's body. docs/brief.md says how they were drawn.

    python -m tests.assistant.condition_labels [--differences]
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from assistant.brief_types import Element
from assistant.conditions import read_conditions
from corpus.identifiers import parse_provision_id
from corpus.parsing.registry import parse
from corpus.sources.folder import Unread, read
from corpus.types import ParsedDocument, Provenance, Provision, Span, StoredDocument

GOLDEN = Path(__file__).parents[1] / "golden" / "conditions.jsonl"
SHARED = Path(__file__).parents[2].parent / "shared" / "corpus"
HALVES = ("develop", "unseen", "fresh")


@dataclass(frozen=True, slots=True)
class Label:
    """An element as a person labelled it. ``parts``: the items of its list, 0 where it has none."""

    kind: str
    quote: Span
    cue: Span
    connective: str
    parts: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A provision with its labels."""

    provision: str
    address: str
    checksum: str  # of the provision's body
    half: str
    labels: tuple[Label, ...]


def labelled(half: str) -> list[Labelled]:
    """The provisions of one part of the set."""
    rows = map(json.loads, GOLDEN.read_text(encoding="utf-8").splitlines())
    return [
        Labelled(
            row["provision"],
            row["address"],
            row["sha256"],
            row["half"],
            tuple(
                Label(e["kind"], Span(*e["quote"]), Span(*e["cue"]), e["connective"], e["parts"])
                for e in row["elements"]
            ),
        )
        for row in rows
        if row["half"] == half
    ]


@cache
def documents() -> dict[str, ParsedDocument]:
    """The documents that some label stands in, by their address."""
    wanted = {entry.address for half in HALVES for entry in labelled(half)}
    found = {}
    for name in sorted({address.partition("#")[0] for address in wanted}):
        for record in read([SHARED / name]):
            place = "" if isinstance(record, Unread) else Path(record.address).name
            if place in wanted and not isinstance(record, Unread):
                found[place] = parse(record)
    return found


@dataclass(frozen=True, slots=True)
class Read:
    """A provision's words, and what was read in them: elements with a cue, those of lists too."""

    text: str
    found: tuple[Label, ...]


def read_provision(entry: Labelled) -> Read:
    """What ``assistant.conditions`` finds in a labelled provision.

    Raises:
        AssertionError: its words are not those that were labelled.
    """
    document = documents()[entry.address]
    document_id, locator = parse_provision_id(entry.provision)
    provision = next(p for p in document.provisions if p.locator.slug == locator.slug)
    text = provision.body.of(document.text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert digest == entry.checksum, f"{entry.provision} has changed: label it again"
    around = [p for p in document.provisions if _paragraph(p) == _paragraph(provision)]
    elements = read_conditions(_stored(document_id, document), document.text, around, provision)
    return Read(text, tuple(_label(e, provision.body.start) for e in _flat(elements) if len(e.cue)))


def _paragraph(provision: Provision) -> tuple[object, ...]:
    where = provision.locator
    return where.paragraph, where.part, where.block


def _stored(document_id: str, document: ParsedDocument) -> StoredDocument:
    day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    origin = Provenance("", "", "", 0, document.parser, day)
    length = len(document.text)
    return StoredDocument(1, document_id, 1, True, "", "", document.metadata, origin, (), length)


def _flat(elements: Iterable[Element]) -> Iterator[Element]:
    for element in elements:
        yield element
        yield from _flat(element.parts)


def _label(element: Element, start: int) -> Label:
    quote, cue = element.quote.span, element.cue
    return Label(
        element.kind,
        Span(quote.start - start, quote.end - start),
        Span(cue.start - start, cue.end - start),
        element.connective,
        len(element.parts),
    )


@dataclass(slots=True)
class Measures:
    """Counts over provisions. Found: the same kind at the same cue; exact: also the same words quoted."""

    provisions: int = 0
    labelled: int = 0
    read: int = 0
    found: int = 0
    exact: int = 0
    lists: int = 0
    lists_whole: int = 0
    kinds: dict[str, list[int]] = field(default_factory=dict)  # kind: found, labelled

    @property
    def recall(self) -> float:
        return self.found / self.labelled

    @property
    def precision(self) -> float:
        return self.found / self.read

    def row(self, half: str) -> str:
        return (
            f"| {half} | {self.provisions} | {self.found} of {self.labelled} ({self.recall:.0%})"
            f" | {self.found} of {self.read} ({self.precision:.0%})"
            f" | {self.exact} of {self.labelled} | {self.lists_whole} of {self.lists} |"
        )


def compare(entry: Labelled, read: Read, measures: Measures) -> list[str]:
    """Count one provision into ``measures``; the differences in words (which are the law's: print only)."""
    found = {(f.kind, f.cue.start): f for f in read.found}
    wanted = {(w.kind, w.cue.start): w for w in entry.labels}
    measures.provisions += 1
    measures.labelled += len(entry.labels)
    measures.read += len(read.found)
    for key, label in wanted.items():
        met = found.get(key)
        counts = measures.kinds.setdefault(label.kind, [0, 0])
        counts[0] += met is not None
        counts[1] += 1
        measures.found += met is not None
        measures.exact += met is not None and met.quote == label.quote
        if label.parts:
            measures.lists += 1
            measures.lists_whole += met is not None and (met.connective, met.parts) == (
                label.connective,
                label.parts,
            )
    return [
        f"{entry.provision} {what}: {label.kind} «{label.quote.of(read.text)}»"
        for what, labels, others in (("missed", wanted, found), ("not labelled", found, wanted))
        for key, label in labels.items()
        if key not in others
    ]


def measure(half: str) -> tuple[Measures, list[str]]:
    """The measures over one part of the set, and the differences."""
    measures = Measures()
    differences = []
    for entry in labelled(half):
        differences += compare(entry, read_provision(entry), measures)
    return measures, differences


def main() -> None:
    """Print the table of docs/brief.md."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--differences", action="store_true", help="name what was missed, with its words")
    told = parser.parse_args().differences
    print(
        "| part | provisions | labelled elements found | found that are labelled | same words | lists whole |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    kinds: dict[str, list[int]] = {}
    notes = []
    for half in HALVES:
        if not labelled(half):
            continue
        measures, differences = measure(half)
        print(measures.row(half))
        notes += [f"{half} {difference}" for difference in differences]
        for kind, (found, all_) in measures.kinds.items():
            total = kinds.setdefault(kind, [0, 0])
            total[0] += found
            total[1] += all_
    print("\n| kind | found |\n| --- | --- |")
    for kind, (found, all_) in sorted(kinds.items()):
        print(f"| {kind} | {found} of {all_} |")
    if told:
        print(*notes, sep="\n")


if __name__ == "__main__":
    main()
