"""Clauses of a claim and of a passage's sentence, and whether the one stands in the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from assistant.support_chains import Chain
from assistant.support_words import BOUNDS, CONDITIONS, GLUE, MODALS, NEGATIONS, NO_VERBS, REPORTS
from corpus.types import Span

WITHIN = 4  # words of a clause that a claim may pass over at one place: adjectives, an adverbial
ACROSS = 1  # the same where it goes on in another clause, so that no subject meets another's verb
LONGEST_SUBJECT = 3  # words of meaning between a verb and what follows its subject


_IF = frozenset(("når", "såfremt"))
# «Udebliver modtageren, kan hjælpen nedsættes»: a condition without a word for it. Too much is taken for
# one: then the claim must have the condition as well, and only a good sentence is lost.
_FIRST_WORD = re.compile(r"\s*([A-ZÆØÅ][a-zæøå]*)\b(?!,| der\b| som\b)")
_MAIN_VERB = re.compile(r",\s(?=(skal|kan|vil|må|bør|[a-zæøå]*[rs])\b)")
_FINITE = re.compile(r"(?:skal|kan|vil|må|bør|ville|skulle|kunne|burde|måtte|var|havde|blev|[a-zæøå]+[rs])")


class Unsupported(StrEnum):
    """Why a claim does not rest on the passages it cites."""

    EMPTY = "empty"  # it says nothing that a passage could bear out
    REFERENCE = "reference"  # a § or another provision that is not there
    NUMBER = "number"  # a number, a date or an amount that is not there
    WORDS = "unsupported"  # words that are not there, or not said of each other
    NEGATION = "negation"  # a «not» that only one of the two has
    LIMITS = "limits"  # a condition, an exception, a bound or a speaker left out


@dataclass(frozen=True, slots=True)
class Token:
    """A word of meaning. ``heads``: what else it may be called; ``chain``: the reference that it is."""

    term: str
    surface: str
    clause: int
    start: int
    heads: frozenset[str] = frozenset()
    chain: Chain = ()

    @property
    def is_glue(self) -> bool:
        return self.term in GLUE or self.surface in GLUE

    @property
    def is_number(self) -> bool:
        return any(char.isdigit() for char in self.term) and not self.chain


@dataclass(slots=True)
class Place:
    """A sentence of a passage with its words of meaning, ready to be compared."""

    source: int
    span: Span
    tokens: list[Token]
    items: tuple[int, ...] = ()  # where the items of its list of alternatives begin
    weights: list[int] = field(default_factory=list)  # words that count as left out, before each token

    def __post_init__(self) -> None:
        self.weights = [0]
        for token in self.tokens:
            self.weights.append(self.weights[-1] + (not token.is_glue))

    def skipped(self, first: int, last: int) -> tuple[int, bool]:
        """Words left out between two tokens, clauses left out whole not counted, and whether one ended."""
        one, other = self.tokens[first].clause, self.tokens[last].clause
        if one == other:
            return self.weights[last] - self.weights[first + 1], False
        end = bisect_left(self.tokens, one + 1, key=lambda t: t.clause)
        begin = bisect_left(self.tokens, other, key=lambda t: t.clause)
        return self.weights[end] - self.weights[first + 1] + self.weights[last] - self.weights[begin], True


def by_clause(tokens: Sequence[Token]) -> list[list[Token]]:
    clauses: dict[int, list[Token]] = {}
    for token in tokens:
        clauses.setdefault(token.clause, []).append(token)
    return list(clauses.values())


def begins_main(segment: str, word: Token, *, inverted: bool) -> bool:
    """Whether the word may be the verb of a main clause that something else comes before."""
    if word.start == 0:
        return inverted
    return not inverted and segment[: word.start].rstrip().endswith(",") and word.term not in CONDITIONS


def orders_of(clause: list[Token]) -> list[list[Token]]:
    """A clause that begins with its verb as it stands, and with its verb behind a subject of some words."""
    verb, *rest = clause
    longest = min(LONGEST_SUBJECT, len(rest))
    return [clause, *([*rest[:n], verb, *rest[n:]] for n in range(1, longest + 1))]


def with_condition(text: str, tokens: list[Token]) -> tuple[list[Token], int]:
    """The words of a sentence that opens with its verb as a condition, with «hvis» in front.

    Returns:
        The words, and where in ``text`` the main clause begins; -1 where the sentence is no such condition.
    """
    first = _FIRST_WORD.match(text)
    word = first[1].lower() if first else ""
    if not tokens or word in NO_VERBS or not _FINITE.fullmatch(word):
        return tokens, -1
    for main in _MAIN_VERB.finditer(text):
        if main[1] not in NO_VERBS:
            hvis = Token("hvis", "hvis", tokens[0].clause, tokens[0].start, _IF)
            return [hvis, *tokens], main.end()
    return tokens, -1


def rearranged(tokens: list[Token], main: int) -> Iterator[list[Token]]:
    """A sentence that opens with its condition, with the verb of each of its two clauses further back.

    Args:
        main: where the main clause begins, in the measure of ``Token.start``.
    """
    at = next((n for n, token in enumerate(tokens) if token.start >= main), len(tokens))
    hvis, *condition = tokens[:at]
    for before in orders_of(condition) if condition else [[]]:
        for after in orders_of(tokens[at:]) if at < len(tokens) else [[]]:
            yield _in_place([hvis, *before, *after], tokens)


def _in_place(words: Sequence[Token], slots: Sequence[Token]) -> list[Token]:
    """The words in their new order, each of the clause of the place it has come to."""
    return [replace(word, clause=slot.clause) for word, slot in zip(words, slots, strict=True)]


def without_trailing_or(tokens: list[Token]) -> list[Token]:
    return tokens[:-1] if tokens and tokens[-1].term == "eller" else tokens


def _matches(claim: Token, source: Token) -> bool:
    if claim.chain or source.chain:
        return bool(claim.chain) and source.chain[: len(claim.chain)] == claim.chain
    if claim.term != source.term and claim.term not in source.heads:
        return False
    return _is_passive(claim) == _is_passive(source)


def _is_passive(token: Token) -> bool:
    """Whether the word is a verb in the passive: «nedsættes» says another thing of its subject."""
    return token.term.endswith("e") and (
        token.surface == token.term + "s" or token.surface.endswith(("edes", "tes"))
    )


def embed(clause: Sequence[Token], place: Place, taken: Collection[int] = ()) -> tuple[int, ...] | None:
    """Where the clause's words stand in the sentence, in order and with the least left out between.

    Args:
        taken: words of the sentence that another clause stands on already; none bears two words out.
    """
    free = [(j, token) for j, token in enumerate(place.tokens) if j not in taken]
    at = [[j for j, token in free if _matches(word, token)] for word in clause]
    if not all(at):
        return None
    best: dict[int, tuple[int, tuple[int, ...]]] = {j: (0, (j,)) for j in at[0]}
    for positions in at[1:]:
        following: dict[int, tuple[int, tuple[int, ...]]] = {}
        for j in positions:
            for last, (cost, path) in best.items():
                if last >= j:
                    continue
                skipped, crossed = place.skipped(last, j)
                if skipped > (ACROSS if crossed else WITHIN):
                    continue
                total = cost + skipped
                if j not in following or total < following[j][0]:
                    following[j] = total, (*path, j)
        best = following
    return min(best.values())[1] if best else None


def left_out(place: Place, matched: set[int]) -> Unsupported | None:
    """What of the sentence's limits the claim does without."""
    touched = {place.tokens[j].clause for j in matched}
    alternatives = {bisect_left(place.items, place.tokens[j].start) for j in matched} - {0}
    if len(alternatives) > 1 and not any(place.tokens[j].term == "eller" for j in matched):
        return Unsupported.LIMITS
    conditional: set[int] = set()
    for j, token in enumerate(place.tokens):
        held = j in matched
        goes_on = token.surface in ("og", "samt", "eller") and (
            j == 0 or place.tokens[j - 1].clause < token.clause
        )
        if token.term in CONDITIONS or (goes_on and conditional):  # «når …, og mødet holdes …»
            conditional.add(token.clause)
        if held:
            continue
        if token.term in NEGATIONS:
            return Unsupported.NEGATION
        if token.term in CONDITIONS or token.term in REPORTS:
            return Unsupported.LIMITS
        if token.clause in touched and (token.term in MODALS.values() or token.term == "eller"):
            return Unsupported.LIMITS
        if token.clause in conditional and not token.is_glue:
            return Unsupported.LIMITS  # half a condition is another condition
        if token.term in BOUNDS and any(
            place.tokens[k].is_number and k in matched for k in (j + 1, j + 2) if k < len(place.tokens)
        ):
            return Unsupported.LIMITS
    return None
