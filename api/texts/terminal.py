"""Words of the command line alone."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    # Progress
    "reading": ("Indlæser", "Reading"),
    "documents-read": ("{count} dokumenter", "{count} documents"),
    "documents-rate": ("{rate} dok./s", "{rate} docs/s"),
    "stage-passages": ("Skærer i passager", "Cutting passages"),
    "stage-vectors": ("Beregner vektorer", "Encoding"),
    "stage-publish": ("Udgiver indekset", "Publishing"),
    "left": ("tilbage", "left"),
    # Search
    "found-by": ("Fundet på", "Found by"),
    "not-in-force": ("ikke gældende den dag", "not in force on that day"),
    "stale": (
        "Samlingen er ændret, siden indekset blev bygget. Kør `hjemmel index`.",
        "The store has changed since the index was built. Run `hjemmel index`.",
    ),
    # Show
    "id": ("id", "id"),
    "revision": ("{id} (udgave {revision})", "{id} (revision {revision})"),
    "legal-basis": ("Retsgrundlag", "Legal basis"),
    "address": ("Adresse", "Address"),
    "file": ("Indlæst fra", "Read from"),
    "read-at": ("Indlæst", "Read"),
    "read-by": ("{time} UTC af {parser}", "{time} UTC by {parser}"),
    "replaced-by": ("afløst af", "replaced by"),
    "unknown": ("ukendt", "unknown"),
    # Ingest
    "outcome-added": ("{count} nye", "{count} added"),
    "outcome-unchanged": ("{count} uændrede", "{count} unchanged"),
    "outcome-superseded": (
        "{count} afløste en tidligere udgave",
        "{count} superseded an earlier revision",
    ),
    "outcome-shadowed": (
        "{count} gemt bag en bedre kilde til samme dokument",
        "{count} kept behind a better source of the same document",
    ),
    "nothing-new": ("intet nyt", "nothing new"),
    "ingested": (
        "Indlæst {read}: {counts}. {failed} kunne ikke læses.",
        "Read {read}: {counts}. {failed} failed.",
    ),
    "more-failures": (
        "… og {count} til ({reasons}). Alle vises med --json.",
        "… and {count} more ({reasons}). All are shown with --json.",
    ),
    "warnings": (
        "{count} advarsler. `hjemmel show ID` viser et dokuments.",
        "{count} warnings. `hjemmel show ID` lists a document's.",
    ),
    # Index, erase, serve, demo
    "indexed": (
        "Indeks {snapshot}: {documents} dokumenter, {passages} passager, {vectors} med vektor ({encoder}).",
        "Index {snapshot}: {documents} documents, {passages} passages, {vectors} with a vector ({encoder}).",
    ),
    "no-encoder": ("kun ord", "words alone"),
    "erased": (
        "Slettet {id}: {revisions} udgave(r). Ingen søgning finder det fra nu af.",
        "Erased {id}: {revisions} revision(s). No search finds it from now on.",
    ),
    "not-ready": ("Der kan ikke søges endnu", "Not ready to search yet"),
    "serving": ("Hjemmel: {address} (stop med Ctrl+C)", "Hjemmel: {address} (stop with Ctrl+C)"),
    "exposed": (
        "Serveren kan nås uden for denne maskine. Der er intet log-in: sæt ét foran.",
        "The server can be reached from beyond this machine. There is no log-in: put one in front.",
    ),
    "demo": (
        "Opdigtet startsamling: {documents} dokumenter, {passages} passager. Intet i den er gældende ret.",
        "Fictional starter corpus: {documents} documents, {passages} passages. Nothing in it is law.",
    ),
    "stopped": ("Afbrudt.", "Stopped."),
    # Evaluate
    "queries": ("Sager", "Queries"),
    "system-lexical": ("ord", "words"),
    "system-dense": ("mening", "meaning"),
    "system-fused": ("samlet", "fused"),
    "system-fused+graph": ("med henvisninger", "with citations"),
    "system-fused+graph+law": ("med lovens ord", "with the law's words"),
    "system-fused+graph+law+reranker": ("læst igen", "read again"),
    # Doctor
    "fault": ("FEJL", "FAULT"),
    "check-python": ("Python {version}", "Python {version}"),
    "check-python-remedy": ("Brug Python 3.11 eller nyere.", "Use Python 3.11 or later."),
    "check-folder": ("Der kan skrives i datamappen {folder}", "The data folder {folder} is writable"),
    "check-folder-bad": (
        "Der kan ikke skrives i datamappen {folder}",
        "The data folder {folder} is read-only",
    ),
    "check-folder-remedy": (
        "Vælg en anden mappe med --data eller HJEMMEL_DATA.",
        "Choose another folder with --data or HJEMMEL_DATA.",
    ),
    "check-disk": ("{free} GiB disk er fri", "{free} GiB of disk are free"),
    "check-disk-remedy": (
        "Skaf mere plads: et nyt indeks skrives ved siden af det gamle.",
        "Free some disk: a new index is written beside the old one.",
    ),
    "check-store": ("Databasen er hel", "The store is sound"),
    "check-store-bad": ("Databasen er beskadiget: {fault}", "The store is damaged: {fault}"),
    "check-store-remedy": (
        "Hent corpus.db fra en sikkerhedskopi.",
        "Restore corpus.db from a back-up.",
    ),
    "check-documents": (
        "{rule} regelsæt, {precedent} afgørelser, {amendment} ændringslove",
        "{rule} rules, {precedent} precedents, {amendment} amending acts",
    ),
    "check-documents-bad": ("Der er ingen dokumenter", "There are no documents"),
    "check-documents-remedy": (
        "Indlæs nogle med `hjemmel ingest PATH`.",
        "Read some in with `hjemmel ingest PATH`.",
    ),
    "check-encoder": ("Sprogmodellen {name} virker", "The encoder {name} works"),
    "check-encoder-bad": (
        "Sprogmodellen {name} giver vektorer af en anden form end ventet",
        "The encoder {name} gives vectors of another shape than expected",
    ),
    "check-encoder-remedy": (
        "Vælg en anden med --encoder eller HJEMMEL_ENCODER.",
        "Choose another with --encoder or HJEMMEL_ENCODER.",
    ),
    "check-no-encoder": (
        "Ingen sprogmodel er valgt: der søges kun på ord",
        "No encoder is configured: searches go by words alone",
    ),
    "check-reranker": ("Modellen til omsortering {name} virker", "The reranker {name} works"),
    "check-thesaurus": (
        "{entries} hverdagsord og vendinger fører til lovens ord",
        "{entries} everyday words and phrases lead to the law's words",
    ),
    "check-index": (
        "Indekset {name} er helt: {passages} passager",
        "The index {name} is sound: {passages} passages",
    ),
    "check-freshness": ("Indekset har alt, hvad der er gemt", "The index holds what the store holds"),
    "check-freshness-bad": (
        "Samlingen er ændret, siden indekset blev bygget",
        "The store has changed since the index was built",
    ),
    "check-freshness-remedy": ("Kør `hjemmel index`.", "Run `hjemmel index`."),
    "check-vectors": (
        "{vectors} af {passages} passager har en vektor",
        "{vectors} of {passages} passages have a vector",
    ),
    "check-vectors-remedy": (
        "Kør `hjemmel index` med sprogmodellen valgt.",
        "Run `hjemmel index` with the encoder configured.",
    ),
}
