"""The page of a brief: a case's rules, conditions, precedents and gaps, laid out to be weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api import brief_words, messages, problems
from api.brief_records import MAX_OWN_WORDS
from api.routes import Work
from api.texts import Language, text
from api.web import marks, pages, quotes
from api.web.asked import Asked, AskedForm, FieldDayError
from api.web.brief_view import FACTS_SHOWN, Laid, lay_out
from api.wiring import Workspace
from assistant.brief_types import Author, Brief, Gap
from assistant.gaps import OTHER_LAW
from corpus.errors import HjemmelError
from index.errors import QueryError, QueryFault

PATH = "/overblik"
ONLY_FORM = "form"  # the language was switched before anything was made
_WEAK = ("weak-rules", "weak-precedents")  # gaps that a reader must know of before reading on
QUOTE_CHARACTERS, QUOTE_LINES = 420, 7  # of a decision: enough to know whether it is worth unfolding

Own = Annotated[str, Form()]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the page a rule or a decision stands, what to call it there, and its citation."""

    anchor: str
    name: str
    citation: str


@dataclass(frozen=True, slots=True)
class Told:
    """A gap as it is read: words, links to what it is about, words."""

    lead: str
    places: tuple[Place, ...] = ()
    tail: str = ""


@router.get(PATH)
def start(request: Request) -> Response:
    """The form alone: where one comes to by an address, a case is still to be described."""
    return _page(request, Asked())


@router.post(PATH)
def brief(
    request: Request,
    work: Work,
    asked: AskedForm,
    egne: Own = "",
    hensyn: Own = "",
    vis: Own = "",
    skift: Own = "",
) -> Response:
    """The brief of a case. By POST, so that the case is in no address and no log.

    ``egne`` are own considerations, noted before decisions are shown where the authority wants it so;
    ``vis`` is sent by the button that asks for the decisions. ``hensyn`` is carried along for the note.
    """
    if skift == ONLY_FORM:
        return _page(request, asked, own_view=egne, considerations=hensyn)
    language = pages.language_of(request)
    errors = long_words(language, egne=egne)
    shown = "" if errors else egne
    try:
        made = work.brief(asked.brief_request(shown))
    except HjemmelError as error:
        status, told = refused(language, error)
        return _page(request, asked, status, own_view=egne, considerations=hensyn, errors=told)
    if vis and made.withheld and not errors:
        errors = {"egne": text(language, "own-view-empty")}
    status = 422 if errors else 200
    return _made(request, work, asked, made, status, own_view=egne, considerations=hensyn, errors=errors)


def refused(language: Language, error: HjemmelError) -> tuple[int, dict[str, str]]:
    """The status of an error, and its words by the field of the form that they are told beside."""
    field = "case"
    if isinstance(error, FieldDayError):
        field = error.field
    elif isinstance(error, QueryError) and error.fault is QueryFault.DATE:
        field = "day"
    return problems.problem_of(error).status, {field: messages.told(language, error)}


def long_words(language: Language, **fields: str) -> dict[str, str]:
    """What to say beside the fields of own words that are over the limit."""
    return {
        name: text(language, "own-words-long", length=len(words), limit=MAX_OWN_WORDS)
        for name, words in fields.items()
        if len(words) > MAX_OWN_WORDS
    }


def _page(
    request: Request,
    asked: Asked,
    status: int = 200,
    *,
    own_view: str = "",
    considerations: str = "",
    errors: Mapping[str, str] | None = None,
) -> Response:
    """The form, without a brief."""
    return pages.render(
        "brief.html",
        request,
        status,
        asked=asked,
        made=None,
        withheld=False,
        own_view=own_view,
        considerations=considerations,
        errors=dict(errors or {}),
    )


def _made(
    request: Request,
    work: Workspace,
    asked: Asked,
    made: Brief,
    status: int,
    *,
    own_view: str,
    considerations: str,
    errors: Mapping[str, str],
) -> Response:
    """The brief, laid out."""
    language = pages.language_of(request)
    laid = lay_out(work.store, made)
    places = _places(laid)
    carried = [id for id in asked.marked if id not in places]
    lost = [] if made.withheld else marks.named(work.store, carried, None)
    return pages.render(
        "brief.html",
        request,
        status,
        asked=asked,
        made=made,
        laid=laid,
        dato=made.case.as_of,
        withheld=made.withheld,
        own_view=own_view,
        considerations=considerations,
        errors=dict(errors),
        places=places,
        carried=carried,
        lost=lost,
        unfiltered=[value for name, value in asked.filters() if name != "samling"],
        fictional=any(r.fictional for r in made.rules) or any(p.fictional for p in made.precedents),
        gaps=[_told(language, gap, places) for gap in made.gaps],
        weak=[brief_words.gap_words(language, gap) for gap in made.gaps if gap.code in _WEAK],
        other_law={id for gap in made.gaps if gap.code == OTHER_LAW for id in gap.about},
        replaced=list(dict.fromkeys(r.pseudonym for r in made.case.replaced)),
        by_model=any(s.author is Author.MODEL for s in made.overview.statements),
        facts_shown=FACTS_SHOWN,
        no_verdict_words=brief_words.no_verdict_words(language, made),
        removed_words=brief_words.removed_words(language, made.overview),
        question_words=lambda duty: brief_words.question_words(language, duty),
        element_words=lambda element: brief_words.element_words(language, element),
        joined_words=lambda connective: brief_words.joined_words(language, connective),
        joint_words=lambda connective: brief_words.joint_words(language, connective),
        type_words=lambda type: text(language, f"type-{type}"),
        folded=lambda words, shared: quotes.quote(words, shared, QUOTE_CHARACTERS, QUOTE_LINES),
        emphasised=quotes.emphasised,
    )


def _places(laid: Laid) -> dict[str, Place]:
    """Every rule and decision shown, by its id. A § is named with its act where several are shown."""
    places = {}
    several = len(laid.acts) > 1
    for act in laid.acts:
        for rule in act.rules:
            whole = not several or ":" not in rule.entry.provision_id
            name = rule.name if whole else f"{rule.name} i {act.title}".replace("§ ", "§\u00a0")
            places[rule.entry.provision_id] = Place(rule.anchor, name, rule.entry.quote.citation)
    for decision in laid.decisions:
        citation = decision.entry.citation
        places[decision.entry.document_id] = Place(decision.anchor, citation, citation)
    return places


def _told(language: Language, gap: Gap, places: Mapping[str, Place]) -> Told:
    """A gap with links in the place of the names in its sentence; in English they follow it."""
    words = brief_words.gap_words(language, gap)
    about = tuple(places[id] for id in gap.about if id in places)
    if not about or len(about) < len(gap.about):
        return Told(words)
    if language is not Language.DA:
        return Told(f"{words.rstrip('.')}: ", about, ".")
    lead, named, tail = words.partition("; ".join(place.citation for place in about))
    return Told(lead, about, tail) if named else Told(words)
