"""Whether a sentence says no more, no less and nothing else than a passage it cites.

The sentence must be a passage's own sentence, shortened or with its clauses in another order: every word
that carries meaning stands there too, in the same order within a clause, with little left out between. What
limits the passage's sentence (a negation, a condition, an exception, who said it, «højst») must stand in the
claim. A faithful sentence in other words falls as well: a word that does not come through can be read in the
source, a false one that does cannot be taken back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from assistant.support_chains import CHAIN, Chain, is_own, read_chain
from assistant.support_words import (
    BOUNDS,
    CONDITIONS,
    FREE,
    GLUE,
    MODALS,
    NEGATIONS,
    REPORTS,
    openings,
)
from corpus.sentences import sentences
from corpus.types import Span
from index.analysis import Analyzer

WITHIN = 4  # words of a clause that a claim may pass over at one place: adjectives, an adverbial
ACROSS = 1  # the same where it goes on in another clause, so that no subject meets another's verb
LEAST_WORDS = 2  # a claim with fewer words of meaning says nothing that could be supported
LONGEST_SUBJECT = 3  # words of meaning between a verb and what follows its subject
LEAST_HEAD = 4  # letters of a compound's last part that may stand for it: «hjælp» for «kontanthjælp»

_NAME = "\ue001"  # stands in a claim where it names its own source
_LIMITING = {"negation": NEGATIONS, "condition": CONDITIONS, "report": REPORTS}
PRINTED_NUMBER = re.compile(r"(?m)^(?:§ ?\d+ ?[a-zæøå]?\. ?)?(?:Stk\. ?\d+\. ?)?(?:(?:\d{1,3}|[a-zæøå])\) )?")
_CLAUSE_MARK = re.compile(r"[,;:()–\n]")
_SEGMENT = re.compile(r";\s|,\s(?=(?:og|mens|men|samt)\s)")
_OR_LIST = re.compile(r"eller\s*\n(?=(?:\d{1,3}|[a-zæøå])\) )")
_ITEM = re.compile(r"\n(?=(?:\d{1,3}|[a-zæøå])\) )")
_LEAD_IN = re.compile(f"^(?:(?:{'|'.join(openings(_NAME))})\\s*)+", re.IGNORECASE)
_NAMED = re.compile(rf"(?:\b(?:i|efter|ifølge|af|jf\.)\s+)?{_NAME}+", re.IGNORECASE)


class Unsupported(StrEnum):
    """Why a claim does not rest on the passages it cites."""

    EMPTY = "empty"  # it says nothing that a passage could bear out
    REFERENCE = "reference"  # a § or another provision that is not there
    NUMBER = "number"  # a number, a date or an amount that is not there
    WORDS = "unsupported"  # words that are not there, or not said of each other
    NEGATION = "negation"  # a «not» that only one of the two has
    LIMITS = "limits"  # a condition, an exception, a bound or a speaker left out


@dataclass(frozen=True, slots=True)
class Unit:
    """A provision within a passage: its printed locator, and its place in the passage's text."""

    locator: str
    span: Span


@dataclass(frozen=True, slots=True)
class Words:
    """A passage as a claim may rest on it.

    ``units``: the provisions in it. ``names``: how a sentence may name the source («lov om …»).
    """

    text: str
    units: tuple[Unit, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
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
class _Sentence:
    """A sentence of a passage with its words of meaning, ready to be compared."""

    source: int
    span: Span
    tokens: list[_Token]
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


class Support:
    """Compares claims with passages by one analyser (Danish)."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def check(self, claim: str, cited: Sequence[Words]) -> tuple[tuple[int, Span], ...] | Unsupported:
        """The sentences of the cited passages that bear the claim out, or why none do.

        Args:
            claim: a sentence without labels. Quotation marks are passed over.
            cited: the passages it cites; each must bear a part of it.

        Returns:
            Pairs of a passage's place in ``cited`` and a span in its text.
        """
        plain = _plain(claim)
        named, narrowed = self._name_sources(plain, cited)
        opening = _LEAD_IN.match(named.strip())
        after = named.strip()[opening.end() :] if opening else named
        inverted = opening is not None and not opening.group().rstrip(" ,").endswith("at")
        body = _NAMED.sub(" ", after).strip(" ,")
        places = [
            sentence
            for number, words in enumerate(cited)
            for sentence in self._sentences(number, words, narrowed.get(number, ()))
        ]
        known = {term for place in places for token in place.tokens for term in (token.term, *token.heads)}
        chains = {token.chain for place in places for token in place.tokens if token.chain}
        missing = self._missing(body, known, chains)
        if missing is not None:
            return missing
        found: list[tuple[int, Span]] = []
        for number, segment in enumerate(_SEGMENT.split(body)):
            borne = self._bear(segment, places, inverted=inverted and number == 0)
            if isinstance(borne, Unsupported):
                return borne
            if borne is not None:
                found.append((borne.source, borne.span))
        used = {source for source, _ in found}
        if used != set(range(len(cited))):
            return Unsupported.WORDS
        return tuple(dict.fromkeys(found))

    def _missing(self, body: str, known: set[str], chains: set[Chain]) -> Unsupported | None:
        """What the claim holds that no cited passage has at all."""
        tokens = self._tokens(body)
        if sum(not t.is_glue for t in tokens) < LEAST_WORDS:
            return Unsupported.EMPTY
        for token in tokens:
            if token.chain and not any(held[: len(token.chain)] == token.chain for held in chains):
                return Unsupported.REFERENCE
        absent = [t for t in tokens if not t.chain and t.term not in known]
        if any(t.is_number for t in absent):
            return Unsupported.NUMBER
        if any(t.term in NEGATIONS for t in absent):
            return Unsupported.NEGATION
        return Unsupported.WORDS if absent else None

    def _bear(
        self, segment: str, places: Sequence[_Sentence], *, inverted: bool = False
    ) -> _Sentence | Unsupported | None:
        """The first sentence that bears the segment out; ``None`` where it says nothing.

        Args:
            inverted: an opening was taken off it, so that it begins with its verb («Efter § 3 skal …»).
        """
        clauses = _by_clause(self._tokens(segment))
        if not clauses:
            return None
        orders = [_orders(clause) if inverted and clause[0].start == 0 else [clause] for clause in clauses]
        worst: Unsupported = Unsupported.WORDS
        for place in places:
            matched: set[int] = set()
            for order in orders:
                at = next((at for clause in order if (at := _embed(clause, place)) is not None), None)
                if at is None:
                    break
                matched.update(at)
            else:
                left_out = _left_out(place, matched)
                if left_out is None:
                    return place
                worst = left_out
        return worst

    def _name_sources(self, claim: str, cited: Sequence[Words]) -> tuple[str, dict[int, tuple[Span, ...]]]:
        """The claim with its own sources' names and provisions replaced, and the provisions it names."""
        text = claim
        for words in cited:
            for name in sorted(words.names, key=len, reverse=True):
                if name:
                    text = re.sub(
                        rf"(?<!\w){re.escape(unicodedata.normalize('NFC', name))}(?!\w)",
                        _NAME,
                        text,
                        flags=re.IGNORECASE,
                    )
        narrowed: dict[int, list[Span]] = {}

        def own_name(match: re.Match[str]) -> str:
            chain = read_chain(match)
            own = [
                (number, unit.span)
                for number, words in enumerate(cited)
                for unit in words.units
                if is_own(chain, unit.locator)
            ]
            for number, span in own:
                narrowed.setdefault(number, []).append(span)
            return _NAME if own else match.group()

        text = CHAIN.sub(own_name, text)
        text = re.sub(rf"{_NAME}(?:,? (?:i|til) {_NAME})+,?", _NAME, text)
        return text, {number: tuple(spans) for number, spans in narrowed.items()}

    def _sentences(self, number: int, words: Words, within: Sequence[Span]) -> Iterator[_Sentence]:
        """The sentences that a claim may rest on, those of a list of alternatives item by item too."""
        text = PRINTED_NUMBER.sub(lambda m: " " * len(m.group()), words.text)
        for span in sentences(words.text, Span(0, len(words.text))):
            if within and not any(span.start < w.end and w.start < span.end for w in within):
                continue
            tokens = self._tokens(text[span.start : span.end], span.start)
            yield _Sentence(number, span, tokens)
            said = words.text[span.start : span.end]
            if _OR_LIST.search(said):
                starts = [span.start + m.start() for m in _ITEM.finditer(said)] + [span.end]
                lead = [t for t in tokens if t.start < starts[0]]
                for begin, end in pairwise(starts):
                    item = [t for t in tokens if begin <= t.start < end]
                    yield _Sentence(number, span, lead + _without_trailing_or(item))

    def _tokens(self, text: str, offset: int = 0) -> list[_Token]:
        """The words of meaning in order, each with the number of its clause."""
        text = text.replace("%", "¤").replace("¤", "\ue002")
        marks = [m.start() for m in _CLAUSE_MARK.finditer(text)]
        chains = list(CHAIN.finditer(text))
        blank = text
        for match in chains:
            blank = blank[: match.start()] + " " * len(match.group()) + blank[match.end() :]
        inside = [(m.start(), m.end()) for m in chains]
        marks = [at for at in marks if not any(a <= at < b for a, b in inside)]
        found: list[_Token] = []
        parts: dict[int, set[str]] = {}
        analyzed = self._analyzer.analyze(blank)
        for token in analyzed:
            if token.part:
                parts.setdefault(token.end, set()).add(token.term)
        for token in analyzed:
            surface = text[token.start : token.end].lower()
            term = MODALS.get(surface, token.term)
            if surface == "om" and text[: token.start].rstrip().endswith(","):
                term = "hvorvidt"
            if token.part or (
                term != "hvorvidt" and (surface in FREE or (term in FREE and term not in MODALS.values()))
            ):
                continue
            heads = frozenset(
                part for part in parts.get(token.end, ()) if len(part) >= LEAST_HEAD and term.endswith(part)
            )
            found.append(_Token(term, surface, bisect_left(marks, token.start), offset + token.start, heads))
        for match in chains:
            chain = read_chain(match)
            found.append(
                _Token(
                    str(chain),
                    match.group().lower(),
                    bisect_left(marks, match.start()),
                    offset + match.start(),
                    chain=chain,
                )
            )
        for at in (i for i, char in enumerate(text) if char == "\ue002"):
            found.append(_Token("procent", "procent", bisect_left(marks, at), offset + at))
        return sorted(found, key=lambda t: t.start)


def _plain(text: str) -> str:
    """The claim without quotation marks, in one composition and on one line."""
    normal = unicodedata.normalize("NFC", text)
    return " ".join(re.sub(r"[«»„“”\"‹›＂「」]|(?<!\w)['‘’]|['‘’](?!\w)", " ", normal).split())


def _by_clause(tokens: Sequence[_Token]) -> list[list[_Token]]:
    clauses: dict[int, list[_Token]] = {}
    for token in tokens:
        clauses.setdefault(token.clause, []).append(token)
    return list(clauses.values())


def _orders(clause: list[_Token]) -> list[list[_Token]]:
    """A clause that begins with its verb as it stands, and with its verb behind a subject of some words."""
    verb, *rest = clause
    longest = min(LONGEST_SUBJECT, len(rest))
    return [clause, *([*rest[:n], verb, *rest[n:]] for n in range(1, longest + 1))]


def _without_trailing_or(tokens: list[_Token]) -> list[_Token]:
    return tokens[:-1] if tokens and tokens[-1].term == "eller" else tokens


def _matches(claim: _Token, source: _Token) -> bool:
    if claim.chain or source.chain:
        return bool(claim.chain) and source.chain[: len(claim.chain)] == claim.chain
    if claim.term != source.term and claim.term not in source.heads:
        return False
    return _is_passive(claim) == _is_passive(source)


def _is_passive(token: _Token) -> bool:
    """Whether the word is a verb in the passive: «nedsættes» says another thing of its subject."""
    return token.term.endswith("e") and (
        token.surface == token.term + "s" or token.surface.endswith(("edes", "tes"))
    )


def _embed(clause: Sequence[_Token], place: _Sentence) -> tuple[int, ...] | None:
    """Where the clause's words stand in the sentence, in order and with the least left out between."""
    at = [[j for j, token in enumerate(place.tokens) if _matches(word, token)] for word in clause]
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


def _left_out(place: _Sentence, matched: set[int]) -> Unsupported | None:
    """What of the sentence's limits the claim does without."""
    touched = {place.tokens[j].clause for j in matched}
    conditional: set[int] = set()
    for j, token in enumerate(place.tokens):
        held = j in matched
        if token.term in CONDITIONS:
            conditional.add(token.clause)
        if held:
            continue
        if token.term in NEGATIONS:
            return Unsupported.NEGATION
        if token.term in CONDITIONS or token.term in REPORTS:
            return Unsupported.LIMITS
        if token.clause in touched and token.term in MODALS.values():
            return Unsupported.LIMITS
        if token.clause in conditional and not token.is_glue:
            return Unsupported.LIMITS  # half a condition is another condition
        if token.term in BOUNDS and any(
            place.tokens[k].is_number and k in matched for k in (j + 1, j + 2) if k < len(place.tokens)
        ):
            return Unsupported.LIMITS
    return None
