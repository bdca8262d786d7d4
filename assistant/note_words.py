"""The words of the journal note, Danish and English."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "da": {
        "title": "Journalnotat (udkast)",
        "case-date": "Sagens dato",
        "made": "Søgt",
        "searched": (
            "Grundlag: {rules} dokumenter med regler i kraft på sagens dato og {precedents} afgørelser;"
            " det nyeste er fra {newest}. Indeks {snapshot}"
        ),
        "log": "Post i loggen",
        "replaced": "Personoplysninger erstattet i teksten",
        "facts": "Sagens oplysninger",
        "missing": "Det, der mangler",
        "not-described": "Ikke beskrevet i sagen",
        "rules": "Retsregler",
        "procedure": "Sagsbehandling, der følger af reglerne",
        "practice": "Tidligere afgørelser",
        "no-rules": "Ingen regler er fundet.",
        "no-precedents": "Ingen tidligere afgørelser er fundet.",
        "none-chosen": "Ingen er taget med i notatet. De fundne står under Kilder.",
        "withheld": "Ikke vist: egne overvejelser er ikke noteret endnu.",
        "outcome": "Myndighedens egne ord om udfaldet",
        "first-view": "Egne overvejelser, før afgørelser blev vist",
        "considerations": "Hovedhensyn",
        "conclusion": "Konklusion",
        "sources": "Kilder",
        "shown": "vist",
        "opened": "åbnet",
    },
    "en": {
        "title": "Journal note (draft)",
        "case-date": "Date of the case",
        "made": "Searched",
        "searched": (
            "Basis: {rules} documents with rules in force on the date of the case and {precedents} decisions;"
            " the newest is of {newest}. Index {snapshot}"
        ),
        "log": "Entry in the log",
        "replaced": "Personal data replaced in the text",
        "facts": "Facts of the case",
        "missing": "What is missing",
        "not-described": "Not described in the case",
        "rules": "Rules",
        "procedure": "Procedure that follows from the rules",
        "practice": "Earlier decisions",
        "no-rules": "No rules were found.",
        "no-precedents": "No earlier decisions were found.",
        "none-chosen": "None was taken into the note. Those found stand under Sources.",
        "withheld": "Not shown: own considerations are not noted yet.",
        "outcome": "The authority's own words for the outcome",
        "first-view": "Own considerations, before decisions were shown",
        "considerations": "Main considerations",
        "conclusion": "Conclusion",
        "sources": "Sources",
        "shown": "shown",
        "opened": "opened",
    },
}
