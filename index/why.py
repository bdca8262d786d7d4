"""Why a result was found: the words that the case and the result share, in the forms in which they stand."""

from __future__ import annotations

from collections.abc import Mapping

from index.analysis import Analyzer
from index.types import MatchedTerm

TERMS_SHOWN = 8  # of one result


class QueryWords:
    """The words of the query behind each term, worked out when first asked for, and what it cites.

    ``cited``: the words that cite, by the id of the § or decision that they lead to.
    """

    def __init__(self, analyzer: Analyzer, text: str, cited: Mapping[str, str]) -> None:
        self.cited = cited
        self._analyzer = analyzer
        self._text = text
        self._words: dict[str, tuple[str, ...]] | None = None

    def of(self, term: str) -> tuple[str, ...]:
        """The forms in which ``term`` stands in the query."""
        if self._words is None:
            self._words = words_by_term(self._analyzer, self._text)
        return self._words.get(term, ())


def matched_terms(
    shares: Mapping[str, float], quoted: str, analyzer: Analyzer, query: QueryWords
) -> tuple[MatchedTerm, ...]:
    """The terms that carried a passage's lexical score, heaviest first.

    Args:
        shares: what each term of the query gave to the score.
        quoted: the words of the result that are shown.
    """
    total = sum(shares.values())
    if total <= 0:
        return ()
    here = words_by_term(analyzer, quoted)
    heaviest = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        MatchedTerm(term, query.of(term), here.get(term, ()), share / total)
        for term, share in heaviest[:TERMS_SHOWN]
        if share > 0
    )


def words_by_term(analyzer: Analyzer, text: str) -> dict[str, tuple[str, ...]]:
    """For each term the different words of ``text`` it was made from, in order."""
    words: dict[str, dict[str, None]] = {}
    for token in analyzer.analyze(text):
        words.setdefault(token.term, {})[text[token.start : token.end]] = None
    return {term: tuple(forms) for term, forms in words.items()}
