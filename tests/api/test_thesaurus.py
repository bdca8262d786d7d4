"""The law's words for everyday words at the three doors: what was added is shown, and a bad list is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.wiring import Workspace

from .test_cli import Runner

CASE = "Hun går med et tandsæt, der er knækket."


@pytest.fixture
def hjemmel(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    monkeypatch.setenv("HJEMMEL_ENCODER", "none")
    return Runner(monkeypatch, capsys)


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An authority's own list."""
    path = tmp_path / "egne.tsv"
    path.write_text("tandsæt\tindbo\n", encoding="utf-8")
    monkeypatch.setenv("HJEMMEL_THESAURUS", str(path))
    return path


def client(demo: Workspace, own: Path) -> TestClient:
    return TestClient(create_app(Workspace(Settings(data=demo.settings.data, encoder="none", thesaurus=own))))


def test_a_program_is_told_which_terms_are_the_law_s(demo: Workspace, own: Path) -> None:
    with client(demo, own) as asked:
        rules = asked.post("/v1/search", json={"text": CASE, "kinds": ["rule"]}).json()["rules"]
    terms = [term for rule in rules for term in rule["why"]["terms"]]
    assert {"term": "indbo", "in_query": ["tandsæt"], "in_result": ["indbo"], "rephrased": True} in terms
    assert all(term["rephrased"] == (term["term"] == "indbo") for term in terms)


@pytest.mark.parametrize(
    ("language", "told"),
    [("da", "Søgt også med lovens ord"), ("en", "Also searched with the law&#39;s words")],
)
def test_the_page_tells_the_law_s_words_from_words_in_common(
    demo: Workspace, own: Path, language: str, told: str
) -> None:
    with client(demo, own) as asked:
        page = asked.post("/", params={"sprog": language}, data={"case": CASE}).text
    assert f'<li>{told}: <span lang="da">tandsæt → indbo</span></li>' in page


def test_the_terminal_tells_the_law_s_words_too(hjemmel: Runner, demo: Workspace, own: Path) -> None:
    run = hjemmel("--data", demo.settings.data, "search", CASE, "--kind", "rule")
    assert "Søgt også med lovens ord: tandsæt → indbo" in " ".join(run.out.split())


@pytest.mark.parametrize("command", [("search", CASE), ("doctor",)])
def test_a_line_that_is_no_entry_is_named(
    hjemmel: Runner, demo: Workspace, own: Path, command: tuple[str, ...]
) -> None:
    own.write_text("tandsæt\tindbo\nkørestol\n", encoding="utf-8")
    run = hjemmel("--data", demo.settings.data, *command)
    assert run.code != 0
    told = " ".join((run.out + run.err).split())
    assert "Listen over hverdagsord kan ikke bruges" in told
    assert "line 2 of" in told


def test_a_server_answers_a_problem_where_the_list_cannot_be_read(demo: Workspace, tmp_path: Path) -> None:
    with client(demo, tmp_path / "borte.tsv") as asked:
        answer = asked.post("/v1/search", json={"text": CASE})
    assert answer.status_code == 503
    assert answer.json()["code"] == "thesaurus"
    assert "borte.tsv cannot be read" in answer.json()["detail"]


def test_the_doctor_counts_what_leads_to_the_law_s_words(hjemmel: Runner, demo: Workspace, own: Path) -> None:
    run = hjemmel("--data", demo.settings.data, "doctor")
    assert f"{len(demo.thesaurus) + 1} hverdagsord og vendinger fører til lovens ord" in " ".join(
        run.out.split()
    )
