"""Time of a brief, and whether every quote of it is verbatim: ``python tests/benchmarks/bench_brief.py DATA``.

The cases are the starter queries, and the facts of every decision kept: whole, and in windows of sentences,
each with that decision left out of the search, on several dates. Every quote of every brief is compared with
the store's text at its span, read anew and not by the code that made it; of every ``--raw``-th document quoted
the raw file is read again as well. Prints Markdown; exits with 1 where a quote does not stand where it says.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import html
import json
import statistics
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from itertools import islice
from pathlib import Path

from api.settings import Settings
from api.wiring import Workspace
from assistant.audit import AuditLog
from assistant.brief import Briefer, BriefRequest
from assistant.brief_types import Bearing, Brief, Quote
from assistant.compare import Matcher, facts_of
from assistant.generators.extractive import Extractive
from corpus.sources.folder import Unread, read
from corpus.store import Store
from corpus.types import Kind, RawSpan

DAYS = (None, dt.date(2024, 3, 1), dt.date(2022, 5, 1), dt.date(2019, 9, 1))
WINDOWS = (6, 12)  # sentences: a short report and a long one
LONGEST = 20_000  # characters of one case; a judgement's facts can be a hundred pages


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--encoder", default="none")
    parser.add_argument("--briefs", type=int, default=100)
    parser.add_argument("--skip", type=int, default=0, help="leave out the first cases, to share the work")
    parser.add_argument("--minutes", type=float, default=600.0, help="ask no more after so long")
    parser.add_argument("--starter", action="store_true", help="ask the starter queries, each on every date")
    parser.add_argument("--raw", type=int, default=10, help="read every n-th document quoted from its file")
    options = parser.parse_args()
    work = Workspace(Settings(data=options.data, encoder=options.encoder, threads=1))
    cases = starter_cases() if options.starter else decision_cases(work.store)
    told = Told(work.store)
    with tempfile.TemporaryDirectory() as folder:
        searcher, matcher = work.searcher(), Matcher(work.analyzer, work.encoder)
        briefer = Briefer(work.store, searcher, matcher, Extractive(), AuditLog(Path(folder) / "audit.db"))
        briefer.brief(BriefRequest("Borgeren udeblev fra en samtale."))  # opens what stays open
        begun = time.monotonic()
        for case in islice(cases, options.skip, options.skip + options.briefs):
            if time.monotonic() - begun > 60 * options.minutes:
                break
            wall, cpu = time.perf_counter(), time.process_time()
            brief = briefer.brief(case)
            told.seconds.append((time.perf_counter() - wall, time.process_time() - cpu))
            told.count(brief)
    told.check_raw(options.raw)
    manifest = work.searcher().snapshot.manifest
    print(f"{manifest.documents} documents, {manifest.passages} passages, {manifest.vectors} with a vector,")
    print(f"encoder {options.encoder}, {len(told.seconds)} briefs of {told.days} dates\n")
    told.print()
    return 1 if told.wrong else 0


def starter_cases() -> Iterator[BriefRequest]:
    """The queries of the starter corpus, each on its own date and on the others."""
    lines = (resources.files("corpus") / "starter" / "cases" / "queries.jsonl").read_text().splitlines()
    for day in DAYS:
        for line in lines:
            case = json.loads(line)
            own = dt.date.fromisoformat(case["as_of"]) if day is None and case.get("as_of") else day
            yield BriefRequest(case["text"], own)


def decision_cases(store: Store) -> Iterator[BriefRequest]:
    """The facts of decisions in turn: every decision's first case, then every decision's second one."""
    ids = [d.id for d in store.documents(kinds=[Kind.PRECEDENT])]
    ids.sort(key=lambda i: hashlib.sha256(i.encode()).hexdigest())
    waiting = [_parts(store, document_id) for document_id in ids]
    asked = 0
    while waiting:
        left = []
        for parts in waiting:
            case = next(parts, None)
            if case is None:
                continue
            text, document_id = case
            yield BriefRequest(text, DAYS[asked % len(DAYS)], exclude=(document_id,))
            asked += 1
            left.append(parts)
        waiting = left


def _parts(store: Store, document_id: str) -> Iterator[tuple[str, str]]:
    """A decision's facts whole and in windows that overlap by half, none of them twice."""
    sentences = [q.text for q in facts_of(store, document_id)]
    seen = set()
    for size in (len(sentences), *WINDOWS):
        for start in range(0, len(sentences), max(1, size // 2)):
            text = " ".join(sentences[start : start + size])[:LONGEST]
            if text.strip() and text not in seen and any(map(str.isalpha, text)):
                seen.add(text)
                yield text, document_id
            if size == len(sentences):
                break


@dataclass
class Told:
    """What was counted over the briefs."""

    store: Store
    seconds: list[tuple[float, float]] = field(default_factory=list)
    sections: Counter[str] = field(default_factory=Counter)
    documents: dict[tuple[str, int], list[Quote]] = field(default_factory=dict)
    dates: set[dt.date] = field(default_factory=set)
    without_rules: int = 0
    without_precedents: int = 0
    raw: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def days(self) -> int:
        return len(self.dates)

    def count(self, brief: Brief) -> None:
        """Compare every quote of a brief with the store, by section."""
        self.dates.add(brief.case.as_of)
        self.without_rules += not brief.rules
        self.without_precedents += not brief.precedents
        for section, quote in quoted(brief):
            self.sections[section] += 1
            held = self.documents.setdefault((quote.document_id, quote.revision), [])
            if len(held) < 20:
                held.append(quote)
            if _text(self.store, quote.document_id, quote.revision)[quote.span.start : quote.span.end] != (
                quote.text
            ):
                self.wrong.append(f"{section} {quote.document_id} {quote.span}")
        for sentence in brief.case.sentences:
            if sentence.span.of(brief.case.text) != sentence.text:
                self.wrong.append(f"case sentence {sentence.number}")

    def check_raw(self, every: int) -> None:
        """Read every n-th document's raw file again, and compare what its quotes lead back to."""
        for document_id, revision in sorted(self.documents)[::every]:
            document = self.store.document(document_id, revision)
            record = next(
                (
                    r
                    for r in _records(document.provenance.address)
                    if r.checksum == document.provenance.checksum
                ),
                None,
            )
            if record is None:
                self.raw["the file is gone or has changed"] += 1
                continue
            offsets = self.store.offsets(document.key)
            for quote in self.documents[document_id, revision]:
                places = offsets.to_raw(quote.span)
                same = _bare("".join(_cut(record.data, place) for place in places)) == _bare(quote.text)
                self.raw["the same words" if same else "other words"] += 1
                if not same:
                    self.wrong.append(f"raw {document_id} {quote.span}")

    def print(self) -> None:
        quotes = sum(self.sections.values())
        right = quotes - sum(not w.startswith(("raw", "case")) for w in self.wrong)
        print("| section | quotes |\n| --- | --- |")
        for section, number in self.sections.most_common():
            print(f"| {section} | {number:,} |")
        print(f"\nverbatim {right:,} of {quotes:,}, out of {len(self.documents)} documents;", end=" ")
        print("in the raw file: " + ", ".join(f"{n:,} {what}" for what, n in self.raw.items()))
        print(f"without a rule {self.without_rules}, without a precedent {self.without_precedents}\n")
        print("| one brief | p50 | p95 | most |\n| --- | --- | --- | --- |")
        for name, values in zip(("wall, s", "CPU, s"), zip(*self.seconds, strict=True), strict=True):
            ordered = sorted(values)
            high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
            print(f"| {name} | {statistics.median(ordered):.2f} | {high:.2f} | {ordered[-1]:.2f} |")
        print(*self.wrong[:20], sep="\n")


def quoted(brief: Brief) -> Iterator[tuple[str, Quote]]:
    """Every quote of a brief with the section that shows it."""
    for rule in brief.rules:
        yield "rules", rule.quote
        yield from (("pending amendments", q) for q in rule.pending)
        for bearing in rule.conditions:
            yield from (("conditions", q) for q in _elements(bearing))
    for duty in brief.procedure:
        yield from (("procedure", q) for q in duty.basis)
    for precedent in brief.precedents:
        yield from (("precedents: passages", q) for q in precedent.quotes)
        yield from (("precedents: reasons", q) for q in precedent.reasons)
        yield from (("precedents: alike", pair.decision) for pair in precedent.likeness.alike)
        yield from (("precedents: only there", q) for q in precedent.likeness.only_decision)
    for statement in brief.overview.statements:
        yield from (("overview", q) for q in statement.evidence)


def _elements(bearing: Bearing) -> Iterator[Quote]:
    yield bearing.element.quote
    for part in bearing.parts:
        yield from _elements(part)


_TEXTS: dict[tuple[str, int], str] = {}


def _text(store: Store, document_id: str, revision: int) -> str:
    key = document_id, revision
    if key not in _TEXTS:
        _TEXTS[key] = store.text(store.document(document_id, revision).key)
    return _TEXTS[key]


@lru_cache(maxsize=4)
def _file(path: str) -> list:  # type: ignore[type-arg]
    return [r for r in read([Path(path)]) if not isinstance(r, Unread)]


def _records(address: str) -> list:  # type: ignore[type-arg]
    path = address.partition("#")[0]
    return [r for r in _file(path) if r.address == address] if Path(path).exists() else []


def _cut(data: bytes, place: RawSpan) -> str:
    """The words at a place of a raw file: of a JSON record in the string that a pointer names."""
    if not place.part:
        text = data.decode("utf-8-sig")
    else:
        value = json.loads(data)
        for key in place.part.strip("/").split("/"):
            value = value[int(key)] if isinstance(value, list) else value[key]
        text = value
    return text[place.start : place.end]


def _bare(words: str) -> str:
    """Words without blanks, entities and the composition of letters, which the parsers even out."""
    return "".join(unicodedata.normalize("NFC", html.unescape(words)).replace("\u00ad", "").split())


if __name__ == "__main__":
    sys.exit(main())
