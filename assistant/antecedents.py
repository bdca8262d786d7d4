"""What a relative clause limits («personer med nedsat syn, der bor alene»), and which limit nothing."""

from __future__ import annotations

from assistant import cues
from assistant.clauses import Clause, Reading

# An antecedent is looked for so many words back from «der» or «som».
_ANTECEDENT = 8
# «Det er den nye kommune, der …»: words before the relative clause, with «det er» and the comma.
_CLEFT = 6


def is_no_limit(reading: Reading, clause: Clause) -> bool:
    """«Det er kommunen, der afgør …» says who; «for de dage, der går, fra …» says how long."""
    around = clause.parent.tokens if clause.parent else []
    before = [reading.tokens[t].word for t in around if t < clause.opened]
    if before[:2] == ["det", "er"] and len(before) <= _CLEFT:
        return True
    verb = reading.tokens[clause.verb].word if clause.verb >= 0 else ""
    return verb == "går" and bool(cues.SPANS & set(before[-2:]))


def antecedent(reading: Reading, clause: Clause) -> int:
    """Where the words begin that a relative clause limits."""
    tokens, at = reading.tokens, clause.opened - 1
    while at >= 0 and tokens[at].word in (",", *cues.JOINERS):
        at -= 1
    own = set(clause.parent.tokens) if clause.parent else set()
    if at not in own:  # a second relative clause, or a reference stands between
        return tokens[clause.opened].span.start
    first = at
    while first >= 0 and at - first < _ANTECEDENT and first in own:
        word = tokens[first].word
        if word in cues.DETERMINERS:  # «for de dage, hvor …», «personer med nedsat syn, der …»
            return tokens[first].span.start
        if word in cues.FINITE or (word in (",", ":", ";") and not _numbered(reading, first)):
            return _after_preposition(reading, first + 1, at)
        first -= 1
    if first < 0 or first not in own:
        return _after_preposition(reading, first + 1, at)
    for back in range(at, first, -1):
        if tokens[back].word in cues.PREPOSITIONS and back < at:
            return tokens[back + 1].span.start
    return tokens[clause.opened].span.start


def _after_preposition(reading: Reading, first: int, last: int) -> int:
    """Where the antecedent begins: «anvendelse for | samtaler, som …», with one preposition only."""
    found = [t for t in range(first, last) if reading.tokens[t].word in cues.PREPOSITIONS]
    if len(found) == 1 and reading.tokens[found[0]].word in cues.POINTING:
        return reading.tokens[found[0] + 1].span.start
    return reading.tokens[first].span.start


def _numbered(reading: Reading, comma: int) -> bool:
    """Whether the comma stands inside a reference («§ 3, stk. 2»)."""
    following = reading.tokens[comma + 1].word if comma + 1 < len(reading.tokens) else ""
    return following in ("stk", "nr", "litra", "pkt", "jf") or following[:1].isdigit()
