"""Measures the search over one's own documents: cases whose wanted rules and decisions someone judged.

The folder is in BEIR layout without ``corpus.jsonl``: judged are the ids of provisions (§§) and of
decisions in the index. A query may name the day it is to be answered for (``as_of``). Rules and
precedents are lists of their own in the answer, so they are measured apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.errors import NotFoundError, UnreadableError
from corpus.types import Kind
from index.evaluation.beir import read_judged_queries
from index.evaluation.types import CollectionQuery, Qrels, Run
from index.search import ReadQuery, Searcher
from index.types import Query

DEPTH = 100  # results asked for: what R@100 looks at


def is_own(folder: Path) -> bool:
    """Whether ``folder`` judges the ids of an index rather than documents of its own."""
    return folder.is_dir() and not any((folder / f"corpus.jsonl{end}").is_file() for end in ("", ".gz"))


def read_cases(folder: Path) -> tuple[tuple[CollectionQuery, ...], dict[Kind, Qrels]]:
    """The cases and, for each kind, what was judged for them.

    Raises:
        NotFoundError, UnreadableError: as ``index.evaluation.beir.read_collection``.
    """
    queries, grades = read_judged_queries(folder)
    split: dict[Kind, dict[str, dict[str, int]]] = {Kind.RULE: {}, Kind.PRECEDENT: {}}
    for query, judged in grades.grades.items():
        for identifier, grade in judged.items():
            kind = Kind.RULE if ":" in identifier else Kind.PRECEDENT
            split[kind].setdefault(query, {})[identifier] = grade
    return queries, {kind: Qrels(judged) for kind, judged in split.items() if judged}


def runs(
    searchers: Mapping[str, Searcher], queries: Sequence[CollectionQuery]
) -> dict[tuple[str, Kind], Run]:
    """The ranking of each searcher for each kind. All search the same snapshot by the same encoder."""
    found: dict[tuple[str, Kind], dict[str, dict[str, float]]] = {}
    for query in queries:
        asked = query_of(query, DEPTH)
        read: dict[int, ReadQuery] = {}  # once for each thesaurus: searchers differ in what they make of it
        for name, searcher in searchers.items():
            reading = id(searcher.thesaurus)
            read[reading] = read.get(reading) or searcher.read(asked)
            for kind, ids in searcher.order(asked, read[reading]).items():
                # By rank: scores of different queries are not comparable, and ties are settled already.
                found.setdefault((name, kind), {})[query.id] = {
                    id: float(len(ids) - rank) for rank, id in enumerate(ids)
                }
    return {(name, kind): Run(f"{name}, {kind}s", scores) for (name, kind), scores in found.items()}


def query_of(case: CollectionQuery, top: int) -> Query:
    """What is asked for a case: its text on its day, without what it must not find."""
    return Query(case.text, top=top, as_of=_day(case), exclude=_exclude(case))


def check_known(searcher: Searcher, qrels: Mapping[Kind, Qrels]) -> None:
    """Refuse judgements of documents that the index does not hold: they could never be found.

    Raises:
        NotFoundError: names the first such document.
    """
    known = {d.id for d in searcher.snapshot.table.documents}
    for judged in qrels.values():
        for query, grades in judged.grades.items():
            for identifier in grades:
                if identifier.partition(":")[0] not in known:
                    raise NotFoundError(
                        f"the case {query} wants {identifier}, which is not in the index.",
                        "Ingest and index the documents that the cases were judged on.",
                    )


def _day(query: CollectionQuery) -> dt.date | None:
    value = query.extra.get("as_of")
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise UnreadableError(
            f"the case {query.id} has as_of {value!r}.", "Write the date as YYYY-MM-DD."
        ) from None


def _exclude(query: CollectionQuery) -> tuple[str, ...]:
    """Ids that the query must not find: the decision that it was made of."""
    value = query.extra.get("exclude", ())
    return tuple(str(id) for id in value) if isinstance(value, list | tuple) else ()
