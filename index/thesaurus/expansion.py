"""The law's terms for what a query says in other words.

A case says «kørestol», the act says «hjælpemiddel». Neither words nor a small model bridge that, so a query
asks beside its own words, with less weight, for those of the law.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.analysis import Analyzer, Token
from index.thesaurus.entries import Entry, embedded

GAP = 3  # words that may stand among those of a phrase: «dukkede han heller ikke op»
# What each further term of the law of an entry counts against the one before it (what the first counts stands
# in ``index.weights``). The first ``SPOKEN`` of each entry are read by the encoder too. Chosen in
# docs/evaluation.md.
DECAY = 0.7
SPOKEN = 2


@dataclass(frozen=True, slots=True)
class LawTerm:
    """A term of the law that an everyday word of a query stands for.

    ``rank``: its place in the entry, from 0. ``words``: those of the query that called it up.
    """

    rank: int
    words: tuple[str, ...]

    @property
    def share(self) -> float:
        """What it counts against the first of its entry."""
        return DECAY**self.rank


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a thesaurus makes of a query.

    ``law``: the law's terms for its everyday words. ``text``: the query with the first of the law's words
    behind it, for an encoder.
    """

    law: Mapping[str, LawTerm]
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """An entry whose everyday words stand in a query, and those words as they stand there."""

    entry: Entry
    words: tuple[str, ...]


class Thesaurus:
    """Expands queries. Immutable; threads may share it.

    Args:
        entries: of several for the same everyday words the last one counts.
        analyzer: the analyser of the index.
    """

    def __init__(self, entries: Iterable[Entry], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._entries: dict[frozenset[str], Entry] = {}
        self._law: dict[str, tuple[str, ...]] = {}
        for entry in entries:
            terms = frozenset(_terms(entry.everyday, analyzer))
            if terms:
                self._entries[terms] = entry
            for words in entry.law:
                self._law[words] = _telling(words, analyzer)
        held = Counter(term for terms in self._entries for term in terms)
        self._with: dict[str, list[frozenset[str]]] = {}  # entries by the term that fewest others have
        for terms in self._entries:
            self._with.setdefault(min(terms, key=lambda term: (held[term], term)), []).append(terms)

    @classmethod
    def embedded(cls, analyzer: Analyzer) -> Thesaurus:
        """The one that comes with the program."""
        return cls(embedded(), analyzer)

    def __len__(self) -> int:
        """Number of entries."""
        return len(self._entries)

    def expand(self, text: str) -> Expansion:
        """What the law calls that which ``text`` says in everyday words.

        A term called up twice has the better of its ranks, and the words of both.
        """
        law: dict[str, LawTerm] = {}
        spoken: dict[str, None] = {}
        for match in self.matches(text):
            spoken |= dict.fromkeys(match.entry.law[:SPOKEN])
            for rank, phrase in enumerate(match.entry.law):
                for term in self._law[phrase]:
                    known = law.get(term, LawTerm(rank, ()))
                    words = tuple(dict.fromkeys((*known.words, *match.words)))
                    law[term] = LawTerm(min(rank, known.rank), words)
        return Expansion(law, f"{text} {', '.join(spoken)}" if spoken else text)

    def matches(self, text: str) -> list[Match]:
        """The entries whose everyday words stand in ``text``, each once, in order of its terms.

        The words of a phrase stand in any order with at most ``GAP`` others among them. A phrase covers
        its words: where «sige op» is meant, «sige» is not looked up.
        """
        places = _places(self._analyzer.analyze(text))
        found: dict[frozenset[str], tuple[str, ...]] = {}
        for at, place in enumerate(places):
            for term in place:
                for terms in self._with.get(term, ()):
                    spans = _together(terms, places, at)
                    if spans and terms not in found:
                        found[terms] = tuple(text[start:end] for start, end in spans)
        covered = {term for terms in found if len(terms) > 1 for term in terms}
        return [
            Match(self._entries[terms], found[terms])
            for terms in sorted(found, key=sorted)
            if len(terms) > 1 or not terms & covered
        ]


Place = Mapping[str, tuple[int, int]]  # the terms that one word of a text gives, each with its place


def _places(tokens: Iterable[Token]) -> list[Place]:
    """The words of a text in order: each with its term and those of its parts."""
    places: dict[tuple[int, int], dict[str, tuple[int, int]]] = {}
    for token in tokens:
        span = token.start, token.end
        places.setdefault(span, {})[token.term] = span
    return list(places.values())


def _together(terms: frozenset[str], places: list[Place], at: int) -> list[tuple[int, int]]:
    """Where the terms of an entry stand, all within reach of the word ``at``; empty unless all do."""
    reach = len(terms) - 1 + GAP if len(terms) > 1 else 0
    for first in range(max(at - reach, 0), at + 1):
        window = places[first : first + reach + 1]
        spans = [next((place[term] for place in window if term in place), None) for term in terms]
        if None not in spans:
            return sorted(span for span in spans if span is not None)
    return []


def _telling(words: str, analyzer: Analyzer) -> tuple[str, ...]:
    """The terms of the law's words without those that only hold them together: «ret til» is «ret»."""
    tokens = [token for token in analyzer.analyze(words) if not token.part]
    told = [t.term for t in tokens if not analyzer.is_stop_word(words[t.start : t.end])]
    return tuple(dict.fromkeys(told or (token.term for token in tokens)))


def _terms(words: str, analyzer: Analyzer) -> tuple[str, ...]:
    """The terms of an entry's words, without parts of compounds."""
    return tuple(dict.fromkeys(token.term for token in analyzer.analyze(words) if not token.part))
