"""What took the place of a decision, and what has changed since, is shown at every door."""

from __future__ import annotations

import json
import sys

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli.main import main
from api.wiring import Workspace

SET_ASIDE, BY = "fiktiv-5-22", "fiktiv-2-25"
OLD = "fiktiv-lbk-2019-9001:par-14.stk-1"  # moved to § 15 and reworded in 2023
NEW = "fiktiv-lbk-2023-9003:par-15.stk-1"
TOLD = "Flyttet til § 15, stk. 1, og med ny ordlyd i udgaven fra 1. juli 2023."


@pytest.fixture(scope="module")
def client(demo: Workspace) -> TestClient:
    return TestClient(create_app(demo))


def run(demo: Workspace, monkeypatch, capsys, *arguments: str) -> str:
    """What the command prints, blanks and line breaks folded."""
    monkeypatch.setattr(sys, "argv", ["hjemmel", "--data", str(demo.settings.data), *arguments])
    with pytest.raises(SystemExit) as stop:
        main()
    assert not stop.value.code
    return " ".join(capsys.readouterr().out.split())


def test_a_decision_set_aside_is_flagged_over_http_with_the_words_that_say_so(client: TestClient) -> None:
    old, new = (client.get(f"/v1/documents/{id}").json() for id in (SET_ASIDE, BY))
    assert (old["superseded"], new["superseded"]) == (True, False)
    assert old["standing"].startswith("Kasseret ved ")
    (link,) = old["related"]
    assert (link["kind"], link["document_id"], link["source"]) == ("set_aside_by", BY, BY)
    source = client.get(f"/v1/documents/{BY}/text", params=link["span"]).json()
    assert source["text"] == link["words"]
    assert [r["document_id"] for r in new["related"]] == [SET_ASIDE]


def test_a_decisions_references_open_at_the_wording_that_it_applied(client: TestClient) -> None:
    told = client.get("/v1/documents/fiktiv-2-19").json()
    assert told["references"]
    for reference in told["references"]:
        assert all(id.startswith("fiktiv-lbk-2019-9001:") for id in reference["provisions"])
        assert reference["since"].endswith(".")
        for id in (*reference["provisions"], *reference["now"]):
            assert client.get(f"/v1/provisions/{id}").status_code == 200
    assert {r["change"] for r in told["references"]} > {"moved_reworded"}


def test_a_provision_says_what_has_changed_since_it(client: TestClient) -> None:
    told = client.get(f"/v1/provisions/{OLD}", params={"as_of": "2020-01-01"}).json()["since"]
    assert (told["change"], told["now"], told["text"]) == ("moved_reworded", [NEW], TOLD)
    assert client.get(f"/v1/provisions/{NEW}").json()["since"]["text"] == ""


def test_the_page_links_both_decisions_and_the_wording_applied(client: TestClient) -> None:
    page = client.get(f"/kilde/{SET_ASIDE}").text
    assert "Kasseret ved" in page
    assert f'href="/kilde/{BY}' in page
    assert (
        'href="/kilde/fiktiv-lbk-2021-9002%3Apar-' in page or 'href="/kilde/fiktiv-lbk-2021-9002:par-' in page
    )
    moved = client.get(f"/kilde/{OLD}").text
    assert "flyttet" in moved.lower()
    english = client.get(f"/kilde/{OLD}?sprog=en").text
    assert "Moved to § 15" in english


def test_the_command_line_says_the_same(demo: Workspace, monkeypatch, capsys) -> None:
    shown = run(demo, monkeypatch, capsys, "show", SET_ASIDE)
    assert "Kasseret ved" in shown
    assert BY in shown
    assert TOLD in run(demo, monkeypatch, capsys, "show", OLD)
    record = json.loads(run(demo, monkeypatch, capsys, "show", SET_ASIDE, "--json"))
    assert record["related"][0]["document_id"] == BY


BAD = [
    ("/v1/provisions/fiktiv-lbk-2019-9001:par-99", 404, "har ingen § 99"),
    ("/v1/provisions/fiktiv-lbk-2019-9001:hvad", 422, "er ikke adressen på en bestemmelse"),
    ("/v1/provisions/hvad", 422, "er ikke id'et på en bestemmelse"),
    ("/v1/provisions/findes-ikke:par-1", 404, "intet dokument «findes-ikke»"),
    (f"/v1/documents/{BY}/text?start=9&end=3", 422, "Tegnene 9 til 3 findes ikke"),
    (f"/v1/documents/{BY}/text?start=0&end=99999999", 422, "findes ikke i fiktiv-2-25"),
    ("/v1/provisions/fiktiv-lbk-2019-9001:par-99/history", 404, "har ingen § 99"),
    ("/v1/provisions/fiktiv-lbk-2019-9001:par-99/cited-by", 404, "§ 99 findes ikke"),
]


@pytest.mark.parametrize(("address", "status", "said"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_address_is_answered_in_danish(
    client: TestClient, address: str, status: int, said: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert said in answer.json()["detail"]


def test_the_page_tells_a_bad_range_in_the_readers_language(client: TestClient) -> None:
    assert "som har" in client.get(f"/kilde/{BY}?fra=5&til=9999999").text
    assert "is no part of it" in client.get(f"/kilde/{BY}?fra=5&til=9999999&sprog=en").text


def test_a_day_before_the_first_version_is_said_and_nothing_is_made_up(client: TestClient) -> None:
    told = client.get(f"/v1/provisions/{OLD}/history", params={"as_of": "1700-01-01"}).json()
    assert told["now"] == []
    assert "gælder fra 1. marts 2019" in told["now_summary"]
    since = client.get(f"/v1/provisions/{OLD}", params={"as_of": "1700-01-01"}).json()["since"]
    assert since["pending"] == []


def test_a_search_says_what_has_changed_since_the_wording_of_the_day(client: TestClient) -> None:
    asked = {"text": "udeblev fra samtale", "as_of": "2020-01-01", "top": 50}
    found = client.post("/v1/search", json=asked).json()
    rules = {r["id"]: r["since"] for r in found["rules"]}
    assert all(since is not None for id, since in rules.items() if ":" in id)
    moved = rules[OLD.partition(".")[0]]
    assert (moved["change"], moved["now"]) == ("moved_reworded", ["fiktiv-lbk-2023-9003:par-15"])
    assert moved["text"].startswith("Flyttet til § 15 og med ny ordlyd")
    today = client.post("/v1/search", json={**asked, "as_of": None}).json()["rules"]
    assert "" in {r["since"]["text"] for r in today}


def test_a_search_says_what_took_the_place_of_a_decision(client: TestClient) -> None:
    asked = {"text": client.get(f"/v1/documents/{SET_ASIDE}").json()["title"], "top": 50}
    found = {r["id"]: r for r in client.post("/v1/search", json=asked).json()["precedents"]}
    assert found[SET_ASIDE]["superseded"]
    assert found[SET_ASIDE]["standing"].startswith("Kasseret ved ")
    assert not found[BY]["superseded"]


def test_a_search_at_the_terminal_says_it_in_the_readers_language(
    demo: Workspace, monkeypatch, capsys
) -> None:
    query = ("search", "udeblev fra samtale", "--as-of", "2020-01-01", "--top", "50")
    assert "Flyttet til § 15 og med ny ordlyd" in run(demo, monkeypatch, capsys, *query)
    monkeypatch.setenv("HJEMMEL_LANGUAGE", "en")
    assert "Moved to § 15 and reworded" in run(demo, monkeypatch, capsys, *query)


def test_the_page_of_results_says_it_and_leads_to_the_wording_of_today(client: TestClient) -> None:
    asked = {"case": "udeblev fra samtale", "day": "2020-01-01"}
    page = client.post("/", data=asked).text
    assert "Flyttet til § 15 og med ny ordlyd i udgaven fra 1. juli 2023." in page
    assert 'href="/kilde/fiktiv-lbk-2023-9003:par-15?dato=2020-01-01"' in page.replace("%3A", ":")
    assert "Moved to § 15 and reworded" in client.post("/?sprog=en", data=asked).text
    old = client.get(f"/v1/documents/{SET_ASIDE}").json()
    assert f"<strong>{old['standing']}</strong>" in client.post("/", data={"case": old["title"]}).text
