"""What of a case speaks to a condition, and how its facts lie beside those of a decision.

Two sentences are compared by the rare words that they share and by meaning. It is said that they speak of
the same thing, never that a condition is met or that two cases are the same: «meldte ikke afbud» speaks to
«har meldt afbud». The measurements behind the thresholds are in docs/evaluation.md.
"""

from __future__ import annotations

import re
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from wordfreq import zipf_frequency

from assistant.brief_types import Alike, Bearing, CaseSentence, CaseText, Element, Likeness, Quote
from corpus.identifiers import cite_document
from corpus.sentences import sentences
from corpus.store import Store
from corpus.types import Section, SectionRole
from index.analysis import Analyzer
from index.encoders import DEFAULT, Encoder

Floats = npt.NDArray[np.float64]

# Weight of the margin in the evidence that two sentences speak of the same thing, rounded from a logistic
# regression on the tuned half of tests/golden/bearing.jsonl.
MARGIN_WEIGHT = 1.1


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a model's cosines mean. ``words``: weight of the rarity of shared words beside them.

    ``speaks_to``, ``alike``: evidence that is enough, the best F0.5 (precision counts twice as much as
    recall) on the tuned half; for facts alike the best that finds two thirds of them.
    """

    words: float
    speaks_to: float
    alike: float


CALIBRATIONS: Mapping[str, Calibration] = {
    "e5-small-law": Calibration(words=0.05, speaks_to=0.1895, alike=0.18),
    "e5-small": Calibration(words=0.01, speaks_to=0.035, alike=0.06),
    "e5-small-int8": Calibration(words=0.01, speaks_to=0.035, alike=0.06),
}
# The same where there is no encoder: the summed rarity of the words shared.
SPEAKS_TO_WORDS = 1.1
ALIKE_WORDS = 2.7
FEW_FACTS = 8  # below this a share of the facts says nothing
EVERYWHERE_SHARE = 0.25  # of a decision's sentences: a word in so many is its subject, and no fact of its own
LEAST_SHARED = 2  # words: one alone («adresse») stands in too many stories
MOST_ALIKE = 2  # facts beside one sentence of a case; more are no likeness but a subject
COMMONEST = 7.0  # on wordfreq's Zipf scale; a word's rarity is what it lies below that
NUMBER_RARITY = 1.0  # a figure is rare in the language, yet «10» in two sentences says little
PART_WEIGHT = 0.5  # of a part of a compound beside a whole word
LEAST_TERMS = 2  # a sentence with fewer («Ja.») tells nothing that could be like or unlike
MOST_FACTS = 60  # sentences of a decision that are compared: encoding them takes up to a second
CACHED_TERMS = 4_096  # sentences: the facts of the decisions of one brief, each asked for three times
CACHED_VECTORS = 8_192  # about 13 MB

# What stands in every case tells none apart, and neither does the day on which something was so.
_PARTIES = ("borger", "kommune", "sag", "person", "ansøger", "modtager", "modtage", "klager")
_TELLING = ("oplyse", "oplysning", "afgørelse", "vægt")
_HALF_YEAR = ("januar", "februar", "marts", "april", "maj", "juni")
_OTHER_HALF = ("juli", "august", "september", "oktober", "november", "december")
_EVERYWHERE = frozenset(("kl", *_PARTIES, *_TELLING, *_HALF_YEAR, *_OTHER_HALF))
_YEAR = re.compile(r"(?:19|20)\d\d")
# Company for short lists: likeness is judged against what any case and any rule says, so that the measure
# is about the same for one condition as for ten.
_ORDINARY_SENTENCES = (
    "Borgeren ringede til kommunen i sidste uge.",
    "Hun bor sammen med sin mand og to børn.",
    "Han har været syg siden foråret.",
    "De har fået et brev om sagen.",
    "Lægen har skrevet en udtalelse.",
    "Han fik sin løn den sidste i måneden.",
    "Vi har ikke truffet en afgørelse endnu.",
    "Hun ønsker at klage.",
)
_ORDINARY_CONDITIONS = (
    "ansøgningen er indgivet inden fristens udløb",
    "personen er fyldt 18 år",
    "udgiften er nødvendig og rimelig",
    "der er indhentet samtykke fra den pågældende",
    "den pågældende bor i kommunen",
    "ydelsen beregnes efter indtægten",
    "der foreligger lægelig dokumentation",
    "myndigheden har truffet en skriftlig afgørelse",
)


@dataclass(frozen=True, slots=True)
class _Term:
    weight: float
    words: str  # as they stand in the sentence


class Matcher:
    """Lays sentences beside sentences. Threads may share it.

    Args:
        analyzer: the Danish analyser of the index.
        encoder: ``None`` compares by words alone.
    """

    def __init__(self, analyzer: Analyzer, encoder: Encoder | None) -> None:
        self._analyzer = analyzer
        self._encoder = encoder
        # A model that nobody measured is taken for the one that comes with the program.
        self._means = CALIBRATIONS.get(encoder.name if encoder else DEFAULT, CALIBRATIONS[DEFAULT])
        self._vectors: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()
        self._terms = lru_cache(maxsize=CACHED_TERMS)(self._read_terms)
        self._lock = threading.Lock()

    def bearing(
        self, elements: tuple[Element, ...], sentences: tuple[CaseSentence, ...]
    ) -> tuple[Bearing, ...]:
        """Each element, and each part of it, beside the sentences of the case that speak to it.

        No sentence means that none was found, and never that the condition is not met. All elements of a
        brief given at once are encoded at once.
        """
        flat = list(_flattened(elements))
        found = self._pairs([own_words(e) for e in flat], [s.text for s in sentences], _ORDINARY_CONDITIONS)
        enough = self._means.speaks_to if self._encoder else SPEAKS_TO_WORDS
        spoken = {
            id(element): tuple(s for s, value in zip(sentences, row, strict=True) if value >= enough)
            for element, row in zip(flat, found.tolist(), strict=True)
        }
        return tuple(_bearing(element, spoken) for element in elements)

    def likeness(self, case: CaseText | Sequence[CaseSentence], store: Store, document_id: str) -> Likeness:
        """The sentences of a case beside those of a decision's facts: alike, only here, only there.

        A decision without a section of facts is compared by its summary. Of more than ``MOST_FACTS``
        sentences those with most words in common with the case are compared, and the others left out.

        Raises:
            NotFoundError: no such decision.
        """
        own = case.sentences if isinstance(case, CaseText) else tuple(case)
        own = tuple(s for s in own if self._tells(s.text))
        facts = self._chosen([q for q in facts_of(store, document_id) if self._tells(q.text)], own)
        pairs = self.alike([s.text for s in own], [q.text for q in facts])
        return Likeness(
            alike=tuple(
                Alike(own[a], facts[b], self._shared_words(own[a].text, facts[b].text)) for a, b in pairs
            ),
            only_case=tuple(s for n, s in enumerate(own) if n not in {a for a, _ in pairs}),
            only_decision=tuple(q for n, q in enumerate(facts) if n not in {b for _, b in pairs}),
        )

    def alike(self, case: Sequence[str], facts: Sequence[str]) -> list[tuple[int, int]]:
        """Which sentences of a case tell of the same as which facts: positions, in the order of the case."""
        if self._encoder is None:
            return matched(self._shared_facts(case, facts), ALIKE_WORDS)
        return matched(self._pairs(case, facts, _ORDINARY_SENTENCES, mutual=True), self._means.alike)

    def _shared_facts(self, case: Sequence[str], facts: Sequence[str]) -> Floats:
        """The evidence of words alone: of two words or more, and less where the whole decision says them.

        «Sygedagpenge» in every sentence of a decision on it tells none of them apart.
        """
        ours, theirs = [self._terms(t) for t in case], [self._terms(t) for t in facts]
        said = Counter(term for terms in theirs for term in terms)
        telling = {
            term: 1.0 if len(facts) < FEW_FACTS else max(0.0, 1.0 - count / (EVERYWHERE_SHARE * len(facts)))
            for term, count in said.items()
        }
        return np.array([[_common(a, b, telling) for b in theirs] for a in ours]).reshape(
            len(case), len(facts)
        )

    def _pairs(
        self, rows: Sequence[str], columns: Sequence[str], company: Sequence[str], *, mutual: bool = False
    ) -> Floats:
        """The evidence that each row speaks of the same thing as each column.

        ``mutual``: the columns choose among the rows as well.
        """
        if not rows or not columns:
            return np.zeros((len(rows), len(columns)))
        words = self._word_evidence(rows, columns)
        if self._encoder is None:
            return words
        vectors = self._encoded([*rows, *company, *columns, *_ORDINARY_SENTENCES])
        above, below = vectors[: len(rows) + len(company)], vectors[len(rows) + len(company) :]
        near = centred(above @ below.T)[: len(rows), : len(columns)]
        margin = (margins(near) + margins(near.T).T) / 2 if mutual else margins(near)
        evidence: Floats = near + MARGIN_WEIGHT * margin + self._means.words * words
        return evidence

    def _word_evidence(self, rows: Sequence[str], columns: Sequence[str]) -> Floats:
        """The summed rarity of the words that a row and a column share."""
        left, right = [self._terms(t) for t in rows], [self._terms(t) for t in columns]
        return np.array([[shared_rarity(a, b) for b in right] for a in left])

    def _encoded(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Vectors of the texts, those met before from memory."""
        assert self._encoder is not None
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            rows = self._encoder.encode_queries(missing)
            known.update(zip(missing, rows, strict=True))
        with self._lock:
            for text in known:
                self._vectors[text] = known[text]
                self._vectors.move_to_end(text)
            while len(self._vectors) > CACHED_VECTORS:
                self._vectors.popitem(last=False)
        return np.array([known[text] for text in texts], dtype=np.float64)

    def _read_terms(self, text: str) -> Mapping[str, _Term]:
        """The telling terms of a sentence; whole words before the parts of compounds."""
        found: dict[str, _Term] = {}
        for token in self._analyzer.analyze(text):
            words = text[token.start : token.end]
            if token.term in _EVERYWHERE or _YEAR.fullmatch(token.term):
                continue
            if any(map(self._analyzer.is_stop_word, (words, token.term))):
                continue
            weight = PART_WEIGHT if token.part else 1.0
            if token.term not in found or found[token.term].weight < weight:
                found[token.term] = _Term(weight, words)
        return found

    def _tells(self, text: str) -> bool:
        return len(self._terms(text)) >= LEAST_TERMS

    def _shared_words(self, case: str, decision: str) -> tuple[str, ...]:
        """Words of the decision that the case has too, in their order, as they stand."""
        ours, theirs = self._terms(case), self._terms(decision)
        return tuple(dict.fromkeys(term.words for key, term in theirs.items() if key in ours))

    def _chosen(self, facts: list[Quote], case: Sequence[CaseSentence]) -> list[Quote]:
        """At most ``MOST_FACTS`` of a decision's sentences, in their order."""
        if len(facts) <= MOST_FACTS or not case:
            return facts[:MOST_FACTS]
        common = self._word_evidence([q.text for q in facts], [s.text for s in case]).max(axis=1)
        kept = np.sort(np.argsort(-common, kind="stable")[:MOST_FACTS])
        return [facts[int(n)] for n in kept]


def facts_of(store: Store, document_id: str) -> tuple[Quote, ...]:
    """The sentences of a decision's facts, quoted; of its summary where it has no such section.

    Raises:
        NotFoundError: no such decision.
    """
    document = store.document(document_id)
    found = store.sections(document.key)
    chosen: list[Section] = []
    for role in (SectionRole.FACTS, SectionRole.SUMMARY):
        chosen = chosen or [s for s in found if s.role is role]
    text, citation = store.text(document.key), cite_document(document.metadata)
    return tuple(
        Quote(document.id, document.revision, span, span.of(text), section.title, citation)
        for section in chosen
        for span in sentences(text, section.span)
    )


def own_words(element: Element) -> str:
    """The words of an element without those of its parts, which speak for themselves."""
    quote = element.quote
    inside = [p.quote.span for p in element.parts if p.quote.span in quote.span]
    words, start = [], quote.span.start
    for span in sorted(inside):
        words.append(_cut(quote, start, span.start))
        start = max(start, span.end)
    words.append(_cut(quote, start, quote.span.end))
    return " ".join(" ".join(words).split()) or quote.text


def _cut(quote: Quote, start: int, end: int) -> str:
    offset = quote.span.start
    return quote.text[start - offset : max(start, end) - offset]


def _flattened(elements: Iterable[Element]) -> Iterable[Element]:
    for element in elements:
        yield element
        yield from _flattened(element.parts)


def _bearing(element: Element, spoken: Mapping[int, tuple[CaseSentence, ...]]) -> Bearing:
    return Bearing(element, spoken[id(element)], tuple(_bearing(part, spoken) for part in element.parts))


@lru_cache(maxsize=50_000)
def rarity(term: str) -> float:
    """How rare a word is in Danish, from 0: steps of one are a tenth as common (wordfreq's Zipf scale)."""
    if term[:1].isdigit():
        return NUMBER_RARITY
    return max(0.0, COMMONEST - float(zipf_frequency(term, "da")))


def shared_rarity(left: Mapping[str, _Term], right: Mapping[str, _Term]) -> float:
    """The summed rarity of the terms of both, less where either has only a part of a compound."""
    return sum(min(left[t].weight, right[t].weight) * rarity(t) for t in left.keys() & right.keys())


def _common(ours: Mapping[str, _Term], theirs: Mapping[str, _Term], telling: Mapping[str, float]) -> float:
    shared = ours.keys() & theirs.keys()
    if len({theirs[t].words for t in shared}) < LEAST_SHARED:
        return 0.0
    return sum(telling[t] * min(ours[t].weight, theirs[t].weight) * rarity(t) for t in shared)


def centred(cosines: Floats) -> Floats:
    """Cosines less what their row and their column have on average (double centring).

    Vectors of e5 lie in a narrow cone, and some sentences are near to everything: what remains is what
    a pair has of its own.
    """
    mean: Floats = (
        cosines - cosines.mean(axis=1, keepdims=True) - cosines.mean(axis=0, keepdims=True) + cosines.mean()
    )
    return mean


def margins(near: Floats) -> Floats:
    """How far each value lies over the best other one of its row; 0 where it has the row to itself."""
    if near.shape[1] < 2:
        return np.zeros_like(near)
    last = np.sort(near, axis=1)[:, -2:]
    others = np.where(near == last[:, 1:], last[:, :1], last[:, 1:])
    over: Floats = near - others
    return over


def matched(strength: Floats, enough: float) -> list[tuple[int, int]]:
    """Pairs of a row and a column: the strongest first, one to one, then what is left with its best fellow.

    In the order of the rows, then of the columns. No pair has less than ``enough``, and no row or column
    stands in more than ``MOST_ALIKE``.
    """
    taken: set[tuple[int, int]] = set()
    rows, columns = np.nonzero(strength >= enough)
    order = np.lexsort((columns, rows, -strength[rows, columns]))
    candidates = [(int(rows[n]), int(columns[n])) for n in order]
    rows_used: Counter[int] = Counter()
    columns_used: Counter[int] = Counter()
    for most in (1, MOST_ALIKE):
        for row, column in candidates:
            free = not rows_used[row] or not columns_used[column]
            if free and rows_used[row] < most and columns_used[column] < most:
                taken.add((row, column))
                rows_used[row] += 1
                columns_used[column] += 1
    return sorted(taken)


__all__ = ["Matcher", "centred", "facts_of", "margins", "matched", "own_words", "rarity"]
