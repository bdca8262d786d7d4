"""What the guard against verdicts finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Span


class Reason(StrEnum):
    """Why a sentence may not leave."""

    DECISION = "decision"  # says how the case should end
    CONDITION = "condition"  # says that a demand of the law is met or not
    LIKELIHOOD = "likelihood"  # says how likely an end is
    TALLY = "tally"  # counts or generalises over outcomes
    ADVICE = "advice"  # recommends an end
    OPINION = "opinion"  # the writer's own view
    HINT = "hint"  # leans one way without saying so
    SAME_END = "same-end"  # carries the end of another case over to this one
    UNGROUNDED = "ungrounded"  # a machine's sentence that does not show what it speaks of
    DISGUISE = "disguise"  # any of these in code, look-alikes or letters set apart


class Asked(StrEnum):
    """What kind of verdict a text asks for."""

    OUTCOME = "outcome"  # how the case ends, or that it be decided
    CONDITION = "condition"  # whether a demand of the law is met, or a right is had
    LIKELIHOOD = "likelihood"  # odds, forecasts, shares of outcomes
    MARKS = "marks"  # ticks, colours, scores, ranks, signals
    OPINION = "opinion"  # advice, agreement, «what would you do»
    DRAFT = "draft"  # that the decision be written, or a begun one finished
    INSTRUCTION = "instruction"  # orders to the machine, played parts, staged dialogues
    DISGUISE = "disguise"  # any of these in code, look-alikes or letters set apart


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict found in a text.

    ``words`` are the tokens that gave it away, as the guard read them; ``message`` tells the reader why the
    sentence is missing, without repeating it.
    """

    reason: Reason
    words: str
    message: str


@dataclass(frozen=True, slots=True)
class VerdictRequest:
    """A verdict asked for, with the sentence that says why none is given and what is given instead."""

    asked: Asked
    words: str
    message_da: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Breach:
    """A verdict in something that is about to leave. ``span`` is the sentence in the text at ``path``."""

    path: str  # "overview.statements.2.text"
    span: Span
    verdict: Verdict
