"""Questions in everyday words that nobody had to write: out of a thesaurus, for the provisions of a corpus.

A provision says «hjælpemiddel» and «nedsat funktionsevne»; the thesaurus says what leads to these words:
kørestol, krykke, lam. A few of those, with a word or two that have nothing to do with it, as in any story,
ask for the provision. So an encoder meets the words that people use beside the words that the law uses.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.store import Store
from index.adaptation.collect import Reader, as_encoded, home_of, newest_rules
from index.adaptation.pairs import Origin, Pair
from index.analysis import Analyzer
from index.bm25 import lucene_idf
from index.passages import Located
from index.thesaurus.entries import Entry
from index.thesaurus.expansion import DECAY

LAW_WORDS = 3  # of an entry that are looked for: the later ones say less
MOST_TELLING = 12  # entries of a provision that a question may be made of
LEAST_RARITY = 4.0  # of the most telling: a word that one passage in fifty holds
SAID = (2, 5)  # entries in a question, least and most
UNRELATED = (0, 2)  # entries that lead elsewhere
JOINTS = (", ", " og ", ". ")
SEED = 20_261_128


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One of the law's words of an entry: what it is made of, and its place in the entry."""

    everyday: str
    terms: frozenset[str]
    rank: int


def everyday_pairs(
    store: Store, entries: Sequence[Entry], analyzer: Analyzer, seed: int = SEED
) -> list[Pair]:
    """A question for each passage that the law's words of two entries stand in, in the documents' order.

    Words that several orders hold (one for each year) are asked for once. The same store, entries and
    seed give the same questions.
    """
    reader = Reader(store)
    by_words = {
        located.passage.text: (document.work_id, located)
        for document in newest_rules(store)
        if (opened := reader.open(document.key)) is not None
        for located in opened.passages
    }
    places = list(by_words.values())
    held = [set(analyzer.terms(as_encoded(located))) for _, located in places]
    frequencies = Counter(term for terms in held for term in terms)
    rarity = {term: lucene_idf(df, len(places)) for term, df in frequencies.items()}
    phrases = _by_rarest(_phrases(entries, analyzer), rarity)
    chance = random.Random(seed)  # noqa: S311 - a draw to repeat, not a secret
    found = []
    for (work, located), terms in zip(places, held, strict=True):
        telling = _telling(terms, phrases, rarity)
        if len(telling) >= SAID[0] and max(telling.values()) >= LEAST_RARITY:
            found.append(_pair(work, located, _question(telling, entries, chance)))
    return found


def _phrases(entries: Sequence[Entry], analyzer: Analyzer) -> list[_Phrase]:
    return [
        _Phrase(entry.everyday, terms, rank)
        for entry in entries
        for rank, words in enumerate(entry.law[:LAW_WORDS])
        if (terms := frozenset(t.term for t in analyzer.analyze(words) if not t.part))
    ]


def _by_rarest(phrases: Sequence[_Phrase], rarity: dict[str, float]) -> dict[str, list[_Phrase]]:
    """Phrases by the rarest of their terms; those with a term that no passage holds are left out."""
    found: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for phrase in phrases:
        if phrase.terms <= rarity.keys():
            found[max(sorted(phrase.terms), key=lambda term: rarity[term])].append(phrase)
    return found


def _telling(
    terms: set[str], phrases: dict[str, list[_Phrase]], rarity: dict[str, float]
) -> dict[str, float]:
    """The everyday words that lead to a passage of these terms, most telling first, with their worth."""
    worth: dict[str, float] = {}
    for term in sorted(terms & phrases.keys()):
        for phrase in phrases[term]:
            if phrase.terms <= terms:
                value = sum(rarity[t] for t in sorted(phrase.terms)) * DECAY**phrase.rank
                worth[phrase.everyday] = max(value, worth.get(phrase.everyday, 0.0))
    first = sorted(worth, key=lambda words: (-worth[words], words))[:MOST_TELLING]
    return {words: worth[words] for words in first}


def _question(telling: dict[str, float], entries: Sequence[Entry], chance: random.Random) -> str:
    """Everyday words drawn by their worth, and some that lead elsewhere, in any order."""
    left = dict(telling)
    said = []
    for _ in range(min(len(left), chance.randint(*SAID))):
        said.append(chance.choices(list(left), list(left.values()))[0])
        del left[said[-1]]
    said += [entry.everyday for entry in chance.sample(list(entries), chance.randint(*UNRELATED))]
    chance.shuffle(said)
    words = chance.choice(JOINTS).join(said)
    return f"{words[:1].upper()}{words[1:]}."


def _pair(work: str, located: Located, question: str) -> Pair:
    target = f"{work}:{home_of(located)}"
    return Pair(question, as_encoded(located), Origin.EVERYDAY, work, work, target)
