"""The considerations that a decision itself names as those it rests on, quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.brief_types import Quote
from assistant.quotes import Quoter
from corpus.sentences import sentences
from corpus.store import Store
from corpus.types import SectionRole, Span, StoredDocument

REASONS_SHOWN = 3  # of one decision: what its authority laid weight on, not its whole reasoning
_LONGEST = 700  # characters; what is longer is a list or a slip of the sentence finder
# How Danish authorities name what they laid weight on, strongest first.
_CUES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:lagt|lægger|lagde|lægges|lagdes) (?:\w+ ){0,3}?vægt på\b|\bvægt på, at\b",
        r"\b(?:begrundelsen (?:for|er)|begrundes? med|afgørende for|af betydning)\b",
        r"\b(?:vurderer|har vurderet|(?:er|var) (?:\w+ ){0,2}vurdering"
        r"|finder(?!(?: [\w§]+){0,6} (?:sted|anvendelse))|fandt(?! sted)"
        r"|har fundet|mener|lægges? til grund|lagt til grund)\b",
    )
)

# What the parties pay for the case is no consideration on it.
_COSTS = re.compile(r"\bsagsomkostning|\bsagens værdi\b|\bhovedforhandl", re.IGNORECASE)


def main_considerations(store: Store, document: StoredDocument, quoter: Quoter) -> tuple[Quote, ...]:
    """Up to ``REASONS_SHOWN`` sentences of a decision's reasoning, in the order of its text.

    Sentences that name what weight was laid on come before those that only assess; a decision without
    such words, or without a section of reasoning, has none.
    """
    text = store.text(document.key)
    ranked = sorted(_weighed(store, document, text), key=lambda found: found[0])
    chosen = sorted(span for _, span in ranked[:REASONS_SHOWN])
    return tuple(quoter.quote(document.id, span, document.revision) for span in chosen)


def _weighed(store: Store, document: StoredDocument, text: str) -> Iterator[tuple[int, Span]]:
    for section in store.sections(document.key):
        if section.role is not SectionRole.REASONING:
            continue
        for span in sentences(text, section.span):
            words = span.of(text)
            cue = next((n for n, pattern in enumerate(_CUES) if pattern.search(words)), None)
            if cue is not None and len(words) <= _LONGEST and not _COSTS.search(words):
                yield cue, span
