"""The pages of one act: its map as tiles, its §§ by the age of their decisions, and its time line."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api import coverage_map, coverage_plots, coverage_tables
from api.days import parse_day
from api.routes import Work
from api.texts import Language, text
from api.web import pages
from api.web.coverage_address import PATH, code, paged, render
from assistant import coverage
from assistant.coverage_types import ActMap, Age
from assistant.evidence import today

router = APIRouter(include_in_schema=False)


class View(StrEnum):
    """What is shown of an act."""

    MAP = "map"
    AGES = "ages"
    TIME = "time"


class Only(StrEnum):
    """Which §§ are shown."""

    ALL = "all"
    TOUCHED = "touched"
    UNTOUCHED = "untouched"


@router.get(PATH + "/lov/{id}")
def act(
    request: Request,
    work: Work,
    id: str,
    del_: Annotated[str, Query(alias="del")] = "",
    dato: str = "",
    side: str = "",
    vis: str = "",
) -> Response:
    """One view of an act. To ask for some of its §§ is to ask for them by age."""
    language = pages.language_of(request)
    found = coverage.report(work.store, parse_day(dato) or today())
    shown = coverage.act_map(work.store, found, id)
    only = code(Only, vis) if vis else Only.ALL
    view = code(View, del_) if del_ else View.AGES if vis else View.MAP
    return render(
        request,
        f"coverage_{view}.html",
        act=shown,
        found=found.coverage,
        view=view,
        views=[(name, text(language, f"coverage-view-{name}")) for name in View],
        **_parts(language, shown, view, only, side),
    )


def _parts(language: Language, shown: ActMap, view: View, only: Only, side: str) -> dict[str, Any]:
    """What the template of a view needs."""
    match view:
        case View.MAP:
            return {
                "chapters": coverage_map.chapters(shown),
                "changes": coverage_tables.changes(language, shown.changes, shown.summary.work),
            }
        case View.AGES:
            table, page, count = paged(coverage_tables.paragraphs(language, _held_to(shown, only)), side)
            return {
                "table": table,
                "page": page,
                "pages": count,
                "only": only,
                "onlies": [(name, text(language, f"coverage-only-{name}")) for name in Only],
                "ages": [
                    (text(language, f"coverage-short-{age}"), text(language, f"coverage-age-{age}"))
                    for age in Age
                ],
            }
        case View.TIME:
            table, page, count = paged(coverage_tables.years(language, shown), side)
            return {"table": table, "page": page, "pages": count}


def _held_to(act: ActMap, only: Only) -> ActMap:
    if only is Only.ALL:
        return act
    wanted = only is Only.TOUCHED
    rows = tuple(r for r in act.rows if bool(r.decisions) is wanted and (wanted or not r.repealed))
    return replace(act, rows=rows, elsewhere=act.elsewhere if wanted else 0)


@router.get(PATH + "/tidslinje.svg")
def timeline(request: Request, work: Work, lov: str, dato: str = "", tema: str = "") -> Response:
    """The time line of an act as a picture."""
    found = coverage.report(work.store, parse_day(dato) or today())
    theme = coverage_plots.DARK if tema == "moerk" else coverage_plots.LIGHT
    shown = coverage.act_map(work.store, found, lov)
    picture = coverage_plots.timeline(pages.language_of(request), shown, theme)
    return Response(picture, media_type="image/svg+xml")
