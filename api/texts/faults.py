"""What went wrong, for each code of ``api.problems`` and each fault of a query, with what to do."""

from __future__ import annotations

from collections.abc import Mapping

from index.errors import QueryFault

BAD_DAY = "fault-day"
BAD_RANGE = "fault-range"

TEXTS: Mapping[str, tuple[str, str]] = {
    "title-bad-input": ("Det indtastede kan ikke bruges", "The input cannot be used"),
    "title-unreadable": ("Filen kan ikke læses", "The file cannot be read"),
    "title-encrypted": ("Filen kræver adgangskode", "The file needs a password"),
    "title-no-text": ("Filen har ingen tekst", "The file holds no text"),
    "title-too-large": ("Det indtastede er over en grænse", "The input is over a limit"),
    "title-unsupported": ("Filtypen kan ikke læses", "The type of file is not supported"),
    "title-bad-citation": ("Henvisningen kan ikke læses", "The citation cannot be parsed"),
    "title-not-found": ("Det findes ikke i samlingen", "Not found"),
    "title-store": ("Databasen kan ikke bruges", "The store cannot be used"),
    "title-bad-query": ("Der kan ikke søges på det", "The query cannot be searched"),
    "title-index-missing": ("Der er intet indeks endnu", "There is no index yet"),
    "title-index-mismatch": ("Indekset passer ikke", "The index does not fit"),
    "title-index-busy": ("Indekset er ved at blive bygget", "The index is being built"),
    "title-index-corrupt": ("Indekset er beskadiget", "The index is damaged"),
    "title-encoder": ("Sprogmodellen kan ikke bruges", "The encoder cannot be used"),
    "title-reranker": ("Modellen til omsortering kan ikke bruges", "The reranker cannot be used"),
    "title-thesaurus": (
        "Listen over hverdagsord kan ikke bruges",
        "The list of everyday words cannot be used",
    ),
    "title-error": ("Noget gik galt", "Something failed"),
    "remedy-bad-input": (
        "Ret det, og prøv igen.",
        "Correct it and try again.",
    ),
    "remedy-unreadable": (
        "Hent den igen.",
        "Fetch it again.",
    ),
    "remedy-encrypted": (
        "Gem en kopi uden.",
        "Save a copy without one.",
    ),
    "remedy-no-text": (
        "Kontrollér, at den er hentet helt.",
        "Check that it is whole.",
    ),
    "remedy-too-large": (
        "Forkort eller del det.",
        "Shorten or split it.",
    ),
    "remedy-unsupported": (
        "Gem filen i et andet format.",
        "Save the file in another format.",
    ),
    "remedy-bad-citation": (
        "Brug den adresse, som en søgning viser.",
        "Use the id that a search shows.",
    ),
    "remedy-not-found": (
        "Søg efter det i stedet.",
        "Search for it instead.",
    ),
    "remedy-store": (
        "Driften kan køre `hjemmel doctor` og se hvorfor.",
        "The operator can run `hjemmel doctor` to see why.",
    ),
    "remedy-bad-query": (
        "Ret det, og prøv igen.",
        "Correct it and try again.",
    ),
    "remedy-index-missing": (
        "Driften skal køre `hjemmel ingest` og `hjemmel index`.",
        "The operator must run `hjemmel ingest` and `hjemmel index`.",
    ),
    "remedy-index-mismatch": (
        "Driften skal køre `hjemmel index`.",
        "The operator must run `hjemmel index`.",
    ),
    "remedy-index-busy": (
        "Prøv igen, når det er sket.",
        "Try again when that is done.",
    ),
    "remedy-index-corrupt": (
        "Driften skal køre `hjemmel index`.",
        "The operator must run `hjemmel index`.",
    ),
    "remedy-encoder": (
        "Driften kan køre `hjemmel doctor` og se hvorfor.",
        "The operator can run `hjemmel doctor` to see why.",
    ),
    "remedy-reranker": (
        "Driften kan køre `hjemmel doctor` og se hvorfor, eller slå den fra.",
        "The operator can run `hjemmel doctor` to see why, or turn it off.",
    ),
    "remedy-thesaurus": (
        "Driften kan køre `hjemmel doctor` og se hvilken linje, eller slå den fra.",
        "The operator can run `hjemmel doctor` to see which line, or turn it off.",
    ),
    "remedy-error": (
        "Driften kan køre `hjemmel doctor` og se hvorfor.",
        "The operator can run `hjemmel doctor` to see why.",
    ),
    BAD_DAY: (
        "Datoen «{value}» kan ikke læses. Skriv den som 2024-03-01 eller 1. marts 2024.",
        "The date “{value}” cannot be read. Write it as 2024-03-01.",
    ),
    BAD_RANGE: (
        "Tegnene {start} til {end} findes ikke i {document}, som har {length} tegn. Vælg et sted i teksten.",
        "{document} has {length} characters, so {start} to {end} is no part of it. Choose a range inside it.",
    ),
    QueryFault.EMPTY: (
        "Sagen er tom. Skriv først, hvad den handler om.",
        "The case is empty. First write what it is about.",
    ),
    QueryFault.TOO_LONG: (
        "Sagen er på {length} tegn, og grænsen er {limit}. Forkort den til de vigtige oplysninger.",
        "The case has {length} characters; the limit is {limit}. Shorten it to the facts that matter.",
    ),
    QueryFault.TOP: (
        "Der er bedt om {value} resultater, og det skal være fra 1 til {limit}. Vælg et andet antal.",
        "You asked for {value} results; it must be from 1 to {limit}. Choose another number.",
    ),
    QueryFault.KINDS: (
        "Der er ikke valgt noget at søge efter. Vælg regler (rule), afgørelser (precedent) eller begge.",
        "Nothing to search for was chosen. Choose rules (rule), decisions (precedent) or both.",
    ),
    QueryFault.DATE: (
        "Datoen {value} ligger før {limit}. Skriv den som 2024-03-01.",
        "The date {value} lies before {limit}. Write it as 2024-03-01.",
    ),
    QueryFault.PERIOD: (
        "Perioden går fra {start} til {end}. Lad den første dag stå først.",
        "The period runs from {start} to {end}. Put the first day first.",
    ),
    QueryFault.COLLECTION: (
        "Indekset har ingen samling ved navn «{value}». Vælg blandt: {known}.",
        "The index has no collection called “{value}”. Choose among: {known}.",
    ),
    QueryFault.FILTERS: (
        "Der er valgt {value} værdier at afgrænse efter, og grænsen er {limit}."
        " Vælg færre, eller søg uden afgrænsning.",
        "You chose {value} values to filter by; the limit is {limit}. Choose fewer.",
    ),
}
