"""Words of the brief, for the terminal and the page."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "brief": ("Oplæg", "Brief"),
    "case-as-read": ("Sagen, som den er læst", "The case as read"),
    "replaced": ("Personoplysninger er erstattet", "Personal data was replaced"),
    "overview": ("Overblik", "Overview"),
    "procedure": ("Sagsbehandling", "Procedure"),
    "precedents-order": (
        "Rækkefølgen viser kun, hvor meget teksten ligner",
        "The order only shows how alike the texts are",
    ),
    "gaps": ("Det, der mangler", "What is missing"),
    "no-gaps": ("Intet at bemærke.", "Nothing to remark."),
    "trace": ("Post i loggen: {id} · indeks {snapshot}", "Entry in the log: {id} · index {snapshot}"),
    "since": ("Siden da", "Since then"),
    "pending": ("Vedtaget, endnu ikke indarbejdet", "Adopted, not yet consolidated"),
    "conditions": ("Det, bestemmelsen siger", "What the provision says"),
    "more-conditions": (
        "Bestemmelsens øvrige stykker siger også noget; --json viser det hele.",
        "Other parts of the provision say more; --json shows all of it.",
    ),
    "gap-no-procedural-acts": (
        "Samlingen har ingen almindelig lov om sagsbehandling.",
        "The collection has no general act on procedure for the date of the case.",
    ),
    "element-condition": ("Betingelse", "Condition"),
    "element-exception": ("Undtagelse", "Exception"),
    "element-discretion": ("Skøn", "Discretion"),
    "element-duty": ("Pligt", "Duty"),
    "element-standard": ("Retlig standard", "Open standard"),
    "joined-and": ("alle led (og)", "all items (and)"),
    "joined-or": ("et af leddene (eller)", "one of the items (or)"),
    "not-described": ("ikke beskrevet i sagen", "not described in the case"),
    "counter": (
        "Gik en anden vej end den nærmeste afgørelse",
        "Went another way than the nearest decision",
    ),
    "reasons": ("Myndigheden lagde vægt på", "What the authority gave weight to"),
    "alike": ("Ens i de to sager", "Alike in the two cases"),
    "only-decision": ("Kun i afgørelsen", "In the decision only"),
    "only-case": ("Kun i sagen", "In the case only"),
    "note-written": ("Notatet er skrevet til {file}.", "The note was written to {file}."),
    "audit-whole": ("Loggen er hel: {count} poster.", "The log is whole: {count} entries."),
    "audit-broken": (
        "Loggen er brudt ved post {number}: {reason}.",
        "The log is broken at entry {number}: {reason}.",
    ),
    "gap-own-view-first": (
        "Tidligere afgørelser vises, når egne overvejelser er noteret.",
        "Earlier decisions are shown once own considerations are noted, as the authority has chosen.",
    ),
    "gap-no-rules": (
        "Der er ikke fundet regler.",
        "No rules were found that applied on the date of the case.",
    ),
    "gap-no-precedents": (
        "Der er ikke fundet tidligere afgørelser.",
        "No earlier decisions were found in the collection.",
    ),
    "gap-weak-rules": (
        "Ingen regler ligger tæt på sagen.",
        "None of the rules found lies close to the case.",
    ),
    "gap-weak-precedents": (
        "Ingen afgørelser ligger tæt på sagen.",
        "None of the decisions found lies close to the case.",
    ),
    "gap-wording-changed": (
        "Ordlyden er ændret siden.",
        "The wording has changed since the date of the case.",
    ),
    "gap-pending-amendments": (
        "Vedtagne ændringer er endnu ikke indarbejdet.",
        "Adopted amendments are not in the wording shown yet.",
    ),
    "gap-precedents-overtaken": (
        "Afløst, tilsidesat eller truffet efter en ordlyd, der er ændret.",
        "Reissued, set aside, or resting on wording that has changed.",
    ),
    "gap-not-described": (
        "Sagens tekst siger intet om det, som disse regler spørger efter.",
        "The text of the case says nothing about what these rules ask for.",
    ),
    "gap-short-case": (
        "Sagens tekst er kort.",
        "The text of the case is short. More facts give a better basis to search on.",
    ),
    "gap-corpus-old": (
        "Samlingens nyeste dokument er over et år gammelt.",
        "The newest document of the collection is over a year old. Newer rules and decisions may be missing.",
    ),
    "gap-words-alone": (
        "En del af samlingen er kun søgt efter ord.",
        "A part of the collection was searched by words alone. Add the terms of the field.",
    ),
}
