"""The vocabulary of the brief: what is laid before a caseworker, and where every word of it stands.

Nothing here has room for how a case should end: no score, count or tick says anything about the case.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from corpus.privacy.types import Replacement
from corpus.types import DocumentType, Span
from index.types import CorpusState


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a stored document, verbatim: ``text`` is that revision's text at ``span``."""

    document_id: str
    revision: int
    span: Span
    text: str
    locator: str  # of the smallest unit around the words: "§ 40, stk. 1, nr. 2"; a section's title
    citation: str  # as a lawyer writes it, with the document


@dataclass(frozen=True, slots=True)
class CaseSentence:
    """A sentence of the case as read: ``text`` is ``CaseText.text`` at ``span``."""

    number: int  # from 1, in the order of the case
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class CaseText:
    """The case as read: its text after personal data was replaced, normalised."""

    text: str
    replaced: tuple[Replacement, ...]
    sentences: tuple[CaseSentence, ...]
    as_of: dt.date


class ElementKind(StrEnum):
    """What a part of a provision does."""

    CONDITION = "condition"  # what must be so: "hvis", "når", "det er en betingelse, at"
    EXCEPTION = "exception"  # "medmindre", "dog ikke", "bortset fra"
    DISCRETION = "discretion"  # "kan", "efter en konkret vurdering"
    DUTY = "duty"  # what the authority or the citizen must: "skal", "har pligt til"
    STANDARD = "standard"  # an open standard to be filled: "rimelig grund", "nødvendigt"


class Connective(StrEnum):
    """How the parts of an enumeration stand to each other."""

    AND = "and"
    OR = "or"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Element:
    """One condition, exception, discretion, duty or open standard of a provision, quoted.

    ``cue`` is the word that shows it («medmindre»), inside ``quote``. ``parts`` are the items of its
    enumeration, in order, joined as ``connective`` says.
    """

    kind: ElementKind
    quote: Quote
    cue: Span  # in the document's text
    connective: Connective = Connective.UNSTATED
    parts: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Bearing:
    """An element beside the sentences of the case that speak to it; none: «not described in the case»."""

    element: Element
    sentences: tuple[CaseSentence, ...]
    parts: tuple[Bearing, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A provision that search found, in the wording of the day, with what has changed since.

    ``matched`` names the units whose words the case was found by: those to read first.
    """

    provision_id: str  # of the §; of a document without provisions (guidance) its own
    type: DocumentType
    quote: Quote
    chapter: str
    heading: str
    matched: tuple[str, ...]  # locators, best first
    in_force: bool | None
    changed_since: str  # one Danish sentence; empty where nothing is known to have changed
    pending: tuple[Quote, ...]  # words of amendments that are not consolidated yet
    conditions: tuple[Bearing, ...]
    fictional: bool

    @property
    def nearest(self) -> tuple[Bearing, ...]:
        """The conditions of the units that the case was found by; all where these have none."""
        near = tuple(b for b in self.conditions if any(_lies_in(b, unit) for unit in self.matched))
        return near or self.conditions


def _lies_in(bearing: Bearing, unit: str) -> bool:
    return f"{bearing.element.quote.locator},".startswith(f"{unit},")


@dataclass(frozen=True, slots=True)
class Alike:
    """Two sentences that tell of the same thing: one of the case, one of the decision."""

    case: CaseSentence
    decision: Quote
    words: tuple[str, ...]  # words both share, as they stand in the decision


@dataclass(frozen=True, slots=True)
class Likeness:
    """The facts of a case beside those of a decision, sentence by sentence."""

    alike: tuple[Alike, ...]
    only_case: tuple[CaseSentence, ...]
    only_decision: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class PrecedentEntry:
    """A past decision beside the case. ``outcome`` is what the authority recorded, never inferred.

    ``counter`` marks a decision near the case, under a rule that bears on it, whose recorded outcome is
    another than that of the decision found nearest. It says nothing about which of them the case is more
    like.
    """

    document_id: str
    citation: str
    title: str
    authority: str
    date: dt.date | None
    outcome: tuple[str, ...]
    standing: str  # one Danish sentence where it was set aside, reissued or rests on changed wording
    rules: tuple[str, ...]  # provision ids of this brief that the decision cites
    quotes: tuple[Quote, ...]
    reasons: tuple[Quote, ...]  # the authority's main considerations
    likeness: Likeness
    counter: bool
    fictional: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of procedure that follows from a rule, put as a question with its basis."""

    topic: str  # a code: "guidance", "hearing", "clarification", "reasons", "record", "deadline", …
    question: str
    basis: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing or weak, as a code with what it concerns."""

    code: str  # "no-precedents", "weak-evidence", "wording-changed", "not-described", "corpus-old", …
    text: str  # one sentence for the caseworker
    about: tuple[str, ...] = ()  # ids of documents or provisions


class Author(StrEnum):
    """Who put a sentence of the summary into words."""

    EXTRACT = "extract"  # words of the sources themselves
    MODEL = "model"  # a model, each sentence verified against its passage


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the brief's overview with the evidence that it rests on."""

    text: str
    evidence: tuple[Quote, ...]
    author: Author


@dataclass(frozen=True, slots=True)
class Removed:
    """How many sentences of a model's text were left out, by reason (a code of ``quotes`` or ``verdict``)."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the sources say, in a few sentences, and what of a model's text did not hold."""

    statements: tuple[Statement, ...]
    generator: str  # "extractive", or the operator's model
    removed: tuple[Removed, ...] = ()
    fell_back: bool = False  # too little of the model's text held, so the sources' own words stand


@dataclass(frozen=True, slots=True)
class Trace:
    """How the brief was made, so that it can be made again and accounted for."""

    id: str  # of the entry in the audit log
    snapshot: str
    encoder: str
    version: str
    shown: tuple[str, ...]  # ids of the sources shown
    reranker: str = ""  # the model that read the best passages once more, if any


@dataclass(frozen=True, slots=True)
class Brief:
    """What a person needs to decide well, and not the decision.

    ``withheld``: the authority wants the caseworker's own view first, and none was given, so precedents are
    not shown yet.
    """

    case: CaseText
    rules: tuple[RuleEntry, ...]
    procedure: tuple[Duty, ...]
    precedents: tuple[PrecedentEntry, ...]
    overview: Overview
    gaps: tuple[Gap, ...]
    corpus: CorpusState
    trace: Trace
    withheld: bool
    no_verdict: str  # where the text asked for a verdict: the sentence that says why none is given
