"""The search page as the server writes it: light, guarded, keeping nothing, and true to its search."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.formparsers import MultiPartParser

from api.app import MAX_BODY_BYTES, create_app
from api.case_files import CASE_LIMITS
from api.settings import Settings
from api.texts import Language
from api.web import filters, marks
from api.web.asked import Asked
from api.wiring import Workspace
from index.types import Query

CASE = "Borgeren udeblev fra en samtale og siger, at han var syg, men meldte ikke afbud."
LIGHT = 60_000  # bytes of the page, its style and its scripts before anything is found


@pytest.fixture(scope="module")
def client(demo: Workspace) -> TestClient:
    # Without a context: the shared workspace must not be closed when this module ends.
    return TestClient(create_app(demo))


def test_the_page_without_results_is_light(client: TestClient) -> None:
    page = client.get("/").text
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    for name in list(loaded):
        loaded |= {f"/static/{part}" for part in re.findall(r'"\./(\w+\.js)"', client.get(name).text)}
    assert len(loaded) > 5
    weight = len(page.encode()) + sum(len(client.get(name).content) for name in loaded)
    assert weight < LIGHT


def test_the_page_shows_what_the_search_finds_in_its_order(client: TestClient) -> None:
    asked = {"text": CASE, "as_of": "2024-05-01", "outcomes": ["ophævet"], "fields": ["udeblivelse"]}
    found = client.post("/v1/search", json=asked).json()
    sent = {"case": CASE, "day": "1. maj 2024", "udfald": "OPHÆVET", "felt": "Udeblivelse"}
    page = client.post("/", data=sent).text
    shown = re.findall(r'data-id="([^"]+)" tabindex', page)
    assert shown == [r["id"] for r in found["rules"] + found["precedents"]]


def test_a_file_is_read_in_memory_alone(client: TestClient) -> None:
    assert MultiPartParser.spool_max_size >= CASE_LIMITS.record_bytes
    data = b"Borgeren udeblev. " * 100_000
    answer = client.post("/", files={"fil": ("sag.txt", BytesIO(data))}, data={"laes": "1"})
    assert answer.status_code == 200
    assert "Borgeren udeblev." in answer.text


@pytest.mark.parametrize(("accept", "kind"), [("/", "text/html"), ("/v1/search", "application/problem+json")])
def test_what_is_over_the_limit_is_refused_in_the_form_of_who_asked(
    client: TestClient, accept: str, kind: str
) -> None:
    limit = MAX_BODY_BYTES + (CASE_LIMITS.record_bytes if accept == "/" else 0)
    answer = client.post(accept, content=b"x" * (limit + 1))
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    if accept == "/":
        assert "grænsen er" in answer.text
        assert "Ny søgning" in answer.text


def test_only_the_search_page_takes_bodies_as_large_as_a_file(client: TestClient) -> None:
    answer = client.post("/overblik", content=b"x" * (MAX_BODY_BYTES + 1))
    assert answer.status_code == 413


def test_pages_are_not_kept_by_a_browser_and_the_style_is_asked_about_before_use(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "no-store"
    style = client.get("/static/page.css")
    assert style.headers["cache-control"] == "no-cache"
    again = client.get("/static/page.css", headers={"if-none-match": style.headers["etag"]})
    assert again.status_code == 304


def test_what_is_offered_to_narrow_by_is_what_the_corpus_has_and_what_was_chosen(demo: Workspace) -> None:
    asked = Asked(fields=("klagevejledning", "findes ikke"), outcomes=("ophævet",))
    offered = filters.choices(demo, asked)
    assert offered is not None
    assert len(offered.fields) == filters.LISTED + 2
    assert [c.value for c in offered.fields if c.chosen] == ["klagevejledning", "findes ikke"]
    assert all(c.documents is None for c in offered.outcomes)
    assert [c.value for c in offered.outcomes] == sorted(c.value for c in offered.outcomes)
    assert not {c.value for c in offered.fields} & set(offered.more_fields)
    assert offered.collections == ()  # there is one only


def test_a_chip_removes_its_own_filter_and_an_unknown_one_removes_all() -> None:
    asked = Asked("sag", fields=("a", "b"), since="2020-01-01", outcomes=("ophævet",), marked=("d-1",))
    chips = filters.chips(Language.DA, asked)
    assert [(c.title, c.value) for c in chips] == [
        ("Emne", "a"),
        ("Emne", "b"),
        ("Fra", "1. januar 2020"),
        ("Udfald", "ophævet"),
    ]
    left = filters.without(asked, chips[1].field)
    assert (left.fields, left.since, left.outcomes) == (("a",), "2020-01-01", ("ophævet",))
    bare = filters.without(asked, "alle")
    assert bare.filters() == ()
    assert (bare.case, bare.marked) == ("sag", ("d-1",))


def test_marks_are_named_in_their_order_and_those_no_longer_kept_are_left_out(demo: Workspace) -> None:
    results = demo.search(Query(CASE, top=3))
    first = results.precedents[0]
    ids = ["fiktiv-8-22", "findes-ikke", first.id, "fiktiv-lbk-2021-9002:par-12", "x:par-0"]
    named = marks.named(demo.store, ids, results)
    assert [m.id for m in named] == ["fiktiv-8-22", first.id, "fiktiv-lbk-2021-9002:par-12"]
    assert [m.anchor for m in named] == ["", "precedent-1", ""]
    assert named[2].citation.startswith("§ 12 ")
    assert named[1].citation == first.citation


def test_without_an_index_the_page_has_nothing_to_narrow_by(tmp_path: Path) -> None:
    work = Workspace(Settings(data=tmp_path, encoder="none"))
    assert filters.choices(work, Asked()) is None
    answer = TestClient(create_app(work)).post("/", data={"case": CASE, "felt": "udeblivelse"})
    assert answer.status_code == 503
    assert "Driften skal" in answer.text
    work.close()


def test_a_comparison_follows_a_rule_through_its_numbers(client: TestClient) -> None:
    """§ 12 and § 14 of 2019 are §§ 13 and 15 since 2023; § 13 of 2019 is another rule than today's."""
    page = client.get("/sammenlign", params={"en": "fiktiv-2-19", "to": "fiktiv-4-24"}).text
    both = page.partition('id="both-head"')[2].partition("</section>")[0]
    assert re.findall(r"<h3[^>]*>(§ \d+)", both) == ["§ 15", "§ 13"]
    assert "Flyttet til § 13, stk. 1, og med ny ordlyd" in both
    assert "flyttet til § 14" not in both
