"""A source is laid out with its headings, its contents, its anchors and the words asked for."""

from __future__ import annotations

import datetime as dt

import pytest

from api.web import reading
from api.wiring import Workspace
from assistant import evidence
from assistant.types import DocumentView

ACT = "fiktiv-lbk-2023-9003"
DECISION = "fiktiv-2-19"


def opened(demo: Workspace, identifier: str) -> tuple[DocumentView, str]:
    view = evidence.open_document(demo.store, identifier)
    return view, evidence.open_text(demo.store, identifier).text


@pytest.mark.parametrize("identifier", [ACT, DECISION])
def test_the_lines_join_to_the_text_whatever_is_marked(demo: Workspace, identifier: str) -> None:
    view, text = opened(demo, identifier)
    for start, end in ((0, 0), (0, len(text)), (120, 1500), (500, 501)):
        lines = reading.lines(view, text, start, end)
        assert "\n".join("".join(p.text for p in line.pieces) for line in lines) == text
        marked = "".join(p.text for line in lines for p in line.pieces if p.marked)
        assert marked == text[start:end].replace("\n", "")
        assert sum(p.first for line in lines for p in line.pieces) == (1 if marked else 0)


def test_chapters_and_headings_of_an_act_stand_out_and_its_numbers_lead(demo: Workspace) -> None:
    view, text = opened(demo, ACT)
    lines = reading.lines(view, text, 0, 0)
    chapters = ["".join(p.text for p in line.pieces) for line in lines if line.heading == reading.CHAPTER]
    assert chapters == list(dict.fromkeys(entry.chapter for entry in view.outline if entry.chapter))
    leads = [p.text for line in lines for p in line.pieces if p.lead]
    assert leads[:2] == ["§ 1.", "§ 2."]
    assert len(leads) == len(view.outline)


@pytest.mark.parametrize("identifier", [ACT, DECISION])
def test_every_line_of_the_contents_leads_to_an_anchor(demo: Workspace, identifier: str) -> None:
    view, text = opened(demo, identifier)
    anchors = [anchor for line in reading.lines(view, text, 0, 0) for anchor in line.anchors]
    entries = [entry for group in reading.contents(view) for entry in group.entries]
    assert len(entries) > 3
    assert {entry.anchor for entry in entries} <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_the_titles_of_a_decisions_sections_are_headings(demo: Workspace) -> None:
    view, text = opened(demo, DECISION)
    titles = [
        "".join(p.text for p in line.pieces) for line in reading.lines(view, text, 0, 0) if line.heading
    ]
    assert [s.title for s in view.sections if s.title] == titles


VERSIONS = [
    (dt.date(2018, 1, 1), None),
    (dt.date(2020, 1, 1), "fiktiv-lbk-2019-9001"),
    (dt.date(2021, 3, 1), "fiktiv-lbk-2021-9002"),
    (dt.date(2024, 1, 1), "fiktiv-lbk-2023-9003"),
]


@pytest.mark.parametrize(("day", "identifier"), VERSIONS)
def test_the_version_of_a_day_is_found_among_the_versions(
    demo: Workspace, day: dt.date, identifier: str | None
) -> None:
    view, _ = opened(demo, ACT)
    version = reading.version_on(view, day)
    assert (version.id if version else None) == identifier


def test_the_provision_that_words_stand_in_is_found(demo: Workspace) -> None:
    view, _ = opened(demo, ACT)
    entry = view.outline[4]
    slug = entry.id.partition(":")[2]
    assert reading.opened_provision(view, entry.span.start) == slug
    assert reading.opened_provision(view, entry.span.end - 1) == slug
    assert reading.opened_provision(view, 0) == ""
