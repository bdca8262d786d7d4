"""A provision can be followed through time at every door."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.wiring import Workspace
from assistant.evidence import today
from assistant.lookup import provision_named
from corpus.errors import InputError

NEWEST = "fiktiv-lbk-2023-9003"


@pytest.fixture(scope="module")
def client(demo: Workspace) -> TestClient:
    return TestClient(create_app(demo))


def test_every_paragraph_of_the_newest_version_has_a_line_that_ends_in_itself(
    client: TestClient, demo: Workspace
) -> None:
    outline = client.get(f"/v1/documents/{NEWEST}").json()["outline"]
    main = [e for e in outline if ":par-" in e["id"]]
    assert len(main) > 15
    for entry in main:
        told = client.get(f"/v1/provisions/{entry['id']}/history").json()
        assert told["citation"].endswith("(FIKTIV)") or "FIKTIV" in told["citation"]
        for step in told["steps"]:
            assert step["evidence"], step


def test_a_moved_paragraph_is_followed_under_its_old_number(client: TestClient) -> None:
    # § 10 of 2019 and 2021 (duty to appear and to cancel) became § 11 in 2023, when § 9 a was put in.
    told = client.get(
        "/v1/provisions/fiktiv-lbk-2021-9002:par-10/history", params={"as_of": "2024-01-01"}
    ).json()
    assert told["now"] == [f"{NEWEST}:par-11"]
    assert any(step["change"].startswith("moved") for step in told["steps"])


def test_the_difference_holds_all_words_of_both_sides(client: TestClient) -> None:
    checked = 0
    for number in range(1, 20):
        told = client.get(f"/v1/provisions/{NEWEST}:par-{number}/history").json()
        for step in told.get("steps", []):
            if not step["difference"]:
                continue
            for kind, side in (("inserted", "before"), ("deleted", "after")):
                kept = " ".join(s["text"] for s in step["difference"] if s["kind"] != kind)
                words = " ".join(w["text"] for w in step[side])
                assert "".join(kept.split()) == "".join(words.split())
            checked += 1
    assert checked


def test_a_citation_leads_to_its_provision_and_a_bad_one_says_why(demo: Workspace) -> None:
    found = provision_named(demo.store, "§ 11, stk. 2, i lov om hverdagsstøtte", today())
    assert found == f"{NEWEST}:par-11.stk-2"
    assert provision_named(demo.store, f"{NEWEST}:par-11", today()) == f"{NEWEST}:par-11"
    for words in (
        "",
        "hvad som helst",
        "§ 999 i lov om hverdagsstøtte",
        "§§ 11 og 12 i lov om hverdagsstøtte",
    ):
        with pytest.raises(InputError):
            provision_named(demo.store, words, today())


BAD = [
    ("a § that never was", f"/v1/provisions/{NEWEST}:par-999/history", 404),
    ("an unknown document", "/v1/provisions/findes-ikke:par-1/history", 404),
    ("nonsense", "/v1/provisions/vrøvl/history", 422),
    ("a date that is none", f"/v1/provisions/{NEWEST}:par-1/history?as_of=igår", 422),
]


@pytest.mark.parametrize(("path", "status"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_request_is_a_problem_with_its_remedy(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.json()["remedy"]


def test_a_day_before_the_first_version_says_so_and_still_shows_the_line(client: TestClient) -> None:
    told = client.get(f"/v1/provisions/{NEWEST}:par-11/history", params={"as_of": "1990-01-01"}).json()
    assert told["now"] == []
    assert told["now_summary"]
    assert told["steps"]


def test_the_page_shows_both_wordings_side_by_side(client: TestClient) -> None:
    answer = client.get("/historik/fiktiv-lbk-2021-9002:par-14", params={"dato": "2024-01-01"})
    assert answer.status_code == 200
    assert "<del>" in answer.text
    assert "<ins>" in answer.text
    assert "FIKTIV" in answer.text
    assert client.get("/historik/findes-ikke:par-1").status_code == 404
