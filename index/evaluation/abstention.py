"""How well weak evidence is told: ``python -m index.evaluation.abstention DIR --data DATA -h``.

Asked are cases whose answer is in the index (judged cases, whole and cut short), the same with every
wanted document taken away, and cases of other fields than the index holds. For each threshold the table
says how many of all cases stay without a note (coverage), in how many of those a wanted result is among the
first ten (precision), how many cases answered right get a note without need, and how many others get one.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.errors import HjemmelError
from corpus.store import Store
from corpus.types import Kind
from index import search
from index.abstain import SCALES, Scale, Threshold, evidence, strength
from index.analysis import Analyzer
from index.encoders import DEFAULT, load_encoder
from index.evaluation import own_index
from index.evaluation.report import current_commit, write_table
from index.search import Searcher
from index.snapshot import open_current
from index.thesaurus.expansion import Thesaurus
from index.types import Query, SearchResults

TOP = 10
SHORT = (12, 25)  # words: as short as a question
_UNMEASURED = Scale(mean=0.0, coverage=0.1, rarity=0.0, threshold=Threshold(0.0, 0.0))
RIGHT_NOTED = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5)  # shares of right answers noted, one row each


@dataclass(frozen=True, slots=True)
class Asked:
    """One case asked. ``source`` is «answer», «removed» or «elsewhere»; only the first wants something."""

    source: str
    query: Query
    wanted: dict[Kind, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one case got: the strength of the evidence, whether a wanted result is among the first."""

    source: str
    strength: float
    right: bool
    noted: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One threshold: the shares that the table prints."""

    threshold: float
    coverage: float
    precision: float
    right_noted: float
    removed_noted: float
    elsewhere_noted: float


def main() -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m index.evaluation.abstention", description=__doc__)
    parser.add_argument("folder", type=Path, help="judged cases")
    parser.add_argument("--elsewhere", type=Path, required=True, help="JSON lines of cases of other fields")
    parser.add_argument("--data", type=Path, required=True, help="data folder with an index")
    parser.add_argument("--encoder", default=DEFAULT, help="encoder of the index")
    parser.add_argument("--document", type=Path, help="Markdown file to write the table into")
    parser.add_argument("--table", default="abstention", help="name of the table's markers")
    options = parser.parse_args()
    try:
        _measure(options)
    except HjemmelError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _measure(options: argparse.Namespace) -> None:
    analyzer, encoder = Analyzer(), load_encoder(options.encoder, options.data, 1)
    with Store(options.data / "corpus.db") as store:
        snapshot = open_current(options.data / "index", analyzer.fingerprint, encoder.fingerprint)
        searcher = Searcher(store, snapshot, analyzer, encoder, thesaurus=Thesaurus.embedded(analyzer))
        asked = [*judged(options.folder), *elsewhere(options.elsewhere)]
        answers = [searcher.search(each.query) for each in asked]
        parts = []
        for kind in (Kind.RULE, Kind.PRECEDENT):
            seen = [
                _seen(kind, each, answer, analyzer, searcher)
                for each, answer in zip(asked, answers, strict=True)
                if each.source == "elsewhere" or each.wanted.get(kind) is not None
            ]
            parts.append(f"{kind.capitalize()}s:\n\n{table(rows(seen))}")
    counts = {source: sum(a.source == source for a in asked) for source in ("answer", "removed", "elsewhere")}
    about = ", ".join(f"{count} {source}" for source, count in counts.items())
    text = f"{about}; {snapshot.manifest.passages} passages.\n\n" + "\n\n".join(parts)
    print(text)
    if options.document:
        given = [Path(a).name if "/" in a else a for a in sys.argv[1:]]
        command = shlex.join(["python", "-m", "index.evaluation.abstention", *given])
        commit = current_commit(Path(search.__file__).parent)
        write_table(options.document, options.table, text, command, commit)


def judged(folder: Path) -> Iterator[Asked]:
    """The judged cases, whole and cut short, each with its answer and with its answer taken away.

    Raises:
        NotFoundError, UnreadableError: as ``own_index.read_cases``.
    """
    queries, qrels = own_index.read_cases(folder)
    for case in queries:
        wanted = {kind: frozenset(judged.relevant(case.id)) for kind, judged in qrels.items()}
        wanted = {kind: ids for kind, ids in wanted.items() if ids}
        documents = tuple(sorted({id.partition(":")[0] for ids in wanted.values() for id in ids}))
        whole = own_index.query_of(case, TOP)
        for text in dict.fromkeys((case.text, *(" ".join(case.text.split()[:n]) for n in SHORT))):
            query = replace(whole, text=text)
            yield Asked("answer", query, wanted)
            without = replace(query, exclude=query.exclude + documents)
            yield Asked("removed", without, dict.fromkeys(wanted, frozenset()))


def elsewhere(file: Path) -> Iterator[Asked]:
    """Cases that the index has no answer to: one JSON object a line, with its ``text``."""
    for line in file.read_text(encoding="utf-8").splitlines():
        yield Asked("elsewhere", Query(str(json.loads(line)["text"]), top=TOP), {})


def _seen(kind: Kind, asked: Asked, answer: SearchResults, analyzer: Analyzer, searcher: Searcher) -> Seen:
    results = answer.rules if kind is Kind.RULE else answer.precedents
    found = evidence(asked.query.text, results, analyzer, searcher.snapshot.lexical)
    right = bool({r.id for r in results[:TOP]} & asked.wanted.get(kind, frozenset()))
    scale = SCALES.get(searcher.snapshot.manifest.encoder_name, {}).get(kind, _UNMEASURED)
    return Seen(
        asked.source,
        strength(found, scale),
        right,
        f"weak-{kind}s" in answer.notes,
    )


def rows(seen: Sequence[Seen]) -> list[Row]:
    """One row for each share of right answers that may be noted, and one for the threshold in use."""
    right = np.array([s.strength for s in seen if s.right])
    thresholds = sorted({float(np.quantile(right, share)) for share in RIGHT_NOTED}) if len(right) else []
    found = [_row(seen, [s.strength < t for s in seen], t) for t in thresholds]
    return [*found, _row(seen, [s.noted for s in seen], float("nan"))]


def _row(seen: Sequence[Seen], noted: Sequence[bool], threshold: float) -> Row:
    """``threshold`` is not a number where the row is that of the threshold in use."""
    silent = [s for s, note in zip(seen, noted, strict=True) if not note]

    def share(chosen: list[bool]) -> float:
        return sum(chosen) / len(chosen) if chosen else 0.0

    pairs = list(zip(seen, noted, strict=True))
    return Row(
        threshold,
        len(silent) / len(seen),
        share([s.right for s in silent]),
        share([note for s, note in pairs if s.right]),
        share([note for s, note in pairs if s.source == "removed"]),
        share([note for s, note in pairs if s.source == "elsewhere"]),
    )


def table(found: Sequence[Row]) -> str:
    """The rows as Markdown."""
    lines = [
        "| threshold | coverage | precision | right, noted | answer removed, noted | elsewhere, noted |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in found:
        name = "in use" if row.threshold != row.threshold else f"{row.threshold:.4f}"
        shares = (row.coverage, row.precision, row.right_noted, row.removed_noted, row.elsewhere_noted)
        lines.append(f"| {name} | " + " | ".join(f"{share:.3f}" for share in shares) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
