"""Words of the commands that resolve citations and list who cites."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "stage-names": ("Lærer loves navne", "Learning the names of acts"),
    "stage-citations": ("Slår henvisninger op", "Resolving references"),
    "cite-none": ("Teksten har ingen henvisning.", "The text holds no reference."),
    "cite-counted": (
        "{found} henvisninger, {resolved} af {targets} steder slået op. Ordlyd pr. {day}.",
        "{found} references, {resolved} of {targets} places resolved. Wording on {day}.",
    ),
    "cite-ground-named": ("versionen er nævnt i teksten", "the text names the version"),
    "cite-ground-in-force": ("gældende den dag", "in force on that day"),
    "cite-ground-own": ("tekstens egen lov", "the text's own act"),
    "cite-ground-enabling": (
        "loven, som bekendtgørelsen er udstedt efter",
        "the act the order was issued under",
    ),
    "cite-ground-amended": ("loven, der ændres", "the act that is amended"),
    "cite-ground-context": ("loven følger af sammenhængen", "the context decides the act"),
    "cite-ground-only-fit": (
        "den eneste af lovene, der har bestemmelsen",
        "the only act that has the provision",
    ),
    "cite-ground-number": ("fundet på nummeret", "found by its number"),
    "cited-by-none": ("Intet i samlingen henviser til {citation}.", "Nothing in the store cites {citation}."),
    "cited-by-counted": (
        "{total} steder henviser til {citation}; her er {shown}.",
        "{total} places cite {citation}; here are {shown}.",
    ),
    "cited-by-version": ("Henviser til {citation}", "Cites {citation}"),
    "cited-by-more": ("Flere: --after {cursor}", "More: --after {cursor}"),
}
