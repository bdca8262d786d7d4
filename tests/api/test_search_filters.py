"""The filters of a search mean the same at HTTP and at the command line."""

from __future__ import annotations

import json
import sys

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli.main import main
from api.wiring import Workspace

CASE = "Borgeren udeblev fra en samtale og siger, at han var syg, men meldte ikke afbud."


@pytest.fixture(scope="module")
def client(demo: Workspace) -> TestClient:
    # Without a context: the shared workspace must not be closed when this module ends.
    return TestClient(create_app(demo))


def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], demo: Workspace, *arguments: str
) -> tuple[int, str]:
    given = ["hjemmel", "--data", str(demo.settings.data), "search", CASE, *arguments]
    monkeypatch.setattr(sys, "argv", given)
    with pytest.raises(SystemExit) as stop:
        main()
    out, err = capsys.readouterr()
    return int(stop.value.code or 0), out + err


def test_both_doors_give_the_same_filtered_answer(
    client: TestClient, demo: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {
        "authorities": ["Fiktivt Klagenævn"],
        "decided_from": "2020-01-01",
        "decided_to": "2023-12-31",
        "fields": ["udeblivelse"],
        "outcomes": ["ophævet"],
    }
    answer = client.post("/v1/search", json={"text": CASE, **asked}).json()
    code, out = command(
        monkeypatch, capsys, demo, "--authority", "Fiktivt Klagenævn", "--from", "2020-01-01",
        "--to", "31. december 2023", "--field", "udeblivelse", "--outcome", "ophævet", "--json",
    )  # fmt: skip
    assert code == 0
    assert json.loads(out) == answer
    chosen = [p for p in answer["precedents"] if not p["other_outcome"]]
    assert chosen
    assert all("ophævet" in p["outcome"] and "2020" <= p["date"] < "2024" for p in chosen)
    assert any(p["other_outcome"] for p in answer["precedents"])
    assert "outcome-filter" in answer["notes"]


def test_a_person_is_told_which_decisions_have_another_outcome_than_chosen(
    demo: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = command(monkeypatch, capsys, demo, "--outcome", "ophævet", "--kind", "precedent")
    assert code == 0
    assert "Andet udfald end valgt" in out
    assert "Der er valgt udfald." in " ".join(out.split())


def test_facets_list_outcomes_without_numbers(client: TestClient) -> None:
    answer = client.get("/v1/facets").json()
    assert answer["authorities"] == [{"value": "Fiktivt Klagenævn", "documents": 51}]
    assert {"value": "sagsindsigt", "documents": 11} in answer["fields"]
    assert "stadfæstet" in answer["outcomes"]
    assert all(isinstance(outcome, str) for outcome in answer["outcomes"])


def test_a_period_the_wrong_way_round_is_refused_in_the_language_of_the_reader(
    client: TestClient,
    demo: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    period = {"decided_from": "2023-01-01", "decided_to": "2020-01-01"}
    answer = client.post("/v1/search", json={"text": CASE, **period})
    assert answer.status_code == 422
    assert "2023-01-01" in answer.json()["detail"]
    code, out = command(monkeypatch, capsys, demo, "--from", "2023-01-01", "--to", "2020-01-01")
    assert code != 0
    assert "Lad den første dag stå først" in " ".join(out.split())
