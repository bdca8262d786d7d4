"""Danish words by what they do to a statement, for ``support``.

Each is a dictionary form as ``index.analysis`` gives it, or the word as it stands. Function words that are
in none of these lists (articles, pronouns, «er», «har», «at») may be put in or left out freely.
"""

from __future__ import annotations

from collections.abc import Mapping

from index.stopwords import DANISH


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


NEGATIONS = _words(
    "ikke ej aldrig ingen intet ingenting hverken næppe uden nægte undlade undgå mangle manglende ulovlig"
)
CONDITIONS = _words(
    "hvis når såfremt forudsat forudsætte forudsætning betingelse betinge medmindre undtagen undtage"
    " undtagelse dog bortset uanset kun alene udelukkende blot først"
)
# What a party says, what is asked, what is only supposed: none of it is a finding.
REPORTS = _words(
    "mene anføre oplyse påstå hævde klage forklare fortælle påpege ønske antage formode ifølge hvorvidt"
    " tvivl spørgsmål måske muligvis påstand opfattelse angive skønne overveje foreslå"
)
BOUNDS = _words(
    "mindst højst højest senest tidligst maksimalt minimum maksimum over under inden før efter indtil mere"
    " mindre flere færre cirka ca omkring"
)
MODALS: Mapping[str, str] = {
    "kan": "kunne",
    "kunne": "kunne",
    "kunnet": "kunne",
    "skal": "skulle",
    "skulle": "skulle",
    "skullet": "skulle",
    "må": "måtte",
    "måtte": "måtte",
    "måttet": "måtte",
    "bør": "burde",
    "burde": "burde",
    "vil": "ville",
    "ville": "ville",
    "villet": "ville",
}
# Function words that turn a statement around when one stands for another, or joins what was apart.
GLUE = _words(
    "og eller samt fra til mod af men fordi end alle alt hver enhver nogle nogen begge få får fik fået mens"
    " op ned ud ind nok for"
)
FREE = DANISH - NEGATIONS - CONDITIONS - REPORTS - BOUNDS - GLUE - frozenset(MODALS) | _words("også der som")

# End as a verb in the present or the passive does, open sentences, and are none.
NO_VERBS = _words(
    "hvis når før efter under over her der hver enhver for hvor eller især ifølge senere flere ellers dels"
    " hos dets deres hans hendes herefter derefter herunder derunder altså alligevel andres siger medens mens"
    " straks lovens kommunens borgerens nævnets"
)

# How a sentence names what it rests on. «Nævnet mener, at» is no such opening: who said it must be said.
_SOURCE = (
    r"(?:(?:lovens |den |denne )?(?:loven|bekendtgørelsen|vejledningen|bestemmelsen|reglen|paragraffen"
    r"|afgørelsen|principmeddelelsen|kilden|passagen|bestemmelse|regel)|{name}+)"
)
OPENINGS = (
    r"(?:ifølge|efter|i henhold til|i medfør af|i|af) {source}"
    r"(?:,? (?:fremgår det|følger det|gælder(?: det)?|står)(?: bl\.a\.)?)?(?:, at)?,?",
    r"det (?:fremgår|følger) (?:af {source})?,? ?at",
    r"{source} (?:siger|fastslår|fastsætter|bestemmer|slår fast|foreskriver|angiver|fastlægger),? at",
    r"der står(?: i {source})?,? at",
    r"(?:desuden|endvidere|derudover|dertil|herudover|samtidig) ",
)


def openings(name: str) -> tuple[str, ...]:
    """Patterns of the openings, ``name`` standing for a source named outright."""
    source = _SOURCE.replace("{name}", name)
    return tuple(pattern.replace("{source}", source) for pattern in OPENINGS)
