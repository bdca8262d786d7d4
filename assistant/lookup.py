"""From what a person writes for a provision to its id: an id as it stands, or a citation resolved."""

from __future__ import annotations

import datetime as dt

from assistant.citation_types import CitedTarget
from assistant.citations import resolve_text
from corpus.errors import CitationError
from corpus.references.resolved import LinkStatus, Reason
from corpus.store import Store


def provision_named(store: Store, words: str, as_of: dt.date) -> str:
    """The id of the one provision that ``words`` name.

    Args:
        words: an id such as ``lta-2023-1031:par-36.stk-1``, or a citation such as «§ 40 a, stk. 5, i lov om
            aktiv socialpolitik», read in the version in force on ``as_of`` unless it names another.

    Raises:
        CitationError: no citation, several, or one that leads nowhere or to several places; says which.
    """
    if ":par-" in words or ":annex-" in words or ":trans-" in words or ":again-" in words:
        return words.strip()
    targets = [target for reference in resolve_text(store, words, as_of) for target in reference.targets]
    pointed = [t for t in targets if t.printed]
    if not pointed:
        raise CitationError(
            f"«{words[:80]}» nævner ingen bestemmelse.", "Skriv for eksempel «§ 36, stk. 1, i lov om …»."
        )
    if len(pointed) > 1:
        raise CitationError(f"«{words[:80]}» nævner {len(pointed)} bestemmelser.", "Spørg om én ad gangen.")
    (target,) = pointed
    if target.status is not LinkStatus.RESOLVED or len(target.provisions) != 1:
        ids = ", ".join(c.id for c in target.candidates if c.id)
        raise CitationError(
            target.message or f"«{words[:80]}» fører til {len(target.provisions)} steder.",
            f"Skriv i stedet id'et: {ids}." if ids else _remedy(target),
        )
    return target.provisions[0]


def _remedy(target: CitedTarget) -> str:
    if target.reason is Reason.NO_PROVISION:
        return "Er den ophævet eller flyttet, så vælg en dag, hvor den gjaldt."
    return "Skriv bestemmelsen mere nøjagtigt."
