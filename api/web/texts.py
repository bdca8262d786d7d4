"""The words of the page, Danish and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from index.errors import QueryFault


class Language(StrEnum):
    """Languages of the page."""

    DA = "da"
    EN = "en"


_TEXTS: Mapping[str, tuple[str, str]] = {
    "name": ("Hjemmel", "Hjemmel"),
    "tagline": (
        "Find reglerne og de afgørelser, der ligner sagen. Du afgør.",
        "Find the rules and the decisions most like the case. You decide.",
    ),
    "skip": ("Gå til indholdet", "Skip to the content"),
    "other-language": ("English", "Dansk"),
    "case": ("Beskriv sagen", "Describe the case"),
    "case-hint": (
        "Skriv, hvad der er sket, med almindelige ord. Udelad navne og CPR-numre. Teksten gemmes ikke.",
        "Write what happened in plain words. Leave out names and CPR numbers. The text is not stored.",
    ),
    "date": ("Sagens dato", "Date of the case"),
    "date-hint": (
        "Reglerne vises, som de lød den dag. Tomt felt betyder i dag.",
        "Rules are shown as they read on that day. Empty means today.",
    ),
    "search": ("Søg", "Search"),
    "searching": ("Søger …", "Searching …"),
    "shortcut": ("Ctrl+Enter søger", "Ctrl+Enter searches"),
    "examples": ("Prøv med et eksempel", "Try an example"),
    "rules": ("Regler", "Rules"),
    "rules-as-of": ("Ordlyd pr. {day}", "Wording on {day}"),
    "precedents": ("Afgørelser", "Decisions"),
    "precedents-hint": (
        "Udfald vises, som myndigheden skrev det.",
        "Outcomes are shown as the authority recorded them.",
    ),
    "outcome": ("Udfald", "Outcome"),
    "no-rules": (
        "Ingen regel har ord eller mening til fælles med sagen. Prøv at beskrive den med andre ord.",
        "No rule has words or meaning in common with the case. Try describing it in other words.",
    ),
    "no-precedents": (
        "Ingen afgørelse ligner. Det betyder kun, at ingen findes i samlingen.",
        "No decision is alike. It only means that none is in the collection.",
    ),
    "lexical-only": (
        "Der er kun søgt på ord: indekset har ingen vektorer.",
        "Searched by words alone: the index has no vectors.",
    ),
    "vectors-incomplete": (
        "En del af samlingen er endnu kun søgt på ord.",
        "Part of the collection has been searched by words alone so far.",
    ),
    "later-precedents": (
        "Nogle afgørelser er senere end sagens dato.",
        "Some decisions are later than the date of the case.",
    ),
    "open": ("Åbn ved ordene", "Open at the words"),
    "open-original": ("Officiel kilde", "Official source"),
    "why": ("Hvorfor fundet", "Why found"),
    "why-terms": ("Ord til fælles", "Words in common"),
    "why-similarity": ("Lighed i mening", "Similarity of meaning"),
    "why-citations": ("Nævner samme bestemmelse", "Cites the same provision"),
    "not-in-force": ("Ikke gældende den dag", "Not in force on that day"),
    "valid-until": ("Ordlyd indtil {day}", "Wording until {day}"),
    "historic": ("Historisk: afløst eller sat ud af kraft", "Historic: replaced or set aside"),
    "fiction": (
        "FIKTIV: opdigtet tekst til afprøvning. Intet her er gældende ret.",
        "FIKTIV: invented text for trying things out. Nothing here is law.",
    ),
    "searched": (
        "Søgt i {rules} regelsæt i kraft og {precedents} afgørelser; nyeste er fra {newest}.",
        "Searched {rules} sets of rules in force and {precedents} decisions; the newest is of {newest}.",
    ),
    "no-verdict": (
        "Hjemmel siger ikke, hvordan sagen skal ende. Rækkefølgen viser kun, hvor meget teksten ligner.",
        "Hjemmel does not say how the case should end. The order only shows how alike the texts are.",
    ),
    "source": ("Kilde", "Source"),
    "back": ("Ny søgning", "New search"),
    "close": ("Luk kilden", "Close the source"),
    "page": ("side", "page"),
    "validity": ("Gyldighed", "Validity"),
    "in-force": ("Gældende i dag", "In force today"),
    "superseded": ("Ikke gældende i dag", "Not in force today"),
    "replaced-by": ("Afløst af", "Replaced by"),
    "versions": ("Versioner", "Versions"),
    "authority": ("Myndighed", "Authority"),
    "file": ("Indlæst fra", "Read from"),
    "error": ("Det gik ikke", "That did not work"),
    "remedy-bad-input": ("Ret det, og prøv igen.", "Correct it and try again."),
    "problem-not-found": (
        "Der er intet med det id i samlingen.",
        "Nothing with that id is in the collection.",
    ),
    "problem-bad-input": ("Det indtastede kan ikke bruges.", "The input cannot be used."),
    "problem-bad-query": ("Der kan ikke søges på det.", "That cannot be searched."),
    "problem-bad-date": (
        "Datoen kan ikke læses. Skriv den som 2024-03-01 eller 1. marts 2024.",
        "The date cannot be read. Write it as 2024-03-01.",
    ),
    "problem-too-large": ("Teksten er for lang. Forkort den.", "The text is too long. Shorten it."),
    "problem-index-missing": (
        "Der er endnu intet indeks. Driften skal køre `hjemmel index`.",
        "There is no index yet. The operator must run `hjemmel index`.",
    ),
    "problem-unavailable": (
        "Søgningen er ude af drift. Driften kan køre `hjemmel doctor` og se hvorfor.",
        "The search is out of service. The operator can run `hjemmel doctor` to see why.",
    ),
    QueryFault.EMPTY: ("Skriv først, hvad sagen handler om.", "First write what the case is about."),
    QueryFault.TOO_LONG: (
        "Teksten er på {length} tegn. Der kan søges på {limit}. Forkort den til de vigtige oplysninger.",
        "The text has {length} characters; the limit is {limit}. Shorten it to the facts that matter.",
    ),
    QueryFault.DATE: (
        "Datoen {value} ligger før {limit}. Skriv den som 2024-03-01.",
        "The date {value} lies before {limit}. Write it as 2024-03-01.",
    ),
}


def text(language: Language, key: str, **values: object) -> str:
    """The words for ``key``, with ``values`` filled in. Raises KeyError for a key that does not exist."""
    words = _TEXTS[key][0 if language is Language.DA else 1]
    return words.format(**values) if values else words


def has(key: str) -> bool:
    """Whether there are words for ``key``."""
    return key in _TEXTS


# What a newcomer can try: written for the fictional starter corpus, and of use on real law too.
EXAMPLES: Mapping[Language, tuple[str, ...]] = {
    Language.DA: (
        "Borgeren udeblev fra en samtale i jobcentret. Han siger, at han var syg, men meldte ikke afbud."
        " Vejledningen om følgerne var kun givet i telefonen.",
        "En ældre kvinde med dårlig hofte vil have hjælp til rengøring og bad. Kommunen vil først give hende"
        " et forløb, hvor hun træner selv.",
        "Naboen vil bygge en carport tæt på skel. Tegningen mangler højden, og kommunen har ikke svaret.",
    ),
    Language.EN: (
        "Borgeren udeblev fra en samtale i jobcentret. Han siger, at han var syg, men meldte ikke afbud.",
        "En ældre kvinde med dårlig hofte vil have hjælp til rengøring og bad.",
        "Naboen vil bygge en carport tæt på skel. Tegningen mangler højden.",
    ),
}
