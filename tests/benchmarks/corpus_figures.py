"""The figures of docs/corpus.md: python tests/benchmarks/corpus_figures.py PATH … [--write docs/corpus.md]

Parses every document below the paths, as ``hjemmel ingest`` would, and keeps nothing. Prints tables in
Markdown; with ``--write`` they replace what stands between the ``figures`` marks of that file.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from corpus.agreement import Compared, Likeness, Rendition, compare
from corpus.errors import HjemmelError
from corpus.parsing import registry
from corpus.parsing.limits import DEFAULT_LIMITS
from corpus.sources import folder
from corpus.types import Kind, Level, ParsedDocument, Part

_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
_MARKS = re.compile(r"(<!-- figures -->\n).*(<!-- /figures -->)", re.DOTALL)
_QUOTED = re.compile(r"«[^»]*»")
_NUMBER = re.compile(r"\d+(?: [a-zæøåA-ZÆØÅ])?\b")
_OFFICIAL = "lexdania"
_RECORDS = "records"


@dataclass(slots=True)
class Reading:
    """Everything that was parsed, and what could not be."""

    documents: list[tuple[str, ParsedDocument]] = field(default_factory=list)  # with the file's name
    failures: list[tuple[str, HjemmelError]] = field(default_factory=list)


def read(paths: Sequence[Path]) -> Reading:
    found = Reading()
    for item in folder.read(paths):
        name = "/".join(item.address.split("/")[-2:])
        if isinstance(item, folder.Unread):
            found.failures.append((name, item.error))
            continue
        try:
            found.documents.append((name, registry.parse(item, DEFAULT_LIMITS)))
        except HjemmelError as error:
            found.failures.append((name, error))
    return found


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [
        head,
        ["---"] * len(head),
        *([f"{c:,}" if isinstance(c, int) else str(c) for c in r] for r in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def crossed(counts: Counter[tuple[str, str]], name: str) -> str:
    """Counts by row and column; both in order of size."""
    columns = list(dict.fromkeys(column for (_, column), _ in counts.most_common()))
    rows = list(dict.fromkeys(row for (row, _), _ in counts.most_common()))
    return table(
        [name, *columns, "all"], ([r, *(cells := [counts[r, c] for c in columns]), sum(cells)] for r in rows)
    )


def family(document: ParsedDocument) -> str:
    return document.parser.partition("/")[0]


def documents(reading: Reading) -> str:
    return crossed(Counter((d.metadata.type.value, family(d)) for _, d in reading.documents), "type")


def provisions(reading: Reading) -> str:
    counts: Counter[tuple[str, str]] = Counter()
    for _, document in reading.documents:
        for p in document.provisions:
            state = ", repealed" if p.repealed else ""
            counts[f"{family(document)}: {p.locator.part.value}{state}", p.level.value] += 1
    return crossed(counts, "parser: part")


def sections(reading: Reading) -> str:
    decisions = [d for _, d in reading.documents if d.metadata.kind is Kind.PRECEDENT]
    roles = Counter((s.role.value, family(d)) for d in decisions for s in d.sections)
    outcomes = Counter((o, family(d)) for d in decisions for o in d.metadata.outcomes)
    silent = [f"{name}" for name, d in reading.documents if d in decisions and not d.metadata.outcomes]
    return (
        f"{crossed(roles, 'role')}\n\nOutcomes recorded, of {len(decisions)} decisions and judgments "
        f"({len(decisions) - len(silent)} have one or more):\n\n{crossed(outcomes, 'outcome')}\n\n"
        f"Without an outcome: {', '.join(silent) or 'none'}."
    )


def faults(reading: Reading) -> str:
    notes = sum(len(d.footnotes) for _, d in reading.documents)
    holders = sum(bool(d.footnotes) for _, d in reading.documents)
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, document in reading.documents:
        for warning in document.warnings:
            kinds[family(document), _NUMBER.sub("n", _QUOTED.sub("«…»", warning))].append(name)
    rows = [
        (len(v), kind, parser, v[0]) for (parser, kind), v in sorted(kinds.items(), key=lambda x: -len(x[1]))
    ]
    failed = [(name, type(error).__name__, error.what) for name, error in reading.failures]
    return (
        f"{notes:,} footnotes in {holders} documents, kept apart from the text. "
        f"{len(failed)} records could not be read.\n\n"
        + (table(["record", "error", "what"], failed) + "\n\n" if failed else "")
        + table(["warnings", "kind", "parser", "one of them"], rows)
    )


def trees(reading: Reading) -> str:
    """Whether numbers run on: in the main part of every document that has §§."""
    stks = gaps = falls = 0
    lists: list[str] = []
    checked = [(n, d) for n, d in reading.documents if any(p.locator.part is Part.MAIN for p in d.provisions)]
    for name, document in checked:
        main = [p.locator for p in document.provisions if p.locator.part is Part.MAIN]
        held: dict[str, list[int]] = defaultdict(list)
        for place in main:
            if place.level is Level.STK and place.stk:
                held[f"{place.block}/{place.paragraph}"].append(place.stk)
        stks += len(held)
        broken = [k.partition("/")[2] for k, v in held.items() if v != list(range(1, len(v) + 1))]
        rows = [p.paragraph for p in main if p.level is Level.PARAGRAPH and p.paragraph and not p.block]
        fallen = [b for a, b in pairwise(rows) if _order(b) <= _order(a)]
        gaps, falls = gaps + len(broken), falls + len(fallen)
        if broken or fallen:
            bits = [f"§ {n}: stk. not in a row" for n in broken] + [
                f"§ {n} below the § before it" for n in fallen
            ]
            lists.append(f"{name} ({document.metadata.type.value}): {'; '.join(bits[:4])}")
    head = (
        f"{len(checked)} documents have §§ in the main part. Of {stks:,} §§ with stk., {stks - gaps:,} have stk. 1, 2, "
        f"3 … without a gap. {falls} §§ stand below the § before them."
    )
    return "\n".join([head, "", *(f"- {line}" for line in lists)])


def _order(number: str) -> tuple[int, int]:
    digits, _, letter = number.partition(" ")
    return int(digits), _LETTERS.find(letter.lower()) + 1 if letter else 0


def pairs(reading: Reading) -> Iterator[tuple[str, Rendition, Rendition]]:
    """Each act that was read both from the official mark-up and from a record."""
    held: dict[str, dict[str, ParsedDocument]] = defaultdict(dict)
    for _, document in reading.documents:
        if document.metadata.identifier:
            held[document.metadata.identifier][family(document)] = document
    for identifier, found in sorted(held.items()):
        if found.keys() >= {_OFFICIAL, _RECORDS}:
            yield identifier, Rendition.of(found[_OFFICIAL]), Rendition.of(found[_RECORDS])


def agreement(reading: Reading) -> str:
    compared = list(pairs(reading))
    by_level: Counter[tuple[str, str]] = Counter()
    examples: dict[Likeness, list[str]] = defaultdict(list)
    paragraphs: Counter[Likeness] = Counter()
    for identifier, official, other in compared:
        found = compare(official, other)
        both = {c.locator.paragraph for c in found if c.likeness not in (Likeness.MISSING, Likeness.EXTRA)}
        for each in found:
            paragraphs[each.likeness] += 1
            examples[each.likeness].append(f"{identifier}/{each.locator.slug}")
        for level in (Level.STK, Level.NR, Level.LITRA, Level.PKT):
            for each in _inside(compare(official, other, level), both):
                by_level[level.value, each.likeness.value] += 1
    agreeing = sum(n for likeness, n in paragraphs.items() if likeness.agrees)
    shared = paragraphs.total() - paragraphs[Likeness.MISSING] - paragraphs[Likeness.EXTRA]
    transitional = [
        sum(c.likeness is not left for c in compare(a, b, part=Part.TRANSITIONAL))
        for left in (Likeness.EXTRA, Likeness.MISSING)
        for _, a, b in compared
    ]
    half = len(compared)
    rows = [(k.value, n, ", ".join(examples[k][:3])) for k, n in paragraphs.most_common()]
    return (
        f"{half} acts were read from both. Of {shared:,} §§ that both have, {agreeing:,} agree word for word "
        f"({agreeing / max(1, shared):.1%}). §§ of transitional rules: {sum(transitional[:half]):,} in the official "
        f"mark-up, {sum(transitional[half:]):,} in the records.\n\n"
        + table(["§§ of the main part", "number", "for example"], rows)
        + "\n\nUnits inside the §§ that both have:\n\n"
        + crossed(by_level, "level")
    )


def _inside(found: Iterable[Compared], paragraphs: set[str]) -> Iterator[Compared]:
    return (each for each in found if each.locator.paragraph in paragraphs)


PARTS = {
    "Documents": documents,
    "Provisions": provisions,
    "Sections and outcomes of decisions": sections,
    "Footnotes, failures and warnings": faults,
    "Numbers in a row": trees,
    "The same act from two sources": agreement,
}


def commit() -> str:
    """The commit that the figures were made at; a «+» where files of the corpus were changed since."""

    def git(*words: str) -> str:
        here = Path(__file__).parents[2]
        return subprocess.run(
            ["git", "-C", str(here), *words], capture_output=True, text=True, check=True
        ).stdout.strip()

    return git("rev-parse", "--short", "HEAD") + (
        "+" if git("status", "--short", "-uno", "--", "corpus") else ""
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("paths", nargs="+", type=Path)
    options.add_argument("--write", type=Path)
    given = options.parse_args()
    reading = read(given.paths)
    told = f"Made at commit {commit()}; {len(reading.documents) + len(reading.failures):,} records met.\n"
    told += "".join(f"\n### {title}\n\n{part(reading)}\n" for title, part in PARTS.items())
    print(told)
    if given.write:
        page = given.write.read_text(encoding="utf-8")
        given.write.write_text(_MARKS.sub(lambda m: f"{m[1]}\n{told}\n{m[2]}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
