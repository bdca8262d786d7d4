"""Labelled references in real texts, and the measures taken on them.

``tests/golden/references.jsonl`` holds addresses, offsets and labels only; the texts are read beside
the checkout. One line is one window of a text; docs/references.md says how windows were drawn.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import zstandard
from lxml import etree

from corpus.identifiers import work_id
from corpus.parsing.text import normalise
from corpus.references import ActNames, ActTitle, MentionKind, Reference, Unit
from corpus.types import DocumentType, Kind, Metadata, Span

GOLDEN = Path(__file__).parents[2] / "golden" / "references.jsonl"
SHARED = Path(__file__).parents[3].parent / "shared" / "corpus"
HALVES = ("tune", "held-out", "fresh", "fresh-2")
UNSCORED = "?"  # the label of an act that the words alone do not decide


@dataclass(frozen=True, slots=True)
class Label:
    span: Span
    targets: tuple[str, ...]
    unit: Unit
    act: str
    cited: str


@dataclass(frozen=True, slots=True)
class Window:
    address: str
    pointer: str
    checksum: str
    stratum: str
    half: str
    span: Span
    labels: tuple[Label, ...]


def windows(half: str) -> list[Window]:
    found = []
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        labels = tuple(
            Label(
                Span(label["start"], label["end"]),
                tuple(label["targets"]),
                Unit(label.get("unit", "paragraph")),
                label.get("act", ""),
                label.get("cited", ""),
            )
            for label in row["references"]
        )
        if row["half"] == half:
            found.append(
                Window(
                    row["address"],
                    row["pointer"],
                    row["sha256"],
                    row["stratum"],
                    half,
                    Span(*row["window"]),
                    labels,
                )
            )
    return found


@cache
def text_of(address: str, pointer: str) -> str:
    """The normalised text that the offsets of a window count in."""
    if pointer == "xml":
        body = etree.parse(SHARED / address).getroot().find("DokumentIndhold")
        lines = (normalise("".join(element.itertext())) for element in body.iter("Linea", "Explicatus"))
        return "\n".join(line for line in lines if line)
    name, _, number = address.partition("#")
    value = records(name)[int(number)] if number else json.loads((SHARED / name).read_text(encoding="utf-8"))
    for key in pointer.strip("/").split("/"):
        value = value[int(key) if isinstance(value, list) else key]
    return normalise(value)


TITLES = "dk_law_full.jsonl.zst"
TYPES = {"LBK": DocumentType.CONSOLIDATED_ACT, "LOV": DocumentType.ACT, "BEK": DocumentType.ORDER}


@cache
def records(name: str) -> dict[int, dict[str, object]]:
    """The records of one file that some window stands in, by line from 1."""
    return _read(name)[0]


@cache
def names() -> ActNames:
    """The names of every statute and order in the national corpus."""
    return ActNames.from_titles(_read(TITLES)[1])


@cache
def _read(name: str) -> tuple[dict[int, dict[str, object]], list[ActTitle]]:
    """One pass over a file of records: those wanted whole, and of the others their titles."""
    places = (window.address for half in HALVES for window in windows(half))
    wanted = {int(place.partition("#")[2]) for place in places if place.startswith(f"{name}#")}
    found = {}
    titles = {}
    for number, line in lines(name):
        if number in wanted:
            found[number] = json.loads(line)
        if name == TITLES:
            head = json.loads(line[: line.index(', "provisions"')] + "}")
            if kind := TYPES.get(head["short_name"][:3]):
                work = work_id(Metadata(head["title"], kind, Kind.RULE))
                titles[head["title"]] = ActTitle(head["title"], "", work)
    return found, [title for title in titles.values() if title.work]


def lines(name: str) -> Iterator[tuple[int, str]]:
    """The lines of a packed file, from 1."""
    with (SHARED / name).open("rb") as packed:
        reader = zstandard.ZstdDecompressor().stream_reader(packed)
        yield from enumerate(io.TextIOWrapper(reader, encoding="utf-8"), 1)


@dataclass
class Measures:
    """Counts over windows, and the measures made of them."""

    predicted: int = 0
    labelled: int = 0
    matched: int = 0
    exact: int = 0
    acts: int = 0
    acts_right: int = 0

    @property
    def precision(self) -> float:
        return self.matched / self.predicted

    @property
    def recall(self) -> float:
        return self.matched / self.labelled

    @property
    def locator_accuracy(self) -> float:
        return self.exact / self.matched

    @property
    def act_accuracy(self) -> float:
        return self.acts_right / self.acts

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f} ({self.matched}/{self.predicted}), "
            f"recall {self.recall:.3f} ({self.matched}/{self.labelled}), "
            f"locator {self.locator_accuracy:.3f} ({self.exact}/{self.matched}), "
            f"act {self.act_accuracy:.3f} ({self.acts_right}/{self.acts})"
        )


def compare(window: Window, found: tuple[Reference, ...], measures: Measures) -> list[str]:
    """Count one window's references into ``measures``; the differences in words."""
    starting = [r for r in found if window.span.start <= r.span.start < window.span.end]
    measures.predicted += len(starting)
    measures.labelled += len(window.labels)
    differences = []
    left = list(starting)
    for label in window.labels:
        match = next(
            (r for r in left if r.span.start < label.span.end and label.span.start < r.span.end), None
        )
        if match is None:
            differences.append(f"missed {label}")
            continue
        left.remove(match)
        measures.matched += 1
        right = (
            tuple(_target(target) for target in match.targets) == label.targets
            and (match.unit is label.unit or not label.targets)
            and (str(match.cited) if match.cited else "") == label.cited
        )
        measures.exact += right
        if not right:
            differences.append(f"locator {label} but {match}")
        if label.act != UNSCORED:
            measures.acts += 1
            same = label.act in act_labels(match)
            measures.acts_right += same
            if not same:
                differences.append(f"act {label} but {match}")
    differences.extend(f"extra {match}" for match in left)
    return differences


def act_labels(reference: Reference) -> set[str]:
    """The ways in which a label may name the act of a reference."""
    act = reference.act
    if act is None:
        return {""}
    if act.kind in (MentionKind.OWN, MentionKind.SAME):
        return {act.kind.value}
    if act.kind is MentionKind.DEFINITE:
        return {"def"}
    labels = {act.name.lower()}
    if act.official:
        labels.add(f"{act.official.kind} {act.official.number}/{act.official.date.year}")
    if act.celex:
        labels.add(str(act.celex))
    return labels


def checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _target(target: object) -> str:
    first, last = target.first.slug, target.last  # type: ignore[attr-defined]
    return first if last is None else f"{first}..{last.slug}"
