"""The vocabulary of evaluation: a test collection, what was judged, what was found, how good it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.errors import InputError


@dataclass(frozen=True, slots=True)
class CollectionDocument:
    """A document of a test collection, as the collection prints it."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class CollectionQuery:
    """A query of a test collection. ``extra`` holds further keys of its line (``as_of``, ``kind``)."""

    id: str
    text: str
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Qrels:
    """Judgements: ``grades[query][document]``, 0 for judged and not relevant, more for more relevant."""

    grades: Mapping[str, Mapping[str, int]]

    def relevant(self, query_id: str) -> tuple[str, ...]:
        """The documents judged relevant (grade above 0), in the order of their ids."""
        return tuple(sorted(d for d, grade in self.grades.get(query_id, {}).items() if grade > 0))


@dataclass(frozen=True, slots=True)
class Collection:
    """A test collection. Only queries with judgements count in a measure."""

    name: str
    documents: tuple[CollectionDocument, ...]
    queries: tuple[CollectionQuery, ...]
    qrels: Qrels


@dataclass(frozen=True, slots=True)
class Run:
    """What one way of searching found: ``scores[query][document]``, higher is better.

    Every reader of a run ranks by ``ranking``, so that equal scores never depend on who sorts.
    """

    name: str
    scores: Mapping[str, Mapping[str, float]]

    def __post_init__(self) -> None:
        for query, found in self.scores.items():
            for document, score in found.items():
                if score != score:
                    raise InputError(
                        f"Run {self.name!r} scores document {document!r} of query {query!r} as not-a-number.",
                        "A score must be a number, or the order of the run is undefined.",
                    )

    def ranking(self, query_id: str) -> list[str]:
        """Document ids, best first; equal scores in the order of the ids."""
        found = self.scores.get(query_id, {})
        return sorted(found, key=lambda document: (-found[document], document))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Values of a run: ``values[measure][query]`` for every judged query, and no other."""

    run: str
    values: Mapping[str, Mapping[str, float]]

    @property
    def queries(self) -> int:
        """Number of judged queries."""
        return max((len(per_query) for per_query in self.values.values()), default=0)

    def mean(self, measure: str) -> float:
        """Mean of ``measure`` over the judged queries."""
        per_query = self.of(measure)
        return sum(per_query.values()) / len(per_query)

    def of(self, measure: str) -> Mapping[str, float]:
        """Values of ``measure`` by query.

        Raises:
            InputError: the measure was not computed for this run.
        """
        try:
            return self.values[measure]
        except KeyError:
            raise InputError(
                f"Measure {measure!r} was not computed for run {self.run!r}.",
                f"Computed: {', '.join(self.values)}.",
            ) from None
