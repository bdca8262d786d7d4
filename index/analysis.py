"""Words for the lexical index: one analyser for building and for searching.

Text → tokens → dictionary forms and the parts of compounds. «Kontanthjælpsmodtagerne» gives
kontanthjælpsmodtager, kontanthjælp, kontant, hjælp and modtager, all pointing at the same word, so that
what matched can be shown as it stands. Legal tokens stay whole beside their words: «§ 40 a» gives §40a,
40 and a; «28-24» gives 28-24, 28 and 24.

No word is left out of the index: «ikke» and «skal» carry meaning in a rule. Stop words are for queries.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import chain
from typing import NamedTuple

import snowballstemmer
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

from corpus.errors import UnsupportedError
from index.compounds import RULES, CompoundSplitter
from index.stopwords import STOP_WORDS

# Nouns that only look like the present of a verb: «borge» is to vouch, «forælde» to become time-barred.
OTHER_NOUNS = frozenset({"borger", "forælder"})
ANALYSIS_VERSION = 1  # raise it when the same text would give other terms
MEMO_WORDS = 500_000  # all Danish law has about as many different words, most of them once
MEMO_PLACED = 50_000  # queries and shown results meet far fewer words than building does
MAX_TERM = 80  # characters; longer runs are faults of extraction and are cut short

_MARKS = "\u0300-\u036f\u00ad"  # combining marks and soft hyphens stand inside words
_WORD = rf"[\w{_MARKS}]+"
# A letter after a § number belongs to it unless it is a word: «§ 12 i lov om» against «§ 12 i, stk. 2».
_NUMBER = r"\d+(?:[a-zA-ZæøåÆØÅ](?!\w)|\s(?:[a-hj-zæøå]|i(?=[.,;:)]|$))(?!\w))?"
_MORE_NUMBERS = rf"(?:(?:,?\s(?:og|eller|til|samt|und|bis|and|to)\s|,\s?|\s?[-–]\s?){_NUMBER}(?!\.\s?pkt))*"
_TOKEN = re.compile(
    rf"§\s?§\s?{_NUMBER}{_MORE_NUMBERS}|§\s?{_NUMBER}|{_WORD}(?:(?:[-–/.'’:]|,(?=\d)){_WORD})*"
)
_PIECE = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_SECTION_NUMBER = re.compile(r"(\d+)(?:\s?([a-zæøå])(?!\w))?", re.IGNORECASE)
_ENGLISH_THOUSANDS = re.compile(r"(\d{1,3}(?:,\d{3})+)(?:\.\d{1,2})?")
_THOUSANDS = re.compile(r"(\d{1,3}(?:\.\d{3})+)(?:,\d{1,2})?")
_APOSTROPHE_ENDING = re.compile(r"['’](?:s|e[nrt]s?|ernes?)$", re.IGNORECASE)  # EF's, SU'en, pdf'erne
_SNOWBALL = {"da": "danish", "de": "german", "en": "english"}


class Token(NamedTuple):
    """A term and the words ``text[start:end]`` it stands for. ``part``: it is a part of those words."""

    term: str
    start: int
    end: int
    part: bool = False


@dataclass(frozen=True, slots=True)
class AnalyzerConfig:
    """How words become terms.

    ``lemmas``: dictionary forms by simplemma. ``compounds``: compounds by their parts too (Danish and
    German). ``stems``: Snowball stems, of the dictionary form where both are chosen.
    """

    language: str = "da"
    lemmas: bool = True
    compounds: bool = True
    stems: bool = False


# What found most on legal collections, nDCG@10. LegalQuAD (German): dictionary forms .871 with compounds and
# .861 without, Snowball .864 and .853. ObliQA (English, 500 questions): Snowball .693, dictionary forms .681,
# both .691. Danish has no such collection; its Snowball takes forældelse and forælder for one word.
BEST: Mapping[str, AnalyzerConfig] = {
    "da": AnalyzerConfig("da"),
    "de": AnalyzerConfig("de"),
    "en": AnalyzerConfig("en", lemmas=False, compounds=False, stems=True),
}


class Analyzer:
    """Turns text into terms, and remembers the words it has seen. Threads may share it.

    ``fingerprint`` names everything its terms depend on: an index built under another fingerprint must
    be rebuilt. Raises ``UnsupportedError`` for a language other than da, de and en.
    """

    def __init__(self, config: AnalyzerConfig | None = None) -> None:
        self.config = config or AnalyzerConfig()
        language = self.config.language
        if language not in STOP_WORDS:
            raise UnsupportedError(
                f"There is no analysis for the language '{language}'.",
                f"Choose one of {', '.join(STOP_WORDS)}.",
            )
        self.stop_words = STOP_WORDS[language]
        self.fingerprint = _fingerprint(self.config)
        self._forms: Mapping[str, str] = DEFAULT_DICTIONARY_FACTORY.get_dictionary(language)
        compounds = self.config.compounds and language in RULES
        self._splitter = CompoundSplitter(language) if compounds else None
        self._stem: Callable[[str], str] | None = (
            snowballstemmer.stemmer(_SNOWBALL[language]).stemWord if self.config.stems else None
        )
        self._thousands = _ENGLISH_THOUSANDS if language == "en" else _THOUSANDS
        self._placed = lru_cache(MEMO_PLACED)(lambda raw: tuple(self._tokens(raw)))
        self._terms = lru_cache(MEMO_WORDS)(self._terms_of)

    def __reduce__(self) -> tuple[type[Analyzer], tuple[AnalyzerConfig]]:
        return Analyzer, (self.config,)  # a worker process fills a memo of its own

    def analyze(self, text: str) -> list[Token]:
        """The terms of ``text`` in order, each with its place in ``text`` as given."""
        return [
            Token(term, match.start() + start, match.start() + end, part)
            for match in _TOKEN.finditer(text)
            for term, start, end, part in self._placed(match.group())
        ]

    def terms(self, text: str) -> list[str]:
        """The terms of ``analyze`` without their places, parts after the word they belong to: faster."""
        return [term for found in map(self._terms, _TOKEN.findall(text)) for term in found[0] + found[1]]

    def words_and_parts(self, text: str) -> tuple[list[str], list[str]]:
        """``terms``, those of whole words and those of parts apart."""
        found = list(map(self._terms, _TOKEN.findall(text)))
        return (
            list(chain.from_iterable(words for words, _ in found)),
            list(chain.from_iterable(parts for _, parts in found)),
        )

    def is_stop_word(self, words: str) -> bool:
        """Whether the words as they stand in a query only hold it together."""
        return _fold(words) in self.stop_words

    def _terms_of(self, raw: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        tokens = list(self._tokens(raw))
        words = tuple(token.term for token in tokens if not token.part)
        return words, tuple(token.term for token in tokens if token.part)

    def _tokens(self, raw: str) -> Iterator[Token]:
        """The terms of one raw token, placed within it."""
        if raw.startswith("§"):
            yield from _sections(raw)
            return
        amount = self._thousands.fullmatch(raw)
        if amount:
            yield Token(re.sub(r"\D", "", amount.group(1)), 0, len(raw))
            return
        bare = _APOSTROPHE_ENDING.sub("", raw)
        spans = [match.span() for match in _PIECE.finditer(bare)]
        if len(spans) == 1:
            yield from self._word(bare[spans[0][0] : spans[0][1]], 0, len(raw), part=False)
            return
        whole = self._whole(bare, spans) if spans else ""
        if whole:
            yield Token(whole[:MAX_TERM], 0, len(raw))
        for start, end in spans:
            yield from self._word(bare[start:end], start, end, part=bool(whole))

    def _whole(self, raw: str, spans: list[tuple[int, int]]) -> str:
        """The term for a token with inner punctuation: a number as printed, a hyphened word as one word.

        Empty where the punctuation parts words that only stand close («og/eller», «f.eks»).
        """
        if any(letter.isdigit() for letter in raw):
            return _fold(raw).replace("–", "-")
        if all(between in "-–" for between in _PIECE.sub("", raw)):
            words = [raw[start:end] for start, end in spans]
            return self._finish("".join(map(_fold, words[:-1])) + self._dictionary_form(words[-1])[0])
        return ""

    def _word(self, word: str, start: int, end: int, *, part: bool) -> Iterator[Token]:
        """The term of one word, and those of the parts of a compound."""
        form, known = self._dictionary_form(word)
        parts = self._splitter.split(form) if self._splitter else (form,)
        if self._splitter is None or len(parts) == 1:
            yield Token(self._finish(form), start, end, part)
            return
        if not known and self.config.lemmas:
            form = "".join(parts[:-1]) + self._dictionary_form(parts[-1])[0]
        whole = self._finish(form)
        yield Token(whole, start, end, part)
        seen = {whole}
        for inner in self._inner_words(parts):
            term = self._finish(self._dictionary_form(inner)[0] if self.config.lemmas else inner)
            if term not in seen:
                seen.add(term)
                yield Token(term, start, end, True)

    def _inner_words(self, parts: tuple[str, ...]) -> Iterator[str]:
        """The parts, and the runs of parts that are words: «arbejdsmarked» in «arbejdsmarkedsydelse»."""
        assert self._splitter is not None
        for length in range(len(parts) - 1, 0, -1):
            for first in range(len(parts) - length + 1):
                run = parts[first : first + length]
                last = run[-1] if first + length == len(parts) else self._splitter.without_link(run[-1])
                word = "".join((*run[:-1], last))
                if length == 1 or self._splitter.is_word(word):
                    yield word

    def _dictionary_form(self, word: str) -> tuple[str, bool]:
        """The dictionary form in lowercase, and whether the dictionary knows the word."""
        folded = _fold(word)[:MAX_TERM]
        if not self.config.lemmas or not folded.isalpha():
            return folded, False
        if self.config.language == "de":
            # nouns stand capitalised in the dictionary; inside a compound they have lost the capital
            order = (folded, folded.capitalize()) if word[:1].islower() else (folded.capitalize(), folded)
            found = self._forms.get(order[0]) or self._forms.get(order[1])
            return (found.lower(), True) if found else (folded, False)
        if self.config.language == "da":
            return self._danish_form(folded)
        found = self._forms.get(folded)
        return (found.lower(), True) if found else (folded, False)

    def _danish_form(self, word: str) -> tuple[str, bool]:
        """simplemma's form, put right where its dictionary would part forms of one word.

        «udebliver» is a verb in the present and, in the dictionary, a noun as well, and «modtageren» leads
        to the noun «modtager» alone: the one who does a thing and the doing of it share the infinitive, or
        an act in the present would not be found by a case in the past. «forældrene» leads to «forældre»,
        which has a form of its own. Before 1948 å was written aa.
        """
        found = self._forms.get(word)
        if found is None and "aa" in word:
            modern = word.replace("aa", "å")
            if modern in self._forms:
                return self._danish_form(modern)
        if found is None:
            name = self._forms.get(word.capitalize())  # place names
            if name:
                return name.lower(), True
            # an unknown word in the genitive: a name
            return (word[:-1] if len(word) > 4 and word.endswith("s") else word), False
        for noun in (word, found):
            verb = self._forms.get(noun)
            if verb is not None and noun == verb + "r" and noun not in OTHER_NOUNS:
                return verb.lower(), True
        if found != word and any(self._forms.get(definite) == word for definite in _definite_forms(word)):
            return word, True
        if word in (found + "ne", found + "nes"):
            found = self._forms.get(found, found)
        return found.lower(), True

    def _finish(self, form: str) -> str:
        term = form.replace("ß", "ss") if self.config.language == "de" else form
        return self._stem(term) if self._stem else term


def _sections(raw: str) -> Iterator[Token]:
    """«§§ 36 og 40 a» → §36 and 36 at «§§ 36», §40a, 40 and a at «40 a»."""
    start = 0
    for match in _SECTION_NUMBER.finditer(raw):
        number, letter = match.group(1), (match.group(2) or "").lower()
        yield Token(f"§{number}{letter}", start, match.end())
        yield Token(number, *match.span(1), True)
        if letter:
            yield Token(letter, *match.span(2), True)
        start = _next_number(raw, match.end())


def _next_number(raw: str, position: int) -> int:
    match = _SECTION_NUMBER.search(raw, position)
    return match.start() if match else len(raw)


def _definite_forms(word: str) -> tuple[str, ...]:
    return (f"{word}en", f"{word}et", f"{word}{word[-1]}en", f"{word}{word[-1]}et")


def _fold(word: str) -> str:
    return unicodedata.normalize("NFC", word).replace("\u00ad", "").lower()


def _fingerprint(config: AnalyzerConfig) -> str:
    """A short name for everything that terms depend on: rules, choices, dictionaries."""
    libraries = {name: version(name) for name in ("simplemma", "wordfreq", "snowballstemmer")}
    facts = json.dumps([ANALYSIS_VERSION, asdict(config), libraries], sort_keys=True)
    return f"analysis-{ANALYSIS_VERSION}-{config.language}-{hashlib.sha256(facts.encode()).hexdigest()[:12]}"
