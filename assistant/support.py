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
from dataclasses import dataclass
from itertools import pairwise

from assistant.support_chains import CHAIN, Chain, is_own, read_chain
from assistant.support_clauses import (
    Place,
    Token,
    Unsupported,
    begins_main,
    by_clause,
    embed,
    left_out,
    orders_of,
    rearranged,
    with_condition,
    without_trailing_or,
)
from assistant.support_words import CONDITIONS, FREE, MODALS, NEGATIONS, openings
from corpus.sentences import sentences
from corpus.types import Span
from index.analysis import Analyzer

__all__ = ["PRINTED_NUMBER", "Support", "Unit", "Unsupported", "Words"]

LEAST_WORDS = 2  # a claim with fewer words of meaning says nothing that could be supported
LONGEST_OPENING = 4  # words: «Det fremgår af lovens § 4»
LEAST_HEAD = 4  # letters of a compound's last part that may stand for it: «hjælp» for «kontanthjælp»

_Word = tuple[int, int, str]  # of which passage, where in it, its term
_NAME = "\ue001"  # stands in a claim where it names its own source
PRINTED_NUMBER = re.compile(r"(?m)^(?:§ ?\d+ ?[a-zæøå]?\. ?)?(?:Stk\. ?\d+\. ?)?(?:(?:\d{1,3}|[a-zæøå])\) )?")
_CLAUSE_MARK = re.compile(r"[,;:()–\n]")
_SEGMENT = re.compile(r";\s|,\s(?:og|mens|men|samt)\s")
_OR_LIST = re.compile(r"eller\s*\n(?=(?:\d{1,3}|[a-zæøå])\) )")
_ITEM = re.compile(r"\n(?=(?:\d{1,3}|[a-zæøå])\) )")
_LEAD_IN = re.compile(f"^(?:(?:{'|'.join(openings(_NAME))})\\s*)+", re.IGNORECASE)
_NAMED = re.compile(rf"(?:\b(?:i|efter|ifølge|af|jf\.)\s+)?{_NAME}+", re.IGNORECASE)


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
        segments = _SEGMENT.split(body)
        missing = self._missing("; ".join(segments), known, chains)
        if missing is not None:
            return missing
        whole = self._bear(body, places, set(), inverted=inverted) if len(segments) > 1 else None
        if isinstance(whole, Place):
            segments = [body]
        found: list[tuple[int, Span]] = []
        taken: set[_Word] = set()
        for number, segment in enumerate(segments):
            borne = self._bear(segment, places, taken, inverted=inverted and number == 0)
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
        self, segment: str, places: Sequence[Place], taken: set[_Word], *, inverted: bool = False
    ) -> Place | Unsupported | None:
        """The first sentence that bears the segment out; ``None`` where it says nothing.

        Args:
            taken: words that bear another segment out already; those that bear this one out are added.
            inverted: an opening was taken off it, so that it begins with its verb («Efter § 3 skal …»).
        """
        tokens, main = with_condition(segment, self._tokens(segment))
        clauses = by_clause(tokens)
        if not clauses:
            return None
        if all(t.is_glue or t.term in NEGATIONS for t in tokens) and any(t.term in NEGATIONS for t in tokens):
            return Unsupported.NEGATION  # a «not» of nothing that could be found
        fronted = inverted or (main < 0 and clauses[0][0].term in CONDITIONS)
        orders = [
            orders_of(clause) if fronted and begins_main(segment, clause[0], inverted=inverted) else [clause]
            for clause in clauses
        ]
        worst: Unsupported = Unsupported.WORDS
        for place in places:
            gone = {j for j, t in enumerate(place.tokens) if (place.source, t.start, t.term) in taken}
            matched: set[int] = set()
            for order in orders:
                at = next((at for c in order if (at := embed(c, place, matched | gone)) is not None), None)
                if at is None:
                    break
                matched.update(at)
            else:
                lacks = left_out(place, matched)
                if lacks is None:
                    words = (place.tokens[j] for j in matched)
                    taken.update((place.source, word.start, word.term) for word in words)
                    return place
                worst = lacks
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
        referred = {
            read_chain(m) for words in cited for m in CHAIN.finditer(PRINTED_NUMBER.sub("", words.text))
        }

        def own_name(match: re.Match[str]) -> str:
            chain = read_chain(match)
            if chain in referred and len(text[: match.start()].split()) > LONGEST_OPENING:
                return match.group()  # the passage's own words: «vejledningen efter stk. 1»
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

    def _sentences(self, number: int, words: Words, within: Sequence[Span]) -> Iterator[Place]:
        """The sentences that a claim may rest on, those of a list of alternatives item by item too."""
        text = PRINTED_NUMBER.sub(lambda m: " " * len(m.group()), words.text)
        for span in sentences(words.text, Span(0, len(words.text))):
            if within and not any(span.start < w.end and w.start < span.end for w in within):
                continue
            printed = text[span.start : span.end]
            tokens, main = with_condition(printed, self._tokens(printed, span.start))
            said = words.text[span.start : span.end]
            alternatives = _ITEM.finditer(said) if _OR_LIST.search(said) else ()
            starts = [span.start + m.start() for m in alternatives]
            if main >= 0:
                for words_in_order in rearranged(tokens, span.start + main):
                    yield Place(number, span, words_in_order, tuple(starts))
            else:
                yield Place(number, span, tokens, tuple(starts))
            if starts:
                starts.append(span.end)
                lead = [t for t in tokens if t.start < starts[0]]
                for begin, end in pairwise(starts):
                    item = [t for t in tokens if begin <= t.start < end]
                    yield Place(number, span, lead + without_trailing_or(item))

    def _tokens(self, text: str, offset: int = 0) -> list[Token]:
        """The words of meaning in order, each with the number of its clause."""
        text = text.replace("%", "¤").replace("¤", "\ue002")
        marks = [m.start() for m in _CLAUSE_MARK.finditer(text)]
        chains = list(CHAIN.finditer(text))
        blank = text
        for match in chains:
            blank = blank[: match.start()] + " " * len(match.group()) + blank[match.end() :]
        inside = [(m.start(), m.end()) for m in chains]
        marks = [at for at in marks if not any(a <= at < b for a, b in inside)]
        found: list[Token] = []
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
            found.append(Token(term, surface, bisect_left(marks, token.start), offset + token.start, heads))
        for match in chains:
            chain = read_chain(match)
            found.append(
                Token(
                    str(chain),
                    match.group().lower(),
                    bisect_left(marks, match.start()),
                    offset + match.start(),
                    chain=chain,
                )
            )
        for at in (i for i, char in enumerate(text) if char == "\ue002"):
            found.append(Token("procent", "procent", bisect_left(marks, at), offset + at))
        return sorted(found, key=lambda t: t.start)


def _plain(text: str) -> str:
    """The claim without quotation marks, in one composition and on one line."""
    normal = unicodedata.normalize("NFC", text)
    return " ".join(re.sub(r"[«»„“”\"‹›＂「」]|(?<!\w)['‘’]|['‘’](?!\w)", " ", normal).split())
