"""What went wrong, for each code of ``api.problems`` and each fault of a query, with what to do."""

from __future__ import annotations

from collections.abc import Mapping

from index.errors import QueryFault

BAD_DAY = "fault-day"

TEXTS: Mapping[str, tuple[str, str]] = {
    "title-bad-input": ("Det indtastede kan ikke bruges", "The input cannot be used"),
    "title-unreadable": ("Filen kan ikke læses", "The file cannot be read"),
    "title-encrypted": ("Filen kræver adgangskode", "The file needs a password"),
    "title-no-text": ("Filen har ingen tekst", "The file holds no text"),
    "title-too-large": ("Det indtastede er over en grænse", "The input is over a limit"),
    "title-unsupported": ("Filtypen kan ikke læses", "The type of file is not supported"),
    "title-bad-citation": ("Henvisningen kan ikke læses", "The citation cannot be parsed"),
    "title-not-found": ("Findes ikke", "Not found"),
    "title-store": ("Databasen kan ikke bruges", "The store cannot be used"),
    "title-bad-query": ("Der kan ikke søges på det", "The query cannot be searched"),
    "title-index-missing": ("Der er intet indeks endnu", "There is no index yet"),
    "title-index-mismatch": ("Indekset passer ikke", "The index does not fit"),
    "title-index-busy": ("Indekset er ved at blive bygget", "The index is being built"),
    "title-index-corrupt": ("Indekset er beskadiget", "The index is damaged"),
    "title-encoder": ("Sprogmodellen kan ikke bruges", "The encoder cannot be used"),
    "title-error": ("Noget gik galt", "Something failed"),
    "problem-bad-input": (
        "Det indtastede kan ikke bruges. Ret det, og prøv igen.",
        "The input cannot be used. Correct it and try again.",
    ),
    "problem-unreadable": (
        "Filen kan ikke læses. Hent den igen.",
        "The file cannot be read. Fetch it again.",
    ),
    "problem-encrypted": (
        "Filen kræver adgangskode. Gem en kopi uden.",
        "The file needs a password. Save a copy without one.",
    ),
    "problem-no-text": (
        "Filen har ingen tekst. Kontrollér, at den er hentet helt.",
        "The file holds no text. Check that it is whole.",
    ),
    "problem-too-large": ("Det er for langt. Forkort det.", "It is too long. Shorten it."),
    "problem-unsupported": (
        "Filtypen kan ikke læses. Gem filen i et andet format.",
        "That type of file is not supported. Save the file in another format.",
    ),
    "problem-bad-citation": (
        "Henvisningen kan ikke læses. Brug den adresse, som en søgning viser.",
        "The citation cannot be parsed. Use the id that a search shows.",
    ),
    "problem-not-found": (
        "Det findes ikke i samlingen. Søg efter det i stedet.",
        "It is not in the collection. Search for it instead.",
    ),
    "problem-store": (
        "Databasen kan ikke bruges. Driften kan køre `hjemmel doctor` og se hvorfor.",
        "The store cannot be used. The operator can run `hjemmel doctor` to see why.",
    ),
    "problem-bad-query": (
        "Der kan ikke søges på det. Ret det, og prøv igen.",
        "That cannot be searched. Correct it and try again.",
    ),
    "problem-index-missing": (
        "Der er intet indeks endnu. Driften skal køre `hjemmel ingest` og `hjemmel index`.",
        "There is no index yet. The operator must run `hjemmel ingest` and `hjemmel index`.",
    ),
    "problem-index-mismatch": (
        "Indekset er bygget på en anden måde end den valgte. Driften skal køre `hjemmel index`.",
        "The index was built in another way than the one chosen. The operator must run `hjemmel index`.",
    ),
    "problem-index-busy": (
        "Indekset er ved at blive bygget. Prøv igen, når det er sket.",
        "The index is being built. Try again when that is done.",
    ),
    "problem-index-corrupt": (
        "Indekset er beskadiget. Driften skal køre `hjemmel index`.",
        "The index is damaged. The operator must run `hjemmel index`.",
    ),
    "problem-encoder": (
        "Sprogmodellen kan ikke bruges. Driften kan køre `hjemmel doctor` og se hvorfor.",
        "The encoder cannot be used. The operator can run `hjemmel doctor` to see why.",
    ),
    "problem-error": (
        "Noget gik galt. Driften kan køre `hjemmel doctor` og se hvorfor.",
        "Something failed. The operator can run `hjemmel doctor` to see why.",
    ),
    BAD_DAY: (
        "Datoen «{value}» kan ikke læses. Skriv den som 2024-03-01 eller 1. marts 2024.",
        "The date “{value}” cannot be read. Write it as 2024-03-01.",
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
}
