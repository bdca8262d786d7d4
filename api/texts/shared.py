"""Words that the page and the command line share."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "rules": ("Regler", "Rules"),
    "precedents": ("Afgørelser", "Decisions"),
    "rules-as-of": ("Ordlyd pr. {day}", "Wording on {day}"),
    "outcome": ("Udfald", "Outcome"),
    "authority": ("Myndighed", "Authority"),
    "validity": ("Gyldighed", "Validity"),
    "applied-on": ("Ordlyden er gældende pr. {day}", "This wording applies on {day}"),
    "not-applied-on": ("Ordlyden er ikke gældende pr. {day}", "This wording does not apply on {day}"),
    "from": ("fra {day}", "from {day}"),
    "until": ("til {day}", "until {day}"),
    "valid-until": ("Ordlyd indtil {day}", "Wording until {day}"),
    "historic": ("Historisk: afløst eller sat ud af kraft", "Historic: replaced or set aside"),
    "repealed": ("ophævet", "repealed"),
    "page": ("side", "page"),
    "why-terms": ("Ord til fælles", "Words in common"),
    "why-law": ("Søgt også med lovens ord", "Also searched with the law's words"),
    "why-citations": ("Nævner samme bestemmelse", "Cites the same provision"),
    "why-fact": ("Nærmeste oplysning i sagen", "Nearest of its facts"),
    "also": ("Samme ordlyd i", "The same wording in"),
    "why-cites": ("Henviser til", "Cites"),
    "why-cited-by": ("Henvist til af", "Cited by"),
    "why-similarity": ("Lighed i mening", "Similarity of meaning"),
    "searched": (
        "Søgt i {rules} regelsæt i kraft og {precedents} afgørelser; nyeste er fra {newest}.",
        "Searched {rules} sets of rules in force and {precedents} decisions; the newest is of {newest}.",
    ),
    "note-lexical-only": (
        "Der er kun søgt på ord: indekset har ingen vektorer.",
        "Searched by words alone: the index has no vectors.",
    ),
    "note-vectors-incomplete": (
        "En del af samlingen er endnu kun søgt på ord.",
        "Part of the collection has been searched by words alone so far.",
    ),
    "note-later-precedents": (
        "Nogle afgørelser er senere end sagens dato.",
        "Some decisions are later than the date of the case.",
    ),
    "note-outcome-filter": (
        "Der er valgt udfald. Den nærmeste afgørelse med hvert andet udfald står sidst.",
        "Outcomes were chosen. The nearest decision of each other outcome stands last.",
    ),
    "other-outcome": ("Andet udfald end valgt", "Another outcome than chosen"),
    "note-weak-rules": (
        "Ingen regel er tilstrækkelig nær sagen. Det fundne kan handle om noget andet.",
        "No rule is sufficiently close to the case. What was found may be about something else.",
    ),
    "note-weak-precedents": (
        "Ingen afgørelse er tilstrækkelig nær sagen. Det fundne kan handle om noget andet.",
        "No decision is sufficiently close to the case. What was found may be about something else.",
    ),
    "note-no-rules": (
        "Ingen regel har ord eller mening til fælles med sagen. Prøv at beskrive den med andre ord.",
        "No rule has words or meaning in common with the case. Try describing it in other words.",
    ),
    "note-none-in-force": (
        "Samlingen har ingen regel, der gjaldt den dag. Vælg en senere dato.",
        "The collection has no rule that was in force on that day. Choose a later date.",
    ),
    "note-no-precedents": (
        "Ingen afgørelse ligner. Det betyder kun, at ingen findes i samlingen.",
        "No decision is alike. It only means that none is in the collection.",
    ),
}
