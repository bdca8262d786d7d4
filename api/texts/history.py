"""Words about a provision's line through time."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "stage-history": ("Følger bestemmelser gennem udgaverne", "Following provisions through the versions"),
    "history": ("Historik", "History"),
    "history-of": ("Historik for {citation}", "History of {citation}"),
    "history-now": ("Pr. {day}:", "On {day}:"),
    "history-unchanged": (
        "{count} skridt uden ændring er udeladt.",
        "{count} steps without a change are left out.",
    ),
    "history-pending": ("Endnu ikke indarbejdet:", "Not consolidated yet:"),
    "history-before": ("Før", "Before"),
    "history-after": ("Efter", "After"),
    "history-grounds": ("Begrundelse", "Grounds"),
    "history-none": (
        "Samlingen har kun én udgave, eller ordlyden er ens i dem alle.",
        "Only one version is kept, or the wording is the same in all of them.",
    ),
    "changed-since": ("Pr. {day}:", "On {day}:"),
    "related": ("Andre afgørelser", "Other decisions"),
    "related-not-kept": ("findes ikke i samlingen", "not kept"),
    "own-references": ("Henvisninger, og ordlyden pr. {day}", "References, and their wording on {day}"),
    "own-references-unresolved": (
        "{count} henvisninger fører ikke til ét sted i samlingen.",
        "{count} references lead to no single place in the store.",
    ),
    "reference-now": ("nu", "now"),
    "history-deleted": ("udgået:", "deleted:"),
    "history-inserted": ("indsat:", "inserted:"),
}
