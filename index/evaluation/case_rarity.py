"""How rare a word is among cases: what every case says does not set one apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from index.analysis import Analyzer
from index.evaluation.beir import read_documents


class CaseRarity:
    """In how many of a large number of cases a term stands.

    In a collection of statutes «appellant» is rare and looks telling, though it stands in every case.

    Args:
        cases: their texts.
        analyzer: the one of the collection that is searched.
    """

    def __init__(self, cases: Iterable[str], analyzer: Analyzer) -> None:
        self._frequencies: Counter[str] = Counter()
        self._count = 0
        for text in cases:
            self._frequencies.update(set(analyzer.terms(text)))
            self._count += 1

    @property
    def passages(self) -> int:
        """How many cases were read."""
        return self._count

    def document_frequency(self, term: str) -> int:
        """In how many of them a term stands."""
        return self._frequencies[term]


def rarity_among(folder: Path, analyzer: Analyzer) -> CaseRarity:
    """The rarity among the documents of a collection.

    Raises:
        InputError, NotFoundError: as ``index.evaluation.beir.read_documents``.
    """
    return CaseRarity((f"{d.title}\n{d.text}" for d in read_documents(folder)), analyzer)
