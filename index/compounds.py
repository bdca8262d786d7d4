"""Where a compound can be cut: «kontanthjælpsmodtager» → kontant|hjælps|modtager.

A caseworker writes «modtager af kontanthjælp» where the law has «kontanthjælpsmodtager»; cutting both
makes them meet. The method is that of Koehn and Knight (Empirical Methods for Compound Splitting, EACL
2003): a word is cut where its parts are on average more frequent than the word. Frequencies come from
wordfreq, forms from simplemma's dictionary.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import wordfreq
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

MIN_WORD = 6  # "byret" is the price: words of five letters gave more false cuts than right ones
MIN_PART = 3
MIN_SHORT = 2
MAX_PARTS = 5
MAX_WORD = 60  # longer runs of letters are faults of extraction
RARE_ZIPF = 2.6  # a form in the dictionary that wordfreq (which begins at 3) does not count
RARE_LENGTH = 5  # shorter rare forms are mostly abbreviations and names
# Zipf points (powers of ten of frequency). Chosen on half of tests/golden/compounds_da.tsv; anything from
# 0.1 to 0.3 cuts the same words right, less makes false cuts, more loses boundaries.
CUT_COST = 0.2
SHORT_PART_COST = 0.7
VOWEL_LINK_COST = 0.5  # "børne-", "syge-": far rarer than the linking s


@dataclass(frozen=True, slots=True)
class CompoundRules:
    """What a language lets stand in a compound.

    ``links`` join parts. ``never_first`` are particles and prefixes: «for-», «op-», «bort-» make new
    words, not compounds that a reader searches for by their parts. ``never_part`` are endings that
    happen to be words («-lig», «-hed», «-ende»). Of words of two or three letters only ``short`` may be
    parts: most others are chance. Words that end in ``takes_s`` are always joined by s, which keeps
    «myndighedsindehaver» from being read as myndighed|sinde|haver.
    """

    links: tuple[str, ...]
    never_first: frozenset[str]
    never_part: frozenset[str]
    short: frozenset[str]
    takes_s: tuple[str, ...]


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


DANISH = CompoundRules(
    links=("", "s", "e"),
    never_first=_words(
        """for be an af und over under ud ind op ned på med mod til fra om gen mis sam van efter bi er her
        der hen frem ved fore gennem igen imod tilbage uden inden den det sig som hvor ene ende man ikke
        alle før være vær hel var ser fast god godt vare bort bortset sammen nær nært forud forude overens
        ude videre offentlig frit fri åben rette tilrette side hens hver næst læn hin tak mindst mest
        lige rigtig hid oven kun ret sand nød vej oppe fort foran år herud trans super ejen ford mods vild"""
    ),
    never_part=_words(
        """hed else ning lig lige ligt løs som bar ende endes ene ere ing ingen isk eri inde skab vis
        fuld rig art sel ter den det der des dem når ens ede tede tes ste tis ger ner ler ker ske ige ige
        uge ist agt age ages aget ant ent tel hen ves lag ion rende dom este men var fors dig kende
        ets elle ering rede ring iver alen tre ten ser heds ings elses doms nings skabs skabe
        holde sætte tage gøre lade lægge stå står gå være blive få se komme give lede vare over under efter
        foran sinde sanke katte øgende ægge ammen rift rive ilde egere lighed ligheds løsheds rings"""
    ),
    short=_words(
        """akt arv bil bo bod bus by bør dag del dom dyr døv far folk gas had hus hår is job køb køn land lov
        løb løn lån låm mad mer mor mål mén nat net nye olie ord pas pct ret råd sag sen sex ski skat sne
        sol spil sø syn tab tal tid told træ tro tøj tv ung vej vin værn øko års år ø"""
    ),
    takes_s=("hed", "tet", "ion", "ing", "skab", "dom", "else", "stat", "helbred", "måned"),
)

GERMAN = CompoundRules(
    links=("", "s", "es", "n", "en", "er", "e"),
    never_first=_words(
        """ab an auf aus bei be ein ent er ge ver vor zu zer mit nach über unter um durch gegen wider hin her
        dar da los weg fort zurück zusammen wieder nieder fest teil statt un ur miss nicht ohne in im der
        die das den dem des sie ich und oder hier wo wie was"""
    ),
    never_part=_words(
        """ung ungen heit heiten keit keiten schaft schaften lich liche isch ische bar bare sam los lose tion
        ismus tum nis nisse innen inne end ende enden ten ter tet ste sten ern ern isten ist iger igen ige
        ungs heits keits schafts tions lichen licher liches isten eren ieren iert rung rungen lung lungen
        stand rat fall weise mäßig voll gen ger ben ber den der dem ler ner ser"""
    ),
    short=_words("amt tag arm tat weg art akt öl see not mut geld eis bau ehe alt neu hof rad zug"),
    takes_s=("heit", "keit", "schaft", "ung", "ion", "tät", "ling"),
)

RULES: Mapping[str, CompoundRules] = {"da": DANISH, "de": GERMAN}


class CompoundSplitter:
    """Cuts the compounds of one language (``da`` or ``de``). Loads its dictionary once: about a second."""

    def __init__(self, language: str) -> None:
        self._rules = RULES[language]
        self._capital_nouns = language == "de"
        self._forms: Mapping[str, str] = DEFAULT_DICTIONARY_FACTORY.get_dictionary(language)
        self._zipf: dict[str, float] = {
            word: math.log10(frequency) + 9
            for word, frequency in wordfreq.get_frequency_dict(language, wordlist="best").items()
        }

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a lowercase word as they stand in it, links with the left part; ``(word,)`` if whole.

        ``"".join(parts)`` is always the word. Give it the dictionary form where one is known: endings
        invite chance cuts.
        """
        length = len(word)
        if not MIN_WORD <= length <= MAX_WORD or not word.isalpha():
            return (word,)
        best_mean = self._frequency(word)
        best: tuple[str, ...] = (word,)
        # beginnings[end] = (sum of frequencies, parts), one table for each number of parts
        beginnings: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
        for count in range(1, MAX_PARTS):
            longer: dict[int, tuple[float, tuple[str, ...]]] = {}
            for start, (total, parts) in beginnings.items():
                for end in range(start + MIN_SHORT, length - MIN_SHORT + 1):
                    worth = self._inner(word[start:end], word[end])
                    if worth and (end not in longer or longer[end][0] < total + worth):
                        longer[end] = (total + worth, (*parts, word[start:end]))
            beginnings = longer
            for start, (total, parts) in beginnings.items():
                worth = self._part(word[start:])
                mean = (total + worth) / (count + 1) - CUT_COST * count
                if worth and mean > best_mean:
                    best_mean, best = mean, (*parts, word[start:])
        return best

    def is_word(self, form: str) -> bool:
        """Whether the dictionary or the frequency list knows a lowercase form."""
        return form in self._zipf or self._lemma(form) is not None

    def without_link(self, part: str) -> str:
        """The word that an inner part stands for: «hjælps» → «hjælp», «børne» → «børn»."""
        stems = self._stems(part) or [(part, 0.0)]
        return max(stems, key=lambda found: (found[1], -len(found[0])))[0]

    def _stems(self, part: str) -> list[tuple[str, float]]:
        found = []
        for link in self._rules.links:
            stem = part.removesuffix(link) if link else part
            if (stem != part or not link) and len(stem) >= 2:
                worth = self._part(stem)
                if worth:
                    found.append((stem, worth - (VOWEL_LINK_COST if link not in ("", "s") else 0.0)))
        return found

    def _inner(self, part: str, following: str) -> float:
        """How common a part is that another part follows; 0 if it may not stand there."""
        rules = self._rules
        if part in rules.never_first or part in rules.never_part:
            return 0.0
        if following == "s" and part.endswith(rules.takes_s):
            return 0.0
        return max((worth for stem, worth in self._stems(part) if stem not in rules.never_first), default=0.0)

    def _part(self, part: str) -> float:
        if part in self._rules.never_part or (len(part) <= MIN_PART and part not in self._rules.short):
            return 0.0
        lemma = self._lemma(part)
        if lemma is None:
            return 0.0
        worth = self._frequency(part) or (RARE_ZIPF if len(part) >= RARE_LENGTH else 0.0)
        return worth and worth - (SHORT_PART_COST if len(part) <= MIN_PART else 0.0)

    def _frequency(self, form: str) -> float:
        """Zipf frequency of a form or of its dictionary form, whichever is the more common; 0 if unknown."""
        return max(self._zipf.get(form, 0.0), self._zipf.get((self._lemma(form) or "").lower(), 0.0))

    def _lemma(self, form: str) -> str | None:
        if self._capital_nouns:
            return self._forms.get(form.capitalize()) or self._forms.get(form)
        return self._forms.get(form)
