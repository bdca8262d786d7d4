"""What the peers are measured on: test collections, and the starter corpus's cases over its own documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import NotFoundError
from corpus.store import Store
from corpus.types import Kind
from index.evaluation.beir import read_collection
from index.evaluation.own_index import read_cases
from index.evaluation.types import Collection, CollectionDocument, CollectionQuery
from index.passages import passages

CASES = Path(__file__).parents[3] / "corpus" / "starter" / "cases"
LANGUAGES = {"legalquad-de": "de", "aila2019-statutes-train": "en", "obliqa-test": "en"}
STARTER = {"starter-rules": Kind.RULE, "starter-precedents": Kind.PRECEDENT}
NAMES = (*LANGUAGES, *STARTER)


@dataclass(frozen=True, slots=True)
class Task:
    """A collection to search. ``kind``: of the starter corpus, which Hjemmel searches as its own index."""

    name: str
    language: str  # da, de or en
    collection: Collection
    kind: Kind | None = None

    def judged(self) -> list[CollectionQuery]:
        """The queries that have judgements, in the collection's order."""
        return [query for query in self.collection.queries if query.id in self.collection.qrels.grades]


def read_task(name: str, collections: Path, store: Store | None) -> Task:
    """The task of this name.

    Args:
        collections: folder that holds the test collections.
        store: holds the starter corpus; needed for a task of ``STARTER``.

    Raises:
        NotFoundError: there is no such task, or its collection is not there.
    """
    if name in LANGUAGES:
        return Task(name, LANGUAGES[name], read_collection(collections / name))
    if name not in STARTER or store is None:
        raise NotFoundError(f"There is no task {name!r}.", f"Choose of: {', '.join(NAMES)}.")
    kind = STARTER[name]
    queries, judged = read_cases(CASES)
    return Task(name, "da", Collection(name, own_documents(store, kind), queries, judged[kind]), kind)


def own_documents(store: Store, kind: Kind) -> tuple[CollectionDocument, ...]:
    """Every § (rules) or decision (precedents) of a store as a document, by the id that a search gives it.

    Its title is what Hjemmel's own passages have as context: the law's title, the chapter and the heading.
    """
    titles: dict[str, str] = {}
    texts: dict[str, list[str]] = {}
    for document in store.documents():
        if document.metadata.kind is not kind:
            continue
        text, key = store.text(document.key), document.key
        for located in passages(document, text, store.provisions(key), store.sections(key)):
            result = located.occurrence.result_id
            # A decision's sections have contexts of their own; the words that name it come first in all.
            context = located.passage.context
            titles.setdefault(result, context if kind is Kind.RULE else document.metadata.title)
            texts.setdefault(result, []).append(located.passage.text)
    return tuple(CollectionDocument(id, titles[id], "\n".join(words)) for id, words in texts.items())
