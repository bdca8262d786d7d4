"""Words of the page alone."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "name": ("Hjemmel", "Hjemmel"),
    "tagline": (
        "Find reglerne og de afgørelser, der ligner sagen. Du afgør.",
        "Find the rules and the decisions most like the case. You decide.",
    ),
    "skip": ("Gå til indholdet", "Skip to the content"),
    "this-language": ("Dansk", "English"),
    "case": ("Beskriv sagen", "Describe the case"),
    "case-printed": ("Sagen", "The case"),
    "case-hint": (
        "Skriv, hvad der er sket, med almindelige ord. Udelad navne og CPR-numre. Teksten gemmes ikke.",
        "Write what happened in plain words. Leave out names and CPR numbers. The text is not stored.",
    ),
    "date": ("Sagens dato", "Date of the case"),
    "date-hint": (
        "Reglerne vises, som de lød den dag. Tomt felt betyder i dag. Skriv fx 2024-03-01.",
        "Rules are shown as they read on that day. Empty means today. Write it like 2024-03-01.",
    ),
    "search": ("Søg", "Search"),
    "searching": ("Søger …", "Searching …"),
    "searched-status": ("Søgningen er færdig.", "The search is done."),
    "shortcut": ("Ctrl+Enter søger", "Ctrl+Enter searches"),
    "examples": ("Prøv med et eksempel", "Try an example"),
    "results": ("Regler og afgørelser", "Rules and decisions"),
    "precedents-hint": (
        "Udfald vises, som myndigheden skrev det.",
        "Outcomes are shown as the authority recorded them.",
    ),
    "no-verdict": (
        "Hjemmel siger ikke, hvordan sagen skal ende. Rækkefølgen viser kun, hvor meget teksten ligner.",
        "Hjemmel does not say how the case should end. The order only shows how alike the texts are.",
    ),
    "whole": ("Vis hele uddraget", "Show the whole passage"),
    "begun": ("Vis kun begyndelsen", "Show only the beginning"),
    "open": ("Åbn ved ordene", "Open at the words"),
    "open-original": ("Officiel kilde", "Official source"),
    "why": ("Hvorfor fundet", "Why found"),
    "source": ("Kilde", "Source"),
    "contents": ("Indhold", "Contents"),
    "versions": ("Versioner", "Versions"),
    "wording-then": ("Ordlyden pr. {day} står i", "The wording on {day} stands in"),
    "no-wording-then": (
        "Samlingen har ingen ordlyd, der gælder pr. {day}.",
        "The collection has no wording that applies on {day}.",
    ),
    "fiction": (
        "FIKTIV: opdigtet tekst til afprøvning. Intet her er gældende ret.",
        "FIKTIV: invented text for trying things out. Nothing here is law.",
    ),
    "back": ("Ny søgning", "New search"),
    "own-tab": ("Åbn i egen fane", "Open in its own tab"),
    "close": ("Luk kilden", "Close the source"),
    "error": ("Det gik ikke", "That did not work"),
}

# What a newcomer can try: written for the fictional starter corpus, and of use on real law too. The
# law is in Danish, so a case is described in Danish whatever the page speaks.
EXAMPLES = (
    "Borgeren udeblev fra en samtale i jobcentret. Han siger, at han var syg, men meldte ikke afbud."
    " Vejledningen om følgerne var kun givet i telefonen.",
    "En ældre kvinde med dårlig hofte vil have hjælp til rengøring og bad. Kommunen vil først give hende"
    " et forløb, hvor hun træner selv.",
    "Naboen vil bygge en carport tæt på skel. Tegningen mangler højden, og kommunen har ikke svaret.",
)
