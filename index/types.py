"""The vocabulary of the index: what is searched, what a search asks and what it answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from corpus.types import Kind, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is indexed: a stretch of one provision or of one section of a decision.

    ``key`` addresses the passage by its content: sha256 over ``context`` and ``text``. The same words
    in two consolidations are one passage with two occurrences, encoded once.
    """

    key: str
    context: str  # title of the work, chapter and heading: searched, never quoted as the passage
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a passage stands."""

    passage: str  # Passage.key
    document_id: str
    unit_id: str  # id of the provision or the section that the passage belongs to
    result_id: str  # what results are grouped by: the § (rules) or the document (precedents)
    locator: str  # "§ 36, stk. 1", or the heading of a decision's section
    span: Span  # in the document's normalised text; text[span] == Passage.text
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What a search asks.

    ``as_of`` chooses the wording in force on that day; ``None`` means today. ``exclude`` holds ids of
    documents or provisions that must not be found (a decision searching for its own like).

    ``fields`` keeps rules and precedents filed under one of these (see ``index.filters``). The rest keeps
    precedents and leaves rules as they are: ``authorities``, the days between which they were decided, both
    included, and ``outcomes``. Where outcomes are chosen the answer still holds the best precedent of every
    other recorded outcome, marked ``Result.other_outcome``.
    """

    text: str
    kinds: tuple[Kind, ...] = (Kind.RULE, Kind.PRECEDENT)
    top: int = 10
    as_of: dt.date | None = None
    collections: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    decided_from: dt.date | None = None
    decided_to: dt.date | None = None
    fields: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchedTerm:
    """A term of the query that the result holds: its dictionary form, and the words as they stand.

    ``rephrased``: a thesaurus leads from the words of the query to those of the result («kørestol» to
    «hjælpemiddel»); else they are forms of one word.
    """

    term: str
    in_query: tuple[str, ...]
    in_result: tuple[str, ...]
    weight: float  # its share of the lexical score
    rephrased: bool = False


@dataclass(frozen=True, slots=True)
class MatchedFact:
    """The sentence of a decision's facts that shares most with the case, verbatim at ``span``."""

    text: str
    span: Span  # in the decision's text
    words: tuple[str, ...]  # that the case has too, as they stand in the sentence


@dataclass(frozen=True, slots=True)
class Linked:
    """Another result, named: one that a result cites, that cites it, or that says the same."""

    id: str
    kind: Kind
    citation: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why a result was found.

    ``cites`` and ``cited_by`` are what the citation graph adds to: results among the first of the same
    search, whether or not their kind was asked for.
    """

    terms: tuple[MatchedTerm, ...] = ()
    similarity: float | None = None  # cosine between query and the best passage; None without vectors
    shared_citations: tuple[str, ...] = ()  # citations that stand in both the query and the result
    fact: MatchedFact | None = None  # precedents only
    cites: tuple[Linked, ...] = ()
    cited_by: tuple[Linked, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A ranked passage, quoted verbatim: ``text`` is the document's text at ``span``."""

    text: str
    span: Span
    locator: str
    page: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Result:
    """The hits of one provision (a §) or of one decision.

    ``in_force`` says whether the wording applied on the day asked for; ``None`` where the sources do
    not tell. ``outcome`` is the authority's own words. ``also`` names other results that say the same in the
    same words: they are folded into this one, the best of them.
    """

    id: str
    kind: Kind
    document_id: str
    title: str
    citation: str
    url: str
    authority: str
    date: dt.date | None
    in_force: bool | None
    outcome: tuple[str, ...]
    passages: tuple[PassageHit, ...]
    why: Why
    score: float
    collection: str
    fictional: bool = False
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None  # exclusive; None while no later version is known
    also: tuple[Linked, ...] = ()
    other_outcome: bool = False  # shown although the query chose other outcomes, so that both sides are seen


@dataclass(frozen=True, slots=True)
class Facet:
    """A value to filter by, and how many documents have it."""

    value: str
    documents: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What a query can be filtered by. ``outcomes`` come without counts: they are never tallied."""

    authorities: tuple[Facet, ...]
    fields: tuple[Facet, ...]
    outcomes: tuple[str, ...]
    decided_from: dt.date | None
    decided_to: dt.date | None


@dataclass(frozen=True, slots=True)
class CorpusState:
    """What was searched, so that an answer can be judged by what it could have found."""

    snapshot: str
    as_of: dt.date
    documents: int
    rules: int
    precedents: int
    passages: int
    vectors: int  # passages that have a vector; fewer than ``passages`` while encoding goes on
    encoder: str
    newest: dt.date | None  # date of the newest document
    reranker: str = ""  # the model that read the best passages once more, if any


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to a query: rules and precedents apart, each best first."""

    rules: tuple[Result, ...]
    precedents: tuple[Result, ...]
    corpus: CorpusState
    notes: tuple[str, ...] = field(default=())  # what the caseworker must know (no precedents known, …)
