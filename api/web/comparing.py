"""Two decisions side by side: what each says of the facts, the rules, its reasons and what it came to.

Nothing is weighed: each side stands in its own words, and which of them a case is more like is for the
reader to see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.days import parse_day
from api.routes import Work
from api.texts import text
from api.web import marks, pages
from api.web.asked import AskedForm
from api.web.quotes import Quote, quote
from assistant import evidence
from assistant.types import DocumentView, OwnReference
from corpus.errors import InputError
from corpus.identifiers import parse_provision_id, work_title
from corpus.store import Store
from corpus.types import Kind, Locator, SectionRole, Span

SHOWN_CHARACTERS = 900  # of a section before the rest is folded away: a paragraph or two
SHOWN_LINES = 12
_PATH = "/sammenlign"
# The order in which a decision is read, whatever order its sections stand in.
_ORDER = (
    SectionRole.SUMMARY,
    SectionRole.FACTS,
    SectionRole.RULES,
    SectionRole.PRACTICE,
    SectionRole.REASONING,
    SectionRole.OUTCOME,
    SectionRole.OTHER,
)

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a decision, verbatim: ``words`` is the document's text at ``span``."""

    title: str
    span: Span
    words: Quote


@dataclass(frozen=True, slots=True)
class Row:
    """The sections of one role, of each decision; empty where it has none."""

    role: SectionRole
    sides: tuple[tuple[Part, ...], tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class BothCite:
    """A § or a decision that both refer to, by its name of today, as each refers to it."""

    name: str
    sides: tuple[tuple[OwnReference, ...], tuple[OwnReference, ...]]


@router.post(_PATH)
def chosen(request: Request, asked: AskedForm) -> Response:
    """From the marks of a search to the comparison, whose address holds ids and never the case."""
    decisions = [id for id in asked.marked if marks.is_decision(id)]
    query: dict[str, object] = dict(zip(("en", "to"), decisions, strict=False))
    query["flere"] = ",".join(decisions[2:]) or None
    query["dato"] = asked.as_of()
    return RedirectResponse(pages.address(request, _PATH, anchor="", **query), 303)


@router.get(_PATH)
def compare(
    request: Request, work: Work, en: str = "", to: str = "", flere: str = "", dato: str = ""
) -> Response:
    """Two decisions by their ids. ``flere`` are others that were marked, to be chosen in their place."""
    as_of = parse_day(dato)
    others = [id for id in dict.fromkeys([en, to, *flere.split(",")]) if id]
    offered = marks.named(work.store, others, None)
    if not (en and to) or en == to:
        return pages.render("compare.html", request, 422, views=(), offered=offered, dato=as_of, flere="")
    views = tuple(_decision(work.store, id, dato) for id in (en, to))
    words = [evidence.open_text(work.store, view.document.id).text for view in views]
    return pages.render(
        "compare.html",
        request,
        views=views,
        offered=offered,
        flere=",".join(others),
        rows=rows(views, words),
        both=both_cite(work.store, views),
        role_name=lambda role: text(pages.language_of(request), f"role-{role}"),
        dato=as_of,
    )


def rows(views: Sequence[DocumentView], texts: Sequence[str]) -> list[Row]:
    """The sections of two decisions, those of the same role beside each other."""
    sides = [_parts(view, words) for view, words in zip(views, texts, strict=True)]
    found = [Row(role, (_of(sides[0], role), _of(sides[1], role))) for role in _ORDER]
    return [row for row in found if any(row.sides)]


def both_cite(store: Store, views: Sequence[DocumentView]) -> list[BothCite]:
    """What both refer to: a § of an act whatever its version, or a decision."""
    left, right = (_cited(store, view) for view in views)
    return [
        BothCite(left[key][0], (tuple(left[key][1]), tuple(right[key][1]))) for key in left if key in right
    ]


def _decision(store: Store, id: str, dato: str) -> DocumentView:
    view = evidence.open_document(store, id, parse_day(dato))
    if view.kind is not Kind.PRECEDENT:
        raise InputError(f"«{id[:80]}» er ikke en afgørelse.", "Vælg to afgørelser at sammenligne.")
    return view


def _parts(view: DocumentView, words: str) -> list[tuple[SectionRole, Part]]:
    sections = [(s.role, s.title, s.span) for s in view.sections if s.span.of(words).strip()]
    if not sections:
        sections = [(SectionRole.OTHER, "", Span(0, len(words)))]
    return [
        (role, Part(title, span, quote(span.of(words), (), SHOWN_CHARACTERS, SHOWN_LINES)))
        for role, title, span in sections
    ]


def _of(parts: Sequence[tuple[SectionRole, Part]], role: SectionRole) -> tuple[Part, ...]:
    return tuple(part for own, part in parts if own is role)


def _paragraph(id: str) -> Locator:
    """The § that a provision is part of."""
    locator = parse_provision_id(id)[1]
    return Locator(locator.paragraph, part=locator.part, block=locator.block)


def _cited(store: Store, view: DocumentView) -> dict[tuple[str, str], tuple[str, list[OwnReference]]]:
    """References by what they lead to: the work and the §, or the decision. Each with its name.

    A § is known by the number that it has now, or by its last one: an old § 13 and today's are two rules,
    and two decisions of different years rest on one rule under two numbers.
    """
    found: dict[tuple[str, str], tuple[str, list[OwnReference]]] = {}
    for reference in view.references:
        document = store.document(reference.document_id)
        places = (reference.now or reference.provisions) if reference.provisions else ()
        for paragraph in dict.fromkeys(map(_paragraph, places)) or [None]:
            key = (document.work_id, paragraph.slug if paragraph else "")
            title = work_title(document.metadata.title)
            name = f"{paragraph} i {title}" if paragraph else reference.citation
            found.setdefault(key, (name, []))[1].append(reference)
    return found
